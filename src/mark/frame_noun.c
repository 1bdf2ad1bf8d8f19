/*
 * Nouns of saying: l'annonce par X de C · les accusations selon lesquelles C · Cambodge : mise en garde contre C.
 *
 * Only where the noun itself leads to what is said: followed by par (who) or by selon lequel/que (what).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mark/frame.h"

static rcpi_tokens range(size_t beg, size_t end) { return (rcpi_tokens){(uint32_t)beg, (uint32_t)end}; }

static rcpi_stance stance_of(rcp_str cell) {
  return rcpi_is(cell, "deny") ? RCPI_STANCE_DENY : rcpi_is(cell, "doubt") ? RCPI_STANCE_DOUBT
         : rcpi_is(cell, "affirm") ? RCPI_STANCE_AFFIRM : RCPI_STANCE_NEUTRAL;
}

/* l'annonce par X, accusations by X */
static bool try_agent(rcpi_framing *f, size_t i, rcpi_stance stance) {
  const rcpi_unit *u = &f->u;
  if (!rcpi_unit_is(u, i + 1, RCPI_G_AGENT) || !rcpi_unit_opens_np(u, i + 2) || (u->g[i].word->roles & RCPI_ROLE_DOC)) return false;
  rcpi_np np = rcpi_np_right(u, i + 2, false);
  size_t end = np.at.token;
  while (end < np.at.end_token && !(end > np.at.token + 1 && rcpi_unit_is(u, end, RCPI_G_OF))) end++;
  rcpi_frame *x = rcpi_frame_add(f, RCPI_FRAME_NOUN, range(i, i + 2), range(np.at.token, end), range(i, rcpi_frame_scope(f, end)));
  if (x) x->stance = stance;
  return x != NULL;
}

/* ..., une version que X ne confirme pas · a claim the firm denies: who judges what was said, and how. */
static bool try_verdict(rcpi_framing *f, size_t i) {
  const rcpi_unit *u = &f->u;
  if (i == u->beg || !rcpi_unit_is(u, i - 1, RCPI_G_INDEF) || !rcpi_unit_mark(u, i - 2)) return false;
  bool has_that = rcpi_unit_is(u, i + 1, RCPI_G_THAT | RCPI_G_REL), bare = rcpi_is(rcpi_lang_setting(u->text->lang, "complement"), "bare");
  if ((!has_that && !bare) || rcpi_unit_is(u, i + 1, RCPI_G_WHO)) return false;
  size_t subject = i + 1 + has_that;
  for (size_t n = 0; n < f->n_says; n++) {
    const rcpi_say *s = &f->says[n];
    if (!(s->form == RCPI_SAY_FINITE || (bare && s->form == RCPI_SAY_INFINITIVE)) || s->beg < subject || s->beg > subject + 8) continue;
    size_t stop = subject;
    while (stop < s->beg && !u->g[stop].mark && !rcpi_unit_finite(u, stop)) stop++;
    rcpi_np np = stop > subject ? (rcpi_np){range(subject, stop), RCPI_NP_FULL} : rcpi_np_right(u, s->end, false);
    if (np.kind == RCPI_NP_NONE || !rcpi_unit_opens_np(u, np.at.token)) return false;
    size_t end = np.at.end_token > s->end ? np.at.end_token : s->end;
    while (end < u->end && (!u->g[end].mark || u->g[end].mark == '<' || u->g[end].mark == '>' || rcpi_unit_quoted(u, end))) end++;
    rcpi_frame *x = rcpi_frame_add(f, RCPI_FRAME_OBJECT, range(s->beg, s->end), np.at, range(i - 1, end));
    if (x) x->stance = s->is_negated ? RCPI_STANCE_DOUBT : s->stance, x->content.token = (uint32_t)i - 1;
    return x != NULL;
  }
  return false;
}

