/* SPDX-License-Identifier: Apache-2.0 */
#include "mark/phrase.h"

rcpi_unit rcpi_unit_at(const rcpi_text *text, const rcpi_gram *gram, size_t i) {
  rcpi_window w = rcpi_gram_window(text, i);
  const rcpi_sentence *s = &text->sentences[text->tokens[i].sentence];
  return (rcpi_unit){text, text->tokens, gram, w.beg, w.end, text->paragraphs[s->paragraph].kind == RCPI_PAR_TITLE};
}

bool rcpi_unit_has_verb(const rcpi_unit *u, size_t beg, size_t end) {
  for (size_t i = beg; i < end; i++)
    if (rcpi_unit_finite(u, i)) return true;
  return false;
}

/* A finite verb that belongs to no relative clause of the phrase. */
bool rcpi_unit_has_main_verb(const rcpi_unit *u, rcpi_tokens np) {
  for (size_t i = np.token; i < np.end_token; i++) {
    if (rcpi_unit_is(u, i, RCPI_G_REL))
      while (i + 1 < np.end_token && u->g[i + 1].mark != ',') i++;
    else if (rcpi_unit_finite(u, i)) return true;
  }
  return false;
}

size_t rcpi_unit_words(const rcpi_unit *u, size_t beg, size_t end) {
  size_t n = 0;
  for (size_t i = beg; i < end; i++) n += rcpi_unit_word(u, i);
  return n;
}

static bool has_role(const rcpi_unit *u, size_t i, unsigned roles) {
  return i >= u->beg && i < u->end && (u->g[i].word->roles & roles);
}

bool rcpi_unit_opens_np(const rcpi_unit *u, size_t i) {
  if (!rcpi_unit_word(u, i)) return false;
  return rcpi_unit_is(u, i, RCPI_G_DET) || (rcpi_unit_capital(u, i) && !(u->k[i].flags & RCPI_TOK_ENCLITIC)) || has_role(u, i, RCPI_ROLE_TITLE);
}

size_t rcpi_unit_phrase(const rcpi_unit *u, const rcpi_table *t, size_t i, size_t *row_out) {
  size_t best = 0;
  for (size_t row = rcpi_table_find(t, u->k[i].lower); row < t->n_rows && rcpi_eq(rcpi_cell(t, row, 0), u->k[i].lower); row++) {
    size_t k = i + 1;
    rcp_str word, rest = rcpi_cell(t, row, 1);
    bool ok = true;
    while (ok && rest.n && rcpi_next_field(&rest, ' ', &word)) ok = k < u->end && rcpi_eq(u->k[k++].lower, word);
    if (ok && k > best) best = k, *row_out = row;
  }
  return best;
}

static rcpi_np np(size_t beg, size_t end, rcpi_np_kind kind) {
  return (rcpi_np){{(uint32_t)beg, (uint32_t)end}, end > beg || kind == RCPI_NP_SHARED ? kind : RCPI_NP_NONE};
}

static const rcpi_np no_np = {{0, 0}, RCPI_NP_NONE};

/* ------------------------------------------------------------------------------------------------------------ left */

static bool is_boundary(const rcpi_unit *u, size_t i) {
  char m = rcpi_unit_mark(u, i);
  return m && strchr(",;:.()<>?!", m);
}

/* Start of the run of words that ends before `end`: back to a mark, a conjunction or a verb. */
static size_t run_start(const rcpi_unit *u, size_t end, bool stop_at_verbs) {
  size_t i = end;
  while (i > u->beg && !is_boundary(u, i - 1) && !rcpi_unit_is(u, i - 1, RCPI_G_THAT | RCPI_G_SUB | RCPI_G_BUT) &&
         !(stop_at_verbs && rcpi_unit_finite(u, i - 1)))
    i--;
  return i;
}

/* What "qui" before a verb stands for: the run before it, with one piece that it is apposed to. */
static rcpi_np antecedent(const rcpi_unit *u, size_t who) {
  size_t end = who;
  if (end > u->beg && rcpi_unit_mark(u, end - 1) == ',') end--;
  size_t beg = run_start(u, end, true);
  if (beg > u->beg && rcpi_unit_mark(u, beg - 1) == ',') {
    size_t more = run_start(u, beg - 1, false);
    if (rcpi_unit_opens_np(u, more) && !rcpi_unit_has_verb(u, more, beg)) beg = more;
  }
  bool is_led = u->g[beg].tense || (rcpi_unit_is(u, beg, RCPI_G_PREP) && !rcpi_unit_is(u, beg, RCPI_G_DET));
  while (is_led && beg + 1 < end && !rcpi_unit_opens_np(u, beg)) beg++;       /* selon l'agence, qui cite */
  return np(beg, end, RCPI_NP_FULL);
}

