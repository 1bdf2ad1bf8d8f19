/*
 * The title of a flat text: one of the lines above the first prose. A headline says what the text says, so its words
 * recur below; a slogan or a menu does not. Source: counted on gold stories, where the first such line is the title.
 *
 * Known weakness: of title and standfirst without a stop, the standfirst may share more words ("Ce que l'on sait").
 * SPDX-License-Identifier: Apache-2.0
 */
#include "clean/flat.h"

/* Content words of the line that recur in prose below: a headline says what the text says, a slogan does not. */
static unsigned shared_words(const rcpi_flat *f, const rcpi_line *l, const rcpi_map *body) {
  unsigned n = 0;
  for (size_t i = l->word; i < l->end_word; i++) {
    const rcpi_lword *w = &f->lines.words[i];
    n += !(w->flags & RCPI_LW_FUNCTION) && w->fold.n > 2 && rcpi_map_get(body, w->fold);
  }
  return n;
}

static bool may_be_title(const rcpi_flat *f, size_t i) {
  const rcpi_line *l = &f->lines.p[i];
  if (f->judged[i].verdict == RCPI_JUNK || l->n_words < 3 || l->n_words > 40) return false;
  rcp_str s = rcpi_line_str(&f->lines, i);
  return f->judged[i].verdict == RCPI_UNDECIDED || s.p[s.n - 1] != '.';
}

static void body_words(const rcpi_flat *f, rcpi_map *body) {
  for (size_t i = f->first; i < f->lines.n; i++) {
    if (f->judged[i].verdict != RCPI_PROSE) continue;
    for (size_t k = f->lines.p[i].word; k < f->lines.p[i].end_word; k++) rcpi_map_put(f->a, body, f->lines.words[k].fold, 0, NULL);
  }
}

static void stated(rcpi_flat *f, rcp_str title) {
  for (size_t i = 0; i < f->lines.n && i <= f->first && f->title == RCPI_NONE; i++)
    if (rcpi_eq(rcpi_line_str(&f->lines, i), title)) f->title = i;
}

void rcpi_title_find(rcpi_flat *f, const rcp_article *article) {
  f->title = RCPI_NONE;
  if (article->title.p) stated(f, article->title);
  if (f->title != RCPI_NONE || article->has_record_title) return;
  rcpi_map body = {0};
  body_words(f, &body);
  unsigned best = 0;
  for (size_t i = 0; i < f->lines.n && i <= f->first; i++) {
    bool is_first_prose = i == f->first;
    if (!may_be_title(f, i) || (is_first_prose && (f->title != RCPI_NONE || f->lines.p[i].n_words > 25))) continue;
    unsigned score = shared_words(f, &f->lines.p[i], &body) + (f->lines.p[i].n_words >= 5);
    if (score > best) best = score, f->title = i;
  }
}
