/*
 * Evidence for and against "the same claim", weighed.
 *
 * Each pair of promise gets a row of evidence in thousandths; the sum of evidence times weight is the log odds that
 * people would put both places under one claim. The weights were learned (logistic regression, L2) on annotated stories,
 * every story left out in turn to choose what counts as evidence: tests/quality. Trees over the same evidence did no
 * better, and sums can be explained.
 *
 * Known weakness: what no table relates is never met ("la masse d'acier" for the gantry, "il était 7h45").
 */
#include "claim/score.h"

#include <math.h>
#include <stdlib.h>

#include "mark/attrib.h"
#include "mark/gram.h"

enum { LEAST_SCORE = 60, LEAST_OF_MANY = 200 };   /* less is as good as nothing to clustering */

typedef enum evidence {
  E_ONE, E_DICE, E_DICE2, E_MOST, E_LEAST, E_LETTERS, E_LETTERS2, E_SENTENCE, E_APART,
  E_WORDS, E_NAMES, E_COUNTRIES, E_NUMBERS, E_TIMES, E_SLOTS,      /* weight met, by kind of item */
  E_N_MET, E_TOP, E_UNMET, E_MASS_MET,
  E_TITLE, E_QUOTED, E_TONGUES, E_NO_VERB,
  E_RANK, E_RANK_BEST, E_COMMON, E_DERIVED,
  E_N,
} evidence;

static const int32_t weight[E_N] = {
  [E_ONE] = -3325, [E_DICE] = 788, [E_DICE2] = -598, [E_MOST] = 533, [E_LEAST] = 740, [E_LETTERS] = 5105,
  [E_LETTERS2] = -3824, [E_SENTENCE] = 4220, [E_APART] = -1487, [E_WORDS] = 319, [E_NAMES] = -107,
  [E_COUNTRIES] = 370, [E_NUMBERS] = 898, [E_TIMES] = 1554, [E_SLOTS] = -151, [E_N_MET] = -142, [E_TOP] = -297,
  [E_UNMET] = 191, [E_MASS_MET] = 185, [E_TITLE] = 1233, [E_QUOTED] = -645, [E_TONGUES] = 383, [E_NO_VERB] = -732,
  [E_RANK] = 1034, [E_RANK_BEST] = 850, [E_COMMON] = -8459, [E_DERIVED] = -344,
};

typedef struct facts { uint8_t mode, lang; bool is_title, has_verb; } facts;

typedef struct scorer {
  rcpi_arena *a;
  const rcpi_telling *tellings;
  size_t n_tellings;
  const rcpi_items *items;
  const rcpi_pieces *pieces;
  rcpi_measures measures;
  facts *facts;
  int16_t *best;               /* [piece][telling]: its best first score there */
  int16_t *derived;            /* [telling][telling]: mean of the best scores of either's pieces */
  uint32_t *stamp, now;        /* scratch: items of the other piece */
} scorer;

/* ----------------------------------------------------------------------------------------------------- what is known */

static facts facts_of(const rcpi_telling *t, const rcpi_piece *p) {
  rcpi_attribution said = rcpi_attrib_of(&t->text, &t->marks, p->at);
  facts f = {.mode = (uint8_t)said.mode};
  const rcpi_sentence *s = &t->text.sentences[t->text.tokens[p->at.token].sentence];
  f.is_title = t->text.paragraphs[s->paragraph].kind == RCPI_PAR_TITLE;
  for (uint32_t i = p->at.token; t->marks.gram && i < p->at.end_token; i++) f.has_verb |= t->marks.gram[i].tense != RCPI_TENSE_NONE;
  return f;
}

static void know_pieces(scorer *s) {
  s->facts = rcpi_array(s->a, facts, s->pieces->n_pieces);
  for (size_t i = 0; i < s->pieces->n_pieces; i++) {
    const rcpi_piece *p = &s->pieces->pieces[i];
    s->facts[i] = facts_of(&s->tellings[p->telling], p);
  }
  for (size_t t = 0, i = 0; t < s->n_tellings; t++)
    for (; i < s->pieces->n_pieces && s->pieces->pieces[i].telling == t; i++)
      while (s->items->langs[s->facts[i].lang] != s->tellings[t].text.lang) s->facts[i].lang++;
}

