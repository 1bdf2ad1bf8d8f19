/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "reuse/sketch.h"

enum { MOST = 3000 };

static uint64_t random_state;

static uint32_t random_below(uint32_t n) {
  random_state = random_state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)((random_state >> 33) % n);
}

/* A text of made-up words: even numbers, as hashes of words are. */
static void invent(uint32_t *words, size_t n) {
  for (size_t i = 0; i < n; i++) words[i] = random_below(1 << 30) << 1;
}

static double true_resemblance(const uint32_t *x, const uint32_t *y, size_t n) {
  static uint32_t a[MOST], b[MOST];
  size_t na = rcpi_shingles(x, n, false, a), nb = rcpi_shingles(y, n, false, b), both = 0;
  for (size_t i = 0; i < na; i++)
    for (size_t j = 0; j < nb; j++) both += a[i] == b[j];
  return (double)both / (double)(na + nb - both);
}

static void test_equal_bins_estimate_resemblance(void **state) {
  (void)state;
  static uint32_t x[400], y[400];
  double error = 0;
  random_state = 1;
  for (int round = 0; round < 200; round++) {
    invent(x, 400);
    memcpy(y, x, sizeof y);
    for (int edit = 0; edit < round; edit++) y[random_below(400)] = random_below(1 << 30) << 1;
    rcpi_sketch s, t;
    rcpi_sketch_make(x, 400, false, &s);
    rcpi_sketch_make(y, 400, false, &t);
    double d = rcpi_sketch_same(&s, &t) / 128.0 - true_resemblance(x, y, 400);
    error += d * d;
  }
  assert_true(error / 200 < .045 * .045);
}

static void test_a_sketch_is_the_same_everywhere(void **state) {
  (void)state;
  uint32_t words[30];
  rcpi_sketch s;
  for (uint32_t i = 0; i < 30; i++) words[i] = i * i * 2654435761u & ~1u;
  rcpi_sketch_make(words, 30, false, &s);
  uint64_t sum = 0;
  for (unsigned band = 0; band < RCPI_SKETCH_BANDS; band++) sum = sum * 31 + rcpi_sketch_band(&s, band);
  /* when this changes, RCPI_SKETCH_VERSION must */
  assert_int_equal(RCPI_SKETCH_VERSION, 1);
  assert_int_equal(sum, 0x24DE2296BED61BBFu);
}

static void test_short_texts_have_shingles_too(void **state) {
  (void)state;
  uint32_t words[5] = {2, 4, 6, 8, 10}, chars[5] = {3, 5, 7, 9, 11}, out[5];
  assert_int_equal(rcpi_shingles(words, 0, false, out), 0);
  assert_int_equal(rcpi_shingles(words, 1, false, out), 1);
  assert_int_equal(rcpi_shingles(words, 5, false, out), 4);
  assert_int_equal(rcpi_shingles(chars, 5, true, out), 2);     /* four characters */
  assert_int_equal(rcpi_shingles(chars, 2, true, out), 1);
}

static void test_characters_go_by_four_and_words_by_two(void **state) {
  (void)state;
  uint32_t mixed[6] = {2, 4, 3, 5, 7, 9}, a[6], b[6];
  assert_int_equal(rcpi_shingles(mixed, 6, true, a), 3);       /* 2-4, 4-3, 3-5-7-9 */
  assert_int_equal(rcpi_shingles(mixed + 1, 5, true, b), 2);
  assert_memory_equal(a + 1, b, 2 * sizeof *a);
}

