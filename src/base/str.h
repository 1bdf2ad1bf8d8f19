/*
 * str.h - views into text: (pointer, length), never owned, may hold NUL, .p == NULL means "not stated".
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_BASE_STR_H
#define RCPI_BASE_STR_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "recoupe.h"

/* Half-open byte range of an article's text. */
typedef struct rcpi_span { uint32_t beg, end; } rcpi_span;

#define RCPI_S(literal) ((rcp_str){(literal), sizeof(literal) - 1})
/* for "%.*s" */
#define RCPI_P(s) (int)(s).n, (s).p ? (s).p : ""

static inline rcp_str rcpi_cstr(const char *p) { return (rcp_str){p, p ? strlen(p) : 0}; }
/* Of what is not stated, nothing: NULL + 0 is no address in C11. */
static inline rcp_str rcpi_sub(rcp_str s, size_t beg, size_t end) { return (rcp_str){s.p ? s.p + beg : s.p, end - beg}; }
static inline rcp_str rcpi_at(rcp_str text, rcpi_span at) { return rcpi_sub(text, at.beg, at.end); }
static inline bool rcpi_eq(rcp_str a, rcp_str b) { return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0); }
static inline bool rcpi_is(rcp_str a, const char *b) { return rcpi_eq(a, rcpi_cstr(b)); }
static inline bool rcpi_starts(rcp_str s, rcp_str with) { return s.n >= with.n && memcmp(s.p, with.p, with.n) == 0; }
static inline bool rcpi_ends(rcp_str s, rcp_str with) { return s.n >= with.n && memcmp(s.p + s.n - with.n, with.p, with.n) == 0; }
static inline bool rcpi_overlaps(rcpi_span a, rcpi_span b) { return a.beg < b.end && b.beg < a.end; }
static inline bool rcpi_within(rcpi_span inner, rcpi_span outer) { return inner.beg >= outer.beg && inner.end <= outer.end; }

#define RCPI_NONE SIZE_MAX
/* Byte offset of the first `what` in s, or RCPI_NONE. */
size_t rcpi_find(rcp_str s, rcp_str what);
size_t rcpi_find_char(rcp_str s, char c);
/* What stands behind the last slash of a path. */
rcp_str rcpi_file_name(rcp_str path);
/* Bytewise, shorter first among equals: an order that no locale changes. */
int rcpi_cmp(rcp_str a, rcp_str b);
/* Without ASCII white space and no-break spaces (U+00A0, U+202F, U+FEFF) at both ends. */
rcp_str rcpi_trim(rcp_str s);
/* ASCII letters only are compared without regard to case. */
bool rcpi_eq_nocase(rcp_str a, rcp_str b);
/* Takes the next line off `rest` (without its \n or \r\n); false when nothing is left. */
bool rcpi_next_line(rcp_str *rest, rcp_str *line);
/* Takes the text up to `sep` off `rest`; false when nothing is left. */
bool rcpi_next_field(rcp_str *rest, char sep, rcp_str *field);
/* Decimal digits only; false on anything else or overflow. */
bool rcpi_parse_u32(rcp_str s, uint32_t *out);
/* [-]digits[.digits] with a point, whatever the locale. */
bool rcpi_parse_double(rcp_str s, double *out);

static inline bool rcpi_is_digit(unsigned char c) { return c >= '0' && c <= '9'; }
static inline bool rcpi_is_alpha(unsigned char c) { return (unsigned char)((c | 32) - 'a') < 26; }
static inline bool rcpi_is_space(unsigned char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline unsigned char rcpi_lower(unsigned char c) { return (unsigned char)(c - 'A') < 26 ? (unsigned char)(c | 32) : c; }

#endif
