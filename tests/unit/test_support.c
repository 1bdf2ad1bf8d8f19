/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "story.h"

static const rcpi_claim_options in_english;

/* A dispatch, its reprint, an independent report, a second dispatch of another agency. */
static const char *const halle[] = {
    "fr:Le toit de la halle de Morvanche s'est effondré lundi matin sur deux marchands, a annoncé la préfecture. Douze "
    "personnes ont été blessées, dont trois grièvement, selon la préfète, Agathe Relin. Le marché devait ouvrir à huit heures.",
    "fr:Le toit de la halle de Morvanche s'est effondré lundi matin sur deux marchands, a annoncé la préfecture. Douze "
    "personnes ont été blessées, dont trois grièvement, selon la préfète, Agathe Relin. Le marché devait ouvrir à huit heures.",
    "fr:Je rangeais mes caisses quand tout est tombé, raconte Odile Fauvel, maraîchère. Elle a vu sortir une douzaine de "
    "blessés de la halle de Morvanche. Notre reporter a compté cinq ambulances devant la gare.",
    "en:The roof of Morvanche market hall collapsed on Monday, the prefecture said. Twelve people were injured, three of them "
    "seriously, prefect Agathe Relin told reporters. The hall was built in 1911 and had been inspected in May.",
};

/* Two speakers in one text. */
static const char *const roof[] = {
    "fr:Le toit de la halle s'est effondré lundi matin, a annoncé Odile Fauvel. Douze personnes ont été blessées, a dit Marc Tessier.",
    "en:The roof of the hall collapsed on Monday."};

#define READ(f) \
  story_fixture f = {.a = {0}}; \
  rcpi_arena_init(&f.a); \
  story_read(&f, halle, 4)

static void test_a_reprint_adds_an_article_and_no_text(void **state) {
  (void)state;
  READ(f);
  story_add_claim(&f, (const char *const[]){"Le marché devait ouvrir à huit heures", "Le marché devait ouvrir à huit heures", "", ""});
  rcpi_story_judge(&f.a, &in_english, &f.story);
  const rcpi_support *s = &f.story.claims[0].support;
  assert_int_equal(s->articles, 2);
  assert_int_equal(s->texts, 1);
  assert_int_equal(s->channels, 1);
  assert_int_equal(s->independent, 1);
  assert_int_equal(f.story.n_derivations, 1);
  assert_int_equal(f.story.derivations[0].kind, RCPI_COPY);
  assert_int_equal(f.story.texts, 3);
  rcpi_arena_release(&f.a);
}

static void test_one_speaker_counts_once_wherever_quoted(void **state) {
  (void)state;
  READ(f);
  story_add_claim(&f, (const char *const[]){"Douze personnes ont été blessées", "Douze personnes ont été blessées", "",
                                      "Twelve people were injured"});
  rcpi_story_judge(&f.a, &in_english, &f.story);
  const rcpi_support *s = &f.story.claims[0].support;
  assert_int_equal(s->articles, 3);
  assert_int_equal(s->texts, 2);
  assert_int_equal(s->independent, 1);
  rcpi_arena_release(&f.a);
}

static void test_a_report_of_its_own_is_an_origin_of_its_own(void **state) {
  (void)state;
  READ(f);
  story_add_claim(&f, (const char *const[]){"Douze personnes ont été blessées", "Douze personnes ont été blessées",
                                      "Notre reporter a compté cinq ambulances", ""});
  rcpi_story_judge(&f.a, &in_english, &f.story);
  const rcpi_support *s = &f.story.claims[0].support;
  assert_int_equal(s->texts, 2);
  assert_int_equal(s->independent, 2);
  rcpi_arena_release(&f.a);
}

static void test_the_office_and_its_holder_are_one_origin(void **state) {
  (void)state;
  READ(f);
  story_add_claim(&f, (const char *const[]){"Le toit de la halle de Morvanche s'est effondré lundi matin", "",
                                      "", "Twelve people were injured"});
  rcpi_story_judge(&f.a, &in_english, &f.story);
  assert_int_equal(f.story.claims[0].support.independent, 1);
  rcpi_arena_release(&f.a);
}

