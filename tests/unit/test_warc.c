/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "input/warc.h"

static void add_record(rcpi_buf *b, const char *type, const char *uri, const char *content_type, const char *block) {
  rcpi_buf_printf(b, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%s>\r\nWARC-Target-URI: %s\r\nContent-Type: %s\r\n"
                  "Content-Length: %zu\r\n\r\n%s\r\n\r\n", type, uri, uri, content_type, strlen(block), block);
}

/* "url|html or text" of each page, errors as "! text", a line each. */
static void read_all(rcp_str bytes, char *out, size_t size) {
  rcpi_stream *s;
  rcpi_buf b;
  size_t n = 0;
  rcpi_buf_init(&b);
  assert_int_equal(rcpi_stream_of(RCPI_S("x"), bytes, &s, NULL), RCP_OK);
  for (;;) {
    rcp_article *article = rcpi_article_alloc();
    rcp_error error = {.code = RCP_OK};
    volatile rcp_status status = RCP_ENOMEM;
    RCPI_GUARD(&article->arena) status = rcpi_warc_next(s, RCPI_S("x"), &n, article, &error);
    if (!status) {
      rcp_str content = article->html.p ? article->html : article->text;
      rcpi_buf_printf(&b, "%.*s|%.*s\n", RCPI_P(article->url), RCPI_P(content));
    } else if (status != RCP_END) {
      rcpi_buf_printf(&b, "! %s: %s\n", error.source, error.text);
    }
    rcpi_article_drop(article);
    if (status == RCP_END) break;
  }
  snprintf(out, size, "%s", b.p ? b.p : "");
  rcpi_buf_release(&b);
  rcpi_stream_close(s);
}

#define READS(buf, want) do { char got_[2000]; read_all(rcpi_buf_str(buf), got_, sizeof got_); assert_string_equal(got_, (want)); } while (0)

static void test_pages_are_taken_and_the_rest_passed_over(void **state) {
  (void)state;
  rcpi_buf b;
  rcpi_buf_init(&b);
  add_record(&b, "warcinfo", "x:info", "application/warc-fields", "software: x\r\n");
  add_record(&b, "request", "http://a.example/", "application/http", "GET / HTTP/1.1\r\n\r\n");
  add_record(&b, "response", "http://a.example/", "application/http; msgtype=response",
             "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n<html><p>Caf\xE9</html>");
  add_record(&b, "response", "http://a.example/i.png", "application/http", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG");
  add_record(&b, "response", "http://a.example/gone", "application/http", "HTTP/1.1 404 No\r\nContent-Type: text/html\r\n\r\n<p>no");
  add_record(&b, "resource", "http://a.example/r", "text/html", "<html><p>Deux</html>");
  add_record(&b, "conversion", "http://a.example/w", "text/plain", "Trois");
  READS(&b, "http://a.example/|<html><p>Café</html>\nhttp://a.example/r|<html><p>Deux</html>\nhttp://a.example/w|Trois\n");
  rcpi_buf_release(&b);
}

static void test_chunks_and_packing_come_off(void **state) {
  (void)state;
  rcpi_buf b;
  rcpi_buf_init(&b);
  add_record(&b, "response", "u:1", "application/http",
             "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n<html>\r\n7;x=1\r\n</html>\r\n0\r\n\r\n");
  add_record(&b, "response", "u:2", "application/http",
             "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n<html>plain</html>");
  READS(&b, "u:1|<html></html>\nu:2|<html>plain</html>\n");
  rcpi_buf_release(&b);
}

static void test_damage_costs_one_record(void **state) {
  (void)state;
  rcpi_buf b;
  rcpi_buf_init(&b);
  rcpi_buf_adds(&b, "WARC/1.0\r\nWARC-Type: response\r\n\r\nno length\r\n\r\n");
  add_record(&b, "conversion", "u:1", "text/plain", "Un");
  size_t whole = b.len;
  add_record(&b, "conversion", "u:2", "text/plain", "Deux et la suite");
  b.len -= 10;
  READS(&b, "! x:1: the record does not say its Content-Length\nu:1|Un\n! x:3: the record breaks off: 10 of its 16 bytes are there\n");
  b.len = whole + 20;
  READS(&b, "! x:1: the record does not say its Content-Length\nu:1|Un\n! x:3: the file ends inside the record's header\n");
  rcpi_buf_release(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_pages_are_taken_and_the_rest_passed_over),
      cmocka_unit_test(test_chunks_and_packing_come_off), cmocka_unit_test(test_damage_costs_one_record),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
