/* SPDX-License-Identifier: Apache-2.0 */
#include "request.h"

#include <stdlib.h>

static unsigned char lower(char c) {
  return (unsigned char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
}

static bool eq_nocase(rcp_str a, const char *b) {
  if (a.n != strlen(b)) return false;
  for (size_t i = 0; i < a.n; i++)
    if (lower(a.p[i]) != lower(b[i])) return false;
  return true;
}

static rcp_str trim(rcp_str s) {
  while (s.n && (s.p[0] == ' ' || s.p[0] == '\t')) s.p++, s.n--;
  while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t')) s.n--;
  return s;
}

/* Takes the text up to `sep` off `rest`; false when nothing is left. */
static bool next(rcp_str *rest, char sep, rcp_str *part) {
  if (!rest->p) return false;
  const char *end = rest->n ? memchr(rest->p, sep, rest->n) : NULL;
  size_t n = end ? (size_t)(end - rest->p) : rest->n;
  *part = (rcp_str){rest->p, n};
  *rest = end ? (rcp_str){end + 1, rest->n - n - 1} : (rcp_str){NULL, 0};
  return true;
}

static int hex(char c) {
  return c >= '0' && c <= '9' ? c - '0' : lower(c) >= 'a' && lower(c) <= 'f' ? lower(c) - 'a' + 10 : -1;
}

/* UTF-8 without control characters, overlong forms, surrogates and anything past U+10FFFF. */
static bool is_clean(const unsigned char *s, size_t n) {
  for (size_t i = 0; i < n;) {
    unsigned char c = s[i];
    size_t len = c < 0x80 ? 1 : c >= 0xC2 && c < 0xE0 ? 2 : c >= 0xE0 && c < 0xF0 ? 3 : c >= 0xF0 && c < 0xF5 ? 4 : 0;
    if (!len || i + len > n || c < 0x20 || c == 0x7F) return false;
    for (size_t k = 1; k < len; k++)
      if ((s[i + k] & 0xC0) != 0x80) return false;
    if ((c == 0xE0 && s[i + 1] < 0xA0) || (c == 0xED && s[i + 1] > 0x9F) || (c == 0xF0 && s[i + 1] < 0x90) ||
        (c == 0xF4 && s[i + 1] > 0x8F) || (c == 0xC2 && s[i + 1] < 0xA0))
      return false;
    i += len;
  }
  return true;
}

bool serve_decode(rcp_str s, bool in_form, char *out, size_t room) {
  size_t n = 0;
  for (size_t i = 0; i < s.n; i++) {
    char c = s.p[i];
    if (n + 1 >= room) return false;
    if (c == '%') {
      if (i + 2 >= s.n || hex(s.p[i + 1]) < 0 || hex(s.p[i + 2]) < 0) return false;
      c = (char)(hex(s.p[i + 1]) << 4 | hex(s.p[i + 2]));
      i += 2;
    } else if (c == '+' && in_form) {
      c = ' ';
    }
    out[n++] = c;
  }
  if (!room) return false;
  out[n] = 0;
  return is_clean((const unsigned char *)out, n);
}

bool serve_field(rcp_str form, const char *name, size_t nth, char *out, size_t room) {
  rcp_str pair;
  while (next(&form, '&', &pair)) {
    rcp_str key, value = pair;
    next(&value, '=', &key);
    if (serve_eq(key, name) && nth-- == 0) return serve_decode(value, true, out, room);
  }
  return false;
}

bool serve_cookie(rcp_str header, const char *name, char *out, size_t room) {
  rcp_str pair;
  while (next(&header, ';', &pair)) {
    rcp_str key, value = trim(pair);
    next(&value, '=', &key);
    if (!serve_eq(key, name) || value.n >= room) continue;
    if (value.n) memcpy(out, value.p, value.n);
    out[value.n] = 0;
    return is_clean((const unsigned char *)out, value.n);
  }
  return false;
}

/* Thousandths of ";q=0.8" in the parameters of a list's element; 1000 when it gives none. */
static unsigned quality(rcp_str parameters) {
  rcp_str part;
  while (next(&parameters, ';', &part)) {
    part = trim(part);
    if (part.n < 3 || lower(part.p[0]) != 'q' || part.p[1] != '=') continue;
    unsigned q = part.p[2] == '1' ? 1000 : 0;
    if (q || part.n < 4 || part.p[3] != '.') return q;
    for (size_t i = 4, unit = 100; i < part.n && unit && part.p[i] >= '0' && part.p[i] <= '9'; i++, unit /= 10) q += (unsigned)unit * (unsigned)(part.p[i] - '0');
    return q;
  }
  return 1000;
}

/* What a list like "text/html, application/json;q=0.9" gives a name; 0: nothing. */
static unsigned wish(rcp_str list, const char *name) {
  rcp_str element;
  while (next(&list, ',', &element)) {
    rcp_str parameters = element, value;
    next(&parameters, ';', &value);
    if (eq_nocase(trim(value), name)) return quality(parameters);
  }
  return 0;
}

bool serve_takes_gzip(rcp_str accept_encoding) {
  return wish(accept_encoding, "gzip") > 0;
}

const char *serve_language(rcp_str accept_language, const char *const *known) {
  const char *best = known[0];
  unsigned most = 0;
  rcp_str element;
  while (next(&accept_language, ',', &element)) {
    rcp_str parameters = element, tag, primary;
    next(&parameters, ';', &tag);
    tag = trim(tag);
    if (!next(&tag, '-', &primary)) continue;
    for (size_t i = 0; known[i]; i++)
      if (eq_nocase(primary, known[i]) && quality(parameters) > most) most = quality(parameters), best = known[i];
  }
  return best;
}

bool serve_tag_matches(rcp_str if_none_match, const char *tag) {
  rcp_str element;
  while (next(&if_none_match, ',', &element)) {
    element = trim(element);
    if (element.n > 2 && element.p[0] == 'W' && element.p[1] == '/') element.p += 2, element.n -= 2;
    if (serve_eq(element, tag) || serve_eq(element, "*")) return true;
  }
  return false;
}

bool serve_host_is_ours(rcp_str host, const char *const *names) {
  static const char *const own[] = {"127.0.0.1", "localhost", "[::1]", NULL};
  size_t n = host.n;
  while (n && host.p[n - 1] >= '0' && host.p[n - 1] <= '9') n--;
  if (n && n < host.n && host.p[n - 1] == ':') host.n = n - 1;
  for (size_t i = 0; own[i]; i++)
    if (eq_nocase(host, own[i])) return true;
  for (size_t i = 0; names && names[i]; i++)
    if (eq_nocase(host, names[i])) return true;
  return false;
}

bool serve_path_is_local(const char *path) {
  if (path[0] != '/' || path[1] == '/' || path[1] == '\\') return false;
  for (const char *p = path; *p; p++)
    if ((unsigned char)*p <= 0x20 || (unsigned char)*p >= 0x7F || *p == '\\') return false;
  return true;
}

/* ------------------------------------------------------------------------------------------------------------ routes */

static const struct { const char *path; serve_route route; bool takes_post, has_forms; } fixed[] = {
    {"/", SERVE_STORIES, false, true},
    {"/search", SERVE_SEARCH, false, true},
    {"/login", SERVE_LOGIN, true, false},
    {"/logout", SERVE_LOGOUT, true, false},
    {"/style.css", SERVE_STYLE, false, false},
    {"/openapi.json", SERVE_OPENAPI, false, false},
    {"/favicon.ico", SERVE_ICON, false, false},
};

static bool starts(rcp_str s, const char *with) {
  size_t n = strlen(with);
  return s.n >= n && !memcmp(s.p, with, n);
}

/* Takes a suffix off; the form that it asks for in *form. */
static rcp_str take_form(rcp_str path, serve_form *form) {
  static const struct { const char *suffix; serve_form form; } forms[] = {{".jsonld", SERVE_JSONLD}, {".json", SERVE_JSON}};
  for (size_t i = 0; i < 2; i++) {
    size_t n = strlen(forms[i].suffix);
    if (path.n <= n || memcmp(path.p + path.n - n, forms[i].suffix, n)) continue;
    *form = forms[i].form;
    return (rcp_str){path.p, path.n - n};
  }
  return path;
}

/* /story/ID, /story/ID/correct, /article/ID; ID is one segment. */
static unsigned parse_thing(rcp_str path, serve_request *out, bool *takes_post) {
  out->route = starts(path, "/story/") ? SERVE_STORY : SERVE_ARTICLE;
  size_t n = out->route == SERVE_STORY ? 7 : 9;
  rcp_str rest = {path.p + n, path.n - n}, id;
  next(&rest, '/', &id);
  if (rest.p) {
    if (out->route != SERVE_STORY || !serve_eq(rest, "correct")) return 404;
    out->route = SERVE_CORRECT;
    *takes_post = true;
  }
  return !id.n ? 404 : serve_decode(id, false, out->id, sizeof out->id) ? 0 : id.n >= sizeof out->id ? 414 : 400;
}

static unsigned parse_path(rcp_str path, serve_request *out, bool *takes_post) {
  serve_form form = SERVE_HTML;
  rcp_str bare = take_form(path, &form);
  if (serve_eq(path, "/index.json")) return out->route = SERVE_STORIES, out->form = SERVE_JSON, 0;
  for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
    bool is_it = serve_eq(path, fixed[i].path), is_bare = fixed[i].has_forms && form == SERVE_JSON && serve_eq(bare, fixed[i].path);
    if (!is_it && !is_bare) continue;
    out->route = fixed[i].route;
    out->form = is_it ? SERVE_HTML : form;
    *takes_post = fixed[i].takes_post;
    return 0;
  }
  if (!starts(path, "/story/") && !starts(path, "/article/")) return 404;
  unsigned status = parse_thing(bare, out, takes_post);
  out->form = form;
  return !status && form == SERVE_JSONLD && out->route != SERVE_STORY ? 404 : status;
}

