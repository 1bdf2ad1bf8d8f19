/*
 * Average-link agglomeration over a sparse graph. A pair that has no score counts 0, but in a story so large that most
 * pairs were never asked about, as many of them as have one at most (ASKED). Two pieces of one article
 * that score under UNLIKE count as half a pair of score 0, so that an article's two claims keep apart two groups of the
 * others' appearances.
 *
 * Each cluster lists its neighbours and the edges to them; a merge lays one list out by neighbour and adds the other's
 * edges to it. A heap holds the best edge of each cluster; one whose edge has changed meanwhile is asked again. Ties go to the smaller numbers, so that the result
 * follows from the scores alone.
 *
 * Why average: single link chains (a story is one topic), complete link breaks a claim at its oddest telling.
 */
#include "claim/cluster.h"

#include <stdlib.h>

enum { SAME_CLAIM = 400, ALSO_CARRIES = 600, UNLIKE = 400, ASKED = 2, NO = INT32_MIN };

typedef struct edge { int64_t sum; uint32_t n_cross, n_alike, stamp; int32_t score; bool is_veto; } edge;   /* known pairs */

/* The best edge of `owner` when it had this version. */
typedef struct entry { int32_t score; uint32_t a, b, edge, stamp, owner, version; } entry;

typedef struct neighbour { uint32_t node, edge; } neighbour;

typedef struct node {
  RCPI_VEC(uint32_t) pieces;
  RCPI_VEC(neighbour) near;    /* some of them dead */
  struct { uint32_t telling, n; } *count;    /* of its pieces by telling, sorted */
  size_t n_count;
  uint32_t version;
  bool is_alive;
} node;

typedef struct graph {
  rcpi_arena *a;
  const rcpi_pieces *pieces;
  node *nodes;
  edge *edges;
  uint32_t *edge_to;           /* scratch: 1 + edge of the present node to each other */
  RCPI_VEC(entry) heap;
  bool is_partial;
} graph;

/* ------------------------------------------------------------------------------------------------------------ links */

/* How many of a node's pieces are of a telling. */
static uint32_t n_of(const node *n, uint32_t telling) {
  size_t lo = 0, hi = n->n_count;
  while (lo < hi) {
    size_t mid = (lo + hi) / 2;
    if (n->count[mid].telling < telling) lo = mid + 1;
    else hi = mid;
  }
  return lo < n->n_count && n->count[lo].telling == telling ? n->count[lo].n : 0;
}

/* Pairs of two clusters' pieces that are of one telling. Most often one of the two is small. */
static uint64_t same_telling(const node *a, const node *b) {
  uint64_t n = 0;
  if (a->n_count > b->n_count) {
    const node *larger = a;
    a = b, b = larger;
  }
  if (a->n_count * 8 < b->n_count) {
    for (size_t i = 0; i < a->n_count; i++) n += (uint64_t)a->count[i].n * n_of(b, a->count[i].telling);
    return n;
  }
  for (size_t i = 0, k = 0; i < a->n_count && k < b->n_count;) {
    if (a->count[i].telling == b->count[k].telling) n += (uint64_t)a->count[i++].n * b->count[k++].n;
    else if (a->count[i].telling < b->count[k].telling) i++;
    else k++;
  }
  return n;
}

static int32_t score_of(const graph *g, uint32_t a, uint32_t b, const edge *e) {
  if (e->is_veto) return NO;
  uint64_t same = same_telling(&g->nodes[a], &g->nodes[b]), cross = (uint64_t)g->nodes[a].pieces.n * g->nodes[b].pieces.n - same;
  if (!cross) return NO;
  if (g->is_partial && cross > ASKED * (uint64_t)e->n_cross) cross = ASKED * (uint64_t)e->n_cross;
  if (!cross) return NO;
  return (int32_t)(2 * e->sum / (int64_t)(2 * cross + (same - e->n_alike)));
}

/* ------------------------------------------------------------------------------------------------------------- heap */

static bool comes_first(const entry *x, const entry *y) {
  if (x->score != y->score) return x->score > y->score;
  if (x->a != y->a) return x->a < y->a;
  return x->b < y->b;
}

static void heap_push(graph *g, entry e) {
  rcpi_push(g->a, &g->heap, e);
  size_t i = g->heap.n - 1;
  for (; i && comes_first(&e, &g->heap.p[(i - 1) / 2]); i = (i - 1) / 2) g->heap.p[i] = g->heap.p[(i - 1) / 2];
  g->heap.p[i] = e;
}

