/* Any bytes as plain text: charsets, lines, furniture. SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  rcp_article *article;
  rcp_buffer out = {0};
  const rcp_str source = {"fuzz", 4}, bytes = {(const char *)data, size};
  if (rcp_article_new(fuzz_engine(RCP_INPUT_TEXT), source, bytes, &article, NULL)) return 0;
  rcp_article_write(article, RCP_FORMAT_JSON, &out, NULL);
  rcp_buffer_release(&out);
  rcp_article_free(article);
  return 0;
}
