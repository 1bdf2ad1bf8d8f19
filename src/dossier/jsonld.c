/*
 * The dossier as linked data, for archives and for readers of annotations.
 *
 * Three vocabularies, each for what it is for: schema.org says what the things are (NewsArticle, Claim with its
 * appearances, Quotation; never a rating: recoupe gives no verdict), W3C PROV says what comes from what
 * (wasDerivedFrom where the direction is known, siblings through an entity that is not here, wasQuotedFrom,
 * hadPrimarySource), W3C Web Annotation says where it stands (a quote selector that survives edits and a position
 * selector, in code points). What they have no word for, counts and modes, has terms of our own (urn:recoupe:terms:).
 * The context stands in the document: no processor has to ask the network for it. Names of annotations are those of
 * the W3C's own context, so that a reader who knows no JSON-LD finds what it expects.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/hash.h"
#include "base/json.h"
#include "dossier/names.h"
#include "dossier/view.h"

enum { CONTEXT_LETTERS = 32 };

typedef struct linker {
  rcpi_json j;
  const rcp_dossier *d;
  rcpi_view view;
  rcpi_arena *a;
} linker;

static const char context[] =
    "{\"@vocab\":\"https://schema.org/\",\"oa\":\"http://www.w3.org/ns/oa#\",\"prov\":\"http://www.w3.org/ns/prov#\","
    "\"xsd\":\"http://www.w3.org/2001/XMLSchema#\",\"recoupe\":\"urn:recoupe:terms:\",\"id\":\"@id\",\"type\":\"@type\","
    "\"url\":{\"@id\":\"https://schema.org/url\",\"@type\":\"@id\"},"
    "\"appearance\":{\"@id\":\"https://schema.org/appearance\",\"@type\":\"@id\"},"
    "\"firstAppearance\":{\"@id\":\"https://schema.org/firstAppearance\",\"@type\":\"@id\"},"
    "\"isPartOf\":{\"@id\":\"https://schema.org/isPartOf\",\"@type\":\"@id\"},"
    "\"mentions\":{\"@id\":\"https://schema.org/mentions\",\"@type\":\"@id\"},"
    "\"wasDerivedFrom\":{\"@id\":\"prov:wasDerivedFrom\",\"@type\":\"@id\"},"
    "\"wasQuotedFrom\":{\"@id\":\"prov:wasQuotedFrom\",\"@type\":\"@id\"},"
    "\"hadPrimarySource\":{\"@id\":\"prov:hadPrimarySource\",\"@type\":\"@id\"},"
    "\"Annotation\":\"oa:Annotation\",\"SpecificResource\":\"oa:SpecificResource\","
    "\"TextQuoteSelector\":\"oa:TextQuoteSelector\",\"TextPositionSelector\":\"oa:TextPositionSelector\","
    "\"motivation\":{\"@id\":\"oa:motivatedBy\",\"@type\":\"@vocab\"},\"linking\":\"oa:linking\",\"identifying\":\"oa:identifying\","
    "\"body\":{\"@id\":\"oa:hasBody\",\"@type\":\"@id\"},\"target\":{\"@id\":\"oa:hasTarget\",\"@type\":\"@id\"},"
    "\"source\":{\"@id\":\"oa:hasSource\",\"@type\":\"@id\"},\"selector\":{\"@id\":\"oa:hasSelector\",\"@type\":\"@id\"},"
    "\"exact\":\"oa:exact\",\"prefix\":\"oa:prefix\",\"suffix\":\"oa:suffix\","
    "\"start\":{\"@id\":\"oa:start\",\"@type\":\"xsd:nonNegativeInteger\"},"
    "\"end\":{\"@id\":\"oa:end\",\"@type\":\"xsd:nonNegativeInteger\"},"
    "\"mode\":\"recoupe:mode\",\"saidBy\":\"recoupe:saidBy\",\"cue\":\"recoupe:cue\",\"articles\":\"recoupe:articles\","
    "\"texts\":\"recoupe:texts\",\"channels\":\"recoupe:channels\",\"independent\":\"recoupe:independent\","
    "\"derivation\":\"recoupe:derivation\",\"shared\":\"recoupe:shared\",\"sha256\":\"recoupe:sha256\"}";

static void put(linker *l, const char *key, rcp_str s) {
  if (!s.n) return;   /* what is not stated has no statement */
  rcpi_json_key(&l->j, key);
  rcpi_json_str(&l->j, s);
}

