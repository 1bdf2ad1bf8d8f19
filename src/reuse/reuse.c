/* SPDX-License-Identifier: Apache-2.0 */
#include "reuse/reuse.h"

size_t rcpi_reuse_pairs(rcpi_arena *a, const rcpi_text *const *texts, size_t n_texts, rcpi_shared **out) {
  (void)a, (void)texts, (void)n_texts;
  *out = NULL;
  return 0;
}
