/*
 * Quantities and times that a claim's appearances give differently.
 *
 * Quantities of a claim fall into slots: the same unit, or for plain counts the same thing counted. Where every
 * appearance holds one count, that is the slot whatever the noun ("41 passagers", "about 40 people"). A slot whose values
 * cannot all hold is a conflict; one in which they differ only by rounding is a difference.
 *
 * Rounding: "about" reaches an eighth of the value; "at least" anything above it, up to twice; a bare round number
 * (two digits and zeros) is held to be exact, since newspapers write "environ" when they round.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <stdlib.h>

#include "claim/difference_int.h"

enum { SURE = 700, MAX_QUANTITIES = 256, MAX_TIMES = 256, MAX_TOLLS = 16, LARGE_COUNT = 13, BESIDE = 2 };

typedef struct held { const rcpi_appearance *app; const rcpi_quantity *q; uint32_t slot; rcp_str toll; } held;

/* What a count of people counts, by the toll word nearest to it in its clause (a word behind it before one ahead). */
static rcp_str toll_of(const rcpi_diff_finder *f, const rcpi_appearance *app, const rcpi_quantity *q) {
  const rcpi_diff_words *w = rcpi_diff_words_of(f, app);
  uint32_t rows[MAX_TOLLS];
  rcpi_tokens at[MAX_TOLLS];
  if (q->unit.n) return RCPI_S("");
  size_t n = rcpi_diff_rows(f, app, w->tolls, rows, at, MAX_TOLLS), best = n;
  uint32_t nearest = UINT32_MAX;
  for (size_t i = 0; i < n; i++) {
    uint32_t far = at[i].token >= q->number.end_token ? at[i].token - q->number.end_token : 3 * (q->number.token - at[i].token) + 1;
    if (at[i].token < q->number.token && at[i].end_token > q->number.token) continue;
    if (far < nearest) nearest = far, best = i;
  }
  return best < n ? rcpi_cell(w->toll, rows[best], 1) : RCPI_S("");
}

static size_t collect(const rcpi_diff_finder *f, held *out) {
  size_t n = 0;
  for (size_t i = 0; i < f->claim->n_appearances; i++) {
    const rcpi_appearance *app = &f->claim->appearances[i];
    const rcpi_marks *m = rcpi_diff_marks(f, app);
    for (size_t k = rcpi_first_quantity(m, app->at.token); k < m->n_quantities && n < MAX_QUANTITIES; k++) {
      if (m->quantities[k].at.token >= app->at.end_token) break;
      const rcpi_quantity *q = &m->quantities[k];
      if (q->number.end_token <= app->at.end_token) out[n++] = (held){app, q, 0, toll_of(f, app, q)};
    }
  }
  return n;
}

static rcp_str counted_stem(const rcpi_diff_finder *f, const held *h) {
  return rcpi_tokens_any(h->q->counted) ? rcpi_diff_text(f, h->app)->tokens[h->q->counted.token].stem : RCPI_S("");
}

static bool near(double x, double y, double share) {
  return fabs(x - y) <= share * fmax(fabs(x), fabs(y));
}

bool rcpi_diff_agree(const rcpi_quantity *x, const rcpi_quantity *y) {
  if (!rcpi_eq(x->unit, y->unit)) return false;
  if (x->lo == y->lo && x->hi == y->hi) return true;
  if (x->relation == RCPI_RANGE || y->relation == RCPI_RANGE)
    return (x->lo <= y->hi && y->lo <= x->hi) || near(x->lo, y->lo, 0.05);
  if (x->relation == RCPI_AT_LEAST && y->lo >= x->lo && y->lo <= 1.5 * x->lo && y->relation != RCPI_EXACT) return true;
  if (y->relation == RCPI_AT_LEAST && x->lo >= y->lo && x->lo <= 1.5 * y->lo && x->relation != RCPI_EXACT) return true;
  if (x->relation == RCPI_AT_LEAST && x->lo >= 20 && y->lo >= x->lo && y->lo <= 1.5 * x->lo) return true;
  if (y->relation == RCPI_AT_LEAST && y->lo >= 20 && x->lo >= y->lo && x->lo <= 1.5 * y->lo) return true;
  if (x->relation == RCPI_AT_MOST && y->lo <= x->lo && y->lo >= 0.6 * x->lo) return true;
  if (y->relation == RCPI_AT_MOST && x->lo <= y->lo && x->lo >= 0.6 * y->lo) return true;
  bool is_rounded = x->relation == RCPI_ABOUT || y->relation == RCPI_ABOUT;
  return is_rounded && near(x->lo, y->lo, 0.125);
}

