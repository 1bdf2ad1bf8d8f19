/*
 * arena.h - memory that is freed all at once.
 *
 * One arena belongs to an article, a story or a worker; whatever is allocated from it lives until it is released
 * (or rewound). Allocation never returns NULL: when memory is out, or a size overflows, control goes to the innermost
 * RCPI_GUARD on that arena, which releases what the unwound code had deferred. So analysis code needs no checks, and
 * the API boundary has one. Handles of libraries that must be closed are registered with rcpi_defer.
 *
 *     rcpi_arena a;
 *     rcpi_arena_init(&a);
 *     RCPI_GUARD(&a) { work(&a); } else { status = RCP_ENOMEM; }
 *     rcpi_arena_release(&a);
 *
 * An arena is used by one thread at a time. A variable that changes inside the guard and is read after a failure
 * must be volatile (C11 7.13.2.1).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_BASE_ARENA_H
#define RCPI_BASE_ARENA_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "recoupe.h"

typedef struct rcpi_chunk rcpi_chunk;
/* Chunks that arenas gave back, for the next ones of the same thread, up to a bound; {NULL} is an empty one. */
typedef struct rcpi_chunks { rcpi_chunk *large, *vast; size_t n_bytes; } rcpi_chunks;
typedef struct rcpi_deferred rcpi_deferred;

typedef struct rcpi_arena {
  rcpi_chunk *chunk;        /* newest first */
  rcpi_deferred *deferred;  /* newest first */
  jmp_buf *guard;           /* where to go when memory is out; abort() without one */
  rcpi_chunk *spare;        /* given back by a rewind, for the next that is needed; or NULL */
  rcpi_chunks *pool;          /* where large chunks come from and go to, set behind init; or NULL: the system */
  size_t n_bytes;           /* of chunks, without the spare one */
  bool is_brief;            /* one of many that come and go, set behind init: malloc keeps its memory for the next */
} rcpi_arena;

typedef struct { rcpi_chunk *chunk; size_t used; rcpi_deferred *deferred; } rcpi_mark;

void rcpi_arena_init(rcpi_arena *a);
/* All goes back; what is left is an arena as after init, of the same pool. */
void rcpi_arena_release(rcpi_arena *a);
/* What a pool holds goes to the system; arenas that use it may live on. It must outlive them. */
void rcpi_chunks_release(rcpi_chunks *pool);

/* Zeroed memory for `n` objects of `size` bytes, aligned for any type. n = 0 gives a valid pointer. */
void *rcpi_alloc(rcpi_arena *a, size_t n, size_t size);
/* Copies `used` objects of `old` into room for `n`; the last block grows where it stands, any other stays valid (and wasted). */
void *rcpi_regrow(rcpi_arena *a, void *old, size_t used, size_t n, size_t size);
/* A copy with a NUL behind it, which is not counted in n. */
rcp_str rcpi_dup(rcp_str s, rcpi_arena *a);
rcp_str rcpi_printf(rcpi_arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Runs fn(handle) when the arena is released or rewound past here, latest first; at once, before it leaves, when memory is out. */
void rcpi_defer(rcpi_arena *a, void (*fn)(void *), void *handle);

/* Scratch use: all that was allocated after the mark is free again, and what was deferred after it is run. */
rcpi_mark rcpi_arena_mark(const rcpi_arena *a);
void rcpi_arena_rewind(rcpi_arena *a, rcpi_mark m);

/* Leaves by the guard, as an allocation that fails does. */
_Noreturn void rcpi_out_of_memory(rcpi_arena *a);

#define rcpi_new(a, T) ((T *)rcpi_alloc((a), 1, sizeof(T)))
#define rcpi_array(a, T, n) ((T *)rcpi_alloc((a), (n), sizeof(T)))

#define RCPI_GUARD(a) jmp_buf rcpi_guard_here; (a)->guard = &rcpi_guard_here; if (setjmp(rcpi_guard_here) == 0)

/* Tests set this to n to make the n-th allocation from now on fail (0: none fails). One thread only. */
extern size_t rcpi_fail_allocation;

/* A growable array in an arena: RCPI_VEC(int) v = {0}; rcpi_push(a, &v, 3); v.p[0], v.n */
#define RCPI_VEC(T) struct { T *p; size_t n, cap; }
#define rcpi_reserve(a, v, want) \
  do { \
    if ((v)->cap < (want)) { \
      size_t rcpi_cap_ = (v)->cap ? (v)->cap * 2 : 8; \
      while (rcpi_cap_ < (want)) rcpi_cap_ *= 2; \
      (v)->p = rcpi_regrow((a), (v)->p, (v)->n, rcpi_cap_, sizeof *(v)->p); \
      (v)->cap = rcpi_cap_; \
    } \
  } while (0)
#define rcpi_push(a, v, ...) do { rcpi_reserve((a), (v), (v)->n + 1); (v)->p[(v)->n++] = (__VA_ARGS__); } while (0)

#endif
