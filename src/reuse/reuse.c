/*
 * The problem: of a story's tellings, which share wording, where, and how much of each is shared.
 *
 * The idea: words become numbers once; runs of SEED words are looked up in one table over all tellings, so that only
 * places that agree are ever compared; each such place is carried on over small edits (extend.h). Comparing all pairs by
 * a table of edits would be simpler and cost the square of the number of tellings times the square of their length.
 *
 * What counts: own words only (furniture was left out by text/), folded, numbers with them, marks not; an unspaced script
 * by characters, of which two make a word. A passage holds at least MIN_SAME equal words. Resemblance is that of
 * three-word shingles.
 *
 * Cost: the words of all tellings, and for each run of words the pairs of tellings that share it. A run is kept at most
 * MAX_REPEATS times a telling and compared with the MAX_CHAIN latest places, so that neither one word repeated a million
 * times nor ten thousand reprints of one dispatch can make it grow beyond proportion; tellings that far apart in such a
 * crowd are still joined by those between them.
 *
 * Known weakness: a rewrite that keeps facts and no four words in a row leaves no trace here: "trois personnes sont
 * mortes" against "trois morts". claim/ finds those by their facts.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "reuse/reuse.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "reuse/extend.h"
#include "reuse/script.h"

enum { SEED = 4, SHINGLE = 3, MIN_SAME = 8, MAX_REPEATS = 4, MAX_CHAIN = 1024, NO_PLACE = UINT32_MAX };

typedef struct found { struct found *next; rcpi_match m; } found;

/* One text as words: number, place, and how many stand in quotation marks. */
typedef struct words {
  uint32_t *id;
  rcpi_span *at;
  uint32_t *n_quoted;          /* before each word, and before the end */
  uint32_t n;
  bool is_unspaced;            /* mostly characters, not words */
  uint32_t n_shingles;         /* distinct */
} words;

/* Numbers for keys, in the order in which they were first asked for. */
typedef struct key_table {
  struct key_slot { uint64_t key; uint32_t number; } *slots;   /* number + 1; 0: free */
  size_t n_slots;              /* a power of two, twice the keys at least */
  uint32_t n;
} key_table;

/* Where a run of SEED words occurs: `next` is the place found before. */
typedef struct place { uint32_t text, word, next; } place;
typedef struct seed { uint32_t head, text, n_in_text; } seed;

typedef struct seed_table {
  key_table keys;
  RCPI_VEC(seed) seeds;
  RCPI_VEC(place) places;
} seed_table;

/* The texts that hold a shingle, the latest first. */
typedef struct holder { uint32_t text, next; } holder;

typedef struct shingle_table {
  key_table keys;
  RCPI_VEC(uint32_t) heads;
  RCPI_VEC(holder) holders;
} shingle_table;

typedef struct state {
  rcpi_arena *a;
  words *texts;
  seed_table seeds;
  shingle_table shingles;
  uint32_t *n_both;            /* of the text at hand: shingles that it shares with each text before it */
  found **with;                /* and passages */
  uint32_t *until;             /* and up to which of its words the latest passage goes */
  RCPI_VEC(uint32_t) partners; /* those that have any */
  RCPI_VEC(rcpi_shared) pairs;
} state;

/* ----------------------------------------------------------------------------------------------------------- words */

static void add_word(rcpi_arena *a, rcpi_map *ids, words *w, rcp_str fold, rcpi_span at, bool is_quoted) {
  w->id[w->n] = *rcpi_map_put(a, ids, fold, (uint32_t)ids->n, NULL);
  w->at[w->n] = at;
  w->n++;
  w->n_quoted[w->n] = w->n_quoted[w->n - 1] + is_quoted;
}

static bool is_unspaced_token(const rcpi_token *t) {
  size_t len;
  return t->fold.n && rcpi_is_unspaced(rcpi_utf8_at(t->fold, 0, &len));
}

static size_t count_words(const rcpi_text *text) {
  size_t n = 0;
  for (size_t i = 0; i < text->n_tokens; i++)
    n += is_unspaced_token(&text->tokens[i]) ? rcpi_utf8_count(rcpi_token_str(text, i)) : 1;
  return n;
}

static void read_words(rcpi_arena *a, rcpi_map *ids, const rcpi_text *text, words *w) {
  size_t most = count_words(text), n_characters = 0;
  w->id = rcpi_array(a, uint32_t, most);
  w->at = rcpi_array(a, rcpi_span, most);
  w->n_quoted = rcpi_array(a, uint32_t, most + 1);
  for (size_t i = 0; i < text->n_tokens; i++) {
    const rcpi_token *t = &text->tokens[i];
    if (t->kind == RCPI_TOK_MARK) continue;
    if (!is_unspaced_token(t)) {
      add_word(a, ids, w, t->fold, (rcpi_span){t->beg, t->end}, t->quotation != 0);
      continue;
    }
    for (uint32_t at = t->beg, end; at < t->end; at = end) {
      size_t len;
      rcpi_utf8_at(text->s, at, &len);
      end = at + (uint32_t)len;
      add_word(a, ids, w, rcpi_sub(text->s, at, end), (rcpi_span){at, end}, t->quotation != 0);
      n_characters++;
    }
  }
  w->is_unspaced = n_characters * 2 > w->n;
}

