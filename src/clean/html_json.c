/*
 * One pass with a stack of open brackets, capped. A quote ends a string only where what follows can follow a string (a
 * comma, colon, bracket or the end), which is what saves "He said "no" again". Values of all texts of a page lie in one
 * array; value 0 is a placeholder, so that 0 can mean "none".
 * Known weakness: a string that holds `", "` unescaped ends there.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "clean/html_json.h"

#include "base/utf8.h"
#include "clean/html_scan.h"

enum { MOST_VALUES = 50000, DEEPEST = 64 };

typedef struct reader { const char *p, *end; } reader;

static void skip_blank(reader *r) {
  while (r->p < r->end && (rcpi_is_space((unsigned char)*r->p) || (unsigned char)*r->p == 0xEF || (unsigned char)*r->p == 0xBB || (unsigned char)*r->p == 0xBF)) r->p++;
}

static bool can_end_string(const char *p, const char *end) {
  while (p < end && rcpi_is_space((unsigned char)*p)) p++;
  return p == end || *p == ',' || *p == ':' || *p == '}' || *p == ']';
}

/* p is behind the opening quote. */
static rcp_str read_string(reader *r) {
  const char *from = r->p;
  for (; r->p < r->end; r->p++) {
    if (*r->p == '\\' && r->p + 1 < r->end) r->p++;
    else if (*r->p == '"' && can_end_string(r->p + 1, r->end)) {
      rcp_str s = {from, (size_t)(r->p - from)};
      r->p++;
      return s;
    }
  }
  return (rcp_str){from, (size_t)(r->end - from)};
}

static bool is_bare(char c) {
  return rcpi_is_alpha((unsigned char)c) || rcpi_is_digit((unsigned char)c) || c == '-' || c == '+' || c == '.' || c == '_';
}

static void read(rcpi_arena *a, reader *r, rcpi_pjson *out) {
  uint32_t open[DEEPEST];
  size_t depth = 0;
  rcp_str key = {NULL, 0};
  for (skip_blank(r); r->p < r->end && out->v.n < MOST_VALUES; skip_blank(r)) {
    char c = *r->p;
    uint32_t id = (uint32_t)out->v.n;
    rcpi_pvalue v = {.key = key, .end = id + 1};
    if (c == '{' || c == '[') {
      if (depth == DEEPEST) return;
      r->p++;
      v.kind = c == '{' ? RCPI_P_OBJECT : RCPI_P_ARRAY;
      open[depth++] = id;
    } else if (c == '}' || c == ']') {
      r->p++;
      if (depth) depth--, out->v.p[open[depth]].end = id;
      key = (rcp_str){NULL, 0};
      continue;
    } else if (c == '"') {
      r->p++;
      v.kind = RCPI_P_STRING;
      v.raw = read_string(r);
      skip_blank(r);
      if (r->p < r->end && *r->p == ':') {
        r->p++;
        key = v.raw;
        continue;
      }
    } else if (is_bare(c)) {
      const char *from = r->p;
      while (r->p < r->end && is_bare(*r->p)) r->p++;
      v.kind = RCPI_P_OTHER;
      v.raw = (rcp_str){from, (size_t)(r->p - from)};
    } else {
      r->p++;
      continue;
    }
    rcpi_push(a, &out->v, v);
    key = (rcp_str){NULL, 0};
  }
  while (depth) depth--, out->v.p[open[depth]].end = (uint32_t)out->v.n;
}

void rcpi_pjson_read(rcpi_arena *a, rcp_str text, rcpi_pjson *out) {
  if (!out->v.n) rcpi_push(a, &out->v, (rcpi_pvalue){.kind = RCPI_P_OTHER, .end = 1});
  size_t brace = rcpi_find_char(text, '{'), bracket = rcpi_find_char(text, '[');
  size_t from = brace < bracket ? brace : bracket;
  if (from == RCPI_NONE || (bracket < brace && rcpi_find(text, RCPI_S("<![CDATA[")) < bracket)) from = brace;
  if (from == RCPI_NONE) return;
  reader r = {text.p + from, text.p + text.n};
  read(a, &r, out);
}

uint32_t rcpi_pjson_get(const rcpi_pjson *j, uint32_t object, const char *key) {
  if (!object || j->v.p[object].kind != RCPI_P_OBJECT) return 0;
  for (uint32_t i = object + 1; i < j->v.p[object].end; i = j->v.p[i].end)
    if (rcpi_is(j->v.p[i].key, key)) return i;
  return 0;
}

static int hex(char c) {
  if (rcpi_is_digit((unsigned char)c)) return c - '0';
  c = (char)rcpi_lower((unsigned char)c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Four hexadecimal digits at s.p[at]; -1 when they are not there. */
static int32_t code_unit(rcp_str s, size_t at) {
  int32_t v = 0;
  if (at + 4 > s.n) return -1;
  for (size_t i = at; i < at + 4; i++) {
    if (hex(s.p[i]) < 0) return -1;
    v = v * 16 + hex(s.p[i]);
  }
  return v;
}

static size_t read_escape(rcp_str s, size_t at, char *out, size_t *n) {
  char c = s.p[at + 1];
  if (c == 'n' || c == 't' || c == 'r' || c == 'b' || c == 'f') return out[(*n)++] = ' ', 2;
  if (c != 'u') return out[(*n)++] = c, 2;
  int32_t cp = code_unit(s, at + 2);
  if (cp < 0) return 2;
  size_t taken = 6;
  if (cp >= 0xD800 && cp < 0xDC00 && at + 8 < s.n && s.p[at + 6] == '\\' && s.p[at + 7] == 'u') {
    int32_t low = code_unit(s, at + 8);
    if (low >= 0xDC00 && low < 0xE000) cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00), taken = 12;
  }
  *n += rcpi_utf8_put((uint32_t)cp, out + *n);
  return taken;
}

rcp_str rcpi_pjson_text(rcpi_arena *a, const rcpi_pjson *j, uint32_t value) {
  if (!value || j->v.p[value].kind != RCPI_P_STRING) return (rcp_str){NULL, 0};
  rcp_str s = j->v.p[value].raw;
  if (rcpi_find_char(s, '\\') != RCPI_NONE) {
    char *out = rcpi_alloc(a, s.n + 1, 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
      if (s.p[i] == '\\' && i + 1 < s.n) i += read_escape(s, i, out, &n);
      else out[n++] = s.p[i++];
    }
    s = (rcp_str){out, n};
  }
  return rcpi_html_text(a, s, false);
}
