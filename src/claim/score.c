/*
 * The weights were learned (logistic regression, L2) on annotated stories, every story left out in turn to choose what
 * counts as evidence: bench/alignment/fit.py rewrites the table. Trees over the same evidence did no better, and sums can be
 * explained.
 */
#include "claim/score.h"

#include <math.h>

enum { LEAST_SCORE = 60, LEAST_OF_MANY = 200 };   /* less is as good as nothing to clustering */

const int32_t rcpi_score_weights[RCPI_E_N] = {
  [RCPI_E_ONE] = -3325, [RCPI_E_DICE] = 788, [RCPI_E_DICE2] = -598, [RCPI_E_MOST] = 533, [RCPI_E_LEAST] = 740, [RCPI_E_LETTERS] = 5105,
  [RCPI_E_LETTERS2] = -3824, [RCPI_E_SENTENCE] = 4220, [RCPI_E_APART] = -1487, [RCPI_E_WORDS] = 319, [RCPI_E_NAMES] = -107,
  [RCPI_E_COUNTRIES] = 370, [RCPI_E_NUMBERS] = 898, [RCPI_E_TIMES] = 1554, [RCPI_E_SLOTS] = -151, [RCPI_E_N_MET] = -142, [RCPI_E_TOP] = -297,
  [RCPI_E_UNMET] = 191, [RCPI_E_MASS_MET] = 185, [RCPI_E_TITLE] = 1233, [RCPI_E_QUOTED] = -645, [RCPI_E_TONGUES] = 383, [RCPI_E_NO_VERB] = -732,
  [RCPI_E_RANK] = 1034, [RCPI_E_RANK_BEST] = 850, [RCPI_E_COMMON] = -8459, [RCPI_E_DERIVED] = -344,
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
