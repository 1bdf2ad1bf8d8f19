/*
 * The order of finders, claim by claim; then what holds over claims: rivals, and differences told twice.
 *
 * What the finders use lies in difference_value.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "claim/difference.h"

#include <stdlib.h>

#include "claim/difference_int.h"

/* A claim with more appearances than this is a large story's: the table would outgrow the story. */
enum { MAX_LINKED = 1024 };

static int32_t *links_of(rcpi_arena *a, const rcpi_claim *c) {
  if (!c->n_links || c->n_appearances > MAX_LINKED) return NULL;
  int32_t *link = rcpi_array(a, int32_t, c->n_appearances * c->n_appearances);
  for (size_t i = 0; i < c->n_links; i++) {
    const rcpi_link *l = &c->links[i];
    link[l->a * c->n_appearances + l->b] = link[l->b * c->n_appearances + l->a] = l->score;
  }
  return link;
}

static void load_words(rcpi_diff_finder *f, const rcpi_lang *lang, rcpi_diff_words *w) {
  w->contrast = rcpi_lang_table(lang, "contrast");
  w->false_friend = rcpi_lang_table(lang, "false_friend");
  w->negation = rcpi_lang_table(lang, "negation");
  w->aspect = rcpi_lang_table(lang, "aspect");
  w->contrast_words = rcpi_phrases_new(f->a, lang, "contrast", "word");
  w->wrong = rcpi_phrases_new(f->a, lang, "false_friend", "wrong");
  w->right = rcpi_phrases_new(f->a, lang, "false_friend", "right");
  w->negations = rcpi_phrases_new(f->a, lang, "negation", "word");
  w->toll = rcpi_lang_table(lang, "toll");
  w->tolls = rcpi_phrases_new(f->a, lang, "toll", "word");
  w->share = rcpi_lang_table(lang, "share");
  w->shares = rcpi_phrases_new(f->a, lang, "share", "word");
  w->denial = rcpi_lang_table(lang, "denial");
  w->denials = rcpi_phrases_new(f->a, lang, "denial", "phrase");
  w->aspects = rcpi_phrases_new(f->a, lang, "aspect", "phrase");
}

/* ---------------------------------------------------------------------------------------------------------- doubles */

/* A value's place, and the difference (by claim and index) that holds it. */
typedef struct place { uint32_t telling, beg, kind, claim, index; } place;

static int by_value(const void *x, const void *y) {
  const place *a = x, *b = y;
  if (a->telling != b->telling) return a->telling < b->telling ? -1 : 1;
  if (a->beg != b->beg) return a->beg < b->beg ? -1 : 1;
  if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
  if (a->claim != b->claim) return a->claim < b->claim ? -1 : 1;
  return (a->index > b->index) - (a->index < b->index);
}

static bool holds_all(const rcpi_difference *outer, const rcpi_difference *inner) {
  if (outer->is_conflict < inner->is_conflict || outer->n_values < inner->n_values) return false;
  for (size_t i = 0; i < inner->n_values; i++) {
    bool found = false;
    for (size_t k = 0; k < outer->n_values && !found; k++)
      found = outer->values[k].telling == inner->values[i].telling && outer->values[k].at.beg == inner->values[i].at.beg;
    if (!found) return false;
  }
  return true;
}

/* One difference is told once, though its words stand in two claims that overlap: in the first, or where more is held. */
static bool is_double(const rcpi_story *s, const place *places, size_t n, uint32_t claim, uint32_t index) {
  const rcpi_difference *d = &s->claims[claim].differences[index];
  place key = {d->values[0].telling, d->values[0].at.beg, (uint32_t)d->kind, 0, 0};
  size_t lo = 0, hi = n;
  while (lo < hi) {
    size_t mid = (lo + hi) / 2;
    if (by_value(&places[mid], &key) < 0) lo = mid + 1;
    else hi = mid;
  }
  for (; lo < n && places[lo].telling == key.telling && places[lo].beg == key.beg && places[lo].kind == key.kind; lo++) {
    const place *p = &places[lo];
    if (p->claim == claim && p->index == index) continue;
    const rcpi_difference *other = &s->claims[p->claim].differences[p->index];
    bool comes_first = p->claim < claim || (p->claim == claim && p->index < index);
    if (holds_all(other, d) && (!holds_all(d, other) || comes_first)) return true;
  }
  return false;
}

static void drop_doubles(rcpi_arena *a, rcpi_story *s) {
  RCPI_VEC(place) places = {0};
  size_t n_all = 0;
  for (uint32_t i = 0; i < s->n_claims; i++)
    for (uint32_t k = 0; k < s->claims[i].n_differences; k++, n_all++)
      for (size_t v = 0; v < s->claims[i].differences[k].n_values; v++) {
        const rcpi_difference *d = &s->claims[i].differences[k];
        rcpi_push(a, &places, (place){d->values[v].telling, d->values[v].at.beg, (uint32_t)d->kind, i, k});
      }
  if (places.n) qsort(places.p, places.n, sizeof *places.p, by_value);
  bool *drop = rcpi_array(a, bool, n_all), *at = drop;
  for (uint32_t i = 0; i < s->n_claims; i++)
    for (uint32_t k = 0; k < s->claims[i].n_differences; k++) *at++ = is_double(s, places.p, places.n, i, k);
  at = drop;
  for (uint32_t i = 0; i < s->n_claims; i++) {
    rcpi_claim *c = &s->claims[i];
    size_t n = 0;
    for (size_t k = 0; k < c->n_differences; k++)
      if (!*at++) c->differences[n++] = c->differences[k];
    c->n_differences = n;
  }
}

void rcpi_differences_find(rcpi_arena *a, const rcpi_claim_options *options, rcpi_story *story) {
  rcpi_diff_finder f = {.a = a, .options = options, .story = story};
  f.words = rcpi_array(a, rcpi_diff_words, RCPI_DIFF_LANGS + 1);
  f.name_told = rcpi_array(a, bool, story->names.n_groups);
  for (size_t i = 0; i < story->n_tellings; i++) {
    const rcpi_lang *lang = story->tellings[i].text.lang;
    rcpi_diff_words *w = &f.words[lang && lang->index < RCPI_DIFF_LANGS ? lang->index : RCPI_DIFF_LANGS];
    if (!w->contrast) load_words(&f, lang, w);
  }
  for (size_t i = 0; i < story->n_derivations; i++) {
    const rcpi_derivation *d = &story->derivations[i];
    if (d->direction == RCPI_A_FROM_B || d->direction == RCPI_B_FROM_A) rcpi_push(a, &f.directed, d);
  }
  rcpi_diff_read_denials(&f);
  for (size_t i = 0; i < story->n_claims; i++) {
    rcpi_claim *claim = &story->claims[i];
    if (claim->n_appearances < 2 || claim->appearances[0].telling == claim->appearances[claim->n_appearances - 1].telling) continue;
    f.claim = claim;
    f.link = links_of(a, claim);
    f.found.p = NULL;
    f.found.n = f.found.cap = 0;
    rcpi_diff_quantities(&f);
    rcpi_diff_times(&f);
    rcpi_diff_names(&f);
    rcpi_diff_detached(&f);
    rcpi_diff_objects(&f);
    rcpi_diff_modality(&f);
    rcpi_diff_polarity(&f);
    rcpi_diff_denials(&f);
    rcpi_diff_aspect(&f);
    rcpi_diff_attribution(&f);
    claim->differences = f.found.p;
    claim->n_differences = f.found.n;
  }
  rcpi_diff_rivals(&f, story);
  drop_doubles(a, story);
}
