/*
 * Classes by table, verbs by endings, the rest by neighbours.
 *
 * A verb form is found by its ending: verb_endings says that -ait stands for a lemma in -er, and the lemma must stand in
 * verbs.tsv; so 2,800 lemmas and 900 endings give some hundred thousand forms, and portrait is no verb because "portrer"
 * is none. A tagger trained on a treebank was tried in the prototype: it gained nothing for attribution.
 *
 * What a form is where it stands: a participle when an auxiliary stands left of it over adverbs and clitics; no verb
 * after a determiner or preposition; a noun rather than a verb where the table says that it is both and an article
 * stands before it (la demande), a verb after a subject pronoun, qui or ne.
 *
 * Cost: one look-up a distinct word. Known weakness: "la porte" is always a noun, and "l'accuse" a verb only because
 * accuse is no noun in the table.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mark/gram.h"

#include "base/hash.h"
#include "base/utf8.h"

typedef struct reader {
  rcpi_arena *a;
  const rcpi_text *t;
  const rcpi_table *grammar, *roles, *verbs, *endings, *forms, *say;
  rcp_str adverb;                     /* ending of adverbs */
  rcpi_gram *g;
} reader;

/* ----------------------------------------------------------------------------------------------------------- words */

static const char *const class_names[] = {
  "art", "det", "noun", "subj", "pron", "enclitic", "tonic", "plural", "feminine", "clitic", "reflexive", "ne", "not",
  "that", "rel", "who", "and", "but", "sub", "contrast", "if", "as", "prep", "stopnp", "adv", "notthat", "time", "day",
  "number", "lead", "purpose", "modal", "modalnot", "cond", "rather", "anon", "agent", "to", "have",
  "for", "from", "of", "one", "at", "governs", "any", "resume", "own",
  "me", "latter", "anyone", "indef", "nameless", "with", "masculine", "thatis", "plan", "without", "duty",
};
static const char *const tense_names[] = {"", "inf", "pres", "impf", "past", "fut", "cond", "subj", "pp", "part"};
static const char *const role_names[] = {"title", "person", "group", "anon", "doc", "media", "reporter"};

static uint64_t bit_of(rcp_str name, const char *const *names, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (rcpi_is(name, names[i])) return (uint64_t)1 << i;
  return 0;
}

static uint64_t bits_of(rcp_str cell, const char *const *names, size_t n) {
  uint64_t bits = 0;
  rcp_str name;
  while (cell.n && rcpi_next_field(&cell, ' ', &name)) bits |= bit_of(name, names, n);
  return bits;
}

#define N_OF(names) (sizeof(names) / sizeof *(names))

static void add_reading(const reader *r, rcpi_word *w, rcp_str lemma, rcp_str tense) {
  size_t row = rcpi_table_find(r->verbs, lemma);
  if (row == RCPI_NONE || w->n_readings == RCPI_READINGS) return;
  uint8_t t = 0;
  while (t < N_OF(tense_names) && !rcpi_is(tense, tense_names[t])) t++;
  rcp_str also = rcpi_cell(r->verbs, row, 1);
  size_t say = rcpi_table_find(r->say, lemma);
  w->reading[w->n_readings++] = (rcpi_reading){rcpi_cell(r->verbs, row, 0), say == RCPI_NONE ? RCPI_NO_ROW : (uint32_t)say, t,
                                               rcpi_is(also, "noun"), rcpi_is(also, "aux")};
  w->may |= (uint16_t)(1u << t);
  size_t class_row = rcpi_table_find(r->grammar, lemma);         /* a class of the lemma holds for its forms */
  if (class_row != RCPI_NONE) w->is |= bits_of(rcpi_cell(r->grammar, class_row, 1), class_names, N_OF(class_names)) & (RCPI_G_GOVERNS | RCPI_G_DUTY);
}

enum { LONGEST_ENDING = 12 };   /* bytes: ètteraient */

