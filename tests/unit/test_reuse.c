/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "reuse/reuse.h"

enum { MOST = 1000 };

typedef struct fixture {
  rcpi_arena a;
  rcpi_langs langs;
  rcp_article articles[MOST];
  rcpi_text texts[MOST];
  const rcpi_text *list[MOST];
  rcpi_shared *pairs;
  size_t n_pairs;
} fixture;

static fixture f;

static void compare(const char *const *texts, size_t n) {
  rcpi_arena_init(&f.a);
  RCPI_GUARD(&f.a) {
    assert_int_equal(rcpi_langs_load(&f.a, NULL, &f.langs, NULL), RCP_OK);
    for (size_t i = 0; i < n; i++) {
      f.articles[i] = (rcp_article){.text = rcpi_cstr(texts[i]), .lang = rcpi_lang_by_tag(&f.langs, RCPI_S("fr"))};
      rcpi_text_split(&f.a, &f.articles[i], &f.texts[i]);
      f.list[i] = &f.texts[i];
    }
    f.n_pairs = rcpi_reuse_pairs(&f.a, f.list, n, &f.pairs);
  }
}

#define DISPATCH "Un train de marchandises a déraillé mardi matin près de Corvenne, faisant deux blessés légers, selon la préfecture."

static void test_a_passage_has_its_place_in_both(void **state) {
  (void)state;
  const char *texts[] = {(DISPATCH " Le trafic reprendra jeudi."), ("Vu de la rive : rien.\n" DISPATCH), "Le marché rouvre samedi."};
  compare(texts, 3);
  assert_int_equal(f.n_pairs, 1);
  const rcpi_shared *p = &f.pairs[0];
  assert_int_equal(p->a, 0);
  assert_int_equal(p->b, 1);
  assert_int_equal(p->n_passages, 1);
  rcp_str in_a = rcpi_at(f.texts[0].s, p->passages[0].a), in_b = rcpi_at(f.texts[1].s, p->passages[0].b);
  assert_true(rcpi_starts(in_a, RCPI_S("Un train")));
  assert_true(rcpi_ends(in_a, RCPI_S("la préfecture")));
  assert_true(rcpi_eq(in_a, in_b));
  assert_true(p->passages[0].is_verbatim);
  assert_true(p->containment_a > 0.7 && p->containment_a < 1);
  assert_int_equal(p->longest, 18);
  rcpi_arena_release(&f.a);
}

static void test_case_accents_and_apostrophes_are_no_change(void **state) {
  (void)state;
  const char *texts[] = {"L'ÉCLUSE DE SARNOY A ÉTÉ ROUVERTE HIER APRÈS UNE SEMAINE D'ARRÊT",
                         "L’écluse de Sarnoy a été rouverte hier, après une semaine d’arrêt."};
  compare(texts, 2);
  assert_int_equal(f.n_pairs, 1);
  assert_true(f.pairs[0].passages[0].is_verbatim);
  assert_true(f.pairs[0].resemblance == 1);
  assert_true(f.pairs[0].containment_a == 1 && f.pairs[0].containment_b == 1);
  rcpi_arena_release(&f.a);
}

static void test_an_edited_passage_is_one_and_not_verbatim(void **state) {
  (void)state;
  const char *texts[] = {"Un train de marchandises a déraillé mardi matin près de Corvenne, faisant deux blessés légers.",
                         "Un convoi de marchandises a déraillé mardi matin tout près de Corvenne, et fait trois blessés légers."};
  compare(texts, 2);
  assert_int_equal(f.n_pairs, 1);
  assert_int_equal(f.pairs[0].n_passages, 1);
  assert_false(f.pairs[0].passages[0].is_verbatim);
  assert_int_equal(f.pairs[0].longest, 6);
  rcpi_arena_release(&f.a);
}

static void test_the_same_facts_in_other_words_share_nothing(void **state) {
  (void)state;
  const char *texts[] = {DISPATCH, "Deux personnes ont été légèrement blessées quand des wagons ont quitté la voie à Corvenne mardi."};
  compare(texts, 2);
  assert_int_equal(f.n_pairs, 0);
  rcpi_arena_release(&f.a);
}

static void test_a_shared_quotation_is_told_apart(void **state) {
  (void)state;
  const char *texts[] = {"« Nous ne savons pas encore ce qui a causé cette panne », a dit la maire.",
                         "La maire l'avoue : « Nous ne savons pas encore ce qui a causé cette panne. »"};
  compare(texts, 2);
  assert_int_equal(f.n_pairs, 1);
  assert_true(f.pairs[0].quoted == 1);
  rcpi_arena_release(&f.a);
}

