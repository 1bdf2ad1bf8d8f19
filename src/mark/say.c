/*
 * A verb of saying is a form whose lemma stands in report_verbs (with the words that must follow: fait | savoir), or,
 * right after a quotation and before a name, any verb at all: "« ... », exulte le maire". The words of the cue run from
 * auxiliary or clitics to the participle or the hyphened subject.
 *
 * No cue: the passive (a été rapporté), a participle without auxiliary unless par follows or a cue is coordinated
 * (a salué l'accord et assuré que).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mark/say.h"

enum { COL_REST = 1, COL_TAKES = 2, COL_STANCE = 3, COL_REFLEXIVE = 4, COL_WHO = 5 };

enum { AGENT_REACH = 12 };   /* qualifiée d'« indigne » par X */

typedef struct finder { const rcpi_unit *u; const rcpi_table *t; RCPI_VEC(rcpi_say) says; } finder;

static rcpi_takes takes_of(rcp_str cell) {
  /* count, quoted: as quote; also_count and also_quoted say the rest */
  return rcpi_is(cell, "that") ? RCPI_TAKES_THAT : rcpi_is(cell, "object") ? RCPI_TAKES_OBJECT : RCPI_TAKES_QUOTE;
}

static rcpi_stance stance_of(rcp_str cell) {
  static const char *const names[] = {"neutral", "doubt", "deny", "affirm"};
  for (int i = 0; i < 4; i++)
    if (rcpi_is(cell, names[i])) return (rcpi_stance)i;
  return RCPI_STANCE_NEUTRAL;
}

/* Where the words of `rest` end when they follow the verb at i, over adverbs; 0 when they do not. */
static size_t rest_end(const rcpi_unit *u, size_t i, rcp_str rest) {
  size_t k = i + 1;
  rcp_str word;
  for (bool is_first = true; rest.n && rcpi_next_field(&rest, ' ', &word); is_first = false) {
    if (rcpi_is(word, "*")) {                                   /* rend ... responsable: up to five words between */
      size_t limit = k + 6;
      rcp_str next = rest;
      rcpi_next_field(&next, ' ', &word);
      while (k < limit && rcpi_unit_word(u, k) && !rcpi_eq(u->k[k].lower, word)) k++;
      continue;
    }
    while (is_first && rcpi_unit_is(u, k, RCPI_G_ADV | RCPI_G_ADVERB_FORM) && !rcpi_eq(u->k[k].lower, word)) k++;
    if (k >= u->end || !rcpi_eq(u->k[k].lower, word)) return 0;
    k++;
  }
  return k;
}

/*
 * Fills takes and stance from the rows of a lemma; false when none fits what stands around. Rows whose `rest` follows
 * win over the bare lemma.
 */
static bool read_rows(const finder *f, const rcpi_reading *r, size_t i, rcpi_say *s) {
  const rcpi_table *t = f->t;
  size_t longest = 0;
  s->end = 0;
  for (size_t row = r->say; row < t->n_rows && rcpi_eq(rcpi_cell(t, row, 0), r->lemma); row++) {
    rcp_str rest = rcpi_cell(t, row, COL_REST);
    rcpi_takes takes = takes_of(rcpi_cell(t, row, COL_TAKES));
    bool wants_self = rcpi_cell(t, row, COL_REFLEXIVE).n != 0;
    bool is_other_verb = s->is_reflexive && !wants_self && takes == RCPI_TAKES_OBJECT && !rest.n;   /* se reprocher */
    size_t end = rest_end(f->u, i, rest);
    if (!end || (wants_self && !s->is_reflexive) || is_other_verb || rest.n < longest) continue;
    bool is_first = !s->end || rest.n > longest;
    if (is_first) s->also_object = s->also_count = s->also_quoted = false;
    if (is_first || takes < s->takes) {
      s->takes = takes;
      s->stance = stance_of(rcpi_cell(t, row, COL_STANCE));
    }
    if (is_first) {
      s->has_addressee = rcpi_is(rcpi_cell(t, row, COL_WHO), "addressee");
      s->is_relay = rcpi_is(rcpi_cell(t, row, COL_WHO), "relay");
      s->is_strict = rcpi_is(rcpi_cell(t, row, COL_WHO), "strict");
      s->wants_from = rcpi_is(rcpi_cell(t, row, COL_WHO), "from");
    }
    s->also_object |= takes == RCPI_TAKES_OBJECT;
    s->also_count |= rcpi_is(rcpi_cell(t, row, COL_TAKES), "count");
    s->also_quoted |= s->also_count || rcpi_is(rcpi_cell(t, row, COL_TAKES), "quoted");
    s->end = (uint32_t)end;
    longest = rest.n;
  }
  return s->end != 0;
}

/* Is the form no first or second person plural? */
static bool is_third_person(const rcpi_unit *u, size_t i) {
  rcp_str we = rcpi_lang_setting(u->text->lang, "we");
  return !we.n || !rcpi_ends(u->k[i].lower, we);
}

