/*
 * archive.h - the archive: one SQLite file that keeps articles and the stories they belong to. The door to SQLite.
 *
 * Writing goes in transactions: rcpi_archive_begin waits for another writer, takes in what that one added, and holds the
 * file until rcpi_archive_commit, which returns when the disk has it. What was not committed never was. Readers
 * are not kept waiting (write-ahead log). The schema and its versions: docs/formats.md.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_STORE_ARCHIVE_H
#define RCPI_STORE_ARCHIVE_H

#include "engine.h"
#include "input/article.h"

typedef struct rcpi_archive rcpi_archive;

/* Opens a file, for writing or reading; makes it when it is not there and is to be written. Lives in `a`. */
rcp_status rcpi_archive_open(rcpi_arena *a, const rcp_engine *engine, const char *path, bool writes, rcpi_archive **out,
                             rcp_error *error);

rcp_status rcpi_archive_begin(rcpi_archive *s, rcp_error *error);
/* Views are good until the next call. An article that is there already, same words from the same place, is "known". */
rcp_status rcpi_archive_add(rcpi_archive *s, const rcp_article *article, rcp_archive_line *out, rcp_error *error);
rcp_status rcpi_archive_commit(rcpi_archive *s, rcp_error *error);

typedef enum rcpi_query { RCPI_QUERY_STORIES, RCPI_QUERY_STORY, RCPI_QUERY_WORDS } rcpi_query;
/* Calls see() with each row, latest first, at most `most`. `what`: the story's id, the words; unused for all stories. */
rcp_status rcpi_archive_query(rcpi_archive *s, rcpi_query query, rcp_str what, unsigned most,
                              void (*see)(void *with, const rcp_archive_row *row), void *with, rcp_error *error);

/* Calls see() with each fault of the file; RCP_EDATA when there was one. */
rcp_status rcpi_archive_check(rcpi_archive *s, void (*see)(void *with, rcp_str fault), void *with, rcp_error *error);

#endif
