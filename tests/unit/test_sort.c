/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/sort.h"

/* xorshift */
static uint64_t next(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  return *state ^= *state << 17;
}

static void test_short_and_long_lists(void **state) {
  (void)state;
  rcpi_arena a;
  uint64_t seed = 7;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    for (size_t n = 0; n < 2000; n = n * 2 + 1) {
      uint64_t *v = rcpi_array(&a, uint64_t, n), sum = 0;
      uint32_t *w = rcpi_array(&a, uint32_t, n);
      for (size_t i = 0; i < n; i++) v[i] = next(&seed) >> (n % 3 * 20), w[i] = (uint32_t)next(&seed), sum += v[i] - w[i];
      rcpi_sort_u64(&a, v, n, 0);
      rcpi_sort_u32(w, n);
      for (size_t i = 1; i < n; i++) assert_true(v[i - 1] <= v[i] && w[i - 1] <= w[i]);
      for (size_t i = 0; i < n; i++) sum -= v[i] - w[i];
      assert_int_equal(sum, 0);
    }
  }
  rcpi_arena_release(&a);
}

/* Only what stands from bit 32 upwards counts: the rest stays in the order in which it came. */
static void test_equal_ones_keep_their_order(void **state) {
  (void)state;
  rcpi_arena a;
  uint64_t v[300], seed = 11;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    for (size_t n = 10; n <= 300; n += 290) {
      for (uint32_t i = 0; i < n; i++) v[i] = (next(&seed) & 7) << 32 | i;
      rcpi_sort_u64(&a, v, n, 32);
      for (size_t i = 1; i < n; i++) assert_true(v[i - 1] < v[i]);
    }
  }
  rcpi_arena_release(&a);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_short_and_long_lists), cmocka_unit_test(test_equal_ones_keep_their_order)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
