/*
 * Alignment works on clauses and on pairs of them, so a fact may come out twice: "ont ouvert une enquête" and "ont ouvert
 * une enquête pour homicide" over the same articles. A reader wants it once. A claim is dropped when each of its places
 * lies for the most part in a place of one other claim, which has as many tellings or more; of two equals the first stays.
 *
 * Cost: claims are looked up by the tokens they cover, so that only those that share a place are compared.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "claim/nested.h"

typedef struct cover { uint32_t claim, next; } cover;   /* next: 1 + index of another claim at this token */

typedef struct index_ {
  uint32_t **head;             /* [telling][token] -> 1 + index in covers */
  RCPI_VEC(cover) covers;
} index_;

static uint32_t n_tellings(const rcpi_claim *c) {
  uint32_t n = 0;
  for (size_t i = 0; i < c->n_appearances; i++) n += i == 0 || c->appearances[i].telling != c->appearances[i - 1].telling;
  return n;
}

/* Does some appearance of `outer` hold two thirds of the tokens of app? */
static bool holds(const rcpi_claim *outer, const rcpi_appearance *app) {
  for (size_t i = 0; i < outer->n_appearances; i++) {
    const rcpi_appearance *x = &outer->appearances[i];
    if (x->telling != app->telling) continue;
    uint32_t beg = x->at.token > app->at.token ? x->at.token : app->at.token;
    uint32_t end = x->at.end_token < app->at.end_token ? x->at.end_token : app->at.end_token;
    if (end > beg && 3 * (end - beg) >= 2 * (app->at.end_token - app->at.token)) return true;
  }
  return false;
}

static bool is_nested(const rcpi_claim *inner, const rcpi_claim *outer) {
  for (size_t i = 0; i < inner->n_appearances; i++)
    if (!holds(outer, &inner->appearances[i])) return false;
  return true;
}

static void read_covers(rcpi_arena *a, const rcpi_story *s, index_ *x) {
  x->head = rcpi_array(a, uint32_t *, s->n_tellings);
  for (size_t i = 0; i < s->n_tellings; i++) x->head[i] = rcpi_array(a, uint32_t, s->tellings[i].text.n_tokens);
  for (uint32_t i = 0; i < s->n_claims; i++)
    for (size_t k = 0; k < s->claims[i].n_appearances; k++) {
      const rcpi_appearance *app = &s->claims[i].appearances[k];
      for (uint32_t t = app->at.token; t < app->at.end_token; t++) {
        rcpi_push(a, &x->covers, (cover){i, x->head[app->telling][t]});
        x->head[app->telling][t] = (uint32_t)x->covers.n;
      }
    }
}

/* Is there a claim, not dropped, in which claim i is nested? */
static bool must_drop(const rcpi_story *s, const index_ *x, const bool *dropped, uint32_t i) {
  const rcpi_claim *c = &s->claims[i];
  const rcpi_appearance *first = &c->appearances[0];
  uint32_t middle = (first->at.token + first->at.end_token) / 2, last = UINT32_MAX;
  for (uint32_t k = x->head[first->telling][middle]; k; k = x->covers.p[k - 1].next) {
    uint32_t other = x->covers.p[k - 1].claim;
    if (other == i || other == last || dropped[other]) continue;
    last = other;
    uint32_t mine = n_tellings(c), theirs = n_tellings(&s->claims[other]);
    bool is_mutual = is_nested(&s->claims[other], c);
    if (is_nested(c, &s->claims[other]) && (theirs > mine || (theirs == mine && (!is_mutual || other < i)))) return true;
  }
  return false;
}

void rcpi_claims_drop_nested(rcpi_arena *a, rcpi_story *s) {
  index_ x = {.head = NULL};
  bool *dropped = rcpi_array(a, bool, s->n_claims);
  size_t n = 0;
  read_covers(a, s, &x);
  for (uint32_t i = 0; i < s->n_claims; i++) dropped[i] = must_drop(s, &x, dropped, i);
  for (size_t i = 0; i < s->n_claims; i++)
    if (!dropped[i]) s->claims[n++] = s->claims[i];
  s->n_claims = n;
}
