/* recoupe stories: articles into stories, one by one, in the order read. SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static void put_json(FILE *out, rcp_str s) {
  putc('"', out);
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if (c == '"' || c == '\\') putc('\\', out), putc(c, out);
    else if (c < 0x20 || c == 0x7F) fprintf(out, "\\u%04x", c);
    else putc(c, out);
  }
  putc('"', out);
}

static bool put_line(FILE *out, rcp_story_line line) {
  fputs("{\"id\":", out);
  put_json(out, line.id);
  fputs(",\"story\":", out);
  put_json(out, line.story);
  fprintf(out, ",\"why\":\"%s\"}\n", line.why);
  return !ferror(out);
}

static int read_all(const cli_options *o, rcp_reader *reader, rcp_stories *stories, FILE *out) {
  int exit_status = EXIT_FINE;
  (void)o;
  for (;;) {
    rcp_article *article;
    rcp_error error = {.code = RCP_OK};
    rcp_story_line line;
    rcp_status status = rcp_reader_next(reader, &article, &error);
    if (status == RCP_END) return exit_status;
    if (status == RCP_ENOMEM) return cli_error(&error), EXIT_FAILED;
    if (status) {
      cli_error(&error);
      exit_status = EXIT_SOME_UNUSABLE;
      continue;
    }
    status = rcp_stories_add(stories, article, &line, &error);
    rcp_article_free(article);
    if (status) return cli_error(&error), EXIT_FAILED;
    if (!put_line(out, line)) return EXIT_FAILED;
  }
}

static int run(const cli_options *o, FILE *out) {
  rcp_engine *engine = NULL;
  rcp_reader *reader = NULL;
  rcp_stories *stories = NULL;
  rcp_error error = {.code = RCP_OK};
  rcp_status status = cli_start(o, &engine, &error);
  if (!status) status = rcp_stories_new(engine, o->recent, &stories, &error);
  if (!status) status = rcp_reader_new(engine, o->inputs, o->n_inputs, &reader, &error);
  int exit_status = status == RCP_EUSAGE ? EXIT_USAGE : EXIT_FAILED;
  if (status) cli_error(&error);
  else exit_status = read_all(o, reader, stories, out);
  if (exit_status <= EXIT_SOME_UNUSABLE && o->wants_final) {
    rcp_story_line line;
    size_t at = 0;
    if (rcp_stories_final(stories, &error)) cli_error(&error), exit_status = EXIT_FAILED;
    else while (rcp_stories_changed(stories, &at, &line)) put_line(out, line);
  }
  rcp_reader_free(reader);
  rcp_stories_free(stories);
  rcp_engine_free(engine);
  return exit_status;
}

int cmd_stories(int argc, char **argv) {
  cli_options o;
  if (!cli_parse("stories", argc, argv, &o)) return EXIT_USAGE;
  int exit_status = EXIT_USAGE;
  FILE *out = stdout;
  if (!o.n_inputs) fputs("recoupe stories: no input (try recoupe stories --help)\n", stderr);
  else if (o.output && !(out = fopen(o.output, "wb"))) {
    fprintf(stderr, "recoupe: %s: %s\n", o.output, strerror(errno));
    exit_status = EXIT_FAILED;
  } else {
    exit_status = run(&o, out);
    if (out == stdout ? fflush(out) : fclose(out)) fprintf(stderr, "recoupe: %s\n", strerror(errno)), exit_status = EXIT_FAILED;
  }
  free(o.inputs);
  return exit_status;
}
