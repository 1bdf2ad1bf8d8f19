/*
 * Who stands behind a claim: speakers, and channels in which nobody is quoted for it.
 *
 * In doubt the lower count: a telling that tells the claim better elsewhere adds no speaker; of tellings of one channel that name different
 * people the one that names most is believed; tellings of one text have the same speakers, in the order in which they speak, unless two
 * names differ; one who may be any other speaker of the claim is not counted beside him.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/buf.h"
#include "base/unicode.h"
#include "claim/slip.h"
#include "claim/support_int.h"
#include "mark/name.h"

enum { SURE_TIE = 500 };

typedef rcpi_support_counter counter;
typedef rcpi_support_tally tally;

/* The speaker whose cue stands in the place itself: "la préfète a précisé" says nothing in the article's own voice. */
static uint32_t cued_in(const counter *c, const rcpi_appearance *app) {
  const rcpi_marks *m = &c->story->tellings[app->telling].marks;
  for (size_t k = 0; k < m->n_frames; k++) {
    uint32_t o = c->story->frame_origin[app->telling][k];
    bool is_here = m->frames[k].cue.token >= app->at.token && m->frames[k].cue.end_token <= app->at.end_token;
    if (is_here && rcpi_tokens_any(m->frames[k].cue) && o != UINT32_MAX && c->story->origins[o].channel == UINT32_MAX) return o;
  }
  return UINT32_MAX;
}

static uint32_t speaker_of(const counter *c, const rcpi_appearance *app) {
  const rcpi_story *s = c->story;
  for (uint32_t k = app->said.n_frames; k-- > 0;) { /* innermost first: the ultimate speaker */
    uint32_t o = s->frame_origin[app->telling][app->said.frames[k]];
    if (o != UINT32_MAX && s->origins[o].channel == UINT32_MAX) return o;
  }
  return cued_in(c, app);
}

/* Somebody is said to say it whom nothing names: elle. */
static bool has_unknown_speaker(const counter *c, const rcpi_appearance *app) {
  for (uint32_t k = 0; k < app->said.n_frames; k++)
    if (c->story->frame_origin[app->telling][app->said.frames[k]] == UINT32_MAX) return true;
  return false;
}

/* How sure alignment is of the best pair of each appearance with another telling's. */
static int32_t *ties_of(const counter *c, const rcpi_claim *claim) {
  int32_t *best = rcpi_array(c->a, int32_t, claim->n_appearances);
  for (size_t i = 0; i < claim->n_links; i++) {
    const rcpi_link *l = &claim->links[i];
    if (l->score > best[l->a]) best[l->a] = l->score;
    if (l->score > best[l->b]) best[l->b] = l->score;
  }
  return best;
}

/* Does its telling tell the claim elsewhere too, and better: then what is said here may be something else. */
static bool is_beside(const rcpi_claim *claim, const int32_t *tie, size_t i) {
  if (!claim->n_links || claim->is_corrected || tie[i] >= SURE_TIE) return false;
  for (size_t k = 0; k < claim->n_appearances; k++)
    if (claim->appearances[k].telling == claim->appearances[i].telling && tie[k] > tie[i] && tie[k] >= SURE_TIE) return true;
  return false;
}

/* The distinct speakers of each telling for the claim. */
void rcpi_support_take_speakers(const counter *c, const rcpi_claim *claim, tally *t) {
  t->speaker = rcpi_array(c->a, uint32_t, claim->n_appearances);
  t->spoken = rcpi_alloc(c->a, t->tellings.n, sizeof *t->spoken);
  const int32_t *tie = ties_of(c, claim);
  for (size_t i = 0; i < claim->n_appearances; i++) {
    struct rcpi_support_spoken *by = &t->spoken[c->place[claim->appearances[i].telling] - 1];
    uint32_t o = t->speaker[i] = speaker_of(c, &claim->appearances[i]);
    if (o == UINT32_MAX || by->n > RCPI_SUPPORT_SPEAKERS || is_beside(claim, tie, i)) continue;
    if (!rcpi_support_holds(by->who, by->n < RCPI_SUPPORT_SPEAKERS ? by->n : RCPI_SUPPORT_SPEAKERS, o)) by->who[by->n++] = o;
  }
}