/* Percent and points are told apart by those who know: the same number with the other is a slip. */
static bool is_share(const rcpi_quantity *q) {
  return rcpi_is(q->unit, "%") || rcpi_is(q->unit, "point");
}

/* 2019, not "1.620 habitants". */
static bool is_year(const rcpi_quantity *q) {
  return q->unit.n == 0 && !rcpi_tokens_any(q->counted) && q->lo >= 1500 && q->lo <= 2100 && q->lo == floor(q->lo);
}

bool rcpi_diff_is_vague(const rcpi_quantity *q) {
  return rcpi_starts(q->norm, RCPI_S("n x"));   /* des dizaines */
}

/*
 * Can the two be meant for one number? Tellings differ by a few, by half, by a shifted point (1,400 and 14,000) or by
 * million and milliard; 2 and 15 count two things.
 */
static bool is_same_slot_size(const rcpi_quantity *x, const rcpi_quantity *y) {
  double lo = fmin(fabs(x->lo), fabs(y->lo)), hi = fmax(fabs(x->lo), fabs(y->lo));
  if (lo <= 0) return hi <= 10;
  double ratio = hi / lo, tens = round(log10(ratio));
  if (rcpi_diff_is_vague(x) || rcpi_diff_is_vague(y)) return ratio <= 10;
  return ratio <= 5 || near(ratio, pow(10, tens), 0.08);
}

/* One count in each appearance that has any, and no unit: the claim is about that number. */
static bool has_one_each(const held *h, size_t n) {
  for (size_t i = 1; i < n; i++)
    if (h[i].app == h[i - 1].app) return false;
  for (size_t i = 0; i < n; i++)
    if (h[i].q->unit.n) return false;
  return true;
}

/* The only quantity of its unit in its appearance: what it counts need not be said in the same words. */
static bool is_only_one(const held *h, size_t n, size_t i) {
  for (size_t k = 0; k < n; k++)
    if (k != i && h[k].app == h[i].app && rcpi_eq(h[k].q->unit, h[i].q->unit)) return false;
  return true;
}

bool rcpi_diff_knows(const rcpi_diff_finder *f, uint32_t telling, const rcpi_quantity *known) {
  const rcpi_telling *t = &f->story->tellings[telling];
  for (size_t i = 0; i < t->marks.n_quantities; i++) {
    const rcpi_quantity *q = &t->marks.quantities[i];
    if (q->lo == known->lo && q->hi == known->hi && rcpi_eq(q->unit, known->unit) && (q->unit.n || fabs(q->lo) >= LARGE_COUNT)) return true;
  }
  return false;
}

bool rcpi_diff_is_years(const rcpi_quantity *q) {
  return rcpi_is(q->unit, "s") && rcpi_ends(q->norm, RCPI_S(" y"));
}

/* Is one person named in both appearances? */
static bool share_person(const rcpi_diff_finder *f, const rcpi_appearance *x, const rcpi_appearance *y) {
  const rcpi_name_groups *g = &f->story->names;
  const rcpi_marks *mx = rcpi_diff_marks(f, x), *my = rcpi_diff_marks(f, y);
  for (size_t i = rcpi_names_behind(mx, x->at.token); i < mx->n_names && mx->names[i].at.token < x->at.end_token; i++)
    for (size_t k = rcpi_names_behind(my, y->at.token); k < my->n_names && my->names[k].at.token < y->at.end_token; k++) {
      uint32_t group = g->group_of[x->telling][i];
      if (group == g->group_of[y->telling][k] && g->groups[group].type == RCPI_NAME_PERSON) return true;
    }
  return false;
}

/* Two tellings that each give both numbers tell of two things; so do ages and terms, save those of one person named. */
static bool are_two_things(const rcpi_diff_finder *f, const held *x, const held *y) {
  if (x->q->lo == y->q->lo && x->q->hi == y->q->hi) return false;
  if (rcpi_diff_is_years(x->q) && !share_person(f, x->app, y->app)) return true;
  if (x->toll.n && y->toll.n && !rcpi_eq(x->toll, y->toll)) return true;
  return rcpi_diff_knows(f, x->app->telling, y->q) && rcpi_diff_knows(f, y->app->telling, x->q);
}

