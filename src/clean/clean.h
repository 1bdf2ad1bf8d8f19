/*
 * clean.h - title, date, publisher, byline, and which spans of a text are the article's own words.
 *
 * html.c judges pages by their markup; flat.c judges text without tags (also what html.c leaves in doubt) line by line.
 * What both know of words (openers, cookie words, captions) are tables: furniture, agencies, months.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLEAN_CLEAN_H
#define RCPI_CLEAN_CLEAN_H

#include "input/article.h"

/* Fills what article.h says cleaning adds, once; language is told from the own words when nobody states it. */
void rcpi_clean(const rcpi_langs *langs, rcp_article *article);

/* The article's own words only, paragraphs a line each, without title: what `extract` writes. In `a`. */
rcp_str rcpi_clean_own_text(rcpi_arena *a, const rcp_article *article);

/* Marks furniture in text without tags: fills furniture, title, title_at, byline, published, publisher where unset. */
void rcpi_clean_flat(const rcpi_langs *langs, rcp_article *article);

#endif
