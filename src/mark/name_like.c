/*
 * The sound of a word is a key without accents, silent letters and doubled ones, in which what transliterations disagree
 * on is one (w and v, ou and u, o and u, kh and k): Louhansk and Lougansk, Muhajir and Mohajer meet.
 *
 * Similar words are found by their keys with one letter deleted (Garbe's symmetric delete, 2012), and cognates by their
 * first letters, so no step looks at all pairs.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mark/name_like.h"

typedef struct change { const char *from, *to; } change;

/* In this order: a later change sees what an earlier one made. */
static const change changes[] = {
    {"ou", "u"}, {"oo", "u"}, {"ee", "i"}, {"ph", "f"}, {"kh", "h"}, {"gh", "g"}, {"w", "v"}, {"y", "i"}, {"ck", "k"},
    {"qu", "k"}, {"tch", "s"}, {"sch", "s"}, {"sh", "s"}, {"ch", "s"}, {"c", "k"}, {"j", "g"}, {"z", "s"}, {"o", "u"}, {"e", "i"},
    {"th", "t"}, {"h", ""},
};

static size_t replace(char *s, size_t n, change c) {
  size_t from = strlen(c.from), to = strlen(c.to), out = 0;
  for (size_t i = 0; i < n;) {
    if (i + from <= n && memcmp(s + i, c.from, from) == 0) {
      memcpy(s + out, c.to, to);
      out += to;
      i += from;
    } else {
      s[out++] = s[i++];
    }
  }
  return out;
}

static rcp_str sound_key(rcpi_arena *a, rcp_str fold) {
  char *s = rcpi_array(a, char, fold.n + 1);
  size_t n = fold.n, out = 0;
  memcpy(s, fold.p, n);
  for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) n = replace(s, n, changes[i]);
  for (size_t i = 0; i < n; i++)
    if (!out || s[out - 1] != s[i]) s[out++] = s[i];
  if (out > 2 && s[out - 1] == 'i') out--;
  return (rcp_str){s, out};
}

enum { STEM_LETTERS = 5 };    /* that cognates share at least */

/* Edit distance (insert, delete, replace), or cap + 1 when it is more than cap. */
static size_t distance(rcp_str a, rcp_str b, size_t cap) {
  size_t row[64];
  if (a.n > 63 || b.n > 63) return cap + 1;
  if (a.n > b.n + cap || b.n > a.n + cap) return cap + 1;
  for (size_t k = 0; k <= b.n; k++) row[k] = k;
  for (size_t i = 1; i <= a.n; i++) {
    size_t diagonal = row[0], least = row[0] = i;
    for (size_t k = 1; k <= b.n; k++) {
      size_t above = row[k], best = diagonal + (a.p[i - 1] != b.p[k - 1]);
      if (above + 1 < best) best = above + 1;
      if (row[k - 1] + 1 < best) best = row[k - 1] + 1;
      diagonal = above;
      row[k] = best;
      if (best < least) least = best;
    }
    if (least > cap) return cap + 1;
  }
  return row[b.n];
}

/* Paul and Paule, Jean and Jeanne are two people. */
bool rcpi_is_feminine_pair(rcp_str a, rcp_str b) {
  if (a.n > b.n) return rcpi_is_feminine_pair(b, a);
  return b.n > a.n && b.n <= a.n + 2 && rcpi_starts(b, a) && b.p[b.n - 1] == 'e';
}

rcpi_likeness rcpi_name_words_like(const rcpi_name_word *a, const rcpi_name_word *b) {
  if (rcpi_eq(a->fold, b->fold)) return RCPI_SAME_WORD;
  if (a->has_digit || b->has_digit || a->is_head || b->is_head) return RCPI_DIFFERENT;
  size_t n = a->fold.n < b->fold.n ? a->fold.n : b->fold.n;
  if ((a->is_common || b->is_common) && a->langs & b->langs) {
    bool is_plural = n + 1 == a->fold.n + b->fold.n - n && memcmp(a->fold.p, b->fold.p, n) == 0 && (a->fold.n > n ? a : b)->fold.p[n] == 's';
    return is_plural ? RCPI_SAME_SOUND : RCPI_DIFFERENT;
  }
  if (rcpi_eq(a->key, b->key)) return a->key.n >= 3 ? RCPI_SAME_SOUND : RCPI_DIFFERENT;
  bool same_start = a->fold.p[0] == b->fold.p[0] || a->key.p[0] == b->key.p[0];
  if (n < 5 || !same_start) return RCPI_DIFFERENT;
  size_t shared = 0, longer = a->fold.n + b->fold.n - n;
  while (shared < n && a->fold.p[shared] == b->fold.p[shared]) shared++;
  bool is_cognate = shared >= STEM_LETTERS && shared * 5 >= longer * 3 && !(a->langs & b->langs);   /* hospital, hospitalière */
  size_t d = distance(a->fold, b->fold, 2), k = distance(a->key, b->key, 2);
  if (k < d) d = k;
  if (d <= 1) return RCPI_LETTER_OFF;
  return n >= 8 && d <= 2 ? RCPI_LETTERS_OFF : is_cognate ? RCPI_COGNATE : RCPI_DIFFERENT;
}


