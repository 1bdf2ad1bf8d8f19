/*
 * The text is cut into figures and words, and each place is tried against the few shapes that days are written in. A
 * year has four digits and lies between 1990, when there were no pages, and the end of this programmer's foresight.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "clean/html_date.h"

#include "base/unicode.h"

enum { MOST_PIECES = 48, FIRST_YEAR = 1990, LAST_YEAR = 2059 };

typedef struct piece {
  uint64_t number;
  uint8_t n_digits;         /* 0: a word */
  uint8_t month;            /* of a word */
  uint8_t n_letters;
  char before;              /* the mark just before, 0 when there is none or more than one */
} piece;

/* A letter, as far as dates go: spaces and dashes beyond ASCII (U+00A0 .. U+00BF, U+2000 .. U+206F) part words too. */
static bool is_letter(rcp_str s, size_t i) {
  unsigned char c = (unsigned char)s.p[i], next = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
  if (rcpi_is_alpha(c)) return true;
  return c >= 0x80 && c != 0xC2 && !(c == 0xE2 && (next == 0x80 || next == 0x81));
}

static size_t cut(rcpi_arena *a, const rcpi_words *words, rcp_str s, piece out[MOST_PIECES]) {
  size_t n = 0, mark = 0;
  for (size_t i = 0; i < s.n && n < MOST_PIECES;) {
    size_t from = i;
    unsigned char c = (unsigned char)s.p[i];
    piece p = {.before = mark == 1 ? s.p[i - 1] : 0};
    if (rcpi_is_digit(c)) {
      for (; i < s.n && rcpi_is_digit((unsigned char)s.p[i]); i++)
        if (p.n_digits < 18) p.number = p.number * 10 + (uint64_t)(s.p[i] - '0'), p.n_digits++;
    } else if (c == 0xC2) {
      i += 2;
      mark++;
      continue;
    } else if (c == 0xE2 && !is_letter(s, i)) {
      i += 3;
      mark++;
      continue;
    } else if (is_letter(s, i)) {
      while (i < s.n && is_letter(s, i)) i++;
      const rcpi_word_class *known = words ? rcpi_word_class_of(words, rcpi_fold(a, rcpi_sub(s, from, i))) : NULL;
      p.month = known ? known->month : 0;
      p.n_letters = (uint8_t)(i - from > 200 ? 200 : i - from);
    } else {
      i++;
      mark++;
      continue;
    }
    mark = 0;
    out[n++] = p;
  }
  return n;
}

static bool is_year(const piece *p) {
  return p->n_digits == 4 && p->number >= FIRST_YEAR && p->number <= LAST_YEAR;
}

static bool is_part(const piece *p) {
  return (p->n_digits == 1 || p->n_digits == 2) && p->number > 0 && p->number <= 31;
}

static rcpi_date day(uint64_t y, uint64_t m, uint64_t d) {
  rcpi_date none = {0, 0, 0};
  if (y < FIRST_YEAR || y > LAST_YEAR || m < 1 || m > 12 || d < 1 || d > 31 || !rcpi_date_exists((int)y, (int)m, (int)d)) return none;
  return (rcpi_date){(int)y, (int)m, (int)d};
}

/* The piece behind i, past words like "de", "of", "th", "er". */
static size_t behind(const piece *p, size_t n, size_t i) {
  i++;
  for (int skipped = 0; skipped < 2 && i < n && !p[i].n_digits && !p[i].month && p[i].n_letters <= 3; skipped++) i++;
  return i;
}

