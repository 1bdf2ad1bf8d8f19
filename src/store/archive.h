/*
 * archive.h - the archive: one SQLite file that keeps articles and the stories they belong to.
 *
 * Writing goes in transactions: rcpi_archive_begin waits for another writer, takes in what that one added, and holds the
 * file until rcpi_archive_commit, which returns when the disk has it. What was not committed never was. Readers
 * are not kept waiting (write-ahead log).
 *
 * archive.c opens, adds and commits; correct.c does what a person says; ask.c lists, shows and searches; keep.c makes
 * dossiers and keeps them; change.c tells versions apart; give.c exports; watch.c reads feeds; check.c checks. The tables: schema.h.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_STORE_ARCHIVE_H
#define RCPI_STORE_ARCHIVE_H

#include "dossier/dossier.h"
#include "engine.h"
#include "input/article.h"
#include "store/schema.h"

/* Opens a file, for writing or reading; makes it when it is not there and is to be written. Lives in `a`. */
rcp_status rcpi_archive_open(rcpi_arena *a, const rcp_engine *engine, const char *path, bool writes, rcpi_archive **out,
                             rcp_error *error);

rcp_status rcpi_archive_begin(rcpi_archive *s, rcp_error *error);
/* Views are good until the next call. After a failure nothing since begin is there. */
rcp_status rcpi_archive_add(rcpi_archive *s, const rcp_article *article, rcp_archive_line *out, rcp_error *error);
rcp_status rcpi_archive_commit(rcpi_archive *s, rcp_error *error);
/* Ends a transaction without it; nothing to do when there is none. */
void rcpi_archive_roll_back(rcpi_archive *s);

/* correct.c: each in a transaction of its own, or in the one that is open. `note` is kept with it and may be NULL. */
rcp_status rcpi_archive_merge(rcpi_archive *s, rcp_str from, rcp_str into, rcp_str note, rcp_error *error);
rcp_status rcpi_archive_split(rcpi_archive *s, const char *const *articles, size_t n, rcp_str note, rcp_archive_line *out,
                              rcp_error *error);
rcp_status rcpi_archive_not_same(rcpi_archive *s, rcp_str a, rcp_str b, rcp_str note, rcp_archive_line *out, rcp_error *error);
rcp_status rcpi_archive_forget(rcpi_archive *s, rcp_str article, rcp_error *error);

/* ask.c: calls see() with each row; views are good during the call. */
rcp_status rcpi_archive_stories(rcpi_archive *s, const rcp_archive_query *query, rcp_archive_see_story see, void *with, rcp_error *error);
rcp_status rcpi_archive_story_get(rcpi_archive *s, rcp_str name, rcp_archive_see_story see, void *with, rcp_error *error);
rcp_status rcpi_archive_days(rcpi_archive *s, unsigned most, rcp_archive_see_day see, void *with, rcp_error *error);
rcp_status rcpi_archive_row(rcpi_archive *s, rcp_str article, rcp_archive_see see, void *with, rcp_error *error);
rcp_status rcpi_archive_articles(rcpi_archive *s, rcp_str story, rcp_archive_see see, void *with, rcp_error *error);
rcp_status rcpi_archive_versions(rcpi_archive *s, rcp_str article, rcp_archive_see see, void *with, rcp_error *error);
rcp_status rcpi_archive_search(rcpi_archive *s, rcp_str words, const rcp_archive_query *query, rcp_archive_see see, void *with, rcp_error *error);
rcp_status rcpi_archive_events(rcpi_archive *s, rcp_str story, unsigned most, rcp_archive_see_event see, void *with, rcp_error *error);
rcp_status rcpi_archive_article(rcpi_archive *s, rcp_str name, rcp_article **out, rcp_error *error);

/* keep.c */
/* What is kept for the next dossier goes back to the system. */
void rcpi_archive_rest(rcpi_archive *s);
rcp_status rcpi_archive_dossier(rcpi_archive *s, rcp_str story, rcp_dossier **out, rcp_error *error);
rcp_status rcpi_archive_dossier_write(rcpi_archive *s, rcp_str story, rcp_format format, const rcp_write_options *options, rcpi_buf *out,
                                      rcp_error *error);
rcp_status rcpi_archive_claims(rcpi_archive *s, rcp_str story, rcp_str article, rcp_archive_see_claim see, void *with, rcp_error *error);
bool rcpi_archive_has_claims(rcpi_archive *s, rcp_str story);
rcp_status rcpi_archive_derivations(rcpi_archive *s, rcp_str story, rcp_archive_see_derivation see, void *with, rcp_error *error);

/* change.c: what an article's version changed in the one before it. */
rcp_status rcpi_archive_changes(rcpi_archive *s, rcp_str article, rcp_archive_see_change see, void *with, rcp_error *error);

/* give.c */
rcp_status rcpi_archive_export(rcpi_archive *s, rcp_export what, rcp_str story, rcp_archive_write write, void *with, rcp_error *error);

/* watch.c */
rcp_status rcpi_archive_watch(rcpi_archive *s, const char *const *feeds, size_t n, const rcp_watch_options *options, rcp_archive_see_watch see,
                              void *with, int64_t *due, rcp_error *error);

/* check.c: calls see() with each fault of the file; RCP_EDATA when there was one. */
rcp_status rcpi_archive_check(rcpi_archive *s, void (*see)(void *with, rcp_str fault), void *with, rcp_error *error);

#endif
