/* SPDX-License-Identifier: Apache-2.0 */
#include "clean/trees.h"

#include <stdlib.h>

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

uint16_t rcpi_trees_odds(const rcpi_trees *trees, const uint8_t *row) {
  int32_t sum = trees->bias;
  for (size_t i = 0; i < trees->n; i++) {
    const rcpi_tree *t = &trees->p[i];
    unsigned leaf = 0;
    for (unsigned k = 0; k < RCPI_TREE_DEPTH; k++) leaf |= (unsigned)(row[t->feature[k]] > t->above[k]) << k;
    sum += t->leaf[leaf];
  }
  return odds_of(sum);
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
