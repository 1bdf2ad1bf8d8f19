/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "lang/lang.h"

static const char *why_not(const char *file, size_t *line) {
  rcpi_arena a;
  rcpi_table t;
  const char *volatile why = NULL;
  const char *said = NULL;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) if (!rcpi_table_parse(&a, "xx", "t", rcpi_cstr(file), &t, line, &said)) why = said;
  rcpi_arena_release(&a);
  return why;
}

static void test_a_table_is_read_and_searched(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    rcpi_table t;
    size_t line;
    const char *why;
    assert_true(rcpi_table_parse(&a, "fr", "verbs", RCPI_S("# c\nlemma\tstance(yes|no)\na\tno\nab\tno\nab\tyes\nb\tyes\n"), &t, &line, &why));
    assert_int_equal(t.n_rows, 4);
    assert_int_equal(rcpi_table_find(&t, RCPI_S("ab")), 1);
    assert_true(rcpi_is(rcpi_cell_named(&t, 2, "stance"), "yes"));
    assert_int_equal(rcpi_table_find(&t, RCPI_S("aa")), RCPI_NONE);
    assert_int_equal(rcpi_table_column(&t, "none"), -1);
  }
  rcpi_arena_release(&a);
}

static void test_faults_are_named_with_their_line(void **state) {
  (void)state;
  size_t line;
  assert_string_equal(why_not("w\nb\na\n", &line), "not in order (LC_ALL=C sort)");
  assert_int_equal(line, 3);
  assert_string_equal(why_not("w\na\na\n", &line), "the same row twice");
  assert_string_equal(why_not("w\tx\na\n", &line), "fewer cells than columns");
  assert_string_equal(why_not("w\na\tb\n", &line), "more cells than columns");
  assert_string_equal(why_not("w(a|b)\nc\n", &line), "a value that its column does not list");
  assert_string_equal(why_not("w\ne\xCC\x81\n", &line), "not in normal form C");
  assert_string_equal(why_not("w\n\xFF\n", &line), "not UTF-8");
  assert_string_equal(why_not("w\na\x01" "b\n", &line), "a control character");
  assert_string_equal(why_not("# only a comment\n", &line), "no line that names the columns");
}

static void test_compiled_and_loaded_tables_are_the_same(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    rcpi_langs compiled, loaded;
    rcp_error error;
    rcp_str dir = rcpi_printf(&a, "%s/data/lang", getenv("RCPI_SOURCE_ROOT"));
    assert_int_equal(rcpi_langs_load(&a, NULL, &compiled, &error), RCP_OK);
    assert_int_equal(rcpi_langs_load(&a, dir.p, &loaded, &error), RCP_OK);
    assert_string_equal(compiled.hash, loaded.hash);
    assert_true(compiled.n >= 2);
  }
  rcpi_arena_release(&a);
}

static void test_a_language_is_told_by_its_function_words(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    rcpi_langs langs;
    assert_int_equal(rcpi_langs_load(&a, NULL, &langs, NULL), RCP_OK);
    assert_true(rcpi_is(rcpi_lang_detect(&langs, RCPI_S("Le maire de la ville a dit que le pont est fermé."))->tag, "fr"));
    assert_true(rcpi_is(rcpi_lang_detect(&langs, RCPI_S("The mayor of the town said that the bridge was closed."))->tag, "en"));
    assert_true(rcpi_is(rcpi_lang_detect(&langs, RCPI_S("La digue a tenu toute la nuit, a dit la mairie."))->tag, "fr"));   /* la, a: Spanish too */
    assert_null(rcpi_lang_detect(&langs, RCPI_S("Zxc vbn qwe rty uio")));
    assert_true(rcpi_is(rcpi_lang_by_tag(&langs, RCPI_S("fr-CA"))->tag, "fr"));
    assert_null(rcpi_lang_by_tag(&langs, RCPI_S("ja")));
  }
  rcpi_arena_release(&a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_a_table_is_read_and_searched), cmocka_unit_test(test_faults_are_named_with_their_line),
      cmocka_unit_test(test_compiled_and_loaded_tables_are_the_same),
      cmocka_unit_test(test_a_language_is_told_by_its_function_words),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
