/* SPDX-License-Identifier: Apache-2.0 */
#include "input/meta.h"

#include <stddef.h>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"

enum { MAX_META = 256 << 20 }; /* bytes of the file */

static const struct { const char *key; size_t at, of_article; } fields[] = {
    {"url", offsetof(rcpi_meta_row, url), offsetof(rcp_article, url)},
    {"publisher", offsetof(rcpi_meta_row, publisher), offsetof(rcp_article, publisher)},
    {"published", offsetof(rcpi_meta_row, published), offsetof(rcp_article, published)},
    {"title", offsetof(rcpi_meta_row, title), offsetof(rcp_article, title)},
    {"byline", offsetof(rcpi_meta_row, byline), offsetof(rcp_article, byline)},
    {"language", offsetof(rcpi_meta_row, language), offsetof(rcp_article, language)}};

rcp_status rcpi_meta_load(rcpi_arena *a, const char *path, rcpi_meta *out, rcp_error *error) {
  rcp_str bytes, line;
  RCPI_VEC(rcpi_meta_row) rows = {0};
  *out = (rcpi_meta){.rows = NULL};
  rcp_status status = rcpi_file_read(a, rcpi_cstr(path), MAX_META, &bytes, error);
  if (status) return status == RCP_EINPUT ? rcpi_error(error, RCP_EUSAGE, rcpi_cstr(path), 0, "no such file for --meta") : status;
  for (size_t n = 1; rcpi_next_line(&bytes, &line); n++) {
    if (!rcpi_trim(line).n) continue;
    const rcpi_value *record = rcpi_json_parse(a, line, NULL, NULL);
    rcpi_meta_row row = {.source = rcpi_json_text(rcpi_json_get(record, "source"))};
    if (!row.source.n) return rcpi_error(error, RCP_EUSAGE, rcpi_cstr(path), n, "line %zu: an object with a \"source\" is wanted", n);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
      *(rcp_str *)((char *)&row + fields[i].at) = rcpi_json_text(rcpi_json_get(record, fields[i].key));
    rcpi_map_put(a, &out->by_source, row.source, (uint32_t)rows.n, NULL);
    rcpi_push(a, &rows, row);
  }
  out->rows = rows.p;
  out->n = rows.n;
  return RCP_OK;
}

void rcpi_meta_apply(const rcpi_meta *meta, rcp_article *article) {
  const uint32_t *row = rcpi_map_get(&meta->by_source, article->source);
  if (!row) row = rcpi_map_get(&meta->by_source, rcpi_file_name(article->source));
  for (size_t i = 0; row && i < sizeof fields / sizeof *fields; i++) {
    rcp_str told = *(const rcp_str *)((const char *)&meta->rows[*row] + fields[i].at);
    rcp_str *own = (rcp_str *)((char *)article + fields[i].of_article);
    if (told.n && !own->p) *own = rcpi_dup(told, &article->arena);
  }
}
