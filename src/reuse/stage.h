/*
 * stage.h - the steps of reuse taken apart, for those who spread the work over machines (docs/scale.md).
 *
 * A corpus (corpus.h) does all in one memory. Here the same steps take plain arrays and give plain arrays, and somebody
 * else moves them about: read an article; keys it is found by; articles of one key into candidates; the best candidates by
 * sketch; those decided on the words; groups; runs; articles of one run into anchors; passages from anchors. The steps call
 * what the corpus calls, so the pairs are the same.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_REUSE_STAGE_H
#define RCPI_REUSE_STAGE_H

#include "reuse/corpus_int.h"
#include "reuse/reading.h"

/* What the steps need for themselves. */
typedef struct rcpi_stage_room { rcpi_worker w; rcpi_arena scratch; RCPI_VEC(rcpi_run) own_runs; } rcpi_stage_room;

/* Results are added to `out`, which fails without memory; so do sorts, which return false. */
bool rcpi_stage_candidates(rcp_stage_key *keys, size_t n, rcpi_buf *out);
/* The number of keys kept, or SIZE_MAX. */
size_t rcpi_stage_thin_keys(rcp_stage_key *keys, size_t n);
bool rcpi_stage_choose(rcpi_arena *scratch, rcp_stage_key *keys, size_t n_keys, rcp_stage_candidate *candidates, size_t n,
                       rcp_stage_sketch *sketches, size_t n_sketches, rcpi_buf *out);
void rcpi_stage_decide(rcpi_stage_room *room, const rcpi_opened *b, const rcp_str *candidates, size_t n, rcpi_buf *out);
bool rcpi_stage_resembles(rcpi_stage_room *room, const rcpi_opened *a, const rcpi_opened *b);
void rcpi_stage_components(rcpi_arena *scratch, const rcp_stage_pair *pairs, size_t n, rcpi_buf *out);
void rcpi_stage_runs(rcpi_stage_room *room, const rcpi_opened *x, uint64_t doc, uint64_t leader, rcpi_buf *out);
/* The number of runs kept, or SIZE_MAX. */
size_t rcpi_stage_thin(rcp_stage_run *runs, size_t n);
rcp_status rcpi_stage_anchors(rcpi_arena *scratch, rcp_stage_run *runs, size_t n, rcpi_buf *out);
/* `anchors` of one pair, by words. */
void rcpi_stage_passages(rcpi_stage_room *room, const rcpi_opened *a, const rcpi_opened *b, const rcp_stage_anchor *anchors, size_t n,
                         rcpi_buf *out);
bool rcpi_stage_sort_anchors(rcp_stage_anchor *anchors, size_t n);
/* The place of a number in an ascending array, or n. */
size_t rcpi_stage_place(const uint64_t *docs, size_t n, uint64_t doc);

#endif
