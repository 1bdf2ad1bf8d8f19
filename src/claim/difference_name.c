/*
 * A person's name that two tellings spell differently: Vasseur, Vassor.
 *
 * Compared are the last capitalised words of the spellings that mark/ has brought under one name, in the appearances of a
 * claim and in the sources named for it: letters without accents, doubled letters as one. Only near spellings count (one
 * letter, or two in long names): a title, a first name or a short form is no difference; and two ways to write a foreign
 * name (Namong, Namhong; Amornvivat, Amornviwat) are a difference, not a conflict. Each name is told once a story,
 * in the first claim that shows two spellings.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/unicode.h"
#include "claim/difference_int.h"

enum { MAX_SPELLINGS = 64, MAX_LETTERS = 48 };

/* `first`: the word before, when the name has one: with it two names may be one that no rule has joined. */
typedef struct spelling { const rcpi_appearance *app; rcpi_tokens at; rcp_str letters, first; uint32_t group; } spelling;

/* Folded letters, doubled ones once. */
static rcp_str letters_of(rcpi_arena *a, rcp_str s) {
  rcp_str folded = rcpi_fold(a, s);
  char *out = rcpi_alloc(a, folded.n + 1, 1);
  size_t n = 0;
  for (size_t i = 0; i < folded.n && n < MAX_LETTERS; i++) {
    bool is_letter = rcpi_is_alpha((unsigned char)folded.p[i]) || (unsigned char)folded.p[i] >= 0x80;
    if (is_letter && !(n && out[n - 1] == folded.p[i])) out[n++] = folded.p[i];
  }
  return (rcp_str){out, n};
}

/* Levenshtein distance of two short strings. */
static size_t distance(rcp_str x, rcp_str y) {
  size_t row[MAX_LETTERS + 1];
  for (size_t k = 0; k <= y.n; k++) row[k] = k;
  for (size_t i = 1; i <= x.n; i++) {
    size_t before = row[0];
    row[0] = i;
    for (size_t k = 1; k <= y.n; k++) {
      size_t swap = before + (x.p[i - 1] != y.p[k - 1]), least = row[k] + 1 < row[k - 1] + 1 ? row[k] + 1 : row[k - 1] + 1;
      before = row[k];
      row[k] = swap < least ? swap : least;
    }
  }
  return row[y.n];
}

static bool is_near(rcp_str x, rcp_str y) {
  size_t longest = x.n > y.n ? x.n : y.n, d = distance(x, y);
  return d > 0 && longest >= 5 && d <= (longest >= 7 ? 2 : 1);
}

/* Letters that transliterations take one for the other, made one; h left out. */
static rcp_str sounds(rcpi_arena *a, rcp_str s) {
  char *out = rcpi_alloc(a, s.n + 1, 1);
  size_t n = 0;
  for (size_t i = 0; i < s.n; i++) {
    char c = s.p[i], next = i + 1 < s.n ? s.p[i + 1] : 0;
    if (c == 'h') continue;
    if (c == 'o' && next == 'u') c = 'u', i++;
    else if (c == 'p' && next == 'h') c = 'f', i++;
    else if (c == 'w') c = 'v';
    else if (c == 'y') c = 'i';
    if (!(n && out[n - 1] == c)) out[n++] = c;
  }
  if (n > 4 && strchr("aeiou", out[n - 1])) n--;
  return (rcp_str){out, n};
}

static void add_spelling(rcpi_diff_finder *f, const rcpi_appearance *app, rcpi_tokens at, uint32_t group, spelling *out, size_t *n) {
  const rcpi_text *t = rcpi_diff_text(f, app);
  for (uint32_t i = at.end_token; i-- > at.token && *n < MAX_SPELLINGS;) {
    if (t->tokens[i].kind != RCPI_TOK_WORD || !(t->tokens[i].flags & RCPI_TOK_CAPITAL)) continue;
    rcp_str first = i > at.token ? t->tokens[at.token].fold : RCPI_S("");
    out[(*n)++] = (spelling){app, {i, i + 1}, letters_of(f->a, rcpi_token_str(t, i)), first, group};
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

/* Names are by place: the first that ends behind a token. */
static uint32_t first_name(const rcpi_marks *m, uint32_t token) {
  uint32_t lo = 0, hi = (uint32_t)m->n_names;
  while (lo < hi) {
    uint32_t mid = (lo + hi) / 2;
    if (m->names[mid].at.end_token <= token) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

/* People named in the claim: an appearance and the sources of its frames lie in one sentence or near it. */
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
    for (uint32_t k = first_name(m, beg); k < m->n_names && m->names[k].at.token < end; k++) {
      uint32_t group = g->group_of[app->telling][k];
      if (g->groups[group].type == RCPI_NAME_PERSON && is_in(m, app, m->names[k].at)) add_spelling(f, app, m->names[k].at, group, out, &n);
    }
  }
  return n;
}

/* One person: one name already, or the same first name and nearly the same last. */
static bool is_same_person(const spelling *x, const spelling *y) {
  return x->group == y->group || (x->first.n >= 3 && rcpi_eq(x->first, y->first) && is_near(x->letters, y->letters));
}

/* What is told of spelling `from` and those that are meant for the same person. */
static bool diff_name(rcpi_diff_finder *f, const spelling *s, size_t n, size_t from) {
  bool is_near_one[MAX_SPELLINGS] = {false}, is_conflict = false;
  rcpi_diff_values values = {.v = {0}};
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < n; k++) {
      bool differ = s[i].app->telling != s[k].app->telling && is_near(s[i].letters, s[k].letters);
      if (!differ || !is_same_person(&s[from], &s[i]) || !is_same_person(&s[i], &s[k])) continue;
      is_near_one[i] = true;
      is_conflict = is_conflict || !rcpi_eq(sounds(f->a, s[i].letters), sounds(f->a, s[k].letters));
    }
  for (size_t i = 0; i < n; i++) {
    bool is_equal_one = false;
    for (size_t k = 0; k < n; k++) is_equal_one = is_equal_one || (is_near_one[k] && rcpi_eq(s[i].letters, s[k].letters));
    if (is_equal_one) rcpi_diff_value(f, &values, s[i].app, s[i].at, s[i].letters);
  }
  return rcpi_diff_add(f, RCPI_DIFF_NAME, is_conflict, &values);
}

void rcpi_diff_names(rcpi_diff_finder *f) {
  spelling s[MAX_SPELLINGS];
  size_t n = collect(f, s);
  for (size_t i = 0; i < n; i++) {
    if (f->name_told[s[i].group] || !diff_name(f, s, n, i)) continue;
    for (size_t k = 0; k < n; k++)
      if (is_same_person(&s[i], &s[k])) f->name_told[s[k].group] = true;
  }
}
