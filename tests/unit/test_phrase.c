/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/phrase.h"

static void test_phrases_are_found_inflected_and_longest_first(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    rcpi_langs langs;
    rcp_article article = {.text = RCPI_S("Deux hommes ont été mis en examen pour homicides involontaires.")};
    rcpi_text t;
    uint32_t rows[4], ends[4];
    assert_int_equal(rcpi_langs_load(&a, NULL, &langs, NULL), RCP_OK);
    article.lang = rcpi_lang_by_tag(&langs, RCPI_S("fr"));
    rcpi_text_split(&a, &article, &t);
    rcpi_phrases *p = rcpi_phrases_new(&a, article.lang, "contrast", "word");
    const rcpi_table *table = rcpi_lang_table(article.lang, "contrast");
    size_t n_found = 0;
    for (size_t i = 0; i < t.n_tokens; i++) {
      size_t n = rcpi_phrases_at(p, &t, i, rows, ends, 4);
      for (size_t k = 0; k < n; k++) {
        rcp_str words = rcpi_cell(table, rows[k], 0);
        rcp_str member = rcpi_cell(table, rows[k], 2);
        assert_true(rcpi_is(member, "charged") || rcpi_is(words, "homicide involontaire"));
        assert_int_equal(ends[k] - i, rcpi_is(member, "charged") ? 3 : 2);
        n_found++;
      }
    }
    assert_int_equal(n_found, 3); /* mis, mise: two rows of one stem */
  }
  rcpi_arena_release(&a);
}

static void test_a_language_without_the_table_finds_nothing(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    rcp_article article = {.text = RCPI_S("mis en examen")};
    rcpi_text t;
    uint32_t row, end;
    rcpi_text_split(&a, &article, &t);
    assert_int_equal(rcpi_phrases_at(rcpi_phrases_new(&a, NULL, "contrast", "word"), &t, 0, &row, &end, 1), 0);
  }
  rcpi_arena_release(&a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_phrases_are_found_inflected_and_longest_first),
      cmocka_unit_test(test_a_language_without_the_table_finds_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