/* les accusations (de X) selon lesquelles C; X's claim that C */
static bool try_clause(rcpi_framing *f, size_t i, rcpi_stance stance) {
  const rcpi_unit *u = &f->u;
  size_t k = i + 1;
  while (k < u->end && k < i + 8 && rcpi_unit_word(u, k) && !rcpi_unit_is(u, k, RCPI_G_REL | RCPI_G_THAT) && !rcpi_unit_finite(u, k)) k++;
  bool by_rel = rcpi_unit_is(u, k, RCPI_G_REL) && k > i + 1 && rcpi_table_find(f->phrases, u->k[k - 1].lower) != RCPI_NONE;
  bool is_one = i > u->beg + 1 && rcpi_unit_is(u, i - 1, RCPI_G_INDEF) && rcpi_unit_mark(u, i - 2) == ',';   /* , une version que: a relative */
  bool by_that = !is_one && rcpi_unit_is(u, k, RCPI_G_THAT) && k == i + 1 && !rcpi_unit_is(u, k, RCPI_G_REL);
  if (!by_rel && !by_that) return false;
  for (size_t n = f->first; n < f->frames.n; n++)
    if (f->frames.p[n].content.token == k + 1 || (by_that && f->frames.p[n].content.token > i)) return false;
  for (size_t n = i + 1; n < k; n++)
    if (rcpi_table_find(f->report_nouns, u->k[n].lower) != RCPI_NONE) return false;      /* le communiqué, la rumeur selon laquelle */
  size_t cue_end = by_rel ? k - 1 : k;
  rcpi_tokens source = range(i, i);
  if (rcpi_unit_is(u, i + 1, RCPI_G_OF) && cue_end > i + 2) source = range(i + 2, cue_end);
  const rcpi_frame *before = rcpi_frame_before(f, i);
  if (!rcpi_tokens_any(source) && before) source = before->source;
  if (!rcpi_tokens_any(source)) {
    size_t beg = i;
    while (beg > u->beg && rcpi_unit_is(u, beg - 1, RCPI_G_DET)) beg--;
    source = range(beg, i + 1);
  }
  rcpi_frame *x = rcpi_frame_add(f, RCPI_FRAME_NOUN, range(i, k + 1), source, range(k + 1, rcpi_frame_scope(f, k)));
  if (x) x->stance = stance;
  return x != NULL;
}

/* La police publie son comptage : 2.100. A group or person, then a noun of saying or a document right before the colon. */
static void find_colon(rcpi_framing *f) {
  const rcpi_unit *u = &f->u;
  for (size_t i = u->beg + 2; i + 1 < u->end; i++) {
    if (u->g[i].mark != ':' || u->g[i + 1].mark == '<' || rcpi_unit_quoted(u, i)) continue;
    rcpi_np main = rcpi_np_main(u, i);
    bool has_noun = false;                                      /* behind who speaks: not of "Rapport français : C" */
    for (size_t k = i; k-- > main.at.end_token && k + 6 > i && !u->g[k].mark;)
      has_noun |= (u->g[k].word->roles & RCPI_ROLE_DOC) || rcpi_table_find(f->report_nouns, u->k[k].lower) != RCPI_NONE;
    unsigned roles = 0;
    for (size_t k = main.at.token; k < main.at.end_token; k++) roles |= u->g[k].word->roles;
    bool is_passive = false;                                    /* les bulletins ont été comptés : C */
    for (size_t k = main.at.end_token; k < i; k++)
      is_passive |= u->g[k].tense && u->g[k].word->reading[0].is_aux && !rcpi_unit_is(u, k, RCPI_G_HAVE);
    bool speaks = main.kind == RCPI_NP_PRONOUN || (main.kind == RCPI_NP_FULL && (roles & (RCPI_ROLE_PERSON | RCPI_ROLE_GROUP | RCPI_ROLE_TITLE)));
    bool is_covered = rcpi_frame_before(f, i) != NULL;
    if (has_noun && speaks && !is_covered && !is_passive) rcpi_frame_add(f, RCPI_FRAME_NOUN, range(main.at.end_token, i), main.at, range(i + 1, u->end));
    return;
  }
}

/* Norvie : mise en garde contre C: in a title a name, then a noun of saying without a determiner. */
static void find_title_noun(rcpi_framing *f) {
  const rcpi_unit *u = &f->u;
  size_t colon = u->beg;
  while (colon < u->end && colon < u->beg + 6 && u->g[colon].mark != ':') colon++;
  if (!u->is_title || colon + 2 >= u->end || rcpi_unit_mark(u, colon) != ':' || colon == u->beg || u->g[colon + 1].mark) return;
  size_t row, end = rcpi_unit_phrase(u, f->phrases, colon + 1, &row);
  bool is_phrase = end && rcpi_is(rcpi_cell(f->phrases, row, 2), "noun");
  if (!is_phrase && rcpi_table_find(f->report_nouns, u->k[colon + 1].lower) == RCPI_NONE) return;
  if (!rcpi_unit_capital(u, u->beg) || rcpi_unit_has_verb(u, u->beg, colon)) return;
  rcpi_frame_add(f, RCPI_FRAME_NOUN, range(colon + 1, is_phrase ? end : colon + 2), range(u->beg, colon), range(colon + 1, u->end));
}

void rcpi_frames_noun(rcpi_framing *f) {
  const rcpi_unit *u = &f->u;
  find_title_noun(f);
  find_colon(f);
  for (size_t i = u->beg; i < u->end; i++) {
    if (u->g[i].mark || rcpi_unit_quoted(u, i)) continue;
    size_t row = rcpi_table_find(f->report_nouns, u->k[i].lower);
    if (row == RCPI_NONE) continue;
    rcpi_stance stance = stance_of(rcpi_cell(f->report_nouns, row, 1));
    if (!try_verdict(f, i) && !try_agent(f, i, stance)) try_clause(f, i, stance);
  }
}
