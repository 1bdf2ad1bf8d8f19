/*
 * The archive as other programs read it, a piece at a time, so that its size does not matter.
 *
 * jsonl    every article, versions included, in the order added: what `recoupe add` reads, with story and version beside it
 * csv      RFC 4180: a line for each place that carries a claim
 * jsonld   one array of the stories' JSON-LD documents
 * graphml  articles as nodes; an edge leads from an article to the one that its text comes from; where that is not known,
 *          or both have it from a third, the edge has no direction
 *
 * A spreadsheet takes a field that begins with = + - or @ for a formula; such fields get an apostrophe before them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/json.h"
#include "clean/clean.h"
#include "store/archive_int.h"

enum { PIECE = 1 << 16 };

typedef struct giving {
  rcpi_archive *s;
  rcp_archive_write write;
  void *with;
  rcpi_buf out;
  bool has_failed, is_first;
} giving;

static void pass_on(giving *g, bool all) {
  if (g->has_failed || (!all && g->out.len < PIECE)) return;
  if (g->out.failed || (g->out.len && g->write(g->with, rcpi_buf_str(&g->out)))) g->has_failed = true;
  rcpi_buf_clear(&g->out);
}

/* -------------------------------------------------------------------------------------------------------------- JSONL */

static void put_article(giving *g, const rcp_article *a, rcp_str story, rcp_str day, int64_t version, bool is_latest) {
  rcpi_json j;
  rcpi_json_init(&j, &g->out, false);
  rcpi_json_open(&j, '{');
  const struct { const char *key; rcp_str value; } fields[] = {
      {"id", a->id}, {"story", story}, {"source", a->source}, {"url", a->url}, {"title", a->title}, {"byline", a->byline}, {"published", a->published},
      {"publisher", a->publisher}, {"language", a->language}, {"text", rcpi_clean_own_text(&g->s->scratch, a)}, {"day", day}, {"sha256", rcpi_cstr(rcpi_article_sha256(a, (char[RCPI_SHA256_HEX + 1]){0}))}};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    rcpi_json_key(&j, fields[i].key);
    rcpi_json_str(&j, fields[i].value);
  }
  rcpi_json_key(&j, "version");
  rcpi_json_int(&j, version);
  rcpi_json_key(&j, "latest");
  rcpi_json_bool(&j, is_latest);
  rcpi_json_close(&j, '}');
  rcpi_buf_addc(&g->out, '\n');
}

static rcp_status give_articles(giving *g, int64_t story, rcp_error *error) {
  static const char sql[] = "SELECT a.id, s.name, date(a.day*86400, 'unixepoch'), a.version, a.replaced_by IS NULL FROM article a JOIN story s ON s.id=a.story"
                            " WHERE ?1=0 OR a.story=?1 ORDER BY a.id";
  rcpi_mark mark = rcpi_arena_mark(&g->s->scratch);
  rcp_status status = RCP_OK;
  rcpi_stmt *q = rcpi_db_ask(g->s->db, sql, "i", story);
  while (!status && !g->has_failed && rcpi_db_next(g->s->db, q)) {
    rcp_article *a;
    status = rcpi_archive_load(g->s, rcpi_db_int(q, 0), &a, error);
    if (status) break;
    put_article(g, a, rcpi_db_str(q, 1), rcpi_db_str(q, 2), rcpi_db_int(q, 3), rcpi_db_int(q, 4) == 1);
    rcpi_article_drop(a);
    rcpi_arena_rewind(&g->s->scratch, mark);
    pass_on(g, false);
  }
  rcpi_db_end(q);
  return status ? status : rcpi_db_status(g->s->db, error);
}

/* ----------------------------------------------------------------------------------------------------------- by story */

typedef rcp_status (*give_story)(giving *g, rcp_str name, rcp_error *error);

/* One story, or every one that holds articles, in the order of their numbers. */
static rcp_status each_story(giving *g, int64_t only, give_story give, rcp_error *error) {
  static const char next[] = "SELECT min(id) FROM story WHERE id>?1 AND n_articles>0";
  rcp_status status = RCP_OK;
  for (int64_t id = 0; !status && !g->has_failed;) {
    id = only ? (id ? RCPI_NULL : only) : rcpi_db_number(g->s->db, next, "i", id);
    if (id == RCPI_NULL) break;
    char name[32];
    int n = snprintf(name, sizeof name, "#%lld", (long long)id);
    status = give(g, (rcp_str){name, (size_t)n}, error);
    pass_on(g, false);
  }
  return status ? status : rcpi_db_status(g->s->db, error);
}

