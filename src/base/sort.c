/*
 * Least significant byte first, a pass for each byte that is not the same in all numbers; short lists by insertion.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/sort.h"

#include <stdlib.h>
#include <string.h>

enum { FEW = 24 };

static void insert_u64(uint64_t *v, size_t n, unsigned from) {
  for (size_t i = 1; i < n; i++) {
    uint64_t x = v[i];
    size_t k = i;
    for (; k && v[k - 1] >> from > x >> from; k--) v[k] = v[k - 1];
    v[k] = x;
  }
}

static void pass(const uint64_t *in, uint64_t *out, size_t n, unsigned shift) {
  size_t at[257] = {0};
  for (size_t i = 0; i < n; i++) at[(in[i] >> shift & 0xFF) + 1]++;
  for (size_t i = 1; i < 257; i++) at[i] += at[i - 1];
  for (size_t i = 0; i < n; i++) out[at[in[i] >> shift & 0xFF]++] = in[i];
}

void rcpi_sort_u64(rcpi_arena *a, uint64_t *v, size_t n, unsigned from) {
  if (n <= FEW) {
    insert_u64(v, n, from);
    return;
  }
  uint64_t some = 0, all = UINT64_MAX;
  for (size_t i = 0; i < n; i++) some |= v[i], all &= v[i];
  rcpi_mark before = rcpi_arena_mark(a);
  uint64_t *in = v, *out = rcpi_array(a, uint64_t, n);
  for (unsigned shift = from; shift < 64; shift += 8) {
    if (!((some ^ all) >> shift & 0xFF)) continue;
    pass(in, out, n, shift);
    uint64_t *swap = in;
    in = out, out = swap;
  }
  if (in != v) memcpy(v, in, n * sizeof *v);
  rcpi_arena_rewind(a, before);
}

static int by_number(const void *x, const void *y) {
  uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
  return a < b ? -1 : a > b;
}

void rcpi_sort_u32(uint32_t *v, size_t n) {
  if (n > FEW) {
    qsort(v, n, sizeof *v, by_number);
    return;
  }
  for (size_t i = 1; i < n; i++) {
    uint32_t x = v[i];
    size_t k = i;
    for (; k && v[k - 1] > x; k--) v[k] = v[k - 1];
    v[k] = x;
  }
}
