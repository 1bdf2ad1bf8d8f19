/*
 * buf.h - a growing byte buffer on the heap.
 *
 * Sticky: after the first failed allocation every further call does nothing and `failed` stays true, so a writer checks
 * once, at the end. The bytes are always followed by a NUL that len does not count.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_BASE_BUF_H
#define RCPI_BASE_BUF_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

typedef struct rcpi_buf {
  char *p;
  size_t len, cap;
  bool failed;
} rcpi_buf;

void rcpi_buf_init(rcpi_buf *b);
void rcpi_buf_release(rcpi_buf *b);
/* Releases a buffer whose bytes went into `out`: `out` has failed when it had. */
void rcpi_buf_end(rcpi_buf *b, rcpi_buf *out);
/* Releases a buffer and gives its bytes as the arena's; memory that is out, then or before, is the arena's failure. */
rcp_str rcpi_buf_take(rcpi_buf *b, rcpi_arena *a);
void rcpi_buf_clear(rcpi_buf *b);
/* Room for n more bytes; false (and failed) when there is none. */
bool rcpi_buf_reserve(rcpi_buf *b, size_t n);
void rcpi_buf_add(rcpi_buf *b, rcp_str s);
void rcpi_buf_addc(rcpi_buf *b, char c);
void rcpi_buf_adds(rcpi_buf *b, const char *s);
void rcpi_buf_cp(rcpi_buf *b, uint32_t code_point);
void rcpi_buf_printf(rcpi_buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline rcp_str rcpi_buf_str(const rcpi_buf *b) { return (rcp_str){b->p ? b->p : "", b->len}; }

#endif
