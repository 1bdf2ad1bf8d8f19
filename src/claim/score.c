/*
 * The weights were learned (logistic regression, L2) on annotated stories, every story left out in turn to choose what
 * counts as evidence: bench/alignment/fit.py rewrites the table. Trees over the same evidence did no better, and sums can be
 * explained.
 */
#include "claim/score.h"

#include <math.h>

#include "claim/company.h"

enum {
  LEAST_SCORE = 60, LEAST_OF_MANY = 200,   /* less is as good as nothing to clustering */
  HOPELESS = 20,               /* a first score under which there is no second */
};

const int32_t rcpi_score_weights[RCPI_SCORE_WEIGHTS] = {
  [RCPI_E_ONE] = -3974, [RCPI_E_DICE] = 745, [RCPI_E_DICE2] = -416, [RCPI_E_MOST] = 354, [RCPI_E_LEAST] = 850,
  [RCPI_E_LETTERS] = 4555, [RCPI_E_LETTERS2] = -3633, [RCPI_E_SENTENCE] = 3722, [RCPI_E_APART] = -418,
  [RCPI_E_WORDS] = 300, [RCPI_E_NAMES] = -155, [RCPI_E_COUNTRIES] = 124, [RCPI_E_NUMBERS] = 972,
  [RCPI_E_TIMES] = 1380, [RCPI_E_SLOTS] = -227, [RCPI_E_N_MET] = -68, [RCPI_E_TOP] = -99, [RCPI_E_UNMET] = 505,
  [RCPI_E_MASS_MET] = 202, [RCPI_E_TITLE] = 1191, [RCPI_E_QUOTED] = -708, [RCPI_E_TONGUES] = 431,
  [RCPI_E_NO_VERB] = -500, [RCPI_E_RANK] = 1087, [RCPI_E_RANK_BEST] = 1026, [RCPI_E_COMMON] = -7337,
  [RCPI_E_DERIVED] = -379, [RCPI_E_SPEAKER] = 551, [RCPI_E_ORDER] = 711, [RCPI_E_ORDER_OFF] = -1126,
  [RCPI_E_N + RCPI_E_ONE] = -3496, [RCPI_E_N + RCPI_E_DICE] = 446, [RCPI_E_N + RCPI_E_DICE2] = -583,
  [RCPI_E_N + RCPI_E_MOST] = -21, [RCPI_E_N + RCPI_E_LEAST] = 578, [RCPI_E_N + RCPI_E_LETTERS] = 2923,
  [RCPI_E_N + RCPI_E_LETTERS2] = -2071, [RCPI_E_N + RCPI_E_SENTENCE] = 1072, [RCPI_E_N + RCPI_E_APART] = 95,
  [RCPI_E_N + RCPI_E_WORDS] = 198, [RCPI_E_N + RCPI_E_NAMES] = -128, [RCPI_E_N + RCPI_E_COUNTRIES] = 138,
  [RCPI_E_N + RCPI_E_NUMBERS] = 465, [RCPI_E_N + RCPI_E_TIMES] = 484, [RCPI_E_N + RCPI_E_SLOTS] = -163,
  [RCPI_E_N + RCPI_E_N_MET] = -138, [RCPI_E_N + RCPI_E_TOP] = 171, [RCPI_E_N + RCPI_E_UNMET] = 145,
  [RCPI_E_N + RCPI_E_MASS_MET] = 144, [RCPI_E_N + RCPI_E_TITLE] = 748, [RCPI_E_N + RCPI_E_QUOTED] = -387,
  [RCPI_E_N + RCPI_E_TONGUES] = 372, [RCPI_E_N + RCPI_E_NO_VERB] = -369, [RCPI_E_N + RCPI_E_RANK] = 221,
  [RCPI_E_N + RCPI_E_RANK_BEST] = 423, [RCPI_E_N + RCPI_E_COMMON] = -6043, [RCPI_E_N + RCPI_E_DERIVED] = 291,
  [RCPI_E_N + RCPI_E_SPEAKER] = 304, [RCPI_E_N + RCPI_E_ORDER] = 396, [RCPI_E_N + RCPI_E_ORDER_OFF] = -640,
  [RCPI_E_N + RCPI_E_PATH] = 3147, [RCPI_E_N + RCPI_E_SPLIT] = -2328, [RCPI_E_N + RCPI_E_RIVAL] = -719,
  [RCPI_E_N + RCPI_E_RIVAL2] = -496, [RCPI_E_N + RCPI_E_EXTENT] = 1928,
};

static int64_t add_up(const int32_t weights[RCPI_E_N], const int32_t row[RCPI_E_N]) {
  int64_t sum = 0;
  for (size_t i = 0; i < RCPI_E_N; i++) sum += (int64_t)weights[i] * row[i];
  return sum;
}

