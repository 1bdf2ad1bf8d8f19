/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "claim/company.h"

/* Pieces by hand: telling, first and end token. */
static const uint32_t at[][3] = {{0, 0, 5}, {0, 6, 9}, {1, 0, 5}, {1, 0, 9}, {1, 10, 12}, {2, 0, 5}, {2, 6, 9}};
enum { N = sizeof at / sizeof *at };

static rcpi_company read(rcpi_arena *a, const uint32_t (*pairs)[3], size_t n) {
  rcpi_piece *p = rcpi_array(a, rcpi_piece, N);
  rcpi_measure *m = rcpi_array(a, rcpi_measure, n);
  int16_t *sure = rcpi_array(a, int16_t, n);
  for (size_t i = 0; i < N; i++) p[i] = (rcpi_piece){.telling = at[i][0], .at = {at[i][1], at[i][2]}};
  for (size_t i = 0; i < n; i++) m[i] = (rcpi_measure){.a = pairs[i][0], .b = pairs[i][1]}, sure[i] = (int16_t)pairs[i][2];
  rcpi_pieces pieces = {.pieces = p, .n_pieces = N};
  rcpi_measures measures = {.pairs = m, .n_pairs = n};
  rcpi_company c;
  rcpi_company_read(a, &pieces, 3, &measures, sure, &c);
  return c;
}

static void test_one_partner_in_a_third_article(void **state) {
  (void)state;
  rcpi_arena a;
  int32_t row[RCPI_E_N] = {0};
  rcpi_arena_init(&a);
  const uint32_t pairs[][3] = {{0, 2, 150}, {0, 5, 900}, {2, 5, 700}};
  rcpi_company c = read(&a, pairs, 3);
  rcpi_company_of(&c, 0, 2, 150, row);
  assert_int_equal(row[RCPI_E_PATH], 700);
  assert_int_equal(row[RCPI_E_SPLIT], 0);
  assert_int_equal(row[RCPI_E_RIVAL], 0);
  assert_int_equal(row[RCPI_E_EXTENT], 150);
  rcpi_arena_release(&a);
}

static void test_two_partners_there_speak_against(void **state) {
  (void)state;
  rcpi_arena a;
  int32_t row[RCPI_E_N] = {0};
  rcpi_arena_init(&a);
  const uint32_t pairs[][3] = {{0, 2, 300}, {0, 5, 900}, {2, 5, 50}, {2, 6, 800}};   /* 50: too little to be a partner */
  rcpi_company c = read(&a, pairs, 4);
  rcpi_company_of(&c, 0, 2, 300, row);
  assert_int_equal(row[RCPI_E_PATH], 0);
  assert_int_equal(row[RCPI_E_SPLIT], 800);
  rcpi_arena_release(&a);
}

static void test_rivals_stand_apart_extents_overlap(void **state) {
  (void)state;
  rcpi_arena a;
  int32_t row[RCPI_E_N] = {0};
  rcpi_arena_init(&a);
  const uint32_t pairs[][3] = {{0, 2, 300}, {0, 3, 600}, {0, 4, 500}, {1, 2, 400}};
  rcpi_company c = read(&a, pairs, 4);
  rcpi_company_of(&c, 0, 2, 300, row);
  assert_int_equal(row[RCPI_E_RIVAL], 500);
  assert_int_equal(row[RCPI_E_RIVAL2], 400);
  assert_int_equal(row[RCPI_E_EXTENT], 600);
  rcpi_arena_release(&a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_one_partner_in_a_third_article),
    cmocka_unit_test(test_two_partners_there_speak_against),
    cmocka_unit_test(test_rivals_stand_apart_extents_overlap),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
