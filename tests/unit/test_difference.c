/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "story.h"

static const rcpi_claim_options in_english;

/* The first difference of a kind in a claim, or NULL. */
static const rcpi_difference *find(const rcpi_claim *c, rcpi_difference_kind kind) {
  for (size_t i = 0; i < c->n_differences; i++)
    if (c->differences[i].kind == kind) return &c->differences[i];
  return NULL;
}

#define JUDGE(f, texts, ...) \
  story_fixture f = {.a = {0}}; \
  rcpi_arena_init(&f.a); \
  story_read(&f, texts, sizeof texts / sizeof *texts); \
  story_add_claim(&f, (const char *const[]){__VA_ARGS__}); \
  rcpi_story_judge(&f.a, &in_english, &f.story); \
  const rcpi_claim *claim = &f.story.claims[0]

static void test_counts_that_cannot_both_hold_conflict(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Le toit de la halle s'est effondré. L'accident a fait 14 blessés.",
                                      "fr:Le toit a cédé lundi. L'accident a fait 41 blessés."};
  JUDGE(f, texts, "L'accident a fait 14 blessés", "L'accident a fait 41 blessés");
  const rcpi_difference *d = find(claim, RCPI_DIFF_QUANTITY);
  assert_non_null(d);
  assert_true(d->is_conflict);
  assert_int_equal(d->n_values, 2);
  assert_true(rcpi_find(d->why, RCPI_S("14 (0.txt) / 41 (1.txt)")) != RCPI_NONE);
  rcpi_arena_release(&f.a);
}

static void test_rounding_is_no_conflict(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Le mur mesure 27 mètres de haut.", "fr:Le mur mesure près de 30 mètres de haut."};
  JUDGE(f, texts, "Le mur mesure 27 mètres de haut", "Le mur mesure près de 30 mètres de haut");
  const rcpi_difference *d = find(claim, RCPI_DIFF_QUANTITY);
  assert_non_null(d);
  assert_false(d->is_conflict);
  rcpi_arena_release(&f.a);
}

static void test_percent_is_not_points(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:La part de marché recule de 2,3 points.", "fr:La part de marché recule de 2,3 %."};
  JUDGE(f, texts, "La part de marché recule de 2,3 points", "La part de marché recule de 2,3 %");
  const rcpi_difference *d = find(claim, RCPI_DIFF_QUANTITY);
  assert_non_null(d);
  assert_true(d->is_conflict);
  rcpi_arena_release(&f.a);
}

static void test_a_lost_conditional_misleads(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Le câble aurait cédé pendant la manœuvre.", "fr:Le câble a cédé pendant la manœuvre."};
  JUDGE(f, texts, "Le câble aurait cédé pendant la manœuvre", "Le câble a cédé pendant la manœuvre");
  const rcpi_difference *d = find(claim, RCPI_DIFF_MODALITY);
  assert_non_null(d);
  assert_true(d->is_conflict);
  rcpi_arena_release(&f.a);
}

static void test_a_lost_negation_conflicts(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Aucune anomalie n'avait été relevée lors du contrôle.",
                                      "fr:Une anomalie avait été relevée lors du contrôle."};
  JUDGE(f, texts, "Aucune anomalie n'avait été relevée lors du contrôle", "Une anomalie avait été relevée lors du contrôle");
  assert_non_null(find(claim, RCPI_DIFF_POLARITY));
  rcpi_arena_release(&f.a);
}

static void test_a_turn_of_phrase_is_no_negation(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:La crise politique ne cesse de s'aggraver dans le pays.",
                                      "fr:La crise politique s'aggrave encore dans le pays."};
  JUDGE(f, texts, "La crise politique ne cesse de s'aggraver", "La crise politique s'aggrave encore");
  assert_null(find(claim, RCPI_DIFF_POLARITY));
  rcpi_arena_release(&f.a);
}

