/* SPDX-License-Identifier: Apache-2.0 */
#include "archive.h"

#include <stdlib.h>
#include <string.h>

void cli_put_json(FILE *out, rcp_str s) {
  if (!s.p) {
    fputs("null", out);
    return;
  }
  putc('"', out);
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if (c == '"' || c == '\\') putc('\\', out), putc(c, out);
    else if (c < 0x20 || c == 0x7F) fprintf(out, "\\u%04x", c);
    else putc(c, out);
  }
  putc('"', out);
}

int cli_done(rcp_status status, const rcp_error *error) {
  if (!status) return EXIT_FINE;
  cli_error(error);
  return EXIT_FAILED;
}

/* Text of others on a terminal: without what a terminal would obey. */
static void put_plain(rcp_str s) {
  for (size_t i = 0; i < s.n; i++) putchar((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F ? ' ' : s.p[i]);
}

void cli_put_row(void *with, const rcp_archive_row *row) {
  const cli_options *o = with;
  const char *format = o->format ? o->format : cli_is_terminal(o) ? "text" : "jsonl";
  if (!strcmp(format, "text")) {
    put_plain(row->story);
    printf("\t%llu\t", (unsigned long long)row->n_articles);
    put_plain(row->id);
    putchar('\t');
    put_plain(row->title);
    putchar('\n');
    return;
  }
  struct { const char *key; rcp_str value; } fields[] = {{"id", row->id}, {"story", row->story}, {"title", row->title},
                                                         {"publisher", row->publisher}, {"published", row->published}};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    printf("%s\"%s\":", i ? "," : "{", fields[i].key);
    cli_put_json(stdout, fields[i].value);
  }
  printf(",\"articles\":%llu}\n", (unsigned long long)row->n_articles);
}

int cli_with_archive(const char *verb, int argc, char **argv, bool writes,
                     int (*work)(const cli_options *o, const rcp_engine *engine, rcp_archive *archive)) {
  cli_options o;
  rcp_engine *engine = NULL;
  rcp_archive *archive = NULL;
  rcp_error error = {.code = RCP_OK};
  if (!cli_parse(verb, argc, argv, &o)) return EXIT_USAGE;
  if (!o.store) return fprintf(stderr, "recoupe %s: which archive? --store FILE\n", verb), free(o.inputs), EXIT_USAGE;
  rcp_status status = cli_start(&o, &engine, &error);
  if (!status) status = rcp_archive_open(engine, o.store, writes, &archive, &error);
  int exit_status = status ? cli_done(status, &error) : work(&o, engine, archive);
  if (fflush(stdout)) exit_status = EXIT_FAILED;
  rcp_archive_close(archive);
  rcp_engine_free(engine);
  free(o.inputs);
  return exit_status;
}
