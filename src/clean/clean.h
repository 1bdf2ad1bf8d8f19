/*
 * clean.h - title, date, publisher, byline, and which spans of a text are the article's own words.
 *
 * html.c judges pages by their markup; flat.c judges text without tags (also what html.c leaves in doubt) line by line.
 * What both know of words (openers, cookie words, captions) are tables: furniture, months; words.h searches them.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLEAN_CLEAN_H
#define RCPI_CLEAN_CLEAN_H

#include "clean/html_words.h"
#include "clean/words.h"
#include "input/article.h"

/* What cleaning needs to know, made once for an engine; it does not change. */
typedef struct rcpi_cleaner {
  const rcpi_langs *langs;
  const rcpi_words *words;
  const rcpi_markup_words *markup_words;
} rcpi_cleaner;
const rcpi_cleaner *rcpi_cleaner_new(rcpi_arena *a, const rcpi_langs *langs);

/*
 * Fills what article.h says cleaning adds, once; language is told from the own words when nobody states it. False when
 * a page meets a limit: then *why says which, and the article can't be used.
 */
bool rcpi_clean(const rcpi_cleaner *cleaner, rcp_article *article, const char **why);

/* The article's own words only, paragraphs a line each, without title: what `extract` writes. In `a`. */
rcp_str rcpi_clean_own_text(rcpi_arena *a, const rcp_article *article);

/* Marks furniture in text without tags: fills furniture, title, title_at, byline, published, publisher where unset. */
void rcpi_clean_flat(const rcpi_cleaner *cleaner, rcp_article *article);

#endif
