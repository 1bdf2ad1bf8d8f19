/*
 * A name that two tellings spell differently: Vasseur, Vassor.
 *
 * Compared are the last capitalised words of the spellings that mark/ has brought under one name, in the appearances of a
 * claim and in the sources named for it. Only near spellings count (slip.h): a title, a first name or a short form is no
 * difference; and two ways to write a foreign name (Namong, Namhong; Amornvivat, Amornviwat) are a difference, not a conflict.
 * So are those of things and places, which have names of their own in each language and seldom mislead. Each name is told
 * once a story, in the first claim that shows two spellings.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "claim/difference_int.h"
#include "claim/slip.h"

enum { MAX_SPELLINGS = 64 };

/* `first`: the word before, when the name has one: with it two names may be one that no rule has joined. */
typedef struct spelling { const rcpi_appearance *app; rcpi_tokens at; rcp_str letters, first, stem; uint32_t group; bool is_person; } spelling;

static void add_spelling(rcpi_diff_finder *f, const rcpi_appearance *app, rcpi_tokens at, uint32_t group, spelling *out, size_t *n) {
  bool is_person = f->story->names.groups[group].type == RCPI_NAME_PERSON;
  const rcpi_text *t = rcpi_diff_text(f, app);
  for (uint32_t i = at.end_token; i-- > at.token && *n < MAX_SPELLINGS;) {
    if (t->tokens[i].kind != RCPI_TOK_WORD || !(t->tokens[i].flags & RCPI_TOK_CAPITAL)) continue;
    rcp_str first = i > at.token ? t->tokens[at.token].fold : RCPI_S("");
    out[(*n)++] = (spelling){app, {i, i + 1}, rcpi_slip_letters(f->a, rcpi_token_str(t, i)), first, t->tokens[i].stem, group, is_person};
    return;
  }
}

/* Does the name stand in the appearance, or in a source named for it? */
static bool is_in(const rcpi_marks *m, const rcpi_appearance *app, rcpi_tokens at) {
  if (at.token >= app->at.token && at.end_token <= app->at.end_token) return true;
  for (uint32_t x = 0; x < app->said.n_frames; x++) {
    rcpi_tokens source = m->frames[app->said.frames[x]].source;
    if (at.token >= source.token && at.end_token <= source.end_token) return true;
  }
  return false;
}

/* What is named in the claim: an appearance and the sources of its frames lie in one sentence or near it. */
static size_t collect(rcpi_diff_finder *f, spelling *out) {
  const rcpi_name_groups *g = &f->story->names;
  size_t n = 0;
  for (size_t i = 0; i < f->claim->n_appearances && n < MAX_SPELLINGS; i++) {
    const rcpi_appearance *app = &f->claim->appearances[i];
    const rcpi_marks *m = rcpi_diff_marks(f, app);
    uint32_t beg = app->at.token, end = app->at.end_token;
    for (uint32_t x = 0; x < app->said.n_frames; x++) {
      rcpi_tokens source = m->frames[app->said.frames[x]].source;
      if (!rcpi_tokens_any(source)) continue;
      if (source.token < beg) beg = source.token;
      if (source.end_token > end) end = source.end_token;
    }
    for (size_t k = rcpi_names_behind(m, beg); k < m->n_names && m->names[k].at.token < end; k++) {
      if (is_in(m, app, m->names[k].at)) add_spelling(f, app, m->names[k].at, g->group_of[app->telling][k], out, &n);
    }
  }
  return n;
}

/* One person: one name already, or the same first name and nearly the same last. */
static bool is_same_name(const spelling *x, const spelling *y) {
  return x->group == y->group ||
         (x->is_person && y->is_person && x->first.n >= 3 && rcpi_eq(x->first, y->first) && rcpi_slip_near(x->letters, y->letters, true));
}

/* Two spellings of one name? Of a thing or place only in one language, and not its plural. */
static bool differ(const rcpi_diff_finder *f, const spelling *x, const spelling *y) {
  if (x->app->telling == y->app->telling || !is_same_name(x, y)) return false;
  bool one_language = rcpi_diff_text(f, x->app)->lang == rcpi_diff_text(f, y->app)->lang;
  if (!x->is_person && (!one_language || rcpi_eq(x->stem, y->stem))) return false;
  return rcpi_slip_near(x->letters, y->letters, x->is_person && rcpi_eq(x->first, y->first));
}

/* As it is written where it is first written so, not in capitals alone if it can be helped. */
static rcp_str written(const rcpi_diff_finder *f, const spelling *s, size_t n, size_t i) {
  for (size_t k = 0; k < n; k++) {
    const rcpi_text *t = rcpi_diff_text(f, s[k].app);
    if (rcpi_eq(s[k].letters, s[i].letters) && !(t->tokens[s[k].at.token].flags & RCPI_TOK_CAPITALS)) return rcpi_token_str(t, s[k].at.token);
  }
  return rcpi_token_str(rcpi_diff_text(f, s[i].app), s[i].at.token);
}

/* What is told of spelling `from` and those that are meant for the same person. */
static bool diff_name(rcpi_diff_finder *f, const spelling *s, size_t n, const uint64_t *others, size_t from) {
  bool is_near_one[MAX_SPELLINGS] = {false}, is_conflict = false;
  rcpi_diff_values values = {.v = {0}};
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; others[i] && k < n; k++) {
      if (!(others[i] >> k & 1) || !is_same_name(&s[from], &s[i])) continue;
      is_near_one[i] = true;
      is_conflict = is_conflict || (s[i].is_person && !rcpi_slip_sounds_alike(f->a, s[i].letters, s[k].letters));
    }
  for (size_t i = 0; i < n; i++) {
    bool is_equal_one = false;
    for (size_t k = 0; k < n; k++) is_equal_one = is_equal_one || (is_near_one[k] && rcpi_eq(s[i].letters, s[k].letters));
    if (is_equal_one) rcpi_diff_value(f, &values, s[i].app, s[i].at, written(f, s, n, i));
  }
  return rcpi_diff_add(f, RCPI_DIFF_NAME, is_conflict, &values);
}

void rcpi_diff_names(rcpi_diff_finder *f) {
  spelling s[MAX_SPELLINGS];
  uint64_t others[MAX_SPELLINGS] = {0}, any = 0;   /* of each spelling, bit by bit: those that it differs from */
  size_t n = collect(f, s);
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < n; k++)
      if (differ(f, &s[i], &s[k])) any = others[i] |= (uint64_t)1 << k;
  for (size_t i = 0; i < n && any; i++) {
    if (f->name_told[s[i].group] || !diff_name(f, s, n, others, i)) continue;
    for (size_t k = 0; k < n; k++)
      if (is_same_name(&s[i], &s[k])) f->name_told[s[k].group] = true;
  }
}
