/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "claim/correction.h"
#include "story.h"

static const char *const port[] = {
    "fr:Le port de Lannevec rouvre lundi. La capitainerie a compté douze bateaux coulés.",
    "fr:À Lannevec, la flotte a souffert : une douzaine d'épaves au fond du bassin. Le port rouvre lundi.",
};

static void read_with(story_fixture *f, const char *file) {
  rcpi_corrections *c = rcpi_new(&f->a, rcpi_corrections);
  rcp_error error;
  story_read(f, port, 2);
  assert_int_equal(rcpi_corrections_parse(&f->a, rcpi_cstr(file), RCPI_S("c.jsonl"), c, &error), RCP_OK);
  rcpi_claim_options options = {.corrections = c};
  rcpi_story_read(&f->a, &options, &f->story);
}

static void test_same_and_different_are_a_persons_word(void **state) {
  (void)state;
  story_fixture f = {.a = {0}};
  rcpi_arena_init(&f.a);
  read_with(&f, "{\"same\": [{\"source\": \"0.txt\", \"exact\": \"douze bateaux coulés\"}, {\"source\": \"1.txt\", \"exact\": \"une douzaine d'épaves\"}]}\n"
                "{\"different\": [{\"source\": \"0.txt\", \"exact\": \"Le port de Lannevec rouvre lundi\"}, {\"source\": \"1.txt\", \"exact\": \"Le port rouvre lundi\"}]}\n");
  assert_true(story_same(&f, 0, "douze bateaux coulés", 1, "une douzaine d'épaves"));
  assert_false(story_same(&f, 0, "rouvre lundi", 1, "Le port rouvre lundi"));
  assert_int_equal(f.story.n_corrections_lost, 0);
  rcpi_arena_release(&f.a);
}

static void test_a_parent_can_be_named(void **state) {
  (void)state;
  story_fixture f = {.a = {0}};
  rcpi_arena_init(&f.a);
  read_with(&f, "{\"from\": {\"source\": \"1.txt\", \"of\": \"0.txt\"}}\n\n{\"from\": {\"source\": \"1.txt\", \"of\": \"9.txt\"}}");
  assert_int_equal(f.story.n_derivations, 1);
  assert_int_equal(f.story.derivations[0].direction, RCPI_B_FROM_A);
  assert_true(f.story.derivations[0].is_corrected);
  assert_int_equal(f.story.texts, 1);
  assert_int_equal(f.story.n_corrections_lost, 1);
  rcpi_arena_release(&f.a);
}

static void test_a_line_that_says_nothing_is_named(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    rcpi_corrections c;
    rcp_error error;
    assert_int_equal(rcpi_corrections_parse(&a, RCPI_S("\n{\"same\": []}\n"), RCPI_S("c.jsonl"), &c, &error), RCP_EUSAGE);
    assert_int_equal(error.offset, 2);
    assert_int_equal(rcpi_corrections_parse(&a, RCPI_S("not json"), RCPI_S("c.jsonl"), &c, &error), RCP_EUSAGE);
  }
  rcpi_arena_release(&a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_same_and_different_are_a_persons_word),
      cmocka_unit_test(test_a_parent_can_be_named),
      cmocka_unit_test(test_a_line_that_says_nothing_is_named),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
