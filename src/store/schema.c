/*
 * Migration goes from version to version, each step in one transaction with its new number, so that a file that was cut
 * off is of the old version or of the new one. Foreign keys rest meanwhile and are checked before the end.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "store/schema.h"

#include "base/error.h"
#include "base/sha256.h"
#include "store/archive_int.h"

static const char tables[] =
    "CREATE TABLE story(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, merged_into INTEGER REFERENCES story(id),"
    " n_articles INTEGER NOT NULL DEFAULT 0, first_day INTEGER, last_day INTEGER, latest INTEGER NOT NULL DEFAULT 0,"
    " revision INTEGER NOT NULL DEFAULT 0, kept INTEGER, claims INTEGER, conflicts INTEGER, texts INTEGER, channels INTEGER);"
    "CREATE INDEX story_latest ON story(latest) WHERE n_articles>0;"
    "CREATE INDEX story_merged ON story(merged_into) WHERE merged_into IS NOT NULL;"
    "CREATE TABLE article(id INTEGER PRIMARY KEY, key TEXT NOT NULL, place TEXT NOT NULL, words TEXT NOT NULL, sha256 TEXT NOT NULL,"
    " source TEXT, url TEXT, title TEXT, publisher TEXT, byline TEXT, published TEXT, language TEXT, origin TEXT,"
    " day INTEGER NOT NULL, added INTEGER NOT NULL, story INTEGER NOT NULL REFERENCES story(id),"
    " version INTEGER NOT NULL DEFAULT 1, replaced_by INTEGER REFERENCES article(id) ON DELETE SET NULL, doubt TEXT,"
    " UNIQUE(place, words));"
    "CREATE INDEX article_story ON article(story, id) WHERE replaced_by IS NULL;"
    "CREATE INDEX article_of_story ON article(story);"
    "CREATE INDEX article_day ON article(day, story) WHERE replaced_by IS NULL;"
    "CREATE INDEX article_key ON article(key) WHERE key<>place;"
    "CREATE INDEX article_replaced ON article(replaced_by) WHERE replaced_by IS NOT NULL;"
    "CREATE TABLE body(article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE, text TEXT NOT NULL, furniture BLOB,"
    " title_beg INTEGER NOT NULL DEFAULT 0, title_end INTEGER NOT NULL DEFAULT 0, has_record_title INTEGER NOT NULL DEFAULT 0,"
    " confidence REAL, step TEXT, note TEXT);"
    "CREATE TABLE outline(article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE, day INTEGER, terms BLOB NOT NULL);"
    "CREATE TABLE event(id INTEGER PRIMARY KEY, at INTEGER, kind TEXT NOT NULL, story INTEGER REFERENCES story(id),"
    " other INTEGER REFERENCES story(id), article INTEGER, by_person INTEGER NOT NULL DEFAULT 0, note TEXT);"
    "CREATE INDEX event_story ON event(story);"
    "CREATE TABLE apart(a INTEGER NOT NULL REFERENCES story(id), b INTEGER NOT NULL REFERENCES story(id), PRIMARY KEY(a, b)) WITHOUT ROWID;"
    "CREATE INDEX apart_b ON apart(b);"
    "CREATE TABLE dossier(story INTEGER NOT NULL REFERENCES story(id), form TEXT NOT NULL, revision INTEGER NOT NULL,"
    " settings TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY(story, form));"
    "CREATE TABLE claim(story INTEGER NOT NULL REFERENCES story(id), n INTEGER NOT NULL, id TEXT NOT NULL, gist TEXT NOT NULL,"
    " articles INTEGER NOT NULL, texts INTEGER NOT NULL, channels INTEGER NOT NULL, independent INTEGER NOT NULL,"
    " conflicts INTEGER NOT NULL, why TEXT, PRIMARY KEY(story, n)) WITHOUT ROWID;"
    "CREATE TABLE appearance(story INTEGER NOT NULL, claim INTEGER NOT NULL, n INTEGER NOT NULL,"
    " article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE, beg INTEGER NOT NULL, end INTEGER NOT NULL,"
    " start_cp INTEGER NOT NULL, end_cp INTEGER NOT NULL,"
    " exact TEXT NOT NULL, mode TEXT NOT NULL, source TEXT, cue TEXT, PRIMARY KEY(story, claim, n)) WITHOUT ROWID;"
    "CREATE INDEX appearance_article ON appearance(article);"
    "CREATE TABLE difference(story INTEGER NOT NULL, claim INTEGER NOT NULL, n INTEGER NOT NULL, kind TEXT NOT NULL,"
    " is_conflict INTEGER NOT NULL, readings TEXT NOT NULL, why TEXT, PRIMARY KEY(story, claim, n)) WITHOUT ROWID;"
    "CREATE TABLE derivation(story INTEGER NOT NULL, a INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,"
    " b INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE, kind TEXT NOT NULL, direction TEXT NOT NULL,"
    " shared REAL NOT NULL, evidence TEXT, PRIMARY KEY(story, a, b)) WITHOUT ROWID;"
    "CREATE INDEX derivation_a ON derivation(a);"
    "CREATE INDEX derivation_b ON derivation(b);"
    "CREATE TABLE forgotten(what BLOB PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE feed(url TEXT PRIMARY KEY, etag TEXT, modified TEXT, asked INTEGER, due INTEGER, failures INTEGER NOT NULL DEFAULT 0,"
    " note TEXT) WITHOUT ROWID;"
    "CREATE TABLE setting(name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;"
    "CREATE VIRTUAL TABLE search USING fts5(title, text, content='', detail='full', tokenize='unicode61 remove_diacritics 0');"
    "INSERT INTO search(search, rank) VALUES('automerge', 8);";

/* ------------------------------------------------------------------------------------------------- from 1 to version 2 */

