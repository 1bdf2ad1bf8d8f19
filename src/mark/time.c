/*
 * Dates, periods and clock times are phrases with slots: the table `time_patterns` holds them for a language, with what
 * each means (docs/marks.md), `time_words` the words that fill slots (days, months, units, parts of a day). So a language
 * is two tables, and this file is what all share: calendars, and which Tuesday is meant.
 *
 * What is not absolute is read against one day: the story's, when the user states it; else the article's own; else the
 * one for articles that state none; else a full date at the head of the text itself (a date line). Without one it stays
 * unknown. That day may be a month only (a page that states "2022-09"): then months and years resolve and days do not.
 *
 * A weekday or month is the last one up to that day, unless its clause looks ahead. The nearest cue decides (table
 * `time_cues`): "a dit lundi qu'il viendrait jeudi" has two, and each is nearest to its own. A comma and a "que" between
 * make a cue farther. A participle takes the side of its auxiliary: "devait être achevée en juin".
 *
 * Known weakness: a story told in the present tense ("jeudi, l'homme entre dans la banque") is read as ahead.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mark/time.h"

#include <stdlib.h>

#include "base/date.h"
#include "mark/gram.h"
#include "mark/number.h"
#include "mark/kept.h"
#include "mark/pattern.h"

enum { DAY, MONTH, UNIT, PART, SEASON, DAYNUM, YEAR, COUNT, ORDINAL, HOUR, MINUTE, HHMM, ABBRDAY, N_CLASSES };
static const char *const class_names[N_CLASSES] = {"DAY", "MONTH", "UNIT", "PART", "SEASON", "DAYNUM", "YEAR", "COUNT",
                                                   "ORDINAL", "HOUR", "MINUTE", "HHMM", "ABBRDAY"};

/* Values of class UNIT in time_words. */
enum { SECOND_UNIT = 1, MINUTE_UNIT, HOUR_UNIT, DAY_UNIT, WEEK_UNIT, MONTH_UNIT, YEAR_UNIT, DECADE_UNIT, CENTURY_UNIT, WEEKEND_UNIT, QUARTER_UNIT, HALF_YEAR_UNIT };

typedef enum tense { NO_TENSE, PAST, PRESENT, FUTURE, PARTICIPLE } tense;

typedef struct reader {
  rcpi_arena *a;
  const rcpi_plain *words;
  rcpi_numbers numbers;
  const rcpi_patterns *patterns;
  const rcpi_gram *gram;
  const rcpi_table *time_words, *cues, *units, *report_verbs;
  int class_column, value_column, op_column, arg_column, cue_column, place_column;
  uint32_t *ids;               /* of words, in patterns */
  const uint32_t *row_of;      /* by id: 1 + first row in time_words, 0: none */
  const bool *is_number;       /* by id: a number may begin with it */
  const uint8_t *class_of;     /* by row of time_words */
  rcpi_pattern_text view;      /* words, ids and slot() */
  rcpi_date now;
  bool has_capital_days;
  RCPI_VEC(rcpi_time) out;
} reader;

/* ---------------------------------------------------------------------------------------------------------- slots */

/* Where days and months are written with a capital, "may" and "march" are none. */
static bool is_calendar_case(const reader *r, unsigned class_id, size_t at) {
  bool is_name = class_id == MONTH || class_id == DAY || class_id == ABBRDAY;
  return !is_name || !r->has_capital_days || r->words->text->tokens[r->words->w[at].token].flags & RCPI_TOK_CAPITAL;
}

static size_t class_word(const reader *r, unsigned class_id, size_t at, double *value) {
  uint32_t first = r->row_of[r->ids[at]];
  if (!first || !is_calendar_case(r, class_id, at)) return 0;
  rcp_str fold = r->words->w[at].fold;
  for (size_t row = first - 1; row < r->time_words->n_rows && rcpi_eq(rcpi_cell(r->time_words, row, 0), fold); row++)
    if (r->class_of[row] == class_id) return rcpi_parse_double(rcpi_cell(r->time_words, row, (size_t)r->value_column), value), 1;
  return 0;
}

static bool is_plain_digits(rcp_str s, size_t least, size_t most, uint32_t *value) {
  return s.n >= least && s.n <= most && rcpi_parse_u32(s, value);
}

/* A glued "er", "th" behind a number. */
static bool is_ordinal_suffix(const reader *r, size_t at) {
  rcp_str w = at < r->words->n ? r->words->w[at].fold : (rcp_str){NULL, 0};
  if (!w.n || !r->words->w[at].is_glued || r->words->w[at].kind != RCPI_TOK_WORD) return false;
  size_t row = rcpi_table_find(r->time_words, w);
  for (; row < r->time_words->n_rows && rcpi_eq(rcpi_cell(r->time_words, row, 0), w); row++)
    if (rcpi_is(rcpi_cell(r->time_words, row, (size_t)r->class_column), "SUFFIX")) return true;
  return false;
}

/* "xii" and its end; 0 when it is no Roman number. */
static uint32_t roman(rcp_str s, size_t *end) {
  static const char letters[] = "ivx";
  static const uint32_t values[] = {1, 5, 10};
  uint32_t sum = 0, last = 0;
  size_t i = 0;
  for (; i < s.n; i++) {
    const char *p = memchr(letters, s.p[i], 3);
    if (!p) break;
    uint32_t v = values[p - letters];
    sum += v > last && last ? v - 2 * last : v;
    last = v;
  }
  *end = i;
  return sum;
}

static size_t ordinal(const reader *r, size_t at, double *value) {
  const rcpi_plain_word *w = &r->words->w[at];
  uint32_t n;
  if (w->kind == RCPI_TOK_NUMBER && is_plain_digits(w->fold, 1, 2, &n) && is_ordinal_suffix(r, at + 1)) return *value = n, 2;
  if (w->kind != RCPI_TOK_WORD || !(r->words->text->tokens[w->token].flags & RCPI_TOK_CAPITAL)) return class_word(r, ORDINAL, at, value);
  size_t end;
  n = roman(w->fold, &end);
  rcp_str rest = rcpi_sub(w->fold, end, w->fold.n);
  if (n && (rcpi_is(rest, "e") || rcpi_is(rest, "eme") || rcpi_is(rest, "er") || rcpi_is(rest, "ieme"))) return *value = n, 1;
  return class_word(r, ORDINAL, at, value);
}

