/*
 * A whole page as lines: menus, teasers and comments around one article, most lines short. The article is the stretch
 * that holds most prose: every prose line counts its words, every other line takes something away (more when a rule
 * marks it), and the best sum over neighbouring lines wins, so short gaps are bridged and long ones are not. Inside it,
 * marked lines go, and a short line stays when prose follows soon or stands right above (subheadings, lists).
 *
 * Which texts are whole pages is told from their lines alone: many, and most of them no prose.
 *
 * Costs of 8 and 2 and a count of at most 60 words a line are the best of eight settings tried on the flattened lines of
 * wcxb-articles: shingle F1 .899 where the rules of tellings reach .860 (2026-11).
 * Known weakness: an article that is a list without sentences, comments longer than the article.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "clean/flat.h"

enum { PAGE_LINES = 40, MOST_WORDS = 60, MARKED_COST = 8, OTHER_COST = 2, NEAR = 6 };

bool rcpi_page_is_whole(const rcpi_flat *f) {
  size_t n_prose = 0;
  for (size_t i = 0; i < f->lines.n; i++) n_prose += f->judged[i].verdict == RCPI_PROSE;
  return f->lines.n >= PAGE_LINES && n_prose * 2 < f->lines.n;
}

static int worth(const rcpi_flat *f, size_t i) {
  if (f->judged[i].verdict == RCPI_JUNK) return -MARKED_COST;
  if (f->judged[i].verdict == RCPI_UNDECIDED) return -OTHER_COST;
  return f->lines.p[i].n_words < MOST_WORDS ? f->lines.p[i].n_words : MOST_WORDS;
}

/* Lines [*beg, *end) of the best stretch; empty when there is no prose. */
static void best_stretch(const rcpi_flat *f, size_t *beg, size_t *end) {
  long best = 0, sum = 0;
  size_t start = 0;
  *beg = *end = 0;
  for (size_t i = 0; i < f->lines.n; i++) {
    if (sum <= 0) sum = 0, start = i;
    sum += worth(f, i);
    if (sum > best) best = sum, *beg = start, *end = i + 1;
  }
}

static bool is_near_prose(const rcpi_flat *f, size_t i, size_t beg, size_t end) {
  for (size_t k = i + 1; k < end && k <= i + NEAR; k++)
    if (f->judged[k].verdict == RCPI_PROSE) return true;
  return i > beg && f->judged[i - 1].verdict != RCPI_JUNK && f->lines.p[i].n_words >= 3;
}

void rcpi_page_lines(rcpi_flat *f) {
  size_t beg, end;
  best_stretch(f, &beg, &end);
  for (size_t i = 0; i < f->lines.n; i++) {
    if (f->judged[i].verdict == RCPI_JUNK || i == f->title) continue;
    bool is_inside = i >= beg && i < end;
    if (!is_inside) rcpi_judge_as(f, i, i < beg ? RCPI_FURN_NAVIGATION : RCPI_FURN_OTHER);
    else if (f->judged[i].verdict == RCPI_UNDECIDED && !is_near_prose(f, i, beg, end)) rcpi_judge_as(f, i, RCPI_FURN_OTHER);
  }
  f->first = beg < end ? beg : f->lines.n;
  f->last = beg < end ? end - 1 : f->lines.n;
}
