/*
 * sketch.h - a text in 256 bytes, from which the share of wording that two texts have in common is estimated; and the
 * few word runs by which a copied passage is found.
 *
 * Shingle: two words in a row (four characters of an unspaced script); a text of one word is its own shingle. Resemblance
 * of two texts is the share of distinct shingles that both have among those that either has (Jaccard); containment, the
 * share of those of the one with fewer (Broder, On the resemblance and containment of documents, 1997).
 *
 * Sketch: one-permutation hashing (Li, Owen and Zhang 2012). A hash throws each shingle into one of 128 bins; a bin keeps
 * its least value; a bin that stays empty borrows from another (optimal densification, Shrivastava 2017). The share of
 * equal bins estimates resemblance with a standard error of at most .045 (.03 measured on 5,000 pairs). Two words and not
 * five, because one word changed in twenty leaves a resemblance of .84 at two words and .66 at five, while unrelated
 * texts of one language stay under .06.
 *
 * Run: five words in a row (ten characters of an unspaced script). Of every seven runs that follow one another the least
 * by hash is kept (winnowing: Schleimer, Wilkerson and Aiken 2003): one in four, and certainly one of any eleven equal
 * words. Where a run is kept depends on nothing but the words around it, so a copied passage keeps its runs.
 *
 * Everything is integers with fixed constants: the same words give the same bytes on every machine. RCPI_SKETCH_VERSION
 * changes with any of this, and an index of another version is refused.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_REUSE_SKETCH_H
#define RCPI_REUSE_SKETCH_H

#include "reuse/words.h"

enum {
  RCPI_SKETCH_VERSION = 1,
  RCPI_SKETCH_BINS = 128,
  RCPI_SKETCH_BANDS = 32,
  RCPI_SKETCH_ROWS = 4,        /* bins of a band */
  RCPI_RUN_WORDS = 5,
  RCPI_RUN_CHARS = 10,
  RCPI_RUN_WINDOW = 7,
};

typedef struct rcpi_sketch { uint16_t bin[RCPI_SKETCH_BINS]; } rcpi_sketch;

/* A run kept: hash << 32 | number of its first word. */
typedef uint64_t rcpi_run;
static inline uint32_t rcpi_run_hash(rcpi_run run) { return (uint32_t)(run >> 32); }
static inline uint32_t rcpi_run_word(rcpi_run run) { return (uint32_t)run; }

/* Shingles of n words in reading order, repeats and all, into out (room for n); their number. The high bits are the best. */
size_t rcpi_shingles_by(rcpi_isa isa, const uint32_t *words, size_t n, bool has_alone, uint32_t *out);
static inline size_t rcpi_shingles(const uint32_t *words, size_t n, bool has_alone, uint32_t *out) {
  return rcpi_shingles_by(RCPI_ISA_AVX512, words, n, has_alone, out);
}
/* n > 0. */
void rcpi_sketch_make(const uint32_t *words, size_t n, bool has_alone, rcpi_sketch *out);
/* Bins that are equal, 0 to 128. */
unsigned rcpi_sketch_same(const rcpi_sketch *a, const rcpi_sketch *b);
/* The bins of one band as a key. */
uint64_t rcpi_sketch_band(const rcpi_sketch *s, unsigned band);

/* Words in a run that starts at `word`; 0 where too few follow. */
uint32_t rcpi_run_words(const uint32_t *words, size_t n, size_t word);
/* The runs kept, by place, into out (room for n); their number. `scratch` has room for 4 (n + 16). */
size_t rcpi_runs_by(rcpi_isa isa, const uint32_t *words, size_t n, bool has_alone, uint32_t *scratch, rcpi_run *out);
static inline size_t rcpi_runs(const uint32_t *words, size_t n, bool has_alone, uint32_t *scratch, rcpi_run *out) {
  return rcpi_runs_by(RCPI_ISA_AVX512, words, n, has_alone, scratch, out);
}

#endif
