/*
 * html_day.h - the marks by which the day of publication is chosen, and what each is worth (hundredths of a log odd).
 *
 * The weights are fitted (bench/extraction/fit_day.py prints them); the order is that of the bits in rcpi_html_day.seen.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLEAN_HTML_DAY_H
#define RCPI_CLEAN_HTML_DAY_H

#include "clean/html_page.h"

#define RCPI_DAY_MARKS(M) \
  /* in the head: article:published_time, other names of it, any meta that may mean it, linked data, the address, scripts */ \
  M(META_FIRST, 75) M(META_NAMED, -10) M(META_ANY, 44) M(JSON_ARTICLE, -14) M(JSON_PAGE, 57) M(URL, 42) M(SCRIPT, 4) \
  /* in the text: the first time element; a line, and where it stands from the title */ \
  M(FIRST_TIME, 75) M(RIGHT_BELOW, 106) M(BELOW, 42) M(FAR_BELOW, -27) M(DOWN, -77) M(RIGHT_ABOVE, 37) M(UP, -3) M(NO_TITLE, -34) \
  /* the line's class says date, its words say published; a paragraph; one of a list; shown twice; the likest line of all */ \
  M(MARKED, 58) M(SAYS_PUBLISHED, 33) M(PARAGRAPH, -5) M(LISTED, -108) M(TWICE, 19) M(LIKEST, 108) \
  /* a line and the head agree; against the days of the head: a day off, later, earlier, day and month swapped */ \
  M(BOTH, 49) M(NEXT_TO_HEAD, 8) M(LATER, -48) M(EARLIER, -33) M(SWAPPED, -11)

#define RCPI_DAY_ID(name, weight) RCPI_DAY_##name,
enum { RCPI_DAY_MARKS(RCPI_DAY_ID) RCPI_N_DAY_MARKS };
#undef RCPI_DAY_ID

/* What each word beside the day in its line is worth, in hundredths. */
enum { RCPI_DAY_WORD = -11 };

/* For those who fit the weights: the name of a mark; NULL behind the last. */
const char *rcpi_html_day_mark(size_t mark);

#endif
