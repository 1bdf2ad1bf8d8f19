/*
 * Sources: the schemas 1.4, 2.1 and 3.1 (iptc.org/std/ninjs). A body may be there several times, in several forms; plain
 * text is taken before HTML, because what makes the HTML of an agency (captions, credits) is no part of its plain text, and
 * other markup (NITF) not at all. The day is that of the first version, as it is that of publication on a page; whose text it
 * is are the infosources, and else the holder of the rights.
 *
 * Known weakness: an item with two language versions among its bodies gives the first.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "input/ninjs.h"

#include "input/record.h"
#include "input/url.h"

enum { MOST_ITEMS = 100000, MOST_DEPTH = 16, MOST_MEMBERS = 256 };

/* `name` as 3.x writes it, and in small letters as the others do. */
static const rcpi_value *get(const rcpi_value *object, const char *name) {
  char low[32];
  size_t n = strlen(name);
  const rcpi_value *v = rcpi_json_get(object, name);
  for (size_t i = 0; i <= n && i < sizeof low; i++) low[i] = (char)rcpi_lower((unsigned char)name[i]);
  return v ? v : rcpi_json_get(object, low);
}

static rcp_str text_of(const rcpi_value *object, const char *name) {
  rcp_str s = rcpi_trim(rcpi_json_text(get(object, name)));
  return s.n ? s : (rcp_str){NULL, 0};
}

static rcp_str first_of(const rcpi_value *item, const char *const *names, size_t n) {
  for (size_t i = 0; i < n; i++) {
    rcp_str s = text_of(item, names[i]);
    if (s.n) return s;
  }
  return (rcp_str){NULL, 0};
}

#define FIRST(item, ...) first_of(item, (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* ------------------------------------------------------------------------------------------------------------- items */

static bool is_item(const rcpi_value *v) {
  return get(v, "uri") || get(v, "headline") || get(v, "headlines") || get(v, "bodies") || get(v, "body_text") || get(v, "body_html");
}

static bool is_text_type(const rcpi_value *item) {
  rcp_str type = text_of(item, "type");
  return !type.n || rcpi_eq_nocase(type, RCPI_S("text")) || rcpi_eq_nocase(type, RCPI_S("component")) || rcpi_eq_nocase(type, RCPI_S("composite"));
}

typedef struct place { const rcpi_value *v; unsigned depth; } place;

/* Breadth first from what is there; the list of items is the queue's record. */
static void collect(rcpi_arena *a, const rcpi_value *root, rcpi_ninjs *out) {
  RCPI_VEC(place) queue = {0};
  rcpi_push(a, &queue, (place){root, 0});
  for (size_t at = 0; at < queue.n && queue.n < MOST_ITEMS; at++) {
    place here = queue.p[at];
    rcp_str key;
    const rcpi_value *v;
    if (here.depth > MOST_DEPTH) continue;
    for (size_t i = 0; rcpi_json_is_array(here.v) && (v = rcpi_json_at(here.v, i)); i++) rcpi_push(a, &queue, (place){v, here.depth + 1});
    if (!rcpi_json_is_object(here.v)) continue;
    bool is_one = is_item(here.v);
    if (is_one && is_text_type(here.v)) rcpi_push(a, &out->items, here.v);
    const rcpi_value *associations = is_one ? get(here.v, "associations") : NULL;
    for (size_t i = 0; i < MOST_MEMBERS && rcpi_json_member(is_one ? associations : here.v, i, &key, &v); i++)
      if (rcpi_json_is_array(v) || rcpi_json_is_object(v)) rcpi_push(a, &queue, (place){v, here.depth + 1});
    if (rcpi_json_is_array(associations)) rcpi_push(a, &queue, (place){associations, here.depth + 1});
  }
}

bool rcpi_ninjs_read(rcpi_arena *a, rcp_str text, rcpi_ninjs *out, const char **message, size_t *offset) {
  const rcpi_value *root = rcpi_json_parse(a, text, message, offset);
  *out = (rcpi_ninjs){{0}};
  if (root) collect(a, root, out);
  return root != NULL;
}

/* ------------------------------------------------------------------------------------------------------------ fields */

/* Of an array of {role, value}: the one with the role, else the first. */
static rcp_str by_role(const rcpi_value *array, const char *role) {
  rcp_str first = {NULL, 0};
  const rcpi_value *v;
  for (size_t i = 0; (v = rcpi_json_at(array, i)); i++) {
    rcp_str value = text_of(v, "value");
    if (value.n && rcpi_eq_nocase(text_of(v, "role"), rcpi_cstr(role))) return value;
    if (!first.n) first = value;
  }
  return first;
}

typedef struct body { rcp_str text, html; } body;

