/* recoupe extract: pages into clean articles, one by one, in the order read. SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "progress.h"

static bool format_of(const cli_options *o, rcp_format *out) {
  const char *name = o->format ? o->format : cli_is_terminal(o) ? "text" : "jsonl";
  *out = !strcmp(name, "text") ? RCP_FORMAT_TEXT : RCP_FORMAT_JSON;
  if (!strcmp(name, "text") || !strcmp(name, "jsonl")) return true;
  return fprintf(stderr, "recoupe extract: no format %s: text or jsonl\n", name), false;
}

/* One article to the output, or one complaint to standard error. */
static int write_article(const cli_options *o, const rcp_article *article, rcp_format format, FILE *out, rcp_error *error) {
  rcp_buffer bytes = {0};
  int exit_status = EXIT_FINE;
  if (rcp_article_write(article, format, &bytes, error)) cli_error(error), exit_status = EXIT_FAILED;
  else if (fwrite(bytes.p, 1, bytes.n, out) != bytes.n) exit_status = cli_output_failed(o);
  rcp_buffer_release(&bytes);
  return exit_status;
}

/* How it was read, when a person should know: it is used all the same. */
static void tell_note(const rcp_article *article, cli_progress *progress) {
  rcp_str source = rcp_article_get(article, RCP_FIELD_SOURCE), note = rcp_article_get(article, RCP_FIELD_NOTE);
  if (!note.p) return;
  cli_progress_pause(progress);
  cli_message(source.p, source.n, note.p, note.n);
}

static int write_all(const cli_options *o, rcp_reader *reader, rcp_format format, FILE *out, cli_progress *progress) {
  int exit_status = EXIT_FINE;
  for (;;) {
    rcp_article *article;
    rcp_error error = {.code = RCP_OK};
    rcp_status status = rcp_reader_next(reader, &article, &error);
    if (status == RCP_END) return exit_status;
    if (status == RCP_ENOMEM) return cli_error(&error), EXIT_FAILED;
    if (status) {
      cli_progress_pause(progress);
      cli_error(&error);
      exit_status = EXIT_SOME_UNUSABLE;
    } else {
      int written = write_article(o, article, format, out, &error);
      if (!o->quiet) tell_note(article, progress);
      rcp_article_free(article);
      if (written) return written;
    }
    if (!cli_progress_step(progress, reader)) return exit_status;
  }
}

static int run(const cli_options *o, rcp_format format, FILE *out) {
  rcp_engine *engine = NULL;
  rcp_reader *reader = NULL;
  rcp_error error = {.code = RCP_OK};
  cli_progress progress;
  cli_progress_start(&progress, o);
  rcp_status status = cli_start(o, &engine, &error);
  if (!status) status = rcp_reader_new(engine, o->inputs, o->n_inputs, &reader, &error);
  int exit_status = status == RCP_EUSAGE ? EXIT_USAGE : EXIT_FAILED;
  if (status) cli_error(&error);
  else exit_status = write_all(o, reader, format, out, &progress);
  cli_progress_end(&progress);
  rcp_reader_free(reader);
  rcp_engine_free(engine);
  return exit_status;
}

int cmd_extract(int argc, char **argv) {
  cli_options o;
  rcp_format format;
  if (!cli_parse("extract", argc, argv, &o)) return EXIT_USAGE;
  int exit_status = EXIT_USAGE;
  if (!o.n_inputs) fputs("recoupe extract: no input (try recoupe extract --help)\n", stderr);
  else if (format_of(&o, &format)) {
    FILE *out = cli_open(&o);
    exit_status = out ? cli_close(&o, out, run(&o, format, out)) : EXIT_FAILED;
  }
  free(o.inputs);
  cli_end_by_signal();
  return exit_status;
}
