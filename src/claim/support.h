/*
 * support.h - how many really say it: articles, distinct texts, channels, independent origins, each with its reason.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_SUPPORT_H
#define RCPI_CLAIM_SUPPORT_H

#include "claim/claim.h"

/* Fills the support of every claim, and texts and channels of the story. */
void rcpi_support_count(rcpi_arena *a, const rcpi_claim_options *options, rcpi_story *story);

#endif
