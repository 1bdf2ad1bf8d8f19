/*
 * number.h - a number in digits or words: 27, 41,5, 10 000, 38 millions, quatre-vingt-dix-sept, une centaine, two dozen.
 *
 * What its words are is the table `numbers` (docs/marks.md); which mark parts decimals is the setting "decimal" of
 * lang.tsv. Units, rounding words and what is counted are quantity.h's.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_MARK_NUMBER_H
#define RCPI_MARK_NUMBER_H

#include "mark/plain.h"

typedef struct rcpi_numbers {
  const rcpi_table *table;
  int kind_column, value_column;
  char decimal;              /* ',' or '.' */
} rcpi_numbers;

typedef struct rcpi_number {
  double value;
  bool is_fuzzy;             /* une centaine, deux douzaines: about that */
  bool is_open;              /* des millions, plusieurs dizaines: some of them; value is the scale */
  bool is_article;           /* un, une, a alone: seldom a count */
  bool is_digits;            /* begins with digits */
  bool is_fraction;          /* deux tiers */
  bool is_scaled;            /* a word of scale stands in it: 38 millions */
} rcpi_number;

rcpi_numbers rcpi_numbers_of(const rcpi_lang *lang);
/* The number that begins at word `at`: how many words it takes, 0 when there is none. */
size_t rcpi_number_at(const rcpi_numbers *numbers, const rcpi_plain *words, size_t at, rcpi_number *out);
/* "et demi", "and a half" at word `at`, behind a unit (deux ans et demi): how many words. */
size_t rcpi_number_and_half(const rcpi_numbers *numbers, const rcpi_plain *words, size_t at);
/* A number in digits alone; false for what is none: 12.03.2024, 1,2,3. */
bool rcpi_number_digits(const rcpi_numbers *numbers, rcp_str s, double *out);

#endif
