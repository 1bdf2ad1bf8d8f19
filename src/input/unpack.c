/* SPDX-License-Identifier: Apache-2.0 */
#include "input/unpack.h"

#include <stdlib.h>
#include <zlib.h>

#ifdef RCPI_HAVE_ZSTD
#include <zstd.h>
#endif
#ifdef RCPI_HAVE_BROTLI
#include <brotli/decode.h>
#endif

enum { ZSTD_WINDOW_LOG = 27 };   /* 128 MiB: what "zstd --long=27" writes and its own tool reads */

struct rcpi_unpacker {
  rcpi_packing packing;
  bool is_between;               /* a member has ended and no byte of the next was taken */
  z_stream z;
#ifdef RCPI_HAVE_ZSTD
  ZSTD_DStream *zstd;
#endif
#ifdef RCPI_HAVE_BROTLI
  BrotliDecoderState *brotli;
#endif
};

rcpi_packing rcpi_packing_of(rcp_str head) {
  if (rcpi_starts(head, (rcp_str){"\x1F\x8B\x08", 3})) return RCPI_GZIP;
  if (rcpi_starts(head, (rcp_str){"\x28\xB5\x2F\xFD", 4})) return RCPI_ZSTD;
  /* a skippable frame, as seekable zstd files and some WARCs begin with */
  if (head.n >= 4 && ((unsigned char)head.p[0] & 0xF0) == 0x50 && rcpi_starts(rcpi_sub(head, 1, 4), (rcp_str){"\x2A\x4D\x18", 3})) return RCPI_ZSTD;
  return RCPI_PLAIN;
}

static bool start(rcpi_unpacker *u) {
  switch (u->packing) {
    /* 15 + 32: gzip or zlib by its header */
    case RCPI_GZIP: case RCPI_DEFLATE: return inflateInit2(&u->z, 15 + 32) == Z_OK;
#ifdef RCPI_HAVE_ZSTD
    case RCPI_ZSTD:
      u->zstd = ZSTD_createDStream();
      return u->zstd && !ZSTD_isError(ZSTD_DCtx_setParameter(u->zstd, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG));
#endif
#ifdef RCPI_HAVE_BROTLI
    case RCPI_BROTLI: return (u->brotli = BrotliDecoderCreateInstance(NULL, NULL, NULL)) != NULL;
#endif
    default: return false;
  }
}

rcpi_unpacker *rcpi_unpacker_new(rcpi_packing packing) {
  rcpi_unpacker *u = calloc(1, sizeof *u);
  if (!u) return NULL;
  u->packing = packing;
  if (start(u)) return u;
  rcpi_unpacker_free(u);
  return NULL;
}

void rcpi_unpacker_free(rcpi_unpacker *u) {
  if (!u) return;
  if (u->packing == RCPI_GZIP || u->packing == RCPI_DEFLATE) inflateEnd(&u->z);
#ifdef RCPI_HAVE_ZSTD
  ZSTD_freeDStream(u->zstd);
#endif
#ifdef RCPI_HAVE_BROTLI
  if (u->brotli) BrotliDecoderDestroyInstance(u->brotli);
#endif
  free(u);
}

static rcpi_unpacked unpack_gzip(rcpi_unpacker *u, rcp_str *in, char *out, size_t room, size_t *n) {
  if (u->is_between && in->n) {
    inflateReset(&u->z);
    u->is_between = false;
  }
  u->z.next_in = (Bytef *)(uintptr_t)in->p;
  u->z.avail_in = in->n < UINT32_MAX ? (uInt)in->n : UINT32_MAX;
  u->z.next_out = (Bytef *)out;
  u->z.avail_out = room < UINT32_MAX ? (uInt)room : UINT32_MAX;
  int status = inflate(&u->z, Z_NO_FLUSH);
  size_t taken = (size_t)((const char *)u->z.next_in - in->p);
  *n = (size_t)((char *)u->z.next_out - out);
  if (status == Z_DATA_ERROR && u->packing == RCPI_DEFLATE && u->z.total_out == 0 && u->z.total_in <= 2) {
    /* "deflate" over HTTP is sometimes sent without its zlib header */
    inflateEnd(&u->z);
    memset(&u->z, 0, sizeof u->z);
    u->packing = RCPI_GZIP;
    if (inflateInit2(&u->z, -15) != Z_OK) return RCPI_UNPACK_BROKEN;
    return unpack_gzip(u, in, out, room, n);
  }
  *in = rcpi_sub(*in, taken, in->n);
  if (status == Z_STREAM_END) return u->is_between = true, RCPI_UNPACK_DONE;
  return status == Z_OK || status == Z_BUF_ERROR ? RCPI_UNPACK_MORE : RCPI_UNPACK_BROKEN;
}

#ifdef RCPI_HAVE_ZSTD
static rcpi_unpacked unpack_zstd(rcpi_unpacker *u, rcp_str *in, char *out, size_t room, size_t *n) {
  ZSTD_inBuffer from = {in->p, in->n, 0};
  ZSTD_outBuffer to = {out, room, 0};
  size_t left = ZSTD_decompressStream(u->zstd, &to, &from);
  *in = rcpi_sub(*in, from.pos, in->n);
  *n = to.pos;
  if (ZSTD_isError(left)) return RCPI_UNPACK_BROKEN;
  return left == 0 ? RCPI_UNPACK_DONE : RCPI_UNPACK_MORE;
}
#endif

#ifdef RCPI_HAVE_BROTLI
static rcpi_unpacked unpack_brotli(rcpi_unpacker *u, rcp_str *in, char *out, size_t room, size_t *n) {
  size_t available = in->n, free_room = room;
  const uint8_t *from = (const uint8_t *)in->p;
  uint8_t *to = (uint8_t *)out;
  BrotliDecoderResult r = BrotliDecoderDecompressStream(u->brotli, &available, &from, &free_room, &to, NULL);
  *in = rcpi_sub(*in, in->n - available, in->n);
  *n = room - free_room;
  if (r == BROTLI_DECODER_RESULT_ERROR) return RCPI_UNPACK_BROKEN;
  return r == BROTLI_DECODER_RESULT_SUCCESS ? RCPI_UNPACK_DONE : RCPI_UNPACK_MORE;
}
#endif

rcpi_unpacked rcpi_unpack(rcpi_unpacker *u, rcp_str *in, char *out, size_t room, size_t *n) {
  switch (u->packing) {
#ifdef RCPI_HAVE_ZSTD
    case RCPI_ZSTD: return unpack_zstd(u, in, out, room, n);
#endif
#ifdef RCPI_HAVE_BROTLI
    case RCPI_BROTLI: return unpack_brotli(u, in, out, room, n);
#endif
    default: return unpack_gzip(u, in, out, room, n);
  }
}

rcp_str rcpi_pack_gzip(rcpi_arena *a, rcp_str bytes) {
  z_stream z = {.next_in = (Bytef *)(uintptr_t)bytes.p, .avail_in = (uInt)bytes.n};
  size_t room = compressBound((uLong)bytes.n) + 32;
  char *out = rcpi_array(a, char, room);
  z.next_out = (Bytef *)out;
  z.avail_out = (uInt)room;
  if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) rcpi_out_of_memory(a);
  deflate(&z, Z_FINISH);
  size_t n = z.total_out;
  deflateEnd(&z);
  return (rcp_str){out, n};
}
