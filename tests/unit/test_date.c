/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/date.h"

static void test_days_are_counted_from_1970(void **state) {
  (void)state;
  assert_int_equal(rcpi_date_count((rcpi_date){1970, 1, 1}), 0);
  assert_int_equal(rcpi_date_count((rcpi_date){2000, 3, 1}), 11017);
  assert_int_equal(rcpi_date_count((rcpi_date){1969, 12, 31}), -1);
  for (int32_t n = -719000; n < 800000; n += 373) assert_int_equal(rcpi_date_count(rcpi_date_from_count(n)), n);
}

static void test_weekdays_begin_with_monday(void **state) {
  (void)state;
  assert_int_equal(rcpi_date_weekday((rcpi_date){2024, 3, 12}), 1);
  assert_int_equal(rcpi_date_weekday((rcpi_date){1789, 7, 14}), 1);
  assert_int_equal(rcpi_date_weekday((rcpi_date){2023, 12, 31}), 6);
}

static void test_months_wrap(void **state) {
  (void)state;
  rcpi_date d = rcpi_date_add_months((rcpi_date){2024, 1, 31}, -1);
  assert_int_equal(d.year * 100 + d.month, 202312);
  d = rcpi_date_add_days((rcpi_date){2024, 2, 28}, 1);
  assert_int_equal(d.day, 29);
  assert_false(rcpi_date_exists(2023, 2, 29));
}

static void test_iso_dates_may_be_partial(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    static const char *const same[] = {"2024-03-12", "2024-03", "2024"};
    for (size_t i = 0; i < 3; i++) {
      rcp_str s = rcpi_cstr(same[i]);
      assert_true(rcpi_eq(rcpi_date_iso(&a, rcpi_date_parse(s)), s));
    }
    assert_true(rcpi_is(rcpi_date_iso(&a, rcpi_date_parse(RCPI_S("2024-03-12T18:48Z"))), "2024-03-12"));
    assert_null(rcpi_date_iso(&a, rcpi_date_parse(RCPI_S("mardi"))).p);
    assert_null(rcpi_date_iso(&a, rcpi_date_parse((rcp_str){NULL, 0})).p);
  }
  rcpi_arena_release(&a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_days_are_counted_from_1970), cmocka_unit_test(test_weekdays_begin_with_monday),
      cmocka_unit_test(test_months_wrap), cmocka_unit_test(test_iso_dates_may_be_partial),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
