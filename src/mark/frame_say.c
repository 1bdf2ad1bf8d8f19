/*
 * Verbs of saying: X dit que C · C, dit X · « C », a-t-il dit · X dit : « C » · X dit avoir ... · ..., disant que C ·
 * X exige C. English has the same forms, and leaves "that" out: X said C · C, X said.
 *
 * For each verb the words behind it tell the form (ahead), then who: a phrase to the right (inversion), or the subject to
 * the left; a participle shares the source of the cue before it. Refused: negation (n'a pas précisé), a clause behind
 * words such as plus, alors, avant (notthat), an object between verb and que (a donné l'assurance que is no cue of
 * donner), a verb inside a quotation unless it is an incise there.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mark/frame.h"

static rcpi_tokens range(size_t beg, size_t end) { return (rcpi_tokens){(uint32_t)beg, (uint32_t)end}; }
static const rcpi_tokens nowhere = {0, 0};

/* What stands behind a verb of saying, over days, addressees and places. */
typedef struct ahead {
  size_t at;                   /* the token that decides */
  bool that, colon, quote, infinitive, number, quotes;   /* quotes: soon */
} ahead;

enum { REACH = 14, REACH_OBJECT = 6 };

static bool is_full_infinitive(const rcpi_unit *u, size_t i) {
  return u->g[i].tense == RCPI_TENSE_INF && u->g[i].word->n_readings && u->g[i].word->reading[0].is_aux;
}

static bool has_quotation(const rcpi_unit *u, size_t beg, size_t end) {
  for (size_t i = beg; i < end && i < u->end; i++)
    if (u->g[i].mark == '<') return true;
  return false;
}

/* Over words that are no boundary, up to `most`. */
static size_t plain_words(const rcpi_unit *u, size_t k, size_t most) {
  while (k < u->end && k < most && (!u->g[k].mark || u->g[k].mark == '~') && !rcpi_unit_is(u, k, RCPI_G_THAT | RCPI_G_AND | RCPI_G_BUT) &&
         !rcpi_unit_finite(u, k) && !is_full_infinitive(u, k))
    k++;
  return k;
}

/* From the verb to the token that may decide; over asides too: a déclaré, lundi soir, devant la presse, que. */
static size_t walk(const rcpi_unit *u, const rcpi_say *s) {
  size_t first = plain_words(u, s->end, s->end + (s->takes == RCPI_TAKES_OBJECT ? REACH_OBJECT : REACH)), k = first;
  if (rcpi_unit_mark(u, k) == ',' && rcpi_unit_is(u, k + 1, RCPI_G_THAT)) return k < s->end + 4u ? k + 1 : k;
  for (int asides = 0; asides < 3 && k < u->end && u->g[k].mark == ','; asides++) {
    if (rcpi_unit_mark(u, k + 1) == '<' && !has_quotation(u, u->beg, s->beg)) return k + 1;
    size_t m = plain_words(u, k + 1, k + REACH);
    if (rcpi_unit_mark(u, m) == ':' && rcpi_unit_mark(u, m + 1) == '<') return m;
    if (rcpi_unit_mark(u, m) == ',' && rcpi_unit_is(u, m + 1, RCPI_G_THAT)) return m + 1;
    if (rcpi_unit_mark(u, m) == ',' && rcpi_unit_mark(u, m + 1) == '<') return m + 1;
    k = m;
  }
  return first;
}

/* A determiner right behind the verb is an object, and no que belongs to the verb, but for addressees and dates. */
static bool has_object(const rcpi_unit *u, const rcpi_say *s, size_t k) {
  if (k <= s->end || !rcpi_unit_is(u, s->end, RCPI_G_DET)) return false;
  char m = rcpi_unit_mark(u, k);
  if ((m == '<' || m == ':') && k <= s->end + 4u) return false;
  if (s->has_addressee && rcpi_unit_is(u, k, RCPI_G_THAT)) return false;
  for (size_t i = s->end; i < k; i++)
    if (rcpi_unit_is(u, i, RCPI_G_TIME)) return false;
  return true;
}

