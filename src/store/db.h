/*
 * db.h - the door to SQLite: one file, statements by their text, values in and out.
 *
 * Sticky: after the first failure every further call does nothing, until rcpi_db_status tells it and clears it. So a row
 * of writes is one check at its end. A statement is named by its text, a literal; it is prepared once and kept.
 *
 *     rcpi_stmt *q = rcpi_db_ask(db, "SELECT id, title FROM article WHERE story=?1", "i", story);
 *     while (rcpi_db_next(db, q)) see(rcpi_db_int(q, 0), rcpi_db_str(q, 1));   // views, good until the next step
 *     return rcpi_db_status(db, error);
 *
 * Types of values: i int64_t, t rcp_str as text (a NULL pointer is NULL), b rcp_str as bytes, d double, n int64_t where
 * INT64_MIN is NULL. A statement that is left before its end is ended with rcpi_db_end.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_STORE_DB_H
#define RCPI_STORE_DB_H

#include "base/arena.h"
#include "base/str.h"

typedef struct rcpi_db rcpi_db;
typedef struct sqlite3_stmt rcpi_stmt;

#define RCPI_NULL INT64_MIN

enum { RCPI_DB_WAIT = 60000 };   /* milliseconds that a statement waits for another writer */

typedef enum rcpi_db_mode { RCPI_DB_READS, RCPI_DB_WRITES } rcpi_db_mode;

/* Closed with the arena. To be written, it is made when it is not there, with a write-ahead log and full durability. */
rcp_status rcpi_db_open(rcpi_arena *a, const char *path, rcpi_db_mode mode, rcpi_db **out, rcp_error *error);
/* Statements without values, several in one text. */
void rcpi_db_run(rcpi_db *db, const char *sql);

rcpi_stmt *rcpi_db_ask(rcpi_db *db, const char *sql, const char *types, ...);
bool rcpi_db_next(rcpi_db *db, rcpi_stmt *q);
void rcpi_db_end(rcpi_stmt *q);
/* Asks and goes to the end. */
void rcpi_db_do(rcpi_db *db, const char *sql, const char *types, ...);
/* The first value of the first row; RCPI_NULL when there is none. */
int64_t rcpi_db_number(rcpi_db *db, const char *sql, const char *types, ...);

int64_t rcpi_db_int(rcpi_stmt *q, int column);      /* RCPI_NULL for NULL */
double rcpi_db_double(rcpi_stmt *q, int column);
rcp_str rcpi_db_str(rcpi_stmt *q, int column);
rcp_str rcpi_db_bytes(rcpi_stmt *q, int column);

int64_t rcpi_db_last_id(rcpi_db *db);
/* Rows that the last statement changed. */
int64_t rcpi_db_changed(rcpi_db *db);
bool rcpi_db_in_transaction(rcpi_db *db);
/* How long a statement waits for another writer. */
void rcpi_db_wait(rcpi_db *db, int milliseconds);
/* Whether any call since the last rcpi_db_status failed. */
bool rcpi_db_failed(const rcpi_db *db);
/* RCP_OK, or the first failure; the next call works again. A transaction that was open stays open. */
rcp_status rcpi_db_status(rcpi_db *db, rcp_error *error);

#endif
