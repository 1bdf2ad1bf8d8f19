/*
 * dump_day FILE... - what fit_day.py learns from: for each page a line "PATH", then one for each day that it names, "DAY SEEN OTHERS",
 * SEEN being the marks of src/clean/html_day.h as bits; or one "DAY last" where it names none but as a last resort. dump_day --names lists the marks.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/file.h"
#include "clean/html_day.h"
#include "input/charset.h"
#include "input/page.h"

static void dump(rcpi_arena *a, const rcpi_cleaner *cleaner, const char *path) {
  rcp_str bytes, note;
  rcpi_html_tree tree;
  rcpi_html_head head;
  rcpi_lines lines;
  if (rcpi_file_read(a, rcpi_cstr(path), 64 << 20, &bytes, NULL)) return;
  rcpi_html_tree_read(a, cleaner->markup_words, rcpi_decode(a, bytes, rcpi_page_charset(a, bytes), &note), &tree);
  if (tree.refusal) return;
  rcpi_lines_of(a, cleaner->words, tree.text, &lines);
  rcpi_html_head_read(a, cleaner, &tree, &lines, (rcp_str){NULL, 0}, &head);
  printf("%s\n", path);
  if (!head.n_days) printf("%.*s last\n", RCPI_P(head.published));
  for (size_t i = 0; i < head.n_days; i++)
    printf("%.*s %" PRIu32 " %d\n", RCPI_P(rcpi_date_iso(a, head.days[i].date)), head.days[i].seen, head.days[i].others);
}

int main(int argc, char **argv) {
  rcpi_arena engine, a;
  rcpi_langs langs;
  if (argc < 2) return fputs("usage: dump_day FILE... | --names\n", stderr), 2;
  for (size_t i = 0; !strcmp(argv[1], "--names") && rcpi_html_day_mark(i); i++) puts(rcpi_html_day_mark(i));
  rcpi_arena_init(&engine);
  RCPI_GUARD(&engine) {
    if (rcpi_langs_load(&engine, NULL, &langs, NULL)) return 3;
    const rcpi_cleaner *cleaner = rcpi_cleaner_new(&engine, &langs);
    for (int i = 1; i < argc; i++) {
      rcpi_arena_init(&a);
      a.guard = engine.guard;
      dump(&a, cleaner, argv[i]);
      rcpi_arena_release(&a);
    }
  } else return 3;
  rcpi_arena_release(&engine);
  return 0;
}
