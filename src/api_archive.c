/*
 * The public functions on archives: each guards memory and calls src/store.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>

#include "base/error.h"
#include "store/archive.h"

struct rcp_archive {
  rcpi_arena arena;
  rcpi_archive *archive;
};

static rcp_status no_memory(rcp_error *error) {
  return rcpi_error(error, RCP_ENOMEM, RCPI_S(""), 0, "out of memory");
}

/* Runs one call under the archive's guard. */
#define GUARDED(s, call) \
  do { \
    volatile rcp_status status_ = RCP_OK; \
    RCPI_GUARD(&(s)->arena) status_ = (call); \
    else status_ = no_memory(error); \
    (s)->arena.guard = NULL; \
    return status_; \
  } while (0)

rcp_status rcp_archive_open(const rcp_engine *engine, const char *path, bool writes, rcp_archive **out, rcp_error *error) {
  *out = NULL;
  rcp_archive *s = calloc(1, sizeof *s);
  if (!s) return no_memory(error);
  rcpi_arena_init(&s->arena);
  volatile rcp_status status = RCP_OK;
  RCPI_GUARD(&s->arena) status = rcpi_archive_open(&s->arena, engine, path, writes, &s->archive, error);
  else status = no_memory(error);
  s->arena.guard = NULL;
  if (status) rcp_archive_close(s);
  else *out = s;
  return status;
}

rcp_status rcp_archive_begin(rcp_archive *s, rcp_error *error) { GUARDED(s, rcpi_archive_begin(s->archive, error)); }

rcp_status rcp_archive_add(rcp_archive *s, const rcp_article *article, rcp_archive_line *out, rcp_error *error) {
  GUARDED(s, rcpi_archive_add(s->archive, article, out, error));
}

rcp_status rcp_archive_commit(rcp_archive *s, rcp_error *error) { GUARDED(s, rcpi_archive_commit(s->archive, error)); }

rcp_status rcp_archive_list(rcp_archive *s, unsigned most, rcp_archive_see see, void *with, rcp_error *error) {
  GUARDED(s, rcpi_archive_query(s->archive, RCPI_QUERY_STORIES, RCPI_S(""), most, see, with, error));
}

rcp_status rcp_archive_show(rcp_archive *s, const char *story, rcp_archive_see see, void *with, rcp_error *error) {
  GUARDED(s, rcpi_archive_query(s->archive, RCPI_QUERY_STORY, rcpi_cstr(story), 0, see, with, error));
}

rcp_status rcp_archive_search(rcp_archive *s, const char *words, unsigned most, rcp_archive_see see, void *with, rcp_error *error) {
  GUARDED(s, rcpi_archive_query(s->archive, RCPI_QUERY_WORDS, rcpi_cstr(words), most, see, with, error));
}

rcp_status rcp_archive_check(rcp_archive *s, void (*see)(void *with, rcp_str fault), void *with, rcp_error *error) {
  GUARDED(s, rcpi_archive_check(s->archive, see, with, error));
}

void rcp_archive_close(rcp_archive *s) {
  if (!s) return;
  rcpi_arena_release(&s->arena);
  free(s);
}
