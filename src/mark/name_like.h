/*
 * name_like.h - are two words of names one word? By sound, but for a letter, across languages; and which words of a
 * story are like a given one, without comparing all with all.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_MARK_NAME_LIKE_H
#define RCPI_MARK_NAME_LIKE_H

#include "base/arena.h"
#include "base/hash.h"
#include "base/str.h"

typedef enum rcpi_likeness {
  RCPI_DIFFERENT,
  RCPI_COGNATE,              /* hospital, hospitalière: of two languages, beginning alike */
  RCPI_LETTERS_OFF,          /* two letters of a long word */
  RCPI_LETTER_OFF,
  RCPI_SAME_SOUND,           /* Louhansk, Lougansk */
  RCPI_SAME_WORD,
} rcpi_likeness;

typedef RCPI_VEC(uint32_t) rcpi_ids;

typedef struct rcpi_name_word {
  rcp_str fold, key;         /* key: its sound */
  rcpi_ids spellings;        /* that hold it: the caller's */
  rcpi_ids similar;          /* words, itself first, once they are asked for */
  bool has_digit, is_read;
  bool is_head;              /* of a name: the same in every language, without variants */
  bool is_noun;              /* of heads: not a part (nord, constitutionnelle) */
  bool is_common;            /* in the table of common words: it has no variant but its plural */
  uint32_t langs;            /* 1 << index of each language that it is written in */
} rcpi_name_word;

typedef struct rcpi_name_words {
  rcpi_arena *a;
  RCPI_VEC(rcpi_name_word) all;
  rcpi_map ids, keys;
  RCPI_VEC(rcpi_ids) by_key; /* words by key, and by key with a letter deleted */
} rcpi_name_words;

/* The word's index, new when it was not there. Words are added first, then compared. */
uint32_t rcpi_name_word_id(rcpi_name_words *w, rcp_str fold);
rcpi_likeness rcpi_name_words_like(const rcpi_name_word *a, const rcpi_name_word *b);
/* The words that are like word `id`, itself first. */
const rcpi_ids *rcpi_name_words_similar(rcpi_name_words *w, uint32_t id);
/* Paul and Paule, Jean and Jeanne are two people. */
bool rcpi_is_feminine_pair(rcp_str a, rcp_str b);

#endif