static void test_a_word_that_turns_the_sentence_round_denies_nothing(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Nous ne connaissons pas encore la cause de la panne, dit-il.", "fr:Nous ignorons encore la cause de la panne, dit-il."};
  JUDGE(f, texts, "Nous ne connaissons pas encore la cause de la panne", "Nous ignorons encore la cause de la panne");
  assert_null(find(claim, RCPI_DIFF_POLARITY));
  rcpi_arena_release(&f.a);
}

static void test_what_is_denied_in_one_telling_conflicts_with_what_is_said(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:La scierie fermera au printemps. Le bourg s'inquiète.",
                                      "fr:La scierie fermerait au printemps. La directrice, Odile Marsan, a démenti ces informations.",
                                      "en:The sawmill will close in spring. Director Odile Marsan denied any such plan."};
  JUDGE(f, texts, "La scierie fermera au printemps", "La scierie fermerait au printemps", "The sawmill will close in spring");
  const rcpi_difference *d = find(claim, RCPI_DIFF_POLARITY);
  assert_non_null(d);
  assert_true(d->is_conflict);
  assert_int_equal(d->n_values, 5);
  assert_true(rcpi_find(d->why, RCPI_S("denied (1.txt, 2.txt)")) != RCPI_NONE);
  rcpi_arena_release(&f.a);
}

static void test_a_count_near_two_thousand_is_no_year(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Au total, 1.350 habitants ont été évacués.", "fr:Au total, 1.620 habitants ont été évacués."};
  JUDGE(f, texts, "Au total, 1.350 habitants ont été évacués", "Au total, 1.620 habitants ont été évacués");
  const rcpi_difference *d = find(claim, RCPI_DIFF_QUANTITY);
  assert_non_null(d);
  assert_true(d->is_conflict);
  rcpi_arena_release(&f.a);
}

static void test_a_number_that_answers_another_is_its_rival(void **state) {
  (void)state;
  static const char *const texts[] = {
      "fr:La marche a réuni 2.100 personnes selon la police, 5.000 selon les syndicats. Le cortège est parti à midi.",
      "fr:Selon la police, la marche a réuni 2.100 personnes jeudi dans le centre."};
  JUDGE(f, texts, "La marche a réuni 2.100 personnes selon la police, 5.000 selon les syndicats", "la marche a réuni 2.100 personnes");
  f.story.rivals = &(rcpi_rival){0, 0, 0, 1, false};
  f.story.n_rivals = 1;
  rcpi_story_judge(&f.a, &in_english, &f.story);
  const rcpi_difference *d = find(claim, RCPI_DIFF_QUANTITY);
  assert_non_null(d);
  assert_true(d->is_conflict);
  assert_int_equal(d->n_values, 3);
  rcpi_arena_release(&f.a);
}

static void test_two_numbers_that_both_tellings_give_are_two_things(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Le chantier coûte 12 millions d'euros. La ville verse 40 millions d'euros pour le port.",
                                      "fr:La ville verse 40 millions d'euros. Le chantier coûte 12 millions d'euros."};
  JUDGE(f, texts, "Le chantier coûte 12 millions d'euros", "La ville verse 40 millions d'euros");
  assert_null(find(claim, RCPI_DIFF_QUANTITY));
  rcpi_arena_release(&f.a);
}

static void test_the_dead_are_not_the_missing(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:La crue a fait trois morts dans la vallée.", "fr:Cinq personnes sont portées disparues après la crue dans la vallée."};
  JUDGE(f, texts, "La crue a fait trois morts dans la vallée", "Cinq personnes sont portées disparues après la crue");
  assert_null(find(claim, RCPI_DIFF_QUANTITY));
  rcpi_arena_release(&f.a);
}

static void test_a_possessive_is_no_other_spelling(void **state) {
  (void)state;
  static const char *const texts[] = {"en:The mayor praised the plan of Odile Marsham on Monday.", "en:The mayor praised Odile Marsham’s plan on Monday."};
  JUDGE(f, texts, "The mayor praised the plan of Odile Marsham on Monday", "The mayor praised Odile Marsham’s plan on Monday");
  assert_null(find(claim, RCPI_DIFF_NAME));
  rcpi_arena_release(&f.a);
}

