/*
 * reuse.h - shared text between the articles of one story: aligned passages, how much of the shorter text they cover.
 *
 * The exact, all-pairs form for a story's few articles; corpora go through sketch.h and index.h in this folder.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_REUSE_REUSE_H
#define RCPI_REUSE_REUSE_H

#include "text/text.h"

/* Bytes of either text. is_verbatim: the same words throughout; else a word was changed, put in or left out somewhere. */
typedef struct rcpi_passage { rcpi_span a, b; bool is_verbatim; } rcpi_passage;

typedef struct rcpi_shared {
  uint32_t a, b;               /* indices of texts, a < b */
  double resemblance;          /* Jaccard of word shingles, own words only */
  double containment_a;        /* share of a's own words that lie in shared passages; b likewise */
  double containment_b;
  rcpi_passage *passages;      /* by place in a, disjoint in either text */
  size_t n_passages;
  uint32_t longest;            /* words in the longest run without an edit */
  double quoted;               /* share of the passages' words that stand in quotation marks in both: two who quote one speech */
} rcpi_shared;

/* Every pair that shares a passage of at least eight words (sixteen characters of an unspaced script); by (a, b). */
size_t rcpi_reuse_pairs(rcpi_arena *a, const rcpi_text *const *texts, size_t n_texts, rcpi_shared **out);

#endif