static void put_count(linker *l, const char *key, uint32_t n) {
  rcpi_json_key(&l->j, key);
  rcpi_json_uint(&l->j, n);
}

static rcp_str iri(linker *l, rcp_str id) {
  return rcpi_printf(l->a, "urn:recoupe:%.*s", RCPI_P(id));
}

static rcp_str article_iri(linker *l, uint32_t telling) {
  return iri(l, l->d->article_ids[telling]);
}

static void open_list(linker *l, const char *key) {
  rcpi_json_key(&l->j, key);
  rcpi_json_open(&l->j, '[');
}

static void open_types(linker *l, const char *first, const char *second) {
  open_list(l, "type");
  rcpi_json_str(&l->j, rcpi_cstr(first));
  rcpi_json_str(&l->j, rcpi_cstr(second));
  rcpi_json_close(&l->j, ']');
}

/* Who copied from whom: parents that are here, and the one that is not for each pair of siblings. */
static void put_parents(linker *l, uint32_t telling) {
  const rcpi_story *s = &l->d->story;
  bool is_open = false;
  for (size_t i = 0; i < s->n_derivations; i++) {
    const rcpi_derivation *x = &s->derivations[i];
    if (x->a != telling && x->b != telling) continue;
    rcp_str parent = {NULL, 0};
    if (x->direction == RCPI_A_FROM_B && x->a == telling) parent = article_iri(l, x->b);
    if (x->direction == RCPI_B_FROM_A && x->b == telling) parent = article_iri(l, x->a);
    if (x->direction == RCPI_SIBLINGS)
      parent = rcpi_printf(l->a, "_:common-%.*s-%.*s", RCPI_P(l->d->article_ids[x->a]), RCPI_P(l->d->article_ids[x->b]));
    if (!parent.p) continue;
    if (!is_open) open_list(l, "wasDerivedFrom");
    is_open = true;
    rcpi_json_str(&l->j, parent);
  }
  if (is_open) rcpi_json_close(&l->j, ']');
}

static void put_sources(linker *l, uint32_t telling) {
  const rcpi_story *s = &l->d->story;
  bool *is_done = rcpi_array(l->a, bool, s->n_origins), is_open = false;
  for (size_t i = 0; i < s->n_credits; i++) {
    const rcpi_credit *c = &s->credits[i];
    if (c->telling != telling || is_done[c->origin]) continue;
    if (!is_open) open_list(l, "hadPrimarySource");
    is_open = is_done[c->origin] = true;
    rcpi_json_str(&l->j, iri(l, l->d->origin_ids[c->origin]));
  }
  if (is_open) rcpi_json_close(&l->j, ']');
}

static rcp_str name_iri(linker *l, size_t group) {
  const rcpi_name_group *g = &l->d->story.names.groups[group];
  return rcpi_printf(l->a, "urn:recoupe:n%016llx", (unsigned long long)rcpi_hash(g->canonical, (uint64_t)g->type));
}

static void put_mentions(linker *l, uint32_t telling) {
  const rcpi_name_groups *g = &l->d->story.names;
  bool is_open = false;
  for (size_t i = 0; i < g->n_groups; i++) {
    bool is_here = false;
    for (uint32_t k = 0; k < g->groups[i].n; k++) is_here |= g->mentions[g->groups[i].first + k].telling == telling;
    if (!is_here) continue;
    if (!is_open) open_list(l, "mentions");
    is_open = true;
    rcpi_json_str(&l->j, name_iri(l, i));
  }
  if (is_open) rcpi_json_close(&l->j, ']');
}

