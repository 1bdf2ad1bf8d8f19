/*
 * name_sign.h - what a token says about names: its capital, the tables that know it, how the text writes it elsewhere.
 *
 * A capital says something only where a small letter could stand. So a text is read once for which words it writes with
 * a capital inside a sentence, and which with a small letter; rcpi_sign_is_sure then judges a word at the start of a
 * sentence, or in a line set in capitals or in Title Case, by that and by what can be no common word.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_MARK_NAME_SIGN_H
#define RCPI_MARK_NAME_SIGN_H

#include "mark/gram.h"
#include "mark/mark.h"
#include "mark/plain.h"

typedef struct rcpi_signs {
  const rcpi_text *text;
  const rcpi_gram *gram;
  const rcpi_plain *words;
  const rcpi_table *known, *heads, *titles, *particles, *time_words, *numbers, *units, *common, *given, *countries;
  int known_type, head_type, head_use, title_kind, particle_kind, time_class, country_role;
  rcpi_map inside, small;      /* folded words seen with a capital inside a sentence, and with a small letter */
  const rcpi_map *media;       /* names of the table media, folded */
  bool *is_shouted;            /* by sentence: its capitals say nothing */
} rcpi_signs;

/* Reads gram and plain words into `marks` unless they are there. */
void rcpi_signs_read(rcpi_arena *a, const rcpi_text *text, rcpi_marks *marks, rcpi_signs *out);

/* All take the index of a token and are false past the end. */
bool rcpi_sign_capital(const rcpi_signs *s, size_t i);
/* A word without a capital that is no function word: a noun, an adjective, a verb. */
bool rcpi_sign_small(const rcpi_signs *s, size_t i);
/* A capital that may be part of a name: no function word, day, number, or unit beside its number. */
bool rcpi_sign_name_word(const rcpi_signs *s, size_t i);
/* May it begin a name, though it begins a sentence? */
bool rcpi_sign_is_sure(const rcpi_signs *s, size_t i);
bool rcpi_sign_calendar(const rcpi_signs *s, size_t i);
bool rcpi_sign_particle(const rcpi_signs *s, size_t i, const char *kind);   /* inner, and, article, noble, place, field, not */
bool rcpi_sign_title(const rcpi_signs *s, size_t i, const char *kind);      /* title, role */
bool rcpi_sign_head(const rcpi_signs *s, size_t i, const char *use);        /* extends, joins, direct, chain, label, tail */
bool rcpi_sign_adjective(const rcpi_signs *s, size_t i);                    /* by its ending */
/* A small word that may complete a head: an adjective by its ending, or no verb, adverb or noun for people. */
bool rcpi_sign_epithet(const rcpi_signs *s, size_t i);
bool rcpi_sign_given(const rcpi_signs *s, size_t i);
/* In the table of common words: with a capital it is a title or an editor's whim. */
bool rcpi_sign_common(const rcpi_signs *s, size_t i);
bool rcpi_sign_demonym(const rcpi_signs *s, size_t i);
/* Of a head with this use, NULL: any; RCPI_NAME_OTHER when it is none. */
rcpi_name_type rcpi_sign_head_type(const rcpi_signs *s, size_t i, const char *use);
/* The end of the known name that begins at token i, and its type; i when there is none. */
size_t rcpi_sign_known(const rcpi_signs *s, size_t i, rcpi_name_type *type);
/* The same in whatever letters, for institutions that papers write small. */
size_t rcpi_sign_known_small(const rcpi_signs *s, size_t i, rcpi_name_type *type);
/* Do both tokens exist, in one sentence? */
bool rcpi_sign_together(const rcpi_signs *s, size_t i, size_t k);

#endif
