/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/buf.h"
#include "text/text.h"

typedef struct fixture { rcpi_arena a; rcpi_langs langs; rcp_article article; rcpi_text t; } fixture;

/* French text as one string: tokens joined by |, sentences by a line end. */
static void split(const char *text, char *out, size_t size) {
  fixture f = {.a = {0}};
  rcpi_buf b;
  rcpi_arena_init(&f.a);
  rcpi_buf_init(&b);
  RCPI_GUARD(&f.a) {
    assert_int_equal(rcpi_langs_load(&f.a, NULL, &f.langs, NULL), RCP_OK);
    f.article.text = rcpi_cstr(text);
    f.article.lang = rcpi_lang_by_tag(&f.langs, RCPI_S("fr"));
    rcpi_text_split(&f.a, &f.article, &f.t);
    for (size_t i = 0; i < f.t.n_tokens; i++) {
      if (i) rcpi_buf_adds(&b, f.t.tokens[i].sentence != f.t.tokens[i - 1].sentence ? "\n" : "|");
      rcpi_buf_add(&b, rcpi_token_str(&f.t, i));
    }
  }
  assert_true(b.len < size);
  memcpy(out, b.p ? b.p : "", b.len + 1);
  rcpi_buf_release(&b);
  rcpi_arena_release(&f.a);
}

#define SPLITS(text, want) do { char got[1000]; split((text), got, sizeof got); assert_string_equal(got, (want)); } while (0)

static void test_elisions_and_inversions_are_tokens(void **state) {
  (void)state;
  SPLITS("L’homme a-t-il dit qu'aujourd'hui ?", "L’|homme|a|-t-il|dit|qu'|aujourd'hui|?");
  SPLITS("le porte-parole du Mohajer-6", "le|porte-parole|du|Mohajer-6");
}

static void test_numbers_keep_their_marks(void **state) {
  (void)state;
  SPLITS("41,5 millions, 10 000 morts, 210 tonnes.", "41,5|millions|,|10 000|morts|,|210|tonnes|.");
  SPLITS("en 2022 300 personnes à 7h42", "en|2022|300|personnes|à|7|h42");
}

static void test_sentences_end_outside_quotes(void **state) {
  (void)state;
  SPLITS("« Non. Jamais », a dit M. Paul. Il part.", "«|Non|.|Jamais|»|,|a|dit|M|.|Paul|.\nIl|part|.");
  SPLITS("« C'est fini. » Il part.", "«|C'|est|fini|.|»\nIl|part|.");
  SPLITS("La fin.Le début", "La|fin|.\nLe|début");
}

static void test_a_quotation_may_stay_open(void **state) {
  (void)state;
  fixture f = {.a = {0}};
  rcpi_arena_init(&f.a);
  RCPI_GUARD(&f.a) {
    assert_int_equal(rcpi_langs_load(&f.a, NULL, &f.langs, NULL), RCP_OK);
    f.article.text = RCPI_S("Il dit : « Un.\n« Deux », puis trois.\nUne \"seule.");
    f.article.lang = rcpi_lang_by_tag(&f.langs, RCPI_S("fr"));
    rcpi_text_split(&f.a, &f.article, &f.t);
    assert_int_equal(f.t.n_quotations, 2);
    assert_false(f.t.quotations[0].is_closed);
    assert_true(f.t.quotations[1].is_closed);
  }
  rcpi_arena_release(&f.a);
}

static void test_furniture_is_skipped(void **state) {
  (void)state;
  fixture f = {.a = {0}};
  rcpi_arena_init(&f.a);
  RCPI_GUARD(&f.a) {
    rcpi_furniture furniture = {{0, 8}, RCPI_FURN_CREDIT};
    f.article = (rcp_article){.text = RCPI_S("(Agence) Un fait.\nSuite."), .furniture = &furniture, .n_furniture = 1};
    rcpi_text_split(&f.a, &f.article, &f.t);
    assert_int_equal(f.t.n_sentences, 2);
    assert_int_equal(f.t.tokens[0].beg, 9);
    assert_int_equal(rcpi_token_at(&f.t, 0), 0);
    assert_int_equal(rcpi_token_at(&f.t, 1000), f.t.n_tokens);
  }
  rcpi_arena_release(&f.a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_elisions_and_inversions_are_tokens), cmocka_unit_test(test_numbers_keep_their_marks),
      cmocka_unit_test(test_sentences_end_outside_quotes),       cmocka_unit_test(test_a_quotation_may_stay_open),
      cmocka_unit_test(test_furniture_is_skipped),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
