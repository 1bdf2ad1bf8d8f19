/*
 * What a stretch of text is: the frames that cover it, and its mode.
 *
 * A frame covers a piece when most of its words lie in the content; the words of cue and source are no part of it. Quoted:
 * most words between quotation marks, or a third and a verb in them. Conditional wins over reported, not over quoted.
 *
 * The conditional of borrowed news (aurait acheté; achèterait, selon X) is told from the hypothetical (si ..., tout accord
 * violerait) and from the future in the past (a dit qu'ils viendraient).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mark/attrib.h"
#include "mark/phrase.h"

/* Shares that decide; on the three development stories they hardly matter (.02 either way). */
static const double covers = .45, covers_most = .6, mostly_quoted = .55, partly_quoted = .3;

static bool in_range(rcpi_tokens r, size_t i) { return i >= r.token && i < r.end_token; }

static bool says_itself(const rcpi_frame *x) {
  return x->content.token == x->cue.token || in_range(x->content, x->cue.token) == false;
}

/* Is token i part of what frame x says? An aside in "X, 63 ans, a cédé, selon Y" is the article's own. */
static bool in_content(const rcpi_unit *u, const rcpi_frame *x, size_t i) {
  if (!in_range(x->content, i)) return false;
  if (u->g[i].is_aside && (x->form == RCPI_FRAME_ACCORDING || x->form == RCPI_FRAME_INCISE)) return false;
  return says_itself(x) || !(in_range(x->cue, i) || in_range(x->source, i));
}

static bool is_head(const rcpi_frame *x, size_t i) { return in_range(x->cue, i) || in_range(x->source, i); }

/* Where the words that lead to the cue end: Dans un communiqué, X a dit que | C; the piece's start when they are none. */
static size_t lead_end(const rcpi_unit *u, const rcpi_frame *x, rcpi_tokens piece) {
  bool leads = x->source.token < x->cue.token && x->cue.token <= x->content.token && in_range(piece, x->source.token);
  return leads && !rcpi_unit_has_verb(u, piece.token, x->source.token) ? x->cue.token : piece.token;
}

static bool frame_covers(const rcpi_unit *u, const rcpi_frame *x, rcpi_tokens piece) {
  size_t n = 0, in = 0, body = 0, body_in = 0, lead = lead_end(u, x, piece);
  for (size_t i = piece.token; i < piece.end_token; i++) {
    if (!rcpi_unit_word(u, i)) continue;
    bool inside = in_content(u, x, i);
    n++, in += inside;
    if (!is_head(x, i) && i >= lead) body++, body_in += inside;
  }
  if (!n) return false;
  if ((double)in >= covers * (double)n) return true;
  return body_in > 0 && (double)body_in >= covers_most * (double)body;   /* X a dit que C, in one piece */
}

static uint32_t length(rcpi_tokens r) { return r.end_token - r.token; }

/* By content; of two that say the same, the cue that comes first passes on what the other says. */
static bool is_wider(const rcpi_frame *x, const rcpi_frame *than) {
  if (length(x->content) != length(than->content)) return length(x->content) > length(than->content);
  if (x->form == RCPI_FRAME_CITED || than->form == RCPI_FRAME_CITED) return than->form == RCPI_FRAME_CITED;
  return x->cue.token < than->cue.token;
}