/* Best partners, and how much two articles tell the same all in all. */
static void rank_pieces(scorer *s) {
  size_t n = s->pieces->n_pieces, t = s->n_tellings;
  s->best = rcpi_array(s->a, int16_t, n * t);
  s->derived = rcpi_array(s->a, int16_t, t * t);
  for (size_t i = 0; i < s->measures.n_pairs; i++) {
    const rcpi_measure *m = &s->measures.pairs[i];
    uint32_t ta = s->pieces->pieces[m->a].telling, tb = s->pieces->pieces[m->b].telling;
    if (s->best[m->a * t + tb] < m->first) s->best[m->a * t + tb] = m->first;
    if (s->best[m->b * t + ta] < m->first) s->best[m->b * t + ta] = m->first;
  }
  int64_t *sum = rcpi_array(s->a, int64_t, t * t);
  uint32_t *count = rcpi_array(s->a, uint32_t, t);
  for (size_t i = 0; i < n; i++) {
    uint32_t own = s->pieces->pieces[i].telling;
    count[own]++;
    for (size_t u = 0; u < t; u++) sum[own * t + u] += s->best[i * t + u];
  }
  for (size_t x = 0; x < t; x++)
    for (size_t y = 0; y < t; y++)
      if (count[x] && count[y]) s->derived[x * t + y] = (int16_t)((sum[x * t + y] / count[x] + sum[y * t + x] / count[y]) / 2);
}

/* ---------------------------------------------------------------------------------------------------------- evidence */

static int32_t at_most(int32_t v, int32_t most) { return v < most ? v : most; }

/* How well item i is met among the stamped items. */
static uint32_t met_by(const scorer *s, uint32_t item) {
  uint32_t best = 0;
  for (uint32_t l = s->items->like_at[item]; l < s->items->like_at[item + 1]; l++)
    if (s->stamp[s->items->likes[l].item] == s->now && s->items->likes[l].sim > best) best = s->items->likes[l].sim;
  return best;
}

static void stamp(scorer *s, const rcpi_piece *p) {
  s->now++;
  for (uint32_t k = 0; k < p->n_items; k++) s->stamp[p->items[k]] = s->now;
}

static evidence kind_of(rcpi_item_kind kind) {
  switch (kind) {
    case RCPI_ITEM_NAME: return E_NAMES;
    case RCPI_ITEM_COUNTRY: return E_COUNTRIES;
    case RCPI_ITEM_NUMBER: return E_NUMBERS;
    case RCPI_ITEM_MINUTE:
    case RCPI_ITEM_DATE: return E_TIMES;
    case RCPI_ITEM_SLOT: return E_SLOTS;
    default: return E_WORDS;
  }
}

/* What of piece a's items piece b meets: adds to `e`. */
static void compare_items(scorer *s, const rcpi_piece *a, const rcpi_piece *b, int32_t e[E_N]) {
  stamp(s, b);
  for (uint32_t k = 0; k < a->n_items; k++) {
    const rcpi_item *item = &s->items->items[a->items[k]];
    uint32_t sim = met_by(s, a->items[k]);
    int32_t met = (int32_t)(item->weight * sim / RCPI_SAME);
    e[kind_of(item->kind)] += met;
    if (met > e[E_TOP]) e[E_TOP] = met;
    if (sim < 100 && item->kind != RCPI_ITEM_SLOT && (int32_t)item->weight > e[E_UNMET]) e[E_UNMET] = (int32_t)item->weight;
    if (sim >= 100) e[E_N_MET] += 100;
  }
}

static int32_t rank(const scorer *s, uint32_t piece, uint32_t telling, int32_t first) {
  int32_t behind = (first - s->best[(size_t)piece * s->n_tellings + telling]) * 5 / 2;
  return behind < -1000 ? -1000 : behind;
}

