/*
 * score.h - how much two pieces say the same, for the pairs that are worth asking about.
 *
 * Scores are in thousandths; about 310 and above is "the same claim". They are comparable over stories: what a piece
 * shares with everything else in its story is taken off. Only pairs of sentences that share weighty items are looked at,
 * so the work grows with what is shared and not with the square of the story.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_SCORE_H
#define RCPI_CLAIM_SCORE_H

#include "claim/piece.h"

typedef struct rcpi_pair { uint32_t a, b; int32_t score; } rcpi_pair;   /* pieces, a < b */

typedef struct rcpi_scores {
  rcpi_pair *pairs;            size_t n_pairs;       /* by (a, b); pairs that score under 0 are left out */
} rcpi_scores;

void rcpi_scores_read(rcpi_arena *a, const rcpi_telling *tellings, size_t n_tellings, const rcpi_items *items,
                      const rcpi_pieces *pieces, rcpi_scores *out);

#endif
