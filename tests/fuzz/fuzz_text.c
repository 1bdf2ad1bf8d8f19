/* Any bytes as plain text: charsets, lines, furniture. SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  rcp_article *article;
  const rcp_str source = {"fuzz", 4}, bytes = {(const char *)data, size};
  if (!rcp_article_new(fuzz_engine(RCP_INPUT_TEXT), source, bytes, &article, NULL)) fuzz_use(article);
  return 0;
}
