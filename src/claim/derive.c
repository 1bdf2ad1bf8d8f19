/*
 * Two kinds of evidence that one telling comes from another: shared words (reuse/), and shared claims.
 *
 * A copy shares long runs of words. A rewrite or a translation shares few or none, but tells the same things in much the
 * same order. Three shares between 0 and 1 say how much, and their geometric mean decides: the claims of the smaller
 * telling that lie in the other, each weighed by how few tell it (log of tellings over tellings that carry it); the same
 * among the claims that anybody else tells at all; and the longest run of common claims in one order. Independent
 * reports of one event share only what everybody tells, in an order of their own. Measured on nine annotated stories
 * (claims aligned by the program): from .555 to .575 F1 is .97; at .535 independent pairs pass, at .585 rewrites are missed.
 * A false parent hides an independent source, a missed one makes one up.
 *
 * Direction, in order of weight: a text that is an agency's own, or a press release, is not taken from a paper; a credit ("avec l'AFP", "a
 * dit à X") points at the parent; an earlier hour; else nothing. Two texts with one parent at hand are siblings. Two
 * with no sign of direction are called siblings too: a common third text is far more usual than copying without trace.
 *
 * Known weakness: a report that quotes another at length, with no words of its own, looks like a rewrite of it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "claim/derive.h"

#include <math.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/unicode.h"

/* Shares above which a pair derives: measured as above; in between, the parent decides (close_siblings). */
static const double least_text = 0.055, least_telling = 0.565, weak_claims = 0.08;
/* Where one credits the other, less is enough. */
static const double credited_text = 0.03, credited_telling = 0.35;

typedef struct pair {
  double text, text_a, text_b; /* share of own words in passages: of the shorter, of either */
  double resemblance;
  double claims;               /* weighed share of the smaller's claims */
  double told;                 /* the same among claims that another telling has */
  double order;                /* share of the common claims that stand in one order */
  uint32_t n_common;
  const rcpi_shared *shared;   /* NULL: no words shared */
  double to_b, to_a;           /* evidence that b comes from a, a from b */
  bool is_derived;
} pair;

typedef struct deriver {
  rcpi_arena *a;
  const rcpi_claim_options *options;
  rcpi_story *story;
  size_t n;
  pair *pairs;                 /* [a * n + b], a < b */
  uint32_t *n_words;
  bool *is_release;            /* the text is a press release */
  uint32_t *first;             /* [telling * n_claims + claim] -> token of its first appearance, or UINT32_MAX */
  uint32_t **parents;          /* of each telling: those from which it comes, by the evidence for that direction */
  uint32_t *n_parents;
  uint32_t **carried;          /* of each telling: the claims that it carries, in order */
  uint32_t *n_carried;
} deriver;

static pair *at(deriver *d, size_t x, size_t y) {
  return x < y ? &d->pairs[x * d->n + y] : &d->pairs[y * d->n + x];
}

/* ------------------------------------------------------------------------------------------------------- evidence */

static void measure_text(deriver *d) {
  const rcpi_text **texts = rcpi_array(d->a, const rcpi_text *, d->n);
  rcpi_shared *shared;
  for (size_t i = 0; i < d->n; i++) {
    texts[i] = &d->story->tellings[i].text;
    for (size_t k = 0; k < texts[i]->n_tokens; k++) d->n_words[i] += texts[i]->tokens[k].kind != RCPI_TOK_MARK;
  }
  size_t n = rcpi_reuse_pairs(d->a, texts, d->n, &shared);
  for (size_t i = 0; i < n; i++) {
    pair *p = at(d, shared[i].a, shared[i].b);
    p->shared = &shared[i];
    p->text_a = shared[i].containment_a;
    p->text_b = shared[i].containment_b;
    p->text = d->n_words[shared[i].a] <= d->n_words[shared[i].b] ? p->text_a : p->text_b;
    p->resemblance = shared[i].resemblance;
  }
}

/* Tellings of a claim, each once; appearances are by telling. */
static size_t carriers(const rcpi_claim *c, uint32_t *out, size_t most) {
  size_t n = 0;
  for (size_t i = 0; i < c->n_appearances; i++)
    if ((n == 0 || out[n - 1] != c->appearances[i].telling) && n < most) out[n++] = c->appearances[i].telling;
  return n;
}

