/* SPDX-License-Identifier: Apache-2.0 */
#include "mark/frame.h"

rcpi_frame *rcpi_frame_add(rcpi_framing *f, rcpi_frame_form form, rcpi_tokens cue, rcpi_tokens source, rcpi_tokens content) {
  const rcpi_unit *u = &f->u;
  while (rcpi_tokens_any(source) && rcpi_ends(u->k[source.end_token - 1].fold, RCPI_S("'"))) source.end_token--;   /* un voisin | s'exprimant */
  bool is_behind = rcpi_tokens_any(source) && rcpi_unit_is(u, source.token, RCPI_G_PREP) && !rcpi_unit_is(u, source.token, RCPI_G_DET | RCPI_G_OF);
  if (is_behind && ++source.token == source.end_token) source = (rcpi_tokens){0, 0};   /* in | what guards said was a first */
  if (content.end_token > u->end) content.end_token = u->end;
  while (rcpi_tokens_any(content) && !rcpi_unit_word(u, content.token) && rcpi_unit_mark(u, content.token) != '<') content.token++;
  if (!rcpi_unit_words(u, content.token, content.end_token)) return NULL;
  rcpi_push(f->a, &f->frames, (rcpi_frame){.source = source, .cue = cue, .content = content, .form = form, .outer = -1});
  return &f->frames.p[f->frames.n - 1];
}

rcpi_frame *rcpi_frame_say(rcpi_framing *f, const rcpi_say *s, rcpi_frame_form form, size_t cue_end, rcpi_tokens source,
                           rcpi_tokens content) {
  rcpi_frame *x = rcpi_frame_add(f, form, (rcpi_tokens){s->beg, (uint32_t)cue_end}, source, content);
  if (x) x->stance = s->stance, x->is_past = s->is_past;
  return x;
}

const rcpi_frame *rcpi_frame_before(const rcpi_framing *f, size_t i) {
  for (size_t n = f->frames.n; n-- > f->first;) {
    const rcpi_frame *x = &f->frames.p[n];
    if (rcpi_tokens_any(x->source) && x->cue.token < i) return x;
  }
  return NULL;
}

rcpi_tokens rcpi_frame_quotation(const rcpi_framing *f, size_t i) {
  const rcpi_unit *u = &f->u;
  if (i < u->beg || i >= u->end || !u->k[i].quotation) return (rcpi_tokens){0, 0};
  const rcpi_quotation *q = &u->text->quotations[u->k[i].quotation - 1];
  return (rcpi_tokens){q->token > u->beg ? q->token : u->beg, q->end_token < u->end ? q->end_token : u->end};
}

enum { FAR = 2 };   /* sentences back */

const rcpi_frame *rcpi_frame_speaker(const rcpi_framing *f) {
  const rcpi_unit *u = &f->u;
  if (u->beg == 0 || !f->first) return NULL;
  uint32_t here = u->k[u->beg].sentence;
  for (size_t n = f->first; n-- > 0;) {
    const rcpi_frame *x = &f->frames.p[n];
    uint32_t there = u->k[x->cue.token].sentence, end = u->k[x->content.end_token - 1].sentence;
    uint32_t last = end > there ? end : there;
    if (here - last > FAR) return NULL;
    if (rcpi_tokens_any(x->source) && x->form != RCPI_FRAME_ACCORDING) return x;
  }
  return NULL;
}

/* ----------------------------------------------------------------------------------------------------------- scope */

/* "mais": the article speaks again, unless its verb keeps the sequence of tenses (mais qu'il venait). */
static bool is_own_contrast(const rcpi_unit *u, size_t i) {
  if (rcpi_unit_is(u, i + 1, RCPI_G_THAT)) return false;
  for (size_t k = i + 1; k < u->end; k++) {
    if (!rcpi_unit_finite(u, k)) continue;
    if (u->g[k].tense == RCPI_TENSE_PAST && rcpi_is(rcpi_lang_setting(u->text->lang, "backshift"), "past")) return false;
    return u->g[k].tense != RCPI_TENSE_IMPF && u->g[k].tense != RCPI_TENSE_COND && !rcpi_unit_is(u, k, RCPI_G_COND);
  }
  return false;
}

static const rcpi_say *say_at(const rcpi_framing *f, size_t i) {
  for (size_t n = 0; n < f->n_says; n++)
    if (f->says[n].beg == i) return &f->says[n];
  return NULL;
}

/* Behind "et": a verb of saying at once, or a new subject with one soon. */
static bool is_new_cue(const rcpi_framing *f, size_t i) {
  const rcpi_unit *u = &f->u;
  const rcpi_say *s = say_at(f, i);
  if (s && s->form == RCPI_SAY_FINITE) return true;
  if (!rcpi_unit_opens_np(u, i)) return false;
  for (size_t n = 0; n < f->n_says; n++)
    if (f->says[n].beg > i && f->says[n].beg < i + 9 && f->says[n].form == RCPI_SAY_FINITE) return true;
  return false;
}

