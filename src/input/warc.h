/*
 * warc.h - pages out of WARC and WET files, one record at a time (WARC 1.0 and 1.1, ISO 28500).
 *
 * Taken: response and resource records of text/html, application/xhtml+xml or text/plain that the server answered with
 * 200, and conversion records of text/plain (WET). All other records are passed over without a word. A record that is
 * cut or damaged is an error that names it, and reading goes on at the next one that begins as a record does.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_INPUT_WARC_H
#define RCPI_INPUT_WARC_H

#include "input/article.h"
#include "input/stream.h"

/*
 * The next page of the stream into the article; RCP_END behind the last. *n_records counts records, for names in messages
 * and results ("file.warc.gz:17").
 */
rcp_status rcpi_warc_next(rcpi_stream *s, rcp_str path, size_t *n_records, rcp_article *article, rcp_error *error);

#endif
