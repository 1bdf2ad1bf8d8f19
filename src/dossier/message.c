/*
 * Dates are written out of the table too (month names, order of parts), not by ICU: a formatter costs milliseconds to
 * open, and its words change with its version, while a dossier must be the same bytes everywhere.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "dossier/message.h"

#include <stdio.h>
#include <string.h>

extern const rcpi_table rcpi_compiled_tables[];
extern const size_t rcpi_n_compiled_tables;

static const rcpi_table *messages_of(const rcpi_langs *langs, rcp_str tag) {
  const rcpi_lang *lang = rcpi_lang_by_tag(langs, tag);
  const rcpi_table *t = rcpi_lang_table(lang, "message");
  if (t->n_rows) return t;
  for (size_t i = 0; i < rcpi_n_compiled_tables; i++)
    if (!strcmp(rcpi_compiled_tables[i].name, "message") && rcpi_is(lang ? lang->tag : tag, rcpi_compiled_tables[i].lang))
      return &rcpi_compiled_tables[i];
  return NULL;
}

void rcpi_messages_init(rcpi_messages *w, const rcpi_langs *langs, const char *locale) {
  w->spare = messages_of(langs, RCPI_S("en"));
  w->own = locale ? messages_of(langs, rcpi_cstr(locale)) : NULL;
  if (!w->own) w->own = w->spare;
  w->tag = w->own ? rcpi_cstr(w->own->lang) : RCPI_S("en");
}

rcp_str rcpi_message(const rcpi_messages *w, const char *key) {
  const rcpi_table *tables[] = {w->own, w->spare};
  for (size_t i = 0; i < 2; i++) {
    size_t row = tables[i] ? rcpi_table_find(tables[i], rcpi_cstr(key)) : RCPI_NONE;
    if (row != RCPI_NONE) return rcpi_cell(tables[i], row, 1);
  }
  return rcpi_cstr(key);
}

/* "one|many" for a count; `singular` lists the counts that take the first form. */
static rcp_str form_of(const rcpi_messages *w, rcp_str text, rcp_str count) {
  size_t bar = rcpi_find_char(text, '|');
  if (bar == RCPI_NONE) return text;
  rcp_str one, rest = rcpi_message(w, "singular");
  while (rest.n && rcpi_next_field(&rest, ' ', &one))
    if (rcpi_eq(one, count)) return rcpi_sub(text, 0, bar);
  return rcpi_sub(text, bar + 1, text.n);
}

void rcpi_message_put(const rcpi_messages *w, rcpi_buf *out, const char *key, const rcp_str *args, size_t n_args) {
  rcp_str s = rcpi_message(w, key);
  if (n_args) s = form_of(w, s, args[0]);
  for (size_t i = 0; i < s.n; i++) {
    bool is_place = i + 2 < s.n && s.p[i] == '{' && s.p[i + 1] >= '1' && s.p[i + 1] <= '9' && s.p[i + 2] == '}';
    if (!is_place) {
      rcpi_buf_addc(out, s.p[i]);
      continue;
    }
    size_t k = (size_t)(s.p[i + 1] - '1');
    if (k < n_args) rcpi_buf_add(out, args[k]);
    i += 2;
  }
}

void rcpi_message_number(const rcpi_messages *w, rcpi_buf *out, uint64_t n) {
  char digits[24];
  size_t len = 0;
  do digits[len++] = (char)('0' + n % 10); while (n /= 10);
  while (len--) {
    rcpi_buf_addc(out, digits[len]);
    if (len && len % 3 == 0) rcpi_buf_add(out, rcpi_message(w, "thousands"));
  }
}

void rcpi_message_count(const rcpi_messages *w, rcpi_buf *out, const char *key, uint64_t n) {
  rcpi_buf digits;
  rcpi_buf_init(&digits);
  rcpi_message_number(w, &digits, n);
  rcp_str arg = rcpi_buf_str(&digits);
  rcpi_message_put(w, out, key, &arg, 1);
  rcpi_buf_end(&digits, out);
}