/* Clitics left of the verb (or auxiliary) at i belong to the cue; notes negation and se. */
static size_t take_clitics(const rcpi_unit *u, size_t i, rcpi_say *s) {
  s->is_third = is_third_person(u, i);
  while (i > u->beg && rcpi_unit_is(u, i - 1, RCPI_G_CLITIC) && !u->g[i - 1].mark) {
    bool is_article = rcpi_unit_is(u, i - 1, RCPI_G_ART);
    if (is_article && !rcpi_unit_is(u, i - 2, RCPI_G_SUBJ | RCPI_G_WHO | RCPI_G_NE | RCPI_G_THAT)) break;
    bool is_we = rcpi_unit_is(u, i - 1, RCPI_G_SUBJ) && !rcpi_unit_is(u, i - 2, RCPI_G_SUBJ);
    if (is_we && !(rcpi_unit_mark(u, i - 2) && s->is_third)) break;     /* nous disons; but: , nous a confié X */
    s->is_negated |= rcpi_unit_is(u, i - 1, RCPI_G_NE);
    s->is_reflexive |= rcpi_unit_is(u, i - 1, RCPI_G_REFLEXIVE);
    i--;
  }
  return i;
}

static bool is_past_tense(uint8_t t) {
  return t == RCPI_TENSE_PAST || t == RCPI_TENSE_IMPF;
}

/* The cue of a participle with its auxiliary; false when it is a passive. */
static bool read_compound(const rcpi_unit *u, size_t i, rcpi_say *s) {
  size_t aux = rcpi_gram_aux(u->g, u->beg, i);
  for (size_t k = aux + 1; k < i; k++) {
    s->is_negated |= rcpi_unit_is(u, k, RCPI_G_NOT);
    if (rcpi_unit_is(u, k, RCPI_G_ENCLITIC)) s->enclitic = (uint32_t)k;
    if (u->g[k].word->n_readings && u->g[k].word->reading[0].is_aux) return false;
  }
  s->beg = (uint32_t)take_clitics(u, aux, s);
  uint8_t t = u->g[aux].tense ? u->g[aux].tense : RCPI_TENSE_PRES;
  s->is_past = t == RCPI_TENSE_PRES || is_past_tense(t);
  bool by_be = !rcpi_gram_is(&u->g[aux], RCPI_G_HAVE);
  return !by_be || s->is_reflexive;
}

/* "a salué l'accord et assuré que": a participle without auxiliary that goes on a cue. */
static bool continues_cue(const finder *f, size_t i, size_t after) {
  const rcpi_unit *u = f->u;
  if (i == u->beg || !(rcpi_unit_is(u, i - 1, RCPI_G_AND) || rcpi_unit_mark(u, i - 1) == ',')) return false;
  size_t n = f->says.n;
  while (n > 0 && rcpi_unit_quoted(u, f->says.p[n - 1].beg)) n--;
  if (n == 0) return false;
  const rcpi_say *last = &f->says.p[n - 1];
  if (last->form != RCPI_SAY_FINITE || !last->is_past || last->is_negated) return false;
  char m = rcpi_unit_mark(u, after);
  return rcpi_unit_is(u, after, RCPI_G_THAT) || m == ':' || m == '<' || u->g[after].tense == RCPI_TENSE_INF;
}

static bool read_form(const finder *f, size_t i, rcpi_say *s) {
  const rcpi_unit *u = f->u;
  const rcpi_gram *g = &u->g[i];
  s->beg = s->verb = (uint32_t)i;
  s->form = RCPI_SAY_FINITE;
  if (g->tense == RCPI_TENSE_PP && g->has_aux) return read_compound(u, i, s);
  if (g->tense == RCPI_TENSE_PP) return true;      /* settled once the rest of the cue is known */
  if (g->tense == RCPI_TENSE_INF) {
    s->is_reflexive = i > u->beg && rcpi_unit_is(u, i - 1, RCPI_G_REFLEXIVE);
    s->beg -= s->is_reflexive;
    return s->form = RCPI_SAY_INFINITIVE, true;
  }
  s->beg = (uint32_t)take_clitics(u, i, s);
  if (g->tense == RCPI_TENSE_PART) {
    s->form = RCPI_SAY_PARTICIPLE;
    s->is_past = true;
    if (s->beg > u->beg && rcpi_unit_is(u, s->beg - 1, RCPI_G_PREP) && !u->g[s->beg - 1].mark) s->is_gerund = true, s->beg--;
    return true;
  }
  s->is_past = is_past_tense(g->tense);
  return rcpi_gram_is_finite(g);
}

