/*
 * Dates are written out of the table too (month names, order of parts), not by ICU: a formatter costs milliseconds to
 * open, and its words change with its version, while a dossier must be the same bytes everywhere.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "dossier/message.h"

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
  if (digits.failed) out->failed = true;
  rcpi_buf_release(&digits);
}

/* Digits [at, at + n) of s as a number; false when one of them is none. */
static bool digits_at(rcp_str s, size_t at, size_t n, uint32_t *out) {
  return at + n <= s.n && rcpi_parse_u32(rcpi_sub(s, at, at + n), out);
}

/* "18:48", with UTC or a shift when the date-time has one. */
static void put_clock(const rcpi_messages *w, rcpi_buf *out, rcp_str clock) {
  uint32_t h, m;
  if (!digits_at(clock, 0, 2, &h) || !digits_at(clock, 3, 2, &m)) return;
  rcp_str hour = rcpi_sub(clock, 0, 2), minute = rcpi_sub(clock, 3, 5);
  rcpi_message_put(w, out, "clock", (rcp_str[]){hour, minute}, 2);
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

void rcpi_message_date(const rcpi_messages *w, rcpi_buf *out, rcp_str iso) {
  size_t slash = rcpi_find_char(iso, '/');
  if (slash != RCPI_NONE) {
    rcpi_message_date(w, out, rcpi_sub(iso, 0, slash));
    rcpi_buf_adds(out, " – ");
    rcpi_message_date(w, out, rcpi_sub(iso, slash + 1, iso.n));
  } else if (!put_day(w, out, iso)) {
    rcpi_buf_add(out, iso);
  } else if (iso.n > 15 && (iso.p[10] == 'T' || iso.p[10] == ' ')) {
    rcpi_buf_adds(out, " ");
    put_clock(w, out, rcpi_sub(iso, 11, iso.n));
  }
}
