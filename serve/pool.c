/* SPDX-License-Identifier: Apache-2.0 */
#include "pool.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

enum { CHUNK = 16 << 10 };

struct serve_chunk {
  serve_chunk *next;
  size_t used, size;
  max_align_t bytes[];
};

void serve_pool_release(serve_pool *pool) {
  while (pool->chunk) {
    serve_chunk *next = pool->chunk->next;
    free(pool->chunk);
    pool->chunk = next;
  }
}

void *serve_alloc(serve_pool *pool, size_t n, size_t size) {
  const size_t unit = sizeof(max_align_t);
  if (size && n > (SIZE_MAX / 2 - CHUNK) / size) longjmp(pool->guard, 1);
  size_t bytes = (n * size + unit - 1) / unit * unit;
  if (!pool->chunk || pool->chunk->size - pool->chunk->used < bytes) {
    size_t room = bytes > CHUNK ? bytes : CHUNK;
    serve_chunk *chunk = calloc(1, sizeof *chunk + room);
    if (!chunk) longjmp(pool->guard, 1);
    *chunk = (serve_chunk){.next = pool->chunk, .size = room};
    pool->chunk = chunk;
  }
  void *p = (char *)pool->chunk->bytes + pool->chunk->used;
  pool->chunk->used += bytes;
  return p;
}

rcp_str serve_dup(serve_pool *pool, rcp_str s) {
  if (!s.p) return s;
  char *p = serve_alloc(pool, s.n + 1, 1);
  if (s.n) memcpy(p, s.p, s.n);
  return (rcp_str){p, s.n};
}

rcp_str serve_number(serve_pool *pool, uint64_t n) {
  char digits[24];
  int len = snprintf(digits, sizeof digits, "%" PRIu64, n);
  return serve_dup(pool, (rcp_str){digits, (size_t)len});
}