/* Speakers of one text are the same in all its tellings, in the order in which they speak, unless two names differ. */
static void join_speakers(const counter *c, tally *t, const rcpi_sets *texts, rcpi_sets *speakers) {
  rcpi_sets by_text = *texts;
  uint32_t *root = rcpi_array(c->a, uint32_t, t->tellings.n);
  for (size_t x = 0; x < t->tellings.n; x++) root[x] = rcpi_sets_root(&by_text, t->tellings.p[x]);
  for (size_t x = 0; x < t->tellings.n; x++)
    for (size_t y = x + 1; y < t->tellings.n; y++) {
      const struct rcpi_support_spoken *in_x = &t->spoken[x], *in_y = &t->spoken[y];
      for (size_t k = 0; root[x] == root[y] && k < in_x->n && k < in_y->n; k++) {
        uint32_t u = in_x->who[k], v = in_y->who[k];
        if (!(c->story->origins[u].is_named && c->story->origins[v].is_named)) rcpi_sets_join(speakers, u, v);
      }
    }
}

/* One person whose name a telling has spelt wrong. */
static void join_misspelt(const counter *c, const tally *t, rcpi_sets *speakers) {
  for (size_t i = 0; i < t->speakers.n; i++)
    for (size_t k = 0; k < i; k++)
      if (rcpi_slip_same_person(c->a, c->story->origins[t->speakers.p[i]].name, c->story->origins[t->speakers.p[k]].name))
        rcpi_sets_join(speakers, t->speakers.p[i], t->speakers.p[k]);
}

/* How many distinct speakers a telling has for the claim. */
static size_t n_speakers(const tally *t, size_t i) {
  return t->spoken[i].n < RCPI_SUPPORT_SPEAKERS ? t->spoken[i].n : RCPI_SUPPORT_SPEAKERS;
}

/*
 * The speakers that count: of each channel those of the one telling that names most. Where tellings of one channel name
 * different people for a claim, one of the places is likely to say something else.
 */
static void list_speakers(const counter *c, tally *t) {
  const uint32_t *root = rcpi_support_roots(c, t);
  for (size_t i = 0; i < t->tellings.n; i++) {
    size_t best = i;
    if (rcpi_support_holds(root, i, root[i])) continue;
    for (size_t k = 0; k < t->tellings.n; k++)
      if (root[k] == root[i] && n_speakers(t, k) > n_speakers(t, best)) best = k;
    for (size_t k = 0; k < n_speakers(t, best); k++) {
      uint32_t o = t->spoken[best].who[k];
      if (!rcpi_support_holds(t->speakers.p, t->speakers.n, o)) rcpi_push(c->a, &t->speakers, o);
    }
  }
}

static bool speaks_for(const rcpi_origin *o, rcp_str body) {
  for (size_t i = 0; i < o->n_voices; i++)
    if (rcpi_eq(o->voices[i], body)) return true;
  return false;
}

static bool has_word(rcp_str words, rcp_str word) {
  rcp_str x;
  while (rcpi_next_field(&words, ' ', &x))
    if (rcpi_eq(x, word)) return true;
  return false;
}

/* "the administration" beside "Obama administration": all its words, small ones left out, stand in the other's name. */
static bool is_short_for(rcp_str mine, rcp_str theirs) {
  enum { SMALL = 3 };
  rcp_str word;
  bool has_any = false;
  if (mine.n >= theirs.n) return false;
  while (rcpi_next_field(&mine, ' ', &word)) {
    if (word.n <= SMALL) continue;
    if (!has_word(theirs, word)) return false;
    has_any = true;
  }
  return has_any;
}

/*
 * One who may be any other speaker of the claim: "les autorités"; "la direction" beside "la direction du port"; "Bangkok" beside a
 * Thai minister; "un syndicat" beside the secretary of one. `folded`: the speakers' names.
 */
