/*
 * The problem: a copied passage is rarely copied to the letter. An editor cuts a word, puts in another, changes a third;
 * a table of all edits (Smith-Waterman) finds the best alignment but costs the product of the lengths, for each seed.
 *
 * The idea: follow the diagonal while words are equal. Where they differ, take the smallest edit (at most MAX_GAP words
 * on either side) behind which two words in a row agree again, and go on. Stop when no such edit is at hand, or when the
 * sum of gains and costs has fallen DROP below its best. What is behind the best sum is given back.
 *
 * Why two words: one in six words of a text is "the", "de" or "la", so one equal word proves nothing; at two, a chance
 * hit within MAX_GAP costs more than it gains. With one word in five changed at random, .8 x .8 of the places behind an
 * edit qualify at once, and the others with the next edit.
 *
 * Known weakness: sentences that change places are two passages; a changed stretch longer than MAX_GAP words ends one
 * ("Il a dit, devant le conseil réuni au complet, que ..." against "Il a dit que ..." is bridged, twelve words are not).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "reuse/extend.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_GAP = 6, DROP = 8, SPAN = MAX_GAP + 2 };

/* A walk from a place in both texts, forwards or backwards: step s reads p[at + s * dir]. */
typedef struct walk { const uint32_t *p; int64_t at; int dir; uint32_t n; } walk;

/* `first`: equal words before the first edit. */
typedef struct reach { uint32_t a, b, n_same, first, longest; bool has_edit; } reach;

static inline uint32_t word(const walk *w, uint32_t s) {
  return w->p[w->at + (int64_t)s * w->dir];
}

/*
 * out[i]: bit j is set where word x + i of a equals word y + j of b. All are compared, at once: an end of a passage has to look
 * at every edit anyhow, and eight comparisons by eight are sixteen instructions of a processor with vectors of four.
 */
static inline void equals(const walk *a, const walk *b, uint32_t x, uint32_t y, uint32_t out[SPAN]) {
  uint32_t p[SPAN], q[SPAN], n = a->n - x < SPAN ? a->n - x : SPAN, m = b->n - y < SPAN ? b->n - y : SPAN;
  for (uint32_t i = 0; i < SPAN; i++) p[i] = i < n ? word(a, x + i) : 0;
  for (uint32_t j = 0; j < SPAN; j++) q[j] = j < m ? word(b, y + j) : 0;
  uint32_t inside = (1u << m) - 1;
  for (uint32_t i = 0; i < SPAN; i++) {
    uint32_t bits = 0;
    for (uint32_t j = 0; j < SPAN; j++) bits |= (uint32_t)(p[i] == q[j]) << j;
    out[i] = i < n ? bits & inside : 0;
  }
}

/* Most edits are one word for another. */
static inline bool is_one_changed(const walk *a, const walk *b, uint32_t x, uint32_t y) {
  return x + 2 < a->n && y + 2 < b->n && word(a, x + 1) == word(b, y + 1) && word(a, x + 2) == word(b, y + 2);
}

/* The smallest edit at (x, y): *dx and *dy words to skip. Among edits of one size, those that skip as many on both sides. */
static bool find_edit(const walk *a, const walk *b, uint32_t x, uint32_t y, uint32_t *dx, uint32_t *dy) {
  if (is_one_changed(a, b, x, y)) return *dx = *dy = 1, true;
  uint32_t two[SPAN], any = 0;   /* bit j of two[i]: two words in a row agree behind an edit of i and j words */
  equals(a, b, x, y, two);
  for (uint32_t i = 0; i <= MAX_GAP; i++) any |= two[i] &= two[i + 1] >> 1;
  if (!any) return false;
  for (uint32_t size = 1; size <= MAX_GAP; size++) {
    for (uint32_t less = 0; less <= size; less++) {
      uint32_t other = size - less;
      bool first = two[size] >> other & 1, second = two[other] >> size & 1;
      if (!first && !second) continue;
      /* both ways are open: the text with the smaller next word decides, which is the same word whoever is called a */
      bool take_first = first && (!second || word(a, x + size) <= word(a, x + other));
      *dx = take_first ? size : other;
      *dy = take_first ? other : size;
      return true;
    }
  }
  return false;
}