static rcpi_date at(const piece *p, size_t n, size_t i, bool month_first) {
  rcpi_date none = {0, 0, 0}, d;
  if (p[i].n_digits == 8 && rcpi_date_is_day(d = day(p[i].number / 10000, p[i].number / 100 % 100, p[i].number % 100))) return d;
  if (n == 1 && (p[i].n_digits == 10 || p[i].n_digits == 13)) {
    uint64_t seconds = p[i].n_digits == 13 ? p[i].number / 1000 : p[i].number;
    return rcpi_date_from_count((int32_t)(seconds / 86400));
  }
  if (is_year(&p[i]) && i + 2 < n && is_part(&p[i + 1]) && p[i + 1].before && p[i + 2].n_digits <= 2)
    if (rcpi_date_is_day(d = day(p[i].number, p[i + 1].number, p[i + 2].number))) return d;
  if (is_year(&p[i]) && i + 2 < n && p[i + 1].month && is_part(&p[i + 2]))   /* "2023 Jan 7", as libraries cite */
    return day(p[i].number, p[i + 1].month, p[i + 2].number);
  if (is_part(&p[i])) {
    size_t m = behind(p, n, i), y = m < n ? behind(p, n, m) : n;
    if (m < n && y < n && p[m].month && is_year(&p[y])) return day(p[y].number, p[m].month, p[i].number);
    if (i + 2 < n && is_part(&p[i + 1]) && p[i + 1].before && p[i + 2].before && p[i + 1].before == p[i + 2].before &&
        (is_year(&p[i + 2]) || (p[i + 2].n_digits == 2 && p[i + 2].before == '.'))) {
      uint64_t year = p[i + 2].n_digits == 2 ? 2000 + p[i + 2].number : p[i + 2].number;
      bool swaps = p[i + 1].number > 12 || (month_first && p[i + 1].before == '/' && p[i].number <= 12);
      return swaps ? day(year, p[i].number, p[i + 1].number) : day(year, p[i + 1].number, p[i].number);
    }
  }
  if (p[i].month) {
    size_t d_at = behind(p, n, i), y = d_at < n ? behind(p, n, d_at) : n;
    if (y < n && is_part(&p[d_at]) && is_year(&p[y])) return day(p[y].number, p[i].month, p[d_at].number);
  }
  return none;
}

rcpi_date rcpi_html_date(rcpi_arena *a, const rcpi_words *words, rcp_str text, bool month_first) {
  piece p[MOST_PIECES];
  rcpi_mark scratch = rcpi_arena_mark(a);
  size_t n = cut(a, words, text, p);
  rcpi_arena_rewind(a, scratch);
  for (size_t i = 0; i < n; i++) {
    rcpi_date d = at(p, n, i, month_first);
    if (rcpi_date_is_day(d)) return d;
  }
  return (rcpi_date){0, 0, 0};
}

static unsigned digits(rcp_str s, size_t from, size_t n) {
  unsigned v = 0;
  for (size_t i = from; i < from + n; i++) {
    if (i >= s.n || !rcpi_is_digit((unsigned char)s.p[i])) return 0;
    v = v * 10 + (unsigned)(s.p[i] - '0');
  }
  return v;
}

rcpi_date rcpi_html_url_date(rcp_str url) {
  for (size_t i = 8; i + 8 <= url.n; i++) {
    if (rcpi_is_digit((unsigned char)url.p[i - 1]) || !rcpi_is_digit((unsigned char)url.p[i])) continue;
    unsigned y = digits(url, i, 4);
    if (y < FIRST_YEAR || y > LAST_YEAR) continue;
    char mark = i + 4 < url.n ? url.p[i + 4] : 0;
    rcpi_date d = {0, 0, 0};
    size_t after = 0;
    if (mark == '/' || mark == '-' || mark == '_' || mark == '.') {
      size_t n_month = digits(url, i + 5, 2) ? 2 : 1, at_day = i + 5 + n_month + 1;
      if (at_day > url.n || url.p[at_day - 1] != mark) continue;
      size_t n_day = digits(url, at_day, 2) ? 2 : 1;
      d = day(y, digits(url, i + 5, n_month), digits(url, at_day, n_day));
      after = at_day + n_day;
    } else if (rcpi_is_digit((unsigned char)mark)) {
      d = day(y, digits(url, i + 4, 2), digits(url, i + 6, 2));
      after = i + 8;
    }
    if (rcpi_date_is_day(d) && (after >= url.n || !rcpi_is_digit((unsigned char)url.p[after]))) return d;
  }
  return (rcpi_date){0, 0, 0};
}
