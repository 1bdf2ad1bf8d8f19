/*
 * A claim of n places has up to n * n / 2 links; a reader asks of each place why it is here, and its strongest link
 * says that. Words are paired greedily, each of one place with the most alike of the other's.
 *
 * Cost: alignment's own reading of the words; for one claim that somebody looks at. The score is that of alignment, which
 * also weighs what the shared words do not show: order, speakers, the company that pairs keep.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "claim/explain.h"

#include <stdlib.h>

#include "claim/item.h"

enum { LEAST_SIM = 100 };      /* less is no meeting: any two numbers are a little alike */

static const rcpi_link *best_link(const rcpi_claim *c, uint32_t appearance) {
  const rcpi_link *best = NULL;
  for (size_t i = 0; i < c->n_links; i++) {
    const rcpi_link *l = &c->links[i];
    if (l->a == l->b || (l->a != appearance && l->b != appearance)) continue;
    if (!best || l->score > best->score) best = l;
  }
  return best;
}

static uint32_t likeness(const rcpi_items *it, uint32_t x, uint32_t y) {
  for (uint32_t l = it->like_at[x]; l < it->like_at[x + 1]; l++)
    if (it->likes[l].item == y) return it->likes[l].sim;
  return 0;
}

/* The tokens that the item at `token` takes: an expression's item stands at its first one. */
static rcpi_tokens words_of(const rcpi_items *it, const rcpi_story *story, const rcpi_appearance *app, uint32_t token) {
  const rcpi_marks *marks = &story->tellings[app->telling].marks;
  const rcpi_item_kind kind = it->items[it->of_token[app->telling][token]].kind;
  for (size_t i = 0; kind == RCPI_ITEM_NUMBER && i < marks->n_quantities; i++)
    if (marks->quantities[i].number.token == token) return marks->quantities[i].number;
  for (size_t i = 0; (kind == RCPI_ITEM_DATE || kind == RCPI_ITEM_MINUTE) && i < marks->n_times; i++)
    if (marks->times[i].at.token == token) return marks->times[i].at;
  return (rcpi_tokens){token, token + 1};
}

static int by_weight(const void *x, const void *y) {
  const rcpi_meeting *a = x, *b = y;
  if (a->weight != b->weight) return a->weight > b->weight ? -1 : 1;
  return a->in_a.token < b->in_a.token ? -1 : a->in_a.token > b->in_a.token;
}

static void find_shared(rcpi_arena *a, const rcpi_story *story, const rcpi_items *it, const rcpi_appearance *x,
                        const rcpi_appearance *y, rcpi_tie *out) {
  RCPI_VEC(rcpi_meeting) found = {0};
  const uint32_t *in_x = it->of_token[x->telling], *in_y = it->of_token[y->telling];
  for (uint32_t i = x->at.token; i < x->at.end_token; i++) {
    uint32_t best = 0, at = 0;
    if (in_x[i] == RCPI_NO_ITEM) continue;
    for (uint32_t k = y->at.token; k < y->at.end_token; k++) {
      uint32_t sim = in_y[k] == RCPI_NO_ITEM ? 0 : likeness(it, in_x[i], in_y[k]);
      if (sim > best) best = sim, at = k;
    }
    bool is_again = false;
    for (uint32_t k = x->at.token; k < i; k++) is_again |= in_x[k] == in_x[i];
    if (best < LEAST_SIM || is_again) continue;
    uint32_t weight = (it->items[in_x[i]].weight + it->items[in_y[at]].weight) / 2 * best / RCPI_SAME;
    rcpi_push(a, &found, (rcpi_meeting){words_of(it, story, x, i), words_of(it, story, y, at), weight});
  }
  if (found.n) qsort(found.p, found.n, sizeof *found.p, by_weight);
  out->shared = found.p;
  out->n_shared = found.n;
}

rcpi_tie *rcpi_claim_ties(rcpi_arena *a, const rcpi_story *story, const rcpi_claim *claim) {
  rcpi_items items;
  rcpi_items_read(a, story->tellings, story->n_tellings, &story->names, &items);
  rcpi_tie *ties = rcpi_array(a, rcpi_tie, claim->n_appearances);
  for (uint32_t i = 0; i < claim->n_appearances; i++) {
    const rcpi_link *link = best_link(claim, i);
    ties[i] = (rcpi_tie){.a = i, .b = i, .score = -1};
    if (!link) continue;
    ties[i].b = link->a == i ? link->b : link->a;
    ties[i].score = link->score;
    const rcpi_appearance *x = &claim->appearances[i], *y = &claim->appearances[ties[i].b];
    find_shared(a, story, &items, x, y, &ties[i]);
  }
  return ties;
}