static int32_t probability(int64_t sum) {
  return (int32_t)(1000.0 / (1.0 + exp(-(double)sum / 1e6)) + 0.5);
}

int32_t rcpi_score_of(const int32_t weights[RCPI_E_N], const int32_t row[RCPI_E_N]) {
  return probability(add_up(weights, row));
}

/* What company adds to the log odds. */
static int64_t add_company(rcpi_company *company, const rcpi_measure *m, int32_t first, const int32_t weights[RCPI_E_N]) {
  int32_t row[RCPI_E_N];
  int64_t sum = 0;
  rcpi_company_of(company, m->a, m->b, first, row);
  for (size_t i = RCPI_E_PATH; i <= RCPI_E_EXTENT; i++) sum += (int64_t)weights[i] * row[i];
  return sum;
}

/* Halves that the second look counts: two articles have no third to speak for them, three have one. */
static int64_t second_halves(size_t n_tellings) {
  return n_tellings < 3 ? 0 : n_tellings == 3 ? 1 : 2;
}

/*
 * Pairs come by sentences; what is laid out for a piece serves longer when all its pairs come together, so the pairs of a
 * sentence are gone through once for each of its pieces.
 */
typedef struct turn {
  const rcpi_measures *pairs;
  const rcpi_pieces *pieces;
  size_t at;                   /* the pair whose turn it is */
  size_t beg, end, next;       /* pairs of the sentence, and the next to look at */
  uint32_t piece, end_piece;   /* the piece at hand, and the end of its sentence's */
} turn;

static bool take_turn(turn *t) {
  const rcpi_measure *m = t->pairs->pairs;
  for (;;) {
    for (; t->next < t->end; t->next++)
      if (m[t->next].a == t->piece) {
        t->at = t->next++;
        return true;
      }
    t->next = t->beg;
    if (++t->piece < t->end_piece) continue;
    if (t->end == t->pairs->n_pairs) return false;
    const rcpi_piece_sentence *s = &t->pieces->sentences[t->pieces->pieces[m[t->end].a].sentence];
    t->beg = t->next = t->end;
    t->piece = s->first;
    t->end_piece = s->first + s->n;
    while (t->end < t->pairs->n_pairs && m[t->end].a >= s->first && m[t->end].a < t->end_piece) t->end++;
  }
}

void rcpi_scores_read(rcpi_arena *a, rcpi_evidence *evidence, const int32_t weights[RCPI_SCORE_WEIGHTS], rcpi_scores *out) {
  const rcpi_measures *measures = &evidence->measures;
  const rcpi_piece *pieces = evidence->pieces->pieces;
  const int32_t *second = weights + RCPI_E_N;
  *out = (rcpi_scores){.pairs = rcpi_array(a, rcpi_pair, measures->n_pairs), .is_partial = measures->is_partial};
  int32_t least = measures->is_partial ? LEAST_OF_MANY : LEAST_SCORE;
  int16_t *sure = rcpi_array(a, int16_t, measures->n_pairs);
  int64_t *sum = rcpi_array(a, int64_t, measures->n_pairs);   /* of both looks, less company */
  int64_t halves = second_halves(evidence->n_tellings);
  for (turn t = {.pairs = measures, .pieces = evidence->pieces}; take_turn(&t);) {
    int32_t row[RCPI_E_N];
    rcpi_evidence_of(evidence, &measures->pairs[t.at], row);
    int64_t first = add_up(weights, row);
    sure[t.at] = (int16_t)probability(first);
    if (sure[t.at] >= HOPELESS) sum[t.at] = ((2 - halves) * first + halves * add_up(second, row)) / 2;
  }
  rcpi_company company;
  rcpi_company_read(a, evidence->pieces, evidence->n_tellings, measures, sure, &company);
  for (turn t = {.pairs = measures, .pieces = evidence->pieces}; take_turn(&t);) {
    const rcpi_measure *m = &measures->pairs[t.at];
    bool is_cross = pieces[m->a].telling != pieces[m->b].telling;
    int32_t p = sure[t.at];
    if (is_cross && p >= HOPELESS) p = probability(sum[t.at] + halves * add_company(&company, m, p, second) / 2);
    sure[t.at] = (int16_t)p;   /* of both looks now */
  }
  for (size_t i = 0; i < measures->n_pairs; i++) {
    const rcpi_measure *m = &measures->pairs[i];
    if (sure[i] >= least || pieces[m->a].sentence == pieces[m->b].sentence) out->pairs[out->n_pairs++] = (rcpi_pair){m->a, m->b, sure[i]};
  }
}