static void read_verb(const reader *r, rcpi_word *w, rcp_str form) {
  for (size_t row = rcpi_table_find(r->forms, form); row < r->forms->n_rows && rcpi_eq(rcpi_cell(r->forms, row, 0), form); row++)
    add_reading(r, w, rcpi_cell(r->forms, row, 1), rcpi_cell(r->forms, row, 2));
  char lemma[64];
  if (form.n > 40) return;
  for (size_t cut = form.n; cut-- > 0;) {
    rcp_str ending = rcpi_sub(form, cut, form.n);
    if (ending.n > LONGEST_ENDING) break;
    for (size_t row = rcpi_table_find(r->endings, ending); row < r->endings->n_rows && rcpi_eq(rcpi_cell(r->endings, row, 0), ending); row++) {
      rcp_str tail = rcpi_cell(r->endings, row, 1);
      memcpy(lemma, form.p, cut);
      memcpy(lemma + cut, tail.p, tail.n);
      add_reading(r, w, (rcp_str){lemma, cut + tail.n}, rcpi_cell(r->endings, row, 2));
    }
  }
}

/* Without soft hyphens. */
static rcp_str plain_form(rcpi_arena *a, rcp_str s) {
  if (rcpi_find(s, RCPI_S("\xC2\xAD")) == RCPI_NONE) return s;
  char *out = rcpi_array(a, char, s.n);
  size_t n = 0;
  for (size_t i = 0; i < s.n; i++)
    if (i + 1 < s.n && s.p[i] == '\xC2' && s.p[i + 1] == '\xAD') i++;
    else out[n++] = s.p[i];
  return (rcp_str){out, n};
}

/* Capitals are often written without accents: Evoquant, Etudiant. */
static rcp_str with_accent(rcpi_arena *a, rcp_str lower) {
  return rcpi_printf(a, "\xC3\xA9%.*s", (int)lower.n - 1, lower.p + 1);
}

static rcpi_word *read_word(const reader *r, const rcpi_token *k, rcp_str key) {
  rcpi_word *w = rcpi_new(r->a, rcpi_word);
  rcp_str lower = plain_form(r->a, k->lower);
  size_t row = rcpi_table_find(r->grammar, key);
  if (row != RCPI_NONE && !rcpi_eq(key, lower)) {                /* A Paris: no form of avoir */
    w->is = bits_of(rcpi_cell(r->grammar, row, 1), class_names, N_OF(class_names));
    return w;
  }
  row = rcpi_table_find(r->grammar, lower);
  if (row != RCPI_NONE) w->is = bits_of(rcpi_cell(r->grammar, row, 1), class_names, N_OF(class_names));
  if (k->kind != RCPI_TOK_WORD) return w;
  row = rcpi_table_find(r->roles, lower);
  if (row != RCPI_NONE) {
    w->roles = (uint8_t)bits_of(rcpi_cell(r->roles, row, 1), role_names, N_OF(role_names));
    rcp_str gender = rcpi_cell(r->roles, row, 2);
    w->gender = rcpi_is(gender, "m") ? RCPI_MALE : rcpi_is(gender, "f") ? RCPI_FEMALE : RCPI_MALE | RCPI_FEMALE;
  }
  if (r->adverb.n && lower.n > r->adverb.n + 3 && rcpi_ends(lower, r->adverb)) w->is |= RCPI_G_ADVERB_FORM;
  read_verb(r, w, lower);
  if (!w->n_readings && !w->is && lower.n > 4 && lower.p[0] == 'e' && k->flags & RCPI_TOK_CAPITAL) read_verb(r, w, with_accent(r->a, lower));
  return w;
}

