/*
 * piece.h - the places that may carry a claim: clauses, and pairs of clauses that follow one another in a sentence.
 *
 * Clauses come from mark/attrib. Words that only say who speaks are no piece: they agree with one another perfectly
 * ("a déclaré la préfète") and say nothing about the world. A pair is offered beside its two clauses because one account
 * says in two clauses what another says in one; alignment keeps at most the better of pieces that overlap.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_PIECE_H
#define RCPI_CLAIM_PIECE_H

#include "claim/item.h"
#include "mark/attrib.h"

typedef struct rcpi_piece {
  uint32_t telling;
  rcpi_tokens at;
  uint32_t sentence;           /* index in rcpi_pieces.sentences */
  uint32_t clause, n_clauses;  /* in rcpi_pieces.clauses; 1 or 2 */
  uint32_t *items;             /* without doubles, sorted */
  uint32_t n_items;
  uint32_t mass;               /* sum of their weights */
  uint32_t position;           /* of its middle among the article's own words, 0 to 1000 */
} rcpi_piece;

typedef struct rcpi_piece_sentence {
  uint32_t telling;
  uint32_t first, n;           /* pieces, by place, clauses before the pairs that begin with them */
  uint32_t clause, n_clauses;
  uint32_t *items, n_items, mass;
} rcpi_piece_sentence;

typedef struct rcpi_pieces {
  rcpi_piece *pieces;          size_t n_pieces;     /* by telling */
  rcpi_piece_sentence *sentences;  size_t n_sentences;
  struct rcpi_piece_clause { uint32_t telling; rcpi_tokens at; bool is_piece; } *clauses;   size_t n_clauses;
} rcpi_pieces;

void rcpi_pieces_read(rcpi_arena *a, const rcpi_telling *tellings, size_t n_tellings, const rcpi_items *items,
                      rcpi_pieces *out);
/* The first piece of a telling or of one behind it. */
size_t rcpi_pieces_first(const rcpi_pieces *pieces, uint32_t telling);

#endif
