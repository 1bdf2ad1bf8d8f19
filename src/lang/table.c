/*
 * A table is looked up some hundred thousand times a text, so it carries an index of hashes, made when it is compiled or
 * loaded; the hash is the same on every machine. With a binary search half of the time of reading marks went here.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lang/table.h"

#include "base/unicode.h"
#include "base/utf8.h"

enum { MAX_COLUMNS = 16 };

typedef struct header {
  rcp_str values[MAX_COLUMNS];   /* "neutral|doubt", or .p NULL: anything goes */
  size_t n;
  rcpi_buf names;
} header;

static bool read_header(header *h, rcp_str line, const char **why) {
  rcp_str cell, rest = line;
  while (rcpi_next_field(&rest, '\t', &cell)) {
    if (h->n == MAX_COLUMNS) return *why = "more than 16 columns", false;
    size_t open = rcpi_find_char(cell, '(');
    rcp_str name = open == RCPI_NONE ? cell : rcpi_sub(cell, 0, open);
    if (name.n == 0) return *why = "a column without a name", false;
    if (open != RCPI_NONE) {
      if (cell.p[cell.n - 1] != ')') return *why = "a list of values without its closing bracket", false;
      h->values[h->n] = rcpi_sub(cell, open + 1, cell.n - 1);
    }
    if (h->n++) rcpi_buf_addc(&h->names, '\t');
    rcpi_buf_add(&h->names, name);
  }
  return true;
}

static bool is_listed(rcp_str values, rcp_str cell) {
  rcp_str value, rest = values;
  while (rcpi_next_field(&rest, '|', &value))
    if (rcpi_eq(value, cell)) return true;
  return false;
}

typedef struct cells { RCPI_VEC(uint32_t) at; rcpi_buf blob; } cells;

static bool read_row(rcpi_arena *a, const header *h, rcp_str line, cells *out, const char **why) {
  rcp_str cell, rest = line;
  size_t n = 0;
  while (rcpi_next_field(&rest, '\t', &cell)) {
    if (n == h->n) return *why = "more cells than columns", false;
    if (h->values[n].p && !is_listed(h->values[n], cell)) return *why = "a value that its column does not list", false;
    if (n == 0 && cell.n == 0) return *why = "an empty first cell", false;
    rcpi_push(a, &out->at, (uint32_t)out->blob.len);
    rcpi_buf_add(&out->blob, cell);
    n++;
  }
  return n == h->n ? true : (*why = "fewer cells than columns", false);
}

/* The order of cells is the order of lines only when nothing sorts before the tab. */
static bool has_control(rcp_str line) {
  for (size_t i = 0; i < line.n; i++)
    if ((unsigned char)line.p[i] < ' ' && line.p[i] != '\t') return true;
  return false;
}

static bool read_lines(rcpi_arena *a, rcp_str file, header *h, cells *out, size_t *line_no, const char **why) {
  rcp_str line, last = {NULL, 0}, rest = file;
  while (rcpi_next_line(&rest, &line)) {
    ++*line_no;
    if (line.n == 0 || line.p[0] == '#') continue;
    if (!rcpi_utf8_valid(line)) return *why = "not UTF-8", false;
    if (has_control(line)) return *why = "a control character", false;
    if (!rcpi_is_nfc(line)) return *why = "not in normal form C", false;
    if (!h->n) {
      if (!read_header(h, line, why)) return false;
      continue;
    }
    if (last.p && rcpi_cmp(last, line) == 0) return *why = "the same row twice", false;
    if (last.p && rcpi_cmp(last, line) > 0) return *why = "not in order (LC_ALL=C sort)", false;
    if (!read_row(a, h, line, out, why)) return false;
    last = line;
  }
  return h->n ? true : (*why = "no line that names the columns", false);
}

int rcpi_table_column(const rcpi_table *t, const char *name) {
  rcp_str cell, rest = rcpi_cstr(t->columns);
  for (int i = 0; rcpi_next_field(&rest, '\t', &cell); i++)
    if (rcpi_is(cell, name)) return i;
  return -1;
}

rcp_str rcpi_cell_named(const rcpi_table *t, size_t row, const char *column) {
  int col = rcpi_table_column(t, column);
  return col < 0 ? (rcp_str){"", 0} : rcpi_cell(t, row, (size_t)col);
}

/* The slot of a first cell, or the empty one where it would stand. */
static size_t slot_of(const rcpi_table *t, rcp_str key) {
  size_t i = rcpi_hash(key, 0) & (t->n_slots - 1);
  while (t->slots[i] && !rcpi_eq(rcpi_cell(t, t->slots[i] - 1, 0), key)) i = (i + 1) & (t->n_slots - 1);
  return i;
}

size_t rcpi_table_find(const rcpi_table *t, rcp_str key) {
  if (!t->n_slots) return RCPI_NONE;
  uint32_t row = t->slots[slot_of(t, key)];
  return row ? row - 1 : RCPI_NONE;
}

/* Room for twice as many rows, so that a look-up meets an empty slot soon. */
static void index_rows(rcpi_arena *a, rcpi_table *t) {
  if (!t->n_rows) return;
  t->n_slots = 4;
  while (t->n_slots < 2 * (size_t)t->n_rows) t->n_slots *= 2;
  uint32_t *slots = rcpi_array(a, uint32_t, t->n_slots);
  t->slots = slots;
  for (uint32_t row = 0; row < t->n_rows; row++) {
    size_t i = slot_of(t, rcpi_cell(t, row, 0));
    if (!slots[i]) slots[i] = row + 1;
  }
}

bool rcpi_table_parse(rcpi_arena *a, const char *lang, const char *name, rcp_str file, rcpi_table *out,
                      size_t *bad_line, const char **why) {
  header h = {.n = 0};
  cells c = {.at = {0}};
  *bad_line = 0;
  rcpi_buf_init(&h.names);
  rcpi_buf_init(&c.blob);
  bool ok = read_lines(a, file, &h, &c, bad_line, why);
  if (ok) {
    rcpi_push(a, &c.at, (uint32_t)c.blob.len);
    *out = (rcpi_table){.lang = rcpi_dup(rcpi_cstr(lang), a).p, .name = rcpi_dup(rcpi_cstr(name), a).p,
                        .columns = rcpi_dup(rcpi_buf_str(&h.names), a).p, .blob = rcpi_dup(rcpi_buf_str(&c.blob), a).p,
                        .at = c.at.p, .n_rows = (uint32_t)((c.at.n - 1) / h.n), .n_cols = (uint32_t)h.n};
    index_rows(a, out);
    if (h.names.failed || c.blob.failed) ok = false, *why = "out of memory";
  }
  rcpi_buf_release(&h.names);
  rcpi_buf_release(&c.blob);
  return ok;
}

uint64_t rcpi_tables_hash(const rcpi_table *tables, size_t n) {
  uint64_t hash = 0;
  for (size_t i = 0; i < n; i++) {
    const rcpi_table *t = &tables[i];
    hash = rcpi_hash(rcpi_cstr(t->lang), hash) ^ rcpi_hash(rcpi_cstr(t->name), hash + 1);
    hash = rcpi_hash((rcp_str){t->blob, t->at[(size_t)t->n_rows * t->n_cols]}, hash);
  }
  return hash;
}
