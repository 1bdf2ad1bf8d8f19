/*
 * The dossier as contract/dossier.schema.json says. Offsets leave as code points; `exact` repeats the words, so that a
 * reader who edits a text can still find them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/hash.h"
#include "base/json.h"
#include "base/unicode.h"
#include "dossier/dossier.h"
#include "dossier/names.h"

static void put_str(rcpi_json *j, const char *key, rcp_str s) {
  rcpi_json_key(j, key);
  rcpi_json_str(j, s);
}

static void put_name(rcpi_json *j, const char *key, const char *s) {
  put_str(j, key, rcpi_cstr(s));
}

static void put_uint(rcpi_json *j, const char *key, uint64_t v) {
  rcpi_json_key(j, key);
  rcpi_json_uint(j, v);
}

static void put_span(rcpi_json *j, const rcp_dossier *d, uint32_t telling, rcpi_span at) {
  put_uint(j, "start", rcpi_cp_of(&d->cp[telling], at.beg));
  put_uint(j, "end", rcpi_cp_of(&d->cp[telling], at.end));
  put_str(j, "exact", rcpi_at(d->cp[telling].text, at));
}

static rcpi_span span_of(const rcp_dossier *d, uint32_t telling, rcpi_tokens at) {
  return rcpi_tokens_span(&d->story.tellings[telling].text, at.token, at.end_token);
}

static rcp_str words_of(const rcp_dossier *d, uint32_t telling, rcpi_tokens at) {
  if (!rcpi_tokens_any(at)) return (rcp_str){NULL, 0};
  return rcpi_at(d->cp[telling].text, span_of(d, telling, at));
}

static void put_settings(rcpi_json *j, const rcp_dossier *d) {
  const rcp_options *o = &d->engine->options;
  rcpi_json_open(j, '{');
  put_str(j, "published", rcpi_cstr(o->published));
  put_str(j, "story_date", rcpi_cstr(o->story_date));
  put_str(j, "language", rcpi_cstr(o->language));
  put_str(j, "corrections", rcpi_cstr(d->corrections_sha256[0] ? d->corrections_sha256 : NULL));
  put_str(j, "locale", rcpi_cstr(o->locale ? o->locale : "en"));
  put_str(j, "tables", rcpi_cstr(d->engine->langs.hash));
  put_str(j, "icu", rcpi_cstr(rcpi_icu_version()));
  rcpi_json_key(j, "inputs");
  rcpi_json_open(j, '[');
  for (size_t i = 0; i < d->story.n_tellings; i++) {
    rcpi_json_open(j, '{');
    put_str(j, "source", d->story.tellings[i].article->source);
    put_str(j, "sha256", rcpi_cstr(rcpi_article_sha256(d->story.tellings[i].article, (char[RCPI_SHA256_HEX + 1]){0})));
    rcpi_json_close(j, '}');
  }
  rcpi_json_close(j, ']');
  rcpi_json_close(j, '}');
}

static void put_summary(rcpi_json *j, const rcp_dossier *d) {
  const rcpi_story *s = &d->story;
  bool has_lead = d->lead != UINT32_MAX;
  rcpi_json_open(j, '{');
  put_uint(j, "articles", s->n_tellings);
  put_uint(j, "texts", s->texts);
  put_uint(j, "channels", s->channels);
  put_uint(j, "independent", has_lead ? s->claims[d->lead].support.independent : 0);
  put_str(j, "lead", has_lead ? d->claim_ids[d->lead] : (rcp_str){NULL, 0});
  rcpi_json_close(j, '}');
}

static void put_diagnostics(rcpi_json *j, const rcp_dossier *d) {
  rcpi_json_open(j, '[');
  for (size_t i = 0; i < d->n_diagnostics; i++) {
    rcpi_json_open(j, '{');
    put_str(j, "source", d->diagnostics[i].source);
    put_str(j, "message", d->diagnostics[i].message);
    rcpi_json_close(j, '}');
  }
  for (size_t i = 0; i < d->story.n_tellings; i++) {
    const rcp_article *article = d->story.tellings[i].article;
    if (!article->note.p) continue;
    rcpi_json_open(j, '{');
    put_str(j, "source", article->source);
    put_str(j, "message", article->note);
    rcpi_json_close(j, '}');
  }
  rcpi_json_close(j, ']');
}

static void put_article(rcpi_json *j, const rcp_dossier *d, uint32_t i) {
  const rcp_article *article = d->story.tellings[i].article;
  rcpi_json_open(j, '{');
  put_str(j, "id", d->article_ids[i]);
  put_str(j, "source", article->source);
  put_str(j, "url", article->url);
  put_str(j, "title", article->title);
  put_str(j, "published", article->published);
  put_str(j, "publisher", article->publisher);
  put_str(j, "byline", article->byline);
  put_str(j, "language", article->language);
  put_str(j, "text", article->text);
  rcpi_json_key(j, "furniture");
  rcpi_json_open(j, '[');
  for (size_t k = 0; k < article->n_furniture; k++) {
    rcpi_json_open(j, '{');
    put_span(j, d, i, article->furniture[k].at);
    put_name(j, "kind", rcpi_furniture_names[article->furniture[k].kind]);
    rcpi_json_close(j, '}');
  }
  rcpi_json_close(j, ']');
  rcpi_json_key(j, "credits");
  rcpi_json_open(j, '[');
  for (size_t k = 0; k < d->story.n_credits; k++) {
    if (d->story.credits[k].telling != i) continue;
    rcpi_json_open(j, '{');
    put_span(j, d, i, d->story.credits[k].at);
    put_str(j, "origin", d->origin_ids[d->story.credits[k].origin]);
    rcpi_json_close(j, '}');
  }
  rcpi_json_close(j, ']');
  rcpi_json_close(j, '}');
}

static void put_attribution(rcpi_json *j, const rcp_dossier *d, const rcpi_appearance *app) {
  const rcpi_marks *marks = &d->story.tellings[app->telling].marks;
  rcpi_json_open(j, '[');
  for (uint32_t k = 0; k < app->said.n_frames; k++) {
    const rcpi_frame *f = &marks->frames[app->said.frames[k]];
    if (!rcpi_tokens_any(f->source)) continue;
    uint32_t origin = d->story.frame_origin ? d->story.frame_origin[app->telling][app->said.frames[k]] : UINT32_MAX;
    rcpi_json_open(j, '{');
    put_str(j, "source", words_of(d, app->telling, f->source));
    put_str(j, "resolved", words_of(d, app->telling, f->resolved));
    put_str(j, "cue", words_of(d, app->telling, f->cue));
    put_str(j, "origin", origin == UINT32_MAX ? (rcp_str){NULL, 0} : d->origin_ids[origin]);
    rcpi_json_close(j, '}');
  }
  rcpi_json_close(j, ']');
}

static void put_appearance(rcpi_json *j, const rcp_dossier *d, const rcpi_appearance *app) {
  rcpi_json_open(j, '{');
  put_str(j, "article", d->article_ids[app->telling]);
  put_span(j, d, app->telling, span_of(d, app->telling, app->at));
  put_name(j, "mode", rcpi_mode_names[app->said.mode]);
  rcpi_json_key(j, "attribution");
  put_attribution(j, d, app);
  rcpi_json_close(j, '}');
}

static void put_support(rcpi_json *j, const rcp_dossier *d, const rcpi_support *s) {
  rcpi_json_open(j, '{');
  put_uint(j, "articles", s->articles);
  put_uint(j, "texts", s->texts);
  put_uint(j, "channels", s->channels);
  put_uint(j, "independent", s->independent);
  rcpi_json_key(j, "origins");
  rcpi_json_open(j, '[');
  for (size_t i = 0; i < s->n_origins; i++) rcpi_json_str(j, d->origin_ids[s->origins[i]]);
  rcpi_json_close(j, ']');
  if (s->why.p) put_str(j, "why", s->why);
  rcpi_json_close(j, '}');
}

static void put_difference(rcpi_json *j, const rcp_dossier *d, const rcpi_difference *x) {
  rcpi_json_open(j, '{');
  put_name(j, "kind", rcpi_difference_names[x->kind]);
  rcpi_json_key(j, "conflict");
  rcpi_json_bool(j, x->is_conflict);
  rcpi_json_key(j, "values");
  rcpi_json_open(j, '[');
  for (size_t i = 0; i < x->n_values; i++) {
    rcpi_json_open(j, '{');
    put_str(j, "article", d->article_ids[x->values[i].telling]);
    put_span(j, d, x->values[i].telling, x->values[i].at);
    put_str(j, "norm", x->values[i].norm);
    rcpi_json_close(j, '}');
  }
  rcpi_json_close(j, ']');
  if (x->why.p) put_str(j, "why", x->why);
  rcpi_json_close(j, '}');
}

static void put_claim(rcpi_json *j, const rcp_dossier *d, size_t i) {
  const rcpi_claim *c = &d->story.claims[i];
  rcpi_json_open(j, '{');
  put_str(j, "id", d->claim_ids[i]);
  put_str(j, "gist", words_of(d, c->appearances[c->gist].telling, c->appearances[c->gist].at));
  rcpi_json_key(j, "appearances");
  rcpi_json_open(j, '[');
  for (size_t k = 0; k < c->n_appearances; k++) put_appearance(j, d, &c->appearances[k]);
  rcpi_json_close(j, ']');
  if (c->is_corrected) {
    rcpi_json_key(j, "corrected");
    rcpi_json_bool(j, true);
  }
  rcpi_json_key(j, "support");
  put_support(j, d, &c->support);
  rcpi_json_key(j, "differences");
  rcpi_json_open(j, '[');
  for (size_t k = 0; k < c->n_differences; k++) put_difference(j, d, &c->differences[k]);
  rcpi_json_close(j, ']');
  rcpi_json_close(j, '}');
}

static void put_derivation(rcpi_json *j, const rcp_dossier *d, const rcpi_derivation *x) {
  rcpi_json_open(j, '{');
  put_str(j, "a", d->article_ids[x->a]);
  put_str(j, "b", d->article_ids[x->b]);
  put_name(j, "kind", rcpi_derivation_names[x->kind]);
  rcpi_json_key(j, "shared");
  rcpi_json_num(j, x->shared, 4);
  put_name(j, "direction", rcpi_direction_names[x->direction]);
  if (x->evidence.p) put_str(j, "evidence", x->evidence);
  if (x->is_corrected) {
    rcpi_json_key(j, "corrected");
    rcpi_json_bool(j, true);
  }
  rcpi_json_key(j, "passages");
  rcpi_json_open(j, '[');
  for (size_t i = 0; i < x->n_passages; i++) {
    rcpi_json_open(j, '{');
    rcpi_json_key(j, "a");
    rcpi_json_open(j, '{');
    put_span(j, d, x->a, x->passages[i].a);
    rcpi_json_close(j, '}');
    rcpi_json_key(j, "b");
    rcpi_json_open(j, '{');
    put_span(j, d, x->b, x->passages[i].b);
    rcpi_json_close(j, '}');
    rcpi_json_close(j, '}');
  }
  rcpi_json_close(j, ']');
  rcpi_json_close(j, '}');
}

static bool has_place(const rcpi_name_groups *g, size_t group) {
  for (size_t k = 0; k < g->n_places; k++)
    if (g->places[k].group == group) return true;
  return false;
}

static void put_names(rcpi_json *j, const rcp_dossier *d) {
  const rcpi_name_groups *g = &d->story.names;
  rcpi_json_open(j, '[');
  for (size_t i = 0; i < g->n_groups; i++) {
    if (!g->groups[i].n && !has_place(g, i)) continue; /* a person joined it to another */
    rcpi_json_open(j, '{');
    put_str(j, "canonical", g->groups[i].canonical);
    put_name(j, "type", rcpi_name_type_names[g->groups[i].type]);
    rcpi_json_key(j, "mentions");
    rcpi_json_open(j, '[');
    for (uint32_t k = 0; k < g->groups[i].n; k++) {
      rcpi_name_mention m = g->mentions[g->groups[i].first + k];
      rcpi_json_open(j, '{');
      put_str(j, "article", d->article_ids[m.telling]);
      put_span(j, d, m.telling, span_of(d, m.telling, d->story.tellings[m.telling].marks.names[m.name].at));
      rcpi_json_close(j, '}');
    }
    for (size_t k = 0; k < g->n_places; k++) {
      if (g->places[k].group != i) continue;
      rcpi_json_open(j, '{');
      put_str(j, "article", d->article_ids[g->places[k].telling]);
      put_span(j, d, g->places[k].telling, g->places[k].at);
      rcpi_json_close(j, '}');
    }
    rcpi_json_close(j, ']');
    rcpi_json_close(j, '}');
  }
  rcpi_json_close(j, ']');
}

