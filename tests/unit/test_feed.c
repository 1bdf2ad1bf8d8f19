/* Feeds and ninjs items as articles. SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "input/batch.h"

static void is(rcp_str s, const char *expected) {
  if (!expected) {
    assert_null(s.p);
    return;
  }
  assert_non_null(s.p);
  char got[1024] = "";
  memcpy(got, s.p, s.n < sizeof got ? s.n : sizeof got - 1);
  assert_string_equal(got, expected);
}

typedef struct read { rcpi_batch *batch; rcp_article *article[8]; size_t n; rcp_error error; } read;

static read read_all(rcp_input kind, const char *text) {
  read r = {.n = 0};
  if (rcpi_batch_new(kind, rcpi_cstr(text), NULL, RCPI_S("doc"), RCPI_S("https://a.example/feeds/x"), &r.batch, &r.error)) return r;
  for (rcp_status status = RCP_OK; status != RCP_END && r.n < 8;) {
    r.article[r.n] = rcpi_article_alloc();
    RCPI_GUARD(&r.article[r.n]->arena) status = rcpi_batch_next(r.batch, r.article[r.n], &r.error);
    else fail();
    if (status) rcpi_article_drop(r.article[r.n]);
    else r.n++;
  }
  return r;
}

static void release(read *r) {
  for (size_t i = 0; i < r->n; i++) rcpi_article_drop(r->article[i]);
  rcpi_batch_free(r->batch);
}

static void rss_items_are_articles(void **state) {
  (void)state;
  read r = read_all(RCP_INPUT_FEED,
      "<?xml version='1.0' encoding='ISO-8859-1'?><rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'"
      " xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Le Pontonnier</title><link>https://p.example/</link>"
      "<language>fr-be</language><image><title>logo</title></image>"
      "<item><title>Le bac &amp;amp; la &lt;i&gt;gr&egrave;ve&lt;/i&gt;</title><link>un.html</link><guid>https://p.example/?p=1</guid>"
      "<pubDate>Tue, 12 Mar 2024 19:15:00 +0100</pubDate><author>r@p.example (Ada Exemple)</author>"
      "<description>Court.</description><content:encoded><![CDATA[<p>Le bac reprend.</p>]]></content:encoded>"
      "<source url='https://agence.example/rss'>Agence du Val</source></item>"
      "<item><guid>https://p.example/2</guid><title>Deux</title><dc:creator>Bo</dc:creator><dc:creator>Cy</dc:creator>"
      "<description>Sans balise, à 3 &lt; 4.</description></item></channel></rss>");
  assert_int_equal(r.n, 2);
  is(r.article[0]->title, "Le bac & la grève");
  is(r.article[0]->url, "https://a.example/feeds/un.html");
  is(r.article[0]->published, "2024-03-12T19:15+01:00");
  is(r.article[0]->byline, "Ada Exemple");
  is(r.article[0]->publisher, "Agence du Val");
  is(r.article[0]->origin, "Agence du Val");
  is(r.article[0]->language, "fr-be");
  is(r.article[0]->html, "<p>Le bac reprend.</p>");
  is(r.article[0]->source, "doc:1");
  is(r.article[1]->url, "https://p.example/2");
  is(r.article[1]->byline, "Bo, Cy");
  is(r.article[1]->publisher, "Le Pontonnier");
  is(r.article[1]->text, "Deux\n\nSans balise, à 3 < 4.");
  is(r.article[1]->origin, NULL);
  release(&r);
}

static void atom_entries_are_articles(void **state) {
  (void)state;
  read r = read_all(RCP_INPUT_FEED,
      "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>Northgate</title><link href='https://n.example/'/>"
      "<entry><title type='html'>Dyke &lt;b&gt;bursts&lt;/b&gt;</title><link rel='enclosure' href='x.mp3'/><link href='/a?x=1&amp;y=2'/>"
      "<id>urn:2</id><updated>2025-01-10T00:00:00Z</updated><published>2025-01-09T19:26:00Z</published>"
      "<author><name>Ann Sample</name><uri>https://ann.example</uri></author>"
      "<source><title>Wire &amp; Co</title><author><name>Nobody</name></author><updated>2001-01-01T00:00:00Z</updated></source>"
      "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>It is 5 &lt; 6 <a href='u'>there</a>.</p></div></content></entry>"
      "<entry><title>Plain &lt;not&gt; markup</title><id>urn:3</id><summary type='text'>Three dead &lt;sic&gt;.</summary></entry></feed>");
  assert_int_equal(r.n, 2);
  is(r.article[0]->title, "Dyke bursts");
  is(r.article[0]->url, "https://a.example/a?x=1&y=2");
  is(r.article[0]->published, "2025-01-09T19:26:00Z");
  is(r.article[0]->byline, "Ann Sample");
  is(r.article[0]->publisher, "Wire & Co");
  is(r.article[0]->html, "<div><p>It is 5 &lt; 6 <a href=\"u\">there</a>.</p></div>");
  is(r.article[1]->publisher, "Northgate");
  assert_non_null(strstr(r.article[1]->text.p, "Three dead <sic>."));
  release(&r);
}

static void rdf_items_are_articles(void **state) {
  (void)state;
  read r = read_all(RCP_INPUT_FEED,
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
      "<channel rdf:about='c'><title>Old</title><link>https://o.example</link></channel>"
      "<item rdf:about='https://o.example/1'><title>One</title><link>https://o.example/1</link><dc:date>2004-05-06</dc:date></item></rdf:RDF>");
  assert_int_equal(r.n, 1);
  is(r.article[0]->id, "https://o.example/1");
  is(r.article[0]->publisher, "Old");
  is(r.article[0]->published, "2004-05-06");
  is(r.article[0]->text, "One");
  release(&r);
}

static void a_feed_that_breaks_off_gives_what_was_whole(void **state) {
  (void)state;
  read r = read_all(RCP_INPUT_FEED, "<rss><channel><item><title>One</title><description>A first text.</description></item><item><title>Two</title><descr");
  assert_int_equal(r.n, 2);
  is(r.article[1]->title, "Two");
  assert_int_equal(r.error.code, RCP_EINPUT);
  assert_non_null(strstr(r.error.text, "2 items were read"));
  release(&r);
}

/* "Billion laughs": no entity of a document's own is known. */
static void declared_entities_are_not_heard(void **state) {
  (void)state;
  read r = read_all(RCP_INPUT_FEED,
      "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;'><!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
      "<rss><channel><item><title>One &b; &f; &eacute;</title></item></channel></rss>");
  for (size_t i = 0; i < r.n; i++) {
    assert_null(strstr(r.article[i]->text.p, "haha"));
    assert_null(strstr(r.article[i]->text.p, "root:"));
  }
  release(&r);
}

