/* url.h - what is read of a URL without fetching it (RFC 3986). SPDX-License-Identifier: Apache-2.0 */
#ifndef RCPI_INPUT_URL_H
#define RCPI_INPUT_URL_H

#include "base/arena.h"
#include "base/str.h"

/* http:// or https://, in any case, and something behind it. */
bool rcpi_url_is(rcp_str s);

/* Views into the URL; .p NULL where it has none. path begins with '/' and holds the query, or is empty. */
typedef struct rcpi_url { rcp_str scheme, host, port, path; bool has_user; } rcpi_url;
/* False for what is no http(s) URL with a host. */
bool rcpi_url_split(rcp_str s, rcpi_url *out);
/* "https://example.org:8443": what robots.txt speaks for. In `a`. */
rcp_str rcpi_url_origin(rcpi_arena *a, const rcpi_url *url);
/* `ref`, as a page at `base` writes it, in full; `ref` itself where base is no URL. Without its fragment. In `a`. */
rcp_str rcpi_url_join(rcpi_arena *a, rcp_str base, rcp_str ref);

#endif
