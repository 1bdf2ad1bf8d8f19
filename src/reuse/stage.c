/*
 * The steps of corpus.c and corpus_close.c on arrays. What decides (sketches, shingles, runs, alignment) is called, not
 * written again; what is here is sorting, and the order in which a corpus would have met things, since the newest 32 of a
 * key, the eight most alike and the first of a group depend on it.
 *
 * A corpus finds the articles of a key by 32 bits of its hash and the place in a table, here by all 64: they differ only
 * where two keys of one band agree in 32 bits and lie beside each other, which sketches then tell apart.
 *
 * Cost: sorting; one key with n articles costs 32 n candidates, one run with n articles n.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "reuse/stage.h"

#include <stddef.h>
#include <stdlib.h>

enum {
  MAX_REPEATS = 2,                            /* passage.c takes two of a run in one article */
  CHOICE_SLOTS = 4 * RCPI_TWIN_CANDIDATES,
};

_Static_assert(sizeof(rcp_stage_sketch) == 16 + sizeof(rcpi_sketch), "sketches are copied whole");

static void add(rcpi_buf *b, const void *p, size_t n) {
  rcpi_buf_add(b, (rcp_str){p, n});
}


static rcpi_side side_of(const rcpi_opened *x) {
  return (rcpi_side){x->words, x->n_words, x->n_alone != 0};
}

/* --------------------------------------------------------------------------------------------------------- sorting */

/* A number inside an item, by which items are sorted. */
typedef struct field { unsigned short at, bytes; bool descends; } field;

enum { DIGIT = 11, DIGITS = 1 << DIGIT };

static inline uint64_t value_of(const char *item, field f) {
  uint64_t v = 0;
  memcpy(&v, item + f.at, f.bytes);   /* little-endian, as readings are */
  return f.descends ? ~v : v;
}

static void sort_pass(const char *from, char *to, size_t n, size_t size, field f, unsigned shift) {
  size_t at[DIGITS] = {0}, sum = 0;
  for (size_t i = 0; i < n; i++) at[value_of(from + i * size, f) >> shift & (DIGITS - 1)]++;
  for (size_t i = 0; i < DIGITS; i++) {
    size_t count = at[i];
    at[i] = sum;
    sum += count;
  }
  for (size_t i = 0; i < n; i++) {
    char *place = to + size * at[value_of(from + i * size, f) >> shift & (DIGITS - 1)]++;
    if (size == 24) memcpy(place, from + i * size, 24);
    else if (size == 8) memcpy(place, from + i * size, 8);
    else memcpy(place, from + i * size, size);
  }
}

/* By the last field first, as counting sorts go; digits that are the same in all items are passed over. */
static bool sort(void *items, size_t n, size_t size, const field *fields, size_t n_fields) {
  if (n < 2) return true;
  char *other = malloc(n * size), *from = items, *to = other;
  if (!other) return false;
  while (n_fields-- > 0) {
    field f = fields[n_fields];
    uint64_t first = value_of(from, f), differs = 0;
    for (size_t i = 1; i < n; i++) differs |= value_of(from + i * size, f) ^ first;
    for (unsigned shift = 0; shift < 64 && differs >> shift; shift += DIGIT) {
      if (!(differs >> shift & (DIGITS - 1))) continue;
      sort_pass(from, to, n, size, f, shift);
      char *swap = from;
      from = to;
      to = swap;
    }
  }
  if (from != items) memcpy(items, from, n * size);
  free(other);
  return true;
}

#define FIELD(type, name) {offsetof(type, name), sizeof(((type *)0)->name), false}
#define SORT(items, n, ...) sort((items), (n), sizeof *(items), (const field[]){__VA_ARGS__}, sizeof((const field[]){__VA_ARGS__}) / sizeof(field))

/* ------------------------------------------------------------------------------------------------------ candidates */

