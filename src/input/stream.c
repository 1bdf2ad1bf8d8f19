/*
 * A window of unpacked bytes that slides over the input: peek makes it hold enough, skip moves its beginning, and the
 * rest is moved to the front when room is wanted. A line is looked for where the last search ended, so that a long line
 * is searched once.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "input/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/error.h"
#include "input/unpack.h"

enum { PIECE = 128 << 10 };

struct rcpi_stream {
  int fd;                       /* -1: memory */
  bool is_ended;                /* nothing more comes into the window */
  bool is_cut;                  /* inside a member or frame */
  rcpi_unpacker *unpacker;      /* NULL: plain */
  rcpi_buf raw;                 /* of a file; packed bytes not yet unpacked are `packed` */
  rcp_str packed;
  rcpi_buf window;
  size_t beg;                   /* in the window */
  uint64_t at, taken, size;
  rcp_status trouble;
  const char *what;
};

static void fail(rcpi_stream *s, rcp_status status, const char *what) {
  if (!s->trouble) s->trouble = status, s->what = what;
  s->is_ended = true;
}

/* More packed bytes, when there are none left; false at the end of the file. */
static bool refill(rcpi_stream *s) {
  if (s->packed.n) return true;
  if (s->fd < 0) return false;
  ssize_t n;
  while ((n = read(s->fd, s->raw.p, PIECE)) < 0 && errno == EINTR) continue;
  if (n < 0) fail(s, RCP_EIO, "the file can't be read any further");
  if (n <= 0) return false;
  s->packed = (rcp_str){s->raw.p, (size_t)n};
  s->taken += (uint64_t)n;
  return true;
}

static bool make_room(rcpi_stream *s) {
  if (s->beg) {
    memmove(s->window.p, s->window.p + s->beg, s->window.len - s->beg);
    s->window.len -= s->beg;
    s->beg = 0;
  }
  return rcpi_buf_reserve(&s->window, PIECE);
}

/* Plain bytes go from the file into the window without a stop. */
static void read_plain(rcpi_stream *s) {
  ssize_t n = 0;
  if (s->packed.n || s->fd < 0) {
    n = (ssize_t)(s->packed.n < PIECE ? s->packed.n : PIECE);
    if (n) memcpy(s->window.p + s->window.len, s->packed.p, (size_t)n);
    s->packed = rcpi_sub(s->packed, (size_t)n, s->packed.n);
  } else {
    while ((n = read(s->fd, s->window.p + s->window.len, PIECE)) < 0 && errno == EINTR) continue;
    if (n < 0) fail(s, RCP_EIO, "the file can't be read any further");
    else s->taken += (uint64_t)n;
  }
  if (n > 0) s->window.len += (size_t)n;
  else s->is_ended = true;
}

static void read_packed(rcpi_stream *s) {
  size_t n = 0;
  while (!n && !s->is_ended) {
    if (!refill(s)) {
      if (s->is_cut) fail(s, RCP_EINPUT, "the compressed data breaks off here: the file is cut");
      s->is_ended = true;
      return;
    }
    rcpi_unpacked r = rcpi_unpack(s->unpacker, &s->packed, s->window.p + s->window.len, PIECE, &n);
    s->is_cut = r == RCPI_UNPACK_MORE;
    s->window.len += n;
    if (r == RCPI_UNPACK_BROKEN) fail(s, RCP_EINPUT, "the compressed data is damaged here");
    n += r == RCPI_UNPACK_BROKEN;
  }
}

static void fill(rcpi_stream *s, size_t want) {
  while (!s->is_ended && s->window.len - s->beg < want) {
    if (!make_room(s)) return fail(s, RCP_ENOMEM, "out of memory");
    if (s->unpacker) read_packed(s);
    else read_plain(s);
  }
}

rcp_str rcpi_stream_peek(rcpi_stream *s, size_t n) {
  if (s->window.len - s->beg < n) fill(s, n);
  return (rcp_str){s->window.p ? s->window.p + s->beg : "", s->window.len - s->beg};
}

static void move(rcpi_stream *s, size_t n) {
  s->beg += n;
  s->at += n;
}

bool rcpi_stream_skip(rcpi_stream *s, uint64_t n) {
  while (n) {
    size_t have = s->window.len - s->beg, step = n < have ? (size_t)n : have;
    move(s, step);
    n -= step;
    if (n && !rcpi_stream_peek(s, 1).n) return false;
  }
  return true;
}

