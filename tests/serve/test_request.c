/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "serve/request.h"

/* The status of GET path?query, and the request in *out. */
static unsigned get(const char *path, const char *query, const char *accept, serve_request *out) {
  return serve_request_parse("GET", serve_str(path), serve_str(query), serve_str(accept), out);
}

static void test_paths_lead_to_pages(void **state) {
  (void)state;
  serve_request r;
  assert_int_equal(get("/", NULL, NULL, &r), 0);
  assert_int_equal(r.route, SERVE_STORIES);
  assert_int_equal(get("/search", "q=digue+rompue&page=2&day=2025-01-09", NULL, &r), 0);
  assert_int_equal(r.route, SERVE_SEARCH);
  assert_string_equal(r.words, "digue rompue");
  assert_string_equal(r.day, "2025-01-09");
  assert_int_equal(r.page, 2);
  assert_int_equal(get("/story/https%3A%2F%2Fexemple.invalid%2Fun%2Ejson", NULL, NULL, &r), 0);
  assert_int_equal(r.route, SERVE_STORY);
  assert_string_equal(r.id, "https://exemple.invalid/un.json");
  assert_int_equal(get("/article/a%20b", NULL, NULL, &r), 0);
  assert_string_equal(r.id, "a b");
  assert_int_equal(get("/story/x/correct", NULL, NULL, &r), 0);
  assert_int_equal(r.route, SERVE_CORRECT);
}

static void test_each_page_has_its_data(void **state) {
  (void)state;
  serve_request r;
  assert_int_equal(get("/index.json", NULL, NULL, &r), 0);
  assert_int_equal(r.form, SERVE_JSON);
  assert_int_equal(get("/story/x.json", NULL, NULL, &r), 0);
  assert_int_equal(r.form, SERVE_JSON);
  assert_string_equal(r.id, "x");
  assert_int_equal(get("/story/x.jsonld", NULL, NULL, &r), 0);
  assert_int_equal(r.form, SERVE_JSONLD);
  assert_int_equal(get("/story/x", NULL, "application/json", &r), 0);
  assert_int_equal(r.form, SERVE_JSON);
  assert_int_equal(get("/story/x", NULL, "text/html, application/json;q=0.9", &r), 0);
  assert_int_equal(r.form, SERVE_HTML);
  assert_int_equal(get("/story/x", NULL, "*/*", &r), 0);
  assert_int_equal(r.form, SERVE_HTML);
  assert_int_equal(get("/article/x.jsonld", NULL, NULL, &r), 404);
}

