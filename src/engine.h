/*
 * engine.h - what every stage may ask for: tables and options. It does not change once it is made.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_ENGINE_H
#define RCPI_ENGINE_H

#include "base/arena.h"
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

#endif