/* Digits [at, at + n) of s as a number; false when one of them is none. */
static bool digits_at(rcp_str s, size_t at, size_t n, uint32_t *out) {
  return at + n <= s.n && rcpi_parse_u32(rcpi_sub(s, at, at + n), out);
}

/* 04:20, but 4 h 20: a zero stands before a colon only. */
void rcpi_message_clock(const rcpi_messages *w, rcpi_buf *out, rcp_str hour, rcp_str minute) {
  bool drops_zero = hour.n == 2 && hour.p[0] == '0' && rcpi_find_char(rcpi_message(w, "clock"), ':') == RCPI_NONE;
  rcpi_message_put(w, out, "clock", (rcp_str[]){rcpi_sub(hour, drops_zero, hour.n), minute}, 2);
}

/* "18:48", with UTC or a shift when the date-time has one. */
static void put_clock(const rcpi_messages *w, rcpi_buf *out, rcp_str clock) {
  uint32_t h, m;
  if (!digits_at(clock, 0, 2, &h) || !digits_at(clock, 3, 2, &m)) return;
  rcpi_message_clock(w, out, rcpi_sub(clock, 0, 2), rcpi_sub(clock, 3, 5));
  size_t zone = 5;
  while (zone < clock.n && clock.p[zone] != 'Z' && clock.p[zone] != '+' && clock.p[zone] != '-') zone++;
  if (zone == clock.n) return;
  rcp_str shift = rcpi_sub(clock, zone, clock.n);
  rcpi_buf_adds(out, " UTC");
  if (shift.p[0] != 'Z' && !rcpi_is(shift, "+00:00")) rcpi_buf_add(out, shift);
}

static bool put_day(const rcpi_messages *w, rcpi_buf *out, rcp_str iso) {
  uint32_t year, month = 0, day = 0;
  if (!digits_at(iso, 0, 4, &year)) return false;
  if (iso.n >= 7 && (iso.p[4] != '-' || !digits_at(iso, 5, 2, &month) || month < 1 || month > 12)) return false;
  if (iso.n >= 10 && (iso.p[7] != '-' || !digits_at(iso, 8, 2, &day) || day < 1 || day > 31)) return false;
  if (iso.n != 4 && iso.n != 7 && iso.n < 10) return false;
  char key[] = "month_00";
  key[6] = (char)('0' + month / 10), key[7] = (char)('0' + month % 10);
  rcp_str day_digits = day < 10 ? rcpi_sub(iso, iso.n >= 10 ? 9 : 0, iso.n >= 10 ? 10 : 0) : rcpi_sub(iso, 8, 10);
  rcp_str parts[] = {day == 1 ? rcpi_message(w, "day_first") : day_digits, month ? rcpi_message(w, key) : RCPI_S(""), rcpi_sub(iso, 0, 4)};
  rcpi_message_put(w, out, day ? "date_day" : month ? "date_month" : "date_year", parts, 3);
  return true;
}

/* "04:20" and no more. */
static bool is_clock(rcp_str s) {
  uint32_t h, m;
  return s.n == 5 && s.p[2] == ':' && digits_at(s, 0, 2, &h) && digits_at(s, 3, 2, &m);
}

void rcpi_message_date(const rcpi_messages *w, rcpi_buf *out, rcp_str iso) {
  size_t slash = rcpi_find_char(iso, '/');
  if (slash != RCPI_NONE) {
    rcpi_message_date(w, out, rcpi_sub(iso, 0, slash));
    rcpi_buf_adds(out, " – ");
    rcpi_message_date(w, out, rcpi_sub(iso, slash + 1, iso.n));
  } else if (is_clock(iso)) {
    rcpi_message_clock(w, out, rcpi_sub(iso, 0, 2), rcpi_sub(iso, 3, 5));
  } else if (!put_day(w, out, iso)) {
    rcpi_buf_add(out, iso);
  } else if (iso.n > 15 && (iso.p[10] == 'T' || iso.p[10] == ' ')) {
    rcpi_buf_adds(out, " ");
    put_clock(w, out, rcpi_sub(iso, 11, iso.n));
  }
}

