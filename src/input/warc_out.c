/*
 * A record's id is made from its contents, URL and time, not from chance: the same response kept twice has the same id.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "input/warc_out.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/sha256.h"
#include "input/unpack.h"

struct rcpi_warc_out {
  FILE *file;
  char *path;
  bool is_packed, is_new;
};

static rcp_status failed(const rcpi_warc_out *w, rcp_error *error) {
  return rcpi_error(error, RCP_EIO, rcpi_cstr(w->path), 0, "%s", strerror(errno));
}

rcp_status rcpi_warc_out_open(rcp_str path, rcpi_warc_out **out, rcp_error *error) {
  rcpi_warc_out *w = calloc(1, sizeof *w);
  *out = NULL;
  if (!w || !(w->path = strndup(path.p, path.n))) {
    free(w);
    return rcpi_error(error, RCP_ENOMEM, path, 0, "out of memory");
  }
  w->is_packed = rcpi_ends(path, RCPI_S(".gz"));
  w->file = fopen(w->path, "abe");
  rcp_status status = !w->file || fseek(w->file, 0, SEEK_END) ? failed(w, error) : RCP_OK;
  if (status) rcpi_warc_out_close(w);
  else w->is_new = ftell(w->file) == 0, *out = w;
  return status;
}

/* "<urn:uuid:…>" out of a hash, as RFC 9562 forms names of one's own making (version 8). */
static rcp_str id_of(rcpi_arena *a, rcp_str named) {
  char hex[RCPI_SHA256_HEX + 1];
  rcpi_sha256_hex(named, hex);
  return rcpi_printf(a, "<urn:uuid:%.8s-%.4s-8%.3s-a%.3s-%.12s>", hex, hex + 8, hex + 12, hex + 15, hex + 18);
}

static rcp_status put(rcpi_warc_out *w, rcpi_arena *a, rcp_str fields, rcp_str block, rcp_error *error) {
  rcp_str lines = rcpi_printf(a, "WARC/1.1\r\n%.*sContent-Length: %zu\r\n\r\n", RCPI_P(fields), block.n);
  rcp_str parts[] = {lines, block, RCPI_S("\r\n\r\n")};
  size_t n = 0;
  char *whole = rcpi_array(a, char, lines.n + block.n + 4);
  for (size_t i = 0; i < 3; i++) {
    if (parts[i].n) memcpy(whole + n, parts[i].p, parts[i].n);
    n += parts[i].n;
  }
  rcp_str record = {whole, n};
  if (w->is_packed) record = rcpi_pack_gzip(a, record);
  return fwrite(record.p, 1, record.n, w->file) == record.n && fflush(w->file) == 0 ? RCP_OK : failed(w, error);
}

static rcp_str date_of(rcpi_arena *a, time_t at) {
  struct tm t;
  gmtime_r(&at, &t);
  return rcpi_printf(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec);
}

static rcp_status put_info(rcpi_warc_out *w, rcpi_arena *a, rcp_str date, rcp_error *error) {
  rcp_str body = RCPI_S("software: recoupe/" RCPI_VERSION "\r\nformat: WARC File Format 1.1\r\n");
  rcp_str id = id_of(a, rcpi_printf(a, "%.*s %.*s", RCPI_P(date), RCPI_P(body)));
  rcp_str fields = rcpi_printf(a, "WARC-Type: warcinfo\r\nWARC-Record-ID: %.*s\r\nWARC-Date: %.*s\r\nContent-Type: application/warc-fields\r\n",
                               RCPI_P(id), RCPI_P(date));
  w->is_new = false;
  return put(w, a, fields, body, error);
}

rcp_status rcpi_warc_out_add(rcpi_warc_out *w, rcpi_arena *a, const rcpi_warc_response *r, rcp_error *error) {
  char digest[RCPI_SHA256_HEX + 1];
  rcp_str date = date_of(a, r->at);
  rcp_status status = w->is_new ? put_info(w, a, date, error) : RCP_OK;
  if (status) return status;
  char *p = rcpi_array(a, char, r->head.n + r->body.n + 1);
  memcpy(p, r->head.p, r->head.n);
  if (r->body.n) memcpy(p + r->head.n, r->body.p, r->body.n);
  rcp_str block = {p, r->head.n + r->body.n};
  rcpi_sha256_hex(block, digest);
  rcp_str id = id_of(a, rcpi_printf(a, "%.*s %.*s %s", RCPI_P(r->url), RCPI_P(date), digest));
  rcp_str fields = rcpi_printf(a,
      "WARC-Type: response\r\nWARC-Record-ID: %.*s\r\nWARC-Date: %.*s\r\nWARC-Target-URI: %.*s\r\n%s%.*s%sWARC-Block-Digest: sha256:%s\r\n"
      "Content-Type: application/http; msgtype=response\r\n",
      RCPI_P(id), RCPI_P(date), RCPI_P(r->url), r->address.n ? "WARC-IP-Address: " : "", RCPI_P(r->address), r->address.n ? "\r\n" : "", digest);
  return put(w, a, fields, block, error);
}

void rcpi_warc_out_close(rcpi_warc_out *w) {
  if (!w) return;
  if (w->file) fclose(w->file);
  free(w->path);
  free(w);
}