bool rcpi_stage_candidates(rcp_stage_key *keys, size_t n, rcpi_buf *out) {
  if (!SORT(keys, n, FIELD(rcp_stage_key, key), FIELD(rcp_stage_key, doc))) return false;
  for (size_t i = 1; i < n; i++) {
    for (size_t k = 1; k <= RCPI_TWIN_CHAIN && k <= i && keys[i - k].key == keys[i].key; k++) {
      rcp_stage_candidate c = {keys[i - k].doc, keys[i].doc, keys[i].order, 0};
      add(out, &c, sizeof c);
    }
  }
  return true;
}

size_t rcpi_stage_thin_keys(rcp_stage_key *keys, size_t n) {
  size_t kept = 0;
  if (!SORT(keys, n, FIELD(rcp_stage_key, key), FIELD(rcp_stage_key, doc))) return SIZE_MAX;
  for (size_t i = 0, end; i < n; i = end) {
    for (end = i + 1; end < n && keys[end].key == keys[i].key; end++);
    for (size_t k = i; k < end; k++)
      if (k - i < RCPI_TWIN_CHAIN || end - k <= RCPI_TWIN_CHAIN) keys[kept++] = keys[k];
  }
  return kept;
}

/* What the articles of one part are chosen from. */
typedef struct choice {
  const rcp_stage_key *keys;           /* by key, then article */
  const rcp_stage_sketch *sketches;
  size_t n_sketches;
  uint64_t seen[CHOICE_SLOTS];         /* those of this round */
  uint32_t round_of[CHOICE_SLOTS], round;
  size_t n_seen;
  rcpi_likely best[RCPI_TWIN_KEPT];
  size_t n_best;
} choice;

static const rcp_stage_sketch *sketch_of(const choice *c, uint64_t doc) {
  size_t lo = 0, hi = c->n_sketches;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (c->sketches[mid].doc < doc) lo = mid + 1;
    else hi = mid;
  }
  return lo < c->n_sketches && c->sketches[lo].doc == doc ? &c->sketches[lo] : NULL;
}

/* Each once, as its first key proposed it. False when there is no room for more. */
static bool propose(choice *c, const rcp_stage_sketch *own, uint64_t a) {
  size_t place = (a * 0x9E3779B97F4A7C15u >> 32) % CHOICE_SLOTS;
  if (c->n_seen == RCPI_TWIN_CANDIDATES) return false;
  for (; c->round_of[place] == c->round; place = (place + 1) % CHOICE_SLOTS)
    if (c->seen[place] == a) return true;
  c->round_of[place] = c->round;
  c->seen[place] = a;
  c->n_seen++;
  const rcp_stage_sketch *other = sketch_of(c, a);
  if (!other) return true;
  rcpi_sketch mine, its;
  memcpy(&mine, own->bins, sizeof mine);
  memcpy(&its, other->bins, sizeof its);
  unsigned same = rcpi_sketch_same(&its, &mine);
  if (rcpi_twin_is_likely(same, own->n_words)) c->n_best = rcpi_twin_keep_best(c->best, c->n_best, (rcpi_likely){a, same});
  return true;
}

/* Key after key, the latest article first: its own part's come after all others. */
static void choose_of(choice *c, const rcp_stage_sketch *own, const size_t *mine, size_t n, const rcp_stage_candidate *more, size_t n_more) {
  size_t at = 0, i = 0;
  c->n_best = c->n_seen = 0;
  c->round++;
  while (i < n || at < n_more) {
    uint32_t order = i < n && (at == n_more || c->keys[mine[i]].order <= more[at].order) ? c->keys[mine[i]].order : more[at].order;
    for (; i < n && c->keys[mine[i]].order == order; i++) {
      const rcp_stage_key *key = c->keys + mine[i];
      for (size_t k = 1; k <= RCPI_TWIN_CHAIN && k <= mine[i] && key[-(ptrdiff_t)k].key == key->key; k++)
        if (!propose(c, own, key[-(ptrdiff_t)k].doc)) return;
    }
    for (; at < n_more && more[at].order == order; at++)
      if (!propose(c, own, more[at].a)) return;
  }
}

