/* SPDX-License-Identifier: Apache-2.0 */
#include "said.h"

static void test_numbers_are_facts_of_their_own(void **state) {
  (void)state;
  SAYS("fr", "Trois personnes sont mortes et 27 ont été blessées, dont six grièvement.",
       "A| Trois personnes sont mortes\n"
       "A| 27 ont été blessées\n"
       "A| dont six grièvement\n");
}

static void test_clauses_behind_conjunctions_and_relatives(void **state) {
  (void)state;
  SAYS("fr", "Le feu a détruit trois hangars et blessé deux pompiers, alors que le vent soufflait à 90 km/h.",
       "A| Le feu a détruit trois hangars et blessé deux pompiers\n"
       "A| alors que le vent soufflait à 90 km/h\n");
  SAYS("fr", "La ville a voté un budget de 12 millions d'euros, dont deux pour l'école, qui ouvrira en mai.",
       "A| La ville a voté un budget de 12 millions d'euros\n"
       "A| dont deux pour l'école\n"
       "A| qui ouvrira en mai\n");
}

static void test_a_few_words_between_subject_and_verb_stay(void **state) {
  (void)state;
  SAYS("fr", "L'écart, de trois points, reste faible.", "A| L'écart, de trois points, reste faible\n");
}

static void test_quotations_are_cut_at_sentences_only(void **state) {
  (void)state;
  SAYS("fr", "« On l'avait dit au chef, on nous a répondu de finir. Puis tout est tombé », ajoute-t-il.",
       "Q -t-il [ajoute-t-il]| « On l'avait dit au chef, on nous a répondu de finir\n"
       "Q -t-il [ajoute-t-il]| Puis tout est tombé »\n"
       "a| ajoute-t-il\n");
}

static void test_nothing_gives_nothing(void **state) {
  (void)state;
  SAYS("fr", "", "");
  SAYS("fr", " \n. , ;\n", "");
  SAYS("xx", "Un texte sans langue connue.", "A| Un texte sans langue connue\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_numbers_are_facts_of_their_own),
      cmocka_unit_test(test_clauses_behind_conjunctions_and_relatives),
      cmocka_unit_test(test_a_few_words_between_subject_and_verb_stay),
      cmocka_unit_test(test_quotations_are_cut_at_sentences_only),
      cmocka_unit_test(test_nothing_gives_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