/* Steps back over ", ... ," or "- ... -" that stands between subject and verb; gives the new end of the subject. */
static size_t over_aside(const rcpi_unit *u, size_t end) {
  char m = rcpi_unit_mark(u, end - 1);
  if (m == ',') return end - 1;
  if (m != '-' && m != ')') return end;
  size_t i = end - 1;
  char open = m == ')' ? '(' : '-';
  while (i > u->beg && rcpi_unit_mark(u, i - 1) != open) i--;
  return i > u->beg + 1 ? i - 1 : end;
}

/* and airport director Mark Gale said: a name among the next words, and no comma back to the verb before. */
static bool name_follows(const rcpi_unit *u, size_t i, size_t end) {
  for (size_t k = i; k < end && k < i + 4 && !u->g[k].mark; k++)
    if (rcpi_unit_capital(u, k)) return true;
  return false;
}

/* Where the clause that holds tokens before `end` begins. */
static size_t clause_start(const rcpi_unit *u, size_t end) {
  size_t depth = 0, i = end;
  for (; i > u->beg; i--) {
    char m = rcpi_unit_mark(u, i - 1);
    if (m == ')' || m == '>') depth++;
    else if (m == '(' || m == '<') {
      if (depth == 0) break;
      depth--;
    }
    if (depth) continue;
    if (m == ';' || m == ':' || m == '.' || m == '?' || m == '!') break;
    if (m == '-' && i < end) break;
    bool before_who = rcpi_unit_is(u, i, RCPI_G_WHO);
    if (rcpi_unit_is(u, i - 1, RCPI_G_THAT | RCPI_G_SUB | RCPI_G_BUT | RCPI_G_REL) && !before_who && !rcpi_unit_is(u, i - 1, RCPI_G_WHO) && !rcpi_unit_is(u, i - 1, RCPI_G_PREP)) break;
    bool joins_clause = rcpi_unit_is(u, i - 1, RCPI_G_AND) && i < end && rcpi_unit_has_verb(u, u->beg, i - 1);
    if (joins_clause && (rcpi_unit_opens_np(u, i) || name_follows(u, i, end))) break;
  }
  return i;
}

/* May the piece stand before a subject: a place, a time, a participle, a clause? */
static bool is_lead(const rcpi_unit *u, size_t beg, size_t end) {
  if (rcpi_unit_is(u, beg, RCPI_G_LEAD) || rcpi_unit_is(u, end - 1, RCPI_G_TIME)) return true;
  bool counts = rcpi_unit_is(u, beg, RCPI_G_DET | RCPI_G_NUMBER) || u->k[beg].kind == RCPI_TOK_NUMBER;
  if (counts && rcpi_unit_is(u, beg + 1, RCPI_G_TIME) && end - beg > 2) return true;   /* le soir même, trois jours après */
  if (u->g[beg].tense == RCPI_TENSE_PART || u->g[beg].tense == RCPI_TENSE_PP || rcpi_gram_is(&u->g[beg], RCPI_G_ADVERB_FORM)) return true;
  return rcpi_unit_has_verb(u, beg, end);
}

static bool is_loose(const rcpi_unit *u, size_t i) {
  return rcpi_unit_is(u, i, RCPI_G_ADV | RCPI_G_TIME | RCPI_G_ADVERB_FORM | RCPI_G_BUT | RCPI_G_AND) || rcpi_unit_mark(u, i) == '<' ||
         rcpi_unit_mark(u, i) == '#';
}

/* "de son côté Bangkok": words of the aside at i, or 0. */
static size_t aside_words(const rcpi_unit *u, size_t i, size_t end) {
  return i + 3 < end && rcpi_unit_is(u, i, RCPI_G_PREP) && rcpi_unit_is(u, i + 2, RCPI_G_RATHER) ? 3 : 0;
}

/* Cuts leading pieces off [beg, end). */
static size_t drop_leads(const rcpi_unit *u, size_t beg, size_t end) {
  for (;;) {
    size_t comma = beg;
    while (comma < end && rcpi_unit_mark(u, comma) != ',') comma++;
    if (comma + 1 >= end || (comma > beg && !is_lead(u, beg, comma))) break;
    beg = comma + 1;
  }
  while (beg + 1 < end && is_loose(u, beg)) beg++;
  beg += aside_words(u, beg, end);
  while (beg + 1 < end && u->g[beg].mark) beg++;
  return beg;
}

