/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "view.h"

static void test_articles_are_numbered_by_publication(void **state) {
  (void)state;
  view_fixture f;
  const char *const articles[] = {"|Sans date|a", "2024-03-13|Lendemain|b", "2024-03-12T15:00|Soir|c", "2024-03-12T09:00Z|Matin|d"};
  view_open(&f, articles, 4);
  rcpi_view_init(&f.d.arena, &f.d, &f.view);
  assert_int_equal(f.view.number[3], 1);
  assert_int_equal(f.view.number[2], 2);
  assert_int_equal(f.view.number[1], 3);
  assert_int_equal(f.view.number[0], 4);
  assert_int_equal(f.view.order[0], 3);
  view_close(&f);
}

/* One that states no hour stands last in its day, unless another comes from it. */
static void test_a_day_without_its_hour(void **state) {
  (void)state;
  view_fixture f;
  const char *const articles[] = {"2024-03-12|Journal|a", "2024-03-12T15:00|Soir|b", "2024-03-12|Agence|c"};
  rcpi_derivation copy = {.a = 1, .b = 2, .direction = RCPI_A_FROM_B};
  view_open(&f, articles, 3);
  f.d.story.derivations = &copy;
  f.d.story.n_derivations = 1;
  rcpi_view_init(&f.d.arena, &f.d, &f.view);
  assert_int_equal(f.view.number[2], 1);
  assert_int_equal(f.view.number[1], 2);
  assert_int_equal(f.view.number[0], 3);
  view_close(&f);
}

static void test_who_published_it(void **state) {
  (void)state;
  view_fixture f;
  const char *const articles[] = {"|Le Relais|a", "||b", "||c"};
  view_open(&f, articles, 3);
  f.articles[1].url = RCPI_S("https://www.exemple.invalid/une/page");
  rcpi_view_init(&f.d.arena, &f.d, &f.view);
  assert_true(rcpi_is(rcpi_view_label(&f.view, 0), "Le Relais"));
  assert_true(rcpi_is(rcpi_view_label(&f.view, 1), "exemple.invalid"));
  assert_true(rcpi_is(rcpi_view_label(&f.view, 2), "2.txt"));
  view_close(&f);
}

static void test_claims_best_supported_first(void **state) {
  (void)state;
  view_fixture f;
  const char *const articles[] = {"||Un fait. Un autre. Un tiers."};
  view_open(&f, articles, 1);
  rcpi_appearance app = view_appearance(&f, 0, "Un fait", RCPI_MODE_ASSERTED);
  rcpi_claim claims[] = {
      {.appearances = &app, .n_appearances = 1, .support = {.articles = 9, .texts = 1, .channels = 1, .independent = 1}},
      {.appearances = &app, .n_appearances = 1, .support = {.articles = 2, .texts = 2, .channels = 2, .independent = 2}},
      {.appearances = &app, .n_appearances = 1, .support = {.articles = 9, .texts = 1, .channels = 1, .independent = 1}}};
  f.d.story.claims = claims;
  f.d.story.n_claims = 3;
  rcpi_view_init(&f.d.arena, &f.d, &f.view);
  assert_int_equal(f.view.claims[0], 1);   /* nine reprints of one text do not outweigh two witnesses */
  assert_int_equal(f.view.claims[1], 0);   /* equal: in reading order */
  assert_int_equal(f.view.claims[2], 2);
  assert_int_equal(f.view.rank[2], 2);
  view_close(&f);
}

static void test_readings_group_values_by_norm(void **state) {
  (void)state;
  view_fixture f;
  const char *const articles[] = {"2024-03-13||trois morts", "2024-03-12||deux morts", "2024-03-11||3 morts"};
  view_open(&f, articles, 3);
  rcpi_value_at values[] = {view_value(&f, 0, "trois morts", "3"), view_value(&f, 1, "deux morts", "2"), view_value(&f, 2, "3 morts", "3")};
  rcpi_difference x = {.is_conflict = true, .values = values, .n_values = 3};
  rcpi_reading *readings;
  rcpi_view_init(&f.d.arena, &f.d, &f.view);
  assert_int_equal(rcpi_view_readings(&f.d.arena, &f.view, &x, &readings), 2);
  assert_true(rcpi_is(readings[0].norm, "3"));   /* who was first comes first */
  assert_int_equal(readings[0].n_values, 2);
  assert_int_equal(readings[0].values[0], 2);
  assert_int_equal(readings[0].values[1], 0);
  assert_true(rcpi_is(readings[1].norm, "2"));
  view_close(&f);
}

