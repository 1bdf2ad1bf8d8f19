/* Any bytes as a file of JSONL, a record a line. SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_read(RCP_INPUT_JSONL, data, size);
  return 0;
}
