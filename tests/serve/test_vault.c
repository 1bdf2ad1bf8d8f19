/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "serve/shelf.h"
#include "serve/vault.h"

static const char token[] = "correct horse battery";

static void test_the_token_opens_a_session(void **state) {
  (void)state;
  serve_vault *v = serve_vault_new(token);
  char session[SERVE_KEY + 1], key[SERVE_KEY + 1], again[SERVE_KEY + 1];
  assert_int_equal(serve_vault_check(v, serve_str(token), 1000), SERVE_RIGHT);
  assert_int_equal(serve_vault_check(v, SERVE_S("correct horse batterY"), 1000), SERVE_WRONG);
  assert_int_equal(serve_vault_check(v, SERVE_S(""), 1000), SERVE_WRONG);
  assert_true(serve_vault_open(v, 1000, session));
  assert_true(serve_vault_session(v, session, 1001, key));
  assert_true(serve_vault_session(v, session, 1002, again));
  assert_string_equal(key, again);
  assert_string_not_equal(key, session);
  assert_false(serve_vault_session(v, "", 1001, key));
  assert_false(serve_vault_session(v, session, 1000 + 9 * 3600, key));
  serve_vault_free(v);
}

static void test_a_session_ends(void **state) {
  (void)state;
  serve_vault *v = serve_vault_new(token);
  char session[SERVE_KEY + 1], key[SERVE_KEY + 1];
  assert_true(serve_vault_open(v, 0, session));
  serve_vault_close(v, session);
  assert_false(serve_vault_session(v, session, 1, key));
  serve_vault_free(v);
}

static void test_guessing_is_slow(void **state) {
  (void)state;
  serve_vault *v = serve_vault_new(token);
  for (int i = 0; i < 10; i++) assert_int_equal(serve_vault_check(v, SERVE_S("guess"), 100 + i), SERVE_WRONG);
  assert_int_equal(serve_vault_check(v, serve_str(token), 120), SERVE_TOO_MANY);
  assert_int_equal(serve_vault_check(v, serve_str(token), 160), SERVE_RIGHT);
  serve_vault_free(v);
}

static void count_down(void *handle) {
  --*(int *)handle;
}

static void test_a_full_shelf_drops_what_nobody_asks_for(void **state) {
  (void)state;
  static serve_shelf shelf;
  int n = 3;
  shelf = (serve_shelf){.most = 100, .release = count_down};
  serve_shelf_put(&shelf, "a", 1, 0, 20, &n);
  serve_shelf_put(&shelf, "b", 1, 0, 20, &n);
  for (int i = 0; i < 3; i++) n++, serve_shelf_put(&shelf, "c", 1, 0, 20, &n);
  assert_non_null(serve_shelf_find(&shelf, "a"));
  n += 3;
  serve_shelf_put(&shelf, "d", 1, 0, 25, &n), serve_shelf_put(&shelf, "e", 1, 0, 25, &n);
  assert_null(serve_shelf_find(&shelf, "b"));
  assert_non_null(serve_shelf_find(&shelf, "a"));
  serve_shelf_put(&shelf, "f", 1, 0, 90, &n);   /* would take all: not kept */
  assert_null(serve_shelf_find(&shelf, "f"));
  assert_non_null(serve_shelf_find(&shelf, "e"));
  serve_shelf_clear(&shelf);
  assert_int_equal(shelf.weight, 0);
  assert_int_equal(n, 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_the_token_opens_a_session), cmocka_unit_test(test_a_session_ends), cmocka_unit_test(test_guessing_is_slow),
      cmocka_unit_test(test_a_full_shelf_drops_what_nobody_asks_for),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
