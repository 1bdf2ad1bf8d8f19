/*
 * pool.h - blocks of an arena that can be given back and used again.
 *
 * For what lives as long as a run but grows and shrinks all the time, such as the articles of a sliding window: an arena
 * alone would only grow. Blocks come in powers of two from 32 bytes; a block given back waits for the next of its size.
 * {.arena = a} is an empty pool.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_BASE_POOL_H
#define RCPI_BASE_POOL_H

#include "base/arena.h"

enum { RCPI_POOL_CLASSES = 40 };

typedef struct rcpi_pool {
  rcpi_arena *arena;
  void *free[RCPI_POOL_CLASSES];   /* by log2 of the size: each free block begins with a pointer to the next */
} rcpi_pool;

/* Memory for n objects of `size` bytes, not zeroed; what it holds is the caller's. n = 0 gives a valid pointer. */
void *rcpi_pool_take(rcpi_pool *pool, size_t n, size_t size);
/* Gives back what rcpi_pool_take gave for the same n and size; NULL is fine. */
void rcpi_pool_give(rcpi_pool *pool, void *block, size_t n, size_t size);
/* Room for `n` objects, with the first `used` of `old` kept; gives `old` back. */
void *rcpi_pool_resize(rcpi_pool *pool, void *old, size_t used, size_t old_n, size_t n, size_t size);

#endif
