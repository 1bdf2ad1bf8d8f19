/* SPDX-License-Identifier: Apache-2.0 */
#include "said.h"

static void test_the_conditional_of_what_is_borrowed(void **state) {
  (void)state;
  SAYS("fr", "Le groupe aurait vendu deux navires. S'y ajouteraient trois barges.",
       "C| Le groupe aurait vendu deux navires\n"
       "C| S'y ajouteraient trois barges\n");
  SAYS("fr", "La Norvalie achèterait des navires, selon un diplomate.",
       "C un diplomate [selon] anonymous| La Norvalie achèterait des navires\n"
       "a| selon un diplomate\n");
}

static void test_what_would_be_is_no_rumour(void **state) {
  (void)state;
  SAYS("fr", "Si le barrage cédait, trois villages seraient inondés.",
       "A| Si le barrage cédait\n"
       "A| trois villages seraient inondés\n");
  SAYS("fr", "Tout retard serait une violation du contrat.", "A| Tout retard serait une violation du contrat\n");
}

static void test_a_future_seen_from_the_past_is_reported(void **state) {
  (void)state;
  SAYS("fr", "Le ministre a dit que les travaux commenceraient en mai.",
       "R Le ministre [a dit que]| Le ministre a dit que les travaux commenceraient en mai\n");
}

static void test_hedges(void **state) {
  (void)state;
  SAYS("fr", "Le pont pourrait rouvrir en juin.", "C| Le pont pourrait rouvrir en juin\n");
  SAYS("en", "The bridge may reopen in June.", "C| The bridge may reopen in June\n");
  SAYS("fr", "Il était 7 heures, peut-être un peu moins.", "A| Il était 7 heures, peut-être un peu moins\n");
}

static void test_an_aside_is_the_articles_own(void **state) {
  (void)state;
  SAYS("fr", "Mme Noël, qui a présidé le conseil jusqu'en 2020, a touché un million d'euros, a jugé le tribunal.",
       "A| Mme Noël, qui a présidé le conseil jusqu'en 2020\n"
       "R le tribunal [a jugé]| a touché un million d'euros\n"
       "a| a jugé le tribunal\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_the_conditional_of_what_is_borrowed), cmocka_unit_test(test_what_would_be_is_no_rumour),
      cmocka_unit_test(test_a_future_seen_from_the_past_is_reported), cmocka_unit_test(test_hedges),
      cmocka_unit_test(test_an_aside_is_the_articles_own),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
