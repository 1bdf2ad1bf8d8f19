/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

enum { LARGE = 32 << 10 };

void rcpi_buf_init(rcpi_buf *b) {
  memset(b, 0, sizeof *b);
}

void rcpi_buf_release(rcpi_buf *b) {
  free(b->p);
  memset(b, 0, sizeof *b);
}

void rcpi_buf_end(rcpi_buf *b, rcpi_buf *out) {
  if (b->failed) out->failed = true;
  rcpi_buf_release(b);
}

/* A guard of its own: the buffer is no arena's, so it is released before the failure goes on. */
rcp_str rcpi_buf_take(rcpi_buf *b, rcpi_arena *a) {
  jmp_buf *outer = a->guard;
  volatile bool ok = false;
  rcp_str s = {"", 0};
  if (!b->failed) {
    RCPI_GUARD(a) {
      s = rcpi_dup(rcpi_buf_str(b), a);
      ok = true;
    }
    a->guard = outer;
  }
  rcpi_buf_release(b);
  if (!ok) rcpi_out_of_memory(a);
  return s;
}

void rcpi_buf_clear(rcpi_buf *b) {
  b->len = 0;
  if (b->p) b->p[0] = 0;
}

/*
 * What becomes large moves to a block of its own. realloc would let it grow where it is, amid small blocks, and in a program that runs
 * for days the hole that it leaves there is never as large as the next one needs (served answers, 2026-11: 54 MB of heap for 16).
 */
static char *grow(char *old, size_t used, size_t cap_before, size_t cap) {
  if (cap_before >= LARGE || cap < LARGE) return realloc(old, cap);
  char *p = malloc(cap);
  if (!p) return NULL;
  if (used) memcpy(p, old, used);
  free(old);
  return p;
}

bool rcpi_buf_reserve(rcpi_buf *b, size_t n) {
  size_t need;
  if (b->failed) return false;
  if (__builtin_add_overflow(b->len, n, &need) || __builtin_add_overflow(need, 1, &need) || need > SIZE_MAX / 2)
    return !(b->failed = true);
  if (need <= b->cap) return true;
  size_t cap = b->cap ? b->cap : 256;
  while (cap < need) cap *= 2;
  char *p = grow(b->p, b->len ? b->len + 1 : 0, b->cap, cap);
  if (!p) return !(b->failed = true);
  b->p = p;
  b->cap = cap;
  return true;
}

void rcpi_buf_add(rcpi_buf *b, rcp_str s) {
  if (s.n == 0 || !rcpi_buf_reserve(b, s.n)) return;
  memcpy(b->p + b->len, s.p, s.n);
  b->len += s.n;
  b->p[b->len] = 0;
}

void rcpi_buf_addc(rcpi_buf *b, char c) {
  if (b->cap - b->len < 2 || b->failed) {
    rcpi_buf_add(b, (rcp_str){&c, 1});
    return;
  }
  b->p[b->len++] = c;
  b->p[b->len] = 0;
}

void rcpi_buf_adds(rcpi_buf *b, const char *s) {
  rcpi_buf_add(b, rcpi_cstr(s));
}

void rcpi_buf_cp(rcpi_buf *b, uint32_t code_point) {
  char bytes[4];
  rcpi_buf_add(b, (rcp_str){bytes, rcpi_utf8_put(code_point, bytes)});
}

void rcpi_buf_printf(rcpi_buf *b, const char *format, ...) {
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, format, args);
  va_end(args);
  if (n < 0) b->failed = true;
  else if (rcpi_buf_reserve(b, (size_t)n)) {
    vsnprintf(b->p + b->len, (size_t)n + 1, format, again);
    b->len += (size_t)n;
  }
  va_end(again);
}
