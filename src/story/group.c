/*
 * One article at a time: the articles most like it (index.h) name the stories it may belong to; the best match of at
 * least 1 takes it (total.h). An article that ties two stories together is the moment to ask whether they are one.
 *
 * Cost: some 40 microseconds an article, most of it in reading its words and in products with large stories.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "story/story.h"

#include <stdlib.h>

enum {
  TELLING = 40,                /* terms of an article by which others are found */
  NEAR = 48,                   /* articles whose stories are looked at */
  LISTED = 128,
};

rcpi_grouping *rcpi_grouping_new(rcpi_arena *a, const rcpi_langs *langs, uint32_t window_size) {
  rcpi_grouping *g = rcpi_new(a, rcpi_grouping);
  g->arena = a;
  g->pool.arena = a;
  g->terms = rcpi_terms_new(a, langs);
  g->index = (rcpi_index){.pool = &g->pool, .listed = LISTED};
  g->window_size = window_size ? window_size : RCPI_STORY_WINDOW;
  g->window = rcpi_array(a, rcpi_member, g->window_size);
  g->free_story = RCPI_NO_ARTICLE;
  return g;
}

/* --------------------------------------------------------------------------------------------------------- stories */

static rcp_str keep(rcpi_pool *pool, rcp_str s) {
  char *p = rcpi_pool_take(pool, s.n + 1, 1);
  if (s.n) memcpy(p, s.p, s.n);
  p[s.n] = 0;
  return (rcp_str){p, s.n};
}

static void drop(rcpi_pool *pool, rcp_str s) {
  rcpi_pool_give(pool, (void *)(uintptr_t)s.p, s.n + 1, 1);
}

/* Where `first` stands or should stand among the numbered stories. */
static size_t numbered_at(const rcpi_grouping *g, uint32_t first) {
  size_t low = 0, high = g->numbered.n;
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (g->numbered.p[mid].first < first) low = mid + 1;
    else high = mid;
  }
  return low;
}

/* Forgets stories that are no more, when they are most of the list. */
static void tidy_numbered(rcpi_grouping *g) {
  size_t n = 0;
  if (g->numbered.n < 1024 || g->numbered.n < 4 * g->stories.n) return;
  for (size_t i = 0; i < g->numbered.n; i++) {
    const rcpi_story_group *s = &g->stories.p[g->numbered.p[i].place];
    if (s->is_used && s->first == g->numbered.p[i].first) g->numbered.p[n++] = g->numbered.p[i];
  }
  g->numbered.n = n;
}

static void put_numbered(rcpi_grouping *g, uint32_t first, uint32_t place) {
  tidy_numbered(g);
  size_t at = numbered_at(g, first);
  if (at == g->numbered.n || g->numbered.p[at].first != first) {
    rcpi_push(g->arena, &g->numbered, (rcpi_numbered){0, 0});
    memmove(g->numbered.p + at + 1, g->numbered.p + at, (g->numbered.n - 1 - at) * sizeof *g->numbered.p);
  }
  g->numbered.p[at] = (rcpi_numbered){first, place};
}

uint32_t rcpi_grouping_begin_story(rcpi_grouping *g, uint32_t first, rcp_str name) {
  uint32_t at = g->free_story;
  if (at == RCPI_NO_ARTICLE) {
    rcpi_push(g->arena, &g->stories, (rcpi_story_group){.first = 0});
    at = (uint32_t)g->stories.n - 1;
  } else {
    g->free_story = g->stories.p[at].first;
  }
  g->stories.p[at] = (rcpi_story_group){.name = keep(&g->pool, name), .first = first, .members = RCPI_NO_ARTICLE,
                                        .last = RCPI_NO_ARTICLE, .is_used = true};
  put_numbered(g, first, at);
  return at;
}

void rcpi_grouping_end_story(rcpi_grouping *g, uint32_t story) {
  rcpi_story_group *s = &g->stories.p[story];
  rcpi_total_release(&g->pool, &s->total);
  drop(&g->pool, s->name);
  *s = (rcpi_story_group){.first = g->free_story};
  g->free_story = story;
}

void rcpi_grouping_enlist(rcpi_grouping *g, uint32_t story, uint32_t number) {
  rcpi_story_group *s = &g->stories.p[story];
  rcpi_member *m = rcpi_grouping_member(g, number);
  m->story = story;
  m->next = RCPI_NO_ARTICLE;
  if (s->last == RCPI_NO_ARTICLE) s->members = number;
  else rcpi_grouping_member(g, s->last)->next = number;
  s->last = number;
}

static bool are_apart(const rcpi_grouping *g, uint32_t a, uint32_t b) {
  for (size_t i = 0; i < g->apart.n; i++) {
    rcpi_story_pair p = g->apart.p[i];
    uint32_t x = g->stories.p[a].first, y = g->stories.p[b].first;
    if ((p.a == x && p.b == y) || (p.a == y && p.b == x)) return true;
  }
  return false;
}

