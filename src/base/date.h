/*
 * date.h - days of the Gregorian calendar: count, weekday, reading and writing ISO 8601.
 *
 * A date may be partial: day 0 is a month, month 0 a year, year 0 no date at all ("unknown" is a value).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_BASE_DATE_H
#define RCPI_BASE_DATE_H

#include "base/arena.h"
#include "base/str.h"

typedef struct rcpi_date { int year, month, day; } rcpi_date;

static inline bool rcpi_date_is_day(rcpi_date d) { return d.day != 0; }

/* Does the calendar have this day? */
bool rcpi_date_exists(int year, int month, int day);
int rcpi_days_in_month(int year, int month);
/* Days since 1970-01-01, and back. The date must be a whole one, of the year 1 or later. */
int32_t rcpi_date_count(rcpi_date d);
rcpi_date rcpi_date_from_count(int32_t days);
/* 0 Monday to 6 Sunday. */
int rcpi_date_weekday(rcpi_date d);
rcpi_date rcpi_date_add_days(rcpi_date d, int32_t days);
/* The month `n` months away, as a partial date. */
rcpi_date rcpi_date_add_months(rcpi_date d, int n);

/* YYYY, YYYY-MM or YYYY-MM-DD at the head of s, whatever follows; {0} when there is none. */
rcpi_date rcpi_date_parse(rcp_str s);
/* "2024-03-12", "2024-03", "2024"; .p NULL for no date. */
rcp_str rcpi_date_iso(rcpi_arena *a, rcpi_date d);

#endif
