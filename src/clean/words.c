/*
 * One table from a folded word to what it may mean: a function word (stop.tsv), a month (months.tsv), the head of phrases
 * (furniture.tsv). Most words of prose are in none, and every word of a text is looked up, so a look-up must be cheap:
 * the hash is made while the word is read, a bit of it ends most searches, and a phrase is compared by the hashes of
 * its words. Only our own tables are stored, so input cannot make slots collide.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "clean/words.h"

#include <stdlib.h>

#include "base/unicode.h"

typedef struct slot { rcp_str word; uint32_t hash; rcpi_word_class class; } slot;

enum { FILTER_BITS = 1 << 17 };

struct rcpi_words {
  slot *slots;                 /* word.p NULL: empty */
  size_t n, cap;
  rcpi_phrase *phrases;
  uint64_t filter[FILTER_BITS / 64];   /* a bit of each hash: most words of prose end here, in the nearest cache */
};

static uint32_t hash_of(rcp_str s) {
  uint32_t hash = RCPI_WORD_HASH;
  for (size_t i = 0; i < s.n; i++) hash = rcpi_word_hash_step(hash, (unsigned char)s.p[i]);
  return hash;
}

static slot *slot_of(const rcpi_words *w, rcp_str word, uint32_t hash) {
  size_t i = hash & (w->cap - 1);
  while (w->slots[i].word.p && (w->slots[i].hash != hash || !rcpi_eq(w->slots[i].word, word))) i = (i + 1) & (w->cap - 1);
  return &w->slots[i];
}

static void grow(rcpi_arena *a, rcpi_words *w) {
  rcpi_words old = *w;
  w->cap = old.cap ? old.cap * 2 : 1024;
  w->slots = rcpi_array(a, slot, w->cap);
  for (size_t i = 0; i < old.cap; i++)
    if (old.slots[i].word.p) *slot_of(w, old.slots[i].word, old.slots[i].hash) = old.slots[i];
}

static rcpi_word_class *class_of(rcpi_arena *a, rcpi_words *w, rcp_str word) {
  if (w->n * 3 >= w->cap) grow(a, w);
  uint32_t hash = hash_of(word);
  slot *s = slot_of(w, word, hash);
  if (!s->word.p) *s = (slot){.word = word, .hash = hash}, w->n++;
  w->filter[hash % FILTER_BITS / 64] |= (uint64_t)1 << hash % 64;
  return &s->class;
}

