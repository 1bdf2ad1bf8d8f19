/*
 * telling.h - furniture of a text that is one article with what its page left between the paragraphs.
 *
 * Input is what people paste or crawlers keep: a title, paragraphs a line each, and among them dates, bylines, menus,
 * "Lire aussi" lines, captions, cookie words. Every line is judged; a line may also hold furniture at its head (an
 * agency's dateline) or its end (a credit in brackets).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLEAN_TELLING_H
#define RCPI_CLEAN_TELLING_H

#include "clean/line.h"

/* Fills furniture and title_at, and title where it is unset. */
void rcpi_telling_judge(const rcpi_words *lexicon, const rcpi_lines *lines, rcp_article *article);

#endif
