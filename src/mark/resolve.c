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
  bool is_source;              /* of a cue: who speaks goes on speaking */
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
  if (!is_capital(r, i) || (i && rcpi_gram_is(&r->g[i - 1], RCPI_G_DET))) return 0;   /* la France */
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
  bool is_single = rcpi_gram_is(first, RCPI_G_DET) && !rcpi_gram_is(first, RCPI_G_PLURAL);
  if (is_single && rcpi_gram_is(first, RCPI_G_FEMININE)) return RCPI_FEMALE;
  return is_single && rcpi_gram_is(first, RCPI_G_MASCULINE) ? RCPI_MALE : both;
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

static void remember(resolver *r, rcpi_tokens at, bool is_source) {
  if (!rcpi_tokens_any(at) || !may_speak(r, at)) return;
  for (size_t k = r->seen.n; k-- > 0 && k + 4 > r->seen.n;) {
    if (r->seen.p[k].at.token != at.token) continue;
    r->seen.p[k].is_source |= is_source;
    return;
  }
  speaker s = read_speaker(r, at);
  s.is_source = is_source;
  rcpi_push(r->a, &r->seen, s);
}

/* La préfète Claire Monnet et le maire Jean Tissot: each may speak later. */
static void remember_each(resolver *r, rcpi_tokens at) {
  uint32_t beg = at.token;
  for (uint32_t i = at.token; i <= at.end_token; i++) {
    bool is_end = i == at.end_token || rcpi_gram_is(&r->g[i], RCPI_G_AND);
    if (!is_end) continue;
    rcpi_tokens one = {beg, i};
    if (rcpi_tokens_any(one) && may_speak(r, one) && read_speaker(r, one).is_person) rcpi_push(r->a, &r->seen, read_speaker(r, one));
    beg = i + 1;
  }
}

static bool holds_word(const resolver *r, rcpi_tokens at, uint32_t word) {
  for (uint32_t i = at.token; i < at.end_token; i++)
    if (rcpi_eq(r->t->tokens[i].fold, r->t->tokens[word].fold)) return true;
  return false;
}

/* What a pronoun, or ce dernier, asks of the one that it stands for. */
typedef struct wanted { uint32_t before; unsigned gender; bool plural, any, last; } wanted;

static wanted read_wanted(const resolver *r, rcpi_tokens at, bool is_latter_form) {
  const rcpi_gram *g = &r->g[is_latter_form ? at.end_token - 1 : at.token];
  bool any = !is_latter_form && rcpi_gram_is(g, RCPI_G_ANYONE), female = rcpi_gram_is(g, RCPI_G_FEMININE);
  unsigned gender = any ? RCPI_MALE | RCPI_FEMALE : female ? RCPI_FEMALE : RCPI_MALE;
  return (wanted){at.token, gender, rcpi_gram_is(g, RCPI_G_PLURAL), any, is_latter_form};
}

static bool fits(const speaker *s, const wanted *w) {
  return s->at.end_token <= w->before && (w->any || s->is_plural == w->plural) && (s->gender & w->gender);
}

static uint32_t paragraph_of(const resolver *r, uint32_t token) {
  return r->t->sentences[r->t->tokens[token].sentence].paragraph;
}

static bool shares_name(const resolver *r, rcpi_tokens a, rcpi_tokens b) {
  for (uint32_t i = a.token; i < a.end_token; i++)
    if (is_capital(r, i) && !(r->t->tokens[i].flags & RCPI_TOK_FUNCTION) && holds_word(r, b, i)) return true;
  return a.token == b.token;
}

/*
 * Over the end of a paragraph a subject that nobody said to speak is only taken when no other person there fits: a wrong
 * name is worse than none.
 */
static bool is_in_doubt(const resolver *r, size_t k, const wanted *w) {
  const speaker *s = &r->seen.p[k];
  if (s->is_source || paragraph_of(r, s->at.token) == paragraph_of(r, w->before)) return false;
  for (size_t n = k; n-- > 0 && n + 4 > k;) {
    const speaker *other = &r->seen.p[n];
    if (other->is_person && fits(other, w) && !shares_name(r, other->at, s->at)) return true;
  }
  return false;
}

/* Of those that follow speaker k in its own sentence and fit too, the last: ce dernier. */
static size_t last_of_sentence(const resolver *r, size_t k, const wanted *w) {
  size_t best = k;
  for (size_t n = k; n-- > 0 && r->t->tokens[r->seen.p[n].at.token].sentence == r->t->tokens[r->seen.p[k].at.token].sentence;)
    if (fits(&r->seen.p[n], w) && r->seen.p[n].is_person && r->seen.p[n].at.token > r->seen.p[best].at.token) best = n;
  return best;
}

