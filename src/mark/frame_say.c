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

enum { QUOTATION_REACH = 14 };   /* souhaite que ... « C » */

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
  if (np.kind == RCPI_NP_FULL && rcpi_unit_has_main_verb(&f->u, np.at)) np.at = last_piece(&f->u, np.at);
  bool has_own_verb = np.kind == RCPI_NP_FULL && rcpi_unit_has_main_verb(&f->u, np.at);        /* X condamne A, évoque B */
  if (np.kind == RCPI_NP_SHARED || has_own_verb) return shared_source(f, s->beg);
  return np.kind == RCPI_NP_NONE ? nowhere : np.at;
}

/* Y quoted X as saying · X was quoted (by Y) as saying: who is quoted. */
static bool quoted_as(const rcpi_framing *f, const rcpi_say *s, rcpi_tokens *source) {
  const rcpi_unit *u = &f->u;
  size_t as = s->beg - 1;
  if (s->beg < u->beg + 3 || !rcpi_unit_is(u, as, RCPI_G_AS)) return false;
  for (size_t n = f->n_says; n-- > 0;) {
    const rcpi_say *q = &f->says[n];
    if (!q->is_relay || q->end > as || q->end + 12 < as) continue;
    bool is_object = q->form != RCPI_SAY_AGENT && q->end < as;
    rcpi_np np = is_object ? rcpi_np_right(u, q->end, false) : rcpi_np_left(u, q->beg);
    return np.kind != RCPI_NP_NONE ? *source = is_object ? range(q->end, as) : np.at, true : false;
  }
  for (size_t k = as; k-- > u->beg && k + 12 > as && !u->g[k].mark;) {     /* was quoted: a passive is no verb of saying */
    const rcpi_reading *r = u->g[k].tense == RCPI_TENSE_PP && u->g[k].has_aux ? rcpi_gram_reading(&u->g[k], RCPI_TENSE_PP) : NULL;
    if (!r || r->say == RCPI_NO_ROW || !rcpi_is(rcpi_cell_named(f->report_verbs, r->say, "who"), "relay")) continue;
    rcpi_np np = rcpi_np_left(u, rcpi_gram_aux(u->g, u->beg, k));
    return np.kind != RCPI_NP_NONE ? *source = np.at, true : false;
  }
  return false;
}

