/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <zlib.h>

#include "base/buf.h"
#include "input/http.h"

/* The body of a message, or "! why". */
static void body_of(rcp_str message, size_t most, char *out, size_t size) {
  rcpi_arena a;
  rcpi_http http;
  rcp_str body;
  const char *why;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    assert_true(rcpi_http_parse(message, &http));
    bool ok = rcpi_http_body(&a, &http, most, &body, &why);
    if (ok) snprintf(out, size, "%.*s%s%s", RCPI_P(body), why ? " ! " : "", why ? why : "");
    else snprintf(out, size, "! %s", why);
  }
  rcpi_arena_release(&a);
}

static void expect_body(rcp_str message, size_t most, const char *want) {
  char got[500];
  body_of(message, most, got, sizeof got);
  assert_string_equal(got, want);
}

static void test_head_and_fields(void **state) {
  (void)state;
  rcpi_http http;
  rcpi_arena a;
  const char *charset;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    assert_true(rcpi_http_parse(RCPI_S("HTTP/1.1 200 OK\r\nContent-TYPE: Text/HTML; Charset=\"UTF-8\"\r\n\r\nbody"), &http));
    assert_int_equal(http.status, 200);
    assert_true(rcpi_is(http.body, "body"));
    rcp_str type = rcpi_http_media_type(&a, rcpi_http_field(http.fields, "content-type"), &charset);
    assert_true(rcpi_is(type, "text/html"));
    assert_string_equal(charset, "utf-8");
    assert_null(rcpi_http_field(http.fields, "content").p);
    assert_false(rcpi_http_parse(RCPI_S("HTTP/1.1 OK"), &http));
    assert_true(rcpi_http_parse(RCPI_S("HTTP/1.0 204 "), &http));
    assert_int_equal(http.body.n, 0);
  }
  rcpi_arena_release(&a);
}

static void test_chunks(void **state) {
  (void)state;
#define CHUNKED "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
  expect_body(RCPI_S(CHUNKED "2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n"), 100, "abcde");
  expect_body(RCPI_S(CHUNKED "2\r\nab\r\nff\r\ncde"), 100, "abcde ! the body breaks off inside a chunk");
  expect_body(RCPI_S(CHUNKED "<p>not in chunks"), 100, "<p>not in chunks");
}

static size_t packed_message(rcpi_buf *b, const char *encoding, const char *packed, size_t n) {
  rcpi_buf_clear(b);
  rcpi_buf_printf(b, "HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\n\r\n", encoding);
  rcpi_buf_add(b, (rcp_str){packed, n});
  return b->len;
}

static void test_packed_bodies(void **state) {
  (void)state;
  char packed[200];
  uLongf n = sizeof packed;
  rcpi_buf b;
  rcpi_buf_init(&b);
  assert_int_equal(compress((Bytef *)packed, &n, (const Bytef *)"<html>", 6), Z_OK);
  packed_message(&b, "deflate", packed, n);
  expect_body(rcpi_buf_str(&b), 100, "<html>");
  expect_body(rcpi_buf_str(&b), 3, "! unpacks to more than the limit");
  packed_message(&b, "deflate", packed + 2, n - 6);   /* without zlib's head and tail */
  expect_body(rcpi_buf_str(&b), 100, "<html>");
#ifdef RCPI_HAVE_BROTLI
  packed_message(&b, "br", "\x83\x02\x80\x3C\x68\x74\x6D\x6C\x3E\x03", 10);
  expect_body(rcpi_buf_str(&b), 100, "<html>");
  packed_message(&b, "br", "<html>plain", 11);
  expect_body(rcpi_buf_str(&b), 100, "<html>plain");
#endif
  rcpi_buf_release(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_head_and_fields), cmocka_unit_test(test_chunks), cmocka_unit_test(test_packed_bodies),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
