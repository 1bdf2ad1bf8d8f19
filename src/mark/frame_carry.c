/*
 * Quotations without a cue of their own.
 *
 * A sentence that is all quotation goes on with the speaker of the quotation before it, at most two sentences back, or,
 * when a quotation stayed open at the paragraph's end, with the speaker of that one; without one, the person whom the
 * sentence before it is about. Within a sentence a quotation behind a colon takes the cue before it, or the subject when
 * it is a person (Le maire ne décolère pas : « C »). A name and a colon alone are a cue: Durand : « C ».
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mark/frame.h"

enum { LONG = 4, NAME_REACH = 5000 };

static bool is_covered(const rcpi_framing *f, rcpi_tokens q) {
  for (size_t n = f->first; n < f->frames.n; n++) {
    const rcpi_frame *x = &f->frames.p[n];
    if (x->content.token <= q.token + 1 && x->content.end_token + 1 >= q.end_token) return true;
  }
  return false;
}

/* Are all words of the sentence in quotation marks? */
static bool is_all_quoted(const rcpi_unit *u) {
  for (size_t i = u->beg; i < u->end; i++)
    if (rcpi_unit_word(u, i) && !u->k[i].quotation) return false;
  return true;
}

/* Does the phrase name somebody who can speak: a role, a name, a pronoun? */
static bool is_speaker(const rcpi_unit *u, rcpi_np np) {
  if (np.kind == RCPI_NP_PRONOUN) return !rcpi_unit_is(u, np.at.token, RCPI_G_ONE);
  const unsigned speaks = RCPI_ROLE_TITLE | RCPI_ROLE_PERSON | RCPI_ROLE_ANON;
  size_t n_capitals = 0;
  for (size_t i = np.at.token; i < np.at.end_token; i++) {
    if (u->g[i].word->roles & speaks) return true;
    n_capitals += rcpi_unit_capital(u, i) && !(u->k[i].flags & (RCPI_TOK_INITIAL | RCPI_TOK_CAPITALS) && rcpi_unit_is(u, i, ~(uint64_t)0));
  }
  return np.kind == RCPI_NP_FULL && n_capitals >= 2 && !rcpi_unit_is(u, np.at.token, RCPI_G_PREP);
}

/* A capital that is not only that of the sentence's start: elsewhere the word has it too. */
static bool is_name(const rcpi_unit *u, size_t i) {
  if (!rcpi_unit_capital(u, i) || u->g[i].word->is) return false;
  if (!(u->k[i].flags & RCPI_TOK_INITIAL)) return true;
  for (size_t k = 0; k < u->text->n_tokens && k < NAME_REACH; k++)
    if ((u->k[k].flags & RCPI_TOK_CAPITAL) && !(u->k[k].flags & RCPI_TOK_INITIAL) && rcpi_eq(u->k[k].lower, u->k[i].lower)) return true;
  return false;
}

/* Durand : « C » */
static rcpi_tokens name_before_colon(const rcpi_unit *u, size_t colon) {
  size_t beg = u->beg;
  bool has_name = false;
  for (size_t i = beg; i < colon; i++) {
    if ((u->g[i].mark && u->g[i].mark != '~' && u->g[i].mark != ',') || u->g[i].tense) return (rcpi_tokens){0, 0};
    has_name |= is_name(u, i);
  }
  return has_name && colon - beg <= 10 ? (rcpi_tokens){(uint32_t)beg, (uint32_t)colon} : (rcpi_tokens){0, 0};
}

static void add_plain(rcpi_framing *f, rcpi_tokens source, rcpi_tokens cue, rcpi_tokens q) {
  rcpi_frame_add(f, RCPI_FRAME_CARRIED, cue, source, q);
}

/* A quotation behind a colon: the cue before it, the name before it, or the person the sentence is about. */
static void lead_in(rcpi_framing *f, rcpi_tokens q) {
  const rcpi_unit *u = &f->u;
  rcpi_tokens colon = {q.token - 1, q.token};
  const rcpi_frame *before = rcpi_frame_before(f, q.token);
  if (before) { add_plain(f, before->source, before->cue, q); return; }
  rcpi_tokens name = name_before_colon(u, colon.token);
  rcpi_np main = rcpi_np_main(u, colon.token);
  if (rcpi_tokens_any(name)) rcpi_frame_add(f, RCPI_FRAME_TITLE, colon, name, q);
  else if (is_speaker(u, main)) add_plain(f, main.at, colon, q);
}