static void feed_dates_are_read_loosely(void **state) {
  static const struct { const char *from, *to; } cases[] = {
      {"Tue, 12 Mar 2024 19:15:00 GMT", "2024-03-12T19:15Z"}, {"12 March 2024 19:15 CEST", "2024-03-12T19:15+02:00"},
      {"Tue, 12 Mar 24 09:05:00 -05:00", "2024-03-12T09:05-05:00"}, {"Tue, 12 Mar 2024", "2024-03-12"}, {"2024-03-12T19:15:00Z", "2024-03-12T19:15:00Z"},
      {"Tue, 32 Mar 2024 19:15:00 GMT", NULL}, {"yesterday", NULL}, {"", NULL}};
  rcpi_arena a;
  (void)state;
  rcpi_arena_init(&a);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) is(rcpi_feed_date(&a, rcpi_cstr(cases[i].from)), cases[i].to);
  rcpi_arena_release(&a);
}

static void ninjs_items_are_articles(void **state) {
  static const char *const forms[] = {
      "{\"uri\":\"urn:1\",\"type\":\"text\",\"versioncreated\":\"2025-01-09T20:00:00Z\",\"firstcreated\":\"2025-01-09T13:02:00+01:00\",\"language\":\"fr\","
      "\"headlines\":[{\"role\":\"short\",\"value\":\"Bac\"},{\"role\":\"main\",\"value\":\"Le bac reprend\"}],\"by\":\"Ada Exemple\","
      "\"infosources\":[{\"name\":\"Agence du Val\",\"rel\":\"source\"}],"
      "\"bodies\":[{\"contenttype\":\"text/html\",\"value\":\"<p>Le bac.</p>\"},{\"contenttype\":\"text/plain\",\"value\":\"Le bac reprend lundi.\"}]}",
      "[{\"uri\":\"urn:0\",\"type\":\"picture\",\"headlines\":[{\"value\":\"Photo\"}]},"
      "{\"uri\":\"urn:1\",\"standard\":{\"name\":\"ninjs\",\"version\":\"3.1\"},\"type\":\"text\",\"versionCreated\":\"2025-01-09T20:00:00Z\",\"firstCreated\":\"2025-01-09T13:02:00+01:00\","
      "\"language\":\"fr\",\"headlines\":[{\"value\":\"Le bac reprend\"}],\"by\":\"Ada Exemple\",\"infoSources\":[{\"literal\":\"Agence du Val\"}],"
      "\"bodies\":[{\"contentType\":\"application/xml\",\"value\":\"<nitf/>\"},{\"contentType\":\"text/plain\",\"value\":\"Le bac reprend lundi.\"}]}]",
      ("{\"uri\":\"urn:1\",\"headline\":\"Le bac reprend\",\"byline\":\"Ada Exemple\",\"infosource\":[{\"name\":\"Agence du Val\"}],"
      "\"versioncreated\":\"2025-01-09T13:02:00+01:00\",\"language\":\"fr\",\"body_text\":\"Le bac reprend lundi.\"}")};
  (void)state;
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    read r = read_all(RCP_INPUT_NINJS, forms[i]);
    assert_int_equal(r.n, 1);
    is(r.article[0]->id, "urn:1");
    is(r.article[0]->title, "Le bac reprend");
    is(r.article[0]->byline, "Ada Exemple");
    is(r.article[0]->origin, "Agence du Val");
    is(r.article[0]->publisher, "Agence du Val");
    is(r.article[0]->published, "2025-01-09T13:02:00+01:00");
    assert_non_null(strstr(r.article[0]->text.p, "Le bac reprend lundi."));
    release(&r);
  }
}

