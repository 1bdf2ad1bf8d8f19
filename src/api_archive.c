/*
 * The public functions on archives: each guards memory and calls src/store.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>

#include "base/error.h"
#include "dossier/names.h"
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
    else rcpi_archive_roll_back((s)->archive), status_ = no_memory(error); \
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

/* ------------------------------------------------------------------------------------------------------------ asking */

/* Stories as rows of the older kind. */
typedef struct as_rows { rcp_archive_see see; void *with; } as_rows;

static void see_as_row(void *with, const rcp_archive_story *story) {
  const as_rows *to = with;
  rcp_archive_row row = {.id = story->id, .story = story->id, .title = story->title, .n_articles = story->n_articles, .number = story->number,
                         .language = story->language, .day = story->last_day, .version = 1, .is_latest = true};
  to->see(to->with, &row);
}

rcp_status rcp_archive_list(rcp_archive *s, unsigned most, rcp_archive_see see, void *with, rcp_error *error) {
  as_rows to = {see, with};
  rcp_archive_query query = {.most = most};
  GUARDED(s, rcpi_archive_stories(s->archive, &query, see_as_row, &to, error));
}

rcp_status rcp_archive_show(rcp_archive *s, const char *story, rcp_archive_see see, void *with, rcp_error *error) {
  GUARDED(s, rcpi_archive_articles(s->archive, rcpi_cstr(story), see, with, error));
}

rcp_status rcp_archive_search(rcp_archive *s, const char *words, unsigned most, rcp_archive_see see, void *with, rcp_error *error) {
  rcp_archive_query query = {.most = most};
  GUARDED(s, rcpi_archive_search(s->archive, rcpi_cstr(words), &query, see, with, error));
}

rcp_status rcp_archive_find(rcp_archive *s, const char *words, const rcp_archive_query *query, rcp_archive_see see, void *with, rcp_error *error) {
  GUARDED(s, rcpi_archive_search(s->archive, rcpi_cstr(words), query, see, with, error));
}

rcp_status rcp_archive_stories(rcp_archive *s, const rcp_archive_query *query, rcp_archive_see_story see, void *with, rcp_error *error) {
  GUARDED(s, rcpi_archive_stories(s->archive, query, see, with, error));
}

rcp_status rcp_archive_story_get(rcp_archive *s, const char *story, rcp_archive_see_story see, void *with, rcp_error *error) {
  GUARDED(s, rcpi_archive_story_get(s->archive, rcpi_cstr(story), see, with, error));
}

rcp_status rcp_archive_days(rcp_archive *s, unsigned most, rcp_archive_see_day see, void *with, rcp_error *error) {
  GUARDED(s, rcpi_archive_days(s->archive, most, see, with, error));
}

rcp_status rcp_archive_article(rcp_archive *s, const char *article, rcp_article **out, rcp_error *error) {
  GUARDED(s, rcpi_archive_article(s->archive, rcpi_cstr(article), out, error));
}

rcp_status rcp_archive_article_row(rcp_archive *s, const char *article, rcp_archive_see see, void *with, rcp_error *error) {
  GUARDED(s, rcpi_archive_row(s->archive, rcpi_cstr(article), see, with, error));
}

rcp_status rcp_archive_versions(rcp_archive *s, const char *article, rcp_archive_see see, void *with, rcp_error *error) {
  GUARDED(s, rcpi_archive_versions(s->archive, rcpi_cstr(article), see, with, error));
}

rcp_status rcp_archive_changes(rcp_archive *s, const char *article, rcp_archive_see_change see, void *with, rcp_error *error) {
  GUARDED(s, rcpi_archive_changes(s->archive, rcpi_cstr(article), see, with, error));
}

rcp_status rcp_archive_events(rcp_archive *s, const char *story, unsigned most, rcp_archive_see_event see, void *with, rcp_error *error) {
  GUARDED(s, rcpi_archive_events(s->archive, rcpi_cstr(story), most, see, with, error));
}

/* ---------------------------------------------------------------------------------------------------------- dossiers */

rcp_status rcp_archive_dossier(rcp_archive *s, const char *story, rcp_dossier **out, rcp_error *error) {
  *out = NULL;
  GUARDED(s, rcpi_archive_dossier(s->archive, rcpi_cstr(story), out, error));
}

