/*
 * pool.h - the same job on many items, by several threads.
 *
 * Which thread takes an item is left to chance, so a job writes only to what belongs to its item or its worker, and
 * results are put together in the order of items. With one thread nothing is started and the items are done in order.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_REUSE_POOL_H
#define RCPI_REUSE_POOL_H

#include "base/arena.h"

typedef struct rcpi_pool rcpi_pool;

/* NULL without memory or threads. */
rcpi_pool *rcpi_pool_new(unsigned n_threads);
void rcpi_pool_free(rcpi_pool *p);
unsigned rcpi_pool_threads(const rcpi_pool *p);
/* job(context, worker, item) for items 0 .. n - 1; worker < n_threads. Returns when all are done. */
void rcpi_pool_run(rcpi_pool *p, size_t n, void (*job)(void *context, unsigned worker, size_t item), void *context);

#endif
