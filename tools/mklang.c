/*
 * mklang OUT.c FILE.tsv ... - checks the tables of data/lang and writes them as C.
 *
 * Runs during the build. Each FILE is <dir>/<tag>/<name>.tsv; the first fault ends the build with file, line and reason.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "lang/table.h"
#include "text/stem.h"

static void write_blob(FILE *out, const char *p, size_t n) {
  for (size_t i = 0; i < n; i += 80) {
    fputs("  \"", out);
    for (size_t k = i; k < n && k < i + 80; k++) {
      unsigned char c = (unsigned char)p[k];
      if (c >= ' ' && c < 0x7F && c != '"' && c != '\\' && c != '?') fputc(c, out);
      else fprintf(out, "\\%03o", c);
    }
    fputs("\"\n", out);
  }
  if (n == 0) fputs("  \"\"\n", out);
}

static void write_table(FILE *out, const rcpi_table *t, size_t i) {
  size_t n = (size_t)t->n_rows * t->n_cols;
  fprintf(out, "static const char blob_%zu[] =\n", i);
  write_blob(out, t->blob, t->at[n]);
  fprintf(out, "  ;\nstatic const uint32_t at_%zu[] = {", i);
  for (size_t k = 0; k <= n; k++) fprintf(out, "%s%u,", k % 16 ? "" : "\n  ", t->at[k]);
  fprintf(out, "\n};\nstatic const uint32_t slots_%zu[] = {", i);
  for (size_t k = 0; k < t->n_slots; k++) fprintf(out, "%s%u,", k % 16 ? "" : "\n  ", t->slots[k]);
  fputs(t->n_slots ? "\n};\n" : "0};\n", out);
}

/* "<anything>/<tag>/<name>.tsv" */
static bool split_path(rcpi_arena *a, const char *path, const char **tag, const char **name) {
  rcp_str s = rcpi_cstr(path);
  if (!rcpi_ends(s, RCPI_S(".tsv"))) return false;
  s.n -= 4;
  size_t end = s.n;
  while (s.n && s.p[s.n - 1] != '/') s.n--;
  if (s.n < 2) return false;
  *name = rcpi_dup(rcpi_sub(s, s.n, end), a).p;
  s.n--;
  end = s.n;
  while (s.n && s.p[s.n - 1] != '/') s.n--;
  *tag = rcpi_dup((rcp_str){s.p + s.n, end - s.n}, a).p;
  return true;
}

/* Tables that are read whole at each start: their stems are computed here, once. */
static bool wants_stems(const rcpi_table *t) {
  return !strcmp(t->name, "concept");
}

/* The snowball name of a language, out of its lang table among `tables`. */
static rcp_str stemmer_of(const rcpi_table *tables, size_t n, const char *lang) {
  for (size_t i = 0; i < n; i++) {
    if (strcmp(tables[i].lang, lang) || strcmp(tables[i].name, "lang")) continue;
    size_t row = rcpi_table_find(&tables[i], RCPI_S("stemmer"));
    if (row != RCPI_NONE) return rcpi_cell(&tables[i], row, 1);
  }
  return RCPI_S("");
}

static void write_stems(rcpi_arena *a, FILE *out, const rcpi_table *t, rcp_str algorithm, size_t i) {
  rcpi_stemmer *stemmer = rcpi_stemmer_new(a, algorithm);
  rcpi_buf blob;
  uint32_t *at = rcpi_array(a, uint32_t, (size_t)t->n_rows + 1);
  rcpi_buf_init(&blob);
  for (size_t row = 0; row < t->n_rows; row++) {
    size_t n;
    at[row] = (uint32_t)blob.len;
    rcpi_buf_add(&blob, rcpi_stem_phrase(a, stemmer, rcpi_cell(t, row, 0), &n));
  }
  at[t->n_rows] = (uint32_t)blob.len;
  fprintf(out, "static const char stem_blob_%zu[] =\n", i);
  write_blob(out, blob.p ? blob.p : "", blob.len);
  fprintf(out, "  ;\nstatic const uint32_t stem_at_%zu[] = {", i);
  for (size_t k = 0; k <= t->n_rows; k++) fprintf(out, "%s%u,", k % 16 ? "" : "\n  ", at[k]);
  fputs("\n};\n", out);
  rcpi_buf_release(&blob);
}

static bool compile(rcpi_arena *a, FILE *out, char **files, size_t n) {
  rcpi_table *tables = rcpi_array(a, rcpi_table, n);
  fputs("/* written by tools/mklang from data/lang: do not edit */\n#include \"lang/table.h\"\n", out);
  for (size_t i = 0; i < n; i++) {
    rcp_error error;
    rcp_str bytes;
    size_t line;
    const char *tag, *name, *why;
    if (!split_path(a, files[i], &tag, &name)) return fprintf(stderr, "%s: not <tag>/<name>.tsv\n", files[i]), false;
    if (rcpi_file_read(a, rcpi_cstr(files[i]), 64 << 20, &bytes, &error))
      return fprintf(stderr, "%s: %s\n", files[i], error.text), false;
    if (!rcpi_table_parse(a, tag, name, bytes, &tables[i], &line, &why))
      return fprintf(stderr, "%s:%zu: %s\n", files[i], line, why), false;
    write_table(out, &tables[i], i);
  }
  for (size_t i = 0; i < n; i++)
    if (wants_stems(&tables[i])) write_stems(a, out, &tables[i], stemmer_of(tables, n, tables[i].lang), i);
  fputs("extern const rcpi_table rcpi_compiled_tables[];\nextern const size_t rcpi_n_compiled_tables;\n"
        "extern const uint64_t rcpi_compiled_hash;\n", out);
  fputs("const rcpi_table rcpi_compiled_tables[] = {\n", out);
  for (size_t i = 0; i < n; i++) {
    fprintf(out, "  {\"%s\", \"%s\", \"", tables[i].lang, tables[i].name);
    for (const char *p = tables[i].columns; *p; p++) fputs(*p == '\t' ? "\\t" : (char[]){*p, 0}, out);
    fprintf(out, "\", blob_%zu, at_%zu, %u, %u, slots_%zu, %u, ", i, i, tables[i].n_rows, tables[i].n_cols, i, tables[i].n_slots);
    if (wants_stems(&tables[i])) fprintf(out, "stem_blob_%zu, stem_at_%zu},\n", i, i);
    else fputs("NULL, NULL},\n", out);
  }
  fprintf(out, "};\nconst size_t rcpi_n_compiled_tables = %zu;\n", n);
  fprintf(out, "const uint64_t rcpi_compiled_hash = 0x%016llxu;\n", (unsigned long long)rcpi_tables_hash(tables, n));
  return true;
}

static int by_bytes(const void *x, const void *y) {
  return strcmp(*(char *const *)x, *(char *const *)y);
}

int main(int argc, char **argv) {
  if (argc < 3) return fputs("usage: mklang OUT.c FILE.tsv...\n", stderr), 2;
  FILE *out = fopen(argv[1], "w");
  if (!out) return perror(argv[1]), 3;
  rcpi_arena a;
  volatile bool ok = false;
  qsort(argv + 2, (size_t)argc - 2, sizeof *argv, by_bytes);
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) ok = compile(&a, out, argv + 2, (size_t)argc - 2);
  else fputs("mklang: out of memory\n", stderr);
  rcpi_arena_release(&a);
  return fclose(out) == 0 && ok ? 0 : 3;
}
