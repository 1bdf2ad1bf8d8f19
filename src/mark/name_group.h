/*
 * name_group.h - which spellings in several tellings are one name: accents, transliterations, slips, titles, short forms,
 * acronyms, the same name in another language.
 *
 * Metonyms (Moscou, la Russie) are two names. In doubt two names stay two: a wrong union makes a false confirmation.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_MARK_NAME_GROUP_H
#define RCPI_MARK_NAME_GROUP_H

#include "mark/mark.h"

/* One group for each entity, in order of its first mention; last those that only captions and credits name (n 0). */
typedef struct rcpi_name_group {
  rcp_str canonical;           /* the fullest, most frequent spelling */
  rcpi_name_type type;
  uint32_t first, n;           /* in rcpi_name_groups.mentions */
} rcpi_name_group;
typedef struct rcpi_name_mention { uint32_t telling, name; } rcpi_name_mention;   /* name: index in its marks.names */
/* A place in a caption, credit or the like that names it too. */
typedef struct rcpi_name_place { uint32_t telling; rcpi_span at; uint32_t group; } rcpi_name_place;
typedef struct rcpi_name_groups {
  rcpi_name_group *groups;     size_t n_groups;
  rcpi_name_mention *mentions; size_t n_mentions;
  uint32_t **group_of;         /* [telling][name] -> group */
  rcpi_name_place *places;     size_t n_places;       /* by telling, then place */
} rcpi_name_groups;
void rcpi_names_group(rcpi_arena *a, const rcpi_telling *tellings, size_t n_tellings, rcpi_name_groups *out);

#endif