bool rcpi_stage_choose(rcpi_arena *scratch, rcp_stage_key *keys, size_t n_keys, rcp_stage_candidate *more, size_t n_more,
                       rcp_stage_sketch *sketches, size_t n_sketches, rcpi_buf *out) {
  typedef struct turn { uint64_t doc; size_t place; uint32_t order; } turn;
  field latest = FIELD(rcp_stage_candidate, a);
  latest.descends = true;
  if (!SORT(keys, n_keys, FIELD(rcp_stage_key, key), FIELD(rcp_stage_key, doc))) return false;
  if (!SORT(more, n_more, FIELD(rcp_stage_candidate, b), FIELD(rcp_stage_candidate, order), latest)) return false;
  if (!SORT(sketches, n_sketches, FIELD(rcp_stage_sketch, doc))) return false;
  turn *turns = rcpi_array(scratch, turn, n_keys);
  for (size_t i = 0; i < n_keys; i++) turns[i] = (turn){keys[i].doc, i, keys[i].order};
  if (!SORT(turns, n_keys, FIELD(turn, doc), FIELD(turn, order))) return false;
  size_t *by_doc = rcpi_array(scratch, size_t, n_keys), at = 0, at_more = 0, end, end_more;
  for (size_t i = 0; i < n_keys; i++) by_doc[i] = turns[i].place;
  choice *c = rcpi_alloc(scratch, sizeof *c, _Alignof(choice));
  *c = (choice){.keys = keys, .sketches = sketches, .n_sketches = n_sketches};
  for (size_t s = 0; s < n_sketches; s++) {
    uint64_t b = sketches[s].doc;
    while (at < n_keys && keys[by_doc[at]].doc < b) at++;
    while (at_more < n_more && more[at_more].b < b) at_more++;
    for (end = at; end < n_keys && keys[by_doc[end]].doc == b; end++);
    for (end_more = at_more; end_more < n_more && more[end_more].b == b; end_more++);
    choose_of(c, &sketches[s], by_doc + at, end - at, more + at_more, end_more - at_more);
    for (size_t i = 0; i < c->n_best; i++) {
      rcp_stage_pair p = {c->best[i].doc, b};
      add(out, &p, sizeof p);
    }
    at = end;
    at_more = end_more;
  }
  return true;
}

/* -------------------------------------------------------------------------------------------------------- deciding */

static void add_link(rcpi_buf *out, uint32_t which, const rcpi_found *f, const rcpi_opened *a, const rcpi_opened *b, const rcpi_matches *m) {
  size_t from = out->len;
  rcp_stage_link link = {.which = which, .kind = f->kind, .n_passages = (uint32_t)m->n, .both = f->both, .n_a = f->n_a, .n_b = f->n_b,
                         .n_id_a = (uint32_t)a->id.n, .n_id_b = (uint32_t)b->id.n, .resemblance = rcpi_resemblance(f->both, f->n_a, f->n_b),
                         .containment = rcpi_containment(f->both, f->n_a, f->n_b)};
  add(out, &link, sizeof link);
  for (size_t i = 0; i < m->n; i++) {
    uint32_t p[5] = {0, 0, 0, 0, m->p[i].is_verbatim};
    rcpi_segment_place(&a->places, &a->doc, m->p[i].a, m->p[i].a_end, &p[0], &p[1]);
    rcpi_segment_place(&b->places, &b->doc, m->p[i].b, m->p[i].b_end, &p[2], &p[3]);
    add(out, p, sizeof p);
  }
  rcpi_buf_add(out, a->id);
  rcpi_buf_add(out, b->id);
  rcpi_reading_pad(out);
  if (out->failed) return;
  link.size = (uint32_t)(out->len - from);
  memcpy(out->p + from, &link, sizeof link);
}

/* The runs of an article, good until the next call. */
static rcpi_run_list runs_of(rcpi_stage_room *room, const rcpi_opened *x) {
  rcpi_segment s = x->places;
  s.is_closed = true;
  s.at[RCPI_SEC_DOCS].p = (const char *)&x->doc;
  return rcpi_runs_of(&room->w.arena, &room->w.runs, &s, 0);
}

static void fill_run_table(rcpi_stage_room *room, const rcpi_opened *b) {
  rcpi_run_list runs = runs_of(room, b);
  rcpi_reserve(&room->w.arena, &room->own_runs, runs.n);
  if (runs.n) memcpy(room->own_runs.p, runs.p, runs.n * sizeof *runs.p);
  rcpi_run_table_fill(&room->w.arena, &room->w.runs, (rcpi_run_list){room->own_runs.p, runs.n, 0});
}

