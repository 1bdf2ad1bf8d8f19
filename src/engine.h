/*
 * engine.h - what every stage may ask for: tables and options. It does not change once it is made.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_ENGINE_H
#define RCPI_ENGINE_H

#include "base/arena.h"
#include "base/limits.h"
#include "input/fetch.h"
#include "input/meta.h"
#include "lang/lang.h"

struct rcp_engine {
  rcpi_arena arena;
  rcp_options options;         /* strings are the engine's own */
  rcpi_langs langs;
  rcpi_meta meta;              /* of --meta; empty without one */
  const struct rcpi_cleaner *cleaner;
  const int32_t *score_weights;  /* of claim/score.h, on trial (bench/alignment); NULL: the program's own */
};

/* Bytes of a text that compare reads. */
static inline size_t rcpi_engine_telling(const rcp_engine *e) {
  return e->options.max_telling ? e->options.max_telling : RCPI_MAX_TELLING;
}

/* How URLs are read for this engine. */
static inline rcpi_fetch_options rcpi_engine_fetch(const rcp_engine *e) {
  return (rcpi_fetch_options){.allows_private = e->options.allow_private, .save = rcpi_cstr(e->options.save), .seconds = e->options.timeout, .most = e->options.max_article};
}

#endif
