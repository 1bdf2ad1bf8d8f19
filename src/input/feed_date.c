/*
 * Dates of feeds. RSS asks for RFC 822 dates ("Tue, 12 Mar 2024 19:15:00 +0100"); found are also two-digit years, no weekday,
 * no seconds, zones by name, months in full, and the ISO dates of Atom and Dublin Core. What is none of these is no date.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/date.h"
#include "input/feed.h"

/* Zones of RFC 822 and those that European feeds write, in minutes east. */
static const struct { const char *name; int minutes; } zones[] = {
    {"z", 0}, {"gmt", 0}, {"ut", 0}, {"utc", 0}, {"est", -300}, {"edt", -240}, {"cst", -360}, {"cdt", -300}, {"mst", -420},
    {"mdt", -360}, {"pst", -480}, {"pdt", -420}, {"bst", 60}, {"wet", 0}, {"west", 60}, {"cet", 60}, {"cest", 120}, {"mez", 60},
    {"mesz", 120}, {"eet", 120}, {"eest", 180}, {"msk", 180}};

static rcp_str next_word(rcp_str *rest) {
  size_t n = 0;
  while (rest->n && (rcpi_is_space((unsigned char)*rest->p) || *rest->p == ',')) *rest = rcpi_sub(*rest, 1, rest->n);
  while (n < rest->n && !rcpi_is_space((unsigned char)rest->p[n]) && rest->p[n] != ',') n++;
  rcp_str word = rcpi_sub(*rest, 0, n);
  *rest = rcpi_sub(*rest, n, rest->n);
  return word;
}

static int month_of(rcp_str s) {
  static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
  for (int i = 0; i < 12 && s.n >= 3; i++)
    if (rcpi_eq_nocase(rcpi_sub(s, 0, 3), (rcp_str){names + 3 * i, 3})) return i + 1;
  return 0;
}

/* "19:15" or "19:15:00" */
static bool clock_of(rcp_str s, uint32_t *minute) {
  rcp_str rest = s, hour, min;
  uint32_t h, m;
  if (!rcpi_next_field(&rest, ':', &hour) || !rcpi_next_field(&rest, ':', &min)) return false;
  if (!rcpi_parse_u32(hour, &h) || !rcpi_parse_u32(min, &m) || h > 24 || m > 59) return false;
  *minute = h * 60 + m;
  return true;
}

static bool zone_of(rcp_str s, int *minutes) {
  uint32_t v;
  bool is_signed = s.n >= 5 && (*s.p == '+' || *s.p == '-');
  if (is_signed) {
    char digits[4] = {s.p[1], s.p[2], s.p[s.n - 2], s.p[s.n - 1]};   /* +0100, +01:00 */
    if (!rcpi_parse_u32((rcp_str){digits, 4}, &v) || v > 1400) return false;
    *minutes = (int)(v / 100 * 60 + v % 100) * (*s.p == '-' ? -1 : 1);
    return true;
  }
  for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
    if (rcpi_eq_nocase(s, rcpi_cstr(zones[i].name))) return *minutes = zones[i].minutes, true;
  return false;
}

rcp_str rcpi_feed_date(rcpi_arena *a, rcp_str s) {
  s = rcpi_trim(s);
  if (rcpi_date_is_day(rcpi_date_parse(s))) return s.n > 10 && s.p[10] != 'T' && s.p[10] != ' ' ? rcpi_dup(rcpi_sub(s, 0, 10), a) : rcpi_dup(s, a);
  uint32_t day = 0, year = 0, minute = 0;
  int month = 0, zone = 0;
  bool has_clock = false, has_zone = false;
  for (rcp_str word; (word = next_word(&s)).n;) {
    uint32_t v;
    if (!day && word.n <= 2 && rcpi_parse_u32(word, &v)) day = v;
    else if (!month && day && (month = month_of(word))) continue;
    else if (month && !year && (word.n == 4 || word.n == 2) && rcpi_parse_u32(word, &v)) year = word.n == 4 ? v : v < 70 ? 2000 + v : 1900 + v;
    else if (year && !has_clock && clock_of(word, &minute)) has_clock = true;
    else if (has_clock && !has_zone) has_zone = zone_of(word, &zone);
  }
  if (!year || !rcpi_date_exists((int)year, month, (int)day)) return (rcp_str){NULL, 0};
  if (!has_clock) return rcpi_printf(a, "%04u-%02d-%02u", year, month, day);
  rcp_str made = rcpi_printf(a, "%04u-%02d-%02uT%02u:%02u", year, month, day, minute / 60, minute % 60);
  if (!has_zone) return made;
  if (!zone) return rcpi_printf(a, "%.*sZ", RCPI_P(made));
  int away = zone < 0 ? -zone : zone;
  return rcpi_printf(a, "%.*s%c%02d:%02d", RCPI_P(made), zone < 0 ? '-' : '+', away / 60, away % 60);
}