rcpi_np rcpi_np_left(const rcpi_unit *u, size_t i) {
  size_t end = i;
  while (end > u->beg && rcpi_unit_is(u, end - 1, RCPI_G_ADV | RCPI_G_ADVERB_FORM) && !rcpi_unit_is(u, end - 1, RCPI_G_TONIC)) end--;
  if (end > u->beg + 2 && rcpi_unit_is(u, end - 1, RCPI_G_RATHER) && rcpi_unit_is(u, end - 3, RCPI_G_PREP)) end -= 3;
  if (end == u->beg) return no_np;
  if (rcpi_unit_is(u, end - 1, RCPI_G_PRON)) return np(end - 1, end, RCPI_NP_PRONOUN);
  if (rcpi_unit_is(u, end - 1, RCPI_G_SUBJ) && !rcpi_unit_is(u, end - 1, RCPI_G_WHO)) return np(end - 1, end, RCPI_NP_FULL);
  if (rcpi_unit_is(u, end - 1, RCPI_G_WHO)) return antecedent(u, end - 1);
  if (rcpi_unit_is(u, end - 1, RCPI_G_AND | RCPI_G_BUT)) return np(end, end, RCPI_NP_SHARED);
  char m = rcpi_unit_mark(u, end - 1);
  if (m == '>' || m == ';' || m == '.' || m == '?' || m == '!') return no_np;
  if (m == ':') return u->is_title ? np(u->beg, end - 1, RCPI_NP_FULL) : no_np;
  end = over_aside(u, end);
  size_t beg = drop_leads(u, clause_start(u, end), end);
  return np(beg, end, RCPI_NP_FULL);
}

/* ----------------------------------------------------------------------------------------------------------- right */

static bool is_letters(const rcpi_unit *u, size_t i) {
  return i < u->end && (u->k[i].flags & RCPI_TOK_CAPITALS) != 0;
}

/* End of the prepositional phrase at i, before the noun phrase that follows it: à l'AFP | le ministre. */
static size_t after_addressee(const rcpi_unit *u, size_t i) {
  size_t k = i + 1, limit = i + 8;
  while (rcpi_unit_is(u, k, RCPI_G_DET | RCPI_G_PREP)) k++;
  bool in_name = rcpi_unit_capital(u, k), in_letters = is_letters(u, k);
  if (!rcpi_unit_word(u, k)) return k;
  for (k++; k < u->end && k < limit && rcpi_unit_word(u, k); k++) {
    if (rcpi_unit_is(u, k, RCPI_G_DET) || has_role(u, k, RCPI_ROLE_TITLE)) return k;
    if (in_letters && rcpi_unit_capital(u, k) && !is_letters(u, k)) return k;   /* à l'AFP | Paul Noël */
    if (rcpi_unit_capital(u, k) && !in_name && !rcpi_unit_is(u, k - 1, RCPI_G_PREP)) return k;
  }
  return k;
}

static size_t skip_between(const rcpi_unit *u, size_t i) {
  for (int n = 0; n < 8 && i < u->end; n++) {
    if (rcpi_unit_is(u, i, RCPI_G_TIME | RCPI_G_ADV | RCPI_G_ADVERB_FORM) && !rcpi_unit_is(u, i, RCPI_G_TONIC)) i++;
    else if (rcpi_unit_is(u, i, RCPI_G_PREP) && (rcpi_unit_is(u, i + 2, RCPI_G_RATHER) || rcpi_unit_is(u, i + 2, RCPI_G_TONIC))) i += 3;
    else if (rcpi_unit_is(u, i, RCPI_G_ART) && rcpi_unit_is(u, i + 1, RCPI_G_TIME) && i + 2 < u->end) i += 2;
    else if (rcpi_unit_is(u, i, RCPI_G_PREP) && !rcpi_unit_is(u, i, RCPI_G_DET)) i = after_addressee(u, i);
    else if (rcpi_unit_mark(u, i) == ',') {
      size_t m = i + 1;
      while (m < u->end && m < i + 9 && !is_boundary(u, m) && !rcpi_unit_finite(u, m)) m++;
      if (n > 0 && !rcpi_unit_is(u, i + 1, RCPI_G_PREP | RCPI_G_TIME | RCPI_G_SUB)) return i;
      if (rcpi_unit_mark(u, m) != ',' || !rcpi_unit_opens_np(u, m + 1)) return i;
      i = m + 1;
    } else {
      return i;
    }
  }
  return i;
}

/* le maire d'Autun, une jeune porte-parole, l'un des élus: a role near the head of the phrase. */
static bool names_role(const rcpi_unit *u, size_t beg, size_t end) {
  for (size_t i = beg; i < end && i < beg + 4; i++)
    if (u->g[i].word->roles & ~(unsigned)RCPI_ROLE_DOC) return true;
  return false;
}