static bool may_be_number(const reader *r, size_t at) { return r->words->w[at].kind == RCPI_TOK_NUMBER || r->is_number[r->ids[at]]; }

static size_t slot(const void *context, unsigned class_id, size_t at, double *value) {
  const reader *r = context;
  const rcpi_plain_word *w = &r->words->w[at];
  uint32_t n;
  rcpi_number number;
  size_t k;
  switch (class_id) {
  case DAYNUM:
    if (w->kind == RCPI_TOK_NUMBER && is_plain_digits(w->fold, 1, 2, &n) && n >= 1 && n <= 31) {
      *value = n;
      return 1 + is_ordinal_suffix(r, at + 1);
    }
    return class_word(r, DAYNUM, at, value);
  case YEAR:
    if (w->kind != RCPI_TOK_NUMBER || !is_plain_digits(w->fold, 4, 4, &n) || n < 1000 || n > 2100) return 0;
    return *value = n, 1;
  case HOUR:
    if (w->kind == RCPI_TOK_NUMBER) return is_plain_digits(w->fold, 1, 2, &n) && n <= 24 ? *value = n, 1 : 0;
    k = may_be_number(r, at) ? rcpi_number_at(&r->numbers, r->words, at, &number) : 0;
    return k && number.value <= 24 && number.value == (int)number.value && !number.is_fuzzy && !number.is_open ? *value = number.value, k : 0;
  case MINUTE:
    return w->kind == RCPI_TOK_NUMBER && is_plain_digits(w->fold, 2, 2, &n) && n <= 59 ? *value = n, 1 : 0;
  case HHMM:
    if (w->kind != RCPI_TOK_NUMBER || !is_plain_digits(w->fold, 4, 4, &n) || n / 100 > 24 || n % 100 > 59) return 0;
    return *value = n / 100 * 60 + n % 100, 1;
  case COUNT:
    k = may_be_number(r, at) ? rcpi_number_at(&r->numbers, r->words, at, &number) : 0;
    return k && !number.is_open && !number.is_fraction ? *value = number.value, k : 0;
  case ORDINAL: return ordinal(r, at, value);
  case PART: {
    if (w->kind != RCPI_TOK_WORD) return 0;
    size_t row = rcpi_plain_find(r->words, r->time_words, at, 4, &k);
    return row != RCPI_NONE && rcpi_is(rcpi_cell(r->time_words, row, (size_t)r->class_column), "PART") ? *value = 0, k : 0;
  }
  default: return class_word(r, class_id, at, value);
  }
}

/* ---------------------------------------------------------------------------------------------------------- tense */

/* Does a participle follow the auxiliary, with two words between them at most? */
static bool has_participle(const reader *r, uint32_t token) {
  const rcpi_text *t = r->words->text;
  for (uint32_t i = token + 1; i < t->n_tokens && i <= token + 3 && t->tokens[i].sentence == t->tokens[token].sentence; i++)
    if (r->gram[i].tense == RCPI_TENSE_PP) return true;
  return false;
}

/* Does the verb take what somebody says? */
static bool says(const reader *r, const rcpi_reading *v) {
  const rcpi_table *t = r->report_verbs;
  for (size_t row = v->say; row < t->n_rows && rcpi_eq(rcpi_cell(t, row, 0), v->lemma); row++)
    if (!rcpi_cell_named(t, row, "rest").n && rcpi_is(rcpi_cell_named(t, row, "takes"), "that")) return true;
  return false;
}

/* The side that a verb is on: table words first (prévu, doit, are to), then its tense. */
static tense cue_of(const reader *r, size_t at) {
  const rcpi_plain_word *w = &r->words->w[at];
  if (!w->is_first || w->kind != RCPI_TOK_WORD) return NO_TENSE;
  size_t k, row = rcpi_plain_find(r->words, r->cues, at, 2, &k);
  if (row == RCPI_NONE || k < 2) row = rcpi_table_find(r->cues, r->words->text->tokens[w->token].lower);
  if (row != RCPI_NONE) {
    rcp_str kind = rcpi_cell(r->cues, row, (size_t)r->cue_column);
    return rcpi_is(kind, "future") ? FUTURE : rcpi_is(kind, "past") ? PAST : NO_TENSE;
  }
  const rcpi_gram *g = &r->gram[w->token];
  switch ((rcpi_tense)g->tense) {
  case RCPI_TENSE_FUT: case RCPI_TENSE_COND: return FUTURE;
  case RCPI_TENSE_PAST: case RCPI_TENSE_IMPF: return PAST;
  case RCPI_TENSE_PP: return PARTICIPLE;
  case RCPI_TENSE_PRES: {
    const rcpi_reading *v = rcpi_gram_reading(g, RCPI_TENSE_PRES);
    if (v && v->is_aux) return has_participle(r, w->token) ? PAST : PRESENT;   /* ont rendez-vous vendredi */
    return v && says(r, v) ? PAST : PRESENT;   /* explique-t-il mardi */
  }
  default: return NO_TENSE;
  }
}

enum { AUXILIARY_REACH = 4 };

/* The side of the participle at word `at`: that of the auxiliary before it, else the past. */
static tense participle_side(const reader *r, size_t at) {
  for (size_t i = at, n = 0; i-- > 0 && n < AUXILIARY_REACH && rcpi_plain_same_sentence(r->words, i, at); n++) {
    if (r->words->w[i].kind == RCPI_TOK_MARK) break;
    tense t = cue_of(r, i);
    if (t == PAST || t == FUTURE) return t;
  }
  return PAST;
}

