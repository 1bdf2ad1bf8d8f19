/*
 * The problem: finding and hashing words is most of the cost of everything done on a corpus; a loop that decodes a code
 * point, looks up its class and hashes its bytes reads 150 MB a second.
 *
 * The idea (simdjson's: Langdale and Lemire, Parsing gigabytes of JSON per second, 2019): classify 64 bytes at once into
 * bit masks (letters and digits of ASCII; bytes above it; continuation bytes), correct the mask for the few characters
 * above ASCII one by one, and read words off as runs of ones. Words are then hashed eight bytes at a time; setting bit 5
 * makes an ASCII letter lower case and leaves a digit as it is. Only words with bytes above ASCII go letter by letter.
 *
 * Offsets in code points come from the same masks: bytes that are no continuation bytes are counted.
 *
 * The three instruction sets share everything but classify_* and list_*, so that they cannot differ elsewhere;
 * tests/unit/test_words.c runs all three over every code point.
 *
 * Cost: about 5 microseconds for a text of 470 words. Known weakness: "l’homme" is l | homme, "10 000" is 10 | 000, and
 * "Mohajer-6" is mohajer | 6, which is right for comparing and wrong for reading; text/split.c reads.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "reuse/words.h"

#include "base/utf8.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define HAS_X86 1
#else
#define HAS_X86 0
#endif

#define INLINE static inline __attribute__((always_inline))

rcpi_isa rcpi_words_best(rcpi_isa most) {
#if HAS_X86
  if (most >= RCPI_ISA_AVX512 && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("bmi2")) return RCPI_ISA_AVX512;
  if (most >= RCPI_ISA_AVX2 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) return RCPI_ISA_AVX2;
#endif
  (void)most;
  return RCPI_ISA_PLAIN;
}

/* ----------------------------------------------------------------------------------------------------- 64 bytes */

/* One bit a byte: ASCII letters and digits; bytes from 0x80; bytes 0x80 to 0xBF. */
typedef struct masks { uint64_t inside, high, tail; } masks;

enum { INSIDE = 1, HIGH = 2, TAIL = 4 };

