/*
 * phrase.h - finding the words and phrases of a table in a text, whatever their inflection.
 *
 * A column's cells are cut into words as text is (elisions apart) and compared by stem; function words must be the same.
 * Longer phrases are tried first. A cell may hold alternatives between |.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_TEXT_PHRASE_H
#define RCPI_TEXT_PHRASE_H

#include "text/text.h"

typedef struct rcpi_phrases rcpi_phrases;

/* Compiles a column of a language's table; an empty set when the language has no such table. Lives in `a`. */
rcpi_phrases *rcpi_phrases_new(rcpi_arena *a, const rcpi_lang *lang, const char *table, const char *column);

/*
 * The rows whose phrase stands at token i, longest first: fills rows[] and ends[] (the token after the phrase), at most
 * `most`; their number.
 */
size_t rcpi_phrases_at(const rcpi_phrases *p, const rcpi_text *text, size_t i, uint32_t *rows, uint32_t *ends, size_t most);

#endif
