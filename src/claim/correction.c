/*
 * Corrections name places by words, not by ids: ids change when an article is edited, words are what a person sees.
 *
 * "same" merges the claims that hold the two places; a place that no claim holds becomes an appearance. "different" takes
 * the second place out of the claim into one of its own. Both are applied in the order of the file, after alignment and
 * before differences and support are counted, so that counts follow the person's word.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "claim/correction.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/json.h"
#include "base/unicode.h"

/* --------------------------------------------------------------------------------------------------------- reading */

static bool read_place(rcpi_arena *a, const rcpi_value *v, size_t i, rcpi_correction *out) {
  double start;
  out->source[i] = rcpi_dup(rcpi_json_text(rcpi_json_get(v, "source")), a);
  out->words[i] = rcpi_dup(rcpi_json_text(rcpi_json_get(v, "exact")), a);
  out->start[i] = rcpi_json_number(rcpi_json_get(v, "start"), &start) ? (int64_t)start : -1;
  return out->source[i].n && out->words[i].n;
}

static bool read_pair(const rcpi_value *v, rcpi_arena *a, rcpi_correction *out) {
  return rcpi_json_size(v) == 2 && read_place(a, rcpi_json_at(v, 0), 0, out) && read_place(a, rcpi_json_at(v, 1), 1, out);
}

static bool read_from(const rcpi_value *v, rcpi_arena *a, rcpi_correction *out) {
  out->source[0] = rcpi_dup(rcpi_json_text(rcpi_json_get(v, "source")), a);
  out->source[1] = rcpi_dup(rcpi_json_text(rcpi_json_get(v, "of")), a);
  return out->source[0].n && out->source[1].n;
}

static bool read_names(const rcpi_value *v, rcpi_arena *a, rcpi_correction *out) {
  for (size_t i = 0; i < 2; i++) out->words[i] = rcpi_dup(rcpi_json_text(rcpi_json_at(v, i)), a);
  return rcpi_json_size(v) == 2 && out->words[0].n && out->words[1].n;
}

static bool read_record(rcpi_arena *a, const rcpi_value *record, rcpi_correction *out) {
  static const struct { const char *key; rcpi_correction_kind kind; bool (*read)(const rcpi_value *, rcpi_arena *, rcpi_correction *); } kinds[] = {
      {"same", RCPI_SAME, read_pair}, {"different", RCPI_DIFFERENT, read_pair}, {"name", RCPI_NAME, read_names},
      {"from", RCPI_FROM, read_from}, {"not_from", RCPI_NOT_FROM, read_from}};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    const rcpi_value *v = rcpi_json_get(record, kinds[i].key);
    *out = (rcpi_correction){.kind = kinds[i].kind};
    if (v) return kinds[i].read(v, a, out);
  }
  return false;
}

rcp_status rcpi_corrections_parse(rcpi_arena *a, rcp_str file, rcp_str source, rcpi_corrections *out, rcp_error *error) {
  RCPI_VEC(rcpi_correction) all = {0};
  rcp_str line, rest = file;
  for (size_t n = 1; rcpi_next_line(&rest, &line); n++) {
    rcpi_correction c;
    if (!rcpi_trim(line).n) continue;
    const rcpi_value *record = rcpi_json_parse(a, line, NULL, NULL);
    if (!record || !read_record(a, record, &c))
      return rcpi_error(error, RCP_EUSAGE, source, n,
                        "line %zu is no correction: write {\"same\": [{\"source\": ..., \"exact\": ...}, ...]}, or different, name, from, not_from", n);
    rcpi_push(a, &all, c);
  }
  *out = (rcpi_corrections){all.p, all.n};
  return RCP_OK;
}

/* ---------------------------------------------------------------------------------------------------------- places */

static bool is_source(rcp_str source, rcp_str named) {
  if (rcpi_eq(source, named)) return true;
  return rcpi_ends(source, named) && source.n > named.n && source.p[source.n - named.n - 1] == '/';
}

static uint32_t find_telling(const rcpi_story *s, rcp_str named) {
  for (uint32_t i = 0; i < s->n_tellings; i++)
    if (is_source(s->tellings[i].article->source, named)) return i;
  return UINT32_MAX;
}

/* Byte of a code point. */
static size_t byte_of(rcp_str s, int64_t code_points) {
  size_t i = 0;
  for (; i < s.n && code_points >= 0; i++)
    if (((unsigned char)s.p[i] & 0xC0) != 0x80 && code_points-- == 0) return i;
  return i;
}

static bool find_place(const rcpi_story *s, const rcpi_correction *c, size_t i, uint32_t *telling, rcpi_tokens *at) {
  *telling = find_telling(s, c->source[i]);
  if (*telling == UINT32_MAX) return false;
  const rcpi_text *t = &s->tellings[*telling].text;
  size_t from = c->start[i] >= 0 ? byte_of(t->s, c->start[i]) : 0;
  size_t found = rcpi_find(rcpi_sub(t->s, from, t->s.n), c->words[i]);
  if (found == RCPI_NONE) return false;
  size_t beg = from + found, end = beg + c->words[i].n;
  at->token = at->end_token = (uint32_t)rcpi_token_at(t, (uint32_t)beg);
  while (at->end_token < t->n_tokens && t->tokens[at->end_token].beg < end) at->end_token++;
  return at->end_token > at->token;
}

