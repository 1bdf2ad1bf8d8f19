/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "story.h"

static const rcpi_claim_options in_english;

/* A dispatch, its reprint, an independent report, a second dispatch of another agency. */
static const char *const halle[] = {
    "fr:Le toit de la halle de Morvanche s'est effondré lundi matin sur deux marchands, a annoncé la préfecture. Douze "
    "personnes ont été blessées, dont trois grièvement, selon la préfète, Agathe Relin. Le marché devait ouvrir à huit heures.",
    "fr:Le toit de la halle de Morvanche s'est effondré lundi matin sur deux marchands, a annoncé la préfecture. Douze "
    "personnes ont été blessées, dont trois grièvement, selon la préfète, Agathe Relin. Le marché devait ouvrir à huit heures.",
    "fr:Je rangeais mes caisses quand tout est tombé, raconte Odile Fauvel, maraîchère. Elle a vu sortir une douzaine de "
    "blessés de la halle de Morvanche. Notre reporter a compté cinq ambulances devant la gare.",
    "en:The roof of Morvanche market hall collapsed on Monday, the prefecture said. Twelve people were injured, three of them "
    "seriously, prefect Agathe Relin told reporters. The hall was built in 1911 and had been inspected in May.",
};

#define READ(f) \
  story_fixture f = {.a = {0}}; \
  rcpi_arena_init(&f.a); \
  story_read(&f, halle, 4)

static void test_a_reprint_adds_an_article_and_no_text(void **state) {
  (void)state;
  READ(f);
  story_add_claim(&f, (const char *const[]){"Le marché devait ouvrir à huit heures", "Le marché devait ouvrir à huit heures", "", ""});
  rcpi_story_judge(&f.a, &in_english, &f.story);
  const rcpi_support *s = &f.story.claims[0].support;
  assert_int_equal(s->articles, 2);
  assert_int_equal(s->texts, 1);
  assert_int_equal(s->channels, 1);
  assert_int_equal(s->independent, 1);
  assert_int_equal(f.story.n_derivations, 1);
  assert_int_equal(f.story.derivations[0].kind, RCPI_COPY);
  assert_int_equal(f.story.texts, 3);
  rcpi_arena_release(&f.a);
}

static void test_one_speaker_counts_once_wherever_quoted(void **state) {
  (void)state;
  READ(f);
  story_add_claim(&f, (const char *const[]){"Douze personnes ont été blessées", "Douze personnes ont été blessées", "",
                                      "Twelve people were injured"});
  rcpi_story_judge(&f.a, &in_english, &f.story);
  const rcpi_support *s = &f.story.claims[0].support;
  assert_int_equal(s->articles, 3);
  assert_int_equal(s->texts, 2);
  assert_int_equal(s->independent, 1);
  rcpi_arena_release(&f.a);
}

static void test_a_report_of_its_own_is_an_origin_of_its_own(void **state) {
  (void)state;
  READ(f);
  story_add_claim(&f, (const char *const[]){"Douze personnes ont été blessées", "Douze personnes ont été blessées",
                                      "Notre reporter a compté cinq ambulances", ""});
  rcpi_story_judge(&f.a, &in_english, &f.story);
  const rcpi_support *s = &f.story.claims[0].support;
  assert_int_equal(s->texts, 2);
  assert_int_equal(s->independent, 2);
  rcpi_arena_release(&f.a);
}

static void test_the_office_and_its_holder_are_one_origin(void **state) {
  (void)state;
  READ(f);
  story_add_claim(&f, (const char *const[]){"Le toit de la halle de Morvanche s'est effondré lundi matin", "",
                                      "", "Twelve people were injured"});
  rcpi_story_judge(&f.a, &in_english, &f.story);
  assert_int_equal(f.story.claims[0].support.independent, 1);
  rcpi_arena_release(&f.a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_a_reprint_adds_an_article_and_no_text),
      cmocka_unit_test(test_one_speaker_counts_once_wherever_quoted),
      cmocka_unit_test(test_a_report_of_its_own_is_an_origin_of_its_own),
      cmocka_unit_test(test_the_office_and_its_holder_are_one_origin),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