/* Equal words from (x, y) on: two at a time while they last. */
static inline uint32_t equal_words(const walk *a, const walk *b, uint32_t x, uint32_t y) {
  uint32_t n = 0, most = a->n - x < b->n - y ? a->n - x : b->n - y;
  const uint32_t *p = a->p + a->at + (int64_t)x * a->dir, *q = b->p + b->at + (int64_t)y * b->dir;
  int64_t ahead = a->dir > 0 ? 0 : -1;   /* where the lower of two words lies */
  for (; n + 2 <= most; n += 2) {
    uint64_t v, w;
    memcpy(&v, p + (int64_t)n * a->dir + ahead, sizeof v);
    memcpy(&w, q + (int64_t)n * a->dir + ahead, sizeof w);
    if (v != w) break;
  }
  while (n < most && p[(int64_t)n * a->dir] == q[(int64_t)n * a->dir]) n++;
  return n;
}

static reach go(const walk *a, const walk *b) {
  reach best = {0}, now = {0};
  int64_t score = 0, top = 0;
  for (;;) {
    uint32_t run = equal_words(a, b, now.a, now.b);
    now.a += run, now.b += run, now.n_same += run, score += run;
    if (!now.has_edit) now.first = run;
    if (run > now.longest) now.longest = run;
    if (score > top) top = score, best = now;
    uint32_t dx, dy;
    if (score < top - DROP || now.a >= a->n || now.b >= b->n || !find_edit(a, b, now.a, now.b, &dx, &dy)) return best;
    now.a += dx;
    now.b += dy;
    score -= dx > dy ? dx : dy;
    now.has_edit = true;
  }
}

rcpi_match rcpi_extend(rcpi_words a, rcpi_words b, uint32_t i, uint32_t j, uint32_t n) {
  walk a_fore = {a.p, (int64_t)i + n, 1, a.end - i - n}, b_fore = {b.p, (int64_t)j + n, 1, b.end - j - n};
  walk a_back = {a.p, (int64_t)i - 1, -1, i - a.beg}, b_back = {b.p, (int64_t)j - 1, -1, j - b.beg};
  reach fore = go(&a_fore, &b_fore), back = go(&a_back, &b_back);
  uint32_t middle = back.first + n + fore.first;
  rcpi_match m = {i - back.a, i + n + fore.a, j - back.b, j + n + fore.b, back.n_same + n + fore.n_same, middle,
                  !fore.has_edit && !back.has_edit};
  if (fore.longest > m.longest) m.longest = fore.longest;
  if (back.longest > m.longest) m.longest = back.longest;
  return m;
}

bool rcpi_extend_free(const rcpi_matches *found, uint32_t i, uint32_t j, uint32_t n, rcpi_words *a, rcpi_words *b) {
  if (found->n >= RCPI_MAX_MATCHES) return false;
  for (size_t k = found->n; k-- > 0;) {   /* the latest is the likeliest to hold the place */
    const rcpi_match *m = &found->p[k];
    if ((i >= m->a && i < m->a_end) || (j >= m->b && j < m->b_end)) return false;
    if (m->a_end <= i && m->a_end > a->beg) a->beg = m->a_end;
    if (m->a > i && m->a < a->end) a->end = m->a;
    if (m->b_end <= j && m->b_end > b->beg) b->beg = m->b_end;
    if (m->b > j && m->b < b->end) b->end = m->b;
  }
  return i + n <= a->end && j + n <= b->end;
}

static int by_place(const void *x, const void *y) {
  const rcpi_match *a = x, *b = y;
  return (a->a > b->a) - (a->a < b->a);
}

void rcpi_matches_sort(rcpi_matches *found) {
  if (found->n > 1) qsort(found->p, found->n, sizeof *found->p, by_place);
}