static void put_times(rcpi_json *j, const rcp_dossier *d) {
  rcpi_json_open(j, '[');
  for (uint32_t i = 0; i < d->story.n_tellings; i++) {
    const rcpi_marks *marks = &d->story.tellings[i].marks;
    for (size_t k = 0; k < marks->n_times; k++) {
      rcpi_json_open(j, '{');
      put_str(j, "article", d->article_ids[i]);
      put_span(j, d, i, span_of(d, i, marks->times[k].at));
      put_str(j, "resolved", marks->times[k].resolved);
      rcpi_json_close(j, '}');
    }
  }
  rcpi_json_close(j, ']');
}

void rcpi_dossier_json(const rcp_dossier *d, rcpi_buf *out) {
  const rcpi_story *s = &d->story;
  rcpi_json j;
  rcpi_json_init(&j, out, true);
  rcpi_json_open(&j, '{');
  put_str(&j, "recoupe", RCPI_S(RCPI_VERSION));
  rcpi_json_key(&j, "settings");
  put_settings(&j, d);
  rcpi_json_key(&j, "summary");
  put_summary(&j, d);
  rcpi_json_key(&j, "diagnostics");
  put_diagnostics(&j, d);
  rcpi_json_key(&j, "articles");
  rcpi_json_open(&j, '[');
  for (uint32_t i = 0; i < s->n_tellings; i++) put_article(&j, d, i);
  rcpi_json_close(&j, ']');
  rcpi_json_key(&j, "claims");
  rcpi_json_open(&j, '[');
  for (size_t i = 0; i < s->n_claims; i++) put_claim(&j, d, i);
  rcpi_json_close(&j, ']');
  rcpi_json_key(&j, "derivations");
  rcpi_json_open(&j, '[');
  for (size_t i = 0; i < s->n_derivations; i++) put_derivation(&j, d, &s->derivations[i]);
  rcpi_json_close(&j, ']');
  rcpi_json_key(&j, "origins");
  rcpi_json_open(&j, '[');
  for (size_t i = 0; i < s->n_origins; i++) {
    rcpi_json_open(&j, '{');
    put_str(&j, "id", d->origin_ids[i]);
    put_str(&j, "name", s->origins[i].name);
    put_name(&j, "kind", rcpi_origin_names[s->origins[i].kind]);
    rcpi_json_close(&j, '}');
  }
  rcpi_json_close(&j, ']');
  rcpi_json_key(&j, "names");
  put_names(&j, d);
  rcpi_json_key(&j, "times");
  put_times(&j, d);
  rcpi_json_close(&j, '}');
  rcpi_buf_addc(out, '\n');
}