static void test_a_day_and_another_year_are_of_two_things(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Le gouvernement a proposé le 8 mars 2024 une baisse des aides.", "fr:Le gouvernement propose une baisse des aides en 2025."};
  JUDGE(f, texts, "Le gouvernement a proposé le 8 mars 2024 une baisse des aides", "Le gouvernement propose une baisse des aides en 2025");
  const rcpi_difference *d = find(claim, RCPI_DIFF_DATE);
  assert_true(!d || !d->is_conflict);
  rcpi_arena_release(&f.a);
}

static void test_two_days_conflict(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Le gouvernement a proposé le 8 mars 2024 une baisse des aides.", "fr:Le gouvernement a proposé le 9 mars 2024 une baisse des aides."};
  JUDGE(f, texts, "Le gouvernement a proposé le 8 mars 2024 une baisse des aides", "Le gouvernement a proposé le 9 mars 2024 une baisse des aides");
  const rcpi_difference *d = find(claim, RCPI_DIFF_DATE);
  assert_true(d && d->is_conflict);
  rcpi_arena_release(&f.a);
}

static void test_a_date_cut_off_its_clause_still_dates_it(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Les trains ne rouleront pas avant le 20 mars.", "fr:Aucun train ne roulera jusqu'au 15 mars."};
  JUDGE(f, texts, "Les trains ne rouleront pas", "Aucun train ne roulera jusqu'au 15 mars");
  const rcpi_difference *d = find(claim, RCPI_DIFF_DATE);
  assert_non_null(d);
  assert_true(d->is_conflict);
  rcpi_arena_release(&f.a);
}

static void test_a_number_come_off_its_name_is_told(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:L'armée a reçu des drones Karavel-7 et Sorbe pendant plusieurs jours. Des drones Karavel-7 ont été vus.",
                                      "fr:L'armée a reçu 7 drones Caravel et Sorbe sur plusieurs jours."};
  JUDGE(f, texts, "L'armée a reçu des drones Karavel-7 et Sorbe pendant plusieurs jours", "L'armée a reçu 7 drones Caravel et Sorbe sur plusieurs jours");
  const rcpi_difference *d = find(claim, RCPI_DIFF_QUANTITY);
  assert_non_null(d);
  assert_true(d->is_conflict);
  assert_true(rcpi_eq(d->values[0].norm, RCPI_S("Karavel-7")));
  assert_true(rcpi_eq(d->values[1].norm, RCPI_S("7")));
  rcpi_arena_release(&f.a);
}

static void test_a_number_behind_its_name_has_not_come_off(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:L'armée a reçu des drones Karavel-7 lundi.", "fr:L'armée a reçu des drones Karavel 7 lundi."};
  JUDGE(f, texts, "L'armée a reçu des drones Karavel-7 lundi", "L'armée a reçu des drones Karavel 7 lundi");
  assert_null(find(claim, RCPI_DIFF_QUANTITY));
  rcpi_arena_release(&f.a);
}

static void test_a_misspelt_person_is_told(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Une telle crue est rare, a dit l'hydrologue Martin Osgood.", "fr:Une telle crue est rare, juge l'hydrologue Martin Osgard."};
  JUDGE(f, texts, "Une telle crue est rare", "Une telle crue est rare");
  const rcpi_difference *d = find(claim, RCPI_DIFF_NAME);
  assert_non_null(d);
  assert_true(d->is_conflict);
  assert_true(rcpi_eq(d->values[0].norm, RCPI_S("Osgood")));
  assert_int_equal(claim->support.independent, 1);   /* one man, misspelt */
  rcpi_arena_release(&f.a);
}

