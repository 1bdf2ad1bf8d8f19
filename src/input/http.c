/* SPDX-License-Identifier: Apache-2.0 */
#include "input/http.h"

#include "input/unpack.h"

bool rcpi_http_parse(rcp_str message, rcpi_http *out) {
  rcp_str rest = message, line;
  if (!rcpi_starts(message, RCPI_S("HTTP/")) || !rcpi_next_line(&rest, &line)) return false;
  size_t space = rcpi_find_char(line, ' ');
  uint32_t status = 0;
  if (space == RCPI_NONE || line.n < space + 4 || !rcpi_parse_u32(rcpi_sub(line, space + 1, space + 4), &status)) return false;
  const char *fields = rest.n ? rest.p : message.p + message.n;
  *out = (rcpi_http){.status = status, .fields = {fields, 0}, .body = {message.p + message.n, 0}};
  while (rcpi_next_line(&rest, &line)) {
    if (line.n) continue;
    out->fields.n = (size_t)(line.p - fields);
    out->body = (rcp_str){rest.n ? rest.p : message.p + message.n, rest.n};
    return true;
  }
  out->fields.n = (size_t)(message.p + message.n - fields);
  return true;
}

rcp_str rcpi_http_field(rcp_str fields, const char *name) {
  rcp_str line;
  size_t n = strlen(name);
  while (rcpi_next_line(&fields, &line))
    if (line.n > n && line.p[n] == ':' && rcpi_eq_nocase(rcpi_sub(line, 0, n), rcpi_cstr(name))) return rcpi_trim(rcpi_sub(line, n + 1, line.n));
  return (rcp_str){NULL, 0};
}

static rcp_str lower(rcpi_arena *a, rcp_str s) {
  char *p = rcpi_array(a, char, s.n + 1);
  for (size_t i = 0; i < s.n; i++) p[i] = (char)rcpi_lower((unsigned char)s.p[i]);
  return (rcp_str){p, s.n};
}

rcp_str rcpi_http_media_type(rcpi_arena *a, rcp_str value, const char **charset) {
  rcp_str type = {NULL, 0}, rest = lower(a, value), part;
  *charset = NULL;
  for (bool is_first = true; rcpi_next_field(&rest, ';', &part); is_first = false) {
    part = rcpi_trim(part);
    if (is_first) type = part;
    if (is_first || !rcpi_starts(part, RCPI_S("charset="))) continue;
    rcp_str name = rcpi_sub(part, 8, part.n);
    if (name.n > 1 && (*name.p == '"' || *name.p == '\'')) name = rcpi_sub(name, 1, name.n - (name.p[name.n - 1] == *name.p));
    if (name.n) *charset = rcpi_dup(name, a).p;
  }
  return type;
}

/* ------------------------------------------------------------------------------------------------------------- body */

/* A chunk's size line "1a3f[;ext]\r\n"; what it takes, 0 when it is none. */
static size_t chunk_size(rcp_str s, size_t *size) {
  size_t n = 0, digits = 0;
  *size = 0;
  for (; n < s.n && digits < 15; n++, digits++) {
    unsigned char c = (unsigned char)s.p[n], low = c | 32;
    int v = rcpi_is_digit(c) ? c - '0' : low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
    if (v < 0) break;
    *size = *size * 16 + (size_t)v;
  }
  if (!digits) return 0;
  while (n < s.n && s.p[n] != '\n' && n < 200) n++;
  return n < s.n && s.p[n] == '\n' ? n + 1 : 0;
}

/* A body in chunks joined; the body itself when it is not in chunks after all. */
static rcp_str join_chunks(rcpi_arena *a, rcp_str body, const char **why) {
  size_t size, taken = chunk_size(body, &size), n = 0;
  if (!taken) return body;
  char *out = rcpi_array(a, char, body.n + 1);
  rcp_str rest = body;
  while ((taken = chunk_size(rest, &size)) && size) {
    rest = rcpi_sub(rest, taken, rest.n);
    if (size > rest.n) *why = "the body breaks off inside a chunk", size = rest.n;
    memcpy(out + n, rest.p, size);
    n += size;
    rest = rcpi_sub(rest, size, rest.n);
    if (rcpi_starts(rest, RCPI_S("\r\n"))) rest = rcpi_sub(rest, 2, rest.n);
    else if (rcpi_starts(rest, RCPI_S("\n"))) rest = rcpi_sub(rest, 1, rest.n);
  }
  return (rcp_str){out, n};
}

