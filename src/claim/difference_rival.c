/*
 * Differences between two claims that alignment keeps apart: their numbers or dates are rivals (rival.h).
 *
 * "5.000 manifestants selon les syndicats" and "2.100 selon la police" are two claims and one dispute. The difference is told with
 * the claim that comes first, and holds every place of both that gives one of the two values. Where each value has somebody who says
 * it, a telling that gives one as its own knowledge misleads its reader: an attribution lost, and a conflict.
 *
 * No rivals: values that two tellings both know (they tell of two things), vague counts, ages and terms, values that agree.
 * Cost: one pass over the claims, one over the rivals.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "claim/difference_int.h"

typedef struct homes { uint32_t **quantity, **date; } homes;   /* [telling][index]: 1 + the claim with most appearances there */

static void settle(const rcpi_story *s, uint32_t *home, uint32_t claim) {
  if (!*home || s->claims[claim].n_appearances > s->claims[*home - 1].n_appearances) *home = claim + 1;
}

static homes find_homes(const rcpi_diff_finder *f) {
  const rcpi_story *s = f->story;
  homes h = {rcpi_array(f->a, uint32_t *, s->n_tellings), rcpi_array(f->a, uint32_t *, s->n_tellings)};
  for (size_t i = 0; i < s->n_tellings; i++) {
    h.quantity[i] = rcpi_array(f->a, uint32_t, s->tellings[i].marks.n_quantities);
    h.date[i] = rcpi_array(f->a, uint32_t, s->tellings[i].marks.n_times);
  }
  for (uint32_t i = 0; i < s->n_claims; i++)
    for (size_t k = 0; k < s->claims[i].n_appearances; k++) {
      const rcpi_appearance *app = &s->claims[i].appearances[k];
      const rcpi_marks *m = rcpi_diff_marks(f, app);
      for (size_t q = rcpi_first_quantity(m, app->at.token); q < m->n_quantities && m->quantities[q].number.end_token <= app->at.end_token; q++)
        settle(s, &h.quantity[app->telling][q], i);
      for (size_t t = rcpi_first_time(m, app->at.token); t < m->n_times && m->times[t].at.end_token <= app->at.end_token; t++)
        settle(s, &h.date[app->telling][t], i);
    }
  return h;
}

/* Is there already a difference of the claim that holds both values? */
static bool is_told(const rcpi_claim *c, rcp_str x, rcp_str y) {
  for (size_t i = 0; i < c->n_differences; i++) {
    const rcpi_difference *d = &c->differences[i];
    bool has_x = false, has_y = false;
    for (size_t k = 0; k < d->n_values; k++) has_x |= rcpi_eq(d->values[k].norm, x), has_y |= rcpi_eq(d->values[k].norm, y);
    if (has_x && has_y) return true;
  }
  return false;
}

/* The finders add to f->found: here to what the claim has already. */
static void open_claim(rcpi_diff_finder *f, rcpi_claim *claim) {
  f->claim = claim;
  f->found.p = claim->differences;
  f->found.n = f->found.cap = claim->n_differences;
}

static void close_claim(const rcpi_diff_finder *f, rcpi_claim *claim) {
  claim->differences = f->found.p;
  claim->n_differences = f->found.n;
}

/* ---------------------------------------------------------------------------------------------------------- numbers */

static bool gives(const rcpi_diff_finder *f, const rcpi_appearance *app, const rcpi_quantity *q, size_t *at) {
  const rcpi_marks *m = rcpi_diff_marks(f, app);
  for (; *at < m->n_quantities && m->quantities[*at].number.end_token <= app->at.end_token; ++*at)
    if (rcpi_eq(m->quantities[*at].unit, q->unit) && rcpi_diff_agree(&m->quantities[*at], q)) return true;
  return false;
}