static entry heap_pop(graph *g) {
  entry top = g->heap.p[0], last = g->heap.p[--g->heap.n];
  size_t i = 0, k;
  while ((k = 2 * i + 1) < g->heap.n) {
    if (k + 1 < g->heap.n && comes_first(&g->heap.p[k + 1], &g->heap.p[k])) k++;
    if (!comes_first(&g->heap.p[k], &last)) break;
    g->heap.p[i] = g->heap.p[k];
    i = k;
  }
  if (g->heap.n) g->heap.p[i] = last;
  return top;
}

static void rate(graph *g, uint32_t a, neighbour to) {
  edge *e = &g->edges[to.edge];
  e->score = score_of(g, a, to.node, e);
  e->stamp++;
}

static void offer_best(graph *g, uint32_t owner) {
  const node *n = &g->nodes[owner];
  entry best = {.score = SAME_CLAIM - 1};
  for (size_t i = 0; i < n->near.n; i++) {
    neighbour to = n->near.p[i];
    const edge *e = &g->edges[to.edge];
    if (e->score < best.score || !g->nodes[to.node].is_alive) continue;
    uint32_t first = owner < to.node ? owner : to.node, second = owner < to.node ? to.node : owner;
    entry x = {e->score, first, second, to.edge, e->stamp, owner, n->version};
    if (comes_first(&x, &best)) best = x;
  }
  if (best.score >= SAME_CLAIM) heap_push(g, best);
}

/* ---------------------------------------------------------------------------------------------------------- merging */

static bool overlap(const rcpi_piece *a, const rcpi_piece *b) {
  return a->telling == b->telling && a->at.token < b->at.end_token && b->at.token < a->at.end_token;
}

static void add_pair(graph *g, const rcpi_pair *p, uint32_t i) {
  const rcpi_piece *a = &g->pieces->pieces[p->a], *b = &g->pieces->pieces[p->b];
  edge *e = &g->edges[i];
  if (overlap(a, b)) e->is_veto = true;
  else if (a->telling != b->telling) e->sum = p->score, e->n_cross = 1;
  else if (p->score >= UNLIKE) e->n_alike = 1;
  rcpi_push(g->a, &g->nodes[p->a].near, (neighbour){p->b, i});
  rcpi_push(g->a, &g->nodes[p->b].near, (neighbour){p->a, i});
}

static void join_counts(graph *g, node *a, const node *b) {
  void *room = rcpi_alloc(g->a, a->n_count + b->n_count, sizeof *a->count);
  node out = {.count = room};
  for (size_t i = 0, k = 0; i < a->n_count || k < b->n_count;) {
    if (k == b->n_count || (i < a->n_count && a->count[i].telling < b->count[k].telling)) out.count[out.n_count++] = a->count[i++];
    else if (i == a->n_count || b->count[k].telling < a->count[i].telling) out.count[out.n_count++] = b->count[k++];
    else {
      out.count[out.n_count] = a->count[i++];
      out.count[out.n_count++].n += b->count[k++].n;
    }
  }
  a->count = out.count;
  a->n_count = out.n_count;
}

/* b becomes part of a. */
static void merge(graph *g, uint32_t a, uint32_t b) {
  node *to = &g->nodes[a], *from = &g->nodes[b];
  from->is_alive = false;
  for (size_t i = 0; i < from->pieces.n; i++) rcpi_push(g->a, &to->pieces, from->pieces.p[i]);
  join_counts(g, to, from);
  for (size_t i = 0; i < to->near.n; i++) g->edge_to[to->near.p[i].node] = to->near.p[i].edge + 1;
  for (size_t i = 0; i < from->near.n; i++) {
    neighbour k = from->near.p[i];
    if (k.node == a || !g->nodes[k.node].is_alive) continue;
    if (g->edge_to[k.node]) {
      edge *e = &g->edges[g->edge_to[k.node] - 1], *old = &g->edges[k.edge];
      e->sum += old->sum;
      e->n_cross += old->n_cross;
      e->n_alike += old->n_alike;
      e->is_veto |= old->is_veto;
    } else {
      rcpi_push(g->a, &to->near, k);
      rcpi_push(g->a, &g->nodes[k.node].near, (neighbour){a, k.edge});
    }
  }
  size_t n = 0;
  for (size_t i = 0; i < to->near.n; i++) {
    neighbour k = to->near.p[i];
    g->edge_to[k.node] = 0;
    if (!g->nodes[k.node].is_alive) continue;
    to->near.p[n++] = k;
    rate(g, a, k);
  }
  to->near.n = n;
  to->version++;
  offer_best(g, a);
}

