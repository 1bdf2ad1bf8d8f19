/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "recoupe.h"

static rcp_engine *engine;
static char folder[] = "/tmp/test_archive_XXXXXX", path[64];

static int set_up(void **state) {
  (void)state;
  strcpy(folder + strlen(folder) - 6, "XXXXXX");
  if (!mkdtemp(folder)) return 1;
  snprintf(path, sizeof path, "%s/a.db", folder);
  return rcp_engine_new(NULL, &engine, NULL);
}

static int tear_down(void **state) {
  (void)state;
  rcp_engine_free(engine);
  unlink(path);
  return rmdir(folder);
}

static rcp_archive *open_archive(bool writes) {
  rcp_archive *archive;
  assert_int_equal(rcp_archive_open(engine, path, writes, &archive, NULL), RCP_OK);
  return archive;
}

/* "status story" */
static const char *add(rcp_archive *archive, const char *id, const char *text) {
  static char out[128], record[2000];
  rcp_article *article;
  rcp_archive_line line;
  int n = snprintf(record, sizeof record, "{\"id\":\"%s\",\"title\":\"Un barrage\",\"text\":\"%s\"}\n", id, text);
  assert_int_equal(rcp_article_new(engine, (rcp_str){id, strlen(id)}, (rcp_str){record, (size_t)n}, &article, NULL), RCP_OK);
  assert_int_equal(rcp_archive_begin(archive, NULL), RCP_OK);
  assert_int_equal(rcp_archive_add(archive, article, &line, NULL), RCP_OK);
  assert_int_equal(rcp_archive_commit(archive, NULL), RCP_OK);
  snprintf(out, sizeof out, "%s %.*s", line.status, (int)line.story.n, line.story.p);
  rcp_article_free(article);
  return out;
}

static const char dam[] = "Le barrage de Saint-Orme a cédé lundi. Le préfet Aurélien Vastel a fait évacuer Saint-Orme et le hameau de Trévenac. L'eau a couvert la route de Trévenac.";
static const char dam_again[] = "À Trévenac, la route est sous l'eau après la rupture du barrage de Saint-Orme, dit le préfet Aurélien Vastel.";

static void count(void *with, const rcp_archive_row *row) {
  (void)row;
  ++*(int *)with;
}

static void test_what_was_added_is_there_when_opened_again(void **state) {
  (void)state;
  rcp_archive *archive = open_archive(true);
  assert_string_equal(add(archive, "a", dam), "added a");
  rcp_archive_close(archive);
  archive = open_archive(true);
  assert_string_equal(add(archive, "a", dam), "known a");
  assert_string_equal(add(archive, "b", dam_again), "added a");
  assert_int_equal(rcp_archive_check(archive, NULL, NULL, NULL), RCP_OK);
  rcp_archive_close(archive);
}

static void test_two_writers_see_each_other(void **state) {
  (void)state;
  rcp_archive *x = open_archive(true), *y = open_archive(true);
  assert_string_equal(add(x, "a", dam), "added a");
  assert_string_equal(add(y, "b", dam_again), "added a");
  assert_string_equal(add(x, "b", dam_again), "known a");
  rcp_archive_close(x);
  rcp_archive_close(y);
}

static void test_search_folds_accents_and_elisions(void **state) {
  (void)state;
  rcp_archive *archive = open_archive(true);
  int n = 0;
  add(archive, "a", dam);
  assert_int_equal(rcp_archive_search(archive, "eau prefet TREVENAC", 0, count, &n, NULL), RCP_OK);
  assert_int_equal(n, 1);
  assert_int_equal(rcp_archive_search(archive, "\" OR NEAR(", 0, count, &n, NULL), RCP_OK);
  rcp_archive_close(archive);
}

static void test_a_file_that_is_no_archive_is_refused(void **state) {
  (void)state;
  rcp_archive *archive;
  FILE *f = fopen(path, "wb");
  fputs("Ceci n'est pas une archive, mais une lettre assez longue pour ne pas être vide.", f);
  fclose(f);
  assert_int_equal(rcp_archive_open(engine, path, true, &archive, NULL), RCP_EDATA);
  assert_null(archive);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_what_was_added_is_there_when_opened_again, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_two_writers_see_each_other, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_search_folds_accents_and_elisions, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_a_file_that_is_no_archive_is_refused, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
