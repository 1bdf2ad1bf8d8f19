/*
 * concept.h - words and expressions that mean nearly the same, in one language or between two.
 *
 * The concept tables of the languages (data/lang/<tag>/concept.tsv: word, concept) share their concept names, so that
 * one table a language is thesaurus and dictionary at once: fr "acheter", fr "rachat", en "purchase" are all `buy`.
 * A word is found by its own form first, else by its stem; an expression of several words by its stems in a row.
 * Classes are narrow: what may stand for what in a report of the same fact. Opposites are never one class.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_CONCEPT_H
#define RCPI_CLAIM_CONCEPT_H

#include "base/hash.h"
#include "text/text.h"

typedef struct rcpi_concept_set { const uint16_t *ids; size_t n; } rcpi_concept_set;

typedef struct rcpi_concepts {
  rcpi_map names;              /* concept -> its number */
  rcpi_map keys;               /* language, form or stems -> index in sets */
  rcpi_map firsts;             /* language, first stem -> tokens of the longest expression that begins with it */
  rcpi_concept_set *sets;
} rcpi_concepts;

/* Reads the tables of `langs`; an entry may be NULL. */
void rcpi_concepts_read(rcpi_arena *a, const rcpi_lang *const *langs, size_t n_langs, rcpi_concepts *out);
/* Number of a concept by name, or UINT32_MAX. */
uint32_t rcpi_concept_named(const rcpi_concepts *c, const char *name);
/* Concepts of a form as the tables write it: a lemma. */
rcpi_concept_set rcpi_concepts_of_form(const rcpi_concepts *c, size_t lang, rcp_str form);
/* Concepts of one word. */
rcpi_concept_set rcpi_concepts_of(const rcpi_concepts *c, size_t lang, const rcpi_token *word);
/* The longest expression of at least two tokens that begins at `token`; 0 when there is none. */
size_t rcpi_concepts_phrase(const rcpi_concepts *c, size_t lang, const rcpi_text *text, size_t token, size_t end_token,
                            rcpi_concept_set *out);

#endif