static bool is_vague(const counter *c, const tally *t, const rcp_str *folded, size_t i) {
  const rcpi_origin *o = &c->story->origins[t->speakers.p[i]];
  if (o->is_vague) return true;
  for (size_t k = 0; k < t->speakers.n; k++) {
    const rcpi_origin *other = &c->story->origins[t->speakers.p[k]];
    if (k == i) continue;
    if (o->body.n && !rcpi_eq(other->body, o->body) && speaks_for(other, o->body)) return true;
    if (!o->is_named && is_short_for(folded[i], folded[k])) return true;
  }
  return false;
}

static void find_vague(const counter *c, tally *t) {
  rcp_str *folded = rcpi_array(c->a, rcp_str, t->speakers.n);
  t->is_vague = rcpi_array(c->a, bool, t->speakers.n);
  for (size_t i = 0; i < t->speakers.n; i++) folded[i] = rcpi_fold(c->a, c->story->origins[t->speakers.p[i]].name);
  for (size_t i = 0; i < t->speakers.n; i++) t->is_vague[i] = is_vague(c, t, folded, i);
}

/* Sets of speakers that hold one who is not vague; one set when all are vague. */
static uint32_t count_speakers(const tally *t, rcpi_sets *sets) {
  uint32_t n = 0;
  for (size_t i = 0; i < t->speakers.n; i++) {
    uint32_t root = rcpi_sets_root(sets, t->speakers.p[i]);
    bool is_first = true, is_clear = false;
    for (size_t k = 0; k < t->speakers.n; k++) {
      if (rcpi_sets_root(sets, t->speakers.p[k]) != root) continue;
      is_first = is_first && k >= i;
      is_clear = is_clear || !t->is_vague[k];
    }
    n += is_first && is_clear;
  }
  return n || !t->speakers.n ? n : 1;
}

/*
 * Does the place name an organisation for which one of the claim's speakers speaks? "La FSR avait averti" beside "la FSR dit avoir averti".
 * (A person who speaks is news himself: two who report his visit have seen it.)
 */
static bool names_speaker(const counter *c, const tally *t, const rcpi_appearance *app) {
  const rcpi_marks *m = &c->story->tellings[app->telling].marks;
  for (size_t i = rcpi_names_behind(m, app->at.token); i < m->n_names && m->names[i].at.token < app->at.end_token; i++) {
    rcp_str key = rcpi_printf(c->a, "g%u", c->story->names.group_of[app->telling][i]);
    for (size_t k = 0; k < t->speakers.n; k++)
      if (speaks_for(&c->story->origins[t->speakers.p[k]], key)) return true;
  }
  return false;
}

/* Speakers, and the channels in which nobody is quoted or named for the claim. */
uint32_t rcpi_support_independent(const counter *c, const rcpi_claim *claim, tally *t, const rcpi_sets *texts) {
  rcpi_sets speakers;
  const uint32_t *root = rcpi_support_roots(c, t);
  bool *is_quoted = rcpi_array(c->a, bool, t->nodes.n);   /* by root */
  rcpi_sets_init(c->a, &speakers, c->story->n_origins);
  list_speakers(c, t);
  find_vague(c, t);
  join_speakers(c, t, texts, &speakers);
  join_misspelt(c, t, &speakers);
  uint32_t n = count_speakers(t, &speakers);
  for (size_t i = 0; i < claim->n_appearances; i++) {
    const rcpi_appearance *app = &claim->appearances[i];
    if (t->speaker[i] != UINT32_MAX || app->said.mode == RCPI_MODE_QUOTED || has_unknown_speaker(c, app) || names_speaker(c, t, app)) is_quoted[root[c->place[app->telling] - 1]] = true;
  }
  for (size_t i = 0; i < t->tellings.n; i++) n += !rcpi_support_holds(root, i, root[i]) && !is_quoted[root[i]];
  return n ? n : 1;
}
