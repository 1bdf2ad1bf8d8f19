/* SPDX-License-Identifier: Apache-2.0 */
#include "base/hash.h"

#include <stdlib.h>
#include <sys/auxv.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t rcpi_hash(rcp_str s, uint64_t seed) {
  return XXH3_64bits_withSeed(s.p, s.n, seed);
}

/* The kernel gives each process sixteen random bytes; to ask it for more for each of a thousand maps took a millisecond. */
static uint64_t seed_of(const rcpi_map *m) {
  const char *random = (const char *)(uintptr_t)getauxval(AT_RANDOM);
  uint64_t place = (uintptr_t)m;
  return (random ? XXH3_64bits_withSeed(random, 16, place) : place) | 1;
}

static size_t slot_of(const rcpi_map *m, rcp_str key) {
  size_t i = rcpi_hash(key, m->seed) & (m->cap - 1);
  while (m->slot[i].used && !rcpi_eq(m->slot[i].key, key)) i = (i + 1) & (m->cap - 1);
  return i;
}

static void grow(rcpi_arena *a, rcpi_map *m) {
  rcpi_map old = *m;
  if (!m->seed) m->seed = seed_of(m);
  m->cap = old.cap ? old.cap * 2 : 64;
  m->slot = rcpi_alloc(a, m->cap, sizeof *m->slot);
  for (size_t i = 0; i < old.cap; i++)
    if (old.slot[i].used) m->slot[slot_of(m, old.slot[i].key)] = old.slot[i];
}

uint32_t *rcpi_map_put(rcpi_arena *a, rcpi_map *m, rcp_str key, uint32_t fresh, bool *was_new) {
  if ((m->n + 1) * 2 > m->cap) grow(a, m);
  size_t i = slot_of(m, key);
  bool is_new = !m->slot[i].used;
  if (is_new) {
    m->slot[i].key = key;
    m->slot[i].value = fresh;
    m->slot[i].used = 1;
    m->n++;
  }
  if (was_new) *was_new = is_new;
  return &m->slot[i].value;
}

const uint32_t *rcpi_map_get(const rcpi_map *m, rcp_str key) {
  if (!m->cap) return NULL;
  size_t i = slot_of(m, key);
  return m->slot[i].used ? &m->slot[i].value : NULL;
}