static uint64_t run_key(const uint32_t *id, uint32_t n) {
  return rcpi_hash((rcp_str){(const char *)id, n * sizeof *id}, 0);
}

/* ----------------------------------------------------------------------------------------------------------- index */

static struct key_slot *slot_of(const key_table *x, uint64_t key) {
  size_t i = key & (x->n_slots - 1);
  while (x->slots[i].number && x->slots[i].key != key) i = (i + 1) & (x->n_slots - 1);
  return &x->slots[i];
}

static void widen(rcpi_arena *a, key_table *x) {
  key_table old = *x;
  x->n_slots = old.n_slots ? 4 * old.n_slots : 1024;
  x->slots = rcpi_alloc(a, x->n_slots, sizeof *x->slots);
  for (size_t i = 0; i < old.n_slots; i++)
    if (old.slots[i].number) *slot_of(x, old.slots[i].key) = old.slots[i];
}

/* The number of a key; x->n before the call when it is new. */
static uint32_t number_of(rcpi_arena *a, key_table *x, uint64_t key) {
  if (2 * (size_t)x->n >= x->n_slots) widen(a, x);
  struct key_slot *s = slot_of(x, key);
  if (!s->number) *s = (struct key_slot){key, ++x->n};
  return s->number - 1;
}

static seed *seed_of(rcpi_arena *a, seed_table *x, uint64_t key) {
  uint32_t i = number_of(a, &x->keys, key);
  if (i == x->seeds.n) rcpi_push(a, &x->seeds, (seed){NO_PLACE, 0, 0});
  return &x->seeds.p[i];
}

static uint32_t *holders_of(rcpi_arena *a, shingle_table *x, uint64_t key) {
  uint32_t i = number_of(a, &x->keys, key);
  if (i == x->heads.n) rcpi_push(a, &x->heads, NO_PLACE);
  return &x->heads.p[i];
}

/* Counts the distinct shingles of a text, and those that each of the MAX_CHAIN latest texts with it has too. */
static void count_shingles(state *s, uint32_t text) {
  words *w = &s->texts[text];
  shingle_table *x = &s->shingles;
  memset(s->n_both, 0, text * sizeof *s->n_both);
  for (uint32_t i = 0; i + SHINGLE <= w->n; i++) {
    uint32_t *head = holders_of(s->a, x, run_key(w->id + i, SHINGLE));
    if (*head != NO_PLACE && x->holders.p[*head].text == text) continue;
    uint32_t n = 0;
    for (uint32_t h = *head; h != NO_PLACE && n < MAX_CHAIN; h = x->holders.p[h].next, n++) s->n_both[x->holders.p[h].text]++;
    rcpi_push(s->a, &x->holders, (holder){text, *head});
    *head = (uint32_t)x->holders.n - 1;
    w->n_shingles++;
  }
}

/* -------------------------------------------------------------------------------------------------------- passages */

/* The bounds that passages found before leave around (i, j); false where it lies in one. */
static bool free_around(const found *f, uint32_t i, uint32_t j, rcpi_words *a, rcpi_words *b) {
  for (; f; f = f->next) {
    const rcpi_match *m = &f->m;
    if ((i >= m->a && i < m->a_end) || (j >= m->b && j < m->b_end)) return false;
    if (m->a_end <= i && m->a_end > a->beg) a->beg = m->a_end;
    if (m->a > i && m->a < a->end) a->end = m->a;
    if (m->b_end <= j && m->b_end > b->beg) b->beg = m->b_end;
    if (m->b > j && m->b < b->end) b->end = m->b;
  }
  return i + SEED <= a->end && j + SEED <= b->end;
}

static bool is_seed(const words *x, uint32_t i, const words *y, uint32_t j) {
  return memcmp(x->id + i, y->id + j, SEED * sizeof *x->id) == 0;
}

/* `with` is the earlier text: a of the pair. */
static void try_place(state *s, uint32_t text, uint32_t word, const place *at) {
  if (word < s->until[at->text]) return;   /* the passage found last goes on here */
  const words *x = &s->texts[at->text], *y = &s->texts[text];
  rcpi_words a = {x->id, 0, x->n}, b = {y->id, 0, y->n};
  if (!free_around(s->with[at->text], at->word, word, &a, &b) || !is_seed(x, at->word, y, word)) return;
  rcpi_match m = rcpi_extend(a, b, at->word, word, SEED);
  uint32_t least = x->is_unspaced && y->is_unspaced ? 2 * MIN_SAME : MIN_SAME;
  if (m.n_same < least) return;
  if (!s->with[at->text]) rcpi_push(s->a, &s->partners, at->text);
  found *f = rcpi_new(s->a, found);
  *f = (found){s->with[at->text], m};
  s->with[at->text] = f;
  s->until[at->text] = m.b_end;
}

