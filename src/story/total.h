/*
 * total.h - the sum of the term lists of several articles, and what follows from it.
 *
 * With lists of one length, the product of two totals is the sum of the likenesses of all pairs between them, and the
 * product of a total with itself that of all pairs inside it: so the mean likeness of two stories costs no more than that
 * of two articles (average linkage by centroids, exact). From the inner mean comes the cohesion of a story: how alike
 * its own articles are.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_STORY_TOTAL_H
#define RCPI_STORY_TOTAL_H

#include "base/pool.h"
#include "story/terms.h"

typedef struct rcpi_total {
  rcpi_term *terms;            /* by term; of a pool */
  uint32_t n_terms, cap;
  uint32_t n_articles;
  uint64_t squares;            /* of the total with itself */
  uint64_t own;                /* of every article with itself, added up */
  int32_t first_day, last_day; /* RCPI_NO_DAY: no article is dated */
} rcpi_total;

/* {0} is a total of nothing. */
void rcpi_total_add_article(rcpi_pool *pool, rcpi_total *t, const rcpi_outline *o);
void rcpi_total_add(rcpi_pool *pool, rcpi_total *t, const rcpi_total *other);
void rcpi_total_release(rcpi_pool *pool, rcpi_total *t);

/*
 * Mean likeness of the articles of one to those of the other, 0 to 1, less what the days between them take away.
 */
double rcpi_total_likeness(const rcpi_total *a, const rcpi_total *b);
/* The share of likeness that is left when so many days lie between the last report of one and the first of the other. */
double rcpi_total_time(const rcpi_total *a, const rcpi_total *b);
/* Mean likeness inside; few articles are drawn towards what is usual for a story. */
double rcpi_total_cohesion(const rcpi_total *t);
/* The mean likeness that two groups must reach to be one story. */
double rcpi_total_needed(const rcpi_total *a, const rcpi_total *b);
/*
 * Do both tell one story? At least 1: yes. The mean likeness between them against what their own cohesion lets expect.
 */
double rcpi_total_match(const rcpi_total *a, const rcpi_total *b);

#endif
