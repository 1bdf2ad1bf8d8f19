/*
 * An item in very many sentences proposes none: what everybody says all the time tells no two places apart.
 *
 * The worth of every item to the present sentence is laid out once; another sentence's score is the sum over its items. The
 * lists of items are read rarest first, and reading stops when a sentence that stands in none of those read could not come
 * among the best any more (the threshold algorithm of Fagin, Lotem and Naor, 2003). Sentences with the same items, which is
 * what copies are, are one kind: kinds are compared, and each kind once.
 *
 * In a story so large that most of its sentences are copies, a kind is compared through the first of it, and the others stand
 * near that one and near those NEXT to them. Were all compared, a sentence's own copies would take every place it has to give,
 * and which of them would hang on their numbers: in 200 tellings made of eight, the same words stood in one claim 73 times of
 * 100 so, and 89 times through the first; against the claims of the eight, precision .82 then .93, recall .36 then .51 (2026-11).
 *
 * Known weakness: two sentences that share only the story's commonest words are never compared.
 */
#include "claim/near.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/sort.h"

enum {
  MOST_EACH = 6,               /* sentences that one proposes of each article */
  MOST = 64,                   /* and of all */
  MANY = 1000, MOST_OF_MANY = 12,   /* of a story with many sentences, most of which are copies */
  NEXT = 2,                    /* copies on either side that a copy is near to, there */
  LONGEST_LIST = 1500,
  LEAST_SIM = 100,             /* likeness that proposes */
};

typedef struct proposal { uint32_t sentence, shared; } proposal;
typedef struct clue { uint32_t item, length; } clue;
typedef struct kind { uint32_t first, last; } kind;   /* sentences */

typedef struct finder {
  rcpi_arena *a;
  const rcpi_items *items;
  const rcpi_pieces *pieces;
  RCPI_VEC(kind) kinds;
  uint32_t *next;              /* of each sentence: the next of its kind; UINT32_MAX: none */
  uint32_t *list_at, *list;    /* kinds that hold an item */
  uint32_t *n_with;            /* of each item, sentences */
  uint32_t *worth;             /* of each item to the present sentence; all 0 between two */
  RCPI_VEC(clue) clues;        /* the items that are worth something to it */
  uint32_t *asked;             /* of each kind: 1 + the last that asked about it */
  proposal *best;              /* in order, at most `most` and MOST_EACH of a telling */
  size_t n_best, most;
  bool is_partial;
  uint8_t *n_of;               /* of each telling, how many of them */
} finder;

static bool is_one_kind(const rcpi_piece_sentence *x, const rcpi_piece_sentence *y) {
  return x->n_items == y->n_items && memcmp(x->items, y->items, x->n_items * sizeof *x->items) == 0;
}

/* Sentences of one kind are chained in order. */
static void find_kinds(finder *f) {
  const rcpi_piece_sentence *all = f->pieces->sentences;
  size_t n = f->pieces->n_sentences, cap = 64;
  while (cap < 2 * n) cap *= 2;
  uint32_t *slots = rcpi_array(f->a, uint32_t, cap);   /* 1 + kind */
  f->next = rcpi_array(f->a, uint32_t, n);
  for (uint32_t i = 0; i < n; i++) {
    size_t at = rcpi_hash((rcp_str){(const char *)all[i].items, all[i].n_items * sizeof *all[i].items}, 0) & (cap - 1);
    while (slots[at] && !is_one_kind(&all[f->kinds.p[slots[at] - 1].first], &all[i])) at = (at + 1) & (cap - 1);
    f->next[i] = UINT32_MAX;
    if (slots[at]) {
      kind *k = &f->kinds.p[slots[at] - 1];
      f->next[k->last] = i;
      k->last = i;
    } else {
      rcpi_push(f->a, &f->kinds, (kind){i, i});
      slots[at] = (uint32_t)f->kinds.n;
    }
  }
}