static bool overlap(rcpi_tokens x, rcpi_tokens y) {
  return x.token < y.end_token && y.token < x.end_token;
}

/* The claim whose appearance covers most of the place; UINT32_MAX: none. */
static uint32_t claim_at(const rcpi_story *s, uint32_t telling, rcpi_tokens at) {
  uint32_t best = UINT32_MAX, most = 0;
  for (uint32_t i = 0; i < s->n_claims; i++)
    for (size_t k = 0; k < s->claims[i].n_appearances; k++) {
      const rcpi_appearance *app = &s->claims[i].appearances[k];
      if (app->telling != telling || !overlap(app->at, at)) continue;
      uint32_t beg = app->at.token > at.token ? app->at.token : at.token;
      uint32_t end = app->at.end_token < at.end_token ? app->at.end_token : at.end_token;
      if (end - beg > most) most = end - beg, best = i;
    }
  return best;
}

static rcpi_appearance appearance(const rcpi_story *s, uint32_t telling, rcpi_tokens at) {
  const rcpi_telling *t = &s->tellings[telling];
  return (rcpi_appearance){telling, at, rcpi_attrib_of(&t->text, &t->marks, at)};
}

static int by_place(const void *x, const void *y) {
  const rcpi_appearance *a = x, *b = y;
  if (a->telling != b->telling) return a->telling < b->telling ? -1 : 1;
  return (a->at.token > b->at.token) - (a->at.token < b->at.token);
}

static void add_appearances(rcpi_arena *a, rcpi_claim *c, const rcpi_appearance *more, size_t n) {
  rcpi_appearance *all = rcpi_array(a, rcpi_appearance, c->n_appearances + n);
  if (c->n_appearances) memcpy(all, c->appearances, c->n_appearances * sizeof *all);
  memcpy(all + c->n_appearances, more, n * sizeof *all);
  c->appearances = all;
  c->n_appearances += n;
  qsort(all, c->n_appearances, sizeof *all, by_place);
}

static uint32_t add_claim(rcpi_arena *a, rcpi_story *s, rcpi_appearance first) {
  rcpi_claim *claims = rcpi_regrow(a, s->claims, s->n_claims, s->n_claims + 1, sizeof *claims);
  claims[s->n_claims] = (rcpi_claim){.is_corrected = true};
  s->claims = claims;
  add_appearances(a, &claims[s->n_claims], &first, 1);
  return (uint32_t)s->n_claims++;
}

static void remove_claim(rcpi_story *s, uint32_t i) {
  memmove(&s->claims[i], &s->claims[i + 1], (s->n_claims - i - 1) * sizeof *s->claims);
  s->n_claims--;
}

static void make_same(rcpi_arena *a, rcpi_story *s, const uint32_t telling[2], const rcpi_tokens at[2]) {
  uint32_t x = claim_at(s, telling[0], at[0]);
  if (x == UINT32_MAX) x = add_claim(a, s, appearance(s, telling[0], at[0]));
  uint32_t y = claim_at(s, telling[1], at[1]);
  s->claims[x].is_corrected = true;
  if (x == y) return;
  if (y == UINT32_MAX) {
    rcpi_appearance one = appearance(s, telling[1], at[1]);
    add_appearances(a, &s->claims[x], &one, 1);
    return;
  }
  add_appearances(a, &s->claims[x], s->claims[y].appearances, s->claims[y].n_appearances);
  remove_claim(s, y);
}

static void make_different(rcpi_arena *a, rcpi_story *s, const uint32_t telling[2], const rcpi_tokens at[2]) {
  for (uint32_t i = 0; i < s->n_claims; i++) {
    rcpi_claim *c = &s->claims[i];
    bool has_first = false;
    for (size_t k = 0; k < c->n_appearances; k++)
      has_first = has_first || (c->appearances[k].telling == telling[0] && overlap(c->appearances[k].at, at[0]));
    for (size_t k = 0; has_first && k < c->n_appearances; k++) {
      rcpi_appearance app = c->appearances[k];
      if (app.telling != telling[1] || !overlap(app.at, at[1])) continue;
      rcpi_appearance *left = rcpi_array(a, rcpi_appearance, c->n_appearances);
      memcpy(left, c->appearances, k * sizeof *left);
      memcpy(left + k, c->appearances + k + 1, (c->n_appearances - k - 1) * sizeof *left);
      c->appearances = left;
      c->n_appearances--;
      c->is_corrected = true;
      add_claim(a, s, app);
      return;
    }
  }
}

size_t rcpi_correct_claims(rcpi_arena *a, const rcpi_corrections *c, rcpi_story *story) {
  size_t n_lost = 0;
  for (size_t i = 0; c && i < c->n; i++) {
    const rcpi_correction *x = &c->all[i];
    uint32_t telling[2];
    rcpi_tokens at[2];
    if (x->kind != RCPI_SAME && x->kind != RCPI_DIFFERENT) continue;
    if (!find_place(story, x, 0, &telling[0], &at[0]) || !find_place(story, x, 1, &telling[1], &at[1])) n_lost++;
    else if (x->kind == RCPI_SAME) make_same(a, story, telling, at);
    else make_different(a, story, telling, at);
  }
  return n_lost;
}

