/*
 * The problem: how alike must two groups be to be one story? Reports of a long affair seen from twenty sides are less
 * alike (.19 on average) than reports of two robberies of the same week may be (.30). No fixed likeness serves both: the
 * best one differs by a factor of three from set to set.
 *
 * The idea: compare the likeness between two groups with that inside them. Two groups whose articles are nearly as alike
 * across as within are one; two that are each of a piece and differ from one another are two, even if what they share
 * would do elsewhere. Where a group is too small to know its own cohesion, what is usual stands in: USUAL counts as
 * much as PRIOR pairs of articles.
 *
 * Dates: the likeness falls when days lie between the groups, by half at FREE + HALF days; an undated article loses
 * nothing. A follow-up weeks later is another happening, as readers and the sets judge.
 *
 * SHARE, USUAL, PRIOR, LEAST: docs/stories.md has the figures. Known weakness: one outlet's series on one subject ("live
 * blog, day 3") is as alike as a story.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "story/total.h"

#include <math.h>
#include <stdlib.h>

static const double SHARE = .65;         /* of the cohesion that the likeness between must reach */
static const double USUAL = .15;
static const double PRIOR = 1;
static const double LEAST = .08;         /* likeness that is asked of the loosest story: else it takes in ever more */
enum { FREE = 3, HALF = 10, MOST_TERMS = 4096, KEPT_TERMS = 3072 };

static const double SCALE = 1.0 / ((double)RCPI_TERM_ONE * RCPI_TERM_ONE);

static int by_weight(const void *x, const void *y) {
  const rcpi_term *a = x, *b = y;
  if (a->weight != b->weight) return a->weight > b->weight ? -1 : 1;
  return (a->term > b->term) - (a->term < b->term);
}

static int by_term(const void *x, const void *y) {
  uint32_t a = ((const rcpi_term *)x)->term, b = ((const rcpi_term *)y)->term;
  return (a > b) - (a < b);
}

/* A story of many articles keeps its weightiest terms: the rest is what single articles say aside. */
static void trim(rcpi_total *t) {
  qsort(t->terms, t->n_terms, sizeof *t->terms, by_weight);
  t->n_terms = KEPT_TERMS;
  qsort(t->terms, t->n_terms, sizeof *t->terms, by_term);
  t->squares = rcpi_terms_product(t->terms, t->n_terms, t->terms, t->n_terms);
}

static void add_terms(rcpi_pool *pool, rcpi_total *t, const rcpi_term *terms, size_t n) {
  size_t need = t->n_terms + n, i = 0, j = 0, k = 0;
  rcpi_term *out = rcpi_pool_take(pool, need, sizeof *out);
  while (i < t->n_terms || j < n) {
    if (j == n || (i < t->n_terms && t->terms[i].term < terms[j].term)) out[k++] = t->terms[i++];
    else if (i == t->n_terms || terms[j].term < t->terms[i].term) {
      t->squares += (uint64_t)terms[j].weight * terms[j].weight;
      out[k++] = terms[j++];
    } else {
      t->squares += (uint64_t)terms[j].weight * (terms[j].weight + 2 * (uint64_t)t->terms[i].weight);
      out[k++] = (rcpi_term){terms[j].term, t->terms[i].weight + terms[j].weight};
      i++, j++;
    }
  }
  rcpi_pool_give(pool, t->terms, t->cap, sizeof *out);
  t->terms = out;
  t->n_terms = (uint32_t)k;
  t->cap = (uint32_t)need;
  if (t->n_terms > MOST_TERMS) trim(t);
}

static void add_days(rcpi_total *t, int32_t first, int32_t last) {
  if (first == RCPI_NO_DAY) return;
  bool is_dated = t->first_day != RCPI_NO_DAY;
  if (!is_dated || first < t->first_day) t->first_day = first;
  if (!is_dated || last > t->last_day) t->last_day = last;
}

void rcpi_total_add_article(rcpi_pool *pool, rcpi_total *t, const rcpi_outline *o) {
  if (!t->n_articles) t->first_day = t->last_day = RCPI_NO_DAY;
  add_terms(pool, t, o->terms, o->n_terms);
  add_days(t, o->day, o->day);
  t->n_articles++;
  t->own += rcpi_terms_product(o->terms, o->n_terms, o->terms, o->n_terms);
}

void rcpi_total_add(rcpi_pool *pool, rcpi_total *t, const rcpi_total *other) {
  if (!t->n_articles) t->first_day = t->last_day = RCPI_NO_DAY;
  add_terms(pool, t, other->terms, other->n_terms);
  add_days(t, other->first_day, other->last_day);
  t->n_articles += other->n_articles;
  t->own += other->own;
}

void rcpi_total_release(rcpi_pool *pool, rcpi_total *t) {
  rcpi_pool_give(pool, t->terms, t->cap, sizeof *t->terms);
  *t = (rcpi_total){.terms = NULL};
}

double rcpi_total_time(const rcpi_total *a, const rcpi_total *b) {
  if (a->first_day == RCPI_NO_DAY || b->first_day == RCPI_NO_DAY) return 1;
  int64_t gap = a->first_day > b->last_day ? (int64_t)a->first_day - b->last_day : (int64_t)b->first_day - a->last_day;
  if (gap <= FREE) return 1;
  double over = (double)(gap - FREE) / HALF;
  return 1 / (1 + over * over);
}

double rcpi_total_likeness(const rcpi_total *a, const rcpi_total *b) {
  double sum = (double)rcpi_terms_product(a->terms, a->n_terms, b->terms, b->n_terms) * SCALE;
  return sum / a->n_articles / b->n_articles * rcpi_total_time(a, b);
}

double rcpi_total_cohesion(const rcpi_total *t) {
  double n = t->n_articles, pairs = n * (n - 1) / 2;
  double within = t->squares > t->own ? (double)(t->squares - t->own) / 2 * SCALE : 0;
  return (within + PRIOR * USUAL) / (pairs + PRIOR);
}

double rcpi_total_needed(const rcpi_total *a, const rcpi_total *b) {
  double need = SHARE * sqrt(rcpi_total_cohesion(a) * rcpi_total_cohesion(b));
  return need < LEAST ? LEAST : need;
}

double rcpi_total_match(const rcpi_total *a, const rcpi_total *b) {
  return rcpi_total_likeness(a, b) / rcpi_total_needed(a, b);
}
