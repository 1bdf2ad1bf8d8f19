/*
 * Three kinds of link make a tree, surest first: known directions, siblings (which get a parent that is not here),
 * links of unknown direction (the later text is put below the earlier one; the drawing shows no arrow). A link that
 * would close a circle is left to `also`. Quadratic in the depth of a family at worst; nobody copies 50 deep.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "dossier/family.h"

#include <stdlib.h>

/* Nodes: tellings first, then texts that are not here. */
typedef struct tree {
  const rcpi_view *v;
  uint32_t *parent, *link;     /* by node */
  uint32_t *first;             /* by node: the earliest number in its family below it */
  uint32_t n_nodes;
} tree;

static uint32_t child_of(const rcpi_derivation *x) { return x->direction == RCPI_A_FROM_B ? x->a : x->b; }
static uint32_t parent_of(const rcpi_derivation *x) { return x->direction == RCPI_A_FROM_B ? x->b : x->a; }

static uint32_t root_of(const tree *t, uint32_t node) {
  while (t->parent[node] != RCPI_NO_ROW) node = t->parent[node];
  return node;
}

/* The stronger of two links: more than a part, then the share, then who was first. */
static bool is_stronger(const tree *t, const rcpi_derivation *x, const rcpi_derivation *y) {
  if ((x->kind == RCPI_PARTIAL) != (y->kind == RCPI_PARTIAL)) return y->kind == RCPI_PARTIAL;
  if (x->shared != y->shared) return x->shared > y->shared;
  return t->v->number[parent_of(x)] < t->v->number[parent_of(y)];
}

static int by_strength(const void *x, const void *y, void *context) {
  const tree *t = context;
  uint32_t i = *(const uint32_t *)x, k = *(const uint32_t *)y;
  const rcpi_derivation *all = t->v->d->story.derivations;
  return is_stronger(t, &all[i], &all[k]) ? -1 : is_stronger(t, &all[k], &all[i]) ? 1 : i < k ? -1 : 1;
}

static void join(tree *t, uint32_t child, uint32_t parent, uint32_t link) {
  if (t->parent[child] != RCPI_NO_ROW || root_of(t, parent) == child) return;
  t->parent[child] = parent;
  t->link[child] = link;
}

/* Two roots that are siblings get a parent; one that has such a parent already takes the other in. */
static void join_siblings(tree *t, uint32_t a, uint32_t b) {
  uint32_t n = (uint32_t)t->v->d->story.n_tellings, roots[] = {root_of(t, a), root_of(t, b)};
  if (roots[0] == roots[1]) return;
  bool is_bare[] = {roots[0] == a || roots[0] >= n, roots[1] == b || roots[1] >= n};
  if (!is_bare[0] || !is_bare[1]) return;   /* one has a parent that is here: the other's is a guess */
  if (roots[0] < n && roots[1] < n) {
    t->parent[roots[0]] = t->parent[roots[1]] = t->n_nodes++;
  } else {
    unsigned absent = roots[0] >= n ? 0 : 1;
    t->parent[roots[1 - absent]] = roots[absent];
  }
}

static void join_all(tree *t, const uint32_t *strongest) {
  const rcpi_story *s = &t->v->d->story;
  for (size_t i = 0; i < s->n_derivations; i++) {
    const rcpi_derivation *x = &s->derivations[strongest[i]];
    if (x->direction == RCPI_A_FROM_B || x->direction == RCPI_B_FROM_A) join(t, child_of(x), parent_of(x), strongest[i]);
  }
  for (size_t i = 0; i < s->n_derivations; i++) {
    const rcpi_derivation *x = &s->derivations[strongest[i]];
    if (x->direction == RCPI_SIBLINGS) join_siblings(t, x->a, x->b);
  }
  for (size_t i = 0; i < s->n_derivations; i++) {
    const rcpi_derivation *x = &s->derivations[strongest[i]];
    if (x->direction != RCPI_UNKNOWN) continue;
    bool a_first = t->v->number[x->a] < t->v->number[x->b];
    join(t, a_first ? x->b : x->a, a_first ? x->a : x->b, strongest[i]);
  }
}

