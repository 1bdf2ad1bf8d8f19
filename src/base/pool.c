/* SPDX-License-Identifier: Apache-2.0 */
#include "base/pool.h"

#include <string.h>

enum { SMALLEST = 5 };   /* log2 */

static unsigned class_of(rcpi_pool *pool, size_t n, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(n, size, &bytes) || bytes >> (RCPI_POOL_CLASSES - 1)) rcpi_out_of_memory(pool->arena);
  unsigned c = SMALLEST;
  while ((size_t)1 << c < bytes) c++;
  return c;
}

void *rcpi_pool_take(rcpi_pool *pool, size_t n, size_t size) {
  unsigned c = class_of(pool, n, size);
  void *block = pool->free[c];
  if (!block) return rcpi_alloc(pool->arena, 1, (size_t)1 << c);
  memcpy(&pool->free[c], block, sizeof block);
  return block;
}

void rcpi_pool_give(rcpi_pool *pool, void *block, size_t n, size_t size) {
  if (!block) return;
  unsigned c = class_of(pool, n, size);
  memcpy(block, &pool->free[c], sizeof block);
  pool->free[c] = block;
}

void *rcpi_pool_resize(rcpi_pool *pool, void *old, size_t used, size_t old_n, size_t n, size_t size) {
  if (old && class_of(pool, old_n, size) == class_of(pool, n, size)) return old;
  void *block = rcpi_pool_take(pool, n, size);
  if (used) memcpy(block, old, used * size);
  rcpi_pool_give(pool, old, old_n, size);
  return block;
}
