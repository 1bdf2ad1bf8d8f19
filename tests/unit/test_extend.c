/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "reuse/extend.h"

/* One letter is one word. The seed is the first place where `a` and `b` share `seed`. */
static rcpi_match match(const char *a, const char *b, const char *seed) {
  uint32_t x[200], y[200], n = (uint32_t)strlen(a), m = (uint32_t)strlen(b);
  for (uint32_t i = 0; i < n; i++) x[i] = (unsigned char)a[i];
  for (uint32_t i = 0; i < m; i++) y[i] = (unsigned char)b[i];
  return rcpi_extend((rcpi_words){x, 0, n}, (rcpi_words){y, 0, m}, (uint32_t)(strstr(a, seed) - a),
                    (uint32_t)(strstr(b, seed) - b), (uint32_t)strlen(seed));
}

#define MATCHES(x, y, seed, in_a, in_b, same) \
  do { \
    rcpi_match m_ = match((x), (y), (seed)); \
    assert_int_equal(m_.a_end - m_.a, strlen(in_a)); \
    assert_memory_equal((x) + m_.a, (in_a), strlen(in_a)); \
    assert_int_equal(m_.b_end - m_.b, strlen(in_b)); \
    assert_memory_equal((y) + m_.b, (in_b), strlen(in_b)); \
    assert_int_equal(m_.n_same, (same)); \
    assert_int_equal(m_.is_verbatim, !strcmp((in_a), (in_b))); \
  } while (0)

static void test_equal_words_are_followed_both_ways(void **state) {
  (void)state;
  MATCHES("xxabcdefghyy", "zabcdefghz", "cde", "abcdefgh", "abcdefgh", 8);
}

static void test_a_changed_added_or_missing_word_is_bridged(void **state) {
  (void)state;
  MATCHES("abcdefgh", "abcXefgh", "efgh", "abcdefgh", "abcXefgh", 7);
  MATCHES("abcdefgh", "abcdXYefgh", "abcd", "abcdefgh", "abcdXYefgh", 8);
  MATCHES("abcdefgh", "abcfgh", "abc", "abcdefgh", "abcfgh", 6);
}

static void test_an_edit_that_costs_more_than_it_brings_is_left_out(void **state) {
  (void)state;
  MATCHES("abcdUVWxy", "abcdRSTxy", "abcd", "abcd", "abcd", 4);
  MATCHES("xyUVWabcd", "xyRSTabcd", "abcd", "abcd", "abcd", 4);
}

static void test_the_bounds_hold(void **state) {
  (void)state;
  uint32_t x[] = {1, 2, 3, 4, 5, 6}, y[] = {1, 2, 3, 4, 5, 6};
  rcpi_match m = rcpi_extend((rcpi_words){x, 1, 5}, (rcpi_words){y, 0, 6}, 2, 2, 2);
  assert_int_equal(m.a, 1);
  assert_int_equal(m.a_end, 5);
  assert_int_equal(m.b, 1);
  assert_int_equal(m.b_end, 5);
}

static void test_the_other_way_round_is_the_mirror(void **state) {
  (void)state;
  uint64_t random = 20240312;
  for (int round = 0; round < 2000; round++) {
    uint32_t x[60], y[60];
    for (uint32_t i = 0; i < 60; i++) {
      random = random * 6364136223846793005u + 1442695040888963407u;
      x[i] = y[i] = i;
      if ((random >> 60) < 4) y[i] = 100 + (uint32_t)(random >> 33) % 50;
    }
    for (uint32_t i = 28; i < 32; i++) y[i] = x[i];
    rcpi_words a = {x, 0, 60}, b = {y, 0, 60};
    rcpi_match m = rcpi_extend(a, b, 28, 28, 4), w = rcpi_extend(b, a, 28, 28, 4);
    assert_int_equal(m.a, w.b);
    assert_int_equal(m.a_end, w.b_end);
    assert_int_equal(m.b, w.a);
    assert_int_equal(m.n_same, w.n_same);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_equal_words_are_followed_both_ways),
      cmocka_unit_test(test_a_changed_added_or_missing_word_is_bridged),
      cmocka_unit_test(test_an_edit_that_costs_more_than_it_brings_is_left_out),
      cmocka_unit_test(test_the_bounds_hold),
      cmocka_unit_test(test_the_other_way_round_is_the_mirror),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
