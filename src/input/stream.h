/*
 * stream.h - the bytes of a file, of standard input or of memory, unpacked as they are read, in constant memory.
 *
 * gzip (any number of members) and zstd (any number of frames) are told from their first bytes; anything else passes
 * as it is. A reader looks ahead with peek and moves on with skip; what peek gives is valid until the next call.
 *
 * Input that is cut or damaged ends the stream where it breaks: what came before is read as usual, and afterwards
 * rcpi_stream_trouble says what was wrong and where.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_INPUT_STREAM_H
#define RCPI_INPUT_STREAM_H

#include "base/str.h"

typedef struct rcpi_stream rcpi_stream;

/* A file, or standard input for "-". */
rcp_status rcpi_stream_open(rcp_str path, rcpi_stream **out, rcp_error *error);
/* Bytes that outlive the stream. */
rcp_status rcpi_stream_of(rcp_str name, rcp_str bytes, rcpi_stream **out, rcp_error *error);
void rcpi_stream_close(rcpi_stream *s);

/* What comes next: `n` bytes or more, fewer only at the end of the input. */
rcp_str rcpi_stream_peek(rcpi_stream *s, size_t n);
/* Past `n` bytes, which need not have been looked at; false when the input ends before. */
bool rcpi_stream_skip(rcpi_stream *s, uint64_t n);
/*
 * The next line, without its line end, which the stream moves past. RCP_END at the end; RCP_ELIMIT for a line of more
 * than `most` bytes, which is skipped; RCP_ENOMEM.
 */
rcp_status rcpi_stream_line(rcpi_stream *s, size_t most, rcp_str *line);
/* Unpacked bytes moved past so far. */
uint64_t rcpi_stream_at(const rcpi_stream *s);
/* Bytes taken from the file so far, packed as they are, and its size; 0 when that is unknown. */
uint64_t rcpi_stream_taken(const rcpi_stream *s, uint64_t *size);
/* What broke, once the stream has come to it; RCP_OK when nothing did. *what is static. */
rcp_status rcpi_stream_trouble(const rcpi_stream *s, const char **what, uint64_t *at);

#endif
