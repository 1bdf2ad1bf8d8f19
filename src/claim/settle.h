/*
 * settle.h - after merging, pieces move to the cluster that they fit best.
 *
 * A merge is never undone, so a piece may stand in the cluster that came first and not in the one that grew to fit it. Each
 * piece is asked in turn where its mean score is best, as merging counts it, and goes there; until none moves, or ROUNDS.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_SETTLE_H
#define RCPI_CLAIM_SETTLE_H

#include "claim/partner.h"

/*
 * What a piece, or a set of them, is to another: the mean of `sum`, known scores of pairs from different articles, over
 * `cross`, all such pairs, and half of `unlike`, pairs of one article that score low. When most pairs were never asked
 * about (is_partial), `n_known` of them bound what counts as unlike. INT32_MIN without such pairs.
 */
int32_t rcpi_fit_of(int64_t sum, uint64_t cross, uint64_t n_known, uint64_t unlike, bool is_partial);

/* home: of each piece its cluster, a number under n_pieces; changed in place. A move needs a fit of at least `least`. */
void rcpi_pieces_settle(rcpi_arena *a, const rcpi_pieces *pieces, const rcpi_partners *partners, bool is_partial, int32_t least, uint32_t *home);

#endif
