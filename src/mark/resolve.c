/*
 * Two kinds of sources stand for a fuller name: pronouns (elle, a-t-il, ce dernier) and short forms (M. Noël, le maire).
 *
 * Kept on the way through the text: every source and every subject that may be a person or a body, with what its words
 * tell of gender and number: a title, a first name, the noun of a role, the article. A pronoun takes the nearest that
 * fits, the speaker of the cue before it first when the cue goes on (a-t-il ajouté); a short form takes the nearest
 * fuller one that holds all its names, or the same role with a name.
 *
 * Known weakness: "la préfète ... la police ... elle" takes the police.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mark/resolve.h"

#include "mark/phrase.h"

typedef struct speaker {
  rcpi_tokens at;
  uint8_t gender;
  bool is_plural, is_person;
} speaker;

typedef struct resolver {
  rcpi_arena *a;
  const rcpi_text *t;
  const rcpi_gram *g;
  const rcpi_table *first_names, *phrases;
  RCPI_VEC(speaker) seen;
} resolver;

enum { REACH = 12, FULL_REACH = 300 };   /* speakers back: for a pronoun, for a short form */

/* A capital that says something: not of L' at the start of a sentence. */
static bool is_capital(const resolver *r, uint32_t i) {
  unsigned flags = r->t->tokens[i].flags;
  return (flags & RCPI_TOK_CAPITAL) && !(flags & RCPI_TOK_INITIAL && (flags & RCPI_TOK_FUNCTION || r->g[i].word->is || r->g[i].word->may));
}

static unsigned first_name_gender(const resolver *r, uint32_t i) {
  if (!is_capital(r, i)) return 0;
  size_t row = rcpi_table_find(r->first_names, r->t->tokens[i].lower);
  if (row == RCPI_NONE) return 0;
  rcp_str g = rcpi_cell(r->first_names, row, 1);
  return rcpi_is(g, "m") ? RCPI_MALE : rcpi_is(g, "f") ? RCPI_FEMALE : 0;
}

/* A title says most, then a first name, then the noun of a role, then the article. */
static unsigned gender_of(const resolver *r, rcpi_tokens at) {
  const unsigned both = RCPI_MALE | RCPI_FEMALE;
  unsigned by_name = 0, by_role = 0;
  for (uint32_t i = at.token; i < at.end_token; i++) {
    const rcpi_word *w = r->g[i].word;
    if (w->roles & RCPI_ROLE_TITLE && w->gender != both) return w->gender;
    if (!by_name) by_name = first_name_gender(r, i);
    if (!by_role && w->roles && w->gender != both) by_role = w->gender;
  }
  if (by_name || by_role) return by_name ? by_name : by_role;
  const rcpi_gram *first = &r->g[at.token];
  if (rcpi_gram_is(first, RCPI_G_DET) && !rcpi_gram_is(first, RCPI_G_PLURAL) && first->word->is & RCPI_G_FEMININE) return RCPI_FEMALE;
  return both;
}

static bool joins_two(const resolver *r, rcpi_tokens at) {
  for (uint32_t i = at.token + 1; i + 1 < at.end_token; i++)
    if (rcpi_gram_is(&r->g[i], RCPI_G_AND) && (is_capital(r, i + 1) || rcpi_gram_is(&r->g[i + 1], RCPI_G_DET))) return true;
  return false;
}

static speaker read_speaker(const resolver *r, rcpi_tokens at) {
  speaker s = {.at = at, .gender = (uint8_t)gender_of(r, at)};
  s.is_plural = rcpi_gram_is(&r->g[at.token], RCPI_G_PLURAL) || joins_two(r, at);
  for (uint32_t i = at.token; i < at.end_token; i++)
    s.is_person |= (r->g[i].word->roles & (RCPI_ROLE_TITLE | RCPI_ROLE_PERSON)) || first_name_gender(r, i);
  return s;
}

/* A pronoun that stands for one spoken of: not on, je, nous. */
static bool is_pronoun(const resolver *r, rcpi_tokens at) {
  const rcpi_gram *g = &r->g[at.token];
  if (at.end_token != at.token + 1 || rcpi_gram_is(g, RCPI_G_ONE)) return false;
  return rcpi_gram_is(g, RCPI_G_PRON | RCPI_G_ENCLITIC | RCPI_G_TONIC) && !rcpi_gram_is(g, RCPI_G_ME);
}

