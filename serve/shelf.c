/* SPDX-License-Identifier: Apache-2.0 */
#include "shelf.h"

#include <stdlib.h>

uint64_t serve_hash(rcp_str s) {
  uint64_t h = 14695981039346656037u;
  for (size_t i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
  return h;
}

serve_kept *serve_shelf_find(serve_shelf *shelf, const char *key) {
  uint64_t hash = serve_hash(serve_str(key));
  for (size_t i = 0; i < SERVE_SHELF_PLACES; i++) {
    serve_kept *k = &shelf->places[i];
    if (!k->key || k->hash != hash || strcmp(k->key, key)) continue;
    k->last = ++shelf->clock;
    return k;
  }
  return NULL;
}

static void empty(serve_shelf *shelf, serve_kept *k) {
  if (!k->key) return;
  free(k->key);
  shelf->release(k->handle);
  shelf->weight -= k->weight;
  *k = (serve_kept){.key = NULL};
}

/* An empty place, or the one least lately asked for. */
static serve_kept *place(serve_shelf *shelf, bool wants_full) {
  serve_kept *best = NULL;
  for (size_t i = 0; i < SERVE_SHELF_PLACES; i++) {
    serve_kept *k = &shelf->places[i];
    if (!k->key && !wants_full) return k;
    if (k->key && (!best || k->last < best->last)) best = k;
  }
  return best;
}

void serve_shelf_put(serve_shelf *shelf, const char *key, uint64_t stamp, uint64_t print, size_t weight, void *handle) {
  serve_kept *old = serve_shelf_find(shelf, key);
  char *own = strdup(key);
  if (old) empty(shelf, old);
  if (!own || weight > shelf->most / 4) {
    free(own);
    shelf->release(handle);
    return;
  }
  while (shelf->weight + weight > shelf->most) empty(shelf, place(shelf, true));
  serve_kept *k = place(shelf, false);
  empty(shelf, k);
  *k = (serve_kept){own, serve_hash(serve_str(key)), stamp, print, ++shelf->clock, weight, handle};
  shelf->weight += weight;
}

void serve_shelf_clear(serve_shelf *shelf) {
  for (size_t i = 0; i < SERVE_SHELF_PLACES; i++) empty(shelf, &shelf->places[i]);
}
