/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "clean/clean.h"
#include "clean/when.h"

static void when(const char *tag, const char *text, char *out, size_t size) {
  rcpi_arena a;
  rcpi_arena_init(&a);
  snprintf(out, size, "out of memory");
  RCPI_GUARD(&a) {
    rcpi_langs langs;
    rcpi_lines lines;
    rcpi_when w;
    assert_int_equal(rcpi_langs_load(&a, NULL, &langs, NULL), RCP_OK);
    rcpi_lines_of(&a, rcpi_words_new(&a, &langs), rcpi_cstr(text), &lines);
    bool found = rcpi_when_find(&lines, rcpi_lang_by_tag(&langs, rcpi_cstr(tag)), 0, (uint32_t)lines.n_words, &w);
    snprintf(out, size, "%.*s", RCPI_P(found ? rcpi_when_iso(&a, &w) : RCPI_S("none")));
  }
  rcpi_arena_release(&a);
}

#define WHEN(tag, text, want) do { char got[64]; when((tag), (text), got, sizeof got); assert_string_equal(got, (want)); } while (0)

static void test_french_dates(void **state) {
  (void)state;
  WHEN("fr", "Publié le mardi 12 mars 2024 à 19h15", "2024-03-12T19:15");
  WHEN("fr", "Mis en ligne le 1er août 2023 à 7 h 05, par Lise Morand", "2023-08-01T07:05");
  WHEN("fr", "mars 12, 2024", "2024-03-12");
  WHEN("fr", "12/03/2024 - 13:05", "2024-03-12T13:05");
  WHEN("fr", "AGX-20240312-1240", "2024-03-12");
  WHEN("fr", "date 2022-09", "2022-09");
}

static void test_english_dates(void **state) {
  (void)state;
  WHEN("en", "March 12, 2024 6:48 PM GMT", "2024-03-12T18:48Z");
  WHEN("en", "Tue 17 Jun 2025 18.31 BST", "2025-06-17T18:31+01:00");
  WHEN("en", "Dec. 19, 2025 at 04:34 AM EST", "2025-12-19T04:34-05:00");
  WHEN("en", "Posted December 19th, 2025 by Lise", "2025-12-19");
  WHEN("en", "10/22/2024", "2024-10-22");
}

static void test_unknown_is_an_answer(void **state) {
  (void)state;
  WHEN("en", "03/04/2024", "none");
  WHEN("fr", "03/04/2024", "2024-04-03");
  WHEN("fr", "31/02/2024", "none");
  WHEN("fr", "il y a 12 h", "none");
  WHEN("en", "more than 2024 people in 31 towns", "none");
  WHEN("en", "", "none");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_french_dates), cmocka_unit_test(test_english_dates), cmocka_unit_test(test_unknown_is_an_answer),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
