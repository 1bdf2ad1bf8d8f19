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

enum { MAX_ROWS = 32 };

/* Below this the two clauses say different things anyway. */
static const double least_overlap = 0.45;
/* Longer clauses hold more than one statement that a negation may belong to. */
static const unsigned most_words = 10;

static const rcpi_diff_words *words_of(const rcpi_diff_finder *f, const rcpi_appearance *app) {
  const rcpi_lang *lang = rcpi_diff_text(f, app)->lang;
  return &f->words[lang && lang->index < 16 ? lang->index : 16];
}

static bool is_title(const rcpi_diff_finder *f, const rcpi_appearance *app) {
  const rcpi_text *t = rcpi_diff_text(f, app);
  const rcpi_paragraph *p = &t->paragraphs[t->sentences[t->tokens[app->at.token].sentence].paragraph];
  return p->kind != RCPI_PAR_BODY;
}

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

/* A hedged and an unhedged appearance that share a content word, or are of two languages: else the claim may be two. */
static bool says_same(const rcpi_diff_finder *f) {
  for (size_t i = 0; i < f->claim->n_appearances; i++)
    for (size_t k = 0; k < f->claim->n_appearances; k++) {
      const rcpi_appearance *x = &f->claim->appearances[i], *y = &f->claim->appearances[k];
      if (x->telling == y->telling || x->said.mode != RCPI_MODE_CONDITIONAL || y->said.mode == RCPI_MODE_CONDITIONAL) continue;
      if (rcpi_diff_text(f, x)->lang != rcpi_diff_text(f, y)->lang || n_shared(f, x, y) >= 1) return true;
    }
  return false;
}

void rcpi_diff_modality(rcpi_diff_finder *f) {
  rcpi_diff_values values = {.v = {0}};
  for (size_t i = 0; i < f->claim->n_appearances; i++) {
    const rcpi_appearance *app = &f->claim->appearances[i];
    bool is_hedged = app->said.mode == RCPI_MODE_CONDITIONAL;
    if (is_hedged && rcpi_tokens_any(app->said.hedge)) rcpi_diff_value(f, &values, app, app->said.hedge, RCPI_S("hedged"));
    else rcpi_diff_whole(f, &values, app, is_hedged ? RCPI_S("hedged") : RCPI_S("unhedged"));
  }
  bool hedged_only = false, plain_only = false;
  for (size_t i = 0; i < f->claim->n_appearances; i++) {
    bool any_hedged = false, any_plain = false;
    for (size_t k = 0; k < f->claim->n_appearances; k++) {
      const rcpi_appearance *app = &f->claim->appearances[k];
      if (app->telling != f->claim->appearances[i].telling) continue;
      if (app->said.mode == RCPI_MODE_CONDITIONAL) any_hedged = true;
      else any_plain = true;
    }
    hedged_only = hedged_only || (any_hedged && !any_plain);
    plain_only = plain_only || (any_plain && !any_hedged);
  }
  if (hedged_only && plain_only && says_same(f)) rcpi_diff_add(f, RCPI_DIFF_MODALITY, true, &values);
}

/* ------------------------------------------------------------------------------------------------------- polarity */

/*
 * Negations in an appearance. A French "ne" counts by its second half only ("ne cesse de" and "ne ... que" deny nothing),
 * and the second half only with it ("jamais enregistré").
 */
