/*
 * A cue behind or within what it attributes: « C », dit X · C, a-t-il ajouté · «C, confie X, C» · comme l'a dit X, C ·
 * C, authorities said.
 *
 * An incise needs a comma or a quotation mark before it and a phrase that can name somebody behind it (or a hyphened
 * pronoun). What it comments is the quotation that it touches, with those that follow, else the text back to the cue
 * before. Not an incise: a verb behind its own subject and an apposition (Paul Noël, juge à Autun, note ...).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mark/frame.h"

static rcpi_tokens range(size_t beg, size_t end) { return (rcpi_tokens){(uint32_t)beg, (uint32_t)end}; }
static const rcpi_tokens nowhere = {0, 0};

static bool is_after_quote(const rcpi_unit *u, size_t i) {
  if (i == u->beg) return false;
  char m = rcpi_unit_mark(u, i - 1);
  return m == '>' || (m == ',' && i - 1 > u->beg && rcpi_unit_mark(u, i - 2) == '>');
}

/* No verb before ", note": the words before it may be its subject with an apposition: Paul Noël, juge à Autun, note. */
static bool is_own_subject(const rcpi_unit *u, const rcpi_say *s) {
  if (rcpi_unit_has_main_verb(u, range(u->beg, s->beg))) return false;
  if (s->also_object) return true;
  size_t comma = u->beg;
  while (comma < s->beg && u->g[comma].mark != ',') comma++;
  if (comma + 1 >= s->beg || u->is_title) return false;         /* one piece only: what is said */
  for (size_t i = u->beg; i < comma; i++)
    if ((rcpi_unit_capital(u, i) && !(u->k[i].flags & RCPI_TOK_INITIAL)) || u->g[i].word->roles) return true;
  return false;
}

/* C, a dénoncé le syndicat. A verb with an object too, but a speaker and the end of the sentence stand behind it. */
static bool ends_sentence(const rcpi_unit *u, const rcpi_say *s) {
  rcpi_np np = rcpi_np_right(u, s->end, false);
  if (np.kind != RCPI_NP_FULL || np.at.end_token + 1u < u->end || !rcpi_unit_has_main_verb(u, range(u->beg, s->beg))) return false;
  for (size_t i = np.at.token; i < np.at.end_token && i < np.at.token + 4u; i++)
    if (u->g[i].word->roles & ~(unsigned)RCPI_ROLE_DOC || rcpi_unit_capital(u, i)) return true;
  return false;
}

static bool is_incise(const rcpi_framing *f, const rcpi_say *s, const rcpi_ahead *x, rcpi_np *source) {
  const rcpi_unit *u = &f->u;
  if (s->form != RCPI_SAY_FINITE || s->is_negated || s->beg == u->beg) return false;
  if (s->enclitic) return true;
  char m = rcpi_unit_mark(u, s->beg - 1);
  if (s->takes == RCPI_TAKES_OBJECT && !is_after_quote(u, s->beg) && !ends_sentence(u, s)) return false;
  if (m == ',' && !is_after_quote(u, s->beg) && is_own_subject(u, s)) return false;
  if (!(m == ',' || m == '>' || m == '"' || m == '!' || m == '?' || m == '-') || x->that || s->end >= u->end) return false;
  if (u->g[s->end].mark == ':' || u->g[s->end].mark == '<') return false;
  bool bare = rcpi_is(rcpi_lang_setting(u->text->lang, "complement"), "bare");   /* , suspected of paying the guard, */
  *source = rcpi_np_right(u, s->end, !bare || is_after_quote(u, s->beg));
  size_t beg = source->at.token;
  return source->kind != RCPI_NP_NONE && rcpi_unit_opens_np(u, beg) && !rcpi_unit_is(u, s->beg - 2, RCPI_G_WHO);
}

