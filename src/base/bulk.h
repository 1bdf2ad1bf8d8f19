/*
 * bulk.h - a growing array that may become gigabytes large.
 *
 * Like rcpi_buf, but from RCPI_BULK_LARGE bytes on it lies in pages of its own, large ones (2 MiB) where the system gives
 * them, and grows without being copied: the pages are moved to a wider place. It is never handed to a caller of the library.
 *
 * Sticky as rcpi_buf: after the first failed growth every further call does nothing and `failed` stays true.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_BASE_BULK_H
#define RCPI_BASE_BULK_H

#include <stdbool.h>
#include <stddef.h>

enum { RCPI_BULK_LARGE = 4 << 20 };

typedef struct rcpi_bulk {
  char *p;
  size_t len, cap;             /* bytes */
  bool failed;
} rcpi_bulk;

static inline void rcpi_bulk_init(rcpi_bulk *b) { *b = (rcpi_bulk){NULL, 0, 0, false}; }
void rcpi_bulk_release(rcpi_bulk *b);
static inline void rcpi_bulk_clear(rcpi_bulk *b) { b->len = 0; }
/* Room for n more bytes; false (and failed) when there is none. New room holds anything. */
bool rcpi_bulk_reserve(rcpi_bulk *b, size_t n);
void rcpi_bulk_add(rcpi_bulk *b, const void *p, size_t n);

#endif
