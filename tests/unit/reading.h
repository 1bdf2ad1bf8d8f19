/*
 * reading.h - a text of a test as a telling: for tests of marks.
 *
 *     reading r;
 *     READ(&r, "fr", "2024-03-12", "Le maire est venu mardi.") { ... r.telling.marks ... }
 *     reading_end(&r);
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_TEST_READING_H
#define RCPI_TEST_READING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "base/buf.h"
#include "mark/mark.h"

typedef struct reading {
  rcpi_arena a;
  rcpi_langs langs;
  rcp_article article;
  rcpi_telling telling;
} reading;

/* `day`: the article's own; NULL: it states none. */
static inline void reading_read(reading *r, const char *tag, const char *day, const char *text) {
  rcpi_mark_options options = {.story_date = {NULL, 0}};
  assert_int_equal(rcpi_langs_load(&r->a, NULL, &r->langs, NULL), RCP_OK);
  r->article = (rcp_article){.text = rcpi_cstr(text), .published = rcpi_cstr(day), .lang = rcpi_lang_by_tag(&r->langs, rcpi_cstr(tag))};
  rcpi_telling_read(&r->a, &r->article, &options, &r->telling);
}

static inline rcp_str reading_words(const reading *r, rcpi_tokens at) {
  return rcpi_at(r->telling.text.s, rcpi_tokens_span(&r->telling.text, at.token, at.end_token));
}

/* Runs `tell` on the reading of a text, which adds a line for each mark to a buffer; compares it with what is wanted. */
typedef void tell_fn(const reading *r, rcpi_buf *out);
static inline void reading_check(tell_fn *tell, const char *tag, const char *day, const char *text, const char *want) {
  reading r = {.langs = {0}};
  rcpi_buf out;
  rcpi_arena_init(&r.a);
  rcpi_buf_init(&out);
  RCPI_GUARD(&r.a) {
    reading_read(&r, tag, day, text);
    tell(&r, &out);
  }
  rcpi_buf_addc(&out, 0);
  assert_string_equal(out.p, want);
  rcpi_buf_release(&out);
  rcpi_arena_release(&r.a);
}

#endif
