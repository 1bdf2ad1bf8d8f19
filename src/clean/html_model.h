/*
 * html_model.h - weights: from the features of a line to how likely it is the article's own.
 *
 * A sum of small decision trees (oblivious ones: every level asks one question, so a tree is six comparisons and a look
 * into a table of 64). All integers: the same answer on every machine. html_model.c is written by
 * bench/extraction/fit.py.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLEAN_HTML_MODEL_H
#define RCPI_CLEAN_HTML_MODEL_H

#include <stddef.h>
#include <stdint.h>

enum { RCPI_TREE_DEPTH = 6, RCPI_LEAF_SCALE = 1024 };

typedef struct rcpi_html_tree_weights {
  uint8_t feature[RCPI_TREE_DEPTH], above[RCPI_TREE_DEPTH];   /* bit k of the leaf: feature[k] > above[k] */
  int16_t leaf[1 << RCPI_TREE_DEPTH];                         /* log odds, times RCPI_LEAF_SCALE */
} rcpi_html_tree_weights;

extern const rcpi_html_tree_weights rcpi_html_model[];
extern const size_t rcpi_html_model_trees;
extern const int32_t rcpi_html_model_bias;
/* Of what the model was fitted with; the unit test holds it against RCPI_N_FEATURES. */
extern const size_t rcpi_html_model_features;

#endif