/* ----------------------------------------------------------------------------------------------------------- words */

static rcpi_ids *bucket(rcpi_name_words *w, rcp_str key) {
  bool is_new;
  uint32_t i = *rcpi_map_put(w->a, &w->keys, key, (uint32_t)w->by_key.n, &is_new);
  if (is_new) rcpi_push(w->a, &w->by_key, (rcpi_ids){0});
  return &w->by_key.p[i];
}

/* Words that begin alike, for cognates. */
static rcp_str stem_key(char out[STEM_LETTERS + 1], rcp_str fold) {
  out[0] = '^';
  memcpy(out + 1, fold.p, STEM_LETTERS);
  return (rcp_str){out, STEM_LETTERS + 1};
}

uint32_t rcpi_name_word_id(rcpi_name_words *w, rcp_str fold) {
  bool is_new;
  uint32_t id = *rcpi_map_put(w->a, &w->ids, fold, (uint32_t)w->all.n, &is_new);
  if (!is_new) return id;
  rcpi_name_word x = {.fold = fold, .key = sound_key(w->a, fold)};
  for (size_t i = 0; i < fold.n; i++) x.has_digit |= rcpi_is_digit((unsigned char)fold.p[i]);
  rcpi_push(w->a, &w->all, x);
  rcpi_push(w->a, bucket(w, x.key), id);
  if (fold.n > STEM_LETTERS) rcpi_push(w->a, bucket(w, stem_key(rcpi_array(w->a, char, STEM_LETTERS + 1), fold)), id);
  for (size_t i = 0; x.key.n >= 4 && x.key.n < 40 && i < x.key.n; i++) {
    char *s = rcpi_array(w->a, char, x.key.n);
    memcpy(s, x.key.p, i);
    memcpy(s + i, x.key.p + i + 1, x.key.n - i - 1);
    rcpi_ids *b = bucket(w, (rcp_str){s, x.key.n - 1});
    if (!b->n || b->p[b->n - 1] != id) rcpi_push(w->a, b, id);
  }
  return id;
}

static void add_similar(rcpi_name_words *w, rcpi_name_word *x, uint32_t self, rcp_str key) {
  const uint32_t *i = rcpi_map_get(&w->keys, key);
  for (size_t k = 0; i && k < w->by_key.p[*i].n; k++) {
    uint32_t other = w->by_key.p[*i].p[k];
    bool is_there = other == self;
    for (size_t m = 0; m < x->similar.n; m++) is_there |= x->similar.p[m] == other;
    if (!is_there && rcpi_name_words_like(x, &w->all.p[other]) != RCPI_DIFFERENT) rcpi_push(w->a, &x->similar, other);
  }
}

const rcpi_ids *rcpi_name_words_similar(rcpi_name_words *w, uint32_t word) {
  rcpi_name_word *x = &w->all.p[word];
  if (x->is_read) return &x->similar;
  x->is_read = true;
  rcpi_push(w->a, &x->similar, word);
  char stem[STEM_LETTERS + 1];
  add_similar(w, x, word, x->key);
  if (x->fold.n > STEM_LETTERS) add_similar(w, x, word, stem_key(stem, x->fold));
  char s[40];
  for (size_t i = 0; x->key.n >= 4 && x->key.n < sizeof s && i < x->key.n; i++) {
    memcpy(s, x->key.p, i);
    memcpy(s + i, x->key.p + i + 1, x->key.n - i - 1);
    add_similar(w, x, word, (rcp_str){s, x->key.n - 1});
  }
  return &x->similar;
}
