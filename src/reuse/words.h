/*
 * words.h - the words of a text as numbers with their places: what everything on corpora works on.
 *
 * A word is a run of letters and digits. Case, accents, soft hyphens and joiners make no difference, so that ÉTÉ, Été and
 * a decomposed été are one word; œ and ß stay letters of their own. A character of a script without spaces (script.h) is
 * a word by itself. Words are told apart by a 32-bit hash with a fixed seed, the same on every machine; its lowest bit
 * says whether the word is such a character.
 *
 * Three ways lead to the same words: plain C, AVX2 and AVX-512, chosen by rcpi_words_best. They differ only in how 64
 * bytes at a time are sorted into letters, others and continuation bytes.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_REUSE_WORDS_H
#define RCPI_REUSE_WORDS_H

#include "base/arena.h"
#include "base/str.h"

/* What a code point is: rcpi_words_char[rcpi_words_block[cp / 128]][cp % 128] is kind << SHIFT | folded code point. */
enum { RCPI_WORDS_APART, RCPI_WORDS_INSIDE, RCPI_WORDS_ALONE, RCPI_WORDS_DROPPED, RCPI_WORDS_SHIFT = 24 };
extern const uint16_t rcpi_words_block[];
extern const uint32_t rcpi_words_char[][128];

enum { RCPI_WORDS_PADDING = 64 };   /* bytes behind a text that may be read (never used) */

typedef enum rcpi_isa { RCPI_ISA_PLAIN, RCPI_ISA_AVX2, RCPI_ISA_AVX512 } rcpi_isa;

/* The best way on this processor, at most `most`. */
rcpi_isa rcpi_words_best(rcpi_isa most);

typedef struct rcpi_word_list {
  uint32_t *hash;              /* of each word */
  uint32_t *beg, *end;         /* its place in code points, half open */
  size_t n, cap;
  uint32_t n_cp;               /* code points of the text */
  uint32_t n_alone;            /* words that are single characters of an unspaced script */
  uint32_t *at, *stop;         /* scratch: places in bytes of the text read last; the rest is words.c's own */
  uint32_t *slow, *tails_before;
  uint64_t *tails;
} rcpi_word_list;

/*
 * Adds the words of `text` (at most 4 GiB, RCPI_WORDS_PADDING readable bytes behind it) to the list, which lives in `a`
 * and may be used again with n = 0, n_cp = 0, n_alone = 0. False when the text is not valid UTF-8: the list is then
 * unchanged.
 */
bool rcpi_words_read(rcpi_arena *a, rcpi_isa isa, rcp_str text, rcpi_word_list *out);

static inline bool rcpi_word_is_alone(uint32_t hash) { return hash & 1; }

#endif
