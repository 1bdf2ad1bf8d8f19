/*
 * unpack.h - the doors to zlib, zstd and brotli: packed bytes in, plain bytes out, a piece at a time.
 *
 * An unpacker keeps its state between calls, follows members and frames one after another, and holds no more than its
 * library's window. zstd and brotli may be missing from a build; their input is then refused with a plain message.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_INPUT_UNPACK_H
#define RCPI_INPUT_UNPACK_H

#include "base/arena.h"
#include "base/str.h"

typedef enum rcpi_packing { RCPI_PLAIN, RCPI_GZIP, RCPI_DEFLATE, RCPI_ZSTD, RCPI_BROTLI } rcpi_packing;

/* By the first bytes; deflate and brotli have no mark and are never told so. */
rcpi_packing rcpi_packing_of(rcp_str head);

typedef struct rcpi_unpacker rcpi_unpacker;
/* NULL without memory, or when this build lacks the library. Not for RCPI_PLAIN. */
rcpi_unpacker *rcpi_unpacker_new(rcpi_packing packing);
void rcpi_unpacker_free(rcpi_unpacker *u);

typedef enum rcpi_unpacked {
  RCPI_UNPACK_MORE,      /* wants more input, or more room */
  RCPI_UNPACK_DONE,      /* a member or frame ended here: input may end, or another follow */
  RCPI_UNPACK_BROKEN,
} rcpi_unpacked;
/* Takes bytes off *in and writes up to `room` to `out`; *n says how many. */
rcpi_unpacked rcpi_unpack(rcpi_unpacker *u, rcp_str *in, char *out, size_t room, size_t *n);

/* The bytes as one gzip member, in `a`. */
rcp_str rcpi_pack_gzip(rcpi_arena *a, rcp_str bytes);

#endif