static void merge_all(graph *g, const rcpi_scores *scores) {
  for (size_t i = 0; i < scores->n_pairs; i++) add_pair(g, &scores->pairs[i], (uint32_t)i);
  for (size_t i = 0; i < scores->n_pairs; i++) rate(g, scores->pairs[i].a, (neighbour){scores->pairs[i].b, (uint32_t)i});
  for (uint32_t i = 0; i < g->pieces->n_pieces; i++) offer_best(g, i);
  while (g->heap.n) {
    entry top = heap_pop(g);
    const node *owner = &g->nodes[top.owner];
    if (!owner->is_alive || owner->version != top.version) continue;
    bool is_fresh = g->nodes[top.a].is_alive && g->nodes[top.b].is_alive && g->edges[top.edge].stamp == top.stamp;
    if (is_fresh) merge(g, top.a, top.b);
    else offer_best(g, top.owner);
  }
}

static graph *graph_make(rcpi_arena *a, const rcpi_pieces *pieces, const rcpi_scores *scores) {
  graph *g = rcpi_new(a, graph);
  g->a = a;
  g->pieces = pieces;
  g->is_partial = scores->is_partial;
  g->nodes = rcpi_array(a, node, pieces->n_pieces);
  g->edges = rcpi_array(a, edge, scores->n_pairs);
  g->edge_to = rcpi_array(a, uint32_t, pieces->n_pieces);
  for (uint32_t i = 0; i < pieces->n_pieces; i++) {
    node *n = &g->nodes[i];
    rcpi_push(a, &n->pieces, i);
    n->count = rcpi_alloc(a, 1, sizeof *n->count);
    n->count[0].telling = pieces->pieces[i].telling;
    n->count[0].n = 1;
    n->n_count = 1;
    n->is_alive = true;
  }
  return g;
}

/* ----------------------------------------------------------------------------------------------------- nested claims */

/* Sixty hundredths of the shorter one are shared. */
static bool mostly_overlap(const rcpi_piece *a, const rcpi_piece *b) {
  if (!overlap(a, b)) return false;
  uint32_t beg = a->at.token > b->at.token ? a->at.token : b->at.token;
  uint32_t end = a->at.end_token < b->at.end_token ? a->at.end_token : b->at.end_token;
  uint32_t na = a->at.end_token - a->at.token, nb = b->at.end_token - b->at.token;
  return 10 * (end - beg) >= 6 * (na < nb ? na : nb);
}

/* Of a kept cluster: how many pieces lie in it, and 1 + the last of them; and the i-th cluster met. */
typedef struct nesting { uint32_t n, last, met; } nesting;

typedef struct ranked { uint32_t node, n_tellings, n_pieces, n_words; } ranked;

static int by_rank(const void *x, const void *y) {
  const ranked *a = x, *b = y;
  if (a->n_tellings != b->n_tellings) return a->n_tellings > b->n_tellings ? -1 : 1;
  if (a->n_pieces != b->n_pieces) return a->n_pieces > b->n_pieces ? -1 : 1;
  if (a->n_words != b->n_words) return a->n_words < b->n_words ? -1 : 1;
  return a->node < b->node ? -1 : a->node > b->node;
}

/* Is there a kept cluster in whose places six tenths of the pieces of `n` mostly lie? `kept_in` is by piece; pieces that overlap are of one sentence. */
static bool is_nested(const graph *g, const node *n, const uint32_t *kept_in, nesting *by) {
  bool found = false;
  size_t n_met = 0;
  for (size_t i = 0; i < n->pieces.n; i++) {
    const rcpi_piece *p = &g->pieces->pieces[n->pieces.p[i]];
    const rcpi_piece_sentence *s = &g->pieces->sentences[p->sentence];
    for (uint32_t k = s->first; k < s->first + s->n; k++) {
      uint32_t home = kept_in[k];
      if (!home || by[home - 1].last == i + 1 || !mostly_overlap(p, &g->pieces->pieces[k])) continue;
      if (!by[home - 1].n++) by[n_met++].met = home - 1;
      by[home - 1].last = (uint32_t)i + 1;
      found |= 10 * (size_t)by[home - 1].n >= 6 * n->pieces.n;
    }
  }
  for (size_t i = 0; i < n_met; i++) by[by[i].met].n = by[by[i].met].last = 0;
  return found;
}

/* Clusters that say again what a larger one says, six tenths of their places in its places, are dropped. */
static void drop_nested(graph *g) {
  RCPI_VEC(ranked) order = {0};
  const rcpi_pieces *p = g->pieces;
  for (uint32_t i = 0; i < p->n_pieces; i++) {
    node *n = &g->nodes[i];
    if (!n->is_alive || n->n_count < 2) continue;
    ranked r = {i, (uint32_t)n->n_count, (uint32_t)n->pieces.n, 0};
    for (size_t k = 0; k < n->pieces.n; k++) r.n_words += p->pieces[n->pieces.p[k]].at.end_token - p->pieces[n->pieces.p[k]].at.token;
    rcpi_push(g->a, &order, r);
  }
  if (order.n) qsort(order.p, order.n, sizeof *order.p, by_rank);
  uint32_t *kept_in = rcpi_array(g->a, uint32_t, p->n_pieces);   /* 1 + the kept cluster of a piece */
  nesting *by = rcpi_array(g->a, nesting, order.n);
  uint32_t n_kept = 0;
  for (size_t i = 0; i < order.n; i++) {
    node *n = &g->nodes[order.p[i].node];
    if (is_nested(g, n, kept_in, by)) {
      n->is_alive = false;
      continue;
    }
    n_kept++;
    for (size_t k = 0; k < n->pieces.n; k++) kept_in[n->pieces.p[k]] = n_kept;
  }
}

