/* Lines of JSONL in bulk. SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "input/jsonl.h"
#include "input/reader.h"

static char path[] = "/tmp/recoupe-lines-XXXXXX";

static void write_file(rcp_str bytes) {
  FILE *f = fopen(path, "wb");
  assert_non_null(f);
  assert_int_equal(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
  assert_int_equal(fclose(f), 0);
}

static int set_up(void **state) {
  (void)state;
  strcpy(path, "/tmp/recoupe-lines-XXXXXX");
  int fd = mkstemp(path);
  return fd < 0 || close(fd);
}

static int tear_down(void **state) {
  (void)state;
  return unlink(path);
}

/* All lines as "number:text|", taken `most` at a time. */
static char *all_lines(size_t most, rcpi_buf *out) {
  const char *inputs[] = {path};
  rcpi_reader_options options = {.kind = RCP_INPUT_AUTO};
  rcpi_reader *reader;
  rcpi_read_line lines[100];
  rcp_str name;
  rcp_error error = {.code = RCP_OK};
  size_t n = 1;
  rcpi_buf_reserve(out, 1);
  rcpi_buf_clear(out);
  assert_int_equal(rcpi_reader_new(inputs, 1, &options, &reader, &error), RCP_OK);
  while (rcpi_reader_lines(reader, lines, most, &n, &name, &error) == RCP_OK && n) {
    assert_true(n <= most);
    for (size_t i = 0; i < n; i++) {
      volatile unsigned sum = 0;   /* the room behind each line may be read */
      for (size_t k = 0; k < RCPI_RECORD_PADDING; k++) sum += (unsigned char)lines[i].text.p[lines[i].text.n + k];
      (void)sum;
      rcpi_buf_printf(out, "%zu:", lines[i].number);
      rcpi_buf_add(out, lines[i].text);
      rcpi_buf_addc(out, '|');
    }
  }
  rcpi_reader_free(reader);
  return out->p;
}

static void test_lines_come_whole_and_numbered(void **state) {
  (void)state;
  rcpi_buf b;
  rcpi_buf_init(&b);
  write_file(RCPI_S("\xEF\xBB\xBF{\"a\":1}\n\n{\"b\":2}\r\n  \n{\"c\":3}"));
  for (size_t most = 1; most < 5; most++) assert_string_equal(all_lines(most, &b), "1:{\"a\":1}|3:{\"b\":2}|5:{\"c\":3}|");
  write_file(RCPI_S("{\"a\":1}\n"));
  assert_string_equal(all_lines(9, &b), "1:{\"a\":1}|");
  rcpi_buf_release(&b);
}

static void test_many_lines_of_any_length(void **state) {
  (void)state;
  rcpi_buf file, want, got;
  rcpi_buf_init(&file), rcpi_buf_init(&want), rcpi_buf_init(&got);
  uint64_t random = 9;
  for (int i = 1; i <= 800; i++) {
    random = random * 6364136223846793005u + 1442695040888963407u;
    size_t n = (size_t)(random >> 33) % (i % 100 ? 900 : 1400000), from = want.len;
    rcpi_buf_printf(&want, "%d:{\"t\":\"", i);
    from = want.len - 6;
    for (size_t k = 0; k < n; k++) rcpi_buf_addc(&want, (char)('a' + k % 26));
    rcpi_buf_adds(&want, "\"}");
    rcpi_buf_add(&file, (rcp_str){want.p + from, want.len - from});
    rcpi_buf_addc(&file, '\n');
    rcpi_buf_addc(&want, '|');
  }
  write_file(rcpi_buf_str(&file));
  for (size_t most = 7; most <= 100; most += 93) {
    all_lines(most, &got);
    assert_int_equal(got.len, want.len);
    assert_memory_equal(got.p, want.p, want.len);
  }
  rcpi_buf_release(&file), rcpi_buf_release(&want), rcpi_buf_release(&got);
}

static void test_what_is_no_jsonl_is_left_to_the_reader(void **state) {
  (void)state;
  rcpi_buf b;
  rcpi_buf_init(&b);
  write_file(RCPI_S("Un texte.\nDeux lignes.\n"));
  assert_string_equal(all_lines(5, &b), "");
  rcpi_buf_release(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_lines_come_whole_and_numbered, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_many_lines_of_any_length, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_what_is_no_jsonl_is_left_to_the_reader, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
