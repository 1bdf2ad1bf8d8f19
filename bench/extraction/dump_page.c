/*
 * dump_page FILE.jsonl - what fit_page.py learns from: for each record of flattened lines its rows of features on standard
 * output, behind a line of text: "ID N-LINES WIDTH LINE-NUMBER...", numbers of the lines of the record's text that are none empty.
 *
 * dump_page FILE.jsonl ODDS - the same with the second look: ODDS holds two bytes a line, thousandths.
 * dump_page --width - how many features the first look has, and which of them is the verdict of the rules.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>

#include "clean/page_features.h"
#include "input/reader.h"

static void dump(const rcpi_cleaner *cleaner, rcp_article *article, FILE *odds) {
  rcpi_flat f = {.a = &article->arena, .lexicon = cleaner->words};
  rcpi_page_features features;
  rcpi_lines_of(f.a, f.lexicon, article->text, &f.lines);
  f.judged = rcpi_array(f.a, rcpi_judged, f.lines.n + 1);
  rcpi_telling_lines(&f);
  rcpi_page_features_of(&f, &features);
  uint16_t *told = rcpi_array(f.a, uint16_t, f.lines.n + 1);
  if (odds && fread(told, sizeof *told, f.lines.n, odds) == f.lines.n) rcpi_page_look_again(&f, told, &features);
  printf("%.*s %zu %d", RCPI_P(article->id), f.lines.n, RCPI_N_PAGE_ALL);
  size_t at = 0, number = 0;
  for (size_t i = 0; i < f.lines.n; i++) {
    for (; at < f.lines.p[i].at.beg; at++) number += article->text.p[at] == '\n';
    printf(" %zu", number);
  }
  putchar('\n');
  fwrite(features.rows, RCPI_N_PAGE_ALL, f.lines.n, stdout);
}

int main(int argc, char **argv) {
  rcpi_arena engine;
  rcpi_langs langs;
  rcpi_reader *reader;
  rcpi_reader_options options = {.kind = RCP_INPUT_JSONL};
  rcp_article *article;
  if (argc == 2 && !strcmp(argv[1], "--width")) return printf("%d %d\n", RCPI_N_PAGE_FEATURES, RCPI_PF_VERDICT), 0;
  FILE *odds = argc > 2 ? fopen(argv[2], "rb") : NULL;
  if (argc < 2 || (argc > 2 && !odds)) return fputs("usage: dump_page FILE.jsonl [ODDS] >ROWS\n", stderr), 2;
  rcpi_arena_init(&engine);
  RCPI_GUARD(&engine) {
    if (rcpi_langs_load(&engine, NULL, &langs, NULL)) return 3;
    const rcpi_cleaner *cleaner = rcpi_cleaner_new(&engine, &langs);
    if (rcpi_reader_new((const char *const *)argv + 1, 1, &options, &reader, NULL)) return 3;
    while (!rcpi_reader_next(reader, &article, NULL)) {
      article->arena.guard = engine.guard;
      dump(cleaner, article, odds);
      article->arena.guard = NULL;
      rcpi_article_drop(article);
    }
  } else return 3;
  rcpi_reader_free(reader);
  rcpi_arena_release(&engine);
  return odds && fclose(odds) ? 3 : 0;
}
