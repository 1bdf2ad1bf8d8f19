/* gzip.h - the door to zlib. SPDX-License-Identifier: Apache-2.0 */
#ifndef RECOUPE_SERVE_GZIP_H
#define RECOUPE_SERVE_GZIP_H

#include "text.h"

/* False (and nothing in *out) without memory. */
bool serve_gzip(rcp_str bytes, serve_text *out);

#endif