static ahead look_ahead(const rcpi_unit *u, const rcpi_say *s) {
  size_t k = walk(u, s);
  char m = k < u->end ? u->g[k].mark : 0;
  bool decides = k < u->end && (rcpi_unit_is(u, k, RCPI_G_THAT) || m == ':' || is_full_infinitive(u, k) || (m == '<' && k < s->end + 8));
  if (!decides || has_object(u, s, k)) k = s->end;
  ahead x = {.at = k};
  if (k >= u->end) return x;
  m = u->g[k].mark;
  x.that = rcpi_unit_is(u, k, RCPI_G_THAT) && !s->is_only && !(k > s->end && rcpi_unit_is(u, k - 1, RCPI_G_NOTTHAT));
  x.colon = m == ':';
  x.quote = m == '<';
  size_t i = s->end;
  for (size_t n = i; n < u->end && n < s->end + 10u && (!u->g[n].mark || u->g[n].mark == '<'); n++)
    x.quotes |= u->g[n].mark == '<', x.number |= u->k[n].kind == RCPI_TOK_NUMBER || (rcpi_unit_is(u, n, RCPI_G_NUMBER) && !rcpi_unit_is(u, n, RCPI_G_NOUN));
  while (i < u->end && rcpi_unit_is(u, i, RCPI_G_ADV | RCPI_G_ADVERB_FORM | RCPI_G_CLITIC | RCPI_G_NOT)) i++;
  i += rcpi_unit_is(u, i, RCPI_G_PREP) && rcpi_unit_is(u, i + 2, RCPI_G_RATHER) ? 3 : 0;
  x.infinitive = i < u->end && u->g[i].tense == RCPI_TENSE_INF;
  if (x.infinitive) x.at = i;
  return x;
}

static rcpi_frame *add(rcpi_framing *f, const rcpi_say *s, rcpi_frame_form form, size_t cue_end, rcpi_tokens source, rcpi_tokens content) {
  rcpi_frame *x = rcpi_frame_add(f, form, range(s->beg, cue_end), source, content);
  if (x) x->stance = s->stance, x->is_past = s->is_past;
  return x;
}

/* ---------------------------------------------------------------------------------------------------------- incise */

static bool is_after_quote(const rcpi_unit *u, size_t i) {
  if (i == u->beg) return false;
  char m = rcpi_unit_mark(u, i - 1);
  return m == '>' || (m == ',' && i - 1 > u->beg && rcpi_unit_mark(u, i - 2) == '>');
}

/* A finite verb that belongs to no relative clause of the phrase. */
static bool has_main_verb(const rcpi_unit *u, rcpi_tokens np) {
  for (size_t i = np.token; i < np.end_token; i++) {
    if (rcpi_unit_is(u, i, RCPI_G_REL))
      while (i + 1 < np.end_token && u->g[i + 1].mark != ',') i++;
    else if (rcpi_unit_finite(u, i)) return true;
  }
  return false;
}

/* No verb before ", note": the words before it may be its subject with an apposition: Paul Noël, juge à Autun, note. */
static bool is_own_subject(const rcpi_unit *u, const rcpi_say *s) {
  if (has_main_verb(u, range(u->beg, s->beg))) return false;
  if (s->also_object) return true;
  size_t comma = u->beg;
  while (comma < s->beg && u->g[comma].mark != ',') comma++;
  if (comma + 1 >= s->beg || u->is_title) return false;         /* one piece only: what is said */
  for (size_t i = u->beg; i < comma; i++)
    if ((rcpi_unit_capital(u, i) && !(u->k[i].flags & RCPI_TOK_INITIAL)) || u->g[i].word->roles) return true;
  return false;
}

