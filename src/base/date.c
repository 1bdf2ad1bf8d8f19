/*
 * The count of days is Howard Hinnant's days_from_civil (public domain): years that begin in March put the leap day
 * last, so that no table of months is needed.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/date.h"

static bool is_leap(int year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int rcpi_days_in_month(int year, int month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool rcpi_date_exists(int year, int month, int day) {
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= rcpi_days_in_month(year, month);
}

int32_t rcpi_date_count(rcpi_date d) {
  int y = d.month <= 2 ? d.year - 1 : d.year;
  int era = y / 400, year_of_era = y - era * 400;
  int day_of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

rcpi_date rcpi_date_from_count(int32_t days) {
  int32_t z = days + 719468;
  int32_t era = (z >= 0 ? z : z - 146096) / 146097, day_of_era = z - era * 146097;
  int32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int32_t m = (5 * day_of_year + 2) / 153;
  int month = m < 10 ? m + 3 : m - 9;
  return (rcpi_date){year_of_era + era * 400 + (month <= 2), month, day_of_year - (153 * m + 2) / 5 + 1};
}

int rcpi_date_weekday(rcpi_date d) {
  int32_t w = (rcpi_date_count(d) + 3) % 7;   /* 1970-01-01 was a Thursday */
  return w < 0 ? w + 7 : w;
}

rcpi_date rcpi_date_add_days(rcpi_date d, int32_t days) {
  return rcpi_date_from_count(rcpi_date_count(d) + days);
}

rcpi_date rcpi_date_add_months(rcpi_date d, int n) {
  int months = d.year * 12 + d.month - 1 + n;
  return (rcpi_date){months / 12, months % 12 + 1, 0};
}

/* `n` digits of s at `at`, or -1. */
static int digits(rcp_str s, size_t at, size_t n) {
  int value = 0;
  if (s.n < at + n) return -1;
  for (size_t i = at; i < at + n; i++) {
    if (!rcpi_is_digit((unsigned char)s.p[i])) return -1;
    value = value * 10 + s.p[i] - '0';
  }
  return value;
}

rcpi_date rcpi_date_parse(rcp_str s) {
  int year = digits(s, 0, 4), month = s.n > 5 && s.p[4] == '-' ? digits(s, 5, 2) : -1;
  int day = s.n > 8 && s.p[7] == '-' ? digits(s, 8, 2) : -1;
  if (year < 1 || (s.n > 4 && rcpi_is_digit((unsigned char)s.p[4]))) return (rcpi_date){0};
  if (month < 1 || month > 12) return (rcpi_date){year, 0, 0};
  return (rcpi_date){year, month, rcpi_date_exists(year, month, day) ? day : 0};
}

rcp_str rcpi_date_iso(rcpi_arena *a, rcpi_date d) {
  if (!d.year) return (rcp_str){NULL, 0};
  if (!d.month) return rcpi_printf(a, "%04d", d.year);
  if (!d.day) return rcpi_printf(a, "%04d-%02d", d.year, d.month);
  return rcpi_printf(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}
