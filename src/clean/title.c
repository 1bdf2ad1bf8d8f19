/*
 * The title of a flat text: one of the lines above the first prose. A headline says what the text says, so its words
 * recur below; a slogan or a menu does not. Source: counted on gold stories, where the first such line is the title.
 *
 * Known weakness: of title and standfirst without a stop, the standfirst may share more words ("Ce que l'on sait").
 * SPDX-License-Identifier: Apache-2.0
 */
#include "clean/flat.h"

/* The words of the body as bits: one in thirty is found that is not there, which no title hangs on. */
enum { BODY_BITS = 8192, BODY_WORDS = 400 };
typedef struct word_set { uint32_t bits[BODY_BITS / 32]; } word_set;

static void put(word_set *s, uint32_t hash) {
  hash ^= hash >> 15;
  s->bits[hash % BODY_BITS / 32] |= 1u << hash % 32;
}

static bool has(const word_set *s, uint32_t hash) {
  hash ^= hash >> 15;
  return s->bits[hash % BODY_BITS / 32] >> hash % 32 & 1;
}

/* Content words of the line that recur in prose below: a headline says what the text says, a slogan does not. */
static unsigned shared_words(const rcpi_flat *f, const rcpi_line *l, const word_set *body) {
  unsigned n = 0;
  for (size_t i = l->word; i < l->end_word; i++) {
    const rcpi_lword *w = &f->lines.words[i];
    n += !(w->flags & RCPI_LW_FUNCTION) && w->fold.n > 2 && has(body, w->hash);
  }
  return n;
}

static bool may_be_title(const rcpi_flat *f, size_t i) {
  const rcpi_line *l = &f->lines.p[i];
  if (f->judged[i].verdict == RCPI_JUNK || l->n_words < 3 || l->n_words > 40) return false;
  rcp_str s = rcpi_line_str(&f->lines, i);
  return f->judged[i].verdict == RCPI_UNDECIDED || s.p[s.n - 1] != '.';
}

static void body_words(const rcpi_flat *f, word_set *body) {
  size_t n = 0;
  for (size_t i = f->first; i < f->lines.n && n < BODY_WORDS; i++) {
    if (f->judged[i].verdict != RCPI_PROSE) continue;
    for (size_t k = f->lines.p[i].word; k < f->lines.p[i].end_word && n++ < BODY_WORDS; k++) put(body, f->lines.words[k].hash);
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
  word_set body = {{0}};
  body_words(f, &body);
  unsigned best = 0;
  for (size_t i = 0; i < f->lines.n && i <= f->first; i++) {
    bool is_first_prose = i == f->first;
    if (!may_be_title(f, i) || (is_first_prose && (f->title != RCPI_NONE || f->lines.p[i].n_words > 25))) continue;
    unsigned score = shared_words(f, &f->lines.p[i], &body) + (f->lines.p[i].n_words >= 5);
    if (score > best) best = score, f->title = i;
  }
}

/* Where the site's name begins in "Le pont tombe | Le Val": at the last spaced bar or dash; s.n when there is none. */
static size_t suffix_start(rcp_str s) {
  static const char *const marks[] = {" | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " \xC2\xB7 ", " \xE2\x80\xA2 "};
  size_t best = 0;
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    rcp_str mark = rcpi_cstr(marks[i]);
    for (size_t at = 0, k; (k = rcpi_find(rcpi_sub(s, at, s.n), mark)) != RCPI_NONE; at += k + mark.n)
      if (at + k > best) best = at + k;
  }
  return best ? best : s.n;
}

void rcpi_title_of_page(rcpi_flat *f, rcp_article *article) {
  if (article->title.p || !f->lines.n) return;
  rcp_str first = rcpi_line_str(&f->lines, 0);
  size_t best = RCPI_NONE;
  for (size_t i = 1; i < f->lines.n; i++) {
    if (f->lines.p[i].n_words < 3 || !rcpi_starts(first, rcpi_line_str(&f->lines, i))) continue;
    if (best == RCPI_NONE || f->lines.p[i].n_words >= f->lines.p[best].n_words) best = i;
  }
  if (best != RCPI_NONE) {
    f->title = best;
  } else if (f->lines.p[0].n_words >= 3) {
    f->title = RCPI_NONE;
    article->title = rcpi_sub(first, 0, suffix_start(first));
  }
}