static rcpi_packing packing_of(rcp_str encoding, rcp_str body) {
  if (rcpi_eq_nocase(encoding, RCPI_S("gzip")) || rcpi_eq_nocase(encoding, RCPI_S("x-gzip"))) return rcpi_packing_of(body);
  if (rcpi_eq_nocase(encoding, RCPI_S("deflate"))) return RCPI_DEFLATE;
  if (rcpi_eq_nocase(encoding, RCPI_S("zstd"))) return rcpi_packing_of(body);
  return rcpi_eq_nocase(encoding, RCPI_S("br")) ? RCPI_BROTLI : RCPI_PLAIN;
}

typedef RCPI_VEC(char) bytes;

/* False: nothing can be had of it, or too much. */
static bool unpack_into(rcpi_arena *a, rcpi_unpacker *u, rcp_str in, size_t most, bytes *v, const char **why) {
  for (;;) {
    rcpi_reserve(a, v, v->n + in.n * 2 + 4096);
    size_t n, had = in.n;
    rcpi_unpacked r = rcpi_unpack(u, &in, v->p + v->n, v->cap - v->n, &n);
    v->n += n;
    if (v->n > most) return *why = "unpacks to more than the limit", false;
    if (r == RCPI_UNPACK_BROKEN && v->n == 0) return *why = "its packed body is damaged", false;
    bool is_stuck = r == RCPI_UNPACK_MORE && !n && in.n == had;
    if (r == RCPI_UNPACK_BROKEN || (is_stuck && !in.n)) *why = "its packed body breaks off";
    if (r != RCPI_UNPACK_MORE || is_stuck) return true;
  }
}

/* The unpacker is no memory of the arena, so it is given back before the arena's guard is left by. */
static bool unpack(rcpi_arena *a, rcpi_packing packing, rcp_str in, size_t most, rcp_str *out, const char **why) {
  bytes v = {0};
  volatile bool ok = false, has_memory = false;
  jmp_buf *outer = a->guard;
  rcpi_unpacker *u = rcpi_unpacker_new(packing);
  if (!u) return *why = "packed in a way that this build can't read", false;
  RCPI_GUARD(a) {
    ok = unpack_into(a, u, in, most, &v, why);
    has_memory = true;
  }
  a->guard = outer;
  rcpi_unpacker_free(u);
  if (!has_memory) rcpi_out_of_memory(a);
  *out = (rcp_str){v.p, v.n};
  return ok;
}

bool rcpi_http_body(rcpi_arena *a, const rcpi_http *http, size_t most, rcp_str *out, const char **why) {
  *why = NULL;
  *out = http->body;
  rcp_str transfer = rcpi_http_field(http->fields, "transfer-encoding");
  if (transfer.p && rcpi_find(lower(a, transfer), RCPI_S("chunked")) != RCPI_NONE) *out = join_chunks(a, *out, why);
  rcp_str encoding = rcpi_http_field(http->fields, "content-encoding");
  rcpi_packing packing = encoding.p && out->n ? packing_of(encoding, *out) : RCPI_PLAIN;
  if (packing == RCPI_PLAIN) return out->n <= most || (*why = "larger than the limit", false);
  rcp_str packed = *out;
  if (unpack(a, packing, packed, most, out, why)) return true;
  /* stored plain under the field of a packed one: brotli and deflate have no mark by which to tell before */
  bool is_plain = (packing == RCPI_BROTLI || packing == RCPI_DEFLATE) && rcpi_starts(rcpi_trim(packed), RCPI_S("<"));
  if (is_plain) *out = packed, *why = NULL;
  return is_plain;
}