/* ce dernier, cette dernière, le même, celui-ci */
static bool is_latter(const resolver *r, rcpi_tokens at) {
  return at.end_token - at.token <= 3 && at.end_token - at.token >= 2 && rcpi_gram_is(&r->g[at.end_token - 1], RCPI_G_LATTER) &&
         rcpi_gram_is(&r->g[at.token], RCPI_G_DET);
}

static bool may_speak(const resolver *r, rcpi_tokens at) {
  if (rcpi_gram_is(&r->g[at.token], RCPI_G_ONE | RCPI_G_SUBJ)) return false;
  for (uint32_t i = at.token; i < at.end_token; i++)
    if ((r->g[i].word->roles & ~(unsigned)RCPI_ROLE_DOC) || is_capital(r, i)) return true;
  return false;
}

static void remember(resolver *r, rcpi_tokens at) {
  if (!rcpi_tokens_any(at) || !may_speak(r, at)) return;
  for (size_t k = r->seen.n; k-- > 0 && k + 4 > r->seen.n;)
    if (r->seen.p[k].at.token == at.token) return;
  rcpi_push(r->a, &r->seen, read_speaker(r, at));
}

static rcpi_tokens find_pronoun(const resolver *r, rcpi_tokens at, bool is_latter_form) {
  const rcpi_gram *g = &r->g[at.token];
  bool plural = rcpi_gram_is(g, RCPI_G_PLURAL), female = rcpi_gram_is(g, RCPI_G_FEMININE), any = rcpi_gram_is(g, RCPI_G_ANYONE);
  unsigned want = any ? RCPI_MALE | RCPI_FEMALE : female ? RCPI_FEMALE : RCPI_MALE;
  if (is_latter_form) plural = rcpi_gram_is(&r->g[at.end_token - 1], RCPI_G_PLURAL), want = rcpi_gram_is(&r->g[at.end_token - 1], RCPI_G_FEMININE) ? RCPI_FEMALE : RCPI_MALE;
  for (int persons_first = 1; persons_first >= 0; persons_first--)
    for (size_t k = r->seen.n; k-- > 0 && k + (persons_first ? 4 : REACH) > r->seen.n;) {
      const speaker *s = &r->seen.p[k];
      bool fits = s->at.end_token <= at.token && (any || s->is_plural == plural) && (s->gender & want);
      if (fits && (s->is_person || plural || any || !persons_first)) return s->at;
    }
  return (rcpi_tokens){0, 0};
}

static bool holds_word(const resolver *r, rcpi_tokens at, uint32_t word) {
  for (uint32_t i = at.token; i < at.end_token; i++)
    if (rcpi_eq(r->t->tokens[i].fold, r->t->tokens[word].fold)) return true;
  return false;
}

static size_t n_names(const resolver *r, rcpi_tokens at) {
  size_t n = 0;
  for (uint32_t i = at.token; i < at.end_token; i++)
    n += is_capital(r, i) && !(r->t->tokens[i].flags & RCPI_TOK_FUNCTION) && !r->g[i].word->roles;
  return n;
}

/* l'UDS, la direction du CHU: abbreviations and nouns of no person stand for themselves. */
static bool is_body(const resolver *r, rcpi_tokens at) {
  bool has_name = false, has_person = false;
  for (uint32_t i = at.token; i < at.end_token; i++) {
    has_person |= (r->g[i].word->roles & (RCPI_ROLE_TITLE | RCPI_ROLE_PERSON)) != 0;
    has_name |= is_capital(r, i) && !(r->t->tokens[i].flags & RCPI_TOK_CAPITALS);
  }
  bool is_noun = rcpi_gram_is(&r->g[at.token], RCPI_G_DET) && at.end_token > at.token + 1 && !is_capital(r, at.token + 1);
  return !has_person && (!has_name || is_noun);
}

/* M. Noël, le maire: the nearest fuller form with the same names, or the same role and a name. */
static rcpi_tokens find_full(const resolver *r, rcpi_tokens at) {
  size_t mine = n_names(r, at);
  if (at.end_token - at.token > 5 || is_body(r, at)) return (rcpi_tokens){0, 0};
  for (size_t k = r->seen.n; k-- > 0 && k + FULL_REACH > r->seen.n;) {
    const speaker *s = &r->seen.p[k];
    if (s->at.token >= at.token || n_names(r, s->at) <= mine) continue;
    bool holds = true, has_any = false;
    for (uint32_t i = at.token; i < at.end_token && holds; i++) {
      bool counts = mine ? is_capital(r, i) && !r->g[i].word->roles && !rcpi_gram_is(&r->g[i], RCPI_G_DET) : (r->g[i].word->roles & RCPI_ROLE_PERSON) != 0;
      if (!counts) continue;
      has_any = true;
      holds = holds_word(r, s->at, i);
    }
    if (holds && has_any) return s->at;
  }
  return (rcpi_tokens){0, 0};
}

