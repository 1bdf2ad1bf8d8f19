/* Values of a difference, and the places where words of a table stand: what every finder uses. SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/buf.h"
#include "claim/difference_int.h"

enum { MAX_VALUE_WORDS = 24 };

void rcpi_diff_value(rcpi_diff_finder *f, rcpi_diff_values *values, const rcpi_appearance *app, rcpi_tokens at, rcp_str norm) {
  rcpi_span span = rcpi_tokens_span(rcpi_diff_text(f, app), at.token, at.end_token);
  for (size_t i = 0; i < values->v.n; i++)
    if (values->v.p[i].telling == app->telling && values->v.p[i].at.beg == span.beg) return;
  if (span.end > span.beg) rcpi_push(f->a, &values->v, (rcpi_value_at){app->telling, span, norm});
}

void rcpi_diff_whole(rcpi_diff_finder *f, rcpi_diff_values *values, const rcpi_appearance *app, rcp_str norm) {
  rcpi_tokens at = app->at;
  if (at.end_token - at.token > MAX_VALUE_WORDS) at.end_token = at.token + MAX_VALUE_WORDS;
  rcpi_diff_value(f, values, app, at, norm);
}

static int by_place(const void *x, const void *y) {
  const rcpi_value_at *a = x, *b = y;
  if (a->telling != b->telling) return a->telling < b->telling ? -1 : 1;
  return (a->at.beg > b->at.beg) - (a->at.beg < b->at.beg);
}

/* "3 (a.txt, b.txt) / 4 (c.txt)": norms in the order in which they are met, each telling once. */
static rcp_str explain(rcpi_diff_finder *f, const rcpi_diff_values *values) {
  rcpi_buf b;
  rcpi_buf_init(&b);
  const rcpi_value_at *v = values->v.p;
  for (size_t i = 0; i < values->v.n; i++) {
    bool is_first = true;
    for (size_t k = 0; k < i; k++) is_first = is_first && !rcpi_eq(v[k].norm, v[i].norm);
    if (!is_first) continue;
    if (b.len) rcpi_buf_adds(&b, " / ");
    rcpi_buf_add(&b, v[i].norm);
    uint32_t last = UINT32_MAX;
    for (size_t k = i; k < values->v.n; k++) {
      if (!rcpi_eq(v[k].norm, v[i].norm) || v[k].telling == last) continue;
      rcpi_buf_adds(&b, last == UINT32_MAX ? " (" : ", ");
      rcpi_buf_add(&b, rcpi_file_name(f->story->tellings[v[k].telling].article->source));
      last = v[k].telling;
    }
    rcpi_buf_addc(&b, ')');
  }
  return rcpi_buf_take(&b, f->a);
}

bool rcpi_diff_add(rcpi_diff_finder *f, rcpi_difference_kind kind, bool is_conflict, rcpi_diff_values *values) {
  bool two_tellings = false, two_norms = false;
  for (size_t i = 1; i < values->v.n; i++) {
    two_tellings = two_tellings || values->v.p[i].telling != values->v.p[0].telling;
    two_norms = two_norms || !rcpi_eq(values->v.p[i].norm, values->v.p[0].norm);
  }
  if (!two_tellings || !two_norms) return false;
  qsort(values->v.p, values->v.n, sizeof *values->v.p, by_place);
  rcpi_push(f->a, &f->found, (rcpi_difference){kind, is_conflict, values->v.p, values->v.n, explain(f, values)});
  return true;
}

size_t rcpi_diff_rows(const rcpi_diff_finder *f, const rcpi_appearance *app, const rcpi_phrases *phrases, uint32_t *rows,
                      rcpi_tokens *at, size_t most) {
  const rcpi_text *t = rcpi_diff_text(f, app);
  size_t n = 0;
  for (uint32_t i = app->at.token; i < app->at.end_token && n < most; i++) {
    uint32_t found[8], ends[8];
    size_t k = rcpi_phrases_at(phrases, t, i, found, ends, 8);
    for (size_t x = 0; x < k && n < most; x++) {
      if (ends[x] > app->at.end_token) continue;
      rows[n] = found[x];
      at[n++] = (rcpi_tokens){i, ends[x]};
    }
  }
  return n;
}

int32_t rcpi_diff_link(const rcpi_diff_finder *f, size_t i, size_t k, int32_t unknown) {
  return f->link && !f->claim->is_corrected ? f->link[i * f->claim->n_appearances + k] : unknown;
}