static bool is_day(const char *s) {
  for (size_t i = 0; i < 10; i++)
    if (i == 4 || i == 7 ? s[i] != '-' : s[i] < '0' || s[i] > '9') return false;
  return !s[10];
}

/* A field that is not there stays empty; one that can't be decoded is a mistake. */
static bool take_field(rcp_str query, const char *name, char *out, size_t room) {
  rcp_str rest = query, pair;
  while (next(&rest, '&', &pair))
    if (starts(pair, name) && (pair.n == strlen(name) || pair.p[strlen(name)] == '=')) return serve_field(query, name, 0, out, room);
  out[0] = 0;
  return true;
}

static unsigned parse_query(rcp_str query, serve_request *out) {
  char page[8];
  if (!take_field(query, "q", out->words, sizeof out->words) || !take_field(query, "day", out->day, sizeof out->day) ||
      !take_field(query, "lang", out->lang, sizeof out->lang) || !take_field(query, "page", page, sizeof page))
    return 400;
  if (*out->day && !is_day(out->day)) return 400;
  for (const char *p = page; *p; p++)
    if (*p < '0' || *p > '9') return 400;
  out->page = (unsigned)strtoul(page, NULL, 10);
  return out->page > 100000 ? 400 : 0;
}

unsigned serve_request_parse(const char *method, rcp_str path, rcp_str query, rcp_str accept, serve_request *out) {
  bool takes_post = false;
  *out = (serve_request){.is_post = !strcmp(method, "POST")};
  if (path.n > 4096 || query.n > 4096) return 414;
  unsigned status = parse_path(path, out, &takes_post);
  if (!status) status = parse_query(query, out);
  if (status) return status;
  if (strcmp(method, "GET") && strcmp(method, "HEAD") && !out->is_post) return 405;
  if (out->is_post ? !takes_post : out->route == SERVE_LOGOUT) return 405;
  bool has_forms = out->route <= SERVE_CORRECT;
  if (has_forms && out->form == SERVE_HTML && wish(accept, "application/json") > wish(accept, "text/html")) out->form = SERVE_JSON;
  if (out->route == SERVE_STORY && out->form == SERVE_HTML && wish(accept, "application/ld+json") > wish(accept, "text/html"))
    out->form = SERVE_JSONLD;
  return 0;
}
