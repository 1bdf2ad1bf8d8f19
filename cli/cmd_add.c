/*
 * recoupe add: articles into an archive.
 *
 * A handful of articles goes into one transaction, which is then on the disk before their lines are written: a line means
 * that the article is there, whatever happens next.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "archive.h"
#include "progress.h"

enum { TOGETHER = 256 };
static const double PATIENCE = .25;   /* seconds after which those that were read are not kept waiting for others */

typedef struct work {
  rcp_reader *reader;
  cli_progress progress;
  rcp_archive *archive;
  bool wants_text, has_unusable;
  size_t n_added, n_changed, n_known, n_forgotten, n_begun;
} work;

static bool is_same(rcp_str a, rcp_str b) {
  return a.n == b.n && !memcmp(a.p, b.p, a.n);
}

static void tally(work *w, rcp_archive_line line) {
  bool is_added = !strcmp(line.status, "added");
  w->n_added += is_added;
  w->n_begun += is_added && is_same(line.id, line.story);
  w->n_changed += !strcmp(line.status, "changed");
  w->n_known += !strcmp(line.status, "known");
  w->n_forgotten += !strcmp(line.status, "forgotten");
}

/* "added     n12  in story n3" */
static void put_text(FILE *f, rcp_archive_line line) {
  fprintf(f, "%-9s  ", line.status);
  cli_put_plain_to(f, line.id);
  if (!strcmp(line.status, "added") && is_same(line.id, line.story)) fputs("  begins a story", f);
  else if (line.story.p) fputs("  in story ", f), cli_put_plain_to(f, line.story);
  putc('\n', f);
}

static void put_summary(const work *w) {
  printf("%zu added, %zu of them beginning a story; %zu changed, %zu known already", w->n_added, w->n_begun, w->n_changed, w->n_known);
  if (w->n_forgotten) printf(", %zu forgotten and left out", w->n_forgotten);
  putchar('\n');
}

static char *put_line(char *lines, size_t *n, bool is_text, rcp_archive_line line) {
  char *text = NULL;
  size_t size = 0;
  FILE *f = open_memstream(&text, &size);
  if (!f) return NULL;
  if (is_text) {
    put_text(f, line);
  } else {
    putc('{', f);
    cli_put_member(f, true, "id", line.id);
    cli_put_member(f, false, "story", line.story);
    fprintf(f, ",\"status\":\"%s\"}\n", line.status);
  }
  if (fclose(f)) return free(text), NULL;
  char *grown = realloc(lines, *n + size);
  if (grown) memcpy(grown + *n, text, size), *n += size;
  free(text);
  return grown;
}

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Adds up to TOGETHER articles, fewer when they come slowly, and says so once they are committed. RCP_END behind the last. */
static rcp_status add_some(work *w, rcp_error *error) {
  rcp_article *articles[TOGETHER];
  size_t n = 0, n_lines = 0;
  char *lines = NULL;
  rcp_status read = RCP_OK, status = RCP_OK;
  double begun = seconds();
  while (n < TOGETHER && read != RCP_END && read != RCP_ENOMEM && !(n && seconds() - begun > PATIENCE)) {
    rcp_error found = {.code = RCP_OK};
    read = rcp_reader_next(w->reader, &articles[n], &found);
    if (!read) n++;
    else if (read == RCP_ENOMEM) *error = found;
    else if (read != RCP_END) cli_progress_pause(&w->progress), cli_error(&found), w->has_unusable = true;
  }
  if (n) status = rcp_archive_begin(w->archive, error);
  for (size_t i = 0; i < n && !status; i++) {
    rcp_archive_line line;
    status = rcp_archive_add(w->archive, articles[i], &line, error);
    char *grown = status ? NULL : put_line(lines, &n_lines, w->wants_text, line);
    if (grown) lines = grown, tally(w, line);
    else if (!status) status = RCP_ENOMEM;
  }
  if (n && !status) status = rcp_archive_commit(w->archive, error);
  if (!status && n_lines) fwrite(lines, 1, n_lines, stdout), fflush(stdout);
  for (size_t i = 0; i < n; i++) rcp_article_free(articles[i]);
  free(lines);
  w->progress.n += n ? n - 1 : 0;
  if (n && !status && !cli_progress_step(&w->progress, w->reader)) return RCP_END;
  return status ? status : read == RCP_END || read == RCP_ENOMEM ? read : RCP_OK;
}

static int add_all(const cli_options *o, const rcp_engine *engine, rcp_archive *archive) {
  work w = {.archive = archive, .wants_text = cli_wants_text(o)};
  rcp_error error = {.code = RCP_OK};
  if (!o->n_inputs) return fputs("recoupe add: no input (try recoupe add --help)\n", stderr), EXIT_USAGE;
  cli_progress_start(&w.progress, o);
  rcp_status status = rcp_reader_new(engine, o->inputs, o->n_inputs, &w.reader, &error);
  while (!status) status = add_some(&w, &error);
  cli_progress_end(&w.progress);
  rcp_reader_free(w.reader);
  if (w.wants_text && (status == RCP_END || w.n_added)) put_summary(&w);
  if (status != RCP_END) return cli_done(status, &error);
  return w.has_unusable ? EXIT_SOME_UNUSABLE : EXIT_FINE;
}

int cmd_add(int argc, char **argv) {
  int exit_status = cli_with_archive("add", argc, argv, true, add_all);
  cli_end_by_signal();
  return exit_status;
}
