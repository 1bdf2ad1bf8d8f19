/*
 * evidence.h - what speaks for and against two pieces carrying one claim, as a row of numbers.
 *
 * Each piece of evidence is in thousandths. score.h weighs a row; bench/alignment writes rows out to learn the weights
 * from; explain.h tells people about them. A kind of evidence added here needs a name, a line in rcpi_evidence_of and a
 * fit (bench/alignment/fit.py).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_EVIDENCE_H
#define RCPI_CLAIM_EVIDENCE_H

#include "claim/measure.h"
#include "mark/attrib.h"

typedef enum rcpi_evidence_kind {
  RCPI_E_ONE, RCPI_E_DICE, RCPI_E_DICE2, RCPI_E_MOST, RCPI_E_LEAST, RCPI_E_LETTERS, RCPI_E_LETTERS2, RCPI_E_SENTENCE, RCPI_E_APART,
  RCPI_E_WORDS, RCPI_E_NAMES, RCPI_E_COUNTRIES, RCPI_E_NUMBERS, RCPI_E_TIMES, RCPI_E_SLOTS,      /* weight met, by kind of item */
  RCPI_E_N_MET, RCPI_E_TOP, RCPI_E_UNMET, RCPI_E_MASS_MET,
  RCPI_E_TITLE, RCPI_E_QUOTED, RCPI_E_TONGUES, RCPI_E_NO_VERB,
  RCPI_E_RANK, RCPI_E_RANK_BEST, RCPI_E_COMMON, RCPI_E_DERIVED,
  RCPI_E_SPEAKER, RCPI_E_ORDER, RCPI_E_ORDER_OFF,
  RCPI_E_PATH, RCPI_E_SPLIT, RCPI_E_RIVAL, RCPI_E_RIVAL2, RCPI_E_EXTENT,      /* company.h: 0 at the first look */
  RCPI_E_N,
} rcpi_evidence_kind;

/* As the enum, in lower case: dice, names, rank_best. */
extern const char *const rcpi_evidence_names[RCPI_E_N];

enum { RCPI_SPEAKER_ITEMS = 6 };

typedef struct rcpi_evidence {
  const rcpi_telling *tellings;
  size_t n_tellings;
  const rcpi_items *items;
  const rcpi_pieces *pieces;
  rcpi_measures measures;
  struct rcpi_piece_facts { rcpi_attribution said; uint8_t lang; bool is_title, has_verb; } *facts;   /* of each piece */
  struct rcpi_piece_in {
    int16_t best;              /* its best first score there */
    int16_t expected;          /* 1 + its place there going by its neighbours' partners; 0: unknown */
  } *in;                       /* of each piece, [piece][telling] */
  int16_t *derived;            /* [telling][telling]: mean of the best scores of either's pieces */
  struct rcpi_piece_speaker { uint32_t items[RCPI_SPEAKER_ITEMS], n; } *speaker;   /* of each piece: who is said to say it */
  struct rcpi_item_worth { uint32_t weight; uint8_t kind; bool is_slot; } *worth;   /* of each item; kind: of evidence */
  uint32_t *stamp, *place, now, laid_out;   /* scratch: the items of one piece, and where they stand in it */
  struct rcpi_item_near { uint32_t stamp; uint16_t sim; } *nearest;   /* scratch: of each item, the likeness of the nearest of them */
  uint16_t *met_a, *met_b;     /* scratch: how well the items of a pair are met, by their places in their pieces */
} rcpi_evidence;

/* Measures every pair of promise: out->measures. */
void rcpi_evidence_read(rcpi_arena *a, const rcpi_telling *tellings, size_t n_tellings, const rcpi_items *items,
                        const rcpi_pieces *pieces, rcpi_evidence *out);

/* The row of a measured pair. */
void rcpi_evidence_of(rcpi_evidence *v, const rcpi_measure *m, int32_t row[RCPI_E_N]);

#endif
