/*
 * derive.h - which tellings come from which: copies, rewrites, translations, partial reuse, and in what direction.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_DERIVE_H
#define RCPI_CLAIM_DERIVE_H

#include "claim/claim.h"

/* Fills derivations; claims are aligned and origins found. */
void rcpi_derivations_find(rcpi_arena *a, const rcpi_claim_options *options, rcpi_story *story);

#endif
