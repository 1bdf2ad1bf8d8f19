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

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_two_reports_of_one_happening_are_one_story, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_a_look_alike_is_a_story_of_its_own, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_a_number_that_differs_does_not_split, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_the_same_ship_years_later_is_another_happening, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_an_article_without_a_date_may_join, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_what_final_changes_is_told, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_a_story_that_left_the_window_is_not_joined, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