static void test_a_foreign_name_written_otherwise_is_no_conflict(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Le vote aura lieu, a dit Lena Kjerulff.", "fr:Le vote aura lieu, a dit Lena Kjerulf."};
  JUDGE(f, texts, "Le vote aura lieu", "Le vote aura lieu");
  const rcpi_difference *d = find(claim, RCPI_DIFF_NAME);
  assert_non_null(d);
  assert_false(d->is_conflict);
  rcpi_arena_release(&f.a);
}

static void test_ages_are_one_person_s(void **state) {
  (void)state;
  static const char *const same[] = {"fr:Colette Brisard, 72 ans, a tout perdu.", "fr:Colette Brisard, 75 ans, a tout perdu."};
  static const char *const other[] = {"fr:Une habitante de 72 ans a tout perdu.", "fr:Une habitante de 75 ans a tout perdu."};
  {
    JUDGE(f, same, "Colette Brisard, 72 ans, a tout perdu", "Colette Brisard, 75 ans, a tout perdu");
    const rcpi_difference *d = find(claim, RCPI_DIFF_QUANTITY);
    assert_non_null(d);
    assert_true(d->is_conflict);
    rcpi_arena_release(&f.a);
  }
  JUDGE(g, other, "Une habitante de 72 ans a tout perdu", "Une habitante de 75 ans a tout perdu");
  assert_null(find(claim, RCPI_DIFF_QUANTITY));
  rcpi_arena_release(&g.a);
}

static void test_a_false_friend_is_told_beside_the_english_word(void **state) {
  (void)state;
  static const char *const texts[] = {"en:Two families took shelter in the town library on Monday.",
                                      "fr:Deux familles ont trouvé refuge lundi dans la librairie de la ville."};
  JUDGE(f, texts, "Two families took shelter in the town library", "Deux familles ont trouvé refuge lundi dans la librairie");
  const rcpi_difference *d = find(claim, RCPI_DIFF_OBJECT);
  assert_non_null(d);
  assert_true(d->is_conflict);
  rcpi_arena_release(&f.a);
}

static void test_a_name_is_not_denied(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Odile Marsan n'a pas apprécié la question.", "fr:Odile Marsan répond à la presse."};
  JUDGE(f, texts, "Odile Marsan n'a pas apprécié", "Odile Marsan répond");
  assert_null(find(claim, RCPI_DIFF_POLARITY));
  rcpi_arena_release(&f.a);
}

static void test_what_is_asked_is_not_denied(void **state) {
  (void)state;
  static const char *const asked[] = {"fr:Je ne suis pas le directeur du port, a-t-il dit.", "fr:Qui est le directeur du port ?"};
  JUDGE(f, asked, "Je ne suis pas le directeur du port", "Qui est le directeur du port");
  assert_null(find(claim, RCPI_DIFF_POLARITY));
  rcpi_arena_release(&f.a);
}

static void test_telling_of_a_denial_is_not_saying_what_is_denied(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Le groupe Darveil a toujours nié en vendre. L'usine est fermée.", "fr:Le groupe vend ces machines. Darveil a démenti ces informations.",
                                      "fr:Les dirigeants du groupe Darveil démentent. L'usine est fermée."};
  JUDGE(f, texts, "Le groupe Darveil a toujours nié en vendre", "Le groupe vend ces machines", "Les dirigeants du groupe Darveil démentent");
  const rcpi_difference *d = find(claim, RCPI_DIFF_POLARITY);
  for (size_t i = 0; d && i < d->n_values; i++) assert_false(d->values[i].telling != 1 && rcpi_is(d->values[i].norm, "said"));
  rcpi_arena_release(&f.a);
}

/* Two claims of two tellings each; `rivals` of telling 0 and 1, by index in their marks. */
static void judge_two_claims(story_fixture *f, const char *const *texts, const char *const (*claims)[2], rcpi_rival *rival) {
  rcpi_arena_init(&f->a);
  story_read(f, texts, 2);
  for (int i = 0; i < 2; i++) story_add_claim(f, claims[i]);
  f->story.rivals = rival;
  f->story.n_rivals = rival != NULL;
  rcpi_story_judge(&f->a, &in_english, &f->story);
}