/* Of a claim that holds these places, by (telling, words); the links are between them. */
static const rcpi_support *judge_tied(story_fixture *f, const uint32_t *tellings, const char *const *words, size_t n, rcpi_link *links, size_t n_links) {
  rcpi_appearance *all = rcpi_array(&f->a, rcpi_appearance, n);
  for (size_t i = 0; i < n; i++) {
    const char *at[4] = {"", "", "", ""};
    at[tellings[i]] = words[i];
    story_add_claim(f, at);
    all[i] = f->story.claims[i].appearances[0];
  }
  f->story.claims[0] = (rcpi_claim){.appearances = all, .n_appearances = n, .links = links, .n_links = n_links};
  f->story.n_claims = 1;
  rcpi_story_judge(&f->a, &in_english, &f->story);
  return &f->story.claims[0].support;
}

static void test_a_text_tied_by_a_guess_is_not_counted_apart_and_that_is_said(void **state) {
  (void)state;
  READ(f);
  rcpi_link weak[] = {{0, 1, 450}}, firm[] = {{0, 1, 990}};
  static const uint32_t in[] = {0, 2};
  static const char *const words[] = {"Douze personnes ont été blessées", "Elle a vu sortir une douzaine de blessés"};
  const rcpi_support *s = judge_tied(&f, in, words, 2, weak, 1);
  assert_int_equal(s->texts, 1);
  assert_int_equal(s->doubtful, 1);
  assert_true(rcpi_find(s->why, RCPI_S("perhaps another claim")) != RCPI_NONE);
  assert_true(rcpi_find(s->why, RCPI_S("one channel")) == RCPI_NONE);
  rcpi_arena_release(&f.a);
  READ(g);
  s = judge_tied(&g, in, words, 2, firm, 1);
  assert_int_equal(s->texts, 2);
  assert_int_equal(s->doubtful, 0);
  assert_true(rcpi_find(s->why, RCPI_S("perhaps")) == RCPI_NONE);
  rcpi_arena_release(&g.a);
}

static uint32_t n_speakers_tied(rcpi_link *links) {
  static const uint32_t in[] = {0, 0, 1};
  static const char *const words[] = {"Le toit de la halle s'est effondré lundi matin", "Douze personnes ont été blessées", "The roof of the hall collapsed on Monday"};
  story_fixture f = {.a = {0}};
  rcpi_arena_init(&f.a);
  story_read(&f, roof, 2);
  uint32_t n = (uint32_t)judge_tied(&f, in, words, 3, links, 2)->n_origins;
  rcpi_arena_release(&f.a);
  return n;
}

static void test_who_says_it_where_it_is_hardly_said_is_no_second_source(void **state) {
  (void)state;
  assert_int_equal(n_speakers_tied((rcpi_link[]){{0, 2, 900}, {1, 2, 420}}), 1);
  assert_int_equal(n_speakers_tied((rcpi_link[]){{0, 2, 900}, {1, 2, 900}}), 2);
}

static void test_an_origin_is_somebody_who_is_cited(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Le toit a cédé, a dit le groupe Société Générale du Cuivre, filiale du ministère du Logement."};
  story_fixture f = {.a = {0}};
  rcpi_arena_init(&f.a);
  story_read(&f, texts, 1);
  story_add_claim(&f, (const char *const[]){"Le toit a cédé"});
  rcpi_story_judge(&f.a, &in_english, &f.story);
  assert_true(f.story.n_origins > 0);
  for (uint32_t o = 0; o < f.story.n_origins; o++) {
    size_t n = f.story.origins[o].channel != UINT32_MAX;
    for (size_t k = 0; k < f.story.tellings[0].marks.n_frames; k++) n += f.story.frame_origin[0][k] == o;
    assert_true(n > 0);
  }
  rcpi_arena_release(&f.a);
}

/* The counts of a claim that stands in texts[0] and texts[1] at `words`. */
static rcpi_support judge_pair(const char *const *texts, const char *const *words) {
  story_fixture f = {.a = {0}};
  rcpi_arena_init(&f.a);
  story_read(&f, texts, 2);
  story_add_claim(&f, words);
  rcpi_story_judge(&f.a, &in_english, &f.story);
  rcpi_support s = f.story.claims[0].support;
  rcpi_arena_release(&f.a);
  return s;
}

