/*
 * Contract: articles; texts once those that derive from one another count once; channels once texts that take the claim
 * from one medium or agency count once; independent origins: a named speaker counts once wherever he is quoted, a
 * channel that vouches for the claim itself counts as one.
 *
 * In doubt the lower count. Texts: a telling made out of two families goes, for each claim, with the one that tells it;
 * one that takes only a little from another is its own text where the claim stands outside what it took.
 * Speakers: support_who.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "claim/support_int.h"

#include <math.h>

typedef rcpi_support_counter counter;
typedef rcpi_support_tally tally;

/*
 * How sure it is that a text carries the claim that alignment ties it to: log odds out of the scores of its two best ties
 * and of the number of articles of the claim. Logistic regression on nine annotated stories and forty-six marked ones, each kind weighing
 * the same; the least is where precision is high: at 5.1 .95 of the annotated stories' texts and .93 of the marked ones' that pass do carry
 * the claim. (For the number of articles the regression gives .7 on the annotated ones, -.3 on the marked: .3 lies between.)
 */
static const double weight_best = 4.86e-3, weight_second = 0.82e-3, weight_articles = 0.3, least_sure = 5.1;

/* The same where a text that credits others may count as a channel of its own: .97 and .94. */
static const double least_sure_apart = 5.4;

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

