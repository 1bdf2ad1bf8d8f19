/*
 * An item in very many sentences proposes none: what everybody says all the time tells no two places apart.
 *
 * Cost: for each sentence the lengths of the lists of its items and of those like them. Known weakness: two sentences
 * that share only the story's commonest words are never compared.
 */
#include "claim/near.h"

#include "base/sort.h"

enum {
  MOST_EACH = 6,               /* sentences that one proposes of each article */
  MOST = 64,                   /* and of all */
  MANY = 1000, MOST_OF_MANY = 12,   /* of a story with many sentences, most of which are copies */
  LONGEST_LIST = 1500,
  LEAST_SIM = 100,             /* likeness that proposes */
};

typedef struct finder {
  rcpi_arena *a;
  const rcpi_items *items;
  const rcpi_pieces *pieces;
  uint32_t *list_at, *list;    /* sentences that hold an item */
} finder;

static void make_lists(finder *f) {
  const rcpi_pieces *p = f->pieces;
  uint32_t *at = f->list_at = rcpi_array(f->a, uint32_t, f->items->n_items + 2);
  size_t total = 0;
  for (size_t i = 0; i < p->n_sentences; i++)
    for (uint32_t k = 0; k < p->sentences[i].n_items; k++) at[p->sentences[i].items[k] + 2]++, total++;
  for (size_t i = 2; i < f->items->n_items + 2; i++) at[i] += at[i - 1];
  f->list = rcpi_array(f->a, uint32_t, total);
  for (uint32_t i = 0; i < p->n_sentences; i++)
    for (uint32_t k = 0; k < p->sentences[i].n_items; k++) f->list[at[p->sentences[i].items[k] + 1]++] = i;
}

typedef struct proposal { uint32_t sentence, shared; } proposal;

static bool is_better(proposal a, proposal b) {
  return a.shared != b.shared ? a.shared > b.shared : a.sentence < b.sentence;
}

/* The `most` best of n, moved to the front; how many they are. */
static size_t keep_best(proposal *p, size_t n, size_t most) {
  size_t n_kept = 0;
  for (size_t i = 0; i < n; i++) {
    proposal x = p[i];
    if (n_kept == most && !is_better(x, p[n_kept - 1])) continue;
    size_t k = n_kept < most ? n_kept++ : n_kept - 1;
    for (; k && is_better(x, p[k - 1]); k--) p[k] = p[k - 1];
    p[k] = x;
  }
  return n_kept;
}

/* The MOST_EACH best of each telling, moved to the front; `room` holds so many for each telling, `n_of` is all 0. */
static size_t keep_best_of_each(const finder *f, proposal *p, size_t n, size_t n_tellings, proposal *room, uint8_t *n_of) {
  for (size_t i = 0; i < n; i++) {
    uint32_t t = f->pieces->sentences[p[i].sentence].telling;
    proposal *best = room + (size_t)t * MOST_EACH;
    size_t k = n_of[t] < MOST_EACH ? n_of[t]++ : MOST_EACH;
    if (k == MOST_EACH && !is_better(p[i], best[--k])) continue;
    for (; k && is_better(p[i], best[k - 1]); k--) best[k] = best[k - 1];
    best[k] = p[i];
  }
  size_t n_kept = 0;
  for (size_t t = 0; t < n_tellings; t++) {
    memcpy(p + n_kept, room + t * MOST_EACH, n_of[t] * sizeof *p);
    n_kept += n_of[t];
    n_of[t] = 0;
  }
  return n_kept;
}

/* Sentences that share weight with sentence i; `shared` is scratch, all 0 before and after. */
static size_t propose(const finder *f, uint32_t i, uint32_t *shared, proposal *out) {
  const rcpi_piece_sentence *sent = &f->pieces->sentences[i];
  size_t n = 0;
  for (uint32_t k = 0; k < sent->n_items; k++) {
    uint32_t item = sent->items[k];
    for (uint32_t l = f->items->like_at[item]; l < f->items->like_at[item + 1]; l++) {
      rcpi_like like = f->items->likes[l];
      uint32_t beg = f->list_at[like.item], end = f->list_at[like.item + 1];
      if (like.sim < LEAST_SIM || end - beg > LONGEST_LIST) continue;
      uint32_t w = f->items->items[item].weight * like.sim / RCPI_SAME;
      for (uint32_t p = beg; p < end; p++) {
        if (!shared[f->list[p]]) out[n++].sentence = f->list[p];
        shared[f->list[p]] += w + 1;
      }
    }
  }
  for (size_t k = 0; k < n; k++) {
    uint32_t t = out[k].sentence;
    out[k].shared = (uint32_t)((uint64_t)shared[t] * 1000 / (sent->mass + f->pieces->sentences[t].mass + 1));
    shared[t] = 0;
  }
  return n;
}

void rcpi_near_find(rcpi_arena *a, const rcpi_items *items, const rcpi_pieces *pieces, rcpi_near *out) {
  finder f = {.a = a, .items = items, .pieces = pieces};
  size_t n = pieces->n_sentences, most = n > MANY ? MOST_OF_MANY : MOST;
  out->is_partial = n > MANY;
  make_lists(&f);
  uint32_t *shared = rcpi_array(a, uint32_t, n);
  proposal *found = rcpi_array(a, proposal, n);
  size_t n_tellings = n ? pieces->sentences[n - 1].telling + 1 : 0;
  proposal *room = rcpi_array(a, proposal, n_tellings * MOST_EACH);
  uint8_t *n_of = rcpi_array(a, uint8_t, n_tellings);
  RCPI_VEC(uint64_t) links = {0};
  for (uint32_t i = 0; i < n; i++) {
    size_t k = keep_best_of_each(&f, found, propose(&f, i, shared, found), n_tellings, room, n_of);
    k = keep_best(found, k, most);
    rcpi_push(a, &links, (uint64_t)i << 32 | i);
    for (size_t j = 0; j < k; j++) {
      rcpi_push(a, &links, (uint64_t)i << 32 | found[j].sentence);
      rcpi_push(a, &links, (uint64_t)found[j].sentence << 32 | i);
    }
  }
  rcpi_sort_u64(a, links.p, links.n, 0);
  out->at = rcpi_array(a, uint32_t, n + 1);
  out->of = rcpi_array(a, uint32_t, links.n);
  uint32_t total = 0;
  for (size_t i = 0, k = 0; i < n; i++) {
    out->at[i] = total;
    for (; k < links.n && links.p[k] >> 32 == i; k++)
      if (k == 0 || links.p[k] != links.p[k - 1]) out->of[total++] = (uint32_t)links.p[k];
  }
  out->at[n] = total;
}
