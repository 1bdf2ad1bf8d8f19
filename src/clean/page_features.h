/*
 * page_features.h - what can be seen of each line of a whole page without tags, as small numbers.
 *
 * A row of bytes a line: the line itself, its place, the prose and the marked lines around it, how much of it the title and
 * the main stretch of prose say too, its neighbours; and, for the second look, what the first made of the lines around.
 * page_model.c weighs them; nothing here decides.
 *
 * Shares are of 250; counts are sixteenths of a binary logarithm; differences of place have 128 for "here". The order is the
 * model's: new features go to the end of their list, and the model is fitted again (bench/extraction/fit_page.py).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLEAN_PAGE_FEATURES_H
#define RCPI_CLEAN_PAGE_FEATURES_H

#include "clean/flat.h"

#define RCPI_PAGE_FEATURES(F) \
  /* the line */ \
  F(WORDS) F(BYTES) F(FUNCTION) F(ENDS_SENTENCE) F(ENDS) F(COMMAS) F(CAPITAL) F(CAPITALS) F(NUMBERS) F(ITEMS) F(HINTS) F(INSIDE) \
  F(CAPTIONS) F(SYMBOLS) F(SEPARATORS) F(DASHES) F(SEGMENT) F(UPPER) F(WORD_BYTES) F(STARTS_LOWER) F(STARTS_SYMBOL) F(STARTS_NUMBER) \
  F(STARTS_FUNCTION) F(ENDS_COLON) F(ENDS_QUESTION) F(ENDS_EXCLAMATION) F(QUOTE) F(COPYRIGHT) F(AT_SIGN) F(URL) F(MONTHS) F(BYLINE) \
  F(SECTION) F(OPENER) F(OPENER_MARKED) F(OPENER_WEAK) F(START_KIND) F(INSIDE_KIND) F(ITEM_KIND) F(HINT_KIND) F(VERDICT) F(KIND) \
  /* the line and the page */ \
  F(SAME) F(SAME_BEFORE) F(TITLE_SHARE) F(TITLE_COVER) F(SITE_NAME) F(TOPIC) F(TOPIC_MOST) F(LINES) F(PROSE_LINES) F(PROSE_SHARE) \
  F(PROSE) F(PLACE) F(BEFORE) F(AFTER) F(PROSE_PLACE) F(HAS_HEAD) F(FROM_HEAD) F(IS_HEAD) \
  /* prose, marked lines and comment-like lines around, nearer ones more */ \
  F(NEAR_L) F(NEAR_R) F(NEAR_BOTH) F(AROUND_L) F(AROUND_R) F(AROUND_BOTH) F(FAR_L) F(FAR_R) F(FAR_BOTH) F(MARKED_L) F(MARKED_R) \
  F(MARKED_FAR_L) F(MARKED_FAR_R) F(TALK_L) F(TALK_R) F(TALK_FAR_L) F(TALK_FAR_R) F(TO_PROSE_L) F(TO_PROSE_R) F(TO_LONG_L) F(TO_LONG_R) \
  F(TO_SECTION_L) F(TO_SECTION_R) F(SHORT_RUN_L) F(SHORT_RUN_R) F(LIKE_AROUND) \
  /* the stretch that holds most prose, and headings of furniture */ \
  F(IN_RUN) F(FROM_RUN) F(FROM_RUN_END) F(RUN_SHARE) F(RELATED_SINCE) F(TALK_SINCE) F(LAST_SECTION) F(SINCE_SECTION)

#define RCPI_PAGE_FEATURE_ID(name) RCPI_PF_##name,
enum { RCPI_PAGE_FEATURES(RCPI_PAGE_FEATURE_ID) RCPI_N_PAGE_OWN };
#undef RCPI_PAGE_FEATURE_ID

/* Copied from the lines around. */
#define RCPI_PAGE_COPIED(C) C(WORDS) C(ENDS_SENTENCE) C(FUNCTION) C(VERDICT) C(KIND) C(SAME) C(OPENER) C(CAPITAL) C(NUMBERS) C(TITLE_SHARE) C(TOPIC) C(BYTES)
enum { RCPI_PAGE_REACH = 3, RCPI_N_PAGE_COPIED = 12 };

/* Of the first look: odds of the line and of those around; own text expected around; the stretch of most of it. */
enum {
  RCPI_N_PAGE_FEATURES = RCPI_N_PAGE_OWN + 2 * RCPI_PAGE_REACH * RCPI_N_PAGE_COPIED,
  RCPI_PAGE_ODDS = RCPI_N_PAGE_FEATURES, RCPI_PAGE_ODDS_REACH = 5,
  RCPI_PAGE_EXPECTED = RCPI_PAGE_ODDS + 2 * RCPI_PAGE_ODDS_REACH + 1,
  RCPI_N_PAGE_ALL = RCPI_PAGE_EXPECTED + 3 * 3 + 2 + 7,
};

typedef struct rcpi_page_features {
  size_t n;                    /* lines */
  uint8_t *rows;               /* n x RCPI_N_PAGE_ALL; what the first look makes of them is zero until rcpi_page_look_again */
} rcpi_page_features;

/* Of lines that have their first verdicts (rcpi_telling_lines). */
void rcpi_page_features_of(const rcpi_flat *f, rcpi_page_features *out);
/* Fills in what the first look made of the lines: odds, in thousandths. */
void rcpi_page_look_again(const rcpi_flat *f, const uint16_t *odds, rcpi_page_features *features);

#endif
