/*
 * An archive that lies: a good one of four articles, two of them a story, with values of its tables changed behind its back. Then
 * everything that reads an archive is done with it, and an article is added.
 *
 * Input, change after change: which column (one byte, over all columns of all tables), which row, how many bytes the value has, its type
 * (i number, t text, b bytes, n nothing, r real), the value. 0xFF in place of a column: four bytes of place (little-endian) and one that the
 * byte of the file there is xored with. An input that begins with "SQLite format 3" is the file itself.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"

enum { MOST = 1 << 20, MAX_COLUMNS = 200 };

static char folder[64], path[96], beside[2][112];
static unsigned char good[MOST], bytes[MOST];
static size_t n_good;
static char columns[MAX_COLUMNS][2][32];   /* table, column */
static size_t n_columns;

static const char *const tellings[] = {
  "{\"id\":\"a\",\"url\":\"https://a.example/1\",\"publisher\":\"La Vigie\",\"published\":\"2025-01-09\",\"title\":\"Une digue se rompt à Brévigny\",\"text\":"
  "\"La digue de Brévigny a cédé jeudi vers 4h20. Trois personnes sont mortes, a déclaré la préfète Solène Maubrac. Environ 1 400 habitants ont été évacués.\"}",
  "{\"id\":\"b\",\"url\":\"https://b.example/2\",\"publisher\":\"Northgate\",\"published\":\"2025-01-10\",\"title\":\"La digue de Brévigny a cédé\",\"text\":"
  "\"La digue de Brévigny a cédé jeudi. Deux personnes sont mortes à Brévigny, selon la préfète Solène Maubrac. Quelque 14 000 habitants ont été évacués.\"}",
  "{\"id\":\"c\",\"text\":\"Le bac de Sarnoy reprendra lundi, dit la mairie.\",\"published\":\"2024-05-01\"}",
  "{\"id\":\"c\",\"text\":\"Le bac de Sarnoy reprendra mardi, dit la mairie.\",\"published\":\"2024-05-01\"}",
};

static rcp_article *telling(size_t i) {
  rcp_article *article;
  const rcp_str text = {tellings[i], strlen(tellings[i])};
  if (rcp_article_new(fuzz_engine(RCP_INPUT_JSONL), (rcp_str){"fuzz", 4}, text, &article, NULL)) abort();
  return article;
}

static void add(rcp_archive *archive, size_t i) {
  rcp_article *article = telling(i);
  rcp_archive_line line;
  if (!rcp_archive_begin(archive, NULL) && !rcp_archive_add(archive, article, &line, NULL)) rcp_archive_commit(archive, NULL);
  rcp_article_free(article);
}

static void take_away(void) {
  unlink(path);
  unlink(beside[0]);
  unlink(beside[1]);
}

static void clean_up(void) {
  take_away();
  rmdir(folder);
}

static void write_file(const unsigned char *p, size_t n) {
  take_away();
  FILE *f = fopen(path, "wb");
  if (!f || fwrite(p, 1, n, f) != n || fclose(f)) abort();
}

static void list_columns(sqlite3 *db) {
  sqlite3_stmt *q;
  if (sqlite3_prepare_v2(db, "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type='table' AND m.name NOT LIKE 'sqlite%'"
                         " AND m.name NOT LIKE 'search%' ORDER BY 1, 2", -1, &q, NULL)) abort();
  for (; n_columns < MAX_COLUMNS && sqlite3_step(q) == SQLITE_ROW; n_columns++)
    for (int k = 0; k < 2; k++) snprintf(columns[n_columns][k], sizeof columns[n_columns][k], "%s", (const char *)sqlite3_column_text(q, k));
  sqlite3_finalize(q);
}

static void make_good(void) {
  rcp_archive *archive;
  const char *const shm = "/dev/shm";
  struct stat st;
  snprintf(folder, sizeof folder, "%s/fuzz-archive-XXXXXX", stat(shm, &st) ? "/tmp" : shm);
  if (!mkdtemp(folder)) abort();
  snprintf(path, sizeof path, "%s/a.db", folder);
  snprintf(beside[0], sizeof beside[0], "%s-wal", path);
  snprintf(beside[1], sizeof beside[1], "%s-shm", path);
  atexit(clean_up);
  if (rcp_archive_open(fuzz_engine(RCP_INPUT_JSONL), path, true, &archive, NULL)) abort();
  for (size_t i = 0; i < sizeof tellings / sizeof *tellings; i++) add(archive, i);
  rcp_dossier *dossier;
  if (rcp_archive_dossier(archive, "a", &dossier, NULL)) abort();
  rcp_dossier_free(dossier);
  rcp_archive_close(archive);
  sqlite3 *db;
  if (sqlite3_open(path, &db)) abort();
  sqlite3_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
  list_columns(db);
  sqlite3_close(db);
  FILE *f = fopen(path, "rb");
  if (!f) abort();
  n_good = fread(good, 1, sizeof good, f);
  fclose(f);
}

