/*
 * Phrases are keyed by the stem of their first word; the few that share it are tried one by one, longest first. Cells
 * are cut by the same splitter as text, so that « d'ores et déjà » is the same four tokens on both sides.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "text/phrase.h"

#include <stdlib.h>

#include "base/hash.h"

typedef struct phrase { rcp_str *stems; uint32_t n, row, next; } phrase;   /* next: 1 + index of one with the same first stem */

struct rcpi_phrases {
  RCPI_VEC(phrase) all;
  rcpi_map first;              /* stem -> 1 + index of the longest phrase that begins with it */
};

/* The tokens of one line of a cut text. */
static void add_phrase(rcpi_arena *a, rcpi_phrases *p, const rcpi_text *t, size_t beg, size_t end, uint32_t row) {
  if (beg == end) return;
  phrase x = {rcpi_array(a, rcp_str, end - beg), (uint32_t)(end - beg), row, 0};
  for (size_t i = beg; i < end; i++) x.stems[i - beg] = t->tokens[i].stem;
  rcpi_push(a, &p->all, x);
}

typedef struct cell { uint32_t end, row; } cell;

/* All cells are cut at once, a line each: to cut them one by one made a table, a stemmer and a map for each. */
static void add_lines(rcpi_arena *a, rcpi_phrases *p, const rcpi_lang *lang, rcp_str lines, const cell *cells, size_t n) {
  rcp_article article = {.text = lines, .lang = lang};
  rcpi_text t;
  rcpi_text_split(a, &article, &t);
  for (size_t i = 0, token = 0; i < n; i++) {
    size_t beg = token;
    while (token < t.n_tokens && t.tokens[token].end <= cells[i].end) token++;
    add_phrase(a, p, &t, beg, token, cells[i].row);
  }
}

/* Longest first, then by row: the order in which they are tried. */
static int by_length(const void *x, const void *y) {
  const phrase *a = x, *b = y;
  return a->n != b->n ? (a->n < b->n ? 1 : -1) : (a->row > b->row) - (a->row < b->row);
}

static void index_phrases(rcpi_arena *a, rcpi_phrases *p) {
  if (p->all.n) qsort(p->all.p, p->all.n, sizeof *p->all.p, by_length);
  for (size_t i = p->all.n; i-- > 0;) {
    uint32_t *head = rcpi_map_put(a, &p->first, p->all.p[i].stems[0], 0, NULL);
    p->all.p[i].next = *head;
    *head = (uint32_t)i + 1;
  }
}

rcpi_phrases *rcpi_phrases_new(rcpi_arena *a, const rcpi_lang *lang, const char *table, const char *column) {
  rcpi_phrases *p = rcpi_new(a, rcpi_phrases);
  const rcpi_table *t = rcpi_lang_table(lang, table);
  int col = rcpi_table_column(t, column);
  RCPI_VEC(cell) found = {0};
  char *lines = rcpi_array(a, char, col >= 0 ? t->at[(size_t)t->n_rows * t->n_cols] + (size_t)t->n_rows + 1 : 1);
  uint32_t len = 0;
  for (uint32_t row = 0; col >= 0 && row < t->n_rows; row++) {
    rcp_str words, rest = rcpi_cell(t, row, (size_t)col);
    while (rcpi_next_field(&rest, '|', &words)) {
      if (!words.n) continue;
      memcpy(lines + len, words.p, words.n);
      len += (uint32_t)words.n;
      rcpi_push(a, &found, (cell){len, row});
      lines[len++] = '\n';
    }
  }
  add_lines(a, p, lang, (rcp_str){lines, len}, found.p, found.n);
  index_phrases(a, p);
  return p;
}

static bool stands_at(const phrase *x, const rcpi_text *text, size_t i) {
  if (i + x->n > text->n_tokens) return false;
  for (uint32_t k = 1; k < x->n; k++)
    if (!rcpi_eq(x->stems[k], text->tokens[i + k].stem)) return false;
  return text->tokens[i].sentence == text->tokens[i + x->n - 1].sentence;
}

size_t rcpi_phrases_at(const rcpi_phrases *p, const rcpi_text *text, size_t i, uint32_t *rows, uint32_t *ends, size_t most) {
  const uint32_t *head = rcpi_map_get(&p->first, text->tokens[i].stem);
  size_t n = 0;
  for (uint32_t k = head ? *head : 0; k && n < most; k = p->all.p[k - 1].next) {
    const phrase *x = &p->all.p[k - 1];
    if (!stands_at(x, text, i)) continue;
    rows[n] = x->row;
    ends[n++] = (uint32_t)(i + x->n);
  }
  return n;
}
