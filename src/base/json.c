/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"

#include <assert.h>
#include <jansson.h>
#include <math.h>

void rcpi_json_init(rcpi_json *j, rcpi_buf *out, bool is_indented) {
  *j = (rcpi_json){.out = out, .is_indented = is_indented};
}

static void newline(rcpi_json *j) {
  static const char line[] = "\n                ";
  enum { MOST = sizeof line - 1 };
  if (!j->is_indented) return;
  rcpi_buf_add(j->out, (rcp_str){line, j->depth < MOST ? j->depth + 1 : MOST});
  for (unsigned i = MOST - 1; i < j->depth; i++) rcpi_buf_addc(j->out, ' ');
}

static void before_value(rcpi_json *j) {
  if (!j->after_key) {
    if (j->needs_comma) rcpi_buf_addc(j->out, ',');
    if (j->depth) newline(j);
  }
  j->after_key = false;
  j->needs_comma = true;
}

void rcpi_json_open(rcpi_json *j, char bracket) {
  before_value(j);
  rcpi_buf_addc(j->out, bracket);
  j->depth++;
  j->needs_comma = false;
}

void rcpi_json_close(rcpi_json *j, char bracket) {
  assert(j->depth && !j->after_key);
  j->depth--;
  if (j->needs_comma) newline(j);
  rcpi_buf_addc(j->out, bracket);
  j->needs_comma = true;
}

void rcpi_json_key(rcpi_json *j, const char *key) {
  assert(!j->after_key);
  if (j->needs_comma) rcpi_buf_addc(j->out, ',');
  newline(j);
  rcpi_json_quote(j->out, rcpi_cstr(key));
  rcpi_buf_adds(j->out, j->is_indented ? ": " : ":");
  j->after_key = true;
}

static bool is_plain(unsigned char c) {
  return c >= 0x20 && c != '"' && c != '\\' && c != 0x7F;
}

/* Where the next character stands that must be escaped: eight bytes at a time have none of them, or not. */
static size_t plain_end(rcp_str s, size_t i) {
  const uint64_t ones = 0x0101010101010101u, high = ones << 7;
  for (; i + 8 <= s.n; i += 8) {
    uint64_t w;
    memcpy(&w, s.p + i, 8);
    uint64_t quote = w ^ ones * '"', slash = w ^ ones * '\\', del = w ^ ones * 0x7F;
    uint64_t some = (w - ones * 0x20) | (quote - ones) | (slash - ones) | (del - ones);
    if (some & ~w & high) break;
  }
  while (i < s.n && is_plain((unsigned char)s.p[i])) i++;
  return i;
}

void rcpi_json_quote(rcpi_buf *out, rcp_str s) {
  size_t from = 0, plain = plain_end(s, 0);
  if (plain == s.n && rcpi_buf_reserve(out, s.n + 2)) {   /* most often */
    out->p[out->len++] = '"';
    if (s.n) memcpy(out->p + out->len, s.p, s.n);
    out->len += s.n;
    rcpi_buf_addc(out, '"');
    return;
  }
  rcpi_buf_addc(out, '"');
  for (size_t i = plain; i < s.n; i = plain_end(s, i + 1)) {
    unsigned char c = (unsigned char)s.p[i];
    rcpi_buf_add(out, rcpi_sub(s, from, i));
    from = i + 1;
    if (c == '"' || c == '\\') {
      rcpi_buf_addc(out, '\\');
      rcpi_buf_addc(out, (char)c);
    } else if (c == '\n') rcpi_buf_adds(out, "\\n");
    else if (c == '\t') rcpi_buf_adds(out, "\\t");
    else if (c == '\r') rcpi_buf_adds(out, "\\r");
    else rcpi_buf_printf(out, "\\u%04x", c);
  }
  if (s.n > from) rcpi_buf_add(out, rcpi_sub(s, from, s.n));
  rcpi_buf_addc(out, '"');
}

void rcpi_json_str(rcpi_json *j, rcp_str s) {
  before_value(j);
  if (s.p) rcpi_json_quote(j->out, s);
  else rcpi_buf_adds(j->out, "null");
}

