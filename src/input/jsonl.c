/*
 * One pass over the line: strings are scanned sixteen bytes at a time for what ends or escapes them; values that no field
 * asks for are checked and skipped, nesting on a stack of bits. Any doubt makes the scan give up, and jansson reads the
 * line from its start; tests/unit/test_jsonl.c holds the two together on whole and on broken records.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "input/jsonl.h"

#include "base/json.h"
#include "base/utf8.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { MAX_NESTING = 63, MAX_DIGITS = 17 };

typedef struct scanner { rcpi_arena *a; const char *p, *end; bool trusts_text; } scanner;

static void skip_space(scanner *s) {
  while (s->p < s->end && (*s->p == ' ' || *s->p == '\t' || *s->p == '\r' || *s->p == '\n')) s->p++;
}

static bool take(scanner *s, char c) {
  if (s->p >= s->end || *s->p != c) return false;
  s->p++;
  return true;
}

/* --------------------------------------------------------------------------------------------------------- strings */

/* First byte from p that is a quotation mark, a backslash or below a space; end when there is none. */
static const char *find_special(const char *p, const char *end) {
#if defined(__SSE2__)
  for (; end - p >= 16; p += 16) {
    __m128i x = _mm_loadu_si128((const __m128i *)p);
    __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(x, _mm_set1_epi8(0x1F)), x);
    __m128i mark = _mm_or_si128(_mm_cmpeq_epi8(x, _mm_set1_epi8('"')), _mm_cmpeq_epi8(x, _mm_set1_epi8('\\')));
    int found = _mm_movemask_epi8(_mm_or_si128(low, mark));
    if (found) return p + __builtin_ctz((unsigned)found);
  }
#endif
  while (p < end && (unsigned char)*p >= 0x20 && *p != '"' && *p != '\\') p++;
  return p;
}

static bool hex4(const char *p, const char *end, uint32_t *out) {
  if (end - p < 4) return false;
  uint32_t v = 0;
  for (int i = 0; i < 4; i++) {
    unsigned char c = (unsigned char)p[i], low = rcpi_lower(c);
    if (!rcpi_is_digit(c) && !(low >= 'a' && low <= 'f')) return false;
    v = v << 4 | (uint32_t)(rcpi_is_digit(c) ? c - '0' : low - 'a' + 10);
  }
  *out = v;
  return true;
}

/* A \u escape, behind its u; two where it takes two. */
static bool unescape_unicode(scanner *s, char **out) {
  uint32_t cp, low;
  if (!hex4(s->p, s->end, &cp) || cp == 0 || (cp >= 0xDC00 && cp < 0xE000)) return false;
  s->p += 4;
  if (cp >= 0xD800 && cp < 0xDC00) {
    if (s->end - s->p < 6 || s->p[0] != '\\' || s->p[1] != 'u' || !hex4(s->p + 2, s->end, &low)) return false;
    if (low < 0xDC00 || low >= 0xE000) return false;
    cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
    s->p += 6;
  }
  *out += rcpi_utf8_put(cp, *out);
  return true;
}

static bool unescape(scanner *s, char **out) {
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  if (s->p >= s->end) return false;
  char c = *s->p++;
  if (c == 'u') return unescape_unicode(s, out);
  const char *at = c ? strchr(from, c) : NULL;
  if (!at) return false;
  *(*out)++ = to[at - from];
  return true;
}

/* The rest of a string in which an escape stands at s->p; `beg` is where the string begins. */
static bool read_escaped(scanner *s, const char *beg, rcp_str *out) {
  /* an escape is never shorter than what it stands for, so what is left of the line is room enough; the end is cut off */
  const char *close = s->p;
  while (close < s->end && *close != '"') close = find_special(close + (*close == '\\' ? 2 : 1), s->end);
  if (close >= s->end) return false;
  char *room = rcpi_alloc(s->a, (size_t)(close - beg) + RCPI_RECORD_PADDING, 1), *w = room;
  const char *from = beg;
  for (;;) {
    size_t n = (size_t)(s->p - from);
    memcpy(w, from, n);
    w += n;
    if (s->p >= s->end || (unsigned char)*s->p < 0x20) return false;
    if (*s->p++ == '"') break;
    if (!unescape(s, &w)) return false;
    from = s->p;
    s->p = find_special(s->p, s->end);
  }
  *out = (rcp_str){room, (size_t)(w - room)};
  return true;
}

/* s->p is behind the opening mark. */
static bool read_string(scanner *s, bool is_trusted, rcp_str *out) {
  const char *beg = s->p;
  s->p = find_special(s->p, s->end);
  if (s->p >= s->end || (unsigned char)*s->p < 0x20) return false;
  if (*s->p == '"') *out = (rcp_str){beg, (size_t)(s->p++ - beg)};
  else if (!read_escaped(s, beg, out)) return false;
  return is_trusted || rcpi_utf8_valid(*out);
}

/* ---------------------------------------------------------------------------------------------------- other values */

static size_t digits(scanner *s) {
  const char *beg = s->p;
  while (s->p < s->end && rcpi_is_digit((unsigned char)*s->p)) s->p++;
  return (size_t)(s->p - beg);
}

