/* Any bytes as an RSS or Atom feed: items, dates, links, pages in them. SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_read(RCP_INPUT_FEED, data, size);
  return 0;
}
