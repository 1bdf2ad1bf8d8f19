/*
 * partner.h - the scored pairs by piece.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_PARTNER_H
#define RCPI_CLAIM_PARTNER_H

#include "claim/score.h"

typedef struct rcpi_partners {
  uint32_t *at;                /* [piece]: where its partners begin in `to`; the next one's are their end */
  struct rcpi_scored { uint32_t piece; int32_t score; } *to;
} rcpi_partners;

void rcpi_partners_read(rcpi_arena *a, size_t n_pieces, const rcpi_scores *scores, rcpi_partners *out);

#endif
