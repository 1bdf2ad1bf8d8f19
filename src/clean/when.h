/*
 * when.h - dates as pages print them: "Publié le mardi 12 mars 2024 à 19h15", "March 12, 2024 6:48 PM GMT", "17/06/2025".
 *
 * Only absolute dates with a year; "il y a 12 h" is none. 03/04/2024 is a date only where the language says which number
 * is the day (lang.tsv, numeric_date); an English page leaves it unknown. A clock time belongs to the date before it.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLEAN_WHEN_H
#define RCPI_CLEAN_WHEN_H

#include "base/date.h"
#include "clean/line.h"

typedef struct rcpi_when {
  rcpi_date date;               /* day 0: only the month is stated */
  int minute;                   /* of the day; -1: no time stated */
  int zone;                     /* minutes east of Greenwich; RCPI_NO_ZONE: not stated */
  uint32_t word, end_word;      /* in lines->words */
} rcpi_when;
enum { RCPI_NO_ZONE = 10000 };

/* The first date at or behind word `from`, before `end`; false when there is none. */
bool rcpi_when_find(const rcpi_lines *l, const rcpi_lang *lang, uint32_t from, uint32_t end, rcpi_when *out);
/* "2024-03-12T18:48Z", "2024-03-12T19:15", "2024-03-12", "2022-09". */
rcp_str rcpi_when_iso(rcpi_arena *a, const rcpi_when *when);

#endif
