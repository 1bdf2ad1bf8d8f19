/* Any bytes as a WARC file, packed or not: records, HTTP messages, chunks, pages. SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_read(RCP_INPUT_WARC, data, size);
  return 0;
}
