/*
 * said.h - a text as the clauses that attribution makes of it, one a line, for tests that read as examples.
 *
 * "R le maire [a dit que] = Paul Noël| le pont est fermé" : mode (Asserted, Quoted, Reported, Conditional; a small letter
 * when the clause only says who speaks), the innermost source, its cue, the fuller name, the words.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TESTS_SAID_H
#define TESTS_SAID_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/buf.h"
#include "mark/attrib.h"
#include "mark/gram.h"
#include "mark/quantity.h"

static inline void add_words(rcpi_buf *b, const rcpi_text *t, rcpi_tokens at) {
  rcpi_span s = rcpi_tokens_span(t, at.token, at.end_token);
  rcpi_buf_add(b, rcpi_at(t->s, s));
}

static inline void add_clause(rcpi_buf *b, const rcpi_text *t, const rcpi_marks *marks, rcpi_clause c) {
  rcpi_attribution said = rcpi_attrib_of(t, marks, c.at);
  rcpi_buf_addc(b, c.is_frame_only ? "aqrc"[said.mode] : "AQRC"[said.mode]);
  if (said.n_frames) {
    const rcpi_frame *f = &marks->frames[said.frames[said.n_frames - 1]];
    rcpi_buf_addc(b, ' ');
    add_words(b, t, f->source);
    rcpi_buf_adds(b, " [");
    add_words(b, t, f->cue);
    rcpi_buf_addc(b, ']');
    if (rcpi_tokens_any(f->resolved)) rcpi_buf_adds(b, " = "), add_words(b, t, f->resolved);
    if (f->is_anonymous) rcpi_buf_adds(b, " anonymous");
  }
  rcpi_buf_adds(b, "| ");
  add_words(b, t, c.at);
  rcpi_buf_addc(b, '\n');
}

/* The clauses of a text (no title), into out. */
static inline void said(const char *tag, const char *text, char *out, size_t size) {
  rcpi_arena a;
  rcpi_langs langs;
  rcp_article article = {.text = rcpi_cstr(text)};
  rcpi_text t;
  rcpi_marks marks = {.n_frames = 0};
  rcpi_buf b;
  rcpi_arena_init(&a);
  rcpi_buf_init(&b);
  RCPI_GUARD(&a) {
    assert_int_equal(rcpi_langs_load(&a, NULL, &langs, NULL), RCP_OK);
    article.lang = rcpi_lang_by_tag(&langs, rcpi_cstr(tag));
    rcpi_text_split(&a, &article, &t);
    rcpi_attrib_find(&a, &t, &marks);
    rcpi_quantities_find(&a, &t, &marks);
    rcpi_clause *clauses;
    size_t n = rcpi_attrib_clauses(&a, &t, &marks, &clauses);
    for (size_t i = 0; i < n; i++) add_clause(&b, &t, &marks, clauses[i]);
  }
  assert_true(b.len < size);
  memcpy(out, b.p ? b.p : "", b.len + 1);
  rcpi_buf_release(&b);
  rcpi_arena_release(&a);
}

#define SAYS(tag, text, want) do { char got[4000]; said((tag), (text), got, sizeof got); assert_string_equal(got, (want)); } while (0)

#endif