static void add_stop_words(rcpi_arena *a, rcpi_words *w, const rcpi_lang *lang, uint8_t language) {
  const rcpi_table *stop = rcpi_lang_table(lang, "stop"), *detect = rcpi_lang_table(lang, "detect");
  for (size_t i = 0; i < stop->n_rows; i++) class_of(a, w, rcpi_fold(a, rcpi_cell(stop, i, 0)))->languages |= language;
  for (size_t i = 0; i < detect->n_rows; i++) class_of(a, w, rcpi_fold(a, rcpi_cell(detect, i, 0)))->detects |= language;
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

/* ---------------------------------------------------------------------------------------------------------- phrases */

/* A phrase while they are sorted. */
typedef struct entry { rcp_str words, first; bool is_anywhere; rcpi_phrase phrase; } entry;
typedef struct entries { RCPI_VEC(entry) v; } entries;

/* Names as the table's header lists them, in the order of the enum. */
static uint8_t index_in(rcp_str name, const char *const *names, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (rcpi_is(name, names[i])) return (uint8_t)i;
  return (uint8_t)(n - 1);
}

static bool is_anywhere(uint8_t role) {
  switch ((rcpi_phrase_role)role) {
    case RCPI_PHRASE_BYLINE: case RCPI_PHRASE_MAYBE: case RCPI_PHRASE_SECTION: case RCPI_PHRASE_START: return false;
    default: return true;
  }
}

static void add_phrases(rcpi_arena *a, const rcpi_table *t, entries *out) {
  static const char *const roles[] = {"byline", "caption", "hint", "inside", "item", "maybe", "published",
                                      "section", "start", "updated"};
  static const char *const kinds[] = {"navigation", "site", "date", "related", "caption", "cookie", "promotion", "share", "credit", "other"};
  for (size_t i = 0; i < t->n_rows; i++) {
    entry e = {.words = rcpi_cell(t, i, 0)};
    size_t n = 1;
    for (size_t k = 0; k < e.words.n; k++) n += e.words.p[k] == ' ';
    uint32_t *hash = rcpi_array(a, uint32_t, n);
    rcp_str word, rest = e.words;
    for (size_t k = 0; k < n && rcpi_next_field(&rest, ' ', &word); k++) {
      if (k == 0) e.first = word;
      hash[k] = hash_of(word);
    }
    e.phrase = (rcpi_phrase){hash, (uint8_t)n, index_in(rcpi_cell(t, i, 1), roles, sizeof roles / sizeof *roles),
                             index_in(rcpi_cell(t, i, 2), kinds, sizeof kinds / sizeof *kinds)};
    e.is_anywhere = is_anywhere(e.phrase.role);
    rcpi_push(a, &out->v, e);
  }
}

static int by_first_word(const void *x, const void *y) {
  const entry *a = x, *b = y;
  int order = rcpi_cmp(a->first, b->first);
  if (!order) order = (int)a->is_anywhere - (int)b->is_anywhere;
  if (!order) order = rcpi_cmp(a->words, b->words);
  return order ? order : a->phrase.role != b->phrase.role ? a->phrase.role - b->phrase.role : a->phrase.kind - b->phrase.kind;
}

static void index_phrases(rcpi_arena *a, rcpi_words *w, entries *e) {
  if (e->v.n) qsort(e->v.p, e->v.n, sizeof *e->v.p, by_first_word);
  w->phrases = rcpi_array(a, rcpi_phrase, e->v.n);
  for (size_t i = 0; i < e->v.n; i++) {
    rcpi_word_class *c = class_of(a, w, e->v.p[i].first);
    w->phrases[i] = e->v.p[i].phrase;
    if (!c->n_phrases) c->phrase = (uint32_t)i;
    c->n_phrases++;
    c->n_head += !e->v.p[i].is_anywhere;
    if (e->v.p[i].phrase.role == RCPI_PHRASE_ITEM && e->v.p[i].phrase.n_words == 1) c->flags |= RCPI_WORD_ITEM;
  }
}

rcpi_words *rcpi_words_new(rcpi_arena *a, const rcpi_langs *langs) {
  rcpi_words *w = rcpi_new(a, rcpi_words);
  entries phrases = {.v = {0}};
  for (size_t i = 0; i < langs->n; i++) {
    const rcpi_lang *lang = &langs->all[i];
    add_stop_words(a, w, lang, (uint8_t)(i < 8 ? 1u << i : 0));
    add_months(a, w, rcpi_lang_table(lang, "months"));
    add_phrases(a, rcpi_lang_table(lang, "furniture"), &phrases);
  }
  index_phrases(a, w, &phrases);
  if (!w->cap) grow(a, w);
  return w;
}

const rcpi_word_class *rcpi_word_class_of(const rcpi_words *w, rcp_str fold) {
  return rcpi_word_class_hashed(w, fold, hash_of(fold));
}

const rcpi_word_class *rcpi_word_class_hashed(const rcpi_words *w, rcp_str fold, uint32_t hash) {
  if (!(w->filter[hash % FILTER_BITS / 64] >> hash % 64 & 1)) return NULL;
  const slot *s = slot_of(w, fold, hash);
  return s->word.p ? &s->class : NULL;
}

const rcpi_phrase *rcpi_phrase_at(const rcpi_words *w, uint32_t i) {
  return &w->phrases[i];
}
