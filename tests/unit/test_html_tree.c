/*
 * Broken markup, in the manner of html5lib's tree tests: a page on the left, its lines on the right, each with the element
 * that holds it. What a browser shows as one line is one line here.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "clean/html_tree.h"

static void lines_of(rcp_str page, rcpi_buf *out) {
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    rcpi_html_tree t;
    rcpi_html_tree_read(&a, rcpi_markup_words_new(&a), page, &t);
    if (t.refusal) rcpi_buf_adds(out, t.refusal);
    for (size_t i = 0; !t.refusal && i < t.blocks.n; i++)
      rcpi_buf_printf(out, "%s%s:%.*s", i ? "|" : "", rcpi_tag_name((rcpi_tag)t.elements.p[t.blocks.p[i].element].tag), RCPI_P(rcpi_block_text(&t, i)));
  }
  rcpi_arena_release(&a);
}

static void reads(const char *page, const char *want) {
  rcpi_buf got;
  rcpi_buf_init(&got);
  lines_of(rcpi_cstr(page), &got);
  assert_string_equal(rcpi_buf_str(&got).p, want);
  rcpi_buf_release(&got);
}

static void test_ends_that_are_implied(void **state) {
  (void)state;
  reads("<p>one<p>two<div>three</div>", "p:one|p:two|div:three");
  reads("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e", "li:a|li:b|li:c|li:d|:e");
  reads("<ul><li><div>a<li>b</ul>", "div:a|li:b");
  reads("<dl><dt>a<dd>b<dt>c<dd>d</dl>", "dt:a|dd:b|dt:c|dd:d");
  reads("<table><tr><td>a<td>b<tr><th>c<td>d</table>e", "td:a|td:b|th:c|td:d|:e");
  reads("<table><tr><td><table><tr><td>in</table>out<td>next</table>", "td:in|td:out|td:next");
  reads("<h2>a<h3>b</h3>", "h2:a|h3:b");
  reads("<a href=x>one<a href=y>two</a>", ":one two");
  reads("<select><option>a<option>b</select>c", ":c");
}

static void test_misnesting(void **state) {
  (void)state;
  reads("<p><b>bold <i>both</b> slanted</i> plain</p>", "p:bold both slanted plain");
  reads("<div><p>one</div>two", "p:one|:two");
  reads("<div>one</span></p></section>two</div>three", "div:one|div:two|:three");
  reads("<td>cell without a table</td>", "td:cell without a table");
  reads("<table><tr><td>a</div>b</td></tr></table>", "td:a|td:b");
  reads("<span>a<div>b</span>c</div>d", "span:a|div:bc|span:d");
  reads("<body><p>a</body></html><p>b", "p:a|p:b");
  reads("<p>a</p></p>b", "p:a|:b");
}

static void test_text_that_is_none(void **state) {
  (void)state;
  reads("<script>\"</div>\" if (a<b) x</script>a", ":a");
  reads("<script>a</script >b<style>c</STYLE>d", ":bd");
  reads("<!-- a > b -->c<!doctype x>d<?php e ?>f", ":cdf");
  reads("<!-->a<!--->b", ":ab");
  reads("<!-- never closed <p>a", ":never closed|p:a");
  reads("<title>never closed<p>a", ":never closed|p:a");
  reads("<svg><title>x</title><text>y</text></svg>a<noscript>b</noscript>", ":a");
  reads("<textarea><p>a</textarea>b<iframe><p>c</iframe>", ":b");
  reads("<p>seen <span style='DISPLAY:none; display: none'>not</span> seen<span hidden>not</span></p>", "p:seen seen");
}

static void test_tags_that_are_none(void **state) {
  (void)state;
  reads("1 < 2 <3 a<b>c", ":1 < 2 <3 ac");
  reads("a<", ":a<");
  reads("a<b", ":a");
  reads("<p title=\"a > b\">c<p title='d\"'>e<p title=x>y>f", "p:c|p:e|p:y>f");
  reads("<p class=\"never closed>a</p><p>b", "p:a|p:b");
  reads("<P>a<BR/>b<Br><bR>c</P>", "p:a\nb|p:c");
}

static void test_references(void **state) {
  (void)state;
  reads("caf&eacute; &amp; th&#233; &#x20AC; &euro; &notit; &copy2 &bogus; &#150;&#0;&#x110000;&", ":caf\xC3\xA9 & th\xC3\xA9 \xE2\x82\xAC \xE2\x82\xAC \xC2\xACit; \xC2\xA9" "2 &bogus; \xE2\x80\x93\xEF\xBF\xBD\xEF\xBF\xBD&");
  reads("syl&shy;la&#8203;ble<p>&nbsp;<p>\n <p>a&nbsp;b", ":syllable|p:a\xC2\xA0" "b");
}

static void test_white_space(void **state) {
  (void)state;
  reads("  a \n\t b <b> c</b>d ", ":a b cd");
  reads("<a href=x>Home</a><a href=y>News</a>", ":Home News");
  reads("<pre>a\n  b</pre>", "pre:a\n b");
}

static void test_depth_is_flattened(void **state) {
  (void)state;
  rcpi_buf page, got;
  rcpi_buf_init(&page);
  rcpi_buf_init(&got);
  for (int i = 0; i < 100000; i++) rcpi_buf_adds(&page, "<div>");
  rcpi_buf_adds(&page, "<p>deep</p>");
  for (int i = 0; i < 100000; i++) rcpi_buf_adds(&page, "</div>");
  rcpi_buf_adds(&page, "<h1>after</h1>");
  lines_of(rcpi_buf_str(&page), &got);
  assert_string_equal(rcpi_buf_str(&got).p, "div:deep|h1:after");
  rcpi_buf_release(&page);
  rcpi_buf_release(&got);
}

static void test_limits_say_why(void **state) {
  (void)state;
  rcpi_buf page, got;
  rcpi_buf_init(&page);
  rcpi_buf_init(&got);
  for (int i = 0; i < 50000; i++) rcpi_buf_adds(&page, "<p>a");
  lines_of(rcpi_buf_str(&page), &got);
  assert_string_equal(rcpi_buf_str(&got).p, "the page has more than 40,000 lines");
  rcpi_buf_release(&page);
  rcpi_buf_release(&got);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_ends_that_are_implied), cmocka_unit_test(test_misnesting), cmocka_unit_test(test_text_that_is_none),
      cmocka_unit_test(test_tags_that_are_none), cmocka_unit_test(test_references), cmocka_unit_test(test_white_space),
      cmocka_unit_test(test_depth_is_flattened), cmocka_unit_test(test_limits_say_why)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
