/* stem.h - the door to libstemmer (snowball). SPDX-License-Identifier: Apache-2.0 */
#ifndef RCPI_TEXT_STEM_H
#define RCPI_TEXT_STEM_H

#include "base/arena.h"
#include "base/str.h"

typedef struct rcpi_stemmer rcpi_stemmer;
/* Lives as long as the arena; NULL when `algorithm` is "" or unknown. Not to be shared between threads. */
rcpi_stemmer *rcpi_stemmer_new(rcpi_arena *a, rcp_str algorithm);
/* The folded stem of a lower-case word, in the arena; the folded word with a NULL stemmer. */
rcp_str rcpi_stem(rcpi_arena *a, rcpi_stemmer *stemmer, rcp_str lower);

/*
 * The stems of a cell's words, joined by spaces: words are cut at spaces and behind apostrophes, as the tokeniser cuts them.
 * *n gets their number; at most RCPI_STEM_WORDS are taken.
 */
enum { RCPI_STEM_WORDS = 6 };
rcp_str rcpi_stem_phrase(rcpi_arena *a, rcpi_stemmer *stemmer, rcp_str words, size_t *n);

#endif
