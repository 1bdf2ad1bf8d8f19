/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"

static void test_the_writer_puts_commas_and_escapes(void **state) {
  (void)state;
  rcpi_buf b;
  rcpi_json j;
  rcpi_buf_init(&b);
  rcpi_json_init(&j, &b, false);
  rcpi_json_open(&j, '{');
  rcpi_json_key(&j, "a");
  rcpi_json_str(&j, (rcp_str){"\"\\\n\0", 4});
  rcpi_json_key(&j, "b");
  rcpi_json_open(&j, '[');
  rcpi_json_uint(&j, 1);
  rcpi_json_num(&j, -0.25, 2);
  rcpi_json_null(&j);
  rcpi_json_bool(&j, true);
  rcpi_json_close(&j, ']');
  rcpi_json_close(&j, '}');
  assert_string_equal(b.p, "{\"a\":\"\\\"\\\\\\n\\u0000\",\"b\":[1,-0.25,null,true]}");
  rcpi_buf_release(&b);
}

static void test_what_is_written_can_be_read(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    const char *message = NULL;
    size_t offset = 0;
    const rcpi_value *v = rcpi_json_parse(&a, RCPI_S("{\"t\":\"é\\u0000\",\"n\":[1.5]}"), &message, &offset);
    double d;
    assert_non_null(v);
    assert_int_equal(rcpi_json_text(rcpi_json_get(v, "t")).n, 3);
    assert_true(rcpi_json_number(rcpi_json_at(rcpi_json_get(v, "n"), 0), &d) && d == 1.5);
    assert_null(rcpi_json_text(rcpi_json_get(v, "none")).p);
    assert_null(rcpi_json_parse(&a, RCPI_S("{\"t\":"), &message, &offset));
    assert_non_null(message);
  }
  rcpi_arena_release(&a);
}

/* AddressSanitizer sees what is not given back. */
static void test_a_parsed_value_is_not_lost_when_memory_ends(void **state) {
  (void)state;
  for (size_t n = 1; n < 3; n++) {
    rcpi_arena a;
    volatile bool failed = false;
    rcpi_arena_init(&a);
    rcpi_fail_allocation = n;
    RCPI_GUARD(&a) rcpi_json_parse(&a, RCPI_S("[1, 2, 3]"), NULL, NULL);
    else failed = true;
    rcpi_fail_allocation = 0;
    assert_int_equal(failed, n == 1);
    rcpi_arena_release(&a);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_the_writer_puts_commas_and_escapes), cmocka_unit_test(test_what_is_written_can_be_read),
      cmocka_unit_test(test_a_parsed_value_is_not_lost_when_memory_ends),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
