/* SPDX-License-Identifier: Apache-2.0 */
#include "input/url.h"

static size_t scheme_length(rcp_str s) {
  if (s.n > 8 && rcpi_eq_nocase(rcpi_sub(s, 0, 8), RCPI_S("https://"))) return 5;
  return s.n > 7 && rcpi_eq_nocase(rcpi_sub(s, 0, 7), RCPI_S("http://")) ? 4 : 0;
}

bool rcpi_url_is(rcp_str s) {
  return scheme_length(s) > 0;
}

static rcp_str up_to(rcp_str s, const char *stops) {
  size_t n = 0;
  while (n < s.n && !(s.p[n] && strchr(stops, s.p[n]))) n++;
  return rcpi_sub(s, 0, n);
}

bool rcpi_url_split(rcp_str s, rcpi_url *out) {
  size_t n = scheme_length(s);
  *out = (rcpi_url){.scheme = rcpi_sub(s, 0, n)};
  if (!n) return false;
  rcp_str rest = up_to(rcpi_sub(s, n + 3, s.n), "#"), authority = up_to(rest, "/?\\");
  out->path = rcpi_sub(rest, authority.n, rest.n);
  for (size_t at; (at = rcpi_find_char(authority, '@')) != RCPI_NONE; out->has_user = true) authority = rcpi_sub(authority, at + 1, authority.n);
  size_t bracket = rcpi_starts(authority, RCPI_S("[")) ? rcpi_find_char(authority, ']') : 0;
  if (bracket == RCPI_NONE) return false;
  rcp_str behind = rcpi_sub(authority, bracket, authority.n);
  size_t colon = rcpi_find_char(behind, ':');
  out->host = colon == RCPI_NONE ? authority : rcpi_sub(authority, 0, bracket + colon);
  if (colon != RCPI_NONE && colon + 1 < behind.n) out->port = rcpi_sub(behind, colon + 1, behind.n);
  return out->host.n > 0;
}

rcp_str rcpi_url_origin(rcpi_arena *a, const rcpi_url *u) {
  rcp_str made = rcpi_printf(a, "%.*s://%.*s%s%.*s", RCPI_P(u->scheme), RCPI_P(u->host), u->port.n ? ":" : "", RCPI_P(u->port));
  char *p = (char *)made.p;
  for (size_t i = 0; i < made.n; i++) p[i] = (char)rcpi_lower((unsigned char)p[i]);
  return made;
}

/* "/a/b/../c/./d" is "/a/c/d" (RFC 3986, 5.2.4). Written in place. */
static size_t without_dots(char *p, size_t n) {
  size_t out = 0;
  for (size_t i = 0; i < n;) {
    size_t end = i + 1;
    while (end < n && p[end] != '/') end++;
    size_t len = end - i;
    bool is_last = end == n, is_dot = len == 2 && p[i + 1] == '.', is_up = len == 3 && p[i + 1] == '.' && p[i + 2] == '.';
    if (is_up) while (out && p[--out] != '/') continue;
    if (is_dot || is_up) {
      if (is_last) p[out++] = '/';
    } else {
      memmove(p + out, p + i, len);
      out += len;
    }
    i = end;
  }
  return out;
}

static bool has_scheme(rcp_str s) {
  size_t n = 0;
  while (n < s.n && (rcpi_is_alpha((unsigned char)s.p[n]) || (n && (rcpi_is_digit((unsigned char)s.p[n]) || strchr("+-.", s.p[n]))))) n++;
  return n && n < s.n && s.p[n] == ':';
}

rcp_str rcpi_url_join(rcpi_arena *a, rcp_str base, rcp_str ref) {
  rcpi_url u;
  ref = up_to(rcpi_trim(ref), "#");
  if (has_scheme(ref) || !rcpi_url_split(base, &u)) return rcpi_dup(ref, a);
  if (rcpi_starts(ref, RCPI_S("//"))) return rcpi_printf(a, "%.*s:%.*s", RCPI_P(u.scheme), RCPI_P(ref));
  rcp_str origin = rcpi_url_origin(a, &u), path = up_to(u.path, "?"), query = {ref.p, 0};
  if (!ref.n) return rcpi_printf(a, "%.*s%.*s", RCPI_P(origin), RCPI_P(u.path));
  if (*ref.p == '?') return rcpi_printf(a, "%.*s%.*s%.*s", RCPI_P(origin), RCPI_P(path), RCPI_P(ref));
  rcp_str own = up_to(ref, "?");
  query = rcpi_sub(ref, own.n, ref.n);
  size_t keep = path.n;
  while (keep && path.p[keep - 1] != '/') keep--;
  rcp_str folder = *ref.p == '/' ? (rcp_str){"", 0} : keep ? rcpi_sub(path, 0, keep) : RCPI_S("/");
  rcp_str whole = rcpi_printf(a, "%.*s%.*s", RCPI_P(folder), RCPI_P(own));
  whole.n = without_dots((char *)whole.p, whole.n);
  return rcpi_printf(a, "%.*s%.*s%.*s", RCPI_P(origin), RCPI_P(whole), RCPI_P(query));
}
