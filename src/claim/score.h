/*
 * score.h - how sure it is that two pieces say the same, for the pairs that are worth asking about.
 *
 * A score is a probability in thousandths. Four steps: measure.h compares every pair within sentences near one another by
 * shared weight, letters, context and place; evidence.h gathers all that is known of the better of them; score.c adds
 * it up: evidence times weight is the log odds that people would put both places under one claim; company.h adds what the
 * scores of all say about each, and it is added up again.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_SCORE_H
#define RCPI_CLAIM_SCORE_H

#include "claim/evidence.h"

typedef struct rcpi_pair { uint32_t a, b; int32_t score; } rcpi_pair;   /* pieces, a < b */

typedef struct rcpi_scores {
  rcpi_pair *pairs;            size_t n_pairs;       /* by (a, b) within sentences; pairs of no promise are left out */
  bool is_partial;             /* near.h: a pair that is not here may be one that was never asked about */
} rcpi_scores;

/* Of the first look, then of the second, by kind of evidence: a thousand times what a whole piece of it adds to the log odds. */
enum { RCPI_SCORE_WEIGHTS = 2 * RCPI_E_N };
extern const int32_t rcpi_score_weights[RCPI_SCORE_WEIGHTS];

/* The score of a row by the weights of one look. */
int32_t rcpi_score_of(const int32_t weights[RCPI_E_N], const int32_t row[RCPI_E_N]);

/* `weights`: rcpi_score_weights, or others that are on trial. */
void rcpi_scores_read(rcpi_arena *a, rcpi_evidence *evidence, const int32_t weights[RCPI_SCORE_WEIGHTS], rcpi_scores *out);

#endif