/* Does the comma at i open an apposition to the phrase before it? Gives its end, or i. */
static size_t apposition(const rcpi_unit *u, size_t i) {
  size_t beg = i + 1, end = beg;
  while (end < u->end && !is_boundary(u, end)) end++;
  bool opens = (rcpi_unit_capital(u, beg) && !rcpi_unit_is(u, beg, RCPI_G_BUT)) || has_role(u, beg, RCPI_ROLE_PERSON | RCPI_ROLE_ANON) ||
               (rcpi_unit_is(u, beg, RCPI_G_DET) && names_role(u, beg, end));
  if (!opens || end - beg > 12 || rcpi_unit_has_verb(u, beg, end) || u->g[beg].tense == RCPI_TENSE_PART) return i;
  return end;
}

static bool joins_names(const rcpi_unit *u, size_t and) {
  return rcpi_unit_opens_np(u, and + 1) && !rcpi_unit_has_verb(u, and + 1, and + 6 < u->end ? and + 6 : u->end);
}

/* résultats communiqués | à 22 heures | par la mairie: where the agent of a participle stands, or k. */
static size_t late_agent(const rcpi_unit *u, size_t k) {
  for (size_t n = k; n < u->end && n < k + 7 && rcpi_unit_word(u, n) && !rcpi_unit_finite(u, n); n++)
    if (rcpi_unit_is(u, n, RCPI_G_AGENT) && !rcpi_unit_is(u, n, RCPI_G_DET) && rcpi_unit_opens_np(u, n + 1)) return n;
  return k;
}

rcpi_np rcpi_np_right(const rcpi_unit *u, size_t i, bool may_skip) {
  if (may_skip) i = skip_between(u, i);
  if (!rcpi_unit_word(u, i)) return no_np;
  if (rcpi_unit_is(u, i, RCPI_G_TONIC | RCPI_G_PRON)) return np(i, i + 1, RCPI_NP_PRONOUN);
  size_t k = i;
  for (; k < u->end; k++) {
    char m = u->g[k].mark;
    if (m == ',') {
      size_t next = apposition(u, k);
      k = next;
      break;
    }
    if (m == '<' && k == i) continue;
    if (m && m != '~' && m != '#') break;
    if (k == i) continue;
    if (rcpi_unit_is(u, k, RCPI_G_REL | RCPI_G_THAT | RCPI_G_NE)) break;
    if (rcpi_unit_is(u, k, RCPI_G_AGENT) && u->g[k - 1].tense == RCPI_TENSE_PP && rcpi_unit_opens_np(u, k + 1)) continue;   /* chiffres publiés par X */
    size_t agent = u->g[k - 1].tense == RCPI_TENSE_PP && !u->g[k - 1].has_aux ? late_agent(u, k) : k;
    if (agent > k) { k = agent; continue; }
    if (rcpi_unit_is(u, k, RCPI_G_STOPNP) && !(rcpi_unit_is(u, k, RCPI_G_PREP) && k == i + 1)) break;
    if (rcpi_unit_is(u, k, RCPI_G_AND) && !joins_names(u, k)) break;
    if (rcpi_unit_finite(u, k) || u->g[k].tense == RCPI_TENSE_PART) break;
  }
  return np(i, k, RCPI_NP_FULL);
}

enum { LONGEST_SUBJECT = 16 };

/* While X slept, Y left: behind the clause that the sentence begins with. */
static size_t main_start(const rcpi_unit *u, size_t upto) {
  if (!rcpi_unit_is(u, u->beg, RCPI_G_SUB | RCPI_G_CONTRAST | RCPI_G_IF)) return u->beg;
  bool has_verb = false;
  for (size_t i = u->beg; i < upto; i++) {
    has_verb |= rcpi_unit_finite(u, i);
    if (u->g[i].mark == ',' && has_verb && rcpi_unit_has_verb(u, i + 1, upto)) return i + 1;
  }
  return u->beg;
}

rcpi_np rcpi_np_main(const rcpi_unit *u, size_t upto) {
  size_t verb = main_start(u, upto);
  while (verb < upto && (!rcpi_unit_finite(u, verb) || rcpi_unit_quoted(u, verb))) verb++;
  size_t beg = verb;
  while (beg > u->beg && rcpi_unit_is(u, beg - 1, RCPI_G_CLITIC) && !rcpi_unit_is(u, beg - 1, RCPI_G_SUBJ)) beg--;
  rcpi_np left = beg < upto ? rcpi_np_left(u, beg) : no_np;
  if ((left.kind == RCPI_NP_FULL || left.kind == RCPI_NP_PRONOUN) && left.at.end_token - left.at.token < LONGEST_SUBJECT) return left;
  if (!rcpi_unit_opens_np(u, u->beg) || rcpi_unit_is(u, u->beg, RCPI_G_PREP | RCPI_G_SUB | RCPI_G_STOPNP)) return no_np;
  rcpi_np first = rcpi_np_right(u, u->beg, false);
  return first.kind == RCPI_NP_FULL && first.at.end_token <= upto ? first : no_np;
}
