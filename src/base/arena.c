/*
 * Chunks in a list, bump allocation in the newest. Each chunk is twice the one before, up to LARGEST; a request larger
 * than that gets a chunk with room to grow once. The last block grows where it stands. Memory is zeroed when handed out,
 * so a half-built structure never holds rubbish. One chunk that a rewind gave back is kept for the next that is needed,
 * so that scratch use at a chunk's end costs no call of malloc.
 *
 * Page faults were a third of the time of a small comparison: memory that is touched counts, not memory that is asked for.
 * So large chunks come from the system itself, which gives them zeroed, and what was never handed out is not zeroed again:
 * room that a growing array does not come to fill costs addresses only.
 *
 * Dossiers that a server makes one after another take 100 MB each. Through malloc they left so many holes that eight visitors
 * had it at 1.4 GB in four minutes, of which 0.4 were used; from a pool of chunks of two sizes each takes what the last gave back.
 * A pool holds what an ordinary one takes (150 articles: 105 MB); what an uncommon one took above that goes back with it.
 *
 * Under AddressSanitizer free space is poisoned and blocks are kept apart, so that an overrun shows.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/limits.h"

#if defined(__has_feature)
#define HAS_ASAN __has_feature(address_sanitizer)
#elif defined(__SANITIZE_ADDRESS__)
#define HAS_ASAN 1
#else
#define HAS_ASAN 0
#endif
#if HAS_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(p, n) __asan_poison_memory_region((p), (n))
#define UNPOISON(p, n) __asan_unpoison_memory_region((p), (n))
enum { RED_ZONE = 16 };
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
enum { RED_ZONE = 0 };
#endif

enum { ALIGN = 16, LARGEST = 256 << 10, PAGE = 4 << 10, HUGE_PAGE = 2 << 20, HUGE_FROM = 1 << 20, HUGE_TO = 32 << 20, VAST = 8 << 20, POOLED = 128 << 20 };

struct rcpi_chunk {
  rcpi_chunk *next;
  size_t size, used;
  size_t fresh;                /* from here on nothing was ever handed out, and all is zero; size: nobody knows */
  size_t n_mapped;             /* bytes that the system gave; 0: malloc did */
  _Alignas(ALIGN) unsigned char data[];
};

struct rcpi_deferred {
  rcpi_deferred *next;
  void (*fn)(void *);
  void *handle;
};

size_t rcpi_fail_allocation;

static bool must_fail(void) {
  return rcpi_fail_allocation && --rcpi_fail_allocation == 0;
}

void rcpi_out_of_memory(rcpi_arena *a) {
  if (!a->guard) abort(); /* our bug: arenas are used under a guard */
  longjmp(*a->guard, 1);
}

void rcpi_arena_init(rcpi_arena *a) {
  memset(a, 0, sizeof *a);
}

/* Where a pool keeps such chunks: LARGEST of malloc, VAST of the system. NULL: nowhere. */
static rcpi_chunk **place_in(rcpi_chunks *pool, const rcpi_chunk *c) {
  if (!pool) return NULL;
  return c->n_mapped == VAST ? &pool->vast : !c->n_mapped && c->size == LARGEST ? &pool->large : NULL;
}

static rcpi_chunk *take(rcpi_chunks *pool, rcpi_chunk **from) {
  rcpi_chunk *c = *from;
  if (!c) return NULL;
  *from = c->next;
  pool->n_bytes -= c->size;
  return c;
}

static void give_back(rcpi_chunk *c) {
  UNPOISON(c->data, c->size);
  if (c->n_mapped) munmap(c, c->n_mapped);
  else free(c);
}

static void free_chunk(const rcpi_arena *a, rcpi_chunk *c) {
  rcpi_chunk **place = place_in(a->pool, c);
  if (place && a->pool->n_bytes + c->size <= POOLED) {
    c->next = *place;
    *place = c;
    a->pool->n_bytes += c->size;
    POISON(c->data, c->size);
  } else {
    give_back(c);
  }
}

void rcpi_chunks_release(rcpi_chunks *pool) {
  for (rcpi_chunk *c; (c = take(pool, &pool->large)) || (c = take(pool, &pool->vast));) give_back(c);
}

