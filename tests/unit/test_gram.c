/* SPDX-License-Identifier: Apache-2.0 */
#include "said.h"

/* The verbs of a text with their tense, as "word:tense". */
static void verbs(const char *tag, const char *text, char *out, size_t size) {
  static const char *const names[] = {"", "inf", "pres", "impf", "past", "fut", "cond", "subj", "pp", "part"};
  rcpi_arena a;
  rcpi_langs langs;
  rcp_article article = {.text = rcpi_cstr(text)};
  rcpi_text t;
  rcpi_buf b;
  rcpi_arena_init(&a);
  rcpi_buf_init(&b);
  RCPI_GUARD(&a) {
    assert_int_equal(rcpi_langs_load(&a, NULL, &langs, NULL), RCP_OK);
    article.lang = rcpi_lang_by_tag(&langs, rcpi_cstr(tag));
    rcpi_text_split(&a, &article, &t);
    const rcpi_gram *g = rcpi_gram_read(&a, &t);
    for (size_t i = 0; i < t.n_tokens; i++) {
      if (!g[i].tense) continue;
      if (b.len) rcpi_buf_addc(&b, ' ');
      rcpi_buf_add(&b, rcpi_token_str(&t, i));
      rcpi_buf_addc(&b, ':');
      rcpi_buf_adds(&b, names[g[i].tense]);
    }
  }
  assert_true(b.len < size);
  memcpy(out, b.p ? b.p : "", b.len + 1);
  rcpi_buf_release(&b);
  rcpi_arena_release(&a);
}

#define VERBS(tag, text, want) do { char got[1000]; verbs((tag), (text), got, sizeof got); assert_string_equal(got, (want)); } while (0)

static void test_forms_are_told_by_endings(void **state) {
  (void)state;
  VERBS("fr", "Il achèterait un navire qui coûterait cher.", "achèterait:cond coûterait:cond");
  VERBS("fr", "Il montrait un portrait et prévenait la police.", "montrait:impf prévenait:impf");
  VERBS("fr", "Ils ont appelé ceux qu'ils appellent.", "ont:pres appelé:pp appellent:pres");
}

static void test_neighbours_settle_what_a_form_is(void **state) {
  (void)state;
  VERBS("fr", "La demande du juge porte sur la note.", "porte:pres");
  VERBS("fr", "Elle la note, et le juge accuse.", "note:pres accuse:pres");
  VERBS("fr", "Le commandant en disant cela.", "disant:part");
  VERBS("fr", "Il n'a, de son côté, pas été entendu.", "a:pres été:pp entendu:pp");
}

static void test_english_forms(void **state) {
  (void)state;
  VERBS("en", "She said the reports had been stopped.", "said:past had:past been:pp stopped:pp");
  VERBS("en", "They want to report it.", "want:pres report:inf");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_forms_are_told_by_endings), cmocka_unit_test(test_neighbours_settle_what_a_form_is),
      cmocka_unit_test(test_english_forms),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
