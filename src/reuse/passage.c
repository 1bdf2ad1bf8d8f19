/*
 * The join: runs of a closed segment are sorted by hash, so equal runs lie together, and those of earlier segments are
 * met by walking all of them side by side. Nothing is hashed or looked up at random but the article of a run that occurs twice, in
 * arrays small enough for a cache, which is why the cost an article stays nearly flat from ten thousand to a million.
 *
 * Cost: the runs once; for each run in few groups the pairs of articles it ties. Anchors are sorted by pair with a counting
 * sort over as many bits as article numbers have.
 *
 * Known weakness: a phrase of eleven words shared by thirty-three unrelated articles is cut, even where it is a quotation
 * that matters; the list of cut runs shows it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "reuse/passage.h"

#include <stdlib.h>

enum { MAX_REPEATS = 2, MAX_OCCURRENCES = (RCPI_RUN_GROUPS + 1) * RCPI_RUN_MEMBERS };

/* A place where the run at hand occurs, and the group of its article. */
typedef struct occurrence { uint32_t doc, word, leader; } occurrence;

/* Some articles of a group that have the run at hand. */
typedef struct group { uint32_t leader, n, first, last; } group;

typedef struct join {
  const rcpi_segment *const *segments;
  size_t n_segments;
  size_t *at;                  /* of each segment: the run reached */
  occurrence *all;             /* of the run at hand */
  uint32_t n;
  uint32_t *next;              /* of an occurrence: 1 + the next of its group */
  group groups[RCPI_RUN_GROUPS + 1];
  uint32_t n_groups, n_docs;
  rcpi_join *out;
} join;

/* ------------------------------------------------------------------------------------------------- one run at a time */

static group *group_of(join *j, uint32_t leader) {
  for (uint32_t i = j->n_groups; i-- > 0;)
    if (j->groups[i].leader == leader) return &j->groups[i];
  if (j->n_groups > RCPI_RUN_GROUPS) return NULL;
  j->groups[j->n_groups] = (group){.leader = leader};
  return &j->groups[j->n_groups++];
}

/* The first run from `at` on that is not before hash: by steps that double, so that a few articles walk a large index quickly. */
static size_t skip(const rcpi_run *runs, size_t n, size_t at, uint32_t hash) {
  size_t step = 1;
  while (at + step <= n && rcpi_run_hash(runs[at + step - 1]) < hash) at += step, step *= 2;
  size_t end = at + step - 1 < n ? at + step - 1 : n;
  while (at < end) {
    size_t middle = at + (end - at) / 2;
    if (rcpi_run_hash(runs[middle]) < hash) at = middle + 1;
    else end = middle;
  }
  return at;
}

/* The occurrences of hash in one segment, from the run reached; a run twice in one article counts twice, not more. */
static void gather(join *j, const rcpi_segment *s, size_t *at, uint32_t hash) {
  const rcpi_run *runs = rcpi_seg_runs(s);
  const uint32_t *starts = rcpi_seg_starts(s), *leaders = rcpi_seg_leaders(s);
  size_t n = rcpi_n_runs(s);
  uint32_t last = UINT32_MAX, repeats = 0, doc = 0;
  for (; *at < n && rcpi_run_hash(runs[*at]) == hash; ++*at) {
    uint32_t word = rcpi_run_word(runs[*at]);
    if (last != UINT32_MAX && word < starts[doc + 1]) repeats++;
    else doc = rcpi_segment_doc_of(s, word), repeats = 0;
    if (repeats == 0) j->n_docs++;
    last = word;
    if (repeats >= MAX_REPEATS) continue;
    uint32_t leader = leaders[doc];
    group *g = group_of(j, leader);
    if (!g && !j->out->wants_cuts) {
      *at = hash == UINT32_MAX ? n : skip(runs, n, *at, hash + 1);
      return;
    }
    if (!g || g->n == RCPI_RUN_MEMBERS) continue;
    j->all[j->n] = (occurrence){s->first + doc, word - starts[doc], leader};
    j->next[j->n] = 0;
    if (g->n++) j->next[g->last - 1] = j->n + 1;
    else g->first = j->n + 1;
    g->last = ++j->n;
  }
}