static unsigned negations(const rcpi_diff_finder *f, const rcpi_appearance *app, rcpi_tokens *at) {
  const rcpi_diff_words *w = words_of(f, app);
  uint32_t rows[MAX_ROWS];
  rcpi_tokens places[MAX_ROWS];
  size_t n = rcpi_diff_rows(f, app, w->negations, rows, places, MAX_ROWS);
  unsigned n_neg = 0, n_particles = 0;
  for (size_t i = 0; i < n; i++) n_particles += rcpi_is(rcpi_cell(w->negation, rows[i], 1), "particle");
  for (size_t i = 0; i < n; i++) {
    rcp_str kind = rcpi_cell(w->negation, rows[i], 1);
    bool is_again = i > 0 && places[i].token == places[i - 1].token; /* aucun, aucune: one stem, two rows */
    if (is_again || rcpi_is(kind, "particle") || (rcpi_is(kind, "completes") && !n_particles)) continue;
    n_neg++;
    if (!rcpi_tokens_any(*at)) *at = places[i];
  }
  return n_neg;
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

void rcpi_diff_polarity(rcpi_diff_finder *f) {
  bool differs = false;
  for (size_t i = 0; i < f->claim->n_appearances && !differs; i++) {
    const rcpi_appearance *x = &f->claim->appearances[i];
    rcpi_tokens at = {0, 0};
    if (negations(f, x, &at) != 0) continue;
    for (size_t k = 0; k < f->claim->n_appearances; k++) {
      const rcpi_appearance *y = &f->claim->appearances[k];
      if (y->telling != x->telling && negations(f, y, &at) == 1 && overlap(f, x, y) >= least_overlap) differs = true;
    }
  }
  if (!differs) return;
  rcpi_diff_values values = {.v = {0}};
  for (size_t i = 0; i < f->claim->n_appearances; i++) {
    const rcpi_appearance *app = &f->claim->appearances[i];
    rcpi_tokens at = {0, 0};
    rcpi_diff_whole(f, &values, app, negations(f, app, &at) % 2 ? RCPI_S("negated") : RCPI_S("not negated"));
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

static bool has_stem(const rcpi_text *t, rcpi_tokens at, rcp_str stem) {
  for (uint32_t i = at.token; i < at.end_token; i++)
    if (rcpi_eq(t->tokens[i].stem, stem)) return true;
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
    const rcpi_diff_words *w = words_of(f, app);
    uint32_t row;
    rcpi_tokens at;
    if (is_title(f, app) || !rcpi_diff_rows(f, app, w->aspects, &row, &at, 1)) continue;
    rcp_str aspect = rcpi_cell(w->aspect, row, 1);
    if (!verb.n) verb = verb_after(rcpi_diff_text(f, app), at);
    misleads = misleads || !rcpi_is(aspect, "ongoing");
    rcpi_diff_value(f, &values, app, at, aspect);
  }
  for (size_t i = 0; verb.n && i < f->claim->n_appearances; i++) {
    const rcpi_appearance *app = &f->claim->appearances[i];
    uint32_t row;
    rcpi_tokens at;
    bool has_aspect = rcpi_diff_rows(f, app, words_of(f, app)->aspects, &row, &at, 1) > 0;
    if (is_title(f, app) || has_aspect || !has_stem(rcpi_diff_text(f, app), app->at, verb)) continue;
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

/* Is there a source, named or not, for the claim in this telling; the frame that shows it. */
static const rcpi_frame *frame_in(const rcpi_diff_finder *f, uint32_t telling, const rcpi_appearance **where) {
  for (size_t i = 0; i < f->claim->n_appearances; i++) {
    const rcpi_appearance *app = &f->claim->appearances[i];
    if (app->telling != telling || origin_of(f, app) == UINT32_MAX) continue;
    *where = app;
    return &rcpi_diff_marks(f, app)->frames[app->said.frames[0]];
  }
  return NULL;
}

/* A telling asserts in its own voice, in its body, what the text that it comes from gives as somebody's word. */
static void add_asserting(rcpi_diff_finder *f, rcpi_diff_values *values, uint32_t telling) {
  for (size_t i = 0; i < f->claim->n_appearances; i++) {
    const rcpi_appearance *app = &f->claim->appearances[i];
    if (app->telling == telling && app->said.mode == RCPI_MODE_ASSERTED && !is_title(f, app))
      rcpi_diff_whole(f, values, app, RCPI_S("asserted, no source"));
  }
}

/*
 * Sources that get lost on the way: only between texts of one family, since independent reports may each have their own
 * source. It misleads when the source was anonymous.
 */
void rcpi_diff_attribution(rcpi_diff_finder *f) {
  for (size_t i = 0; i < f->story->n_derivations; i++) {
    const rcpi_derivation *d = &f->story->derivations[i];
    uint32_t parent = d->direction == RCPI_A_FROM_B ? d->b : d->a, child = d->direction == RCPI_A_FROM_B ? d->a : d->b;
    const rcpi_appearance *said = NULL, *in_child = NULL;
    if (d->direction != RCPI_A_FROM_B && d->direction != RCPI_B_FROM_A) continue;
    const rcpi_frame *frame = frame_in(f, parent, &said);
    if (!frame || frame_in(f, child, &in_child)) continue;
    rcpi_diff_values values = {.v = {0}};
    rcpi_diff_value(f, &values, said, frame->source, f->story->origins[origin_of(f, said)].name);
    add_asserting(f, &values, child);
    if (rcpi_diff_add(f, RCPI_DIFF_ATTRIBUTION, frame->is_anonymous, &values)) return;
  }
}
