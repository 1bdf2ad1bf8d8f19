/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "serve/record.h"

static rcp_engine *engine;
static serve_pool pool;

static int set_up(void **state) {
  (void)state;
  if (setjmp(pool.guard)) return 1;
  return rcp_engine_new(NULL, &engine, NULL);
}

static int tear_down(void **state) {
  (void)state;
  serve_pool_release(&pool);
  rcp_engine_free(engine);
  return 0;
}

static void check(const char *template, const serve_record *r, const char *locale, const char *expected) {
  serve_text t = {.p = NULL};
  serve_speech speech = {engine, locale};
  serve_render(&t, serve_str(template), r, &speech);
  assert_string_equal(t.p ? t.p : "", expected);
  serve_text_release(&t);
}

static serve_record *example(void) {
  serve_record *r = serve_alloc(&pool, 1, sizeof *r), *a, *b;
  serve_put(&pool, r, "title", SERVE_S("<b>\"Crue\" & 'co'</b>"));
  serve_put_number(&pool, r, "articles", 3);
  serve_put_private(&pool, r, "key", SERVE_S("secret"));
  serve_put(&pool, r, "note", (rcp_str){NULL, 0});
  serve_put_list(r, "none");
  a = serve_append(&pool, r, "list");
  serve_put(&pool, a, "id", SERVE_S("x/y.json"));
  b = serve_append(&pool, r, "list");
  serve_put(&pool, b, "id", SERVE_S("z"));
  serve_put(&pool, b, "title", SERVE_S("own"));
  return r;
}

static void test_values_are_escaped(void **state) {
  (void)state;
  check("<p title=\"{{title}}\">", example(), "en", "<p title=\"&lt;b&gt;&quot;Crue&quot; &amp; &#39;co&#39;&lt;/b&gt;\">");
  check("{{list}}{{unknown}}{{note}}", example(), "en", "");
}

static void test_sections(void **state) {
  (void)state;
  check("{{#list}}({{url id}} {{title}}){{/list}}", example(), "en",
        "(x%2Fy%2Ejson &lt;b&gt;&quot;Crue&quot; &amp; &#39;co&#39;&lt;/b&gt;)(z own)");
  check("{{^none}}no{{/none}}{{#none}}x{{#list}}y{{/list}}{{/none}}{{^list}}z{{/list}}", example(), "en", "no");
  check("{{#articles}}{{t n_articles articles}}{{/articles}}", example(), "fr", "3 articles");
}

/* A value that looks like a template is text. */
static void test_a_value_is_no_template(void **state) {
  (void)state;
  serve_record r = {.n = 0};
  serve_put(&pool, &r, "a", SERVE_S("{{key}}{{#list}}"));
  serve_put_private(&pool, &r, "key", SERVE_S("secret"));
  check("{{a}}.", &r, "en", "{{key}}{{#list}}.");
}

static void test_broken_templates_end(void **state) {
  (void)state;
  check("a{{title", example(), "en", "a");
  check("{{/list}}a{{#list}}b", example(), "en", "ab");
}

static void test_dates_are_of_the_language(void **state) {
  (void)state;
  serve_record r = {.n = 0};
  serve_put(&pool, &r, "day", SERVE_S("2025-01-01"));
  check("{{date day}}", &r, "fr", "<time datetime=\"2025-01-01\">1er\xC2\xA0" "janvier 2025</time>");
  check("{{date day}}", &r, "en", "<time datetime=\"2025-01-01\">1\xC2\xA0" "January 2025</time>");
}

static void test_json_says_the_same(void **state) {
  (void)state;
  serve_text t = {.p = NULL};
  serve_record_json(&t, example());
  assert_string_equal(t.p, "{\"title\":\"<b>\\\"Crue\\\" & 'co'</b>\",\"articles\":3,\"note\":null,\"none\":[],"
                           "\"list\":[{\"id\":\"x/y.json\"},{\"id\":\"z\",\"title\":\"own\"}]}\n");
  serve_text_release(&t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_values_are_escaped),     cmocka_unit_test(test_sections),
      cmocka_unit_test(test_a_value_is_no_template), cmocka_unit_test(test_broken_templates_end),
      cmocka_unit_test(test_dates_are_of_the_language), cmocka_unit_test(test_json_says_the_same),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
