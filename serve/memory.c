/* SPDX-License-Identifier: Apache-2.0 */
#include "memory.h"

#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>

void serve_memory_keep(void) {
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, 32 << 10);   /* set, it does not move any more; an arena begins with 64 KiB */
}

void serve_memory_rest(void) {
  malloc_trim(0);
}
#else
void serve_memory_keep(void) {}
void serve_memory_rest(void) {}
#endif