static char mark_of(const rcpi_text *t, const rcpi_token *k) {
  if (k->kind != RCPI_TOK_MARK) return 0;
  if (k->flags & RCPI_TOK_OPENS) return '<';
  if (k->flags & RCPI_TOK_CLOSES) return '>';
  size_t len;
  uint32_t cp = rcpi_utf8_at(t->s, k->beg, &len);
  bool is_hyphen = cp == '-' && (k->flags & RCPI_TOK_GLUED || (k->end < t->s.n && !rcpi_is_space((unsigned char)t->s.p[k->end])));
  if (is_hyphen || (cp == ':' && k->flags & RCPI_TOK_GLUED && k->end < t->s.n && rcpi_is_digit((unsigned char)t->s.p[k->end]))) return '#';
  if (cp == 0x2013 || cp == 0x2014 || cp == '-' || cp == 0x2012) return '-';
  if (cp == 0x2026) return '.';
  if (cp == '.' && !(k->flags & RCPI_TOK_STOP)) return '~';   /* of an abbreviation */
  return cp < 128 && strchr(",;:.?!()", (int)cp) ? (char)cp : '#';
}

/* --------------------------------------------------------------------------------------------------------- reading */

const rcpi_reading *rcpi_gram_reading(const rcpi_gram *g, rcpi_tense tense) {
  const rcpi_word *w = g->word;
  for (size_t i = 0; i < w->n_readings; i++)
    if (w->reading[i].tense == tense) return &w->reading[i];
  return w->n_readings ? &w->reading[0] : NULL;
}

static bool is_aux(const rcpi_gram *g) {
  return g->word->n_readings && g->word->reading[0].is_aux;
}

enum { AUX_REACH = 7 };

size_t rcpi_gram_aux(const rcpi_gram *g, size_t first, size_t i) {
  const uint64_t between = RCPI_G_ADV | RCPI_G_ADVERB_FORM | RCPI_G_NOT | RCPI_G_NE | RCPI_G_CLITIC | RCPI_G_ENCLITIC |
                           RCPI_G_RATHER | RCPI_G_TONIC;
  for (size_t k = i, steps = 0; k-- > first && steps < AUX_REACH; steps++) {
    if (g[k].mark) return RCPI_NONE;
    if (is_aux(&g[k]) && !rcpi_gram_may(&g[k], RCPI_TENSE_PP)) return k;
    if (is_aux(&g[k]) && rcpi_gram_may(&g[k], RCPI_TENSE_PAST)) return k;       /* had */
    if (is_aux(&g[k])) continue;                                             /* a été reçu */
    bool is_aside = k > first && rcpi_gram_is(&g[k + 1], RCPI_G_RATHER) && rcpi_gram_is(&g[k], RCPI_G_DET | RCPI_G_PREP);
    bool before_aside = k + 2 <= i && rcpi_gram_is(&g[k + 2], RCPI_G_RATHER) && rcpi_gram_is(&g[k], RCPI_G_PREP);
    bool is_adverbial = rcpi_gram_is(&g[k], RCPI_G_PREP) && rcpi_gram_is(&g[k + 1], RCPI_G_ADV) && k + 1 < i;   /* par ailleurs */
    if (!rcpi_gram_is(&g[k], between) && !is_aside && !before_aside && !is_adverbial) return RCPI_NONE;
  }
  return RCPI_NONE;
}

/* The nearest word before i that is no adverb or negation, within the sentence; RCPI_NONE at a mark or the start. */
static size_t word_before(const reader *r, size_t first, size_t i) {
  while (i-- > first) {
    if (r->g[i].mark) return RCPI_NONE;
    if (!rcpi_gram_is(&r->g[i], RCPI_G_ADVERB_FORM | RCPI_G_ADV) || rcpi_gram_is(&r->g[i], RCPI_G_SUBJ | RCPI_G_NOT)) return i;
  }
  return RCPI_NONE;
}

static bool is_base_form(const rcpi_gram *g, rcp_str lower) {
  const rcpi_reading *p = rcpi_gram_reading(g, RCPI_TENSE_PRES);
  return p && rcpi_eq(p->lemma, lower);
}