void rcpi_arena_release(rcpi_arena *a) {
  rcpi_chunks *pool = a->pool;
  bool is_brief = a->is_brief;
  for (rcpi_deferred *d = a->deferred; d; d = d->next) d->fn(d->handle);
  for (rcpi_chunk *c = a->chunk, *next; c; c = next) {
    next = c->next;
    free_chunk(a, c);
  }
  if (a->spare) free_chunk(a, a->spare);
  memset(a, 0, sizeof *a);
  a->pool = pool;
  a->is_brief = is_brief;
}

/*
 * An arena that has grown past HUGE_FROM goes on in huge pages: 512 page faults are one (2026-11: eight articles -11 %, fifty
 * -5 %). Past HUGE_TO no longer: memory that the kernel must first gather took back what the faults had cost.
 */
static bool is_huge(const rcpi_arena *a) {
  return !a->pool && !a->is_brief && a->n_bytes >= HUGE_FROM && a->n_bytes < HUGE_TO;
}

/* A chunk of whole pages, zeroed; of huge ones it begins at a multiple of them. */
static rcpi_chunk *map_chunk(size_t bytes, bool huge) {
  size_t page = huge ? HUGE_PAGE : PAGE, size = (bytes + page - 1) & ~(page - 1), before = 0;
  char *p = mmap(NULL, huge ? size + page : size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (p == MAP_FAILED) return NULL;
  if (huge) {
    before = (size_t)(-(uintptr_t)p & (page - 1));
    if (before) munmap(p, before);
    munmap(p + before + size, page - before);
    madvise(p + before, size, MADV_HUGEPAGE);   /* a wish, no more */
  }
  rcpi_chunk *c = (rcpi_chunk *)(void *)(p + before);
  c->n_mapped = size;
  c->size = size - sizeof *c;
  return c;
}

static rcpi_chunk *malloc_chunk(size_t size) {
  rcpi_chunk *c = size > SIZE_MAX - sizeof *c ? NULL : malloc(sizeof *c + size);
  if (!c) return NULL;
  c->size = c->fresh = size;
  c->n_mapped = 0;
  return c;
}

/*
 * Of many arenas that come and go nothing is mapped: pages are cleaned one after another in a megabyte or two each, and what the
 * system faulted in and cleared for every one of them took a seventh of the time (793 pages, 2026-11).
 */
static rcpi_chunk *new_chunk(const rcpi_arena *a, size_t need) {
  rcpi_chunk *c = NULL;
  /* what it leaves is for what comes next; an arena that stays small shall not hold one */
  if (a->pool && a->n_bytes >= VAST && need > LARGEST && need <= VAST - sizeof *c)
    c = a->pool->vast ? take(a->pool, &a->pool->vast) : map_chunk(VAST, false);
  else if (!a->is_brief && need > LARGEST && need < SIZE_MAX / 8) c = map_chunk(2 * need + sizeof *c, is_huge(a));
  else if (is_huge(a) && need <= LARGEST) c = map_chunk(HUGE_PAGE, true);
  if (c) return c;
  size_t size = a->chunk && a->chunk->size < LARGEST ? 2 * a->chunk->size : a->chunk ? LARGEST : RCPI_ARENA_CHUNK;
  if (size > LARGEST) size = LARGEST;
  if (a->pool && size == LARGEST && need <= LARGEST && (c = take(a->pool, &a->pool->large))) return c;
  bool has_room = a->is_brief && need > LARGEST && need < SIZE_MAX / 4;   /* to grow once */
  c = malloc_chunk(has_room ? 2 * need : need > size ? need : size);
  return c || (need > size && !has_room) ? c : malloc_chunk(need);
}

/*
 * The rest of a vast chunk that is left for another was used before, by another dossier: it would be held for nothing until the
 * chunk is taken again.
 */
static void leave_rest(rcpi_chunk *c) {
  size_t from = ((size_t)(c->data - (unsigned char *)c) + c->used + PAGE - 1) & ~(size_t)(PAGE - 1);
  if (c->n_mapped != VAST || VAST - from < LARGEST) return;
  size_t at = from - (size_t)(c->data - (unsigned char *)c);
  if (c->fresh <= at || madvise((char *)c + from, VAST - from, MADV_DONTNEED)) return;
  c->fresh = at;
}

static bool add_chunk(rcpi_arena *a, size_t need) {
  if (must_fail()) return false;
  rcpi_chunk *c = a->spare;
  if (c && c->size >= need) a->spare = NULL;
  else c = new_chunk(a, need);
  if (!c) return false;
  if (a->chunk) leave_rest(a->chunk);
  c->next = a->chunk;
  c->used = 0;
  a->chunk = c;
  a->n_bytes += sizeof *c + c->size;
  POISON(c->data, c->size);
  return true;
}

/* `n` bytes from `at` on are handed out: those that may hold something are zeroed. */
static inline void clear(rcpi_chunk *c, size_t at, size_t n) {
  if (c->fresh > at) memset(c->data + at, 0, n < c->fresh - at ? n : c->fresh - at);
  if (c->fresh < at + n) c->fresh = at + n;
}

static inline size_t in_steps(size_t bytes) {
  return (bytes + RED_ZONE + ALIGN - 1) & ~(size_t)(ALIGN - 1);
}

static inline void *try_alloc(rcpi_arena *a, size_t n, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(n, size, &bytes) || bytes > SIZE_MAX / 2) return NULL;
  size_t steps = in_steps(bytes);
  if ((!a->chunk || a->chunk->size - a->chunk->used < steps) && !add_chunk(a, steps)) return NULL;
  rcpi_chunk *c = a->chunk;
  unsigned char *p = c->data + c->used;
  UNPOISON(p, steps - RED_ZONE);
  clear(c, c->used, bytes);
  c->used += steps;
  return p;
}

