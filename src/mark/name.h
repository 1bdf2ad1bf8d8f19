/*
 * name.h - names of people, places, organisations, products, media; and which spellings over several articles are one.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_MARK_NAME_H
#define RCPI_MARK_NAME_H

#include "mark/mark.h"

void rcpi_names_find(rcpi_arena *a, const rcpi_text *text, rcpi_marks *marks);

/* Names of several tellings brought together: one group for each entity. */
typedef struct rcpi_name_group {
  rcp_str canonical;           /* the fullest, most frequent spelling */
  rcpi_name_type type;
  uint32_t first, n;           /* in rcpi_name_groups.mentions */
} rcpi_name_group;
typedef struct rcpi_name_mention { uint32_t telling, name; } rcpi_name_mention;   /* name: index in its marks.names */
typedef struct rcpi_name_groups {
  rcpi_name_group *groups;     size_t n_groups;
  rcpi_name_mention *mentions; size_t n_mentions;
  uint32_t **group_of;         /* [telling][name] -> group */
} rcpi_name_groups;
void rcpi_names_group(rcpi_arena *a, const rcpi_telling *tellings, size_t n_tellings, rcpi_name_groups *out);

#endif
