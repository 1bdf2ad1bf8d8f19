/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "claim/cluster.h"

/* Pieces by hand: telling, first and end token. A telling is one sentence. */
static size_t cluster(rcpi_arena *a, const uint32_t (*at)[3], size_t n, rcpi_pair *pairs, size_t n_pairs, rcpi_cluster **out) {
  rcpi_piece *p = rcpi_array(a, rcpi_piece, n);
  rcpi_piece_sentence *s = rcpi_array(a, rcpi_piece_sentence, at[n - 1][0] + 1);
  for (uint32_t i = 0; i < n; i++) {
    p[i] = (rcpi_piece){.telling = at[i][0], .at = {at[i][1], at[i][2]}, .sentence = at[i][0], .n_clauses = 1};
    if (!s[at[i][0]].n++) s[at[i][0]].first = i;
  }
  rcpi_pieces pieces = {.pieces = p, .n_pieces = n, .sentences = s};
  rcpi_scores scores = {.pairs = pairs, .n_pairs = n_pairs};
  return rcpi_clusters_make(a, &pieces, &scores, out);
}

static void test_sure_pairs_of_two_articles_are_a_claim(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_cluster *c;
  rcpi_arena_init(&a);
  const uint32_t at[][3] = {{0, 0, 5}, {0, 5, 9}, {1, 0, 4}, {1, 4, 8}};
  rcpi_pair pairs[] = {{0, 2, 900}, {0, 3, 100}, {1, 3, 390}};
  assert_int_equal(cluster(&a, at, 4, pairs, 3, &c), 1);
  assert_int_equal(c[0].n, 2);
  assert_int_equal(c[0].pieces[0], 0);
  assert_int_equal(c[0].pieces[1], 2);
  rcpi_arena_release(&a);
}

static void test_pieces_that_overlap_never_meet(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_cluster *c;
  rcpi_arena_init(&a);
  const uint32_t at[][3] = {{0, 0, 5}, {0, 0, 9}, {1, 0, 4}};
  rcpi_pair pairs[] = {{0, 1, 950}, {0, 2, 800}, {1, 2, 900}};
  assert_int_equal(cluster(&a, at, 3, pairs, 3, &c), 1);
  assert_int_equal(c[0].n, 2);
  assert_int_equal(c[0].pieces[0], 1);
  rcpi_arena_release(&a);
}

static void test_a_chain_is_no_claim(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_cluster *c;
  rcpi_arena_init(&a);
  const uint32_t at[][3] = {{0, 0, 5}, {1, 0, 5}, {2, 0, 5}};
  rcpi_pair pairs[] = {{0, 1, 700}, {1, 2, 600}};   /* 0 and 2 share nothing */
  assert_int_equal(cluster(&a, at, 3, pairs, 2, &c), 1);
  assert_int_equal(c[0].n, 2);
  assert_int_equal(c[0].pieces[1], 1);
  rcpi_arena_release(&a);
}

static void test_a_place_may_carry_two_claims(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_cluster *c;
  rcpi_arena_init(&a);
  const uint32_t at[][3] = {{0, 0, 5}, {0, 9, 14}, {1, 0, 9}, {2, 0, 5}, {2, 9, 14}};
  rcpi_pair pairs[] = {{0, 2, 800}, {0, 3, 900}, {1, 2, 700}, {1, 4, 900}, {2, 3, 800}, {2, 4, 700}};
  assert_int_equal(cluster(&a, at, 5, pairs, 6, &c), 2);
  assert_int_equal(c[0].n, 3);
  assert_int_equal(c[1].n, 3);
  assert_int_equal(c[0].pieces[1], 2);
  assert_int_equal(c[1].pieces[1], 2);
  rcpi_arena_release(&a);
}

/* The clauses of 0, 1 and 3 are one claim, the whole sentences of 0, 1 and 2 the same again: 2 tells it too. */
static void test_what_a_nested_cluster_has_beyond_is_kept(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_cluster *c;
  rcpi_arena_init(&a);
  const uint32_t at[][3] = {{0, 0, 5}, {0, 0, 10}, {1, 0, 5}, {1, 0, 10}, {2, 0, 10}, {3, 0, 5}};
  rcpi_pair pairs[] = {{0, 1, 950}, {0, 2, 900}, {0, 4, 400}, {0, 5, 850}, {1, 3, 950}, {1, 4, 900}, {2, 3, 950}, {2, 4, 400}, {2, 5, 850}, {3, 4, 900}, {4, 5, 300}};
  assert_int_equal(cluster(&a, at, 6, pairs, 11, &c), 1);
  assert_int_equal(c[0].n, 4);
  assert_int_equal(c[0].pieces[2], 4);
  pairs[2].score = pairs[7].score = 200;   /* too far from the rest */
  assert_int_equal(cluster(&a, at, 6, pairs, 11, &c), 1);
  assert_int_equal(c[0].n, 3);
  rcpi_arena_release(&a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_sure_pairs_of_two_articles_are_a_claim), cmocka_unit_test(test_pieces_that_overlap_never_meet),
      cmocka_unit_test(test_a_chain_is_no_claim), cmocka_unit_test(test_a_place_may_carry_two_claims),
      cmocka_unit_test(test_what_a_nested_cluster_has_beyond_is_kept),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
