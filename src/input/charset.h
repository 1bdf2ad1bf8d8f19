/* charset.h - bytes of unknown encoding to UTF-8: byte order mark, valid UTF-8, a declared name, ICU's guess. SPDX-License-Identifier: Apache-2.0 */
#ifndef RCPI_INPUT_CHARSET_H
#define RCPI_INPUT_CHARSET_H

#include "base/arena.h"
#include "base/str.h"

/*
 * The text in UTF-8, in `a` or a view of `bytes`; without its byte order mark. `declared` (may be NULL) is what a header
 * or meta tag names. *note tells what a person should know (a guess, characters lost); NULL when all is plain.
 */
rcp_str rcpi_decode(rcpi_arena *a, rcp_str bytes, const char *declared, rcp_str *note);

/* The note for bytes that UTF-8 can't have and that were replaced. */
rcp_str rcpi_bad_bytes_note(rcpi_arena *a, size_t n);

#endif
