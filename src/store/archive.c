/*
 * The problem: an archive grows for years, is read while it is written, and may be cut off at any instruction. What was
 * reported as added must be there afterwards, once.
 *
 * The idea: SQLite with a write-ahead log and synchronous=FULL, so that a commit is on the disk before it returns; a
 * unique key over place and content, so that the same article is never there twice; one transaction for a handful of
 * articles, reported after its commit. Grouping keeps only the last articles in memory: their term lists lie in
 * the file, and a writer takes in what others added since it last looked before it adds anything itself.
 *
 * Cost: a commit is one flush of the log; some 30,000 bytes a second of terms are read at start for each 50,000 articles.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "store/archive.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "base/error.h"
#include "story/story.h"

enum { SCHEMA_VERSION = 1, BUSY_MS = 60000 };

static const char schema[] =
    "CREATE TABLE story(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, merged_into INTEGER REFERENCES story(id));"
    "CREATE TABLE article(id INTEGER PRIMARY KEY, key TEXT NOT NULL, place TEXT NOT NULL, sha256 TEXT NOT NULL,"
    " url TEXT, title TEXT, publisher TEXT, byline TEXT, published TEXT, language TEXT, text TEXT NOT NULL,"
    " story INTEGER NOT NULL REFERENCES story(id), day INTEGER, terms BLOB NOT NULL, UNIQUE(place, sha256));"
    "CREATE INDEX article_story ON article(story);"
    "CREATE TABLE event(id INTEGER PRIMARY KEY, kind TEXT NOT NULL, story INTEGER NOT NULL REFERENCES story(id),"
    " into_story INTEGER REFERENCES story(id));"
    "CREATE VIRTUAL TABLE search USING fts5(title, text, content='article', content_rowid='id',"
    " tokenize='unicode61 remove_diacritics 2');"
    "PRAGMA user_version=1;";

enum { KNOWN, INSERT, INDEX, NEW_STORY, STORY_NAMED, MOVE, RETIRE, EVENT, AFTER, N_STATEMENTS };

static const char *const sql[N_STATEMENTS] = {
    [KNOWN] = "SELECT a.key, s.name FROM article a JOIN story s ON s.id=a.story WHERE a.place=?1 AND a.sha256=?2",
    [INSERT] = "INSERT INTO article(id,key,place,sha256,url,title,publisher,byline,published,language,text,story,day,terms)"
               " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)",
    [INDEX] = "INSERT INTO search(rowid,title,text) VALUES(?1,?2,?3)",
    [NEW_STORY] = "INSERT INTO story(id,name) VALUES(?1, CASE WHEN EXISTS(SELECT 1 FROM story WHERE name=?2)"
                  " THEN ?2||'#'||?1 ELSE ?2 END)",
    [STORY_NAMED] = "SELECT name FROM story WHERE id=?1",
    [MOVE] = "UPDATE article SET story=?2 WHERE story=?1",
    [EVENT] = "INSERT INTO event(kind,story,into_story) VALUES('merged',?1,?2)",
    [RETIRE] = "UPDATE story SET merged_into=?2 WHERE id=?1",
    [AFTER] = "SELECT a.id,a.key,a.language,a.day,a.terms,a.story FROM article a WHERE a.id>?1 ORDER BY a.id",
};

struct rcpi_archive {
  rcpi_arena *arena;
  const rcp_engine *engine;
  sqlite3 *db;
  sqlite3_stmt *statements[N_STATEMENTS];
  const char *path;
  rcpi_arena memory, scratch;  /* of the grouping; of one call */
  rcpi_grouping *grouping;     /* NULL: to be read again */
  int64_t last, last_event;    /* the last article and merger that the grouping knows */
};

static void close_archive(void *p) {
  rcpi_archive *s = p;
  for (size_t i = 0; i < N_STATEMENTS; i++) sqlite3_finalize(s->statements[i]);
  sqlite3_close(s->db);
  rcpi_arena_release(&s->memory);
  rcpi_arena_release(&s->scratch);
}

/* ---------------------------------------------------------------------------------------------------------- SQLite */

static rcp_status failed(rcpi_archive *s, rcp_error *error) {
  int code = s->db ? sqlite3_errcode(s->db) & 0xFF : SQLITE_NOMEM;
  rcp_status status = code == SQLITE_NOMEM ? RCP_ENOMEM : code == SQLITE_CORRUPT || code == SQLITE_NOTADB ? RCP_EDATA : RCP_EIO;
  return rcpi_error(error, status, rcpi_cstr(s->path), 0, "%s", s->db ? sqlite3_errmsg(s->db) : "out of memory");
}

