/*
 * sets.h - disjoint sets (union-find): things found, pair by pair, to be one.
 *
 * The root of a set is its smallest member, so that results do not depend on the order of unions.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_BASE_SETS_H
#define RCPI_BASE_SETS_H

#include "base/arena.h"

typedef struct rcpi_sets { uint32_t *parent; size_t n; } rcpi_sets;

static inline void rcpi_sets_init(rcpi_arena *a, rcpi_sets *s, size_t n) {
  *s = (rcpi_sets){rcpi_array(a, uint32_t, n), n};
  for (uint32_t i = 0; i < n; i++) s->parent[i] = i;
}

static inline uint32_t rcpi_sets_root(rcpi_sets *s, uint32_t x) {
  while (s->parent[x] != x) x = s->parent[x] = s->parent[s->parent[x]];
  return x;
}

static inline void rcpi_sets_join(rcpi_sets *s, uint32_t x, uint32_t y) {
  x = rcpi_sets_root(s, x);
  y = rcpi_sets_root(s, y);
  if (x < y) s->parent[y] = x;
  else s->parent[x] = y;
}

#endif
