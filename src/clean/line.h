/*
 * line.h - a text without tags as lines, and what can be seen of each line by itself.
 *
 * A line is one block of the page it came from: the line ends are all that flattening left of the markup. Empty lines are
 * no lines here, but a line knows how many stood before it. Words are runs of letters and digits; marks between them are
 * only counted.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLEAN_LINE_H
#define RCPI_CLEAN_LINE_H

#include "clean/words.h"

enum { RCPI_LW_CAPITAL = 1, RCPI_LW_CAPITALS = 2, RCPI_LW_NUMBER = 4, RCPI_LW_FUNCTION = 8, RCPI_LW_MONTH = 16,
       RCPI_LW_CAPTION = 32, RCPI_LW_PUBLISHED = 64, RCPI_LW_UPDATED = 128,
       RCPI_LW_ITEM = 256 };

typedef struct rcpi_lword {
  rcp_str fold;                 /* lower case, no accents */
  uint32_t beg, end;            /* bytes of the text */
  uint32_t hash;                /* of fold */
  uint16_t flags;
  uint8_t month;
} rcpi_lword;

typedef struct rcpi_line {
  rcpi_span at;                 /* trimmed */
  uint32_t word, end_word;
  uint16_t n_words, n_capital, n_capitals, n_numbers, n_function;   /* saturating */
  uint16_t n_letters, n_upper;
  uint16_t n_ends;              /* sentence ends inside and at the end */
  uint16_t n_commas;
  uint16_t n_separators;        /* | • › > / between spaces, arrows, runs of spaces: what stands between menu entries */
  uint16_t n_dashes;            /* spaced dashes */
  uint16_t n_symbols;           /* arrows, emoji, ©: no prose */
  uint16_t longest_segment;     /* words of the longest piece between separators */
  bool ends_sentence;           /* . ! ? … or such a mark and a closing quote */
  bool has_quote;               /* any quotation mark */
  bool ends_colon, starts_symbol, starts_lower, has_copyright, has_at_sign, has_url;
  /* from the tables */
  uint16_t n_item_words;        /* words that are menu or button entries */
  uint8_t n_hints, n_inside, n_caption;
  int8_t start_kind, inside_kind, item_kind, section_kind, hint_kind;   /* -1: none */
  uint8_t start_words;          /* words of the opener, 0 without one */
  bool is_section, has_byline;
  bool start_is_marked;         /* a colon, bar, two spaces or the line's end follows the opener */
  bool start_is_weak;           /* the opener may also begin a sentence */
  uint8_t byline_words;
} rcpi_line;

typedef struct rcpi_lines {
  rcp_str text;
  rcpi_line *p;
  size_t n;
  rcpi_lword *words;
  size_t n_words;
  uint32_t n_function[8];       /* function words by language, as in langs->all */
} rcpi_lines;

void rcpi_lines_of(rcpi_arena *a, const rcpi_words *lexicon, rcp_str text, rcpi_lines *out);
static inline rcp_str rcpi_line_str(const rcpi_lines *l, size_t i) { return rcpi_at(l->text, l->p[i].at); }

#endif
