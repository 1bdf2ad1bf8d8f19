/* SPDX-License-Identifier: Apache-2.0 */
#include "dossier/view.h"

#include <stdlib.h>

#include "base/unicode.h"

static const rcp_article *article_of(const rcpi_view *v, uint32_t telling) {
  return v->d->story.tellings[telling].article;
}

/*
 * When in its day an article stands: 1 at its hour; one that states no hour comes first when others come from it, else
 * last.
 */
static int hour_class(const rcpi_view *v, uint32_t telling) {
  const rcpi_story *s = &v->d->story;
  if (article_of(v, telling)->published.n > 10) return 1;
  for (size_t i = 0; i < s->n_derivations; i++) {
    const rcpi_derivation *x = &s->derivations[i];
    if ((x->direction == RCPI_A_FROM_B && x->b == telling) || (x->direction == RCPI_B_FROM_A && x->a == telling)) return 0;
  }
  return 2;
}

static rcp_str day_of(rcp_str iso) {
  return iso.n > 10 ? rcpi_sub(iso, 0, 10) : iso;
}

static int by_publication(const void *x, const void *y, void *view) {
  const rcpi_view *v = view;
  uint32_t i = *(const uint32_t *)x, k = *(const uint32_t *)y;
  rcp_str a = article_of(v, i)->published, b = article_of(v, k)->published;
  if (!a.p != !b.p) return a.p ? -1 : 1;
  int c = a.p ? rcpi_cmp(day_of(a), day_of(b)) : 0;
  if (!c && a.p) c = hour_class(v, i) - hour_class(v, k);
  if (!c && a.p) c = rcpi_cmp(a, b);
  return c ? c : i < k ? -1 : 1;   /* tellings are sorted by source */
}

static int more(uint32_t a, uint32_t b) {
  return a > b ? -1 : a < b;
}

static int by_support(const void *x, const void *y, void *view) {
  const rcpi_view *v = view;
  uint32_t i = *(const uint32_t *)x, k = *(const uint32_t *)y;
  const rcpi_support *a = &v->d->story.claims[i].support, *b = &v->d->story.claims[k].support;
  int c = more(a->independent, b->independent);
  if (!c) c = more(a->channels, b->channels);
  if (!c) c = more(a->texts, b->texts);
  if (!c) c = more(a->articles, b->articles);
  return c ? c : i < k ? -1 : 1;
}

/* What most accounts tell, the lead before all, is looked at first when they part. */
static int by_weight(const void *x, const void *y, void *view) {
  const rcpi_view *v = view;
  const rcpi_conflict *i = x, *k = y;
  const rcpi_claim *claims = v->d->story.claims;
  int c = (k->claim == v->d->lead) - (i->claim == v->d->lead);
  if (!c) c = more(claims[i->claim].support.articles, claims[k->claim].support.articles);
  if (!c && i->claim != k->claim) c = v->rank[i->claim] < v->rank[k->claim] ? -1 : 1;
  return c ? c : i->difference < k->difference ? -1 : 1;
}

static uint32_t *sorted(rcpi_arena *a, size_t n, int (*order)(const void *, const void *, void *), rcpi_view *v) {
  uint32_t *out = rcpi_array(a, uint32_t, n);
  for (uint32_t i = 0; i < n; i++) out[i] = i;
  if (n) qsort_r(out, n, sizeof *out, order, v);
  return out;
}

void rcpi_view_init(rcpi_arena *a, const rcp_dossier *d, rcpi_view *v) {
  const rcpi_story *s = &d->story;
  *v = (rcpi_view){.d = d};
  v->order = sorted(a, s->n_tellings, by_publication, v);
  v->claims = sorted(a, s->n_claims, by_support, v);
  v->number = rcpi_array(a, uint32_t, s->n_tellings);
  v->rank = rcpi_array(a, uint32_t, s->n_claims);
  for (uint32_t i = 0; i < s->n_tellings; i++) v->number[v->order[i]] = i + 1;
  RCPI_VEC(rcpi_conflict) conflicts = {0};
  for (uint32_t i = 0; i < s->n_claims; i++) {
    const rcpi_claim *c = &s->claims[v->claims[i]];
    v->rank[v->claims[i]] = i;
    v->n_shared += c->support.articles > 1;
    for (uint32_t k = 0; k < c->n_differences; k++)
      if (c->differences[k].is_conflict) rcpi_push(a, &conflicts, (rcpi_conflict){v->claims[i], k});
  }
  v->conflicts = conflicts.p;
  v->n_conflicts = conflicts.n;
  if (v->n_conflicts) qsort_r(v->conflicts, v->n_conflicts, sizeof *v->conflicts, by_weight, v);
  v->gist = rcpi_array(a, uint32_t, s->n_claims);
  rcpi_view_speak(a, v, NULL);
}