static void make_lists(finder *f) {
  const rcpi_piece_sentence *all = f->pieces->sentences;
  uint32_t *at = f->list_at = rcpi_array(f->a, uint32_t, f->items->n_items + 2);
  size_t total = 0;
  for (size_t i = 0; i < f->kinds.n; i++) {
    const rcpi_piece_sentence *s = &all[f->kinds.p[i].first];
    for (uint32_t k = 0; k < s->n_items; k++) at[s->items[k] + 2]++, total++;
  }
  for (size_t i = 2; i < f->items->n_items + 2; i++) at[i] += at[i - 1];
  f->list = rcpi_array(f->a, uint32_t, total);
  for (uint32_t i = 0; i < f->kinds.n; i++) {
    const rcpi_piece_sentence *s = &all[f->kinds.p[i].first];
    for (uint32_t k = 0; k < s->n_items; k++) f->list[at[s->items[k] + 1]++] = i;
  }
  f->n_with = rcpi_array(f->a, uint32_t, f->items->n_items);
  for (size_t i = 0; i < f->pieces->n_sentences; i++)
    for (uint32_t k = 0; k < all[i].n_items; k++) f->n_with[all[i].items[k]]++;
}

static bool is_better(proposal a, proposal b) {
  return a.shared != b.shared ? a.shared > b.shared : a.sentence < b.sentence;
}

static void drop(finder *f, size_t at) {
  f->n_of[f->pieces->sentences[f->best[at].sentence].telling]--;
  memmove(f->best + at, f->best + at + 1, (--f->n_best - at) * sizeof *f->best);
}

/* One too many of a telling, or of all: the worst of them goes. False: no later one as good as x would be kept. */
static bool keep(finder *f, proposal x) {
  uint32_t t = f->pieces->sentences[x.sentence].telling;
  size_t k = f->n_best;
  if (f->n_of[t] == MOST_EACH) {
    size_t worst = f->n_best;
    do worst--;
    while (f->pieces->sentences[f->best[worst].sentence].telling != t);
    if (!is_better(x, f->best[worst])) return true;
    drop(f, worst);
    k = f->n_best;
  } else if (f->n_best == f->most) {
    if (!is_better(x, f->best[k - 1])) return false;
    drop(f, --k);
  }
  for (; k && is_better(x, f->best[k - 1]); k--) f->best[k] = f->best[k - 1];
  f->best[k] = x;
  f->n_best++;
  f->n_of[t]++;
  return true;
}

static int by_length(const void *x, const void *y) {
  const clue *a = x, *b = y;
  if (a->length != b->length) return a->length < b->length ? -1 : 1;
  return a->item < b->item ? -1 : a->item > b->item;
}

/* What each item of sentence i and each that is like one adds to a sentence that holds it. */
static void lay_out(finder *f, const rcpi_piece_sentence *s) {
  f->clues.n = 0;
  for (uint32_t k = 0; k < s->n_items; k++) {
    uint32_t item = s->items[k];
    for (uint32_t l = f->items->like_at[item]; l < f->items->like_at[item + 1]; l++) {
      rcpi_like like = f->items->likes[l];
      uint32_t length = f->list_at[like.item + 1] - f->list_at[like.item];
      if (like.sim < LEAST_SIM || f->n_with[like.item] > LONGEST_LIST) continue;
      if (!f->worth[like.item]) rcpi_push(f->a, &f->clues, (clue){like.item, length});
      f->worth[like.item] += f->items->items[item].weight * like.sim / RCPI_SAME + 1;
    }
  }
  if (f->clues.n) qsort(f->clues.p, f->clues.n, sizeof *f->clues.p, by_length);
}

/*
 * Could a sentence that holds none but clues from `next` on still come among the best? It scores 1000 x its worth / (its
 * mass + the other's + 1); an item helps it to a score by 1000 x worth - score x weight, if at all.
 */
static bool may_help(const finder *f, size_t next, uint32_t mass) {
  if (f->n_best < f->most) return true;
  uint64_t score = f->best[f->n_best - 1].shared, need = score * (mass + (uint64_t)1), help = 0;
  for (size_t k = f->clues.n; k-- > next && help < need;) {
    uint64_t gain = (uint64_t)f->worth[f->clues.p[k].item] * 1000, cost = score * f->items->items[f->clues.p[k].item].weight;
    if (gain > cost) help += gain - cost;
  }
  return help >= need;
}

