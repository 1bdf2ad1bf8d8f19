/*
 * How surely, by whom and whether at all a claim is said: modality, attribution, polarity, aspect.
 *
 * Modality: some tellings give the claim only hedged, others only unhedged; a lost hedge misleads. Polarity: the number
 * of negations is even in one telling and odd in another, counted only between appearances that share most of their
 * words, since "aucune ... ne reste sans réponse" and "toutes auront une réponse" agree. Aspect: going on, meant or tried
 * in one telling, plainly done in another.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "claim/difference_int.h"

enum { MAX_ROWS = 32, SURE = 750, UNCLEAR = 99 };

/* Below this the two clauses say different things anyway. */
static const double least_overlap = 0.45;
/* Longer clauses hold more than one statement that a negation may belong to. */
static const unsigned most_words = 14;

/* ------------------------------------------------------------------------------------------------------- modality */

/* Content stems that two appearances share. */
static unsigned n_shared(const rcpi_diff_finder *f, const rcpi_appearance *x, const rcpi_appearance *y) {
  const rcpi_text *s = rcpi_diff_text(f, x), *t = rcpi_diff_text(f, y);
  unsigned n = 0;
  for (uint32_t i = x->at.token; i < x->at.end_token; i++) {
    bool is_done = s->tokens[i].kind == RCPI_TOK_MARK || (s->tokens[i].flags & RCPI_TOK_FUNCTION);
    for (uint32_t k = y->at.token; k < y->at.end_token && !is_done; k++)
      if (rcpi_eq(s->tokens[i].stem, t->tokens[k].stem)) n++, is_done = true;
  }
  return n;
}

/* Is alignment sure that appearances i and k say one thing? Without its word: they share a content word, or are of two languages. */
static bool says_same(const rcpi_diff_finder *f, size_t i, size_t k) {
  const rcpi_appearance *x = &f->claim->appearances[i], *y = &f->claim->appearances[k];
  if (x->telling == y->telling) return false;
  bool shares = rcpi_diff_text(f, x)->lang != rcpi_diff_text(f, y)->lang || n_shared(f, x, y) >= 1;
  return shares && rcpi_diff_link(f, i, k, SURE) >= SURE;
}

/* Does the telling say it hedged, or plainly, among the appearances that are `in`? */
static bool tells(const rcpi_diff_finder *f, const bool *in, uint32_t telling, bool hedged) {
  for (size_t k = 0; k < f->claim->n_appearances; k++) {
    const rcpi_appearance *app = &f->claim->appearances[k];
    if (in[k] && app->telling == telling && (app->said.mode == RCPI_MODE_CONDITIONAL) == hedged) return true;
  }
  return false;
}

void rcpi_diff_modality(rcpi_diff_finder *f) {
  const rcpi_claim *c = f->claim;
  bool *in = rcpi_array(f->a, bool, c->n_appearances), hedged_only = false, plain_only = false;
  for (size_t i = 0; i < c->n_appearances; i++)
    for (size_t k = 0; k < c->n_appearances; k++)
      if (c->appearances[i].said.mode == RCPI_MODE_CONDITIONAL && c->appearances[k].said.mode != RCPI_MODE_CONDITIONAL && says_same(f, i, k))
        in[i] = in[k] = true;
  rcpi_diff_values values = {.v = {0}};
  for (size_t i = 0; i < c->n_appearances; i++) {
    const rcpi_appearance *app = &c->appearances[i];
    bool is_hedged = app->said.mode == RCPI_MODE_CONDITIONAL;
    if (!in[i]) continue;
    if (is_hedged && rcpi_tokens_any(app->said.hedge)) rcpi_diff_value(f, &values, app, app->said.hedge, RCPI_S("hedged"));
    else rcpi_diff_whole(f, &values, app, is_hedged ? RCPI_S("hedged") : RCPI_S("unhedged"));
    hedged_only = hedged_only || (is_hedged && !tells(f, in, app->telling, false));
    plain_only = plain_only || (!is_hedged && !tells(f, in, app->telling, true));
  }
  if (hedged_only && plain_only) rcpi_diff_add(f, RCPI_DIFF_MODALITY, true, &values);
}