static bool is_incise(const rcpi_framing *f, const rcpi_say *s, const ahead *x, rcpi_np *source) {
  const rcpi_unit *u = &f->u;
  if (s->form != RCPI_SAY_FINITE || s->is_negated || s->beg == u->beg) return false;
  if (s->enclitic) return true;
  char m = rcpi_unit_mark(u, s->beg - 1);
  if (s->takes == RCPI_TAKES_OBJECT && !is_after_quote(u, s->beg)) return false;
  if (m == ',' && !is_after_quote(u, s->beg) && is_own_subject(u, s)) return false;
  if (!(m == ',' || m == '>' || m == '"' || m == '!' || m == '?' || m == '-') || x->that || s->end >= u->end) return false;
  if (u->g[s->end].mark == ':' || u->g[s->end].mark == '<') return false;
  *source = rcpi_np_right(u, s->end, true);
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
    if (u->g[k].mark == ';') lo = k + 1;
  return lo;
}

/* Does speech go on behind an incise that ends at `end`? */
static bool goes_on(const rcpi_framing *f, size_t lo, size_t hi, size_t end) {
  const rcpi_unit *u = &f->u;
  if (rcpi_unit_mark(u, end) != ',' || end + 1 >= u->end) return false;
  size_t n = end + 1;
  if (rcpi_unit_is(u, n, RCPI_G_RESUME)) return true;
  if (rcpi_unit_is(u, n, RCPI_G_AND | RCPI_G_BUT | RCPI_G_CONTRAST | RCPI_G_WHO | RCPI_G_PREP) && !rcpi_unit_quoted(u, n)) return false;
  return u->g[n].tense != RCPI_TENSE_PART && !rcpi_unit_has_verb(u, lo, hi);
}

static void add_incise(rcpi_framing *f, const rcpi_say *s, rcpi_tokens source) {
  const rcpi_unit *u = &f->u;
  size_t end = source.end_token > s->end ? source.end_token : s->end;
  if (rcpi_unit_quoted(u, s->beg)) {                           /* «C, a confié X. C» */
    add(f, s, RCPI_FRAME_INCISE, s->end, source, rcpi_frame_quotation(f, s->beg));
    return;
  }
  size_t lo = content_start(f, s->beg), hi = s->beg;
  if (is_after_quote(u, s->beg)) {
    size_t first = lo;
    while (first < hi && u->g[first].mark != '<') first++;
    bool is_led_in = first > lo && rcpi_unit_word(u, first - 1) && first < hi;
    if (first < hi && !is_led_in) lo = first;
  } else if (goes_on(f, lo, hi, end)) {
    hi = u->end;
  }
  add(f, s, RCPI_FRAME_INCISE, s->end, source, range(lo, hi));
  size_t next = end;
  while (next < u->end && next < end + 3 && u->g[next].mark && u->g[next].mark != '<') next++;
  if (rcpi_unit_mark(u, next) == '<') add(f, s, RCPI_FRAME_INCISE, s->end, source, rcpi_frame_quotation(f, next));
}

static bool try_incise(rcpi_framing *f, const rcpi_say *s, const ahead *x) {
  rcpi_np np = {nowhere, RCPI_NP_NONE};
  if (!is_incise(f, s, x, &np)) return false;
  rcpi_tokens source = s->enclitic ? enclitic_source(f, s) : np.at;
  if (s->wants_from) source = from_source(f, s);
  if (rcpi_tokens_any(source) || !s->wants_from) add_incise(f, s, source);
  return true;
}

/* --------------------------------------------------------------------------------------------------------- subject */

/* The source of a coordinated verb: that of the cue before it, else the main subject. */
static rcpi_tokens shared_source(const rcpi_framing *f, size_t i) {
  const rcpi_frame *before = rcpi_frame_before(f, i);
  if (before && before->form != RCPI_FRAME_ACCORDING && before->form != RCPI_FRAME_INCISE && before->cue.end_token < i) return before->source;
  rcpi_np main = rcpi_np_main(&f->u, i);
  return main.kind == RCPI_NP_NONE ? nowhere : main.at;
}