static bool add_anchor(join *j, const occurrence *x, const occurrence *y, uint32_t from) {
  const occurrence *a = x->doc < y->doc ? x : y, *b = x->doc < y->doc ? y : x;
  if (b->doc < from || a->doc == b->doc) return true;
  rcpi_anchor anchor = {a->doc, b->doc, a->word, b->word};
  rcpi_bulk_add(&j->out->anchors, &anchor, sizeof anchor);
  return !j->out->anchors.failed;
}

/* The first of each group with all of the other. */
static bool tie(join *j, const group *g, const group *h, uint32_t from) {
  const occurrence *x = &j->all[g->first - 1], *y = &j->all[h->first - 1];
  for (uint32_t i = h->first; i; i = j->next[i - 1])
    if (!add_anchor(j, x, &j->all[i - 1], from)) return false;
  for (uint32_t i = j->next[g->first - 1]; i; i = j->next[i - 1])
    if (!add_anchor(j, &j->all[i - 1], y, from)) return false;
  return true;
}

/* Runs [beg, end) of the last segment are one that occurs too often. */
static bool cut_run(join *j, size_t beg, size_t end) {
  const rcpi_segment *s = j->segments[j->n_segments - 1];
  rcpi_cut cut = {j->all[0].doc, j->all[0].word, j->n_groups, j->n_docs};
  if (j->out->wants_cuts) rcpi_bulk_add(&j->out->cuts, &cut, sizeof cut);
  for (size_t i = beg; j->out->wants_common && i < end; i++) {
    uint32_t word = rcpi_run_word(rcpi_seg_runs(s)[i]), doc = rcpi_segment_doc_of(s, word);
    const rcpi_doc *d = &rcpi_docs(s)[doc];
    if (s->first + doc == cut.doc) continue;
    rcpi_common common = {word, rcpi_run_words(rcpi_seg_words(s) + d->word, d->n_words, word - d->word)};
    rcpi_bulk_add(&j->out->common, &common, sizeof common);
  }
  return !j->out->cuts.failed && !j->out->common.failed;
}

static bool take_run(join *j, size_t beg, size_t end, uint32_t from) {
  if (j->n_groups < 2) return true;
  if (j->n_groups > RCPI_RUN_GROUPS) return cut_run(j, beg, end);
  for (uint32_t g = 0; g < j->n_groups; g++)
    for (uint32_t h = g + 1; h < j->n_groups; h++)
      if (!tie(j, &j->groups[g], &j->groups[h], from)) return false;
  return true;
}

/* Does the last segment's run stand alone, there and in the others? Most do. */
static bool is_single(const join *j, const rcpi_run *runs, size_t n, size_t i) {
  return j->n_segments == 1 && (i + 1 == n || rcpi_run_hash(runs[i + 1]) != rcpi_run_hash(runs[i]));
}

static bool join_all(join *j) {
  const rcpi_segment *last = j->segments[j->n_segments - 1];
  const rcpi_run *runs = rcpi_seg_runs(last);
  size_t n = rcpi_n_runs(last), *i = &j->at[j->n_segments - 1];
  while (*i < n) {
    uint32_t hash = rcpi_run_hash(runs[*i]);
    if (is_single(j, runs, n, *i)) {
      ++*i;
      continue;
    }
    j->n = j->n_groups = j->n_docs = 0;
    for (size_t k = 0; k + 1 < j->n_segments; k++) {
      const rcpi_run *old = rcpi_seg_runs(j->segments[k]);
      size_t n_old = rcpi_n_runs(j->segments[k]);
      j->at[k] = skip(old, n_old, j->at[k], hash);
      gather(j, j->segments[k], &j->at[k], hash);
    }
    size_t beg = *i;
    gather(j, last, i, hash);
    if (!take_run(j, beg, *i, last->first)) return false;
  }
  return true;
}