static rcpi_tokens find_pronoun(const resolver *r, rcpi_tokens at, bool is_latter_form) {
  wanted w = read_wanted(r, at, is_latter_form);
  for (int persons_first = 1; persons_first >= 0; persons_first--)
    for (size_t k = r->seen.n; k-- > 0 && k + (persons_first ? 4 : REACH) > r->seen.n;) {
      const speaker *s = &r->seen.p[k];
      if (!fits(s, &w) || !(s->is_person || w.plural || w.any || !persons_first)) continue;
      if (s->is_person && is_in_doubt(r, k, &w)) return (rcpi_tokens){0, 0};
      return r->seen.p[w.last ? last_of_sentence(r, k, &w) : k].at;
    }
  return (rcpi_tokens){0, 0};
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

/* le même responsable: the one who spoke last and fits. */
static bool is_same_role(const resolver *r, rcpi_tokens at) {
  return at.end_token - at.token == 3 && rcpi_gram_is(&r->g[at.token], RCPI_G_DET) && rcpi_gram_is(&r->g[at.token + 1], RCPI_G_LATTER) &&
         r->g[at.token + 2].word->roles & (RCPI_ROLE_PERSON | RCPI_ROLE_ANON);
}

static rcpi_tokens find_same_role(const resolver *r, rcpi_tokens at) {
  wanted w = {.before = at.token, .gender = gender_of(r, at), .plural = rcpi_gram_is(&r->g[at.token], RCPI_G_PLURAL)};
  for (size_t k = r->seen.n; k-- > 0 && k + 4 > r->seen.n;)
    if (r->seen.p[k].is_source && r->seen.p[k].is_person && fits(&r->seen.p[k], &w)) return r->seen.p[k].at;
  return (rcpi_tokens){0, 0};
}

/* M. Noël, le maire: the nearest fuller form with the same names, or the same role and a name. */
static rcpi_tokens find_full(const resolver *r, rcpi_tokens at) {
  size_t mine = n_names(r, at);
  if (at.end_token - at.token > 5 || is_body(r, at)) return (rcpi_tokens){0, 0};
  if (!mine && rcpi_gram_is(&r->g[at.token], RCPI_G_INDEF)) return (rcpi_tokens){0, 0};   /* un responsable militaire: somebody new */
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
  bool is_contracted = x->source.token && rcpi_gram_is(first - 1, RCPI_G_DET) && rcpi_gram_is(first - 1, RCPI_G_PREP) && !rcpi_gram_is(first - 1, RCPI_G_INDEF);   /* les déclarations du | ministre */
  bool is_indefinite = rcpi_gram_is(first, RCPI_G_INDEF) || (!rcpi_gram_is(first, RCPI_G_DET) && !is_contracted);
  for (uint32_t i = x->source.token; i < x->source.end_token && i < x->source.token + 3; i++) {
    const rcpi_word *w = r->g[i].word;
    if (w->roles & RCPI_ROLE_ANON && (is_indefinite || rcpi_gram_is(&r->g[i], RCPI_G_NAMELESS))) return true;
    if (w->roles & RCPI_ROLE_PERSON && is_indefinite && !is_capital(r, i)) return true;
  }
  return is_indefinite && asks_no_name(r, x->cue.token);
}

/* ------------------------------------------------------------------------------------------------------------- all */

/* People named elsewhere in a sentence, by their first name or title: a interrogé Marc Delay. */
static void remember_named(resolver *r, const rcpi_unit *u, rcpi_np subject) {
  for (uint32_t i = u->beg; i + 1 < u->end; i++) {
    if (subject.kind == RCPI_NP_FULL && i >= subject.at.token && i < subject.at.end_token) continue;
    bool is_name = first_name_gender(r, i) && rcpi_unit_capital(u, i + 1) && !rcpi_unit_quoted(u, i);
    if (!is_name) continue;
    uint32_t end = i + 2, beg = i;
    while (end < u->end && rcpi_unit_capital(u, end)) end++;
    while (beg > u->beg && (r->g[beg - 1].word->roles & (RCPI_ROLE_TITLE | RCPI_ROLE_PERSON))) beg--;
    remember(r, (rcpi_tokens){beg, end}, false);
    i = end - 1;
  }
}

static void remember_subject(resolver *r, const rcpi_sentence *s) {
  rcpi_unit u = rcpi_unit_at(r->t, r->g, s->token);
  rcpi_np np = rcpi_np_main(&u, u.end);
  remember_named(r, &u, np);
  if (np.kind != RCPI_NP_FULL) return;
  if (joins_two(r, np.at)) remember_each(r, np.at);
  remember(r, np.at, false);
}

/* Does a quotation that the place is no part of end before the cue? */
static bool is_beside_quotation(const resolver *r, rcpi_tokens at, uint32_t cue) {
  uint32_t i = cue;
  while (i > at.end_token && r->t->tokens[i - 1].kind == RCPI_TOK_MARK && !r->t->tokens[i - 1].quotation) i--;
  return i > at.end_token && r->t->tokens[i - 1].quotation && !r->t->tokens[at.token].quotation;
}

/* Joachim Noël hésite ; « rien n'est décidé », prévient-il: the subject of the same sentence, when it is a person. */
static void remember_person(resolver *r, const rcpi_frame *x) {
  uint32_t upto = x->source.token;
  rcpi_unit u = rcpi_unit_at(r->t, r->g, upto);
  rcpi_np np = rcpi_np_main(&u, upto);
  bool is_said = np.at.token >= x->content.token && np.at.end_token <= x->content.end_token && x->form == RCPI_FRAME_INCISE &&
                 !is_beside_quotation(r, np.at, x->cue.token);   /* Le suspect, a-t-il dit, */
  if (np.kind == RCPI_NP_FULL && !is_said && read_speaker(r, np.at).is_person) remember(r, np.at, false);
}

static void resolve(resolver *r, rcpi_frame *x) {
  bool latter = is_latter(r, x->source);
  if (is_pronoun(r, x->source) || latter) x->resolved = find_pronoun(r, x->source, latter);
  else if (is_same_role(r, x->source)) x->resolved = find_same_role(r, x->source);
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
    if (is_pronoun(&r, x->source)) remember_person(&r, x);
    resolve(&r, x);
    if (x->form != RCPI_FRAME_CARRIED) remember(&r, x->source, true);
  }
}
