/*
 * extend.h - how far two texts go together around a place where they agree.
 *
 * Texts are arrays of word numbers (or hashes: only equality counts). From a run of equal words the match is carried on
 * both ways, over small edits, as far as agreement outweighs change: each equal word counts 1, each word put in, left
 * out or changed costs 1, and the ends are where that sum is highest (the X-drop rule of sequence search, Zhang et al.
 * 2000, with a greedy step in place of the table). So a passage neither begins nor ends with an edit.
 *
 * With a and b exchanged the result is the same, but for texts that repeat one phrase over and over.
 * Cost: proportional to the length of the result.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_REUSE_EXTEND_H
#define RCPI_REUSE_EXTEND_H

#include "base/arena.h"

typedef struct rcpi_words { const uint32_t *p; uint32_t beg, end; } rcpi_words;   /* p[beg] to before p[end] may be used */

typedef struct rcpi_match {
  uint32_t a, a_end, b, b_end;   /* half open */
  uint32_t n_same;               /* equal words in it */
  uint32_t longest;              /* the longest run of equal words */
  bool is_verbatim;              /* no edit at all */
} rcpi_match;

/* a.p[i] .. a.p[i + n) equals b.p[j] .. b.p[j + n), n > 0, inside the bounds. */
rcpi_match rcpi_extend(rcpi_words a, rcpi_words b, uint32_t i, uint32_t j, uint32_t n);

/* Passages of one pair, disjoint in either text. */
typedef struct rcpi_matches { rcpi_match *p; size_t n, cap; } rcpi_matches;
/*
 * Narrows a and b to what earlier passages leave free around (i, j); false where a seed of n words finds no room there, or
 * where a pair has RCPI_MAX_MATCHES already.
 */
bool rcpi_extend_free(const rcpi_matches *found, uint32_t i, uint32_t j, uint32_t n, rcpi_words *a, rcpi_words *b);
/* By place in a. */
void rcpi_matches_sort(rcpi_matches *found);

enum { RCPI_MAX_MATCHES = 512 };

#endif