void rcpi_stage_decide(rcpi_stage_room *room, const rcpi_opened *b, const rcp_str *candidates, size_t n, rcpi_buf *out) {
  rcpi_worker *w = &room->w;
  bool has_table = false;
  rcpi_shingle_set_fill(&w->arena, &w->own, b->words, b->n_words, b->n_alone);
  for (size_t i = 0; i < n; i++) {
    rcpi_opened a;
    if (!rcpi_reading_open(candidates[i], &a)) continue;
    rcpi_found f = {.kind = RCP_REUSE_NEAR_DUPLICATE, .n_b = w->own.n};
    f.both = rcpi_shingle_set_count(&w->arena, &w->own, a.words, a.n_words, a.n_alone);
    f.n_a = rcpi_shingle_count(&w->arena, &w->other, a.words, a.n_words, a.n_alone);
    if (!rcpi_is_twin(f.both, f.n_a, f.n_b)) continue;
    if (!has_table) fill_run_table(room, b);
    has_table = true;
    rcpi_passages_with(&w->arena, &w->runs, side_of(&a), runs_of(room, &a), side_of(b), &w->matches);
    add_link(out, (uint32_t)i, &f, &a, b, &w->matches);
  }
}

bool rcpi_stage_resembles(rcpi_stage_room *room, const rcpi_opened *a, const rcpi_opened *b) {
  rcpi_worker *w = &room->w;
  rcpi_shingle_set_fill(&w->arena, &w->own, b->words, b->n_words, b->n_alone);
  uint32_t both = rcpi_shingle_set_count(&w->arena, &w->own, a->words, a->n_words, a->n_alone);
  return rcpi_is_twin(both, rcpi_shingle_count(&w->arena, &w->other, a->words, a->n_words, a->n_alone), w->own.n);
}

/* ---------------------------------------------------------------------------------------------------------- groups */

static int by_number(const void *x, const void *y) {
  uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
  return (a > b) - (a < b);
}

static size_t distinct(uint64_t *all, size_t n) {
  size_t kept = 0;
  if (n) qsort(all, n, sizeof *all, by_number);
  for (size_t i = 0; i < n; i++)
    if (!kept || all[kept - 1] != all[i]) all[kept++] = all[i];
  return kept;
}

