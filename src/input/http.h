/*
 * http.h - an HTTP response as it went over the wire: its head, and its body with the wrappings taken off.
 *
 * WARC records hold such messages, and so does what is fetched from a URL. Archives are not strict: some keep the header
 * fields of a chunked or packed body but store it plain, so a wrapping that is not there is no error.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_INPUT_HTTP_H
#define RCPI_INPUT_HTTP_H

#include "base/arena.h"
#include "base/str.h"

typedef struct rcpi_http {
  unsigned status;
  rcp_str fields;              /* lines of the head, without the first */
  rcp_str body;
} rcpi_http;

/* False when it begins with no status line. All views lie in `message`. */
bool rcpi_http_parse(rcp_str message, rcpi_http *out);
/* The value of the first field of that name (without regard to case), trimmed; .p NULL when there is none. */
rcp_str rcpi_http_field(rcp_str fields, const char *name);
/* "text/html" out of "text/html; charset=utf-8", lower case; and the charset, NULL without one. In `a`. */
rcp_str rcpi_http_media_type(rcpi_arena *a, rcp_str value, const char **charset);

/*
 * The body without chunks and packing, at most `most` bytes; in `a` or a view. On failure false and *why is static; what
 * was whole of a body that breaks off is given with true and a *why.
 */
bool rcpi_http_body(rcpi_arena *a, const rcpi_http *http, size_t most, rcp_str *out, const char **why);

#endif