/* -------------------------------------------------------------------------------------------------------- sorting */

enum { RADIX_BITS = 11, RADIX = 1 << RADIX_BITS };

static inline uint32_t digit(const rcpi_anchor *x, unsigned field, unsigned shift) {
  uint32_t key = field == 0 ? x->word_a : field == 1 ? x->b : x->a;
  return key >> shift & (RADIX - 1);
}

static void sort_pass(const rcpi_anchor *from, rcpi_anchor *to, size_t n, unsigned field, unsigned shift) {
  size_t at[RADIX] = {0}, sum = 0;
  for (size_t i = 0; i < n; i++) at[digit(&from[i], field, shift)]++;
  for (size_t i = 0; i < RADIX; i++) {
    size_t count = at[i];
    at[i] = sum;
    sum += count;
  }
  for (size_t i = 0; i < n; i++) to[at[digit(&from[i], field, shift)]++] = from[i];
}

static bool sort_anchors(rcpi_bulk *anchors) {
  size_t n = anchors->len / sizeof(rcpi_anchor);
  rcpi_bulk other;
  rcpi_bulk_init(&other);
  if (!rcpi_bulk_reserve(&other, anchors->len)) return false;
  other.len = anchors->len;
  const rcpi_anchor *all = (const rcpi_anchor *)(const void *)anchors->p;
  uint32_t most[3] = {0, 0, 0};
  for (size_t i = 0; i < n; i++) most[0] |= all[i].word_a, most[1] |= all[i].b, most[2] |= all[i].a;
  for (unsigned field = 0; field < 3; field++) {
    for (unsigned shift = 0; shift < 32 && most[field] >> shift; shift += RADIX_BITS) {
      sort_pass((const rcpi_anchor *)(const void *)anchors->p, (rcpi_anchor *)(void *)other.p, n, field, shift);
      rcpi_bulk swap = *anchors;
      *anchors = other;
      other = swap;
    }
  }
  rcpi_bulk_release(&other);
  return true;
}

static int by_place(const void *x, const void *y) {
  const rcpi_cut *a = x, *b = y;
  if (a->doc != b->doc) return a->doc < b->doc ? -1 : 1;
  return (a->word > b->word) - (a->word < b->word);
}

rcp_status rcpi_anchors_find(const rcpi_segment *const *segments, size_t n, rcpi_join *out) {
  join j = {.segments = segments, .n_segments = n, .out = out};
  rcpi_arena a;
  volatile bool ok = false;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    j.at = rcpi_array(&a, size_t, n);
    j.all = rcpi_array(&a, occurrence, MAX_OCCURRENCES);
    j.next = rcpi_array(&a, uint32_t, MAX_OCCURRENCES);
    ok = join_all(&j) && sort_anchors(&out->anchors);
  }
  rcpi_arena_release(&a);
  if (out->cuts.len) qsort(out->cuts.p, out->cuts.len / sizeof(rcpi_cut), sizeof(rcpi_cut), by_place);
  return ok ? RCP_OK : RCP_ENOMEM;
}

void rcpi_join_release(rcpi_join *j) {
  rcpi_bulk_release(&j->anchors);
  rcpi_bulk_release(&j->cuts);
  rcpi_bulk_release(&j->common);
}

/* ------------------------------------------------------------------------------------------------------- one pair */

static uint32_t weight_of(const rcpi_match *m, rcpi_side a) {
  if (!a.has_alone) return 2 * m->n_same;
  uint32_t n_alone = 0;
  for (uint32_t i = m->a; i < m->a_end; i++) n_alone += rcpi_word_is_alone(a.words[i]);
  return 2 * m->n_same - (n_alone < m->n_same ? n_alone : m->n_same);
}

