/*
 * Reads a dossier's JSON back into the structures that the writers take. Places are snapped to tokens, which is where
 * the analysis puts them; frames are made of the attribution's words, looked for next to the appearance.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "dossier/names.h"

typedef struct loader {
  rcp_dossier *d;
  rcpi_arena *a;
  rcpi_map article, origin;    /* id -> index */
  RCPI_VEC(rcpi_frame) *frames;   /* one list a telling */
  RCPI_VEC(uint32_t) *frame_origin;
} loader;

static const rcpi_value *get(const rcpi_value *v, const char *key) { return rcpi_json_get(v, key); }
static rcp_str text(const rcpi_value *v, const char *key) { return rcpi_json_text(rcpi_json_get(v, key)); }

static uint32_t number(const rcpi_value *v, const char *key) {
  double n = 0;
  return rcpi_json_number(rcpi_json_get(v, key), &n) ? (uint32_t)n : 0;
}

static bool is_true(const rcpi_value *v, const char *key) { return rcpi_json_is_true(rcpi_json_get(v, key)); }

static unsigned word_in(const char *const *names, size_t n, rcp_str word) {
  for (unsigned i = 0; i < n; i++)
    if (rcpi_is(word, names[i])) return i;
  return (unsigned)(n - 1);
}

static uint32_t byte_of(rcp_str s, uint32_t cp) {
  size_t at = 0, len;
  for (uint32_t i = 0; i < cp && at < s.n; i++, at += len) rcpi_utf8_at(s, at, &len);
  return (uint32_t)at;
}

static rcpi_span span_of(rcp_str s, const rcpi_value *v) {
  return (rcpi_span){byte_of(s, number(v, "start")), byte_of(s, number(v, "end"))};
}

static rcpi_tokens tokens_of(const rcpi_text *t, rcpi_span at) {
  uint32_t end = (uint32_t)rcpi_token_at(t, at.beg), beg = end;
  while (end < t->n_tokens && t->tokens[end].beg < at.end) end++;
  return (rcpi_tokens){beg, end};
}

static uint32_t index_of(const rcpi_map *m, rcp_str id) {
  const uint32_t *found = id.p ? rcpi_map_get(m, id) : NULL;
  return found ? *found : UINT32_MAX;
}

static rcp_article *load_article(loader *l, const rcpi_value *v) {
  rcp_article *article = rcpi_article_alloc();
  if (!article) rcpi_out_of_memory(l->a);
  l->d->owned[l->d->n_owned++] = article;
  article->id = text(v, "id");
  article->source = text(v, "source");
  article->url = text(v, "url");
  article->title = text(v, "title");
  article->byline = text(v, "byline");
  article->publisher = text(v, "publisher");
  article->published = text(v, "published");
  article->language = text(v, "language");
  article->text = text(v, "text");
  article->lang = rcpi_lang_by_tag(&l->d->engine->langs, article->language);
  article->is_cleaned = true;
  const rcpi_value *furniture = get(v, "furniture");
  article->n_furniture = rcpi_json_size(furniture);
  article->furniture = rcpi_array(l->a, rcpi_furniture, article->n_furniture);
  for (size_t i = 0; i < article->n_furniture; i++) {
    const rcpi_value *f = rcpi_json_at(furniture, i);
    article->furniture[i] = (rcpi_furniture){span_of(article->text, f), word_in(rcpi_furniture_names, 10, text(f, "kind"))};
  }
  size_t at = article->title.p ? rcpi_find(article->text, article->title) : RCPI_NONE;
  if (at != RCPI_NONE) article->title_at = (rcpi_span){(uint32_t)at, (uint32_t)(at + article->title.n)};
  return article;
}

/* The words nearest to `near`; empty when the text does not hold them. */
static rcpi_tokens words_near(const rcpi_text *t, rcp_str words, rcpi_span near) {
  rcpi_span best = {0, 0};
  size_t distance = SIZE_MAX;
  for (size_t at = 0, hit; words.n && at < t->s.n; at += hit + 1) {
    hit = rcpi_find(rcpi_sub(t->s, at, t->s.n), words);
    if (hit == RCPI_NONE) break;
    size_t place = at + hit, far = place > near.end ? place - near.end : near.beg > place ? near.beg - place : 0;
    if (far < distance) distance = far, best = (rcpi_span){(uint32_t)place, (uint32_t)(place + words.n)};
  }
  return best.end ? tokens_of(t, best) : (rcpi_tokens){0, 0};
}

