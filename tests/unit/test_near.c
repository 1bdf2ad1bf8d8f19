/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "claim/near.h"

/* A story of numbers: items like their neighbours, sentences of a few items, many of them copies. */
typedef struct story { rcpi_items items; rcpi_pieces pieces; } story;

static uint32_t draw(uint32_t *state, uint32_t n) {
  *state = *state * 1664525 + 1013904223;
  return (*state >> 8) % n;
}

static int by_number(const void *x, const void *y) {
  uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
  return a < b ? -1 : a > b;
}

static void fill(rcpi_arena *a, uint32_t *state, uint32_t n_items, rcpi_piece_sentence *s) {
  uint32_t n = 0, most = 3 + draw(state, 8);
  s->items = rcpi_array(a, uint32_t, most);
  for (uint32_t k = 0; k < most; k++) s->items[k] = draw(state, n_items);
  qsort(s->items, most, sizeof *s->items, by_number);
  for (uint32_t k = 0; k < most; k++)
    if (!k || s->items[k] != s->items[n - 1]) s->items[n++] = s->items[k];
  s->n_items = n;
}

static story make_story(rcpi_arena *a, uint32_t seed, uint32_t n_items, uint32_t n_sentences, uint32_t n_tellings) {
  story s = {.items = {.items = rcpi_array(a, rcpi_item, n_items), .n_items = n_items},
             .pieces = {.sentences = rcpi_array(a, rcpi_piece_sentence, n_sentences), .n_sentences = n_sentences}};
  uint32_t n_likes = 0;
  s.items.likes = rcpi_array(a, rcpi_like, 2 * n_items);
  s.items.like_at = rcpi_array(a, uint32_t, n_items + 1);
  for (uint32_t i = 0; i < n_items; i++) {   /* 0 and 1 are alike, 2 and 3 ... every third pair too little */
    uint16_t sim = i / 2 % 3 ? 180 : 60;
    s.items.items[i].weight = 20 + draw(&seed, 1000);
    s.items.like_at[i] = n_likes;
    for (uint32_t k = i & ~1u; k <= (i | 1) && k < n_items; k++) s.items.likes[n_likes++] = (rcpi_like){k, k == i ? RCPI_SAME : sim};
  }
  s.items.like_at[n_items] = n_likes;
  for (uint32_t i = 0; i < n_sentences; i++) {
    rcpi_piece_sentence *x = &s.pieces.sentences[i];
    if (i && draw(&seed, 3) == 0) *x = s.pieces.sentences[draw(&seed, i)];
    else fill(a, &seed, n_items, x);
    x->telling = i * n_tellings / n_sentences;
    x->mass = 0;
    for (uint32_t k = 0; k < x->n_items; k++) x->mass += s.items.items[x->items[k]].weight;
  }
  return s;
}

/* What a sentence shares with another, by the definition. */
static uint32_t shared(const story *s, uint32_t i, uint32_t t) {
  const rcpi_piece_sentence *x = &s->pieces.sentences[i], *y = &s->pieces.sentences[t];
  uint32_t sum = 0;
  for (uint32_t k = 0; k < x->n_items; k++)
    for (uint32_t l = s->items.like_at[x->items[k]]; l < s->items.like_at[x->items[k] + 1]; l++)
      for (uint32_t m = 0; m < y->n_items; m++)
        if (y->items[m] == s->items.likes[l].item && s->items.likes[l].sim >= 100)
          sum += s->items.items[x->items[k]].weight * s->items.likes[l].sim / RCPI_SAME + 1;
  return (uint32_t)((uint64_t)sum * 1000 / (x->mass + y->mass + 1));
}

static bool are_copies(const story *s, uint32_t i, uint32_t t) {
  const rcpi_piece_sentence *x = &s->pieces.sentences[i], *y = &s->pieces.sentences[t];
  return x->n_items == y->n_items && memcmp(x->items, y->items, x->n_items * sizeof *x->items) == 0;
}

/* The first sentence with the items of i. */
static uint32_t first_of(const story *s, uint32_t i) {
  uint32_t t = 0;
  while (!are_copies(s, i, t)) t++;
  return t;
}

/* A copy is near to the first of its kind, and to two behind it. */
static void copies(const story *s, uint32_t i, bool *near) {
  uint32_t n = (uint32_t)s->pieces.n_sentences, first = first_of(s, i), n_next = 0;
  near[i * n + first] = near[first * n + i] = true;
  for (uint32_t t = i + 1; t < n && n_next < 2; t++)
    if (are_copies(s, i, t)) near[i * n + t] = near[t * n + i] = true, n_next++;
}

/* near[i * n + t]: i proposes t, or t proposes i. Six of a telling, `most` of all, the first among equals; of many only the first of a kind. */
static bool *by_definition(rcpi_arena *a, const story *s, size_t most) {
  bool is_large = s->pieces.n_sentences > 1000;
  uint32_t n = (uint32_t)s->pieces.n_sentences, *score = rcpi_array(a, uint32_t, n);
  bool *near = rcpi_array(a, bool, (size_t)n * n);
  for (uint32_t i = 0; i < n; i++) {
    uint32_t n_of[64] = {0};
    near[i * n + i] = true;
    if (is_large) copies(s, i, near);
    if (is_large && first_of(s, i) != i) continue;
    for (uint32_t t = 0; t < n; t++) score[t] = is_large && first_of(s, t) != t ? 0 : shared(s, i, t);
    for (size_t k = 0; k < most;) {
      uint32_t best = 0;
      for (uint32_t t = 1; t < n; t++)
        if (score[t] > score[best]) best = t;
      if (!score[best]) break;
      if (n_of[s->pieces.sentences[best].telling]++ < 6) near[i * n + best] = near[best * n + i] = true, k++;
      score[best] = 0;
    }
  }
  return near;
}

static void compare(uint32_t seed, uint32_t n_items, uint32_t n_sentences, uint32_t n_tellings, size_t most) {
  rcpi_arena a;
  rcpi_arena_init(&a);
  story s = make_story(&a, seed, n_items, n_sentences, n_tellings);
  rcpi_near near;
  rcpi_near_find(&a, &s.items, &s.pieces, &near);
  bool *expected = by_definition(&a, &s, most);
  for (uint32_t i = 0; i < n_sentences; i++) {
    uint32_t at = near.at[i];
    for (uint32_t t = 0; t < n_sentences; t++) {
      if (!expected[i * n_sentences + t]) continue;
      assert_true(at < near.at[i + 1]);
      assert_int_equal(near.of[at++], t);
    }
    assert_int_equal(at, near.at[i + 1]);
  }
  rcpi_arena_release(&a);
}

static void test_a_small_story_by_definition(void **state) {
  (void)state;
  for (uint32_t seed = 1; seed <= 20; seed++) compare(seed, 40, 120, 1 + seed % 12, 64);
}

static void test_a_large_story_by_definition(void **state) {
  (void)state;
  compare(7, 300, 1100, 30, 12);
  compare(8, 60, 1001, 3, 12);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_a_small_story_by_definition),
    cmocka_unit_test(test_a_large_story_by_definition),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
