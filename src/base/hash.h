/*
 * hash.h - the door to xxHash, and a map from strings to numbers.
 *
 * Sketches and ids use fixed seeds, so that they mean the same everywhere. Maps keyed by input text use a seed drawn
 * once per process from the kernel, so that no input can be made to collide; nothing in a result depends on map order.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_BASE_HASH_H
#define RCPI_BASE_HASH_H

#include "base/arena.h"
#include "base/str.h"

/* XXH3, 64 bits. The same for the same bytes on every machine. */
uint64_t rcpi_hash(rcp_str s, uint64_t seed);

/* String -> uint32_t, insert and look up; open addressing in an arena. Keys are not copied. {0} is an empty map. */
typedef struct rcpi_map {
  struct { rcp_str key; uint32_t value, used; } *slot;
  size_t n, cap;
  uint64_t seed;
} rcpi_map;

/* The value of key, inserted as `fresh` when it was not there; *was_new may be NULL. */
uint32_t *rcpi_map_put(rcpi_arena *a, rcpi_map *m, rcp_str key, uint32_t fresh, bool *was_new);
/* NULL when the key is not there. */
const uint32_t *rcpi_map_get(const rcpi_map *m, rcp_str key);

#endif