static uint8_t settle_infinitive(const reader *r, size_t first, size_t i) {
  const rcpi_gram *g = &r->g[i];
  if (rcpi_gram_may(g, RCPI_TENSE_INF)) return RCPI_TENSE_INF;
  /* a bare form after to, will, could */
  if (!is_base_form(g, r->t->tokens[i].lower)) return RCPI_TENSE_NONE;
  size_t p = word_before(r, first, i);
  while (p != RCPI_NONE && p > first && rcpi_gram_is(&r->g[p], RCPI_G_ADV | RCPI_G_NOT | RCPI_G_SUBJ) && !r->g[p - 1].mark) p--;
  if (p == RCPI_NONE) return RCPI_TENSE_NONE;
  return rcpi_gram_is(&r->g[p], RCPI_G_MODAL | RCPI_G_TO) ? RCPI_TENSE_INF : RCPI_TENSE_NONE;
}

/* Does what stands left of i make it a subject's verb? */
static bool follows_subject(const reader *r, size_t first, size_t i) {
  size_t p = word_before(r, first, i);
  if (p == RCPI_NONE) return false;
  const uint64_t sure = RCPI_G_SUBJ | RCPI_G_WHO | RCPI_G_NE | RCPI_G_REFLEXIVE;
  if (rcpi_gram_is(&r->g[p], sure)) return true;
  return p > first && rcpi_gram_is(&r->g[p], RCPI_G_CLITIC) && rcpi_gram_is(&r->g[p - 1], sure);
}

/* Ce dernier affirme que, demande un délai; not cette dernière demande est. */
static bool has_object_or_clause(const reader *r, size_t i) {
  if (i + 1 >= r->t->n_tokens) return false;
  const rcpi_gram *next = &r->g[i + 1];
  return rcpi_gram_is(next, RCPI_G_DET | RCPI_G_THAT | RCPI_G_ADV | RCPI_G_ADVERB_FORM | RCPI_G_TIME) || next->mark == ':' || next->mark == '<' ||
         rcpi_gram_may(next, RCPI_TENSE_INF);
}

/* After a determiner or preposition, or as the second word of "la porte". */
static bool stands_as_noun(const reader *r, size_t first, size_t i, bool is_noun_too) {
  if (i == first || r->g[i - 1].mark) return false;
  const rcpi_gram *p = &r->g[i - 1];
  if (rcpi_gram_is(p, RCPI_G_ART)) return is_noun_too;
  if (rcpi_gram_is(p, RCPI_G_LATTER) && i > first + 1 && rcpi_gram_is(p - 1, RCPI_G_DET) && !p[-1].mark && has_object_or_clause(r, i)) return false;
  if (rcpi_gram_is(p, RCPI_G_NOUN) && !rcpi_gram_is(p, RCPI_G_SUBJ | RCPI_G_CLITIC)) return true;
  if (rcpi_gram_is(p, RCPI_G_PREP) && !rcpi_gram_is(p, RCPI_G_CLITIC)) return is_noun_too;
  return r->t->tokens[i - 1].kind == RCPI_TOK_NUMBER && is_noun_too;
}

/* A finite verb in [first, i) outside relative clauses, which end with a comma. */
static bool has_main_verb(const reader *r, size_t first, size_t i) {
  bool in_relative = false;
  for (size_t k = first; k < i; k++) {
    if (r->g[k].mark == ',' || rcpi_gram_is(&r->g[k], RCPI_G_SUB)) in_relative = false;
    if (rcpi_gram_is(&r->g[k], RCPI_G_REL)) in_relative = true;
    if (!in_relative && rcpi_gram_is_finite(&r->g[k])) return true;
  }
  return false;
}