/* Slots by unit or by the thing counted; 1 is the first. */
static uint32_t make_slots(const rcpi_diff_finder *f, held *h, size_t n) {
  uint32_t n_slots = 0;
  bool one_each = has_one_each(h, n), is_only[MAX_QUANTITIES];
  for (size_t i = 0; i < n; i++) is_only[i] = is_only_one(h, n, i);
  for (size_t i = 0; i < n; i++) {
    if (is_year(h[i].q)) continue;
    for (size_t k = 0; k < i && !h[i].slot; k++) {
      if (!h[k].slot) continue;
      bool same_unit = rcpi_eq(h[i].q->unit, h[k].q->unit) || (is_share(h[i].q) && is_share(h[k].q));
      bool same_thing = h[i].q->unit.n || one_each || (is_only[i] && is_only[k]) || rcpi_eq(counted_stem(f, &h[i]), counted_stem(f, &h[k]));
      if (same_unit && same_thing && is_same_slot_size(h[i].q, h[k].q) && !are_two_things(f, &h[i], &h[k])) h[i].slot = h[k].slot;
    }
    if (!h[i].slot) h[i].slot = ++n_slots;
  }
  return n_slots;
}

/* Two values of one slot in one appearance (from 6 to 7 %) say that the slot is not one number; 60 metres (200 feet) is. */
static bool is_single(const held *h, size_t n, uint32_t slot) {
  for (size_t i = 0; i < n; i++)   /* quantities are by appearance */
    for (size_t k = i + 1; k < n && h[i].slot == slot && h[i].app == h[k].app; k++)
      if (h[k].slot == slot && !near(h[i].q->lo, h[k].q->lo, 0.03)) return false;
  return true;
}

rcpi_tokens rcpi_diff_counted(const rcpi_appearance *app, const rcpi_quantity *q) {
  rcpi_tokens at = q->at, c = q->counted;
  if (rcpi_tokens_any(c) && c.token >= at.end_token && c.token - at.end_token <= 2 && c.end_token <= app->at.end_token) at.end_token = c.end_token;
  if (at.token < app->at.token) at.token = app->at.token;
  return at;
}

/* What is known of how two tellings come from one another, or NULL: derivations are by their two ends, each two once. */
static const rcpi_derivation *between(const rcpi_diff_finder *f, uint32_t x, uint32_t y) {
  uint32_t a = x < y ? x : y, b = x < y ? y : x;
  size_t lo = 0, hi = f->story->n_derivations;
  while (lo < hi) {
    size_t mid = (lo + hi) / 2;
    const rcpi_derivation *d = &f->story->derivations[mid];
    if (d->a < a || (d->a == a && d->b < b)) lo = mid + 1;
    else hi = mid;
  }
  const rcpi_derivation *d = lo < f->story->n_derivations ? &f->story->derivations[lo] : NULL;
  return d && d->a == a && d->b == b ? d : NULL;
}

/* Is x copied or translated from y? A rewrite may bring news. */
static bool is_from(const rcpi_diff_finder *f, uint32_t x, uint32_t y) {
  const rcpi_derivation *d = between(f, x, y);
  if (!d || (d->kind != RCPI_COPY && d->kind != RCPI_TRANSLATION)) return false;
  return d->direction == (d->a == x ? RCPI_A_FROM_B : RCPI_B_FROM_A);
}

/* A copy or translation that gives another number than the text it comes from: told apart from what sources dispute. */
static bool is_slip(const rcpi_diff_finder *f, const held *h, size_t n, size_t i) {
  for (size_t k = 0; k < n; k++) {
    if (h[k].slot != h[i].slot || h[k].app->telling == h[i].app->telling || rcpi_diff_agree(h[i].q, h[k].q)) continue;
    if (!is_from(f, h[i].app->telling, h[k].app->telling)) continue;
    bool agrees_elsewhere = false;
    for (size_t x = 0; x < n; x++)
      agrees_elsewhere = agrees_elsewhere || (x != i && h[x].slot == h[i].slot && h[x].app->telling != h[i].app->telling && rcpi_diff_agree(h[x].q, h[i].q));
    if (!agrees_elsewhere) return true;
  }
  return false;
}

