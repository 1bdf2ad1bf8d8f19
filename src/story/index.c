/* SPDX-License-Identifier: Apache-2.0 */
#include "story/index.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1 << 12, FIRST_NUMBERS = 4 };

static rcpi_posting *posting_at(const rcpi_index *x, uint32_t term) {
  size_t i = term & (x->cap - 1);
  while (x->slots[i].numbers && x->slots[i].term != term) i = (i + 1) & (x->cap - 1);
  return &x->slots[i];
}

/* Moves every list into a table of `cap` slots, but for those whose newest number is below `floor`. */
static void rebuild(rcpi_index *x, size_t cap, uint32_t floor) {
  rcpi_index old = *x;
  x->slots = rcpi_pool_take(x->pool, cap, sizeof *x->slots);
  memset(x->slots, 0, cap * sizeof *x->slots);
  x->cap = cap;
  x->n = 0;
  for (size_t i = 0; i < old.cap; i++) {
    rcpi_posting *p = &old.slots[i];
    if (!p->numbers) continue;
    uint32_t newest = p->numbers[(p->head + p->n - 1) % p->n];
    if (newest < floor) rcpi_pool_give(x->pool, p->numbers, p->cap, sizeof *p->numbers);
    else *posting_at(x, p->term) = *p, x->n++;
  }
  rcpi_pool_give(x->pool, old.slots, old.cap, sizeof *old.slots);
}

static void append(rcpi_index *x, rcpi_posting *p, uint32_t number) {
  if (p->n == x->listed) {
    p->numbers[p->head] = number;
    p->head = (p->head + 1) % p->n;
    return;
  }
  if (p->n == p->cap) {
    uint32_t cap = p->cap ? p->cap * 2 : FIRST_NUMBERS;
    p->numbers = rcpi_pool_resize(x->pool, p->numbers, p->n, p->cap, cap, sizeof *p->numbers);
    p->cap = cap;
  }
  p->numbers[p->n++] = number;
}

void rcpi_index_add(rcpi_index *x, const rcpi_term *terms, size_t n, uint32_t number) {
  for (size_t i = 0; i < n; i++) {
    if ((x->n + 1) * 2 > x->cap) rebuild(x, x->cap ? x->cap * 2 : FIRST_SLOTS, 0);
    rcpi_posting *p = posting_at(x, terms[i].term);
    if (!p->numbers) *p = (rcpi_posting){.term = terms[i].term}, x->n++;
    append(x, p, number);
  }
}

void rcpi_index_sweep(rcpi_index *x, uint32_t floor) {
  if (x->cap) rebuild(x, x->cap, floor);
}

static int best_first(const void *x, const void *y) {
  const rcpi_near *a = x, *b = y;
  if (a->shared != b->shared) return a->shared > b->shared ? -1 : 1;
  return (a->number > b->number) - (a->number < b->number);
}

/* Articles met so far, by number; open addressing. */
typedef struct met { rcpi_near *slots; size_t cap, n; } met;

static void add_shared(met *m, uint32_t number, uint64_t shared) {
  size_t i = (number * 2654435761u) & (m->cap - 1);
  while (m->slots[i].shared && m->slots[i].number != number) i = (i + 1) & (m->cap - 1);
  m->slots[i].number = number;
  m->slots[i].shared += shared;
}

/* Lets what stands at i sink in a heap whose top is the worst. */
static void sink(rcpi_near *heap, size_t n, size_t i) {
  rcpi_near moved = heap[i];
  for (size_t child; (child = 2 * i + 1) < n; i = child) {
    if (child + 1 < n && best_first(&heap[child + 1], &heap[child]) > 0) child++;
    if (best_first(&heap[child], &moved) <= 0) break;
    heap[i] = heap[child];
  }
  heap[i] = moved;
}

/* The best `most` of thousands, in order; sorting all of them was a third of the time of grouping. */
static size_t choose(const met *m, rcpi_near *out, size_t most) {
  size_t n = 0;
  for (size_t i = 0; i < m->cap; i++) {
    if (!m->slots[i].shared) continue;
    if (n < most) {
      out[n++] = m->slots[i];
      if (n == most)
        for (size_t k = most / 2; k-- > 0;) sink(out, n, k);
    } else if (best_first(&m->slots[i], &out[0]) < 0) {
      out[0] = m->slots[i];
      sink(out, n, 0);
    }
  }
  qsort(out, n, sizeof *out, best_first);
  return n;
}

size_t rcpi_index_near(const rcpi_index *x, rcpi_arena *a, const rcpi_term *terms, size_t n, uint32_t floor, size_t most,
                       rcpi_near **out) {
  size_t total = 0;
  met m = {.cap = 64};
  const rcpi_posting **lists = rcpi_array(a, const rcpi_posting *, n);
  for (size_t i = 0; i < n && x->cap; i++) {
    const rcpi_posting *p = posting_at(x, terms[i].term);
    lists[i] = p->numbers ? p : NULL;
    total += p->numbers ? p->n : 0;
  }
  while (m.cap < total * 2) m.cap *= 2;
  m.slots = rcpi_array(a, rcpi_near, m.cap);
  for (size_t i = 0; i < n; i++)
    for (uint32_t k = 0; lists[i] && k < lists[i]->n; k++)
      if (lists[i]->numbers[k] >= floor) add_shared(&m, lists[i]->numbers[k], (uint64_t)terms[i].weight * terms[i].weight);
  *out = rcpi_array(a, rcpi_near, most);
  return choose(&m, *out, most);
}
