/*
 * The tables: for each band an open-addressing table from a hash of the band's bins to the latest article with it; each
 * article points to the one before it in every band. So an insertion writes one slot and one number a band, and the
 * newest come first. A slot keeps 32 bits of the hash beside the article; a false match costs one comparison of sketches.
 *
 * Bytes an article: sketch 256, chains 128, slots 366 to 731 as the tables fill between .35 and .7.
 *
 * Known weakness: a resemblance of .3 is proposed by the bands with a probability of only .23; most such pairs come from
 * shared passages instead (corpus.c decides those by the same rule).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "reuse/twin.h"

#include <stdlib.h>

enum { BANDS = RCPI_SKETCH_BANDS, FIRST_SLOTS = 256 };

static uint64_t stir(uint64_t x) {
  x ^= x >> 32;
  x *= 0xD6E8FEB86659FD93u;
  x ^= x >> 32;
  x *= 0xD6E8FEB86659FD93u;
  return x ^ x >> 32;
}

static uint64_t band_hash(const rcpi_sketch *sketch, unsigned band) {
  return stir(rcpi_sketch_band(sketch, band) ^ (uint64_t)(band + 1) * 0x9E3779B97F4A7C15u);
}

static int by_value(const void *x, const void *y) {
  uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
  return (a > b) - (a < b);
}

/* The least of n distinct shingles that two texts of resemblance .3 can't both miss: n - ceil(.3 n) + 1. */
static uint32_t prefix(uint32_t n) {
  return n ? n - (3 * n + 9) / 10 + 1 : 0;
}

void rcpi_twin_keys_make(const uint32_t *words, uint32_t n_words, bool has_alone, const rcpi_sketch *sketch, rcpi_twin_keys *out) {
  out->n_bands = out->n_shingles = 0;
  if (n_words >= RCPI_TWIN_UNSKETCHED)
    for (; out->n_bands < BANDS; out->n_bands++) out->band[out->n_bands] = band_hash(sketch, out->n_bands);
  if (n_words >= RCPI_TWIN_SHORT || !n_words) return;
  uint32_t *list = out->shingle, n = (uint32_t)rcpi_shingles(words, n_words, has_alone, list), k = 0;
  qsort(list, n, sizeof *list, by_value);
  for (uint32_t i = 0; i < n; i++)
    if (!k || list[k - 1] != list[i]) list[k++] = list[i];
  out->n_shingles = prefix(k);
}

/* -------------------------------------------------------------------------------------------------------- look-up */

static inline const uint64_t *band_slots(const rcpi_segment *s, unsigned band) {
  return (const uint64_t *)(const void *)s->at[RCPI_SEC_SLOTS].p + (size_t)band * s->n_slots;
}

/* A slot is tag << 32 | 1 + place; the tag is the hash's low half, the slot its high half. */
static inline size_t home(uint64_t hash, uint32_t n_slots) {
  return (size_t)(hash >> 32) & (n_slots - 1);
}

void rcpi_twin_prefetch(const rcpi_segment *s, const rcpi_twin_keys *keys) {
  if (!s->n_slots) return;
  for (unsigned b = 0; b < keys->n_bands; b++) __builtin_prefetch(&band_slots(s, b)[home(keys->band[b], s->n_slots)]);
}

/* Shingles are good in their high bits, and those kept are the least: both are stirred. */
static inline size_t short_home(uint32_t shingle, uint32_t n_slots) {
  return (size_t)(stir(shingle) >> 32) & (n_slots - 1);
}

static void propose(rcpi_candidates *c, uint32_t doc) {
  if (c->n == RCPI_TWIN_CANDIDATES) return;
  uint64_t want = (uint64_t)c->round << 32 | doc;
  size_t i = (doc * 0x9E3779B1u) & (2 * RCPI_TWIN_CANDIDATES - 1);
  for (; c->slot[i] >> 32 == c->round; i = (i + 1) & (2 * RCPI_TWIN_CANDIDATES - 1))
    if (c->slot[i] == want) return;
  c->slot[i] = want;
  c->doc[c->n++] = doc;
}

static void find_shorts(const rcpi_segment *s, const rcpi_twin_keys *keys, rcpi_candidates *out) {
  const uint32_t *slots = (const uint32_t *)(const void *)s->at[RCPI_SEC_SHORT_SLOTS].p;
  const rcpi_short *shorts = (const rcpi_short *)(const void *)s->at[RCPI_SEC_SHORTS].p;
  if (!s->n_short_slots) return;
  for (uint32_t k = 0; k < keys->n_shingles; k++) {
    size_t i = short_home(keys->shingle[k], s->n_short_slots);
    while (slots[i] && shorts[slots[i] - 1].key != keys->shingle[k]) i = (i + 1) & (s->n_short_slots - 1);
    uint32_t at = slots[i];
    for (uint32_t n = 0; at && n < RCPI_TWIN_CHAIN; n++, at = shorts[at - 1].next) propose(out, s->first + shorts[at - 1].doc);
  }
}

