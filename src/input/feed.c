/*
 * libxml2 reports elements and text as it meets them (SAX2); no tree is built, no entity but those of HTML is known, so a
 * document can't grow by its own declarations, and nothing outside the text is ever asked for. What is wanted is a handful of
 * elements one level below the item, so the state is small: which item, which field, the text of that field so far.
 *
 * Markup inside a field stands there escaped (RSS), in CDATA, or as elements (Atom's type="xhtml"); the last is written out
 * again as the tags that it was. A title is text: tags and doubly escaped references in it are undone.
 *
 * Sources: RSS 2.0 (rssboard.org/rss-specification), RSS 1.0 and its content module, RFC 4287.
 * Known weakness: of several links of an Atom entry the first rel="alternate" counts, whatever its type.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "input/feed.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "base/entity.h"
#include "input/record.h"
#include "input/url.h"

enum { MOST_ENTRIES = 100000, PIECE = 32 << 10 };

typedef enum space { SPACE_OTHER, SPACE_RSS, SPACE_ATOM, SPACE_DC, SPACE_CONTENT, SPACE_XHTML } space;

/* By what elements say of themselves; a prefix that was never bound counts as what everybody binds it to. */
static const struct { const char *uri, *prefix; space space; } spaces[] = {
    {"http://www.w3.org/2005/Atom", "atom", SPACE_ATOM}, {"http://purl.org/atom/ns#", NULL, SPACE_ATOM},
    {"http://purl.org/dc/elements/1.1/", "dc", SPACE_DC}, {"http://purl.org/rss/1.0/modules/content/", "content", SPACE_CONTENT},
    {"http://www.w3.org/1999/xhtml", "xhtml", SPACE_XHTML}, {"http://purl.org/rss/1.0/", NULL, SPACE_RSS},
    {"http://my.netscape.com/rdf/simple/0.9/", NULL, SPACE_RSS}, {"http://backend.userland.com/rss2", NULL, SPACE_RSS}};

typedef enum field { F_NONE, F_TITLE, F_LINK, F_ID, F_AUTHOR, F_PUBLISHED, F_UPDATED, F_SUMMARY, F_CONTENT, F_SOURCE, F_LANGUAGE } field;

static const struct { space space; const char *name; field field; } fields[] = {
    {SPACE_RSS, "title", F_TITLE}, {SPACE_RSS, "link", F_LINK}, {SPACE_RSS, "guid", F_ID}, {SPACE_RSS, "author", F_AUTHOR},
    {SPACE_RSS, "pubDate", F_PUBLISHED}, {SPACE_RSS, "pubdate", F_PUBLISHED}, {SPACE_RSS, "description", F_SUMMARY}, {SPACE_RSS, "source", F_SOURCE},
    {SPACE_RSS, "language", F_LANGUAGE}, {SPACE_RSS, "fulltext", F_CONTENT}, {SPACE_ATOM, "title", F_TITLE}, {SPACE_ATOM, "link", F_LINK},
    {SPACE_ATOM, "id", F_ID}, {SPACE_ATOM, "published", F_PUBLISHED}, {SPACE_ATOM, "issued", F_PUBLISHED}, {SPACE_ATOM, "updated", F_UPDATED},
    {SPACE_ATOM, "modified", F_UPDATED}, {SPACE_ATOM, "summary", F_SUMMARY}, {SPACE_ATOM, "content", F_CONTENT}, {SPACE_DC, "creator", F_AUTHOR},
    {SPACE_DC, "date", F_PUBLISHED}, {SPACE_DC, "language", F_LANGUAGE}, {SPACE_DC, "source", F_SOURCE}, {SPACE_CONTENT, "encoded", F_CONTENT}};

typedef struct reader {
  rcpi_arena *a;
  rcpi_feed *feed;
  xmlParserCtxtPtr xml;
  jmp_buf *guard;                /* no jump may cross libxml2's frames: memory that runs out is remembered */
  bool is_out_of_memory, is_feed, is_atom;
  rcp_str base;
  unsigned depth, item_depth, field_depth, source_depth, author_depth;   /* 0: not inside one */
  rcpi_entry entry;
  rcp_str summary, content;
  bool summary_is_text, content_is_text, is_text;   /* Atom's type="text" */
  bool guid_is_link;
  field field;
  RCPI_VEC(char) text;
  char entity_text[RCPI_ENTITY_MOST + 1];
  xmlEntity entity;
} reader;

/* ------------------------------------------------------------------------------------------------------------- text */

