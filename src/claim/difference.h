/*
 * difference.h - where the appearances of one claim differ, typed, with the very words and their normal form.
 *
 * Each kind has its own finder; a finder that is not sure says nothing. `conflict` is set where both cannot hold or a
 * reader of one would be misled about the other: never for rounding, for another thing counted, or for a period that
 * holds the other.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_DIFFERENCE_H
#define RCPI_CLAIM_DIFFERENCE_H

#include "claim/claim.h"

void rcpi_differences_find(rcpi_arena *a, const rcpi_claim_options *options, rcpi_story *story);

#endif
