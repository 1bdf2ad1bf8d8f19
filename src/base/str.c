/* SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"

size_t rcpi_find(rcp_str s, rcp_str what) {
  if (what.n > s.n) return RCPI_NONE;
  if (what.n == 0) return 0;
  const char *p = memmem(s.p, s.n, what.p, what.n);
  return p ? (size_t)(p - s.p) : RCPI_NONE;
}

size_t rcpi_find_char(rcp_str s, char c) {
  const char *p = s.n ? memchr(s.p, c, s.n) : NULL;
  return p ? (size_t)(p - s.p) : RCPI_NONE;
}

int rcpi_cmp(rcp_str a, rcp_str b) {
  size_t n = a.n < b.n ? a.n : b.n;
  int c = n ? memcmp(a.p, b.p, n) : 0;
  return c ? c : (a.n > b.n) - (a.n < b.n);
}

static size_t space_before(const char *p, size_t n) {
  const unsigned char *u = (const unsigned char *)p;
  if (n >= 1 && rcpi_is_space(u[n - 1])) return 1;
  if (n >= 2 && u[n - 2] == 0xC2 && u[n - 1] == 0xA0) return 2;
  if (n >= 3 && u[n - 3] == 0xE2 && u[n - 2] == 0x80 && u[n - 1] == 0xAF) return 3;
  if (n >= 3 && u[n - 3] == 0xEF && u[n - 2] == 0xBB && u[n - 1] == 0xBF) return 3;
  return 0;
}

static size_t space_at(const char *p, size_t n) {
  const unsigned char *u = (const unsigned char *)p;
  if (n >= 1 && rcpi_is_space(u[0])) return 1;
  if (n >= 2 && u[0] == 0xC2 && u[1] == 0xA0) return 2;
  if (n >= 3 && u[0] == 0xE2 && u[1] == 0x80 && u[2] == 0xAF) return 3;
  if (n >= 3 && u[0] == 0xEF && u[1] == 0xBB && u[2] == 0xBF) return 3;
  return 0;
}

rcp_str rcpi_trim(rcp_str s) {
  for (size_t k; s.n && (k = space_at(s.p, s.n)); s.p += k, s.n -= k) continue;
  for (size_t k; s.n && (k = space_before(s.p, s.n)); s.n -= k) continue;
  return s;
}

bool rcpi_eq_nocase(rcp_str a, rcp_str b) {
  if (a.n != b.n) return false;
  for (size_t i = 0; i < a.n; i++)
    if (rcpi_lower((unsigned char)a.p[i]) != rcpi_lower((unsigned char)b.p[i])) return false;
  return true;
}

bool rcpi_next_line(rcp_str *rest, rcp_str *line) {
  if (rest->n == 0) return false;
  size_t at = rcpi_find_char(*rest, '\n');
  size_t n = at == RCPI_NONE ? rest->n : at, skip = at == RCPI_NONE ? n : n + 1;
  *line = (rcp_str){rest->p, n && rest->p[n - 1] == '\r' ? n - 1 : n};
  rest->p += skip;
  rest->n -= skip;
  return true;
}

bool rcpi_next_field(rcp_str *rest, char sep, rcp_str *field) {
  if (!rest->p) return false;
  size_t at = rcpi_find_char(*rest, sep);
  if (at == RCPI_NONE) {
    *field = *rest;
    *rest = (rcp_str){NULL, 0};
  } else {
    *field = (rcp_str){rest->p, at};
    rest->p += at + 1;
    rest->n -= at + 1;
  }
  return true;
}

bool rcpi_parse_u32(rcp_str s, uint32_t *out) {
  uint64_t v = 0;
  if (s.n == 0 || s.n > 10) return false;
  for (size_t i = 0; i < s.n; i++) {
    if (!rcpi_is_digit((unsigned char)s.p[i])) return false;
    v = v * 10 + (uint64_t)(s.p[i] - '0');
  }
  if (v > UINT32_MAX) return false;
  *out = (uint32_t)v;
  return true;
}

bool rcpi_parse_double(rcp_str s, double *out) {
  bool minus = s.n && s.p[0] == '-', any = false;
  double v = 0, scale = 1;
  size_t i = minus;
  for (; i < s.n && rcpi_is_digit((unsigned char)s.p[i]); i++, any = true) v = v * 10 + (s.p[i] - '0');
  if (i < s.n && s.p[i] == '.')
    for (i++; i < s.n && rcpi_is_digit((unsigned char)s.p[i]); i++, any = true) v += (s.p[i] - '0') * (scale /= 10);
  if (!any || i != s.n) return false;
  *out = minus ? -v : v;
  return true;
}

rcp_str rcpi_file_name(rcp_str path) {
  size_t from = path.n;
  while (from > 0 && path.p[from - 1] != '/') from--;
  return rcpi_sub(path, from, path.n);
}