/* ------------------------------------------------------------------------------------------------------------ amounts */

/* Relation, number or range, scale, unit: "<=", "6.84", "", "", "m". lo.n == 0: no amount. */
typedef struct amount { const char *relation; rcp_str lo, hi, scale, unit; bool is_open; } amount;

/* -12.5: as long as it goes. */
static rcp_str take_number(rcp_str *rest) {
  size_t n = rest->n && rest->p[0] == '-';
  size_t digits = n;
  while (n < rest->n && rcpi_is_digit((unsigned char)rest->p[n])) n++;
  if (n == digits) return (rcp_str){"", 0};
  if (n + 1 < rest->n && rest->p[n] == '.' && rcpi_is_digit((unsigned char)rest->p[n + 1]))
    for (n++; n < rest->n && rcpi_is_digit((unsigned char)rest->p[n]);) n++;
  rcp_str out = rcpi_sub(*rest, 0, n);
  *rest = rcpi_sub(*rest, n, rest->n);
  return out;
}

static bool take(rcp_str *rest, const char *what) {
  if (!rcpi_starts(*rest, rcpi_cstr(what))) return false;
  *rest = rcpi_sub(*rest, strlen(what), rest->n);
  return true;
}

static amount read_amount(rcp_str norm) {
  static const char *const signs[][2] = {{"~", "amount_about"}, {">=", "amount_at_least"}, {"<=", "amount_at_most"}, {">", "amount_more"}, {"<", "amount_less"}};
  amount a = {.relation = NULL, .lo = {"", 0}, .hi = {"", 0}, .scale = {"", 0}, .unit = {"", 0}};
  a.is_open = take(&norm, "n x ");
  for (size_t i = 0; i < 5 && !a.is_open && !a.relation; i++)
    if (take(&norm, signs[i][0])) a.relation = signs[i][1];
  a.lo = take_number(&norm);
  if (a.lo.n && take(&norm, "..")) {
    a.hi = take_number(&norm);
    if (!a.hi.n) a.lo.n = 0;
  }
  bool has_gap = take(&norm, " ");
  if (has_gap && norm.n && strchr("kMGT", norm.p[0]) && (norm.n == 1 || norm.p[1] == ' ')) {
    a.scale = rcpi_sub(norm, 0, 1);
    norm = rcpi_sub(norm, norm.n > 1 ? 2 : 1, norm.n);
  }
  a.unit = norm;
  if (norm.n && !has_gap && !rcpi_is(norm, "%")) a.lo.n = 0;   /* 3-1, 04:20 */
  return a;
}

static void put_decimal(const rcpi_messages *w, rcpi_buf *out, rcp_str digits) {
  size_t point = rcpi_find_char(digits, '.'), whole = point == RCPI_NONE ? digits.n : point;
  size_t from = digits.p[0] == '-';
  if (from) rcpi_buf_adds(out, "\xE2\x88\x92");
  for (size_t i = from; i < whole; i++) {
    if (i > from && (whole - i) % 3 == 0) rcpi_buf_add(out, rcpi_message(w, "thousands"));
    rcpi_buf_addc(out, digits.p[i]);
  }
  if (whole == digits.n) return;
  rcpi_buf_add(out, rcpi_message(w, "decimal"));
  rcpi_buf_add(out, rcpi_sub(digits, whole + 1, digits.n));
}

