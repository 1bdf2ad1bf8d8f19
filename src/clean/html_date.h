/* html_date.h - a day as pages write it: in ISO, in figures, with a month's name, in seconds since 1970. SPDX-License-Identifier: Apache-2.0 */
#ifndef RCPI_CLEAN_HTML_DATE_H
#define RCPI_CLEAN_HTML_DATE_H

#include "base/date.h"
#include "clean/words.h"

/*
 * The first whole day named in a short text; {0} when there is none. Month names are those of all languages at hand.
 * `month_first` decides 3/4/2024, which the text can't.
 */
rcpi_date rcpi_html_date(rcpi_arena *a, const rcpi_words *words, rcp_str text, bool month_first);
/* A day in the path of a URL: /2024/03/12/, /2024-03-12-, /20240312/; {0} when there is none. */
rcpi_date rcpi_html_url_date(rcp_str url);

#endif
