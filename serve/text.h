/*
 * text.h - bytes that grow, and how foreign words get into them: escaped for HTML, for a path, for JSON.
 *
 * Sticky: after a failed allocation nothing more is added and `failed` stays true, so a writer looks once, at the end.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RECOUPE_SERVE_TEXT_H
#define RECOUPE_SERVE_TEXT_H

#include <recoupe.h>
#include <string.h>

typedef struct serve_text { char *p; size_t n, cap; bool failed; } serve_text;

#define SERVE_S(literal) ((rcp_str){(literal), sizeof(literal) - 1})
static inline rcp_str serve_str(const char *p) { return (rcp_str){p, p ? strlen(p) : 0}; }
static inline bool serve_eq(rcp_str a, const char *b) { return a.n == strlen(b) && (!a.n || !memcmp(a.p, b, a.n)); }

void serve_text_release(serve_text *t);
void serve_add(serve_text *t, rcp_str s);
void serve_adds(serve_text *t, const char *s);
void serve_addf(serve_text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* As text or the value of a quoted attribute. */
void serve_escape(serve_text *t, rcp_str s);
/* As one segment of a path: nothing in it is a separator, a suffix or a step up. */
void serve_segment(serve_text *t, rcp_str s);
/* As a JSON string; null when not stated. */
void serve_json(serve_text *t, rcp_str s);

#endif
