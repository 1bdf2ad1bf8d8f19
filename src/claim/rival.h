/*
 * rival.h - numbers and dates that stand for one thing though alignment keeps their clauses apart.
 *
 * Alignment puts "2.100 personnes selon la police" and "5.000 selon les syndicats" into two claims, and does not always see
 * that the "12 blessés" of a translation are the "21 people hurt" of its original. Such numbers, and dates, are told as rivals: two
 * tellings' pairs that alignment found near but not the same, and in one text a number without a noun that answers the one
 * before it, said by another. Rivals give rise to a difference between the claims in which they stand (difference_rival.c).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_RIVAL_H
#define RCPI_CLAIM_RIVAL_H

#include "claim/claim.h"
#include "claim/score.h"

/* Fills story->rivals, which live in `a`; pieces and scores may go. */
void rcpi_rivals_find(rcpi_arena *a, rcpi_story *story, const rcpi_pieces *pieces, const rcpi_scores *scores);

#endif
