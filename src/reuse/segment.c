/*
 * Words are kept as hashes and two bytes of place each, because what is compared again and again must be small: a
 * text of 470 words takes 2.8 kB here, and is never read again. Distances of 255 code points or more, which only rubbish
 * has, go into a list beside.
 *
 * Runs are sorted by hash with a counting sort of three passes (eleven bits of hash each), which keeps places in order.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "reuse/segment.h"

#include <stdlib.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { RADIX_BITS = 11, RADIX = 1 << RADIX_BITS, WIDE = 255 };

void rcpi_segment_init(rcpi_segment *s, uint32_t first) {
  memset(s, 0, sizeof *s);
  s->first = first;
  s->day = s->last_day = RCPI_NO_DAY;
}

void rcpi_segment_release(rcpi_segment *s) {
  for (int i = 0; i < RCPI_N_SECTIONS; i++) rcpi_bulk_release(&s->own[i]);
  rcpi_bulk_release(&s->of_block);
  rcpi_bulk_release(&s->starts);
  rcpi_bulk_release(&s->leaders);
  rcpi_bulk_release(&s->texts);
  rcpi_bulk_release(&s->text_at);
}

bool rcpi_segment_has_room(const rcpi_segment *s, size_t n_words) {
  return s->at[RCPI_SEC_WORDS].n / sizeof(uint32_t) + n_words < INT32_MAX && s->n_docs < INT32_MAX;
}

void *rcpi_segment_grow(rcpi_segment *s, rcpi_section which, size_t n) {
  rcpi_bulk *b = &s->own[which];
  if (n > b->len && !rcpi_bulk_reserve(b, n - b->len)) return NULL;
  b->len = n;
  s->at[which].p = b->p;
  s->at[which].n = n;
  return b->p;
}

/* Room for n bytes more; where they begin. NULL without memory, but not where nothing is added to nothing. */
static void *append(rcpi_segment *s, rcpi_section which, size_t n) {
  static char none;
  size_t old = s->at[which].n;
  char *p = rcpi_segment_grow(s, which, old + n);
  return p ? p + old : n ? NULL : &none;
}

static bool add_wide(rcpi_segment *s, uint64_t key, uint32_t value) {
  uint64_t *wide = append(s, RCPI_SEC_WIDE, sizeof *wide);
  if (wide) *wide = key << 32 | value;
  return wide;
}

/* Distances of words as bytes, four at a time and more; true where one is too wide for that. */
static bool narrow(const uint32_t *restrict beg, const uint32_t *restrict end, uint32_t n, uint8_t *restrict gaps, uint8_t *restrict lens) {
  uint32_t any = beg[0] + 1;
  gaps[0] = (uint8_t)beg[0];
  for (uint32_t i = 1; i < n; i++) {
    uint32_t gap = beg[i] - end[i - 1];
    any |= gap + 1;
    gaps[i] = (uint8_t)gap;
  }
  for (uint32_t i = 0; i < n; i++) {
    uint32_t len = end[i] - beg[i];
    any |= len + 1;
    lens[i] = (uint8_t)len;
  }
  return any > WIDE;   /* one of them is WIDE or more */
}

static bool add_places(rcpi_segment *s, const rcpi_reading *r, uint32_t first, bool *has_wide) {
  uint8_t *gaps = append(s, RCPI_SEC_GAPS, r->n_words), *lens = append(s, RCPI_SEC_LENS, r->n_words);
  if (!gaps || !lens) return false;
  *has_wide = r->n_words && narrow(r->beg, r->end, r->n_words, gaps, lens);
  if (!*has_wide) return true;
  uint32_t before = 0;
  for (uint32_t i = 0; i < r->n_words; i++) {
    uint32_t gap = r->beg[i] - before, len = r->end[i] - r->beg[i];
    before = r->end[i];
    if (gap >= WIDE) gaps[i] = WIDE;
    if (len >= WIDE) lens[i] = WIDE;
    if (gap >= WIDE && !add_wide(s, ((uint64_t)first + i) * 2, gap)) return false;
    if (len >= WIDE && !add_wide(s, ((uint64_t)first + i) * 2 + 1, len)) return false;
  }
  return true;
}

