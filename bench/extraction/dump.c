/*
 * dump FILE... - what fit.py learns from: for each page a line of JSON on standard output ({"source","title","names"?,
 * "blocks":[{"text"}]}) and its rows of features on file descriptor 3.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/json.h"
#include "clean/html_features.h"
#include "clean/html_meta.h"
#include "input/charset.h"
#include "input/page.h"

static void dump(rcpi_arena *a, const rcpi_cleaner *cleaner, const char *path, FILE *rows) {
  rcp_str bytes, note;
  rcpi_html_tree tree;
  rcpi_html_head head;
  rcpi_lines lines;
  rcpi_html_features f;
  rcpi_buf out;
  rcpi_json j;
  if (rcpi_file_read(a, rcpi_cstr(path), 64 << 20, &bytes, NULL)) return;
  rcpi_html_tree_read(a, cleaner->markup_words, rcpi_decode(a, bytes, rcpi_page_charset(a, bytes), &note), &tree);
  if (tree.refusal) return;
  rcpi_lines_of(a, cleaner->words, tree.text, &lines);
  rcpi_html_head_read(a, cleaner, &tree, &lines, (rcp_str){NULL, 0}, &head);
  rcpi_html_features_of(a, cleaner, &tree, &lines, head.title, &f);
  rcpi_buf_init(&out);
  rcpi_json_init(&j, &out, false);
  rcpi_json_open(&j, '{');
  rcpi_json_key(&j, "source");
  rcpi_json_str(&j, rcpi_cstr(path));
  rcpi_json_key(&j, "title");
  rcpi_json_str(&j, head.title);
  rcpi_json_key(&j, "url");
  rcpi_json_str(&j, head.url);
  rcpi_json_key(&j, "blocks");
  rcpi_json_open(&j, '[');
  for (size_t i = 0; i < f.n; i++) rcpi_json_str(&j, rcpi_block_text(&tree, i));
  rcpi_json_close(&j, ']');
  rcpi_json_key(&j, "groups");
  rcpi_json_open(&j, '[');
  for (size_t i = 0; i < f.n; i++)
    for (size_t k = 0; k < RCPI_GROUPS; k++) rcpi_json_uint(&j, f.group[k][i]);
  rcpi_json_close(&j, ']');
  rcpi_json_close(&j, '}');
  puts(rcpi_buf_str(&out).p);
  rcpi_buf_release(&out);
  fwrite(f.rows, RCPI_N_FEATURES, f.n, rows);
}

int main(int argc, char **argv) {
  rcpi_arena engine, a;
  rcpi_langs langs;
  FILE *rows = fdopen(3, "wb");
  if (argc < 2 || !rows) return fputs("usage: dump FILE... 3>ROWS >PAGES; dump --names\n", stderr), 2;
  rcpi_arena_init(&engine);
  RCPI_GUARD(&engine) {
    if (rcpi_langs_load(&engine, NULL, &langs, NULL)) return 3;
    const rcpi_cleaner *cleaner = rcpi_cleaner_new(&engine, &langs);
    if (argv[1][0] == '-')
      for (size_t i = 0; i < RCPI_N_FEATURES; i++) puts(rcpi_html_feature_name(&engine, i));
    else
      for (int i = 1; i < argc; i++) {
        rcpi_arena_init(&a);
        a.guard = engine.guard;
        dump(&a, cleaner, argv[i], rows);
        rcpi_arena_release(&a);
      }
  } else return 3;
  rcpi_arena_release(&engine);
  return fclose(rows) ? 3 : 0;
}
