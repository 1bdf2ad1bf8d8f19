/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/unicode.h"
#include "base/utf8.h"
#include "reuse/script.h"
#include "reuse/words.h"

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

/* The text behind which nothing but padding may be read, at every distance from a cache line. */
static rcp_str padded(rcp_str s, size_t shift) {
  char *p = rcpi_alloc(&a, s.n + shift + RCPI_WORDS_PADDING, 1);
  memcpy(p + shift, s.p, s.n);
  memset(p + shift + s.n, 'x', RCPI_WORDS_PADDING);
  return (rcp_str){p + shift, s.n};
}

static bool read_words(rcpi_isa isa, rcp_str s, rcpi_word_list *out) {
  *out = (rcpi_word_list){.n = 0};
  return rcpi_words_read(&a, isa, padded(s, s.n % 13), out);
}

/* Words of a text as "beg-end beg-end". */
static const char *places(const char *text) {
  static char out[1000];
  rcpi_word_list w;
  assert_true(read_words(RCPI_ISA_PLAIN, rcpi_cstr(text), &w));
  size_t n = 0;
  out[0] = 0;
  for (size_t i = 0; i < w.n; i++) n += (size_t)snprintf(out + n, sizeof out - n, "%s%u-%u", i ? " " : "", w.beg[i], w.end[i]);
  return out;
}

static uint32_t hash_of(const char *word) {
  rcpi_word_list w;
  assert_true(read_words(RCPI_ISA_PLAIN, rcpi_cstr(word), &w));
  assert_int_equal(w.n, 1);
  return w.hash[0];
}

static void test_words_are_letters_and_digits(void **state) {
  (void)state;
  assert_string_equal(places("L’homme, 7h42 : (déjà)"), "0-1 2-7 9-13 17-21");
  assert_string_equal(places(""), "");
  assert_string_equal(places("..."), "");
  assert_string_equal(places("a"), "0-1");
}

static void test_case_accents_and_joiners_make_no_difference(void **state) {
  (void)state;
  assert_int_equal(hash_of("ÉTÉ"), hash_of("ete"));
  assert_int_equal(hash_of("e\xCC\x81t\xC3\xA9"), hash_of("été"));                      /* decomposed */
  assert_int_equal(hash_of("pré\xC2\xADsident"), hash_of("président"));                 /* soft hyphen */
  assert_int_equal(hash_of("ΑΘΉΝΑ"), hash_of("αθήνα"));
  assert_int_equal(hash_of("ΛΌΓΟΣ"), hash_of("λόγος"));
  assert_int_equal(hash_of("Москва"), hash_of("МОСКВА"));
  assert_int_not_equal(hash_of("cœur"), hash_of("coeur"));
  assert_int_equal(hash_of("anticonstitutionnellement"), hash_of("ANTICONSTITUTIONNELLEMENT"));
  assert_int_not_equal(hash_of("anticonstitutionnellement"), hash_of("anticonstitutionnellemen"));
}

static void test_characters_of_unspaced_scripts_stand_alone(void **state) {
  (void)state;
  assert_string_equal(places("东京2024年"), "0-1 1-2 2-6 6-7");
  assert_string_equal(places("กรุง x"), "0-1 1-2 2-3 3-4 5-6");
  assert_true(rcpi_word_is_alone(hash_of("东")));
  assert_false(rcpi_word_is_alone(hash_of("서울")));
}

/* The same job done slowly: code point by code point, with ICU at hand. */
typedef struct slow { RCPI_VEC(uint32_t) beg; RCPI_VEC(uint32_t) end; } slow;

static int kind_of(uint32_t cp) {
  return (int)(rcpi_words_char[rcpi_words_block[cp >> 7]][cp & 127] >> RCPI_WORDS_SHIFT);
}

static slow read_slowly(rcp_str s) {
  slow w = {.beg = {0}};
  bool inside = false;
  uint32_t cp_at = 0;
  for (size_t i = 0, len; i < s.n; i += len, cp_at++) {
    int kind = kind_of(rcpi_utf8_at(s, i, &len));
    if (kind == RCPI_WORDS_DROPPED && inside) continue;
    if (inside && kind != RCPI_WORDS_INSIDE) rcpi_push(&a, &w.end, cp_at);
    if (kind == RCPI_WORDS_ALONE || (kind == RCPI_WORDS_INSIDE && !inside)) rcpi_push(&a, &w.beg, cp_at);
    if (kind == RCPI_WORDS_ALONE) rcpi_push(&a, &w.end, cp_at + 1);
    inside = kind == RCPI_WORDS_INSIDE;
  }
  if (inside) rcpi_push(&a, &w.end, cp_at);
  return w;
}

static void same_words(rcp_str s) {
  rcpi_mark mark = rcpi_arena_mark(&a);
  rcpi_word_list plain, fast;
  assert_true(read_words(RCPI_ISA_PLAIN, s, &plain));
  slow w = read_slowly(s);
  assert_int_equal(plain.n, w.beg.n);
  assert_int_equal(plain.n, w.end.n);
  assert_int_equal(plain.n_cp, rcpi_utf8_count(s));
  if (plain.n) assert_memory_equal(plain.beg, w.beg.p, plain.n * sizeof *w.beg.p);
  if (plain.n) assert_memory_equal(plain.end, w.end.p, plain.n * sizeof *w.end.p);
  for (int isa = RCPI_ISA_AVX2; isa <= RCPI_ISA_AVX512; isa++) {
    if ((int)rcpi_words_best((rcpi_isa)isa) != isa) continue;
    assert_true(read_words((rcpi_isa)isa, s, &fast));
    assert_int_equal(fast.n, plain.n);
    assert_int_equal(fast.n_cp, plain.n_cp);
    assert_int_equal(fast.n_alone, plain.n_alone);
    if (!plain.n) continue;
    assert_memory_equal(fast.hash, plain.hash, plain.n * sizeof *plain.hash);
    assert_memory_equal(fast.beg, plain.beg, plain.n * sizeof *plain.beg);
    assert_memory_equal(fast.end, plain.end, plain.n * sizeof *plain.end);
  }
  rcpi_arena_rewind(&a, mark);
}