/* Winnowing done as its definition says. */
static void test_each_window_keeps_its_least_run(void **state) {
  (void)state;
  static uint32_t words[MOST], scratch[4 * (MOST + 16)];
  static rcpi_run runs[MOST], all[MOST];
  random_state = 2;
  for (size_t n = 0; n < 200; n++) {
    for (size_t i = 0; i < n; i++) words[i] = random_below(n % 3 ? 1000 : 3) << 1;
    size_t k = rcpi_runs(words, n, false, scratch, runs), n_all = n >= RCPI_RUN_WORDS ? n - RCPI_RUN_WORDS + 1 : 0, kept = 0;
    for (size_t i = 0; i < n_all; i++) {
      /* the only run of five words is kept */
      assert_int_equal(rcpi_runs(words + i, RCPI_RUN_WORDS, false, scratch, &all[i]), 1);
    }
    for (size_t i = 0; i < n_all; i++) {
      bool is_kept = false;
      size_t n_windows = n_all > RCPI_RUN_WINDOW ? n_all - RCPI_RUN_WINDOW + 1 : 1;
      for (size_t w = 0; w < n_windows; w++) {
        uint32_t least = UINT32_MAX;
        size_t end = w + RCPI_RUN_WINDOW < n_all ? w + RCPI_RUN_WINDOW : n_all;
        for (size_t j = w; j < end; j++) least = rcpi_run_hash(all[j]) < least ? rcpi_run_hash(all[j]) : least;
        is_kept |= i >= w && i < end && rcpi_run_hash(all[i]) == least;
      }
      if (!is_kept) continue;
      assert_int_equal(rcpi_run_word(runs[kept]), i);
      assert_int_equal(rcpi_run_hash(runs[kept]), rcpi_run_hash(all[i]));
      kept++;
    }
    assert_int_equal(k, kept);
  }
}

static void test_eleven_equal_words_share_a_run(void **state) {
  (void)state;
  static uint32_t x[100], y[100], scratch[4 * (MOST + 16)];
  static rcpi_run a[100], b[100];
  random_state = 3;
  for (int round = 0; round < 1000; round++) {
    invent(x, 100);
    invent(y, 100);
    uint32_t from = random_below(89), to = random_below(89), shared = 0;
    memcpy(y + to, x + from, 11 * sizeof *x);
    size_t na = rcpi_runs(x, 100, false, scratch, a), nb = rcpi_runs(y, 100, false, scratch, b);
    for (size_t i = 0; i < na; i++)
      for (size_t j = 0; j < nb; j++) shared += a[i] - from == b[j] - to;
    assert_true(shared > 0);
    assert_in_range(na, 15, 50);
  }
}

/* Compiled twice from one source: with AVX2 and without. */
static void test_every_instruction_set_gives_the_same(void **state) {
  (void)state;
  static uint32_t words[3000], scratch[4 * 3016], a[3000], b[3000];
  static rcpi_run x[3000], y[3000];
  uint64_t r = 7;
  for (unsigned round = 0; round < 200; round++) {
    size_t n = round < 40 ? round : (r >> 40) % 3000;
    bool has_alone = round % 3 == 0;
    for (size_t i = 0; i < n; i++) {
      r = r * 6364136223846793005u + 1442695040888963407u;
      words[i] = (uint32_t)(r >> 32) >> (round % 5 == 0 ? 27 : 0);   /* few different words, or many */
      words[i] = has_alone ? words[i] : words[i] & ~1u;
    }
    size_t k = rcpi_shingles_by(RCPI_ISA_PLAIN, words, n, has_alone, a);
    assert_int_equal(rcpi_shingles_by(RCPI_ISA_AVX512, words, n, has_alone, b), k);
    assert_memory_equal(a, b, k * sizeof *a);
    k = rcpi_runs_by(RCPI_ISA_PLAIN, words, n, has_alone, scratch, x);
    assert_int_equal(rcpi_runs_by(RCPI_ISA_AVX512, words, n, has_alone, scratch, y), k);
    assert_memory_equal(x, y, k * sizeof *x);
  }
}

static void test_ten_characters_make_a_run(void **state) {
  (void)state;
  uint32_t words[14] = {2, 3, 5, 7, 9, 11, 13, 15, 17, 4, 6, 8, 19, 21};
  assert_int_equal(rcpi_run_words(words, 14, 0), 9);            /* one word, eight characters */
  assert_int_equal(rcpi_run_words(words, 14, 5), 7);            /* four characters, three words */
  assert_int_equal(rcpi_run_words(words, 14, 9), 0);
  assert_int_equal(rcpi_run_words(words, 14, 14), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_equal_bins_estimate_resemblance),
      cmocka_unit_test(test_a_sketch_is_the_same_everywhere),
      cmocka_unit_test(test_short_texts_have_shingles_too),
      cmocka_unit_test(test_characters_go_by_four_and_words_by_two),
      cmocka_unit_test(test_each_window_keeps_its_least_run),
      cmocka_unit_test(test_eleven_equal_words_share_a_run),
      cmocka_unit_test(test_every_instruction_set_gives_the_same),
      cmocka_unit_test(test_ten_characters_make_a_run),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
