/*
 * What one telling says and another says is denied.
 *
 * A denial is found in two ways. A frame that denies ("la direction nie avoir ...") covers the appearance itself. Or a
 * word of denial stands with an object that means what was just told ("a démenti ces accusations", "denied any such
 * plan"), or behind it as a participle with its agent ("démenti par Bangkok"): then it denies the nearest shared claim
 * before it, in its own sentence or the one before; several things ("ces accusations") are all that the speaker of that claim
 * says up to it in the paragraph. Words: table denial.
 *
 * Cost: one pass over each text, one table of claims by token. Known weakness: of two facts in the sentence before, the
 * later one is taken for what is denied.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "claim/difference_int.h"

enum { MAX_FOUND = 8, OBJECT_WITHIN = 4, CLITIC_WITHIN = 3, VALUE_WORDS = 16, SENTENCES_BACK = 8, TIED = 500 };

typedef enum object { NOTHING_TOLD, TOLD, ALL_TOLD } object;

static bool is_kind(const rcpi_diff_words *w, const rcpi_text *t, uint32_t i, const char *kind) {
  uint32_t rows[MAX_FOUND], ends[MAX_FOUND];
  size_t n = rcpi_phrases_at(w->denials, t, i, rows, ends, MAX_FOUND);
  for (size_t k = 0; k < n; k++)
    if (rcpi_is(rcpi_cell(w->denial, rows[k], 1), kind)) return true;
  return false;
}

/* Is what is denied at i the thing just told, or all of it: an object behind it, or a clitic before it? */
static object has_told(const rcpi_diff_words *w, const rcpi_text *t, uint32_t i, const rcpi_sentence *s) {
  for (uint32_t k = i + 1; k < s->end_token && k <= i + OBJECT_WITHIN; k++) {
    if (is_kind(w, t, k, "all")) return ALL_TOLD;
    if (is_kind(w, t, k, "told")) return TOLD;
  }
  for (uint32_t k = i; k-- > s->token && k + CLITIC_WITHIN >= i;)
    if (is_kind(w, t, k, "clitic")) return TOLD;
  return NOTHING_TOLD;
}

/* The last claim of several tellings with a place that ends in [from, to); UINT32_MAX: none. */
static uint32_t claim_before(const rcpi_diff_finder *f, uint32_t telling, uint32_t from, uint32_t to) {
  const uint32_t *of = f->claim_at[telling];
  for (uint32_t i = to; i-- > from;)
    if (of[i]) return of[i] - 1;
  return UINT32_MAX;
}

static void deny(rcpi_diff_finder *f, uint32_t telling, uint32_t i, uint32_t end, uint32_t claim) {
  if (claim == UINT32_MAX) return;
  rcpi_tokens at = {i, end < i + VALUE_WORDS ? end : i + VALUE_WORDS};
  rcpi_push(f->a, &f->denials, (rcpi_denial){claim, telling, at});
}

/* Who is said to say a claim where it covers a token; UINT32_MAX: nobody known. */
static uint32_t speaker_at(const rcpi_diff_finder *f, const rcpi_claim *c, uint32_t telling, uint32_t token) {
  for (size_t i = 0; i < c->n_appearances; i++) {
    const rcpi_appearance *app = &c->appearances[i];
    if (app->telling != telling || token < app->at.token || token >= app->at.end_token || !app->said.n_frames) continue;
    return f->story->frame_origin[telling][app->said.frames[app->said.n_frames - 1]];
  }
  return UINT32_MAX;
}

/* The claims in [from, to) said by the speaker of the last of them, back to where another speaks. */
static void deny_all(rcpi_diff_finder *f, uint32_t telling, uint32_t i, uint32_t end, uint32_t from, uint32_t to) {
  const uint32_t *of = f->claim_at[telling];
  uint32_t speaker = UINT32_MAX, last = 0;
  for (uint32_t k = to; k-- > from;) {
    if (!of[k] || of[k] == last) continue;
    uint32_t who = speaker_at(f, &f->story->claims[of[k] - 1], telling, k);
    if (last && (who != speaker || who == UINT32_MAX)) break;
    speaker = who;
    last = of[k];
    deny(f, telling, i, end, last - 1);
  }
}

