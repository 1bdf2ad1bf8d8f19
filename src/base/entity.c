/*
 * Character references as the HTML standard reads them (13.2.5.72 and on): the longest name of the list wins; some old
 * names need no semicolon; numbers 128 to 159 are windows-1252, as all browsers agree; zero, surrogates and numbers past
 * Unicode become U+FFFD.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/entity.h"

#include "base/utf8.h"

static const uint16_t windows_1252[32] = {
    0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D, 0x8F,
    0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178};

static int digit_of(char c, unsigned base) {
  if (rcpi_is_digit((unsigned char)c)) return c - '0';
  unsigned char low = rcpi_lower((unsigned char)c);
  return base == 16 && low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

static size_t read_number(rcp_str s, char out[RCPI_ENTITY_MOST], size_t *n_out) {
  unsigned base = s.n > 2 && (s.p[2] | 32) == 'x' ? 16 : 10;
  size_t from = base == 16 ? 3 : 2, i = from;
  uint32_t cp = 0;
  for (int d; i < s.n && (d = digit_of(s.p[i], base)) >= 0; i++)
    if (cp <= 0x10FFFF) cp = cp * base + (uint32_t)d;
  if (i == from) return 0;
  if (cp >= 128 && cp < 160) cp = windows_1252[cp - 128];
  if (cp == 0) cp = RCPI_REPLACEMENT;
  *n_out = rcpi_utf8_put(cp, out);
  return i < s.n && s.p[i] == ';' ? i + 1 : i;
}

/* Where the names that begin with the first `n` bytes of s begin, between lo and hi. */
static size_t first_with(rcp_str s, size_t n, size_t lo, size_t hi, bool past) {
  while (lo < hi) {
    size_t mid = (lo + hi) / 2;
    int c = strncmp(rcpi_entity_blob + rcpi_entity_at[mid], s.p, n);
    if (c < 0 || (past && c == 0)) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

static size_t read_name(rcp_str s, bool in_attribute, char out[RCPI_ENTITY_MOST], size_t *n_out) {
  rcp_str name = rcpi_sub(s, 1, s.n);
  size_t lo = 0, hi = rcpi_n_entities, taken = 0;
  for (size_t n = 1; n <= name.n && lo < hi; n++) {
    if (!rcpi_is_alpha((unsigned char)name.p[n - 1]) && !rcpi_is_digit((unsigned char)name.p[n - 1]) && name.p[n - 1] != ';')
      break;
    lo = first_with(name, n, lo, hi, false);
    hi = first_with(name, n, lo, hi, true);
    if (lo == hi) break;
    const char *entry = rcpi_entity_blob + rcpi_entity_at[lo];
    if (strlen(entry) != n) continue;
    if (in_attribute && name.p[n - 1] != ';' && n < name.n &&
        (name.p[n] == '=' || rcpi_is_alpha((unsigned char)name.p[n]) || rcpi_is_digit((unsigned char)name.p[n]))) continue;
    taken = n + 1;
    *n_out = strlen(entry + n + 1);
    memcpy(out, entry + n + 1, *n_out);
  }
  return taken;
}

size_t rcpi_entity_read(rcp_str s, bool in_attribute, char out[RCPI_ENTITY_MOST], size_t *n_out) {
  size_t taken = 0;
  if (s.n > 2 && s.p[1] == '#') taken = read_number(s, out, n_out);
  else if (s.n > 2 && rcpi_is_alpha((unsigned char)s.p[1])) taken = read_name(s, in_attribute, out, n_out);
  if (taken) return taken;
  out[0] = '&';
  *n_out = 1;
  return 1;
}