static void a_ninjs_picture_is_no_article(void **state) {
  (void)state;
  read r = read_all(RCP_INPUT_NINJS, "{\"uri\":\"urn:0\",\"type\":\"picture\",\"headlines\":[{\"value\":\"Photo\"}]}");
  assert_int_equal(r.n, 0);
  assert_int_equal(r.error.code, RCP_EINPUT);
  release(&r);
}

static void a_withheld_item_says_so(void **state) {
  (void)state;
  read r = read_all(RCP_INPUT_NINJS, "{\"uri\":\"urn:0\",\"pubStatus\":\"withheld\",\"headlines\":[{\"value\":\"Le bac\"}],\"bodies\":[{\"value\":\"<p>Texte.</p><p>Suite.</p>\"}]}");
  assert_int_equal(r.n, 1);
  assert_non_null(strstr(r.article[0]->note.p, "withheld"));
  is(r.article[0]->html, "<p>Texte.</p><p>Suite.</p>");
  release(&r);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rss_items_are_articles), cmocka_unit_test(atom_entries_are_articles), cmocka_unit_test(rdf_items_are_articles),
      cmocka_unit_test(a_feed_that_breaks_off_gives_what_was_whole), cmocka_unit_test(declared_entities_are_not_heard),
      cmocka_unit_test(feed_dates_are_read_loosely), cmocka_unit_test(ninjs_items_are_articles), cmocka_unit_test(a_ninjs_picture_is_no_article),
      cmocka_unit_test(a_withheld_item_says_so)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