/* What a mark between a cue and a time adds to their distance; -1: it parts them. */
static int barrier(const reader *r, size_t at) {
  const rcpi_plain_word *w = &r->words->w[at];
  if (w->kind == RCPI_TOK_MARK) {
    if (rcpi_is(w->fold, ",") || rcpi_is(w->fold, "(") || rcpi_is(w->fold, ")")) return 4;
    return rcpi_is(w->fold, ";") || rcpi_is(w->fold, ":") || r->words->text->tokens[w->token].flags & (RCPI_TOK_OPENS | RCPI_TOK_CLOSES | RCPI_TOK_STOP) ? -1 : 0;
  }
  size_t row = rcpi_table_find(r->cues, r->words->text->tokens[w->token].lower);
  return row != RCPI_NONE && rcpi_is(rcpi_cell(r->cues, row, (size_t)r->cue_column), "clause") ? 3 : 0;
}

enum { CUE_REACH = 24 };

static tense nearest_cue(const reader *r, size_t at, int step, int *distance) {
  *distance = 0;
  for (size_t i = at; *distance < CUE_REACH && i < r->words->n && rcpi_plain_same_sentence(r->words, at, i); i += (size_t)step) {
    int far = barrier(r, i);
    if (far < 0) break;
    *distance += 1 + far;
    tense t = cue_of(r, i);
    if (t) return t == PARTICIPLE ? participle_side(r, i) : t;
  }
  *distance = CUE_REACH + 1;
  return NO_TENSE;
}

enum { PRESENT_REACH = 5 };

/* Does the clause around words [beg, end) look back or ahead? The present does, close before its time only. */
static tense tense_of(const reader *r, size_t beg, size_t end) {
  size_t k;
  size_t row = rcpi_plain_find_before(r->words, r->cues, 0, beg, 3, &k);
  if (row != RCPI_NONE) {
    rcp_str kind = rcpi_cell(r->cues, row, (size_t)r->cue_column);
    if (rcpi_is(kind, "until")) return FUTURE;
    if (rcpi_is(kind, "since")) return PAST;
  }
  int before, after;
  tense b = beg ? nearest_cue(r, beg - 1, -1, &before) : (before = CUE_REACH + 1, NO_TENSE), f = nearest_cue(r, end, 1, &after);
  tense t = before <= after ? b : f;
  return t == PRESENT && (before > after || before > PRESENT_REACH) ? NO_TENSE : t;
}

/* ----------------------------------------------------------------------------------------------------- resolution */

static rcp_str interval(reader *r, rcpi_date a, rcpi_date b) {
  return rcpi_printf(r->a, "%.*s/%.*s", RCPI_P(rcpi_date_iso(r->a, a)), RCPI_P(rcpi_date_iso(r->a, b)));
}

static const rcp_str unknown = {NULL, 0}, no_word = {"", 0};

static rcp_str day_iso(reader *r, int year, int month, int day) {
  if (!rcpi_date_exists(year, month, day)) return unknown;
  return rcpi_date_iso(r->a, (rcpi_date){year, month, day});
}

/* The day a week holds this weekday: the last one up to now, or the next. */
static rcpi_date weekday_date(const reader *r, int weekday, tense t) {
  int today = rcpi_date_weekday(r->now);
  int back = (today - weekday + 7) % 7;
  if ((t == FUTURE || t == PRESENT) && back) return rcpi_date_add_days(r->now, 7 - back);   /* le procès s'ouvre jeudi */
  return rcpi_date_add_days(r->now, -back);
}

static rcp_str weekday_iso(reader *r, int weekday, rcp_str which, size_t beg, size_t end) {
  if (!r->now.day) return unknown;
  int today = rcpi_date_weekday(r->now);
  if (rcpi_is(which, "last")) {
    int back = (today - weekday + 7) % 7;
    return rcpi_date_iso(r->a, rcpi_date_add_days(r->now, back ? -back : -7));
  }
  if (rcpi_is(which, "next")) {
    int ahead = (weekday - today + 7) % 7;
    return rcpi_date_iso(r->a, rcpi_date_add_days(r->now, ahead ? ahead : 7));
  }
  return rcpi_date_iso(r->a, weekday_date(r, weekday, tense_of(r, beg, end)));
}

/* The year of a month, or of a day of it, that is named without one. */
static int year_of(const reader *r, int month, int day, rcp_str which, tense t) {
  rcpi_date now = r->now;
  int cmp = month != now.month ? month - now.month : day && now.day ? day - now.day : 0;
  if (rcpi_is(which, "this")) return now.year;
  if (rcpi_is(which, "last")) return cmp >= 0 ? now.year - 1 : now.year;
  if (rcpi_is(which, "next")) return cmp <= 0 ? now.year + 1 : now.year;
  if (t == FUTURE) return cmp < 0 ? now.year + 1 : now.year;
  if (t == PAST || !day) return cmp > 0 ? now.year - 1 : now.year;
  int months = month - now.month;   /* a day of a month without a cue: the nearest */
  return months > 6 ? now.year - 1 : months < -6 ? now.year + 1 : now.year;
}

static rcp_str month_iso(reader *r, int month, rcp_str which, size_t beg, size_t end) {
  if (!r->now.year || !r->now.month) return unknown;
  return rcpi_date_iso(r->a, (rcpi_date){year_of(r, month, 0, which, tense_of(r, beg, end)), month, 0});
}

static rcp_str week_iso(reader *r, int weeks) {
  if (!r->now.day) return unknown;
  rcpi_date monday = rcpi_date_add_days(r->now, weeks * 7 - rcpi_date_weekday(r->now));
  return interval(r, monday, rcpi_date_add_days(monday, 6));
}

