/*
 * The tokenizer of HTML is a large state machine because browsers must agree on every byte of a broken page. To read
 * text it is enough to agree on where tags end, which is: at the first '>' outside a quoted value, and a value is quoted
 * only where the quote follows '='. Comments end at --> (or at > right after <!-- and <!--- ), raw elements at their own
 * end tag in any case, everything else that begins with '<' and no letter is text or a bogus comment as in the standard.
 *
 * Where we leave the standard on purpose: a quote that is never closed would swallow the rest of the page, so then the
 * tag ends at its first '>'; and a comment, title, textarea or iframe that is never closed is taken for a slip and gives
 * what follows back as markup, since losing the article is worse than showing a note. That is found out once a page, so
 * that a page of nothing but "<!--" takes no longer than another.
 *
 * Source: WHATWG HTML, 13.2.5. Cost: one pass, memchr where nothing but one byte matters.
 * Known weakness: a script that opens <!-- <script> and closes only the inner one ends at the inner end tag.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "clean/html_scan.h"

#include "base/entity.h"

static const char *find(const char *p, const char *end, char c) {
  return p < end ? memchr(p, c, (size_t)(end - p)) : NULL;
}

/* The '>' that ends the tag whose attributes begin at p, or NULL. */
static const char *tag_end(const char *p, const char *end) {
  const char *begin = p;
  bool after_equals = false;
  for (; p < end; p++) {
    char c = *p;
    if (c == '>') return p;
    if (c == '=') after_equals = true;
    else if ((c == '"' || c == '\'') && after_equals) {
      const char *close = find(p + 1, end, c);
      if (!close) return find(begin, end, '>');
      p = close;
      after_equals = false;
    } else if (!rcpi_is_space((unsigned char)c)) after_equals = false;
  }
  return NULL;
}

static const char *find_text(const char *p, const char *end, const char *what, size_t n) {
  return p < end ? memmem(p, (size_t)(end - p), what, n) : NULL;
}

/* Past a comment, doctype, CDATA section or processing instruction that begins at p ("<!", "<?" or "</" and no letter). */
static const char *skip_declaration(rcpi_html_scan *s, const char *p, const char *end) {
  size_t left = (size_t)(end - p);
  if (left >= 4 && !memcmp(p, "<!--", 4)) {
    if (left >= 5 && p[4] == '>') return p + 5;
    if (left >= 6 && p[4] == '-' && p[5] == '>') return p + 6;
    const char *close = s->comments_stay_open ? NULL : find_text(p + 4, end, "-->", 3);
    if (close) return close + 3;
    s->comments_stay_open = true;
    return p + 4;
  }
  const char *close = find(p, end, '>');
  return close ? close + 1 : end;
}

/* Where the end tag of the raw element begins: "</name" and then space, '/' or '>'. */
static const char *raw_end(const char *p, const char *end, rcpi_tag tag) {
  const char *name = rcpi_tag_name(tag);
  size_t n = strlen(name);
  for (; (p = find(p, end, '<')); p++) {
    if ((size_t)(end - p) < n + 3 || p[1] != '/') continue;
    char after = p[n + 2];
    if (rcpi_eq_nocase((rcp_str){p + 2, n}, (rcp_str){name, n}) && (after == '>' || after == '/' || rcpi_is_space((unsigned char)after)))
      return p;
  }
  return end;
}

static bool is_markup(const char *p, const char *end) {
  if (end - p < 2) return false;
  unsigned char c = (unsigned char)p[1];
  return rcpi_is_alpha(c) || c == '!' || c == '?' || (c == '/' && end - p > 2);
}

/* A start or end tag at p; its end, or NULL when the page ends inside it. */
static const char *read_tag(const char *p, const char *end, rcpi_html_token *out) {
  bool is_close = p[1] == '/';
  const char *name = p + 1 + is_close, *q = name;
  while (q < end && *q != '>' && *q != '/' && !rcpi_is_space((unsigned char)*q)) q++;
  const char *close = tag_end(q, end);
  if (!close) return NULL;
  out->kind = is_close ? RCPI_HTML_CLOSE : RCPI_HTML_OPEN;
  out->name = (rcp_str){name, (size_t)(q - name)};
  out->tag = rcpi_tag_of(out->name);
  out->is_empty = close > q && close[-1] == '/';
  out->body = (rcp_str){q, (size_t)(close - q)};
  return close + 1;
}

