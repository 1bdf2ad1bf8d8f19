/*
 * A page is told from a text by its first tags, not by its file name. Texts hold "<" too, so a fragment without doctype
 * needs three different kinds of tags of pages before it counts as one. Servers put complaints and styles before a page, thousands
 * of bytes of them: then its end tells.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "input/page.h"

enum { LOOKED_AT = 4096 };

static rcp_str beginning(rcp_str s) {
  s = rcpi_trim(s);
  return rcpi_sub(s, 0, s.n < LOOKED_AT ? s.n : LOOKED_AT);
}

static bool begins(rcp_str s, rcp_str with) {
  return s.n >= with.n && rcpi_eq_nocase(rcpi_sub(s, 0, with.n), with);
}

static size_t find_nocase(rcp_str s, rcp_str what, size_t from) {
  for (size_t i = from; i + what.n <= s.n; i++)
    if (begins(rcpi_sub(s, i, s.n), what)) return i;
  return RCPI_NONE;
}

/* The bit of a tag that pages have, 0 for others. */
static unsigned tag_bit(rcp_str s) {
  static const char *const names[] = {"div", "p", "a", "span", "meta", "script", "li", "td", "br", "h1", "h2", "link", "img",
                                      "title", "section", "article", "body", "head", "table", "ul"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    size_t n = strlen(names[i]);
    if (s.n > n && begins(s, rcpi_cstr(names[i])) && (s.p[n] == '>' || s.p[n] == '/' || rcpi_is_space((unsigned char)s.p[n])))
      return 1u << i;
  }
  return 0;
}

/* Nothing but a page ends with its end tag. */
static bool ends_as_page(rcp_str text) {
  rcp_str s = rcpi_trim(text);
  return find_nocase(rcpi_sub(s, s.n < 512 ? 0 : s.n - 512, s.n), RCPI_S("</html>"), 0) != RCPI_NONE && find_nocase(s, RCPI_S("<html"), 0) != RCPI_NONE;
}

bool rcpi_page_is_html(rcp_str text) {
  rcp_str s = beginning(text);
  if (!s.n || *s.p != '<') {
    /* text before the first tag: a fragment at best */
    if (find_nocase(s, RCPI_S("<html"), 0) != RCPI_NONE) return true;
  } else {
    if (begins(s, RCPI_S("<!doctype html")) || begins(s, RCPI_S("<html"))) return true;
    if (begins(s, RCPI_S("<?xml"))) return find_nocase(s, RCPI_S("<html"), 0) != RCPI_NONE;
    if (begins(s, RCPI_S("<rss")) || begins(s, RCPI_S("<feed"))) return false;
  }
  unsigned seen = 0;
  for (size_t i = 0; i + 1 < s.n; i++)
    if (s.p[i] == '<') seen |= tag_bit(rcpi_sub(s, i + 1 + (s.p[i + 1] == '/'), s.n));
  return __builtin_popcount(seen) >= 3 || (seen && s.n && *s.p == '<' && __builtin_popcount(seen) >= 2) || ends_as_page(text);
}

static bool is_label(unsigned char c) {
  return rcpi_is_alpha(c) || rcpi_is_digit(c) || c == '-' || c == '_' || c == ':' || c == '.';
}

/* The label after "charset=" or "encoding=" at `from`. */
static rcp_str label_at(rcp_str s, size_t from) {
  while (from < s.n && (rcpi_is_space((unsigned char)s.p[from]) || s.p[from] == '=' || s.p[from] == '"' || s.p[from] == '\'')) from++;
  size_t end = from;
  while (end < s.n && is_label((unsigned char)s.p[end])) end++;
  return rcpi_sub(s, from, end);
}

const char *rcpi_page_charset(rcpi_arena *a, rcp_str bytes) {
  rcp_str s = beginning(bytes), label = {NULL, 0};
  for (size_t i = 0; (i = find_nocase(s, RCPI_S("<meta"), i)) != RCPI_NONE && !label.n; i++) {
    size_t end = rcpi_find_char(rcpi_sub(s, i, s.n), '>');
    rcp_str tag = rcpi_sub(s, i, end == RCPI_NONE ? s.n : i + end);
    size_t at = find_nocase(tag, RCPI_S("charset"), 0);
    if (at != RCPI_NONE) label = label_at(tag, at + 7);
  }
  if (!label.n && begins(s, RCPI_S("<?xml"))) {
    size_t at = find_nocase(s, RCPI_S("encoding"), 0);
    if (at != RCPI_NONE && at < 100) label = label_at(s, at + 8);
  }
  if (!label.n) return NULL;
  static const char *const western[] = {"iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "l1", "us-ascii", "ascii"};
  for (size_t i = 0; i < sizeof western / sizeof *western; i++)
    if (rcpi_eq_nocase(label, rcpi_cstr(western[i]))) return "windows-1252";
  return rcpi_dup(label, a).p;
}
