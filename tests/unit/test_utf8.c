/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/unicode.h"
#include "base/utf8.h"

static void test_every_code_point_comes_back(void **state) {
  (void)state;
  for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
    char bytes[4];
    size_t len, n = rcpi_utf8_put(cp, bytes);
    rcp_str s = {bytes, n};
    uint32_t want = cp >= 0xD800 && cp < 0xE000 ? RCPI_REPLACEMENT : cp;
    assert_int_equal(rcpi_utf8_at(s, 0, &len), want);
    assert_int_equal(len, n);
    assert_int_equal(rcpi_utf8_before(s, n, &len), want);
    assert_true(rcpi_utf8_valid(s));
  }
}

static void test_ill_formed_bytes_are_replaced_one_by_one(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    size_t n_bad;
    rcp_str s = rcpi_utf8_repair(&a, RCPI_S("caf\xE9 \xC0\xAF\xED\xA0\x80 \xF4\x90"), &n_bad);
    assert_int_equal(n_bad, 8);
    assert_true(rcpi_utf8_valid(s));
    assert_int_equal(rcpi_utf8_count(s), 13);
    rcp_str same = RCPI_S("déjà");
    assert_ptr_equal(rcpi_utf8_repair(&a, same, &n_bad).p, same.p);
  }
  rcpi_arena_release(&a);
}

static void test_the_map_counts_code_points(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    char text[1000];
    size_t n = 0;
    for (uint32_t i = 0; n < 990; i++) n += rcpi_utf8_put(i % 3 ? 'a' : i % 2 ? 0xE9 : 0x1F600, text + n);
    rcpi_cp_map map;
    rcpi_cp_map_init(&a, (rcp_str){text, n}, &map);
    for (size_t i = 0, len; i < n; i += len) {
      rcpi_utf8_at((rcp_str){text, n}, i, &len);
      assert_int_equal(rcpi_cp_of(&map, (uint32_t)i), rcpi_utf8_count((rcp_str){text, i}));
    }
    assert_int_equal(rcpi_cp_of(&map, (uint32_t)n), rcpi_utf8_count((rcp_str){text, n}));
  }
  rcpi_arena_release(&a);
}

static void test_folding_makes_spellings_equal(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    assert_true(rcpi_is(rcpi_fold(&a, RCPI_S("Élève")), "eleve"));
    assert_true(rcpi_is(rcpi_fold(&a, RCPI_S("ŒUVRE")), "oeuvre"));
    assert_true(rcpi_is(rcpi_fold(&a, RCPI_S("l\xE2\x80\x99" "été")), "l'ete"));
    assert_true(rcpi_is(rcpi_fold(&a, RCPI_S("e\xCC\x81")), "e"));
    assert_true(rcpi_is(rcpi_fold(&a, RCPI_S("Łódź")), "lodz"));
    assert_true(rcpi_is(rcpi_fold(&a, RCPI_S("ΑΘΉΝΑ")), "αθηνα"));
    assert_true(rcpi_is(rcpi_nfc(&a, RCPI_S("e\xCC\x81t")), "ét"));
  }
  rcpi_arena_release(&a);
}

/* The table of Latin letters must say what Unicode's decomposition says, or a letter that has none. */
static void test_the_latin_table_agrees_with_decomposition(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    for (uint32_t cp = 0xC0; cp < 0x180; cp++) {
      char bytes[4];
      rcp_str one = rcpi_fold(&a, (rcp_str){bytes, rcpi_utf8_put(cp, bytes)});
      char upper[4];
      rcp_str other = rcpi_fold(&a, (rcp_str){upper, rcpi_utf8_put(rcpi_upper_cp(cp), upper)});
      if (cp == 0x131 || cp == 0x130 || cp == 0x17F || cp == 0xB5) continue; /* dotless i, dotted I, long s: no round trip */
      if (rcpi_lower_cp(rcpi_upper_cp(cp)) == rcpi_lower_cp(cp)) assert_true(rcpi_eq(one, other));
    }
  }
  rcpi_arena_release(&a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_every_code_point_comes_back), cmocka_unit_test(test_ill_formed_bytes_are_replaced_one_by_one),
      cmocka_unit_test(test_the_map_counts_code_points),  cmocka_unit_test(test_folding_makes_spellings_equal),
      cmocka_unit_test(test_the_latin_table_agrees_with_decomposition),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