/* À la préfecture, on confirme que; du côté des organisateurs, on: the place speaks. */
static rcpi_tokens place_of_one(const rcpi_framing *f, size_t one) {
  const rcpi_unit *u = &f->u;
  size_t comma = one;
  while (comma > u->beg && u->g[comma - 1].mark == '~') comma--;
  if (comma == u->beg || u->g[comma - 1].mark != ',') return nowhere;
  size_t end = comma - 1, beg = end;
  while (beg > u->beg && !u->g[beg - 1].mark) beg--;
  bool is_side = rcpi_unit_is(u, beg + 1, RCPI_G_RATHER);         /* du côté de */
  if (!rcpi_unit_is(u, beg, RCPI_G_AT) && !is_side) return nowhere;
  beg += is_side ? 3 : 1;
  while (beg + 1 < end && rcpi_unit_is(u, beg, RCPI_G_OF)) beg++;
  return end > beg ? range(beg, end) : nowhere;
}

/* X menaçait de partir, les soldats se disaient prêts: behind the last comma, when a phrase without a verb stands there. */
static rcpi_tokens last_piece(const rcpi_unit *u, rcpi_tokens np) {
  size_t beg = np.end_token;
  while (beg > np.token && u->g[beg - 1].mark != ',') beg--;
  bool fits = beg > np.token && beg < np.end_token && rcpi_unit_opens_np(u, beg) && !rcpi_unit_has_verb(u, beg, np.end_token);
  return fits ? range(beg, np.end_token) : np;
}

static rcpi_tokens subject_of(const rcpi_framing *f, const rcpi_say *s) {
  rcpi_np np = rcpi_np_left(&f->u, s->beg);
  if (np.kind == RCPI_NP_PRONOUN && rcpi_unit_is(&f->u, np.at.token, RCPI_G_ONE)) return place_of_one(f, np.at.token);
  if (np.kind == RCPI_NP_FULL && has_main_verb(&f->u, np.at)) np.at = last_piece(&f->u, np.at);
  bool has_own_verb = np.kind == RCPI_NP_FULL && has_main_verb(&f->u, np.at);        /* X condamne A, évoque B */
  if (np.kind == RCPI_NP_SHARED || has_own_verb) return shared_source(f, s->beg);
  return np.kind == RCPI_NP_NONE ? nowhere : np.at;
}

static rcpi_tokens participle_source(const rcpi_framing *f, const rcpi_say *s) {
  const rcpi_unit *u = &f->u;
  if (!rcpi_unit_has_verb(u, u->beg, s->beg)) {                 /* Évoquant l'accord, X a dit */
    rcpi_np later = s->beg == u->beg ? rcpi_np_main(u, u->end) : (rcpi_np){nowhere, RCPI_NP_NONE};
    if (later.kind != RCPI_NP_NONE) return later.at;
  }
  bool touches = s->beg > u->beg && rcpi_unit_word(u, s->beg - 1) && !s->is_gerund &&
                 !rcpi_unit_is(u, s->beg - 1, RCPI_G_AND | RCPI_G_CLITIC | RCPI_G_ADV | RCPI_G_DET);
  if (touches) {                                               /* Phnom Penh annonçant que */
    rcpi_np np = rcpi_np_left(u, s->beg);
    bool is_short = np.kind == RCPI_NP_FULL && np.at.end_token - np.at.token <= 6;
    if (is_short && !rcpi_unit_has_verb(u, np.at.token, np.at.end_token) && rcpi_unit_opens_np(u, np.at.token)) return np.at;
  }
  const rcpi_frame *before = rcpi_frame_before(f, s->beg);
  if (before && before->form != RCPI_FRAME_ACCORDING) return before->source;
  rcpi_np main = rcpi_np_main(u, s->beg);
  return main.kind == RCPI_NP_NONE ? nowhere : main.at;
}

/* ------------------------------------------------------------------------------------------------------- the forms */

