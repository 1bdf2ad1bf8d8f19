/*
 * At each word that could begin a date the forms are tried in turn: ISO and compact (2024-03-12, 20240312), day month
 * year and month day year by the months of any language, three numbers with one kind of mark between them. What follows
 * within a few words is read as a time.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "clean/when.h"

enum { OLDEST = 1970, LATEST = 2099 };

typedef struct cursor { const rcpi_lines *l; const rcpi_lang *lang; uint32_t end; } cursor;

static const rcpi_lword *at(const cursor *c, uint32_t i) {
  return i < c->end ? &c->l->words[i] : NULL;
}

/* The one character between word i and the next, 0 when there are more or none. */
static char mark_after(const cursor *c, uint32_t i) {
  if (i + 1 >= c->end || c->l->words[i + 1].beg != c->l->words[i].end + 1) return 0;
  return c->l->text.p[c->l->words[i].end];
}

/* A number of at most `most` digits, with what English and French hang on days ("1er", "19th"); -1 when it is none. */
static int number(const rcpi_lword *w, size_t most) {
  if (!w) return -1;
  size_t n = 0;
  int v = 0;
  while (n < w->fold.n && rcpi_is_digit((unsigned char)w->fold.p[n]) && n <= most) v = v * 10 + (w->fold.p[n++] - '0');
  rcp_str tail = rcpi_sub(w->fold, n, w->fold.n);
  bool is_day_tail = most <= 2 && (rcpi_is(tail, "er") || rcpi_is(tail, "st") || rcpi_is(tail, "nd") || rcpi_is(tail, "rd") || rcpi_is(tail, "th"));
  return n && n <= most && (!tail.n || is_day_tail) ? v : -1;
}

static int year(const rcpi_lword *w) {
  int v = number(w, 4);
  return v >= OLDEST && v <= LATEST ? v : -1;
}

static bool set(rcpi_when *out, int y, int m, int d, uint32_t from, uint32_t end) {
  if (y < OLDEST || y > LATEST || m < 1 || m > 12 || (d && !rcpi_date_exists(y, m, d))) return false;
  *out = (rcpi_when){{y, m, d}, -1, RCPI_NO_ZONE, from, end};
  return true;
}

static bool compact(const cursor *c, uint32_t i, rcpi_when *out) {
  rcp_str s = at(c, i)->fold;
  uint32_t v;
  if (s.n != 8 || !rcpi_parse_u32(s, &v)) return false;
  return set(out, (int)(v / 10000), (int)(v / 100 % 100), (int)(v % 100), i, i + 1);
}

static bool numeric(const cursor *c, uint32_t i, rcpi_when *out) {
  char mark = mark_after(c, i);
  if (!mark || !strchr("/-.", mark)) return false;
  int a = number(at(c, i), 4), b = number(at(c, i + 1), 2), d = number(at(c, i + 2), 4);
  if (a >= OLDEST && b > 0) {
    if (mark_after(c, i + 1) == mark && d > 0 && d <= 31) return set(out, a, b, d, i, i + 3);
    return mark == '-' && mark_after(c, i + 1) != '-' && set(out, a, b, 0, i, i + 2);
  }
  if (a < 1 || b < 1 || d < OLDEST || mark_after(c, i + 1) != mark) return false;
  if (a > 12 || a == b) return set(out, d, b, a, i, i + 3);
  if (b > 12) return set(out, d, a, b, i, i + 3);
  return rcpi_is(rcpi_lang_setting(c->lang, "numeric_date"), "dmy") && set(out, d, b, a, i, i + 3);
}

/* "12 mars 2024", "12. März 2024", "6 de mayo de 2024" */
static bool day_first(const cursor *c, uint32_t i, rcpi_when *out) {
  int d = number(at(c, i), 2);
  uint32_t k = i + 1;
  if (d < 1) return false;
  while (k < i + 3 && at(c, k) && !(at(c, k)->flags & RCPI_LW_MONTH) && (at(c, k)->flags & RCPI_LW_FUNCTION || rcpi_is(at(c, k)->fold, "de"))) k++;
  if (!at(c, k) || !(at(c, k)->flags & RCPI_LW_MONTH)) return false;
  int m = at(c, k++)->month;
  if (at(c, k) && rcpi_is(at(c, k)->fold, "de")) k++;
  return year(at(c, k)) > 0 && set(out, year(at(c, k)), m, d, i, k + 1);
}

/* "March 12, 2024", "mars 12, 2024", "March 2024" */
static bool month_first(const cursor *c, uint32_t i, rcpi_when *out) {
  if (!(at(c, i)->flags & RCPI_LW_MONTH)) return false;
  int m = at(c, i)->month, d = number(at(c, i + 1), 2);
  if (d > 0 && year(at(c, i + 2)) > 0) return set(out, year(at(c, i + 2)), m, d, i, i + 3);
  return year(at(c, i + 1)) > 0 && set(out, year(at(c, i + 1)), m, 0, i, i + 2);
}

/* ------------------------------------------------------------------------------------------------------------- times */

static const struct { const char *name; int minutes; } zones[] = {
    {"bst", 60}, {"cest", 120}, {"cet", 60}, {"edt", -240}, {"est", -300}, {"gmt", 0}, {"mdt", -360}, {"mst", -420},
    {"pdt", -420}, {"pst", -480}, {"utc", 0}, {"z", 0}};

