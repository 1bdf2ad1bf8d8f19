/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"

uint32_t rcpi_utf8_at(rcp_str s, size_t at, size_t *len) {
  const unsigned char *p = (const unsigned char *)s.p + at;
  size_t left = s.n - at;
  *len = 1;
  if (p[0] < 0x80) return p[0];
  if (p[0] < 0xC2 || p[0] > 0xF4) return RCPI_REPLACEMENT;
  if (p[0] < 0xE0) {
    if (left < 2 || (p[1] & 0xC0) != 0x80) return RCPI_REPLACEMENT;
    *len = 2;
    return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
  }
  if (p[0] < 0xF0) {
    unsigned lo = p[0] == 0xE0 ? 0xA0 : 0x80, hi = p[0] == 0xED ? 0x9F : 0xBF;
    if (left < 3 || p[1] < lo || p[1] > hi || (p[2] & 0xC0) != 0x80) return RCPI_REPLACEMENT;
    *len = 3;
    return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
  }
  unsigned lo = p[0] == 0xF0 ? 0x90 : 0x80, hi = p[0] == 0xF4 ? 0x8F : 0xBF;
  if (left < 4 || p[1] < lo || p[1] > hi || (p[2] & 0xC0) != 0x80 || (p[3] & 0xC0) != 0x80) return RCPI_REPLACEMENT;
  *len = 4;
  return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 | (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
}

uint32_t rcpi_utf8_before(rcp_str s, size_t at, size_t *len) {
  size_t k = at - 1;
  while (k > 0 && at - k < 4 && ((unsigned char)s.p[k] & 0xC0) == 0x80) k--;
  uint32_t cp = rcpi_utf8_at((rcp_str){s.p, at}, k, len);
  if (k + *len == at) return cp;
  *len = 1;
  return RCPI_REPLACEMENT;
}

size_t rcpi_utf8_put(uint32_t cp, char out[4]) {
  if (cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000)) cp = RCPI_REPLACEMENT;
  if (cp < 0x80) {
    out[0] = (char)cp;
    return 1;
  }
  if (cp < 0x800) {
    out[0] = (char)(0xC0 | cp >> 6);
    out[1] = (char)(0x80 | (cp & 0x3F));
    return 2;
  }
  if (cp < 0x10000) {
    out[0] = (char)(0xE0 | cp >> 12);
    out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[2] = (char)(0x80 | (cp & 0x3F));
    return 3;
  }
  out[0] = (char)(0xF0 | cp >> 18);
  out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
  out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
  out[3] = (char)(0x80 | (cp & 0x3F));
  return 4;
}

/* Offset of the first ill-formed byte, or s.n. ASCII eight bytes at a time. */
static size_t first_bad(rcp_str s, size_t from) {
  for (size_t i = from, len; i < s.n; i += len) {
    uint64_t word;
    while (s.n - i >= 8 && (memcpy(&word, s.p + i, 8), !(word & 0x8080808080808080u))) i += 8;
    if (i >= s.n) break;
    len = 1;
    if ((unsigned char)s.p[i] >= 0x80 && rcpi_utf8_at(s, i, &len) == RCPI_REPLACEMENT && len == 1) return i;
  }
  return s.n;
}

bool rcpi_utf8_valid(rcp_str s) {
  return first_bad(s, 0) == s.n;
}

size_t rcpi_utf8_count(rcp_str s) {
  size_t n = 0;
  for (size_t i = 0; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
  return n;
}

rcp_str rcpi_utf8_repair(rcpi_arena *a, rcp_str s, size_t *n_bad) {
  *n_bad = 0;
  size_t bad = first_bad(s, 0);
  if (bad == s.n) return s;
  size_t n = 0, i;
  for (i = bad; i < s.n; i = first_bad(s, i + 1)) n++;
  char *out = rcpi_alloc(a, s.n + 2 * n + 1, 1);
  size_t from = 0, len = 0;
  for (i = bad; i < s.n; from = i + 1, i = first_bad(s, from)) {
    memcpy(out + len, s.p + from, i - from);
    len += i - from;
    len += rcpi_utf8_put(RCPI_REPLACEMENT, out + len);
  }
  memcpy(out + len, s.p + from, s.n - from);
  *n_bad = n;
  return (rcp_str){out, len + s.n - from};
}

enum { STEP = 64 };

void rcpi_cp_map_init(rcpi_arena *a, rcp_str text, rcpi_cp_map *out) {
  size_t n = text.n / STEP + 1;
  *out = (rcpi_cp_map){text, rcpi_array(a, uint32_t, n)};
  uint32_t count = 0;
  for (size_t i = 0; i < text.n; i++) {
    if (i % STEP == 0) out->at[i / STEP] = count;
    count += ((unsigned char)text.p[i] & 0xC0) != 0x80;
  }
  if (text.n % STEP == 0) out->at[text.n / STEP] = count;
}

uint32_t rcpi_cp_of(const rcpi_cp_map *map, uint32_t byte) {
  uint32_t count = map->at[byte / STEP];
  for (uint32_t i = byte / STEP * STEP; i < byte; i++) count += ((unsigned char)map->text.p[i] & 0xC0) != 0x80;
  return count;
}
