/*
 * html_meta.h - what a page says of itself: title, who wrote and published it, when, where, in which language.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLEAN_HTML_META_H
#define RCPI_CLEAN_HTML_META_H

#include "base/date.h"
#include "clean/clean.h"
#include "clean/html_tree.h"
#include "clean/line.h"

/* A day that the page may have been published on: where it was seen (html_day.c), as a bit for each kind of place. */
typedef struct rcpi_html_day {
  rcpi_date date;
  rcp_str stamp;               /* with its time, where one is stated; else .p is NULL */
  uint32_t seen;
  uint8_t others;              /* words beside the day in the line that shows it best */
} rcpi_html_day;

/* .p == NULL: the page does not say. Strings live in the arena or the page. */
typedef struct rcpi_html_head {
  rcp_str title, byline, publisher, published, url, language;
  const rcpi_html_day *days;   /* what `published` was chosen from */
  size_t n_days;
} rcpi_html_head;

/* `lines` are those of the tree's text; `url` is where the page was found, as far as known. */
void rcpi_html_head_read(rcpi_arena *a, const rcpi_cleaner *cleaner, const rcpi_html_tree *tree, const rcpi_lines *lines, rcp_str url,
                         rcpi_html_head *out);

#endif