static void test_a_value_is_shown_in_its_words(void **state) {
  (void)state;
  view_fixture f;
  const char *const articles[] = {"||Mardi, le barrage a cédé. Deux personnes sont mortes dans la vallée de la Drouve. Fin."};
  view_open(&f, articles, 1);
  rcpi_appearance shorter = view_appearance(&f, 0, "Deux personnes", RCPI_MODE_ASSERTED);
  rcpi_claim c = {.appearances = &shorter, .n_appearances = 1};
  rcpi_value_at value = view_value(&f, 0, "Deux personnes", "2");
  rcpi_view_init(&f.d.arena, &f.d, &f.view);
  rcp_str context = rcpi_view_words(&f.view, 0, rcpi_view_context(&f.view, &c, &value));
  assert_true(rcpi_is(context, "Deux personnes sont mortes dans la vallée de la Drouve."));
  view_close(&f);
}

static void test_the_same_words_are_one_wording(void **state) {
  (void)state;
  view_fixture f;
  const char *const articles[] = {"2024-03-12||Le barrage a cédé.", "2024-03-11||« Le barrage a cede »", "2024-03-10||Le barrage de Courlon a rompu."};
  view_open(&f, articles, 3);
  rcpi_appearance apps[] = {view_appearance(&f, 0, "Le barrage a cédé", RCPI_MODE_ASSERTED), view_appearance(&f, 1, "Le barrage a cede", RCPI_MODE_QUOTED),
                            view_appearance(&f, 2, "Le barrage de Courlon a rompu", RCPI_MODE_ASSERTED)};
  rcpi_claim c = {.appearances = apps, .n_appearances = 3};
  rcpi_wording *wordings;
  rcpi_view_init(&f.d.arena, &f.d, &f.view);
  assert_int_equal(rcpi_view_wordings(&f.d.arena, &f.view, &c, &wordings), 2);
  assert_int_equal(wordings[0].n, 1);
  assert_int_equal(wordings[0].appearances[0], 2);
  assert_int_equal(wordings[1].n, 2);
  assert_int_equal(wordings[1].appearances[0], 0);   /* asserted before quoted */
  view_close(&f);
}

/* A reader is given words of his language where somebody tells it so, else the first that came. */
static void test_the_gist_is_in_the_readers_language(void **state) {
  (void)state;
  view_fixture f;
  const char *const articles[] = {"2024-03-12|A|The bridge at Verlaine fell on Monday.", "2024-03-14|B|Le pont de Verlaine est tombé lundi soir.",
                                  "2024-03-13|C|Lundi, le pont de Verlaine est tombé."};
  view_open(&f, articles, 3);
  f.articles[0].language = RCPI_S("en"), f.articles[1].language = f.articles[2].language = RCPI_S("fr");
  rcpi_appearance places[] = {view_appearance(&f, 0, "The bridge at Verlaine fell on Monday", RCPI_MODE_ASSERTED),
                              view_appearance(&f, 1, "Le pont de Verlaine est tombé lundi soir", RCPI_MODE_ASSERTED),
                              view_appearance(&f, 2, "le pont de Verlaine est tombé", RCPI_MODE_ASSERTED)};
  rcpi_claim claim = {.appearances = places, .n_appearances = 3};
  f.d.story.claims = &claim;
  f.d.story.n_claims = 1;
  rcpi_view_init(&f.d.arena, &f.d, &f.view);
  assert_int_equal(rcpi_view_gist(&f.view, 0)->telling, 0);
  rcpi_view_speak(&f.d.arena, &f.view, "fr");
  assert_int_equal(rcpi_view_gist(&f.view, 0)->telling, 2);
  view_close(&f);
}

