/* archive_int.h - what the files of this folder share. SPDX-License-Identifier: Apache-2.0 */
#ifndef RCPI_STORE_ARCHIVE_INT_H
#define RCPI_STORE_ARCHIVE_INT_H

#include "store/archive.h"
#include "store/db.h"
#include "store/fold.h"
#include "story/story.h"

/* A dossier as it was made, and what of the archive it is made of. */
typedef struct rcpi_made {
  rcp_dossier *d;
  int64_t story, revision;
  rcp_str name;                /* of the story */
  int64_t *numbers;            /* of the articles, by telling; the dossier's memory */
} rcpi_made;

enum { RCPI_LENT = 8 };

struct rcpi_archive {
  rcpi_arena *arena;           /* of the archive; its guard is that of the call */
  const rcp_engine *engine;
  rcpi_db *db;
  const char *path;
  bool writes;
  rcpi_folder *fold;             /* NULL: not needed yet */
  rcpi_arena memory, scratch;  /* of the grouping; of one call */
  rcpi_chunks pool;              /* of dossiers, from one to the next */
  rcpi_made lent[RCPI_LENT];     /* the last that callers have, without name; those without a dossier are free */
  size_t next_lent;
  rcpi_grouping *grouping;     /* NULL: to be read again */
  int64_t last, last_event;    /* the last article and event that the grouping knows */
  struct rcpi_fetcher *fetcher;  /* of watch; NULL: not needed yet */
  int64_t fetcher_made;
  unsigned window;             /* articles that a new one is compared with */
};

/* Begins a call: memory fails to the archive's guard, the scratch of the call before is given back. */
void rcpi_archive_enter(rcpi_archive *s);
rcpi_folder *rcpi_archive_fold(rcpi_archive *s);
/* Takes everything since begin back; the error so far is told. */
rcp_status rcpi_archive_abandon(rcpi_archive *s, rcp_error *error);

/* What stands in the table of articles and its neighbours, as an article that was cleaned; freed by the caller. */
rcp_status rcpi_archive_load(rcpi_archive *s, int64_t article, rcp_article **out, rcp_error *error);
/* The number of what a person names: a story by its name or "#12", followed where it was merged; 0: none. */
int64_t rcpi_archive_story_of(rcpi_archive *s, rcp_str name);
/* An article by its id, place or "#12": its latest version; 0: none. */
int64_t rcpi_archive_article_of(rcpi_archive *s, rcp_str name);

/* Puts an article's title and own words into the search index, or takes them out. */
void rcpi_archive_index(rcpi_archive *s, int64_t number, const rcp_article *article, bool is_taken_out);
void rcpi_archive_unindex(rcpi_archive *s, int64_t number);

/* Counts, days and revision of a story after its articles changed; says so in the events when `kind` is given. */
void rcpi_archive_recount(rcpi_archive *s, int64_t story);
void rcpi_archive_event(rcpi_archive *s, const char *kind, int64_t story, int64_t other, int64_t article, bool by_person, rcp_str note);
/* All articles of `from` go to `into`, which keeps its name. */
void rcpi_archive_unite(rcpi_archive *s, int64_t from, int64_t into, bool by_person, rcp_str note);
/* A story without articles, named after its first. */
int64_t rcpi_archive_new_story(rcpi_archive *s, rcp_str name);

/* keep.c: what was kept of a story's dossier goes. */
void rcpi_keep_drop(rcpi_archive *s, int64_t story);

/* correct.c: what a forgotten article is known by, a hash in hexadecimal: its URL, else place and words. */
rcp_str rcpi_forgotten_mark(rcpi_arena *a, rcp_str url, rcp_str place, rcp_str words);

int64_t rcpi_now(void);        /* seconds since 1970 */

#endif