void *rcpi_alloc(rcpi_arena *a, size_t n, size_t size) {
  void *p = try_alloc(a, n, size);
  if (!p) rcpi_out_of_memory(a);
  return p;
}

/* The last block of the newest chunk, when it is just `used` long, grows where it stands. */
static bool grow_last(rcpi_arena *a, unsigned char *old, size_t used, size_t n, size_t size) {
  rcpi_chunk *c = a->chunk;
  size_t bytes;
  if (!old || !c || __builtin_mul_overflow(n, size, &bytes) || bytes > SIZE_MAX / 2 || n < used) return false;
  if (old < c->data || old + in_steps(used * size) != c->data + c->used) return false;
  size_t more = in_steps(bytes) - in_steps(used * size);
  if (c->size - c->used < more) return false;
  c->used += more;
  UNPOISON(old, in_steps(bytes) - RED_ZONE);
  clear(c, (size_t)(old - c->data) + used * size, bytes - used * size);
  return true;
}

void *rcpi_regrow(rcpi_arena *a, void *old, size_t used, size_t n, size_t size) {
  if (grow_last(a, old, used, n, size)) return old;
  void *p = rcpi_alloc(a, n, size);
  if (used) memcpy(p, old, used * size);
  return p;
}

rcp_str rcpi_dup(rcp_str s, rcpi_arena *a) {
  if (!s.p) return s;
  char *p = rcpi_alloc(a, s.n + 1, 1);
  memcpy(p, s.p, s.n);
  return (rcp_str){p, s.n};
}

rcp_str rcpi_printf(rcpi_arena *a, const char *format, ...) {
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, format, args);
  va_end(args);
  char *p = rcpi_alloc(a, (size_t)(n > 0 ? n : 0) + 1, 1);
  if (n > 0) vsnprintf(p, (size_t)n + 1, format, again);
  va_end(again);
  return (rcp_str){p, n > 0 ? (size_t)n : 0};
}

void rcpi_defer(rcpi_arena *a, void (*fn)(void *), void *handle) {
  rcpi_deferred *d = try_alloc(a, 1, sizeof *d);
  if (!d) {
    fn(handle);   /* nobody else would */
    rcpi_out_of_memory(a);
  }
  *d = (rcpi_deferred){a->deferred, fn, handle};
  a->deferred = d;
}

rcpi_mark rcpi_arena_mark(const rcpi_arena *a) {
  return (rcpi_mark){a->chunk, a->chunk ? a->chunk->used : 0, a->deferred};
}

void rcpi_arena_rewind(rcpi_arena *a, rcpi_mark m) {
  for (; a->deferred != m.deferred; a->deferred = a->deferred->next) a->deferred->fn(a->deferred->handle);
  while (a->chunk != m.chunk) {
    rcpi_chunk *c = a->chunk;
    a->chunk = c->next;
    a->n_bytes -= sizeof *c + c->size;
    if (c->size <= HUGE_PAGE && (!a->spare || a->spare->size < c->size)) {
      rcpi_chunk *smaller = a->spare;
      a->spare = c;
      c = smaller;
    }
    if (c) free_chunk(a, c);
  }
  if (a->chunk) {
    a->chunk->used = m.used;
    POISON(a->chunk->data + m.used, a->chunk->size - m.used);
  }
}