/*
 * How well an appearance's words stand for the claim: in the reader's language before all; then a sentence or title, not a part of
 * one ("about 15 million people"); then a length that can stand alone, since less lacks who or what and more brings other claims along. Equals are told apart by publication.
 */
static unsigned fitness(const rcpi_view *v, const rcpi_appearance *app) {
  enum { LEAST_WORDS = 4, MOST_WORDS = 30 };
  uint32_t n_words = app->at.end_token - app->at.token;
  const rcpi_telling *t = &v->d->story.tellings[app->telling];
  bool is_read = rcpi_eq(article_of(v, app->telling)->language, v->words.tag);
  bool is_title = t->text.paragraphs[t->text.sentences[t->text.tokens[app->at.token].sentence].paragraph].kind != RCPI_PAR_BODY;
  bool is_sentence = is_title || rcpi_attrib_has_verb(&t->text, &t->marks, app->at);
  return (is_read ? 4u : 0u) + (is_sentence ? 2u : 0u) + (n_words >= LEAST_WORDS && n_words <= MOST_WORDS ? 1u : 0u);
}

/* Words that stand for no claim of better rank; of these the fittest; of these the earliest. `told`: [telling][token]. */
static uint32_t gist_of(const rcpi_view *v, const rcpi_claim *c, uint8_t *const *told) {
  uint32_t best = 0;
  unsigned most = 0;
  for (uint32_t i = 0; i < c->n_appearances; i++) {
    const rcpi_appearance *app = &c->appearances[i];
    unsigned is = fitness(v, app) + (told[app->telling][app->at.token] ? 0u : 8u);
    bool is_earlier = v->number[app->telling] < v->number[c->appearances[best].telling];
    if (!i || is > most || (is == most && is_earlier)) best = i, most = is;
  }
  return best;
}

void rcpi_view_speak(rcpi_arena *a, rcpi_view *v, const char *locale) {
  const rcpi_story *s = &v->d->story;
  uint8_t **told = rcpi_array(a, uint8_t *, s->n_tellings);   /* 1: words of a claim begin there */
  rcpi_messages_init(&v->words, &v->d->engine->langs, locale ? locale : v->d->engine->options.locale);
  for (size_t i = 0; i < s->n_tellings; i++) told[i] = rcpi_array(a, uint8_t, s->tellings[i].text.n_tokens + 1);
  for (size_t i = 0; i < s->n_claims; i++) {
    const rcpi_claim *c = &s->claims[v->claims[i]];
    const rcpi_appearance *gist = &c->appearances[v->gist[v->claims[i]] = gist_of(v, c, told)];
    told[gist->telling][gist->at.token] = 1;
  }
}

const rcpi_appearance *rcpi_view_gist(const rcpi_view *v, uint32_t claim) {
  return &v->d->story.claims[claim].appearances[v->gist[claim]];
}

rcp_str rcpi_view_reason(const rcpi_view *v, rcp_str own, rcp_str *other) {
  const char *locale = v->d->engine->options.locale;
  bool is_own = rcpi_is(v->words.tag, "fr") == (locale && locale[0] == 'f' && locale[1] == 'r');   /* as build.c asked for it */
  rcp_str reason = is_own || !other->n ? own : *other;
  if (!is_own) *other = own;
  return reason;
}

rcp_str rcpi_view_norm(const rcpi_view *v, rcp_str norm, char key[48]) {
  size_t n = 5;
  memcpy(key, "norm_", 5);
  for (size_t i = 0; i < norm.n && n < 47; i++) {
    if (rcpi_is_alpha((unsigned char)norm.p[i])) key[n++] = norm.p[i];
    else if (norm.p[i] == ' ') key[n++] = '_';
  }
  key[n] = 0;
  rcp_str words = rcpi_message(&v->words, key);
  if (norm.n && words.p != key) return words;
  key[0] = 0;
  return norm;
}

bool rcpi_view_is_amount(const rcpi_difference *x) {
  return x->kind == RCPI_DIFF_QUANTITY || x->kind == RCPI_DIFF_SCOPE;
}

