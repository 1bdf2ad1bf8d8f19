/*
 * Contract: articles; texts once those that derive from one another count once; channels once texts that take the claim
 * from one medium or agency count once; independent origins: a named speaker counts once wherever he is quoted, a
 * channel that vouches for the claim itself counts as one.
 *
 * In doubt the lower count. Texts: a telling made out of two families goes, for each claim, with the one that tells it;
 * one that takes only a little from another is its own text where the claim stands outside what it took.
 * Speakers: tellings of one text have the same speakers, whatever they are called there ("two people", "deux personnes
 * proches du dossier"), save where both are named (and not one name misspelt); a vague one ("les autorités") is taken for any other official speaker of the claim; a channel in which
 * anybody is quoted for the claim does not vouch for it itself.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "claim/support.h"

#include <math.h>

#include "base/buf.h"
#include "base/sets.h"
#include "base/unicode.h"
#include "claim/slip.h"

/*
 * How sure it is that a text carries the claim that alignment ties it to: log odds out of the scores of its two best ties
 * and of the number of articles of the claim. Logistic regression on nine annotated stories and forty-six marked ones, each kind weighing
 * the same; the least is where precision is high: of the texts that do carry the claim .62 are kept in the annotated stories and .32 in
 * the marked ones, which copy less; of those that don't .06 and .11. (For the number of articles the regression gives .7 on the
 * annotated ones, -.3 on the marked: .3 lies between.)
 */
static const double weight_best = 4.86e-3, weight_second = 0.82e-3, weight_articles = 0.3, least_sure = 5.2;

typedef struct counter {
  rcpi_arena *a;
  const rcpi_claim_options *options;
  rcpi_story *story;
  bool *is_link;               /* [telling] made out of two families */
  uint32_t *agency;            /* [telling] -> the origin that the whole text is credited to, or UINT32_MAX */
  bool *is_agency_text;        /* the text is an agency's own, copied or translated */
  rcpi_sets plain;             /* tellings joined by what holds for any claim, then origins alone */
  RCPI_VEC(const rcpi_derivation *) slight;   /* those that hold for some claims only */
  struct { uint32_t a, b; } *ends;   /* of each derivation */
  uint32_t *with_at, *with;    /* derivations of telling i: with[with_at[i]] to with[with_at[i + 1]] */
  uint32_t *place;             /* scratch: [telling] -> 1 + its place in the tally; 0: not there */
} counter;

/* ------------------------------------------------------------------------------------------------ texts of a story */

/* Does the direction of d say that telling x comes from the other? */
static bool is_child(const rcpi_derivation *d, uint32_t x) {
  return d->a == x ? d->direction == RCPI_A_FROM_B : d->b == x && d->direction == RCPI_B_FROM_A;
}

/* The derivations of each telling, in order; the ends of all close together, since they are gone through once a telling. */
static void list_derivations(counter *c) {
  const rcpi_story *s = c->story;
  c->ends = rcpi_alloc(c->a, s->n_derivations, sizeof *c->ends);
  c->with_at = rcpi_array(c->a, uint32_t, s->n_tellings + 2);
  c->with = rcpi_array(c->a, uint32_t, 2 * s->n_derivations);
  for (size_t i = 0; i < s->n_derivations; i++) c->with_at[s->derivations[i].a + 2]++, c->with_at[s->derivations[i].b + 2]++;
  for (size_t i = 2; i < s->n_tellings + 2; i++) c->with_at[i] += c->with_at[i - 1];
  for (uint32_t i = 0; i < s->n_derivations; i++) {
    const rcpi_derivation *d = &s->derivations[i];
    c->ends[i].a = d->a, c->ends[i].b = d->b;
    c->with[c->with_at[d->a + 1]++] = i, c->with[c->with_at[d->b + 1]++] = i;
  }
}

