/*
 * The window grouped anew: every article alone at first, then always the two groups that match best are made one, until no
 * two match (agglomeration). What came first has no advantage here, so that the result depends on the articles and not on
 * the order in which they were read; this is why scores are taken with it.
 *
 * Only groups with articles near one another (index.h) are compared; what two groups have in common is added up when both
 * sides are known and multiplied out otherwise. A heap holds pairs by match; a pair is void when one of its groups has
 * been merged since, which is known by its number, as every merge makes a new one.
 *
 * This is done twice. The first groups tell which words many stories share (a president, a season of strikes): counted by
 * stories and not by articles, so that a large story's own words stay its own. They weigh less the second time; it matters most
 * where dates do not hold stories on one subject apart.
 *
 * Cost: n log n merges and products, some 0.1 ms an article. Known weakness: an article may be merged early into the worse
 * of two stories and stay there.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <stdlib.h>

#include "story/story.h"

enum { NEAR = 64, LISTED = 1024 };

/* A term of more than this share of the other stories is worth less; so many stories that lack it are taken for granted. */
static const double RARE = .02, FEW = 150;

typedef struct cluster {
  rcpi_total total;
  RCPI_VEC(uint32_t) near;     /* clusters with articles near its own: alive ones and gone ones */
  uint32_t parent;             /* what it was merged into, or itself */
} cluster;

typedef struct pair { double match; uint32_t a, b; } pair;   /* a < b */

typedef struct work {
  rcpi_arena *arena;
  rcpi_pool pool;
  cluster *clusters;           /* n articles, then at most n - 1 merges */
  uint32_t n;
  RCPI_VEC(pair) heap;
} work;

/* ------------------------------------------------------------------------------------------------------------ heap */

static bool is_better(const pair *x, const pair *y) {
  if (x->match != y->match) return x->match > y->match;
  return x->a != y->a ? x->a < y->a : x->b < y->b;
}

static void push(work *w, pair p) {
  rcpi_push(w->arena, &w->heap, p);
  size_t i = w->heap.n - 1;
  for (; i && is_better(&p, &w->heap.p[(i - 1) / 2]); i = (i - 1) / 2) w->heap.p[i] = w->heap.p[(i - 1) / 2];
  w->heap.p[i] = p;
}

static bool pop(work *w, pair *out) {
  if (!w->heap.n) return false;
  *out = w->heap.p[0];
  pair last = w->heap.p[--w->heap.n];
  size_t i = 0, child;
  for (; (child = 2 * i + 1) < w->heap.n; i = child) {
    if (child + 1 < w->heap.n && is_better(&w->heap.p[child + 1], &w->heap.p[child])) child++;
    if (!is_better(&w->heap.p[child], &last)) break;
    w->heap.p[i] = w->heap.p[child];
  }
  if (w->heap.n) w->heap.p[i] = last;
  return true;
}

/* ---------------------------------------------------------------------------------------------------------- merging */

static uint32_t root_of(work *w, uint32_t i) {
  while (w->clusters[i].parent != i) i = w->clusters[i].parent = w->clusters[w->clusters[i].parent].parent;
  return i;
}

static void propose(work *w, uint32_t a, uint32_t b) {
  double match = rcpi_total_match(&w->clusters[a].total, &w->clusters[b].total);
  if (match >= 1) push(w, (pair){match, a < b ? a : b, a < b ? b : a});
}

static int by_number(const void *x, const void *y) {
  uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
  return (a > b) - (a < b);
}

/* What is near to either of two clusters, alive and each once. */
static void join_near(work *w, cluster *into, const cluster *from, uint32_t self) {
  size_t n = 0;
  for (size_t i = 0; i < from->near.n; i++) rcpi_push(w->arena, &into->near, from->near.p[i]);
  for (size_t i = 0; i < into->near.n; i++) {
    uint32_t r = root_of(w, into->near.p[i]);
    if (r != self) into->near.p[n++] = r;
  }
  qsort(into->near.p, n, sizeof *into->near.p, by_number);
  into->near.n = 0;
  for (size_t i = 0; i < n; i++)
    if (!i || into->near.p[i] != into->near.p[i - 1]) into->near.p[into->near.n++] = into->near.p[i];
}

