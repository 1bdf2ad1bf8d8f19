/* story.h - for tests: a story read from texts on the spot. SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_STORY_H
#define TESTS_STORY_H

#include "claim/claim.h"
#include "input/article.h"

enum { STORY_MOST = 8 };

typedef struct story_fixture {
  rcpi_arena a;
  rcpi_langs langs;
  rcp_article articles[STORY_MOST];
  rcpi_story story;
} story_fixture;

/* Tellings of `texts`, each "xx:text" with its language; to be called inside RCPI_GUARD(&f->a). */
static inline void story_read(story_fixture *f, const char *const *texts, size_t n) {
  rcpi_mark_options options = {RCPI_S("2024-03-12"), {NULL, 0}};
  if (rcpi_langs_load(&f->a, NULL, &f->langs, NULL)) return;
  f->story.tellings = rcpi_array(&f->a, rcpi_telling, n);
  f->story.n_tellings = n;
  for (size_t i = 0; i < n; i++) {
    f->articles[i].source = rcpi_printf(&f->a, "%zu.txt", i);
    f->articles[i].text = rcpi_cstr(texts[i] + 3);
    f->articles[i].lang = rcpi_lang_by_tag(&f->langs, rcpi_sub(rcpi_cstr(texts[i]), 0, 2));
    rcpi_telling_read(&f->a, &f->articles[i], &options, &f->story.tellings[i]);
  }
  rcpi_names_group(&f->a, f->story.tellings, n, &f->story.names);
}

static inline rcp_str story_words(const story_fixture *f, const rcpi_appearance *p) {
  const rcpi_text *t = &f->story.tellings[p->telling].text;
  return rcpi_at(t->s, rcpi_tokens_span(t, p->at.token, p->at.end_token));
}

/* Do two places, given by words that stand in them, share a claim? */
static inline bool story_same(const story_fixture *f, uint32_t x, const char *in_x, uint32_t y, const char *in_y) {
  for (size_t i = 0; i < f->story.n_claims; i++) {
    bool has_x = false, has_y = false;
    for (size_t k = 0; k < f->story.claims[i].n_appearances; k++) {
      const rcpi_appearance *p = &f->story.claims[i].appearances[k];
      has_x |= p->telling == x && rcpi_find(story_words(f, p), rcpi_cstr(in_x)) != RCPI_NONE;
      has_y |= p->telling == y && rcpi_find(story_words(f, p), rcpi_cstr(in_y)) != RCPI_NONE;
    }
    if (has_x && has_y) return true;
  }
  return false;
}

/* One claim out of the places where `words` stand, one a telling ("" : not there); the i-th claim of the story. */
static inline void story_add_claim(story_fixture *f, const char *const *words) {
  rcpi_story *s = &f->story;
  rcpi_claim *claims = rcpi_array(&f->a, rcpi_claim, s->n_claims + 1);
  if (s->n_claims) memcpy(claims, s->claims, s->n_claims * sizeof *claims);
  RCPI_VEC(rcpi_appearance) apps = {0};
  for (uint32_t i = 0; i < s->n_tellings; i++) {
    const rcpi_text *t = &s->tellings[i].text;
    size_t at = *words[i] ? rcpi_find(t->s, rcpi_cstr(words[i])) : RCPI_NONE;
    if (at == RCPI_NONE) continue;
    rcpi_tokens tokens = {(uint32_t)rcpi_token_at(t, (uint32_t)at), 0};
    tokens.end_token = tokens.token;
    while (tokens.end_token < t->n_tokens && t->tokens[tokens.end_token].beg < at + strlen(words[i])) tokens.end_token++;
    rcpi_push(&f->a, &apps, (rcpi_appearance){i, tokens, rcpi_attrib_of(t, &s->tellings[i].marks, tokens)});
  }
  claims[s->n_claims++] = (rcpi_claim){.appearances = apps.p, .n_appearances = apps.n};
  s->claims = claims;
}

#endif
