/*
 * pool.h - memory of one answer, freed at once. Allocation never returns NULL: without memory it goes to the guard.
 *
 *     serve_pool pool = {.chunk = NULL};
 *     if (setjmp(pool.guard) == 0) work(&pool); else no_memory();
 *     serve_pool_release(&pool);
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RECOUPE_SERVE_POOL_H
#define RECOUPE_SERVE_POOL_H

#include <setjmp.h>

#include "text.h"

typedef struct serve_chunk serve_chunk;
typedef struct serve_pool {
  jmp_buf guard;
  serve_chunk *chunk;          /* newest first */
} serve_pool;

void serve_pool_release(serve_pool *pool);
/* Zeroed, aligned for any type. */
void *serve_alloc(serve_pool *pool, size_t n, size_t size);
/* A copy with a NUL behind it; .p stays NULL for what is not stated. */
rcp_str serve_dup(serve_pool *pool, rcp_str s);
rcp_str serve_number(serve_pool *pool, uint64_t n);

#endif
