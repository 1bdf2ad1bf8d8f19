/*
 * passage.h - copied passages: which articles share runs of words, and where.
 *
 * A run (sketch.h) that occurs in several groups of near-duplicates ties them together; one that occurs in more than
 * RCPI_RUN_GROUPS of them says nothing: it is a footer, a notice, a phrase of the trade. It is cut, and the list of what was cut can be
 * read. Groups are counted and not articles, because a dispatch with two hundred reprints and a cookie banner look alike
 * by articles; by groups the dispatch is one.
 *
 * From each tie the words themselves are compared, both ways, over small edits (extend.h). A passage has sixteen equal words
 * or more (32 characters of an unspaced script).
 *
 * Of two groups that share a run, the first article of each that has it is compared with all of the other that have it,
 * RCPI_RUN_MEMBERS at most: all pairs of two large groups would tell the same again and again.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_REUSE_PASSAGE_H
#define RCPI_REUSE_PASSAGE_H

#include "reuse/extend.h"
#include "reuse/segment.h"

enum { RCPI_RUN_GROUPS = 32, RCPI_RUN_MEMBERS = 64, RCPI_PASSAGE_WEIGHT = 32 };   /* weight: two a word, one a character */

/* A run in two articles: the words of each at which it begins. a < b. */
typedef struct rcpi_anchor { uint32_t a, b, word_a, word_b; } rcpi_anchor;

/* A run that was cut: where it occurs first, and in how many groups (at least) and articles. */
typedef struct rcpi_cut { uint32_t doc, word, groups, docs; } rcpi_cut;

/* Words of the last segment, counted from its first, that lie in a run that was cut and that stands in an earlier article. */
typedef struct rcpi_common { uint32_t word, n; } rcpi_common;

typedef struct rcpi_join {
  rcpi_bulk anchors;            /* rcpi_anchor, by a, b, word_a */
  rcpi_bulk cuts;               /* rcpi_cut, by doc, word */
  rcpi_bulk common;             /* rcpi_common, when asked for */
  bool wants_common;
  bool wants_cuts;             /* else `cuts` stays empty, and common runs are not counted to the end */
} rcpi_join;

/* All ties between articles of the last of n closed segments and those of any, and what was cut. */
rcp_status rcpi_anchors_find(const rcpi_segment *const *segments, size_t n, rcpi_join *out);
void rcpi_join_release(rcpi_join *j);

/* The words of an article. */
typedef struct rcpi_side { const uint32_t *words; uint32_t n; bool has_alone; } rcpi_side;
static inline rcpi_side rcpi_side_of(const rcpi_segment *s, uint32_t place) {
  const rcpi_doc *d = &rcpi_docs(s)[place];
  return (rcpi_side){rcpi_seg_words(s) + d->word, d->n_words, d->flags & RCPI_DOC_HAS_ALONE};
}

/* Passages from anchors of one pair, by place in a; their weight together. `out` grows in `arena`. */
uint32_t rcpi_passages_at(rcpi_arena *arena, rcpi_side a, rcpi_side b, const rcpi_anchor *anchors, size_t n, rcpi_matches *out);

/* Some article's runs: words counted from `base`. */
typedef struct rcpi_run_list { const rcpi_run *p; size_t n; uint32_t base; } rcpi_run_list;

/* One article's runs, to find passages with several others. */
typedef struct rcpi_run_table {
  rcpi_run_list list;
  uint32_t *slot;              /* 1 + index in the list, first of equal runs first */
  uint32_t *next;
  size_t cap, mask, room;      /* of slot: allocated, in use; of next */
  rcpi_run *runs;              /* scratch: of an article whose runs must be made again */
  uint32_t *scratch;
  size_t scratch_room;
} rcpi_run_table;
/* The list must stay as long as the table is used. */
void rcpi_run_table_fill(rcpi_arena *arena, rcpi_run_table *t, rcpi_run_list list);
/* The runs of an article of any segment. */
rcpi_run_list rcpi_runs_of(rcpi_arena *arena, rcpi_run_table *t, const rcpi_segment *s, uint32_t place);
/* Passages of the table's article b with an earlier a; as rcpi_passages_at. */
uint32_t rcpi_passages_with(rcpi_arena *arena, const rcpi_run_table *t, rcpi_side a, rcpi_run_list a_runs, rcpi_side b,
                            rcpi_matches *out);

#endif