/* ------------------------------------------------------------------------------------------------------- anonymous */

/* M. Paul, Jeanne Morel: a title, or two capitals together that are no abbreviation. */
static bool has_person_name(const resolver *r, rcpi_tokens at) {
  for (uint32_t i = at.token; i < at.end_token; i++) {
    if (r->g[i].word->roles & RCPI_ROLE_TITLE || first_name_gender(r, i)) return true;
    bool both = i + 1 < at.end_token && is_capital(r, i) && is_capital(r, i + 1);
    if (both && !(r->t->tokens[i].flags & RCPI_TOK_CAPITALS) && !rcpi_gram_is(&r->g[i], RCPI_G_DET)) return true;
  }
  return false;
}

static bool asks_no_name(const resolver *r, uint32_t token) {
  rcpi_unit u = rcpi_unit_at(r->t, r->g, token);
  for (size_t i = u.beg; i < u.end; i++) {
    size_t row;
    if (rcpi_unit_is(&u, i, RCPI_G_ANON)) return true;
    if (rcpi_unit_phrase(&u, r->phrases, i, &row) && rcpi_is(rcpi_cell(r->phrases, row, 2), "anonymous")) return true;
  }
  return false;
}

static bool is_anonymous(const resolver *r, const rcpi_frame *x) {
  if (has_person_name(r, x->source)) return false;
  const rcpi_gram *first = &r->g[x->source.token];
  bool is_indefinite = rcpi_gram_is(first, RCPI_G_INDEF) || !rcpi_gram_is(first, RCPI_G_DET);
  for (uint32_t i = x->source.token; i < x->source.end_token && i < x->source.token + 3; i++) {
    const rcpi_word *w = r->g[i].word;
    if (w->roles & RCPI_ROLE_ANON && (is_indefinite || rcpi_gram_is(&r->g[i], RCPI_G_NAMELESS))) return true;
    if (w->roles & RCPI_ROLE_PERSON && is_indefinite && !is_capital(r, i)) return true;
  }
  return is_indefinite && asks_no_name(r, x->cue.token);
}

/* ------------------------------------------------------------------------------------------------------------- all */

static void remember_subject(resolver *r, const rcpi_sentence *s) {
  rcpi_unit u = rcpi_unit_at(r->t, r->g, s->token);
  rcpi_np np = rcpi_np_main(&u, u.end);
  if (np.kind == RCPI_NP_FULL) remember(r, np.at);
}

/* Joachim Noël hésite ; « rien n'est décidé », prévient-il: the subject of the same sentence, when it is a person. */
static void remember_person(resolver *r, uint32_t upto) {
  rcpi_unit u = rcpi_unit_at(r->t, r->g, upto);
  rcpi_np np = rcpi_np_main(&u, upto);
  if (np.kind == RCPI_NP_FULL && read_speaker(r, np.at).is_person) remember(r, np.at);
}

static void resolve(resolver *r, rcpi_frame *x) {
  bool latter = is_latter(r, x->source);
  if (is_pronoun(r, x->source) || latter) x->resolved = find_pronoun(r, x->source, latter);
  else x->resolved = find_full(r, x->source);
  x->is_anonymous = !rcpi_tokens_any(x->resolved) && is_anonymous(r, x);
}

void rcpi_attrib_resolve(rcpi_arena *a, const rcpi_text *text, rcpi_marks *marks) {
  resolver r = {.a = a, .t = text, .g = marks->gram};
  r.first_names = rcpi_lang_table(text->lang, "first_names");
  r.phrases = rcpi_lang_table(text->lang, "cue_phrases");
  size_t next = 0;
  for (size_t n = 0; n < marks->n_frames; n++) {
    rcpi_frame *x = &marks->frames[n];
    uint32_t here = text->tokens[x->content.token].sentence;
    for (; next < here; next++) remember_subject(&r, &text->sentences[next]);
    if (!rcpi_tokens_any(x->source)) continue;
    if (is_pronoun(&r, x->source)) remember_person(&r, x->source.token);
    resolve(&r, x);
    if (x->form != RCPI_FRAME_CARRIED) remember(&r, x->source);
  }
}
