/* SPDX-License-Identifier: Apache-2.0 */
#include "store/db.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>

#include "base/error.h"

enum { FIRST_SLOTS = 256 };

typedef struct kept { const char *sql; sqlite3_stmt *statement; } kept;   /* by address of the text */

struct rcpi_db {
  sqlite3 *handle;
  const char *path;
  kept *kept;
  size_t n_kept, cap_kept;
  rcp_status status;
  char text[400];
};

static void close_db(void *p) {
  rcpi_db *db = p;
  for (size_t i = 0; i < db->cap_kept; i++) sqlite3_finalize(db->kept[i].statement);
  free(db->kept);
  sqlite3_close(db->handle);
}

/* ------------------------------------------------------------------------------------------------------------ errors */

static rcp_status status_of(int code) {
  switch (code & 0xFF) {
    case SQLITE_NOMEM: return RCP_ENOMEM;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CONSTRAINT: return RCP_EDATA;
    case SQLITE_TOOBIG: return RCP_ELIMIT;
    default: return RCP_EIO;
  }
}

/* What to do about it, where SQLite's words do not say. */
static const char *advice(int code) {
  switch (code & 0xFF) {
    case SQLITE_FULL: return "; nothing of this step was kept, make room and run it again";
    case SQLITE_BUSY: return "; another program is writing to it";
    case SQLITE_CANTOPEN: return "; is it there, and may it and its folder be read and written?";
    case SQLITE_READONLY: return "; it or its folder may not be written";
    default: return "";
  }
}

static void fail(rcpi_db *db) {
  if (db->status) return;
  int code = db->handle ? sqlite3_errcode(db->handle) : SQLITE_NOMEM;
  db->status = status_of(code);
  sqlite3_snprintf((int)sizeof db->text, db->text, "%s%s", db->handle ? sqlite3_errmsg(db->handle) : "out of memory", advice(code));
}

bool rcpi_db_failed(const rcpi_db *db) {
  return db->status != RCP_OK;
}

rcp_status rcpi_db_status(rcpi_db *db, rcp_error *error) {
  rcp_status status = db->status;
  db->status = RCP_OK;
  return status ? rcpi_error(error, status, rcpi_cstr(db->path), 0, "%s", db->text) : RCP_OK;
}

/* -------------------------------------------------------------------------------------------------------------- open */

rcp_status rcpi_db_open(rcpi_arena *a, const char *path, rcpi_db_mode mode, rcpi_db **out, rcp_error *error) {
  rcpi_db *db = rcpi_new(a, rcpi_db);
  db->path = rcpi_dup(rcpi_cstr(path), a).p;
  rcpi_defer(a, close_db, db);
  int flags = mode == RCPI_DB_WRITES ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE;
  int code = sqlite3_open_v2(path, &db->handle, flags, NULL);
  if (code != SQLITE_OK) {
    fail(db);
    return rcpi_db_status(db, error);
  }
  rcpi_db_wait(db, RCPI_DB_WAIT);
  rcpi_db_run(db, "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA cache_size=-2048; PRAGMA secure_delete=ON");
  if (mode == RCPI_DB_WRITES) rcpi_db_run(db, "PRAGMA cache_size=-65536; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=8000");
  *out = db;
  return rcpi_db_status(db, error);
}

void rcpi_db_wait(rcpi_db *db, int milliseconds) {
  sqlite3_busy_timeout(db->handle, milliseconds);
}

void rcpi_db_run(rcpi_db *db, const char *sql) {
  if (!db->status && sqlite3_exec(db->handle, sql, NULL, NULL, NULL) != SQLITE_OK) fail(db);
}

/* -------------------------------------------------------------------------------------------------------- statements */

static kept *slot_of(kept *table, size_t cap, const char *sql) {
  size_t i = ((uintptr_t)sql >> 3) * 2654435761u & (cap - 1);
  while (table[i].sql && table[i].sql != sql) i = (i + 1) & (cap - 1);
  return &table[i];
}

static bool has_room(rcpi_db *db) {
  if ((db->n_kept + 1) * 2 <= db->cap_kept) return true;
  size_t cap = db->cap_kept ? db->cap_kept * 2 : FIRST_SLOTS;
  kept *table = calloc(cap, sizeof *table);
  if (!table) return false;
  for (size_t i = 0; i < db->cap_kept; i++)
    if (db->kept[i].sql) *slot_of(table, cap, db->kept[i].sql) = db->kept[i];
  free(db->kept);
  db->kept = table;
  db->cap_kept = cap;
  return true;
}