/* The quantities of a claim that say what q says. */
static void add_like(rcpi_diff_finder *f, rcpi_diff_values *values, const rcpi_claim *c, const rcpi_quantity *q) {
  for (size_t i = 0; i < c->n_appearances; i++) {
    const rcpi_appearance *app = &c->appearances[i];
    const rcpi_marks *m = rcpi_diff_marks(f, app);
    for (size_t k = rcpi_first_quantity(m, app->at.token); gives(f, app, q, &k); k++)
      rcpi_diff_value(f, values, app, rcpi_diff_counted(app, &m->quantities[k]), m->quantities[k].norm);
  }
}

static const rcpi_frame *frame_of(const rcpi_diff_finder *f, const rcpi_appearance *app) {
  return app->said.n_frames ? &rcpi_diff_marks(f, app)->frames[app->said.frames[0]] : NULL;
}

/* Who is said to give the number q of a claim; UINT32_MAX: nobody, or somebody vague. */
static uint32_t giver(const rcpi_diff_finder *f, const rcpi_claim *c, const rcpi_quantity *q) {
  for (size_t i = 0; i < c->n_appearances; i++) {
    const rcpi_appearance *app = &c->appearances[i];
    size_t at = rcpi_first_quantity(rcpi_diff_marks(f, app), app->at.token);
    uint32_t origin = frame_of(f, app) ? f->story->frame_origin[app->telling][app->said.frames[0]] : UINT32_MAX;
    if (origin != UINT32_MAX && !f->story->origins[origin].is_vague && gives(f, app, q, &at)) return origin;
  }
  return UINT32_MAX;
}

/* Two sources give two numbers: no newer toll, but a dispute. */
static bool is_dispute(const rcpi_diff_finder *f, const rcpi_claim *cx, const rcpi_quantity *x, const rcpi_claim *cy, const rcpi_quantity *y) {
  uint32_t a = giver(f, cx, x), b = giver(f, cy, y);
  return a != UINT32_MAX && b != UINT32_MAX && a != b;
}

/* Is there a conflict of attribution that begins at the same place? */
static bool is_attribution_told(const rcpi_claim *c, const rcpi_diff_values *values) {
  const rcpi_value_at *first = values->v.p;
  for (size_t i = 0; i < c->n_differences; i++) {
    const rcpi_difference *d = &c->differences[i];
    if (d->kind != RCPI_DIFF_ATTRIBUTION || !d->is_conflict) continue;
    for (size_t k = 0; k < d->n_values; k++)
      if (d->values[k].telling == first->telling && d->values[k].at.beg == first->at.beg) return true;
  }
  return false;
}

/* A disputed number that some tellings give as somebody's word and another as its own knowledge. */
static void diff_asserted(rcpi_diff_finder *f, rcpi_claim *c, const rcpi_quantity *q) {
  rcpi_diff_values values = {.v = {0}};
  open_claim(f, c);
  for (size_t i = 0; i < c->n_appearances; i++) {
    const rcpi_appearance *app = &c->appearances[i];
    const rcpi_frame *frame = frame_of(f, app);
    size_t at = rcpi_first_quantity(rcpi_diff_marks(f, app), app->at.token);
    if (!gives(f, app, q, &at)) continue;
    uint32_t origin = frame ? f->story->frame_origin[app->telling][app->said.frames[0]] : UINT32_MAX;
    if (origin != UINT32_MAX) rcpi_diff_value(f, &values, app, frame->source, f->story->origins[origin].name);
    else if (!frame && app->said.mode == RCPI_MODE_ASSERTED && !rcpi_diff_is_title(f, app)) rcpi_diff_whole(f, &values, app, RCPI_S("asserted, no source"));
  }
  bool is_asserted = false, is_said = false;
  for (size_t i = 0; i < values.v.n; i++) {
    bool has_none = rcpi_is(values.v.p[i].norm, "asserted, no source");
    is_asserted |= has_none, is_said |= !has_none;
  }
  if (is_asserted && is_said && !is_attribution_told(c, &values) && rcpi_diff_add(f, RCPI_DIFF_ATTRIBUTION, true, &values)) close_claim(f, c);
}