/* ------------------------------------------------------------------------------------------------------- polarity */

/*
 * Negations in an appearance. A French "ne" counts by its second half only ("ne cesse de" and "ne ... que" deny nothing),
 * and the second half only with it ("jamais enregistré"). UNCLEAR where a word turns the sentence round by its sense: "les
 * trains sont à l'arrêt" and "aucun train ne roule" agree.
 */
static unsigned negations(const rcpi_diff_finder *f, const rcpi_appearance *app, rcpi_tokens *at) {
  const rcpi_diff_words *w = rcpi_diff_words_of(f, app);
  uint32_t rows[MAX_ROWS];
  rcpi_tokens places[MAX_ROWS];
  size_t n = rcpi_diff_rows(f, app, w->negations, rows, places, MAX_ROWS);
  unsigned n_neg = 0, n_particles = 0;
  for (size_t i = 0; i < n; i++) n_particles += rcpi_is(rcpi_cell(w->negation, rows[i], 1), "particle");
  for (size_t i = 0; i < n; i++) {
    rcp_str kind = rcpi_cell(w->negation, rows[i], 1);
    bool is_again = i > 0 && places[i].token == places[i - 1].token; /* aucun, aucune: one stem, two rows */
    if (rcpi_is(kind, "turn")) return UNCLEAR;
    if (is_again || rcpi_is(kind, "particle") || (rcpi_is(kind, "completes") && !n_particles)) continue;
    n_neg++;
    if (!rcpi_tokens_any(*at)) *at = places[i];
  }
  return n_neg;
}

static bool is_content(const rcpi_text *t, uint32_t i) {
  return t->tokens[i].kind == RCPI_TOK_WORD && !(t->tokens[i].flags & RCPI_TOK_FUNCTION);
}

/* A name is no more denied than what goes without: "Ann Dorr n'a pas apprécié" and "Ann Dorr, enceinte". */
static bool may_be_denied(const rcpi_diff_finder *f, const rcpi_appearance *app, uint32_t i) {
  const rcpi_marks *m = rcpi_diff_marks(f, app);
  size_t name = rcpi_names_behind(m, app->at.token);
  while (name < m->n_names && m->names[name].at.end_token <= i) name++;
  bool is_name = name < m->n_names && m->names[name].at.token <= i;
  return is_content(rcpi_diff_text(f, app), i) && !is_name;
}

static bool asks(const rcpi_diff_finder *f, const rcpi_appearance *app) {
  const rcpi_text *t = rcpi_diff_text(f, app);
  const rcpi_sentence *s = &t->sentences[t->tokens[app->at.token].sentence];
  for (uint32_t i = app->at.end_token; i > app->at.token; i--)
    if (rcpi_is(rcpi_token_str(t, i - 1), "?")) return true;
  for (uint32_t i = app->at.end_token; i < s->end_token && t->tokens[i].kind == RCPI_TOK_MARK; i++)
    if (rcpi_is(rcpi_token_str(t, i), "?")) return true;
  return false;
}

/* Do the two share a content word that stands within three content words of the negation in y? That is what it may deny. */
static bool shares_denied(const rcpi_diff_finder *f, const rcpi_appearance *x, const rcpi_appearance *y, rcpi_tokens negation) {
  const rcpi_text *s = rcpi_diff_text(f, x), *t = rcpi_diff_text(f, y);
  for (int step = -1; step <= 1; step += 2) {
    uint32_t i = step < 0 ? negation.token : negation.end_token - 1;
    for (unsigned n = 0; n < 3;) {
      if (step < 0 ? i == y->at.token : i + 1 >= y->at.end_token) break;
      i += (uint32_t)step;
      if (!is_content(t, i)) continue;
      n++;
      for (uint32_t k = x->at.token; k < x->at.end_token; k++)
        if (may_be_denied(f, y, i) && is_content(s, k) && rcpi_eq(s->tokens[k].stem, t->tokens[i].stem)) return true;
    }
  }
  return false;
}

