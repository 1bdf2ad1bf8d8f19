/*
 * twin.h - near-duplicates: candidates by sketch, decided on the shingles themselves.
 *
 * Candidates share all four bins of one of 32 bands of their sketches: a pair of resemblance .5 does with a probability
 * of .87, one of .7 with .9998, one of .1 with .003 (1 - (1 - r^4)^32). Texts under 64 words are looked up besides by
 * their shingles of least hash, as many as two texts of resemblance .3 can not both miss (prefix filter: Chaudhuri, Ganti
 * and Kaushik 2006), because their sketches are full of holes.
 *
 * Whatever is proposed is decided on the exact sets of shingles: a near-duplicate has a resemblance of .3 or more; or a
 * containment of .7 at a resemblance of .15, which is what a text cut to its first fifth has.
 * Why .3: unrelated texts of one language stay under .06 at two-word shingles; copies of wire stories in newspapers have
 * a mean of .30 at three words (NEWS-COPY, Silcock et al. 2022), that is .35 to .4 at two.
 *
 * A key with many articles gives the 32 latest: ten thousand copies of one text cost ten thousand times as much as one.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_REUSE_TWIN_H
#define RCPI_REUSE_TWIN_H

#include "reuse/segment.h"

enum {
  RCPI_TWIN_CHAIN = 32,        /* articles of one key that are looked at */
  RCPI_TWIN_SHORT = 64,        /* words under which a text is also found by its shingles */
  RCPI_TWIN_UNSKETCHED = 20,   /* words under which its sketch is not used */
  RCPI_TWIN_CANDIDATES = 2048,
  RCPI_TWIN_KEPT = 8,          /* most alike candidates that are decided */
  RCPI_TWIN_LEAST_SAME = 16,   /* equal bins of 128 below which nothing is decided */
};

typedef struct rcpi_short { uint32_t key, doc, next; } rcpi_short;   /* doc: place; next: 1 + index of the one before */

/* A set of article numbers without order, cleared at once. */
typedef struct rcpi_candidates {
  uint64_t slot[2 * RCPI_TWIN_CANDIDATES];
  uint32_t doc[RCPI_TWIN_CANDIDATES], n;
  uint32_t round;
} rcpi_candidates;

/* Keys of an article: hashes of its bands, and of the shingles it is found by. */
typedef struct rcpi_twin_keys {
  uint64_t band[RCPI_SKETCH_BANDS];
  uint32_t n_bands;
  uint32_t shingle[RCPI_TWIN_SHORT];
  uint32_t n_shingles;
} rcpi_twin_keys;

void rcpi_twin_keys_make(const uint32_t *words, uint32_t n_words, bool has_alone, const rcpi_sketch *sketch, rcpi_twin_keys *out);
/* Asks the memory for what a look-up of these keys will touch. */
void rcpi_twin_prefetch(const rcpi_segment *s, const rcpi_twin_keys *keys);
static inline void rcpi_candidates_clear(rcpi_candidates *c) { c->n = 0; c->round++; }
void rcpi_twin_find(const rcpi_segment *s, const rcpi_twin_keys *keys, rcpi_candidates *out);
/* Into an open segment; before the next article is added. */
rcp_status rcpi_twin_insert(rcpi_segment *s, const rcpi_twin_keys *keys, uint32_t place);

/* A candidate and the bins it has in common with the article at hand. */
typedef struct rcpi_likely { uint64_t doc; unsigned same; } rcpi_likely;
/* Is it worth deciding? A sketch of few words says little: short texts go by what they share. */
static inline bool rcpi_twin_is_likely(unsigned same, uint32_t n_words) { return same >= RCPI_TWIN_LEAST_SAME || n_words < RCPI_TWIN_SHORT; }
/* Keeps the RCPI_TWIN_KEPT most alike of n and x, the earlier of equals, in order; how many there are now. */
size_t rcpi_twin_keep_best(rcpi_likely *best, size_t n, rcpi_likely x);

/*
 * The distinct shingles of one text, to count those of others in it. A bit map in front of the table answers for most that are
 * not there; slots carry the round they were filled and last counted in, so that nothing is cleared between texts.
 */
typedef struct rcpi_shingle_set {
  uint64_t bits[256];
  uint64_t *slot;              /* shingle << 32 | fill << 16 | count */
  unsigned log, room;          /* 2^log slots are in use, 2^room allocated */
  uint32_t n;
  uint16_t fill, count;
  uint32_t *list, *hits;       /* scratch */
  size_t list_cap;
} rcpi_shingle_set;

void rcpi_shingle_set_fill(rcpi_arena *a, rcpi_shingle_set *s, const uint32_t *words, uint32_t n_words, bool has_alone);
/* Distinct shingles of another text that are in the set. */
uint32_t rcpi_shingle_set_count(rcpi_arena *a, rcpi_shingle_set *s, const uint32_t *words, uint32_t n_words, bool has_alone);
/* Distinct shingles of a text. */
uint32_t rcpi_shingle_count(rcpi_arena *a, rcpi_shingle_set *scratch, const uint32_t *words, uint32_t n_words, bool has_alone);

/* Of `both` shared shingles, with n_a and n_b in each. */
static inline double rcpi_resemblance(uint32_t both, uint32_t n_a, uint32_t n_b) {
  uint64_t any = (uint64_t)n_a + n_b - both;
  return any ? (double)both / (double)any : 0;
}
static inline double rcpi_containment(uint32_t both, uint32_t n_a, uint32_t n_b) {
  uint32_t less = n_a < n_b ? n_a : n_b;
  return less ? (double)both / less : 0;
}
static inline bool rcpi_is_twin(uint32_t both, uint32_t n_a, uint32_t n_b) {
  uint64_t any = (uint64_t)n_a + n_b - both, less = n_a < n_b ? n_a : n_b;
  return both && ((uint64_t)both * 10 >= any * 3 || ((uint64_t)both * 10 >= less * 7 && (uint64_t)both * 20 >= any * 3));
}

#endif
