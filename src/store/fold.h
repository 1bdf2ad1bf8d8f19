/*
 * fold.h - the words of a text as the archive's search knows them.
 *
 * A word is folded (case, accents, œ and oe) and cut to its stem in the language of its article; what stands before an
 * elision (l', qu') is left out. A question's words are of no known language, so each is looked for under its stems in all.
 * The search index holds these words and no text, so a text can be taken out of it only with the same folding: a change
 * here raises RCPI_FOLD_VERSION, and the index is made anew when a file is next written.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_STORE_FOLD_H
#define RCPI_STORE_FOLD_H

#include "lang/lang.h"

enum { RCPI_FOLD_VERSION = 1 };

/* Stemmers, and the words met so far; for one thread. Lives in `a`. */
typedef struct rcpi_folder rcpi_folder;
rcpi_folder *rcpi_fold_new(rcpi_arena *a, const rcpi_langs *langs);

/* All words of a text, a space between them, in `a`. `lang` may be NULL. */
rcp_str rcpi_fold_text(rcpi_folder *f, rcpi_arena *a, const rcpi_lang *lang, rcp_str text);

/*
 * What a person asks for as a question to FTS5: all words, "words in a row" between quotation marks, -word for none of it,
 * wor* for beginnings. .n = 0 when nothing is asked.
 */
rcp_str rcpi_fold_question(rcpi_folder *f, rcpi_arena *a, rcp_str words);

/*
 * Where in `text` the words of a question are first met: a stretch of some `width` bytes that shows it; *found is that
 * word, empty when none is met.
 */
rcpi_span rcpi_fold_passage(rcpi_folder *f, rcpi_arena *a, const rcpi_lang *lang, rcp_str text, rcp_str question, size_t width, rcpi_span *found);

#endif