/* ----------------------------------------------------------------------------------------------------------- names */

static uint32_t group_spelled(rcpi_arena *a, const rcpi_story *s, rcp_str spelling) {
  rcp_str wanted = rcpi_fold(a, spelling);
  for (size_t i = 0; i < s->names.n_mentions; i++) {
    rcpi_name_mention m = s->names.mentions[i];
    const rcpi_telling *t = &s->tellings[m.telling];
    rcpi_span at = rcpi_tokens_span(&t->text, t->marks.names[m.name].at.token, t->marks.names[m.name].at.end_token);
    if (rcpi_eq(rcpi_fold(a, rcpi_at(t->text.s, at)), wanted)) return s->names.group_of[m.telling][m.name];
  }
  return UINT32_MAX;
}

/* Mentions of group y become x's; groups keep their numbers, y is left empty. */
static void merge_groups(rcpi_arena *a, rcpi_story *s, uint32_t x, uint32_t y) {
  rcpi_name_groups *g = &s->names;
  rcpi_name_mention *all = rcpi_array(a, rcpi_name_mention, g->n_mentions);
  const rcpi_name_group old_y = g->groups[y];
  uint32_t n = 0;
  g->groups[y].n = 0;
  for (uint32_t i = 0; i < g->n_groups; i++) {
    rcpi_name_group *group = &g->groups[i];
    uint32_t first = n;
    for (uint32_t k = 0; k < group->n; k++) all[n++] = g->mentions[group->first + k];
    for (uint32_t k = 0; i == x && k < old_y.n; k++) {
      rcpi_name_mention m = all[n++] = g->mentions[old_y.first + k];
      g->group_of[m.telling][m.name] = x;
    }
    group->first = first;
    group->n = n - first;
  }
  g->mentions = all;
  for (size_t i = 0; i < g->n_places; i++)
    if (g->places[i].group == y) g->places[i].group = x;
}

size_t rcpi_correct_names(rcpi_arena *a, const rcpi_corrections *c, rcpi_story *story) {
  size_t n_lost = 0;
  for (size_t i = 0; c && i < c->n; i++) {
    if (c->all[i].kind != RCPI_NAME) continue;
    uint32_t x = group_spelled(a, story, c->all[i].words[0]), y = group_spelled(a, story, c->all[i].words[1]);
    if (x == UINT32_MAX || y == UINT32_MAX) n_lost++;
    else if (x != y) merge_groups(a, story, x < y ? x : y, x < y ? y : x);
  }
  return n_lost;
}

/* ----------------------------------------------------------------------------------------------------- derivations */

static rcpi_derivation *derivation_of(rcpi_story *s, uint32_t x, uint32_t y) {
  for (size_t i = 0; i < s->n_derivations; i++)
    if ((s->derivations[i].a == x && s->derivations[i].b == y) || (s->derivations[i].a == y && s->derivations[i].b == x))
      return &s->derivations[i];
  return NULL;
}

static int by_pair(const void *x, const void *y) {
  const rcpi_derivation *a = x, *b = y;
  if (a->a != b->a) return a->a < b->a ? -1 : 1;
  return (a->b > b->b) - (a->b < b->b);
}

size_t rcpi_correct_derivations(rcpi_arena *a, const rcpi_corrections *c, bool in_french, rcpi_story *s) {
  size_t n_lost = 0;
  for (size_t i = 0; c && i < c->n; i++) {
    const rcpi_correction *x = &c->all[i];
    if (x->kind != RCPI_FROM && x->kind != RCPI_NOT_FROM) continue;
    uint32_t child = find_telling(s, x->source[0]), parent = find_telling(s, x->source[1]);
    if (child == UINT32_MAX || parent == UINT32_MAX || child == parent) {
      n_lost++;
      continue;
    }
    rcpi_derivation *d = derivation_of(s, child, parent);
    if (x->kind == RCPI_NOT_FROM) {
      if (d) memmove(d, d + 1, (size_t)(s->derivations + s->n_derivations - d - 1) * sizeof *d), s->n_derivations--;
      continue;
    }
    if (!d) {
      s->derivations = rcpi_regrow(a, s->derivations, s->n_derivations, s->n_derivations + 1, sizeof *s->derivations);
      d = &s->derivations[s->n_derivations++];
      *d = (rcpi_derivation){.a = child < parent ? child : parent, .b = child < parent ? parent : child, .kind = RCPI_REWRITE};
    }
    d->direction = d->a == child ? RCPI_A_FROM_B : RCPI_B_FROM_A;
    d->is_corrected = true;
    rcp_str english = RCPI_S("a person's word"), french = RCPI_S("dit par une personne");
    d->evidence = in_french ? french : english;
    d->evidence_other = in_french ? english : french;
  }
  if (s->n_derivations) qsort(s->derivations, s->n_derivations, sizeof *s->derivations, by_pair);
  return n_lost;
}
