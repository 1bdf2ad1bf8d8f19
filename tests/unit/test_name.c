/* SPDX-License-Identifier: Apache-2.0 */
#include "mark/name.h"
#include "reading.h"

static const char *const types[] = {"person", "org", "place", "product", "media", "event", "other"};

static void tell(const reading *r, rcpi_buf *out) {
  const rcpi_marks *m = &r->telling.marks;
  for (size_t i = 0; i < m->n_names; i++)
    rcpi_buf_printf(out, "%s%.*s:%s%s", i ? " | " : "", RCPI_P(reading_words(r, m->names[i].at)), types[m->names[i].type],
                    m->names[i].has_title ? "!" : "");
}

#define FR(text, want) reading_check(tell, "fr", NULL, text, want)
#define EN(text, want) reading_check(tell, "en", NULL, text, want)

static void test_runs_of_capitals(void **state) {
  (void)state;
  FR("La ville de Paris a reçu Marine Le Querrec et Charles de Vaunoy.", "ville de Paris:place | Marine Le Querrec:person | Charles de Vaunoy:person");
  FR("Il a vu J. R. Dumont.", "J. R. Dumont:person");
  FR("Le drone Mohajer-6 a survolé la Corée du Nord.", "Mohajer-6:product | Corée du Nord:place");
}

static void test_a_number_opens_a_name_that_is_written_in_one_word_too(void **state) {
  (void)state;
  FR("Lu dans 40 Braises, dit 40braises.fr à Paris.", "40 Braises:other | 40braises:other | Paris:place");
  FR("Les 27 Rafale ont volé 300metres.", "Rafale:other");
}

static void test_titles_belong_to_the_mention_and_roles_do_not(void **state) {
  (void)state;
  FR("Selon M. Kerdal et le commandant Rémi Jolivet.", "M. Kerdal:person! | Rémi Jolivet:person!");
  EN("Interior Minister Armand Lestocq met Mr Kerdal.", "Armand Lestocq:person! | Mr Kerdal:person!");
}

static void test_heads_bring_small_words(void **state) {
  (void)state;
  FR("La Cour internationale de justice et la Fédération syndicale du rail (FSR).", "Cour internationale de justice:org | Fédération syndicale du rail:org | FSR:org");
  FR("Le viaduc de Malcombe, le syndicat mixte des digues de l'Orvance.", "viaduc de Malcombe:place | syndicat mixte des digues de l'Orvance:org");
  EN("The Malcombe viaduct and the Dalmont Institute.", "Malcombe viaduct:place | Dalmont Institute:org");
}

static void test_the_field_of_an_office_is_no_name(void **state) {
  (void)state;
  FR("Le ministre de l'Intérieur Armand Lestocq.", "Armand Lestocq:person");
  FR("Le ministère de l'Intérieur se tait.", "ministère de l'Intérieur:org");
}

static void test_two_names_side_by_side(void **state) {
  (void)state;
  FR("La présidente du Medef Laurence Norville a parlé.", "Medef:org | Laurence Norville:person");
}

static void test_a_capital_at_the_start_says_little(void **state) {
  (void)state;
  FR("Interrogé, le maire se tait. Personne ne parle. Grève partout.", "");
  FR("Sogévia a publié un texte. Moscou se tait.", "Sogévia:other | Moscou:place");
  FR("DES MILLIONS DE VOIX À PARIS", "PARIS:place");
  EN("Nobody spoke. Russian soldiers left.", "");
}

static void test_institutions_may_be_small(void **state) {
  (void)state;
  FR("Selon l'agence régionale de santé, rien.", "agence régionale de santé:org");
}

static void test_products_and_heads_behind_a_name(void **state) {
  (void)state;
  FR("Le lanceur Corvus 6 et la sonde Astrid-2 sont prêts.", "Corvus 6:product | Astrid-2:product");
  EN("The Lisbon Institute of Planetology and the Corvus 6 rocket.", "Lisbon Institute of Planetology:org | Corvus 6 rocket:product");
}

static void test_small_words_that_an_acronym_spells(void **state) {
  (void)state;
  FR("Selon l'agence spatiale nordique (ASN), rien.", "agence spatiale nordique:org | ASN:org");
  FR("Selon un rapport de mars (ASN), rien.", "ASN:org");
}

static void test_a_place_in_capitals_before_a_person(void **state) {
  (void)state;
  FR("VERNELLE Lise Carval est venue dans la plaine de Norvat.", "VERNELLE:other | Lise Carval:person | plaine de Norvat:place");
}

static void test_captions_and_credits_are_read_apart(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_langs langs;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    assert_int_equal(rcpi_langs_load(&a, NULL, &langs, NULL), RCP_OK);
    rcp_str s = RCPI_S("Photo Jean Norvat\nMenu Vernelle\nLe texte de Lise Carval.");
    rcpi_furniture furniture[] = {{{0, 17}, RCPI_FURN_CREDIT}, {{18, 31}, RCPI_FURN_NAVIGATION}};
    rcp_article article = {.text = s, .lang = rcpi_lang_by_tag(&langs, RCPI_S("fr")), .furniture = furniture, .n_furniture = 2};
    rcpi_text text;
    rcpi_marks marks;
    rcpi_names_in_furniture(&a, &article, &text, &marks);
    assert_int_equal(marks.n_names, 1);
    rcp_str words = rcpi_at(s, rcpi_tokens_span(&text, marks.names[0].at.token, marks.names[0].at.end_token));
    assert_true(rcpi_is(words, "Jean Norvat"));
  }
  rcpi_arena_release(&a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_runs_of_capitals),
      cmocka_unit_test(test_a_number_opens_a_name_that_is_written_in_one_word_too), cmocka_unit_test(test_titles_belong_to_the_mention_and_roles_do_not),
      cmocka_unit_test(test_heads_bring_small_words),
      cmocka_unit_test(test_the_field_of_an_office_is_no_name),
      cmocka_unit_test(test_two_names_side_by_side),
      cmocka_unit_test(test_a_capital_at_the_start_says_little),
      cmocka_unit_test(test_institutions_may_be_small),
      cmocka_unit_test(test_products_and_heads_behind_a_name),
      cmocka_unit_test(test_small_words_that_an_acronym_spells),
      cmocka_unit_test(test_a_place_in_capitals_before_a_person),
      cmocka_unit_test(test_captions_and_credits_are_read_apart),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