static sqlite3_stmt *prepare(rcpi_db *db, const char *sql) {
  if (db->status) return NULL;
  if (!has_room(db)) return db->status = RCP_ENOMEM, NULL;
  kept *k = slot_of(db->kept, db->cap_kept, sql);
  if (k->sql) return sqlite3_reset(k->statement), k->statement;
  sqlite3_stmt *q = NULL;
  if (sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &q, NULL) != SQLITE_OK) return fail(db), NULL;
  *k = (kept){sql, q};
  db->n_kept++;
  return q;
}

static void bind_all(sqlite3_stmt *q, const char *types, va_list values) {
  for (int i = 1; *types; types++, i++) {
    rcp_str s;
    int64_t n;
    switch (*types) {
      case 't':
        s = va_arg(values, rcp_str);
        if (s.p) sqlite3_bind_text64(q, i, s.p, s.n, SQLITE_STATIC, SQLITE_UTF8);
        else sqlite3_bind_null(q, i);
        break;
      case 'b':
        s = va_arg(values, rcp_str);
        sqlite3_bind_blob64(q, i, s.n ? s.p : "", s.n, SQLITE_STATIC);
        break;
      case 'd': sqlite3_bind_double(q, i, va_arg(values, double)); break;
      default:
        n = va_arg(values, int64_t);
        if (*types == 'n' && n == RCPI_NULL) sqlite3_bind_null(q, i);
        else sqlite3_bind_int64(q, i, n);
    }
  }
}

rcpi_stmt *rcpi_db_ask(rcpi_db *db, const char *sql, const char *types, ...) {
  sqlite3_stmt *q = prepare(db, sql);
  if (!q) return NULL;
  va_list values;
  va_start(values, types);
  bind_all(q, types, values);
  va_end(values);
  return q;
}

bool rcpi_db_next(rcpi_db *db, rcpi_stmt *q) {
  if (!q || db->status) return false;
  int code = sqlite3_step(q);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) fail(db);
  sqlite3_reset(q);
  return false;
}

void rcpi_db_end(rcpi_stmt *q) {
  if (q) sqlite3_reset(q);
}

void rcpi_db_do(rcpi_db *db, const char *sql, const char *types, ...) {
  sqlite3_stmt *q = prepare(db, sql);
  if (!q) return;
  va_list values;
  va_start(values, types);
  bind_all(q, types, values);
  va_end(values);
  while (rcpi_db_next(db, q)) {}
}

int64_t rcpi_db_number(rcpi_db *db, const char *sql, const char *types, ...) {
  sqlite3_stmt *q = prepare(db, sql);
  if (!q) return RCPI_NULL;
  va_list values;
  va_start(values, types);
  bind_all(q, types, values);
  va_end(values);
  int64_t n = rcpi_db_next(db, q) ? rcpi_db_int(q, 0) : RCPI_NULL;
  rcpi_db_end(q);
  return n;
}

/* ------------------------------------------------------------------------------------------------------------ values */

int64_t rcpi_db_int(rcpi_stmt *q, int column) {
  return sqlite3_column_type(q, column) == SQLITE_NULL ? RCPI_NULL : sqlite3_column_int64(q, column);
}

double rcpi_db_double(rcpi_stmt *q, int column) {
  return sqlite3_column_double(q, column);
}

rcp_str rcpi_db_str(rcpi_stmt *q, int column) {
  const char *p = (const char *)sqlite3_column_text(q, column);
  return (rcp_str){p, p ? (size_t)sqlite3_column_bytes(q, column) : 0};
}

rcp_str rcpi_db_bytes(rcpi_stmt *q, int column) {
  const char *p = sqlite3_column_blob(q, column);
  return (rcp_str){p ? p : "", p ? (size_t)sqlite3_column_bytes(q, column) : 0};
}

int64_t rcpi_db_last_id(rcpi_db *db) {
  return sqlite3_last_insert_rowid(db->handle);
}

int64_t rcpi_db_changed(rcpi_db *db) {
  return sqlite3_changes64(db->handle);
}

bool rcpi_db_in_transaction(rcpi_db *db) {
  return !sqlite3_get_autocommit(db->handle);
}
