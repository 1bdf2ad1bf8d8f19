/*
 * letters.h - likeness of clauses by their letter 4-grams, weighed by how rare they are in the story: it meets what stems
 * and tables miss ("Malcombe" and "Malcomb", "rénovation" and "rénover").
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_LETTERS_H
#define RCPI_CLAIM_LETTERS_H

#include "claim/piece.h"

typedef struct rcpi_letters {
  struct rcpi_clause_letters { uint32_t *gram; uint16_t *weight; size_t n; } *of;   /* of each clause, by gram */
  size_t n_grams;
  double *norm;                /* length of each piece's vector */
  uint16_t *spread;            /* scratch: the weights of one clause by gram */
} rcpi_letters;

void rcpi_letters_read(rcpi_arena *a, const rcpi_telling *tellings, const rcpi_pieces *pieces, rcpi_letters *out);

/* Lays a clause out for rcpi_letters_dot with others, or takes it up again. */
void rcpi_letters_spread(rcpi_letters *l, uint32_t clause, bool is_on);
uint64_t rcpi_letters_dot(const rcpi_letters *l, uint32_t clause);

#endif
