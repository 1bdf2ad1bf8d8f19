/* SPDX-License-Identifier: Apache-2.0 */
#include "mark/name_group.h"
#include "reading.h"

typedef struct story { rcpi_arena a; rcpi_langs langs; rcp_article article[8]; rcpi_telling telling[8]; rcpi_name_groups groups; } story;

/* Tellings are written "fr:Selon M. X.", by language. */
static void group(story *s, const char *const *texts, size_t n) {
  rcpi_mark_options options = {.story_date = {NULL, 0}};
  assert_int_equal(rcpi_langs_load(&s->a, NULL, &s->langs, NULL), RCP_OK);
  for (size_t i = 0; i < n; i++) {
    s->article[i] = (rcp_article){.text = rcpi_cstr(texts[i] + 3), .lang = rcpi_lang_by_tag(&s->langs, (rcp_str){texts[i], 2})};
    rcpi_telling_read(&s->a, &s->article[i], &options, &s->telling[i]);
  }
  rcpi_names_group(&s->a, s->telling, n, &s->groups);
}

static rcp_str spelled(const story *s, rcpi_name_mention m) {
  const rcpi_telling *t = &s->telling[m.telling];
  return rcpi_at(t->text.s, rcpi_tokens_span(&t->text, t->marks.names[m.name].at.token, t->marks.names[m.name].at.end_token));
}

/* One line a group: canonical name, then its mentions. */
static void check(const char *const *texts, size_t n, const char *want) {
  story s = {.langs = {0}};
  rcpi_buf out;
  rcpi_arena_init(&s.a);
  rcpi_buf_init(&out);
  RCPI_GUARD(&s.a) {
    group(&s, texts, n);
    for (size_t i = 0; i < s.groups.n_groups; i++) {
      const rcpi_name_group *g = &s.groups.groups[i];
      rcpi_buf_printf(&out, "%s%.*s:", i ? "\n" : "", RCPI_P(g->canonical));
      for (uint32_t k = 0; k < g->n; k++) rcpi_buf_printf(&out, " [%.*s]", RCPI_P(spelled(&s, s.groups.mentions[g->first + k])));
    }
  }
  rcpi_buf_addc(&out, 0);
  assert_string_equal(out.p, want);
  rcpi_buf_release(&out);
  rcpi_arena_release(&s.a);
}

#define CHECK(want, ...) do { const char *const t[] = {__VA_ARGS__}; check(t, sizeof t / sizeof *t, (want)); } while (0)

static void test_titles_and_last_names(void **state) {
  (void)state;
  CHECK("Étienne Vaugrand: [Étienne Vaugrand] [M. Vaugrand] [Vaugrand]",
        "fr:Le maire, Étienne Vaugrand, parle.", "fr:Selon M. Vaugrand, rien. On a vu Vaugrand.");
}

static void test_a_last_name_of_two_people_is_neither(void **state) {
  (void)state;
  CHECK("Paul Durmont: [Paul Durmont]\nJean Durmont: [Jean Durmont]\nDurmont: [Durmont]",
        "fr:On a vu Paul Durmont et Jean Durmont. Puis on a revu Durmont.");
}

static void test_spellings_and_slips(void **state) {
  (void)state;
  CHECK("Louhansk: [Louhansk] [Lougansk]", "fr:Ils sont à Louhansk.", "fr:Ils sont à Lougansk.");
  CHECK("Mohajer-6: [Mohajer-6] [Muhajir]", "fr:Un drone Mohajer-6 vole.", "fr:Six drones de type Muhajir volent.");
  CHECK("Étienne Vasseur: [Étienne Vasseur] [Etienne Vassor]", "fr:Selon Étienne Vasseur, oui.", "fr:Selon Etienne Vassor, oui.");
  CHECK("Hélène Maurin: [Hélène Maurin] [Helene Maurin]", "fr:Selon Hélène Maurin, oui.", "en:So says Helene Maurin.");
}