/* Does the comma behind i lead to what may be the sentence's verb? */
static bool verb_behind_comma(const reader *r, size_t i, size_t end) {
  while (i < end && r->g[i].mark != ',') i++;
  if (i + 1 >= end || rcpi_gram_is(&r->g[i + 1], RCPI_G_DET | RCPI_G_AND | RCPI_G_PREP)) return false;
  const rcpi_gram *g = &r->g[i + 1];
  return rcpi_gram_may(g, RCPI_TENSE_PAST) || rcpi_gram_may(g, RCPI_TENSE_PRES) || rcpi_gram_is(g, RCPI_G_MODAL);
}

/* A form that is past and participle at once (killed; dit): past unless it stands as an adjective. */
static bool is_bare_participle(const reader *r, size_t first, size_t end, size_t i) {
  if (i == first) return true;
  if (follows_subject(r, first, i) || is_aux(&r->g[i])) return false;
  if (i + 1 < end && rcpi_gram_is(&r->g[i + 1], RCPI_G_AGENT)) return true;
  if (r->g[i - 1].mark == ',' && i + 1 < end && rcpi_gram_is(&r->g[i + 1], RCPI_G_OF)) return true;   /* , suspected of */
  if (rcpi_gram_is(&r->g[i - 1], RCPI_G_NOUN)) return true;
  bool is_say = rcpi_gram_reading(&r->g[i], RCPI_TENSE_PAST)->say != RCPI_NO_ROW;
  return r->g[i - 1].mark == ',' && !is_say && (has_main_verb(r, first, i) || verb_behind_comma(r, i, end));   /* Ann, 63, left; a bridge, built in 1932, fell */
}

/* rules that govern, notes that the firm: a verb behind that makes it a relative. */
static bool leads_relative(const rcpi_gram *g) {
  bool is_verb = rcpi_gram_may(g, RCPI_TENSE_PRES) || rcpi_gram_may(g, RCPI_TENSE_PAST) || rcpi_gram_is(g, RCPI_G_MODAL);
  return is_verb && !rcpi_gram_is(g, RCPI_G_DET | RCPI_G_SUBJ);
}

/* “...,” the report states. */
static bool quote_closes_before(const reader *r, size_t first, size_t i) {
  for (size_t k = i; k-- > first && k + 7 > i;)
    if (r->g[k].mark == '>') return true;
  return false;
}

/* lists: a verb's s or a noun's. */
static bool is_plural_like(rcp_str lemma, rcp_str form) {
  return form.n > lemma.n && rcpi_starts(form, lemma) && rcpi_ends(form, RCPI_S("s"));
}

/* note, juge, fait: verb or noun, with no determiner before it. */
static bool may_be_predicate(const reader *r, size_t first, size_t end, size_t i) {
  if (i > first && (rcpi_gram_is_finite(&r->g[i - 1]) || r->g[i - 1].tense == RCPI_TENSE_INF)) return false;   /* crier gare */
  bool at_break = i == first || r->g[i - 1].mark == ',';
  bool after_quote = i > first + 1 && r->g[i - 1].mark == ',' && (r->g[i - 2].mark == '>' || r->t->tokens[i - 1].quotation);
  if (!at_break || after_quote) return true;
  if (i == first || i + 1 >= end) return false;                  /* « ... », note Paul; X, elle, note que; note aussi X */
  const rcpi_gram *next = &r->g[i + 1];
  return rcpi_gram_is(next, RCPI_G_DET | RCPI_G_THAT | RCPI_G_ADV | RCPI_G_ADVERB_FORM) || next->mark == ':' || next->mark == '<' ||
         (r->t->tokens[i + 1].flags & RCPI_TOK_CAPITAL) || rcpi_gram_may(next, RCPI_TENSE_INF);
}

