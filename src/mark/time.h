/* time.h - dates, periods and clock times, resolved against the article's or the story's day. SPDX-License-Identifier: Apache-2.0 */
#ifndef RCPI_MARK_TIME_H
#define RCPI_MARK_TIME_H

#include "mark/mark.h"

void rcpi_times_find(rcpi_arena *a, const rcpi_text *text, const rcpi_mark_options *options, rcpi_marks *marks);
/* The first time at or behind a token; n_times when there is none. */
size_t rcpi_first_time(const rcpi_marks *marks, uint32_t token);

#endif
