/*
 * Average-link agglomeration over a sparse graph. A pair that has no score counts 0, but in a story so large that most
 * pairs were never asked about, as many of them as have one at most (ASKED). Two pieces of one article
 * that score under UNLIKE count as half a pair of score 0, so that an article's two claims keep apart two groups of the
 * others' appearances.
 *
 * Each cluster lists its edges; an edge knows the two clusters that it ties, so a merge hands edges over and leaves the lists of
 * others alone. Scores stand by themselves: looking for the best edge of a cluster, most of the work, reads nothing else. A
 * heap holds the best edge of each cluster; one whose edge has changed meanwhile is asked again. Ties go to the smaller
 * numbers, so that the result follows from the scores alone.
 *
 * Why average: single link chains (a story is one topic), complete link breaks a claim at its oddest telling.
 */
#include "claim/cluster.h"

#include <stdlib.h>

enum { SAME_CLAIM = 400, ALSO_CARRIES = 600, HANDED_DOWN = 300, UNLIKE = 400, ASKED = 2, DROPPED = INT32_MIN, NO };   /* NO: never to merge */

typedef struct tie { int64_t sum; uint32_t n_cross, n_alike; } tie;   /* known pairs */
typedef struct ends { uint32_t a, b; } ends;

/* The best edge of `owner` when it had this version. */
typedef struct entry { int32_t score; uint32_t a, b, edge, stamp, owner, version; } entry;

typedef struct tally { uint32_t telling, n; } tally;

typedef struct node {
  RCPI_VEC(uint32_t) pieces;
  RCPI_VEC(uint32_t) edges;    /* some of them dropped */
  RCPI_VEC(tally) count;       /* of its pieces by telling, sorted */
  uint32_t version;
  bool is_alive;
} node;

typedef struct graph {
  rcpi_arena *a;
  const rcpi_pieces *pieces;
  const rcpi_pair *pairs;      /* an edge begins as one */
  node *nodes;
  tie *ties;                   /* of each edge */
  ends *ends;
  int32_t *scores;
  uint32_t *stamps;            /* how often it was rated */
  bool *is_veto;
  uint32_t *edges_at, *edges_of;   /* of each piece: the pairs that it is in */
  uint32_t *edge_to;           /* scratch: 1 + edge of the present node to each other */
  RCPI_VEC(entry) heap;
  bool is_partial;
} graph;

/* ------------------------------------------------------------------------------------------------------------ links */

/* How many of a node's pieces are of a telling. */
static uint32_t n_of(const node *n, uint32_t telling) {
  size_t lo = 0, hi = n->count.n;
  while (lo < hi) {
    size_t mid = (lo + hi) / 2;
    if (n->count.p[mid].telling < telling) lo = mid + 1;
    else hi = mid;
  }
  return lo < n->count.n && n->count.p[lo].telling == telling ? n->count.p[lo].n : 0;
}

/* Pairs of two clusters' pieces that are of one telling. Most often one of the two is small. */
static uint64_t same_telling(const node *a, const node *b) {
  uint64_t n = 0;
  if (a->count.n > b->count.n) {
    const node *larger = a;
    a = b, b = larger;
  }
  const tally *x = a->count.p, *y = b->count.p;
  if (a->count.n * 8 < b->count.n) {
    for (size_t i = 0; i < a->count.n; i++) n += (uint64_t)x[i].n * n_of(b, x[i].telling);
    return n;
  }
  for (size_t i = 0, k = 0; i < a->count.n && k < b->count.n;) {
    if (x[i].telling == y[k].telling) n += (uint64_t)x[i++].n * y[k++].n;
    else if (x[i].telling < y[k].telling) i++;
    else k++;
  }
  return n;
}