static void look_up(state *s, uint32_t text) {
  const words *w = &s->texts[text];
  for (uint32_t i = 0; i + SEED <= w->n; i++) {
    seed *at = seed_of(s->a, &s->seeds, run_key(w->id + i, SEED));
    if (at->head != NO_PLACE && at->text == text && at->n_in_text >= MAX_REPEATS) continue;
    uint32_t n = 0;
    for (uint32_t p = at->head; p != NO_PLACE && n < MAX_CHAIN; p = s->seeds.places.p[p].next, n++)
      if (s->seeds.places.p[p].text != text) try_place(s, text, i, &s->seeds.places.p[p]);
    at->n_in_text = at->head != NO_PLACE && at->text == text ? at->n_in_text + 1 : 1;
    at->text = text;
    rcpi_push(s->a, &s->seeds.places, (place){text, i, at->head});
    at->head = (uint32_t)s->seeds.places.n - 1;
  }
}

/* ----------------------------------------------------------------------------------------------------------- pairs */

static int by_place(const void *x, const void *y) {
  const rcpi_match *a = x, *b = y;
  return (a->a > b->a) - (a->a < b->a);
}

static rcpi_span span_of(const words *w, uint32_t beg, uint32_t end) {
  return (rcpi_span){w->at[beg].beg, w->at[end - 1].end};
}

static void add_pair(state *s, uint32_t first, uint32_t second) {
  const words *x = &s->texts[first], *y = &s->texts[second];
  size_t n = 0, n_a = 0, n_b = 0;
  for (const found *f = s->with[first]; f; f = f->next) n++;
  rcpi_match *all = rcpi_array(s->a, rcpi_match, n);
  rcpi_shared pair = {.a = first, .b = second, .passages = rcpi_array(s->a, rcpi_passage, n), .n_passages = n};
  n = 0;
  for (const found *f = s->with[first]; f; f = f->next) all[n++] = f->m;
  qsort(all, n, sizeof *all, by_place);
  double quoted = 0;
  for (size_t i = 0; i < n; i++) {
    const rcpi_match *m = &all[i];
    pair.passages[i] = (rcpi_passage){span_of(x, m->a, m->a_end), span_of(y, m->b, m->b_end), m->is_verbatim};
    if (m->longest > pair.longest) pair.longest = m->longest;
    uint32_t q_a = x->n_quoted[m->a_end] - x->n_quoted[m->a], q_b = y->n_quoted[m->b_end] - y->n_quoted[m->b];
    quoted += q_a < q_b ? q_a : q_b;
    n_a += m->a_end - m->a;
    n_b += m->b_end - m->b;
  }
  pair.containment_a = (double)n_a / x->n;
  pair.containment_b = (double)n_b / y->n;
  pair.quoted = quoted / (n_a < n_b ? n_a : n_b);
  pair.resemblance = (double)s->n_both[first] / (x->n_shingles + y->n_shingles - s->n_both[first]);
  rcpi_push(s->a, &s->pairs, pair);
}

static int by_texts(const void *x, const void *y) {
  const rcpi_shared *a = x, *b = y;
  if (a->a != b->a) return a->a < b->a ? -1 : 1;
  return (a->b > b->b) - (a->b < b->b);
}

size_t rcpi_reuse_pairs(rcpi_arena *a, const rcpi_text *const *texts, size_t n_texts, rcpi_shared **out) {
  state s = {.a = a, .texts = rcpi_array(a, words, n_texts), .with = rcpi_array(a, found *, n_texts)};
  rcpi_map ids = {0};
  s.n_both = rcpi_array(a, uint32_t, n_texts);
  s.until = rcpi_array(a, uint32_t, n_texts);
  for (size_t t = 0; t < n_texts; t++) read_words(a, &ids, texts[t], &s.texts[t]);
  for (uint32_t t = 0; t < n_texts; t++) {
    look_up(&s, t);
    count_shingles(&s, t);
    for (size_t i = 0; i < s.partners.n; i++) {
      add_pair(&s, s.partners.p[i], t);
      s.with[s.partners.p[i]] = NULL;
      s.until[s.partners.p[i]] = 0;
    }
    s.partners.n = 0;
  }
  if (s.pairs.n) qsort(s.pairs.p, s.pairs.n, sizeof *s.pairs.p, by_texts);
  *out = s.pairs.p;
  return s.pairs.n;
}
