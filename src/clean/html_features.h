/*
 * html_features.h - what can be seen of each line of a page, as small numbers.
 *
 * One row of bytes a block: of the line itself (length, links, marks, phrases), of the elements around it (what their
 * classes say, how much of the page's text and prose they hold), of its neighbours, and of its likeness to other lines
 * of the page (the same classes, the same text). html_model.c weighs them; nothing here decides.
 *
 * Shares are percents; counts are eighths of a binary logarithm, so that 255 is never met by a count; FAR is "there is
 * none". The order is the model's: new features go to the end, and the model is fitted again.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLEAN_HTML_FEATURES_H
#define RCPI_CLEAN_HTML_FEATURES_H

#include "clean/clean.h"
#include "clean/html_tree.h"
#include "clean/line.h"

/* Elements around a line: the share of the page's text in the nearest of each. */
#define RCPI_AROUND(T) \
  T(ARTICLE) T(ASIDE) T(NAV) T(FOOTER) T(HEADER) T(FORM) T(TABLE) T(UL) T(OL) T(LI) T(FIGURE) T(FIGCAPTION) T(BLOCKQUOTE) \
  T(SECTION) T(MAIN) T(A) T(BUTTON) T(DETAILS) T(DIALOG) T(DL) T(LABEL) T(TIME) T(PRE) T(ADDRESS)

#define RCPI_AROUND_ID(tag) RCPI_AROUND_##tag,
enum { RCPI_AROUND(RCPI_AROUND_ID) RCPI_N_AROUND };
#undef RCPI_AROUND_ID

enum { RCPI_LEVELS = 5 };  /* block elements above a line that are measured one by one */

#define RCPI_FEATURES(F) \
  /* the line */ \
  F(IS_P) F(IS_H1) F(IS_H2) F(IS_H3) F(IS_H4) F(IS_LI) F(IS_CELL) F(IS_TERM) F(IS_QUOTE) F(IS_CAPTION) F(IS_DIV) F(IS_INLINE) \
  F(BYTES) F(WORDS) F(LINK_SHARE) F(LINKS) F(BOLD_SHARE) F(COMMAS) F(ENDS) F(ENDS_SENTENCE) F(ENDS_COLON) F(STARTS_LOWER) \
  F(STARTS_SYMBOL) F(CAPITAL_SHARE) F(UPPER_SHARE) F(FUNCTION_SHARE) F(NUMBERS) F(SEPARATORS) F(DASHES) F(SYMBOLS) F(ITEM_SHARE) \
  F(HINTS) F(INSIDE) F(CAPTIONS) F(START_KIND) F(INSIDE_KIND) F(ITEM_KIND) F(SECTION_KIND) F(IS_SECTION) F(HAS_BYLINE) \
  F(START_MARKED) F(START_WEAK) F(COPYRIGHT) F(HAS_URL) F(HAS_AT) F(MONTHS) F(IMAGES) F(LINES) F(DEPTH) F(WORD_BYTES) \
  /* the page and the place in it */ \
  F(PAGE_BLOCKS) F(PAGE_PROSE) F(PAGE_LINKS) F(PAGE_ARTICLES) F(PLACE) F(PROSE_BEFORE) F(PROSE_AFTER) F(HIDDEN) F(BODY_PROP) \
  F(AFTER_TITLE) F(TITLE_WORDS) F(IS_TITLE) F(SAME_TEXT) F(SAME_TEXT_BEFORE) \
  /* the element where prose outweighs links most, and the one with the most lines of prose of its own */ \
  F(BEST_UP) F(BEST_SIDE) F(BEST_PLACE) F(BEST_SHARE) F(OWN_UP) F(OWN_SIDE) F(OWN_SHARE) F(ARTICLE_PROSE) F(MAIN_PROSE) \
  /* lines that look the same */ \
  F(LOOK_COUNT) F(LOOK_BYTES) F(LOOK_LINKS) F(LOOK_WORDS) F(LOOK_PROSE) F(DEEP_COUNT) F(DEEP_BYTES) F(DEEP_LINKS) F(DEEP_WORDS) \
  F(DEEP_PROSE) \
  /* neighbours */ \
  F(PREV_WORDS) F(PREV_LINKS) F(PREV_HEADING) F(PREV_LOOK) F(PREV_ENDS) F(PREV2_WORDS) F(PREV2_LINKS) F(NEXT_WORDS) F(NEXT_LINKS) \
  F(NEXT_HEADING) F(NEXT_LOOK) F(NEXT_ENDS) F(NEXT2_WORDS) F(NEXT2_LINKS) F(PREV_PROSE) F(NEXT_PROSE) F(PREV_PROSE_UP) \
  F(NEXT_PROSE_UP) F(PREV_UP) F(NEXT_UP) F(SECTION_ABOVE) F(HEADING_BLOCKS) F(HEADING_LINKS)

#define RCPI_FEATURE_ID(name) RCPI_F_##name,
enum {
  RCPI_FEATURES(RCPI_FEATURE_ID)
  RCPI_F_LEVEL_PROSE,                                    /* RCPI_LEVELS each: share of the page's prose */
  RCPI_F_LEVEL_DENSE = RCPI_F_LEVEL_PROSE + RCPI_LEVELS, /* share of its text that is prose */
  RCPI_F_LEVEL_LINKS = RCPI_F_LEVEL_DENSE + RCPI_LEVELS, /* share of its text in links */
  RCPI_F_LEVEL_BLOCKS = RCPI_F_LEVEL_LINKS + RCPI_LEVELS,
  RCPI_F_AROUND = RCPI_F_LEVEL_BLOCKS + RCPI_LEVELS,
  RCPI_F_KIND_SHARE = RCPI_F_AROUND + RCPI_N_AROUND,     /* of the nearest element whose class names the kind */
  RCPI_F_KIND_UP = RCPI_F_KIND_SHARE + RCPI_N_MARKUP,    /* and how far up it is */
  RCPI_N_FEATURES = RCPI_F_KIND_UP + RCPI_N_MARKUP,
};
#undef RCPI_FEATURE_ID

enum { RCPI_FAR = 255 };

/* Kin: the same classes two and four levels up, the same parent, the same grandparent. */
enum { RCPI_GROUP_LOOK, RCPI_GROUP_DEEP, RCPI_GROUP_PARENT, RCPI_GROUP_GRAND, RCPI_GROUPS };

typedef struct rcpi_html_features {
  size_t n;                    /* blocks */
  uint8_t *rows;               /* n x RCPI_N_FEATURES */
  bool *is_prose;              /* by block: sentences, few links */
  uint32_t *group[RCPI_GROUPS];/* by block: a number that lines of one kin share (below n_groups) */
  size_t n_groups;
  const rcpi_line **line;      /* by block: its first line; NULL: none */
  const rcpi_lines *lines;
  uint32_t best;               /* the element where prose outweighs links most */
  uint64_t page_prose;         /* bytes of prose */
  rcpi_arena *a;
} rcpi_html_features;

/* `lines` are those of the tree's text; `title` is the page's, NULL when unknown. */
void rcpi_html_features_of(rcpi_arena *a, const rcpi_cleaner *cleaner, const rcpi_html_tree *tree, const rcpi_lines *lines,
                           rcp_str title, rcpi_html_features *out);

/* For those who fit models: the name of a feature, in the arena. */
const char *rcpi_html_feature_name(rcpi_arena *a, size_t feature);

#endif
