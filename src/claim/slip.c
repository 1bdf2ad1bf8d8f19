/*
 * Levenshtein's distance on folded letters; transliterations are made one before they are compared.
 *
 * Known weakness: "Jean Durand" and "Jean Dupond" are two letters apart; said to be one only by callers who know that both
 * are named for one claim.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "claim/slip.h"

#include <string.h>

#include "base/unicode.h"

enum { MAX_LETTERS = 48 };

rcp_str rcpi_slip_letters(rcpi_arena *a, rcp_str word) {
  rcp_str folded = rcpi_fold(a, word);
  static const rcp_str possessive[] = {{"'s", 2}, {"\xE2\x80\x99s", 4}};
  for (size_t i = 0; i < 2; i++)
    if (folded.n > possessive[i].n && rcpi_ends(folded, possessive[i])) folded.n -= possessive[i].n;
  char *out = rcpi_alloc(a, folded.n + 1, 1);
  size_t n = 0;
  for (size_t i = 0; i < folded.n && n < MAX_LETTERS; i++)
    if (rcpi_is_alpha((unsigned char)folded.p[i]) || (unsigned char)folded.p[i] >= 0x80) out[n++] = folded.p[i];
  return (rcp_str){out, n};
}

static size_t distance(rcp_str x, rcp_str y) {
  size_t row[MAX_LETTERS + 1];
  for (size_t k = 0; k <= y.n; k++) row[k] = k;
  for (size_t i = 1; i <= x.n; i++) {
    size_t before = row[0];
    row[0] = i;
    for (size_t k = 1; k <= y.n; k++) {
      size_t swap = before + (x.p[i - 1] != y.p[k - 1]), least = row[k] + 1 < row[k - 1] + 1 ? row[k] + 1 : row[k - 1] + 1;
      before = row[k];
      row[k] = swap < least ? swap : least;
    }
  }
  return row[y.n];
}

bool rcpi_slip_near(rcp_str x, rcp_str y, bool is_likely) {
  size_t longest = x.n > y.n ? x.n : y.n;
  if (longest < 5 || longest > 2 + (x.n > y.n ? y.n : x.n) || rcpi_eq(x, y)) return false;
  return distance(x, y) <= (longest >= (is_likely ? 6u : 7u) ? 2u : 1u);
}

/* Letters that transliterations take one for the other, made one; h left out, doubled ones once. */
static rcp_str sounds(rcpi_arena *a, rcp_str s) {
  char *out = rcpi_alloc(a, s.n + 1, 1);
  size_t n = 0;
  for (size_t i = 0; i < s.n; i++) {
    char c = s.p[i], next = i + 1 < s.n ? s.p[i + 1] : 0;
    if (c == 'h') continue;
    if (c == 'o' && next == 'u') c = 'u', i++;
    else if (c == 'p' && next == 'h') c = 'f', i++;
    else if (c == 'w') c = 'v';
    else if (c == 'y') c = 'i';
    if (!(n && out[n - 1] == c)) out[n++] = c;
  }
  if (n > 4 && strchr("aeiou", out[n - 1])) n--;
  return (rcp_str){out, n};
}

bool rcpi_slip_sounds_alike(rcpi_arena *a, rcp_str x, rcp_str y) {
  return rcpi_eq(sounds(a, x), sounds(a, y));
}

/* The first and the last word, as letters. */
static void ends_of(rcpi_arena *a, rcp_str name, rcp_str *first, rcp_str *last) {
  size_t space = rcpi_find_char(name, ' '), from = name.n;
  while (from > 0 && name.p[from - 1] != ' ') from--;
  *first = rcpi_slip_letters(a, rcpi_sub(name, 0, space == RCPI_NONE ? 0 : space));
  *last = rcpi_slip_letters(a, rcpi_sub(name, from, name.n));
}

bool rcpi_slip_same_person(rcpi_arena *a, rcp_str x, rcp_str y) {
  rcp_str first_x, last_x, first_y, last_y;
  ends_of(a, x, &first_x, &last_x);
  ends_of(a, y, &first_y, &last_y);
  return first_x.n >= 3 && rcpi_eq(first_x, first_y) && (rcpi_eq(last_x, last_y) || rcpi_slip_near(last_x, last_y, true));
}
