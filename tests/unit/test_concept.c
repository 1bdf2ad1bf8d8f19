/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "claim/concept.h"

typedef struct fixture { rcpi_arena a; rcpi_langs langs; rcpi_concepts concepts; rcp_article article; rcpi_text text; } fixture;

enum { FRENCH, ENGLISH };

static void read_all(fixture *f, const char *text) {
  rcpi_arena_init(&f->a);
  assert_int_equal(rcpi_langs_load(&f->a, NULL, &f->langs, NULL), RCP_OK);
  const rcpi_lang *langs[] = {rcpi_lang_by_tag(&f->langs, RCPI_S("fr")), rcpi_lang_by_tag(&f->langs, RCPI_S("en"))};
  rcpi_concepts_read(&f->a, langs, 2, &f->concepts);
  f->article.text = rcpi_cstr(text);
  f->article.lang = langs[FRENCH];
  rcpi_text_split(&f->a, &f->article, &f->text);
}

static bool has(const fixture *f, rcpi_concept_set set, const char *name) {
  for (size_t i = 0; i < set.n; i++)
    if (set.ids[i] == rcpi_concept_named(&f->concepts, name)) return true;
  return false;
}

static void test_words_are_found_by_form_and_by_stem(void **state) {
  (void)state;
  fixture f = {.a = {0}};
  read_all(&f, "rachats blessées");
  assert_true(has(&f, rcpi_concepts_of(&f.concepts, FRENCH, &f.text.tokens[0]), "buy"));
  assert_true(has(&f, rcpi_concepts_of(&f.concepts, FRENCH, &f.text.tokens[1]), "injure"));
  assert_int_equal(rcpi_concepts_of(&f.concepts, ENGLISH, &f.text.tokens[1]).n, 0);
  rcpi_arena_release(&f.a);
}

static void test_languages_share_concepts(void **state) {
  (void)state;
  fixture f = {.a = {0}};
  read_all(&f, "");
  assert_true(has(&f, rcpi_concepts_of_form(&f.concepts, FRENCH, RCPI_S("achat")), "buy"));
  assert_true(has(&f, rcpi_concepts_of_form(&f.concepts, ENGLISH, RCPI_S("purchase")), "buy"));
  assert_int_equal(rcpi_concept_named(&f.concepts, "no such concept"), UINT32_MAX);
  rcpi_arena_release(&f.a);
}

static void test_the_longest_expression_is_taken(void **state) {
  (void)state;
  fixture f = {.a = {0}};
  rcpi_concept_set set = {NULL, 0};
  read_all(&f, "perdre la vie hier");
  assert_int_equal(rcpi_concepts_phrase(&f.concepts, FRENCH, &f.text, 0, f.text.n_tokens, &set), 3);
  assert_true(has(&f, set, "die"));
  assert_int_equal(rcpi_concepts_phrase(&f.concepts, FRENCH, &f.text, 0, 2, &set), 0);
  rcpi_arena_release(&f.a);
}

static void test_opposites_are_apart(void **state) {
  (void)state;
  static const char *const pair[][2] = {{"ouvrir", "fermer"}, {"hausse", "baisse"}, {"gagner", "perdre"}, {"acheter", "vendre"},
                                        {"adopter", "rejeter"}, {"condamner", "acquitter"}};
  fixture f = {.a = {0}};
  read_all(&f, "");
  for (size_t i = 0; i < sizeof pair / sizeof *pair; i++) {
    rcpi_concept_set x = rcpi_concepts_of_form(&f.concepts, FRENCH, rcpi_cstr(pair[i][0]));
    rcpi_concept_set y = rcpi_concepts_of_form(&f.concepts, FRENCH, rcpi_cstr(pair[i][1]));
    assert_true(x.n && y.n);
    for (size_t k = 0; k < x.n; k++)
      for (size_t l = 0; l < y.n; l++) assert_int_not_equal(x.ids[k], y.ids[l]);
  }
  rcpi_arena_release(&f.a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_words_are_found_by_form_and_by_stem), cmocka_unit_test(test_languages_share_concepts),
      cmocka_unit_test(test_the_longest_expression_is_taken), cmocka_unit_test(test_opposites_are_apart),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
