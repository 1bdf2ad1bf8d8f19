/*
 * index_file.h - a corpus in a file, to hold later articles against it without reading the earlier ones again.
 *
 * The file is mapped, not read into memory, and checked first: magic, versions, byte order, sizes, checksum of every part
 * (XXH3), and that no number in it points outside. docs/formats.md has the layout. It is written beside its name and
 * renamed, so that the old one or the new one is there, whole.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_REUSE_INDEX_FILE_H
#define RCPI_REUSE_INDEX_FILE_H

#include "reuse/corpus.h"

/* As they lie in the file: the header, then an entry for each segment. */
typedef struct rcpi_index_header {
  char magic[8];
  uint32_t format, order, sketch, n_segments;
  uint64_t table_hash;         /* of the entries */
} rcpi_index_header;

typedef struct rcpi_index_part { uint64_t at, n, hash; } rcpi_index_part;

typedef struct rcpi_index_entry {
  uint32_t n_docs, first;
  int32_t day, last_day;
  uint32_t n_slots, n_short_slots;
  rcpi_index_part parts[RCPI_N_SECTIONS];
} rcpi_index_entry;

/* All closed segments at hand. */
rcp_status rcpi_index_save(rcpi_corpus *c, const char *path, rcp_error *error);
/* Into a corpus without articles. RCP_EDATA says what is wrong with the file. */
rcp_status rcpi_index_load(rcpi_corpus *c, const char *path, rcp_error *error);

#endif
