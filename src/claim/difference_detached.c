/*
 * A number that has come off its name: "des drones Mohajer-6" that a translation makes "6 drones Muhajir".
 *
 * In one telling of a claim a name ends in a number; in another the same name (name_group.h) stands without it, and a
 * plain count of that value stands beside it. A count that a telling with the whole name gives too is a count.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "claim/difference_int.h"

enum { MAX_NAMED = 64 };

/* A name in an appearance; `number` is what it ends in: 6 of Mohajer-6, -1 without one. */
typedef struct named { const rcpi_appearance *app; const rcpi_name *name; uint32_t group; double number; } named;

static double number_of(rcp_str name) {
  size_t from = name.n;
  uint32_t value;
  while (from > 0 && rcpi_is_digit((unsigned char)name.p[from - 1])) from--;
  return from > 0 && rcpi_parse_u32(rcpi_sub(name, from, name.n), &value) ? (double)value : -1.0;
}

static size_t collect(const rcpi_diff_finder *f, named *out) {
  size_t n = 0;
  for (size_t i = 0; i < f->claim->n_appearances; i++) {
    const rcpi_appearance *app = &f->claim->appearances[i];
    const rcpi_marks *m = rcpi_diff_marks(f, app);
    const rcpi_text *t = rcpi_diff_text(f, app);
    for (size_t k = rcpi_names_behind(m, app->at.token); k < m->n_names && n < MAX_NAMED; k++) {
      const rcpi_name *name = &m->names[k];
      if (name->at.token >= app->at.end_token) break;
      rcp_str words = rcpi_at(t->s, rcpi_tokens_span(t, name->at.token, name->at.end_token));
      out[n++] = (named){app, name, f->story->names.group_of[app->telling][k], number_of(words)};
    }
  }
  return n;
}

/* A plain count of that value in the appearance, outside the name. */
static const rcpi_quantity *count_of(const rcpi_diff_finder *f, const named *by, double value) {
  const rcpi_appearance *app = by->app;
  const rcpi_marks *m = rcpi_diff_marks(f, app);
  for (size_t i = 0; i < m->n_quantities; i++) {
    const rcpi_quantity *q = &m->quantities[i];
    bool is_in = q->number.token >= app->at.token && q->number.end_token <= app->at.end_token;
    bool is_named = q->number.token <= by->name->at.end_token && q->number.end_token > by->name->at.token;   /* Mohajer-6, Mohajer 6 */
    if (is_in && !is_named && !q->unit.n && q->lo == value && q->hi == value) return q;
  }
  return NULL;
}

static bool is_first_of_group(const named *all, size_t i) {
  for (size_t k = 0; k < i; k++)
    if (all[k].group == all[i].group && all[k].number == all[i].number) return false;
  return true;
}

/* The name with its number, where it stands so, against the counts of that value beside the name without it. */
static void diff_number(rcpi_diff_finder *f, const named *all, size_t n, size_t i) {
  const rcpi_text *t = rcpi_diff_text(f, all[i].app);
  rcp_str whole = rcpi_at(t->s, rcpi_tokens_span(t, all[i].name->at.token, all[i].name->at.end_token));
  rcpi_diff_values values = {.v = {0}};
  bool is_counted = false, is_detached = false;
  for (size_t k = 0; k < n; k++) {
    if (all[k].group != all[i].group) continue;
    const rcpi_quantity *q = count_of(f, &all[k], all[i].number);
    if (all[k].number == all[i].number) {
      is_counted = is_counted || q;
      rcpi_diff_value(f, &values, all[k].app, all[k].name->at, whole);
    } else if (q && all[k].number < 0) {
      is_detached = true;
      rcpi_diff_value(f, &values, all[k].app, q->at, q->norm);
    }
  }
  if (is_detached && !is_counted) rcpi_diff_add(f, RCPI_DIFF_QUANTITY, true, &values);
}

void rcpi_diff_detached(rcpi_diff_finder *f) {
  named all[MAX_NAMED];
  size_t n = collect(f, all);
  for (size_t i = 0; i < n; i++)
    if (all[i].number >= 0 && is_first_of_group(all, i)) diff_number(f, all, n, i);
}
