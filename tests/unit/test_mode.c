/* SPDX-License-Identifier: Apache-2.0 */
#include "said.h"

static void test_the_conditional_of_what_is_borrowed(void **state) {
  (void)state;
  SAYS("fr", "Le groupe aurait vendu deux navires. S'y ajouteraient trois barges.",
       "C| Le groupe aurait vendu deux navires\n"
       "C| S'y ajouteraient trois barges\n");
  SAYS("fr", "Selon un diplomate s'exprimant sous couvert d'anonymat, la Norvalie a acheté des navires.",
       "a| Selon un diplomate\n"
       "R un diplomate [Selon] anonymous| s'exprimant sous couvert d'anonymat\n"
       "R un diplomate [Selon] anonymous| la Norvalie a acheté des navires\n");
  SAYS("fr", "La Norvalie achèterait des navires, selon un diplomate.",
       "C un diplomate [selon] anonymous| La Norvalie achèterait des navires\n"
       "a| selon un diplomate\n");
}

static void test_a_bare_conditional_is_a_rumour_too(void **state) {
  (void)state;
  SAYS("fr", "La Norvalie achèterait des navires.", "C| La Norvalie achèterait des navires\n");
  SAYS("fr", "Les pertes s'élèveraient à deux millions.", "C| Les pertes s'élèveraient à deux millions\n");
  SAYS("fr", "Le suspect, qui serait mineur, a été arrêté.", "C| Le suspect, qui serait mineur, a été arrêté\n");
}

static void test_what_would_be_is_no_rumour(void **state) {
  (void)state;
  SAYS("fr", "La loi interdirait la vente d'alcool.", "A| La loi interdirait la vente d'alcool\n");
  SAYS("fr", "Sans les pompiers, le feu aurait gagné l'école.", "A| Sans les pompiers\nA| le feu aurait gagné l'école\n");
  SAYS("fr", "La vanne aurait dû céder plus tôt.", "A| La vanne aurait dû céder plus tôt\n");
  SAYS("fr", "Le navire livrant des armes violerait le traité.", "A| Le navire livrant des armes violerait le traité\n");
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
  SAYS("en", "The blast could be heard in the valley.", "A| The blast could be heard in the valley\n");
  SAYS("en", "The blast could have been heard in the valley.", "C| The blast could have been heard in the valley\n");
  SAYS("en", "The suspect is said to have fled.", "C| The suspect is said to have fled\n");
  SAYS("en", "The allegedly stolen painting was found.", "A| The allegedly stolen painting was found\n");
  SAYS("fr", "Le conducteur semble s'être endormi.", "C| Le conducteur semble s'être endormi\n");
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
      cmocka_unit_test(test_the_conditional_of_what_is_borrowed), cmocka_unit_test(test_a_bare_conditional_is_a_rumour_too),
      cmocka_unit_test(test_what_would_be_is_no_rumour),
      cmocka_unit_test(test_a_future_seen_from_the_past_is_reported), cmocka_unit_test(test_hedges),
      cmocka_unit_test(test_an_aside_is_the_articles_own),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
