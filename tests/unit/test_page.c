/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dossier/page.h"

typedef struct sheet { rcpi_buf out; rcpi_page page; } sheet;

static void open_sheet(sheet *s, unsigned width, bool has_color) {
  rcpi_buf_init(&s->out);
  rcpi_page_init(&s->page, &s->out, width, has_color);
}

static void check(sheet *s, const char *want) {
  assert_string_equal(s->out.p, want);
  rcpi_page_release(&s->page);
  rcpi_buf_release(&s->out);
}

static void test_words_wrap_at_the_width(void **state) {
  (void)state;
  sheet s;
  open_sheet(&s, 30, false);
  rcpi_page_text(&s.page, RCPI_S("Deux personnes sont mortes mardi dans la rupture du barrage."));
  rcpi_page_flush(&s.page, 2, 4);
  check(&s, "  Deux personnes sont mortes\n    mardi dans la rupture du\n    barrage.\n");
}

static void test_columns_count_not_bytes(void **state) {
  (void)state;
  assert_int_equal(rcpi_page_columns(RCPI_S("été")), 3);
  assert_int_equal(rcpi_page_columns(RCPI_S("e\xCC\x81te\xCC\x81")), 3);        /* combining accents */
  assert_int_equal(rcpi_page_columns(RCPI_S("東京")), 4);
  assert_int_equal(rcpi_page_columns(RCPI_S("\xE2\x80\x8B")), 0);                /* zero width space */
}

static void test_a_no_break_space_does_not_break(void **state) {
  (void)state;
  sheet s;
  open_sheet(&s, 30, false);
  rcpi_page_text(&s.page, RCPI_S("Le bilan est de deux morts :\xC2\xA0trois"));
  rcpi_page_flush(&s.page, 0, 0);
  check(&s, "Le bilan est de deux morts\n:\xC2\xA0trois\n");
}

static void test_a_word_wider_than_the_line_is_cut(void **state) {
  (void)state;
  sheet s;
  open_sheet(&s, 30, false);
  rcpi_page_text(&s.page, RCPI_S("http://exemple.invalid/une-adresse-sans-fin"));
  rcpi_page_flush(&s.page, 0, 2);
  check(&s, "http://exemple.invalid/une-adr\n  esse-sans-fin\n");
}

/* An article can't move the cursor, change colours, ring, turn the line around, or begin a line. */
static void test_foreign_text_commands_no_terminal(void **state) {
  (void)state;
  sheet s;
  open_sheet(&s, 60, true);
  rcpi_page_text(&s.page, RCPI_S("a\033[2Jb\nc\td\x07\xC2\x9B" "e\xE2\x80\xAE" "f\002g"));
  rcpi_page_flush(&s.page, 0, 0);
  check(&s, "a\xEF\xBF\xBD[2Jb c d\xEF\xBF\xBD\xEF\xBF\xBD" "ef\xEF\xBF\xBDg\n");
}

static void test_marks_show_without_colour(void **state) {
  (void)state;
  sheet s;
  for (int color = 0; color < 2; color++) {
    open_sheet(&s, 60, color);
    rcpi_page_style(&s.page, RCPI_STRONG);
    rcpi_page_adds(&s.page, "bilan");
    rcpi_page_style(&s.page, RCPI_PLAIN);
    rcpi_page_adds(&s.page, ": ");
    rcpi_page_style(&s.page, RCPI_MARKED);
    rcpi_page_text(&s.page, RCPI_S("deux morts"));
    rcpi_page_style(&s.page, RCPI_UNMARKED);
    rcpi_page_flush(&s.page, 0, 0);
    check(&s, color ? "\033[1mbilan\033[0m: \033[1;35mdeux morts\033[0m\n" : "bilan: *deux morts*\n");
  }
}

static void test_cut_ends_with_dots(void **state) {
  (void)state;
  sheet s;
  open_sheet(&s, 60, false);
  rcpi_page_cut(&s.page, RCPI_S("La Gazette des Plaines"), 10);
  rcpi_page_tab(&s.page, 14);
  rcpi_page_cut(&s.page, RCPI_S("東京新聞"), 5);
  rcpi_page_flush(&s.page, 0, 0);
  check(&s, "La Gazett…    東京…\n");
}

static void test_nothing_gathered_is_an_empty_line(void **state) {
  (void)state;
  sheet s;
  open_sheet(&s, 60, false);
  rcpi_page_flush(&s.page, 4, 4);
  check(&s, "\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_words_wrap_at_the_width),          cmocka_unit_test(test_columns_count_not_bytes),
      cmocka_unit_test(test_a_no_break_space_does_not_break),  cmocka_unit_test(test_a_word_wider_than_the_line_is_cut),
      cmocka_unit_test(test_foreign_text_commands_no_terminal), cmocka_unit_test(test_marks_show_without_colour),
      cmocka_unit_test(test_cut_ends_with_dots),               cmocka_unit_test(test_nothing_gathered_is_an_empty_line),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