static unsigned n_content(const rcpi_text *t, rcpi_tokens at) {
  unsigned n = 0;
  for (uint32_t i = at.token; i < at.end_token; i++) n += t->tokens[i].kind != RCPI_TOK_MARK && !(t->tokens[i].flags & RCPI_TOK_FUNCTION);
  return n;
}

/* Share of the content stems of the longer one that the other has too: enough to compare a negation by. */
static double overlap(const rcpi_diff_finder *f, const rcpi_appearance *x, const rcpi_appearance *y) {
  const rcpi_text *s = rcpi_diff_text(f, x), *t = rcpi_diff_text(f, y);
  unsigned nx = n_content(s, x->at), ny = n_content(t, y->at), both = n_shared(f, x, y);
  return nx < 2 || ny < 2 || nx > most_words || ny > most_words ? 0 : (double)both / (nx > ny ? nx : ny);
}

/* The negations of an appearance: how many, and the first. */
typedef struct negated { unsigned n; rcpi_tokens at; } negated;

/* Does y deny what x says? */
static bool denies(const rcpi_diff_finder *f, const negated *of, size_t y, size_t x) {
  const rcpi_appearance *no = &f->claim->appearances[y], *yes = &f->claim->appearances[x];
  if (no->telling == yes->telling || of[y].n != 1 || of[x].n != 0 || asks(f, yes)) return false;
  return overlap(f, yes, no) >= least_overlap && shares_denied(f, yes, no, of[y].at);
}

void rcpi_diff_polarity(rcpi_diff_finder *f) {
  const rcpi_claim *c = f->claim;
  bool *in = rcpi_array(f->a, bool, c->n_appearances);
  negated *of = rcpi_array(f->a, negated, c->n_appearances);
  for (size_t i = 0; i < c->n_appearances; i++) of[i].n = negations(f, &c->appearances[i], &of[i].at);
  for (size_t i = 0; i < c->n_appearances; i++)
    for (size_t k = 0; of[i].n == 1 && k < c->n_appearances; k++)
      if (denies(f, of, i, k)) in[i] = in[k] = true;
  rcpi_diff_values values = {.v = {0}};
  for (size_t i = 0; i < c->n_appearances; i++) {
    if (in[i]) rcpi_diff_whole(f, &values, &c->appearances[i], of[i].n % 2 ? RCPI_S("negated") : RCPI_S("not negated"));
  }
  rcpi_diff_add(f, RCPI_DIFF_POLARITY, true, &values);
}

/* --------------------------------------------------------------------------------------------------------- aspect */

/* The stem of the verb that follows words of aspect: [tenté d'] apaiser. */
static rcp_str verb_after(const rcpi_text *t, rcpi_tokens at) {
  for (uint32_t i = at.end_token; i < t->n_tokens && i < at.end_token + 3; i++)
    if (!(t->tokens[i].flags & RCPI_TOK_FUNCTION) && t->tokens[i].kind == RCPI_TOK_WORD) return t->tokens[i].stem;
  return RCPI_S("");
}

/* One verb: the stemmer keeps the ending of the third person ("forc", "forcent"). */
static bool is_one_verb(rcp_str x, rcp_str y) {
  if (rcpi_eq(x, y)) return true;
  return x.n >= 4 && y.n >= 4 && x.n <= y.n + 3 && y.n <= x.n + 3 && (rcpi_starts(x, y) || rcpi_starts(y, x));
}

static bool has_stem(const rcpi_text *t, rcpi_tokens at, rcp_str stem) {
  for (uint32_t i = at.token; i < at.end_token; i++)
    if (is_one_verb(t->tokens[i].stem, stem)) return true;
  return false;
}

/*
 * A thing tried, meant or going on in one telling and plainly told, with the same verb, in another: it misleads when it
 * was only tried or meant.
 */