static void list_credits(counter *c) {
  const rcpi_story *s = c->story;
  c->credit_at = rcpi_array(c->a, uint32_t, s->n_tellings + 1);
  c->is_published = rcpi_array(c->a, bool, s->n_origins);
  for (size_t i = 0; i < s->n_credits; i++) c->credit_at[s->credits[i].telling + 1]++;   /* they are by telling */
  for (size_t i = 0; i < s->n_tellings; i++) c->credit_at[i + 1] += c->credit_at[i];
  for (size_t i = 0; i < s->n_tellings; i++)
    if (s->publisher_origin[i] != UINT32_MAX) c->is_published[s->publisher_origin[i]] = true;
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

/* Has another telling made something of its own out of x? (What copies or translates it brings nothing that x has not.) */
static bool is_parent(const counter *c, uint32_t x) {
  for (uint32_t i = c->with_at[x]; i < c->with_at[x + 1]; i++) {
    const rcpi_derivation *d = &c->story->derivations[c->with[i]];
    bool is_reworked = d->kind != RCPI_COPY && d->kind != RCPI_TRANSLATION;
    if (is_reworked && is_child(d, d->a == x ? d->b : d->a)) return true;
  }
  return false;
}

/* A text of one family with an agency's is the agency's too, whatever else it credits in passing; but not what the agency may have taken from. */
static void spread_agencies(counter *c) {
  const rcpi_story *s = c->story;
  uint32_t *of_family = rcpi_array(c->a, uint32_t, c->plain.n);   /* 1 + the agency, or 0 */
  for (uint32_t i = (uint32_t)s->n_tellings; i--;)
    if (c->is_agency_text[i]) of_family[rcpi_sets_root(&c->plain, i)] = c->agency[i] + 1;
  for (uint32_t i = 0; i < s->n_tellings; i++) {
    uint32_t agency = of_family[rcpi_sets_root(&c->plain, i)];
    if (agency && c->agency[i] == UINT32_MAX && !is_parent(c, i)) c->agency[i] = agency - 1;
  }
}

/* The medium or agency that a sentence with this appearance credits, or UINT32_MAX. */
static uint32_t credited(const counter *c, const rcpi_appearance *app) {
  const rcpi_story *s = c->story;
  const rcpi_text *t = &s->tellings[app->telling].text;
  const rcpi_sentence *sentence = &t->sentences[t->tokens[app->at.token].sentence];
  for (uint32_t i = c->credit_at[app->telling]; i < c->credit_at[app->telling + 1]; i++) {
    const rcpi_credit *k = &s->credits[i];
    if (k->is_for_all) continue;
    if (k->at.beg >= sentence->beg && k->at.end <= sentence->end && s->publisher_origin[app->telling] != k->origin) return k->origin;
  }
  return UINT32_MAX;
}

/* ------------------------------------------------------------------------------------------------------- one claim */

/* What ties the text of telling x to the rest of the claim. */
static struct rcpi_support_tie tie_of(const rcpi_claim *claim, tally *t, uint32_t x) {
  uint32_t root = rcpi_sets_root(&t->nodes, x), nearest = UINT32_MAX;
  int32_t best = -1, second = -1;
  for (size_t k = 0; k < claim->n_links; k++) {
    uint32_t a = claim->appearances[claim->links[k].a].telling, b = claim->appearances[claim->links[k].b].telling;
    bool a_in = rcpi_sets_root(&t->nodes, a) == root, b_in = rcpi_sets_root(&t->nodes, b) == root;
    if (a_in == b_in || claim->links[k].score <= second) continue;
    if (claim->links[k].score <= best) {
      second = claim->links[k].score;
      continue;
    }
    second = best;
    best = claim->links[k].score;
    nearest = a_in ? b : a;
  }
  if (second < 0) second = best;
  double sure = weight_best * best + weight_second * second + weight_articles * log((double)t->tellings.n);
  return (struct rcpi_support_tie){sure, nearest};
}

static struct rcpi_support_tie *undoubted(rcpi_arena *a, size_t n) {
  struct rcpi_support_tie *tie = rcpi_alloc(a, n, sizeof *tie);
  for (size_t i = 0; i < n; i++) tie[i] = (struct rcpi_support_tie){INFINITY, UINT32_MAX};
  return tie;
}

/*
 * A text that alignment ties to the rest of the claim by nothing stronger than a guess may not carry it at all: it is
 * counted with the text that it is nearest to, the lower count. Claims that a person put together are not doubted.
 */
static void join_doubtful(rcpi_arena *a, const rcpi_claim *claim, tally *t) {
  t->tie = undoubted(a, t->tellings.n);
  if (!claim->n_links || claim->is_corrected) return;
  bool *is_done = rcpi_array(a, bool, t->nodes.n);   /* by root: asked, and nothing has joined it since */
  for (size_t i = 0; i < t->tellings.n; i++) {
    uint32_t root = rcpi_sets_root(&t->nodes, t->tellings.p[i]);
    if (is_done[root]) continue;
    is_done[root] = true;
    struct rcpi_support_tie tie = tie_of(claim, t, t->tellings.p[i]);
    if (tie.nearest == UINT32_MAX) continue;
    for (size_t k = i; k < t->tellings.n; k++)
      if (rcpi_sets_root(&t->nodes, t->tellings.p[k]) == root) t->tie[k] = tie;
    if (tie.sure >= least_sure) continue;
    rcpi_sets_join(&t->nodes, t->tellings.p[i], tie.nearest);
    is_done[rcpi_sets_root(&t->nodes, tie.nearest)] = false;
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
  rcpi_support_take_speakers(c, claim, t);
  join_texts(c, claim, t->tellings.p, t->tellings.n, &t->nodes);
  t->sure = copy_sets(c->a, &t->nodes);
  join_doubtful(c->a, claim, t);
}

static void leave_tellings(const counter *c, const tally *t) {
  for (size_t i = 0; i < t->tellings.n; i++) c->place[t->tellings.p[i]] = 0;
}

static uint32_t count_sets(const counter *c, tally *t) {
  const uint32_t *root = rcpi_support_roots(c, t);
  uint32_t n = 0;
  for (size_t i = 0; i < t->tellings.n; i++) n += !rcpi_support_holds(root, i, root[i]);
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
static bool is_absent(const counter *c, const rcpi_credit *k) {
  return !k->is_for_all && (c->story->origins[k->origin].kind == RCPI_ORIGIN_AGENCY || !c->is_published[k->origin]);
}

static void join_channel(tally *t, uint32_t telling, size_t channel) {
  rcpi_sets_join(&t->nodes, telling, (uint32_t)channel);
  rcpi_sets_join(&t->sure, telling, (uint32_t)channel);
}

/*
 * The media out of sight that a text credits somewhere. What it says of the claim may be from any of them: it goes with one, the first that
 * gave the claim to another telling too, and makes no single channel out of two others. Where it is less than sure that it carries the claim
 * it goes with the telling that it is nearest to.
 */
static void join_absent(const counter *c, tally *t, size_t place, const bool *is_there) {
  uint32_t telling = t->tellings.p[place], one = UINT32_MAX;
  for (uint32_t i = c->credit_at[telling]; i < c->credit_at[telling + 1]; i++) {
    const rcpi_credit *k = &c->story->credits[i];
    if (!is_absent(c, k)) continue;
    if (one == UINT32_MAX || (is_there[k->origin] && !is_there[one])) one = k->origin;
  }
  if (one == UINT32_MAX) return;
  if (t->tie[place].sure < least_sure_apart) rcpi_sets_join(&t->nodes, telling, t->tie[place].nearest);
  else join_channel(t, telling, c->story->n_tellings + one);
}

/* The agency or the medium whose text each is; `is_there` says of which there is one. */
static void join_own(const counter *c, tally *t, bool *is_there) {
  size_t n = c->story->n_tellings;
  for (size_t i = 0; i < t->tellings.n; i++) {
    uint32_t x = t->tellings.p[i], own = c->story->publisher_origin[x];
    if (c->agency[x] != UINT32_MAX) join_channel(t, x, n + c->agency[x]), is_there[c->agency[x]] = true;
    if (own != UINT32_MAX && !c->is_agency_text[x]) join_channel(t, x, n + own), is_there[own] = true;
  }
}

static void join_channels(const counter *c, const rcpi_claim *claim, tally *t) {
  bool *is_there = rcpi_array(c->a, bool, c->story->n_origins), *is_credited = rcpi_array(c->a, bool, t->tellings.n);
  join_own(c, t, is_there);
  for (size_t i = 0; i < claim->n_appearances; i++) {
    const rcpi_appearance *app = &claim->appearances[i];
    uint32_t medium = c->is_agency_text[app->telling] ? UINT32_MAX : credited(c, app);
    if (medium == UINT32_MAX) continue;
    join_channel(t, app->telling, c->story->n_tellings + medium);
    is_there[medium] = is_credited[c->place[app->telling] - 1] = true;
  }
  for (size_t i = 0; i < t->tellings.n; i++)
    if (!is_agency(c->story, c->agency[t->tellings.p[i]]) && !(is_credited[i] && t->tie[i].sure >= least_sure_apart)) join_absent(c, t, i, is_there);
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
  s->independent = rcpi_support_independent(c, claim, &t, &texts);
  s->origins = t.speakers.p;
  s->n_origins = t.speakers.n;
  s->why = rcpi_support_explain(c, &t, s, c->options->in_french);
  s->why_other = rcpi_support_explain(c, &t, s, !c->options->in_french);
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
  bool *is_there = rcpi_array(c->a, bool, s->n_origins);
  t.sure = copy_sets(c->a, &t.nodes);
  t.tie = undoubted(c->a, s->n_tellings);
  join_own(c, &t, is_there);
  for (size_t i = 0; i < s->n_tellings; i++)
    if (!is_agency(s, c->agency[i])) join_absent(c, &t, i, is_there);
  s->channels = count_sets(c, &t);
}

void rcpi_support_count(rcpi_arena *a, const rcpi_claim_options *options, rcpi_story *story) {
  size_t n = story->n_tellings;
  counter c = {.a = a, .options = options, .story = story, .is_link = rcpi_array(a, bool, n), .agency = rcpi_array(a, uint32_t, n),
               .is_agency_text = rcpi_array(a, bool, n), .place = rcpi_array(a, uint32_t, n)};
  list_derivations(&c);
  for (uint32_t i = 0; i < n; i++) c.is_link[i] = links_two(&c, i);
  join_plain(&c);
  list_credits(&c);
  find_agencies(&c);
  spread_agencies(&c);
  for (size_t i = 0; i < story->n_claims; i++) count_claim(&c, &story->claims[i]);
  count_story(&c);
}
