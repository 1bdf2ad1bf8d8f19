/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/json.h"
#include "base/utf8.h"
#include "input/jsonl.h"

static rcpi_arena a;

static int set_up(void **state) {
  (void)state;
  rcpi_arena_init(&a);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  rcpi_arena_release(&a);
  return 0;
}

static rcp_str padded(rcp_str s) {
  char *p = rcpi_alloc(&a, s.n + RCPI_RECORD_PADDING, 1);
  memcpy(p, s.p, s.n);
  memset(p + s.n, '"', RCPI_RECORD_PADDING);
  return (rcp_str){p, s.n};
}

static const char *const keys[] = {"id", "url", "title", "text", "html", "published", "publisher", "byline", "language"};

static rcp_str field(const rcpi_record *r, size_t i) {
  const rcp_str all[] = {r->id, r->url, r->title, r->text, r->html, r->published, r->publisher, r->byline, r->language};
  return all[i];
}

/* Reads the line here and with jansson: the same verdict and the same strings. */
static bool agrees(rcp_str line) {
  rcpi_record r;
  const char *message = NULL;
  size_t offset;
  bool ok = rcpi_jsonl_read(&a, padded(line), false, &r, &message, &offset);
  const rcpi_value *want = rcpi_json_parse(&a, line, NULL, NULL);
  bool same = ok == (want && rcpi_json_is_object(want)) && (ok || message);
  for (size_t i = 0; same && ok && i < sizeof keys / sizeof *keys; i++) {
    rcp_str s = rcpi_json_text(rcpi_json_get(want, keys[i])), got = field(&r, i);
    same = !s.p == !got.p && rcpi_eq(s, got);
  }
  if (!same) print_message("%.*s\n", RCPI_P(line));
  return same;
}

static const char *const lines[] = {
    "{}",
    " { } ",
    "{\"id\":\"a1\",\"text\":\"Un train a déraillé.\",\"title\":null}",
    "{\"text\":\"ligne\\n\\nligne \\\"citée\\\" \\\\ \\/ \\b\\f\\r\\t fin\"}",
    "{\"text\":\"\\u00e9t\\u00E9 \\ud83d\\ude00 \\u4e00\"}",
    "{\"text\":\"\\ud83d seul\"}",
    "{\"text\":\"\\ude00\"}",
    "{\"text\":\"nul \\u0000 nul\"}",
    "{\"te\\u0078t\":\"clef échappée\"}",
    "{\"id\":12,\"text\":\"a\"}",
    "{\"id\":\"x\",\"id\":\"y\",\"text\":\"deux fois\",\"text\":7}",
    "{\"a\":[1,2.5,-3,[],{},[{\"b\":[true,false,null,\"]}\"]}]],\"text\":\"après\"}",
    "{\"a\":{\"b\":{\"c\":[{}]}},\"url\":\"https://exemple.example/a\"}",
    "{\"n\":1e5}", "{\"n\":1e999}", "{\"n\":-}", "{\"n\":01}", "{\"n\":1.}", "{\"n\":12345678901234567890123}", "{\"n\":.5}",
    "{\"a\":[1,]}", "{\"a\":[1 2]}", "{\"a\":{\"b\"}}", "{\"a\":{1:2}}", "{,}", "{\"a\":1,}", "{\"a\" 1}", "{\"a\":}",
    "{\"a\":1}}", "{\"a\":1", "{\"a\":\"", "{\"a\":\"\\", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}", "{\"a\":\"\\u12g4\"}",
    "[1]", "\"text\"", "", "null", "x", "{\"a\":tru}", "{\"a\":nulls}", "{\"text\":\"a\tb\"}", "{\"text\":\"a\nb\"}",
    "{\"text\":\"\xC3\x28\"}", "{\"\xFF\":1}", "{\"a\":\"\xED\xA0\x80\"}",
    ("{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"
    "]]]]]]]]]]]]]]]]]],\"text\":\"profond\"}"),
};

static void test_records_are_read_as_jansson_reads_them(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) assert_true(agrees(rcpi_cstr(lines[i])));
}

static void test_broken_records_too(void **state) {
  (void)state;
  static const char bytes[] = "{}[]\",:\\ u0e9n-.\x80\xC3\x01tf";
  uint64_t random = 5;
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    size_t n = strlen(lines[i]);
    for (int round = 0; round < 300; round++) {
      char line[600];
      random = random * 6364136223846793005u + 1442695040888963407u;
      size_t at = n ? (size_t)(random >> 40) % n : 0, cut = (size_t)(random >> 33) % 3, m = 0;
      char c = bytes[(random >> 50) % (sizeof bytes - 1)];
      m = at;
      memcpy(line, lines[i], at);
      if (cut != 1) line[m++] = c;                 /* put in, taken out, or changed */
      size_t rest = at + (cut != 0 && at < n ? 1 : 0);
      memcpy(line + m, lines[i] + rest, n - rest);
      assert_true(agrees((rcp_str){line, m + n - rest}));
    }
    rcpi_arena_release(&a);
    rcpi_arena_init(&a);
  }
}

static void test_what_comes_out(void **state) {
  (void)state;
  rcpi_record r;
  const char *message;
  size_t offset;
  rcp_str line = padded(rcpi_cstr("{\"id\":\"d7\",\"spans\":[[1,2]],\"text\":\"L\\u2019\\u00e9t\\u00e9.\\nFin\",\"language\":\"fr\"}"));
  assert_true(rcpi_jsonl_read(&a, line, false, &r, &message, &offset));
  assert_true(rcpi_is(r.id, "d7"));
  assert_true(rcpi_is(r.text, "L’été.\nFin"));
  assert_true(rcpi_is(r.language, "fr"));
  assert_null(r.title.p);
  assert_false(rcpi_jsonl_read(&a, padded(RCPI_S("{\"text\": }")), false, &r, &message, &offset));
  assert_non_null(strstr(message, "unexpected token"));
}

static void test_text_may_be_checked_by_the_caller(void **state) {
  (void)state;
  rcpi_record r;
  const char *message;
  size_t offset;
  rcp_str line = padded(RCPI_S("{\"text\":\"caf\xE9 noir\"}"));
  assert_true(rcpi_jsonl_read(&a, line, true, &r, &message, &offset));
  assert_false(rcpi_utf8_valid(r.text));
  assert_false(rcpi_jsonl_read(&a, line, false, &r, &message, &offset));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_records_are_read_as_jansson_reads_them, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_broken_records_too, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_what_comes_out, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_text_may_be_checked_by_the_caller, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