static int zone_of(const rcpi_lword *w) {
  for (size_t i = 0; w && i < sizeof zones / sizeof *zones; i++)
    if (rcpi_is(w->fold, zones[i].name)) return zones[i].minutes;
  return RCPI_NO_ZONE;
}

/* 1 before noon, 2 after it, 0: no such mark; *i moves behind it. "pm", "p.m." */
static int half_of_day(const cursor *c, uint32_t *i) {
  const rcpi_lword *w = at(c, *i), *next = at(c, *i + 1);
  if (!w) return 0;
  bool is_split = w->fold.n == 1 && next && rcpi_is(next->fold, "m") && (w->fold.p[0] == 'a' || w->fold.p[0] == 'p');
  if (!is_split && !rcpi_is(w->fold, "am") && !rcpi_is(w->fold, "pm")) return 0;
  *i += is_split ? 2 : 1;
  return w->fold.p[0] == 'a' ? 1 : 2;
}

/* "19h15", "20 h 30", "20h", "11:02", "20.14", and "6pm"; minutes or -1, *i moves behind it. */
static int clock_at(const cursor *c, uint32_t *i) {
  const rcpi_lword *w = at(c, *i);
  rcp_str s = w->fold;
  size_t n = 0;
  while (n < s.n && rcpi_is_digit((unsigned char)s.p[n])) n++;
  if (n < 1 || n > 2) return -1;
  int h = s.p[0] - '0';
  if (n == 2) h = h * 10 + s.p[1] - '0';
  rcp_str tail = rcpi_sub(s, n, s.n);
  int m = 0;
  uint32_t k = *i + 1;
  bool has_h = tail.n && tail.p[0] == 'h';
  if (has_h && tail.n == 3 && rcpi_is_digit((unsigned char)tail.p[1]) && rcpi_is_digit((unsigned char)tail.p[2])) {
    m = (tail.p[1] - '0') * 10 + tail.p[2] - '0';
  } else if (rcpi_is(tail, "am") || rcpi_is(tail, "pm")) {
    h = h % 12 + (tail.p[0] == 'p' ? 12 : 0);
  } else if (!tail.n && at(c, k) && rcpi_is(at(c, k)->fold, "h")) {
    has_h = true;
    if (number(at(c, ++k), 2) >= 0 && at(c, k)->fold.n == 2) m = number(at(c, k++), 2);
  } else if (!tail.n && (mark_after(c, *i) == ':' || mark_after(c, *i) == '.') && at(c, k)->fold.n >= 2) {
    rcp_str minutes = at(c, k)->fold;
    if (!rcpi_is_digit((unsigned char)minutes.p[0]) || !rcpi_is_digit((unsigned char)minutes.p[1])) return -1;
    m = (minutes.p[0] - '0') * 10 + minutes.p[1] - '0';
    if (minutes.n == 4 && (minutes.p[2] | 32) == 'p') h = h % 12 + 12;
    else if (minutes.n != 2) return -1;
    char again = mark_after(c, k);
    k++;
    if (again == ':' && number(at(c, k), 2) >= 0) k++;
  } else if (!(has_h && tail.n == 1)) {
    return -1;
  }
  int half = half_of_day(c, &k);
  if (half) h = h % 12 + (half == 2 ? 12 : 0);
  *i = k;
  return h < 24 && m < 60 ? h * 60 + m : -1;
}

/* A time within three words behind the date: "à 19h15", "at 04:34 AM EST", "| 7:20 p.m. GMT". */
static void find_time(const cursor *c, rcpi_when *out) {
  for (uint32_t i = out->end_word; i < out->end_word + 3 && at(c, i); i++) {
    uint32_t k = i;
    int minute = rcpi_is_digit((unsigned char)at(c, i)->fold.p[0]) ? clock_at(c, &k) : -1;
    if (minute < 0) {
      if (at(c, i)->flags & RCPI_LW_NUMBER || at(c, i)->fold.n > 4) return;
      continue;
    }
    out->minute = minute;
    out->zone = zone_of(at(c, k));
    out->end_word = k + (out->zone != RCPI_NO_ZONE);
    return;
  }
}

bool rcpi_when_find(const rcpi_lines *l, const rcpi_lang *lang, uint32_t from, uint32_t end, rcpi_when *out) {
  cursor c = {l, lang, end};
  for (uint32_t i = from; i < end; i++) {
    const rcpi_lword *w = at(&c, i);
    if (!(w->flags & (RCPI_LW_NUMBER | RCPI_LW_MONTH))) continue;
    if (compact(&c, i, out) || numeric(&c, i, out) || day_first(&c, i, out) || month_first(&c, i, out)) {
      if (out->date.day) find_time(&c, out);
      return true;
    }
  }
  return false;
}

rcp_str rcpi_when_iso(rcpi_arena *a, const rcpi_when *w) {
  rcp_str day = rcpi_date_iso(a, w->date);
  if (w->minute < 0) return day;
  day = rcpi_printf(a, "%.*sT%02d:%02d", RCPI_P(day), w->minute / 60, w->minute % 60);
  if (w->zone == RCPI_NO_ZONE) return day;
  if (w->zone == 0) return rcpi_printf(a, "%.*sZ", RCPI_P(day));
  int zone = w->zone < 0 ? -w->zone : w->zone;
  return rcpi_printf(a, "%.*s%c%02d:%02d", RCPI_P(day), w->zone < 0 ? '-' : '+', zone / 60, zone % 60);
}
