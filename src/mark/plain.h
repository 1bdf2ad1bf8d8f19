/*
 * plain.h - a text as plain folded words, which is what dates and numbers are written in.
 *
 * A token becomes one word or several: "vingt-sept", "mi-août", "l'an" are two each, and the letters behind a digit are
 * cut from the digits behind them (7 | h | 42), so that hyphens, spaces and apostrophes make no difference. Marks are
 * words too. Phrases in tables are written the same way: folded words (no capitals, no accents) with single spaces.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_MARK_PLAIN_H
#define RCPI_MARK_PLAIN_H

#include "mark/mark.h"

typedef struct rcpi_plain_word {
  rcp_str fold;
  uint32_t token;
  uint8_t kind;              /* rcpi_token_kind; digits cut from a token are numbers */
  bool is_first, is_last;    /* of its token */
  bool is_glued;             /* nothing at all between this word and the one before */
} rcpi_plain_word;

typedef struct rcpi_plain {
  const rcpi_text *text;
  rcpi_plain_word *w;
  size_t n;
  uint32_t *of_token;        /* first word of each token */
} rcpi_plain;

/* Read once a text: what is there already is given back. */
const rcpi_plain *rcpi_plain_of(rcpi_arena *a, const rcpi_text *text, rcpi_marks *marks);

static inline bool rcpi_plain_is(const rcpi_plain *words, size_t i, const char *fold) {
  return i < words->n && rcpi_is(words->w[i].fold, fold);
}
/* Do words i - 1 and i stand in one sentence? */
bool rcpi_plain_same_sentence(const rcpi_plain *words, size_t i, size_t k);

/* Words [beg, end) as tables write them, in `out`; .p NULL when they don't fit. Glued marks are not set apart: "km/h". */
enum { RCPI_PHRASE_BYTES = 80 };
rcp_str rcpi_plain_phrase(const rcpi_plain *words, size_t beg, size_t end, char out[RCPI_PHRASE_BYTES]);
/* Any text the same way, in `a`: for tables that keep names as they are written. */
rcp_str rcpi_plain_fold(rcpi_arena *a, rcp_str s);
/* The row whose phrase begins at word `at`, longest first, at most `most` words; *n_words gets how many. RCPI_NONE without one. */
size_t rcpi_plain_find(const rcpi_plain *words, const rcpi_table *t, size_t at, size_t most, size_t *n_words);
/* The same for phrases that end before word `at`, not reaching before `first`. */
size_t rcpi_plain_find_before(const rcpi_plain *words, const rcpi_table *t, size_t first, size_t at, size_t most, size_t *n_words);

#endif