/* A finite verb before the next mark. */
static bool clause_follows(const rcpi_unit *u, size_t i) {
  size_t stop = i;
  while (stop < u->end && (!u->g[stop].mark || u->g[stop].mark == '~')) stop++;
  return rcpi_unit_has_verb(u, i, stop);
}

static void add_participle(rcpi_framing *f, const rcpi_say *s, const ahead *x, bool bare) {
  const rcpi_unit *u = &f->u;
  bool has_quote = x->quote || x->colon;
  if (x->that && s->takes == RCPI_TAKES_QUOTE && !(s->also_quoted && has_quotation(u, x->at, x->at + REACH))) return;
  bool fits = x->that || has_quote || x->infinitive || s->also_object || (bare && s->takes == RCPI_TAKES_THAT && clause_follows(u, s->end));
  if (!fits || (s->takes == RCPI_TAKES_QUOTE && !has_quote && !s->also_object && !x->that)) return;
  bool by_object = s->also_object && !x->that && !has_quote && !x->infinitive;
  size_t lo = s->also_object && !x->that ? s->beg : s->end;
  size_t hi = by_object ? rcpi_frame_object_scope(f, s->end) : rcpi_frame_scope(f, x->that ? x->at : s->end);
  add(f, s, RCPI_FRAME_PARTICIPLE, s->end, participle_source(f, s), range(lo, hi));
}

/* affirmation démentie par X, offre qualifiée d'« indigne » par X: back to a mark, with what the participle belongs to. */
static void add_agent(rcpi_framing *f, const rcpi_say *s) {
  const rcpi_unit *u = &f->u;
  rcpi_np np = rcpi_np_right(u, s->agent + 1, false);
  if (np.kind == RCPI_NP_FULL && rcpi_unit_mark(u, np.at.end_token) == ':' && rcpi_unit_mark(u, np.at.end_token + 1) == '<') {
    add(f, s, RCPI_FRAME_QUOTE, s->agent + 1, np.at, rcpi_frame_quotation(f, np.at.end_token + 1));
    return;
  }
  bool takes_sides = s->stance == RCPI_STANCE_DENY || s->stance == RCPI_STANCE_DOUBT;
  for (size_t i = s->end; i < s->agent; i++) takes_sides |= u->g[i].mark == '<';
  if (s->agent > s->end + 1u && !rcpi_unit_mark(u, s->agent - 1) && !takes_sides) return;
  if (np.kind != RCPI_NP_FULL || !takes_sides || !s->also_object) return;
  size_t lo = s->beg;
  while (lo > u->beg && !u->g[lo - 1].mark && !rcpi_unit_finite(u, lo - 1)) lo--;
  rcpi_frame *x = rcpi_frame_add(f, RCPI_FRAME_OBJECT, range(s->beg, s->agent + 1), np.at, range(lo, np.at.end_token));
  if (x) x->stance = s->stance;
}

/* Et X de rétorquer : « C » · X tient à préciser que C */
static void add_infinitive(rcpi_framing *f, const rcpi_say *s, const ahead *x) {
  const rcpi_unit *u = &f->u;
  if (s->beg == u->beg) return;
  if (rcpi_unit_is(u, s->beg - 1, RCPI_G_OF) && x->colon) {
    rcpi_np np = rcpi_np_left(u, s->beg - 1);
    const rcpi_frame *last = rcpi_frame_speaker(f);
    rcpi_tokens source = np.kind == RCPI_NP_FULL ? np.at : last ? last->source : nowhere;
    add(f, s, RCPI_FRAME_QUOTE, s->end, source, range(x->at, u->end));
    return;
  }
  for (size_t k = s->beg; k-- > u->beg && k + 4 > s->beg && !u->g[k].mark;) {
    const rcpi_gram *g = &u->g[k];
    if (!rcpi_unit_finite(u, k) && !(g->tense == RCPI_TENSE_PP && g->has_aux)) continue;
    if (!g->word->n_readings || !rcpi_gram_is(g, RCPI_G_GOVERNS)) return;
    size_t beg = g->has_aux ? rcpi_gram_aux(u->g, u->beg, k) : k;
    rcpi_say whole = *s;
    while (beg > u->beg && rcpi_unit_is(u, beg - 1, RCPI_G_CLITIC)) {
      if (rcpi_unit_is(u, beg - 1, RCPI_G_NE)) return;
      beg--;
    }
    whole.beg = (uint32_t)beg;
    whole.form = RCPI_SAY_FINITE;
    whole.is_past = g->has_aux || g->tense == RCPI_TENSE_PAST || g->tense == RCPI_TENSE_IMPF;
    if (try_incise(f, &whole, x) || (!x->that && !x->quote && !x->colon)) return;
    add(f, &whole, RCPI_FRAME_THAT, x->at + x->that, subject_of(f, &whole), range(x->at + x->that, rcpi_frame_scope(f, x->at)));
    return;
  }
}

