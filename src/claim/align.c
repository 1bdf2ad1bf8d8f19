/*
 * items -> pieces -> scores -> clusters -> claims. A clause that no shared claim covers is a claim of its own article.
 *
 * Alignment parts "2.100 personnes selon la police" and "5.000 selon les syndicats", since what is said of the second is nothing but its
 * number. It answers the first (rival.h): both are one claim, on which sources differ. (Own stories' F1 .674 to .689; the annotated ones as
 * before; the marked ones, which mark two numbers as two facts, .556 to .554.)
 */
#include "claim/align.h"

#include <stdlib.h>

#include "base/sets.h"
#include "claim/cluster.h"
#include "claim/rival.h"

typedef struct maker {
  rcpi_arena *a;
  rcpi_story *story;
  rcpi_pieces pieces;
  RCPI_VEC(rcpi_claim) claims;
  uint32_t **taken;            /* [telling][token]: stands in a shared claim */
} maker;

static rcpi_appearance appearance(const maker *m, uint32_t telling, rcpi_tokens at) {
  const rcpi_telling *t = &m->story->tellings[telling];
  return (rcpi_appearance){telling, at, rcpi_attrib_of(&t->text, &t->marks, at)};
}

static int by_place(const void *x, const void *y) {
  const rcpi_appearance *a = x, *b = y;
  if (a->telling != b->telling) return a->telling < b->telling ? -1 : 1;
  if (a->at.token != b->at.token) return a->at.token < b->at.token ? -1 : 1;
  return a->at.end_token < b->at.end_token ? -1 : a->at.end_token > b->at.end_token;
}

static int by_first_place(const void *x, const void *y) {
  const rcpi_claim *a = x, *b = y;
  for (size_t i = 0; i < a->n_appearances && i < b->n_appearances; i++) {
    int c = by_place(&a->appearances[i], &b->appearances[i]);
    if (c) return c;
  }
  return a->n_appearances < b->n_appearances ? -1 : a->n_appearances > b->n_appearances;
}

/* Where a piece stands among the appearances of a claim. */
typedef struct seat { uint32_t claim, appearance, next; } seat;   /* next: 1 + index of the piece's seat in another claim */

typedef struct seats {
  uint32_t *head;              /* [piece] -> 1 + index */
  RCPI_VEC(seat) all;
} seats;

static uint32_t index_of(const maker *m, const rcpi_claim *c, uint32_t piece) {
  const rcpi_piece *p = &m->pieces.pieces[piece];
  rcpi_appearance key = {.telling = p->telling, .at = p->at};
  const rcpi_appearance *found = bsearch(&key, c->appearances, c->n_appearances, sizeof key, by_place);
  return found ? (uint32_t)(found - c->appearances) : 0;
}

/* Every scored pair of pieces that came into one claim is a link of it. */
static void add_links(maker *m, const rcpi_cluster *clusters, size_t n, const rcpi_scores *scores) {
  seats s = {.head = rcpi_array(m->a, uint32_t, m->pieces.n_pieces)};
  size_t *n_links = rcpi_array(m->a, size_t, n);
  for (uint32_t i = 0; i < n; i++)
    for (size_t k = 0; k < clusters[i].n; k++) {
      uint32_t piece = clusters[i].pieces[k];
      rcpi_push(m->a, &s.all, (seat){i, index_of(m, &m->claims.p[i], piece), s.head[piece]});
      s.head[piece] = (uint32_t)s.all.n;
    }
  for (int fill = 0; fill < 2; fill++) {
    for (size_t i = 0; fill && i < n; i++) m->claims.p[i].links = rcpi_array(m->a, rcpi_link, n_links[i]);
    for (size_t p = 0; p < scores->n_pairs; p++) {
      const rcpi_pair *pair = &scores->pairs[p];
      if (m->pieces.pieces[pair->a].telling == m->pieces.pieces[pair->b].telling) continue;
      for (uint32_t x = s.head[pair->a]; x; x = s.all.p[x - 1].next)
        for (uint32_t y = s.head[pair->b]; y; y = s.all.p[y - 1].next) {
          uint32_t c = s.all.p[x - 1].claim;
          if (s.all.p[y - 1].claim != c) continue;
          rcpi_claim *claim = &m->claims.p[c];
          if (fill) claim->links[claim->n_links++] = (rcpi_link){s.all.p[x - 1].appearance, s.all.p[y - 1].appearance, pair->score};
          else n_links[c]++;
        }
    }
  }
}

static void add_shared(maker *m, const rcpi_cluster *c) {
  rcpi_claim claim = {.appearances = rcpi_array(m->a, rcpi_appearance, c->n)};
  for (size_t i = 0; i < c->n; i++) {
    const rcpi_piece *p = &m->pieces.pieces[c->pieces[i]];
    claim.appearances[claim.n_appearances++] = appearance(m, p->telling, p->at);
    for (uint32_t k = p->at.token; k < p->at.end_token; k++) m->taken[p->telling][k] = 1;
  }
  qsort(claim.appearances, claim.n_appearances, sizeof *claim.appearances, by_place);
  rcpi_push(m->a, &m->claims, claim);
}

static void add_lone(maker *m, const rcpi_piece *p) {
  uint32_t n = 0;
  for (uint32_t k = p->at.token; k < p->at.end_token; k++) n += m->taken[p->telling][k];
  if (2 * n >= p->at.end_token - p->at.token) return;
  rcpi_claim claim = {.appearances = rcpi_new(m->a, rcpi_appearance), .n_appearances = 1};
  claim.appearances[0] = appearance(m, p->telling, p->at);
  rcpi_push(m->a, &m->claims, claim);
}