static void diff_quantity(rcpi_diff_finder *f, rcpi_story *story, const homes *h, const rcpi_rival *r) {
  const rcpi_quantity *x = &story->tellings[r->a].marks.quantities[r->in_a], *y = &story->tellings[r->b].marks.quantities[r->in_b];
  uint32_t cx = h->quantity[r->a][r->in_a], cy = h->quantity[r->b][r->in_b];
  if (!cx || !cy || rcpi_diff_agree(x, y)) return;
  rcpi_claim *home = &story->claims[(cx < cy ? cx : cy) - 1];
  if (rcpi_diff_is_vague(x) || rcpi_diff_is_vague(y) || rcpi_diff_is_years(x)) return;
  if (r->a != r->b && rcpi_diff_knows(f, r->a, y) && rcpi_diff_knows(f, r->b, x)) return;
  if (!is_told(home, x->norm, y->norm)) {
    rcpi_diff_values values = {.v = {0}};
    open_claim(f, home);
    add_like(f, &values, &story->claims[cx - 1], x);
    add_like(f, &values, &story->claims[cy - 1], y);   /* of one claim or of two */
    bool is_new = rcpi_diff_add(f, RCPI_DIFF_QUANTITY, true, &values);
    close_claim(f, home);
    if (!is_new) return;
  }
  if (r->a != r->b || !is_dispute(f, &story->claims[cx - 1], x, &story->claims[cy - 1], y)) return;
  diff_asserted(f, &story->claims[cx - 1], x);
  diff_asserted(f, &story->claims[cy - 1], y);
}

/* ------------------------------------------------------------------------------------------------------------ dates */

static bool knows_date(const rcpi_diff_finder *f, uint32_t telling, rcp_str resolved) {
  const rcpi_marks *m = &f->story->tellings[telling].marks;
  for (size_t i = 0; i < m->n_times; i++)
    if (m->times[i].resolved.n >= resolved.n && !rcpi_diff_dates_apart(m->times[i].resolved, resolved)) return true;
  return false;
}

static void add_dates_like(rcpi_diff_finder *f, rcpi_diff_values *values, const rcpi_claim *c, rcp_str resolved) {
  for (size_t i = 0; i < c->n_appearances; i++) {
    const rcpi_appearance *app = &c->appearances[i];
    const rcpi_marks *m = rcpi_diff_marks(f, app);
    for (size_t k = rcpi_first_time(m, app->at.token); k < m->n_times && m->times[k].at.end_token <= app->at.end_token; k++)
      if (m->times[k].minute < 0 && rcpi_eq(m->times[k].resolved, resolved)) rcpi_diff_value(f, values, app, m->times[k].at, resolved);
  }
}

static void diff_date(rcpi_diff_finder *f, rcpi_story *story, const homes *h, const rcpi_rival *r) {
  rcp_str x = story->tellings[r->a].marks.times[r->in_a].resolved, y = story->tellings[r->b].marks.times[r->in_b].resolved;
  uint32_t cx = h->date[r->a][r->in_a], cy = h->date[r->b][r->in_b];
  if (!cx || !cy || !rcpi_diff_dates_comparable(x, y) || !rcpi_diff_dates_apart(x, y)) return;
  if (knows_date(f, r->a, y) && knows_date(f, r->b, x)) return;
  rcpi_claim *home = &story->claims[(cx < cy ? cx : cy) - 1];
  if (is_told(home, x, y)) return;
  rcpi_diff_values values = {.v = {0}};
  open_claim(f, home);
  add_dates_like(f, &values, &story->claims[cx - 1], x);
  add_dates_like(f, &values, &story->claims[cy - 1], y);
  rcpi_diff_add(f, RCPI_DIFF_DATE, true, &values);
  close_claim(f, home);
}

void rcpi_diff_rivals(rcpi_diff_finder *f, rcpi_story *story) {
  homes h = find_homes(f);
  for (size_t i = 0; i < story->n_rivals; i++)
    if (story->rivals[i].is_date) diff_date(f, story, &h, &story->rivals[i]);
    else diff_quantity(f, story, &h, &story->rivals[i]);
}
