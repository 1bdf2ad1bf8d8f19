/*
 * index.h - which earlier articles share telling terms with this one.
 *
 * A list of article numbers for each term, newest last, the newest `listed` kept: a term that fills its list tells little,
 * and memory stays bounded. Numbers below a floor have left the window; their places are taken back when the table is
 * swept.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_STORY_INDEX_H
#define RCPI_STORY_INDEX_H

#include "base/pool.h"
#include "story/terms.h"

typedef struct rcpi_posting {
  uint32_t term, n, cap, head; /* a ring once n == listed: head is the oldest */
  uint32_t *numbers;           /* NULL: the slot is free */
} rcpi_posting;

typedef struct rcpi_index {
  rcpi_pool *pool;
  uint32_t listed;             /* numbers of one term */
  rcpi_posting *slots;
  size_t n, cap;
} rcpi_index;

void rcpi_index_add(rcpi_index *x, const rcpi_term *terms, size_t n, uint32_t number);
/* Gives back what belongs to numbers below `floor` only. */
void rcpi_index_sweep(rcpi_index *x, uint32_t floor);

typedef struct rcpi_near { uint32_t number; uint64_t shared; } rcpi_near;

/*
 * The articles from `floor` on that share most with these terms, best first, at most `most`, by the `telling` weightiest
 * terms. In `a`.
 */
size_t rcpi_index_near(const rcpi_index *x, rcpi_arena *a, const rcpi_term *terms, size_t n, uint32_t floor, size_t most,
                       rcpi_near **out);

#endif