rcp_status rcpi_segment_add(rcpi_segment *s, const rcpi_reading *r, uint32_t *place) {
  uint32_t first = (uint32_t)(s->at[RCPI_SEC_WORDS].n / sizeof(uint32_t));
  uint64_t id = s->at[RCPI_SEC_IDS].n;
  rcpi_doc *doc = append(s, RCPI_SEC_DOCS, sizeof *doc);
  char *ids = append(s, RCPI_SEC_IDS, r->id.n);
  uint32_t *words = append(s, RCPI_SEC_WORDS, r->n_words * sizeof *words);
  rcpi_sketch *sketch = append(s, RCPI_SEC_SKETCHES, sizeof *sketch);
  uint32_t run = (uint32_t)rcpi_n_runs(s);
  rcpi_run *runs = append(s, RCPI_SEC_RUNS, r->n_runs * sizeof *runs);
  bool has_wide = false;
  if (!doc || !ids || !words || !sketch || !runs || !add_places(s, r, first, &has_wide)) return RCP_ENOMEM;
  uint32_t flags = (r->n_alone ? RCPI_DOC_HAS_ALONE : 0) | (has_wide ? RCPI_DOC_HAS_WIDE : 0);
  *doc = (rcpi_doc){.id = id, .id_len = (uint32_t)r->id.n, .word = first, .n_words = r->n_words,
                    .leader = s->first + s->n_docs, .day = r->day, .flags = flags, .run = run, .n_runs = (uint32_t)r->n_runs};
  if (r->id.n) memcpy(ids, r->id.p, r->id.n);
  if (r->n_words) memcpy(words, r->words, r->n_words * sizeof *words);
  *sketch = r->sketch;
  for (size_t i = 0; i < r->n_runs; i++) runs[i] = r->runs[i] + first;
  *place = s->n_docs++;
  return RCP_OK;
}

/* ----------------------------------------------------------------------------------------------------------- runs */

static void sort_pass(const uint64_t *from, uint64_t *to, size_t n, unsigned shift) {
  size_t at[RADIX] = {0}, sum = 0;
  for (size_t i = 0; i < n; i++) at[(from[i] >> shift) & (RADIX - 1)]++;
  for (size_t i = 0; i < RADIX; i++) {
    size_t count = at[i];
    at[i] = sum;
    sum += count;
  }
  for (size_t i = 0; i < n; i++) to[at[(from[i] >> shift) & (RADIX - 1)]++] = from[i];
}

rcp_status rcpi_segment_close(rcpi_segment *s) {
  if (s->is_closed) return RCP_OK;
  size_t n = rcpi_n_runs(s);
  rcpi_bulk other;
  rcpi_bulk_init(&other);
  if (!rcpi_bulk_reserve(&other, n * sizeof(uint64_t))) return RCP_ENOMEM;
  uint64_t *a = (uint64_t *)(void *)s->own[RCPI_SEC_RUNS].p, *b = (uint64_t *)(void *)other.p;
  sort_pass(a, b, n, 32);
  sort_pass(b, a, n, 32 + RADIX_BITS);
  sort_pass(a, b, n, 32 + 2 * RADIX_BITS - 1);   /* 32 bits are 11 + 11 + 11 less one */
  rcpi_bulk_release(&s->own[RCPI_SEC_RUNS]);
  other.len = n * sizeof(uint64_t);
  s->own[RCPI_SEC_RUNS] = other;
  s->at[RCPI_SEC_RUNS].p = other.p;
  s->is_closed = true;
  return rcpi_segment_index_words(s);
}

static uint32_t *take_room(rcpi_bulk *b, size_t n) {
  return rcpi_bulk_reserve(b, n * sizeof(uint32_t)) ? (uint32_t *)(void *)b->p : NULL;
}

rcp_status rcpi_segment_index_words(rcpi_segment *s) {
  uint32_t n_words = (uint32_t)(s->at[RCPI_SEC_WORDS].n / sizeof(uint32_t)), n_blocks = n_words / RCPI_SEG_BLOCK + 1, doc = 0;
  uint32_t *of = take_room(&s->of_block, n_blocks), *starts = take_room(&s->starts, (size_t)s->n_docs + 1);
  uint32_t *leaders = take_room(&s->leaders, s->n_docs);
  if (!of || !starts || (s->n_docs && !leaders)) return RCP_ENOMEM;
  const rcpi_doc *docs = rcpi_docs(s);
  for (uint32_t i = 0; i < s->n_docs; i++) starts[i] = docs[i].word, leaders[i] = docs[i].leader;
  starts[s->n_docs] = n_words;
  for (uint32_t b = 0; b < n_blocks; b++) {
    while (doc + 1 < s->n_docs && starts[doc + 1] <= b * RCPI_SEG_BLOCK) doc++;
    of[b] = doc;
  }
  return RCP_OK;
}

