/*
 * table.h - one table of a language: tab-separated rows that a linguist can edit.
 *
 * The file (docs/languages.md): UTF-8, NFC; lines that begin with # are comments (the first ones name source and
 * licence); the first other line names the columns, and may list the values a column takes: stance(neutral|doubt);
 * then one row a line, each with as many cells as columns, sorted bytewise, no row twice. tools/mklang compiles tables
 * in; --lang-dir reads the same files at run time with the same parser.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_LANG_TABLE_H
#define RCPI_LANG_TABLE_H

#include "base/arena.h"
#include "base/hash.h"
#include "base/str.h"

/* Cells lie end to end in `blob`, row by row; cell i is blob[at[i]] to blob[at[i + 1]]. Row 0 is the first data row. */
typedef struct rcpi_table {
  const char *lang, *name;
  const char *columns;      /* names, tab-separated, without their value lists */
  const char *blob;
  const uint32_t *at;
  uint32_t n_rows, n_cols;
  const uint32_t *slots;    /* 1 + first row of a first cell, by its hash; open addressing, a power of two of them */
  uint32_t n_slots;
  const char *stem_blob;    /* stems of the words of each row's first cell, computed by the build; NULL: not there */
  const uint32_t *stem_at;
} rcpi_table;

/*
 * Parses one file. On failure false, with a line number and what is wrong with it. All of the result is in the arena.
 */
bool rcpi_table_parse(rcpi_arena *a, const char *lang, const char *name, rcp_str file, rcpi_table *out,
                      size_t *bad_line, const char **why);

static inline rcp_str rcpi_cell(const rcpi_table *t, size_t row, size_t col) {
  size_t i = row * t->n_cols + col;
  return (rcp_str){t->blob + t->at[i], t->at[i + 1] - t->at[i]};
}

/* Index of a column, or -1. */
int rcpi_table_column(const rcpi_table *t, const char *name);
/* The cell at a column's name; empty when there is no such column. */
rcp_str rcpi_cell_named(const rcpi_table *t, size_t row, const char *column);
/* The first row whose first cell is `key`, or RCPI_NONE; rows of one key follow one another. */
size_t rcpi_table_find(const rcpi_table *t, rcp_str key);

/* Of all that the tables hold, in this order: results name the tables they were made with by it. */
uint64_t rcpi_tables_hash(const rcpi_table *tables, size_t n);

#endif
