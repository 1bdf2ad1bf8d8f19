/*
 * Loops are plain, over arrays of integers without branches, so that a compiler makes vectors of them; the two that take longest are
 * compiled twice, because SSE2 can neither multiply numbers of 32 bits nor take the smaller of them. One source, so the
 * results are the same; tests/unit/test_sketch.c looks.
 *
 * Known weakness: a text of under 200 words leaves bins empty, which then repeat others, so that the estimate scatters:
 * twin.c checks every pair on the shingles themselves, and texts under twenty words never come here.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "reuse/sketch.h"

#include <string.h>

#include "reuse/words.h"

#if defined(__x86_64__)
#define HAS_X86 1
#else
#define HAS_X86 0
#endif
#define INLINE static inline __attribute__((always_inline))

enum { ALONE_SHINGLE = 4 };

static const uint32_t factor[RCPI_RUN_CHARS] = {0x9E3779B1u, 0x85EBCA77u, 0xC2B2AE3Du, 0x27D4EB2Fu, 0x165667B1u,
                                                0xD3A2646Du, 0xFD7046C5u, 0xB55A4F09u, 0x8F1BBCDDu, 0xCA62C1D7u};

/* A word's lowest bit is a flag: turned, so that it counts for little. */
static inline uint32_t turned(uint32_t word) {
  return word >> 1 | word << 31;
}

/* Hashes of words are as good as random, so a sum of multiples tells shingles apart. */
static inline uint32_t two_words(uint32_t a, uint32_t b) {
  return turned(a) * factor[0] + turned(b) * factor[1];
}

static inline uint32_t four_words(const uint32_t *w) {
  return two_words(w[0], w[1]) + turned(w[2]) * factor[2] + turned(w[3]) * factor[3];
}

/* The shingle that starts at word i; false where none does. */
static inline bool shingle_at(const uint32_t *words, size_t n, size_t i, uint32_t *out) {
  if (rcpi_word_is_alone(words[i]) && i + ALONE_SHINGLE <= n) return *out = four_words(words + i), true;
  if (i + 1 == n && n > 1) return false;
  /* the last characters of a text, or a text that is all too short for four */
  if (rcpi_word_is_alone(words[i]) && n >= ALONE_SHINGLE) return false;
  *out = two_words(words[i], n > 1 ? words[i + 1] : 0);
  return true;
}

INLINE size_t shingles(const uint32_t *words, size_t n, bool has_alone, uint32_t *out) {
  size_t k = 0;
  if (!has_alone && n > 1) {
    for (size_t i = 0; i + 1 < n; i++) out[i] = two_words(words[i], words[i + 1]);
    return n - 1;
  }
  for (size_t i = 0; i < n; i++) k += shingle_at(words, n, i, &out[k]);
  return k;
}

#if HAS_X86
__attribute__((target("avx2"))) static size_t shingles_avx2(const uint32_t *words, size_t n, bool has_alone, uint32_t *out) {
  return shingles(words, n, has_alone, out);
}
#endif

size_t rcpi_shingles_by(rcpi_isa isa, const uint32_t *words, size_t n, bool has_alone, uint32_t *out) {
#if HAS_X86
  if (rcpi_words_best(isa) >= RCPI_ISA_AVX2) return shingles_avx2(words, n, has_alone, out);
#endif
  (void)isa;
  return shingles(words, n, has_alone, out);
}

/* --------------------------------------------------------------------------------------------------------- sketch */

static inline uint64_t stir_long(uint64_t x) {
  x *= 0x9E3779B97F4A7C15u;
  x ^= x >> 32;
  return x * 0xD6E8FEB86659FD93u;
}

static inline void throw_in(uint32_t *bins, uint32_t shingle) {
  uint64_t x = stir_long(shingle);
  uint32_t *bin = &bins[x >> 57], value = (uint32_t)(x >> 26) & INT32_MAX, old = *bin;
  *bin = value < old ? value : old;
}

/* Where an empty bin borrows at its t-th try: the same for all texts, different for each bin. */
static inline uint32_t lender(uint32_t bin, uint32_t t) {
  return (uint32_t)(stir_long((uint64_t)(bin + 1) << 32 | t) >> 57);
}

void rcpi_sketch_make(const uint32_t *words, size_t n, bool has_alone, rcpi_sketch *out) {
  uint32_t bins[RCPI_SKETCH_BINS];
  memset(bins, 0xFF, sizeof bins);
  if (!has_alone && n > 1) {
    for (size_t i = 0; i + 1 < n; i++) throw_in(bins, two_words(words[i], words[i + 1]));
  } else {
    uint32_t s;
    for (size_t i = 0; i < n; i++)
      if (shingle_at(words, n, i, &s)) throw_in(bins, s);
  }
  for (uint32_t i = 0; i < RCPI_SKETCH_BINS; i++) {
    uint32_t from = i;
    for (uint32_t t = 0; bins[from] == UINT32_MAX; t++) from = lender(i, t);
    out->bin[i] = (uint16_t)(bins[from] * 0x9E3779B1u >> 16);
  }
}

