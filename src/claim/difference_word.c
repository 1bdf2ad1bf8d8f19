/*
 * Things that are not the same in two tellings of one claim.
 *
 * Objects: a translation that slipped (table false_friend: one telling has the look-alike, another the right word or the
 * English one), and words of one kind that exclude one another (table contrast: missile / roquette), where each telling
 * has only its own; such a word may stand for a date or a place as well (XIe siècle / XIIe siècle).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "claim/difference_int.h"

enum { MAX_ROWS = 64 };

/* Does the appearance hold the words of `cell` (alternatives between |, stems compared)? The place of the first. */
static bool has_words(const rcpi_diff_finder *f, const rcpi_appearance *app, const rcpi_phrases *phrases, uint32_t row, rcpi_tokens *at) {
  uint32_t rows[MAX_ROWS];
  rcpi_tokens places[MAX_ROWS];
  size_t n = rcpi_diff_rows(f, app, phrases, rows, places, MAX_ROWS);
  for (size_t i = 0; i < n; i++)
    if (rows[i] == row) return *at = places[i], true;
  return false;
}

/* The English word of a false friend in an English appearance: plain lower-case match of the cell's words. */
static bool has_english(const rcpi_diff_finder *f, const rcpi_appearance *app, rcp_str words, rcpi_tokens *at) {
  const rcpi_text *t = rcpi_diff_text(f, app);
  for (uint32_t i = app->at.token; i < app->at.end_token; i++) {
    rcp_str word, rest = words;
    uint32_t k = i;
    bool same = true;
    while (same && rcpi_next_field(&rest, ' ', &word)) same = k < app->at.end_token && rcpi_starts(t->tokens[k++].lower, word);
    if (same) return *at = (rcpi_tokens){i, k}, true;
  }
  return false;
}

/* Everything that other tellings have in place of the false friend of `row`, which `app` has at `at`. */
static void diff_false_friend(rcpi_diff_finder *f, const rcpi_appearance *app, uint32_t row, rcpi_tokens at) {
  const rcpi_diff_words *w = rcpi_diff_words_of(f, app);
  const rcpi_lang *lang = rcpi_diff_text(f, app)->lang;
  rcpi_diff_values values = {.v = {0}};
  rcp_str wrong = rcpi_cell(w->false_friend, row, 0), english = rcpi_cell(w->false_friend, row, 1);
  rcpi_diff_value(f, &values, app, at, wrong);
  for (size_t i = 0; i < f->claim->n_appearances; i++) {
    const rcpi_appearance *other = &f->claim->appearances[i];
    bool same_language = rcpi_diff_text(f, other)->lang == lang;
    rcpi_tokens place;
    if (other->telling == app->telling) continue;
    if (same_language && has_words(f, other, w->wrong, row, &place)) rcpi_diff_value(f, &values, other, place, wrong);
    else if (same_language ? has_words(f, other, w->right, row, &place) : has_english(f, other, english, &place))
      rcpi_diff_value(f, &values, other, place, english);
  }
  rcpi_diff_add(f, RCPI_DIFF_OBJECT, true, &values);
}

static void diff_false_friends(rcpi_diff_finder *f) {
  uint32_t done[MAX_ROWS], n_done = 0;
  for (size_t i = 0; i < f->claim->n_appearances; i++) {
    const rcpi_appearance *app = &f->claim->appearances[i];
    uint32_t rows[MAX_ROWS];
    rcpi_tokens at[MAX_ROWS];
    size_t n = rcpi_diff_rows(f, app, rcpi_diff_words_of(f, app)->wrong, rows, at, MAX_ROWS);
    for (size_t k = 0; k < n && n_done < MAX_ROWS; k++) {
      bool is_new = true;
      for (uint32_t x = 0; x < n_done; x++) is_new = is_new && done[x] != rows[k];
      if (!is_new) continue;
      done[n_done++] = rows[k];
      diff_false_friend(f, app, rows[k], at[k]);
    }
  }
}

/* A word of a contrast set in an appearance. */
typedef struct member { const rcpi_appearance *app; rcp_str set, member, kind; rcpi_tokens at; } member;

static size_t collect_members(const rcpi_diff_finder *f, member *out, size_t most) {
  size_t n = 0;
  for (size_t i = 0; i < f->claim->n_appearances; i++) {
    const rcpi_appearance *app = &f->claim->appearances[i];
    const rcpi_diff_words *w = rcpi_diff_words_of(f, app);
    uint32_t rows[MAX_ROWS];
    rcpi_tokens at[MAX_ROWS];
    size_t k = rcpi_diff_rows(f, app, w->contrast_words, rows, at, MAX_ROWS);
    for (size_t x = 0; x < k && n < most; x++)
      out[n++] = (member){app, rcpi_cell(w->contrast, rows[x], 1), rcpi_cell(w->contrast, rows[x], 2), rcpi_cell(w->contrast, rows[x], 3), at[x]};
  }
  return n;
}

static bool telling_has(const member *m, size_t n, uint32_t telling, rcp_str set, rcp_str name) {
  for (size_t i = 0; i < n; i++)
    if (m[i].app->telling == telling && rcpi_eq(m[i].set, set) && rcpi_eq(m[i].member, name)) return true;
  return false;
}

/* Two tellings of which each has a member that the other has not. */
static bool excludes(const member *m, size_t n, size_t i, size_t k) {
  return rcpi_eq(m[i].set, m[k].set) && !rcpi_eq(m[i].member, m[k].member) && m[i].app->telling != m[k].app->telling &&
         !telling_has(m, n, m[i].app->telling, m[k].set, m[k].member) &&
         !telling_has(m, n, m[k].app->telling, m[i].set, m[i].member);
}

static void diff_contrasts(rcpi_diff_finder *f) {
  member m[MAX_ROWS * 4];
  size_t n = collect_members(f, m, MAX_ROWS * 4);
  for (size_t i = 0; i < n; i++) {
    bool is_first = true, differs = false;
    for (size_t k = 0; k < i; k++) is_first = is_first && !rcpi_eq(m[k].set, m[i].set);
    if (!is_first) continue;
    rcpi_diff_values values = {.v = {0}};
    for (size_t k = i; k < n; k++) {
      if (!rcpi_eq(m[k].set, m[i].set)) continue;
      rcpi_diff_value(f, &values, m[k].app, m[k].at, m[k].member);
      for (size_t x = i; x < n; x++) differs = differs || excludes(m, n, k, x);
    }
    rcpi_difference_kind kind = rcpi_is(m[i].kind, "date") ? RCPI_DIFF_DATE : rcpi_is(m[i].kind, "place") ? RCPI_DIFF_PLACE : RCPI_DIFF_OBJECT;
    if (differs) rcpi_diff_add(f, kind, true, &values);
  }
}

void rcpi_diff_objects(rcpi_diff_finder *f) {
  diff_false_friends(f);
  diff_contrasts(f);
}