static void test_several_things_denied_are_all_that_their_speaker_said(void **state) {
  (void)state;
  static const char *const texts[] = {
      "fr:Un ouvrier affirme que la vanne fuyait depuis un mois. « Nous avions prévenu la direction », ajoute-t-il.",
      "fr:Un ouvrier affirme que la vanne fuyait depuis un mois. « Nous avions prévenu la direction », ajoute-t-il. Le groupe Darveil a démenti ces accusations."};
  static const char *const claims[][2] = {{"la vanne fuyait depuis un mois", "la vanne fuyait depuis un mois"},
                                          {"Nous avions prévenu la direction", "Nous avions prévenu la direction"}};
  story_fixture f = {.a = {0}};
  judge_two_claims(&f, texts, claims, NULL);
  for (int i = 0; i < 2; i++) {
    const rcpi_difference *d = find(&f.story.claims[i], RCPI_DIFF_POLARITY);
    assert_non_null(d);
    assert_true(d->is_conflict);
  }
  rcpi_arena_release(&f.a);
}

static void test_one_thing_denied_is_the_last(void **state) {
  (void)state;
  static const char *const texts[] = {
      "fr:Un ouvrier affirme que la vanne fuyait depuis un mois. « Nous avions prévenu la direction », ajoute-t-il.",
      "fr:Un ouvrier affirme que la vanne fuyait depuis un mois. « Nous avions prévenu la direction », ajoute-t-il. Le groupe Darveil a démenti cette affirmation."};
  static const char *const claims[][2] = {{"la vanne fuyait depuis un mois", "la vanne fuyait depuis un mois"},
                                          {"Nous avions prévenu la direction", "Nous avions prévenu la direction"}};
  story_fixture f = {.a = {0}};
  judge_two_claims(&f, texts, claims, NULL);
  assert_null(find(&f.story.claims[0], RCPI_DIFF_POLARITY));
  assert_non_null(find(&f.story.claims[1], RCPI_DIFF_POLARITY));
  rcpi_arena_release(&f.a);
}

static void test_dates_of_two_near_claims_are_rivals(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Le syndicat avait écrit dès le 8 février 2024.", "fr:Notre courrier du 18 février 2024 est resté sans réponse, dit-il."};
  static const char *const claims[][2] = {{"Le syndicat avait écrit dès le 8 février 2024", ""}, {"", "Notre courrier du 18 février 2024 est resté sans réponse"}};
  story_fixture f = {.a = {0}};
  judge_two_claims(&f, texts, claims, &(rcpi_rival){0, 0, 1, 0, .is_date = true});
  const rcpi_difference *d = find(&f.story.claims[0], RCPI_DIFF_DATE);
  assert_non_null(d);
  assert_true(d->is_conflict);
  assert_int_equal(d->n_values, 2);
  rcpi_arena_release(&f.a);
}

static void test_a_disputed_number_told_as_a_fact_has_lost_its_source(void **state) {
  (void)state;
  static const char *const texts[] = {
      "fr:La marche a réuni 2.100 personnes selon la police, 5.000 selon les syndicats.",
      "fr:Au total 5.000 personnes ont marché jeudi. Selon la police, la marche a réuni 2.100 personnes."};
  static const char *const claims[][2] = {{"5.000 selon les syndicats", "5.000 personnes ont marché jeudi"},
                                          {"La marche a réuni 2.100 personnes selon la police", "la marche a réuni 2.100 personnes"}};
  story_fixture f = {.a = {0}};
  judge_two_claims(&f, texts, claims, &(rcpi_rival){0, 0, 0, 1, .is_date = false});
  const rcpi_difference *d = find(&f.story.claims[0], RCPI_DIFF_ATTRIBUTION);
  assert_non_null(d);
  assert_true(d->is_conflict);
  assert_null(find(&f.story.claims[1], RCPI_DIFF_ATTRIBUTION));
  rcpi_arena_release(&f.a);
}

