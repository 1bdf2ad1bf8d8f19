/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dossier/family.h"
#include "view.h"

/* Families of articles published in the order of their index, as one string: rows by indent, "?" a text not here. */
static void draw(const rcpi_derivation *links, size_t n_links, size_t n, char *out, size_t size, size_t *n_also) {
  static const char *const days[] = {"2024-03-01||a", "2024-03-02||b", "2024-03-03||c", "2024-03-04||d", "2024-03-05||e"};
  view_fixture f;
  rcpi_families families;
  rcpi_buf b;
  rcpi_buf_init(&b);
  view_open(&f, days, n);
  f.d.story.derivations = (rcpi_derivation *)(uintptr_t)links;
  f.d.story.n_derivations = n_links;
  rcpi_view_init(&f.d.arena, &f.d, &f.view);
  rcpi_families_init(&f.d.arena, &f.view, &families);
  for (size_t i = 0; i < families.n_rows; i++) {
    for (uint32_t k = 0; k < families.rows[i].depth; k++) rcpi_buf_addc(&b, '-');
    if (families.rows[i].telling == RCPI_NO_ROW) rcpi_buf_addc(&b, '?');
    else rcpi_buf_printf(&b, "%u", families.rows[i].telling);
    rcpi_buf_addc(&b, ' ');
  }
  *n_also = families.n_also;
  assert_true(b.len < size);
  memcpy(out, b.p, b.len + 1);
  rcpi_buf_release(&b);
  view_close(&f);
}

#define DRAWS(want, want_also, n, ...) \
  do { \
    rcpi_derivation links[] = {__VA_ARGS__}; \
    char got[200]; \
    size_t n_also; \
    draw(links, sizeof links / sizeof *links, (n), got, sizeof got, &n_also); \
    assert_string_equal(got, (want)); \
    assert_int_equal(n_also, (want_also)); \
  } while (0)

static void test_children_stand_below_their_parent(void **state) {
  (void)state;
  DRAWS("0 -2 -3 1 ", 0, 4, {.a = 0, .b = 2, .direction = RCPI_B_FROM_A}, {.a = 0, .b = 3, .direction = RCPI_B_FROM_A});
}

static void test_a_chain_is_as_deep_as_it_is(void **state) {
  (void)state;
  DRAWS("0 -1 --2 ", 0, 3, {.a = 0, .b = 1, .direction = RCPI_B_FROM_A, .shared = 0.9},
        {.a = 0, .b = 2, .direction = RCPI_B_FROM_A, .shared = 0.5}, {.a = 1, .b = 2, .direction = RCPI_B_FROM_A, .shared = 0.8});
}

static void test_the_strongest_parent_makes_the_place(void **state) {
  (void)state;
  DRAWS("0 1 -2 ", 1, 3, {.a = 0, .b = 2, .direction = RCPI_B_FROM_A, .shared = 0.2, .kind = RCPI_PARTIAL},
        {.a = 1, .b = 2, .direction = RCPI_B_FROM_A, .shared = 0.1});
}

static void test_siblings_have_a_parent_that_is_not_here(void **state) {
  (void)state;
  DRAWS("0 ? -1 -2 -3 ", 0, 4, {.a = 1, .b = 2, .direction = RCPI_SIBLINGS}, {.a = 2, .b = 3, .direction = RCPI_SIBLINGS});
}

static void test_siblings_of_a_parent_that_is_here_need_no_other(void **state) {
  (void)state;
  DRAWS("0 -1 -2 ", 0, 3, {.a = 0, .b = 1, .direction = RCPI_B_FROM_A}, {.a = 0, .b = 2, .direction = RCPI_B_FROM_A},
        {.a = 1, .b = 2, .direction = RCPI_SIBLINGS});
}

static void test_an_unknown_direction_puts_the_later_below(void **state) {
  (void)state;
  DRAWS("0 -2 1 ", 0, 3, {.a = 0, .b = 2, .direction = RCPI_UNKNOWN});
}

static void test_a_circle_is_cut(void **state) {
  (void)state;
  DRAWS("0 -1 --2 ", 1, 3, {.a = 0, .b = 1, .direction = RCPI_B_FROM_A, .shared = 0.9},
        {.a = 1, .b = 2, .direction = RCPI_B_FROM_A, .shared = 0.8}, {.a = 0, .b = 2, .direction = RCPI_A_FROM_B, .shared = 0.7});
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_children_stand_below_their_parent),      cmocka_unit_test(test_a_chain_is_as_deep_as_it_is),
      cmocka_unit_test(test_the_strongest_parent_makes_the_place),   cmocka_unit_test(test_siblings_have_a_parent_that_is_not_here),
      cmocka_unit_test(test_siblings_of_a_parent_that_is_here_need_no_other),
      cmocka_unit_test(test_an_unknown_direction_puts_the_later_below), cmocka_unit_test(test_a_circle_is_cut),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