void rcpi_segment_lead(rcpi_segment *s, uint32_t place, uint32_t leader) {
  rcpi_doc_edit(s, place)->leader = leader;
  ((uint32_t *)(void *)s->leaders.p)[place] = leader;
}

uint32_t rcpi_segment_doc_of(const rcpi_segment *s, uint32_t word) {
  const uint32_t *starts = rcpi_seg_starts(s);
  uint32_t doc = ((const uint32_t *)(const void *)s->of_block.p)[word / RCPI_SEG_BLOCK];
  while (doc + 1 < s->n_docs && starts[doc + 1] <= word) doc++;
  return doc;
}

/* ---------------------------------------------------------------------------------------------------------- places */

static uint32_t wide_value(const rcpi_segment *s, uint64_t key) {
  const uint64_t *wide = (const uint64_t *)(const void *)s->at[RCPI_SEC_WIDE].p;
  size_t lo = 0, hi = s->at[RCPI_SEC_WIDE].n / sizeof *wide;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (wide[mid] >> 32 < key) lo = mid + 1;
    else hi = mid;
  }
  return lo < s->at[RCPI_SEC_WIDE].n / sizeof *wide ? (uint32_t)wide[lo] : 0;
}

static uint32_t sum(const uint8_t *p, size_t n) {
  uint32_t total = 0;
  size_t i = 0;
#if defined(__SSE2__)
  __m128i sums = _mm_setzero_si128();
  for (; i + 16 <= n; i += 16) sums = _mm_add_epi64(sums, _mm_sad_epu8(_mm_loadu_si128((const __m128i *)(const void *)(p + i)), _mm_setzero_si128()));
  total = (uint32_t)_mm_cvtsi128_si32(sums) + (uint32_t)_mm_cvtsi128_si32(_mm_srli_si128(sums, 8));
#endif
  for (; i < n; i++) total += p[i];
  return total;
}

/* Code points from the end of word `beg - 1` (or the text's start) to the end of word `end - 1`. */
static uint32_t distance(const rcpi_segment *s, uint64_t beg, uint64_t end) {
  const uint8_t *gaps = (const uint8_t *)s->at[RCPI_SEC_GAPS].p, *lens = (const uint8_t *)s->at[RCPI_SEC_LENS].p;
  return sum(gaps + beg, end - beg) + sum(lens + beg, end - beg);
}

static uint32_t wide_distance(const rcpi_segment *s, uint64_t beg, uint64_t end) {
  const uint8_t *gaps = (const uint8_t *)s->at[RCPI_SEC_GAPS].p, *lens = (const uint8_t *)s->at[RCPI_SEC_LENS].p;
  uint32_t total = 0;
  for (uint64_t i = beg; i < end; i++) {
    total += gaps[i] < WIDE ? gaps[i] : wide_value(s, i * 2);
    total += lens[i] < WIDE ? lens[i] : wide_value(s, i * 2 + 1);
  }
  return total;
}

void rcpi_segment_place(const rcpi_segment *s, const rcpi_doc *d, uint32_t beg, uint32_t end, uint32_t *from, uint32_t *to) {
  bool has_wide = d->flags & RCPI_DOC_HAS_WIDE;
  uint64_t first = d->word;
  uint8_t gap = (uint8_t)s->at[RCPI_SEC_GAPS].p[first + beg];
  uint32_t before = has_wide ? wide_distance(s, first, first + beg) : distance(s, first, first + beg);
  uint32_t inside = has_wide ? wide_distance(s, first + beg, first + end) : distance(s, first + beg, first + end);
  *from = before + (gap < WIDE ? gap : wide_value(s, (first + beg) * 2));
  *to = before + inside;
}

size_t rcpi_segment_near_bytes(const rcpi_segment *s) {
  return s->at[RCPI_SEC_DOCS].n + s->at[RCPI_SEC_SKETCHES].n + s->at[RCPI_SEC_SLOTS].n + s->at[RCPI_SEC_NEXT].n +
         s->at[RCPI_SEC_SHORT_SLOTS].n + s->at[RCPI_SEC_SHORTS].n;
}

size_t rcpi_segment_passage_bytes(const rcpi_segment *s) {
  return s->at[RCPI_SEC_WORDS].n + s->at[RCPI_SEC_GAPS].n + s->at[RCPI_SEC_LENS].n + s->at[RCPI_SEC_WIDE].n +
         s->at[RCPI_SEC_RUNS].n;
}