static size_t index_of(const uint64_t *all, size_t n, uint64_t x) {
  size_t lo = 0, hi = n;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (all[mid] < x) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

static size_t root_of(size_t *up, size_t i) {
  for (; up[i] != i; i = up[i]) up[i] = up[up[i]];
  return i;
}

/* Union by the lesser number, so that the root of a tree is its first article. */
void rcpi_stage_components(rcpi_arena *scratch, const rcp_stage_pair *pairs, size_t n, rcpi_buf *out) {
  uint64_t *docs = rcpi_array(scratch, uint64_t, 2 * n);
  for (size_t i = 0; i < n; i++) docs[2 * i] = pairs[i].a, docs[2 * i + 1] = pairs[i].b;
  size_t n_docs = distinct(docs, 2 * n), *up = rcpi_array(scratch, size_t, n_docs);
  for (size_t i = 0; i < n_docs; i++) up[i] = i;
  for (size_t i = 0; i < n; i++) {
    size_t x = root_of(up, index_of(docs, n_docs, pairs[i].a)), y = root_of(up, index_of(docs, n_docs, pairs[i].b));
    if (x < y) up[y] = x;
    else up[x] = y;
  }
  for (size_t i = 0; i < n_docs; i++) {
    rcp_stage_pair p = {docs[root_of(up, i)], docs[i]};
    add(out, &p, sizeof p);
  }
}

/* ------------------------------------------------------------------------------------------------------------ runs */

void rcpi_stage_runs(rcpi_stage_room *room, const rcpi_opened *x, uint64_t doc, uint64_t leader, rcpi_buf *out) {
  rcpi_run_list runs = runs_of(room, x);
  for (size_t i = 0; i < runs.n; i++) {
    rcp_stage_run r = {doc, leader, rcpi_run_hash(runs.p[i]), rcpi_run_word(runs.p[i])};
    add(out, &r, sizeof r);
  }
}

/* A run by what it is sorted by, and its place among all. */
typedef struct spot { uint32_t hash, at; } spot;

/* Of runs with one hash, by place: those that the join would look at; one a group where they are too many. */
static void thin_one(const rcp_stage_run *runs, const spot *spots, size_t n, bool *is_kept) {
  uint64_t leader[RCPI_RUN_GROUPS + 1];
  uint32_t members[RCPI_RUN_GROUPS + 1];
  size_t n_groups = 0, repeats = 0, g;
  for (size_t i = 0; i < n; i++) {
    const rcp_stage_run *r = &runs[spots[i].at];
    repeats = i && r->doc == runs[spots[i - 1].at].doc ? repeats + 1 : 0;
    if (repeats >= MAX_REPEATS) continue;
    for (g = n_groups; g-- > 0 && leader[g] != r->leader;);
    if (g == SIZE_MAX && n_groups <= RCPI_RUN_GROUPS) leader[n_groups++] = r->leader;
  }
  bool is_cut = n_groups > RCPI_RUN_GROUPS;
  memset(members, 0, sizeof members);
  repeats = 0;
  for (size_t i = 0; i < n; i++) {
    const rcp_stage_run *r = &runs[spots[i].at];
    repeats = i && r->doc == runs[spots[i - 1].at].doc ? repeats + 1 : 0;
    if (repeats >= MAX_REPEATS) continue;
    for (g = n_groups; g-- > 0 && leader[g] != r->leader;);
    if (g == SIZE_MAX || members[g] == (is_cut ? 1 : RCPI_RUN_MEMBERS)) continue;
    members[g]++;
    is_kept[spots[i].at] = true;
  }
}

/* Readings taken up by ascending number give their runs by number and word. */
static bool sort_runs(rcp_stage_run *runs, size_t n) {
  size_t i = 1;
  while (i < n && (runs[i - 1].doc != runs[i].doc ? runs[i - 1].doc < runs[i].doc : runs[i - 1].word <= runs[i].word)) i++;
  return i >= n || SORT(runs, n, FIELD(rcp_stage_run, doc), FIELD(rcp_stage_run, word));
}

size_t rcpi_stage_thin(rcp_stage_run *runs, size_t n) {
  size_t kept = 0;
  if (!sort_runs(runs, n) || n > UINT32_MAX) return SIZE_MAX;
  spot *spots = malloc((n + 1) * sizeof *spots);
  bool *is_kept = calloc(n + 1, sizeof *is_kept);
  for (size_t i = 0; spots && i < n; i++) spots[i] = (spot){runs[i].hash, (uint32_t)i};
  if (!spots || !is_kept || !SORT(spots, n, FIELD(spot, hash))) kept = SIZE_MAX;
  for (size_t i = 0, end; i < n && kept != SIZE_MAX; i = end) {
    for (end = i + 1; end < n && spots[end].hash == spots[i].hash; end++);
    if (end - i > 1) thin_one(runs, spots + i, end - i, is_kept);
    else is_kept[spots[i].at] = true;
  }
  for (size_t i = 0; i < n && kept != SIZE_MAX; i++)
    if (is_kept[i]) runs[kept++] = runs[i];
  free(is_kept);
  free(spots);
  return kept;
}

/* Runs by place, as a closed segment whose articles are those of the runs, then the corpus' own join. */
rcp_status rcpi_stage_anchors(rcpi_arena *scratch, rcp_stage_run *runs, size_t n, rcpi_buf *out) {
  if (!sort_runs(runs, n)) return RCP_ENOMEM;
  uint64_t *leaders = rcpi_array(scratch, uint64_t, n), *numbers = rcpi_array(scratch, uint64_t, n);
  for (size_t i = 0; i < n; i++) leaders[i] = runs[i].leader;
  size_t n_leaders = distinct(leaders, n), n_docs = 0;
  uint64_t word = 0;
  rcpi_segment s;
  rcpi_segment_init(&s, 0);
  rcpi_join join = {.wants_common = false};
  rcp_status status = RCP_ENOMEM;
  rcpi_run *to = n ? rcpi_segment_grow(&s, RCPI_SEC_RUNS, n * sizeof *to) : NULL;
  rcpi_doc *docs = to ? rcpi_segment_grow(&s, RCPI_SEC_DOCS, n * sizeof *docs) : NULL;
  if (!docs) goto done;
  for (size_t i = 0, end; i < n; i = end) {
    for (end = i; end < n && runs[end].doc == runs[i].doc; end++) to[end] = (uint64_t)runs[end].hash << 32 | (word + runs[end].word);
    uint32_t n_words = runs[end - 1].word + RCPI_RUN_WORDS;
    docs[n_docs] = (rcpi_doc){.word = (uint32_t)word, .n_words = n_words, .leader = (uint32_t)index_of(leaders, n_leaders, runs[i].leader)};
    numbers[n_docs++] = runs[i].doc;
    word += n_words;
    status = word < INT32_MAX ? RCP_OK : RCP_ELIMIT;
    if (status) goto done;
  }
  s.n_docs = (uint32_t)n_docs;
  rcpi_segment_grow(&s, RCPI_SEC_DOCS, n_docs * sizeof *docs);   /* fewer */
  s.at[RCPI_SEC_WORDS].n = word * sizeof(uint32_t);   /* how many there are; they are elsewhere */
  status = rcpi_segment_close(&s);
  if (!status) status = rcpi_anchors_find((const rcpi_segment *const[]){&s}, 1, &join);
  const rcpi_anchor *found = (const rcpi_anchor *)(const void *)join.anchors.p;
  for (size_t i = 0; !status && i < join.anchors.len / sizeof *found; i++) {
    rcp_stage_anchor anchor = {numbers[found[i].a], numbers[found[i].b], found[i].word_a, found[i].word_b};
    add(out, &anchor, sizeof anchor);
  }
done:
  rcpi_join_release(&join);
  rcpi_segment_release(&s);
  return n ? status : RCP_OK;
}

bool rcpi_stage_sort_anchors(rcp_stage_anchor *anchors, size_t n) {
  return SORT(anchors, n, FIELD(rcp_stage_anchor, b), FIELD(rcp_stage_anchor, a), FIELD(rcp_stage_anchor, word_a), FIELD(rcp_stage_anchor, word_b));
}

size_t rcpi_stage_place(const uint64_t *docs, size_t n, uint64_t doc) {
  size_t i = index_of(docs, n, doc);
  return i < n && docs[i] == doc ? i : n;
}

void rcpi_stage_passages(rcpi_stage_room *room, const rcpi_opened *a, const rcpi_opened *b, const rcp_stage_anchor *anchors, size_t n,
                         rcpi_buf *out) {
  rcpi_worker *w = &room->w;
  rcpi_mark mark = rcpi_arena_mark(&room->scratch);
  rcpi_anchor *all = rcpi_array(&room->scratch, rcpi_anchor, n);
  for (size_t i = 0; i < n; i++) all[i] = (rcpi_anchor){0, 1, anchors[i].word_a, anchors[i].word_b};
  uint32_t weight = rcpi_passages_at(&w->arena, side_of(a), side_of(b), all, n, &w->matches);
  rcpi_arena_rewind(&room->scratch, mark);
  if (!weight) return;
  rcpi_shingle_set_fill(&w->arena, &w->own, a->words, a->n_words, a->n_alone);
  rcpi_found f = {.n_a = w->own.n};
  f.both = rcpi_shingle_set_count(&w->arena, &w->own, b->words, b->n_words, b->n_alone);
  f.n_b = rcpi_shingle_count(&w->arena, &w->other, b->words, b->n_words, b->n_alone);
  f.kind = rcpi_is_twin(f.both, f.n_a, f.n_b) ? RCP_REUSE_NEAR_DUPLICATE : RCP_REUSE_PASSAGE;
  add_link(out, 0, &f, a, b, &w->matches);
}
