/* SPDX-License-Identifier: Apache-2.0 */
#include "clean/html_choose.h"

/* Prose is worth its length, links and short lines cost theirs; the best element is where the sum is largest. */
static double worth(const rcpi_html_tree *t, size_t i) {
  const rcpi_block *b = &t->blocks.p[i];
  double n = b->end - b->beg, link = b->n_link;
  if (link * 2 > n) return -n;
  return n < 60 ? 0 : n - 2 * link;
}

void rcpi_html_choose(rcpi_arena *a, const rcpi_cleaner *cleaner, const rcpi_html_tree *t, rcpi_html_choice *out) {
  (void)cleaner;
  size_t n = t->blocks.n;
  *out = (rcpi_html_choice){.is_own = rcpi_array(a, bool, n), .kind = rcpi_array(a, rcpi_furniture_kind, n), .step = "density"};
  double *sum = rcpi_array(a, double, n + 1);
  for (size_t i = 0; i < n; i++) sum[i + 1] = sum[i] + worth(t, i);
  size_t best = 0;
  double most = -1e9;
  for (size_t e = 0; e < t->elements.n; e++) {
    const rcpi_element *el = &t->elements.p[e];
    if (el->block_end <= el->block_beg || !el->is_block) continue;
    double w = sum[el->block_end < n ? el->block_end : n] - sum[el->block_beg];
    if (w >= most) most = w, best = e;
  }
  const rcpi_element *el = &t->elements.p[best];
  for (size_t i = 0; i < n; i++) {
    const rcpi_block *b = &t->blocks.p[i];
    bool in = i >= el->block_beg && i < el->block_end && b->n_link * 2 < b->end - b->beg;
    out->is_own[i] = in;
    out->kind[i] = RCPI_FURN_OTHER;
  }
}
