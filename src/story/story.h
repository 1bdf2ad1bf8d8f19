/*
 * story.h - articles into stories as they arrive, within a sliding window of articles.
 *
 * Each article joins the story that it matches best (total.h), or begins one; when its coming shows two stories to be one,
 * they are merged. rcpi_grouping_final groups the window anew with all of it in sight, which may split and merge again.
 * A story is named by its first article. Nothing is forgotten silently: each change of an article's story is kept with
 * its reason.
 *
 * Numbers count articles from 0 in the order read. The window is counted in articles, not in days, because input need
 * not be in the order of its dates; an article that has left it keeps the story it had.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_STORY_STORY_H
#define RCPI_STORY_STORY_H

#include "story/index.h"
#include "story/total.h"

enum { RCPI_STORY_WINDOW = 50000 };

typedef enum rcpi_change { RCPI_JOINED, RCPI_BEGAN, RCPI_MERGED, RCPI_REGROUPED } rcpi_change;

typedef struct rcpi_member {
  rcp_str id;                  /* of the pool */
  rcpi_outline outline;        /* its terms of the pool */
  uint32_t story;              /* index in stories */
  uint32_t said;               /* number of the article that named its story when it was read */
  uint32_t next;               /* the next member of its story in the window, or RCPI_NO_ARTICLE */
  rcpi_change change;          /* why it is where it is */
} rcpi_member;

#define RCPI_NO_ARTICLE UINT32_MAX

/* Two stories, by their `first`. */
typedef struct rcpi_story_pair { uint32_t a, b; } rcpi_story_pair;

typedef struct rcpi_story_group {
  rcpi_total total;
  rcp_str name;                /* id of its first article; of the pool */
  uint32_t first;              /* number of its first article; for a free place, the next one */
  bool is_used;
  uint32_t members, last;      /* in the window, in the order read; RCPI_NO_ARTICLE: none */
} rcpi_story_group;

typedef struct rcpi_numbered { uint32_t first, place; } rcpi_numbered;

typedef struct rcpi_grouping {
  rcpi_arena *arena;
  rcpi_pool pool;
  rcpi_terms *terms;
  rcpi_index index;
  rcpi_member *window;         /* article i at i % window_size */
  uint32_t window_size;
  uint32_t n_read;
  RCPI_VEC(rcpi_story_group) stories;   /* moves when it grows */
  uint32_t free_story;         /* RCPI_NO_ARTICLE: none */
  RCPI_VEC(rcpi_numbered) numbered;     /* by first: the place of a story, good while its first is that still */
  RCPI_VEC(rcpi_story_pair) apart;      /* stories that are never merged */
  bool is_final;               /* nothing was added since rcpi_grouping_final */
} rcpi_grouping;

/* Lives in `a`. window_size 0: RCPI_STORY_WINDOW. */
rcpi_grouping *rcpi_grouping_new(rcpi_arena *a, const rcpi_langs *langs, uint32_t window_size);

/* Stories that were merged into others, by their `first`. */
typedef struct rcpi_merge { uint32_t from, into; } rcpi_merge;
typedef struct rcpi_merges { rcpi_arena *arena; rcpi_merge *p; size_t n, cap; } rcpi_merges;

/* What an article goes by. */
static inline rcp_str rcpi_grouping_id(const rcp_article *article) {
  return article->id.p ? article->id : article->url.p ? article->url : article->source;
}
/* Gives the next article its story; the number of the article. `scratch` may be rewound afterwards. */
uint32_t rcpi_grouping_add(rcpi_grouping *g, rcpi_arena *scratch, const rcp_article *article);
/*
 * The same from an outline. A story that it begins has `first` for number, which must be larger than those before it.
 * `merges` may be NULL.
 */
uint32_t rcpi_grouping_place(rcpi_grouping *g, rcpi_arena *scratch, rcp_str id, const rcpi_outline *outline, uint32_t first,
                             rcpi_merges *merges);
/* The next article, whose story is known: the one of number `first`. */
void rcpi_grouping_restore(rcpi_grouping *g, rcpi_arena *scratch, rcp_str id, const rcpi_outline *outline, uint32_t first);

/* A person's word, or another writer's: the story `from` is part of `into`. Nothing happens when either has left the window. */
void rcpi_grouping_unite(rcpi_grouping *g, uint32_t from, uint32_t into);
/* These two are never merged by the program. */
void rcpi_grouping_keep_apart(rcpi_grouping *g, uint32_t a, uint32_t b);

/* Groups the window anew. */
void rcpi_grouping_final(rcpi_grouping *g, rcpi_arena *scratch);
/* The term lists by which the stories of now were made, from the oldest article of the window on. In `a`. */
const rcpi_outline *rcpi_grouping_outlines(const rcpi_grouping *g, rcpi_arena *a);

/* A story without articles, called so; its place in stories. */
uint32_t rcpi_grouping_begin_story(rcpi_grouping *g, uint32_t first, rcp_str name);
/* Frees the place; no member may point at it. */
void rcpi_grouping_end_story(rcpi_grouping *g, uint32_t story);
/* Appends an article to a story's members; its total is the caller's business. */
void rcpi_grouping_enlist(rcpi_grouping *g, uint32_t story, uint32_t number);

/* The oldest number in the window. */
static inline uint32_t rcpi_grouping_floor(const rcpi_grouping *g) {
  return g->n_read > g->window_size ? g->n_read - g->window_size : 0;
}
static inline rcpi_member *rcpi_grouping_member(const rcpi_grouping *g, uint32_t number) {
  return &g->window[number % g->window_size];
}
static inline rcpi_story_group *rcpi_grouping_story(const rcpi_grouping *g, uint32_t number) {
  return &g->stories.p[rcpi_grouping_member(g, number)->story];
}

#endif
