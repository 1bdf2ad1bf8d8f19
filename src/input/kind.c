/*
 * Names lie and pipes have none, so only content counts: a WARC says so in its first word, feeds and pages by their
 * first tags, JSON by its bracket. A text may begin with "<" or "{" too; what does not hold to the form is text.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "input/kind.h"

#include "input/page.h"

static rcp_str without_mark(rcp_str s) {
  return rcpi_trim(rcpi_starts(s, RCPI_S("\xEF\xBB\xBF")) ? rcpi_sub(s, 3, s.n) : s);
}

bool rcpi_kind_is_binary(rcp_str head) {
  size_t n = head.n < 4096 ? head.n : 4096, n_bad = 0;
  for (size_t i = 0; i < n; i++) {
    unsigned char c = (unsigned char)head.p[i];
    n_bad += c < 9 || (c > 13 && c < 32 && c != 27) || c == 127;
  }
  bool is_wide = n >= 2 && ((unsigned char)head.p[0] >= 0xFE || rcpi_starts(head, (rcp_str){"\0\0\xFE\xFF", 4}));
  return !is_wide && n_bad * 20 > n;
}

/* Behind white space, comments, processing instructions and a doctype: the first element. */
static rcp_str root_element(rcp_str s) {
  for (;;) {
    s = rcpi_trim(s);
    const char *end = rcpi_starts(s, RCPI_S("<!--")) ? "-->" : rcpi_starts(s, RCPI_S("<?")) ? "?>" : rcpi_starts(s, RCPI_S("<!")) ? ">" : NULL;
    if (!end) return s;
    size_t at = rcpi_find(s, rcpi_cstr(end));
    if (at == RCPI_NONE) return (rcp_str){s.p, 0};
    s = rcpi_sub(s, at + strlen(end), s.n);
  }
}

static bool is_element(rcp_str s, const char *name) {
  size_t n = strlen(name);
  if (s.n < n + 2 || s.p[0] != '<' || memcmp(s.p + 1, name, n)) return false;
  return s.p[n + 1] == '>' || s.p[n + 1] == '/' || rcpi_is_space((unsigned char)s.p[n + 1]);
}

static bool is_feed(rcp_str s) {
  rcp_str root = root_element(s);
  return is_element(root, "rss") || is_element(root, "feed") || is_element(root, "rdf:RDF") || is_element(root, "atom:feed");
}

static bool has_key(rcp_str s, const char *quoted) {
  return rcpi_find(s, rcpi_cstr(quoted)) != RCPI_NONE;
}

bool rcpi_kind_is_ninjs(rcp_str object) {
  if (has_key(object, "\"text\"") || has_key(object, "\"html\"")) return false;
  bool has_body = has_key(object, "\"body_") || has_key(object, "\"bodies\"");
  bool has_head = has_key(object, "\"headline\"") || has_key(object, "\"headlines\"") || has_key(object, "\"versioncreated\"");
  return has_key(object, "\"uri\"") && (has_body || has_head);
}

/* An object a line, or one object over many lines, which only ninjs is. */
static bool json_kind(rcp_str s, bool is_whole, rcp_input *kind) {
  if (s.p[0] == '[') return *kind = RCP_INPUT_NINJS, rcpi_kind_is_ninjs(s);
  rcp_str line, rest = s;
  rcpi_next_line(&rest, &line);
  line = rcpi_trim(line);
  bool is_line = rest.n || is_whole;
  if (rcpi_kind_is_ninjs(is_line && line.p[line.n - 1] == '}' ? line : s)) return *kind = RCP_INPUT_NINJS, true;
  *kind = RCP_INPUT_JSONL;
  if (!is_line || line.p[line.n - 1] == '}') return s.n > 1 && memchr(s.p, '"', s.n);
  return false;
}

rcp_input rcpi_kind_of(rcp_str head, bool is_whole) {
  rcp_input kind;
  if (rcpi_starts(head, RCPI_S("WARC/"))) return RCP_INPUT_WARC;
  rcp_str s = without_mark(head);
  if (!s.n) return RCP_INPUT_TEXT;
  if ((s.p[0] == '{' || s.p[0] == '[') && json_kind(s, is_whole, &kind)) return kind;
  if (s.p[0] == '<' && is_feed(s)) return RCP_INPUT_FEED;
  return rcpi_page_is_html(s) ? RCP_INPUT_HTML : RCP_INPUT_TEXT;
}
