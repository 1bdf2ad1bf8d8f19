/*
 * The problem: "why are these two together?" has an answer in numbers that nobody has seen, and the words behind them.
 *
 * The idea: tell what was compared. For each of the two: how alike it is, on average, to the others of its story, what was
 * asked of it, and the one it is most like, as articles often come together by a third. For both: the words that they share,
 * by how much of their likeness each makes up, and the weightiest that only one has. For articles of two stories, what the
 * stories have in common and what would be asked for to make them one.
 *
 * Cost: the window once; after a final look, that look once more.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "story/explain.h"

#include <stdlib.h>

enum { SHARED = 12, ALONE = 6 };

static const double SCALE = 1.0 / ((double)RCPI_TERM_ONE * RCPI_TERM_ONE);

uint32_t rcpi_grouping_find(const rcpi_grouping *g, rcp_str id) {
  for (uint32_t i = g->n_read; i-- > rcpi_grouping_floor(g);)
    if (rcpi_eq(rcpi_grouping_member(g, i)->id, id)) return i;
  return RCPI_NO_ARTICLE;
}

/* ------------------------------------------------------------------------------------------------------------ words */

typedef struct met { uint32_t term; rcp_str word; } met;
typedef struct words { rcpi_arena *arena; met *p; size_t n, cap; } words;

static void see_word(void *with, uint32_t term, rcp_str word) {
  words *w = with;
  rcpi_push(w->arena, w, ((met){term, word}));
}

static int by_term(const void *x, const void *y) {
  const met *a = x, *b = y;
  if (a->term != b->term) return a->term < b->term ? -1 : 1;
  return (a->word.p > b->word.p) - (a->word.p < b->word.p);
}

static words words_of(rcpi_grouping *g, rcpi_arena *a, const rcp_article *article) {
  words w = {.arena = a};
  rcpi_terms_words(g->terms, a, article, see_word, &w);
  if (w.n) qsort(w.p, w.n, sizeof *w.p, by_term);
  return w;
}

static rcp_str word_of(const words *w, uint32_t term) {
  size_t low = 0, high = w->n;
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (w->p[mid].term < term) low = mid + 1;
    else high = mid;
  }
  return low < w->n && w->p[low].term == term ? w->p[low].word : RCPI_S("");
}

static int by_share(const void *x, const void *y) {
  const rcp_story_word *a = x, *b = y;
  if (a->share != b->share) return a->share > b->share ? -1 : 1;
  return rcpi_cmp(a->a, b->a);
}

/* Shared terms with the share of the likeness that is theirs, and the weightiest of x alone and y alone. */
static void tell_words(rcpi_arena *a, const words *wx, const rcpi_outline *x, const words *wy, const rcpi_outline *y, rcp_story_reason *out) {
  rcp_story_word *both = rcpi_array(a, rcp_story_word, x->n_terms), *only_x = rcpi_array(a, rcp_story_word, x->n_terms),
                 *only_y = rcpi_array(a, rcp_story_word, y->n_terms);
  size_t i = 0, j = 0, n = 0, nx = 0, ny = 0;
  while (i < x->n_terms || j < y->n_terms) {
    const rcpi_term *p = i < x->n_terms ? &x->terms[i] : NULL, *q = j < y->n_terms ? &y->terms[j] : NULL;
    if (p && q && p->term == q->term) {
      both[n++] = (rcp_story_word){word_of(wx, p->term), word_of(wy, q->term), (double)p->weight * q->weight * SCALE};
      i++, j++;
    } else if (p && (!q || p->term < q->term)) {
      only_x[nx++] = (rcp_story_word){word_of(wx, p->term), RCPI_S(""), (double)p->weight * p->weight * SCALE};
      i++;
    } else {
      only_y[ny++] = (rcp_story_word){RCPI_S(""), word_of(wy, q->term), (double)q->weight * q->weight * SCALE};
      j++;
    }
  }
  qsort(both, n, sizeof *both, by_share);
  qsort(only_x, nx, sizeof *only_x, by_share);
  qsort(only_y, ny, sizeof *only_y, by_share);
  out->shared = both, out->n_shared = n < SHARED ? n : SHARED;
  out->only_a = only_x, out->n_only_a = nx < ALONE ? nx : ALONE;
  out->only_b = only_y, out->n_only_b = ny < ALONE ? ny : ALONE;
}