static void load_attribution(loader *l, const rcpi_value *v, rcpi_appearance *app, rcpi_span at) {
  const rcpi_text *t = &l->d->story.tellings[app->telling].text;
  for (size_t i = 0; i < rcpi_json_size(v) && i < 3; i++) {
    const rcpi_value *said = rcpi_json_at(v, i);
    rcpi_frame f = {.outer = -1, .source = words_near(t, text(said, "source"), at), .cue = words_near(t, text(said, "cue"), at),
                    .resolved = words_near(t, text(said, "resolved"), at), .content = app->at};
    app->said.frames[app->said.n_frames++] = (uint32_t)l->frames[app->telling].n;
    rcpi_push(l->a, &l->frames[app->telling], f);
    rcpi_push(l->a, &l->frame_origin[app->telling], index_of(&l->origin, text(said, "origin")));
  }
}

static void load_difference(loader *l, const rcpi_value *v, rcpi_difference *out) {
  const rcpi_value *values = get(v, "values");
  *out = (rcpi_difference){.kind = word_in(rcpi_difference_names, 11, text(v, "kind")), .is_conflict = is_true(v, "conflict"),
                           .n_values = rcpi_json_size(values), .why = text(v, "why")};
  out->values = rcpi_array(l->a, rcpi_value_at, out->n_values);
  for (size_t i = 0; i < out->n_values; i++) {
    const rcpi_value *x = rcpi_json_at(values, i);
    uint32_t telling = index_of(&l->article, text(x, "article"));
    out->values[i] = (rcpi_value_at){telling, span_of(l->d->cp[telling].text, x), text(x, "norm")};
  }
}

static void load_claim(loader *l, const rcpi_value *v, rcpi_claim *c) {
  const rcpi_value *appearances = get(v, "appearances"), *differences = get(v, "differences"), *s = get(v, "support");
  c->n_appearances = rcpi_json_size(appearances);
  c->appearances = rcpi_array(l->a, rcpi_appearance, c->n_appearances);
  size_t longest = 0;
  for (size_t i = 0; i < c->n_appearances; i++) {
    const rcpi_value *x = rcpi_json_at(appearances, i);
    rcpi_appearance *app = &c->appearances[i];
    app->telling = index_of(&l->article, text(x, "article"));
    rcpi_span at = span_of(l->d->cp[app->telling].text, x);
    app->at = tokens_of(&l->d->story.tellings[app->telling].text, at);
    app->said.mode = word_in(rcpi_mode_names, 4, text(x, "mode"));
    load_attribution(l, get(x, "attribution"), app, at);
    if (at.end - at.beg > longest) longest = at.end - at.beg, c->gist = (uint32_t)i;
  }
  c->n_differences = rcpi_json_size(differences);
  c->differences = rcpi_array(l->a, rcpi_difference, c->n_differences);
  for (size_t i = 0; i < c->n_differences; i++) load_difference(l, rcpi_json_at(differences, i), &c->differences[i]);
  c->support = (rcpi_support){.articles = number(s, "articles"), .texts = number(s, "texts"), .channels = number(s, "channels"),
                              .independent = number(s, "independent"), .why = text(s, "why")};
  const rcpi_value *origins = get(s, "origins");
  c->support.origins = rcpi_array(l->a, uint32_t, rcpi_json_size(origins));
  for (size_t i = 0; i < rcpi_json_size(origins); i++)
    c->support.origins[c->support.n_origins++] = index_of(&l->origin, rcpi_json_text(rcpi_json_at(origins, i)));
}