static void merge(work *w, uint32_t a, uint32_t b) {
  uint32_t id = w->n++;
  cluster *c = &w->clusters[id], *x = &w->clusters[a], *y = &w->clusters[b];
  *c = (cluster){.total = x->total, .near = {x->near.p, x->near.n, x->near.cap}, .parent = id};
  rcpi_total_add(&w->pool, &c->total, &y->total);
  rcpi_total_release(&w->pool, &y->total);
  x->total.terms = NULL;
  x->parent = y->parent = id;
  join_near(w, c, y, id);
  for (size_t i = 0; i < c->near.n; i++) {
    cluster *other = &w->clusters[c->near.p[i]];
    rcpi_push(w->arena, &other->near, id);
    propose(w, id, c->near.p[i]);
  }
}

/* ------------------------------------------------------------------------------------------------------------ start */

/* Was the pair met from the other side? */
static bool is_near(const work *w, uint32_t i, uint32_t other) {
  for (size_t k = 0; k < w->clusters[i].near.n; k++)
    if (w->clusters[i].near.p[k] == other) return true;
  return false;
}

static void start(work *w, const rcpi_outline *outlines, uint32_t n) {
  rcpi_index index = {.pool = &w->pool, .listed = LISTED};
  for (uint32_t i = 0; i < n; i++) {
    const rcpi_outline *o = &outlines[i];
    w->clusters[i].parent = i;
    rcpi_total_add_article(&w->pool, &w->clusters[i].total, o);
    rcpi_index_add(&index, o->terms, o->n_terms, i);
  }
  w->n = n;
  for (uint32_t i = 0; i < n; i++) {
    const rcpi_outline *o = &outlines[i];
    rcpi_arena scratch = {.guard = w->arena->guard};
    rcpi_near *near;
    size_t n_near = rcpi_index_near(&index, &scratch, o->terms, o->n_terms, 0, NEAR, &near);
    for (size_t k = 0; k < n_near; k++) {
      uint32_t other = near[k].number;
      if (other == i || (other < i && is_near(w, i, other))) continue;
      rcpi_push(w->arena, &w->clusters[i].near, other);
      rcpi_push(w->arena, &w->clusters[other].near, i);
      propose(w, i, other);
    }
    rcpi_arena_release(&scratch);
  }
}

/* What each article's group is called: by its first article, or, when that has left the window, as it was called. */
typedef struct naming { uint32_t first; rcp_str name; } naming;

static naming name_of(const rcpi_grouping *g, rcpi_arena *a, uint32_t floor, uint32_t i, bool *is_claimed) {
  const rcpi_member *m = rcpi_grouping_member(g, floor + i);
  const rcpi_story_group *s = &g->stories.p[m->story];
  if (s->first >= floor || is_claimed[m->story]) return (naming){floor + i, rcpi_dup(m->id, a)};
  is_claimed[m->story] = true;
  return (naming){s->first, rcpi_dup(s->name, a)};
}

static void assign(rcpi_grouping *g, work *w, uint32_t floor, uint32_t n) {
  naming *names = rcpi_array(w->arena, naming, w->n);
  uint32_t *story = rcpi_array(w->arena, uint32_t, w->n), *first_of = rcpi_array(w->arena, uint32_t, n);
  bool *is_claimed = rcpi_array(w->arena, bool, g->stories.n);
  for (uint32_t i = 0; i < n; i++) {
    uint32_t r = root_of(w, i);
    first_of[i] = rcpi_grouping_story(g, floor + i)->first;
    if (!names[r].name.p) names[r] = name_of(g, w->arena, floor, i, is_claimed);
  }
  for (uint32_t i = 0; i < g->stories.n; i++)
    if (g->stories.p[i].is_used) rcpi_grouping_end_story(g, i);
  for (uint32_t i = 0; i < w->n; i++)
    if (names[i].name.p) story[i] = rcpi_grouping_begin_story(g, names[i].first, names[i].name);
  for (uint32_t i = 0; i < n; i++) {
    uint32_t r = root_of(w, i);
    rcpi_member *m = rcpi_grouping_member(g, floor + i);
    if (first_of[i] != names[r].first) m->change = RCPI_REGROUPED;
    rcpi_grouping_enlist(g, story[r], floor + i);
    rcpi_total_add_article(&g->pool, &g->stories.p[story[r]].total, &m->outline);
  }
}

static void group(work *w, const rcpi_outline *outlines, uint32_t n) {
  w->pool = (rcpi_pool){.arena = w->arena};
  w->clusters = rcpi_array(w->arena, cluster, 2 * (size_t)n);
  start(w, outlines, n);
  for (pair p; pop(w, &p);)
    if (w->clusters[p.a].parent == p.a && w->clusters[p.b].parent == p.b) merge(w, p.a, p.b);
}

