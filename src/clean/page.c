/*
 * A whole page as lines: menus, teasers and comments around one article, most lines short, no tags left to tell them by.
 * Each line is asked, as html_choose.c asks the lines of a page with tags: what is seen of it (page_features.c) is weighed by a
 * sum of small trees. One look is not enough, because what a line is hangs on what its neighbours are: a heading is one when
 * own words follow. So a second look sees the odds that the first gave to the lines around. The choice is the set of lines whose
 * expected F1 is best; then gaps of a few lines in it are closed, unless one of them says that it is furniture: a subheading or a
 * short answer that is left out breaks the text, and a reader of one line more loses little.
 *
 * Which texts are whole pages is told from their lines alone: many, and most of them no prose.
 *
 * Before it stood rules: the stretch of lines with the best sum of prose, .900 on the flattened lines of wcxb-articles.
 * One set of mostly English pages was all
 * there is to fit on; no feature is a word, so what it knows of other languages is what their tables say.
 * Fivefold by site .932, without closing gaps .930 (bench/extraction/fit_page.py); the second look is the mean of two fits.
 * Cost: 630 trees a line in two looks, half a millisecond for an ordinary page.
 * Known weakness: an article that is a list of products with prices, two articles on one page.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "clean/flat.h"

#include "clean/page_features.h"
#include "clean/page_model.h"

enum { PAGE_LINES = 40, LINE_BYTES = 6, LEAST_CUT = 100, MOST_CUT = 600, FEW_WORDS = 30, GAP = 3 };

bool rcpi_page_is_whole(const rcpi_flat *f) {
  size_t n_prose = 0;
  for (size_t i = 0; i < f->lines.n; i++) n_prose += f->judged[i].verdict == RCPI_PROSE;
  return f->lines.n >= PAGE_LINES && n_prose * 2 < f->lines.n;
}

/* The odds of each line, and from where on they are enough. */
static uint16_t *look(const rcpi_flat *f, uint16_t *cut, double *expected) {
  rcpi_page_features features;
  uint16_t *odds = rcpi_array(f->a, uint16_t, f->lines.n);
  uint32_t *bytes = rcpi_array(f->a, uint32_t, f->lines.n);
  rcpi_page_features_of(f, &features);
  rcpi_trees_odds(f->a, &rcpi_page_first_look, features.rows, RCPI_N_PAGE_ALL, f->lines.n, odds);
  rcpi_page_look_again(f, odds, &features);
  rcpi_trees_odds(f->a, &rcpi_page_second_look, features.rows, RCPI_N_PAGE_ALL, f->lines.n, odds);
  for (size_t i = 0; i < f->lines.n; i++) bytes[i] = f->lines.p[i].at.end - f->lines.p[i].at.beg + LINE_BYTES;
  *cut = rcpi_trees_cut(f->a, odds, bytes, f->lines.n, expected);
  *cut = *cut < LEAST_CUT ? LEAST_CUT : *cut > MOST_CUT ? MOST_CUT : *cut;
  return odds;
}

/* Where next to nothing was chosen, all lines of prose are: a strange page gives its text and not nothing. */
static bool has_enough(const rcpi_flat *f, const uint16_t *odds, uint16_t cut) {
  size_t n = 0;
  for (size_t i = 0; i < f->lines.n; i++) n += odds[i] >= cut ? f->lines.p[i].n_words : 0;
  return n >= FEW_WORDS;
}

/* Lines from..end stand between own ones: are they, with a third of the odds that others need? */
static bool closes(const rcpi_flat *f, const uint16_t *odds, uint16_t cut, size_t from, size_t end) {
  uint32_t sum = 0;
  for (size_t i = from; i < end; i++) {
    if (f->judged[i].verdict == RCPI_JUNK) return false;
    sum += odds[i];
  }
  return sum * 3 > cut * (uint32_t)(end - from);
}

static void close_gaps(const rcpi_flat *f, uint16_t *odds, uint16_t cut) {
  size_t last = RCPI_NONE;
  for (size_t i = 0; i < f->lines.n; i++) {
    if (odds[i] < cut) continue;
    size_t from = last == RCPI_NONE ? i : last + 1;
    if (i - from <= GAP && closes(f, odds, cut, from, i))
      for (size_t k = from; k < i; k++) odds[k] = cut;
    last = i;
  }
}

void rcpi_page_lines(rcpi_flat *f, rcp_article *article) {
  uint16_t cut, *odds;
  rcpi_mark scratch = rcpi_arena_mark(f->a);
  odds = look(f, &cut, &article->confidence);
  bool is_chosen = has_enough(f, odds, cut);
  close_gaps(f, odds, cut);
  article->step = is_chosen ? "lines" : "all prose";
  f->first = f->last = f->lines.n;
  for (size_t i = 0; i < f->lines.n; i++) {
    bool is_own = is_chosen ? odds[i] >= cut : f->judged[i].verdict == RCPI_PROSE;
    if (i == f->title) continue;
    if (is_own) {
      f->judged[i].verdict = RCPI_PROSE;
      if (f->first == f->lines.n) f->first = i;
      f->last = i;
    } else if (f->judged[i].verdict != RCPI_JUNK) {
      rcpi_judge_as(f, i, f->first == f->lines.n ? RCPI_FURN_NAVIGATION : RCPI_FURN_OTHER);
    }
  }
  rcpi_arena_rewind(f->a, scratch);
}