static int by_first(const void *x, const void *y, void *context) {
  const tree *t = context;
  uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
  return t->first[a] != t->first[b] ? (t->first[a] < t->first[b] ? -1 : 1) : a < b ? 1 : -1;
}

/* Rows in order: a stack of nodes, children pushed last first. */
static void lay_rows(rcpi_arena *a, tree *t, rcpi_families *out) {
  uint32_t *nodes = rcpi_array(a, uint32_t, t->n_nodes), *row = rcpi_array(a, uint32_t, t->n_nodes);
  RCPI_VEC(uint32_t) stack = {0};
  for (uint32_t i = 0; i < t->n_nodes; i++) nodes[i] = i;
  qsort_r(nodes, t->n_nodes, sizeof *nodes, by_first, t);
  for (uint32_t i = t->n_nodes; i-- > 0;)
    if (t->parent[nodes[i]] == RCPI_NO_ROW) rcpi_push(a, &stack, nodes[i]);
  out->rows = rcpi_array(a, rcpi_family_row, t->n_nodes);
  out->row_of = rcpi_array(a, uint32_t, t->v->d->story.n_tellings);
  while (stack.n) {
    uint32_t node = stack.p[--stack.n], up = t->parent[node], r = (uint32_t)out->n_rows++;
    bool is_here = node < t->v->d->story.n_tellings;
    row[node] = r;
    if (is_here) out->row_of[node] = r;
    if (up == RCPI_NO_ROW) out->n_families++;
    out->rows[r] = (rcpi_family_row){is_here ? node : RCPI_NO_ROW, up == RCPI_NO_ROW ? RCPI_NO_ROW : row[up], t->link[node],
                                     up == RCPI_NO_ROW ? 0 : out->rows[row[up]].depth + 1, out->n_families - 1};
    for (uint32_t i = t->n_nodes; i-- > 0;)
      if (t->parent[nodes[i]] == node) rcpi_push(a, &stack, nodes[i]);
  }
}

/* What the tree does not say: other parents, and links between families. */
static void list_others(rcpi_arena *a, const tree *t, rcpi_families *out) {
  const rcpi_story *s = &t->v->d->story;
  out->also = rcpi_array(a, uint32_t, s->n_derivations);
  for (uint32_t i = 0; i < s->n_derivations; i++) {
    const rcpi_derivation *x = &s->derivations[i];
    bool has_direction = x->direction == RCPI_A_FROM_B || x->direction == RCPI_B_FROM_A;
    if (t->link[x->a] == i || t->link[x->b] == i) continue;
    if (!has_direction && root_of(t, x->a) == root_of(t, x->b)) continue;
    bool is_above = false;
    for (uint32_t up = has_direction ? t->parent[child_of(x)] : RCPI_NO_ROW; up != RCPI_NO_ROW; up = t->parent[up])
      is_above |= up == parent_of(x);
    if (!is_above) out->also[out->n_also++] = i;
  }
}

void rcpi_families_init(rcpi_arena *a, const rcpi_view *v, rcpi_families *out) {
  const rcpi_story *s = &v->d->story;
  size_t most = s->n_tellings * 2;   /* a text that is not here has two children at least */
  tree t = {v, rcpi_array(a, uint32_t, most), rcpi_array(a, uint32_t, most), rcpi_array(a, uint32_t, most), (uint32_t)s->n_tellings};
  uint32_t *strongest = rcpi_array(a, uint32_t, s->n_derivations);
  for (size_t i = 0; i < most; i++) t.parent[i] = t.link[i] = t.first[i] = RCPI_NO_ROW;
  for (uint32_t i = 0; i < s->n_derivations; i++) strongest[i] = i;
  if (s->n_derivations) qsort_r(strongest, s->n_derivations, sizeof *strongest, by_strength, &t);
  join_all(&t, strongest);
  for (uint32_t i = 0; i < s->n_tellings; i++)
    for (uint32_t node = i; node != RCPI_NO_ROW; node = t.parent[node])
      if (v->number[i] < t.first[node]) t.first[node] = v->number[i];
  *out = (rcpi_families){.n_rows = 0};
  lay_rows(a, &t, out);
  list_others(a, &t, out);
}
