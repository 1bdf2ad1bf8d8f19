/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <recoupe.h>

/* An article named "folder/a.txt", read with a file of metadata that holds `line`; the field asked for. */
static void read_with(const char *line, rcp_field field, char *out, size_t size) {
  char path[] = "/tmp/recoupe-meta-XXXXXX";
  int fd = mkstemp(path);
  assert_true(fd >= 0);
  assert_int_equal(write(fd, line, strlen(line)), (ssize_t)strlen(line));
  close(fd);
  rcp_options options;
  rcp_engine *engine;
  rcp_article *article;
  rcp_options_init(&options);
  options.meta = path;
  assert_int_equal(rcp_engine_new(&options, &engine, NULL), RCP_OK);
  const char *text = "Le gué est rouvert\n\nLe gué de Sarnes est rouvert depuis lundi, a dit la mairie.";
  assert_int_equal(rcp_article_new(engine, (rcp_str){"folder/a.txt", 12}, (rcp_str){text, strlen(text)}, &article, NULL), RCP_OK);
  rcp_str value = rcp_article_get(article, field);
  if (value.p) snprintf(out, size, "%.*s", (int)value.n, value.p);
  else snprintf(out, size, "(none)");
  rcp_article_free(article);
  rcp_engine_free(engine);
  unlink(path);
}

static void test_what_the_input_does_not_state_is_filled(void **state) {
  (void)state;
  char got[100];
  read_with("{\"source\": \"a.txt\", \"publisher\": \"L'Écho des gués\", \"published\": \"2024-05-06\"}\n", RCP_FIELD_PUBLISHER, got, sizeof got);
  assert_string_equal(got, "L'Écho des gués");
  read_with("{\"source\": \"folder/a.txt\", \"published\": \"2024-05-06\"}", RCP_FIELD_PUBLISHED, got, sizeof got);
  assert_string_equal(got, "2024-05-06");
}

static void test_another_source_is_left_alone(void **state) {
  (void)state;
  char got[100];
  read_with("\n{\"source\": \"b.txt\", \"published\": \"2024-05-06\"}", RCP_FIELD_PUBLISHED, got, sizeof got);
  assert_string_equal(got, "(none)");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_what_the_input_does_not_state_is_filled),
      cmocka_unit_test(test_another_source_is_left_alone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