static void diff_slip(rcpi_diff_finder *f, const held *h, size_t n, size_t i) {
  rcpi_diff_values values = {.v = {0}};
  for (size_t k = 0; k < n; k++)
    if (h[k].slot == h[i].slot && (k == i || between(f, h[i].app->telling, h[k].app->telling) || h[k].app->telling == h[i].app->telling))
      rcpi_diff_value(f, &values, h[k].app, rcpi_diff_counted(h[k].app, h[k].q), h[k].q->norm);
  rcpi_diff_add(f, RCPI_DIFF_QUANTITY, true, &values);
}

static void diff_slot(rcpi_diff_finder *f, const held *h, size_t n, uint32_t slot, const bool *slips) {
  rcpi_diff_values values = {.v = {0}};
  bool is_conflict = false;
  for (size_t i = 0; i < n; i++) {
    if (h[i].slot != slot || slips[i]) continue;
    rcpi_diff_value(f, &values, h[i].app, rcpi_diff_counted(h[i].app, h[i].q), h[i].q->norm);
    for (size_t k = 0; k < i; k++)
      is_conflict = is_conflict || (h[k].slot == slot && !slips[k] && h[k].app->telling != h[i].app->telling && !rcpi_diff_agree(h[i].q, h[k].q));
  }
  rcpi_diff_add(f, RCPI_DIFF_QUANTITY, is_conflict, &values);
}

/* One number given for each and for all together: values that a reader would take for one. */
static void diff_shares(rcpi_diff_finder *f, const held *h, size_t n, uint32_t slot) {
  rcpi_diff_values values = {.v = {0}};
  bool has_each = false, has_all = false;
  const rcpi_quantity *first = NULL;
  for (size_t i = 0; i < n; i++) {
    bool is_each = h[i].slot == slot && rcpi_diff_is_each(f, h[i].app, h[i].q);
    if (!is_each && !(h[i].slot == slot && rcpi_diff_is_all(f, h[i].app, h[i].q))) continue;
    if (first && !rcpi_diff_agree(first, h[i].q)) continue;
    first = first ? first : h[i].q;
    rcpi_diff_value(f, &values, h[i].app, rcpi_diff_counted(h[i].app, h[i].q), rcpi_printf(f->a, "%.*s %s", RCPI_P(h[i].q->norm), is_each ? "each" : "in all"));
    has_each = has_each || is_each, has_all = has_all || !is_each;
  }
  if (has_each && has_all) rcpi_diff_add(f, RCPI_DIFF_QUANTITY, true, &values);
}

void rcpi_diff_quantities(rcpi_diff_finder *f) {
  held h[MAX_QUANTITIES];
  bool slips[MAX_QUANTITIES], is_one_number[MAX_QUANTITIES + 1];   /* by slot */
  size_t n = collect(f, h);
  uint32_t n_slots = make_slots(f, h, n);
  for (uint32_t slot = 1; slot <= n_slots; slot++) is_one_number[slot] = is_single(h, n, slot);
  for (size_t i = 0; i < n; i++) slips[i] = h[i].slot && is_one_number[h[i].slot] && is_slip(f, h, n, i);
  for (uint32_t slot = 1; slot <= n_slots; slot++) {
    if (!is_one_number[slot]) continue;
    for (size_t i = 0; i < n; i++)
      if (h[i].slot == slot && slips[i]) diff_slip(f, h, n, i);
    diff_slot(f, h, n, slot, slips);
    diff_shares(f, h, n, slot);
  }
}

/* ---------------------------------------------------------------------------------------------------------- times */

typedef struct moment { const rcpi_appearance *app; const rcpi_time *t; } moment;

/* Words of time at the end of a clause are often cut off it ("ne rouleront pas | avant le 20 janvier"): no mark between. */
static bool is_beside(const rcpi_diff_finder *f, const rcpi_appearance *app, const rcpi_time *t) {
  const rcpi_text *text = rcpi_diff_text(f, app);
  uint32_t end = app->at.end_token;
  if (t->at.token < end || t->at.token > end + BESIDE || text->tokens[t->at.token].sentence != text->tokens[end - 1].sentence) return false;
  for (uint32_t i = end; i < t->at.token; i++)
    if (text->tokens[i].kind == RCPI_TOK_MARK) return false;
  for (size_t i = 0; i < f->claim->n_appearances; i++) {
    const rcpi_appearance *other = &f->claim->appearances[i];
    if (other->telling == app->telling && t->at.token >= other->at.token && t->at.token < other->at.end_token) return false;
  }
  return true;
}

