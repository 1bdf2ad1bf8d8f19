/*
 * explain.h - why two articles of the window are, or are not, of one story.
 *
 * The same lists, totals and thresholds that decided are computed again, for these two: after rcpi_grouping_final with the
 * weights of its second look, so that no figure that is told differs from one that was used.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_STORY_EXPLAIN_H
#define RCPI_STORY_EXPLAIN_H

#include "recoupe.h"
#include "story/story.h"

/* The number in the window of the article that goes by this id, the latest of them; RCPI_NO_ARTICLE: none. */
uint32_t rcpi_grouping_find(const rcpi_grouping *g, rcp_str id);

/* Both must be in the window; they are read once more for their words. All but the lines is filled in; lives in `a`. */
void rcpi_grouping_explain(rcpi_grouping *g, rcpi_arena *a, const rcp_article *x, uint32_t number_x, const rcp_article *y,
                           uint32_t number_y, rcp_story_reason *out);

#endif