/* ---------------------------------------------------------------------------------------------------------- figures */

typedef struct sight { rcpi_grouping *g; const rcpi_outline *outlines; uint32_t floor; rcpi_pool *pool; } sight;

static rcpi_total total_of(const sight *s, uint32_t number) {
  rcpi_total t = {.n_articles = 0};
  rcpi_total_add_article(s->pool, &t, &s->outlines[number - s->floor]);
  return t;
}

/* All articles of a story in the window but one. */
static rcpi_total rest_of(const sight *s, uint32_t story, uint32_t but) {
  rcpi_total t = {.n_articles = 0};
  for (uint32_t i = s->floor; i < s->g->n_read; i++)
    if (i != but && rcpi_grouping_member(s->g, i)->story == story) rcpi_total_add_article(s->pool, &t, &s->outlines[i - s->floor]);
  return t;
}

static void tell_side(const sight *s, uint32_t number, rcp_story_side *out) {
  uint32_t story = rcpi_grouping_member(s->g, number)->story;
  rcpi_total self = total_of(s, number), rest = rest_of(s, story, number);
  out->n_articles = rest.n_articles + 1;
  if (!rest.n_articles) return;
  out->likeness = rcpi_total_likeness(&self, &rest);
  out->needed = rcpi_total_needed(&self, &rest);
  for (uint32_t i = s->floor; i < s->g->n_read; i++) {
    if (i == number || rcpi_grouping_member(s->g, i)->story != story) continue;
    rcpi_total other = total_of(s, i);
    double like = rcpi_total_likeness(&self, &other);
    if (!out->nearest.p || like > out->nearest_likeness) out->nearest = rcpi_grouping_member(s->g, i)->id, out->nearest_likeness = like;
    rcpi_total_release(s->pool, &other);
  }
}

static void tell_pair(const sight *s, uint32_t x, uint32_t y, rcp_story_reason *out) {
  uint32_t story_x = rcpi_grouping_member(s->g, x)->story, story_y = rcpi_grouping_member(s->g, y)->story;
  rcpi_total a = total_of(s, x), b = total_of(s, y);
  out->is_one = story_x == story_y;
  out->likeness = rcpi_total_likeness(&a, &b);
  out->time = rcpi_total_time(&a, &b);
  out->days = a.first_day == RCPI_NO_DAY || b.first_day == RCPI_NO_DAY ? -1 : (int)labs((long)a.first_day - (long)b.first_day);
  if (out->is_one) return;
  rcpi_total all_a = rest_of(s, story_x, RCPI_NO_ARTICLE), all_b = rest_of(s, story_y, RCPI_NO_ARTICLE);
  out->between = rcpi_total_likeness(&all_a, &all_b);
  out->needed = rcpi_total_needed(&all_a, &all_b);
}

void rcpi_grouping_explain(rcpi_grouping *g, rcpi_arena *a, const rcp_article *x, uint32_t number_x, const rcp_article *y,
                           uint32_t number_y, rcp_story_reason *out) {
  rcpi_pool pool = {.arena = a};
  sight s = {g, rcpi_grouping_outlines(g, a), rcpi_grouping_floor(g), &pool};
  words wx = words_of(g, a, x), wy = words_of(g, a, y);
  tell_pair(&s, number_x, number_y, out);
  tell_side(&s, number_x, &out->side_a);
  tell_side(&s, number_y, &out->side_b);
  tell_words(a, &wx, &s.outlines[number_x - s.floor], &wy, &s.outlines[number_y - s.floor], out);
}