/* Who a-t-il, dit-on and apprend-on name. */
static rcpi_tokens enclitic_source(const rcpi_framing *f, const rcpi_say *s) {
  const rcpi_unit *u = &f->u;
  if (!rcpi_unit_is(u, s->enclitic, RCPI_G_ONE)) return range(s->enclitic, s->enclitic + 1);
  if (!rcpi_unit_is(u, s->end, RCPI_G_AT)) return nowhere;
  size_t k = s->end + 1;
  while (rcpi_unit_is(u, k, RCPI_G_OF) && !rcpi_unit_is(u, s->end, RCPI_G_OF)) k++;
  rcpi_np np = rcpi_np_right(u, k, false);
  return np.kind == RCPI_NP_FULL ? np.at : nowhere;
}

/* a appris l'agence auprès de X; résulte-t-il d'une décision */
static rcpi_tokens from_source(const rcpi_framing *f, const rcpi_say *s) {
  const rcpi_unit *u = &f->u;
  size_t limit = s->end + 10 < u->end ? s->end + 10 : u->end, k = limit;
  for (size_t i = s->end; i < limit && k == limit; i++)
    if (rcpi_unit_is(u, i, RCPI_G_FROM)) k = i + 1;
  if (k == limit && rcpi_unit_is(u, s->end, RCPI_G_OF)) k = s->end;
  if (k == limit) return nowhere;
  while (rcpi_unit_is(u, k, RCPI_G_OF)) k++;
  rcpi_np np = rcpi_np_right(u, k, false);
  return np.kind == RCPI_NP_FULL ? np.at : nowhere;
}

/* Start of what an incise at i comments: back to the cue before it or a semicolon. */
static size_t content_start(const rcpi_framing *f, size_t i) {
  const rcpi_unit *u = &f->u;
  size_t lo = u->beg;
  for (size_t n = f->first; n < f->frames.n; n++) {
    const rcpi_frame *x = &f->frames.p[n];
    bool ends_clause = x->form == RCPI_FRAME_INCISE || x->form == RCPI_FRAME_THAT || x->form == RCPI_FRAME_QUOTE;
    if (ends_clause && x->cue.token < i && x->cue.end_token > lo) lo = x->cue.end_token;
  }
  for (size_t k = lo; k < i; k++)
    if (u->g[k].mark == ';' && !rcpi_unit_quoted(u, k)) lo = k + 1;
  return lo;
}

/* The fire broke out at dawn, officials said, and spread: a verb behind "and" without a subject of its own. */
static bool shares_subject(const rcpi_unit *u, size_t and, size_t lo, size_t hi) {
  if (!rcpi_unit_is(u, and, RCPI_G_AND) || rcpi_unit_quoted(u, and) || !rcpi_unit_has_verb(u, lo, hi)) return false;
  size_t k = and + 1;
  while (rcpi_unit_is(u, k, RCPI_G_CLITIC | RCPI_G_ADV) && !rcpi_unit_is(u, k, RCPI_G_SUBJ | RCPI_G_DET) && !rcpi_unit_finite(u, k)) k++;
  return rcpi_unit_finite(u, k);
}

/* Does speech go on behind an incise that ends at `end`? */
static bool goes_on(const rcpi_framing *f, size_t lo, size_t hi, size_t end) {
  const rcpi_unit *u = &f->u;
  if (rcpi_unit_mark(u, end) != ',' || end + 1 >= u->end) return false;
  size_t n = end + 1;
  if (rcpi_unit_is(u, n, RCPI_G_RESUME) || shares_subject(u, n, lo, hi)) return true;
  if (rcpi_unit_is(u, n, RCPI_G_AND | RCPI_G_BUT | RCPI_G_CONTRAST | RCPI_G_WHO | RCPI_G_PREP) && !rcpi_unit_quoted(u, n)) return false;
  return u->g[n].tense != RCPI_TENSE_PART && !rcpi_unit_has_verb(u, lo, hi);
}

static bool is_said(const rcpi_framing *f, rcpi_tokens q) {
  for (size_t n = f->frames.n; n-- > 0 && n + 8 > f->first;)
    if (f->frames.p[n].content.token < q.end_token && f->frames.p[n].content.end_token > q.token) return true;
  return false;
}