/* The n-th unit from now: -1 last, 0 this, 1 next. */
static rcp_str unit_iso(reader *r, int unit, int n) {
  rcpi_date now = r->now;
  if (!now.year) return unknown;
  switch (unit) {
  case DAY_UNIT: return now.day ? rcpi_date_iso(r->a, rcpi_date_add_days(now, n)) : unknown;
  case WEEK_UNIT: return week_iso(r, n);
  case WEEKEND_UNIT: {
    if (!now.day) return unknown;
    int weekday = rcpi_date_weekday(now), weeks = n < 0 && weekday >= 5 ? n : n < 0 ? n + 1 : n;
    rcpi_date saturday = rcpi_date_add_days(now, 5 - weekday + (n < 0 ? 7 * (weeks - (weekday < 5)) : 7 * n));
    return interval(r, saturday, rcpi_date_add_days(saturday, 1));
  }
  case MONTH_UNIT: return now.month ? rcpi_date_iso(r->a, rcpi_date_add_months(now, n)) : unknown;
  case YEAR_UNIT: return rcpi_date_iso(r->a, (rcpi_date){now.year + n, 0, 0});
  case DECADE_UNIT: return interval(r, (rcpi_date){(now.year / 10 + n) * 10, 0, 0}, (rcpi_date){(now.year / 10 + n) * 10 + 9, 0, 0});
  case CENTURY_UNIT: {
    int century = (now.year - 1) / 100 + n;
    return interval(r, (rcpi_date){century * 100 + 1, 0, 0}, (rcpi_date){century * 100 + 100, 0, 0});
  }
  default: return unknown;
  }
}

/* A whole number of units ago (n < 0) or ahead. */
static rcp_str distance_iso(reader *r, int unit, double n) {
  if (n != (int)n || (n < 0 ? -n : n) > 10000) return unknown;
  if (unit == WEEKEND_UNIT || unit == CENTURY_UNIT || unit == DECADE_UNIT) return unknown;
  return unit_iso(r, unit, (int)n);
}

static int slot_int(const rcpi_pattern_hit *m, unsigned class_id) {
  const double *v = rcpi_slot_value(m, class_id);
  return v ? (int)*v : 0;
}

static rcp_str day_month_iso(reader *r, const rcpi_pattern_hit *m, size_t beg) {
  int month = slot_int(m, MONTH), day = slot_int(m, DAYNUM), year = slot_int(m, YEAR);
  if (year) return day_iso(r, year, month, day);
  if (!r->now.year || !r->now.month) return unknown;
  return day_iso(r, year_of(r, month, day, no_word, tense_of(r, beg, m->end)), month, day);
}

/* du 12 au 15 mars 2024, du 28 février au 3 mars: months and years that are missing come from the other end. */
static rcp_str day_range_iso(reader *r, const rcpi_pattern_hit *m, size_t beg) {
  int day[2] = {0}, month[2] = {0}, year[2] = {0}, i = -1;
  for (unsigned k = 0; k < m->n_slots; k++) {
    int v = (int)m->slot[k].value;
    if (m->slot[k].class_id == DAYNUM && i < 1) day[++i] = v;
    else if (i >= 0 && m->slot[k].class_id == MONTH) month[i] = v;
    else if (i >= 0 && m->slot[k].class_id == YEAR) year[i] = v;
  }
  if (i != 1 || !month[1]) return unknown;
  if (!month[0]) month[0] = month[1];
  if (!year[1]) {
    if (!r->now.year || !r->now.month) return unknown;
    year[1] = year_of(r, month[1], day[1], no_word, tense_of(r, beg, m->end));
  }
  if (!year[0]) year[0] = year[1] - (month[0] > month[1]);
  if (!rcpi_date_exists(year[0], month[0], day[0]) || !rcpi_date_exists(year[1], month[1], day[1])) return unknown;
  return interval(r, (rcpi_date){year[0], month[0], day[0]}, (rcpi_date){year[1], month[1], day[1]});
}

/* entre 2016 et 2021 */
static rcp_str year_range_iso(reader *r, const rcpi_pattern_hit *m) {
  int first = (int)m->slot[0].value, last = m->n_slots > 1 ? (int)m->slot[1].value : 0;
  return first < last ? interval(r, (rcpi_date){first, 0, 0}, (rcpi_date){last, 0, 0}) : unknown;
}

/* de janvier 2016 à mars 2019; a year that is missing comes from the other end, or from now. */
static rcp_str month_range_iso(reader *r, const rcpi_pattern_hit *m) {
  int month[2] = {0}, year[2] = {0}, n = 0;
  for (unsigned k = 0; k < m->n_slots; k++) {
    if (m->slot[k].class_id == MONTH && n < 2) month[n++] = (int)m->slot[k].value;
    else if (m->slot[k].class_id == YEAR && n) year[n - 1] = (int)m->slot[k].value;
  }
  if (n < 2) return unknown;
  if (!year[1]) {
    if (!r->now.year || !r->now.month) return unknown;
    year[1] = year_of(r, month[1], 0, no_word, NO_TENSE);
  }
  if (!year[0]) year[0] = year[1] - (month[0] > month[1]);
  return interval(r, (rcpi_date){year[0], month[0], 0}, (rcpi_date){year[1], month[1], 0});
}

/* A unit or a currency at word `i`, beside a number? */
static bool is_unit(const reader *r, size_t i, bool is_before) {
  size_t row = rcpi_table_find(r->units, r->words->w[i].fold);
  if (row == RCPI_NONE || !is_before) return row != RCPI_NONE;
  for (; row < r->units->n_rows && rcpi_eq(rcpi_cell(r->units, row, 0), r->words->w[i].fold); row++)
    if (rcpi_is(rcpi_cell(r->units, row, (size_t)r->place_column), "before")) return true;
  return false;
}

/* A number that could be a year is one unless something is counted by it: "1500 soldats", "2000 euros". */
static bool is_bare_year(const reader *r, size_t at, size_t end) {
  const rcpi_plain *w = r->words;
  if (at && rcpi_plain_same_sentence(w, at - 1, at) && (w->w[at - 1].kind == RCPI_TOK_NUMBER || is_unit(r, at - 1, true))) return false;
  if (!rcpi_plain_same_sentence(w, at, end)) return true;
  const rcpi_plain_word *next = &w->w[end];
  const rcpi_token *t = &w->text->tokens[next->token];
  if (next->kind == RCPI_TOK_NUMBER || is_unit(r, end, false)) return false;
  if (next->kind == RCPI_TOK_MARK) return !next->is_glued || strchr(",.;:!?)]", next->fold.p[0]) || t->flags & RCPI_TOK_CLOSES;
  bool is_noun = !(t->flags & (RCPI_TOK_FUNCTION | RCPI_TOK_CAPITAL));
  char last = next->fold.p[next->fold.n - 1];
  return !is_noun || (last != 's' && last != 'x');
}

