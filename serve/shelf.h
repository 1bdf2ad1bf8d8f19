/*
 * shelf.h - answers that are kept for the next visitor: least lately asked for first to go when it is full.
 *
 * What an answer holds besides its bytes is the server's (`handle`); the shelf only says when it is to be released. Not safe for
 * several threads: the server's lock is held around every call and around the use of what serve_shelf_find gave.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RECOUPE_SERVE_SHELF_H
#define RECOUPE_SERVE_SHELF_H

#include "text.h"

enum { SERVE_SHELF_PLACES = 512 };

typedef struct serve_kept {
  char *key;                   /* NULL: an empty place */
  uint64_t hash;
  uint64_t stamp, print;       /* state of the archive, and of what it was made of, when it was made */
  uint64_t last;               /* when it was asked for last, in calls */
  size_t weight;
  void *handle;
} serve_kept;

typedef struct serve_shelf {
  serve_kept places[SERVE_SHELF_PLACES];
  size_t weight, most;         /* bytes */
  uint64_t clock;
  void (*release)(void *handle);
} serve_shelf;

/* FNV-1a, 64 bits: of keys and, for entity tags, of bodies. */
uint64_t serve_hash(rcp_str s);
serve_kept *serve_shelf_find(serve_shelf *shelf, const char *key);
/* Takes the handle, in place of what the key had; releases it at once when it can't be kept. */
void serve_shelf_put(serve_shelf *shelf, const char *key, uint64_t stamp, uint64_t print, size_t weight, void *handle);
void serve_shelf_clear(serve_shelf *shelf);

#endif
