/*
 * name_spelling.h - mentions of a story as spellings: folded words without titles and particles, what tables know of
 * them, how often and as what they stand.
 *
 * A head (viaduc, institute) is one word in all languages. "M. Kim" is a spelling of its own, apart from "Kim"; "M. Jo Kim"
 * is "Jo Kim".
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_MARK_NAME_SPELLING_H
#define RCPI_MARK_NAME_SPELLING_H

#include "mark/mark.h"
#include "mark/name_like.h"

enum { RCPI_NAME_WORDS = 10 };
#define RCPI_NO_KEY UINT32_MAX

typedef struct rcpi_spelling {
  rcp_str shown;             /* as first written, title left out */
  uint32_t words[RCPI_NAME_WORDS];     /* in rcpi_spellings.words */
  rcp_str letters[RCPI_NAME_WORDS];    /* the words as written: what an acronym is made of */
  uint32_t n_words;
  uint32_t known;            /* one for all spellings of a known name; RCPI_NO_KEY */
  rcp_str number;            /* "6" of Mohajer-6; "" */
  uint32_t n_mentions, n_of_type[RCPI_NAME_OTHER + 1];
  uint32_t parent;           /* for grouping: union-find */
  bool is_titled, is_acronym, is_shouted, is_hyphened;
  bool is_written_twice;       /* the same words, apart and in one: 40 Braises, 40braises */
  bool is_human;             /* with a role or title somewhere, or a given name */
  bool has_head;             /* one word of it is a head, and the rest alone is the same thing: viaduc de X */
  bool is_apart;             /* the rest alone is another thing: préfecture de X */
} rcpi_spelling;

typedef struct rcpi_name_tables rcpi_name_tables;

typedef struct rcpi_spellings {
  rcpi_arena *a;
  rcpi_name_words words;
  rcpi_map ids, known;
  RCPI_VEC(rcpi_spelling) all;
  rcpi_name_tables *tables;  /* of the language read last */
} rcpi_spellings;

/* The spelling of a mention, new when it was not there. */
uint32_t rcpi_spelling_add(rcpi_spellings *s, const rcpi_text *text, const rcpi_name *name);
/* What most of its mentions are. */
rcpi_name_type rcpi_spelling_type(const rcpi_spelling *s);

#endif