static rcp_str season_iso(reader *r, int season, rcp_str which) {
  if (!r->now.year || !r->now.month) return unknown;
  int first = season * 3, year = r->now.year;       /* 1 spring, March to May; 4 winter, December to February */
  if (season == 4 && r->now.month <= 2) year--;
  bool has_begun = r->now.month >= first || (season == 4 && r->now.month <= 2), is_over = season != 4 && r->now.month > first + 2;
  if (rcpi_is(which, "last") && !is_over) year -= 1;
  if (rcpi_is(which, "next") && has_begun) year += 1;
  return interval(r, (rcpi_date){year, first, 0}, rcpi_date_add_months((rcpi_date){year, first, 0}, 2));
}

/* ------------------------------------------------------------------------------------------------------ meanings */

typedef rcp_str op_fn(reader *r, const rcpi_pattern_hit *m, size_t beg, rcp_str arg);

static int arg_int(rcp_str arg) {
  double v = 0;
  rcpi_parse_double(arg, &v);
  return (int)v;
}

static rcp_str op_date(reader *r, const rcpi_pattern_hit *m, size_t beg, rcp_str arg) {
  (void)beg, (void)arg;
  return day_iso(r, slot_int(m, YEAR), slot_int(m, MONTH), slot_int(m, DAYNUM));
}

static rcp_str op_day_month(reader *r, const rcpi_pattern_hit *m, size_t beg, rcp_str arg) {
  (void)arg;
  return day_month_iso(r, m, beg);
}

static rcp_str op_day_range(reader *r, const rcpi_pattern_hit *m, size_t beg, rcp_str arg) {
  (void)arg;
  return day_range_iso(r, m, beg);
}

static rcp_str op_month(reader *r, const rcpi_pattern_hit *m, size_t beg, rcp_str arg) {
  int year = slot_int(m, YEAR), month = slot_int(m, MONTH);
  return year ? rcpi_date_iso(r->a, (rcpi_date){year, month, 0}) : month_iso(r, month, arg, beg, m->end);
}

static rcp_str op_month_range(reader *r, const rcpi_pattern_hit *m, size_t beg, rcp_str arg) {
  (void)beg, (void)arg;
  return month_range_iso(r, m);
}

static rcp_str op_year(reader *r, const rcpi_pattern_hit *m, size_t beg, rcp_str arg) {
  (void)beg, (void)arg;
  return rcpi_date_iso(r->a, (rcpi_date){slot_int(m, YEAR), 0, 0});
}

static rcp_str op_year_range(reader *r, const rcpi_pattern_hit *m, size_t beg, rcp_str arg) {
  (void)beg, (void)arg;
  return year_range_iso(r, m);
}

/* depuis 2017: up to the month of writing */
static rcp_str op_since_year(reader *r, const rcpi_pattern_hit *m, size_t beg, rcp_str arg) {
  (void)beg, (void)arg;
  rcpi_date year = {slot_int(m, YEAR), 0, 0};
  if (!r->now.month || r->now.year < year.year) return rcpi_date_iso(r->a, year);
  return interval(r, year, (rcpi_date){r->now.year, r->now.month, 0});
}

/* cette année jusqu'ici */
static rcp_str op_year_so_far(reader *r, const rcpi_pattern_hit *m, size_t beg, rcp_str arg) {
  (void)m, (void)beg, (void)arg;
  return r->now.month ? interval(r, (rcpi_date){r->now.year, 1, 0}, (rcpi_date){r->now.year, r->now.month, 0}) : unknown;
}

/* depuis le début de l'année: its first month */
static rcp_str op_year_start(reader *r, const rcpi_pattern_hit *m, size_t beg, rcp_str arg) {
  (void)m, (void)beg, (void)arg;
  return r->now.year ? rcpi_date_iso(r->a, (rcpi_date){r->now.year, 1, 0}) : unknown;
}

/* au deuxième trimestre 2026; without its year the last one that has begun, or the next when the clause looks ahead */
static rcp_str op_part_year(reader *r, const rcpi_pattern_hit *m, size_t beg, rcp_str arg) {
  (void)arg;
  int n = slot_int(m, ORDINAL), unit = slot_int(m, UNIT), year = slot_int(m, YEAR);
  int months = unit == QUARTER_UNIT ? 3 : unit == HALF_YEAR_UNIT ? 6 : 0;
  if (!months || n < 1 || n > 12 / months) return unknown;
  int first = (n - 1) * months + 1;
  if (!year && !r->now.month) return unknown;
  if (!year) year = year_of(r, first, 0, no_word, tense_of(r, beg, m->end));
  return interval(r, (rcpi_date){year, first, 0}, (rcpi_date){year, first + months - 1, 0});
}

static rcp_str op_decade(reader *r, const rcpi_pattern_hit *m, size_t beg, rcp_str arg) {
  (void)beg, (void)arg;
  int year = slot_int(m, YEAR), count = slot_int(m, COUNT);
  if (!year) year = count >= 10 && count <= 90 ? 1900 + count : count;
  if (year < 1000 || year > 2100 || year % 10) return unknown;
  return interval(r, (rcpi_date){year, 0, 0}, (rcpi_date){year + 9, 0, 0});
}

static rcp_str op_century(reader *r, const rcpi_pattern_hit *m, size_t beg, rcp_str arg) {
  (void)beg, (void)arg;
  int n = slot_int(m, ORDINAL);
  if (n < 1 || n > 30) return unknown;
  return interval(r, (rcpi_date){(n - 1) * 100 + 1, 0, 0}, (rcpi_date){n * 100, 0, 0});
}

static rcp_str op_weekday(reader *r, const rcpi_pattern_hit *m, size_t beg, rcp_str arg) {
  return weekday_iso(r, slot_int(m, DAY), arg, beg, m->end);
}

