/* A whole page without tags: which of its lines are the article's. SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "clean/clean.h"
#include "clean/page_features.h"
#include "clean/page_model.h"

static const char menu[] =
    "Le pont de Brévigny rouvre après onze mois | Le Val\nAccueil\nPolitique\nÉconomie\nSports\nCulture\nMétéo\nAbonnez-vous\nSe connecter\n"
    "Newsletters\nPetites annonces\nContact\nAccueil\nVal-d'Orvance\nTransports\nLe pont de Brévigny rouvre après onze mois\n";
static const char article[] =
    "Publié le 12 mars 2024 à 19h15\n"
    "Le pont de Brévigny a rouvert mardi matin à la circulation, après onze mois de travaux, a annoncé la mairie dans un communiqué.\n"
    "Deux mille voitures y passaient chaque jour avant sa fermeture, selon le département, qui a payé la plus grande part du chantier.\n"
    "Un détour de vingt minutes\n"
    "Pendant les travaux, les habitants devaient faire un détour de vingt minutes par la route de Montlezan, a rappelé la maire.\n"
    "« Les commerces de la rive gauche ont perdu un tiers de leurs clients, nous attendons leur retour », a-t-elle déclaré devant le pont.\n"
    "Le bac, qui avait repris du service pour remplacer le pont, s'arrêtera à la fin du mois, a précisé le département.\n";
static const char rest[] =
    "Partager\nFacebook\nTwitter\nImprimer\nÀ lire aussi\nLa piscine de Montlezan ferme ses portes\nUn loup aperçu dans le Val\nLes plus lus\n"
    "Tennis : Ada Exemple en finale\nRecette : la tarte aux mirabelles\nHoroscope du jour\nAnnonces légales\nMentions légales\nConditions d'utilisation\n"
    "Gestion des cookies\nQui sommes-nous\nPlan du site\n© Le Val 2024\n";

static void test_the_lines_of_the_article_are_found(void **state) {
  rcpi_arena a, engine;
  rcpi_langs langs;
  rcp_article *x = rcpi_article_alloc();
  const char *why;
  (void)state;
  rcpi_arena_init(&a);
  rcpi_arena_init(&engine);
  assert_int_equal(rcpi_langs_load(&engine, NULL, &langs, NULL), RCP_OK);
  x->text = rcpi_printf(&x->arena, "%s%s%s", menu, article, rest);
  assert_true(rcpi_clean(rcpi_cleaner_new(&engine, &langs), x, &why));
  const char *own = rcpi_dup(rcpi_clean_own_text(&a, x), &a).p;
  static const char *const kept[] = {"a rouvert mardi matin", "Deux mille voitures", "Un détour de vingt minutes", "la rive gauche", "Le bac, qui avait repris"};
  static const char *const left[] = {"Abonnez-vous", "Petites annonces", "Facebook", "La piscine de Montlezan", "mirabelles", "Mentions légales", "Le Val 2024"};
  for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) assert_non_null(strstr(own, kept[i]));
  for (size_t i = 0; i < sizeof left / sizeof *left; i++) assert_null(strstr(own, left[i]));
  assert_true(x->confidence > 0.5 && x->confidence <= 1);
  rcpi_article_drop(x);
  rcpi_arena_release(&engine);
  rcpi_arena_release(&a);
}

/* A heading of one word, which the menu says too, stands between two own lines; a word that only menus say does not belong there. */
static void test_a_gap_is_closed(void **state) {
  rcpi_arena a, engine;
  rcpi_langs langs;
  rcp_article *x = rcpi_article_alloc();
  const char *why, *cut = strstr(article, "Pendant les travaux");
  (void)state;
  rcpi_arena_init(&a);
  rcpi_arena_init(&engine);
  assert_int_equal(rcpi_langs_load(&engine, NULL, &langs, NULL), RCP_OK);
  const char *last = strstr(article, "Le bac, qui");
  x->text = rcpi_printf(&x->arena, "%s%.*sTransports\n%.*sContact\n%s%s", menu, (int)(cut - article), article, (int)(last - cut), cut, last, rest);
  assert_true(rcpi_clean(rcpi_cleaner_new(&engine, &langs), x, &why));
  const char *own = rcpi_dup(rcpi_clean_own_text(&a, x), &a).p;
  assert_non_null(strstr(own, "Transports\nPendant les travaux"));
  assert_null(strstr(own, "Contact"));
  rcpi_article_drop(x);
  rcpi_arena_release(&engine);
  rcpi_arena_release(&a);
}

/* Who changes the features fits the model again (bench/extraction/fit_page.py). */
static void test_the_weights_are_of_these_features(void **state) {
  const rcpi_trees *looks[] = {&rcpi_page_first_look, &rcpi_page_second_look};
  (void)state;
  assert_int_equal(rcpi_page_first_look.n_features, RCPI_N_PAGE_FEATURES);
  assert_int_equal(rcpi_page_second_look.n_features, RCPI_N_PAGE_ALL);
  for (size_t l = 0; l < 2; l++)
    for (size_t i = 0; i < looks[l]->n; i++)
      for (size_t k = 0; k < RCPI_TREE_DEPTH; k++) assert_true(looks[l]->p[i].feature[k] < looks[l]->n_features);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_the_lines_of_the_article_are_found), cmocka_unit_test(test_a_gap_is_closed), cmocka_unit_test(test_the_weights_are_of_these_features)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