/* Un gradé n'a « jamais vu autant de monde »: the words in quotation marks are those of the person that the sentence is about. */
static void own_words(rcpi_framing *f, rcpi_tokens q) {
  const rcpi_unit *u = &f->u;
  if (!rcpi_unit_word(u, q.token - 1) || rcpi_unit_words(u, q.token, q.end_token) < LONG) return;
  for (size_t n = f->first; n < f->frames.n; n++)
    if (f->frames.p[n].content.token < q.end_token && f->frames.p[n].content.end_token > q.token) return;
  size_t verb = q.token;
  while (verb > u->beg && !rcpi_unit_finite(u, verb)) verb--;
  if (!rcpi_unit_finite(u, verb)) return;
  rcpi_np main = rcpi_np_main(u, q.token);
  if (is_speaker(u, main)) add_plain(f, main.at, (rcpi_tokens){(uint32_t)verb, (uint32_t)verb + 1}, q);
}

/* The person whom the sentence before, in the same paragraph, is about. */
static void look_back(rcpi_framing *f, rcpi_tokens q) {
  const rcpi_unit *u = &f->u;
  uint32_t here = u->k[u->beg].sentence;
  const rcpi_sentence *s = u->text->sentences;
  if (here == 0 || s[here - 1].paragraph != s[here].paragraph) return;
  rcpi_unit last = rcpi_unit_at(u->text, u->g, s[here - 1].end_token - 1);
  rcpi_np np = rcpi_np_main(&last, last.end);
  if (is_speaker(&last, np)) add_plain(f, np.at, np.at, q);
}

/* Le registre cite un compte. Il aurait été ouvert à Genève: a rumour goes on with the source of the sentence before. */
static void carry_rumour(rcpi_framing *f) {
  const rcpi_unit *u = &f->u;
  if (f->frames.n > f->first || !f->first) return;
  const rcpi_frame *last = &f->frames.p[f->first - 1];
  uint32_t here = u->k[u->beg].sentence, there = u->k[last->content.end_token - 1].sentence;
  const rcpi_sentence *s = u->text->sentences;
  if (there + 1 != here || s[there].paragraph != s[here].paragraph || !rcpi_tokens_any(last->source)) return;
  for (size_t i = u->beg; i < u->end; i++) {
    bool is_told = u->g[i].tense == RCPI_TENSE_COND && u->g[i].word->n_readings && u->g[i].word->reading[0].is_aux && !rcpi_unit_quoted(u, i);
    if (!is_told) continue;
    rcpi_frame copy = *last;
    add_plain(f, copy.source, copy.cue, (rcpi_tokens){u->beg, u->end});
    return;
  }
}

static bool is_heading(const rcpi_unit *u) {
  return u->text->paragraphs[u->text->sentences[u->k[u->beg].sentence].paragraph].kind != RCPI_PAR_BODY;
}

void rcpi_frames_carry(rcpi_framing *f) {
  const rcpi_unit *u = &f->u;
  bool all = is_all_quoted(u);
  for (size_t i = u->beg; i < u->end;) {
    rcpi_tokens q = rcpi_frame_quotation(f, i);
    if (!rcpi_tokens_any(q)) { i++; continue; }
    i = q.end_token;
    if ((!all && rcpi_unit_words(u, q.token, q.end_token) < LONG) || is_covered(f, q)) continue;
    if (all && !is_heading(u)) {
      const rcpi_frame *from = rcpi_frame_speaker(f);
      if (from) add_plain(f, from->source, from->cue, q);
      else look_back(f, q);
    } else if (q.token > u->beg && u->g[q.token - 1].mark == ':') {
      lead_in(f, q);
    } else if (q.token > u->beg) {
      own_words(f, q);
    }
  }
  carry_rumour(f);
}