/* Longest increasing run (patience sorting) of `n` places. */
static size_t longest_run(uint32_t *place, size_t n, uint32_t *pile) {
  size_t n_piles = 0;
  for (size_t i = 0; i < n; i++) {
    size_t lo = 0, hi = n_piles;
    while (lo < hi) {
      size_t mid = (lo + hi) / 2;
      if (pile[mid] < place[i]) lo = mid + 1;
      else hi = mid;
    }
    pile[lo] = place[i];
    n_piles += lo == n_piles;
  }
  return n_piles;
}

typedef struct common { uint32_t in_x, in_y; } common;

static int by_first(const void *x, const void *y) {
  const common *a = x, *b = y;
  return a->in_x != b->in_x ? (a->in_x > b->in_x ? 1 : -1) : (a->in_y > b->in_y) - (a->in_y < b->in_y);
}

/* Claims of x and y in the order of x; how far y keeps it. */
static void measure_order(deriver *d, uint32_t x, uint32_t y, common *both, uint32_t *scratch) {
  size_t n = 0, n_claims = d->story->n_claims;
  pair *p = at(d, x, y);
  for (size_t k = 0; k < d->n_carried[x]; k++) {
    uint32_t i = d->carried[x][k], in_y = d->first[y * n_claims + i];
    if (in_y != UINT32_MAX) both[n++] = (common){d->first[x * n_claims + i], in_y};
  }
  if (n) qsort(both, n, sizeof *both, by_first);
  uint32_t *places = scratch, *pile = scratch + n_claims;
  for (size_t i = 0; i < n; i++) places[i] = both[i].in_y;
  p->n_common = (uint32_t)n;
  p->order = n ? (double)longest_run(places, n, pile) / (double)n : 0;
}

/* Token of the first appearance of each claim in each telling; UINT32_MAX: none. */
static void find_places(deriver *d) {
  size_t n_claims = d->story->n_claims;
  d->first = rcpi_array(d->a, uint32_t, d->n * n_claims + 1);
  memset(d->first, 0xFF, d->n * n_claims * sizeof *d->first);
  for (size_t i = 0; i < n_claims; i++) {
    const rcpi_claim *c = &d->story->claims[i];
    for (size_t k = c->n_appearances; k-- > 0;) {
      uint32_t *at = &d->first[c->appearances[k].telling * n_claims + i];
      d->n_carried[c->appearances[k].telling] += *at == UINT32_MAX;
      *at = c->appearances[k].at.token;
    }
  }
  for (size_t x = 0; x < d->n; x++) {
    d->carried[x] = rcpi_array(d->a, uint32_t, d->n_carried[x]);
    d->n_carried[x] = 0;
    for (uint32_t i = 0; i < n_claims; i++)
      if (d->first[x * n_claims + i] != UINT32_MAX) d->carried[x][d->n_carried[x]++] = i;
  }
}

static void measure_claims(deriver *d) {
  double *weight = rcpi_array(d->a, double, d->n), *told = rcpi_array(d->a, double, d->n);
  uint32_t *who = rcpi_array(d->a, uint32_t, d->n), *scratch = rcpi_array(d->a, uint32_t, 2 * d->story->n_claims + 1);
  common *both = rcpi_array(d->a, common, d->story->n_claims + 1);
  for (size_t i = 0; i < d->story->n_claims; i++) {
    size_t n = carriers(&d->story->claims[i], who, d->n);
    double w = log((double)(d->n + 1) / (double)n);
    for (size_t x = 0; x < n; x++) {
      weight[who[x]] += w;
      if (n > 1) told[who[x]] += w;
      for (size_t y = x + 1; y < n; y++) at(d, who[x], who[y])->claims += w;
    }
  }
  for (uint32_t x = 0; x < d->n; x++)
    for (uint32_t y = x + 1; y < d->n; y++) {
      pair *p = at(d, x, y);
      double all = fmin(weight[x], weight[y]), others = fmin(told[x], told[y]), shared = p->claims;
      p->claims = all > 0 ? fmin(shared / all, 1) : 0;
      p->told = others > 0 ? fmin(shared / others, 1) : 0;
      if (shared > 0) measure_order(d, x, y, both, scratch);
    }
}

/* How much two tellings tell the same: see the head of this file. Under six common claims order says nothing. */
static double sameness(const pair *p) {
  return p->n_common < 6 ? 0 : cbrt(p->claims * p->told * p->order);
}

