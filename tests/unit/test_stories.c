/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "recoupe.h"

static rcp_engine *engine;
static rcp_stories *stories;

static int set_up(void **state) {
  (void)state;
  return rcp_engine_new(NULL, &engine, NULL) || rcp_stories_new(engine, 0, &stories, NULL);
}

static int tear_down(void **state) {
  (void)state;
  rcp_stories_free(stories);
  rcp_engine_free(engine);
  return 0;
}

/* Adds a text; the id of its story, which is the id of the story's first article. */
static const char *add(const char *id, const char *published, const char *text) {
  static char story[64], record[4000];
  rcp_article *article;
  rcp_story_line line;
  int n = snprintf(record, sizeof record, "{\"id\":\"%s\",\"published\":\"%s\",\"text\":\"%s\"}\n", id, published, text);
  assert_int_equal(rcp_article_new(engine, (rcp_str){id, strlen(id)}, (rcp_str){record, (size_t)n}, &article, NULL), RCP_OK);
  assert_int_equal(rcp_stories_add(stories, article, &line, NULL), RCP_OK);
  rcp_article_free(article);
  snprintf(story, sizeof story, "%.*s", (int)line.story.n, line.story.p);
  return story;
}

static const char harbour[] =
    "The ferry Almandine ran aground off Port Verrick on Monday night with 212 passengers on board. The coastguard said "
    "all passengers were taken to Port Verrick harbour before dawn. Captain Ilse Brandvold told the harbour master that a "
    "rudder had failed in the Skarre channel.";
static const char harbour_again[] =
    "A rudder failure drove the Almandine onto rocks in the Skarre channel, the harbour master of Port Verrick said on "
    "Tuesday. Captain Ilse Brandvold had steered the ferry by its engines. Some 230 passengers were brought ashore by the "
    "coastguard.";
static const char other_ferry[] =
    "The ferry Corisande collided with a trawler near Oldhaven on Monday. The trawler Perpetua sank; its crew of six was "
    "rescued by a tug. Oldhaven police questioned the pilot, Tam Oduya, about the fog signals.";
static const char budget[] =
    "The parliament of Lower Marrow passed the budget for schools by four votes on Monday. Minister Quell Ansty said that "
    "teachers would be paid nine percent more from September. The opposition called the sum a disgrace.";

/* The same in two: an outline made on one grouping, placed on another. */
static const char *outline_and_place(rcp_stories *maker, rcp_stories *placer, const char *id, const char *published, const char *text) {
  static char story[64], record[4000];
  rcp_article *article;
  rcp_story_line line;
  rcp_buffer outline = {0};
  int n = snprintf(record, sizeof record, "{\"id\":\"%s\",\"published\":\"%s\",\"text\":\"%s\"}\n", id, published, text);
  assert_int_equal(rcp_article_new(engine, (rcp_str){id, strlen(id)}, (rcp_str){record, (size_t)n}, &article, NULL), RCP_OK);
  assert_int_equal(rcp_stories_outline(maker, article, &outline, NULL), RCP_OK);
  rcp_article_free(article);
  assert_int_equal(rcp_stories_place(placer, (rcp_str){outline.p, outline.n}, &line, NULL), RCP_OK);
  rcp_buffer_release(&outline);
  snprintf(story, sizeof story, "%.*s", (int)line.story.n, line.story.p);
  return story;
}

static void test_outlines_made_elsewhere_are_placed_as_articles_are(void **state) {
  (void)state;
  rcp_stories *maker;
  rcp_story_line line;
  assert_int_equal(rcp_stories_new(engine, 0, &maker, NULL), RCP_OK);
  assert_string_equal(outline_and_place(maker, stories, "a", "2031-03-03", harbour), "a");
  assert_string_equal(outline_and_place(maker, stories, "b", "2031-03-04", budget), "b");
  assert_string_equal(outline_and_place(maker, stories, "c", "2031-03-04", harbour_again), "a");
  rcp_error error;
  assert_int_not_equal(rcp_stories_place(stories, (rcp_str){"no outline", 10}, &line, &error), RCP_OK);
  assert_true(error.text[0]);
  rcp_stories_free(maker);
}

static void test_two_reports_of_one_happening_are_one_story(void **state) {
  (void)state;
  assert_string_equal(add("a", "2031-03-03", harbour), "a");
  assert_string_equal(add("b", "2031-03-04", budget), "b");
  assert_string_equal(add("c", "2031-03-04", harbour_again), "a");
}

static void test_a_look_alike_is_a_story_of_its_own(void **state) {
  (void)state;
  assert_string_equal(add("a", "2031-03-03", harbour), "a");
  assert_string_equal(add("b", "2031-03-03", other_ferry), "b");
}

static void test_a_number_that_differs_does_not_split(void **state) {
  (void)state;
  char other[sizeof harbour];
  memcpy(other, harbour, sizeof harbour);
  memcpy(strstr(other, "212"), "187", 3);
  assert_string_equal(add("a", "2031-03-03", harbour), "a");
  assert_string_equal(add("b", "2031-03-03", other), "a");
}

static void test_the_same_ship_years_later_is_another_happening(void **state) {
  (void)state;
  assert_string_equal(add("a", "2031-03-03", harbour), "a");
  assert_string_equal(add("b", "2034-08-20", harbour_again), "b");
}

static void test_an_article_without_a_date_may_join(void **state) {
  (void)state;
  assert_string_equal(add("a", "2031-03-03", harbour), "a");
  assert_string_equal(add("b", "", harbour_again), "a");
}

