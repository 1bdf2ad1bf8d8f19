/*
 * The weights were learned (logistic regression, L2) on annotated stories, every story left out in turn to choose what
 * counts as evidence: bench/alignment/fit.py rewrites the table. Trees over the same evidence did no better, and sums can be
 * explained.
 */
#include "claim/score.h"

#include <math.h>

enum { LEAST_SCORE = 60, LEAST_OF_MANY = 200 };   /* less is as good as nothing to clustering */

const int32_t rcpi_score_weights[RCPI_E_N] = {
  [RCPI_E_ONE] = -3944, [RCPI_E_DICE] = 853, [RCPI_E_DICE2] = -438, [RCPI_E_MOST] = 255, [RCPI_E_LEAST] = 929,
  [RCPI_E_LETTERS] = 4606, [RCPI_E_LETTERS2] = -3664, [RCPI_E_SENTENCE] = 3771, [RCPI_E_APART] = -396,
  [RCPI_E_WORDS] = 316, [RCPI_E_NAMES] = -158, [RCPI_E_COUNTRIES] = 149, [RCPI_E_NUMBERS] = 956,
  [RCPI_E_TIMES] = 1356, [RCPI_E_SLOTS] = -251, [RCPI_E_N_MET] = -68, [RCPI_E_TOP] = -148, [RCPI_E_UNMET] = 477,
  [RCPI_E_MASS_MET] = 182, [RCPI_E_TITLE] = 1203, [RCPI_E_QUOTED] = -694, [RCPI_E_TONGUES] = 442,
  [RCPI_E_NO_VERB] = -554, [RCPI_E_RANK] = 1085, [RCPI_E_RANK_BEST] = 1061, [RCPI_E_COMMON] = -7315,
  [RCPI_E_DERIVED] = -391, [RCPI_E_SPEAKER] = 485, [RCPI_E_ORDER] = 740, [RCPI_E_ORDER_OFF] = -1157,
};

static int32_t probability(const int32_t weights[RCPI_E_N], const int32_t e[RCPI_E_N]) {
  int64_t sum = 0;
  for (size_t i = 0; i < RCPI_E_N; i++) sum += (int64_t)weights[i] * e[i];
  return (int32_t)(1000.0 / (1.0 + exp(-(double)sum / 1e6)) + 0.5);
}

void rcpi_scores_read(rcpi_arena *a, rcpi_evidence *evidence, const int32_t weights[RCPI_E_N], rcpi_scores *out) {
  const rcpi_measures *measures = &evidence->measures;
  const rcpi_piece *pieces = evidence->pieces->pieces;
  *out = (rcpi_scores){.pairs = rcpi_array(a, rcpi_pair, measures->n_pairs), .is_partial = measures->is_partial};
  int32_t least = measures->is_partial ? LEAST_OF_MANY : LEAST_SCORE;
  for (size_t i = 0; i < measures->n_pairs; i++) {
    const rcpi_measure *m = &measures->pairs[i];
    int32_t row[RCPI_E_N];
    rcpi_evidence_of(evidence, m, row);
    int32_t p = probability(weights, row);
    if (p >= least || pieces[m->a].sentence == pieces[m->b].sentence) out->pairs[out->n_pairs++] = (rcpi_pair){m->a, m->b, p};
  }
}
