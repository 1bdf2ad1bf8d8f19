/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/bulk.h"

/* What was written is there after every growth, from malloc's memory into pages and from place to place. */
static void keeps_what_it_holds(void **state) {
  (void)state;
  rcpi_bulk b;
  rcpi_bulk_init(&b);
  uint32_t most = 6 * RCPI_BULK_LARGE / sizeof(uint32_t), block[1024];
  for (uint32_t i = 0; i < most; i += 1024) {
    for (uint32_t k = 0; k < 1024; k++) block[k] = (i + k) * 2654435761u;
    rcpi_bulk_add(&b, block, sizeof block);
  }
  assert_false(b.failed);
  assert_int_equal(b.len, most * sizeof(uint32_t));
  uint32_t wrong = 0;
  for (uint32_t i = 0; i < most; i++) wrong += ((const uint32_t *)(const void *)b.p)[i] != i * 2654435761u;
  assert_int_equal(wrong, 0);
  rcpi_bulk_release(&b);
  assert_null(b.p);
}

static void large_arrays_begin_at_a_large_page(void **state) {
  (void)state;
  rcpi_bulk b;
  rcpi_bulk_init(&b);
  for (size_t n = RCPI_BULK_LARGE; n < 64u << 20; n *= 3) {
    assert_true(rcpi_bulk_reserve(&b, n));
    assert_int_equal((uintptr_t)b.p % (2 << 20), 0);
    memset(b.p, 1, n);
    b.len = n / 2;
  }
  rcpi_bulk_release(&b);
}

static void a_failure_stays(void **state) {
  (void)state;
  rcpi_bulk b;
  rcpi_bulk_init(&b);
  rcpi_bulk_add(&b, "abc", 3);
  assert_false(rcpi_bulk_reserve(&b, SIZE_MAX - 1));
  assert_true(b.failed);
  rcpi_bulk_add(&b, "def", 3);
  assert_int_equal(b.len, 3);
  rcpi_bulk_release(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(keeps_what_it_holds),
      cmocka_unit_test(large_arrays_begin_at_a_large_page),
      cmocka_unit_test(a_failure_stays),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