static const uint8_t byte_kind[256] = {
    ['0'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    ['A'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    ['a'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
};

INLINE masks classify_plain(const unsigned char *p) {
  masks m = {0, 0, 0};
  uint64_t v[8];
  memcpy(v, p, sizeof v);
  for (unsigned i = 0; i < 64; i++) m.inside |= (uint64_t)byte_kind[p[i]] << i;
  for (unsigned i = 0; i < 8; i++) {
    /* the top bit of each byte, gathered by a multiplication */
    uint64_t high = v[i] & 0x8080808080808080u, tail = high & ~(v[i] << 1);
    m.high |= ((high >> 7) * 0x0102040810204080u >> 56) << (8 * i);
    m.tail |= ((tail >> 7) * 0x0102040810204080u >> 56) << (8 * i);
  }
  return m;
}

#if HAS_X86
__attribute__((target("avx2"))) static inline uint32_t between32(__m256i x, char low, char n) {
  /* x - low < n, unsigned: equal to its own minimum with n - 1 */
  __m256i shifted = _mm256_sub_epi8(x, _mm256_set1_epi8(low));
  return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_min_epu8(shifted, _mm256_set1_epi8((char)(n - 1))), shifted));
}

__attribute__((target("avx2"))) static inline masks classify_avx2(const unsigned char *p) {
  masks m = {0, 0, 0};
  for (unsigned i = 0; i < 2; i++) {
    __m256i x = _mm256_loadu_si256((const __m256i *)(p + 32 * i));
    __m256i lower = _mm256_or_si256(x, _mm256_set1_epi8(0x20));
    uint32_t inside = between32(lower, 'a', 26) | between32(x, '0', 10);
    m.inside |= (uint64_t)inside << (32 * i);
    m.high |= (uint64_t)(uint32_t)_mm256_movemask_epi8(x) << (32 * i);
    m.tail |= (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpgt_epi8(_mm256_set1_epi8((char)0xC0), x)) << (32 * i);
  }
  return m;
}

__attribute__((target("avx512bw,avx512f"))) static inline masks classify_avx512(const unsigned char *p) {
  __m512i x = _mm512_loadu_si512(p);
  __m512i letter = _mm512_sub_epi8(_mm512_or_si512(x, _mm512_set1_epi8(0x20)), _mm512_set1_epi8('a'));
  __m512i digit = _mm512_sub_epi8(x, _mm512_set1_epi8('0'));
  masks m;
  m.inside = _mm512_cmplt_epu8_mask(letter, _mm512_set1_epi8(26)) | _mm512_cmplt_epu8_mask(digit, _mm512_set1_epi8(10));
  m.high = _mm512_movepi8_mask(x);
  m.tail = _mm512_cmplt_epi8_mask(x, _mm512_set1_epi8((char)0xC0));
  return m;
}
#endif

/* ---------------------------------------------------------------------------------------------------- beyond ASCII */

/* The code point at p, its bytes in *len; 0 in *len where it is ill-formed. p has three readable bytes behind it. */
INLINE uint32_t decode(const unsigned char *p, unsigned *len) {
  uint32_t b = p[0];
  if (b >= 0xC2 && b < 0xE0 && (p[1] & 0xC0) == 0x80) {
    *len = 2;
    return (b & 0x1F) << 6 | (p[1] & 0x3F);
  }
  if (b >= 0xE0 && b < 0xF0 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) {
    uint32_t cp = (b & 0xF) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    *len = cp >= 0x800 && (cp < 0xD800 || cp >= 0xE000) ? 3 : 0;
    return cp;
  }
  if (b >= 0xF0 && b < 0xF5 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80 && (p[3] & 0xC0) == 0x80) {
    uint32_t cp = (b & 7) << 18 | (uint32_t)(p[1] & 0x3F) << 12 | (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
    *len = cp >= 0x10000 && cp < 0x110000 ? 4 : 0;
    return cp;
  }
  *len = 0;
  return 0;
}

INLINE uint32_t entry_of(uint32_t cp) {
  return rcpi_words_char[rcpi_words_block[cp >> 7]][cp & 127];
}

/* Bits from `at` on that a character of `len` bytes takes: in this block, and *over in the next. */
INLINE uint64_t bits(unsigned at, unsigned len, uint64_t *over) {
  uint64_t ones = ((uint64_t)1 << len) - 1;
  *over = at + len > 64 ? ones >> (64 - at) : 0;
  return ones << at;
}

/* What runs over from one block into the next. */
typedef struct carry { uint64_t inside, cut, tail, was_inside; } carry;

/*
 * Adds the characters above ASCII to m->inside, and to *cut the places where a word ends though letters follow: before
 * and behind a character that is a word alone. False on ill-formed text.
 */
static bool add_high(const unsigned char *p, masks *m, uint64_t *cut, carry *c) {
  uint64_t leads = m->high & ~m->tail, tails = c->tail, over;
  carry next = {0, 0, 0, 0};
  while (leads) {
    unsigned at = (unsigned)__builtin_ctzll(leads), len;
    leads &= leads - 1;
    uint32_t cp = decode(p + at, &len);
    if (!len) return false;
    uint64_t all = bits(at, len, &over);
    tails |= all & (all - ((uint64_t)1 << at));
    next.tail |= over;
    uint32_t kind = entry_of(cp) >> RCPI_WORDS_SHIFT;
    if (kind == RCPI_WORDS_APART) continue;
    if (kind == RCPI_WORDS_DROPPED) {
      uint64_t before = at ? m->inside >> (at - 1) & 1 : c->was_inside;
      if (!before || (*cut >> at & 1)) continue;
    }
    m->inside |= all;
    next.inside |= over;
    if (kind == RCPI_WORDS_ALONE) {
      *cut |= (uint64_t)1 << at;
      if (at + len < 64) *cut |= (uint64_t)1 << (at + len);
      else next.cut |= (uint64_t)1 << (at + len - 64);
    }
  }
  bool ok = tails == m->tail;
  c->inside = next.inside;
  c->cut = next.cut;
  c->tail = next.tail;
  return ok;
}

/* ------------------------------------------------------------------------------------------------------- hashing */

INLINE uint64_t mix(uint64_t a, uint64_t b) {
  unsigned __int128 m = (unsigned __int128)a * b;
  return (uint64_t)m ^ (uint64_t)(m >> 64);
}

/* One step of the hash: sixteen bytes as two numbers (wyhash's: Wang Yi, 2019). */
INLINE uint64_t step(uint64_t h, uint64_t a, uint64_t b) {
  return mix(a ^ 0x9E3779B97F4A7C15u ^ h, b ^ 0xC2B2AE3D27D4EB4Fu);
}

INLINE uint32_t finish(uint64_t h) {
  return (uint32_t)(h >> 32) & ~1u;
}

INLINE uint64_t load(const unsigned char *p) {
  uint64_t v;
  memcpy(&v, p, sizeof v);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  v = __builtin_bswap64(v);
#endif
  return v;
}

/* keep[n]: the first n of eight bytes. */
static const uint64_t keep[9] = {0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF, 0xFFFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF, ~(uint64_t)0};

/* A word with characters above ASCII, or of more than sixteen bytes. */
static uint32_t hash_slowly(const unsigned char *p, size_t n) {
  unsigned char room[16 + 16 + 8];
  size_t used = 0;
  uint64_t h = 0;
  uint32_t alone = 0;
  for (size_t i = 0; i < n;) {
    unsigned len = 1;
    uint32_t cp = p[i];
    if (cp < 0x80) {
      room[used++] = (unsigned char)(cp | 0x20);
    } else {
      uint32_t entry = entry_of(decode(p + i, &len)), kind = entry >> RCPI_WORDS_SHIFT;
      uint32_t folded = entry & 0x1FFFFF;
      alone = kind == RCPI_WORDS_ALONE;
      if (kind == RCPI_WORDS_DROPPED) len = len ? len : 1;
      else if (folded < 0x80) room[used++] = (unsigned char)folded;
      else used += rcpi_utf8_put(folded, (char *)room + used);
    }
    i += len;
    if (used > 16) {
      h = step(h, load(room), load(room + 8));
      memmove(room, room + 16, used -= 16);
    }
  }
  memset(room + used, 0, 16);
  return finish(step(h, load(room), load(room + 8))) | alone;
}

/* Hash of a word of ASCII letters and digits; *is_other for any word that is more than that: then it means nothing. */
INLINE uint32_t hash_ascii(const unsigned char *p, uint32_t n, bool *is_other) {
  uint32_t first = n < 8 ? n : 8, second = n - first < 8 ? n - first : 8;
  uint64_t a = load(p) & keep[first], b = load(p + 8) & keep[second], lower = 0x2020202020202020u;
  *is_other = ((a | b) & 0x8080808080808080u) != 0 || n > 16;
  return finish(step(0, a | (lower & keep[first]), b | (lower & keep[second])));
}

/* -------------------------------------------------------------------------------------------------------- the scan */

/* Writes base + the place of each bit to out, which has room for 64 more than there are; their number. */
INLINE size_t list_plain(uint64_t mask, uint32_t base, uint32_t *out) {
  size_t n = 0;
  for (; mask; mask &= mask - 1) out[n++] = base + (uint32_t)__builtin_ctzll(mask);
  return n;
}

#if HAS_X86
/* Twelve at a time without asking whether they are there: most blocks hold about that many words. */
__attribute__((target("avx2,bmi,bmi2,popcnt"))) static inline size_t list_avx2(uint64_t mask, uint32_t base, uint32_t *out) {
  size_t n = (size_t)__builtin_popcountll(mask);
  for (size_t k = 0; k < n; k += 12)
    for (size_t i = 0; i < 12; i++, mask &= mask - 1) out[k + i] = base + (uint32_t)_tzcnt_u64(mask);
  return n;
}

__attribute__((target("avx512f,avx512bw,popcnt"))) static inline size_t list_avx512(uint64_t mask, uint32_t base,
                                                                                   uint32_t *out) {
  __m512i at = _mm512_add_epi32(_mm512_set1_epi32((int)base), _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
                                                                                13, 14, 15));
  size_t n = 0;
  for (unsigned i = 0; i < 4; i++, mask >>= 16) {
    _mm512_storeu_si512(out + n, _mm512_maskz_compress_epi32((__mmask16)mask, at));
    n += (size_t)__builtin_popcountll(mask & 0xFFFF);
    at = _mm512_add_epi32(at, _mm512_set1_epi32(16));
  }
  return n;
}
#endif

/* Continuation bytes of each block of 64, and how many there are before it: from bytes to code points. */
typedef struct tail_map { uint64_t *mask; uint32_t *before; } tail_map;

INLINE uint32_t cp_of(const tail_map *t, uint32_t at) {
  uint64_t below = ((uint64_t)1 << (at & 63)) - 1;
  return at - t->before[at >> 6] - (uint32_t)__builtin_popcountll(t->mask[at >> 6] & below);
}

/* Hashes words [list->n, n) and gives them their places in code points. `slow` has room for their numbers. */
INLINE void finish_words(const unsigned char *p, size_t n, const tail_map *tails, bool has_tails, uint32_t *restrict slow,
                         rcpi_word_list *list) {
  const uint32_t *at = list->at, *stop = list->stop;
  uint32_t *restrict hash = list->hash, *restrict beg = list->beg, *restrict end = list->end;
  uint32_t n_slow = 0, n_alone = 0, base = list->n_cp;
  for (size_t i = list->n; i < n; i++) {
    bool is_other;
    hash[i] = hash_ascii(p + at[i], stop[i] - at[i], &is_other);
    slow[n_slow] = (uint32_t)i;
    n_slow += is_other;
  }
  for (size_t k = 0; k < n_slow; k++) {
    uint32_t i = slow[k];
    hash[i] = hash_slowly(p + at[i], stop[i] - at[i]);
    n_alone += hash[i] & 1;
  }
  for (size_t i = list->n; i < n; i++) {
    beg[i] = base + (has_tails ? cp_of(tails, at[i]) : at[i]);
    end[i] = base + (has_tails ? cp_of(tails, stop[i]) : stop[i]);
  }
  list->n_alone += n_alone;
}

/* The list has room for every second byte of the text and 64 more. */
INLINE bool scan(const unsigned char *p, size_t n, masks (*classify)(const unsigned char *),
                 size_t (*list_bits)(uint64_t, uint32_t, uint32_t *), tail_map *tails, uint32_t *slow, rcpi_word_list *list) {
  size_t n_beg = list->n, n_end = list->n;
  uint32_t n_tails = 0;
  carry c = {0, 0, 0, 0};
  for (size_t at = 0; at <= n; at += 64) {   /* with n a multiple of 64, one empty block ends the last word */
    masks m = classify(p + at);
    if (n - at < 64) {
      uint64_t valid = ((uint64_t)1 << (n - at)) - 1;
      m.inside &= valid, m.high &= valid, m.tail &= valid;
    }
    uint64_t cut = c.cut;
    m.inside |= c.inside;
    tails->mask[at / 64] = m.tail;
    tails->before[at / 64] = n_tails;
    if (m.high | c.tail) {
      if (!add_high(p + at, &m, &cut, &c)) return false;
      n_tails += (uint32_t)__builtin_popcountll(m.tail);
    } else {
      c.inside = c.cut = c.tail = 0;
    }
    uint64_t before = m.inside << 1 | c.was_inside;
    n_beg += list_bits(m.inside & (~before | cut), (uint32_t)at, list->at + n_beg);
    n_end += list_bits(before & (~m.inside | cut), (uint32_t)at, list->stop + n_end);
    c.was_inside = m.inside >> 63;
  }
  if (c.tail) return false;
  finish_words(p, n_end, tails, n_tails > 0, slow, list);
  list->n = n_end;
  list->n_cp += (uint32_t)n - n_tails;
  return true;
}

static bool scan_plain(const unsigned char *p, size_t n, tail_map *tails, uint32_t *slow, rcpi_word_list *list) {
  return scan(p, n, classify_plain, list_plain, tails, slow, list);
}

#if HAS_X86
__attribute__((target("avx2,bmi,bmi2,popcnt"))) static bool scan_avx2(const unsigned char *p, size_t n, tail_map *tails,
                                                                     uint32_t *slow, rcpi_word_list *list) {
  return scan(p, n, classify_avx2, list_avx2, tails, slow, list);
}

__attribute__((target("avx512f,avx512bw,bmi,bmi2,popcnt"))) static bool scan_avx512(const unsigned char *p, size_t n,
                                                                                  tail_map *tails, uint32_t *slow,
                                                                                  rcpi_word_list *list) {
  return scan(p, n, classify_avx512, list_avx512, tails, slow, list);
}
#endif

static void reserve(rcpi_arena *a, rcpi_word_list *out, size_t n_bytes) {
  size_t need = out->n + n_bytes / 2 + 66;
  if (out->cap >= need) return;
  size_t cap = out->cap ? out->cap : 1024;
  while (cap < need) cap *= 2;
  uint32_t **arrays[] = {&out->hash, &out->beg, &out->end, &out->at, &out->stop, &out->slow, &out->tails_before};
  for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
    *arrays[i] = rcpi_regrow(a, *arrays[i], out->n, cap, sizeof(uint32_t));
  out->tails = rcpi_array(a, uint64_t, cap);
  out->cap = cap;
}

bool rcpi_words_read(rcpi_arena *a, rcpi_isa isa, rcp_str text, rcpi_word_list *out) {
  reserve(a, out, text.n);
  tail_map tails = {out->tails, out->tails_before};
  const unsigned char *p = (const unsigned char *)text.p;
#if HAS_X86
  if (isa == RCPI_ISA_AVX512) return scan_avx512(p, text.n, &tails, out->slow, out);
  if (isa == RCPI_ISA_AVX2) return scan_avx2(p, text.n, &tails, out->slow, out);
#endif
  (void)isa;
  return scan_plain(p, text.n, &tails, out->slow, out);
}