static uint8_t settle_present(const reader *r, size_t first, size_t end, size_t i) {
  const rcpi_gram *g = &r->g[i];
  const rcpi_reading *p = rcpi_gram_reading(g, RCPI_TENSE_PRES);
  if (follows_subject(r, first, i)) return RCPI_TENSE_PRES;
  if (i + 1 < end && rcpi_gram_is(&r->g[i + 1], RCPI_G_ENCLITIC)) return RCPI_TENSE_PRES;
  if (rcpi_gram_may(g, RCPI_TENSE_PP)) {                        /* un pont construit en 1932 */
    bool ends_here = i + 1 == end || r->g[i + 1].mark || rcpi_gram_is(&r->g[i + 1], RCPI_G_PREP);
    if (ends_here && i > first && !r->g[i - 1].mark && p->say == RCPI_NO_ROW) return RCPI_TENSE_NONE;
  }
  if (is_base_form(g, r->t->tokens[i].lower)) {                  /* they say; but the report */
    size_t b = word_before(r, first, i);
    bool after_plural = b != RCPI_NONE && r->t->tokens[b].lower.n > 3 && rcpi_ends(r->t->tokens[b].lower, RCPI_S("s"));
    bool after_aside = b == RCPI_NONE && i > first && r->g[i - 1].mark == ',';
    bool has_clause = after_plural && p->say != RCPI_NO_ROW && i + 1 < end && rcpi_gram_is(&r->g[i + 1], RCPI_G_THAT);   /* investigators suspect that */
    return has_clause || (!p->is_noun_too && (after_plural || after_aside)) ? RCPI_TENSE_PRES : RCPI_TENSE_NONE;
  }
  if (!p->is_noun_too) return RCPI_TENSE_PRES;
  if (is_plural_like(p->lemma, r->t->tokens[i].lower)) {        /* the report lists names; but rival lists */
    if (i > first && !r->g[i - 1].mark && rcpi_gram_is_finite(&r->g[i - 1])) return RCPI_TENSE_NONE;   /* there are fears that */
    bool after_name = i > first && r->t->tokens[i - 1].flags & RCPI_TOK_CAPITAL && !(r->t->tokens[i - 1].flags & RCPI_TOK_INITIAL);
    bool has_object = i + 1 < end && rcpi_gram_is(&r->g[i + 1], RCPI_G_DET | RCPI_G_SUBJ) && !rcpi_gram_is(&r->g[i + 1], RCPI_G_WHO);
    has_object |= i + 2 < end && rcpi_gram_is(&r->g[i + 1], RCPI_G_TO) && rcpi_gram_is(&r->g[i + 2], RCPI_G_HAVE);   /* claims to have */
    if (i + 2 < end && rcpi_gram_is(&r->g[i + 1], RCPI_G_THAT)) has_object = !leads_relative(&r->g[i + 2]);
    bool ends_incise = p->say != RCPI_NO_ROW && (i + 1 == end || r->g[i + 1].mark) && quote_closes_before(r, first, i);
    return after_name || has_object || ends_incise ? RCPI_TENSE_PRES : RCPI_TENSE_NONE;
  }
  return may_be_predicate(r, first, end, i) ? RCPI_TENSE_PRES : RCPI_TENSE_NONE;
}

