/*
 * recoupe add: articles into an archive.
 *
 * A handful of articles goes into one transaction, which is then on the disk before their lines are written: a line means
 * that the article is there, whatever happens next.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>

#include "archive.h"

enum { TOGETHER = 64 };

static char *put_line(char *lines, size_t *n, rcp_archive_line line) {
  char *text = NULL;
  size_t size = 0;
  FILE *f = open_memstream(&text, &size);
  if (!f) return NULL;
  fputs("{\"id\":", f);
  cli_put_json(f, line.id);
  fputs(",\"story\":", f);
  cli_put_json(f, line.story);
  fprintf(f, ",\"status\":\"%s\"}\n", line.status);
  if (fclose(f)) return free(text), NULL;
  char *grown = realloc(lines, *n + size);
  if (grown) memcpy(grown + *n, text, size), *n += size;
  free(text);
  return grown;
}

/* Adds up to TOGETHER articles and says so once they are committed. RCP_END behind the last. */
static rcp_status add_some(rcp_reader *reader, rcp_archive *archive, bool *has_unusable, rcp_error *error) {
  rcp_article *articles[TOGETHER];
  size_t n = 0, n_lines = 0;
  char *lines = NULL;
  rcp_status read = RCP_OK, status = RCP_OK;
  while (n < TOGETHER && read != RCP_END && read != RCP_ENOMEM) {
    rcp_error found = {.code = RCP_OK};
    read = rcp_reader_next(reader, &articles[n], &found);
    if (!read) n++;
    else if (read == RCP_ENOMEM) *error = found;
    else if (read != RCP_END) cli_error(&found), *has_unusable = true;
  }
  if (n) status = rcp_archive_begin(archive, error);
  for (size_t i = 0; i < n && !status; i++) {
    rcp_archive_line line;
    status = rcp_archive_add(archive, articles[i], &line, error);
    char *grown = status ? NULL : put_line(lines, &n_lines, line);
    if (grown) lines = grown;
    else if (!status) status = RCP_ENOMEM;
  }
  if (n && !status) status = rcp_archive_commit(archive, error);
  if (!status && n_lines) fwrite(lines, 1, n_lines, stdout), fflush(stdout);
  for (size_t i = 0; i < n; i++) rcp_article_free(articles[i]);
  free(lines);
  return status ? status : read == RCP_END || read == RCP_ENOMEM ? read : RCP_OK;
}

static int add_all(const cli_options *o, const rcp_engine *engine, rcp_archive *archive) {
  rcp_reader *reader = NULL;
  rcp_error error = {.code = RCP_OK};
  bool has_unusable = false;
  rcp_status status = rcp_reader_new(engine, o->inputs, o->n_inputs, &reader, &error);
  while (!status) status = add_some(reader, archive, &has_unusable, &error);
  rcp_reader_free(reader);
  if (status != RCP_END) return cli_done(status, &error);
  return has_unusable ? EXIT_SOME_UNUSABLE : EXIT_FINE;
}

int cmd_add(int argc, char **argv) {
  return cli_with_archive("add", argc, argv, true, add_all);
}