static void load_derivation(loader *l, const rcpi_value *v, rcpi_derivation *x) {
  *x = (rcpi_derivation){.a = index_of(&l->article, text(v, "a")), .b = index_of(&l->article, text(v, "b")),
                         .kind = word_in(rcpi_derivation_names, 4, text(v, "kind")),
                         .direction = word_in(rcpi_direction_names, 4, text(v, "direction")), .evidence = text(v, "evidence")};
  rcpi_json_number(get(v, "shared"), &x->shared);
  const rcpi_value *passages = get(v, "passages");
  x->n_passages = rcpi_json_size(passages);
  x->passages = rcpi_array(l->a, rcpi_passage, x->n_passages);
  for (size_t i = 0; i < x->n_passages; i++) {
    const rcpi_value *p = rcpi_json_at(passages, i);
    x->passages[i] = (rcpi_passage){span_of(l->d->cp[x->a].text, get(p, "a")), span_of(l->d->cp[x->b].text, get(p, "b")), false};
  }
}

static void load_names(loader *l, const rcpi_value *v) {
  rcpi_name_groups *g = &l->d->story.names;
  RCPI_VEC(rcpi_name_mention) mentions = {0};
  RCPI_VEC(rcpi_name) *names = rcpi_alloc(l->a, l->d->story.n_tellings, sizeof *names);
  g->n_groups = rcpi_json_size(v);
  g->groups = rcpi_array(l->a, rcpi_name_group, g->n_groups);
  for (size_t i = 0; i < g->n_groups; i++) {
    const rcpi_value *x = rcpi_json_at(v, i), *list = get(x, "mentions");
    g->groups[i] = (rcpi_name_group){text(x, "canonical"), word_in(rcpi_name_type_names, 7, text(x, "type")),
                                     (uint32_t)mentions.n, (uint32_t)rcpi_json_size(list)};
    for (size_t k = 0; k < rcpi_json_size(list); k++) {
      const rcpi_value *m = rcpi_json_at(list, k);
      uint32_t telling = index_of(&l->article, text(m, "article"));
      rcpi_tokens at = tokens_of(&l->d->story.tellings[telling].text, span_of(l->d->cp[telling].text, m));
      rcpi_push(l->a, &mentions, (rcpi_name_mention){telling, (uint32_t)names[telling].n});
      rcpi_push(l->a, &names[telling], (rcpi_name){at, g->groups[i].type, false});
    }
  }
  g->mentions = mentions.p;
  g->n_mentions = mentions.n;
  for (size_t i = 0; i < l->d->story.n_tellings; i++)
    l->d->story.tellings[i].marks.names = names[i].p, l->d->story.tellings[i].marks.n_names = names[i].n;
}

static void load_times(loader *l, const rcpi_value *v) {
  RCPI_VEC(rcpi_time) *times = rcpi_alloc(l->a, l->d->story.n_tellings, sizeof *times);
  for (size_t i = 0; i < rcpi_json_size(v); i++) {
    const rcpi_value *x = rcpi_json_at(v, i);
    uint32_t telling = index_of(&l->article, text(x, "article"));
    rcpi_tokens at = tokens_of(&l->d->story.tellings[telling].text, span_of(l->d->cp[telling].text, x));
    rcpi_push(l->a, &times[telling], (rcpi_time){at, text(x, "resolved"), -1});
  }
  for (size_t i = 0; i < l->d->story.n_tellings; i++)
    l->d->story.tellings[i].marks.times = times[i].p, l->d->story.tellings[i].marks.n_times = times[i].n;
}

static void load_tellings(loader *l, const rcpi_value *articles) {
  rcpi_story *s = &l->d->story;
  s->n_tellings = rcpi_json_size(articles);
  s->tellings = rcpi_array(l->a, rcpi_telling, s->n_tellings);
  l->d->cp = rcpi_array(l->a, rcpi_cp_map, s->n_tellings);
  l->d->owned = calloc(s->n_tellings + 1, sizeof *l->d->owned);
  l->d->article_ids = rcpi_array(l->a, rcp_str, s->n_tellings);
  l->frames = rcpi_alloc(l->a, s->n_tellings, sizeof *l->frames);
  l->frame_origin = rcpi_alloc(l->a, s->n_tellings, sizeof *l->frame_origin);
  for (uint32_t i = 0; i < s->n_tellings; i++) {
    const rcpi_value *v = rcpi_json_at(articles, i);
    rcp_article *article = load_article(l, v);
    s->tellings[i].article = article;
    rcpi_text_split(l->a, article, &s->tellings[i].text);
    rcpi_cp_map_init(l->a, article->text, &l->d->cp[i]);
    l->d->article_ids[i] = article->id;
    rcpi_map_put(l->a, &l->article, article->id, i, NULL);
  }
}