/* The words of <kind>_<name>: false when the language has none, as for a symbol of its own. */
static bool find_words(const rcpi_messages *w, const char *kind, rcp_str name, char *key, size_t room, rcp_str *out) {
  if (snprintf(key, room, "%s_%.*s", kind, RCPI_P(name)) >= (int)room) return false;
  for (char *c = key; *c; c++)
    if (*c == ' ') *c = '_';
  *out = rcpi_message(w, key);
  return out->p != key;
}

/* Where 0 takes the first form so does all below 2 (1,5 million); elsewhere 1 alone does. */
static rcp_str counted(const rcpi_messages *w, rcp_str digits) {
  size_t point = rcpi_find_char(digits, '.');
  return point != RCPI_NONE && rcpi_starts(rcpi_message(w, "singular"), RCPI_S("0")) ? rcpi_sub(digits, 0, point) : digits;
}

static void put_unit(const rcpi_messages *w, rcpi_buf *out, const char *kind, rcp_str name, rcp_str count) {
  char key[48];
  rcp_str words;
  rcpi_buf_adds(out, "\xC2\xA0");
  rcpi_buf_add(out, find_words(w, kind, name, key, sizeof key, &words) ? form_of(w, words, count) : name);
}

static void put_core(const rcpi_messages *w, rcpi_buf *out, const amount *a) {
  char key[48];
  rcp_str money, count = counted(w, a->hi.n ? a->hi : a->lo);
  bool is_money = a->unit.n && find_words(w, "money", a->unit, key, sizeof key, &money);
  rcpi_buf number;
  rcpi_buf_init(&number);
  put_decimal(w, &number, a->lo);
  if (a->hi.n) rcpi_buf_adds(&number, "\xE2\x80\x93"), put_decimal(w, &number, a->hi);
  if (a->scale.n) put_unit(w, &number, "scale", a->scale, count);
  if (is_money) rcpi_message_put(w, out, "money", (rcp_str[]){rcpi_buf_str(&number), money}, 2);
  else if (rcpi_is(a->unit, "%")) rcpi_message_put(w, out, "percent", (rcp_str[]){rcpi_buf_str(&number)}, 1);
  else rcpi_buf_add(out, rcpi_buf_str(&number));
  if (a->unit.n && !is_money && !rcpi_is(a->unit, "%")) put_unit(w, out, "unit", a->unit, a->scale.n ? RCPI_S("2") : count);
  rcpi_buf_end(&number, out);
}

static void put_amount(const rcpi_messages *w, rcpi_buf *out, rcp_str norm) {
  amount a = read_amount(norm);
  char key[48];
  rcp_str some;
  if (!a.lo.n || (a.is_open && (a.hi.n || a.unit.n || !find_words(w, "some", rcpi_sub(norm, 4, norm.n), key, sizeof key, &some)))) {
    rcpi_buf_add(out, norm);
  } else if (a.is_open) {
    rcpi_buf_add(out, some);
  } else if (!a.relation) {
    put_core(w, out, &a);
  } else {
    rcpi_buf core;
    rcpi_buf_init(&core);
    put_core(w, &core, &a);
    rcpi_message_put(w, out, a.relation, (rcp_str[]){rcpi_buf_str(&core)}, 1);
    rcpi_buf_end(&core, out);
  }
}

/* "~1000 each", "~1000 in all": whose number it is stands behind the amount. */
void rcpi_message_amount(const rcpi_messages *w, rcpi_buf *out, rcp_str norm) {
  static const char *const shares[][2] = {{" each", "amount_each"}, {" in all", "amount_in_all"}};
  for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
    rcp_str share = rcpi_cstr(shares[i][0]);
    if (!rcpi_ends(norm, share)) continue;
    rcpi_buf number;
    rcpi_buf_init(&number);
    put_amount(w, &number, rcpi_sub(norm, 0, norm.n - share.n));
    rcpi_message_put(w, out, shares[i][1], (rcp_str[]){rcpi_buf_str(&number)}, 1);
    rcpi_buf_end(&number, out);
    return;
  }
  put_amount(w, out, norm);
}
