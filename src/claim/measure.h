/*
 * measure.h - what two pieces share, in thousandths, and a first score made of it by hand.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_MEASURE_H
#define RCPI_CLAIM_MEASURE_H

#include "claim/piece.h"

typedef struct rcpi_measure {
  uint32_t a, b;               /* pieces, a < b */
  int16_t dice;                /* share of both pieces' weight that is met in the other */
  int16_t most, least;         /* the same of the piece that is met more, and less */
  int16_t letters;             /* cosine of letter grams */
  int16_t sentence;            /* dice of the two whole sentences */
  int16_t apart;               /* difference of their places, as shares of their articles */
  int16_t first;               /* the first score, less what both share with everything */
} rcpi_measure;

typedef struct rcpi_measures {
  rcpi_measure *pairs;         size_t n_pairs;       /* of some promise only */
  int32_t *common;             /* of each piece: its mean score with the pieces of other articles */
  bool is_partial;             /* near.h */
} rcpi_measures;

void rcpi_measures_read(rcpi_arena *a, const rcpi_telling *tellings, size_t n_tellings, const rcpi_items *items,
                        const rcpi_pieces *pieces, rcpi_measures *out);

#endif
