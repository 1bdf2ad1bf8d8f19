/*
 * What an outlet changed in an article: the words of both versions held side by side, the longest row of words that both
 * have in the same order kept, the rest told as taken out and put in (after diff). Changes a word or two apart are one.
 *
 * Cost: the product of the words between the first and the last that differ; beyond MOST_CELLS that stretch is told whole.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>

#include "base/error.h"
#include "clean/clean.h"
#include "store/archive_int.h"

enum { MOST_CELLS = 8 << 20, CLOSE = 2 };

typedef RCPI_VEC(rcpi_span) spans;

static spans words_of(rcpi_arena *a, rcp_str text) {
  spans out = {0};
  for (size_t i = 0; i < text.n;) {
    while (i < text.n && rcpi_is_space((unsigned char)text.p[i])) i++;
    size_t beg = i;
    while (i < text.n && !rcpi_is_space((unsigned char)text.p[i])) i++;
    if (i > beg) rcpi_push(a, &out, (rcpi_span){(uint32_t)beg, (uint32_t)i});
  }
  return out;
}

/* A stretch of words of each, half open. */
typedef struct change { size_t a, a_end, b, b_end; } change;
typedef RCPI_VEC(change) changes;

static void put(rcpi_arena *arena, changes *out, change c) {
  change *last = out->n ? &out->p[out->n - 1] : NULL;
  if (last && c.a - last->a_end <= CLOSE && c.b - last->b_end <= CLOSE) last->a_end = c.a_end, last->b_end = c.b_end;
  else rcpi_push(arena, out, c);
}

/* Between the common beginning and the common end: lengths of common rows from (i, j) on, then a walk along the longest. */
static void compare(rcpi_arena *arena, rcp_str ta, const spans *a, rcp_str tb, const spans *b, changes *out) {
  size_t beg = 0, na = a->n, nb = b->n;
  while (beg < na && beg < nb && rcpi_eq(rcpi_at(ta, a->p[beg]), rcpi_at(tb, b->p[beg]))) beg++;
  while (na > beg && nb > beg && rcpi_eq(rcpi_at(ta, a->p[na - 1]), rcpi_at(tb, b->p[nb - 1]))) na--, nb--;
  size_t n = na - beg, m = nb - beg;
  if (!n && !m) return;
  if (!n || !m || n > MOST_CELLS / (m + 1) - 1) {
    put(arena, out, (change){beg, na, beg, nb});
    return;
  }
  uint16_t *len = rcpi_array(arena, uint16_t, (n + 1) * (m + 1));
#define LEN(i, j) len[(i) * (m + 1) + (j)]
  for (size_t i = n; i-- > 0;)
    for (size_t j = m; j-- > 0;)
      LEN(i, j) = rcpi_eq(rcpi_at(ta, a->p[beg + i]), rcpi_at(tb, b->p[beg + j])) ? (uint16_t)(LEN(i + 1, j + 1) + 1)
                  : LEN(i + 1, j) >= LEN(i, j + 1) ? LEN(i + 1, j) : LEN(i, j + 1);
  size_t i = 0, j = 0;
  while (i < n || j < m) {
    change c = {beg + i, 0, beg + j, 0};
    while ((i < n || j < m) && !(i < n && j < m && rcpi_eq(rcpi_at(ta, a->p[beg + i]), rcpi_at(tb, b->p[beg + j])))) {
      if (j == m || (i < n && LEN(i + 1, j) >= LEN(i, j + 1))) i++;
      else j++;
    }
    c.a_end = beg + i;
    c.b_end = beg + j;
    if (c.a_end > c.a || c.b_end > c.b) put(arena, out, c);
    while (i < n && j < m && rcpi_eq(rcpi_at(ta, a->p[beg + i]), rcpi_at(tb, b->p[beg + j]))) i++, j++;
  }
#undef LEN
}

/* The bytes of a stretch of words; an empty one lies behind the word before it. */
static rcpi_span bytes_of(const spans *w, size_t beg, size_t end) {
  if (end > beg) return (rcpi_span){w->p[beg].beg, w->p[end - 1].end};
  uint32_t at = beg ? w->p[beg - 1].end : 0;
  return (rcpi_span){at, at};
}

static void tell(rcpi_archive *s, const char *field, rcp_str before, rcp_str after, rcp_archive_see_change see, void *with) {
  before = before.p ? before : RCPI_S("");
  after = after.p ? after : RCPI_S("");
  spans a = words_of(&s->scratch, before), b = words_of(&s->scratch, after);
  changes all = {0};
  compare(&s->scratch, before, &a, after, &b, &all);
  for (size_t i = 0; i < all.n; i++) {
    rcpi_span x = bytes_of(&a, all.p[i].a, all.p[i].a_end), y = bytes_of(&b, all.p[i].b, all.p[i].b_end);
    rcp_archive_change row = {field, rcpi_at(before, x), rcpi_at(after, y), x.beg, x.end, y.beg, y.end};
    see(with, &row);
  }
}

rcp_status rcpi_archive_changes(rcpi_archive *s, rcp_str name, rcp_archive_see_change see, void *with, rcp_error *error) {
  rcpi_archive_enter(s);
  int64_t article = rcpi_archive_article_of(s, name);
  rcp_status status = rcpi_db_status(s->db, error);
  if (status) return status;
  if (!article) return rcpi_error(error, RCP_EUSAGE, rcpi_cstr(s->path), 0, "no article %.*s", RCPI_P(name));
  int64_t before = rcpi_db_number(s->db, "SELECT max(id) FROM article WHERE replaced_by=?1", "i", article);
  if (before == RCPI_NULL) return rcpi_db_status(s->db, error);
  rcp_article *old = NULL, *new = NULL;
  status = rcpi_archive_load(s, before, &old, error);
  if (!status) status = rcpi_archive_load(s, article, &new, error);
  if (!status) {
    tell(s, "title", old->title, new->title, see, with);
    tell(s, "text", old->text, new->text, see, with);
  }
  rcpi_article_drop(old);
  rcpi_article_drop(new);
  return status;
}