/* The passage around a run at word i of a and j of b, where there is one. */
static uint32_t try_at(rcpi_arena *arena, rcpi_side a, rcpi_side b, uint32_t i, uint32_t j, rcpi_matches *out) {
  uint32_t n = rcpi_run_words(a.words, a.n, i);
  rcpi_words x = {a.words, 0, a.n}, y = {b.words, 0, b.n};
  if (!n || !rcpi_extend_free(out, i, j, n, &x, &y)) return 0;
  if (memcmp(a.words + i, b.words + j, n * sizeof *a.words) != 0) return 0;   /* two runs of one hash */
  rcpi_match m = rcpi_extend(x, y, i, j, n);
  uint32_t weight = weight_of(&m, a);
  if (weight < RCPI_PASSAGE_WEIGHT) return 0;
  rcpi_push(arena, out, m);
  return weight;
}

uint32_t rcpi_passages_at(rcpi_arena *arena, rcpi_side a, rcpi_side b, const rcpi_anchor *anchors, size_t n, rcpi_matches *out) {
  uint32_t weight = 0;
  out->n = 0;
  for (size_t i = 0; i < n; i++) weight += try_at(arena, a, b, anchors[i].word_a, anchors[i].word_b, out);
  rcpi_matches_sort(out);
  return weight;
}

rcpi_run_list rcpi_runs_of(rcpi_arena *arena, rcpi_run_table *t, const rcpi_segment *s, uint32_t place) {
  const rcpi_doc *d = &rcpi_docs(s)[place];
  if (!s->is_closed) return (rcpi_run_list){rcpi_seg_runs(s) + d->run, d->n_runs, d->word};
  if (d->n_words > t->scratch_room) {
    t->scratch_room = 2 * (size_t)d->n_words;
    t->runs = rcpi_array(arena, rcpi_run, t->scratch_room);
    t->scratch = rcpi_array(arena, uint32_t, 4 * (t->scratch_room + 16));
  }
  size_t n = rcpi_runs(rcpi_seg_words(s) + d->word, d->n_words, d->flags & RCPI_DOC_HAS_ALONE, t->scratch, t->runs);
  return (rcpi_run_list){t->runs, n, 0};
}

void rcpi_run_table_fill(rcpi_arena *arena, rcpi_run_table *t, rcpi_run_list list) {
  size_t cap = 64;
  while (cap < 2 * list.n) cap *= 2;
  if (cap > t->cap) t->slot = rcpi_array(arena, uint32_t, t->cap = cap);
  else memset(t->slot, 0, cap * sizeof *t->slot);
  t->mask = cap - 1;
  if (list.n > t->room) t->next = rcpi_array(arena, uint32_t, t->room = 2 * list.n);
  t->list = list;
  for (size_t i = list.n; i-- > 0;) {
    uint32_t *slot = &t->slot[rcpi_run_hash(list.p[i]) & t->mask];
    t->next[i] = *slot;
    *slot = (uint32_t)i + 1;
  }
}

uint32_t rcpi_passages_with(rcpi_arena *arena, const rcpi_run_table *t, rcpi_side a, rcpi_run_list a_runs, rcpi_side b,
                            rcpi_matches *out) {
  uint32_t weight = 0;
  out->n = 0;
  for (size_t k = 0; k < a_runs.n; k++) {
    uint32_t tries = 0, hash = rcpi_run_hash(a_runs.p[k]), word = rcpi_run_word(a_runs.p[k]) - a_runs.base;
    for (uint32_t at = t->slot[hash & t->mask]; at && tries < MAX_REPEATS; at = t->next[at - 1]) {
      rcpi_run run = t->list.p[at - 1];
      if (rcpi_run_hash(run) != hash) continue;
      weight += try_at(arena, a, b, word, rcpi_run_word(run) - t->list.base, out);
      tries++;
    }
  }
  rcpi_matches_sort(out);
  return weight;
}
