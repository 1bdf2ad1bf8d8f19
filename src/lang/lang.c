/*
 * Detection counts function words (stop.tsv, else detect.tsv) among the first two thousand words: French and English share few, and a
 * wrong page language is then no trap. The winner must have a twelfth of the words and a third more than the next.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lang/lang.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/file.h"
#include "base/unicode.h"
#include "base/utf8.h"

extern const rcpi_table rcpi_compiled_tables[];
extern const size_t rcpi_n_compiled_tables;
extern const uint64_t rcpi_compiled_hash;   /* to hash five megabytes anew took a tenth of a run's start */

static const rcpi_table empty_table = {.lang = "", .name = "", .columns = "", .blob = "", .at = NULL, .n_rows = 0, .n_cols = 0};

const rcpi_table *rcpi_lang_table(const rcpi_lang *lang, const char *name) {
  for (size_t i = 0; lang && i < lang->n_tables; i++)
    if (!strcmp(lang->tables[i].name, name)) return &lang->tables[i];
  return &empty_table;
}

rcp_str rcpi_lang_bridge_tag(const rcpi_lang *lang) {
  const char *tag = strchr(rcpi_lang_table(lang, "bridge")->columns, '\t');
  return rcpi_cstr(tag ? tag + 1 : NULL);
}

rcp_str rcpi_lang_setting(const rcpi_lang *lang, const char *key) {
  const rcpi_table *t = rcpi_lang_table(lang, "lang");
  size_t row = rcpi_table_find(t, rcpi_cstr(key));
  return row == RCPI_NONE ? RCPI_S("") : rcpi_cell(t, row, 1);
}

/* Tables of one language lie side by side, as mklang writes them and as folders are read. */
static void group(rcpi_arena *a, const rcpi_table *tables, size_t n, rcpi_langs *out) {
  RCPI_VEC(rcpi_lang) langs = {0};
  for (size_t i = 0; i < n; i++) {
    if (i == 0 || strcmp(tables[i].lang, tables[i - 1].lang)) {
      size_t index = langs.n;             /* before the push counts it */
      rcpi_push(a, &langs, (rcpi_lang){.tag = rcpi_cstr(tables[i].lang), .tables = &tables[i], .index = index});
    }
    langs.p[langs.n - 1].n_tables++;
  }
  uint64_t hash = tables == rcpi_compiled_tables ? rcpi_compiled_hash : rcpi_tables_hash(tables, n);
  *out = (rcpi_langs){.all = langs.p, .n = langs.n};
  snprintf(out->hash, sizeof out->hash, "%016llx", (unsigned long long)hash);
  for (size_t i = 0; i < langs.n; i++) langs.p[i].stemmer = rcpi_lang_setting(&langs.p[i], "stemmer");
}

static int is_folder_name(const struct dirent *d) {
  for (const char *p = d->d_name; *p; p++)
    if (!((*p >= 'a' && *p <= 'z') || *p == '-')) return 0;
  return 1;
}

static int is_table_name(const struct dirent *d) {
  return rcpi_ends(rcpi_cstr(d->d_name), RCPI_S(".tsv"));
}

static int by_bytes(const struct dirent **x, const struct dirent **y) {
  return strcmp((*x)->d_name, (*y)->d_name);
}

typedef struct tables { RCPI_VEC(rcpi_table) v; } tables;

static rcp_status load_table(rcpi_arena *a, const char *dir, const char *tag, const char *file, tables *out, rcp_error *error) {
  rcp_str path = rcpi_printf(a, "%s/%s/%s", dir, tag, file), bytes;
  rcp_status status = rcpi_file_read(a, path, 64 << 20, &bytes, error);
  if (status) return status;
  rcpi_table t;
  size_t line;
  const char *why;
  if (!rcpi_table_parse(a, tag, rcpi_dup(rcpi_sub(rcpi_cstr(file), 0, strlen(file) - 4), a).p, bytes, &t, &line, &why))
    return rcpi_error(error, RCP_EDATA, path, 0, "line %zu: %s", line, why);
  rcpi_push(a, &out->v, t);
  return RCP_OK;
}

static rcp_status load_lang(rcpi_arena *a, const char *dir, const char *tag, tables *out, rcp_error *error) {
  struct dirent **files = NULL;
  int n = scandir(rcpi_printf(a, "%s/%s", dir, tag).p, &files, is_table_name, by_bytes);
  rcp_status status = RCP_OK;
  for (int i = 0; i < n; i++) {
    if (!status) status = load_table(a, dir, tag, rcpi_dup(rcpi_cstr(files[i]->d_name), a).p, out, error);
    free(files[i]);
  }
  free(files);
  return status;
}