/* ---------------------------------------------------------------------------------------------------------------- CSV */

static void put_field(rcpi_buf *b, rcp_str v, bool is_last) {
  bool is_formula = v.n && strchr("=+-@\t\r", v.p[0]), is_quoted = is_formula;
  for (size_t i = 0; i < v.n && !is_quoted; i++) is_quoted = v.p[i] == '"' || v.p[i] == ',' || v.p[i] == '\n' || v.p[i] == '\r';
  if (is_quoted) rcpi_buf_addc(b, '"');
  if (is_formula) rcpi_buf_addc(b, '\'');
  for (size_t i = 0; i < v.n; i++) {
    if (v.p[i] == '"') rcpi_buf_addc(b, '"');
    rcpi_buf_addc(b, v.p[i]);
  }
  if (is_quoted) rcpi_buf_addc(b, '"');
  rcpi_buf_adds(b, is_last ? "\r\n" : ",");
}

static void put_claim(void *with, const rcp_archive_claim *c) {
  giving *g = with;
  rcpi_buf *b = &g->out;
  put_field(b, c->story, false);
  put_field(b, c->claim, false);
  put_field(b, c->gist, false);
  rcpi_buf_printf(b, "%u,%u,%u,%u,%u,", c->articles, c->texts, c->channels, c->independent, c->conflicts);
  put_field(b, c->why, false);
  put_field(b, c->article, false);
  put_field(b, c->mode, false);
  put_field(b, c->source, false);
  put_field(b, c->cue, false);
  rcpi_buf_printf(b, "%u,%u,", c->beg_cp, c->end_cp);
  put_field(b, c->exact, true);
  pass_on(g, false);
}

static rcp_status give_claims(giving *g, rcp_str story, rcp_error *error) {
  return rcpi_archive_claims(g->s, story, (rcp_str){NULL, 0}, put_claim, g, error);
}

/* ------------------------------------------------------------------------------------------------------------ JSON-LD */

static rcp_status give_jsonld(giving *g, rcp_str story, rcp_error *error) {
  if (!g->is_first) rcpi_buf_adds(&g->out, ",\n");
  g->is_first = false;
  return rcpi_archive_dossier_write(g->s, story, RCP_FORMAT_JSONLD, NULL, &g->out, error);
}

/* ------------------------------------------------------------------------------------------------------------ GraphML */

static void put_xml(rcpi_buf *b, rcp_str s) {
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if (c == '&') rcpi_buf_adds(b, "&amp;");
    else if (c == '<') rcpi_buf_adds(b, "&lt;");
    else if (c == '>') rcpi_buf_adds(b, "&gt;");
    else if (c == '"') rcpi_buf_adds(b, "&quot;");
    else rcpi_buf_addc(b, c < 0x20 && c != '\t' && c != '\n' ? ' ' : (char)c);
  }
}

static void put_data(rcpi_buf *b, const char *key, rcp_str value) {
  if (!value.p) return;
  rcpi_buf_printf(b, "<data key=\"%s\">", key);
  put_xml(b, value);
  rcpi_buf_adds(b, "</data>");
}

static void put_node(void *with, const rcp_archive_row *row) {
  giving *g = with;
  rcpi_buf_printf(&g->out, "<node id=\"a%llu\">", (unsigned long long)row->number);
  const struct { const char *key; rcp_str value; } fields[] = {{"article", row->id}, {"story", row->story}, {"title", row->title}, {"url", row->url},
                                                               {"publisher", row->publisher}, {"published", row->published}, {"language", row->language}};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) put_data(&g->out, fields[i].key, fields[i].value);
  rcpi_buf_adds(&g->out, "</node>\n");
  pass_on(g, false);
}