static rcp_status run(rcpi_archive *s, const char *statement, rcp_error *error) {
  return sqlite3_exec(s->db, statement, NULL, NULL, NULL) == SQLITE_OK ? RCP_OK : failed(s, error);
}

static void bind(sqlite3_stmt *q, int i, rcp_str v) {
  if (v.p) sqlite3_bind_text64(q, i, v.p, v.n, SQLITE_STATIC, SQLITE_UTF8);
  else sqlite3_bind_null(q, i);
}

static rcp_str column(sqlite3_stmt *q, int i) {
  const char *p = (const char *)sqlite3_column_text(q, i);
  return (rcp_str){p, p ? (size_t)sqlite3_column_bytes(q, i) : 0};
}

static rcp_status finish(rcpi_archive *s, sqlite3_stmt *q, rcp_error *error) {
  int code = sqlite3_step(q);
  rcp_status status = code == SQLITE_DONE || code == SQLITE_ROW ? RCP_OK : failed(s, error);
  sqlite3_reset(q);
  return status;
}

static int64_t number(rcpi_archive *s, const char *query) {
  sqlite3_stmt *q = NULL;
  int64_t value = -1;
  if (sqlite3_prepare_v2(s->db, query, -1, &q, NULL) == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW) value = sqlite3_column_int64(q, 0);
  sqlite3_finalize(q);
  return value;
}

