/*
 * terms.h - what an article is about, as a short list of weighted numbers.
 *
 * A term is a stem or a number; its weight grows with how often and where it stands (title, first lines, body), with how
 * rare it is in the language at large (freq.tsv), and when it is a name. Words that every text has weigh nothing. The
 * list is scaled to one length for all articles, so that the product of two lists says how alike they are, from 0 to 1:
 * the cosine of Salton's vector space.
 *
 * How rare a word is comes from a table and not from the articles at hand: then the likeness of two articles does not
 * depend on what else was read, and the first article of a stream is read as the last one. All is integers: the
 * same article gives the same list on every machine.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_STORY_TERMS_H
#define RCPI_STORY_TERMS_H

#include "input/article.h"

enum { RCPI_TERM_ONE = 1 << 14 };       /* length of a list: the sum of squared weights is about RCPI_TERM_ONE squared */

typedef struct rcpi_term { uint32_t term; uint32_t weight; } rcpi_term;

typedef struct rcpi_outline {
  const rcpi_lang *lang;       /* may be NULL */
  int32_t day;                 /* of publication, since 1970-01-01; RCPI_NO_DAY: not stated to the day */
  rcpi_term *terms;            /* by term */
  uint32_t n_terms;
} rcpi_outline;

#define RCPI_NO_DAY INT32_MIN

/* Tables made ready, and the words met so far; for one thread. Lives in `a`. */
typedef struct rcpi_terms rcpi_terms;
rcpi_terms *rcpi_terms_new(rcpi_arena *a, const rcpi_langs *langs);

/* The article must be cleaned. The list is made in `a`. */
void rcpi_terms_read(rcpi_terms *t, rcpi_arena *a, const rcp_article *article, rcpi_outline *out);

/* How alike two lists are, 0 to RCPI_TERM_ONE squared. */
uint64_t rcpi_terms_product(const rcpi_term *a, size_t n_a, const rcpi_term *b, size_t n_b);

/* For people: calls see() with the words behind the terms of an article, each once. */
void rcpi_terms_words(rcpi_terms *t, rcpi_arena *a, const rcp_article *article,
                      void (*see)(void *with, uint32_t term, rcp_str word), void *with);

#endif
