/*
 * align.h - claims of a story: which places of its articles carry the same fact. docs/alignment.md tells the method.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_ALIGN_H
#define RCPI_CLAIM_ALIGN_H

#include "claim/claim.h"

/*
 * Fills claims and n_claims from tellings and names: appearances only, in reading order of the first one. `weights` of
 * score.h; NULL: the program's own.
 */
void rcpi_claims_align(rcpi_arena *a, const int32_t *weights, rcpi_story *story);

#endif