void rcpi_diff_aspect(rcpi_diff_finder *f) {
  rcpi_diff_values values = {.v = {0}};
  rcp_str verb = RCPI_S("");
  bool is_plain = false, misleads = false;
  for (size_t i = 0; i < f->claim->n_appearances; i++) {
    const rcpi_appearance *app = &f->claim->appearances[i];
    const rcpi_diff_words *w = rcpi_diff_words_of(f, app);
    uint32_t row;
    rcpi_tokens at;
    if (rcpi_diff_is_title(f, app) || !rcpi_diff_rows(f, app, w->aspects, &row, &at, 1)) continue;
    rcp_str aspect = rcpi_cell(w->aspect, row, 1);
    if (!verb.n) verb = verb_after(rcpi_diff_text(f, app), at);
    misleads = misleads || !rcpi_is(aspect, "ongoing");
    rcpi_diff_value(f, &values, app, at, aspect);
  }
  for (size_t i = 0; verb.n && i < f->claim->n_appearances; i++) {
    const rcpi_appearance *app = &f->claim->appearances[i];
    uint32_t row;
    rcpi_tokens at;
    bool has_aspect = rcpi_diff_rows(f, app, rcpi_diff_words_of(f, app)->aspects, &row, &at, 1) > 0;
    if (rcpi_diff_is_title(f, app) || has_aspect || !has_stem(rcpi_diff_text(f, app), app->at, verb)) continue;
    rcpi_diff_whole(f, &values, app, RCPI_S("plainly told"));
    is_plain = true;
  }
  if (is_plain) rcpi_diff_add(f, RCPI_DIFF_ASPECT, misleads, &values);
}

/* ---------------------------------------------------------------------------------------------------- attribution */

static uint32_t origin_of(const rcpi_diff_finder *f, const rcpi_appearance *app) {
  for (uint32_t k = 0; k < app->said.n_frames; k++) {
    uint32_t o = f->story->frame_origin[app->telling][app->said.frames[k]];
    if (o != UINT32_MAX) return o;
  }
  return UINT32_MAX;
}

/* 1 + the first appearance that is somebody's word, of each telling. */
static uint32_t *said_in(const rcpi_diff_finder *f) {
  uint32_t *first = rcpi_array(f->a, uint32_t, f->story->n_tellings);
  for (uint32_t i = (uint32_t)f->claim->n_appearances; i-- > 0;)
    if (origin_of(f, &f->claim->appearances[i]) != UINT32_MAX) first[f->claim->appearances[i].telling] = i + 1;
  return first;
}

/* A telling asserts in its own voice, in its body, what the text that it comes from gives as somebody's word. */
static void add_asserting(rcpi_diff_finder *f, rcpi_diff_values *values, uint32_t telling) {
  for (size_t i = 0; i < f->claim->n_appearances; i++) {
    const rcpi_appearance *app = &f->claim->appearances[i];
    if (app->telling == telling && app->said.mode == RCPI_MODE_ASSERTED && !rcpi_diff_is_title(f, app))
      rcpi_diff_whole(f, values, app, RCPI_S("asserted, no source"));
  }
}

/*
 * Anonymous sources that get lost on the way: only between texts of one family, since independent reports may each have their own
 * source. No conflict: what was said stays the same. A named source that a rewrite leaves out is no difference: readers of nine annotated
 * stories told 3 of 50 such, and the appearances say who speaks (precision of differences .717 to .81).
 */
void rcpi_diff_attribution(rcpi_diff_finder *f) {
  const uint32_t *first = said_in(f);
  for (size_t i = 0; i < f->directed.n; i++) {
    const rcpi_derivation *d = f->directed.p[i];
    uint32_t parent = d->direction == RCPI_A_FROM_B ? d->b : d->a, child = d->direction == RCPI_A_FROM_B ? d->a : d->b;
    if (!first[parent] || first[child]) continue;
    const rcpi_appearance *said = &f->claim->appearances[first[parent] - 1];
    const rcpi_frame *frame = &rcpi_diff_marks(f, said)->frames[said->said.frames[0]];
    if (!frame->is_anonymous) continue;
    rcpi_diff_values values = {.v = {0}};
    rcpi_diff_value(f, &values, said, frame->source, f->story->origins[origin_of(f, said)].name);
    add_asserting(f, &values, child);
    if (rcpi_diff_add(f, RCPI_DIFF_ATTRIBUTION, false, &values)) return;
  }
}