rcp_str rcpi_view_value(rcpi_arena *a, const rcpi_view *v, const rcpi_difference *x, rcp_str norm) {
  char key[48];
  rcp_str words = rcpi_view_norm(v, norm, key);
  bool is_date = x->kind == RCPI_DIFF_DATE;
  if (*key || (!is_date && !rcpi_view_is_amount(x))) return words;
  rcpi_buf out;
  rcpi_buf_init(&out);
  if (is_date) rcpi_message_date(&v->words, &out, norm);
  else rcpi_message_amount(&v->words, &out, norm);
  return rcpi_buf_take(&out, a);
}

/* "www.example.org" of a URL; empty when it has none. */
static rcp_str host_of(rcp_str url) {
  size_t at = url.p ? rcpi_find(url, RCPI_S("://")) : RCPI_NONE;
  if (at == RCPI_NONE) return (rcp_str){"", 0};
  rcp_str rest = rcpi_sub(url, at + 3, url.n), host;
  if (!rcpi_next_field(&rest, '/', &host)) return (rcp_str){"", 0};
  return rcpi_starts(host, RCPI_S("www.")) ? rcpi_sub(host, 4, host.n) : host;
}

rcp_str rcpi_view_label(const rcpi_view *v, uint32_t telling) {
  const rcp_article *article = article_of(v, telling);
  rcp_str publisher = rcpi_trim(article->publisher), host = host_of(article->url), file = article->source;
  if (publisher.n) return publisher;
  if (host.n) return host;
  for (size_t i = file.n; i-- > 0;)
    if (file.p[i] == '/' && i + 1 < file.n) return rcpi_sub(file, i + 1, file.n);
  return file.n ? file : RCPI_S("?");
}

rcp_str rcpi_view_words(const rcpi_view *v, uint32_t telling, rcpi_span at) {
  return rcpi_at(article_of(v, telling)->text, at);
}

rcpi_span rcpi_view_tokens(const rcpi_view *v, uint32_t telling, rcpi_tokens at) {
  return rcpi_tokens_span(&v->d->story.tellings[telling].text, at.token, at.end_token);
}

rcpi_span rcpi_view_span(const rcpi_view *v, const rcpi_appearance *app) {
  return rcpi_view_tokens(v, app->telling, app->at);
}

unsigned rcpi_view_modes(const rcpi_claim *c, uint32_t telling) {
  unsigned modes = 0;
  for (size_t i = 0; i < c->n_appearances; i++)
    if (c->appearances[i].telling == telling) modes |= 1u << c->appearances[i].said.mode;
  return modes;
}

/* Values of a difference in order of publication, then place. */
typedef struct value_order { const rcpi_view *v; const rcpi_difference *x; } value_order;

static int by_article(const void *x, const void *y, void *order) {
  const value_order *o = order;
  uint32_t i = *(const uint32_t *)x, k = *(const uint32_t *)y;
  uint32_t a = o->v->number[o->x->values[i].telling], b = o->v->number[o->x->values[k].telling];
  return a != b ? (a < b ? -1 : 1) : i < k ? -1 : i > k;
}

size_t rcpi_view_readings(rcpi_arena *a, const rcpi_view *v, const rcpi_difference *x, rcpi_reading **out) {
  uint32_t *order = rcpi_array(a, uint32_t, x->n_values);
  for (uint32_t i = 0; i < x->n_values; i++) order[i] = i;
  value_order context = {v, x};
  if (x->n_values) qsort_r(order, x->n_values, sizeof *order, by_article, &context);
  rcpi_reading *readings = rcpi_array(a, rcpi_reading, x->n_values);
  size_t n = 0;
  for (size_t i = 0; i < x->n_values; i++) {
    rcp_str norm = x->values[order[i]].norm;
    size_t k = 0;
    while (k < n && !rcpi_eq(readings[k].norm, norm)) k++;
    if (k == n) readings[n++] = (rcpi_reading){norm, rcpi_array(a, uint32_t, x->n_values), 0};
    readings[k].values[readings[k].n_values++] = order[i];
  }
  *out = readings;
  return n;
}