/* dans la nuit de lundi à mardi */
static rcp_str op_weekday_range(reader *r, const rcpi_pattern_hit *m, size_t beg, rcp_str arg) {
  (void)arg;
  if (!r->now.day || m->n_slots < 2) return unknown;
  rcpi_date first = weekday_date(r, (int)m->slot[0].value, tense_of(r, beg, m->end));
  int days = ((int)m->slot[1].value - (int)m->slot[0].value + 7) % 7;
  return interval(r, first, rcpi_date_add_days(first, days));
}

static rcp_str op_offset(reader *r, const rcpi_pattern_hit *m, size_t beg, rcp_str arg) {
  (void)m, (void)beg;
  return unit_iso(r, DAY_UNIT, arg_int(arg));
}

static rcp_str op_unit(reader *r, const rcpi_pattern_hit *m, size_t beg, rcp_str arg) {
  (void)beg;
  int unit = slot_int(m, UNIT);
  return unit == DAY_UNIT ? unknown : unit_iso(r, unit, arg_int(arg));
}

static rcp_str op_ago(reader *r, const rcpi_pattern_hit *m, size_t beg, rcp_str arg) {
  (void)beg;
  const double *n = rcpi_slot_value(m, COUNT);
  return distance_iso(r, slot_int(m, UNIT), (n ? *n : 1) * arg_int(arg));
}

/* Dans la soirée: of the day that the paragraph named last, else of the day of writing. */
static rcp_str op_part(reader *r, const rcpi_pattern_hit *m, size_t beg, rcp_str arg) {
  (void)m, (void)arg;
  const rcpi_text *text = r->words->text;
  uint32_t paragraph = text->sentences[text->tokens[r->words->w[beg].token].sentence].paragraph;
  for (size_t i = r->out.n; i-- > 0;) {
    const rcpi_token *t = &text->tokens[r->out.p[i].at.token];
    if (text->sentences[t->sentence].paragraph != paragraph) break;
    if (r->out.p[i].resolved.n == 10) return r->out.p[i].resolved;
  }
  return r->now.day ? rcpi_date_iso(r->a, r->now) : unknown;
}

static rcp_str op_season(reader *r, const rcpi_pattern_hit *m, size_t beg, rcp_str arg) {
  (void)beg;
  return season_iso(r, slot_int(m, SEASON), arg);
}

static rcp_str op_vague(reader *r, const rcpi_pattern_hit *m, size_t beg, rcp_str arg) {
  (void)r, (void)m, (void)beg, (void)arg;
  return unknown;
}

static const struct { const char *name; op_fn *fn; } ops[] = {
    {"ago", op_ago},           {"century", op_century},         {"clock", op_vague},           {"date", op_date},
    {"day-month", op_day_month}, {"day-range", op_day_range},   {"decade", op_decade},         {"month", op_month},
    {"month-range", op_month_range}, {"offset", op_offset}, {"part", op_part}, {"part-year", op_part_year}, {"season", op_season},         {"since-year", op_since_year},
    {"unit", op_unit},         {"vague", op_vague},             {"weekday", op_weekday},       {"weekday-range", op_weekday_range},
    {"year", op_year},         {"year-bare", op_year},          {"year-range", op_year_range}, {"year-so-far", op_year_so_far},
    {"year-start", op_year_start},
};

/* Minute of the day; arg is "", "am", "pm" or a fixed minute. */
static int clock_minute(const rcpi_pattern_hit *m, rcp_str arg) {
  const double *hour = rcpi_slot_value(m, HOUR), *minute = rcpi_slot_value(m, MINUTE), *both = rcpi_slot_value(m, HHMM);
  if (both) return (int)*both % 1440;
  if (!hour) return arg_int(arg);
  int h = (int)*hour;
  if (rcpi_is(arg, "pm") && h < 12) h += 12;
  if (rcpi_is(arg, "am") && h == 12) h = 0;
  return (h % 24) * 60 + (minute ? (int)*minute : 0);
}

/* The longest time at word `beg`; false when there is none. */
static bool time_at(reader *r, size_t beg, rcpi_pattern_hit *m, rcpi_time *t) {
  if (!rcpi_pattern_at(r->patterns, &r->view, beg, m)) return false;
  rcp_str op = rcpi_cell(r->patterns->table, m->row, (size_t)r->op_column), arg = rcpi_cell(r->patterns->table, m->row, (size_t)r->arg_column);
  if (rcpi_is(op, "none") || (rcpi_is(op, "year-bare") && !is_bare_year(r, beg, m->end))) return false;
  *t = (rcpi_time){{r->words->w[beg].token, r->words->w[m->end - 1].token + 1}, unknown, -1};
  if (rcpi_is(op, "clock")) t->minute = clock_minute(m, arg);
  for (size_t i = 0; i < sizeof ops / sizeof *ops; i++)
    if (rcpi_is(op, ops[i].name)) t->resolved = ops[i].fn(r, m, beg, arg);
  return true;
}

/* Numbers with one mark between them: 12/03/2024, 12.03.2024, 2024-03-12. */
typedef struct digit_groups { uint32_t value[3]; size_t len[3], n, end; char mark; } digit_groups;

static bool read_groups(const rcpi_plain *w, size_t at, digit_groups *g) {
  rcp_str s = w->w[at].fold, part;
  *g = (digit_groups){.end = at + 1, .mark = '.'};
  if (rcpi_find_char(s, '.') != RCPI_NONE) {
    while (s.n && g->n < 3 && rcpi_next_field(&s, '.', &part)) {
      if (!rcpi_parse_u32(part, &g->value[g->n])) return false;
      g->len[g->n++] = part.n;
    }
    return !s.n;
  }
  for (size_t i = at;; i += 2) {
    if (g->n == 3 || !rcpi_parse_u32(w->w[i].fold, &g->value[g->n])) return false;
    g->len[g->n++] = w->w[i].fold.n;
    g->end = i + 1;
    if (i + 2 >= w->n || !w->w[i + 1].is_glued || !w->w[i + 2].is_glued || w->w[i + 2].kind != RCPI_TOK_NUMBER) return true;
    char mark = w->w[i + 1].fold.n == 1 ? w->w[i + 1].fold.p[0] : 0;
    if ((mark != '/' && mark != '-') || (g->n > 1 && mark != g->mark)) return false;
    g->mark = mark;
  }
}