/* The first frame whose content begins at token i or later: frames are sorted by it. */
static size_t first_frame(const rcpi_marks *marks, size_t i) {
  size_t lo = 0, hi = marks->n_frames;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (marks->frames[mid].content.token < i) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

/* The frames that cover the piece, widest first; at most three, the tightest kept. */
static void find_frames(const rcpi_unit *u, const rcpi_marks *marks, rcpi_tokens piece, rcpi_attribution *out) {
  for (size_t n = first_frame(marks, piece.end_token); n-- > 0 && marks->frames[n].content.token >= u->beg;) {
    const rcpi_frame *x = &marks->frames[n];
    if (!frame_covers(u, x, piece)) continue;
    uint32_t k = out->n_frames, most = sizeof out->frames / sizeof *out->frames;
    if (k == most) {
      if (length(x->content) >= length(marks->frames[out->frames[0]].content)) continue;
      memmove(out->frames, out->frames + 1, (most - 1) * sizeof *out->frames);
      k = --out->n_frames;
    }
    while (k > 0 && is_wider(x, &marks->frames[out->frames[k - 1]])) {
      out->frames[k] = out->frames[k - 1];
      k--;
    }
    out->frames[k] = (uint32_t)n;
    out->n_frames++;
  }
}

/* ----------------------------------------------------------------------------------------------------- conditional */

static rcpi_tokens find_hedge(const rcpi_unit *u, rcpi_tokens piece) {
  const rcpi_table *t = rcpi_lang_table(u->text->lang, "hedge");
  for (size_t i = piece.token; i < piece.end_token; i++) {
    if (rcpi_unit_quoted(u, i) || u->g[i].mark || (u->k[i].flags & RCPI_TOK_CAPITAL && !(u->k[i].flags & RCPI_TOK_INITIAL))) continue;
    size_t row = 0, end = rcpi_unit_phrase(u, t, i, &row);
    if (end && rcpi_is(rcpi_cell(t, row, 2), "none")) {
      i = end - 1;
      continue;
    }
    bool is_postscript = i > piece.token && u->g[i - 1].mark == ',' && end == i + 1 && !u->g[i].tense;   /* 7 h 45, peut-être moins */
    bool is_epithet = i > u->beg && end == i + 1 && rcpi_unit_is(u, i - 1, RCPI_G_DET) && i + 1 < u->end && u->g[i + 1].tense == RCPI_TENSE_PP;   /* the allegedly stolen painting */
    if (end && end <= piece.end_token + 1u && !is_postscript && !is_epithet) return (rcpi_tokens){(uint32_t)i, (uint32_t)end};
  }
  return (rcpi_tokens){0, 0};
}

static bool is_conditional_form(const rcpi_unit *u, size_t i) {
  return !u->g[i].mark && u->g[i].tense == RCPI_TENSE_COND && !rcpi_unit_is(u, i, RCPI_G_MODALNOT);
}

/* si with a subject somewhere in the sentence, a subject such as "tout accord": what would be, not what is said to be. */
static bool is_hypothetical(const rcpi_unit *u) {
  for (size_t i = u->beg; i < u->end; i++)
    if (rcpi_unit_is(u, i, RCPI_G_IF) && !rcpi_unit_is(u, i, RCPI_G_REFLEXIVE) && !rcpi_unit_quoted(u, i)) return true;
    else if (rcpi_unit_is(u, i, RCPI_G_IF) && rcpi_unit_is(u, i + 1, RCPI_G_PRON)) return true;
  bool is_without = rcpi_unit_is(u, u->beg, RCPI_G_WITHOUT) && u->beg + 1 < u->end && u->g[u->beg + 1].tense != RCPI_TENSE_INF;   /* Sans les pompiers, */
  return rcpi_unit_is(u, u->beg, RCPI_G_ANY) || is_without;
}

/* Index of a participle that the auxiliary at i carries, or 0. */
static size_t participle_of(const rcpi_unit *u, size_t i, size_t end) {
  for (size_t k = i + 1; k < end && k < i + 6; k++)
    if (u->g[k].tense == RCPI_TENSE_PP && u->g[k].has_aux) return k;
  return 0;
}

/* Does a past cue make a conditional at i a future seen from the past? */
static bool is_future_in_past(const rcpi_marks *marks, const rcpi_unit *u, size_t i) {
  for (size_t n = first_frame(marks, u->beg); n < marks->n_frames && marks->frames[n].content.token < u->end; n++) {
    const rcpi_frame *x = &marks->frames[n];
    bool is_clause = x->form == RCPI_FRAME_THAT || x->form == RCPI_FRAME_PARTICIPLE || x->form == RCPI_FRAME_OBJECT || x->form == RCPI_FRAME_NOUN;
    if (x->is_past && is_clause && in_content(u, x, i)) return true;
  }
  return false;
}

/* The sentence before, in the same paragraph, tells a rumour: aurait touché 2 millions. S'y ajouteraient neuf voyages. */
static bool continues_rumour(const rcpi_unit *u, size_t i) {
  uint32_t here = u->k[i].sentence;
  const rcpi_sentence *s = u->text->sentences;
  if (here == 0 || s[here - 1].paragraph != s[here].paragraph) return false;
  rcpi_window last = rcpi_gram_window(u->text, s[here - 1].end_token - 1);
  for (size_t k = last.beg; k < last.end; k++) {
    bool is_told = u->g[k].tense == RCPI_TENSE_COND && rcpi_gram_is(&u->g[k], RCPI_G_HAVE) && !u->k[k].quotation;
    if (!is_told) continue;
    for (size_t m = k + 1; m < last.end && m < k + 6; m++)
      if (u->g[m].tense == RCPI_TENSE_PP && u->g[m].has_aux) return true;
  }
  return false;
}

/*
 * La Norvie achèterait des drones; qui serait âgé de 34 ans: a conditional of the article's own, whose subject is no plan
 * (La loi interdirait) and no pronoun (Il reviendrait), behind no que.
 */
static bool is_bare_rumour(const rcpi_unit *u, size_t i) {
  bool is_aux = u->g[i].word->n_readings && u->g[i].word->reading[0].is_aux;
  if (rcpi_unit_is(u, i, RCPI_G_COND) || rcpi_unit_is(u, i + 1, RCPI_G_ENCLITIC) || is_hypothetical(u)) return false;
  size_t verb = i;
  while (verb > u->beg && rcpi_unit_is(u, verb - 1, RCPI_G_CLITIC | RCPI_G_NE) && !rcpi_unit_is(u, verb - 1, RCPI_G_SUBJ)) verb--;
  if (verb == u->beg) return false;
  bool is_relative = rcpi_unit_is(u, verb - 1, RCPI_G_WHO);
  rcpi_np np = rcpi_np_left(u, verb);
  if (np.kind != RCPI_NP_FULL || (is_relative && !is_aux) || rcpi_unit_has_verb(u, np.at.token, np.at.end_token)) return false;
  if (np.at.token > u->beg && rcpi_unit_is(u, np.at.token - 1, RCPI_G_THAT | RCPI_G_SUB)) return false;
  for (size_t k = np.at.token; k < np.at.end_token; k++) {
    bool is_head = k < np.at.token + 3u;
    if ((is_head && rcpi_unit_is(u, k, RCPI_G_PLAN | RCPI_G_ANY)) || u->g[k].tense == RCPI_TENSE_PART) return false;   /* X livrant des armes violerait */
  }
  return rcpi_unit_opens_np(u, np.at.token) && !rcpi_unit_is(u, np.at.token, RCPI_G_SUBJ | RCPI_G_ME);
}

static bool is_rumour(const rcpi_unit *u, const rcpi_marks *marks, const rcpi_attribution *said, size_t i, size_t end) {
  bool have = rcpi_unit_is(u, i, RCPI_G_HAVE), has_participle = participle_of(u, i, end) != 0;
  if (is_hypothetical(u) && !have) return false;
  if (have && has_participle) return !is_hypothetical(u) && !rcpi_unit_is(u, participle_of(u, i, end), RCPI_G_DUTY);   /* aurait dû: what was not */
  if (is_future_in_past(marks, u, i)) return false;
  for (uint32_t n = 0; n < said->n_frames; n++) {
    rcpi_frame_form form = marks->frames[said->frames[n]].form;
    if (form == RCPI_FRAME_ACCORDING || form == RCPI_FRAME_INCISE) return true;
  }
  if (continues_rumour(u, i)) return true;
  bool is_be = u->g[i].word->n_readings && u->g[i].word->reading[0].is_aux && !have;
  return (is_be && (has_participle || rcpi_unit_is(u, i + 1, RCPI_G_PREP))) || is_bare_rumour(u, i);
}

/* A piece without a verb takes the mood of the verb to its left, up to a comma. */
static size_t mood_start(const rcpi_unit *u, rcpi_tokens piece) {
  if (rcpi_unit_has_verb(u, piece.token, piece.end_token)) return piece.token;
  size_t k = piece.token;
  while (k > u->beg && !strchr(",;:", u->g[k - 1].mark ? u->g[k - 1].mark : '~')) {
    k--;
    if (rcpi_unit_finite(u, k)) return is_conditional_form(u, k) ? k : piece.token;
  }
  return piece.token;
}

static bool find_conditional(const rcpi_unit *u, const rcpi_marks *marks, rcpi_tokens piece, rcpi_attribution *said) {
  said->hedge = find_hedge(u, piece);
  if (rcpi_tokens_any(said->hedge)) return true;
  for (size_t i = mood_start(u, piece); i < piece.end_token; i++) {
    if (!is_conditional_form(u, i) || rcpi_unit_quoted(u, i) || !is_rumour(u, marks, said, i, u->end)) continue;
    said->hedge = (rcpi_tokens){(uint32_t)i, (uint32_t)i + 1};
    return true;
  }
  return false;
}

/* ------------------------------------------------------------------------------------------------------------ mode */

static bool is_any_head(const rcpi_marks *marks, const rcpi_attribution *said, size_t i) {
  for (uint32_t n = 0; n < said->n_frames; n++)
    if (is_head(&marks->frames[said->frames[n]], i)) return true;
  return false;
}

static rcpi_mode plain_mode(const rcpi_unit *u, const rcpi_marks *marks, const rcpi_attribution *said, rcpi_tokens piece) {
  size_t n = 0, quoted = 0;
  bool has_quoted_verb = false;
  for (size_t i = piece.token; i < piece.end_token; i++) {
    if (!rcpi_unit_word(u, i) || is_any_head(marks, said, i)) continue;
    n++;
    if (!rcpi_unit_quoted(u, i)) continue;
    quoted++;
    has_quoted_verb |= rcpi_unit_finite(u, i);
  }
  double share = n ? (double)quoted / (double)n : 0;
  if (!said->n_frames) return share >= .6 ? RCPI_MODE_QUOTED : RCPI_MODE_ASSERTED;
  return share >= mostly_quoted || (share >= partly_quoted && has_quoted_verb) ? RCPI_MODE_QUOTED : RCPI_MODE_REPORTED;
}

rcpi_attribution rcpi_attrib_of(const rcpi_text *text, const rcpi_marks *marks, rcpi_tokens piece) {
  rcpi_attribution said = {.mode = RCPI_MODE_ASSERTED};
  if (!rcpi_tokens_any(piece) || !marks->gram) return said;
  rcpi_unit u = rcpi_unit_at(text, marks->gram, piece.token);
  if (piece.end_token > u.end) u.end = piece.end_token;
  find_frames(&u, marks, piece, &said);
  said.mode = plain_mode(&u, marks, &said, piece);
  if (said.mode != RCPI_MODE_QUOTED && find_conditional(&u, marks, piece, &said)) said.mode = RCPI_MODE_CONDITIONAL;
  return said;
}

bool rcpi_attrib_has_verb(const rcpi_text *text, const rcpi_marks *marks, rcpi_tokens piece) {
  if (!marks->gram || !rcpi_tokens_any(piece)) return false;
  rcpi_unit u = rcpi_unit_at(text, marks->gram, piece.token);
  for (size_t i = piece.token; i < piece.end_token && i < u.end; i++)
    if (rcpi_unit_finite(&u, i)) return true;
  return false;
}