/* The earlier words lack the verb. */
static void test_the_gist_is_a_sentence_where_there_is_one(void **state) {
  (void)state;
  view_fixture f;
  const char *const articles[] = {"2024-03-12|A|Verlaine\n\nQuelque deux mille habitants de Verlaine - un tiers du bourg - sont sans eau.", "2024-03-14|B|Verlaine\n\nDeux mille habitants manquent d'eau à Verlaine."};
  rcpi_langs langs;
  view_open(&f, articles, 2);
  assert_int_equal(rcpi_langs_load(&f.d.arena, NULL, &langs, NULL), RCP_OK);
  for (int i = 0; i < 2; i++) {
    f.articles[i].lang = rcpi_lang_by_tag(&langs, RCPI_S("fr"));
    rcpi_telling_read(&f.d.arena, &f.articles[i], &(rcpi_mark_options){RCPI_S("2024-03-12"), {NULL, 0}}, &f.tellings[i]);
  }
  rcpi_appearance dry[] = {view_appearance(&f, 0, "Quelque deux mille habitants de Verlaine", RCPI_MODE_ASSERTED),
                           view_appearance(&f, 1, "Deux mille habitants manquent d'eau à Verlaine", RCPI_MODE_ASSERTED)};
  rcpi_claim claim = {.appearances = dry, .n_appearances = 2};
  f.d.story.claims = &claim;
  f.d.story.n_claims = 1;
  rcpi_view_init(&f.d.arena, &f.d, &f.view);
  assert_int_equal(rcpi_view_gist(&f.view, 0)->telling, 1);
  view_close(&f);
}

/* A place that carries two claims stands for the first only. */
static void test_two_claims_have_two_gists(void **state) {
  (void)state;
  view_fixture f;
  const char *const articles[] = {"2024-03-12|A|Le pont de Verlaine est tombé, deux morts.", "2024-03-14|B|Le pont de Verlaine est tombé. Deux personnes sont mortes."};
  view_open(&f, articles, 2);
  rcpi_appearance fall[] = {view_appearance(&f, 0, "Le pont de Verlaine est tombé, deux morts", RCPI_MODE_ASSERTED),
                            view_appearance(&f, 1, "Le pont de Verlaine est tombé", RCPI_MODE_ASSERTED)};
  rcpi_appearance dead[] = {fall[0], view_appearance(&f, 1, "Deux personnes sont mortes", RCPI_MODE_ASSERTED)};
  rcpi_claim claims[] = {{.appearances = fall, .n_appearances = 2, .support = {.articles = 2}}, {.appearances = dead, .n_appearances = 2, .support = {.articles = 2}}};
  f.d.story.claims = claims;
  f.d.story.n_claims = 2;
  rcpi_view_init(&f.d.arena, &f.d, &f.view);
  assert_int_equal(rcpi_view_gist(&f.view, f.view.claims[0])->telling, 0);
  assert_int_equal(rcpi_view_gist(&f.view, f.view.claims[1])->telling, 1);
  view_close(&f);
}

static void test_norms_of_the_program_are_translated(void **state) {
  (void)state;
  view_fixture f;
  char key[48];
  view_open(&f, (const char *const[]){"||a"}, 1);
  rcpi_view_init(&f.d.arena, &f.d, &f.view);
  rcpi_view_speak(&f.d.arena, &f.view, "fr");
  assert_true(rcpi_is(rcpi_view_norm(&f.view, RCPI_S("not negated"), key), "non nié"));
  assert_string_equal(key, "norm_not_negated");
  assert_true(rcpi_is(rcpi_view_norm(&f.view, RCPI_S("~1400"), key), "~1400"));
  assert_string_equal(key, "");
  view_close(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_articles_are_numbered_by_publication), cmocka_unit_test(test_a_day_without_its_hour),
      cmocka_unit_test(test_who_published_it),                     cmocka_unit_test(test_claims_best_supported_first),
      cmocka_unit_test(test_readings_group_values_by_norm),        cmocka_unit_test(test_a_value_is_shown_in_its_words),
      cmocka_unit_test(test_the_same_words_are_one_wording),       cmocka_unit_test(test_the_gist_is_in_the_readers_language),
      cmocka_unit_test(test_the_gist_is_a_sentence_where_there_is_one), cmocka_unit_test(test_two_claims_have_two_gists), cmocka_unit_test(test_norms_of_the_program_are_translated),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
