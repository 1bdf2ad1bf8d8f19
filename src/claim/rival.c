/*
 * Two ways to rivals (rival.h); both ask for the same unit, or for one thing counted, and for numbers that may be meant
 * for one: within a factor of five, or a shifted point.
 *
 * Near pairs: a score under what makes one claim and over NEAR; each number is the only one of its unit in its clause; of
 * several such partners in a telling the best. Answers: the second number has no noun of its own, stands in the same
 * sentence or the next, and the two are said by different sources ("64 lits selon les syndicats, 38 selon la direction").
 *
 * Cost: one pass over the scored pairs with numbers. Thresholds: the annotated stories of tests/quality.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "claim/rival.h"

#include <math.h>
#include <stdlib.h>

enum { NEAR = 480, NEAR_DATE = 250, A_MONTH = 7 };

typedef struct place { uint32_t telling, quantity; } place;

typedef struct finder {
  rcpi_arena *a;
  rcpi_story *story;
  RCPI_VEC(rcpi_rival) found;
} finder;

static const rcpi_quantity *quantity(const finder *f, place p) {
  return &f->story->tellings[p.telling].marks.quantities[p.quantity];
}

/* The only quantity of its kind in a piece: unit or plain count; false if there are several. */
static bool only_in(const finder *f, const rcpi_piece *p, bool plain, place *out) {
  const rcpi_marks *m = &f->story->tellings[p->telling].marks;
  size_t n = 0;
  for (size_t i = 0; i < m->n_quantities; i++) {
    const rcpi_quantity *q = &m->quantities[i];
    if (q->number.token < p->at.token) continue;
    if (q->number.token >= p->at.end_token) break;
    if ((q->unit.n == 0) != plain) continue;
    *out = (place){p->telling, (uint32_t)i};
    n++;
  }
  return n == 1;
}

static rcp_str counted(const finder *f, place p) {
  const rcpi_quantity *q = quantity(f, p);
  return rcpi_tokens_any(q->counted) ? f->story->tellings[p.telling].text.tokens[q->counted.token].stem : RCPI_S("");
}

static bool may_be_one(const rcpi_quantity *x, const rcpi_quantity *y) {
  double lo = fmin(fabs(x->lo), fabs(y->lo)), hi = fmax(fabs(x->lo), fabs(y->lo));
  if (lo <= 0 || hi == lo) return false;
  double tens = round(log10(hi / lo));
  return hi / lo <= 5 || fabs(hi / lo - pow(10, tens)) < 0.08 * hi / lo;
}

static void add(finder *f, place x, place y) {
  rcpi_push(f->a, &f->found, (rcpi_rival){x.telling, x.quantity, y.telling, y.quantity, false});
}

static void near_pairs(finder *f, const rcpi_pieces *pieces, const rcpi_scores *scores) {
  for (size_t i = 0; i < scores->n_pairs; i++) {
    const rcpi_pair *p = &scores->pairs[i];
    const rcpi_piece *a = &pieces->pieces[p->a], *b = &pieces->pieces[p->b];
    if (p->score < NEAR || a->telling == b->telling || a->n_clauses > 1 || b->n_clauses > 1) continue;
    for (int plain = 0; plain < 2; plain++) {
      place x = {0, 0}, y = {0, 0};
      if (!only_in(f, a, plain, &x) || !only_in(f, b, plain, &y)) continue;
      const rcpi_quantity *qx = quantity(f, x), *qy = quantity(f, y);
      bool one_thing = plain ? rcpi_eq(counted(f, x), counted(f, y)) && counted(f, x).n : rcpi_eq(qx->unit, qy->unit);
      if (one_thing && may_be_one(qx, qy)) add(f, x, y);
    }
  }
}

/* The only date of a piece; false if there are several. */
static bool only_date(const finder *f, const rcpi_piece *p, place *out) {
  const rcpi_marks *m = &f->story->tellings[p->telling].marks;
  size_t n = 0;
  for (size_t i = 0; i < m->n_times; i++) {
    const rcpi_time *t = &m->times[i];
    if (t->at.token < p->at.token) continue;
    if (t->at.token >= p->at.end_token) break;
    if (t->minute >= 0) continue;
    *out = (place){p->telling, (uint32_t)i};
    n++;
  }
  return n == 1;
}

static void near_dates(finder *f, const rcpi_pieces *pieces, const rcpi_scores *scores) {
  for (size_t i = 0; i < scores->n_pairs; i++) {
    const rcpi_pair *p = &scores->pairs[i];
    const rcpi_piece *a = &pieces->pieces[p->a], *b = &pieces->pieces[p->b];
    place x, y;
    if (p->score < NEAR_DATE || a->telling == b->telling || a->n_clauses > 1 || b->n_clauses > 1) continue;
    if (!only_date(f, a, &x) || !only_date(f, b, &y)) continue;
    const rcpi_time *tx = &f->story->tellings[x.telling].marks.times[x.quantity], *ty = &f->story->tellings[y.telling].marks.times[y.quantity];
    if (tx->resolved.n < A_MONTH || tx->resolved.n != ty->resolved.n) continue;
    rcpi_push(f->a, &f->found, (rcpi_rival){x.telling, x.quantity, y.telling, y.quantity, true});
  }
}

/* The innermost source of the words at a token; UINT32_MAX: none. */
static uint32_t frame_at(const rcpi_telling *t, rcpi_tokens at) {
  rcpi_attribution said = rcpi_attrib_of(&t->text, &t->marks, at);
  return said.n_frames ? said.frames[said.n_frames - 1] : UINT32_MAX;
}

static void answers(finder *f, uint32_t telling) {
  const rcpi_telling *t = &f->story->tellings[telling];
  for (uint32_t i = 1; i < t->marks.n_quantities; i++) {
    const rcpi_quantity *x = &t->marks.quantities[i - 1], *y = &t->marks.quantities[i];
    uint32_t sx = t->text.tokens[x->at.token].sentence, sy = t->text.tokens[y->at.token].sentence;
    if (sy > sx + 1 || t->text.sentences[sx].paragraph != t->text.sentences[sy].paragraph || !rcpi_eq(x->unit, y->unit)) continue;
    if (rcpi_tokens_any(y->counted) || !may_be_one(x, y)) continue;
    uint32_t fx = frame_at(t, x->number), fy = frame_at(t, y->number);
    bool is_named = rcpi_tokens_any(x->counted) || x->unit.n || (fx != UINT32_MAX && fy != UINT32_MAX);
    if (fx == fy || !is_named) continue;
    add(f, (place){telling, i - 1}, (place){telling, i});
  }
}

void rcpi_rivals_find(rcpi_arena *a, rcpi_story *story, const rcpi_pieces *pieces, const rcpi_scores *scores) {
  finder f = {.a = a, .story = story};
  near_pairs(&f, pieces, scores);
  near_dates(&f, pieces, scores);
  for (uint32_t i = 0; i < story->n_tellings; i++) answers(&f, i);
  story->rivals = f.found.p;
  story->n_rivals = f.found.n;
}
