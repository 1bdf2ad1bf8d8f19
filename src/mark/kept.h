/*
 * kept.h - what marks need of a language's tables in a form of their own, made once for all texts of a story.
 *
 * Two tables are turned round before a text can be read: names of media are folded, patterns of time are chained. A story
 * of eight articles did it eight times, a sixth of all that marks cost.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_MARK_KEPT_H
#define RCPI_MARK_KEPT_H

#include "base/hash.h"
#include "lang/lang.h"

typedef struct rcpi_kept_lang {
  const rcpi_lang *lang;
  const rcpi_map *media;               /* folded names; NULL: not yet made */
  const struct rcpi_time_index *times; /* time.c; NULL: not yet made */
} rcpi_kept_lang;

typedef struct rcpi_kept {
  rcpi_arena *a;               /* where it is all made: it outlives the texts */
  RCPI_VEC(rcpi_kept_lang *) of;
} rcpi_kept;

/* The part of a language, which may be NULL; without `kept` a new one in `a`, for one text. */
static inline rcpi_kept_lang *rcpi_kept_of(rcpi_arena *a, rcpi_kept *kept, const rcpi_lang *lang) {
  for (size_t i = 0; kept && i < kept->of.n; i++)
    if (kept->of.p[i]->lang == lang) return kept->of.p[i];
  rcpi_kept_lang *new = rcpi_new(kept ? kept->a : a, rcpi_kept_lang);
  new->lang = lang;
  if (kept) rcpi_push(kept->a, &kept->of, new);
  return new;
}

#endif
