/* Any bytes as ninjs: one item, an array, an item a line. SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_read(RCP_INPUT_NINJS, data, size);
  return 0;
}