static void pour(rcpi_grouping *g, uint32_t from, uint32_t into) {
  uint32_t gone = g->stories.p[from].first, left = g->stories.p[into].first;
  for (size_t i = 0; i < g->apart.n; i++) {
    if (g->apart.p[i].a == gone) g->apart.p[i].a = left;
    if (g->apart.p[i].b == gone) g->apart.p[i].b = left;
  }
  for (uint32_t i = g->stories.p[from].members, next; i != RCPI_NO_ARTICLE; i = next) {
    next = rcpi_grouping_member(g, i)->next;
    rcpi_grouping_enlist(g, into, i);
    rcpi_grouping_member(g, i)->change = RCPI_MERGED;
  }
  rcpi_total_add(&g->pool, &g->stories.p[into].total, &g->stories.p[from].total);
  rcpi_grouping_end_story(g, from);
}

/* The later story goes into the earlier one. */
static uint32_t merge(rcpi_grouping *g, uint32_t a, uint32_t b, rcpi_merges *merges) {
  uint32_t into = g->stories.p[a].first < g->stories.p[b].first ? a : b, from = into == a ? b : a;
  if (merges) rcpi_push(merges->arena, merges, (rcpi_merge){g->stories.p[from].first, g->stories.p[into].first});
  pour(g, from, into);
  return into;
}

/* The place of a story of the window; RCPI_NO_ARTICLE: it has none there. */
static uint32_t story_numbered(const rcpi_grouping *g, uint32_t first) {
  size_t at = numbered_at(g, first);
  if (at == g->numbered.n || g->numbered.p[at].first != first) return RCPI_NO_ARTICLE;
  uint32_t place = g->numbered.p[at].place;
  return g->stories.p[place].is_used && g->stories.p[place].first == first ? place : RCPI_NO_ARTICLE;
}

void rcpi_grouping_unite(rcpi_grouping *g, uint32_t from, uint32_t into) {
  uint32_t a = story_numbered(g, from), b = story_numbered(g, into);
  if (a == b || a == RCPI_NO_ARTICLE) return;
  if (b == RCPI_NO_ARTICLE) {          /* all of it lies before the window: the story goes on under that number */
    g->stories.p[a].first = into;
    put_numbered(g, into, a);
    return;
  }
  pour(g, a, b);
}

void rcpi_grouping_keep_apart(rcpi_grouping *g, uint32_t a, uint32_t b) {
  if (story_numbered(g, a) == RCPI_NO_ARTICLE || story_numbered(g, b) == RCPI_NO_ARTICLE) return;
  rcpi_push(g->arena, &g->apart, (rcpi_story_pair){a, b});
}

/* ---------------------------------------------------------------------------------------------------------- window */

/* The article at this place leaves the window, and so does its story when it was the last of it. */
static void expire(rcpi_grouping *g, uint32_t number) {
  rcpi_member *m = rcpi_grouping_member(g, number);
  rcpi_story_group *s = &g->stories.p[m->story];
  uint32_t *at = &s->members, before = RCPI_NO_ARTICLE;
  while (*at != number) before = *at, at = &rcpi_grouping_member(g, *at)->next;
  *at = m->next;
  if (s->last == number) s->last = before;
  if (s->members == RCPI_NO_ARTICLE) rcpi_grouping_end_story(g, m->story);
  rcpi_pool_give(&g->pool, m->outline.terms, m->outline.n_terms, sizeof *m->outline.terms);
  drop(&g->pool, m->id);
}

static int by_weight(const void *x, const void *y) {
  const rcpi_term *a = x, *b = y;
  if (a->weight != b->weight) return a->weight > b->weight ? -1 : 1;
  return (a->term > b->term) - (a->term < b->term);
}

/* The weightiest terms of an article, TELLING at most, in `a`. */
static size_t telling_terms(rcpi_arena *a, const rcpi_outline *o, rcpi_term **out) {
  *out = rcpi_array(a, rcpi_term, o->n_terms);
  if (o->n_terms) memcpy(*out, o->terms, o->n_terms * sizeof **out);
  qsort(*out, o->n_terms, sizeof **out, by_weight);
  return o->n_terms < TELLING ? o->n_terms : TELLING;
}

/* ------------------------------------------------------------------------------------------------------- candidates */

typedef struct choice { uint32_t story; double match; } choice;