static void test_every_code_point_by_every_way(void **state) {
  (void)state;
  for (int isa = RCPI_ISA_AVX2; isa <= RCPI_ISA_AVX512; isa++)
    if ((int)rcpi_words_best((rcpi_isa)isa) != isa) print_message("instruction set %d is not here: not compared\n", isa);
  for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
    if (cp >= 0xD800 && cp < 0xE000) continue;
    /* alone, inside a word, doubled, and across the end of 64 bytes */
    char text[160];
    size_t n = rcpi_utf8_put(cp, text), pad = 57 + cp % 8;
    text[n++] = ' ';
    text[n++] = 'a';
    n += rcpi_utf8_put(cp, text + n);
    text[n++] = 'b';
    for (; n < pad; n++) text[n] = (char)('c' + n % 7);
    n += rcpi_utf8_put(cp, text + n);
    n += rcpi_utf8_put(cp, text + n);
    n += rcpi_utf8_put(cp ^ 0x41 ? 0x4E00 + cp % 1000 : 'z', text + n);
    same_words((rcp_str){text, n});
  }
}

static void test_every_code_point_folds_as_its_lower_case(void **state) {
  (void)state;
  for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
    uint32_t entry = rcpi_words_char[rcpi_words_block[cp >> 7]][cp & 127], lower = rcpi_lower_cp(cp);
    if (entry >> RCPI_WORDS_SHIFT != RCPI_WORDS_INSIDE) continue;
    assert_int_equal(kind_of(lower), RCPI_WORDS_INSIDE);
    if (lower != cp) assert_int_equal(entry, rcpi_words_char[rcpi_words_block[lower >> 7]][lower & 127]);
  }
}

static void test_random_texts_by_every_way(void **state) {
  (void)state;
  static const uint32_t some[] = {'a', 'B', '7', ' ', '.', '\n', 0xE9, 0xC9, 0xA0, 0x301, 0xAD, 0x2019, 0x416, 0x5D0, 0x64B,
                                  0x4E00, 0x3042, 0xE01, 0xE31, 0xAC00, 0x200D, 0x1F600, 0x20000, 0x1D400, 0, 0x7F, 0x85};
  uint64_t random = 20240312;
  for (int round = 0; round < 20000; round++) {
    char text[1200];
    size_t n = 0, most = (size_t)(random >> 50) % 300;
    for (size_t i = 0; i < most; i++) {
      random = random * 6364136223846793005u + 1442695040888963407u;
      n += rcpi_utf8_put(some[(random >> 33) % (sizeof some / sizeof *some)], text + n);
    }
    same_words((rcp_str){text, n});
  }
}

static void test_ill_formed_text_is_refused(void **state) {
  (void)state;
  static const rcp_str bad[] = {
      {"a\x80", 2}, {"\xC3", 1}, {"\xC0\xAF", 2}, {"\xED\xA0\x80", 3}, {"\xF4\x90\x80\x80", 4}, {"\xE2\x82", 2}, {"\xC3(", 2},
      {"\xF0\x9F\x98", 3}, {"\xFF", 1}};
  char filler[200];
  memset(filler, 'a', sizeof filler);
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    for (size_t at = 0; at < 130; at++)
      for (int isa = 0; isa <= RCPI_ISA_AVX512; isa++) {
        rcpi_mark mark = rcpi_arena_mark(&a);
        char text[200];
        rcpi_word_list w;
        memcpy(text, filler, sizeof text);
        memcpy(text + at, bad[i].p, bad[i].n);
        rcpi_isa best = rcpi_words_best((rcpi_isa)isa);
        assert_false(read_words(best, (rcp_str){text, at + bad[i].n}, &w));
        assert_int_equal(w.n, 0);
        assert_false(read_words(best, (rcp_str){text, sizeof text}, &w));
        rcpi_arena_rewind(&a, mark);
      }
}

static void test_a_list_grows_by_several_texts(void **state) {
  (void)state;
  rcpi_word_list w = {.n = 0};
  assert_true(rcpi_words_read(&a, RCPI_ISA_PLAIN, padded(RCPI_S("été un"), 3), &w));
  assert_true(rcpi_words_read(&a, RCPI_ISA_PLAIN, padded(RCPI_S(" deux"), 3), &w));
  assert_int_equal(w.n, 3);
  assert_int_equal(w.beg[2], 7);
  assert_int_equal(w.end[2], 11);
  assert_int_equal(w.n_cp, 11);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_words_are_letters_and_digits, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_case_accents_and_joiners_make_no_difference, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_characters_of_unspaced_scripts_stand_alone, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_every_code_point_by_every_way, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_every_code_point_folds_as_its_lower_case, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_random_texts_by_every_way, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_ill_formed_text_is_refused, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_a_list_grows_by_several_texts, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