/* Plain numbers only: one with an exponent or many digits may overflow, on which jansson has rules of its own. */
static bool skip_number(scanner *s) {
  take(s, '-');
  bool has_zero = s->p < s->end && *s->p == '0';
  size_t n = digits(s);
  if (n == 0 || n > MAX_DIGITS || (has_zero && n > 1)) return false;
  if (take(s, '.')) {
    n = digits(s);
    if (n == 0 || n > MAX_DIGITS) return false;
  }
  return s->p >= s->end || (*s->p != 'e' && *s->p != 'E');
}

static bool skip_word(scanner *s, const char *word) {
  size_t n = strlen(word);
  if ((size_t)(s->end - s->p) < n || memcmp(s->p, word, n) != 0) return false;
  s->p += n;
  return true;
}

static bool skip_scalar(scanner *s) {
  rcp_str ignored;
  if (s->p >= s->end) return false;
  switch (*s->p) {
    case '"':
      s->p++;
      return read_string(s, false, &ignored);
    case 't': return skip_word(s, "true");
    case 'f': return skip_word(s, "false");
    case 'n': return skip_word(s, "null");
    default: return skip_number(s);
  }
}

/* A key and its colon. */
static bool skip_key(scanner *s) {
  rcp_str ignored;
  skip_space(s);
  if (!take(s, '"') || !read_string(s, false, &ignored)) return false;
  skip_space(s);
  return take(s, ':');
}

/* Any value, however nested. Bit 0 of `kinds` says whether the innermost open bracket is an object's. */
static bool skip_value(scanner *s) {
  uint64_t kinds = 0;
  unsigned depth = 0;
  for (;;) {
    skip_space(s);
    bool is_object = s->p < s->end && *s->p == '{', opens = is_object || (s->p < s->end && *s->p == '[');
    if (opens) {
      s->p++;
      if (depth++ == MAX_NESTING) return false;
      kinds = kinds << 1 | is_object;
      skip_space(s);
      if (!take(s, is_object ? '}' : ']')) {
        if (is_object && !skip_key(s)) return false;
        continue;
      }
      depth--;
      kinds >>= 1;
    } else if (!skip_scalar(s)) {
      return false;
    }
    for (;;) {
      if (depth == 0) return true;
      skip_space(s);
      if (take(s, ',')) break;
      if (!take(s, kinds & 1 ? '}' : ']')) return false;
      depth--;
      kinds >>= 1;
    }
    if ((kinds & 1) && !skip_key(s)) return false;
  }
}

/* --------------------------------------------------------------------------------------------------------- records */

static const struct { rcp_str key; size_t at; } fields[] = {
    {{"id", 2}, offsetof(rcpi_record, id)},               {{"url", 3}, offsetof(rcpi_record, url)},
    {{"title", 5}, offsetof(rcpi_record, title)},         {{"text", 4}, offsetof(rcpi_record, text)},
    {{"html", 4}, offsetof(rcpi_record, html)},           {{"published", 9}, offsetof(rcpi_record, published)},
    {{"publisher", 9}, offsetof(rcpi_record, publisher)}, {{"byline", 6}, offsetof(rcpi_record, byline)},
    {{"language", 8}, offsetof(rcpi_record, language)},
};

static rcp_str *field_of(rcpi_record *record, rcp_str key) {
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
    if (rcpi_eq(fields[i].key, key)) return (rcp_str *)((char *)record + fields[i].at);
  return NULL;
}

static bool read_member(scanner *s, rcpi_record *out) {
  skip_space(s);
  if (!take(s, '"')) return false;
  const char *beg = s->p;
  s->p = find_special(s->p, s->end);
  rcp_str key = {beg, (size_t)(s->p - beg)};
  if (!take(s, '"') || !rcpi_utf8_valid(key)) return false;
  skip_space(s);
  if (!take(s, ':')) return false;
  skip_space(s);
  rcp_str *field = field_of(out, key);
  if (!field) return skip_value(s);
  if (take(s, '"')) return read_string(s, s->trusts_text && field == &out->text, field);
  *field = (rcp_str){NULL, 0};
  return skip_value(s);
}

static bool scan_record(scanner *s, rcpi_record *out) {
  skip_space(s);
  if (!take(s, '{')) return false;
  skip_space(s);
  if (!take(s, '}')) {
    do {
      if (!read_member(s, out)) return false;
      skip_space(s);
    } while (take(s, ','));
    if (!take(s, '}')) return false;
  }
  skip_space(s);
  return s->p == s->end;
}

static bool parse_record(rcpi_arena *a, rcp_str line, rcpi_record *out, const char **message, size_t *offset) {
  const rcpi_value *record = rcpi_json_parse(a, line, message, offset);
  if (record && !rcpi_json_is_object(record)) {
    *message = "not an object";
    *offset = 0;
    return false;
  }
  if (!record) return false;
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    rcp_str s = rcpi_json_text(rcpi_json_get(record, fields[i].key.p)), *field = field_of(out, fields[i].key);
    *field = s;
    if (!s.p) continue;
    char *room = rcpi_alloc(a, s.n + RCPI_RECORD_PADDING, 1);
    memcpy(room, s.p, s.n);
    field->p = room;
  }
  return true;
}

bool rcpi_jsonl_read(rcpi_arena *a, rcp_str line, bool trusts_text, rcpi_record *out, const char **message, size_t *offset) {
  scanner s = {a, line.p, line.p + line.n, trusts_text};
  *out = (rcpi_record){.id = {NULL, 0}};
  if (scan_record(&s, out)) return true;
  *out = (rcpi_record){.id = {NULL, 0}};
  return parse_record(a, line, out, message, offset);
}
