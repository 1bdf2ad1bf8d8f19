/*
 * One hash map from a folded word to what it may mean: a function word (stop.tsv), a month (months.tsv), and the run of
 * phrases that begin with it (furniture.tsv). Phrases are sorted bytewise; a space sorts before letters, so those of one
 * first word are neighbours. A word of running prose costs one look-up that mostly finds nothing.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "clean/words.h"

#include <stdlib.h>

#include "base/unicode.h"

struct rcpi_words {
  rcpi_map index;              /* word -> index in classes */
  RCPI_VEC(rcpi_word_class) classes;
  RCPI_VEC(rcpi_phrase) phrases;
};

static rcpi_word_class *class_of(rcpi_arena *a, rcpi_words *w, rcp_str fold) {
  bool is_new;
  uint32_t *i = rcpi_map_put(a, &w->index, fold, (uint32_t)w->classes.n, &is_new);
  if (is_new) rcpi_push(a, &w->classes, (rcpi_word_class){0});
  return &w->classes.p[*i];
}

static void flag_words(rcpi_arena *a, rcpi_words *w, const rcpi_table *t, uint8_t flag) {
  for (size_t i = 0; i < t->n_rows; i++) class_of(a, w, rcpi_fold(a, rcpi_cell(t, i, 0)))->flags |= flag;
}

static void add_months(rcpi_arena *a, rcpi_words *w, const rcpi_table *t) {
  for (size_t i = 0; i < t->n_rows; i++) {
    uint32_t month = 0;
    rcpi_parse_u32(rcpi_cell(t, i, 1), &month);
    rcpi_word_class *c = class_of(a, w, rcpi_fold(a, rcpi_cell(t, i, 0)));
    c->flags |= RCPI_WORD_MONTH;
    c->month = (uint8_t)month;
  }
}

/* Names as the table's header lists them, in the order of the enum. */
static uint8_t index_in(rcp_str name, const char *const *names, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (rcpi_is(name, names[i])) return (uint8_t)i;
  return (uint8_t)(n - 1);
}

static void add_phrases(rcpi_arena *a, rcpi_words *w, const rcpi_table *t) {
  static const char *const roles[] = {"byline", "caption", "hint", "inside", "item", "maybe", "published",
                                       "section", "start", "updated"};
  static const char *const kinds[] = {"navigation", "site", "date", "related", "caption", "cookie", "promotion", "share", "credit", "other"};
  for (size_t i = 0; i < t->n_rows; i++) {
    rcpi_phrase p = {.words = rcpi_cell(t, i, 0), .n_words = 1};
    p.role = index_in(rcpi_cell(t, i, 1), roles, sizeof roles / sizeof *roles);
    p.kind = index_in(rcpi_cell(t, i, 2), kinds, sizeof kinds / sizeof *kinds);
    for (size_t k = 0; k < p.words.n; k++) p.n_words += p.words.p[k] == ' ';
    rcpi_push(a, &w->phrases, p);
  }
}

static int by_words(const void *x, const void *y) {
  const rcpi_phrase *a = x, *b = y;
  int order = rcpi_cmp(a->words, b->words);
  return order ? order : a->role != b->role ? a->role - b->role : a->kind - b->kind;
}

static void index_phrases(rcpi_arena *a, rcpi_words *w) {
  if (w->phrases.n) qsort(w->phrases.p, w->phrases.n, sizeof *w->phrases.p, by_words);
  for (size_t i = 0; i < w->phrases.n; i++) {
    rcp_str words = w->phrases.p[i].words;
    size_t space = rcpi_find_char(words, ' ');
    rcpi_word_class *c = class_of(a, w, space == RCPI_NONE ? words : rcpi_sub(words, 0, space));
    if (!c->n_phrases) c->phrase = (uint32_t)i;
    c->n_phrases++;
  }
}

rcpi_words *rcpi_words_new(rcpi_arena *a, const rcpi_langs *langs) {
  rcpi_words *w = rcpi_new(a, rcpi_words);
  for (size_t i = 0; i < langs->n; i++) {
    const rcpi_lang *lang = &langs->all[i];
    flag_words(a, w, rcpi_lang_table(lang, "stop"), RCPI_WORD_FUNCTION);
    add_months(a, w, rcpi_lang_table(lang, "months"));
    add_phrases(a, w, rcpi_lang_table(lang, "furniture"));
  }
  index_phrases(a, w);
  return w;
}

const rcpi_word_class *rcpi_word_class_of(const rcpi_words *w, rcp_str fold) {
  const uint32_t *i = rcpi_map_get(&w->index, fold);
  return i ? &w->classes.p[*i] : NULL;
}

const rcpi_phrase *rcpi_phrase_at(const rcpi_words *w, uint32_t i) {
  return &w->phrases.p[i];
}