/* Version 1 had stories without counts, texts beside their titles, and SQLite's folding. */
static const char from_1[] =
    "DROP TABLE search; DROP INDEX article_story;"
    "ALTER TABLE event RENAME TO event_1; ALTER TABLE article RENAME TO article_1; ALTER TABLE story RENAME TO story_1;";
static const char into_2[] =
    "INSERT INTO story(id, name, merged_into) SELECT id, name, merged_into FROM story_1;"
    "INSERT INTO article(id, key, place, words, sha256, source, url, title, publisher, byline, published, language, day, added, story)"
    " SELECT id, key, place, sha256, sha256, place, url, title, publisher, byline, published, language, ifnull(day, 0), 0, story FROM article_1;"
    "INSERT INTO body(article, text) SELECT id, text FROM article_1;"
    "INSERT INTO outline(article, day, terms) SELECT id, day, terms FROM article_1;"
    "INSERT INTO event(id, kind, story, other) SELECT id, kind, story, into_story FROM event_1;"
    "DROP TABLE event_1; DROP TABLE article_1; DROP TABLE story_1;"
    "UPDATE story SET n_articles=(SELECT count(*) FROM article WHERE story=story.id), revision=1,"
    " latest=ifnull((SELECT max(id) FROM article WHERE story=story.id), 0),"
    " first_day=(SELECT min(nullif(day, 0)) FROM article WHERE story=story.id),"
    " last_day=(SELECT max(nullif(day, 0)) FROM article WHERE story=story.id);";

/* Articles of one place were apart: they are its versions, the latest stands for all. */
static const char versions_of_places[] =
    "UPDATE article SET version=1+(SELECT count(*) FROM article o WHERE o.place=article.place AND o.id<article.id),"
    " replaced_by=(SELECT min(id) FROM article o WHERE o.place=article.place AND o.id>article.id);";

static void migrate_1(rcpi_archive *s) {
  rcpi_db_run(s->db, from_1);
  rcpi_db_run(s->db, tables);
  rcpi_db_run(s->db, into_2);
  rcpi_db_run(s->db, versions_of_places);
  rcpi_db_run(s->db, "UPDATE story SET n_articles=(SELECT count(*) FROM article WHERE story=story.id AND replaced_by IS NULL)");
}

/* -------------------------------------------------------------------------------------------------------------- index */

/* The search index made anew out of the texts. */
static void index_all(rcpi_archive *s) {
  static const char next[] = "SELECT min(id) FROM article WHERE id>?1 AND replaced_by IS NULL";
  rcpi_db_run(s->db, "INSERT INTO search(search) VALUES('delete-all')");
  for (int64_t id = 0; (id = rcpi_db_number(s->db, next, "i", id)) != RCPI_NULL;) {
    rcp_article *a;
    if (rcpi_archive_load(s, id, &a, NULL)) continue;
    rcpi_archive_index(s, id, a, false);
    rcpi_article_drop(a);
  }
  rcpi_db_do(s->db, "INSERT OR REPLACE INTO setting VALUES('fold', ?1)", "i", (int64_t)RCPI_FOLD_VERSION);
}

static rcp_status make_ready(rcpi_archive *s, rcp_error *error) {
  rcpi_db *db = s->db;
  rcpi_db_run(db, "PRAGMA foreign_keys=OFF; BEGIN IMMEDIATE");
  int64_t version = rcpi_db_number(db, "PRAGMA user_version", "");
  bool is_new = version == 0 && rcpi_db_number(db, "SELECT count(*) FROM sqlite_master", "") == 0;
  if (is_new) rcpi_db_run(db, tables);
  if (version == 1) migrate_1(s);
  if (is_new || version == 1) rcpi_db_run(db, "PRAGMA user_version=2; PRAGMA application_id=1919119461"), version = RCPI_SCHEMA_VERSION;
  if (version == RCPI_SCHEMA_VERSION &&
      rcpi_db_number(db, "SELECT value FROM setting WHERE name='fold'", "") != RCPI_FOLD_VERSION) index_all(s);
  rcp_status status = rcpi_db_status(db, error);
  rcpi_db_run(db, status ? "ROLLBACK" : "COMMIT");
  rcpi_db_run(db, "PRAGMA foreign_keys=ON");
  rcp_status ended = rcpi_db_status(db, status ? NULL : error);
  return status ? status : ended;
}

rcp_status rcpi_schema_ready(rcpi_archive *s, bool writes, rcp_error *error) {
  int64_t version = rcpi_db_number(s->db, "PRAGMA user_version", "");
  rcp_status status = rcpi_db_status(s->db, error);
  if (status) return status;
  bool is_current = version == RCPI_SCHEMA_VERSION &&
                    rcpi_db_number(s->db, "SELECT value FROM setting WHERE name='fold'", "") == RCPI_FOLD_VERSION;
  if (writes && !is_current) {
    status = make_ready(s, error);
    version = rcpi_db_number(s->db, "PRAGMA user_version", "");
    if (!status) status = rcpi_db_status(s->db, error);
  }
  if (status || version == RCPI_SCHEMA_VERSION) return status;
  rcp_str path = rcpi_cstr(s->path);
  if (version == 1) return rcpi_error(error, RCP_EDATA, path, 0, "an archive of version 1: recoupe add --store brings it up to date");
  if (version > RCPI_SCHEMA_VERSION)
    return rcpi_error(error, RCP_EDATA, path, 0, "an archive of version %lld, and this program knows %d: take a newer one", (long long)version, RCPI_SCHEMA_VERSION);
  return rcpi_error(error, RCP_EDATA, path, 0, "no archive of recoupe");
}
