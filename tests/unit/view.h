/* view.h - for tests: a dossier laid down by hand. SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_VIEW_H
#define TESTS_VIEW_H

#include "dossier/view.h"

enum { VIEW_MOST = 8 };

typedef struct view_fixture {
  rcp_engine *engine;
  rcp_dossier d;
  rcp_article articles[VIEW_MOST];
  rcpi_telling tellings[VIEW_MOST];
  rcpi_view view;
} view_fixture;

/* Articles in order of source, each "published|publisher|text"; an empty part is not stated. */
static inline void view_open(view_fixture *f, const char *const *articles, size_t n) {
  rcp_options options;
  rcp_options_init(&options);
  *f = (view_fixture){.engine = NULL};
  rcpi_arena_init(&f->d.arena);
  if (rcp_engine_new(&options, &f->engine, NULL)) return;
  f->d.engine = f->engine;
  f->d.lead = UINT32_MAX;
  f->d.story.tellings = f->tellings;
  f->d.story.n_tellings = n;
  for (size_t i = 0; i < n; i++) {
    rcp_str rest = rcpi_cstr(articles[i]), published, publisher;
    rcpi_next_field(&rest, '|', &published);
    rcpi_next_field(&rest, '|', &publisher);
    f->articles[i].source = rcpi_printf(&f->d.arena, "dir/%zu.txt", i);
    if (published.n) f->articles[i].published = published;
    if (publisher.n) f->articles[i].publisher = publisher;
    f->articles[i].text = rest;
    f->tellings[i].article = &f->articles[i];
    rcpi_text_split(&f->d.arena, &f->articles[i], &f->tellings[i].text);
  }
}

static inline void view_close(view_fixture *f) {
  rcpi_arena_release(&f->d.arena);
  rcp_engine_free(f->engine);
}

/* Words of a telling as an appearance. */
static inline rcpi_appearance view_appearance(const view_fixture *f, uint32_t telling, const char *words, rcpi_mode mode) {
  const rcpi_text *t = &f->tellings[telling].text;
  size_t at = rcpi_find(t->s, rcpi_cstr(words));
  uint32_t beg = (uint32_t)rcpi_token_at(t, (uint32_t)at), end = beg;
  while (end < t->n_tokens && t->tokens[end].beg < at + strlen(words)) end++;
  return (rcpi_appearance){.telling = telling, .at = {beg, end}, .said = {.mode = mode}};
}

static inline rcpi_value_at view_value(const view_fixture *f, uint32_t telling, const char *words, const char *norm) {
  size_t at = rcpi_find(f->articles[telling].text, rcpi_cstr(words));
  return (rcpi_value_at){telling, {(uint32_t)at, (uint32_t)(at + strlen(words))}, rcpi_cstr(norm)};
}

#endif
