/* SPDX-License-Identifier: Apache-2.0 */
#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void serve_text_release(serve_text *t) {
  free(t->p);
  *t = (serve_text){.p = NULL};
}

static bool reserve(serve_text *t, size_t n) {
  if (t->failed) return false;
  if (t->cap - t->n > n) return true;
  size_t cap = t->cap ? t->cap : 4096;
  while (cap - t->n <= n && cap < SIZE_MAX / 2) cap *= 2;
  char *p = cap - t->n > n ? realloc(t->p, cap) : NULL;
  if (!p) return t->failed = true, false;
  t->p = p;
  t->cap = cap;
  return true;
}

void serve_add(serve_text *t, rcp_str s) {
  if (!s.n || !reserve(t, s.n)) return;
  memcpy(t->p + t->n, s.p, s.n);
  t->n += s.n;
  t->p[t->n] = 0;
}

void serve_adds(serve_text *t, const char *s) {
  serve_add(t, serve_str(s));
}

void serve_addf(serve_text *t, const char *format, ...) {
  char line[512];
  va_list args;
  va_start(args, format);
  int n = vsnprintf(line, sizeof line, format, args);   /* words and numbers of ours: all short */
  va_end(args);
  if (n < 0 || (size_t)n >= sizeof line) t->failed = true;
  else serve_add(t, (rcp_str){line, (size_t)n});
}

void serve_escape(serve_text *t, rcp_str s) {
  size_t from = 0;
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    const char *as = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : c == '\'' ? "&#39;" :
                     (c < 0x20 && c != '\t' && c != '\n') || c == 0x7F ? "\xEF\xBF\xBD" : NULL;
    if (!as) continue;
    serve_add(t, (rcp_str){s.p + from, i - from});
    serve_adds(t, as);
    from = i + 1;
  }
  if (s.n) serve_add(t, (rcp_str){s.p + from, s.n - from});
}

void serve_segment(serve_text *t, rcp_str s) {
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_' || c == '~';
    if (is_plain) serve_add(t, (rcp_str){s.p + i, 1});
    else serve_addf(t, "%%%02X", c);
  }
}

void serve_json(serve_text *t, rcp_str s) {
  if (!s.p) {
    serve_adds(t, "null");
    return;
  }
  serve_adds(t, "\"");
  size_t from = 0;
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F) continue;
    serve_add(t, (rcp_str){s.p + from, i - from});
    if (c == '"' || c == '\\') serve_addf(t, "\\%c", c);
    else serve_addf(t, "\\u%04x", c);
    from = i + 1;
  }
  serve_add(t, (rcp_str){s.p + from, s.n - from});
  serve_adds(t, "\"");
}