static void add(reader *r, const char *p, size_t n) {
  rcpi_reserve(r->a, &r->text, r->text.n + n + 1);
  memcpy(r->text.p + r->text.n, p, n);
  r->text.n += n;
}

static bool is_tag(rcp_str s, size_t i) {
  unsigned char c = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
  return s.p[i] == '<' && (rcpi_is_alpha(c) || c == '/' || c == '!') && rcpi_find_char(rcpi_sub(s, i, s.n), '>') != RCPI_NONE;
}

/* Text without tags, references undone, white space made one. */
static rcp_str plain(rcpi_arena *a, rcp_str s) {
  char *out = rcpi_array(a, char, s.n * 2 + RCPI_ENTITY_MOST);
  size_t n = 0;
  for (size_t i = 0; i < s.n;) {
    char made[RCPI_ENTITY_MOST];
    size_t n_made = 1, step = 1;
    made[0] = s.p[i];
    if (is_tag(s, i)) step = rcpi_find_char(rcpi_sub(s, i, s.n), '>') + 1, n_made = 0;
    else if (s.p[i] == '&') step = rcpi_entity_read(rcpi_sub(s, i, s.n), false, made, &n_made);
    else if (rcpi_is_space((unsigned char)s.p[i])) made[0] = ' ', n_made = n && out[n - 1] != ' ';
    memcpy(out + n, made, n_made);
    n += n_made;
    i += step;
  }
  return rcpi_trim((rcp_str){out, n});
}

static bool has_markup(rcp_str s) {
  for (size_t i = 0; i < s.n; i++)
    if (is_tag(s, i)) return true;
  return false;
}

static rcp_str stated(rcp_str s) {
  return s.n ? s : (rcp_str){NULL, 0};
}

/* "redaction@example.org (Ada Exemple)": RSS asks for an address, people want the name. */
static rcp_str author_of(rcpi_arena *a, rcp_str s) {
  s = plain(a, s);
  size_t open = rcpi_find_char(s, '(');
  if (rcpi_find_char(s, '@') == RCPI_NONE) return stated(s);
  if (open == RCPI_NONE || s.p[s.n - 1] != ')') return (rcp_str){NULL, 0};
  return stated(rcpi_trim(rcpi_sub(s, open + 1, s.n - 1)));
}

/* ------------------------------------------------------------------------------------------------------------ fields */

static void add_author(reader *r, rcp_str name) {
  if (!name.n) return;
  if (!r->entry.byline.n) r->entry.byline = name;
  else if (rcpi_find(r->entry.byline, name) == RCPI_NONE) r->entry.byline = rcpi_printf(r->a, "%.*s, %.*s", RCPI_P(r->entry.byline), RCPI_P(name));
}

static void set(rcp_str *to, rcp_str value) {
  if (!to->n && value.n) *to = value;
}

static rcp_str join(reader *r, rcp_str url) {
  return rcpi_url_join(r->a, rcpi_url_is(r->base) ? r->base : r->feed->url, url);
}

static void channel_field(reader *r, rcp_str text) {
  if (r->field == F_TITLE) set(&r->feed->title, plain(r->a, text));
  if (r->field == F_LINK && text.n) set(&r->feed->url, join(r, text));
  if (r->field == F_LANGUAGE) set(&r->feed->language, text);
}

static void item_field(reader *r, rcp_str text) {
  rcpi_entry *e = &r->entry;
  if (!text.n) return;
  switch (r->field) {
    case F_TITLE: set(&e->title, plain(r->a, text)); break;
    case F_LINK: set(&e->url, join(r, text)); break;
    case F_ID: set(&e->id, text); break;
    case F_AUTHOR: add_author(r, author_of(r->a, text)); break;
    case F_PUBLISHED: set(&e->published, rcpi_feed_date(r->a, text)); break;
    case F_UPDATED: set(&e->updated, rcpi_feed_date(r->a, text)); break;
    case F_SUMMARY: if (!r->summary.n) r->summary = text, r->summary_is_text = r->is_text; break;
    case F_CONTENT: if (!r->content.n) r->content = text, r->content_is_text = r->is_text; break;
    case F_SOURCE: set(&e->source, plain(r->a, text)); break;
    case F_LANGUAGE: set(&e->language, text); break;
    case F_NONE: break;
  }
}

static void end_field(reader *r) {
  rcp_str text = rcpi_dup(rcpi_trim((rcp_str){r->text.p, r->text.n}), r->a);
  if (r->author_depth) add_author(r, plain(r->a, text));
  else if (r->source_depth && r->item_depth) set(r->field == F_TITLE ? &r->entry.source : &r->entry.source_url, plain(r->a, text));
  else if (r->item_depth) item_field(r, text);
  else channel_field(r, text);
  r->field_depth = 0;
}