static void test_what_is_no_request_is_refused(void **state) {
  (void)state;
  serve_request r;
  char long_path[5000];
  memset(long_path, 'a', sizeof long_path - 1);
  memcpy(long_path, "/story/", 7);
  long_path[sizeof long_path - 1] = 0;
  const struct { const char *path, *query; unsigned status; } cases[] = {
      {"/../../etc/passwd", NULL, 404}, {"/story/..%2F..%2Fetc", NULL, 0}, {"/story/../x", NULL, 404}, {"//story/x", NULL, 404},
      {"/story/", NULL, 404}, {"/story/x/", NULL, 404}, {"/story/x/y", NULL, 404}, {"", NULL, 404}, {"/STORY/x", NULL, 404},
      {"/story/%", NULL, 400}, {"/story/%zz", NULL, 400}, {"/story/%00", NULL, 400}, {"/story/a%0d%0aSet-Cookie:x", NULL, 400},
      {"/story/%C0%AE", NULL, 400}, {"/story/%ED%A0%80", NULL, 400}, {"/story/%C2%85", NULL, 400},
      {"/search", "q=%0a", 400}, {"/search", "page=-1", 400}, {"/search", "page=999999999", 400}, {"/search", "day=yesterday", 400},
      {"/style.css/", NULL, 404}, {long_path, NULL, 414}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_int_equal(get(cases[i].path, cases[i].query, NULL, &r), cases[i].status);
  assert_int_equal(serve_request_parse("DELETE", SERVE_S("/"), SERVE_S(""), SERVE_S(""), &r), 405);
  assert_int_equal(serve_request_parse("POST", SERVE_S("/"), SERVE_S(""), SERVE_S(""), &r), 405);
  assert_int_equal(serve_request_parse("POST", SERVE_S("/story/x/correct"), SERVE_S(""), SERVE_S(""), &r), 0);
  assert_int_equal(get("/logout", NULL, NULL, &r), 405);
}

static void test_fields_and_cookies(void **state) {
  (void)state;
  char out[16];
  rcp_str form = SERVE_S("article=a&article=b%2Fc&note=&x");
  assert_true(serve_field(form, "article", 0, out, sizeof out));
  assert_string_equal(out, "a");
  assert_true(serve_field(form, "article", 1, out, sizeof out));
  assert_string_equal(out, "b/c");
  assert_false(serve_field(form, "article", 2, out, sizeof out));
  assert_true(serve_field(form, "note", 0, out, sizeof out));
  assert_string_equal(out, "");
  assert_false(serve_field(SERVE_S("a=0123456789abcdef"), "a", 0, out, sizeof out));
  assert_true(serve_cookie(SERVE_S("a=1; session=xyz;lang=fr"), "session", out, sizeof out));
  assert_string_equal(out, "xyz");
  assert_false(serve_cookie(SERVE_S("xsession=1"), "session", out, sizeof out));
}

static void test_languages(void **state) {
  (void)state;
  const char *const known[] = {"en", "fr", NULL};
  assert_string_equal(serve_language(SERVE_S("fr-FR,fr;q=0.9,en;q=0.8"), known), "fr");
  assert_string_equal(serve_language(SERVE_S("de, en-GB;q=0.5, fr;q=0.7"), known), "fr");
  assert_string_equal(serve_language(SERVE_S("de,*"), known), "en");
  assert_string_equal(serve_language(SERVE_S(""), known), "en");
  assert_string_equal(serve_language(SERVE_S(";;;q=,,-,fr;q=x"), known), "en");
}

static void test_other_names_are_not_ours(void **state) {
  (void)state;
  const char *const names[] = {"presse.exemple.invalid", NULL};
  assert_true(serve_host_is_ours(SERVE_S("127.0.0.1:8080"), names));
  assert_true(serve_host_is_ours(SERVE_S("localhost"), NULL));
  assert_true(serve_host_is_ours(SERVE_S("[::1]:80"), NULL));
  assert_true(serve_host_is_ours(SERVE_S("Presse.Exemple.invalid"), names));
  assert_false(serve_host_is_ours(SERVE_S("rebound.invalid:8080"), names));
  assert_false(serve_host_is_ours(SERVE_S("127.0.0.1.rebound.invalid"), names));
  assert_false(serve_host_is_ours(SERVE_S(""), names));
}

static void test_tags_encodings_and_ways_back(void **state) {
  (void)state;
  assert_true(serve_tag_matches(SERVE_S("\"x\", W/\"abc\""), "\"abc\""));
  assert_true(serve_tag_matches(SERVE_S("*"), "\"abc\""));
  assert_false(serve_tag_matches(SERVE_S("abc"), "\"abc\""));
  assert_true(serve_takes_gzip(SERVE_S("br, gzip;q=0.5")));
  assert_false(serve_takes_gzip(SERVE_S("gzip;q=0, br")));
  assert_true(serve_path_is_local("/story/x"));
  assert_false(serve_path_is_local("//elsewhere.invalid"));
  assert_false(serve_path_is_local("https://elsewhere.invalid"));
  assert_false(serve_path_is_local("/\\elsewhere"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_paths_lead_to_pages),           cmocka_unit_test(test_each_page_has_its_data),
      cmocka_unit_test(test_what_is_no_request_is_refused), cmocka_unit_test(test_fields_and_cookies),
      cmocka_unit_test(test_languages),                     cmocka_unit_test(test_other_names_are_not_ours),
      cmocka_unit_test(test_tags_encodings_and_ways_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
