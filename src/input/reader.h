/*
 * reader.h - articles out of files, folders, URLs and standard input, one at a time, in constant memory.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_INPUT_READER_H
#define RCPI_INPUT_READER_H

#include "input/article.h"
#include "input/fetch.h"

typedef struct rcpi_reader rcpi_reader;

typedef struct rcpi_reader_options {
  rcp_input kind;              /* RCP_INPUT_AUTO: told from the content */
  rcp_str published, language; /* for articles that state none */
  size_t most;                 /* bytes of one article, of half a line; 0: RCPI_MAX_ARTICLE */
  rcpi_fetch_options fetch;    /* how URLs among the inputs are read */
} rcpi_reader_options;

rcp_status rcpi_reader_new(const char *const *inputs, size_t n_inputs, const rcpi_reader_options *options,
                           rcpi_reader **out, rcp_error *error);
/* As rcp_reader_next: the article is as found, not cleaned. */
rcp_status rcpi_reader_next(rcpi_reader *reader, rcp_article **out, rcp_error *error);
/*
 * Where records of JSONL come next: as many lines as are at hand, `most` at most, for who takes them apart himself. Each has
 * RCPI_RECORD_PADDING readable bytes behind it; all are good until the next call. *n = 0 where something else comes next,
 * or nothing: rcpi_reader_next gives it. Blank lines are left out, and counted.
 */
typedef struct rcpi_read_line { rcp_str text; size_t number; } rcpi_read_line;
rcp_status rcpi_reader_lines(rcpi_reader *reader, rcpi_read_line *lines, size_t most, size_t *n, rcp_str *path, rcp_error *error);
/* As rcp_reader_progress. */
void rcpi_reader_progress(const rcpi_reader *reader, uint64_t *done, uint64_t *total);
void rcpi_reader_free(rcpi_reader *reader);

/* One article from the bytes of a file: text, HTML, or the first record of a container. */
rcp_status rcpi_read_bytes(rcp_str source, rcp_str bytes, const rcpi_reader_options *options, rcp_article **out,
                           rcp_error *error);

#endif