/* The stories of the nearest articles, each once, with how well the total matches; their number. */
static size_t choices(const rcpi_grouping *g, rcpi_arena *a, const rcpi_term *telling, size_t n, const rcpi_total *total,
                      choice **out) {
  rcpi_near *near;
  size_t n_near = rcpi_index_near(&g->index, a, telling, n, rcpi_grouping_floor(g), NEAR, &near), found = 0;
  *out = rcpi_array(a, choice, n_near);
  for (size_t i = 0; i < n_near; i++) {
    uint32_t story = rcpi_grouping_member(g, near[i].number)->story;
    size_t k = 0;
    while (k < found && (*out)[k].story != story) k++;
    if (k == found) (*out)[found++] = (choice){story, rcpi_total_match(total, &g->stories.p[story].total)};
  }
  return found;
}

static uint32_t best_of(const choice *c, size_t n, uint32_t not) {
  uint32_t best = RCPI_NO_ARTICLE;
  double match = 1;
  for (size_t i = 0; i < n; i++)
    if (c[i].story != not && c[i].match >= match) best = c[i].story, match = c[i].match;
  return best;
}

/* After an article joined `story`: stories near to it that match the whole of it now. */
static void merge_near(rcpi_grouping *g, choice *c, size_t n, uint32_t story, rcpi_merges *merges) {
  for (;;) {
    for (size_t i = 0; i < n; i++)
      if (c[i].story != story)
        c[i].match = are_apart(g, story, c[i].story) ? 0 : rcpi_total_match(&g->stories.p[story].total, &g->stories.p[c[i].story].total);
    uint32_t other = best_of(c, n, story);
    if (other == RCPI_NO_ARTICLE) return;
    uint32_t into = merge(g, story, other, merges), gone = into == story ? other : story;
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
      if (c[i].story != gone) c[k++] = c[i];
    n = k;
    story = into;
  }
}

/* Takes an article into the window, without a story yet. */
static uint32_t take_in(rcpi_grouping *g, rcp_str id, const rcpi_outline *outline) {
  uint32_t number = g->n_read;
  if (number >= g->window_size) expire(g, number - g->window_size);
  if (number && number % g->window_size == 0) rcpi_index_sweep(&g->index, number - g->window_size);
  g->n_read++;
  g->is_final = false;
  rcpi_member *m = rcpi_grouping_member(g, number);
  *m = (rcpi_member){.id = keep(&g->pool, id), .outline = *outline};
  m->outline.terms = rcpi_pool_take(&g->pool, outline->n_terms, sizeof *outline->terms);
  if (outline->n_terms) memcpy(m->outline.terms, outline->terms, outline->n_terms * sizeof *outline->terms);
  return number;
}

uint32_t rcpi_grouping_place(rcpi_grouping *g, rcpi_arena *scratch, rcp_str id, const rcpi_outline *outline, uint32_t first,
                             rcpi_merges *merges) {
  rcpi_term *telling;
  choice *c;
  uint32_t number = take_in(g, id, outline);
  rcpi_member *m = rcpi_grouping_member(g, number);
  size_t n = telling_terms(scratch, outline, &telling);
  rcpi_total total = {.n_articles = 0};
  rcpi_total_add_article(&g->pool, &total, outline);
  size_t n_choices = choices(g, scratch, telling, n, &total, &c);
  uint32_t story = best_of(c, n_choices, RCPI_NO_ARTICLE);
  m->change = story == RCPI_NO_ARTICLE ? RCPI_BEGAN : RCPI_JOINED;
  if (story == RCPI_NO_ARTICLE) story = rcpi_grouping_begin_story(g, first, m->id);
  rcpi_total_add(&g->pool, &g->stories.p[story].total, &total);
  rcpi_total_release(&g->pool, &total);
  rcpi_grouping_enlist(g, story, number);
  if (m->change == RCPI_JOINED) merge_near(g, c, n_choices, story, merges);
  rcpi_index_add(&g->index, telling, n, number);
  m->said = rcpi_grouping_story(g, number)->first;
  return number;
}

void rcpi_grouping_restore(rcpi_grouping *g, rcpi_arena *scratch, rcp_str id, const rcpi_outline *outline, uint32_t first) {
  rcpi_term *telling;
  uint32_t number = take_in(g, id, outline), story = story_numbered(g, first);
  if (story == RCPI_NO_ARTICLE) story = rcpi_grouping_begin_story(g, first, id);
  rcpi_total_add_article(&g->pool, &g->stories.p[story].total, outline);
  rcpi_grouping_enlist(g, story, number);
  rcpi_grouping_member(g, number)->said = first;
  size_t n = telling_terms(scratch, outline, &telling);
  rcpi_index_add(&g->index, telling, n, number);
}

uint32_t rcpi_grouping_add(rcpi_grouping *g, rcpi_arena *scratch, const rcp_article *article) {
  rcpi_outline outline;
  rcpi_terms_read(g->terms, scratch, article, &outline);
  return rcpi_grouping_place(g, scratch, rcpi_grouping_id(article), &outline, g->n_read, NULL);
}