/* -------------------------------------------------------------------------------------------------------- the changes */

static void bind(sqlite3_stmt *q, char type, const uint8_t *p, size_t n) {
  int64_t number = 0;
  memcpy(&number, p, n < sizeof number ? n : sizeof number);
  if (type == 'i') sqlite3_bind_int64(q, 1, n < 8 && n && p[n - 1] & 0x80 ? -number : number);
  else if (type == 't') sqlite3_bind_text(q, 1, (const char *)p, (int)n, SQLITE_TRANSIENT);
  else if (type == 'r') sqlite3_bind_double(q, 1, (double)number / 7);
  else if (type == 'n') sqlite3_bind_null(q, 1);
  else sqlite3_bind_blob(q, 1, n ? (const void *)p : "", (int)n, SQLITE_TRANSIENT);
}

/* The row-th row by its order: tables without rowid have none to name. */
static void change(sqlite3 *db, const uint8_t *what, const uint8_t *value, size_t n) {
  char sql[400];
  sqlite3_stmt *q;
  const char *table = columns[what[0] % n_columns][0], *column = columns[what[0] % n_columns][1];
  snprintf(sql, sizeof sql, "UPDATE OR IGNORE \"%s\" SET \"%s\"=?1 WHERE \"%s\" IS (SELECT \"%s\" FROM \"%s\" LIMIT 1 OFFSET %d)", table, column, column, column,
           table, what[1] % 8);
  if (sqlite3_prepare_v2(db, sql, -1, &q, NULL)) return;
  bind(q, (char)what[3], value, n);
  sqlite3_step(q);
  sqlite3_finalize(q);
}

