/*
 * score.h - how sure it is that two pieces say the same, for the pairs that are worth asking about.
 *
 * A score is a probability in thousandths. Two steps: measure.h compares every pair within sentences near one another by
 * shared weight, letters, context and place; score.c weighs the better of them by all that is known (evidence: which
 * kinds of item are met, whether either has a better partner in the other's article, what both share with everything).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_SCORE_H
#define RCPI_CLAIM_SCORE_H

#include "claim/measure.h"

typedef struct rcpi_pair { uint32_t a, b; int32_t score; } rcpi_pair;   /* pieces, a < b */

typedef struct rcpi_scores {
  rcpi_pair *pairs;            size_t n_pairs;       /* by (a, b) within sentences; pairs of no promise are left out */
  bool is_partial;             /* near.h: a pair that is not here may be one that was never asked about */
} rcpi_scores;

void rcpi_scores_read(rcpi_arena *a, const rcpi_telling *tellings, size_t n_tellings, const rcpi_items *items,
                      const rcpi_pieces *pieces, rcpi_scores *out);

#endif