static size_t collect_times(const rcpi_diff_finder *f, moment *out, bool clocks) {
  size_t n = 0;
  for (size_t i = 0; i < f->claim->n_appearances; i++) {
    const rcpi_appearance *app = &f->claim->appearances[i];
    const rcpi_marks *m = rcpi_diff_marks(f, app);
    for (size_t k = rcpi_first_time(m, app->at.token); k < m->n_times && n < MAX_TIMES; k++) {
      const rcpi_time *t = &m->times[k];
      if (t->at.token >= app->at.end_token + BESIDE) break;
      if (t->at.end_token > app->at.end_token && !is_beside(f, app, t)) continue;
      if (clocks ? t->minute >= 0 : t->resolved.p != NULL && t->minute < 0) out[n++] = (moment){app, t};
    }
  }
  return n;
}

/* First and last part of a date or of start/end, for comparing. */
static rcp_str part(rcp_str iso, bool last) {
  size_t slash = rcpi_find_char(iso, '/');
  if (slash == RCPI_NONE) return iso;
  return last ? rcpi_sub(iso, slash + 1, iso.n) : rcpi_sub(iso, 0, slash);
}

bool rcpi_diff_dates_apart(rcp_str x, rcp_str y) {
  rcp_str ends[2] = {part(x, true), part(y, true)}, begins[2] = {part(y, false), part(x, false)};
  for (int i = 0; i < 2; i++) {
    size_t n = ends[i].n < begins[i].n ? ends[i].n : begins[i].n;
    if (memcmp(ends[i].p, begins[i].p, n) < 0) return true;
  }
  return false;
}

bool rcpi_diff_dates_comparable(rcp_str x, rcp_str y) {
  size_t nx = part(x, false).n, ny = part(y, false).n, least = nx < ny ? nx : ny, most = nx < ny ? ny : nx;
  return least > 4 || most < 10;
}

/* An appearance with two times tells of two moments: which is compared with the others' is not known. */
static size_t drop_doubles(moment *m, size_t n) {
  size_t kept = 0;
  for (size_t i = 0; i < n; i++) {
    bool is_double = (i && m[i - 1].app == m[i].app) || (i + 1 < n && m[i + 1].app == m[i].app);
    if (!is_double) m[kept++] = m[i];
  }
  return kept;
}

/* Is alignment sure that the two places tell one thing? */
static bool are_tied(const rcpi_diff_finder *f, const rcpi_appearance *x, const rcpi_appearance *y) {
  const rcpi_appearance *first = f->claim->appearances;
  return x->telling != y->telling && rcpi_diff_link(f, (size_t)(x - first), (size_t)(y - first), SURE) >= SURE;
}

static void diff_dates(rcpi_diff_finder *f) {
  moment m[MAX_TIMES];
  size_t n = drop_doubles(m, collect_times(f, m, false));
  rcpi_diff_values values = {.v = {0}};
  bool is_conflict = false;
  for (size_t i = 0; i < n; i++) {
    rcpi_diff_value(f, &values, m[i].app, m[i].t->at, m[i].t->resolved);
    for (size_t k = 0; k < i; k++) {
      is_conflict = is_conflict || (are_tied(f, m[k].app, m[i].app) && rcpi_diff_dates_comparable(m[i].t->resolved, m[k].t->resolved) && rcpi_diff_dates_apart(m[i].t->resolved, m[k].t->resolved));
    }
  }
  rcpi_diff_add(f, RCPI_DIFF_DATE, is_conflict, &values);
}

static void diff_clocks(rcpi_diff_finder *f) {
  moment m[MAX_TIMES];
  size_t n = drop_doubles(m, collect_times(f, m, true));
  rcpi_diff_values values = {.v = {0}};
  bool is_conflict = false;
  for (size_t i = 0; i < n; i++) {
    rcp_str norm = rcpi_printf(f->a, "%02d:%02d", m[i].t->minute / 60 % 24, m[i].t->minute % 60);
    rcpi_diff_value(f, &values, m[i].app, m[i].t->at, norm);
    for (size_t k = 0; k < i; k++) {
      int apart = abs(m[i].t->minute - m[k].t->minute);
      is_conflict = is_conflict || (m[k].app->telling != m[i].app->telling && apart > 20);
    }
  }
  rcpi_diff_add(f, RCPI_DIFF_DATE, is_conflict, &values);
}

void rcpi_diff_times(rcpi_diff_finder *f) {
  diff_dates(f);
  diff_clocks(f);
}