static int32_t score_of(const graph *g, uint32_t edge) {
  const node *a = &g->nodes[g->ends[edge].a], *b = &g->nodes[g->ends[edge].b];
  const tie *t = &g->ties[edge];
  if (g->is_veto[edge]) return NO;
  uint64_t same = same_telling(a, b), cross = (uint64_t)a->pieces.n * b->pieces.n - same;
  if (!cross) return NO;
  if (g->is_partial && cross > ASKED * (uint64_t)t->n_cross) cross = ASKED * (uint64_t)t->n_cross;
  if (!cross) return NO;
  return (int32_t)(2 * t->sum / (int64_t)(2 * cross + (same - t->n_alike)));
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

static entry entry_of(const graph *g, uint32_t edge, uint32_t owner) {
  ends e = g->ends[edge];
  return (entry){g->scores[edge], e.a < e.b ? e.a : e.b, e.a < e.b ? e.b : e.a, edge, g->stamps[edge], owner, g->nodes[owner].version};
}

/* Forgets edges that were dropped on the way. */
static void offer_best(graph *g, uint32_t owner) {
  node *n = &g->nodes[owner];
  entry best = {.score = SAME_CLAIM - 1};
  size_t n_kept = 0;
  for (size_t i = 0; i < n->edges.n; i++) {
    uint32_t edge = n->edges.p[i];
    int32_t score = g->scores[edge];
    n->edges.p[n_kept] = edge;
    n_kept += score != DROPPED;
    if (score < best.score) continue;
    entry x = entry_of(g, edge, owner);
    if (comes_first(&x, &best)) best = x;
  }
  n->edges.n = n_kept;
  if (best.score >= SAME_CLAIM) heap_push(g, best);
}

/* ---------------------------------------------------------------------------------------------------------- merging */

static bool overlap(const rcpi_piece *a, const rcpi_piece *b) {
  return a->telling == b->telling && a->at.token < b->at.end_token && b->at.token < a->at.end_token;
}

static void add_pair(graph *g, const rcpi_pair *p, uint32_t i) {
  const rcpi_piece *a = &g->pieces->pieces[p->a], *b = &g->pieces->pieces[p->b];
  g->ends[i] = (ends){p->a, p->b};
  g->scores[i] = NO;
  if (a->telling != b->telling) g->scores[i] = p->score, g->ties[i] = (tie){p->score, 1, 0};
  else if (overlap(a, b)) g->is_veto[i] = true;
  else if (p->score >= UNLIKE) g->ties[i].n_alike = 1;
}

/* From the back, so that a's own need no other place. */
static void join_counts(graph *g, node *a, const node *b) {
  size_t i = a->count.n, k = b->count.n, both = 0;
  for (size_t x = 0, y = 0; x < i && y < k;) {
    uint32_t s = a->count.p[x].telling, t = b->count.p[y].telling;
    both += s == t;
    x += s <= t;
    y += t <= s;
  }
  size_t n = i + k - both;
  rcpi_reserve(g->a, &a->count, n);
  a->count.n = n;
  while (k) {
    const tally *from = &b->count.p[k - 1];
    if (i && a->count.p[i - 1].telling > from->telling) a->count.p[--n] = a->count.p[--i];
    else if (i && a->count.p[i - 1].telling == from->telling) {
      tally sum = {from->telling, from->n + a->count.p[--i].n};
      a->count.p[--n] = sum, k--;
    } else a->count.p[--n] = *from, k--;
  }
}

static uint32_t other_end(const graph *g, uint32_t edge, uint32_t one) {
  return g->ends[edge].a ^ g->ends[edge].b ^ one;
}

/* Edge `old` of b, which becomes part of a: a's own edge to the same cluster takes it up, or it is a's from now on. */
static void hand_over(graph *g, uint32_t a, uint32_t b, uint32_t old) {
  uint32_t k = other_end(g, old, b);
  if (g->scores[old] == DROPPED) return;
  if (!g->edge_to[k]) {
    g->ends[old] = (ends){a, k};
    rcpi_push(g->a, &g->nodes[a].edges, old);
    return;
  }
  uint32_t edge = g->edge_to[k] - 1;
  g->ties[edge].sum += g->ties[old].sum;
  g->ties[edge].n_cross += g->ties[old].n_cross;
  g->ties[edge].n_alike += g->ties[old].n_alike;
  g->is_veto[edge] |= g->is_veto[old];
  g->scores[old] = DROPPED;
}

/* b becomes part of a. */
static void merge(graph *g, uint32_t a, uint32_t b) {
  node *to = &g->nodes[a], *from = &g->nodes[b];
  from->is_alive = false;
  for (size_t i = 0; i < from->pieces.n; i++) rcpi_push(g->a, &to->pieces, from->pieces.p[i]);
  join_counts(g, to, from);
  size_t n = 0;
  for (size_t i = 0; i < to->edges.n; i++) {
    uint32_t edge = to->edges.p[i], k = other_end(g, edge, a);
    if (k == b) g->scores[edge] = DROPPED;
    if (g->scores[edge] != DROPPED) g->edge_to[k] = edge + 1, to->edges.p[n++] = edge;
  }
  to->edges.n = n;
  for (size_t i = 0; i < from->edges.n; i++) hand_over(g, a, b, from->edges.p[i]);
  for (size_t i = 0; i < to->edges.n; i++) {
    uint32_t edge = to->edges.p[i];
    g->edge_to[other_end(g, edge, a)] = 0;
    g->scores[edge] = score_of(g, edge);
    g->stamps[edge]++;
  }
  to->version++;
  offer_best(g, a);
}

/* The best edge of each piece, in one pass over all. */
static void offer_first(graph *g, size_t n_edges) {
  uint32_t *best = rcpi_array(g->a, uint32_t, g->pieces->n_pieces);   /* 1 + edge; 0: none */
  for (uint32_t i = 0; i < n_edges; i++) {
    if (g->scores[i] < SAME_CLAIM) continue;
    const uint32_t owners[] = {g->ends[i].a, g->ends[i].b};
    for (int k = 0; k < 2; k++) {
      uint32_t *own = &best[owners[k]];
      if (*own && g->scores[*own - 1] > g->scores[i]) continue;
      entry x = entry_of(g, i, owners[k]), known = *own ? entry_of(g, *own - 1, owners[k]) : x;
      if (!*own || comes_first(&x, &known)) *own = i + 1;
    }
  }
  for (uint32_t i = 0; i < g->pieces->n_pieces; i++)
    if (best[i]) heap_push(g, entry_of(g, best[i] - 1, i));
}

static void merge_all(graph *g, const rcpi_scores *scores) {
  for (size_t i = 0; i < scores->n_pairs; i++) add_pair(g, &scores->pairs[i], (uint32_t)i);
  offer_first(g, scores->n_pairs);
  while (g->heap.n) {
    entry top = heap_pop(g);
    const node *owner = &g->nodes[top.owner];
    if (!owner->is_alive || owner->version != top.version) continue;
    bool is_fresh = g->stamps[top.edge] == top.stamp && g->nodes[top.a].is_alive && g->nodes[top.b].is_alive;
    if (is_fresh) merge(g, top.a, top.b);
    else offer_best(g, top.owner);
  }
}

/* The pairs of each piece, in order. */
static void list_edges(graph *g, const rcpi_scores *s) {
  size_t n = g->pieces->n_pieces;
  uint32_t *at = g->edges_at = rcpi_array(g->a, uint32_t, n + 2);
  for (size_t i = 0; i < s->n_pairs; i++) at[s->pairs[i].a + 2]++, at[s->pairs[i].b + 2]++;
  for (size_t i = 2; i < n + 2; i++) at[i] += at[i - 1];
  g->edges_of = rcpi_array(g->a, uint32_t, 2 * s->n_pairs);
  for (uint32_t i = 0; i < s->n_pairs; i++) g->edges_of[at[s->pairs[i].a + 1]++] = g->edges_of[at[s->pairs[i].b + 1]++] = i;
}

static graph *graph_make(rcpi_arena *a, const rcpi_pieces *pieces, const rcpi_scores *scores) {
  graph *g = rcpi_new(a, graph);
  size_t n = scores->n_pairs;
  *g = (graph){.a = a, .pieces = pieces, .pairs = scores->pairs, .is_partial = scores->is_partial};
  g->nodes = rcpi_array(a, node, pieces->n_pieces);
  g->ties = rcpi_array(a, tie, n);
  g->ends = rcpi_array(a, ends, n);
  g->scores = rcpi_array(a, int32_t, n);
  g->stamps = rcpi_array(a, uint32_t, n);
  g->is_veto = rcpi_array(a, bool, n);
  g->edge_to = rcpi_array(a, uint32_t, pieces->n_pieces);
  list_edges(g, scores);
  uint32_t *edges = rcpi_array(a, uint32_t, 2 * n);
  if (n) memcpy(edges, g->edges_of, 2 * n * sizeof *edges);
  for (uint32_t i = 0; i < pieces->n_pieces; i++) {
    node *x = &g->nodes[i];
    rcpi_push(a, &x->pieces, i);
    rcpi_push(a, &x->count, (tally){pieces->pieces[i].telling, 1});
    x->edges.p = edges + g->edges_at[i];
    x->edges.n = x->edges.cap = g->edges_at[i + 1] - g->edges_at[i];
    x->is_alive = true;
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

/* 1 + the kept cluster in whose places most of the pieces of `n`, and at least six tenths, mostly lie; 0: none. `kept_in` is by piece. */
static uint32_t nested_in(const graph *g, const node *n, const uint32_t *kept_in, nesting *by) {
  uint32_t most = 0, in = 0;
  size_t n_met = 0;
  for (size_t i = 0; i < n->pieces.n; i++) {
    const rcpi_piece *p = &g->pieces->pieces[n->pieces.p[i]];
    const rcpi_piece_sentence *s = &g->pieces->sentences[p->sentence];
    for (uint32_t k = s->first; k < s->first + s->n; k++) {
      uint32_t home = kept_in[k];
      if (!home || by[home - 1].last == i + 1 || !mostly_overlap(p, &g->pieces->pieces[k])) continue;
      if (!by[home - 1].n++) by[n_met++].met = home - 1;
      by[home - 1].last = (uint32_t)i + 1;
      if (by[home - 1].n > most) most = by[home - 1].n, in = home;
    }
  }
  for (size_t i = 0; i < n_met; i++) by[by[i].met].n = by[by[i].met].last = 0;
  return 10 * (size_t)most >= 6 * n->pieces.n ? in : 0;
}

/* Does a piece of the kept cluster `home` overlap piece x? Pieces that overlap are of one sentence. */
static bool overlaps_kept(const graph *g, const uint32_t *kept_in, uint32_t home, uint32_t x) {
  const rcpi_piece *p = g->pieces->pieces;
  const rcpi_piece_sentence *s = &g->pieces->sentences[p[x].sentence];
  for (uint32_t k = s->first; k < s->first + s->n; k++)
    if (kept_in[k] == home && overlap(&p[x], &p[k])) return true;
  return false;
}

/*
 * What a nested cluster has beyond the one that it is nested in: the places of tellings that tell the claim in other clauses. Without them
 * a claim lost such a telling whenever the others' clauses made a smaller copy of it (marked stories .554 to .560, own .689 to .693; support
 * of the annotated ones .770 to .776; at 200 and 400 as much or less).
 */
static void hand_down(graph *g, const node *from, node *to, uint32_t home, uint32_t *kept_in) {
  const rcpi_piece *p = g->pieces->pieces;
  for (size_t i = 0; i < from->pieces.n; i++) {
    uint32_t x = from->pieces.p[i], cross = (uint32_t)to->pieces.n - n_of(to, p[x].telling);
    int64_t sum = 0;
    if (!cross || overlaps_kept(g, kept_in, home, x)) continue;
    for (uint32_t e = g->edges_at[x]; e < g->edges_at[x + 1]; e++) {
      const rcpi_pair *pair = &g->pairs[g->edges_of[e]];
      uint32_t y = pair->a ^ pair->b ^ x;
      if (p[y].telling != p[x].telling && kept_in[y] == home) sum += pair->score;
    }
    if (sum / cross < HANDED_DOWN) continue;
    tally one = {p[x].telling, 1};
    node single = {.count = {&one, 1, 1}};
    join_counts(g, to, &single);
    rcpi_push(g->a, &to->pieces, x);
    kept_in[x] = home;
  }
}

/* Clusters that say again what a larger one says, six tenths of their places in its places, are dropped. */
static void drop_nested(graph *g) {
  RCPI_VEC(ranked) order = {0};
  const rcpi_pieces *p = g->pieces;
  for (uint32_t i = 0; i < p->n_pieces; i++) {
    node *n = &g->nodes[i];
    if (!n->is_alive || n->count.n < 2) continue;
    ranked r = {i, (uint32_t)n->count.n, (uint32_t)n->pieces.n, 0};
    for (size_t k = 0; k < n->pieces.n; k++) r.n_words += p->pieces[n->pieces.p[k]].at.end_token - p->pieces[n->pieces.p[k]].at.token;
    rcpi_push(g->a, &order, r);
  }
  if (order.n) qsort(order.p, order.n, sizeof *order.p, by_rank);
  uint32_t *kept_in = rcpi_array(g->a, uint32_t, p->n_pieces);   /* 1 + the kept cluster of a piece */
  nesting *by = rcpi_array(g->a, nesting, order.n);
  uint32_t n_kept = 0, *kept_node = rcpi_array(g->a, uint32_t, order.n);
  for (size_t i = 0; i < order.n; i++) {
    node *n = &g->nodes[order.p[i].node];
    uint32_t in = nested_in(g, n, kept_in, by);
    if (in) {
      n->is_alive = false;
      hand_down(g, n, &g->nodes[kept_node[in - 1]], in, kept_in);
      continue;
    }
    kept_node[n_kept] = order.p[i].node;
    n_kept++;
    for (size_t k = 0; k < n->pieces.n; k++) kept_in[n->pieces.p[k]] = n_kept;
  }
}

/* ---------------------------------------------------------------------------------------------------------- attaching */

/* Pieces from elsewhere whose mean score with the cluster's pieces of other articles is high join it too. */
static void attach(graph *g, uint32_t home, int64_t *sum, uint32_t *known) {
  node *n = &g->nodes[home];
  const rcpi_piece *p = g->pieces->pieces;
  size_t n_own = n->pieces.n;
  RCPI_VEC(uint32_t) seen = {0};
  for (size_t i = 0; i < n_own; i++)
    for (uint32_t k = g->edges_at[n->pieces.p[i]]; k < g->edges_at[n->pieces.p[i] + 1]; k++) {
      const rcpi_pair *pair = &g->pairs[g->edges_of[k]];
      uint32_t x = pair->a ^ pair->b ^ n->pieces.p[i];
      if (p[x].telling == p[n->pieces.p[i]].telling) continue;
      if (!known[x]++) rcpi_push(g->a, &seen, x);
      sum[x] += pair->score;
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
  int64_t *sum = rcpi_array(a, int64_t, pieces->n_pieces);
  uint32_t *known = rcpi_array(a, uint32_t, pieces->n_pieces);
  RCPI_VEC(rcpi_cluster) found = {0};
  for (uint32_t i = 0; i < pieces->n_pieces; i++) {
    node *n = &g->nodes[i];
    if (!n->is_alive || n->count.n < 2) continue;
    attach(g, i, sum, known);
    qsort(n->pieces.p, n->pieces.n, sizeof *n->pieces.p, by_number);
    rcpi_push(a, &found, (rcpi_cluster){n->pieces.p, n->pieces.n});
  }
  if (found.n) qsort(found.p, found.n, sizeof *found.p, by_first);
  *out = found.p;
  return found.n;
}
