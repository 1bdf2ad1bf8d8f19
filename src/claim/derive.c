/* SPDX-License-Identifier: Apache-2.0 */
#include "claim/derive.h"

void rcpi_derivations_find(rcpi_arena *a, const rcpi_claim_options *options, rcpi_story *story) {
  (void)a, (void)options, (void)story;
}