rcp_status rcpi_stream_line(rcpi_stream *s, size_t most, rcp_str *line) {
  size_t searched = 0;
  for (;;) {
    rcp_str have = rcpi_stream_peek(s, searched + 1);
    if (s->trouble == RCP_ENOMEM) return RCP_ENOMEM;
    const char *nl = have.n > searched ? memchr(have.p + searched, '\n', have.n - searched) : NULL;
    if (nl || have.n == searched) {
      size_t n = nl ? (size_t)(nl - have.p) : have.n;
      if (!nl && !n) return RCP_END;
      move(s, n + (nl != NULL));
      *line = (rcp_str){have.p, n && have.p[n - 1] == '\r' ? n - 1 : n};
      return n > most ? RCP_ELIMIT : RCP_OK;
    }
    searched = have.n;
    if (searched <= most) continue;
    /* too long: throw away what there is, up to the line's end */
    while (have.n && !(nl = memchr(have.p, '\n', have.n))) move(s, have.n), have = rcpi_stream_peek(s, 1);
    if (nl) move(s, (size_t)(nl - have.p) + 1);
    return RCP_ELIMIT;
  }
}

uint64_t rcpi_stream_at(const rcpi_stream *s) {
  return s->at;
}

uint64_t rcpi_stream_taken(const rcpi_stream *s, uint64_t *size) {
  *size = s->size;
  return s->taken - s->packed.n;
}

rcp_status rcpi_stream_trouble(const rcpi_stream *s, const char **what, uint64_t *at) {
  if (!s->trouble || s->beg < s->window.len) return RCP_OK;
  *what = s->what;
  *at = s->at;
  return s->trouble;
}

/* Looks at the first bytes and makes the unpacker that they ask for. */
static rcp_status tell_packing(rcpi_stream *s, rcp_str name, rcp_error *error) {
  if (s->fd >= 0) {
    if (!rcpi_buf_reserve(&s->raw, PIECE)) return rcpi_error(error, RCP_ENOMEM, name, 0, "out of memory");
    while (s->raw.len < 4) {
      ssize_t n = read(s->fd, s->raw.p + s->raw.len, PIECE - s->raw.len);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return rcpi_error(error, RCP_EIO, name, 0, "%s", strerror(errno));
      if (n == 0) break;
      s->raw.len += (size_t)n;
    }
    s->packed = rcpi_buf_str(&s->raw);
    s->taken = s->raw.len;
  }
  rcpi_packing packing = rcpi_packing_of(s->packed);
  if (packing == RCPI_PLAIN) return RCP_OK;
  s->unpacker = rcpi_unpacker_new(packing);
  if (s->unpacker) return RCP_OK;
  if (packing == RCPI_GZIP) return rcpi_error(error, RCP_ENOMEM, name, 0, "out of memory");
  return rcpi_error(error, RCP_EINPUT, name, 0, "zstd data, and this build reads none: unpack it first");
}

static rcp_status make(int fd, rcp_str name, rcp_str bytes, rcpi_stream **out, rcp_error *error) {
  rcpi_stream *s = calloc(1, sizeof *s);
  *out = NULL;
  if (!s) {
    if (fd > STDIN_FILENO) close(fd);
    return rcpi_error(error, RCP_ENOMEM, name, 0, "out of memory");
  }
  s->fd = fd;
  s->packed = bytes;
  s->size = bytes.n;
  struct stat st;
  if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) s->size = (uint64_t)st.st_size;
  rcp_status status = tell_packing(s, name, error);
  if (status) rcpi_stream_close(s);
  else *out = s;
  return status;
}

rcp_status rcpi_stream_open(rcp_str path, rcpi_stream **out, rcp_error *error) {
  *out = NULL;
  int fd = STDIN_FILENO;
  if (!rcpi_is(path, "-")) {
    fd = open(path.p, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return rcpi_error(error, errno == ENOENT ? RCP_EINPUT : RCP_EIO, path, 0, "%s", strerror(errno));
  }
  return make(fd, path, (rcp_str){NULL, 0}, out, error);
}

rcp_status rcpi_stream_of(rcp_str name, rcp_str bytes, rcpi_stream **out, rcp_error *error) {
  return make(-1, name, bytes, out, error);
}

void rcpi_stream_close(rcpi_stream *s) {
  if (!s) return;
  if (s->fd > STDIN_FILENO) close(s->fd);
  rcpi_unpacker_free(s->unpacker);
  rcpi_buf_release(&s->raw);
  rcpi_buf_release(&s->window);
  free(s);
}