/* found that she had taken bribes and ordered ...: behind a pluperfect a plain past without a subject is the main verb's. */
static bool leaves_past(const rcpi_unit *u, size_t from, size_t and) {
  size_t verb = from, next = and + 1;
  while (verb < and && !rcpi_unit_finite(u, verb)) verb++;
  while (rcpi_unit_is(u, next, RCPI_G_CLITIC | RCPI_G_ADV) && !rcpi_unit_finite(u, next)) next++;
  if (verb == and || !rcpi_unit_finite(u, next) || !rcpi_unit_is(u, verb, RCPI_G_HAVE)) return false;
  bool is_pluperfect = u->g[verb].tense == RCPI_TENSE_IMPF || u->g[verb].tense == RCPI_TENSE_PAST;
  bool is_main = u->g[next].tense == RCPI_TENSE_PAST || u->g[next].tense == RCPI_TENSE_PRES;
  return is_pluperfect && is_main && !rcpi_unit_is(u, next, RCPI_G_MODAL) && !(u->g[verb].tense == RCPI_TENSE_PAST && rcpi_unit_is(u, next, RCPI_G_HAVE));
}

static bool counts(const rcpi_unit *u, size_t i) {
  return i < u->end && (u->k[i].kind == RCPI_TOK_NUMBER || rcpi_unit_is(u, i, RCPI_G_NUMBER));
}

/*
 * ..., une version que X ne confirme pas; ..., a figure that leaves out; ..., soit 12 de plus: behind the comma the article
 * comments on what was said.
 */
static bool is_comment(const rcpi_framing *f, size_t i) {
  const rcpi_unit *u = &f->u;
  if (rcpi_unit_is(u, i, RCPI_G_THATIS) && counts(u, i + 1)) return true;
  if (rcpi_unit_is(u, i, RCPI_G_DET) && rcpi_unit_is(u, i + 1, RCPI_G_WHO)) return is_own_contrast(u, i);   /* , ce qui n'a pas été le cas */
  if (!rcpi_unit_is(u, i, RCPI_G_INDEF) && !rcpi_unit_is(u, i, RCPI_G_DET)) return false;
  size_t noun = i + 1;
  bool is_claim = noun < u->end && (rcpi_table_find(f->report_nouns, u->k[noun].lower) != RCPI_NONE || u->g[noun].word->roles & RCPI_ROLE_DOC);
  return is_claim && rcpi_unit_is(u, i, RCPI_G_INDEF) && rcpi_unit_is(u, noun + 1, RCPI_G_REL | RCPI_G_THAT);
}

size_t rcpi_frame_scope(const rcpi_framing *f, size_t from) {
  const rcpi_unit *u = &f->u;
  for (size_t i = from + 2; i < u->end; i++) {
    if (u->g[i].mark == ';') return i;
    if (rcpi_unit_quoted(u, i)) continue;
    if (rcpi_unit_is(u, i, RCPI_G_BUT) && (is_own_contrast(u, i) || leaves_past(u, from, i))) return i;
    if (rcpi_unit_is(u, i, RCPI_G_CONTRAST) && rcpi_unit_is(u, i + 1, RCPI_G_THAT)) return i;
    if (rcpi_unit_is(u, i, RCPI_G_AND) && (is_new_cue(f, i + 1) || leaves_past(u, from, i))) return i;
    if (u->g[i].mark != ',') continue;
    if (is_comment(f, i + 1)) return i;
    const rcpi_say *s = say_at(f, i + 1);
    if (s && s->form == RCPI_SAY_PARTICIPLE) return i;
    for (size_t k = i + 2; k < i + 4; k++) {                      /* en ajoutant, tout en ajoutant */
      const rcpi_say *later = say_at(f, k - 1);
      if (later && later->form == RCPI_SAY_PARTICIPLE && later->is_gerund) return i;
    }
  }
  return u->end;
}

size_t rcpi_frame_object_scope(const rcpi_framing *f, size_t from) {
  const rcpi_unit *u = &f->u;
  size_t end = rcpi_frame_scope(f, from);
  for (size_t i = from; i < end; i++) {
    if (u->g[i].mark != ',' || rcpi_unit_quoted(u, i)) continue;
    size_t stop = i + 1;
    while (stop < end && !u->g[stop].mark) stop++;
    bool is_aside = rcpi_unit_mark(u, stop) == ',' && stop < end && !rcpi_unit_has_verb(u, i + 1, stop) && !rcpi_unit_is(u, i + 1, RCPI_G_AND | RCPI_G_BUT);
    if (is_aside && u->g[i + 1].tense != RCPI_TENSE_PP) { i = stop; continue; }     /* exige le retrait, avant mardi, de 80 soldats */
    if (rcpi_unit_is(u, i + 1, RCPI_G_REL) && counts(u, i + 2) && !rcpi_unit_has_verb(u, i + 1, stop)) { i = stop - 1; continue; }   /* fait état de 14 blessés, dont trois graves */
    bool is_clause = rcpi_unit_is(u, i + 1, RCPI_G_REL | RCPI_G_AND | RCPI_G_BUT | RCPI_G_SUB) || rcpi_unit_has_verb(u, i + 1, stop);
    if (is_clause || u->g[i + 1].tense == RCPI_TENSE_PP || u->g[i + 1].tense == RCPI_TENSE_PART) return i;
  }
  return end;
}