rcpi_span rcpi_view_context(const rcpi_view *v, const rcpi_claim *c, const rcpi_value_at *value) {
  const rcpi_text *t = &v->d->story.tellings[value->telling].text;
  for (size_t i = 0; i < c->n_appearances; i++) {
    rcpi_span at = rcpi_view_span(v, &c->appearances[i]);
    bool says_more = at.end - at.beg > value->at.end - value->at.beg + 24;
    if (c->appearances[i].telling == value->telling && rcpi_within(value->at, at) && says_more) return at;
  }
  size_t token = rcpi_token_at(t, value->at.beg);
  if (token == t->n_tokens) return value->at;
  const rcpi_sentence *s = &t->sentences[t->tokens[token].sentence];
  rcpi_span at = {s->beg, s->end};
  return rcpi_within(value->at, at) ? at : value->at;
}

/* Letters and digits of s, folded: what makes two wordings one. */
static rcp_str skeleton(rcpi_arena *a, rcp_str s) {
  rcp_str fold = rcpi_fold(a, s);
  char *out = rcpi_alloc(a, fold.n + 1, 1);
  size_t n = 0;
  for (size_t i = 0; i < fold.n; i++) {
    unsigned char c = (unsigned char)fold.p[i];
    if (c >= 0x80 || rcpi_is_alpha(c) || rcpi_is_digit(c)) out[n++] = (char)c;
    else if (n && out[n - 1] != ' ') out[n++] = ' ';
  }
  return rcpi_trim((rcp_str){out, n});
}

rcp_str rcpi_view_speaker(const rcpi_view *v, const rcpi_appearance *app) {
  rcp_str resolved, name = {"", 0};
  for (uint32_t k = 0; k < app->said.n_frames && !name.n; k++) name = rcpi_view_source(v, app, k, &resolved);
  return name;
}

/* What wordings of one claim are sorted with. */
typedef struct wording_order { const rcpi_view *v; const rcpi_claim *c; const uint32_t *group; } wording_order;

static int by_first_article(const void *x, const void *y, void *order) {
  const wording_order *o = order;
  uint32_t i = *(const uint32_t *)x, k = *(const uint32_t *)y;
  uint32_t a = o->v->number[o->c->appearances[i].telling], b = o->v->number[o->c->appearances[k].telling];
  return a != b ? (a < b ? -1 : 1) : i < k ? -1 : i > k;
}

static int by_wording(const void *x, const void *y, void *order) {
  const wording_order *o = order;
  uint32_t i = *(const uint32_t *)x, k = *(const uint32_t *)y;
  const rcpi_appearance *a = &o->c->appearances[i], *b = &o->c->appearances[k];
  if (o->group[i] != o->group[k]) return o->group[i] < o->group[k] ? -1 : 1;
  if (a->said.mode != b->said.mode) return (int)a->said.mode - (int)b->said.mode;
  int c = rcpi_cmp(rcpi_view_speaker(o->v, a), rcpi_view_speaker(o->v, b));
  return c ? c : by_first_article(x, y, order);
}

size_t rcpi_view_wordings(rcpi_arena *a, const rcpi_view *v, const rcpi_claim *c, rcpi_wording **out) {
  uint32_t *order = rcpi_array(a, uint32_t, c->n_appearances), *group = rcpi_array(a, uint32_t, c->n_appearances);
  wording_order context = {v, c, group};
  rcpi_wording *wordings = rcpi_array(a, rcpi_wording, c->n_appearances);
  rcpi_map seen = {.n = 0};
  size_t n = 0;
  for (uint32_t i = 0; i < c->n_appearances; i++) order[i] = i;
  if (c->n_appearances) qsort_r(order, c->n_appearances, sizeof *order, by_first_article, &context);
  for (size_t i = 0; i < c->n_appearances; i++) {
    const rcpi_appearance *app = &c->appearances[order[i]];
    rcp_str words = skeleton(a, rcpi_view_words(v, app->telling, rcpi_view_span(v, app)));
    bool is_new;
    group[order[i]] = *rcpi_map_put(a, &seen, words, (uint32_t)n, &is_new);
    n += is_new;
  }
  if (c->n_appearances) qsort_r(order, c->n_appearances, sizeof *order, by_wording, &context);
  for (size_t i = 0; i < c->n_appearances; i++) {
    rcpi_wording *w = &wordings[group[order[i]]];
    if (!w->n++) w->appearances = order + i;
  }
  *out = wordings;
  return n;
}

uint32_t rcpi_view_origin(const rcpi_view *v, const rcpi_appearance *app, uint32_t k) {
  uint32_t **origins = v->d->story.frame_origin;
  return origins && origins[app->telling] ? origins[app->telling][app->said.frames[k]] : UINT32_MAX;
}

