/*
 * Three ways to rivals (rival.h). Numbers: the same unit or one thing counted, and numbers that may be meant for one: within a
 * factor of five, or a shifted point.
 *
 * Near pairs: a score under what makes one claim and over NEAR; each number is the only one of its unit in its clause. Answers: the
 * second number has no noun of its own, stands in the same sentence or the next, and the two are said by different sources ("64
 * lits selon les syndicats, 38 selon la direction"). Dates: of one grain (days, months, centuries), each the only such one of its
 * place, in clauses that need not be as near as for numbers, or in pairs of clauses that are nearer.
 *
 * Cost: two passes over the scored pairs. Thresholds: the annotated stories of tests/quality.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "claim/rival.h"

#include <math.h>
#include <stdlib.h>

#include "mark/quantity.h"
#include "mark/time.h"

enum { NEAR = 480, NEAR_DATE = 250, NEAR_DATE_PAIR = 600, A_MONTH = 7 };

typedef struct place { uint32_t telling, index; } place;   /* of a quantity or a time */

typedef struct finder {
  rcpi_arena *a;
  rcpi_story *story;
  RCPI_VEC(rcpi_rival) found;
} finder;

static const rcpi_quantity *quantity(const finder *f, place p) {
  return &f->story->tellings[p.telling].marks.quantities[p.index];
}

/* The only quantity of its kind in a piece: unit or plain count; false if there are several. */
static bool only_in(const finder *f, const rcpi_piece *p, bool plain, place *out) {
  const rcpi_marks *m = &f->story->tellings[p->telling].marks;
  size_t n = 0;
  size_t first = rcpi_first_quantity(m, p->at.token);
  for (size_t i = first ? first - 1 : 0; i < m->n_quantities; i++) {   /* "plus de" may stand before the piece */
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

static void add(finder *f, place x, place y, bool is_date) {
  rcpi_push(f->a, &f->found, (rcpi_rival){x.telling, x.index, y.telling, y.index, is_date, false});
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
      if (one_thing && may_be_one(qx, qy)) add(f, x, y, false);
    }
  }
}

/* The only date of a piece as fine as `grain` letters of ISO 8601 say; false if there are several or none. */
static bool only_date(const finder *f, const rcpi_piece *p, size_t grain, place *out) {
  const rcpi_marks *m = &f->story->tellings[p->telling].marks;
  size_t n = 0;
  for (size_t i = rcpi_first_time(m, p->at.token); i < m->n_times && m->times[i].at.token < p->at.end_token; i++) {
    if (m->times[i].minute >= 0 || m->times[i].resolved.n != grain) continue;
    *out = (place){p->telling, (uint32_t)i};
    n++;
  }
  return n == 1;
}

/* Two dates of one grain where each is the only such one of its piece. */
static void compare_dates(finder *f, const rcpi_piece *a, const rcpi_piece *b) {
  const rcpi_marks *m = &f->story->tellings[a->telling].marks;
  for (size_t i = rcpi_first_time(m, a->at.token); i < m->n_times && m->times[i].at.token < a->at.end_token; i++) {
    size_t grain = m->times[i].resolved.n;
    place x, y;
    if (grain >= A_MONTH && only_date(f, a, grain, &x) && x.index == i && only_date(f, b, grain, &y)) add(f, x, y, true);
  }
}

static void near_dates(finder *f, const rcpi_pieces *pieces, const rcpi_scores *scores) {
  for (size_t i = 0; i < scores->n_pairs; i++) {
    const rcpi_pair *p = &scores->pairs[i];
    const rcpi_piece *a = &pieces->pieces[p->a], *b = &pieces->pieces[p->b];
    bool is_clause = a->n_clauses == 1 && b->n_clauses == 1;
    if (p->score >= (is_clause ? NEAR_DATE : NEAR_DATE_PAIR) && a->telling != b->telling) compare_dates(f, a, b);
  }
}

/* The innermost source of the words at a token; UINT32_MAX: none. */
static uint32_t frame_at(const rcpi_telling *t, rcpi_tokens at) {
  rcpi_attribution said = rcpi_attrib_of(&t->text, &t->marks, at);
  return said.n_frames ? said.frames[said.n_frames - 1] : UINT32_MAX;
}

static bool holds(rcpi_tokens at, uint32_t token) {
  return token >= at.token && token < at.end_token;
}

/* Has the smallest piece round a quantity any content words beside it and who says it? None in "5.000 selon les syndicats". */
static bool has_words_beside(const rcpi_telling *t, const rcpi_pieces *pieces, uint32_t telling, const rcpi_quantity *q, uint32_t frame) {
  rcpi_tokens at = {0, UINT32_MAX};
  for (size_t i = rcpi_pieces_first(pieces, telling); i < pieces->n_pieces && pieces->pieces[i].telling == telling; i++) {
    rcpi_tokens x = pieces->pieces[i].at;
    bool is_in = x.token <= q->number.token && q->number.end_token <= x.end_token;
    if (is_in && x.end_token - x.token < at.end_token - at.token) at = x;
  }
  if (at.end_token == UINT32_MAX) return true;
  const rcpi_frame *by = frame != UINT32_MAX ? &t->marks.frames[frame] : NULL;
  for (uint32_t i = at.token; i < at.end_token; i++) {
    const rcpi_token *x = &t->text.tokens[i];
    if (x->kind == RCPI_TOK_MARK || x->flags & (RCPI_TOK_FUNCTION | RCPI_TOK_ENCLITIC) || holds(q->at, i) || holds(q->number, i)) continue;
    if (!by || (!holds(by->source, i) && !holds(by->cue, i))) return true;
  }
  return false;
}

static void answers(finder *f, uint32_t telling, const rcpi_pieces *pieces) {
  const rcpi_telling *t = &f->story->tellings[telling];
  for (uint32_t i = 1; i < t->marks.n_quantities; i++) {
    const rcpi_quantity *x = &t->marks.quantities[i - 1], *y = &t->marks.quantities[i];
    uint32_t sx = t->text.tokens[x->at.token].sentence, sy = t->text.tokens[y->at.token].sentence;
    if (sy > sx + 1 || t->text.sentences[sx].paragraph != t->text.sentences[sy].paragraph || !rcpi_eq(x->unit, y->unit)) continue;
    if (rcpi_tokens_any(y->counted) || !may_be_one(x, y)) continue;
    uint32_t fx = frame_at(t, x->number), fy = frame_at(t, y->number);
    bool is_named = rcpi_tokens_any(x->counted) || x->unit.n || (fx != UINT32_MAX && fy != UINT32_MAX);
    if (fx == fy || !is_named) continue;
    add(f, (place){telling, i - 1}, (place){telling, i}, false);
    f->found.p[f->found.n - 1].is_answer = !has_words_beside(t, pieces, telling, y, fy);
  }
}

void rcpi_rivals_find(rcpi_arena *a, rcpi_story *story, const rcpi_pieces *pieces, const rcpi_scores *scores) {
  finder f = {.a = a, .story = story};
  near_pairs(&f, pieces, scores);
  near_dates(&f, pieces, scores);
  for (uint32_t i = 0; i < story->n_tellings; i++) answers(&f, i, pieces);
  story->rivals = f.found.p;
  story->n_rivals = f.found.n;
}
