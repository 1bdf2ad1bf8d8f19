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
  if (hedged_only && plain_only) rcpi_diff_add(f, RCPI_DIFF_MODALITY, true, &values);
}

/* ------------------------------------------------------------------------------------------------------- polarity */

/* Negations in an appearance; a French particle (ne) counts only when its second half is not there. */
static unsigned negations(const rcpi_diff_finder *f, const rcpi_appearance *app, rcpi_tokens *at) {
  const rcpi_diff_words *w = words_of(f, app);
  uint32_t rows[MAX_ROWS];
  rcpi_tokens places[MAX_ROWS];
  size_t n = rcpi_diff_rows(f, app, w->negations, rows, places, MAX_ROWS);
  unsigned n_neg = 0, n_particles = 0;
  for (size_t i = 0; i < n; i++) {
    bool is_particle = rcpi_is(rcpi_cell(w->negation, rows[i], 1), "particle");
    if (is_particle) n_particles++;
    else n_neg++;
    if (!rcpi_tokens_any(*at)) *at = places[i];
  }
  return n_neg ? n_neg : n_particles > 0;
}

/* Share of the shorter one's content stems that the other has: enough words to compare a negation by. */
static double overlap(const rcpi_diff_finder *f, const rcpi_appearance *x, const rcpi_appearance *y) {
  const rcpi_text *s = rcpi_diff_text(f, x), *t = rcpi_diff_text(f, y);
  unsigned nx = 0, ny = 0, both = 0;
  for (uint32_t i = x->at.token; i < x->at.end_token; i++) {
    if (s->tokens[i].kind == RCPI_TOK_MARK || (s->tokens[i].flags & RCPI_TOK_FUNCTION)) continue;
    nx++;
    for (uint32_t k = y->at.token; k < y->at.end_token; k++)
      if (rcpi_eq(s->tokens[i].stem, t->tokens[k].stem)) {
        both++;
        break;
      }
  }
  for (uint32_t k = y->at.token; k < y->at.end_token; k++)
    ny += t->tokens[k].kind != RCPI_TOK_MARK && !(t->tokens[k].flags & RCPI_TOK_FUNCTION);
  unsigned least = nx < ny ? nx : ny;
  return least >= 2 ? (double)both / least : 0;
}

void rcpi_diff_polarity(rcpi_diff_finder *f) {
  bool differs = false;
  for (size_t i = 0; i < f->claim->n_appearances && !differs; i++) {
    const rcpi_appearance *x = &f->claim->appearances[i];
    rcpi_tokens at = {0, 0};
    if (negations(f, x, &at) != 0) continue;
    for (size_t k = 0; k < f->claim->n_appearances; k++) {
      const rcpi_appearance *y = &f->claim->appearances[k];
      if (y->telling != x->telling && negations(f, y, &at) == 1 && overlap(f, x, y) >= 0.5) differs = true;
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

void rcpi_diff_aspect(rcpi_diff_finder *f) {
  rcpi_diff_values values = {.v = {0}};
  bool has_aspect = false, has_plain = false;
  for (size_t i = 0; i < f->claim->n_appearances; i++) {
    const rcpi_appearance *app = &f->claim->appearances[i];
    const rcpi_diff_words *w = words_of(f, app);
    uint32_t row;
    rcpi_tokens at;
    if (is_title(f, app)) continue;
    if (rcpi_diff_rows(f, app, w->aspects, &row, &at, 1)) {
      rcpi_diff_value(f, &values, app, at, rcpi_cell(w->aspect, row, 1));
      has_aspect = true;
    } else {
      rcpi_diff_whole(f, &values, app, RCPI_S("plain"));
      has_plain = true;
    }
  }
  if (has_aspect && has_plain) rcpi_diff_add(f, RCPI_DIFF_ASPECT, false, &values);
}

/* ---------------------------------------------------------------------------------------------------- attribution */

static uint32_t origin_of(const rcpi_diff_finder *f, const rcpi_appearance *app) {
  for (uint32_t k = 0; k < app->said.n_frames; k++) {
    uint32_t o = f->story->frame_origin[app->telling][app->said.frames[k]];
    if (o != UINT32_MAX) return o;
  }
  return UINT32_MAX;
}

/* Different named sources for one claim, or a named source that another telling drops. */
void rcpi_diff_attribution(rcpi_diff_finder *f) {
  rcpi_diff_values values = {.v = {0}};
  for (size_t i = 0; i < f->claim->n_appearances; i++) {
    const rcpi_appearance *app = &f->claim->appearances[i];
    uint32_t o = origin_of(f, app);
    if (o == UINT32_MAX || f->story->origins[o].is_vague) continue;
    const rcpi_frame *frame = &rcpi_diff_marks(f, app)->frames[app->said.frames[0]];
    rcpi_diff_value(f, &values, app, frame->source, f->story->origins[o].name);
  }
  rcpi_diff_add(f, RCPI_DIFF_ATTRIBUTION, false, &values);
}
