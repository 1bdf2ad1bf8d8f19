/* SPDX-License-Identifier: Apache-2.0 */
#include "gzip.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

bool serve_gzip(rcp_str bytes, serve_text *out) {
  z_stream z = {.next_in = (Bytef *)(uintptr_t)bytes.p, .avail_in = (uInt)bytes.n};
  *out = (serve_text){.p = NULL};
  if (bytes.n > INT_MAX || deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return false;
  size_t room = deflateBound(&z, bytes.n) + 32;
  char *p = malloc(room);
  z.next_out = (Bytef *)p;
  z.avail_out = (uInt)room;
  bool ok = p && room <= UINT_MAX && deflate(&z, Z_FINISH) == Z_STREAM_END;
  if (ok) *out = (serve_text){p, room - z.avail_out, room, false};
  else free(p);
  deflateEnd(&z);
  return ok;
}