static bool is_agency_own(const rcpi_story *s, uint32_t x) {
  uint32_t o = s->publisher_origin[x];
  return o != UINT32_MAX && s->origins[o].kind == RCPI_ORIGIN_AGENCY;
}

/* How strongly y's credits point at x: 0 not at all. */
static double credit_weight(const rcpi_story *s, uint32_t x, uint32_t y) {
  double most = 0;
  for (size_t i = 0; s->publisher_origin[x] != UINT32_MAX && i < s->n_credits; i++) {
    const rcpi_credit *c = &s->credits[i];
    if (c->telling == y && c->origin == s->publisher_origin[x]) most = fmax(most, c->is_for_all ? 4 : 2);
  }
  return most;
}

/* Date, or date and time, in the form that compares as text; days only when one of them has no time. */
static int by_date(rcp_str x, rcp_str y) {
  if (x.n < 10 || y.n < 10) return 0;
  size_t n = x.n >= 16 && y.n >= 16 ? 16 : 10;
  return memcmp(x.p, y.p, n);
}

enum { HEAD_OR_FOOT = 600 };

/* A press release, by the words at its head or foot: what others print comes from it. */
static bool find_release(rcpi_arena *a, const rcpi_telling *t) {
  const rcpi_table *table = rcpi_lang_table(t->text.lang, "release");
  rcp_str s = t->text.s;
  size_t n = s.n < HEAD_OR_FOOT ? s.n : HEAD_OR_FOOT;
  rcp_str head = rcpi_fold(a, rcpi_sub(s, 0, n)), foot = rcpi_fold(a, rcpi_sub(s, s.n - n, s.n));
  for (size_t i = 0; i < table->n_rows; i++)
    if (rcpi_find(head, rcpi_cell(table, i, 0)) != RCPI_NONE || rcpi_find(foot, rcpi_cell(table, i, 0)) != RCPI_NONE) return true;
  return false;
}

static double evidence(const deriver *d, uint32_t from, uint32_t to) {
  const rcpi_story *s = d->story;
  double e = credit_weight(s, from, to);
  if (is_agency_own(s, from) && !is_agency_own(s, to)) e += 3;
  if (d->is_release[from] && !d->is_release[to]) e += 3;
  int order = by_date(s->tellings[from].article->published, s->tellings[to].article->published);
  if (order < 0) e += 1.5;
  return e;
}

static void weigh_directions(deriver *d) {
  for (uint32_t x = 0; x < d->n; x++) d->is_release[x] = find_release(d->a, &d->story->tellings[x]);
  for (uint32_t x = 0; x < d->n; x++)
    for (uint32_t y = x + 1; y < d->n; y++) {
      pair *p = at(d, x, y);
      p->to_b = evidence(d, x, y);
      p->to_a = evidence(d, y, x);
    }
}

/* ------------------------------------------------------------------------------------------------------ decisions */

static double toward(deriver *d, uint32_t parent, uint32_t child) {
  const pair *p = at(d, parent, child);
  return parent < child ? p->to_b - p->to_a : p->to_a - p->to_b;
}

static void find_parents(deriver *d) {
  for (uint32_t x = 0; x < d->n; x++) {
    if (!d->parents[x]) d->parents[x] = rcpi_array(d->a, uint32_t, d->n);
    d->n_parents[x] = 0;
    for (uint32_t z = 0; z < d->n; z++)
      if (z != x && at(d, z, x)->is_derived && toward(d, z, x) >= 1) d->parents[x][d->n_parents[x]++] = z;
  }
}

/* A telling from which both come, the first of them. */
static uint32_t common_parent(const deriver *d, uint32_t x, uint32_t y) {
  for (uint32_t i = 0, k = 0; i < d->n_parents[x] && k < d->n_parents[y];) {
    uint32_t p = d->parents[x][i], q = d->parents[y][k];
    if (p == q) return p;
    i += p < q;
    k += q < p;
  }
  return UINT32_MAX;
}

