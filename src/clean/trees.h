/*
 * trees.h - sums of small decision trees: from the features of a line to the odds that it is the article's own.
 *
 * The trees are oblivious (every level asks one question, so a tree is six comparisons and a look into a table of 64), and
 * all is whole numbers: the same answer on every machine. The tables (html_model.c, page_model.c) are written by
 * bench/extraction.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLEAN_TREES_H
#define RCPI_CLEAN_TREES_H

#include "base/arena.h"

enum { RCPI_TREE_DEPTH = 6, RCPI_LEAF_SCALE = 1024, RCPI_MOST_ODDS = 1000 };

typedef struct rcpi_tree {
  uint8_t feature[RCPI_TREE_DEPTH], above[RCPI_TREE_DEPTH];   /* bit k of the leaf: feature[k] > above[k] */
  int16_t leaf[1 << RCPI_TREE_DEPTH];                         /* log odds, times RCPI_LEAF_SCALE */
} rcpi_tree;

typedef struct rcpi_trees {
  const rcpi_tree *p;
  size_t n;
  int32_t bias;
  size_t n_features;             /* of what they were fitted with; a unit test holds it against the code */
} rcpi_trees;

/* Of n rows of `stride` bytes each; in thousandths. */
void rcpi_trees_odds(rcpi_arena *a, const rcpi_trees *trees, const uint8_t *rows, size_t stride, size_t n, uint16_t *odds);

/*
 * The odds from which on a line is own, so that the expected F1 of the choice is best: where 2 * (own text expected) / (text
 * taken + own text there is) is largest. `bytes` is the weight of each line; *expected is that F1.
 */
uint16_t rcpi_trees_cut(rcpi_arena *a, const uint16_t *odds, const uint32_t *bytes, size_t n, double *expected);

#endif