static rcpi_tokens participle_source(const rcpi_framing *f, const rcpi_say *s) {
  const rcpi_unit *u = &f->u;
  rcpi_tokens quoted;
  if (quoted_as(f, s, &quoted)) return quoted;
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

static void add_participle(rcpi_framing *f, const rcpi_say *s, const rcpi_ahead *x, bool bare) {
  const rcpi_unit *u = &f->u;
  bool has_quote = x->quote || x->colon;
  if (x->that && s->takes == RCPI_TAKES_QUOTE && !(s->also_quoted && rcpi_ahead_quotes(u, x->at, x->at + QUOTATION_REACH))) return;
  bool fits = x->that || has_quote || x->infinitive || s->also_object || (bare && s->takes == RCPI_TAKES_THAT && clause_follows(u, s->end));
  if (!fits || (s->takes == RCPI_TAKES_QUOTE && !has_quote && !s->also_object && !x->that)) return;
  bool by_object = s->also_object && !x->that && !has_quote && !x->infinitive;
  size_t lo = s->also_object && !x->that ? s->beg : s->end;
  size_t hi = by_object ? rcpi_frame_object_scope(f, s->end) : rcpi_frame_scope(f, x->that ? x->at : s->end);
  rcpi_frame_say(f, s, RCPI_FRAME_PARTICIPLE, s->end, participle_source(f, s), range(lo, hi));
}

/* C, a dit X, cité par Y: what Y passes on is the whole of the frame before, its source and cue too. */
static void add_relay(rcpi_framing *f, const rcpi_say *s) {
  const rcpi_unit *u = &f->u;
  rcpi_np np = rcpi_np_right(u, s->agent + 1, false);
  const rcpi_frame *x = rcpi_frame_before(f, s->beg);
  if (np.kind != RCPI_NP_FULL || !x || x->content.token < u->beg) return;
  uint32_t lo = x->content.token < x->cue.token ? x->content.token : x->cue.token;
  if (x->source.token >= u->beg && x->source.token < lo) lo = x->source.token;
  uint32_t hi = x->content.end_token > s->beg ? x->content.end_token : s->beg;
  rcpi_frame_add(f, RCPI_FRAME_ACCORDING, range(s->beg, s->agent + 1), np.at, range(lo, hi));
}

/* des sources diplomatiques, le général Noël, deux officiels: a role or a name at the head of the phrase. */
static bool heads_source(const rcpi_unit *u, rcpi_tokens np) {
  for (size_t i = np.token; i < np.end_token && i < np.token + 3u; i++) {
    bool is_name = rcpi_unit_capital(u, i) && !rcpi_unit_is(u, i, RCPI_G_DET);
    if (u->g[i].word->roles || is_name) return i == np.token || !rcpi_unit_is(u, i - 1, RCPI_G_OF) || i == np.token + 1u;
  }
  return false;
}

/*
 * C, rapporte Y, citant X · Selon Y, qui cite X, C: X says what Y passes on. False when no cue of the sentence passes
 * anything on.
 */
static bool add_cited(rcpi_framing *f, const rcpi_say *s) {
  const rcpi_unit *u = &f->u;
  rcpi_np np = rcpi_np_right(u, s->end, false);
  const rcpi_frame *x = rcpi_frame_before(f, s->beg);
  if (!x) {
    for (size_t n = f->first; n < f->frames.n && !x; n++)
      if (rcpi_tokens_any(f->frames.p[n].source) && f->frames.p[n].cue.token > s->beg) x = &f->frames.p[n];
  }
  if (np.kind != RCPI_NP_FULL || !x || x->content.token < u->beg || !heads_source(u, np.at)) return false;
  uint32_t lo = x->content.token, hi = x->content.end_token;
  if (lo <= s->beg && hi > np.at.end_token) lo = np.at.end_token;
  else if (lo < s->beg && hi > s->beg) hi = s->beg;
  return rcpi_frame_add(f, RCPI_FRAME_CITED, range(s->beg, s->end), np.at, range(lo, hi)) != NULL;
}

/* affirmation démentie par X, offre qualifiée d'« indigne » par X: back to a mark, with what the participle belongs to. */
static void add_agent(rcpi_framing *f, const rcpi_say *s) {
  const rcpi_unit *u = &f->u;
  rcpi_np np = rcpi_np_right(u, s->agent + 1, false);
  if (np.kind == RCPI_NP_FULL && rcpi_unit_mark(u, np.at.end_token) == ':' && rcpi_unit_mark(u, np.at.end_token + 1) == '<') {
    rcpi_frame_say(f, s, RCPI_FRAME_QUOTE, s->agent + 1, np.at, rcpi_frame_quotation(f, np.at.end_token + 1));
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

/* Who holds an object to be said: a role or a name near the head of the phrase, or a pronoun. */
static bool can_speak(const rcpi_unit *u, rcpi_tokens source) {
  for (size_t i = source.token; i < source.end_token && i < source.token + 5u; i++) {
    bool is_name = rcpi_unit_capital(u, i) && !(u->k[i].flags & RCPI_TOK_INITIAL && rcpi_unit_is(u, i, RCPI_G_DET | RCPI_G_PREP));
    if (u->g[i].word->roles || rcpi_unit_is(u, i, RCPI_G_PRON) || is_name) return true;
  }
  return false;
}

/* Et X de rétorquer : « C » · X tient à préciser que C */
static void add_infinitive(rcpi_framing *f, const rcpi_say *s, const rcpi_ahead *x) {
  const rcpi_unit *u = &f->u;
  if (s->beg == u->beg) return;
  if (rcpi_unit_is(u, s->beg - 1, RCPI_G_OF) && x->colon && !rcpi_unit_has_verb(u, u->beg, s->beg)) {
    rcpi_np np = rcpi_np_left(u, s->beg - 1);
    const rcpi_frame *last = rcpi_frame_speaker(f);
    rcpi_tokens source = np.kind == RCPI_NP_FULL ? np.at : last ? last->source : nowhere;
    rcpi_frame_say(f, s, RCPI_FRAME_QUOTE, s->end, source, range(x->at, u->end));
    return;
  }
  bool is_complement = rcpi_unit_is(u, s->beg - 1, RCPI_G_OF) && !rcpi_unit_is(u, s->beg - 2, RCPI_G_PREP | RCPI_G_SUB);   /* le soin de dire; not avant de dire */
  if (rcpi_unit_is(u, s->beg - 1, RCPI_G_PREP) && !is_complement && s->takes != RCPI_TAKES_QUOTE && !s->is_negated && (x->that || x->quote)) {   /* avant de se dire, sans cacher que */
    rcpi_say whole = *s;
    while (whole.beg > u->beg && rcpi_unit_is(u, whole.beg - 1, RCPI_G_PREP | RCPI_G_SUB) && !u->g[whole.beg - 1].mark) whole.beg--;
    whole.is_gerund = whole.is_past = true;
    rcpi_tokens source = participle_source(f, &whole);
    if (can_speak(u, source)) {
      rcpi_frame_say(f, &whole, RCPI_FRAME_PARTICIPLE, s->end, source, range(x->that ? x->at + 1 : s->end, rcpi_frame_scope(f, x->at)));
      return;
    }
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
    if (rcpi_frame_incise(f, &whole, x) || (!x->that && !x->quote && !x->colon)) return;
    rcpi_frame_say(f, &whole, RCPI_FRAME_THAT, x->at + x->that, subject_of(f, &whole), range(x->at + x->that, rcpi_frame_scope(f, x->at)));
    return;
  }
}

static void add_quote(rcpi_framing *f, const rcpi_say *s, const rcpi_ahead *x, rcpi_tokens source) {
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
  rcpi_frame_say(f, s, lo == s->beg ? RCPI_FRAME_OBJECT : RCPI_FRAME_QUOTE, s->end, source, range(lo, hi));
}

static void add_bare(rcpi_framing *f, const rcpi_say *s) {
  const rcpi_unit *u = &f->u;
  size_t lo = s->end;
  if (!rcpi_unit_has_verb(u, lo, u->end)) return;
  rcpi_frame_say(f, s, RCPI_FRAME_THAT, s->end, subject_of(f, s), range(lo, rcpi_frame_scope(f, lo)));
}

/* claims to have shot down */
static bool claims_to(const rcpi_unit *u, size_t i) {
  return rcpi_unit_is(u, i, RCPI_G_TO) && i + 1 < u->end && u->g[i + 1].tense == RCPI_TENSE_INF && rcpi_unit_is(u, i + 1, RCPI_G_HAVE);
}

static void add_finite(rcpi_framing *f, const rcpi_say *s, const rcpi_ahead *x, bool bare) {
  const rcpi_unit *u = &f->u;
  rcpi_tokens source = subject_of(f, s);
  bool quotes_clause = x->that && s->also_quoted && rcpi_ahead_quotes(u, x->at, x->at + QUOTATION_REACH);   /* souhaite que « C » */
  if (x->that && (s->takes != RCPI_TAKES_QUOTE || quotes_clause)) {
    rcpi_frame_say(f, s, RCPI_FRAME_THAT, x->at + 1, source, range(x->at + 1, rcpi_frame_scope(f, x->at)));
  } else if (x->quote && bare && s->takes == RCPI_TAKES_THAT && x->at > s->end && rcpi_unit_word(u, x->at - 1) && !s->has_addressee && !s->is_strict && !s->also_object) {
    rcpi_frame_say(f, s, RCPI_FRAME_THAT, s->end, source, range(s->end, rcpi_frame_scope(f, s->end)));   /* said the country "would not bow" */
  } else if (x->quote || x->colon) {
    add_quote(f, s, x, source);
  } else if (x->infinitive && s->takes == RCPI_TAKES_THAT && !bare) {
    rcpi_frame_say(f, s, RCPI_FRAME_INFINITIVE, s->end, source, range(s->end, rcpi_frame_scope(f, s->end)));
  } else if (s->also_object || (x->number && s->also_count) || (x->quotes && s->also_quoted)) {
    if (!rcpi_tokens_any(source) || !can_speak(u, source)) return;
    if (rcpi_unit_is(u, s->end, RCPI_G_AGENT) || s->end >= u->end) return;
    rcpi_frame_say(f, s, RCPI_FRAME_OBJECT, s->end, source, range(s->beg, rcpi_frame_object_scope(f, s->end)));
  } else if (bare && s->takes == RCPI_TAKES_THAT && claims_to(u, s->end)) {
    rcpi_frame_say(f, s, RCPI_FRAME_INFINITIVE, s->end, source, range(s->end, rcpi_frame_scope(f, s->end)));
  } else if (bare && s->takes == RCPI_TAKES_THAT && !s->is_strict) {
    add_bare(f, s);
  }
}

static void find_one(rcpi_framing *f, const rcpi_say *s, bool bare) {
  const rcpi_unit *u = &f->u;
  rcpi_ahead x = rcpi_ahead_of(u, s);
  if (rcpi_unit_quoted(u, s->beg)) {
    bool is_aside = s->enclitic || (s->beg > u->beg && u->g[s->beg - 1].mark == ',' && s->takes != RCPI_TAKES_OBJECT);
    if (is_aside && s->form == RCPI_SAY_FINITE) rcpi_frame_incise(f, s, &x);
    return;
  }
  if (s->form == RCPI_SAY_INFINITIVE) { add_infinitive(f, s, &x); return; }
  if (s->form == RCPI_SAY_AGENT && s->is_relay) { add_relay(f, s); return; }
  if (s->form == RCPI_SAY_AGENT) { add_agent(f, s); return; }
  if (s->form == RCPI_SAY_FINITE && rcpi_frame_as(f, s)) return;
  bool may_trail = bare && s->form == RCPI_SAY_FINITE && !s->is_negated && !s->is_open && !x.that && !x.quote && !x.colon;
  if (may_trail && s->takes != RCPI_TAKES_OBJECT && rcpi_frame_trailing(f, s)) return;
  if (rcpi_frame_incise(f, s, &x) || s->is_negated) return;
  if (s->form == RCPI_SAY_PARTICIPLE) add_participle(f, s, &x, bare);
  else if (!s->is_open) add_finite(f, s, &x, bare);
}

/* citant X, qui cite X */
static bool may_cite(const rcpi_unit *u, const rcpi_say *s) {
  if (!s->is_relay || s->is_negated || rcpi_unit_quoted(u, s->beg)) return false;
  return s->form == RCPI_SAY_PARTICIPLE || (s->form == RCPI_SAY_FINITE && s->beg > u->beg && rcpi_unit_is(u, s->beg - 1, RCPI_G_WHO));
}

void rcpi_frames_say(rcpi_framing *f) {
  bool bare = rcpi_is(rcpi_lang_setting(f->u.text->lang, "complement"), "bare");
  for (size_t n = 0; n < f->n_says; n++)
    if (!may_cite(&f->u, &f->says[n])) find_one(f, &f->says[n], bare);
  for (size_t n = 0; n < f->n_says; n++) {
    if (!may_cite(&f->u, &f->says[n])) continue;
    bool is_cited = add_cited(f, &f->says[n]);
    if (!is_cited || f->says[n].form == RCPI_SAY_PARTICIPLE) find_one(f, &f->says[n], bare);   /* who cites says that he does */
  }
}
