/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "base/buf.h"
#include "clean/html_date.h"
#include "clean/html_features.h"
#include "clean/html_json.h"
#include "clean/html_meta.h"
#include "clean/html_model.h"

/* "title/byline/publisher/published/url/language" of a page, "-" for what it does not say. */
static void says(const char *page, const char *want) {
  rcpi_arena a;
  rcpi_buf got;
  rcpi_arena_init(&a);
  rcpi_buf_init(&got);
  RCPI_GUARD(&a) {
    rcpi_langs langs;
    rcpi_html_tree t;
    rcpi_lines lines;
    rcpi_html_head h;
    assert_int_equal(rcpi_langs_load(&a, NULL, &langs, NULL), RCP_OK);
    const rcpi_cleaner *cleaner = rcpi_cleaner_new(&a, &langs);
    rcpi_html_tree_read(&a, cleaner->markup_words, rcpi_cstr(page), &t);
    rcpi_lines_of(&a, cleaner->words, t.text, &lines);
    rcpi_html_head_read(&a, cleaner, &t, &lines, (rcp_str){NULL, 0}, &h);
    const rcp_str fields[] = {h.title, h.byline, h.publisher, h.published, h.url, h.language};
    for (size_t i = 0; i < 6; i++) rcpi_buf_printf(&got, "%s%.*s", i ? "|" : "", fields[i].n ? (int)fields[i].n : 1, fields[i].n ? fields[i].p : "-");
  }
  assert_string_equal(rcpi_buf_str(&got).p, want);
  rcpi_buf_release(&got);
  rcpi_arena_release(&a);
}

static void test_titles(void **state) {
  (void)state;
  says("<title>Bridge reopens - The Courier</title><h1>The Courier</h1><h1>Bridge reopens</h1>", "Bridge reopens|-|-|-|-|-");
  says("<meta property=og:title content='Bridge reopens | The Courier'><meta property=og:site_name content='The Courier'>",
       "Bridge reopens|-|The Courier|-|-|-");
  says("<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"He said \"no\" again\",}</script><title>x</title>",
       "He said \"no\" again|-|-|-|-|-");
}

static void test_names(void **state) {
  (void)state;
  says("<meta name=author content='By Ines Caldera'>", "-|Ines Caldera|-|-|-|-");
  says("<p class=byline>Written by Jonas Reuel | 3 March 2024</p>", "-|Jonas Reuel|-|2024-03-03|-|-");
  says("<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"Article\",\"author\":{\"@id\":\"#p1\"}},{\"@type\":\"Person\",\"@id\":\"#p1\","
       "\"name\":\"Mira Okonta\"}]}</script>", "-|Mira Okonta|-|-|-|-");
  says("<meta name=author content=admin><a rel=author href=/x>Pell Andarin</a>", "-|Pell Andarin|-|-|-|-");
}

static void test_dates(void **state) {
  (void)state;
  says("<meta property='article:modified_time' content='2024-05-01'><link rel=canonical href='https://c.example/2024/04/30/x'>",
       "-|-|-|2024-04-30|https://c.example/2024/04/30/x|-");
  says("<html lang=fr><time datetime='2024-03-12T18:48:00Z'>12 mars</time>", "-|-|-|2024-03-12T18:48:00Z|-|fr");
  says("<h1>Pont</h1><p>Mis en ligne le 12 mars 2024</p>", "Pont|-|-|2024-03-12|-|-");
}

/* No place wins by its rank: what was seen of a day adds up. */
static void test_days_are_weighed(void **state) {
  (void)state;
  /* the list of other articles is no date line, though its days stand near and look like one */
  says("<meta property='article:published_time' content='2024-03-12'><h1>The bridge at Arvelle stays open</h1><p>The bridge stays open.</p>"
       "<div class=last><span class=timestamp>1.2.2024</span><a>One</a></div><div class=last><span class=timestamp>2.2.2024</span><a>Two</a></div>"
       "<div class=last><span class=timestamp>3.2.2024</span><a>Three</a></div>",
       "The bridge at Arvelle stays open|-|-|2024-03-12|-|-");
  /* the title stands in the menu too; the day below the heading is the article's */
  says("<ul><li>The bridge at Arvelle stays open<li>Snow on the pass<li>3 May 2024: market</ul><h1>The bridge at Arvelle stays open</h1>"
       "<p class=date>12 March 2024</p><p>The council voted.</p>",
       "The bridge at Arvelle stays open|-|-|2024-03-12|-|-");
  /* a day of the head, said again with day and month the other way round */
  says("<meta property='article:published_time' content='2021-11-01'><h1>Scooters on trial</h1><span>11/01/2021</span><p>The council voted.</p>",
       "Scooters on trial|-|-|2021-11-01|-|-");
  /* an update is not a publication, but better than nothing where the page shows no other day */
  says("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2021-08-12\",\"dateModified\":\"2024-02-22\"}</script>"
       "<h1>What a bridge costs</h1><p>Last updated: 22 February 2024</p>", "What a bridge costs|-|-|2021-08-12|-|-");
  says("<h1>What a bridge costs</h1><p>Last updated: 22 February 2024</p>", "What a bridge costs|-|-|2024-02-22|-|-");
}