static void test_unspaced_scripts_go_by_characters(void **state) {
  (void)state;
  const char *texts[] = {"市政府星期二宣布，旧铁桥将于六月关闭三个月进行维修。", "据报道，市政府星期二宣布，旧铁桥将于七月关闭三个月进行维修。"};
  compare(texts, 2);
  assert_int_equal(f.n_pairs, 1);
  assert_int_equal(f.pairs[0].n_passages, 1);
  assert_false(f.pairs[0].passages[0].is_verbatim);
  rcpi_arena_release(&f.a);
}

static void test_nothing_is_fine(void **state) {
  (void)state;
  const char *texts[] = {"", "Un", "", "..."};
  compare(texts, 4);
  assert_int_equal(f.n_pairs, 0);
  rcpi_arena_release(&f.a);
}

/* --------------------------------------------------------------------------------------------------- proportion */

static char room[MOST][6000];

/* Stories of made-up words: `shared` sentences in a hundred come from a common stock, the others are the text's own. */
static void invent(size_t n, unsigned shared, const char **texts) {
  uint64_t random = 7;
  for (size_t t = 0; t < n; t++) {
    size_t len = 0;
    for (unsigned sentence = 0; sentence < 25; sentence++) {
      random = random * 6364136223846793005u + 1442695040888963407u;
      uint64_t words = (random >> 40) % 100 < shared ? (random >> 33) % 50 : random;
      for (unsigned i = 0; i < 14; i++) {
        words = words * 6364136223846793005u + 1442695040888963407u;
        len += (size_t)snprintf(room[t] + len, sizeof room[t] - len, "%sm%u", i ? " " : "", (unsigned)(words >> 40) % 5000);
      }
      len += (size_t)snprintf(room[t] + len, sizeof room[t] - len, ".\n");
    }
    texts[t] = room[t];
  }
}

static double seconds(size_t n, unsigned shared) {
  static const char *texts[MOST];
  invent(n, shared, texts);
  compare(texts, n);
  struct timespec from, to;
  double best = 1e9;
  for (int i = 0; i < 3; i++) {
    rcpi_arena a;
    rcpi_shared *pairs;
    rcpi_arena_init(&a);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    RCPI_GUARD(&a) rcpi_reuse_pairs(&a, f.list, n, &pairs);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    rcpi_arena_release(&a);
    double s = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) * 1e-9;
    if (s < best) best = s;
  }
  rcpi_arena_release(&f.a);
  print_message("%zu tellings, %u sentences in a hundred shared: %.1f ms\n", n, shared, best * 1000);
  return best;
}

static void test_time_stays_in_proportion(void **state) {
  (void)state;
  double few = seconds(50, 5), many = seconds(200, 5);
  assert_true(many < 1);
  assert_true(many < few * 12 + 0.05);
  assert_true(seconds(200, 100) < 5);
}

static void test_one_word_repeated_and_a_thousand_copies(void **state) {
  (void)state;
  static char same[2][400000];
  static const char *texts[MOST];
  for (size_t i = 0; i + 4 < sizeof same[0]; i += 4) memcpy(same[0] + i, "mot ", 5), memcpy(same[1] + i, "mot ", 5);
  texts[0] = same[0], texts[1] = same[1];
  compare(texts, 2);
  assert_int_equal(f.n_pairs, 1);
  assert_true(f.pairs[0].containment_a > 0.99);
  rcpi_arena_release(&f.a);
  for (size_t i = 0; i < MOST; i++) texts[i] = DISPATCH;
  compare(texts, MOST);
  assert_int_equal(f.n_pairs, MOST * (MOST - 1) / 2);
  rcpi_arena_release(&f.a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_a_passage_has_its_place_in_both),
      cmocka_unit_test(test_case_accents_and_apostrophes_are_no_change),
      cmocka_unit_test(test_an_edited_passage_is_one_and_not_verbatim),
      cmocka_unit_test(test_the_same_facts_in_other_words_share_nothing),
      cmocka_unit_test(test_a_shared_quotation_is_told_apart),
      cmocka_unit_test(test_unspaced_scripts_go_by_characters),
      cmocka_unit_test(test_nothing_is_fine),
      cmocka_unit_test(test_time_stays_in_proportion),
      cmocka_unit_test(test_one_word_repeated_and_a_thousand_copies),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