/* An item that is whole. A guid that is a link stands in for a missing one. */
static void end_item(reader *r) {
  rcpi_entry *e = &r->entry;
  bool has_content = r->content.n > 0 && r->content.n * 2 >= r->summary.n;
  rcp_str body = has_content ? r->content : r->summary;
  bool is_text = has_content ? r->content_is_text : r->summary_is_text;
  if (body.n && !is_text && has_markup(body)) e->html = body;
  else if (body.n) e->text = is_text ? body : plain(r->a, body);
  if (!e->url.n && r->guid_is_link && rcpi_url_is(e->id)) e->url = e->id;
  if (r->feed->entries.n < MOST_ENTRIES) rcpi_push(r->a, &r->feed->entries, *e);
  r->item_depth = 0;
}

/* ----------------------------------------------------------------------------------------------------------- events */

static space space_of(const xmlChar *uri, const xmlChar *prefix) {
  for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
    if (uri && !strcmp((const char *)uri, spaces[i].uri)) return spaces[i].space;
    if (!uri && prefix && spaces[i].prefix && !strcmp((const char *)prefix, spaces[i].prefix)) return spaces[i].space;
  }
  return uri || prefix ? SPACE_OTHER : SPACE_RSS;
}

/* Attributes come as five pointers each: name, prefix, URI, value, end of value. Of any namespace. */
static rcp_str attribute(int n, const xmlChar **attributes, const char *name) {
  for (int i = 0; i < n; i++)
    if (!strcmp((const char *)attributes[5 * i], name))
      return (rcp_str){(const char *)attributes[5 * i + 3], (size_t)(attributes[5 * i + 4] - attributes[5 * i + 3])};
  return (rcp_str){NULL, 0};
}

static void begin_item(reader *r, int n, const xmlChar **attributes) {
  rcp_str about = attribute(n, attributes, "about"), language = attribute(n, attributes, "lang");
  r->item_depth = r->depth;
  r->source_depth = r->author_depth = r->field_depth = 0;
  r->entry = (rcpi_entry){.id = about.n ? rcpi_dup(about, r->a) : about, .language = language.n ? rcpi_dup(language, r->a) : language};
  r->summary = r->content = (rcp_str){NULL, 0};
  r->guid_is_link = true;
}

/* Atom's link is an attribute: the first that is the article's own page counts. */
static void atom_link(reader *r, int n, const xmlChar **attributes) {
  rcp_str href = attribute(n, attributes, "href"), rel = attribute(n, attributes, "rel");
  if (!href.n || (rel.n && !rcpi_is(rel, "alternate"))) return;
  rcp_str url = join(r, plain(r->a, href));
  if (r->source_depth) set(&r->entry.source_url, url);
  else set(r->item_depth ? &r->entry.url : &r->feed->url, url);
}

static void begin_field(reader *r, space s, field f, int n, const xmlChar **attributes) {
  if (s == SPACE_ATOM && f == F_LINK) {
    atom_link(r, n, attributes);
    return;
  }
  rcp_str type = attribute(n, attributes, "type");
  if (f == F_SOURCE) set(&r->entry.source_url, rcpi_dup(attribute(n, attributes, "url"), r->a));
  if (f == F_ID && rcpi_is(attribute(n, attributes, "isPermaLink"), "false")) r->guid_is_link = false;
  r->is_text = s == SPACE_ATOM && (!type.n || rcpi_is(type, "text") || rcpi_is(type, "text/plain"));
  r->field = f;
  r->field_depth = r->depth;
  r->text.n = 0;
}

/* Elements inside a field are its markup. */
static void markup(reader *r, const xmlChar *name, int n, const xmlChar **attributes) {
  static const char *const kept[] = {"class", "href"};
  add(r, "<", 1), add(r, (const char *)name, strlen((const char *)name));
  for (size_t i = 0; i < 2; i++) {
    rcp_str value = attribute(n, attributes, kept[i]);
    if (!value.p || memchr(value.p, '"', value.n)) continue;
    add(r, " ", 1), add(r, kept[i], strlen(kept[i])), add(r, "=\"", 2), add(r, value.p, value.n), add(r, "\"", 1);
  }
  add(r, ">", 1);
}

static bool is_name(const xmlChar *name, const char *what) {
  return !strcmp((const char *)name, what);
}