static void add_quote(rcpi_framing *f, const rcpi_say *s, const ahead *x, rcpi_tokens source) {
  const rcpi_unit *u = &f->u;
  size_t lo = x->at, hi;
  if (x->colon) {
    bool is_quoted = rcpi_unit_mark(u, x->at + 1) == '<';
    if (!is_quoted && (x->at > s->end + 3u || s->takes == RCPI_TAKES_OBJECT)) return;
    hi = is_quoted ? rcpi_frame_quotation(f, x->at + 1).end_token : rcpi_frame_scope(f, x->at);
  } else {
    hi = rcpi_frame_scope(f, x->at);
    if ((s->also_object || s->also_quoted) && x->at > s->end) lo = s->beg;
    if (s->takes == RCPI_TAKES_OBJECT) lo = s->beg;
  }
  add(f, s, lo == s->beg ? RCPI_FRAME_OBJECT : RCPI_FRAME_QUOTE, s->end, source, range(lo, hi));
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
static bool add_trailing(rcpi_framing *f, const rcpi_say *s) {
  const rcpi_unit *u = &f->u;
  size_t end = s->end;
  while (end < u->end && !strchr(",.<;", u->g[end].mark ? u->g[end].mark : '~')) end++;
  if (rcpi_unit_has_verb(u, s->end, end)) return false;
  size_t start = trailing_subject(u, s->beg), hi = start, lo = content_start(f, start);
  bool is_phrase = !rcpi_unit_is(u, start, RCPI_G_PREP | RCPI_G_SUB | RCPI_G_AND | RCPI_G_REL) || rcpi_unit_is(u, start, RCPI_G_DET);
  if (start == u->beg || start == s->beg || !is_phrase || rcpi_unit_has_verb(u, start, s->beg)) return false;
  bool after_quote = rcpi_unit_mark(u, start - 1) == '>';
  if (s->takes == RCPI_TAKES_QUOTE && !after_quote) return false;
  if (!after_quote && !rcpi_unit_has_verb(u, lo, hi) && rcpi_unit_words(u, lo, hi) < 4) return false;
  if (after_quote) {
    size_t first = lo;
    while (first < hi && u->g[first].mark != '<') first++;
    if (first == lo || !rcpi_unit_word(u, first - 1)) lo = first;
  }
  rcpi_tokens source = range(start, s->beg);
  add(f, s, RCPI_FRAME_INCISE, end, source, range(lo, hi));
  if (end < u->end && u->g[end].mark == ',') end++;
  if (rcpi_unit_mark(u, end) == '<') add(f, s, RCPI_FRAME_INCISE, s->end, source, rcpi_frame_quotation(f, end));
  return true;
}

static void add_bare(rcpi_framing *f, const rcpi_say *s) {
  const rcpi_unit *u = &f->u;
  size_t lo = s->end;
  if (!rcpi_unit_has_verb(u, lo, u->end)) return;
  add(f, s, RCPI_FRAME_THAT, s->end, subject_of(f, s), range(lo, rcpi_frame_scope(f, lo)));
}

/* Who holds an object to be said: a role or a name near the head of the phrase, or a pronoun. */
static bool can_speak(const rcpi_unit *u, rcpi_tokens source) {
  for (size_t i = source.token; i < source.end_token && i < source.token + 5u; i++) {
    bool is_name = rcpi_unit_capital(u, i) && !(u->k[i].flags & RCPI_TOK_INITIAL && rcpi_unit_is(u, i, RCPI_G_DET | RCPI_G_PREP));
    if (u->g[i].word->roles || rcpi_unit_is(u, i, RCPI_G_PRON) || is_name) return true;
  }
  return false;
}

static void add_finite(rcpi_framing *f, const rcpi_say *s, const ahead *x, bool bare) {
  const rcpi_unit *u = &f->u;
  rcpi_tokens source = subject_of(f, s);
  bool quotes_clause = x->that && s->also_quoted && has_quotation(u, x->at, x->at + REACH);   /* souhaite que « C » */
  if (x->that && (s->takes != RCPI_TAKES_QUOTE || quotes_clause)) {
    add(f, s, RCPI_FRAME_THAT, x->at + 1, source, range(x->at + 1, rcpi_frame_scope(f, x->at)));
  } else if (x->quote || x->colon) {
    add_quote(f, s, x, source);
  } else if (x->infinitive && s->takes == RCPI_TAKES_THAT && !bare) {
    add(f, s, RCPI_FRAME_INFINITIVE, s->end, source, range(s->end, rcpi_frame_scope(f, s->end)));
  } else if (s->also_object || (x->number && s->also_count) || (x->quotes && s->also_quoted)) {
    if (!rcpi_tokens_any(source) || !can_speak(u, source)) return;
    if (rcpi_unit_is(u, s->end, RCPI_G_AGENT) || s->end >= u->end) return;
    add(f, s, RCPI_FRAME_OBJECT, s->end, source, range(s->beg, rcpi_frame_object_scope(f, s->end)));
  } else if (bare && s->takes == RCPI_TAKES_THAT && !s->is_strict) {
    add_bare(f, s);
  }
}

/* comme l'a dit X, C · comme il le disait */
static bool try_as(rcpi_framing *f, const rcpi_say *s) {
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
  add(f, s, RCPI_FRAME_INCISE, s->end, np.at, is_first ? range(end, u->end) : range(content_start(f, as), as));
  return true;
}

static void find_one(rcpi_framing *f, const rcpi_say *s, bool bare) {
  const rcpi_unit *u = &f->u;
  ahead x = look_ahead(u, s);
  if (rcpi_unit_quoted(u, s->beg)) {
    bool is_aside = s->enclitic || (s->beg > u->beg && u->g[s->beg - 1].mark == ',' && s->takes != RCPI_TAKES_OBJECT);
    if (is_aside && s->form == RCPI_SAY_FINITE) try_incise(f, s, &x);
    return;
  }
  if (s->form == RCPI_SAY_INFINITIVE) { add_infinitive(f, s, &x); return; }
  if (s->form == RCPI_SAY_AGENT) { add_agent(f, s); return; }
  if (s->form == RCPI_SAY_FINITE && try_as(f, s)) return;
  bool may_trail = bare && s->form == RCPI_SAY_FINITE && !s->is_negated && !s->is_open && !x.that && !x.quote && !x.colon;
  if (may_trail && s->takes != RCPI_TAKES_OBJECT && add_trailing(f, s)) return;
  if (try_incise(f, s, &x) || s->is_negated) return;
  if (s->form == RCPI_SAY_PARTICIPLE) add_participle(f, s, &x, bare);
  else if (!s->is_open) add_finite(f, s, &x, bare);
}

void rcpi_frames_say(rcpi_framing *f) {
  bool bare = rcpi_is(rcpi_lang_setting(f->u.text->lang, "complement"), "bare");
  for (size_t n = 0; n < f->n_says; n++) find_one(f, &f->says[n], bare);
}
