/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "claim/align.h"
#include "claim/piece.h"
#include "story.h"

static const char *const ferry[] = {
    "fr:Un ferry s'échoue devant Port-Lazenne\nLe ferry Corvette s'est échoué dimanche devant Port-Lazenne. "
    "Les 214 passagers ont été ramenés à terre par des chalutiers. La compagnie Armorine ouvre une enquête interne.",
    "fr:Les 214 passagers du ferry ont été ramenés à terre par des chalutiers de Port-Lazenne. "
    "Le syndicat des marins réclame depuis deux ans un second pilote.\n"
    "La compagnie Armorine a ouvert une enquête interne.",
    "fr:Le syndicat des marins réclame un second pilote depuis deux ans. Le musée rouvrira en avril.",
};

#define READ(f, texts) \
  story_fixture f = {.a = {0}}; \
  rcpi_arena_init(&f.a); \
  story_read(&f, texts, sizeof texts / sizeof *texts); \
  rcpi_claims_align(&f.a, NULL, &f.story)

static void test_places_that_say_the_same_are_one_claim(void **state) {
  (void)state;
  READ(f, ferry);
  assert_true(story_same(&f, 0, "214 passagers", 1, "214 passagers"));
  assert_true(story_same(&f, 0, "enquête interne", 1, "enquête interne"));
  assert_true(story_same(&f, 1, "second pilote", 2, "second pilote"));
  rcpi_arena_release(&f.a);
}

/* A mean over the few pieces of a short article made a sentence's own counterpart look common. */
static void test_two_short_articles(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Le toit de la halle s'est effondré lundi vers 4h20, a dit la mairie.",
                                      "fr:Le toit de la halle s'est effondré lundi vers 16h20, a dit la mairie."};
  READ(f, texts);
  assert_true(story_same(&f, 0, "4h20", 1, "16h20"));
  rcpi_arena_release(&f.a);
}

/* Who speaks, with a circumstance beside it, is no place that may carry a claim. */
static void test_a_speaker_beside_a_circumstance_is_no_piece(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Après cette mauvaise saison, la ministre de l'Agriculture, Odile Ferrandec, a indiqué qu'elle gardait toujours une entière confiance dans la filière du lait et dans ses éleveurs de montagne."};
  READ(f, texts);
  rcpi_items items;
  rcpi_pieces pieces;
  rcpi_items_read(&f.a, f.story.tellings, 1, &f.story.names, &items);
  rcpi_pieces_read(&f.a, f.story.tellings, 1, &items, &pieces);
  for (size_t i = 0; i < pieces.n_pieces; i++) {
    rcp_str words = rcpi_at(f.story.tellings[0].text.s, rcpi_tokens_span(&f.story.tellings[0].text, pieces.pieces[i].at.token, pieces.pieces[i].at.end_token));
    assert_false(rcpi_starts(words, RCPI_S("Après")) && rcpi_find(words, RCPI_S("indiqué")) != RCPI_NONE);
  }
  assert_true(pieces.n_pieces > 1);
  rcpi_arena_release(&f.a);
}

static uint16_t likeness(const rcpi_items *items, const char *x, const char *y) {
  for (size_t i = 0; i < items->n_items; i++)
    for (uint32_t k = items->like_at[i]; k < items->like_at[i + 1]; k++)
      if (rcpi_is(items->items[i].form, x) && rcpi_is(items->items[items->likes[k].item].form, y)) return items->likes[k].sim;
  return 0;
}

/* Words that share no concept and no letters meet through the dictionary, in a story of two languages. */
static void test_a_word_meets_its_translation(void **state) {
  (void)state;
  static const char *const texts[] = {"fr:Des lits ont brûlé sous le ciel de Port-Lazenne.", "en:Beds burned under the sky of Port-Lazenne."};
  READ(f, texts);
  rcpi_items items;
  rcpi_items_read(&f.a, f.story.tellings, 2, &f.story.names, &items);
  assert_int_equal(likeness(&items, "ciel", "sky"), 218);
  assert_int_equal(likeness(&items, "ciel", "beds"), 0);
  rcpi_items_read(&f.a, f.story.tellings, 1, &f.story.names, &items);
  for (size_t i = 0; i < items.n_items; i++) assert_int_equal(items.items[i].common.n, 0);
  rcpi_arena_release(&f.a);
}

/* What is said of 5.000 is only who says it: it is the other number of one claim. */
static void test_a_number_that_answers_another_is_of_its_claim(void **state) {
  (void)state;
  static const char *const texts[] = {
      "fr:La marche de Port-Lazenne a réuni 2.100 personnes selon la police, 5.000 selon le syndicat des marins.",
      "fr:Jeudi, la marche de Port-Lazenne a réuni 2.100 personnes selon la police, 5.000 selon le syndicat des marins."};
  READ(f, texts);
  assert_true(story_same(&f, 0, "2.100 personnes", 1, "5.000"));
  rcpi_arena_release(&f.a);
}

static void test_other_facts_stay_apart(void **state) {
  (void)state;
  READ(f, ferry);
  assert_false(story_same(&f, 0, "214 passagers", 1, "second pilote"));
  assert_false(story_same(&f, 0, "enquête interne", 2, "musée"));
  rcpi_arena_release(&f.a);
}

static void test_every_claim_points_to_words_in_reading_order(void **state) {
  (void)state;
  READ(f, ferry);
  assert_true(f.story.n_claims > 3);
  for (size_t i = 0; i < f.story.n_claims; i++) {
    const rcpi_claim *c = &f.story.claims[i];
    assert_true(c->n_appearances > 0);
    for (size_t k = 0; k < c->n_appearances; k++) {
      const rcpi_appearance *p = &c->appearances[k];
      assert_true(rcpi_tokens_any(p->at));
      assert_true(p->at.end_token <= f.story.tellings[p->telling].text.n_tokens);
      if (k) assert_true(p[-1].telling < p->telling || (p[-1].telling == p->telling && p[-1].at.token <= p->at.token));
    }
    if (i) assert_true(c[-1].appearances[0].telling <= c->appearances[0].telling);
  }
  rcpi_arena_release(&f.a);
}

static void test_nothing_to_align_is_no_claim(void **state) {
  (void)state;
  static const char *const empty[] = {"fr:", "fr:"};
  READ(f, empty);
  assert_int_equal(f.story.n_claims, 0);
  rcpi_arena_release(&f.a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_places_that_say_the_same_are_one_claim), cmocka_unit_test(test_two_short_articles),
      cmocka_unit_test(test_a_speaker_beside_a_circumstance_is_no_piece), cmocka_unit_test(test_other_facts_stay_apart), cmocka_unit_test(test_a_word_meets_its_translation),
      cmocka_unit_test(test_a_number_that_answers_another_is_of_its_claim),
      cmocka_unit_test(test_every_claim_points_to_words_in_reading_order), cmocka_unit_test(test_nothing_to_align_is_no_claim),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