static void test_what_final_changes_is_told(void **state) {
  (void)state;
  rcp_story_line line;
  size_t at = 0;
  add("a", "", harbour);
  add("b", "", budget);
  add("c", "", harbour_again);
  assert_int_equal(rcp_stories_final(stories, NULL), RCP_OK);
  assert_false(rcp_stories_changed(stories, &at, &line));
}

static void test_a_story_that_left_the_window_is_not_joined(void **state) {
  (void)state;
  rcp_stories_free(stories);
  assert_int_equal(rcp_stories_new(engine, 2, &stories, NULL), RCP_OK);
  assert_string_equal(add("a", "", harbour), "a");
  assert_string_equal(add("b", "", budget), "b");
  assert_string_equal(add("c", "", other_ferry), "c");
  assert_string_equal(add("d", "", harbour_again), "d");
  for (unsigned i = 0; i < 50; i++) add("e", "", i % 2 ? budget : harbour);
}

/* One happening told by papers of four countries, each with words of its own. */
static const char in_french[] =
    "Le ferry Almandine s'est échoué lundi soir au large de Port Verrick avec 212 passagers à bord. Selon les garde-côtes, tous "
    "les passagers ont été ramenés au port avant l'aube. La capitaine Ilse Brandvold a signalé une panne de gouvernail dans le chenal "
    "de Skarre.";
static const char in_spanish[] =
    "El transbordador Almandine encalló el lunes por la noche frente a Port Verrick con 212 pasajeros a bordo. La guardia costera "
    "informó de que todos los pasajeros fueron llevados al puerto antes del amanecer. La capitana Ilse Brandvold dijo que había "
    "fallado el timón en el canal de Skarre.";
static const char in_german[] =
    "Die Fähre Almandine ist am Montagabend vor Port Verrick mit 212 Passagieren an Bord auf Grund gelaufen. Nach Angaben der "
    "Küstenwache wurden alle Passagiere vor der Morgendämmerung in den Hafen gebracht. Kapitänin Ilse Brandvold meldete, im Kanal von "
    "Skarre sei das Ruder ausgefallen.";
static const char french_budget[] =
    "Le parlement de Basse-Marre a adopté lundi le budget des écoles à quatre voix près. Selon la ministre Quell Ansty, les enseignants "
    "seront payés neuf pour cent de plus à partir de septembre. L'opposition parle d'une honte pour le pays.";

static void test_four_languages_tell_one_story(void **state) {
  (void)state;
  assert_string_equal(add("en", "2031-03-03", harbour), "en");
  assert_string_equal(add("b", "2031-03-03", french_budget), "b");
  assert_string_equal(add("fr", "2031-03-04", in_french), "en");
  assert_string_equal(add("es", "2031-03-04", in_spanish), "en");
  assert_string_equal(add("de", "2031-03-04", in_german), "en");
  assert_string_equal(add("c", "2031-03-04", budget), "b");
}

static rcp_article *article_of(const char *id, const char *text) {
  char record[4000];
  rcp_article *article;
  int n = snprintf(record, sizeof record, "{\"id\":\"%s\",\"published\":\"2031-03-03\",\"text\":\"%s\"}\n", id, text);
  assert_int_equal(rcp_article_new(engine, (rcp_str){id, strlen(id)}, (rcp_str){record, (size_t)n}, &article, NULL), RCP_OK);
  return article;
}

static bool has_word(const rcp_story_word *words, size_t n, const char *a, const char *b) {
  for (size_t i = 0; i < n; i++)
    if (words[i].a.n == strlen(a) && !memcmp(words[i].a.p, a, words[i].a.n) && words[i].b.n == strlen(b) && !memcmp(words[i].b.p, b, words[i].b.n)) return true;
  return false;
}

static void test_why_two_articles_are_together_is_told(void **state) {
  (void)state;
  rcp_article *a = article_of("a", harbour), *b = article_of("b", in_french), *c = article_of("c", budget);
  rcp_story_reason why;
  add("a", "2031-03-03", harbour);
  add("b", "2031-03-03", in_french);
  assert_int_equal(rcp_stories_explain(stories, a, c, &why, NULL), RCP_EUSAGE);
  add("c", "2031-03-03", budget);
  for (int final = 0; final < 2; final++) {
    assert_int_equal(rcp_stories_explain(stories, a, b, &why, NULL), RCP_OK);
    assert_true(why.is_one && why.side_a.n_articles == 2 && why.side_a.likeness >= why.side_a.needed);
    assert_true(has_word(why.shared, why.n_shared, "Almandine", "Almandine"));
    assert_true(has_word(why.shared, why.n_shared, "rudder", "gouvernail"));
    assert_int_equal(rcp_stories_explain(stories, a, c, &why, NULL), RCP_OK);
    assert_true(!why.is_one && why.between < why.needed && why.n_only_a && why.n_only_b);
    assert_int_equal(rcp_stories_final(stories, NULL), RCP_OK);
  }
  rcp_article_free(a);
  rcp_article_free(b);
  rcp_article_free(c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_outlines_made_elsewhere_are_placed_as_articles_are, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_two_reports_of_one_happening_are_one_story, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_a_look_alike_is_a_story_of_its_own, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_a_number_that_differs_does_not_split, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_the_same_ship_years_later_is_another_happening, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_an_article_without_a_date_may_join, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_what_final_changes_is_told, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_a_story_that_left_the_window_is_not_joined, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_four_languages_tell_one_story, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_why_two_articles_are_together_is_told, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