static void take(body *b, rcp_str type, rcp_str value) {
  if (!value.n) return;
  bool is_html = rcpi_find(type, RCPI_S("html")) != RCPI_NONE;
  bool is_plain = rcpi_find(type, RCPI_S("plain")) != RCPI_NONE || rcpi_eq_nocase(type, RCPI_S("text"));
  if (!type.n) is_html = *value.p == '<', is_plain = !is_html;
  if (is_html && !b->html.n) b->html = value;
  if (is_plain && !b->text.n) b->text = value;
}

/* 2.x and 3.x: bodies; 1.x: body_text, body_html, body_xhtml. */
static body body_of(const rcpi_value *item) {
  body b = {{NULL, 0}, {NULL, 0}};
  const rcpi_value *bodies = get(item, "bodies"), *v;
  for (size_t i = 0; (v = rcpi_json_at(bodies, i)); i++) {
    rcp_str type = text_of(v, "contentType"), value = text_of(v, "value");
    if (value.n) take(&b, type.n ? type : text_of(v, "role"), value);
  }
  rcp_str key;
  for (size_t i = 0; i < MOST_MEMBERS && rcpi_json_member(item, i, &key, &v); i++)
    if (rcpi_starts(key, RCPI_S("body_")) && rcpi_trim(rcpi_json_text(v)).n) take(&b, rcpi_sub(key, 5, key.n), rcpi_trim(rcpi_json_text(v)));
  if (!b.text.n && !b.html.n && rcpi_json_at(bodies, 0)) take(&b, (rcp_str){NULL, 0}, by_role(bodies, "main"));
  if (b.text.n || b.html.n) return b;
  rcp_str description = by_role(get(item, "descriptions"), "text");
  take(&b, (rcp_str){NULL, 0}, description.n ? description : FIRST(item, "description_text", "description"));
  return b;
}

/* "Agence Une, Agence Deux": the parties that the text is from. */
static rcp_str sources_of(rcpi_arena *a, const rcpi_value *item) {
  const rcpi_value *sources = get(item, "infoSources"), *v;
  rcp_str all = {NULL, 0};
  if (!sources) sources = get(item, "infosource");
  for (size_t i = 0; (v = rcpi_json_at(sources, i)); i++) {
    rcp_str name = FIRST(v, "name", "literal");
    if (name.n) all = all.n ? rcpi_printf(a, "%.*s, %.*s", RCPI_P(all), RCPI_P(name)) : rcpi_dup(name, a);
  }
  return all;
}

static rcp_str link_of(const rcpi_value *item) {
  static const char *const lists[] = {"links", "renditions"};
  const rcpi_value *v;
  for (size_t k = 0; k < 2; k++)
    for (size_t i = 0; (v = rcpi_json_at(get(item, lists[k]), i)); i++) {
      rcp_str href = text_of(v, "href"), type = text_of(v, "contentType");
      if (rcpi_url_is(href) && (rcpi_eq_nocase(type, RCPI_S("text/html")) || rcpi_eq_nocase(text_of(v, "rel"), RCPI_S("canonical")))) return href;
    }
  return (rcp_str){NULL, 0};
}

bool rcpi_ninjs_article(const rcpi_value *item, rcp_article *article) {
  rcpi_arena *a = &article->arena;
  body b = body_of(item);
  rcp_str headline = by_role(get(item, "headlines"), "main"), origin = sources_of(a, item), holder = text_of(item, "copyrightHolder");
  const struct { rcp_str *to, from; } copied[] = {
      {&article->id, text_of(item, "uri")}, {&article->url, link_of(item)}, {&article->title, headline.n ? headline : FIRST(item, "headline", "title")},
      {&article->byline, FIRST(item, "by", "byline")}, {&article->publisher, holder.n ? holder : origin}, {&article->origin, origin},
      {&article->published, FIRST(item, "firstCreated", "versionCreated", "contentCreated")}, {&article->language, text_of(item, "language")},
      {&article->text, b.text}, {&article->html, b.text.n ? (rcp_str){NULL, 0} : b.html}};
  for (size_t i = 0; i < sizeof copied / sizeof *copied; i++)
    if (copied[i].from.n) *copied[i].to = rcpi_dup(copied[i].from, a);
  if (!article->text.n && !article->html.n) article->text = article->title;
  rcp_str status = text_of(item, "pubStatus");
  if (status.n && !rcpi_eq_nocase(status, RCPI_S("usable"))) article->note = rcpi_printf(a, "its publication status is \"%.*s\"", RCPI_P(status));
  rcpi_sha256_hex(article->html.n ? article->html : article->text, article->sha256);
  rcpi_record_join_title(article);
  return article->text.n || article->html.n;
}
