/*
 * cluster.h - pieces into claims: greedy merging by average score, then places that carry several claims.
 *
 * Two sets merge while the mean score over their pairs from different articles is at least SAME_CLAIM (cluster.c). Pieces of one
 * article that overlap are never in one claim; two that stand apart and are unlike count against a merge.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_CLUSTER_H
#define RCPI_CLAIM_CLUSTER_H

#include "claim/score.h"

typedef struct rcpi_cluster { uint32_t *pieces; size_t n; } rcpi_cluster;   /* pieces sorted */

/* Clusters of at least two articles, by their first piece. A piece may be in several. */
size_t rcpi_clusters_make(rcpi_arena *a, const rcpi_pieces *pieces, const rcpi_scores *scores, rcpi_cluster **out);

#endif