static uint8_t settle(const reader *r, size_t first, size_t end, size_t i) {
  rcpi_gram *g = &r->g[i];
  const rcpi_token *k = &r->t->tokens[i];
  if (rcpi_gram_is(g, RCPI_G_MODAL) && !g->mark) return rcpi_gram_is(g, RCPI_G_COND) ? RCPI_TENSE_COND : RCPI_TENSE_PRES;
  if (!g->word->may || g->mark) return RCPI_TENSE_NONE;
  if (k->flags & RCPI_TOK_CAPITAL && !(k->flags & RCPI_TOK_INITIAL)) return RCPI_TENSE_NONE;
  if (rcpi_gram_is(g, RCPI_G_PREP | RCPI_G_SUB | RCPI_G_AND | RCPI_G_BUT) && !follows_subject(r, first, i)) return RCPI_TENSE_NONE;   /* entre */
  if (rcpi_gram_may(g, RCPI_TENSE_PP) && rcpi_gram_aux(r->g, first, i) != RCPI_NONE) {
    g->has_aux = true;
    return RCPI_TENSE_PP;
  }
  uint8_t inf = settle_infinitive(r, first, i);
  if (inf) return inf;
  if (rcpi_gram_may(g, RCPI_TENSE_PART)) {                      /* le commandant, l'exploitant */
    bool is_noun = i > first && rcpi_gram_is(&r->g[i - 1], RCPI_G_DET) && !r->g[i - 1].mark;
    return is_noun ? RCPI_TENSE_NONE : RCPI_TENSE_PART;
  }
  bool is_noun_too = (g->word->roles & ~(unsigned)RCPI_ROLE_TITLE) != 0;
  for (size_t n = 0; n < g->word->n_readings; n++) is_noun_too |= g->word->reading[n].is_noun_too;
  bool certain = follows_subject(r, first, i);
  if (!certain && stands_as_noun(r, first, i, is_noun_too)) return rcpi_gram_may(g, RCPI_TENSE_PP) ? RCPI_TENSE_PP : RCPI_TENSE_NONE;
  for (rcpi_tense t = RCPI_TENSE_FUT; t <= RCPI_TENSE_COND; t++)
    if (rcpi_gram_may(g, t)) return (uint8_t)t;
  if (rcpi_gram_may(g, RCPI_TENSE_IMPF)) return RCPI_TENSE_IMPF;
  if (rcpi_gram_may(g, RCPI_TENSE_PRES)) {
    uint8_t t = settle_present(r, first, end, i);
    if (t) return t;
  }
  if (rcpi_gram_may(g, RCPI_TENSE_PAST) && !(rcpi_gram_may(g, RCPI_TENSE_PP) && is_bare_participle(r, first, end, i))) return RCPI_TENSE_PAST;
  if (rcpi_gram_may(g, RCPI_TENSE_SUBJ) && !rcpi_gram_may(g, RCPI_TENSE_PRES)) return RCPI_TENSE_SUBJ;
  return rcpi_gram_may(g, RCPI_TENSE_PP) ? RCPI_TENSE_PP : RCPI_TENSE_NONE;
}

/* ---------------------------------------------------------------------------------------------------------- asides */

static bool opens_aside(const reader *r, size_t i) {
  if (rcpi_gram_is(&r->g[i], RCPI_G_REL) && !rcpi_gram_is(&r->g[i], RCPI_G_THAT)) return true;
  bool measures = i + 2 < r->t->n_tokens && rcpi_gram_is(&r->g[i + 1], RCPI_G_OF) && r->t->tokens[i + 2].kind == RCPI_TOK_NUMBER;   /* âgé de 34 ans */
  return measures || r->t->tokens[i].kind == RCPI_TOK_NUMBER || r->g[i].tense == RCPI_TENSE_PP || r->g[i].tense == RCPI_TENSE_PART;
}

static bool has_finite(const reader *r, size_t beg, size_t end) {
  for (size_t i = beg; i < end; i++)
    if (rcpi_gram_is_finite(&r->g[i])) return true;
  return false;
}

/* A verb at i or behind clitics and adverbs. */
static bool verb_follows(const reader *r, size_t i, size_t end) {
  while (i < end && rcpi_gram_is(&r->g[i], RCPI_G_CLITIC | RCPI_G_ADV) && !rcpi_gram_is_finite(&r->g[i])) i++;
  return i < end && rcpi_gram_is_finite(&r->g[i]);
}

enum { LONGEST_ASIDE = 30 };