bool rcpi_html_next(rcpi_html_scan *s, rcpi_html_token *out) {
  const char *base = s->page.p, *end = base + s->page.n, *p = base + s->at;
  if (s->raw) {
    const char *close = raw_end(p, end, s->raw);
    if (close == end && s->raw != RCPI_TAG_SCRIPT && s->raw != RCPI_TAG_STYLE) {
      s->raw_stays_open = true;
      close = p;
    }
    *out = (rcpi_html_token){.kind = RCPI_HTML_RAW, .tag = s->raw, .body = {p, (size_t)(close - p)}};
    s->raw = RCPI_TAG_OTHER;
    s->at = (size_t)(close - base);
    return true;
  }
  while (p < end) {
    const char *open = p;
    if (*p != '<' || !is_markup(p, end)) {
      do open = find(open + 1, end, '<');
      while (open && !is_markup(open, end));
      if (!open) open = end;
      *out = (rcpi_html_token){.kind = RCPI_HTML_TEXT, .body = {p, (size_t)(open - p)}};
      s->at = (size_t)(open - base);
      return true;
    }
    if (p[1] == '!' || p[1] == '?' || (p[1] == '/' && !rcpi_is_alpha((unsigned char)p[2]))) {
      p = skip_declaration(s, p, end);
      continue;
    }
    p = read_tag(p, end, out);
    if (!p) break;
    s->at = (size_t)(p - base);
    if (out->kind == RCPI_HTML_OPEN && rcpi_tag_is(out->tag, RCPI_TRAIT_RAW) && !s->raw_stays_open) s->raw = out->tag;
    return true;
  }
  s->at = s->page.n;
  return false;
}

bool rcpi_html_attribute(rcp_str *rest, rcp_str *name, rcp_str *value) {
  const char *p = rest->p, *end = p + rest->n;
  while (p < end && (rcpi_is_space((unsigned char)*p) || *p == '/')) p++;
  if (p >= end) return false;
  const char *q = p + 1; /* a first '=' belongs to the name, as in the standard */
  while (q < end && *q != '=' && *q != '/' && !rcpi_is_space((unsigned char)*q)) q++;
  *name = (rcp_str){p, (size_t)(q - p)};
  *value = (rcp_str){NULL, 0};
  while (q < end && rcpi_is_space((unsigned char)*q)) q++;
  if (q < end && *q == '=') {
    q++;
    while (q < end && rcpi_is_space((unsigned char)*q)) q++;
    const char *from = q;
    if (q < end && (*q == '"' || *q == '\'')) {
      const char *close = find(++from, end, *q);
      *value = (rcp_str){from, (size_t)((close ? close : end) - from)};
      q = close ? close + 1 : end;
    } else {
      while (q < end && !rcpi_is_space((unsigned char)*q)) q++;
      *value = (rcp_str){from, (size_t)(q - from)};
    }
  }
  *rest = (rcp_str){q, (size_t)(end - q)};
  return true;
}

rcp_str rcpi_html_text(rcpi_arena *a, rcp_str s, bool is_attribute) {
  s = rcpi_trim(s);
  bool is_plain = true;
  for (size_t i = 0; i < s.n && is_plain; i++)
    is_plain = s.p[i] != '&' && (!rcpi_is_space((unsigned char)s.p[i]) || (s.p[i] == ' ' && s.p[i + 1] != ' '));
  if (is_plain) return s;
  char *out = rcpi_alloc(a, s.n * 2 + RCPI_ENTITY_MOST, 1), piece[RCPI_ENTITY_MOST]; /* &nGt; becomes six bytes */
  size_t n = 0, n_piece;
  for (size_t i = 0; i < s.n;) {
    if (rcpi_is_space((unsigned char)s.p[i])) {
      if (n && out[n - 1] != ' ') out[n++] = ' ';
      i++;
    } else if (s.p[i] == '&') {
      i += rcpi_entity_read(rcpi_sub(s, i, s.n), is_attribute, piece, &n_piece);
      memcpy(out + n, piece, n_piece);
      n += n_piece;
    } else out[n++] = s.p[i++];
  }
  return rcpi_trim((rcp_str){out, n});
}