static void add_digits(rcpi_buf *out, uint64_t v) {
  char digits[20];
  size_t i = sizeof digits;
  do digits[--i] = (char)('0' + v % 10);
  while (v /= 10);
  rcpi_buf_add(out, (rcp_str){digits + i, sizeof digits - i});
}

void rcpi_json_uint(rcpi_json *j, uint64_t v) {
  before_value(j);
  add_digits(j->out, v);
}

void rcpi_json_int(rcpi_json *j, int64_t v) {
  before_value(j);
  rcpi_buf_printf(j->out, "%lld", (long long)v);
}

/* Digits without printf's %f, whose decimal point follows the caller's locale. */
void rcpi_json_num(rcpi_json *j, double v, int decimals) {
  before_value(j);
  int64_t scale = 1;
  for (int i = 0; i < decimals; i++) scale *= 10;
  if (!isfinite(v) || fabs(v) * (double)scale > 9e15) {
    rcpi_buf_adds(j->out, "null");
    return;
  }
  int64_t n = llround(v * (double)scale);
  if (n < 0) rcpi_buf_addc(j->out, '-');
  n = n < 0 ? -n : n;
  rcpi_buf_printf(j->out, "%lld", (long long)(n / scale));
  if (decimals) rcpi_buf_printf(j->out, ".%0*lld", decimals, (long long)(n % scale));
}

void rcpi_json_bool(rcpi_json *j, bool v) {
  before_value(j);
  rcpi_buf_adds(j->out, v ? "true" : "false");
}

void rcpi_json_null(rcpi_json *j) {
  before_value(j);
  rcpi_buf_adds(j->out, "null");
}

/* rcpi_value is jansson's json_t under another name: nobody outside this file can tell. */
static json_t *raw(const rcpi_value *v) {
  return (json_t *)(uintptr_t)v;
}

static void drop(void *v) {
  json_decref(v);
}

const rcpi_value *rcpi_json_parse(rcpi_arena *a, rcp_str text, const char **message, size_t *offset) {
  json_error_t error;
  json_t *v = json_loadb(text.p ? text.p : "", text.n, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
  if (!v) {
    if (message) *message = rcpi_printf(a, "%s", error.text).p;
    if (offset) *offset = error.position > 0 ? (size_t)error.position : 0;
    return NULL;
  }
  rcpi_defer(a, drop, v);
  return (const rcpi_value *)v;
}

const rcpi_value *rcpi_json_get(const rcpi_value *object, const char *key) {
  return (const rcpi_value *)json_object_get(raw(object), key);
}

const rcpi_value *rcpi_json_at(const rcpi_value *array, size_t i) {
  return (const rcpi_value *)json_array_get(raw(array), i);
}

size_t rcpi_json_size(const rcpi_value *v) {
  return json_is_array(raw(v)) ? json_array_size(raw(v)) : json_object_size(raw(v));
}

rcp_str rcpi_json_text(const rcpi_value *v) {
  json_t *j = raw(v);
  return json_is_string(j) ? (rcp_str){json_string_value(j), json_string_length(j)} : (rcp_str){NULL, 0};
}

bool rcpi_json_is_array(const rcpi_value *v) {
  return json_is_array(raw(v));
}

bool rcpi_json_is_object(const rcpi_value *v) {
  return json_is_object(raw(v));
}

bool rcpi_json_is_true(const rcpi_value *v) {
  return json_is_true(raw(v));
}

bool rcpi_json_number(const rcpi_value *v, double *out) {
  if (!json_is_number(raw(v))) return false;
  *out = json_number_value(raw(v));
  return true;
}

bool rcpi_json_member(const rcpi_value *object, size_t i, rcp_str *key, const rcpi_value **value) {
  void *it = json_object_iter(raw(object));
  while (it && i--) it = json_object_iter_next(raw(object), it);
  if (!it) return false;
  *key = rcpi_cstr(json_object_iter_key(it));
  *value = (const rcpi_value *)json_object_iter_value(it);
  return true;
}
