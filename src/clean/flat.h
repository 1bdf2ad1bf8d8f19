/*
 * flat.h - what the parts of the flat-text judge share: lines, a verdict for each, the title, where prose begins and ends.
 *
 * flat.c calls them in this order: line.c (what is seen of a line), telling.c or page.c (verdicts), title.c, inline.c
 * (furniture inside own lines), fields.c (date, author, publisher out of the furniture).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLEAN_FLAT_H
#define RCPI_CLEAN_FLAT_H

#include "clean/clean.h"
#include "clean/line.h"

typedef enum rcpi_verdict { RCPI_UNDECIDED, RCPI_PROSE, RCPI_JUNK } rcpi_verdict;
typedef struct rcpi_judged { rcpi_verdict verdict; rcpi_furniture_kind kind; } rcpi_judged;

typedef struct rcpi_flat {
  rcpi_arena *a;
  const rcpi_words *lexicon;
  const rcpi_lang *lang;          /* may be NULL */
  rcpi_lines lines;
  rcpi_judged *judged;            /* one a line */
  size_t first, last;             /* prose lines; lines.n when there is none */
  size_t title;                   /* line, or RCPI_NONE */
} rcpi_flat;

static inline const rcpi_lword *rcpi_line_word(const rcpi_flat *f, const rcpi_line *l, size_t i) {
  return l->word + i < l->end_word ? &f->lines.words[l->word + i] : NULL;
}
static inline unsigned rcpi_function_share(const rcpi_line *l) { return l->n_words ? l->n_function * 100u / l->n_words : 0; }
static inline void rcpi_judge_as(rcpi_flat *f, size_t line, rcpi_furniture_kind kind) { f->judged[line] = (rcpi_judged){RCPI_JUNK, kind}; }
/* "19h15", "9h" as one word */
bool rcpi_is_clock_word(rcp_str fold);

/* Sentences, whatever they say. */
bool rcpi_is_prose(const rcpi_line *l);
/* telling.c: verdicts line by line, by rules; then by place, once the title is known. */
void rcpi_telling_lines(rcpi_flat *f);
void rcpi_telling_places(rcpi_flat *f);
/* page.c: is this a whole page and not one article's text? Then the lines of the article, in place of telling_places. */
bool rcpi_page_is_whole(const rcpi_flat *f);
void rcpi_page_lines(rcpi_flat *f, rcp_article *article);
/* title.c: sets title; `article` may state it. */
void rcpi_title_find(rcpi_flat *f, const rcp_article *article);
/* The same for a whole page, whose first line is its head's title: where that stands again, else it without the site's name. */
void rcpi_title_of_page(rcpi_flat *f, rcp_article *article);
/* inline.c: writes furniture and title_at. */
void rcpi_inline_cut(rcpi_flat *f, rcp_article *article);
/*
 * The end of a dateline at the head of a line: "VERNOISE, 12 mars 2024 (ANP) -", "PARIS (AFP) –", "LONDON - ". Places and dates, an
 * agency in brackets, a dash; 0 when there is none.
 */
uint32_t rcpi_inline_dateline(const rcpi_flat *f, const rcpi_line *l);
/* fields.c: published, byline, publisher where unset. */
void rcpi_fields_read(const rcpi_flat *f, rcp_article *article);

#endif