static rcp_status set_up(rcpi_archive *s, bool writes, rcp_error *error) {
  sqlite3_busy_timeout(s->db, BUSY_MS);
  rcp_status status = run(s, "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA cache_size=-65536", error);
  if (!status && writes) status = run(s, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; BEGIN IMMEDIATE", error);
  if (status) return status;
  int64_t version = number(s, "PRAGMA user_version");
  if (writes && version == 0 && number(s, "SELECT count(*) FROM sqlite_master") == 0) status = run(s, schema, error), version = SCHEMA_VERSION;
  if (writes && !status) status = run(s, "COMMIT", error);
  if (!status && version != SCHEMA_VERSION)
    return rcpi_error(error, RCP_EDATA, rcpi_cstr(s->path), 0, "not an archive of this version (%lld)", (long long)version);
  for (size_t i = 0; i < N_STATEMENTS && !status; i++)
    if (sqlite3_prepare_v3(s->db, sql[i], -1, SQLITE_PREPARE_PERSISTENT, &s->statements[i], NULL) != SQLITE_OK) status = failed(s, error);
  return status;
}

rcp_status rcpi_archive_open(rcpi_arena *a, const rcp_engine *engine, const char *path, bool writes, rcpi_archive **out,
                             rcp_error *error) {
  rcpi_archive *s = rcpi_new(a, rcpi_archive);
  *s = (rcpi_archive){.arena = a, .engine = engine, .path = rcpi_dup(rcpi_cstr(path), a).p};
  rcpi_defer(a, close_archive, s);
  int flags = writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE;
  if (sqlite3_open_v2(path, &s->db, flags, NULL) != SQLITE_OK) return failed(s, error);
  rcp_status status = set_up(s, writes, error);
  if (!status) *out = s;
  return status;
}

/* ---------------------------------------------------------------------------------------------------------- grouping */

/* Story numbers in memory are article numbers of the window; `first` of a story is the archive's story number. */
static rcp_status take_in(rcpi_archive *s, rcp_error *error) {
  sqlite3_stmt *q = s->statements[AFTER];
  int code;
  sqlite3_bind_int64(q, 1, s->last);
  while ((code = sqlite3_step(q)) == SQLITE_ROW) {
    size_t n = (size_t)sqlite3_column_bytes(q, 4) / sizeof(rcpi_term);
    rcpi_outline o = {.lang = rcpi_lang_by_tag(&s->engine->langs, column(q, 2)), .n_terms = (uint32_t)n,
                      .day = sqlite3_column_type(q, 3) == SQLITE_NULL ? RCPI_NO_DAY : sqlite3_column_int(q, 3)};
    o.terms = rcpi_array(&s->scratch, rcpi_term, n);
    if (n) memcpy(o.terms, sqlite3_column_blob(q, 4), n * sizeof *o.terms);
    rcpi_grouping_restore(s->grouping, &s->scratch, column(q, 1), &o, (uint32_t)sqlite3_column_int64(q, 5));
    s->last = sqlite3_column_int64(q, 0);
  }
  sqlite3_reset(q);
  return code == SQLITE_DONE ? RCP_OK : failed(s, error);
}

static rcp_status read_window(rcpi_archive *s, rcp_error *error) {
  int64_t last_event = number(s, "SELECT ifnull(max(id),0) FROM event");
  if (last_event != s->last_event) s->grouping = NULL;   /* another writer merged stories */
  s->last_event = last_event;
  if (!s->grouping) {
    rcpi_arena_release(&s->memory);
    s->memory.guard = s->arena->guard;
    s->grouping = rcpi_grouping_new(&s->memory, &s->engine->langs, 0);
    s->last = number(s, "SELECT max(ifnull((SELECT max(id) FROM article),0)-50000,0)");
  }
  return take_in(s, error);
}

static void guard(rcpi_archive *s) {
  s->memory.guard = s->scratch.guard = s->arena->guard;
}

rcp_status rcpi_archive_begin(rcpi_archive *s, rcp_error *error) {
  guard(s);
  rcp_status status = run(s, "BEGIN IMMEDIATE", error);
  if (!status) status = read_window(s, error);
  return status;
}

rcp_status rcpi_archive_commit(rcpi_archive *s, rcp_error *error) {
  rcp_status status = run(s, "COMMIT", error);
  if (!status) return status;
  sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
  s->grouping = NULL;      /* it knows articles that never came to be */
  return status;
}

/* -------------------------------------------------------------------------------------------------------------- add */

static rcp_status merge_stories(rcpi_archive *s, uint32_t from, uint32_t into, rcp_error *error) {
  rcp_status status = RCP_OK;
  for (int k = MOVE; k <= EVENT && !status; k++) {
    sqlite3_bind_int64(s->statements[k], 1, from);
    sqlite3_bind_int64(s->statements[k], 2, into);
    status = finish(s, s->statements[k], error);
  }
  s->last_event = sqlite3_last_insert_rowid(s->db);
  return status;
}

static rcp_status insert(rcpi_archive *s, const rcp_article *a, rcp_str key, rcp_str place, const rcpi_outline *o, uint32_t story,
                         rcp_error *error) {
  sqlite3_stmt *q = s->statements[INSERT];
  rcp_str fields[] = {key, place, rcpi_cstr(a->sha256), a->url, a->title, a->publisher, a->byline, a->published, a->language, a->text};
  sqlite3_bind_int64(q, 1, s->last);
  for (int i = 0; i < 10; i++) bind(q, i + 2, fields[i]);
  sqlite3_bind_int64(q, 12, story);
  if (o->day == RCPI_NO_DAY) sqlite3_bind_null(q, 13);
  else sqlite3_bind_int(q, 13, o->day);
  sqlite3_bind_blob64(q, 14, o->n_terms ? (const void *)o->terms : "", o->n_terms * sizeof *o->terms, SQLITE_STATIC);
  rcp_status status = finish(s, q, error);
  if (status) return status;
  q = s->statements[INDEX];
  sqlite3_bind_int64(q, 1, s->last);
  bind(q, 2, a->title);
  bind(q, 3, a->text);
  return finish(s, q, error);
}

static rcp_status add_new(rcpi_archive *s, const rcp_article *article, rcp_str key, rcp_str place, rcp_archive_line *out,
                          rcp_error *error) {
  rcpi_outline o;
  rcp_status status = RCP_OK;
  rcpi_terms_read(s->grouping->terms, &s->scratch, article, &o);
  s->last++;
  rcpi_merges merges = {.arena = &s->scratch};
  uint32_t at = rcpi_grouping_place(s->grouping, &s->scratch, key, &o, (uint32_t)s->last, &merges);
  const rcpi_story_group *story = rcpi_grouping_story(s->grouping, at);
  if (story->first == (uint32_t)s->last) {
    sqlite3_bind_int64(s->statements[NEW_STORY], 1, s->last);
    bind(s->statements[NEW_STORY], 2, key);
    status = finish(s, s->statements[NEW_STORY], error);
  }
  for (size_t i = 0; i < merges.n && !status; i++) status = merge_stories(s, merges.p[i].from, merges.p[i].into, error);
  if (!status) status = insert(s, article, key, place, &o, story->first, error);
  sqlite3_bind_int64(s->statements[STORY_NAMED], 1, story->first);
  if (!status && sqlite3_step(s->statements[STORY_NAMED]) == SQLITE_ROW) out->story = rcpi_dup(column(s->statements[STORY_NAMED], 0), &s->scratch);
  sqlite3_reset(s->statements[STORY_NAMED]);
  out->id = key;
  out->status = "added";
  return status;
}

rcp_status rcpi_archive_add(rcpi_archive *s, const rcp_article *article, rcp_archive_line *out, rcp_error *error) {
  rcp_str place = article->url.p ? article->url : article->id.p ? article->id : article->source;
  rcp_str key = article->id.p ? article->id : place;
  sqlite3_stmt *q = s->statements[KNOWN];
  guard(s);
  rcpi_arena_release(&s->scratch);
  guard(s);
  *out = (rcp_archive_line){.status = "known"};
  bind(q, 1, place);
  bind(q, 2, rcpi_cstr(article->sha256));
  int code = sqlite3_step(q);
  if (code == SQLITE_ROW) out->id = rcpi_dup(column(q, 0), &s->scratch), out->story = rcpi_dup(column(q, 1), &s->scratch);
  rcp_status status = code == SQLITE_ROW || code == SQLITE_DONE ? RCP_OK : failed(s, error);
  sqlite3_reset(q);
  if (!status && code == SQLITE_DONE) status = add_new(s, article, key, place, out, error);
  if (!status) return status;
  sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
  s->grouping = NULL;
  return status;
}

/* ------------------------------------------------------------------------------------------------------------ asking */

static const char *const queries[] = {
    [RCPI_QUERY_STORIES] = "SELECT s.name, s.name, (SELECT title FROM article WHERE story=s.id ORDER BY id LIMIT 1), NULL,"
                           " NULL, (SELECT count(*) FROM article WHERE story=s.id) FROM story s WHERE merged_into IS NULL"
                           " ORDER BY s.id DESC LIMIT ?2",
    [RCPI_QUERY_STORY] = "SELECT a.key, s.name, a.title, a.publisher, a.published, 1 FROM story s JOIN article a ON a.story=s.id"
                         " WHERE s.name=?1 ORDER BY a.id DESC LIMIT ?2",
    [RCPI_QUERY_WORDS] = "SELECT a.key, s.name, a.title, a.publisher, a.published, 1 FROM search f JOIN article a ON a.id=f.rowid"
                         " JOIN story s ON s.id=a.story WHERE search MATCH ?1 ORDER BY f.rowid DESC LIMIT ?2",
};

/* Every word between quotation marks, so that none is an operator of the query language. */
static rcp_str quoted_words(rcpi_arena *a, rcp_str words) {
  rcp_str out = RCPI_S(""), word;
  while (rcpi_next_field(&words, ' ', &word)) {
    char *clean = rcpi_array(a, char, word.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < word.n; i++)
      if (word.p[i] != '"') clean[n++] = word.p[i];
    if (n) out = rcpi_printf(a, "%.*s \"%.*s\"", RCPI_P(out), (int)n, clean);
  }
  return out;
}

rcp_status rcpi_archive_query(rcpi_archive *s, rcpi_query query, rcp_str what, unsigned most,
                              void (*see)(void *with, const rcp_archive_row *row), void *with, rcp_error *error) {
  sqlite3_stmt *q = NULL;
  int code = SQLITE_DONE;
  guard(s);
  if (query == RCPI_QUERY_WORDS) what = quoted_words(&s->scratch, what);
  if (sqlite3_prepare_v2(s->db, queries[query], -1, &q, NULL) != SQLITE_OK) return failed(s, error);
  bind(q, 1, what);
  sqlite3_bind_int64(q, 2, most ? most : 1000000000);
  while ((code = sqlite3_step(q)) == SQLITE_ROW) {
    rcp_archive_row row = {column(q, 0), column(q, 1), column(q, 2), column(q, 3), column(q, 4), (uint64_t)sqlite3_column_int64(q, 5)};
    see(with, &row);
  }
  rcp_status status = code == SQLITE_DONE ? RCP_OK : failed(s, error);
  sqlite3_finalize(q);
  return status;
}

static const char *const checks[] = {
    "PRAGMA integrity_check",
    "SELECT 'article '||id||' points at no story' FROM article WHERE story NOT IN (SELECT id FROM story)",
    "SELECT 'article '||a.id||' is in a story that was merged away' FROM article a JOIN story s ON s.id=a.story WHERE s.merged_into IS NOT NULL",
    "SELECT 'twice: '||place FROM article GROUP BY place, sha256 HAVING count(*)>1",
};

rcp_status rcpi_archive_check(rcpi_archive *s, void (*see)(void *with, rcp_str fault), void *with, rcp_error *error) {
  rcp_status status = RCP_OK;
  for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(s->db, checks[i], -1, &q, NULL) != SQLITE_OK) return failed(s, error);
    int code;
    while ((code = sqlite3_step(q)) == SQLITE_ROW)
      if (!rcpi_is(column(q, 0), "ok")) see(with, column(q, 0)), status = RCP_EDATA;
    sqlite3_finalize(q);
    if (code != SQLITE_DONE) return failed(s, error);
  }
  if (sqlite3_exec(s->db, "INSERT INTO search(search) VALUES('integrity-check')", NULL, NULL, NULL) != SQLITE_OK) return failed(s, error);
  return status ? rcpi_error(error, status, rcpi_cstr(s->path), 0, "the archive is damaged") : RCP_OK;
}
