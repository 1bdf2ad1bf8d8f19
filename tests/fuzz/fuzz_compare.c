/* Any bytes as a story: tellings between form feeds, compared and written in every format. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "fuzz.h"

enum { MAX_TELLINGS = 6 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const rcp_engine *engine = fuzz_engine(RCP_INPUT_TEXT);
  rcp_article *articles[MAX_TELLINGS];
  size_t n = 0;
  if (size > 20000) return 0;
  for (const uint8_t *p = data, *end = data + size; p < end && n < MAX_TELLINGS;) {
    const uint8_t *stop = memchr(p, '\f', (size_t)(end - p));
    if (!stop) stop = end;
    char name[2] = {(char)('a' + n), 0};
    const rcp_str bytes = {(const char *)p, (size_t)(stop - p)};
    if (!rcp_article_new(engine, (rcp_str){name, 1}, bytes, &articles[n], NULL)) n++;
    p = stop + 1;
  }
  rcp_dossier *dossier;
  if (n && !rcp_compare(engine, articles, n, &dossier, NULL)) {
    for (int format = RCP_FORMAT_TEXT; format <= RCP_FORMAT_JSONLD; format++) {
      rcp_buffer out = {0};
      rcp_dossier_write(dossier, (rcp_format)format, NULL, &out, NULL);
      rcp_buffer_release(&out);
    }
    rcp_dossier_free(dossier);
  }
  while (n) rcp_article_free(articles[--n]);
  return 0;
}