/* Marks what stands in commas between a subject (no verb yet) and its verb. */
static void find_asides(const reader *r, size_t first, size_t end) {
  size_t beg = first;
  for (size_t i = first; i + 2 < end; i++) {
    char m = r->g[i].mark;
    if (rcpi_gram_is(&r->g[i], RCPI_G_THAT) || (m && m != ',' && m != '~')) beg = i + 1;
    if (m != ',' || r->t->tokens[i].quotation || i < beg + 1 || has_finite(r, beg, i) || !opens_aside(r, i + 1)) continue;
    for (size_t k = i + 2; k < end && k < i + LONGEST_ASIDE && (!r->g[k].mark || r->g[k].mark == ',' || r->g[k].mark == '~'); k++) {
      if (r->g[k].mark != ',' || !verb_follows(r, k + 1, end)) continue;
      for (size_t n = i + 1; n < k; n++) r->g[n].is_aside = true;
      i = k;
      break;
    }
  }
}

enum { LONGEST_WINDOW = 600 };

rcpi_window rcpi_gram_window(const rcpi_text *text, size_t token) {
  const rcpi_sentence *s = &text->sentences[text->tokens[token].sentence];
  uint32_t beg = s->token + ((uint32_t)token - s->token) / LONGEST_WINDOW * LONGEST_WINDOW;
  return (rcpi_window){beg, s->end_token - beg > LONGEST_WINDOW ? beg + LONGEST_WINDOW : s->end_token};
}

/* le gouvernement, de recensement: no adverb behind a determiner or preposition, whatever the ending. */
static void find_nouns(const reader *r) {
  for (size_t i = 0; i < r->t->n_tokens; i++) {
    if (!rcpi_gram_is(&r->g[i], RCPI_G_ADVERB_FORM)) continue;
    bool behind = i > 0 && !r->g[i - 1].mark && rcpi_gram_is(&r->g[i - 1], RCPI_G_DET | RCPI_G_NOUN | RCPI_G_PREP) &&
                  r->t->tokens[i].sentence == r->t->tokens[i - 1].sentence;
    if (!behind && !r->g[i].word->roles) continue;
    rcpi_word *noun = rcpi_new(r->a, rcpi_word);
    *noun = *r->g[i].word;
    noun->is &= ~RCPI_G_ADVERB_FORM;
    r->g[i].word = noun;
  }
}

rcpi_gram *rcpi_gram_read(rcpi_arena *a, const rcpi_text *text) {
  reader r = {.a = a, .t = text, .g = rcpi_array(a, rcpi_gram, text->n_tokens)};
  r.grammar = rcpi_lang_table(text->lang, "grammar");
  r.roles = rcpi_lang_table(text->lang, "roles");
  r.verbs = rcpi_lang_table(text->lang, "verbs");
  r.endings = rcpi_lang_table(text->lang, "verb_endings");
  r.forms = rcpi_lang_table(text->lang, "verb_forms");
  r.say = rcpi_lang_table(text->lang, "report_verbs");
  r.adverb = rcpi_lang_setting(text->lang, "adverb");
  rcpi_map seen = {.n = 0};
  RCPI_VEC(rcpi_word *) words = {0};
  for (size_t i = 0; i < text->n_tokens; i++) {
    bool is_new;
    /* a capital is kept in the key where it may tell: at the start of a sentence */
    rcp_str key = text->tokens[i].flags & RCPI_TOK_INITIAL ? rcpi_token_str(text, i) : text->tokens[i].lower;
    uint32_t *id = rcpi_map_put(a, &seen, key, (uint32_t)words.n, &is_new);
    if (is_new) rcpi_push(a, &words, read_word(&r, &text->tokens[i], key));
    r.g[i].word = words.p[*id];
    r.g[i].mark = mark_of(text, &text->tokens[i]);
  }
  find_nouns(&r);
  for (size_t at = 0; at < text->n_tokens;) {
    rcpi_window w = rcpi_gram_window(text, at);
    for (size_t i = w.beg; i < w.end; i++) r.g[i].tense = settle(&r, w.beg, w.end, i);
    find_asides(&r, w.beg, w.end);
    at = w.end;
  }
  return r.g;
}
