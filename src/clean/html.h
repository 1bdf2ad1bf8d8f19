/*
 * html.h - a page to an article: its text in reading order, which of it is furniture, and what its head says.
 *
 * The way: html_scan (tags and texts) -> html_tree (elements, lines) -> html_meta (title, dates, names) and html_choose
 * (which lines are the article's own) -> article.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLEAN_HTML_H
#define RCPI_CLEAN_HTML_H

#include "clean/clean.h"

/*
 * From article->html: fills text, furniture, title_at, confidence, step, and what was not stated of title, byline,
 * publisher, published, url, language. False with a reason when the page meets a limit.
 */
bool rcpi_clean_html(const rcpi_cleaner *cleaner, rcp_article *article, const char **why);

#endif
