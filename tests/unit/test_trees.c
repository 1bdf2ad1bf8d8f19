/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "clean/trees.h"

enum { ROWS = 150, WIDTH = 9, STRIDE = 11 };

/* Two trees: the first looks at one number only, the second at six. */
static const rcpi_tree trees[] = {
    {.feature = {3}, .above = {100, 255, 255, 255, 255, 255}, .leaf = {-1024, 2048}},
    {.feature = {0, 1, 2, 4, 5, 8}, .above = {0, 250, 9, 127, 128, 64}, .leaf = {[5] = 512, [6] = -700, [63] = 4096, [8] = 31}}};
static const rcpi_trees model = {trees, 2, -100, WIDTH};

/* The same, one row at a time, as trees.h puts it. */
static int32_t sum_of(const uint8_t *row) {
  int32_t sum = model.bias;
  for (size_t t = 0; t < model.n; t++) {
    unsigned leaf = 0;
    for (unsigned k = 0; k < RCPI_TREE_DEPTH; k++) leaf |= (unsigned)(row[trees[t].feature[k]] > trees[t].above[k]) << k;
    sum += trees[t].leaf[leaf];
  }
  return sum;
}

static void test_many_rows_are_as_one(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    uint8_t rows[ROWS * STRIDE];
    uint16_t all[ROWS], one;
    uint32_t seed = 1;
    for (size_t i = 0; i < sizeof rows; i++) rows[i] = (uint8_t)((seed = seed * 1664525u + 1013904223u) >> 24);
    for (size_t n = 0; n <= ROWS; n += 25) {
      rcpi_trees_odds(&a, &model, rows, STRIDE, n, all);
      for (size_t i = 0; i < n; i++) {
        rcpi_trees_odds(&a, &model, rows + i * STRIDE, STRIDE, 1, &one);
        assert_int_equal(all[i], one);
      }
    }
    /* more log odds, no less odds; none of them one half but those of no log odds */
    for (size_t i = 0; i < ROWS; i++)
      for (size_t k = 0; k < ROWS; k++)
        if (sum_of(rows + i * STRIDE) <= sum_of(rows + k * STRIDE)) assert_true(all[i] <= all[k]);
  }
  rcpi_arena_release(&a);
}

static void test_a_number_is_above_or_not(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    static const rcpi_tree one[] = {{.feature = {1}, .above = {100, 255, 255, 255, 255, 255}, .leaf = {0, 1024}}};
    static const rcpi_trees small = {one, 1, 0, 2};
    static const uint8_t rows[] = {255, 100, 0, 101, 255, 0, 0, 255};
    uint16_t odds[4];
    rcpi_trees_odds(&a, &small, rows, 2, 4, odds);
    assert_int_equal(odds[0], 500);
    assert_int_equal(odds[1], 731);   /* 1 / (1 + exp(-1)) */
    assert_int_equal(odds[2], 500);
    assert_int_equal(odds[3], 731);
  }
  rcpi_arena_release(&a);
}

/* Lines of one size: those that are likelier own than what is taken so far is worth are taken too. */
static void test_the_cut_takes_what_is_worth_it(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    double expected;
    static const uint16_t plain[] = {980, 10, 970, 20, 990}, doubtful[] = {300, 280, 290, 10};
    static const uint32_t bytes[] = {100, 100, 100, 100, 100};
    assert_int_equal(rcpi_trees_cut(&a, plain, bytes, 5, &expected), 970);
    assert_true(expected > 0.97);
    assert_int_equal(rcpi_trees_cut(&a, doubtful, bytes, 4, &expected), 280);
    assert_true(expected < 0.5);
  }
  rcpi_arena_release(&a);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_many_rows_are_as_one), cmocka_unit_test(test_a_number_is_above_or_not),
                                     cmocka_unit_test(test_the_cut_takes_what_is_worth_it)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