static void test_names_that_stay_apart(void **state) {
  (void)state;
  CHECK("Corée du Nord: [Corée du Nord]\nCorée du Sud: [Corée du Sud]", "fr:Entre la Corée du Nord et la Corée du Sud.");
  CHECK("Indochine: [Indochine]\nIndonésie: [Indonésie]", "fr:De l'Indochine à l'Indonésie.");
  CHECK("G7: [G7]\nG20: [G20]", "fr:Le G7 et le G20 se parlent.");
  CHECK("préfecture de Malcombe: [préfecture de Malcombe]\nMalcombe: [Malcombe]", "fr:La préfecture de Malcombe se tait. Ils vivent à Malcombe.");
  CHECK("Moscou: [Moscou]\nRussie: [Russie]", "fr:Entre Moscou et la Russie.");
}

static void test_acronyms(void **state) {
  (void)state;
  CHECK("groupe Société Générale du Cuivre: [groupe Société Générale du Cuivre] [SGC] [SGC]",
        "fr:Selon le groupe Société Générale du Cuivre (SGC), rien ne change.", "fr:La SGC recrute.");
  CHECK("Fédération syndicale du rail: [Fédération syndicale du rail] [FSR] [FSR]",
        "fr:La Fédération syndicale du rail (FSR) appelle.", "fr:La FSR appelle.");
  CHECK("agence Norvapresse: [agence Norvapresse] [ANP]", "fr:Selon l'agence Norvapresse, oui.", "fr:Selon l'ANP, oui.");
  CHECK("Nations unies: [ONU] [Nations unies] [United Nations]", "fr:À l'ONU, rien.", "fr:Aux Nations unies, rien.", "en:At the United Nations, nothing.");
}

/* "Le" behind a title is all small words: an acronym without a letter to spell. */
static void test_a_small_word_behind_a_title_is_no_acronym(void **state) {
  (void)state;
  CHECK("Le: [M.Le]", "fr:M.Le t");
}

static void test_heads_are_one_in_all_languages(void **state) {
  (void)state;
  CHECK("viaduc de Malcombe: [viaduc de Malcombe] [Malcombe] [Malcombe viaduct]", "fr:Sous le viaduc de Malcombe. À Malcombe, rien.", "en:Under the Malcombe viaduct.");
  CHECK("Institut Dalmont: [Institut Dalmont] [Dalmont Institute]", "fr:Selon l'Institut Dalmont, oui.", "en:So says the Dalmont Institute.");
}

static void test_a_head_beside_its_name_may_be_left_out(void **state) {
  (void)state;
  CHECK("institut Dalmont: [institut Dalmont] [Dalmont]", "fr:Selon l'institut Dalmont, oui.", "fr:Selon Dalmont, non.");
  CHECK("mairie de Malcombe: [mairie de Malcombe]\nMalcombe: [Malcombe]", "fr:La mairie de Malcombe se tait.", "fr:Ils vivent à Malcombe.");
}

static void test_of_a_country_in_two_languages(void **state) {
  (void)state;
  CHECK("Agence spatiale norvégienne: [Agence spatiale norvégienne] [Norwegian Space Agency]", "fr:Selon l'Agence spatiale norvégienne, oui.",
        "en:So says the Norwegian Space Agency.");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_titles_and_last_names),  cmocka_unit_test(test_a_last_name_of_two_people_is_neither),
      cmocka_unit_test(test_spellings_and_slips),    cmocka_unit_test(test_names_that_stay_apart),
      cmocka_unit_test(test_acronyms),               cmocka_unit_test(test_heads_are_one_in_all_languages),
      cmocka_unit_test(test_a_head_beside_its_name_may_be_left_out),
      cmocka_unit_test(test_a_small_word_behind_a_title_is_no_acronym),
      cmocka_unit_test(test_of_a_country_in_two_languages),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
