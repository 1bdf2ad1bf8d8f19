/*
 * company.h - what the partners of two pieces in other articles, and in each other's, say about their being one.
 *
 * A second look: after every pair has a first score, a pair gains when both have the same partners elsewhere and when its
 * neighbours in extent score well too, and loses when either has another partner where the other stands.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_COMPANY_H
#define RCPI_CLAIM_COMPANY_H

#include "claim/evidence.h"

typedef struct rcpi_company {
  const rcpi_piece *pieces;
  size_t n_tellings;
  uint32_t *at;                /* [piece]: where its partners begin; the next one's are their end */
  struct rcpi_partner { uint32_t piece, telling; uint16_t sure, best; } *partners;   /* by telling; best: at the last of a telling, of them all, else 0 */
  uint32_t laid_out;           /* scratch: a piece, how sure each is its partner, and the best of each telling */
  uint16_t *sure, *best;
  uint32_t *first;             /* and where its partners of a telling begin; UINT32_MAX: it has none */
} rcpi_company;

/* `sure`: of each measured pair its first score. Pairs come in measure.h's order. */
void rcpi_company_read(rcpi_arena *a, const rcpi_pieces *pieces, size_t n_tellings, const rcpi_measures *measures,
                       const int16_t *sure, rcpi_company *out);

/* Fills RCPI_E_PATH to RCPI_E_EXTENT of the row of a pair of two articles; quicker when `a` is as it was before. */
void rcpi_company_of(rcpi_company *c, uint32_t a, uint32_t b, int32_t sure, int32_t row[RCPI_E_N]);

#endif