/* Is telling x made out of two families, which nothing else links? A text that two others take from links them. */
static bool links_two(const counter *c, uint32_t x) {
  const rcpi_story *s = c->story;
  rcpi_mark m = rcpi_arena_mark(c->a);
  rcpi_sets sets;
  uint32_t first = UINT32_MAX;
  bool two = false;
  size_t n_parents = 0;
  for (uint32_t i = c->with_at[x]; i < c->with_at[x + 1]; i++) n_parents += is_child(&s->derivations[c->with[i]], x);
  if (n_parents < 2) return false;
  rcpi_sets_init(c->a, &sets, s->n_tellings);
  for (size_t i = 0; i < s->n_derivations; i++)
    if (c->ends[i].a != x && c->ends[i].b != x) rcpi_sets_join(&sets, c->ends[i].a, c->ends[i].b);
  for (uint32_t i = c->with_at[x]; i < c->with_at[x + 1]; i++) {
    const rcpi_derivation *d = &s->derivations[c->with[i]];
    if (!is_child(d, x)) continue;
    uint32_t root = rcpi_sets_root(&sets, d->a == x ? d->b : d->a);
    if (first != UINT32_MAX && root != first) two = true;
    first = root;
  }
  rcpi_arena_rewind(c->a, m);
  return two;
}

/* Takes so little that it counts only where the words lie. */
static bool is_slight(const rcpi_derivation *d) {
  return d->kind == RCPI_PARTIAL && d->shared < 0.1;
}

static bool lies_in(const rcpi_story *s, const rcpi_appearance *app, rcpi_span passage) {
  return rcpi_overlaps(rcpi_tokens_span(&s->tellings[app->telling].text, app->at.token, app->at.end_token), passage);
}

/* Does the claim stand, in both tellings, in what one took from the other? Without a claim: all that is taken counts. */
static bool carries(const counter *c, const rcpi_derivation *d, const rcpi_claim *claim) {
  if (!claim || !is_slight(d)) return true;
  for (size_t p = 0; p < d->n_passages; p++) {
    bool in_a = false, in_b = false;
    for (size_t i = 0; i < claim->n_appearances; i++) {
      const rcpi_appearance *app = &claim->appearances[i];
      in_a = in_a || (app->telling == d->a && lies_in(c->story, app, d->passages[p].a));
      in_b = in_b || (app->telling == d->b && lies_in(c->story, app, d->passages[p].b));
    }
    if (in_a && in_b) return true;
  }
  return false;
}

static bool holds(const uint32_t *p, size_t n, uint32_t x) {
  for (size_t i = 0; i < n; i++)
    if (p[i] == x) return true;
  return false;
}

/* What joins texts whatever the claim: both ends of a chain may tell it and its middle not. */
static void join_plain(counter *c) {
  const rcpi_story *s = c->story;
  rcpi_sets_init(c->a, &c->plain, s->n_tellings + s->n_origins);
  for (uint32_t i = 0; i < s->n_derivations; i++) {
    const rcpi_derivation *d = &s->derivations[i];
    if (c->is_link[d->a] || c->is_link[d->b]) continue;
    if (is_slight(d)) rcpi_push(c->a, &c->slight, d);
    else rcpi_sets_join(&c->plain, d->a, d->b);
  }
}

/* Joins those of `tellings` that are one text; c->place says which. A link joins only the nearest of those that are there. */
static void join_texts(const counter *c, const rcpi_claim *claim, const uint32_t *tellings, size_t n, rcpi_sets *sets) {
  const rcpi_story *s = c->story;
  memcpy(sets->parent, c->plain.parent, sets->n * sizeof *sets->parent);
  for (size_t i = 0; i < c->slight.n; i++) {
    const rcpi_derivation *d = c->slight.p[i];
    if (c->place[d->a] && c->place[d->b] && carries(c, d, claim)) rcpi_sets_join(sets, d->a, d->b);
  }
  for (size_t k = 0; k < n; k++) {
    const rcpi_derivation *best = NULL;
    for (uint32_t i = c->with_at[tellings[k]]; c->is_link[tellings[k]] && i < c->with_at[tellings[k] + 1]; i++) {
      const rcpi_derivation *d = &s->derivations[c->with[i]];
      if (c->place[d->a == tellings[k] ? d->b : d->a] && (!best || d->shared > best->shared)) best = d;
    }
    if (best) rcpi_sets_join(sets, best->a, best->b);
  }
}