static void read_telling(rcpi_diff_finder *f, const rcpi_diff_words *w, uint32_t telling) {
  const rcpi_text *t = &f->story->tellings[telling].text;
  for (uint32_t x = 0; x < t->n_sentences; x++) {
    const rcpi_sentence *s = &t->sentences[x];
    if (t->paragraphs[s->paragraph].kind != RCPI_PAR_BODY) continue;
    uint32_t before = x > 0 ? t->sentences[x - 1].token : s->token, first = t->paragraphs[s->paragraph].sentence;
    if (x > SENTENCES_BACK && first < x - SENTENCES_BACK) first = x - SENTENCES_BACK;
    for (uint32_t i = s->token; i < s->end_token; i++) {
      if (!is_kind(w, t, i, "deny")) continue;
      if (i + 1 < s->end_token && is_kind(w, t, i + 1, "by")) {
        deny(f, telling, i, s->end_token, claim_before(f, telling, s->token, i));
        continue;
      }
      object told = has_told(w, t, i, s);
      if (told == TOLD) deny(f, telling, i, s->end_token, claim_before(f, telling, before, s->token));
      if (told == ALL_TOLD) deny_all(f, telling, i, s->end_token, first < x ? t->sentences[first].token : before, s->token);
    }
  }
}

/* The claim of several tellings that covers each token; of several the shortest place. */
static void index_claims(rcpi_diff_finder *f) {
  const rcpi_story *s = f->story;
  f->claim_at = rcpi_array(f->a, uint32_t *, s->n_tellings);
  for (size_t i = 0; i < s->n_tellings; i++) f->claim_at[i] = rcpi_array(f->a, uint32_t, s->tellings[i].text.n_tokens);
  for (uint32_t i = 0; i < s->n_claims; i++) {
    const rcpi_claim *c = &s->claims[i];
    if (c->appearances[0].telling == c->appearances[c->n_appearances - 1].telling) continue;
    for (size_t k = 0; k < c->n_appearances; k++)
      for (uint32_t x = c->appearances[k].at.token; x < c->appearances[k].at.end_token; x++) f->claim_at[c->appearances[k].telling][x] = i + 1;
  }
}

void rcpi_diff_read_denials(rcpi_diff_finder *f) {
  index_claims(f);
  for (uint32_t i = 0; i < f->story->n_tellings; i++)
    read_telling(f, rcpi_diff_words_in(f, f->story->tellings[i].text.lang), i);
}

/* The place tells of a denial ("Téhéran a toujours nié", "les autorités démentent"): nobody says there what others deny. */
static bool tells_denial(const rcpi_diff_finder *f, const rcpi_appearance *app) {
  for (uint32_t i = app->at.token; i < app->at.end_token; i++)
    if (is_kind(rcpi_diff_words_of(f, app), rcpi_diff_text(f, app), i, "deny")) return true;
  return false;
}

static bool is_denied(const rcpi_diff_finder *f, const rcpi_appearance *app) {
  for (uint32_t k = 0; k < app->said.n_frames; k++) {
    const rcpi_frame *x = &rcpi_diff_marks(f, app)->frames[app->said.frames[k]];
    bool is_statement = x->form == RCPI_FRAME_THAT || x->form == RCPI_FRAME_INFINITIVE;   /* not "rejette la responsabilité" */
    if (x->stance == RCPI_STANCE_DENY && is_statement) return true;
  }
  return false;
}

/* Does the telling deny the claim in so many words? */
static bool denies(const rcpi_diff_finder *f, uint32_t telling) {
  for (size_t i = 0; i < f->denials.n; i++)
    if (&f->story->claims[f->denials.p[i].claim] == f->claim && f->denials.p[i].telling == telling) return true;
  return false;
}

/* Is the place, or one that alignment surely ties to it, in a text that denies the claim? All are where no text denies it in so many words. */
static bool is_meant(const rcpi_diff_finder *f, size_t i) {
  const rcpi_claim *c = f->claim;
  bool has_any = false;
  for (size_t k = 0; k < c->n_appearances; k++) {
    if (!denies(f, c->appearances[k].telling)) continue;
    if (c->appearances[i].telling == c->appearances[k].telling || rcpi_diff_link(f, i, k, TIED) >= TIED) return true;
    has_any = true;
  }
  return !has_any;
}

void rcpi_diff_denials(rcpi_diff_finder *f) {
  const rcpi_claim *c = f->claim;
  rcpi_diff_values values = {.v = {0}};
  for (size_t i = 0; i < f->denials.n; i++) {
    const rcpi_denial *d = &f->denials.p[i];
    rcpi_appearance app = {.telling = d->telling, .at = d->at};
    if (&f->story->claims[d->claim] == c) rcpi_diff_value(f, &values, &app, d->at, RCPI_S("denied"));
  }
  for (size_t i = 0; i < c->n_appearances; i++)
    if (is_denied(f, &c->appearances[i])) rcpi_diff_whole(f, &values, &c->appearances[i], RCPI_S("denied"));
  if (!values.v.n) return;
  for (size_t i = 0; i < c->n_appearances; i++) {
    const rcpi_appearance *app = &c->appearances[i];
    if (!is_denied(f, app) && is_meant(f, i) && !tells_denial(f, app)) rcpi_diff_whole(f, &values, app, RCPI_S("said"));
  }
  rcpi_diff_add(f, RCPI_DIFF_POLARITY, true, &values);
}