void rcpi_twin_find(const rcpi_segment *s, const rcpi_twin_keys *keys, rcpi_candidates *out) {
  const uint32_t *next = (const uint32_t *)(const void *)s->at[RCPI_SEC_NEXT].p;
  find_shorts(s, keys, out);
  for (unsigned b = 0; b < keys->n_bands && s->n_slots; b++) {
    const uint64_t *slots = band_slots(s, b);
    size_t i = home(keys->band[b], s->n_slots);
    while (slots[i] && slots[i] >> 32 != (uint32_t)keys->band[b]) i = (i + 1) & (s->n_slots - 1);
    uint32_t at = (uint32_t)slots[i];
    for (uint32_t n = 0; at && n < RCPI_TWIN_CHAIN; n++, at = next[(size_t)(at - 1) * BANDS + b])
      propose(out, s->first + at - 1);
  }
}

size_t rcpi_twin_keep_best(rcpi_likely *best, size_t n, rcpi_likely x) {
  size_t i = n < RCPI_TWIN_KEPT ? n++ : RCPI_TWIN_KEPT;
  if (i == RCPI_TWIN_KEPT) {
    const rcpi_likely *last = &best[i - 1];
    if (x.same < last->same || (x.same == last->same && x.doc > last->doc)) return n;
    i--;
  }
  for (; i && (best[i - 1].same < x.same || (best[i - 1].same == x.same && best[i - 1].doc > x.doc)); i--) best[i] = best[i - 1];
  best[i] = x;
  return n;
}

/* ------------------------------------------------------------------------------------------------------ insertion */

/* Tables twice as large, filled with the heads of the old chains; the chains themselves stay as they are. */
static bool grow_slots(rcpi_segment *s) {
  uint32_t old_n = s->n_slots, n = old_n ? old_n * 2 : FIRST_SLOTS;
  rcpi_bulk old = s->own[RCPI_SEC_SLOTS];
  rcpi_bulk_init(&s->own[RCPI_SEC_SLOTS]);
  uint64_t *slots = rcpi_segment_grow(s, RCPI_SEC_SLOTS, (size_t)n * BANDS * sizeof *slots);
  if (!slots) return rcpi_bulk_release(&old), false;
  memset(slots, 0, s->at[RCPI_SEC_SLOTS].n);
  for (unsigned b = 0; b < BANDS; b++, slots += n) {
    const uint64_t *from = old_n ? (const uint64_t *)(const void *)old.p + (size_t)b * old_n : NULL;
    for (uint32_t k = 0; k < old_n; k++) {
      if (!from[k]) continue;
      size_t i = home(band_hash(&rcpi_sketches(s)[(uint32_t)from[k] - 1], b), n);
      while (slots[i]) i = (i + 1) & (n - 1);
      slots[i] = from[k];
    }
  }
  rcpi_bulk_release(&old);
  s->n_slots = n;
  return true;
}

static bool insert_bands(rcpi_segment *s, const rcpi_twin_keys *keys, uint32_t place) {
  if ((uint64_t)s->n_docs * 10 > (uint64_t)s->n_slots * 7 && !grow_slots(s)) return false;
  uint32_t *next = rcpi_segment_grow(s, RCPI_SEC_NEXT, ((size_t)place + 1) * BANDS * sizeof *next);
  if (!next) return false;
  next += (size_t)place * BANDS;
  memset(next, 0, BANDS * sizeof *next);
  uint64_t *slots = (uint64_t *)(void *)s->own[RCPI_SEC_SLOTS].p;
  for (unsigned b = 0; b < keys->n_bands; b++, slots += s->n_slots) {
    uint64_t tag = (uint64_t)(uint32_t)keys->band[b] << 32;
    size_t i = home(keys->band[b], s->n_slots);
    while (slots[i] && slots[i] >> 32 != tag >> 32) i = (i + 1) & (s->n_slots - 1);
    next[b] = (uint32_t)slots[i];
    slots[i] = tag | (place + 1);
  }
  return true;
}

static bool grow_short_slots(rcpi_segment *s) {
  uint32_t n = s->n_short_slots ? s->n_short_slots * 2 : FIRST_SLOTS;
  uint32_t *slots = rcpi_segment_grow(s, RCPI_SEC_SHORT_SLOTS, (size_t)n * sizeof *slots);
  const rcpi_short *shorts = (const rcpi_short *)(const void *)s->at[RCPI_SEC_SHORTS].p;
  if (!slots) return false;
  memset(slots, 0, (size_t)n * sizeof *slots);
  /* in the order they came, so that the latest of each key heads its chain again */
  for (uint32_t k = 0; k < s->at[RCPI_SEC_SHORTS].n / sizeof *shorts; k++) {
    size_t i = short_home(shorts[k].key, n);
    while (slots[i] && shorts[slots[i] - 1].key != shorts[k].key) i = (i + 1) & (n - 1);
    slots[i] = k + 1;
  }
  s->n_short_slots = n;
  return true;
}