rcp_str rcpi_view_source(const rcpi_view *v, const rcpi_appearance *app, uint32_t k, rcp_str *resolved) {
  const rcpi_frame *f = &v->d->story.tellings[app->telling].marks.frames[app->said.frames[k]];
  rcp_str none = {"", 0};
  *resolved = rcpi_tokens_any(f->resolved) ? rcpi_view_words(v, app->telling, rcpi_view_tokens(v, app->telling, f->resolved)) : none;
  rcp_str name = rcpi_tokens_any(f->source) ? rcpi_view_words(v, app->telling, rcpi_view_tokens(v, app->telling, f->source)) : none;
  size_t hyphen = name.n && name.p[0] == '-' ? 1 : 0;   /* a-t-elle dit */
  return rcpi_sub(name, rcpi_starts(name, RCPI_S("-t-")) ? 3 : hyphen, name.n);
}

/* Bits, one for each (origin, thing): set once, listed in order. */
typedef struct pairs { uint8_t *bit; size_t n_things; } pairs;

static void put_pair(pairs *p, size_t origin, size_t thing) {
  p->bit[(origin * p->n_things + thing) / 8] |= (uint8_t)(1 << (origin * p->n_things + thing) % 8);
}

static uint32_t *list_pairs(rcpi_arena *a, const pairs *p, size_t origin, const uint32_t *order, size_t *n) {
  RCPI_VEC(uint32_t) out = {0};
  for (size_t i = 0; i < p->n_things; i++) {
    size_t at = origin * p->n_things + order[i];
    if (p->bit[at / 8] >> at % 8 & 1) rcpi_push(a, &out, order[i]);
  }
  *n = out.n;
  return out.p;
}

rcpi_reliance *rcpi_view_reliances(rcpi_arena *a, const rcpi_view *v) {
  const rcpi_story *s = &v->d->story;
  pairs articles = {rcpi_alloc(a, s->n_origins * s->n_tellings / 8 + 1, 1), s->n_tellings};
  pairs claims = {rcpi_alloc(a, s->n_origins * s->n_claims / 8 + 1, 1), s->n_claims};
  rcpi_reliance *out = rcpi_array(a, rcpi_reliance, s->n_origins);
  for (size_t i = 0; i < s->n_credits; i++) put_pair(&articles, s->credits[i].origin, s->credits[i].telling);
  for (uint32_t i = 0; i < s->n_claims; i++) {
    const rcpi_claim *c = &s->claims[i];
    for (size_t k = 0; k < c->support.n_origins; k++) put_pair(&claims, c->support.origins[k], i);
    for (size_t k = 0; k < c->n_appearances; k++)
      for (uint32_t f = 0; f < c->appearances[k].said.n_frames; f++) {
        uint32_t origin = rcpi_view_origin(v, &c->appearances[k], f);
        if (origin == UINT32_MAX) continue;
        put_pair(&articles, origin, c->appearances[k].telling);
        put_pair(&claims, origin, i);
      }
  }
  for (size_t i = 0; i < s->n_origins; i++) {
    out[i].tellings = list_pairs(a, &articles, i, v->order, &out[i].n_tellings);
    out[i].claims = list_pairs(a, &claims, i, v->claims, &out[i].n_claims);
    out[i].credits = rcpi_array(a, uint32_t, s->n_credits);
    for (uint32_t k = 0; k < s->n_credits; k++)
      if (s->credits[k].origin == i) out[i].credits[out[i].n_credits++] = k;
  }
  return out;
}

static int by_claims(const void *x, const void *y, void *reliances) {
  const rcpi_reliance *r = reliances;
  uint32_t i = *(const uint32_t *)x, k = *(const uint32_t *)y;
  int c = more((uint32_t)r[i].n_claims, (uint32_t)r[k].n_claims);
  if (!c) c = more((uint32_t)r[i].n_tellings, (uint32_t)r[k].n_tellings);
  return c ? c : i < k ? -1 : 1;
}

uint32_t *rcpi_view_origin_order(rcpi_arena *a, const rcpi_view *v, const rcpi_reliance *reliances) {
  size_t n = v->d->story.n_origins;
  uint32_t *out = rcpi_array(a, uint32_t, n);
  for (uint32_t i = 0; i < n; i++) out[i] = i;
  if (n) qsort_r(out, n, sizeof *out, by_claims, (void *)(uintptr_t)reliances);
  return out;
}