static void decide(deriver *d) {
  for (uint32_t x = 0; x < d->n; x++)
    for (uint32_t y = x + 1; y < d->n; y++) {
      pair *p = at(d, x, y);
      bool credits = credit_weight(d->story, x, y) > 0 || credit_weight(d->story, y, x) > 0;
      p->is_derived = p->text >= (credits ? credited_text : least_text) || sameness(p) >= (credits ? credited_telling : least_telling);
    }
  find_parents(d);
  bool *more = rcpi_array(d->a, bool, d->n * d->n);
  for (uint32_t x = 0; x < d->n; x++)
    for (uint32_t y = x + 1; y < d->n; y++) {
      pair *p = at(d, x, y);
      more[x * d->n + y] = !p->is_derived && p->claims >= weak_claims && common_parent(d, x, y) != UINT32_MAX;
    }
  for (size_t i = 0; i < d->n * d->n; i++)
    if (more[i]) d->pairs[i].is_derived = true;
  find_parents(d);
}

static const char *language(const rcpi_story *s, uint32_t x) {
  const rcpi_lang *lang = s->tellings[x].text.lang;
  return lang ? lang->tag.p : "";
}

static rcpi_derivation_kind kind_of(deriver *d, uint32_t x, uint32_t y, const pair *p) {
  if (strcmp(language(d->story, x), language(d->story, y))) return sameness(p) >= credited_telling ? RCPI_TRANSLATION : RCPI_PARTIAL;
  if (p->text >= 0.6 || p->resemblance >= 0.5) return RCPI_COPY;
  uint32_t z = common_parent(d, x, y);
  bool is_foreign = z != UINT32_MAX && strcmp(language(d->story, x), language(d->story, z));
  if (is_foreign) return RCPI_TRANSLATION;
  return sameness(p) >= least_telling ? RCPI_REWRITE : RCPI_PARTIAL;
}

static bool shares_credit(const rcpi_story *s, uint32_t x, uint32_t y) {
  for (size_t i = 0; i < s->n_credits; i++)
    for (size_t k = 0; k < s->n_credits; k++)
      if (s->credits[i].telling == x && s->credits[k].telling == y && s->credits[i].is_for_all && s->credits[k].is_for_all &&
          s->credits[i].origin == s->credits[k].origin && !is_agency_own(s, x) && !is_agency_own(s, y))
        return true;
  return false;
}

static rcpi_direction direction_of(deriver *d, uint32_t x, uint32_t y, const pair *p) {
  double lean = p->to_b - p->to_a;
  uint32_t z = common_parent(d, x, y);
  bool is_direct = credit_weight(d->story, x, y) > 0 || credit_weight(d->story, y, x) > 0;
  bool is_nearer = z != UINT32_MAX && p->text > 1.5 * fmax(at(d, z, x)->text < at(d, z, y)->text ? at(d, z, x)->text : at(d, z, y)->text, 0.02);
  if (z != UINT32_MAX && !is_direct && !is_nearer) return RCPI_SIBLINGS;
  if (shares_credit(d->story, x, y) && !is_direct && !is_nearer) return RCPI_SIBLINGS;
  if (lean >= 1) return RCPI_B_FROM_A;
  if (lean <= -1) return RCPI_A_FROM_B;
  return RCPI_SIBLINGS;
}

/* --------------------------------------------------------------------------------------------------------- output */

/* "12 % of the shorter's words, 71 % of its claims; b credits a; a is earlier" */
static rcp_str explain(deriver *d, uint32_t x, uint32_t y, const pair *p, rcpi_direction direction, bool fr) {
  rcpi_buf b;
  rcpi_buf_init(&b);
  rcpi_buf_printf(&b, fr ? "mots communs : %d %%, faits communs (pondérés) : %d %%, dans le même ordre : %d %%" : "shared words: %d %%, shared claims (weighed): %d %%, in one order: %d %%",
                  (int)lround(p->text * 100), (int)lround(p->claims * 100), (int)lround(p->order * 100));
  if (credit_weight(d->story, x, y) > 0) rcpi_buf_adds(&b, fr ? " ; b cite a" : "; b credits a");
  if (credit_weight(d->story, y, x) > 0) rcpi_buf_adds(&b, fr ? " ; a cite b" : "; a credits b");
  if (is_agency_own(d->story, x)) rcpi_buf_adds(&b, fr ? " ; a est une dépêche d'agence" : "; a is an agency's own text");
  if (is_agency_own(d->story, y)) rcpi_buf_adds(&b, fr ? " ; b est une dépêche d'agence" : "; b is an agency's own text");
  if (d->is_release[x]) rcpi_buf_adds(&b, fr ? " ; a est un communiqué" : "; a is a press release");
  if (d->is_release[y]) rcpi_buf_adds(&b, fr ? " ; b est un communiqué" : "; b is a press release");
  int order = by_date(d->story->tellings[x].article->published, d->story->tellings[y].article->published);
  if (order) rcpi_buf_adds(&b, order < 0 ? (fr ? " ; a paraît avant b" : "; a is earlier") : (fr ? " ; b paraît avant a" : "; b is earlier"));
  if (direction == RCPI_SIBLINGS && common_parent(d, x, y) != UINT32_MAX) rcpi_buf_adds(&b, fr ? " ; même parent dans ce dossier" : "; both from one text at hand");
  else if (direction == RCPI_SIBLINGS) rcpi_buf_adds(&b, fr ? " ; rien ne dit un sens : sans doute un même texte absent" : "; no sign of direction: probably one absent text");
  return rcpi_buf_take(&b, d->a);
}