static void gather(scorer *s, const rcpi_measure *m, int32_t e[E_N]) {
  const rcpi_piece *a = &s->pieces->pieces[m->a], *b = &s->pieces->pieces[m->b];
  const facts *fa = &s->facts[m->a], *fb = &s->facts[m->b];
  memset(e, 0, E_N * sizeof *e);
  e[E_ONE] = 1000;
  e[E_DICE] = m->dice, e[E_DICE2] = m->dice * m->dice / 1000;
  e[E_MOST] = m->most, e[E_LEAST] = m->least;
  e[E_LETTERS] = m->letters, e[E_LETTERS2] = m->letters * m->letters / 1000;
  e[E_SENTENCE] = m->sentence;
  e[E_APART] = m->apart;
  compare_items(s, a, b, e);
  compare_items(s, b, a, e);
  e[E_WORDS] = at_most(e[E_WORDS], 4000);
  e[E_NAMES] = at_most(e[E_NAMES], 3000);
  e[E_COUNTRIES] = at_most(e[E_COUNTRIES], 2000);
  e[E_NUMBERS] = at_most(e[E_NUMBERS], 2000);
  e[E_TIMES] = at_most(e[E_TIMES], 2000);
  e[E_SLOTS] = at_most(e[E_SLOTS], 2000);
  e[E_N_MET] = at_most(e[E_N_MET], 1000);
  e[E_MASS_MET] = at_most((int32_t)((int64_t)m->most * (a->mass < b->mass ? a->mass : b->mass) / 1000), 6000);
  e[E_TITLE] = fa->is_title || fb->is_title ? 1000 : 0;
  e[E_QUOTED] = (fa->mode == RCPI_MODE_QUOTED) != (fb->mode == RCPI_MODE_QUOTED) ? 1000 : 0;
  e[E_TONGUES] = fa->lang != fb->lang ? 1000 : 0;
  e[E_NO_VERB] = 500 * (!fa->has_verb + !fb->has_verb);
  int32_t ra = rank(s, m->a, b->telling, m->first), rb = rank(s, m->b, a->telling, m->first);
  e[E_RANK] = ra < rb ? ra : rb;
  e[E_RANK_BEST] = ra < rb ? rb : ra;
  e[E_COMMON] = s->measures.common[m->a] + s->measures.common[m->b];
  e[E_DERIVED] = s->derived[(size_t)a->telling * s->n_tellings + b->telling];
}

static int32_t probability(const int32_t e[E_N]) {
  int64_t sum = 0;
  for (size_t i = 0; i < E_N; i++) sum += (int64_t)weight[i] * e[i];
  return (int32_t)(1000.0 / (1.0 + exp(-(double)sum / 1e6)) + 0.5);
}

void rcpi_scores_read(rcpi_arena *a, const rcpi_telling *tellings, size_t n_tellings, const rcpi_items *items,
                      const rcpi_pieces *pieces, rcpi_scores *out) {
  scorer s = {.a = a, .tellings = tellings, .n_tellings = n_tellings, .items = items, .pieces = pieces};
  rcpi_measures_read(a, tellings, n_tellings, items, pieces, &s.measures);
  know_pieces(&s);
  rank_pieces(&s);
  s.stamp = rcpi_array(a, uint32_t, items->n_items);
  *out = (rcpi_scores){.pairs = rcpi_array(a, rcpi_pair, s.measures.n_pairs), .is_partial = s.measures.is_partial};
  int32_t least = s.measures.is_partial ? LEAST_OF_MANY : LEAST_SCORE;
  for (size_t i = 0; i < s.measures.n_pairs; i++) {
    const rcpi_measure *m = &s.measures.pairs[i];
    int32_t e[E_N];
    gather(&s, m, e);
    int32_t p = probability(e);
    bool is_one_sentence = pieces->pieces[m->a].sentence == pieces->pieces[m->b].sentence;
    if (p >= least || is_one_sentence) out->pairs[out->n_pairs++] = (rcpi_pair){m->a, m->b, p};
  }
}
