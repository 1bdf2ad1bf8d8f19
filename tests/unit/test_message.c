/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dossier/message.h"

static rcpi_arena arena;
static rcpi_langs langs;

static int setup(void **state) {
  (void)state;
  rcpi_arena_init(&arena);
  RCPI_GUARD(&arena) return rcpi_langs_load(&arena, NULL, &langs, NULL) != RCP_OK;
  return 1;
}

static int teardown(void **state) {
  (void)state;
  rcpi_arena_release(&arena);
  return 0;
}

static void says(const char *locale, const char *key, uint64_t n, const char *want) {
  rcpi_messages m;
  rcpi_buf out;
  rcpi_messages_init(&m, &langs, locale);
  rcpi_buf_init(&out);
  rcpi_message_count(&m, &out, key, n);
  assert_string_equal(out.p, want);
  rcpi_buf_release(&out);
}

static void dates(const char *locale, const char *iso, const char *want) {
  rcpi_messages m;
  rcpi_buf out;
  rcpi_messages_init(&m, &langs, locale);
  rcpi_buf_init(&out);
  rcpi_message_date(&m, &out, rcpi_cstr(iso));
  assert_string_equal(out.p, want);
  rcpi_buf_release(&out);
}

static void amounts(const char *norm, const char *french, const char *english) {
  const char *const locales[] = {"fr", "en"}, *const want[] = {french, english};
  for (size_t i = 0; i < 2; i++) {
    rcpi_messages m;
    rcpi_buf out;
    rcpi_messages_init(&m, &langs, locales[i]);
    rcpi_buf_init(&out);
    rcpi_message_amount(&m, &out, rcpi_cstr(norm));
    assert_string_equal(out.p, want[i]);
    rcpi_buf_release(&out);
  }
}

#define NB "\xC2\xA0"
#define NN "\xE2\x80\xAF"

static void test_one_and_many_are_the_language_s(void **state) {
  (void)state;
  says("fr", "n_articles", 0, "0 article");
  says("fr", "n_articles", 1, "1 article");
  says("fr", "n_articles", 2, "2 articles");
  says("en", "n_articles", 0, "0 articles");
  says("en", "n_articles", 1, "1 article");
  says("fr", "n_channels", 2, "2 canaux");
}

static void test_amounts_read_as_people_write_them(void **state) {
  (void)state;
  amounts("6.84 m", "6,84" NB "m", "6.84" NB "m");
  amounts("~1400", "environ 1" NN "400", "about 1,400");
  amounts("<=6.84 m", "au plus 6,84" NB "m", "at most 6.84" NB "m");
  amounts("~1000 each", "environ 1" NN "000 chacun", "about 1,000 each");
  amounts("500 EUR in all", "500" NB "€ en tout", "€500 in all");
  amounts(">=640", "au moins 640", "at least 640");
  amounts(">2 y", "plus de 2" NB "ans", "more than 2" NB "years");
  amounts("1.5 y", "1,5" NB "an", "1.5" NB "years");
  amounts("1 d", "1" NB "jour", "1" NB "day");
  amounts("1.24 G EUR", "1,24" NB "milliard" NB "€", "€1.24" NB "billion");
  amounts("12 M EUR", "12" NB "millions" NB "€", "€12" NB "million");
  amounts("3 M t", "3" NB "millions" NB "t", "3" NB "million" NB "t");
  amounts("30..40 km", "30–40" NB "km", "30–40" NB "km");
  amounts("14.1%", "14,1" NN "%", "14.1%");
  amounts("-4 °C", "−4" NB "°C", "−4" NB "°C");
  amounts("n x 1000", "des milliers", "thousands");
  amounts("n x 7", "n x 7", "n x 7");
  amounts("3-1", "3-1", "3-1");
  amounts("12 MWh", "12" NB "MWh", "12" NB "MWh");
}

static void test_digits_are_grouped_as_the_language_does(void **state) {
  (void)state;
  says("fr", "n_articles", 51160, "51" NN "160 articles");
  says("en", "n_articles", 1234567, "1,234,567 articles");
}

static void test_a_locale_without_words_is_english(void **state) {
  (void)state;
  says(NULL, "n_texts", 3, "3 texts");
  says("fr_CA.UTF-8", "n_texts", 3, "3 textes");
  says("tlh", "n_texts", 3, "3 texts");
}

static void test_a_missing_key_shows(void **state) {
  (void)state;
  says("fr", "no_such_key", 1, "no_such_key");
}

static void test_dates_have_the_precision_that_is_stated(void **state) {
  (void)state;
  dates("fr", "2024-03-12", "12" NB "mars 2024");
  dates("fr", "2024-03-01", "1er" NB "mars 2024");
  dates("fr", "2024-03", "mars 2024");
  dates("fr", "2024", "2024");
  dates("fr", "2024-03-12T13:05", "12" NB "mars 2024 13" NB "h" NB "05");
  dates("fr", "04:20", "4" NB "h" NB "20");
  dates("en", "04:20", "04:20");
  dates("en", "2024-03-12T18:48Z", "12" NB "March 2024 18:48 UTC");
  dates("en", "2024-03-12T18:48:10+02:00", "12" NB "March 2024 18:48 UTC+02:00");
  dates("fr", "2024-03-11/2024-03-17", "11" NB "mars 2024 – 17" NB "mars 2024");
}

static void test_what_is_no_date_stays_as_it_is(void **state) {
  (void)state;
  dates("fr", "mardi", "mardi");
  dates("fr", "2024-13-40", "2024-13-40");
  dates("fr", "2024-03-12T", "12" NB "mars 2024");
  dates("fr", "20", "20");
}

/* Every text of one language has its twin, with the same places to fill. */
static void test_languages_say_the_same(void **state) {
  (void)state;
  rcpi_messages fr, en;
  rcpi_messages_init(&fr, &langs, "fr");
  rcpi_messages_init(&en, &langs, "en");
  assert_int_equal(fr.own->n_rows, en.own->n_rows);
  for (size_t i = 0; i < en.own->n_rows; i++) {
    assert_true(rcpi_eq(rcpi_cell(fr.own, i, 0), rcpi_cell(en.own, i, 0)));
    for (char k = '1'; k <= '9'; k++) {
      char place[] = {'{', k, '}', 0};
      bool in_fr = rcpi_find(rcpi_cell(fr.own, i, 1), rcpi_cstr(place)) != RCPI_NONE;
      assert_int_equal(in_fr, rcpi_find(rcpi_cell(en.own, i, 1), rcpi_cstr(place)) != RCPI_NONE);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_one_and_many_are_the_language_s),      cmocka_unit_test(test_amounts_read_as_people_write_them),
      cmocka_unit_test(test_digits_are_grouped_as_the_language_does),
      cmocka_unit_test(test_a_locale_without_words_is_english),    cmocka_unit_test(test_a_missing_key_shows),
      cmocka_unit_test(test_dates_have_the_precision_that_is_stated), cmocka_unit_test(test_what_is_no_date_stays_as_it_is),
      cmocka_unit_test(test_languages_say_the_same),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
