/* SPDX-License-Identifier: Apache-2.0 */
#include "said.h"

static void test_numbers_are_facts_of_their_own(void **state) {
  (void)state;
  SAYS("fr", "Trois personnes sont mortes et 27 ont été blessées, dont six grièvement.",
       "A| Trois personnes sont mortes\n"
       "A| 27 ont été blessées\n"
       "A| dont six grièvement\n");
  SAYS("fr", "Vingt et un marchands ont été blessés.", "A| Vingt et un marchands ont été blessés\n");
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

static void test_what_follows_the_last_comma(void **state) {
  (void)state;
  SAYS("fr", "La préfecture compte 18 % de grévistes, les agents assignés n'étant pas décomptés.",
       "A| La préfecture compte 18 % de grévistes\n"
       "A| les agents assignés n'étant pas décomptés\n");
  SAYS("fr", "Les infirmiers ont suspendu leur mouvement, au douzième jour de grève.",
       "A| Les infirmiers ont suspendu leur mouvement\n"
       "A| au douzième jour de grève\n");
  SAYS("fr", "Ils ont défilé jeudi, une manifestation marquée par des heurts.",
       "A| Ils ont défilé jeudi\n"
       "A| une manifestation marquée par des heurts\n");
}

static void test_a_number_behind_with_is_a_fact_of_its_own(void **state) {
  (void)state;
  SAYS("fr", "Lise Carval est élue maire de Vernelle avec 50,6 % des voix.",
       "A| Lise Carval est élue maire de Vernelle\n"
       "A| avec 50,6 % des voix\n");
}

static void test_nothing_gives_nothing(void **state) {
  (void)state;
  SAYS("fr", "", "");
  SAYS("fr", " \n. , ;\n", "");
  SAYS("xx", "Un texte sans langue connue.", "A| Un texte sans langue connue\n");
}

/* A page without stops: clauses come in order, apart, and none is longer than a window. */
static void test_a_sentence_without_end_is_taken_in_windows(void **state) {
  (void)state;
  enum { WORDS = 3000 };
  rcpi_arena a;
  rcpi_langs langs;
  rcp_article article = {.text = {NULL, 0}};
  rcpi_text t;
  rcpi_marks marks = {.n_frames = 0};
  size_t n = 0;
  rcpi_clause *clauses = NULL;
  bool in_order = true;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    assert_int_equal(rcpi_langs_load(&a, NULL, &langs, NULL), RCP_OK);
    char *p = rcpi_array(&a, char, WORDS * 4);
    for (size_t i = 0; i < WORDS; i++) memcpy(p + 4 * i, "mot ", 4);
    article.text = (rcp_str){p, WORDS * 4};
    article.lang = rcpi_lang_by_tag(&langs, RCPI_S("fr"));
    rcpi_text_split(&a, &article, &t);
    rcpi_attrib_find(&a, &t, &marks);
    n = rcpi_attrib_clauses(&a, &t, &marks, &clauses);
    for (size_t i = 1; i < n; i++) in_order &= clauses[i].at.token >= clauses[i - 1].at.end_token;
  }
  assert_int_equal(n, 5);
  assert_true(in_order);
  rcpi_arena_release(&a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_numbers_are_facts_of_their_own),
      cmocka_unit_test(test_clauses_behind_conjunctions_and_relatives),
      cmocka_unit_test(test_a_few_words_between_subject_and_verb_stay),
      cmocka_unit_test(test_quotations_are_cut_at_sentences_only),
      cmocka_unit_test(test_what_follows_the_last_comma),
      cmocka_unit_test(test_a_number_behind_with_is_a_fact_of_its_own),
      cmocka_unit_test(test_nothing_gives_nothing),
      cmocka_unit_test(test_a_sentence_without_end_is_taken_in_windows),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