static rcp_status load_dir(rcpi_arena *a, const char *dir, tables *out, rcp_error *error) {
  struct dirent **folders = NULL;
  int n = scandir(dir, &folders, is_folder_name, by_bytes);
  if (n < 0) return rcpi_error(error, RCP_EIO, rcpi_cstr(dir), 0, "the folder of language tables can't be read");
  rcp_status status = RCP_OK;
  for (int i = 0; i < n; i++) {
    if (!status) status = load_lang(a, dir, rcpi_dup(rcpi_cstr(folders[i]->d_name), a).p, out, error);
    free(folders[i]);
  }
  free(folders);
  if (!status && !out->v.n)
    return rcpi_error(error, RCP_EDATA, rcpi_cstr(dir), 0, "no language tables here: expected <tag>/<name>.tsv");
  return status;
}

rcp_status rcpi_langs_load(rcpi_arena *a, const char *dir, rcpi_langs *out, rcp_error *error) {
  if (!dir) {
    group(a, rcpi_compiled_tables, rcpi_n_compiled_tables, out);
    return RCP_OK;
  }
  tables t = {.v = {0}};
  rcp_status status = load_dir(a, dir, &t, error);
  if (!status) group(a, t.v.p, t.v.n, out);
  return status;
}

const rcpi_lang *rcpi_lang_by_tag(const rcpi_langs *langs, rcp_str tag) {
  size_t n = 0;
  while (n < tag.n && rcpi_is_alpha((unsigned char)tag.p[n])) n++;
  rcp_str primary = {tag.p, n};
  for (size_t i = 0; n && i < langs->n; i++) {
    if (rcpi_eq_nocase(langs->all[i].tag, primary)) return &langs->all[i];
    rcp_str alias, rest = rcpi_lang_setting(&langs->all[i], "aliases");
    while (rest.n && rcpi_next_field(&rest, ' ', &alias))
      if (rcpi_eq_nocase(alias, primary)) return &langs->all[i];
  }
  return NULL;
}

enum { DETECT_WORDS = 2000, DETECT_LONGEST = 24, DETECT_LANGS = 16 };

/* Lower-cases one word of `text` from `at` into out; its length, 0 at the end of text; longer words are cut. */
static size_t next_word(rcp_str text, size_t *at, char out[DETECT_LONGEST + 4]) {
  size_t n = 0, len;
  for (; *at < text.n; *at += len) {
    uint32_t cp = rcpi_utf8_at(text, *at, &len);
    bool is_letter = rcpi_char_class_of(cp) == RCPI_CHAR_LETTER;
    if (is_letter && n <= DETECT_LONGEST - 4) n += rcpi_utf8_put(rcpi_lower_cp(cp), out + n);
    else if (!is_letter && n) break;
  }
  return n;
}

const rcpi_lang *rcpi_lang_detect(const rcpi_langs *langs, rcp_str text) {
  const rcpi_table *stop[DETECT_LANGS];
  size_t hits[DETECT_LANGS] = {0}, n_words = 0, n, at = 0, n_langs = langs->n < DETECT_LANGS ? langs->n : DETECT_LANGS;
  char word[DETECT_LONGEST + 4];
  bool is_full[DETECT_LANGS];
  for (size_t i = 0; i < n_langs; i++) {
    stop[i] = rcpi_lang_table(&langs->all[i], "stop");
    is_full[i] = stop[i]->n_rows > 0;
    if (!is_full[i]) stop[i] = rcpi_lang_table(&langs->all[i], "detect");
  }
  for (; n_words < DETECT_WORDS && (n = next_word(text, &at, word)); n_words++)
    for (size_t i = 0; i < n_langs; i++) hits[i] += rcpi_table_find(stop[i], (rcp_str){word, n}) != RCPI_NONE;
  /* a language that has more tables goes before one that has a few words only, in which it is as much at home */
  size_t best = 0, second = 0;
  for (size_t i = 1; i < n_langs; i++)
    if (hits[i] > hits[best] || (hits[i] == hits[best] && is_full[i] && !is_full[best])) best = i;
  for (size_t i = 0; i < n_langs; i++)
    if (i != best && hits[i] > second && (is_full[i] || !is_full[best])) second = hits[i];
  bool is_clear = n_words >= 3 && hits[best] * 12 >= n_words && hits[best] * 3 > second * 4;
  return n_langs && is_clear ? &langs->all[best] : NULL;
}
