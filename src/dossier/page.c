/* SPDX-License-Identifier: Apache-2.0 */
#include "dossier/page.h"

#include "base/unicode.h"
#include "base/utf8.h"

void rcpi_page_init(rcpi_page *p, rcpi_buf *out, unsigned width, bool has_color) {
  *p = (rcpi_page){.out = out, .width = width < 30 ? 30 : width, .has_color = has_color};
  rcpi_buf_init(&p->line);
}

void rcpi_page_release(rcpi_page *p) {
  rcpi_buf_end(&p->line, p->out);
}

void rcpi_page_adds(rcpi_page *p, const char *s) {
  rcpi_buf_adds(&p->line, s);
}

void rcpi_page_add(rcpi_page *p, rcp_str s) {
  rcpi_buf_add(&p->line, s);
}

void rcpi_page_style(rcpi_page *p, rcpi_style style) {
  rcpi_buf_addc(&p->line, (char)style);
}

/* What stands for a code point of foreign text: itself, ' ' for white space, U+FFFD for a control, 0 for nothing. */
static uint32_t harmless(uint32_t cp) {
  if (cp == 0xA0 || cp == 0x202F) return cp;
  if (rcpi_char_class_of(cp) == RCPI_CHAR_SPACE) return ' ';
  if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0)) return RCPI_REPLACEMENT;
  return rcpi_is_bidi_control(cp) ? 0 : cp;
}

static void put_harmless(rcpi_page *p, rcp_str s, unsigned columns) {
  bool was_space = true;
  unsigned used = 0;
  for (size_t i = 0, len; i < s.n; i += len) {
    uint32_t cp = harmless(rcpi_utf8_at(s, i, &len));
    if (!cp || (cp == ' ' && was_space)) continue;
    used += rcpi_columns_cp(cp);
    if (used > columns) return;
    rcpi_buf_cp(&p->line, cp);
    was_space = cp == ' ';
  }
}

static unsigned columns_of_foreign(rcp_str s, unsigned enough) {
  unsigned n = 0;
  bool was_space = true;
  for (size_t i = 0, len; i < s.n && n <= enough; i += len) {
    uint32_t cp = harmless(rcpi_utf8_at(s, i, &len));
    if (!cp || (cp == ' ' && was_space)) continue;
    n += rcpi_columns_cp(cp);
    was_space = cp == ' ';
  }
  return n;
}

void rcpi_page_text(rcpi_page *p, rcp_str s) {
  put_harmless(p, s, UINT32_MAX);
}

void rcpi_page_cut(rcpi_page *p, rcp_str s, unsigned columns) {
  if (columns_of_foreign(s, columns) <= columns) {
    put_harmless(p, s, columns);
  } else if (columns) {
    put_harmless(p, s, columns - 1);
    rcpi_buf_adds(&p->line, "…");
  }
}

static bool is_style(unsigned char c) {
  return c >= RCPI_PLAIN && c <= RCPI_UNMARKED;
}

unsigned rcpi_page_columns(rcp_str s) {
  unsigned n = 0;
  for (size_t i = 0, len; i < s.n; i += len) {
    uint32_t cp = rcpi_utf8_at(s, i, &len);
    if (!is_style((unsigned char)s.p[i])) n += rcpi_columns_cp(cp);
  }
  return n;
}

void rcpi_page_tab(rcpi_page *p, unsigned column) {
  unsigned n = rcpi_page_columns(rcpi_buf_str(&p->line));
  do rcpi_buf_addc(&p->line, ' '); while (++n < column);
}

static void put_style(rcpi_page *p, char style) {
  static const char *const ansi[] = {"", "\033[0m", "\033[1m", "\033[2m", "\033[1;34m", "\033[1;35m", "\033[0m"};
  if (p->has_color) rcpi_buf_adds(p->out, ansi[(unsigned char)style]);
  else if (style == RCPI_MARKED || style == RCPI_UNMARKED) rcpi_buf_addc(p->out, '*');
}

/* Columns of the code point or style at `at`; a mark takes one where it shows as a star. */
static unsigned step(const rcpi_page *p, rcp_str s, size_t at, size_t *len) {
  uint32_t cp = rcpi_utf8_at(s, at, len);
  if (!is_style((unsigned char)s.p[at])) return rcpi_columns_cp(cp);
  return !p->has_color && (s.p[at] == RCPI_MARKED || s.p[at] == RCPI_UNMARKED);
}

/* Where the line that begins at `at` ends: before a space, a wide character, or in a word that is wider than the line. */
static size_t line_end(const rcpi_page *p, rcp_str s, size_t at, unsigned room) {
  size_t last = 0, len;
  unsigned used = 0;
  for (size_t i = at; i < s.n; i += len) {
    unsigned wide = step(p, s, i, &len);
    if (i > at && (s.p[i] == ' ' || wide == 2)) last = i;
    if (used + wide > room) return last ? last : i > at ? i : i + len;
    used += wide;
  }
  return s.n;
}

static void put_line(rcpi_page *p, rcp_str line) {
  for (size_t i = 0; i < line.n; i++)
    if (is_style((unsigned char)line.p[i])) put_style(p, line.p[i]);
    else rcpi_buf_addc(p->out, line.p[i]);
}

void rcpi_page_flush(rcpi_page *p, unsigned first, unsigned rest) {
  rcp_str s = rcpi_buf_str(&p->line);
  while (s.n && s.p[s.n - 1] == ' ') s.n--;
  unsigned indent = first;
  size_t at = 0;
  do {
    unsigned room = p->width > indent + 10 ? p->width - indent : 10;
    size_t end = line_end(p, s, at, room);
    if (end > at) rcpi_buf_printf(p->out, "%*s", (int)indent, "");
    put_line(p, rcpi_sub(s, at, end));
    rcpi_buf_addc(p->out, '\n');
    while (end < s.n && s.p[end] == ' ') end++;
    at = end;
    indent = rest;
  } while (at < s.n);
  rcpi_buf_clear(&p->line);
}