rcp_status rcp_archive_dossier_write(rcp_archive *s, const char *story, rcp_format format, const rcp_write_options *options, rcp_buffer *out,
                                     rcp_error *error) {
  rcpi_buf b;
  rcpi_buf_init(&b);
  volatile rcp_status status = RCP_OK;
  RCPI_GUARD(&s->arena) status = rcpi_archive_dossier_write(s->archive, rcpi_cstr(story), format, options, &b, error);
  else rcpi_archive_roll_back(s->archive), status = no_memory(error);
  s->arena.guard = NULL;
  if (!status && b.failed) status = no_memory(error);
  if (status) rcpi_buf_release(&b);
  else *out = (rcp_buffer){b.p, b.len};
  return status;
}

rcp_status rcp_archive_claims(rcp_archive *s, const char *story, const char *article, rcp_archive_see_claim see, void *with, rcp_error *error) {
  if (!story && !article) return rcpi_error(error, RCP_EUSAGE, RCPI_S(""), 0, "claims of which story or article?");
  GUARDED(s, rcpi_archive_claims(s->archive, rcpi_cstr(story), rcpi_cstr(article), see, with, error));
}

bool rcp_archive_has_claims(rcp_archive *s, const char *story) {
  volatile bool has = false;
  RCPI_GUARD(&s->arena) has = rcpi_archive_has_claims(s->archive, rcpi_cstr(story));
  s->arena.guard = NULL;
  return has;
}

rcp_status rcp_archive_derivations(rcp_archive *s, const char *story, rcp_archive_see_derivation see, void *with, rcp_error *error) {
  GUARDED(s, rcpi_archive_derivations(s->archive, rcpi_cstr(story), see, with, error));
}

rcp_status rcp_archive_export(rcp_archive *s, rcp_export what, const char *story, rcp_archive_write write, void *with, rcp_error *error) {
  GUARDED(s, rcpi_archive_export(s->archive, what, rcpi_cstr(story), write, with, error));
}

/* ------------------------------------------------------------------------------------------------------- corrections */

rcp_status rcp_archive_merge(rcp_archive *s, const char *story, const char *into, const char *note, rcp_error *error) {
  GUARDED(s, rcpi_archive_merge(s->archive, rcpi_cstr(story), rcpi_cstr(into), rcpi_cstr(note), error));
}

rcp_status rcp_archive_split(rcp_archive *s, const char *const *articles, size_t n, const char *note, rcp_archive_line *out, rcp_error *error) {
  GUARDED(s, rcpi_archive_split(s->archive, articles, n, rcpi_cstr(note), out, error));
}

rcp_status rcp_archive_not_same(rcp_archive *s, const char *a, const char *b, const char *note, rcp_archive_line *out, rcp_error *error) {
  GUARDED(s, rcpi_archive_not_same(s->archive, rcpi_cstr(a), rcpi_cstr(b), rcpi_cstr(note), out, error));
}

rcp_status rcp_archive_forget(rcp_archive *s, const char *article, rcp_error *error) {
  GUARDED(s, rcpi_archive_forget(s->archive, rcpi_cstr(article), error));
}

rcp_status rcp_archive_watch(rcp_archive *s, const char *const *feeds, size_t n, const rcp_watch_options *options, rcp_archive_see_watch see,
                             void *with, int64_t *due, rcp_error *error) {
  GUARDED(s, rcpi_archive_watch(s->archive, feeds, n, options, see, with, due, error));
}

rcp_status rcp_archive_check(rcp_archive *s, void (*see)(void *with, rcp_str fault), void *with, rcp_error *error) {
  GUARDED(s, rcpi_archive_check(s->archive, see, with, error));
}

bool rcp_article_furniture(const rcp_article *article, size_t i, uint32_t *beg, uint32_t *end, const char **kind) {
  if (i >= article->n_furniture) return false;
  const rcpi_furniture *f = &article->furniture[i];
  *beg = f->at.beg;
  *end = f->at.end;
  *kind = rcpi_furniture_names[f->kind];
  return true;
}

void rcp_archive_rest(rcp_archive *s) {
  rcpi_archive_rest(s->archive);
}

void rcp_archive_close(rcp_archive *s) {
  if (!s) return;
  rcpi_arena_release(&s->arena);
  free(s);
}
