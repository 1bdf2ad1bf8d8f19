/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/error.h"

static rcp_status read_all(int fd, size_t most, rcpi_buf *out, rcp_str path, rcp_error *error) {
  for (;;) {
    if (!rcpi_buf_reserve(out, 65536)) return rcpi_error(error, RCP_ENOMEM, path, out->len, "out of memory");
    ssize_t n = read(fd, out->p + out->len, 65536);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return rcpi_error(error, RCP_EIO, path, out->len, "%s", strerror(errno));
    if (n == 0) return RCP_OK;
    out->len += (size_t)n;
    if (out->len > most) return rcpi_error(error, RCP_ELIMIT, path, most, "larger than %zu bytes", most);
  }
}

rcp_status rcpi_file_read(rcpi_arena *a, rcp_str path, size_t most, rcp_str *out, rcp_error *error) {
  bool is_stdin = rcpi_is(path, "-");
  rcp_str name = rcpi_dup(path, a); /* with a NUL */
  int fd = is_stdin ? STDIN_FILENO : open(name.p, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return rcpi_error(error, errno == ENOENT ? RCP_EINPUT : RCP_EIO, path, 0, "%s", strerror(errno));
  struct stat st;
  rcpi_buf bytes;
  rcpi_buf_init(&bytes);
  if (!is_stdin && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (size_t)st.st_size <= most)
    rcpi_buf_reserve(&bytes, (size_t)st.st_size + 65536);
  rcp_status status = read_all(fd, most, &bytes, path, error);
  if (!is_stdin) close(fd);
  if (status) {
    rcpi_buf_release(&bytes);
    return status;
  }
  if (bytes.len) bytes.p[bytes.len] = 0;
  *out = rcpi_buf_str(&bytes);
  if (bytes.p) rcpi_defer(a, free, bytes.p);
  return RCP_OK;
}