/* Those of a kind, which all share as much with the present one; of many copies the first. */
static void keep_kind(finder *f, kind k, const rcpi_piece_sentence *own) {
  const rcpi_piece_sentence *s = &f->pieces->sentences[k.first];
  uint32_t sum = 0, i = k.first;
  for (uint32_t x = 0; x < s->n_items; x++) sum += f->worth[s->items[x]];
  uint32_t shared = (uint32_t)((uint64_t)sum * 1000 / (own->mass + s->mass + 1));
  while (keep(f, (proposal){i, shared}) && !f->is_partial && f->next[i] != UINT32_MAX) i = f->next[i];
}

/* The best for the sentences of a kind into f->best. */
static void propose(finder *f, uint32_t of) {
  const rcpi_piece_sentence *all = f->pieces->sentences, *own = &all[f->kinds.p[of].first];
  lay_out(f, own);
  f->n_best = 0;
  for (size_t c = 0; c < f->clues.n && may_help(f, c, own->mass); c++)
    for (uint32_t p = f->list_at[f->clues.p[c].item], end = p + f->clues.p[c].length; p < end; p++) {
      uint32_t k = f->list[p];
      if (f->asked[k] != of + 1) keep_kind(f, f->kinds.p[k], own);
      f->asked[k] = of + 1;
    }
  for (size_t c = 0; c < f->clues.n; c++) f->worth[f->clues.p[c].item] = 0;
  for (size_t k = 0; k < f->n_best; k++) f->n_of[all[f->best[k].sentence].telling] = 0;
}

typedef struct links { RCPI_VEC(uint64_t) v; } links;   /* two sentences as one number, both ways */

static void link(const finder *f, links *out, uint32_t i, uint32_t t) {
  rcpi_push(f->a, &out->v, (uint64_t)i << 32 | t);
  rcpi_push(f->a, &out->v, (uint64_t)t << 32 | i);
}

/* The sentences of a kind with the best of it and with themselves. */
static void link_kind(const finder *f, links *out, uint32_t first) {
  for (uint32_t i = first; i != UINT32_MAX; i = f->next[i]) {
    rcpi_push(f->a, &out->v, (uint64_t)i << 32 | i);
    for (size_t j = 0; j < f->n_best && (i == first || !f->is_partial); j++) link(f, out, i, f->best[j].sentence);
    if (!f->is_partial) continue;
    link(f, out, i, first);
    uint32_t t = f->next[i];
    for (int k = 0; k < NEXT && t != UINT32_MAX; k++, t = f->next[t]) link(f, out, i, t);
  }
}

void rcpi_near_find(rcpi_arena *a, const rcpi_items *items, const rcpi_pieces *pieces, rcpi_near *out) {
  size_t n = pieces->n_sentences;
  finder f = {.a = a, .items = items, .pieces = pieces, .most = n > MANY ? MOST_OF_MANY : MOST, .is_partial = n > MANY};
  out->is_partial = f.is_partial;
  find_kinds(&f);
  make_lists(&f);
  f.worth = rcpi_array(a, uint32_t, items->n_items);
  f.asked = rcpi_array(a, uint32_t, f.kinds.n);
  f.best = rcpi_array(a, proposal, MOST);
  f.n_of = rcpi_array(a, uint8_t, n ? pieces->sentences[n - 1].telling + 1 : 0);
  links found = {.v = {0}};
  for (uint32_t k = 0; k < f.kinds.n; k++) {
    propose(&f, k);
    link_kind(&f, &found, f.kinds.p[k].first);
  }
  rcpi_sort_u64(a, found.v.p, found.v.n, 0);
  out->at = rcpi_array(a, uint32_t, n + 1);
  out->of = rcpi_array(a, uint32_t, found.v.n);
  uint32_t total = 0;
  for (size_t i = 0, k = 0; i < n; i++) {
    out->at[i] = total;
    for (; k < found.v.n && found.v.p[k] >> 32 == i; k++)
      if (k == 0 || found.v.p[k] != found.v.p[k - 1]) out->of[total++] = (uint32_t)found.v.p[k];
  }
  out->at[n] = total;
}