static int by_place(const void *x, const void *y) {
  const rcpi_passage *a = x, *b = y;
  return a->a.beg != b->a.beg ? (a->a.beg > b->a.beg ? 1 : -1) : (a->b.beg > b->b.beg) - (a->b.beg < b->b.beg);
}

static rcpi_span span_of(const rcpi_story *s, const rcpi_appearance *app) {
  return rcpi_tokens_span(&s->tellings[app->telling].text, app->at.token, app->at.end_token);
}

/* Where no words are shared, the aligned claims are the passages: the first appearance of each in either. */
static void take_claims(deriver *d, uint32_t x, uint32_t y, rcpi_derivation *out) {
  RCPI_VEC(rcpi_passage) passages = {0};
  for (size_t i = 0; i < d->story->n_claims; i++) {
    const rcpi_claim *c = &d->story->claims[i];
    const rcpi_appearance *in_x = NULL, *in_y = NULL;
    for (size_t k = 0; k < c->n_appearances; k++) {
      if (!in_x && c->appearances[k].telling == x) in_x = &c->appearances[k];
      if (!in_y && c->appearances[k].telling == y) in_y = &c->appearances[k];
    }
    if (in_x && in_y) rcpi_push(d->a, &passages, (rcpi_passage){span_of(d->story, in_x), span_of(d->story, in_y), false});
  }
  if (passages.n) qsort(passages.p, passages.n, sizeof *passages.p, by_place);
  out->passages = passages.p;
  out->n_passages = passages.n;
}

static void list(deriver *d) {
  RCPI_VEC(rcpi_derivation) out = {0};
  for (uint32_t x = 0; x < d->n; x++)
    for (uint32_t y = x + 1; y < d->n; y++) {
      const pair *p = at(d, x, y);
      if (!p->is_derived) continue;
      rcpi_derivation v = {.a = x, .b = y, .kind = kind_of(d, x, y, p), .direction = direction_of(d, x, y, p)};
      v.evidence = explain(d, x, y, p, v.direction, d->options->in_french);
      v.evidence_other = explain(d, x, y, p, v.direction, !d->options->in_french);
      v.shared = fmin(v.kind == RCPI_TRANSLATION ? p->claims : fmax(p->text, 0), 1);
      if (p->shared) v.passages = p->shared->passages, v.n_passages = p->shared->n_passages;
      else take_claims(d, x, y, &v);
      rcpi_push(d->a, &out, v);
    }
  d->story->derivations = out.p;
  d->story->n_derivations = out.n;
}

void rcpi_derivations_find(rcpi_arena *a, const rcpi_claim_options *options, rcpi_story *story) {
  size_t n = story->n_tellings;
  deriver d = {.a = a, .options = options, .story = story, .n = n, .pairs = rcpi_array(a, pair, n * n), .n_words = rcpi_array(a, uint32_t, n),
               .is_release = rcpi_array(a, bool, n), .parents = rcpi_array(a, uint32_t *, n), .n_parents = rcpi_array(a, uint32_t, n),
               .carried = rcpi_array(a, uint32_t *, n), .n_carried = rcpi_array(a, uint32_t, n)};
  find_places(&d);
  measure_text(&d);
  measure_claims(&d);
  weigh_directions(&d);
  decide(&d);
  list(&d);
}