static void begin(reader *r, const xmlChar *name, space s, int n, const xmlChar **attributes) {
  bool is_ours = s == SPACE_RSS || s == SPACE_ATOM;
  r->depth++;
  if (r->field_depth) {
    markup(r, name, n, attributes);
    return;
  }
  if (r->depth == 1) {
    r->is_atom = s == SPACE_ATOM || is_name(name, "feed");
    r->is_feed = is_name(name, "rss") || is_name(name, "RDF") || is_name(name, "feed") || is_name(name, "channel");
    if (r->is_atom) set(&r->feed->language, rcpi_dup(attribute(n, attributes, "lang"), r->a));
  }
  if (is_ours && !r->item_depth && (is_name(name, "item") || is_name(name, "entry"))) {
    begin_item(r, n, attributes);
    return;
  }
  if (r->item_depth && s == SPACE_ATOM && is_name(name, "source")) r->source_depth = r->depth;
  else if (r->item_depth && s == SPACE_ATOM && !r->source_depth && is_name(name, "author")) r->author_depth = r->depth;
  else if (r->author_depth) {
    if (is_name(name, "name")) begin_field(r, s, F_AUTHOR, n, attributes);
  } else {
    /* the channel's own fields stand right below it, not in its image or text input */
    unsigned above = r->source_depth ? r->source_depth : r->item_depth ? r->item_depth : r->is_atom ? 1 : 2;
    if (r->depth != above + 1) return;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
      if ((fields[i].space == s || (r->is_atom && s == SPACE_RSS && fields[i].space == SPACE_ATOM)) && is_name(name, fields[i].name)) {
        if (!r->source_depth || fields[i].field == F_TITLE || fields[i].field == F_LINK) begin_field(r, fields[i].space, fields[i].field, n, attributes);
        return;
      }
  }
}

static void end(reader *r, const xmlChar *name) {
  if (r->field_depth == r->depth) end_field(r);
  else if (r->field_depth) add(r, "</", 2), add(r, (const char *)name, strlen((const char *)name)), add(r, ">", 1);
  if (r->source_depth == r->depth) r->source_depth = 0;
  if (r->author_depth == r->depth) r->author_depth = 0;
  if (r->item_depth == r->depth) end_item(r);
  r->depth--;
}

/* Memory that runs out must not jump over libxml2's frames: each event has a guard of its own, and the parser is stopped. */
#define EVENT(r, work) \
  do { \
    jmp_buf here; \
    if ((r)->is_out_of_memory) break; \
    (r)->a->guard = &here; \
    if (setjmp(here) == 0) { work; } \
    else { (r)->is_out_of_memory = true; xmlStopParser((r)->xml); } \
    (r)->a->guard = (r)->guard; \
  } while (0)

static void on_start(void *with, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_spaces, const xmlChar **bound,
                     int n, int n_defaulted, const xmlChar **attributes) {
  reader *r = with;
  (void)n_spaces, (void)bound, (void)n_defaulted;
  EVENT(r, begin(r, name, space_of(uri, prefix), n, attributes));
}

static void on_end(void *with, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
  reader *r = with;
  (void)prefix, (void)uri;
  EVENT(r, end(r, name));
}

/* Markup that is escaped or in CDATA is markup still; text between Atom's own elements must stay text. */
static void on_text(void *with, const xmlChar *p, int n) {
  reader *r = with;
  if (r->field_depth && r->depth == r->field_depth) {
    EVENT(r, add(r, (const char *)p, (size_t)n));
  } else if (r->field_depth) {
    for (int i = 0; i < n; i++) {
      const char *as = p[i] == '<' ? "&lt;" : p[i] == '&' ? "&amp;" : NULL;
      EVENT(r, add(r, as ? as : (const char *)p + i, as ? strlen(as) : 1));
    }
  }
}

/* The entities of XML and of HTML, and no other: what a document declares is not heard. */
static xmlEntityPtr on_entity(void *with, const xmlChar *name) {
  reader *r = with;
  xmlEntityPtr known = xmlGetPredefinedEntity(name);
  if (known) return known;
  char reference[40];
  size_t n = strlen((const char *)name), n_text = 0;
  if (n + 2 >= sizeof reference) return NULL;
  reference[0] = '&';
  memcpy(reference + 1, name, n);
  reference[n + 1] = ';';
  if (rcpi_entity_read((rcp_str){reference, n + 2}, false, r->entity_text, &n_text) != n + 2) return NULL;
  r->entity_text[n_text] = 0;
  r->entity = (xmlEntity){.type = XML_ENTITY_DECL, .name = name, .etype = XML_INTERNAL_PREDEFINED_ENTITY,
                          .content = (xmlChar *)r->entity_text, .orig = (xmlChar *)r->entity_text, .length = (int)n_text};
  return &r->entity;
}

