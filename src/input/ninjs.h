/*
 * ninjs.h - news items in JSON as the IPTC defines them: ninjs 1.x, 2.x and 3.x.
 *
 * The generations name the same things differently (headline and body_text; headlines, bodies and infosources; in camel case
 * infoSources), so each is looked for in all its forms, the newest first.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_INPUT_NINJS_H
#define RCPI_INPUT_NINJS_H

#include "base/json.h"
#include "input/article.h"

typedef struct rcpi_ninjs { RCPI_VEC(const rcpi_value *) items; } rcpi_ninjs;

/*
 * The items that may be articles: of one item, of an array of them, or of an object that holds such an array; items inside a
 * composite too. Pictures, films, events and plans are passed over. In `a`; false when it is no JSON: *message, *offset.
 */
bool rcpi_ninjs_read(rcpi_arena *a, rcp_str text, rcpi_ninjs *out, const char **message, size_t *offset);

/* An item as an article as found; `article->source` is the caller's. False: it has neither body, description nor headline. */
bool rcpi_ninjs_article(const rcpi_value *item, rcp_article *article);

#endif