/* The paragraphs before through which the quotation at i runs, each left open at its end: who says it is told at last. */
static void add_paragraphs_before(rcpi_framing *f, const rcpi_say *s, rcpi_tokens source, size_t i) {
  const rcpi_text *t = f->u.text;
  while (i > f->u.beg && !f->u.k[i].quotation) i--;
  for (size_t q = f->u.k[i].quotation; q-- > 1;) {
    const rcpi_quotation *before = &t->quotations[q - 1];
    uint32_t here = t->sentences[t->tokens[t->quotations[q].token].sentence].paragraph;
    uint32_t there = t->sentences[t->tokens[before->token].sentence].paragraph;
    rcpi_tokens at = {before->token, before->end_token};
    if (before->is_closed || there + 1 != here || is_said(f, at)) return;
    rcpi_push(f->a, &f->frames, (rcpi_frame){.source = source, .cue = {s->beg, s->end}, .content = at, .form = RCPI_FRAME_CARRIED, .outer = -1});
  }
}

static void add_incise(rcpi_framing *f, const rcpi_say *s, rcpi_tokens source) {
  const rcpi_unit *u = &f->u;
  size_t end = source.end_token > s->end ? source.end_token : s->end;
  if (rcpi_unit_quoted(u, s->beg)) {                           /* «C, a confié X. C» */
    rcpi_frame_say(f, s, RCPI_FRAME_INCISE, s->end, source, rcpi_frame_quotation(f, s->beg));
    return;
  }
  size_t lo = content_start(f, s->beg), hi = s->beg;
  if (is_after_quote(u, s->beg)) {
    size_t first = lo;
    while (first < hi && u->g[first].mark != '<') first++;
    bool is_led_in = first > lo && rcpi_unit_word(u, first - 1) && first < hi;
    if (first < hi && !is_led_in) lo = first;
    add_paragraphs_before(f, s, source, hi - 1);
  } else if (goes_on(f, lo, hi, end)) {
    hi = u->end;
  }
  rcpi_frame_say(f, s, RCPI_FRAME_INCISE, s->end, source, range(lo, hi));
  size_t next = end;
  while (next < u->end && next < end + 3 && u->g[next].mark && u->g[next].mark != '<') next++;
  if (rcpi_unit_mark(u, next) == '<') rcpi_frame_say(f, s, RCPI_FRAME_INCISE, s->end, source, rcpi_frame_quotation(f, next));
}

bool rcpi_frame_incise(rcpi_framing *f, const rcpi_say *s, const rcpi_ahead *x) {
  rcpi_np np = {nowhere, RCPI_NP_NONE};
  if (!is_incise(f, s, x, &np)) return false;
  rcpi_tokens source = s->enclitic ? enclitic_source(f, s) : np.at;
  if (s->wants_from) source = from_source(f, s);
  if (rcpi_tokens_any(source) || !s->wants_from) add_incise(f, s, source);
  return true;
}

/* comme l'a dit X, C · comme il le disait */
bool rcpi_frame_as(rcpi_framing *f, const rcpi_say *s) {
  const rcpi_unit *u = &f->u;
  size_t as = s->beg, subject = s->beg;
  while (subject > u->beg && rcpi_unit_is(u, subject - 1, RCPI_G_CLITIC) && !rcpi_unit_is(u, subject - 1, RCPI_G_SUBJ)) subject--;
  bool by_pronoun = rcpi_unit_is(u, subject - 1, RCPI_G_PRON) && subject > u->beg;
  for (size_t k = subject - by_pronoun; k-- > u->beg && k + 3 > subject - by_pronoun;)
    if (rcpi_unit_is(u, k, RCPI_G_AS) && !u->g[k].mark) as = k;
  if (as == s->beg || s->form != RCPI_SAY_FINITE) return false;
  rcpi_np np = by_pronoun ? (rcpi_np){range(subject - 1, subject), RCPI_NP_PRONOUN} : rcpi_np_right(u, s->end, false);
  if (np.kind == RCPI_NP_NONE || (!by_pronoun && !rcpi_unit_opens_np(u, np.at.token))) return false;
  bool is_name = by_pronoun;                                   /* ainsi que le prévoit la procédure: nobody speaks */
  for (size_t i = np.at.token; i < np.at.end_token; i++)
    is_name |= rcpi_unit_capital(u, i) || (u->g[i].word->roles & ~(unsigned)RCPI_ROLE_DOC) != 0;
  if (!is_name) return true;
  bool is_first = rcpi_unit_words(u, u->beg, as) == 0;
  size_t end = np.at.end_token > s->end ? np.at.end_token : s->end;
  rcpi_say whole = *s;
  if (!by_pronoun) whole.beg = (uint32_t)as;
  rcpi_frame_say(f, &whole, RCPI_FRAME_INCISE, s->end, np.at, is_first ? range(end, u->end) : range(content_start(f, as), as));
  return true;
}