static void test_a_paper_that_reported_something_is_not_thanked_for_the_whole(void **state) {
  (void)state;
  static const char *const texts[] = {
      "en:The dam at Corvane lost two metres of water, officials said. The leak was first reported by the Guardian.",
      "en:Farmers were warned at dawn. The village was emptied. Nobody was hurt. Water is short. A pump was brought."};
  story_fixture f = {.a = {0}};
  rcpi_arena_init(&f.a);
  story_read(&f, texts, 2);
  rcpi_story_judge(&f.a, &in_english, &f.story);
  assert_int_equal(f.story.n_credits, 1);
  assert_false(f.story.credits[0].is_for_all);
  rcpi_arena_release(&f.a);
}

static void test_a_country_beside_its_minister_is_no_second_source(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Madrid a annoncé que les troupes quitteraient le col mardi.",
                                      "fr:Le ministre espagnol de la Défense, Anselmo Ruivas, a déclaré que ses soldats se retireraient du col mardi."};
  static const char *const other[] = {"fr:Madrid a annoncé que les troupes quitteraient le col mardi.",
                                      "fr:Le ministre italien de la Défense, Anselmo Ruivas, a déclaré que ses soldats se retireraient du col mardi."};
  static const char *const at[] = {"les troupes quitteraient le col mardi", "ses soldats se retireraient du col mardi"};
  assert_int_equal(judge_pair(texts, at).independent, 1);
  assert_int_equal(judge_pair(other, at).independent, 2);
}

static void test_a_seat_of_power_is_its_country_in_any_language(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:La Maison Blanche a annoncé le retrait des troupes.", "en:The troops will be withdrawn, Washington said."};
  static const char *const name[] = {"fr:L'Espagne a annoncé le retrait des troupes.", "en:The troops will be withdrawn, Madrid said."};
  static const char *const at[] = {"le retrait des troupes", "The troops will be withdrawn"};
  assert_int_equal(judge_pair(texts, at).independent, 1);
  assert_int_equal(judge_pair(name, at).independent, 1);
}

static void test_a_short_form_is_no_second_source(void **state) {
  (void)state;
  static const char *const texts[] = {"en:Premiums will rise by a tenth, the Corvane administration said.", "en:Premiums will soar next year, the administration acknowledged."};
  static const char *const other[] = {"en:Premiums will rise by a tenth, the Corvane administration said.", "en:Premiums will soar next year, the insurers acknowledged."};
  static const char *const at[] = {"Premiums will rise by a tenth", "Premiums will soar next year"};
  assert_int_equal(judge_pair(texts, at).independent, 1);
  assert_int_equal(judge_pair(other, at).independent, 2);
}

static void test_an_unnamed_union_may_be_the_one_that_is_named(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Un syndicat dit avoir averti la direction en mai.",
                                      "fr:La direction avait été prévenue en mai, affirme Odile Brissot, déléguée du syndicat Astral."};
  static const char *const at[] = {"Un syndicat dit avoir averti la direction en mai", "La direction avait été prévenue en mai"};
  assert_int_equal(judge_pair(texts, at).independent, 1);
}

static void test_a_government_named_by_its_head_is_no_second_source_beside_its_seat(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Les drones ont eu des pannes, a indiqué l'administration Corvell.", "fr:Selon la Maison Blanche, les drones sont tombés en panne."};
  static const char *const other[] = {"fr:Les drones ont eu des pannes, a indiqué la société Corvell.", "fr:Selon la Maison Blanche, les drones sont tombés en panne."};
  static const char *const at[] = {"Les drones ont eu des pannes", "les drones sont tombés en panne"};
  assert_int_equal(judge_pair(texts, at).independent, 1);
  assert_int_equal(judge_pair(other, at).independent, 2);
}

/* "Astral dit avoir averti", "Astral avait averti": the second has it from the first's source. */
static void test_who_is_told_of_may_have_told_it(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Le syndicat Astral dit avoir averti la direction en mai.", "fr:En mai déjà, le syndicat Astral avait averti la direction."};
  static const char *const other[] = {"fr:Le syndicat Astral dit avoir averti la direction en mai.", "fr:En mai déjà, un courrier avait averti la direction."};
  assert_int_equal(judge_pair(texts, (const char *const[]){"avoir averti la direction en mai", "le syndicat Astral avait averti la direction"}).independent, 1);
  assert_int_equal(judge_pair(other, (const char *const[]){"avoir averti la direction en mai", "un courrier avait averti la direction"}).independent, 2);
}