static void load_origins(loader *l, const rcpi_value *v, const rcpi_value *articles) {
  rcpi_story *s = &l->d->story;
  s->n_origins = rcpi_json_size(v);
  s->origins = rcpi_array(l->a, rcpi_origin, s->n_origins);
  l->d->origin_ids = rcpi_array(l->a, rcp_str, s->n_origins);
  for (uint32_t i = 0; i < s->n_origins; i++) {
    const rcpi_value *o = rcpi_json_at(v, i);
    s->origins[i] = (rcpi_origin){text(o, "name"), word_in(rcpi_origin_names, 7, text(o, "kind"))};
    l->d->origin_ids[i] = text(o, "id");
    rcpi_map_put(l->a, &l->origin, text(o, "id"), i, NULL);
  }
  RCPI_VEC(rcpi_credit) credits = {0};
  for (uint32_t t = 0; t < s->n_tellings; t++) {
    const rcpi_value *list = get(rcpi_json_at(articles, t), "credits");
    for (size_t i = 0; i < rcpi_json_size(list); i++) {
      const rcpi_value *c = rcpi_json_at(list, i);
      rcpi_push(l->a, &credits, (rcpi_credit){t, span_of(l->d->cp[t].text, c), index_of(&l->origin, text(c, "origin")), false});
    }
  }
  s->credits = credits.p;
  s->n_credits = credits.n;
}

static void load(loader *l, const rcpi_value *root) {
  rcpi_story *s = &l->d->story;
  const rcpi_value *articles = get(root, "articles"), *claims = get(root, "claims"), *derivations = get(root, "derivations");
  load_tellings(l, articles);
  load_origins(l, get(root, "origins"), articles);
  s->n_claims = rcpi_json_size(claims);
  s->claims = rcpi_array(l->a, rcpi_claim, s->n_claims);
  l->d->claim_ids = rcpi_array(l->a, rcp_str, s->n_claims);
  l->d->lead = UINT32_MAX;
  rcp_str lead = text(get(root, "summary"), "lead");
  for (uint32_t i = 0; i < s->n_claims; i++) {
    l->d->claim_ids[i] = text(rcpi_json_at(claims, i), "id");
    load_claim(l, rcpi_json_at(claims, i), &s->claims[i]);
    if (lead.p && rcpi_eq(lead, l->d->claim_ids[i])) l->d->lead = i;
  }
  s->n_derivations = rcpi_json_size(derivations);
  s->derivations = rcpi_array(l->a, rcpi_derivation, s->n_derivations);
  for (size_t i = 0; i < s->n_derivations; i++) load_derivation(l, rcpi_json_at(derivations, i), &s->derivations[i]);
  s->frame_origin = rcpi_array(l->a, uint32_t *, s->n_tellings);
  for (size_t i = 0; i < s->n_tellings; i++) {
    s->tellings[i].marks.frames = l->frames[i].p, s->tellings[i].marks.n_frames = l->frames[i].n;
    s->frame_origin[i] = l->frame_origin[i].p;
  }
  load_names(l, get(root, "names"));
  load_times(l, get(root, "times"));
  s->texts = number(get(root, "summary"), "texts");
  s->channels = number(get(root, "summary"), "channels");
}

rcp_dossier *fixture_dossier(const rcp_engine *engine, rcp_str json) {
  rcp_dossier *d = calloc(1, sizeof *d);
  if (!d) return NULL;
  rcpi_arena_init(&d->arena);
  d->engine = engine;
  loader l = {.d = d, .a = &d->arena};
  volatile bool ok = false;
  RCPI_GUARD(&d->arena) {
    const char *why = "";
    const rcpi_value *root = rcpi_json_parse(&d->arena, json, &why, NULL);
    if (root) load(&l, root), ok = true;
    else fprintf(stderr, "fixture: %s\n", why);
  }
  d->arena.guard = NULL;
  if (ok) return d;
  rcp_dossier_free(d);
  return NULL;
}
