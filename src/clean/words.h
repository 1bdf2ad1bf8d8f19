/*
 * words.h - the furniture tables of all languages as one lexicon, made once and searched at every word of a line.
 *
 * A page mixes languages (an English "READ" in a French text), so every line is searched for the phrases of all of them.
 * Phrases are word sequences: marks between words do not count ("Lire aussi :" and "lire-aussi" are one). The roles are
 * those of data/lang/<tag>/furniture.tsv, where they are described.
 *
 * Lifetime: everything lives in the arena given to rcpi_words_new and does not change afterwards.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLEAN_WORDS_H
#define RCPI_CLEAN_WORDS_H

#include "input/article.h"

typedef enum rcpi_phrase_role {
  RCPI_PHRASE_BYLINE, RCPI_PHRASE_CAPTION, RCPI_PHRASE_HINT, RCPI_PHRASE_INSIDE, RCPI_PHRASE_ITEM, RCPI_PHRASE_MAYBE,
  RCPI_PHRASE_PUBLISHED, RCPI_PHRASE_SECTION, RCPI_PHRASE_START, RCPI_PHRASE_UPDATED,
} rcpi_phrase_role;

typedef struct rcpi_phrase {
  const uint32_t *hash;        /* of each word */
  uint8_t n_words, role, kind;
} rcpi_phrase;

/* What one word may mean by itself, and the phrases that begin with it: those that count only at the head of a line first. */
enum { RCPI_WORD_MONTH = 1, RCPI_WORD_ITEM = 2 };
typedef struct rcpi_word_class {
  uint32_t phrase;             /* the first of them */
  uint16_t n_head, n_phrases;
  uint8_t languages;           /* bit i: a function word of langs->all[i] */
  uint8_t detects;             /* bit i: the same, and it counts for nothing but which language a text is of */
  uint8_t flags, month;
} rcpi_word_class;

typedef struct rcpi_words rcpi_words;
rcpi_words *rcpi_words_new(rcpi_arena *a, const rcpi_langs *langs);
/* FNV-1a of a folded word; equal hashes are taken for equal words where phrases are compared. */
static inline uint32_t rcpi_word_hash_step(uint32_t hash, unsigned char c) { return (hash ^ c) * 16777619u; }
#define RCPI_WORD_HASH 2166136261u
/* What is known of a folded word: NULL when nothing. The second for who has its hash already. */
const rcpi_word_class *rcpi_word_class_of(const rcpi_words *w, rcp_str fold);
const rcpi_word_class *rcpi_word_class_hashed(const rcpi_words *w, rcp_str fold, uint32_t hash);
const rcpi_phrase *rcpi_phrase_at(const rcpi_words *w, uint32_t i);

#endif