static void put_article(linker *l, uint32_t telling) {
  const rcp_article *article = l->d->story.tellings[telling].article;
  rcpi_json_open(&l->j, '{');
  put(l, "id", article_iri(l, telling));
  open_types(l, "NewsArticle", "prov:Entity");
  put(l, "identifier", article->source);
  if (rcpi_find(article->url.p ? article->url : RCPI_S(""), RCPI_S("://")) != RCPI_NONE) put(l, "url", article->url);
  put(l, "headline", article->title);
  put(l, "datePublished", article->published);
  put(l, "inLanguage", article->language);
  put(l, "creditText", article->byline);
  put(l, "sha256", rcpi_cstr(rcpi_article_sha256(article, (char[RCPI_SHA256_HEX + 1]){0})));
  if (article->publisher.n) {
    rcpi_json_key(&l->j, "publisher");
    rcpi_json_open(&l->j, '{');
    put(l, "type", RCPI_S("Organization"));
    put(l, "name", article->publisher);
    rcpi_json_close(&l->j, '}');
  }
  put_parents(l, telling);
  put_sources(l, telling);
  put_mentions(l, telling);
  put(l, "text", article->text);
  rcpi_json_close(&l->j, '}');
}

static void put_origin(linker *l, uint32_t i) {
  static const char *const types[] = {"NewsMediaOrganization", "NewsMediaOrganization", "Thing", "Organization", "Person", "Thing", "Thing"};
  const rcpi_origin *o = &l->d->story.origins[i];
  rcpi_json_open(&l->j, '{');
  put(l, "id", iri(l, l->d->origin_ids[i]));
  open_types(l, types[o->kind], "prov:Entity");
  put(l, "name", o->name);
  rcpi_json_close(&l->j, '}');
}

static void put_name(linker *l, size_t i) {
  static const char *const types[] = {"Person", "Organization", "Place", "Product", "NewsMediaOrganization", "Event", "Thing"};
  const rcpi_name_groups *g = &l->d->story.names;
  rcpi_map seen = {.n = 0};
  bool is_new, is_open = false;
  rcpi_json_open(&l->j, '{');
  put(l, "id", name_iri(l, i));
  put(l, "type", rcpi_cstr(types[g->groups[i].type]));
  put(l, "name", g->groups[i].canonical);
  rcpi_map_put(l->a, &seen, g->groups[i].canonical, 0, NULL);
  for (uint32_t k = 0; k < g->groups[i].n; k++) {
    rcpi_name_mention m = g->mentions[g->groups[i].first + k];
    rcp_str words = rcpi_view_words(&l->view, m.telling, rcpi_view_tokens(&l->view, m.telling, l->d->story.tellings[m.telling].marks.names[m.name].at));
    rcpi_map_put(l->a, &seen, words, 0, &is_new);
    if (!is_new || !words.n) continue;
    if (!is_open) open_list(l, "alternateName");
    is_open = true;
    rcpi_json_str(&l->j, words);
  }
  if (is_open) rcpi_json_close(&l->j, ']');
  rcpi_json_close(&l->j, '}');
}

/* Up to CONTEXT_LETTERS code points before and after a span. */
static rcp_str before(rcp_str text, rcpi_span at) {
  size_t beg = at.beg, len;
  for (unsigned i = 0; i < CONTEXT_LETTERS && beg; i++) rcpi_utf8_before(text, beg, &len), beg -= len;
  return rcpi_sub(text, beg, at.beg);
}

static rcp_str after(rcp_str text, rcpi_span at) {
  size_t end = at.end, len;
  for (unsigned i = 0; i < CONTEXT_LETTERS && end < text.n; i++) rcpi_utf8_at(text, end, &len), end += len;
  return rcpi_sub(text, at.end, end);
}

/* A place in an article: both selectors. */
static void put_place(linker *l, const char *key, uint32_t telling, rcpi_span at) {
  rcp_str text = l->d->story.tellings[telling].article->text;
  rcpi_json_key(&l->j, key);
  rcpi_json_open(&l->j, '{');
  put(l, "type", RCPI_S("SpecificResource"));
  put(l, "source", article_iri(l, telling));
  open_list(l, "selector");
  rcpi_json_open(&l->j, '{');
  put(l, "type", RCPI_S("TextQuoteSelector"));
  put(l, "exact", rcpi_at(text, at));
  put(l, "prefix", before(text, at));
  put(l, "suffix", after(text, at));
  rcpi_json_close(&l->j, '}');
  rcpi_json_open(&l->j, '{');
  put(l, "type", RCPI_S("TextPositionSelector"));
  put_count(l, "start", rcpi_cp_of(&l->d->cp[telling], at.beg));
  put_count(l, "end", rcpi_cp_of(&l->d->cp[telling], at.end));
  rcpi_json_close(&l->j, '}');
  rcpi_json_close(&l->j, ']');
  rcpi_json_close(&l->j, '}');
}