static void put_edge(void *with, const rcp_archive_derivation *d) {
  giving *g = with;
  bool is_known = rcpi_is(d->direction, "a-from-b") || rcpi_is(d->direction, "b-from-a"), is_back = rcpi_is(d->direction, "b-from-a");
  rcpi_buf_printf(&g->out, "<edge source=\"a%llu\" target=\"a%llu\"%s>", (unsigned long long)(is_back ? d->number_b : d->number_a),
                  (unsigned long long)(is_back ? d->number_a : d->number_b), is_known ? "" : " directed=\"false\"");
  put_data(&g->out, "kind", d->kind);
  put_data(&g->out, "direction", d->direction);
  rcpi_buf_printf(&g->out, "<data key=\"shared\">%u.%04u</data>", (unsigned)d->shared, (unsigned)((d->shared - (unsigned)d->shared) * 10000));
  put_data(&g->out, "evidence", d->evidence);
  rcpi_buf_adds(&g->out, "</edge>\n");
  pass_on(g, false);
}

static rcp_status give_nodes(giving *g, rcp_str story, rcp_error *error) {
  return rcpi_archive_articles(g->s, story, put_node, g, error);
}

static rcp_status give_edges(giving *g, rcp_str story, rcp_error *error) {
  return rcpi_archive_derivations(g->s, story, put_edge, g, error);
}

static void put_graph_head(rcpi_buf *b) {
  static const char *const node_keys[] = {"article", "story", "title", "url", "publisher", "published", "language"};
  static const char *const edge_keys[] = {"kind", "direction", "evidence"};
  rcpi_buf_adds(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
  for (size_t i = 0; i < sizeof node_keys / sizeof *node_keys; i++)
    rcpi_buf_printf(b, "<key id=\"%s\" for=\"node\" attr.name=\"%s\" attr.type=\"string\"/>\n", node_keys[i], node_keys[i]);
  for (size_t i = 0; i < sizeof edge_keys / sizeof *edge_keys; i++)
    rcpi_buf_printf(b, "<key id=\"%s\" for=\"edge\" attr.name=\"%s\" attr.type=\"string\"/>\n", edge_keys[i], edge_keys[i]);
  rcpi_buf_adds(b, "<key id=\"shared\" for=\"edge\" attr.name=\"shared\" attr.type=\"double\"/>\n<graph id=\"derivations\" edgedefault=\"directed\">\n");
}

/* --------------------------------------------------------------------------------------------------------------- all */

static rcp_status give(giving *g, rcp_export what, int64_t story, rcp_error *error) {
  rcp_status status = RCP_OK;
  switch (what) {
    case RCP_EXPORT_JSONL: return give_articles(g, story, error);
    case RCP_EXPORT_CSV:
      rcpi_buf_adds(&g->out, "story,claim,gist,articles,texts,channels,independent,conflicts,why,article,mode,source,cue,start,end,exact\r\n");
      return each_story(g, story, give_claims, error);
    case RCP_EXPORT_JSONLD:
      rcpi_buf_adds(&g->out, "[\n");
      status = each_story(g, story, give_jsonld, error);
      rcpi_buf_adds(&g->out, "]\n");
      return status;
    case RCP_EXPORT_GRAPHML:
      put_graph_head(&g->out);
      status = each_story(g, story, give_nodes, error);
      if (!status) status = each_story(g, story, give_edges, error);
      rcpi_buf_adds(&g->out, "</graph>\n</graphml>\n");
      return status;
  }
  return rcpi_error(error, RCP_EUSAGE, RCPI_S(""), 0, "no such format");
}

rcp_status rcpi_archive_export(rcpi_archive *s, rcp_export what, rcp_str name, rcp_archive_write write, void *with, rcp_error *error) {
  giving g = {.s = s, .write = write, .with = with, .is_first = true};
  rcpi_archive_enter(s);
  int64_t story = name.p ? rcpi_archive_story_of(s, name) : 0;
  if (name.p && !story) return rcpi_error(error, RCP_EUSAGE, rcpi_cstr(s->path), 0, "no story %.*s", RCPI_P(name));
  rcpi_buf_init(&g.out);
  rcp_status status = give(&g, what, story, error);
  if (!status) pass_on(&g, true);
  rcpi_buf_release(&g.out);
  if (!status && g.has_failed) return rcpi_error(error, RCP_EIO, rcpi_cstr(s->path), 0, "what is exported can't be written");
  return status;
}