static bool insert_shorts(rcpi_segment *s, const rcpi_twin_keys *keys, uint32_t place) {
  uint32_t n = (uint32_t)(s->at[RCPI_SEC_SHORTS].n / sizeof(rcpi_short));
  while ((uint64_t)(n + keys->n_shingles) * 10 > (uint64_t)s->n_short_slots * 7)
    if (!grow_short_slots(s)) return false;
  rcpi_short *shorts = rcpi_segment_grow(s, RCPI_SEC_SHORTS, ((size_t)n + keys->n_shingles) * sizeof *shorts);
  uint32_t *slots = (uint32_t *)(void *)s->own[RCPI_SEC_SHORT_SLOTS].p;
  if (!shorts) return false;
  for (uint32_t k = 0; k < keys->n_shingles; k++, n++) {
    size_t i = short_home(keys->shingle[k], s->n_short_slots);
    while (slots[i] && shorts[slots[i] - 1].key != keys->shingle[k]) i = (i + 1) & (s->n_short_slots - 1);
    shorts[n] = (rcpi_short){keys->shingle[k], place, slots[i]};
    slots[i] = n + 1;
  }
  return true;
}

rcp_status rcpi_twin_insert(rcpi_segment *s, const rcpi_twin_keys *keys, uint32_t place) {
  if (!insert_bands(s, keys, place)) return RCP_ENOMEM;
  return !keys->n_shingles || insert_shorts(s, keys, place) ? RCP_OK : RCP_ENOMEM;
}

/* -------------------------------------------------------------------------------------------------------- deciding */

static size_t list_shingles(rcpi_arena *a, rcpi_shingle_set *s, const uint32_t *words, uint32_t n_words, bool has_alone) {
  if (s->list_cap < n_words) {
    s->list_cap = (size_t)n_words * 2;
    s->list = rcpi_array(a, uint32_t, s->list_cap);
    s->hits = rcpi_array(a, uint32_t, s->list_cap);
  }
  return rcpi_shingles(words, n_words, has_alone, s->list);
}

/* The slot of a shingle in this fill: its own, or one that is free. */
static inline uint64_t *slot_of(const rcpi_shingle_set *s, uint32_t shingle) {
  size_t mask = ((size_t)1 << s->log) - 1, i = shingle >> (32 - s->log);
  while ((uint16_t)(s->slot[i] >> 16) == s->fill && s->slot[i] >> 32 != shingle) i = (i + 1) & mask;
  return &s->slot[i];
}

static inline bool is_filled(const rcpi_shingle_set *s, uint64_t slot) {
  return (uint16_t)(slot >> 16) == s->fill;
}

void rcpi_shingle_set_fill(rcpi_arena *a, rcpi_shingle_set *s, const uint32_t *words, uint32_t n_words, bool has_alone) {
  size_t n = list_shingles(a, s, words, n_words, has_alone);
  unsigned log = 11;
  while (((size_t)1 << log) < 4 * n && log < 31) log++;
  if (log > s->room) {
    s->slot = rcpi_array(a, uint64_t, (size_t)1 << log);
    s->room = log;
    s->fill = 0;
  }
  s->log = log;
  if (++s->fill == 0) {
    memset(s->slot, 0, sizeof *s->slot << s->room);
    s->fill = 1;
  }
  memset(s->bits, 0, sizeof s->bits);
  s->n = 0;
  s->count = 0;
  for (size_t i = 0; i < n; i++) {
    uint32_t x = s->list[i];
    s->bits[x >> 24] |= (uint64_t)1 << (x >> 18 & 63);
    uint64_t *slot = slot_of(s, x);
    s->n += !is_filled(s, *slot);
    *slot = (uint64_t)x << 32 | (uint64_t)s->fill << 16;
  }
}

uint32_t rcpi_shingle_set_count(rcpi_arena *a, rcpi_shingle_set *s, const uint32_t *words, uint32_t n_words, bool has_alone) {
  size_t n = list_shingles(a, s, words, n_words, has_alone), k = 0;
  for (size_t i = 0; i < n; i++) {
    uint32_t x = s->list[i];
    s->hits[k] = x;
    k += s->bits[x >> 24] >> (x >> 18 & 63) & 1;
  }
  if (++s->count == 0) {
    for (size_t i = 0; i >> s->log == 0; i++) s->slot[i] &= ~(uint64_t)0xFFFF;
    s->count = 1;
  }
  uint32_t found = 0;
  for (size_t i = 0; i < k; i++) {
    uint64_t *slot = slot_of(s, s->hits[i]);
    bool is_new = is_filled(s, *slot) && (uint16_t)*slot != s->count;
    found += is_new;
    if (is_new) *slot = (*slot & ~(uint64_t)0xFFFF) | s->count;
  }
  return found;
}

uint32_t rcpi_shingle_count(rcpi_arena *a, rcpi_shingle_set *scratch, const uint32_t *words, uint32_t n_words, bool has_alone) {
  rcpi_shingle_set_fill(a, scratch, words, n_words, has_alone);
  return scratch->n;
}