/* ------------------------------------------------------------------------------------------------ whose text it is */

static bool is_agency(const rcpi_story *s, uint32_t origin) {
  return origin != UINT32_MAX && s->origins[origin].kind == RCPI_ORIGIN_AGENCY;
}

static void find_agencies(counter *c) {
  const rcpi_story *s = c->story;
  for (uint32_t i = 0; i < s->n_tellings; i++) {
    c->agency[i] = UINT32_MAX;
    if (is_agency(s, s->publisher_origin[i])) c->agency[i] = s->publisher_origin[i];
  }
  for (size_t i = 0; i < s->n_credits; i++) {
    const rcpi_credit *k = &s->credits[i];
    if (k->is_for_all && c->agency[k->telling] == UINT32_MAX) c->agency[k->telling] = k->origin;
  }
  for (uint32_t i = 0; i < s->n_tellings; i++) c->is_agency_text[i] = is_agency(s, c->agency[i]);
}

/* The medium or agency that a sentence with this appearance credits, or UINT32_MAX. */
static uint32_t credited(const counter *c, const rcpi_appearance *app) {
  const rcpi_story *s = c->story;
  const rcpi_text *t = &s->tellings[app->telling].text;
  const rcpi_sentence *sentence = &t->sentences[t->tokens[app->at.token].sentence];
  for (size_t i = 0; i < s->n_credits; i++) {
    const rcpi_credit *k = &s->credits[i];
    if (k->telling != app->telling || k->is_for_all) continue;
    if (k->at.beg >= sentence->beg && k->at.end <= sentence->end && s->publisher_origin[app->telling] != k->origin) return k->origin;
  }
  return UINT32_MAX;
}

/* ------------------------------------------------------------------------------------------------------- one claim */

enum { SURE_TIE = 500, MOST_SPEAKERS = 16 };   /* of one telling for one claim, and one more when there are more */

typedef struct tally {
  rcpi_sets nodes;             /* tellings, then origins (as channels) */
  rcpi_sets sure;              /* the same without what only doubt has joined */
  RCPI_VEC(uint32_t) tellings;
  uint32_t *speaker;           /* of each appearance, or UINT32_MAX */
  struct spoken { uint32_t who[MOST_SPEAKERS + 1], n; } *spoken;   /* of each of the tellings: distinct, in order */
  RCPI_VEC(uint32_t) speakers; /* distinct, in order of appearance */
} tally;

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

/*
 * A text that alignment ties to the rest of the claim by nothing stronger than a guess may not carry it at all: it is
 * counted with the text that it is nearest to, the lower count. Claims that a person put together are not doubted.
 */