static void on_error(void *with, xmlErrorPtr error) {
  reader *r = with;
  if (error->level < XML_ERR_ERROR || r->feed->trouble.p || error->domain == XML_FROM_NAMESPACE) return;
  rcp_str message = rcpi_trim(rcpi_cstr(error->message));
  r->feed->trouble_at = (size_t)xmlByteConsumed(r->xml);
  EVENT(r, r->feed->trouble = rcpi_printf(r->a, "line %d: %.*s", error->line, RCPI_P(message)));
}

/* What goes wrong outside a document (memory, mostly): libxml2 would print it. */
static void say_nothing(void *with, xmlErrorPtr error) {
  (void)with, (void)error;
}

/* A document that declares entities gets one made by libxml2, even with events only, and a parser that is fed in pieces leaves it. */
static void end_xml(void *xml) {
  xmlFreeDoc(((xmlParserCtxtPtr)xml)->myDoc);
  xmlFreeParserCtxt(xml);
}

static const xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC, .startElementNs = on_start, .endElementNs = on_end, .characters = on_text,
                                      .ignorableWhitespace = on_text, .cdataBlock = on_text, .getEntity = on_entity, .serror = on_error};

/* What was open when the text broke off is given too, when it has a title. */
static void end_broken(reader *r) {
  if (r->item_depth && r->field_depth && r->field != F_TITLE) end_field(r);
  if (r->item_depth && r->entry.title.n) end_item(r);
}

bool rcpi_feed_read(rcpi_arena *a, rcp_str text, rcp_str base, rcpi_feed *out) {
  xmlSAXHandler sax = handler;
  reader *r = rcpi_new(a, reader);
  *out = (rcpi_feed){.title = {NULL, 0}};
  *r = (reader){.a = a, .feed = out, .guard = a->guard, .base = base};
  const xmlStructuredErrorFunc others = xmlStructuredError;   /* the caller's own, of this thread */
  void *others_with = xmlStructuredErrorContext;
  xmlSetStructuredErrorFunc(NULL, say_nothing);
  r->xml = xmlCreatePushParserCtxt(&sax, r, NULL, 0, NULL);
  if (!r->xml) {
    xmlSetStructuredErrorFunc(others_with, others);
    xmlResetLastError();
    rcpi_out_of_memory(a);
  }
  rcpi_defer(a, end_xml, r->xml);
  xmlCtxtUseOptions(r->xml, XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  xmlSwitchEncoding(r->xml, XML_CHAR_ENCODING_UTF8);
  text = rcpi_trim(text);
  for (size_t at = 0; at < text.n && !r->is_out_of_memory;) {
    size_t n = text.n - at < PIECE ? text.n - at : PIECE;
    at += n;
    if (xmlParseChunk(r->xml, text.p + at - n, (int)n, at == text.n) && r->xml->disableSAX) break;
  }
  xmlSetStructuredErrorFunc(others_with, others);
  xmlResetLastError();
  a->guard = r->guard;
  if (r->is_out_of_memory) rcpi_out_of_memory(a);
  end_broken(r);
  if (r->is_feed) return true;
  if (!out->trouble.p) out->trouble = RCPI_S("no RSS or Atom feed");
  return false;
}

bool rcpi_feed_article(const rcpi_feed *feed, const rcpi_entry *e, rcp_article *article) {
  rcpi_arena *a = &article->arena;
  const struct { rcp_str *to, from; } copied[] = {
      {&article->id, e->id}, {&article->url, e->url}, {&article->title, e->title}, {&article->byline, e->byline},
      {&article->published, e->published.n ? e->published : e->updated}, {&article->publisher, e->source.n ? e->source : feed->title},
      {&article->language, e->language.n ? e->language : feed->language}, {&article->origin, e->source}, {&article->html, e->html},
      {&article->text, e->text}};
  for (size_t i = 0; i < sizeof copied / sizeof *copied; i++)
    if (copied[i].from.n) *copied[i].to = rcpi_dup(copied[i].from, a);
  if (!article->html.n && !article->text.n) article->text = article->title;   /* a headline is all that some feeds give */
  rcpi_sha256_hex(article->html.n ? article->html : article->text, article->sha256);
  rcpi_record_join_title(article);
  return article->text.n || article->html.n;
}
