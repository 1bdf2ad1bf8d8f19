/*
 * meta.h - what a file beside the inputs says of them: url, publisher, published, title, byline, language, by source.
 *
 * JSONL, one object an input: {"source": "a.txt", "publisher": "...", ...}. A source is the path as given or its last part.
 * It fills what the input itself does not state, and never overrides it.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_INPUT_META_H
#define RCPI_INPUT_META_H

#include "base/hash.h"
#include "input/article.h"

typedef struct rcpi_meta_row { rcp_str source, url, publisher, published, title, byline, language; } rcpi_meta_row;

typedef struct rcpi_meta {
  rcpi_meta_row *rows;
  size_t n;
  rcpi_map by_source;
} rcpi_meta;

rcp_status rcpi_meta_load(rcpi_arena *a, const char *path, rcpi_meta *out, rcp_error *error);
/* Before cleaning, so that a title that is told can be found in the text. */
void rcpi_meta_apply(const rcpi_meta *meta, rcp_article *article);

#endif
