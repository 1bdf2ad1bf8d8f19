/*
 * pattern.h - phrases with slots, kept in a table: "il y a COUNT UNIT", "MONTH DAYNUM ,? YEAR".
 *
 * The first column of the table is the pattern, elements with single spaces between them:
 *   lower-case      one folded word or mark; a|b|c is any of them
 *   UPPER-CASE      a class, matched by the caller's function, which may take several words (COUNT: vingt et un)
 *   ...?            the element may be missing
 * The longest match wins; among equal ones the more literal (fewer slots), then the one written with more elements, then
 * the first in the table.
 * Every word of a text is looked up once; patterns are tried only where their first element can stand.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_MARK_PATTERN_H
#define RCPI_MARK_PATTERN_H

#include "mark/plain.h"

enum { RCPI_PATTERN_SLOTS = 8 };

/* How many words the class takes at word `at` (0: none), and what they are worth. */
typedef size_t (*rcpi_class_fn)(const void *context, unsigned class_id, size_t at, double *value);

typedef struct rcpi_pattern rcpi_pattern;
typedef struct rcpi_pattern_link rcpi_pattern_link;
typedef struct rcpi_pattern_pool rcpi_pattern_pool;
typedef struct rcpi_patterns {
  const rcpi_table *table;
  const char *const *classes;     /* names; the index is the class id */
  size_t n_classes;
  rcpi_map ids;                   /* literal word -> id from 1 */
  rcpi_pattern_pool *pool;        /* what patterns are made of */
  rcpi_pattern *all;              size_t n;
  rcpi_pattern_link *links;       /* chains of patterns by what they may begin with */
  uint32_t *by_word, *by_class;   /* by_word for the first n_words ids */
  size_t n_words;
} rcpi_patterns;

/* One match: where it ends, its row, and the words and worth of each class in it, in the order of the pattern. */
typedef struct rcpi_pattern_hit {
  size_t row, end;
  unsigned n_slots;
  struct { unsigned class_id; size_t at; double value; } slot[RCPI_PATTERN_SLOTS];
} rcpi_pattern_hit;

void rcpi_patterns_read(rcpi_arena *a, const rcpi_table *table, const char *const *classes, size_t n_classes, rcpi_patterns *out);
/* The id of a word, new when the patterns do not have it: so that others can keep what they know of words by id too. */
uint32_t rcpi_pattern_word(rcpi_arena *a, rcpi_patterns *p, rcp_str fold);
/* The id of each word of a text, 0 for those that nobody knows. */
uint32_t *rcpi_pattern_ids(rcpi_arena *a, const rcpi_patterns *p, const rcpi_plain *words);

/* A text with its ids, and what its words are worth to classes. */
typedef struct rcpi_pattern_text {
  const rcpi_plain *words;
  const uint32_t *ids;
  const bool *has_class;     /* by word: some class may begin here */
  rcpi_class_fn fn;
  const void *context;
} rcpi_pattern_text;
bool rcpi_pattern_at(const rcpi_patterns *p, const rcpi_pattern_text *text, size_t at, rcpi_pattern_hit *out);

/* The slot of a class, or NULL. */
const double *rcpi_slot_value(const rcpi_pattern_hit *m, unsigned class_id);

#endif