/* n'en reconnaît que 38: que leads to no clause, and the verb is not denied. */
static bool is_restriction(const rcpi_unit *u, const rcpi_say *s) {
  if (!s->is_negated || s->form != RCPI_SAY_FINITE) return false;
  size_t k = s->end;
  while (k < u->end && k < s->end + 4u && rcpi_unit_is(u, k, RCPI_G_ADV | RCPI_G_ADVERB_FORM) && !rcpi_unit_is(u, k, RCPI_G_NOT)) k++;
  if (!rcpi_unit_is(u, k, RCPI_G_THAT)) return false;
  size_t stop = k;
  while (stop < u->end && !u->g[stop].mark) stop++;
  return !rcpi_unit_has_verb(u, k, stop);
}

static bool read_bare_participle(const finder *f, size_t i, rcpi_say *s) {
  if (continues_cue(f, i, s->end)) return s->is_past = true;
  const rcpi_unit *u = f->u;
  size_t k = s->end;
  bool is_quoted = rcpi_unit_quoted(u, i);
  while (k < u->end && k < s->end + AGENT_REACH && !rcpi_unit_is(u, k, RCPI_G_AGENT) &&
         (rcpi_unit_quoted(u, k) || !rcpi_unit_finite(u, k)) &&
         (!u->g[k].mark || u->g[k].mark == '<' || u->g[k].mark == '>' || u->g[k].mark == '~'))
    k++;
  bool has_quotation = false;
  for (size_t n = s->end; n < k; n++) has_quotation |= u->g[n].mark == '<';
  if (!has_quotation && k > s->end + 2u) return false;           /* la zone contestée ..., arrêtés par X */
  if ((is_quoted && !s->is_relay) || !rcpi_unit_is(u, k, RCPI_G_AGENT)) return false;
  s->form = RCPI_SAY_AGENT;
  s->agent = (uint32_t)k;
  return true;
}

static bool in_report_table(const finder *f, size_t i, rcpi_say *out) {
  const rcpi_gram *g = &f->u->g[i];
  for (size_t n = 0; n < g->word->n_readings; n++) {
    const rcpi_reading *r = &g->word->reading[n];
    if (r->say == RCPI_NO_ROW || r->tense != g->tense) continue;
    rcpi_say s = {.lemma = r->lemma};
    if (!read_form(f, i, &s) || !read_rows(f, r, i, &s)) continue;
    if (g->tense == RCPI_TENSE_PP && !g->has_aux && !read_bare_participle(f, i, &s)) continue;
    if (is_restriction(f->u, &s)) s.is_negated = false, s.is_only = true;
    *out = s;
    return true;
  }
  return false;
}

/* Any verb between a quotation and a name: « ... », exulte le maire. */
static bool is_open_cue(const finder *f, size_t i, rcpi_say *out) {
  const rcpi_unit *u = f->u;
  const rcpi_gram *g = &u->g[i];
  if (rcpi_gram_is(g, RCPI_G_PREP | RCPI_G_SUB | RCPI_G_ADV)) return false;
  bool is_verb = rcpi_gram_is_finite(g) || (g->tense == RCPI_TENSE_PP && g->has_aux);
  bool is_unknown = !g->word->may && !g->word->is && u->k[i].kind == RCPI_TOK_WORD && !(u->k[i].flags & RCPI_TOK_CAPITAL) && u->k[i].lower.n > 3;
  if (i == u->beg || g->mark || (!is_verb && !is_unknown) || rcpi_unit_quoted(u, i)) return false;
  rcpi_say s = {.lemma = u->k[i].lower, .takes = RCPI_TAKES_QUOTE, .is_open = true};
  if (is_verb && !read_form(f, i, &s)) return false;
  if (is_unknown) s.beg = s.verb = (uint32_t)i;
  s.end = (uint32_t)i + 1;
  size_t p = s.beg;
  if (p > u->beg && rcpi_unit_mark(u, p - 1) == ',') p--;
  if (p == u->beg || rcpi_unit_mark(u, p - 1) != '>' || s.is_negated) return false;
  if (!(s.enclitic || rcpi_unit_is(u, i + 1, RCPI_G_ENCLITIC) || rcpi_unit_opens_np(u, i + 1))) return false;
  bool is_aux = is_verb && g->word->reading[0].is_aux;
  if (is_aux || rcpi_gram_is(g, RCPI_G_MODAL)) return false;
  *out = s;
  return true;
}

size_t rcpi_say_find(rcpi_arena *a, const rcpi_unit *u, const rcpi_table *report_verbs, rcpi_say **out) {
  finder f = {.u = u, .t = report_verbs};
  for (size_t i = u->beg; i < u->end; i++) {
    rcpi_say s;
    if (!u->g[i].word->may && u->g[i].word->is) continue;
    bool found = u->g[i].tense != RCPI_TENSE_NONE && in_report_table(&f, i, &s);
    if (!found && !is_open_cue(&f, i, &s)) continue;
    if (rcpi_unit_is(u, s.end, RCPI_G_ENCLITIC)) s.enclitic = s.end++;
    rcpi_push(a, &f.says, s);
    i = s.end - 1;
  }
  *out = f.says.p;
  return f.says.n;
}