/* ---------------------------------------------------------------------------------------------------------- attaching */

typedef struct adjacency { uint32_t *at; struct { uint32_t piece; int32_t score; } *to; } adjacency;

static adjacency make_adjacency(rcpi_arena *a, const rcpi_pieces *p, const rcpi_scores *s) {
  adjacency out = {.at = rcpi_array(a, uint32_t, p->n_pieces + 2)};
  for (size_t i = 0; i < s->n_pairs; i++) out.at[s->pairs[i].a + 2]++, out.at[s->pairs[i].b + 2]++;
  for (size_t i = 2; i < p->n_pieces + 2; i++) out.at[i] += out.at[i - 1];
  out.to = rcpi_alloc(a, s->n_pairs * 2, sizeof *out.to);
  for (size_t i = 0; i < s->n_pairs; i++) {
    rcpi_pair r = s->pairs[i];
    uint32_t x = out.at[r.a + 1]++, y = out.at[r.b + 1]++;
    out.to[x].piece = r.b, out.to[x].score = r.score;
    out.to[y].piece = r.a, out.to[y].score = r.score;
  }
  return out;
}

/* Pieces from elsewhere whose mean score with the cluster's pieces of other articles is high join it too. */
static void attach(graph *g, const adjacency *adj, uint32_t home, int64_t *sum, uint32_t *known) {
  node *n = &g->nodes[home];
  const rcpi_piece *p = g->pieces->pieces;
  size_t n_own = n->pieces.n;
  RCPI_VEC(uint32_t) seen = {0};
  for (size_t i = 0; i < n_own; i++)
    for (uint32_t k = adj->at[n->pieces.p[i]]; k < adj->at[n->pieces.p[i] + 1]; k++) {
      uint32_t x = adj->to[k].piece;
      if (p[x].telling == p[n->pieces.p[i]].telling) continue;
      if (!known[x]++) rcpi_push(g->a, &seen, x);
      sum[x] += adj->to[k].score;
    }
  for (size_t i = 0; i < seen.n; i++) {
    uint32_t x = seen.p[i];
    int64_t cross = (int64_t)n_own - n_of(n, p[x].telling);
    bool is_free = cross && sum[x] / cross >= ALSO_CARRIES;
    for (size_t k = 0; k < n->pieces.n && is_free; k++) is_free = n->pieces.p[k] != x && !overlap(&p[x], &p[n->pieces.p[k]]);
    if (is_free) rcpi_push(g->a, &n->pieces, x);
  }
  for (size_t i = 0; i < seen.n; i++) sum[seen.p[i]] = 0, known[seen.p[i]] = 0;
}

static int by_number(const void *x, const void *y) {
  uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
  return a < b ? -1 : a > b;
}

static int by_first(const void *x, const void *y) {
  const rcpi_cluster *a = x, *b = y;
  for (size_t i = 0; i < a->n && i < b->n; i++)
    if (a->pieces[i] != b->pieces[i]) return a->pieces[i] < b->pieces[i] ? -1 : 1;
  return a->n < b->n ? -1 : a->n > b->n;
}

size_t rcpi_clusters_make(rcpi_arena *a, const rcpi_pieces *pieces, const rcpi_scores *scores, rcpi_cluster **out) {
  graph *g = graph_make(a, pieces, scores);
  merge_all(g, scores);
  drop_nested(g);
  adjacency adj = make_adjacency(a, pieces, scores);
  int64_t *sum = rcpi_array(a, int64_t, pieces->n_pieces);
  uint32_t *known = rcpi_array(a, uint32_t, pieces->n_pieces);
  RCPI_VEC(rcpi_cluster) found = {0};
  for (uint32_t i = 0; i < pieces->n_pieces; i++) {
    node *n = &g->nodes[i];
    if (!n->is_alive || n->n_count < 2) continue;
    attach(g, &adj, i, sum, known);
    qsort(n->pieces.p, n->pieces.n, sizeof *n->pieces.p, by_number);
    rcpi_push(a, &found, (rcpi_cluster){n->pieces.p, n->pieces.n, (uint32_t)n->n_count});
  }
  if (found.n) qsort(found.p, found.n, sizeof *found.p, by_first);
  *out = found.p;
  return found.n;
}