unsigned rcpi_sketch_same(const rcpi_sketch *a, const rcpi_sketch *b) {
  uint16_t n = 0;
  for (size_t i = 0; i < RCPI_SKETCH_BINS; i++) n = (uint16_t)(n + (a->bin[i] == b->bin[i]));
  return n;
}

uint64_t rcpi_sketch_band(const rcpi_sketch *s, unsigned band) {
  uint64_t key = 0;
  for (size_t i = 0; i < RCPI_SKETCH_ROWS; i++) key = key << 16 | s->bin[band * RCPI_SKETCH_ROWS + i];
  return key;
}

/* ----------------------------------------------------------------------------------------------------------- runs */

static inline uint32_t stir(uint32_t x) {
  x ^= x >> 15;
  x *= 0x2C1B3C6Du;
  x ^= x >> 12;
  x *= 0x297A2D39u;
  return x ^ x >> 15;
}

uint32_t rcpi_run_words(const uint32_t *words, size_t n, size_t word) {
  uint32_t weight = 0, k = 0;
  while (weight < RCPI_RUN_CHARS && word + k < n) weight += rcpi_word_is_alone(words[word + k++]) ? 1 : 2;
  return weight >= RCPI_RUN_CHARS ? k : 0;
}

/* Hashes of the runs that start at words 0, 1, ...; their number. */
INLINE size_t all_runs(const uint32_t *words, size_t n, bool has_alone, uint32_t *out) {
  if (!has_alone) {
    size_t m = n >= RCPI_RUN_WORDS ? n - RCPI_RUN_WORDS + 1 : 0;
    for (size_t i = 0; i < m; i++)
      out[i] = stir(turned(words[i]) * factor[0] + turned(words[i + 1]) * factor[1] + turned(words[i + 2]) * factor[2] +
                    turned(words[i + 3]) * factor[3] + turned(words[i + 4]) * factor[4]);
    return m;
  }
  for (size_t i = 0; i < n; i++) {
    uint32_t k = rcpi_run_words(words, n, i), x = 0;
    if (!k) return i;
    for (uint32_t j = 0; j < k; j++) x += turned(words[i + j]) * factor[j];
    out[i] = stir(x);
  }
  return n;
}

static inline uint32_t least(uint32_t a, uint32_t b) { return a < b ? a : b; }
static inline uint32_t most(uint32_t a, uint32_t b) { return a > b ? a : b; }

/*
 * Winnowing without a queue: w[i] is the least of the window that starts at i, and a run is kept when it is the least of
 * any window that it lies in, that is when it equals the greatest w of those windows.
 */
INLINE size_t runs(const uint32_t *words, size_t n, bool has_alone, uint32_t *restrict scratch, rcpi_run *restrict out) {
  enum { W = RCPI_RUN_WINDOW };
  _Static_assert(W == 7, "windows are made of windows of two and four");
  uint32_t *g = scratch, *x = g + n + 16, *w = x + n + 16, *y = w + n + 16;
  size_t m = all_runs(words, n, has_alone, g), k = 0;
  if (!m) return 0;
  /* a text shorter than a window is one window: what lacks is the greatest value, which is never the least */
  memset(g + m, 0xFF, 16 * sizeof *g);
  size_t n_windows = m > W ? m - W + 1 : 1;
  for (size_t i = 0; i < n_windows + 5; i++) x[i] = least(g[i], g[i + 1]);
  for (size_t i = 0; i < n_windows + 3; i++) y[i] = least(x[i], x[i + 2]);
  memset(w, 0, (m + 12) * sizeof *w);
  for (size_t i = 0; i < n_windows; i++) w[i + W - 1] = least(y[i], y[i + 3]);
  /* the windows of run i start at i - 6 .. i, which are w[i .. i + 6] */
  for (size_t i = 0; i < m + 5; i++) x[i] = most(w[i], w[i + 1]);
  for (size_t i = 0; i < m + 3; i++) y[i] = most(x[i], x[i + 2]);
  for (size_t i = 0; i < m; i++) {
    out[k] = (uint64_t)g[i] << 32 | i;
    k += g[i] == most(y[i], y[i + 3]);
  }
  return k;
}

#if HAS_X86
__attribute__((target("avx2"))) static size_t runs_avx2(const uint32_t *words, size_t n, bool has_alone, uint32_t *scratch, rcpi_run *out) {
  return runs(words, n, has_alone, scratch, out);
}
#endif

size_t rcpi_runs_by(rcpi_isa isa, const uint32_t *words, size_t n, bool has_alone, uint32_t *scratch, rcpi_run *out) {
#if HAS_X86
  if (rcpi_words_best(isa) >= RCPI_ISA_AVX2) return runs_avx2(words, n, has_alone, scratch, out);
#endif
  (void)isa;
  return runs(words, n, has_alone, scratch, out);
}