/* The dated article that came first; UINT32_MAX when none has a date. */
static uint32_t first_of(const linker *l, const rcpi_claim *c) {
  uint32_t first = UINT32_MAX;
  for (size_t i = 0; i < c->n_appearances; i++) {
    uint32_t telling = c->appearances[i].telling;
    bool is_dated = l->d->story.tellings[telling].article->published.n > 0;
    if (is_dated && (first == UINT32_MAX || l->view.number[telling] < l->view.number[first])) first = telling;
  }
  return first;
}

static void put_claim(linker *l, uint32_t i) {
  const rcpi_claim *c = &l->d->story.claims[i];
  const rcpi_appearance *gist = rcpi_view_gist(&l->view, i);
  uint32_t first = first_of(l, c), last = UINT32_MAX;
  rcpi_json_open(&l->j, '{');
  put(l, "id", iri(l, l->d->claim_ids[i]));
  put(l, "type", RCPI_S("Claim"));
  put(l, "text", rcpi_view_words(&l->view, gist->telling, rcpi_view_span(&l->view, gist)));
  put(l, "inLanguage", l->d->story.tellings[gist->telling].article->language);
  open_list(l, "appearance");
  for (size_t k = 0; k < c->n_appearances; k++) {
    if (c->appearances[k].telling != last) rcpi_json_str(&l->j, article_iri(l, c->appearances[k].telling));
    last = c->appearances[k].telling;
  }
  rcpi_json_close(&l->j, ']');
  if (first != UINT32_MAX) put(l, "firstAppearance", article_iri(l, first));
  if (c->support.n_origins) {
    open_list(l, "hadPrimarySource");
    for (size_t k = 0; k < c->support.n_origins; k++) rcpi_json_str(&l->j, iri(l, l->d->origin_ids[c->support.origins[k]]));
    rcpi_json_close(&l->j, ']');
  }
  put_count(l, "articles", c->support.articles);
  put_count(l, "texts", c->support.texts);
  put_count(l, "channels", c->support.channels);
  put_count(l, "independent", c->support.independent);
  rcpi_json_close(&l->j, '}');
}

/* The outermost named speaker of an appearance, and the words that attribute it. */
static void put_speaker(linker *l, const rcpi_appearance *app, bool is_quotation) {
  for (uint32_t k = 0; k < app->said.n_frames; k++) {
    rcp_str resolved, name = rcpi_view_source(&l->view, app, k, &resolved);
    uint32_t origin = rcpi_view_origin(&l->view, app, k);
    if (!name.n) continue;
    if (!is_quotation) {
      const rcpi_frame *f = &l->d->story.tellings[app->telling].marks.frames[app->said.frames[k]];
      put(l, "saidBy", resolved.n ? resolved : name);
      if (rcpi_tokens_any(f->cue)) put(l, "cue", rcpi_view_words(&l->view, app->telling, rcpi_view_tokens(&l->view, app->telling, f->cue)));
      return;
    }
    rcpi_json_key(&l->j, "spokenByCharacter");
    rcpi_json_open(&l->j, '{');
    if (origin != UINT32_MAX) put(l, "id", iri(l, l->d->origin_ids[origin]));
    put(l, "name", resolved.n ? resolved : name);
    rcpi_json_close(&l->j, '}');
    return;
  }
}

