/*
 * near.h - which sentences of a story are worth comparing.
 *
 * Each sentence proposes those it shares most weight with, through lists of the sentences that hold an item; so the work
 * follows what is shared and not the square of the story.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_NEAR_H
#define RCPI_CLAIM_NEAR_H

#include "claim/piece.h"

/* Sentences near sentence i: of[at[i]] to of[at[i + 1]], sorted, itself included; when t is near i, i is near t. */
typedef struct rcpi_near {
  uint32_t *at, *of;
  bool is_partial;             /* a story so large that most sentences were not asked about most others */
} rcpi_near;

void rcpi_near_find(rcpi_arena *a, const rcpi_items *items, const rcpi_pieces *pieces, rcpi_near *out);

#endif
