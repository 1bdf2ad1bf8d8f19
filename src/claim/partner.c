/* SPDX-License-Identifier: Apache-2.0 */
#include "claim/partner.h"

void rcpi_partners_read(rcpi_arena *a, size_t n_pieces, const rcpi_scores *s, rcpi_partners *out) {
  uint32_t *at = rcpi_array(a, uint32_t, n_pieces + 2);
  *out = (rcpi_partners){.at = at, .to = rcpi_alloc(a, s->n_pairs * 2, sizeof *out->to)};
  for (size_t i = 0; i < s->n_pairs; i++) at[s->pairs[i].a + 2]++, at[s->pairs[i].b + 2]++;
  for (size_t i = 2; i < n_pieces + 2; i++) at[i] += at[i - 1];
  for (size_t i = 0; i < s->n_pairs; i++) {
    rcpi_pair r = s->pairs[i];
    out->to[at[r.a + 1]++] = (struct rcpi_scored){r.b, r.score};
    out->to[at[r.b + 1]++] = (struct rcpi_scored){r.a, r.score};
  }
}