/* A year of two digits is at most twenty years ahead. */
static int full_year(const reader *r, uint32_t year, size_t len) {
  if (len == 4) return (int)year;
  int latest = (r->now.year ? r->now.year : 2029) + 20;
  return 2000 + (int)year <= latest ? 2000 + (int)year : 1900 + (int)year;
}

/* How many words the date in digits takes; 0 for none. */
static size_t numeric_date(reader *r, size_t at, rcpi_time *t) {
  const rcpi_plain *w = r->words;
  bool is_tail = at && w->w[at].is_glued && (w->w[at - 1].kind == RCPI_TOK_NUMBER || !strchr("([«\"", w->w[at - 1].fold.p[0]));
  digit_groups g;
  if (w->w[at].kind != RCPI_TOK_NUMBER || is_tail || !read_groups(w, at, &g)) return 0;
  bool is_day_first = rcpi_is(rcpi_lang_setting(w->text->lang, "numeric_date"), "dmy");
  rcpi_date d = {0};
  if (g.n == 3 && g.len[0] == 4) {
    d = (rcpi_date){(int)g.value[0], (int)g.value[1], (int)g.value[2]};
  } else if (g.n == 3 && g.len[0] <= 2 && g.len[1] <= 2 && (g.len[2] == 4 || (g.len[2] == 2 && g.len[1] == 2))) {
    int year = full_year(r, g.value[2], g.len[2]), a = (int)g.value[0], b = (int)g.value[1];
    d = (is_day_first && b <= 12) || a > 12 ? (rcpi_date){year, b, a} : (rcpi_date){year, a, b};
    if (!is_day_first && a <= 12 && b <= 12 && a != b) d = (rcpi_date){0};   /* 03/04/2024 in English is either */
  } else if (g.n == 2 && g.mark == '-' && g.len[0] == 4 && g.len[1] == 2 && g.value[0] >= 1900 && g.value[0] <= 2100) {
    d = (rcpi_date){(int)g.value[0], (int)g.value[1], 0};
    if (d.month < 1 || d.month > 12) return 0;
  } else if (g.n == 2 && g.mark == '/' && g.len[0] == 2 && g.len[1] == 2 && is_day_first && g.value[1] >= 1 && g.value[1] <= 12 && g.value[0] >= 1 && g.value[0] <= 31) {
    int year = r->now.month ? year_of(r, (int)g.value[1], (int)g.value[0], no_word, tense_of(r, at, g.end)) : 0;
    d = (rcpi_date){year, (int)g.value[1], (int)g.value[0]};
  } else {
    return 0;
  }
  bool exists = !d.day || rcpi_date_exists(d.year, d.month, d.day);
  *t = (rcpi_time){{w->w[at].token, w->w[g.end - 1].token + 1}, exists ? rcpi_date_iso(r->a, d) : unknown, -1};
  return g.end - at;
}

/* ---------------------------------------------------------------------------------------------------------- times */

static void find(reader *r) {
  for (size_t i = 0; i < r->words->n;) {
    rcpi_time t;
    rcpi_pattern_hit m;
    size_t n_digits = numeric_date(r, i, &t), n = n_digits;
    if (!n && time_at(r, i, &m, &t)) n = m.end - i;
    rcpi_time *last = r->out.n ? &r->out.p[r->out.n - 1] : NULL;
    bool joins = n_digits && last && last->at.end_token == t.at.token && last->minute < 0;   /* samedi 23/06/18 */
    if (joins) *last = (rcpi_time){{last->at.token, t.at.end_token}, t.resolved, -1};
    else if (n) rcpi_push(r->a, &r->out, t);
    i += n ? n : 1;
  }
}

enum { DATE_LINE_WORDS = 40 };

/* A full date at the head of the text. */
static rcpi_date date_line(reader *r) {
  for (size_t i = 0; i < r->words->n && i < DATE_LINE_WORDS; i++) {
    rcpi_time t = {.resolved = unknown};
    rcpi_pattern_hit m;
    if (!numeric_date(r, i, &t)) time_at(r, i, &m, &t);
    rcpi_date d = rcpi_date_parse(t.resolved);
    if (d.day) return d;
  }
  return (rcpi_date){0};
}

/* VERNELLE, 16 juin (Agence) — : behind the day what closes a date line. */
static bool closes_date_line(const reader *r, size_t i) {
  return rcpi_plain_is(r->words, i, "(") || rcpi_plain_is(r->words, i, "-") || rcpi_plain_is(r->words, i, "\xE2\x80\x93") ||
         rcpi_plain_is(r->words, i, "\xE2\x80\x94");
}

enum { NEAR_DAYS = 31 };

/* A date line without its year, which another article of the story gives: the day nearest to its day. */
static rcpi_date day_line(reader *r, rcpi_date near) {
  r->now = near;
  for (size_t i = 0; i < r->words->n && i < DATE_LINE_WORDS && near.day; i++) {
    rcpi_time t = {.resolved = unknown};
    rcpi_pattern_hit m;
    bool is_day = time_at(r, i, &m, &t) && closes_date_line(r, m.end);
    rcpi_date d = is_day ? rcpi_date_parse(t.resolved) : (rcpi_date){0};
    if (d.day && labs((long)rcpi_date_count(d) - rcpi_date_count(near)) <= NEAR_DAYS) return d;
  }
  return (rcpi_date){0};
}

/* What is known of each word by its id, for a language. */
typedef struct rcpi_time_index { rcpi_patterns patterns; uint32_t *row_of; bool *is_number; uint8_t *class_of; } time_index;

