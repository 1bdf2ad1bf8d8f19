/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

static void test_trim_takes_no_break_spaces(void **state) {
  (void)state;
  rcp_str s = rcpi_trim(RCPI_S(" \xC2\xA0\tun mot\xE2\x80\xAF\n"));
  assert_true(rcpi_is(s, "un mot"));
  assert_int_equal(rcpi_trim(RCPI_S(" \xC2\xA0")).n, 0);
}

static void test_lines_lose_their_ends_and_nothing_else(void **state) {
  (void)state;
  rcp_str line, rest = RCPI_S("a\r\n\nb");
  assert_true(rcpi_next_line(&rest, &line) && rcpi_is(line, "a"));
  assert_true(rcpi_next_line(&rest, &line) && line.n == 0);
  assert_true(rcpi_next_line(&rest, &line) && rcpi_is(line, "b"));
  assert_false(rcpi_next_line(&rest, &line));
}

static void test_numbers_are_digits_only(void **state) {
  (void)state;
  uint32_t n;
  double d;
  assert_true(rcpi_parse_u32(RCPI_S("4294967295"), &n) && n == UINT32_MAX);
  assert_false(rcpi_parse_u32(RCPI_S("4294967296"), &n));
  assert_false(rcpi_parse_u32(RCPI_S("-1"), &n) || rcpi_parse_u32(RCPI_S(""), &n));
  assert_true(rcpi_parse_double(RCPI_S("-12.5"), &d) && d == -12.5);
  assert_false(rcpi_parse_double(RCPI_S("1e5"), &d) || rcpi_parse_double(RCPI_S("."), &d));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_trim_takes_no_break_spaces), cmocka_unit_test(test_lines_lose_their_ends_and_nothing_else),
      cmocka_unit_test(test_numbers_are_digits_only),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