/* Start of a subject that ends before the verb at i, with its appositions: , Ann Lee, a spokeswoman, said */
static size_t trailing_subject(const rcpi_unit *u, size_t i) {
  size_t m = i;
  while (m > u->beg && !strchr(",>?!", u->g[m - 1].mark ? u->g[m - 1].mark : '~')) m--;
  if (m == u->beg || m < i || u->g[m - 1].mark != ',') return m;
  size_t start = m - 1;
  while (start > u->beg && !strchr(",>", u->g[start - 1].mark ? u->g[start - 1].mark : '~')) start--;
  size_t name = start > u->beg + 1 && u->g[start - 1].mark == ',' ? start - 1 : start;
  while (name > u->beg && !strchr(",>", u->g[name - 1].mark ? u->g[name - 1].mark : '~')) name--;
  return name > u->beg && rcpi_unit_capital(u, name) && !rcpi_unit_has_verb(u, name, i) ? name : start;
}

/* "..., authorities said." · "..." X told reporters on Tuesday. The clause said stands before; false when it does not. */
bool rcpi_frame_trailing(rcpi_framing *f, const rcpi_say *s) {
  const rcpi_unit *u = &f->u;
  size_t end = s->end;
  while (end < u->end && !strchr(",.<;", u->g[end].mark ? u->g[end].mark : '~')) end++;
  if (rcpi_unit_has_verb(u, s->end, end)) return false;
  size_t start = trailing_subject(u, s->beg), hi = start, lo = content_start(f, start);
  bool is_phrase = !rcpi_unit_is(u, start, RCPI_G_PREP | RCPI_G_SUB | RCPI_G_AND | RCPI_G_REL) || rcpi_unit_is(u, start, RCPI_G_DET);
  if (start == u->beg || start == s->beg || !is_phrase || rcpi_unit_has_verb(u, start, s->beg)) return false;
  bool after_quote = rcpi_unit_mark(u, start - 1) == '>';
  if (s->takes == RCPI_TAKES_QUOTE && !after_quote) return false;
  bool breaks_clause = !after_quote && rcpi_unit_mark(u, end) == ',' && !rcpi_unit_has_verb(u, lo, hi) && rcpi_unit_finite(u, end + 1);
  if (breaks_clause) {                                         /* Tissot, he said, had lied */
    rcpi_frame_say(f, s, RCPI_FRAME_INCISE, end, range(start, s->beg), range(lo, rcpi_frame_scope(f, end)));
    return true;
  }
  if (!after_quote && !rcpi_unit_has_verb(u, lo, hi) && rcpi_unit_words(u, lo, hi) < 4) return false;
  if (after_quote) {
    size_t first = lo;
    while (first < hi && u->g[first].mark != '<') first++;
    if (first == lo || !rcpi_unit_word(u, first - 1)) lo = first;
  }
  rcpi_tokens source = range(start, s->beg);
  rcpi_frame_say(f, s, RCPI_FRAME_INCISE, end, source, range(lo, hi));
  if (end < u->end && u->g[end].mark == ',') end++;
  if (!after_quote && shares_subject(u, end, lo, hi)) rcpi_frame_say(f, s, RCPI_FRAME_INCISE, s->end, source, range(end, rcpi_frame_scope(f, end)));
  if (rcpi_unit_mark(u, end) == '<') rcpi_frame_say(f, s, RCPI_FRAME_INCISE, s->end, source, rcpi_frame_quotation(f, end));
  return true;
}
