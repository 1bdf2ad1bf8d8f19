/*
 * Row by row, a tree is six loads that depend on its numbers and a look into its table; at 300 trees a line that was an eighth of
 * all the time that a page took. So rows are taken 64 at a time with the features as columns: a level of a tree is then one
 * comparison of 64 bytes with a constant, which compilers turn into a handful of vector instructions on any machine.
 * Whole numbers in any order give the same sum.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "clean/trees.h"

#include <stdlib.h>
#include <string.h>

/* 1 / (1 + exp(-x / 16)) in thousandths, for x = -128 .. 127. */
static const uint16_t sigmoid[256] = {
    0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 6, 6, 6,
    7, 7, 8, 8, 9, 9, 10, 10, 11, 12, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 23, 24, 26, 28,
    29, 31, 33, 35, 37, 40, 42, 45, 47, 50, 53, 57, 60, 64, 68, 72, 76, 80, 85, 90, 95, 101, 107, 113,
    119, 126, 133, 140, 148, 156, 165, 173, 182, 192, 202, 212, 223, 234, 245, 257, 269, 281, 294, 307, 321, 335, 349, 363,
    378, 392, 407, 423, 438, 453, 469, 484, 500, 516, 531, 547, 562, 577, 593, 608, 622, 637, 651, 665, 679, 693, 706, 719,
    731, 743, 755, 766, 777, 788, 798, 808, 818, 827, 835, 844, 852, 860, 867, 874, 881, 887, 893, 899, 905, 910, 915, 920,
    924, 928, 932, 936, 940, 943, 947, 950, 953, 955, 958, 960, 963, 965, 967, 969, 971, 972, 974, 976, 977, 978, 980, 981,
    982, 983, 984, 985, 986, 987, 988, 988, 989, 990, 990, 991, 991, 992, 992, 993, 993, 994, 994, 994, 995, 995, 995, 996,
    996, 996, 996, 997, 997, 997, 997, 997, 998, 998, 998, 998, 998, 998, 998, 998, 998, 999, 999, 999, 999, 999, 999, 999,
    999, 999, 999, 999, 999, 999, 999, 999, 999, 999, 1000, 1000, 1000, 1000, 1000, 1000,
};

static uint16_t odds_of(int32_t log_odds) {
  int32_t x = log_odds * 16 / RCPI_LEAF_SCALE;
  return sigmoid[(x < -128 ? -128 : x > 127 ? 127 : x) + 128];
}

enum { LANES = 64, VECTOR = 16 };
typedef uint8_t vector __attribute__((vector_size(VECTOR)));   /* of gcc and clang; a comparison gives 255 or 0 in each byte */
typedef union column { uint8_t row[LANES]; vector part[LANES / VECTOR]; } column;

/* The leaf that each of the rows falls into. */
static inline void leaves_of(const rcpi_tree *t, const column *columns, column *leaf) {
  vector sum[LANES / VECTOR] = {{0}};
  for (unsigned k = 0; k < RCPI_TREE_DEPTH; k++) {
    const column *c = &columns[t->feature[k]];
    vector above = (vector){0} + t->above[k], bit = (vector){0} + (uint8_t)(1u << k);
    for (size_t i = 0; i < LANES / VECTOR; i++) sum[i] |= (vector)(c->part[i] > above) & bit;
  }
  memcpy(leaf, sum, sizeof *leaf);
}

void rcpi_trees_odds(rcpi_arena *a, const rcpi_trees *trees, const uint8_t *rows, size_t stride, size_t n, uint16_t *odds) {
  rcpi_mark scratch = rcpi_arena_mark(a);
  column *columns = rcpi_array(a, column, trees->n_features), leaf;
  for (size_t from = 0; from < n; from += LANES) {
    size_t some = n - from < LANES ? n - from : LANES;
    int32_t sum[LANES];
    for (size_t i = 0; i < some; i++) {
      const uint8_t *row = rows + (from + i) * stride;
      for (size_t f = 0; f < trees->n_features; f++) columns[f].row[i] = row[f];
      sum[i] = trees->bias;
    }
    for (size_t t = 0; t < trees->n; t++) {
      leaves_of(&trees->p[t], columns, &leaf);
      for (size_t i = 0; i < some; i++) sum[i] += trees->p[t].leaf[leaf.row[i]];
    }
    for (size_t i = 0; i < some; i++) odds[from + i] = odds_of(sum[i]);
  }
  rcpi_arena_rewind(a, scratch);
}

typedef struct judged { uint32_t i, bytes; uint16_t odds; } judged;

static int by_odds(const void *x, const void *y) {
  const judged *a = x, *b = y;
  return a->odds != b->odds ? b->odds - a->odds : (a->i > b->i) - (a->i < b->i);
}

uint16_t rcpi_trees_cut(rcpi_arena *a, const uint16_t *odds, const uint32_t *bytes, size_t n, double *expected) {
  judged *all = rcpi_array(a, judged, n);
  double total = 0, own = 0, taken = 0, best = 0;
  uint16_t cut = RCPI_MOST_ODDS / 2;
  for (size_t i = 0; i < n; i++) {
    all[i] = (judged){(uint32_t)i, bytes[i], odds[i]};
    total += (double)bytes[i] * odds[i] / RCPI_MOST_ODDS;
  }
  qsort(all, n, sizeof *all, by_odds);
  for (size_t k = 0; k < n; k++) {
    own += (double)all[k].bytes * all[k].odds / RCPI_MOST_ODDS;
    taken += all[k].bytes;
    if (2 * own / (taken + total) > best) best = 2 * own / (taken + total), cut = all[k].odds;
  }
  *expected = best;
  return cut;
}
