/* SPDX-License-Identifier: Apache-2.0 */
#include "mark/pattern.h"
#include "reading.h"

enum { COLOUR, N_CLASSES };
static const char *const classes[] = {"COLOUR"};

/* "rouge" is 1, "bleu" 2, "bleu nuit" 3: a slot may take several words. */
static size_t slot(const void *context, unsigned class_id, size_t at, double *value) {
  const rcpi_plain *w = context;
  (void)class_id;
  if (rcpi_plain_is(w, at, "rouge")) return *value = 1, 1;
  if (!rcpi_plain_is(w, at, "bleu")) return 0;
  *value = rcpi_plain_is(w, at + 1, "nuit") ? 3 : 2;
  return *value == 3 ? 2 : 1;
}

static void test_slots_alternatives_and_optional_elements(void **state) {
  (void)state;
  reading r = {.langs = {0}};
  rcpi_arena_init(&r.a);
  RCPI_GUARD(&r.a) {
    rcpi_table t;
    size_t line;
    const char *why;
    rcp_str table = RCPI_S("pattern\tmeaning\nfleur bleu\tb\nfleur|rose COLOUR\ta\nla? tige COLOUR? fine\tc\n");
    assert_true(rcpi_table_parse(&r.a, "fr", "p", table, &t, &line, &why));
    reading_read(&r, "fr", NULL, "une rose rouge, une fleur bleu nuit, une fleur bleu, tige fine, la tige bleu fine");
    rcpi_patterns p;
    const rcpi_plain *w = rcpi_plain_of(&r.a, &r.telling.text, &r.telling.marks);
    rcpi_patterns_read(&r.a, &t, classes, N_CLASSES, &p);
    bool *has_class = rcpi_array(&r.a, bool, w->n + 1);
    for (size_t i = 0; i < w->n; i++) has_class[i] = true;
    rcpi_pattern_text text = {w, rcpi_pattern_ids(&r.a, &p, w), has_class, slot, w};
    char found[64] = "";
    for (size_t i = 0; i < w->n;) {
      rcpi_pattern_hit m;
      bool is_hit = rcpi_pattern_at(&p, &text, i, &m);
      const double *v = is_hit ? rcpi_slot_value(&m, COLOUR) : NULL;
      if (is_hit) snprintf(found + strlen(found), sizeof found - strlen(found), "%.*s%d ", RCPI_P(rcpi_cell_named(&t, m.row, "meaning")), v ? (int)*v : 0);
      i = is_hit ? m.end : i + 1;
    }
    assert_string_equal(found, "a1 a3 b0 c0 c2 ");   /* the longest; among equals the literal one */
  }
  rcpi_arena_release(&r.a);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_slots_alternatives_and_optional_elements)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