static void test_centuries_are_dates_that_exclude_one_another(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Le moulin de Sauvigne, bâti au XIIe siècle, a brûlé.", "en:Sauvigne mill, built in the 11th century, has burned down."};
  JUDGE(f, texts, "Le moulin de Sauvigne, bâti au XIIe siècle, a brûlé", "Sauvigne mill, built in the 11th century, has burned down");
  const rcpi_difference *d = find(claim, RCPI_DIFF_DATE);
  assert_non_null(d);
  assert_true(d->is_conflict);
  rcpi_arena_release(&f.a);
}

/* Chaque pays ... un millier: two thousand in all. */
static void test_a_number_of_each_is_not_that_of_all(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Chaque pays a envoyé un millier de soldats.", "fr:Un millier de soldats norvaliens et ostraviens ont été envoyés."};
  static const char *const same[] = {"fr:Chaque pays a envoyé un millier de soldats.", "fr:Un millier de soldats ont été envoyés."};
  {
    JUDGE(f, texts, "Chaque pays a envoyé un millier de soldats", "Un millier de soldats norvaliens et ostraviens ont été envoyés");
    const rcpi_difference *d = find(claim, RCPI_DIFF_QUANTITY);
    assert_non_null(d);
    assert_true(d->is_conflict);
    rcpi_arena_release(&f.a);
  }
  JUDGE(f, same, "Chaque pays a envoyé un millier de soldats", "Un millier de soldats ont été envoyés");
  assert_null(find(claim, RCPI_DIFF_QUANTITY));
  rcpi_arena_release(&f.a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_counts_that_cannot_both_hold_conflict),
      cmocka_unit_test(test_rounding_is_no_conflict),
      cmocka_unit_test(test_percent_is_not_points),
      cmocka_unit_test(test_a_lost_conditional_misleads),
      cmocka_unit_test(test_a_lost_negation_conflicts),
      cmocka_unit_test(test_a_turn_of_phrase_is_no_negation),
      cmocka_unit_test(test_a_word_that_turns_the_sentence_round_denies_nothing),
      cmocka_unit_test(test_what_is_denied_in_one_telling_conflicts_with_what_is_said),
      cmocka_unit_test(test_several_things_denied_are_all_that_their_speaker_said), cmocka_unit_test(test_one_thing_denied_is_the_last),
      cmocka_unit_test(test_telling_of_a_denial_is_not_saying_what_is_denied), cmocka_unit_test(test_a_name_is_not_denied), cmocka_unit_test(test_what_is_asked_is_not_denied),
      cmocka_unit_test(test_dates_of_two_near_claims_are_rivals),
      cmocka_unit_test(test_a_disputed_number_told_as_a_fact_has_lost_its_source),
      cmocka_unit_test(test_centuries_are_dates_that_exclude_one_another),
      cmocka_unit_test(test_a_count_near_two_thousand_is_no_year),
      cmocka_unit_test(test_a_number_that_answers_another_is_its_rival),
      cmocka_unit_test(test_two_numbers_that_both_tellings_give_are_two_things),
      cmocka_unit_test(test_the_dead_are_not_the_missing),
      cmocka_unit_test(test_a_possessive_is_no_other_spelling), cmocka_unit_test(test_a_day_and_another_year_are_of_two_things), cmocka_unit_test(test_two_days_conflict),
      cmocka_unit_test(test_a_date_cut_off_its_clause_still_dates_it),
      cmocka_unit_test(test_a_number_come_off_its_name_is_told),
      cmocka_unit_test(test_a_number_behind_its_name_has_not_come_off),
      cmocka_unit_test(test_a_misspelt_person_is_told),
      cmocka_unit_test(test_a_foreign_name_written_otherwise_is_no_conflict),
      cmocka_unit_test(test_ages_are_one_person_s),
      cmocka_unit_test(test_a_number_of_each_is_not_that_of_all),
      cmocka_unit_test(test_a_false_friend_is_told_beside_the_english_word),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