/* Scripts are searched a stretch of bytes at a time: a key that lies across two is found as any other. */
static void test_days_in_scripts(void **state) {
  (void)state;
  for (int before = 0; before < 300; before++) {
    char page[600];
    snprintf(page, sizeof page, "<script>%*s{\"publishedAt\":\"2024-03-12\"}</script>", before, "");
    says(page, "-|-|-|2024-03-12|-|-");
    snprintf(page, sizeof page, "<script>%*s{\"postDate\":\"2024-03-12\"}", before, "");
    says(page, "-|-|-|2024-03-12|-|-");
  }
  /* the likest key wins, not the first on the page; half a key is none */
  says("<script>{\"postDate\":\"2020-01-01\",\"datePublished\":\"2024-03-12\"}</script>", "-|-|-|2024-03-12|-|-");
  says("<script>{\"unpublished\":\"2024-03-12\"} pub", "-|-|-|-|-|-");
}

static void test_days_in_any_dress(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    rcpi_langs langs;
    assert_int_equal(rcpi_langs_load(&a, NULL, &langs, NULL), RCP_OK);
    const rcpi_words *words = rcpi_cleaner_new(&a, &langs)->words;
    static const struct { const char *text, *want; } cases[] = {
        {"2024-03-12T10:00", "2024-03-12"}, {"March 12th, 2024", "2024-03-12"}, {"12. M\xC3\xA4rz 2024", "2024-03-12"}, {"le 1er avril 2024", "2024-04-01"},
        {"12 de marzo de 2024", "2024-03-12"}, {"12.03.24", "2024-03-12"}, {"20240312", "2024-03-12"}, {"1710237600000", "2024-03-12"},
        {"31/12/2023", "2023-12-31"}, {"2024 Mar 12", "2024-03-12"}, {"March\xC2\xA0" "12, 2024", "2024-03-12"}, {"Published\xE2\x80\x82" "Apr 26, 2023", "2023-04-26"}, {"31.02.2023", ""}, {"call 555 1234", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
      rcp_str got = rcpi_date_iso(&a, rcpi_html_date(&a, words, rcpi_cstr(cases[i].text), false));
      assert_string_equal(got.p ? rcpi_dup(got, &a).p : "", cases[i].want);
    }
    assert_int_equal(rcpi_html_date(&a, words, RCPI_S("3/4/2024"), true).month, 3);
    assert_int_equal(rcpi_html_url_date(RCPI_S("https://c.example/2024/03/12/x")).day, 12);
    assert_int_equal(rcpi_html_url_date(RCPI_S("https://c.example/item-20243112")).year, 0);
  }
  rcpi_arena_release(&a);
}

static void test_json_as_people_write_it(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    rcpi_pjson j = {.v = {0}};
    rcpi_pjson_read(&a, RCPI_S("//<![CDATA[\n{\"a\":\"x\ny\",\"b\":[1,{\"c\":\"\\u00e9\\ud83d\\ude00 &amp; d\"},],\"e\":\"cut"), &j);
    assert_string_equal(rcpi_dup(rcpi_pjson_text(&a, &j, rcpi_pjson_get(&j, 1, "a")), &a).p, "x y");
    uint32_t b = rcpi_pjson_get(&j, 1, "b");
    assert_int_equal(j.v.p[b].kind, RCPI_P_ARRAY);
    assert_string_equal(rcpi_dup(rcpi_pjson_text(&a, &j, rcpi_pjson_get(&j, b + 2, "c")), &a).p, "\xC3\xA9\xF0\x9F\x98\x80 & d");
    assert_string_equal(rcpi_dup(rcpi_pjson_text(&a, &j, rcpi_pjson_get(&j, 1, "e")), &a).p, "cut");
    assert_int_equal(rcpi_pjson_get(&j, 1, "nothing"), 0);
  }
  rcpi_arena_release(&a);
}

/* A feature added without fitting again would shift what the weights mean. */
static void test_the_weights_are_of_these_features(void **state) {
  (void)state;
  assert_int_equal(rcpi_html_model.n_features, RCPI_N_FEATURES);
  for (size_t i = 0; i < rcpi_html_model.n; i++)
    for (size_t k = 0; k < RCPI_TREE_DEPTH; k++) assert_true(rcpi_html_model.p[i].feature[k] < RCPI_N_FEATURES);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_titles), cmocka_unit_test(test_names), cmocka_unit_test(test_dates), cmocka_unit_test(test_days_are_weighed), cmocka_unit_test(test_days_in_scripts), cmocka_unit_test(test_days_in_any_dress),
      cmocka_unit_test(test_json_as_people_write_it), cmocka_unit_test(test_the_weights_are_of_these_features)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
