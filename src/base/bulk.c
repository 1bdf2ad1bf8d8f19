/*
 * The problem: an array that doubles by realloc is copied each time once malloc can't grow it in place. glibc moves pages
 * instead (mremap), but not when only a part of the block was marked for large pages, for then it spans several mappings;
 * what was a wish for speed made a million articles spend more time in the kernel, copying and clearing small pages,
 * than on the articles.
 *
 * Here a large array is one mapping that begins at a multiple of 2 MiB and is marked as a whole, and it is moved only to
 * such places, so that the kernel moves one entry for every 2 MiB and large pages stay large. Growth is by half: the
 * new part is not touched before it is used, so it costs addresses and no memory.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/bulk.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { PAGE = 2 << 20 };

/* Addresses for n bytes (a multiple of PAGE) that begin at a multiple of PAGE. */
static char *find_room(size_t n, int access) {
  char *all = mmap(NULL, n + PAGE, access, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (all == MAP_FAILED) return NULL;
  size_t before = (size_t)(-(uintptr_t)all & (PAGE - 1));
  if (before) munmap(all, before);
  munmap(all + before + n, PAGE - before);
  return all + before;
}

/* Moves what a malloced array holds, or the pages of a mapped one. */
static char *move(rcpi_bulk *b, size_t cap) {
  bool is_mapped = b->cap >= RCPI_BULK_LARGE;
  char *p = find_room(cap, is_mapped ? PROT_NONE : PROT_READ | PROT_WRITE);
  if (!p) return NULL;
  if (is_mapped) {
    if (mremap(b->p, b->cap, cap, MREMAP_MAYMOVE | MREMAP_FIXED, p) == p) return p;
    munmap(p, cap);
    return NULL;
  }
  madvise(p, cap, MADV_HUGEPAGE);   /* a wish, no more */
  if (b->len) memcpy(p, b->p, b->len);
  free(b->p);
  return p;
}

bool rcpi_bulk_reserve(rcpi_bulk *b, size_t n) {
  size_t need;
  if (b->failed) return false;
  if (__builtin_add_overflow(b->len, n, &need) || need > SIZE_MAX / 4) return !(b->failed = true);
  if (need <= b->cap) return true;
  size_t cap = b->cap ? b->cap : 256;
  while (cap < need) cap += cap < RCPI_BULK_LARGE ? cap : cap / 2;
  char *p;
  if (cap < RCPI_BULK_LARGE) p = realloc(b->p, cap);
  else p = move(b, cap = (cap + PAGE - 1) & ~(size_t)(PAGE - 1));
  if (!p) return !(b->failed = true);
  b->p = p;
  b->cap = cap;
  return true;
}

void rcpi_bulk_add(rcpi_bulk *b, const void *p, size_t n) {
  if (n == 0 || !rcpi_bulk_reserve(b, n)) return;
  memcpy(b->p + b->len, p, n);
  b->len += n;
}

void rcpi_bulk_release(rcpi_bulk *b) {
  if (b->cap >= RCPI_BULK_LARGE) munmap(b->p, b->cap);
  else free(b->p);
  rcpi_bulk_init(b);
}
