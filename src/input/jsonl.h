/*
 * jsonl.h - one line of JSONL as a record, without building a tree: some 2 GB a second where jansson takes 0.2.
 *
 * What is plain is read here; anything unusual (an escaped key, a lone surrogate, \u0000, very deep nesting, a number of
 * many digits, what looks malformed) is given to jansson, which then decides and words the error. So both always agree.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_INPUT_JSONL_H
#define RCPI_INPUT_JSONL_H

#include "base/arena.h"
#include "base/str.h"

/* Fields of contract/cli.md; .p NULL where the record lacks one or has no string there. */
typedef struct rcpi_record {
  rcp_str id, url, title, text, html, published, publisher, byline, language;
} rcpi_record;

enum { RCPI_RECORD_PADDING = 64 };

/*
 * Views into `line` or `a`. `line` and every view in `a` has RCPI_RECORD_PADDING readable bytes behind it: the caller
 * sees to the first. False on a line that is no JSON object: *message (in `a`) says why, *offset where. The bytes of `text`
 * above ASCII are not checked when `trusts_text`: the caller does so, and calls again without it to hear what is wrong.
 */
bool rcpi_jsonl_read(rcpi_arena *a, rcp_str line, bool trusts_text, rcpi_record *out, const char **message, size_t *offset);

#endif