static void join_doubtful(rcpi_arena *a, const rcpi_claim *claim, tally *t) {
  if (!claim->n_links || claim->is_corrected) return;
  bool *is_done = rcpi_array(a, bool, t->nodes.n);   /* by root: asked, and nothing has joined it since */
  for (size_t i = 0; i < t->tellings.n; i++) {
    uint32_t root = rcpi_sets_root(&t->nodes, t->tellings.p[i]), nearest = UINT32_MAX;
    int32_t best = -1, second = -1;
    if (is_done[root]) continue;
    is_done[root] = true;
    for (size_t k = 0; k < claim->n_links; k++) {
      uint32_t x = claim->appearances[claim->links[k].a].telling, y = claim->appearances[claim->links[k].b].telling;
      bool x_in = rcpi_sets_root(&t->nodes, x) == root, y_in = rcpi_sets_root(&t->nodes, y) == root;
      if (x_in == y_in || claim->links[k].score <= second) continue;
      if (claim->links[k].score <= best) {
        second = claim->links[k].score;
        continue;
      }
      second = best;
      best = claim->links[k].score;
      nearest = x_in ? y : x;
    }
    if (second < 0) second = best;
    double sure = weight_best * best + weight_second * second + weight_articles * log((double)t->tellings.n);
    if (nearest == UINT32_MAX || sure >= least_sure) continue;
    rcpi_sets_join(&t->nodes, t->tellings.p[i], nearest);
    is_done[rcpi_sets_root(&t->nodes, nearest)] = false;
  }
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
static void take_speakers(const counter *c, const rcpi_claim *claim, tally *t) {
  t->speaker = rcpi_array(c->a, uint32_t, claim->n_appearances);
  t->spoken = rcpi_alloc(c->a, t->tellings.n, sizeof *t->spoken);
  const int32_t *tie = ties_of(c, claim);
  for (size_t i = 0; i < claim->n_appearances; i++) {
    struct spoken *by = &t->spoken[c->place[claim->appearances[i].telling] - 1];
    uint32_t o = t->speaker[i] = speaker_of(c, &claim->appearances[i]);
    if (o == UINT32_MAX || by->n > MOST_SPEAKERS || is_beside(claim, tie, i)) continue;
    if (!holds(by->who, by->n < MOST_SPEAKERS ? by->n : MOST_SPEAKERS, o)) by->who[by->n++] = o;
  }
}

static rcpi_sets copy_sets(rcpi_arena *a, const rcpi_sets *sets) {
  rcpi_sets out = {rcpi_array(a, uint32_t, sets->n), sets->n};
  memcpy(out.parent, sets->parent, sets->n * sizeof *out.parent);
  return out;
}

static void take_tellings(const counter *c, const rcpi_claim *claim, tally *t) {
  rcpi_sets_init(c->a, &t->nodes, c->plain.n);
  for (size_t i = 0; i < claim->n_appearances; i++) {
    uint32_t x = claim->appearances[i].telling;
    if (c->place[x]) continue;
    rcpi_push(c->a, &t->tellings, x);
    c->place[x] = (uint32_t)t->tellings.n;
  }
  take_speakers(c, claim, t);
  join_texts(c, claim, t->tellings.p, t->tellings.n, &t->nodes);
  t->sure = copy_sets(c->a, &t->nodes);
  join_doubtful(c->a, claim, t);
}

static void leave_tellings(const counter *c, const tally *t) {
  for (size_t i = 0; i < t->tellings.n; i++) c->place[t->tellings.p[i]] = 0;
}

/* The sets that the tellings are in now. */
static const uint32_t *roots(const counter *c, tally *t) {
  uint32_t *root = rcpi_array(c->a, uint32_t, t->tellings.n);
  for (size_t i = 0; i < t->tellings.n; i++) root[i] = rcpi_sets_root(&t->nodes, t->tellings.p[i]);
  return root;
}

static uint32_t count_sets(const counter *c, tally *t) {
  const uint32_t *root = roots(c, t);
  uint32_t n = 0;
  for (size_t i = 0; i < t->tellings.n; i++) n += !holds(root, i, root[i]);
  return n;
}

/* How many sets there would be without doubt. */
static uint32_t count_sure_sets(const counter *c, const tally *t) {
  tally all = *t;
  all.nodes = t->sure;
  return count_sets(c, &all);
}

/*
 * An agency, or a medium whose article is not at hand, that a text credits somewhere: what it gave and what not cannot be
 * seen, so all may be from it. A medium at hand can be compared: only the sentences that credit it count.
 */
static bool is_absent(const rcpi_story *s, const rcpi_credit *k) {
  if (k->is_for_all) return false;
  if (s->origins[k->origin].kind == RCPI_ORIGIN_AGENCY) return true;
  for (size_t i = 0; i < s->n_tellings; i++)
    if (s->publisher_origin[i] == k->origin) return false;
  return true;
}

static void join_channel(tally *t, uint32_t telling, size_t channel) {
  rcpi_sets_join(&t->nodes, telling, (uint32_t)channel);
  rcpi_sets_join(&t->sure, telling, (uint32_t)channel);
}

static void join_channels(const counter *c, const rcpi_claim *claim, tally *t) {
  size_t n = c->story->n_tellings;
  for (size_t i = 0; i < t->tellings.n; i++) {
    uint32_t x = t->tellings.p[i], own = c->story->publisher_origin[x];
    if (c->agency[x] != UINT32_MAX) join_channel(t, x, n + c->agency[x]);
    if (own != UINT32_MAX && !c->is_agency_text[x]) join_channel(t, x, n + own);
  }
  for (size_t i = 0; i < c->story->n_credits; i++) {
    const rcpi_credit *k = &c->story->credits[i];
    if (c->place[k->telling] && !c->is_agency_text[k->telling] && is_absent(c->story, k))
      join_channel(t, k->telling, n + k->origin);
  }
  for (size_t i = 0; i < claim->n_appearances; i++) {
    const rcpi_appearance *app = &claim->appearances[i];
    uint32_t medium = c->is_agency_text[app->telling] ? UINT32_MAX : credited(c, app);
    if (medium != UINT32_MAX) join_channel(t, app->telling, n + medium);
  }
}

/* Speakers of one text are the same in all its tellings, in the order in which they speak, unless two names differ. */
static void join_speakers(const counter *c, tally *t, const rcpi_sets *texts, rcpi_sets *speakers) {
  rcpi_sets by_text = *texts;
  uint32_t *root = rcpi_array(c->a, uint32_t, t->tellings.n);
  for (size_t x = 0; x < t->tellings.n; x++) root[x] = rcpi_sets_root(&by_text, t->tellings.p[x]);
  for (size_t x = 0; x < t->tellings.n; x++)
    for (size_t y = x + 1; y < t->tellings.n; y++) {
      const struct spoken *in_x = &t->spoken[x], *in_y = &t->spoken[y];
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
  return t->spoken[i].n < MOST_SPEAKERS ? t->spoken[i].n : MOST_SPEAKERS;
}

/*
 * The speakers that count: of each channel those of the one telling that names most. Where tellings of one channel name
 * different people for a claim, one of the places is likely to say something else.
 */
static void list_speakers(const counter *c, tally *t) {
  const uint32_t *root = roots(c, t);
  for (size_t i = 0; i < t->tellings.n; i++) {
    size_t best = i;
    if (holds(root, i, root[i])) continue;
    for (size_t k = 0; k < t->tellings.n; k++)
      if (root[k] == root[i] && n_speakers(t, k) > n_speakers(t, best)) best = k;
    for (size_t k = 0; k < n_speakers(t, best); k++) {
      uint32_t o = t->spoken[best].who[k];
      if (!holds(t->speakers.p, t->speakers.n, o)) rcpi_push(c->a, &t->speakers, o);
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
static bool is_short_for(const counter *c, const rcpi_origin *o, const rcpi_origin *full) {
  enum { SMALL = 3 };
  rcp_str mine = rcpi_fold(c->a, o->name), theirs = rcpi_fold(c->a, full->name), word;
  bool has_any = false;
  if (o->is_named || mine.n >= theirs.n) return false;
  while (rcpi_next_field(&mine, ' ', &word)) {
    if (word.n <= SMALL) continue;
    if (!has_word(theirs, word)) return false;
    has_any = true;
  }
  return has_any;
}

/*
 * One who may be any other speaker of the claim: "les autorités"; "la direction" beside "la direction du port"; "Bangkok" beside a Thai minister; "un syndicat" beside the
 * secretary of one.
 */
static bool is_vague(const counter *c, const tally *t, size_t i) {
  const rcpi_origin *o = &c->story->origins[t->speakers.p[i]];
  if (o->is_vague) return true;
  for (size_t k = 0; k < t->speakers.n; k++) {
    const rcpi_origin *other = &c->story->origins[t->speakers.p[k]];
    if (k == i) continue;
    if (o->body.n && !rcpi_eq(other->body, o->body) && speaks_for(other, o->body)) return true;
    if (is_short_for(c, o, other)) return true;
  }
  return false;
}

/* Sets of speakers that hold one who is not vague; one set when all are vague. */
static uint32_t count_speakers(const counter *c, const tally *t, rcpi_sets *sets) {
  uint32_t n = 0;
  for (size_t i = 0; i < t->speakers.n; i++) {
    uint32_t root = rcpi_sets_root(sets, t->speakers.p[i]);
    bool is_first = true, is_clear = false;
    for (size_t k = 0; k < t->speakers.n; k++) {
      if (rcpi_sets_root(sets, t->speakers.p[k]) != root) continue;
      is_first = is_first && k >= i;
      is_clear = is_clear || !is_vague(c, t, k);
    }
    n += is_first && is_clear;
  }
  return n || !t->speakers.n ? n : 1;
}

/* Speakers, and the channels in which nobody is quoted or named for the claim. */
static uint32_t count_independent(const counter *c, const rcpi_claim *claim, tally *t, const rcpi_sets *texts) {
  rcpi_sets speakers;
  const uint32_t *root = roots(c, t);
  bool *is_quoted = rcpi_array(c->a, bool, t->nodes.n);   /* by root */
  rcpi_sets_init(c->a, &speakers, c->story->n_origins);
  list_speakers(c, t);
  join_speakers(c, t, texts, &speakers);
  join_misspelt(c, t, &speakers);
  uint32_t n = count_speakers(c, t, &speakers);
  for (size_t i = 0; i < claim->n_appearances; i++) {
    const rcpi_appearance *app = &claim->appearances[i];
    if (t->speaker[i] != UINT32_MAX || app->said.mode == RCPI_MODE_QUOTED || has_unknown_speaker(c, app)) is_quoted[root[c->place[app->telling] - 1]] = true;
  }
  for (size_t i = 0; i < t->tellings.n; i++) n += !holds(root, i, root[i]) && !is_quoted[root[i]];
  return n ? n : 1;
}

/* ------------------------------------------------------------------------------------------------------ the reason */

static void put_source(const counter *c, rcpi_buf *b, const tally *t, size_t i) {
  rcp_str source = c->story->tellings[t->tellings.p[i]].article->source;
  size_t from = source.n;
  while (from > 0 && source.p[from - 1] != '/') from--;
  rcpi_buf_add(b, rcpi_sub(source, from, source.n));
}

/* Those of the present set that doubt has not joined to telling `first`, or those that nothing else has: how many. */
static size_t list_members(const counter *c, rcpi_buf *b, tally *t, const uint32_t *root, size_t first, bool in_doubt) {
  uint32_t sure = rcpi_sets_root(&t->sure, t->tellings.p[first]);
  size_t n = 0;
  for (size_t i = 0; i < t->tellings.n; i++) {
    bool is_sure = rcpi_sets_root(&t->sure, t->tellings.p[i]) == sure;
    if (root[i] != root[first] || is_sure == in_doubt) continue;
    if (in_doubt && !n) rcpi_buf_adds(b, "; ");
    else if (n) rcpi_buf_adds(b, ", ");
    put_source(c, b, t, i);
    n++;
  }
  return n;
}

/* The telling of its set with which most others surely go: the others are listed as doubtful. */
static size_t firmest(tally *t, const uint32_t *root, size_t first) {
  size_t best = first, most = 0;
  for (size_t i = first; i < t->tellings.n; i++) {
    size_t n = 0;
    for (size_t k = 0; k < t->tellings.n && root[i] == root[first]; k++)
      n += rcpi_sets_root(&t->sure, t->tellings.p[k]) == rcpi_sets_root(&t->sure, t->tellings.p[i]);
    if (n > most) most = n, best = i;
  }
  return best;
}

/* "a.txt, b.txt: one channel (AGL); c.txt; said by: la préfecture" */
static rcp_str explain(const counter *c, tally *t, const rcpi_support *support, bool fr) {
  rcpi_buf b;
  rcpi_buf_init(&b);
  const uint32_t *root = roots(c, t);
  for (size_t i = 0; i < t->tellings.n; i++) {
    uint32_t x = t->tellings.p[i];
    if (holds(root, i, root[i])) continue;
    if (b.len) rcpi_buf_adds(&b, "; ");
    size_t first = firmest(t, root, i);
    if (list_members(c, &b, t, root, first, false) > 1) rcpi_buf_adds(&b, fr ? " : un seul canal" : ": one channel");
    if (c->agency[x] != UINT32_MAX) rcpi_buf_printf(&b, " (%.*s)", RCPI_P(c->story->origins[c->agency[x]].name));
    if (list_members(c, &b, t, root, first, true))
      rcpi_buf_adds(&b, fr ? " : peut-être un autre fait, non compté à part" : ": perhaps another claim, not counted apart");
  }
  if (t->speakers.n) rcpi_buf_adds(&b, fr ? " ; dit par : " : "; said by: ");
  for (size_t i = 0; i < t->speakers.n; i++) {
    if (i) rcpi_buf_adds(&b, ", ");
    rcpi_buf_add(&b, c->story->origins[t->speakers.p[i]].name);
    if (is_vague(c, t, i) && support->independent < t->speakers.n)
      rcpi_buf_adds(&b, fr ? " (vague : non compté à part)" : " (vague: not counted apart)");
  }
  return rcpi_buf_take(&b, c->a);
}

static void count_claim(const counter *c, rcpi_claim *claim) {
  tally t = {.nodes = {NULL, 0}};
  rcpi_support *s = &claim->support;
  *s = (rcpi_support){.articles = 0};
  take_tellings(c, claim, &t);
  s->articles = (uint32_t)t.tellings.n;
  s->texts = count_sets(c, &t);
  s->doubtful = count_sure_sets(c, &t) - s->texts;
  rcpi_sets texts = copy_sets(c->a, &t.nodes);
  join_channels(c, claim, &t);
  s->channels = count_sets(c, &t);
  s->independent = count_independent(c, claim, &t, &texts);
  s->origins = t.speakers.p;
  s->n_origins = t.speakers.n;
  s->why = explain(c, &t, s, c->options->in_french);
  s->why_other = explain(c, &t, s, !c->options->in_french);
  leave_tellings(c, &t);
}

static void count_story(const counter *c) {
  rcpi_story *s = c->story;
  tally t = {.nodes = {NULL, 0}};
  rcpi_sets_init(c->a, &t.nodes, c->plain.n);
  for (uint32_t i = 0; i < s->n_tellings; i++) {
    rcpi_push(c->a, &t.tellings, i);
    c->place[i] = i + 1;
  }
  join_texts(c, NULL, t.tellings.p, t.tellings.n, &t.nodes);
  s->texts = count_sets(c, &t);
  for (uint32_t i = 0; i < s->n_tellings; i++) {
    uint32_t own = s->publisher_origin[i];
    if (c->agency[i] != UINT32_MAX) rcpi_sets_join(&t.nodes, i, (uint32_t)s->n_tellings + c->agency[i]);
    if (own != UINT32_MAX && !c->is_agency_text[i]) rcpi_sets_join(&t.nodes, i, (uint32_t)s->n_tellings + own);
  }
  s->channels = count_sets(c, &t);
}

void rcpi_support_count(rcpi_arena *a, const rcpi_claim_options *options, rcpi_story *story) {
  size_t n = story->n_tellings;
  counter c = {.a = a, .options = options, .story = story, .is_link = rcpi_array(a, bool, n), .agency = rcpi_array(a, uint32_t, n),
               .is_agency_text = rcpi_array(a, bool, n), .place = rcpi_array(a, uint32_t, n)};
  list_derivations(&c);
  for (uint32_t i = 0; i < n; i++) c.is_link[i] = links_two(&c, i);
  join_plain(&c);
  find_agencies(&c);
  for (size_t i = 0; i < story->n_claims; i++) count_claim(&c, &story->claims[i]);
  count_story(&c);
}