/* ------------------------------------------------------------------------------------------------- words of the day */

/* In how many stories a term stands: each article counts for its part of one. Open addressing. */
typedef struct spread { uint32_t term; float stories; } spread;
typedef struct spreads { spread *slots; size_t cap, n; double n_stories; } spreads;

static spread *spread_at(const spreads *all, uint32_t term) {
  size_t i = (term * 2654435761u) & (all->cap - 1);
  while (all->slots[i].stories > 0 && all->slots[i].term != term) i = (i + 1) & (all->cap - 1);
  return &all->slots[i];
}

static void grow(rcpi_arena *a, spreads *all) {
  spreads old = *all;
  all->cap *= 2;
  all->slots = rcpi_array(a, spread, all->cap);
  for (size_t i = 0; i < old.cap; i++)
    if (old.slots[i].stories > 0) *spread_at(all, old.slots[i].term) = old.slots[i];
}

static spreads count_spreads(work *w, const rcpi_outline *outlines, uint32_t n) {
  spreads all = {.cap = 1 << 12};
  all.slots = rcpi_array(w->arena, spread, all.cap);
  for (uint32_t i = 0; i < n; i++) {
    float part = 1 / (float)w->clusters[root_of(w, i)].total.n_articles;
    all.n_stories += (double)part;
    for (uint32_t k = 0; k < outlines[i].n_terms; k++) {
      if ((all.n + 1) * 2 > all.cap) grow(w->arena, &all);
      spread *s = spread_at(&all, outlines[i].terms[k].term);
      all.n += s->stories <= 0;
      s->term = outlines[i].terms[k].term;
      s->stories += part;
    }
  }
  return all;
}

/* What a term is worth that stands in such a share of all other stories. */
static double worth(const spreads *all, uint32_t term) {
  double others = (double)spread_at(all, term)->stories - 1;
  double share = others > 0 ? others / (all->n_stories + FEW) : 0;
  return share <= RARE ? 1 : log(share) / log(RARE);
}

static rcpi_outline *reweigh(work *w, const rcpi_outline *outlines, uint32_t n) {
  spreads all = count_spreads(w, outlines, n);
  rcpi_outline *out = rcpi_array(w->arena, rcpi_outline, n);
  for (uint32_t i = 0; i < n; i++) {
    const rcpi_outline *o = &outlines[i];
    double squares = 0;
    out[i] = *o;
    out[i].terms = rcpi_array(w->arena, rcpi_term, o->n_terms);
    double *weight = rcpi_array(w->arena, double, o->n_terms);
    for (uint32_t k = 0; k < o->n_terms; k++) {
      weight[k] = o->terms[k].weight * worth(&all, o->terms[k].term);
      squares += weight[k] * weight[k];
    }
    double scale = squares > 0 ? RCPI_TERM_ONE / sqrt(squares) : 0;
    for (uint32_t k = 0; k < o->n_terms; k++) out[i].terms[k] = (rcpi_term){o->terms[k].term, (uint32_t)(weight[k] * scale + .5)};
  }
  return out;
}

static rcpi_outline *outlines_of(const rcpi_grouping *g, rcpi_arena *a, uint32_t n) {
  rcpi_outline *out = rcpi_array(a, rcpi_outline, n);
  for (uint32_t i = 0; i < n; i++) out[i] = rcpi_grouping_member(g, rcpi_grouping_floor(g) + i)->outline;
  return out;
}

static rcpi_outline *second_weights(const rcpi_grouping *g, rcpi_arena *a, uint32_t n) {
  work first = {.arena = a};
  rcpi_outline *outlines = outlines_of(g, a, n);
  group(&first, outlines, n);
  return reweigh(&first, outlines, n);
}

void rcpi_grouping_final(rcpi_grouping *g, rcpi_arena *scratch) {
  uint32_t floor = rcpi_grouping_floor(g), n = g->n_read - floor;
  work w = {.arena = scratch};
  group(&w, second_weights(g, scratch, n), n);
  assign(g, &w, floor, n);
  g->is_final = true;
}

const rcpi_outline *rcpi_grouping_outlines(const rcpi_grouping *g, rcpi_arena *a) {
  uint32_t n = g->n_read - rcpi_grouping_floor(g);
  return g->is_final ? second_weights(g, a, n) : outlines_of(g, a, n);
}