/* Of each piece, 1 + the cluster with most pieces that it is in. */
static uint32_t *homes_of(rcpi_arena *work, const maker *m, const rcpi_cluster *clusters, size_t n) {
  uint32_t *home = rcpi_array(work, uint32_t, m->pieces.n_pieces);
  for (uint32_t i = 0; i < n; i++)
    for (size_t k = 0; k < clusters[i].n; k++) {
      uint32_t *own = &home[clusters[i].pieces[k]];
      if (!*own || clusters[i].n > clusters[*own - 1].n) *own = i + 1;
    }
  return home;
}

/* 1 + the largest cluster among those of the pieces that hold a quantity, or 0. */
static uint32_t home_of(const maker *m, const rcpi_cluster *clusters, const uint32_t *home, uint32_t telling, uint32_t index) {
  const rcpi_quantity *q = &m->story->tellings[telling].marks.quantities[index];
  uint32_t best = 0;
  for (size_t i = rcpi_pieces_first(&m->pieces, telling); i < m->pieces.n_pieces && m->pieces.pieces[i].telling == telling; i++) {
    const rcpi_piece *p = &m->pieces.pieces[i];
    if (!home[i] || p->at.token > q->number.token || q->number.end_token > p->at.end_token) continue;
    if (!best || clusters[home[i] - 1].n > clusters[best - 1].n) best = home[i];
  }
  return best;
}

static bool overlaps_any(const maker *m, const rcpi_cluster *c, uint32_t piece) {
  const rcpi_piece *p = &m->pieces.pieces[piece];
  for (size_t i = 0; i < c->n; i++) {
    const rcpi_piece *o = &m->pieces.pieces[c->pieces[i]];
    if (o->telling == p->telling && o->at.token < p->at.end_token && p->at.token < o->at.end_token) return true;
  }
  return false;
}

/* The pieces of two clusters; of two that overlap the one of `to`. */
static void join_clusters(rcpi_arena *work, const maker *m, rcpi_cluster *to, const rcpi_cluster *from) {
  uint32_t *all = rcpi_array(work, uint32_t, to->n + from->n);
  size_t n = to->n;
  memcpy(all, to->pieces, to->n * sizeof *all);
  for (size_t i = 0; i < from->n; i++)
    if (!overlaps_any(m, to, from->pieces[i])) all[n++] = from->pieces[i];
  to->pieces = all;
  to->n = n;
}

/* A number that only answers another belongs to the claim of that; how many clusters are left. */
static size_t join_answers(rcpi_arena *work, const maker *m, rcpi_cluster *clusters, size_t n) {
  const uint32_t *home = homes_of(work, m, clusters, n);
  size_t n_kept = 0;
  rcpi_sets sets;
  rcpi_sets_init(work, &sets, n);
  for (size_t i = 0; i < m->story->n_rivals; i++) {
    const rcpi_rival *r = &m->story->rivals[i];
    if (!r->is_answer) continue;
    uint32_t a = home_of(m, clusters, home, r->a, r->in_a), b = home_of(m, clusters, home, r->b, r->in_b);
    if (a && b) rcpi_sets_join(&sets, a - 1, b - 1);
  }
  for (uint32_t i = 0; i < n; i++) {
    uint32_t root = rcpi_sets_root(&sets, i);
    if (root != i) join_clusters(work, m, &clusters[root], &clusters[i]);
  }
  for (uint32_t i = 0; i < n; i++)
    if (rcpi_sets_root(&sets, i) == i) clusters[n_kept++] = clusters[i];
  return n_kept;
}

static void drop(void *work) {
  rcpi_arena_release(work);
}

void rcpi_claims_align(rcpi_arena *a, const int32_t *weights, rcpi_story *story) {
  maker m = {.a = a, .story = story};
  rcpi_arena *work = rcpi_new(a, rcpi_arena);   /* for all that the claims don't keep: it is the larger part */
  rcpi_arena_init(work);
  work->guard = a->guard;
  work->pool = a->pool;
  rcpi_defer(a, drop, work);
  rcpi_items items;
  rcpi_evidence evidence;
  rcpi_scores scores;
  rcpi_cluster *clusters;
  rcpi_items_read(work, story->tellings, story->n_tellings, &story->names, &items);
  rcpi_pieces_read(work, story->tellings, story->n_tellings, &items, &m.pieces);
  rcpi_evidence_read(work, story->tellings, story->n_tellings, &items, &m.pieces, &evidence);
  rcpi_scores_read(work, &evidence, weights ? weights : rcpi_score_weights, &scores);
  size_t n = rcpi_clusters_make(work, &m.pieces, &scores, &clusters);
  rcpi_rivals_find(a, story, &m.pieces, &scores);
  n = join_answers(work, &m, clusters, n);
  m.taken = rcpi_array(a, uint32_t *, story->n_tellings);
  for (size_t i = 0; i < story->n_tellings; i++) m.taken[i] = rcpi_array(a, uint32_t, story->tellings[i].text.n_tokens);
  for (size_t i = 0; i < n; i++) add_shared(&m, &clusters[i]);
  add_links(&m, clusters, n, &scores);
  for (size_t i = 0; i < m.pieces.n_pieces; i++)
    if (m.pieces.pieces[i].n_clauses == 1) add_lone(&m, &m.pieces.pieces[i]);
  if (m.claims.n) qsort(m.claims.p, m.claims.n, sizeof *m.claims.p, by_first_place);
  rcpi_arena_release(work);
  story->claims = m.claims.p;
  story->n_claims = m.claims.n;
}