/* "selon la BBC" makes the BBC an origin, and no "la BBC" beside it. */
static void test_a_channel_is_no_speaker_too(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Selon la BBC, le toit a cédé. Le toit était vieux, a dit la BBC."};
  story_fixture f = {.a = {0}};
  rcpi_arena_init(&f.a);
  story_read(&f, texts, 1);
  rcpi_story_judge(&f.a, &in_english, &f.story);
  assert_int_equal(f.story.n_origins, 1);
  assert_int_equal(f.story.origins[0].kind, RCPI_ORIGIN_MEDIUM);
  rcpi_arena_release(&f.a);
}

/* How many channels stand behind what three texts tell. */
static uint32_t channels_of(const char *const texts[3], const char *const words[3]) {
  story_fixture f = {.a = {0}};
  rcpi_arena_init(&f.a);
  story_read(&f, texts, 3);
  story_add_claim(&f, words);
  rcpi_story_judge(&f.a, &in_english, &f.story);
  uint32_t n = f.story.claims[0].support.channels;
  assert_int_equal(f.story.channels, n);   /* of the story, which is all that they tell */
  rcpi_arena_release(&f.a);
  return n;
}

/* What takes from an agency and from a paper does not make the two one channel. */
static void test_a_text_that_credits_two_joins_one_of_them(void **state) {
  (void)state;
  static const char *const texts[] = {
      "fr:Le barrage de Corvane a cédé lundi.\nReuters a contribué à cet article.",
      "fr:Le Guardian rapporte que l'ouvrage qui retenait l'eau au-dessus du bourg n'a pas tenu.",
      "fr:La retenue s'est rompue. Un fermier a raconté à Reuters que ses vaches ont fui. Un autre l'a dit au Guardian."};
  static const char *const words[] = {"Le barrage de Corvane a cédé lundi", "l'ouvrage qui retenait l'eau au-dessus du bourg n'a pas tenu", "La retenue s'est rompue"};
  assert_int_equal(channels_of(texts, words), 2);
}

/* A reprint of an agency's text is the agency's, though it thanks a paper too: two channels, not one. */
static void test_a_reprint_of_an_agency_s_text_is_the_agency_s(void **state) {
  (void)state;
  static const char *const texts[] = {
      "fr:Le barrage de Corvane a cédé lundi vers cinq heures, emportant le pont et la route du bourg. La brèche a été signalée en premier par le Guardian.\nReuters a contribué à cet article.",
      "fr:Le barrage de Corvane a cédé lundi vers cinq heures, emportant le pont et la route du bourg. La brèche a été signalée en premier par le Guardian.",
      "fr:Le Guardian rapporte que l'ouvrage qui retenait l'eau au-dessus du bourg n'a pas tenu."};
  static const char *const words[] = {"Le barrage de Corvane a cédé lundi", "Le barrage de Corvane a cédé lundi", "l'ouvrage qui retenait l'eau au-dessus du bourg n'a pas tenu"};
  assert_int_equal(channels_of(texts, words), 2);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_a_reprint_adds_an_article_and_no_text),
      cmocka_unit_test(test_one_speaker_counts_once_wherever_quoted),
      cmocka_unit_test(test_a_report_of_its_own_is_an_origin_of_its_own),
      cmocka_unit_test(test_the_office_and_its_holder_are_one_origin),
      cmocka_unit_test(test_a_text_tied_by_a_guess_is_not_counted_apart_and_that_is_said),
      cmocka_unit_test(test_an_origin_is_somebody_who_is_cited), cmocka_unit_test(test_who_says_it_where_it_is_hardly_said_is_no_second_source),
      cmocka_unit_test(test_a_paper_that_reported_something_is_not_thanked_for_the_whole),
      cmocka_unit_test(test_a_government_named_by_its_head_is_no_second_source_beside_its_seat),
      cmocka_unit_test(test_who_is_told_of_may_have_told_it), cmocka_unit_test(test_a_channel_is_no_speaker_too), cmocka_unit_test(test_a_reprint_of_an_agency_s_text_is_the_agency_s), cmocka_unit_test(test_a_text_that_credits_two_joins_one_of_them),
      cmocka_unit_test(test_a_country_beside_its_minister_is_no_second_source), cmocka_unit_test(test_a_seat_of_power_is_its_country_in_any_language), cmocka_unit_test(test_a_short_form_is_no_second_source), cmocka_unit_test(test_an_unnamed_union_may_be_the_one_that_is_named),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