static void read_tables(const rcpi_text *text, reader *r) {
  r->time_words = rcpi_lang_table(text->lang, "time_words");
  r->cues = rcpi_lang_table(text->lang, "time_cues");
  r->units = rcpi_lang_table(text->lang, "units");
  r->report_verbs = rcpi_lang_table(text->lang, "report_verbs");
  r->place_column = rcpi_table_column(r->units, "place");
  r->numbers = rcpi_numbers_of(text->lang);
  r->has_capital_days = text->lang && rcpi_is(rcpi_lang_setting(text->lang, "calendar"), "capital");
  r->class_column = rcpi_table_column(r->time_words, "class");
  r->value_column = rcpi_table_column(r->time_words, "value");
  r->cue_column = rcpi_table_column(r->cues, "kind");
}

/* One look-up of each word serves patterns, slots and numbers. */
static const time_index *index_tables(rcpi_arena *a, const rcpi_lang *lang, const reader *r) {
  const rcpi_table *t = r->time_words, *numbers = r->numbers.table;
  time_index *x = rcpi_new(a, time_index);
  rcpi_patterns_read(a, rcpi_lang_table(lang, "time_patterns"), class_names, N_CLASSES, &x->patterns);
  uint32_t *ids = rcpi_array(a, uint32_t, t->n_rows + numbers->n_rows + 1);
  for (size_t i = 0; i < t->n_rows; i++) ids[i] = rcpi_pattern_word(a, &x->patterns, rcpi_cell(t, i, 0));
  for (size_t i = 0; i < numbers->n_rows; i++) ids[t->n_rows + i] = rcpi_pattern_word(a, &x->patterns, rcpi_cell(numbers, i, 0));
  size_t n = x->patterns.ids.n + 1;
  x->row_of = rcpi_array(a, uint32_t, n);
  x->is_number = rcpi_array(a, bool, n);
  x->class_of = rcpi_array(a, uint8_t, t->n_rows + 1);
  for (size_t i = 0; i < t->n_rows; i++) {
    rcp_str name = rcpi_cell(t, i, (size_t)r->class_column);
    x->class_of[i] = N_CLASSES;
    for (uint8_t c = 0; c < N_CLASSES; c++)
      if (rcpi_is(name, class_names[c])) x->class_of[i] = c;
    if (!x->row_of[ids[i]]) x->row_of[ids[i]] = (uint32_t)i + 1;
  }
  for (size_t i = 0; i < numbers->n_rows; i++) x->is_number[ids[t->n_rows + i]] = true;
  return x;
}

static void take_index(rcpi_arena *a, rcpi_kept *kept, const rcpi_lang *lang, reader *r) {
  rcpi_kept_lang *k = rcpi_kept_of(a, kept, lang);
  if (!k->times) k->times = index_tables(kept ? kept->a : a, lang, r);
  r->patterns = &k->times->patterns;
  r->row_of = k->times->row_of, r->is_number = k->times->is_number, r->class_of = k->times->class_of;
  r->op_column = rcpi_table_column(r->patterns->table, "meaning");
  r->arg_column = rcpi_table_column(r->patterns->table, "argument");
}

static void index_words(rcpi_arena *a, reader *r) {
  r->ids = rcpi_pattern_ids(a, r->patterns, r->words);
  bool *has_class = rcpi_array(a, bool, r->words->n + 1);
  for (size_t i = 0; i < r->words->n; i++) {
    const rcpi_plain_word *w = &r->words->w[i];
    bool is_roman = w->fold.n && strchr("ivx", w->fold.p[0]);
    has_class[i] = r->row_of[r->ids[i]] || may_be_number(r, i) || is_roman;
  }
  r->view = (rcpi_pattern_text){r->words, r->ids, has_class, slot, r};
}

static void read_text(rcpi_arena *a, const rcpi_text *text, rcpi_marks *marks, reader *r) {
  *r = (reader){.a = a};
  r->words = rcpi_plain_of(a, text, marks);
  read_tables(text, r);
  take_index(a, marks->kept, text->lang, r);
  if (!marks->gram) marks->gram = rcpi_gram_read(a, text);
  r->gram = marks->gram;
  index_words(a, r);
}

enum { HEAD_BYTES = 1500 };

/* The day of an agency's line at the head, which is furniture: VERNELLE, 16 juin (Agence) — */
static rcpi_date credit_day(rcpi_arena *a, const rcp_article *article, rcpi_kept *kept, rcpi_date near) {
  rcpi_date day = {0};
  for (size_t i = 0; i < article->n_furniture && !day.day; i++) {
    const rcpi_furniture *f = &article->furniture[i];
    if (f->at.beg > HEAD_BYTES) break;
    if (f->kind != RCPI_FURN_CREDIT || f->at.end - f->at.beg > HEAD_BYTES) continue;
    rcp_article line = {.text = rcpi_at(article->text, f->at), .lang = article->lang, .is_cleaned = true};
    rcpi_text text;
    rcpi_marks marks = {.kept = kept};
    reader r;
    rcpi_text_split(a, &line, &text);
    read_text(a, &text, &marks, &r);
    day = date_line(&r);
    if (!day.day) day = day_line(&r, near);
  }
  return day;
}

void rcpi_times_find(rcpi_arena *a, const rcpi_text *text, const rcpi_mark_options *options, rcpi_marks *marks) {
  reader r;
  read_text(a, text, marks, &r);
  rcp_str stated = options->story_date.p ? options->story_date : text->article->published.p ? text->article->published : options->published;
  rcpi_date near = rcpi_date_parse(options->near);
  r.now = rcpi_date_parse(stated);
  if (!r.now.year) r.now = date_line(&r);
  if (!r.now.year) r.now = credit_day(a, text->article, marks->kept, near);
  if (!r.now.year) r.now = day_line(&r, near);
  find(&r);
  marks->times = r.out.p;
  marks->n_times = r.out.n;
}

size_t rcpi_first_time(const rcpi_marks *m, uint32_t token) {
  size_t lo = 0, hi = m->n_times;
  while (lo < hi) {
    size_t mid = (lo + hi) / 2;
    if (m->times[mid].at.token < token) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}
