/*
 * explain.h - why alignment put the places of a claim together, for people.
 *
 * Nothing of it is kept while claims are made: asked about one claim, the story's words are weighed again as alignment
 * weighs them, and of each place the strongest tie to another article is told with the words that meet.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_EXPLAIN_H
#define RCPI_CLAIM_EXPLAIN_H

#include "claim/claim.h"

/* Words of two appearances that meet: one spelling, one name, one concept, values near one another. */
typedef struct rcpi_meeting {
  rcpi_tokens in_a, in_b;
  uint32_t weight;             /* what the meeting is worth, about 0 to 1300 */
} rcpi_meeting;

/* The strongest link of an appearance to one of another article. */
typedef struct rcpi_tie {
  uint32_t a, b;               /* appearances of the claim; it is a's link; equal: it has none, see below */
  int32_t score;               /* in thousandths; -1: a person brought it here, or another place of its own article */
  rcpi_meeting *shared;         size_t n_shared;      /* heaviest first */
} rcpi_tie;

/* One for each appearance of the claim, in their order. */
rcpi_tie *rcpi_claim_ties(rcpi_arena *a, const rcpi_story *story, const rcpi_claim *claim);

#endif
