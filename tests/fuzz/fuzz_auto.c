/* A file of any bytes, the kind told from them, packed or not. SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_read(RCP_INPUT_AUTO, data, size);
  return 0;
}