static void change_all(const uint8_t *data, size_t size) {
  sqlite3 *db;
  if (sqlite3_open(path, &db)) abort();
  sqlite3_exec(db, "PRAGMA foreign_keys=OFF; PRAGMA synchronous=OFF; BEGIN", NULL, NULL, NULL);
  for (size_t i = 0; i + 5 <= size;) {
    if (data[i] == 0xFF) {
      i += 6;
      continue;
    }
    size_t n = data[i + 2] < size - i - 4 ? data[i + 2] : size - i - 4;
    change(db, data + i, data + i + 4, n);
    i += 4 + n;
  }
  sqlite3_exec(db, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
  sqlite3_close(db);
}

static bool has_raw(const uint8_t *data, size_t size) {
  bool has = false;
  memcpy(bytes, good, n_good);
  for (size_t i = 0; i + 5 <= size;) {
    if (data[i] != 0xFF) {
      i += 4 + (data[i + 2] < size - i - 4 ? data[i + 2] : size - i - 4);
      continue;
    }
    uint32_t at = (uint32_t)data[i + 1] | (uint32_t)data[i + 2] << 8 | (uint32_t)data[i + 3] << 16 | (uint32_t)data[i + 4] << 24;
    if (i + 6 <= size) bytes[at % n_good] ^= data[i + 5];
    has = true;
    i += 6;
  }
  return has;
}

/* ------------------------------------------------------------------------------------------------------ what is done */

static void on_row(void *with, const rcp_archive_row *row) { *(size_t *)with += row->title.n + row->passage.n; }
static void on_story(void *with, const rcp_archive_story *story) { *(size_t *)with += story->title.n; }
static void on_day(void *with, rcp_str day, uint64_t n_stories, uint64_t n_articles) { *(size_t *)with += day.n + n_stories + n_articles; }
static void on_change(void *with, const rcp_archive_change *c) { *(size_t *)with += c->before.n + c->after.n; }
static void on_claim(void *with, const rcp_archive_claim *c) { *(size_t *)with += c->gist.n + c->exact.n; }
static void on_derivation(void *with, const rcp_archive_derivation *d) { *(size_t *)with += d->evidence.n; }
static void on_event(void *with, const rcp_archive_event *e) { *(size_t *)with += e->note.n; }
static void on_fault(void *with, rcp_str fault) { *(size_t *)with += fault.n; }

static int take_bytes(void *with, rcp_str piece) {
  *(size_t *)with += piece.n;
  return 0;
}

static void read_article(rcp_archive *archive, const char *name, size_t *seen) {
  rcp_article *article;
  uint32_t beg, end;
  const char *kind;
  rcp_archive_article_row(archive, name, on_row, seen, NULL);
  rcp_archive_versions(archive, name, on_row, seen, NULL);
  rcp_archive_changes(archive, name, on_change, seen, NULL);
  rcp_archive_claims(archive, NULL, name, on_claim, seen, NULL);
  if (rcp_archive_article(archive, name, &article, NULL)) return;
  const rcp_str text = rcp_article_get(article, RCP_FIELD_TEXT);
  for (size_t i = 0; rcp_article_furniture(article, i, &beg, &end, &kind); i++)
    if (beg > end || end > text.n) abort();
  fuzz_use(article);
}

static void read_story(rcp_archive *archive, const char *name, size_t *seen) {
  rcp_archive_show(archive, name, on_row, seen, NULL);
  rcp_archive_story_get(archive, name, on_story, seen, NULL);
  rcp_archive_claims(archive, name, NULL, on_claim, seen, NULL);
  rcp_archive_derivations(archive, name, on_derivation, seen, NULL);
  rcp_archive_events(archive, name, 0, on_event, seen, NULL);
}

static void read_dossier(rcp_archive *archive, size_t *seen) {
  rcp_buffer out = {0};
  rcp_dossier *dossier;
  if (!rcp_archive_has_claims(archive, "a") && !rcp_archive_dossier(archive, "a", &dossier, NULL)) {
    rcp_archive_claims(archive, "a", NULL, on_claim, seen, NULL);
    rcp_dossier_free(dossier);
  }
  rcp_archive_rest(archive);
  rcp_archive_dossier_write(archive, "a", RCP_FORMAT_JSON, NULL, &out, NULL);
  rcp_buffer_release(&out);
}

static void use(bool writes) {
  rcp_archive *archive;
  size_t seen = 0;
  if (rcp_archive_open(fuzz_engine(RCP_INPUT_JSONL), path, writes, &archive, NULL)) return;
  rcp_archive_check(archive, on_fault, &seen, NULL);
  rcp_archive_list(archive, 0, on_row, &seen, NULL);
  rcp_archive_stories(archive, NULL, on_story, &seen, NULL);
  rcp_archive_days(archive, 0, on_day, &seen, NULL);
  rcp_archive_query query = {.most = 10, .day = "2025-01-10"};
  rcp_archive_find(archive, "brévigny maubrac*", NULL, on_row, &seen, NULL);
  rcp_archive_find(archive, "bac -lundi", &query, on_row, &seen, NULL);
  rcp_archive_search(archive, "digue -mairie \"la préf*", 10, on_row, &seen, NULL);
  static const char *const names[] = {"a", "c", "#1", "#2", "#3", "#4"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    read_story(archive, names[i], &seen);
    read_article(archive, names[i], &seen);
  }
  read_dossier(archive, &seen);
  for (int what = RCP_EXPORT_JSONL; what <= RCP_EXPORT_GRAPHML; what++)
    if (writes || what != RCP_EXPORT_JSONLD) rcp_archive_export(archive, (rcp_export)what, NULL, take_bytes, &seen, NULL);
  if (writes) {
    rcp_archive_line line;
    add(archive, 1);
    rcp_archive_merge(archive, "c", "a", NULL, NULL);
    rcp_archive_split(archive, (const char *const[]){"b"}, 1, NULL, &line, NULL);
    rcp_archive_not_same(archive, "#1", "#2", "n", &line, NULL);
    rcp_archive_forget(archive, "#3", NULL);
    add(archive, 0);
  }
  rcp_archive_close(archive);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (!n_good) make_good();
  if (size > 15 && !memcmp(data, "SQLite format 3", 15)) {
    write_file(data, size);
  } else {
    bool raw = has_raw(data, size);
    write_file(good, n_good);
    change_all(data, size);
    if (raw) write_file(bytes, n_good);
  }
  use(false);
  use(true);
  return 0;
}
