/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "input/robots.h"

static void allows(const char *text, const char *path, bool want) {
  rcpi_arena a;
  rcpi_robots robots;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    rcpi_robots_read(&a, rcpi_cstr(text), "recoupe", &robots);
    assert_int_equal(rcpi_robots_allow(&robots, rcpi_cstr(path)), want);
  }
  rcpi_arena_release(&a);
}

static void test_the_longest_rule_decides(void **state) {
  (void)state;
  static const char text[] = "User-agent: *\nDisallow: /archive/\nAllow: /archive/open/\n";
  allows(text, "/archive/1", false);
  allows(text, "/archive/open/1", true);
  allows(text, "/news", true);
  allows("User-agent: *\nDisallow: /a\nAllow: /a\n", "/a", true);
  allows("", "/a", true);
}

static void test_a_group_by_name_goes_before_all(void **state) {
  (void)state;
  static const char text[] = "User-agent: *\nDisallow: /\n\nUser-agent: Recoupe\nDisallow: /private\n";
  allows(text, "/news", true);
  allows(text, "/private/1", false);
  allows("User-agent: otherbot\nDisallow: /\n", "/news", true);
}

static void test_stars_and_ends(void **state) {
  (void)state;
  static const char text[] = "user-agent: *\r\ndisallow: /*.pdf$ # no papers\r\n";
  allows(text, "/a/b.pdf", false);
  allows(text, "/a/b.pdf?x", true);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_the_longest_rule_decides), cmocka_unit_test(test_a_group_by_name_goes_before_all),
                                     cmocka_unit_test(test_stars_and_ends)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