static void put_quotation(linker *l, uint32_t claim, uint32_t k) {
  const rcpi_appearance *app = &l->d->story.claims[claim].appearances[k];
  rcpi_json_open(&l->j, '{');
  put(l, "id", rcpi_printf(l->a, "urn:recoupe:%.*s-quotation-%u", RCPI_P(l->d->claim_ids[claim]), k + 1));
  open_types(l, "Quotation", "prov:Entity");
  put(l, "text", rcpi_view_words(&l->view, app->telling, rcpi_view_span(&l->view, app)));
  put(l, "inLanguage", l->d->story.tellings[app->telling].article->language);
  put(l, "isPartOf", article_iri(l, app->telling));
  put(l, "wasQuotedFrom", article_iri(l, app->telling));
  put_speaker(l, app, true);
  rcpi_json_close(&l->j, '}');
}

static void put_annotation(linker *l, uint32_t claim, uint32_t k) {
  const rcpi_appearance *app = &l->d->story.claims[claim].appearances[k];
  rcpi_json_open(&l->j, '{');
  put(l, "id", rcpi_printf(l->a, "urn:recoupe:%.*s-place-%u", RCPI_P(l->d->claim_ids[claim]), k + 1));
  put(l, "type", RCPI_S("Annotation"));
  put(l, "motivation", RCPI_S("identifying"));
  put(l, "body", iri(l, l->d->claim_ids[claim]));
  put_place(l, "target", app->telling, rcpi_view_span(&l->view, app));
  put(l, "mode", rcpi_cstr(rcpi_mode_names[app->said.mode]));
  put_speaker(l, app, false);
  rcpi_json_close(&l->j, '}');
}

/* A shared passage: one place linked to the other, the earlier telling in the body. */
static void put_passage(linker *l, const rcpi_derivation *x, size_t k) {
  rcpi_json_open(&l->j, '{');
  put(l, "id", rcpi_printf(l->a, "urn:recoupe:%.*s-%.*s-passage-%zu", RCPI_P(l->d->article_ids[x->a]), RCPI_P(l->d->article_ids[x->b]), k + 1));
  put(l, "type", RCPI_S("Annotation"));
  put(l, "motivation", RCPI_S("linking"));
  bool a_from_b = x->direction == RCPI_A_FROM_B;
  put_place(l, "body", a_from_b ? x->b : x->a, a_from_b ? x->passages[k].b : x->passages[k].a);
  put_place(l, "target", a_from_b ? x->a : x->b, a_from_b ? x->passages[k].a : x->passages[k].b);
  put(l, "derivation", rcpi_cstr(rcpi_derivation_names[x->kind]));
  rcpi_json_key(&l->j, "shared");
  rcpi_json_num(&l->j, x->shared, 4);
  rcpi_json_close(&l->j, '}');
}

static void put_graph(linker *l) {
  const rcpi_story *s = &l->d->story;
  for (uint32_t i = 0; i < s->n_tellings; i++) put_article(l, i);
  for (uint32_t i = 0; i < s->n_origins; i++) put_origin(l, i);
  for (size_t i = 0; i < s->names.n_groups; i++)
    if (s->names.groups[i].n) put_name(l, i);
  for (uint32_t i = 0; i < s->n_claims; i++) {
    put_claim(l, i);
    for (uint32_t k = 0; k < s->claims[i].n_appearances; k++) {
      put_annotation(l, i, k);
      if (s->claims[i].appearances[k].said.mode == RCPI_MODE_QUOTED) put_quotation(l, i, k);
    }
  }
  for (size_t i = 0; i < s->n_derivations; i++)
    for (size_t k = 0; k < s->derivations[i].n_passages; k++) put_passage(l, &s->derivations[i], k);
}

void rcpi_dossier_jsonld(const rcp_dossier *d, rcpi_buf *out) {
  rcpi_arena a;
  rcpi_arena_init(&a);
  a.pool = d->arena.pool;
  RCPI_GUARD(&a) {
    linker l = {.d = d, .a = &a};
    rcpi_view_init(&a, d, &l.view);
    rcpi_buf_adds(out, "{\"@context\":");
    rcpi_buf_adds(out, context);
    rcpi_buf_adds(out, ",\n\"@graph\":");
    rcpi_json_init(&l.j, out, true);
    rcpi_json_open(&l.j, '[');
    put_graph(&l);
    rcpi_json_close(&l.j, ']');
    rcpi_buf_adds(out, "}\n");
  } else {
    out->failed = true;
  }
  rcpi_arena_release(&a);
}
