/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <zlib.h>
#ifdef RCPI_HAVE_ZSTD
#include <zstd.h>
#endif

#include "input/stream.h"

/* One gzip member. */
static size_t pack(const char *text, size_t n, char *out, size_t room) {
  z_stream z = {0};
  assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  z.next_in = (Bytef *)(uintptr_t)text;
  z.avail_in = (uInt)n;
  z.next_out = (Bytef *)out;
  z.avail_out = (uInt)room;
  assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
  deflateEnd(&z);
  return room - z.avail_out;
}

static rcpi_stream *open_bytes(rcp_str bytes) {
  rcpi_stream *s;
  assert_int_equal(rcpi_stream_of(RCPI_S("x"), bytes, &s, NULL), RCP_OK);
  return s;
}

static void expect_line(rcpi_stream *s, const char *want) {
  rcp_str line;
  assert_int_equal(rcpi_stream_line(s, 100, &line), RCP_OK);
  assert_true(rcpi_is(line, want));
}

static void test_lines_of_plain_bytes(void **state) {
  (void)state;
  rcp_str line;
  rcpi_stream *s = open_bytes(RCPI_S("un\r\n\ndeux"));
  expect_line(s, "un");
  expect_line(s, "");
  expect_line(s, "deux");
  assert_int_equal(rcpi_stream_line(s, 100, &line), RCP_END);
  assert_int_equal(rcpi_stream_at(s), 9);
  rcpi_stream_close(s);
}

static void test_members_follow_one_another(void **state) {
  (void)state;
  char packed[400];
  size_t n = pack("un\nde", 5, packed, sizeof packed);
  n += pack("ux\n", 3, packed + n, sizeof packed - n);
  rcp_str line;
  rcpi_stream *s = open_bytes((rcp_str){packed, n});
  expect_line(s, "un");
  expect_line(s, "deux");
  assert_int_equal(rcpi_stream_line(s, 100, &line), RCP_END);
  rcpi_stream_close(s);
}

/* What was whole is read; then the stream says where it broke. */
static void test_cut_and_damaged_gzip(void **state) {
  (void)state;
  char packed[400];
  const char *what = "";
  uint64_t at = 0;
  rcp_str line;
  size_t first = pack("un\n", 3, packed, sizeof packed), n = first + pack("deux\n", 5, packed + first, sizeof packed - first);
  rcpi_stream *s = open_bytes((rcp_str){packed, n - 9});
  expect_line(s, "un");
  while (rcpi_stream_line(s, 100, &line) == RCP_OK) continue;
  assert_int_equal(rcpi_stream_trouble(s, &what, &at), RCP_EINPUT);
  assert_true(at >= 3);
  rcpi_stream_close(s);
  packed[first] = 'x';
  s = open_bytes((rcp_str){packed, n});
  expect_line(s, "un");
  assert_int_equal(rcpi_stream_line(s, 100, &line), RCP_END);
  assert_int_equal(rcpi_stream_trouble(s, &what, &at), RCP_EINPUT);
  assert_int_equal(at, 3);
  rcpi_stream_close(s);
}

static void test_a_long_line_is_skipped(void **state) {
  (void)state;
  size_t n = 1 << 20;
  char *text = malloc(n + 5);
  memset(text, 'a', n);
  memcpy(text + n, "\nun\n", 4);
  rcp_str line;
  rcpi_stream *s = open_bytes((rcp_str){text, n + 4});
  assert_int_equal(rcpi_stream_line(s, 1000, &line), RCP_ELIMIT);
  expect_line(s, "un");
  rcpi_stream_close(s);
  free(text);
}

static void test_skip_and_peek(void **state) {
  (void)state;
  rcpi_stream *s = open_bytes(RCPI_S("abcdef"));
  assert_true(rcpi_starts(rcpi_stream_peek(s, 2), RCPI_S("ab")));
  assert_true(rcpi_stream_skip(s, 4));
  assert_true(rcpi_is(rcpi_stream_peek(s, 100), "ef"));
  assert_false(rcpi_stream_skip(s, 3));
  rcpi_stream_close(s);
  s = open_bytes(RCPI_S(""));
  assert_int_equal(rcpi_stream_peek(s, 1).n, 0);
  rcpi_stream_close(s);
}

static void test_zstd(void **state) {
  (void)state;
#ifdef RCPI_HAVE_ZSTD
  char packed[400];
  size_t n = ZSTD_compress(packed, sizeof packed, "un\n", 3, 3);
  n += ZSTD_compress(packed + n, sizeof packed - n, "deux\n", 5, 3);
  const char *what;
  uint64_t at;
  rcp_str line;
  rcpi_stream *s = open_bytes((rcp_str){packed, n});
  expect_line(s, "un");
  expect_line(s, "deux");
  assert_int_equal(rcpi_stream_line(s, 100, &line), RCP_END);
  assert_int_equal(rcpi_stream_trouble(s, &what, &at), RCP_OK);
  rcpi_stream_close(s);
  s = open_bytes((rcp_str){packed, n - 3});
  expect_line(s, "un");
  while (rcpi_stream_line(s, 100, &line) == RCP_OK) continue;
  assert_int_equal(rcpi_stream_trouble(s, &what, &at), RCP_EINPUT);
  rcpi_stream_close(s);
#else
  skip();
#endif
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_lines_of_plain_bytes), cmocka_unit_test(test_members_follow_one_another),
      cmocka_unit_test(test_cut_and_damaged_gzip), cmocka_unit_test(test_a_long_line_is_skipped),
      cmocka_unit_test(test_skip_and_peek),        cmocka_unit_test(test_zstd),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
