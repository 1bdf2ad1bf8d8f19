/* SPDX-License-Identifier: Apache-2.0 */
#include "archive.h"

#include <errno.h>
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

void cli_put_member(FILE *out, bool is_first, const char *key, rcp_str value) {
  fprintf(out, "%s\"%s\":", is_first ? "" : ",", key);
  cli_put_json(out, value);
}

int cli_done(rcp_status status, const rcp_error *error) {
  if (!status) return EXIT_FINE;
  cli_error(error);
  return status == RCP_EUSAGE ? EXIT_USAGE : EXIT_FAILED;
}

bool cli_wants_text(const cli_options *o) {
  return o->format ? !strcmp(o->format, "text") : cli_is_terminal(o);
}

void cli_put_plain_to(FILE *out, rcp_str s) {
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    bool is_c1 = c == 0xC2 && i + 1 < s.n && (unsigned char)s.p[i + 1] >= 0x80 && (unsigned char)s.p[i + 1] < 0xA0;
    putc(c < 0x20 || c == 0x7F || is_c1 ? ' ' : c, out);
    i += is_c1;
  }
}

void cli_put_plain(rcp_str s) {
  cli_put_plain_to(stdout, s);
}

void cli_put_row(void *with, const rcp_archive_row *row) {
  const cli_options *o = with;
  if (cli_wants_text(o)) {
    printf("%.*s  ", row->day.p ? (int)row->day.n : 10, row->day.p ? row->day.p : "    -     ");
    cli_put_plain(row->title.p ? row->title : row->id);
    printf("\n            ");
    if (row->publisher.p) cli_put_plain(row->publisher), fputs("  ", stdout);
    cli_put_plain(row->id);
    fputs("  in story ", stdout);
    cli_put_plain(row->story);
    putchar('\n');
    if (row->passage.p) fputs("            ", stdout), cli_put_plain(row->passage), putchar('\n');
    return;
  }
  putchar('{');
  cli_put_member(stdout, true, "id", row->id);
  const struct { const char *key; rcp_str value; } fields[] = {
      {"story", row->story}, {"title", row->title}, {"publisher", row->publisher}, {"published", row->published}, {"url", row->url},
      {"byline", row->byline}, {"language", row->language}, {"day", row->day}, {"passage", row->passage}};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) cli_put_member(stdout, false, fields[i].key, fields[i].value);
  printf(",\"number\":%llu,\"version\":%u,\"latest\":%s}\n", (unsigned long long)row->number, row->version, row->is_latest ? "true" : "false");
}

void cli_put_place(const cli_options *o, const rcp_archive_line *line) {
  if (cli_wants_text(o)) {
    cli_put_plain(line->id);
    printf(" begins story ");
    cli_put_plain(line->story);
    putchar('\n');
    return;
  }
  putchar('{');
  cli_put_member(stdout, true, "id", line->id);
  cli_put_member(stdout, false, "story", line->story);
  printf(",\"status\":\"%s\"}\n", line->status);
}

int cli_with_archive(const char *verb, int argc, char **argv, bool writes,
                     int (*work)(const cli_options *o, const rcp_engine *engine, rcp_archive *archive)) {
  cli_options o;
  rcp_engine *engine = NULL;
  rcp_archive *archive = NULL;
  rcp_error error = {.code = RCP_OK};
  if (!cli_parse(verb, argc, argv, &o)) return EXIT_USAGE;
  cli_set_locale(&o);
  if (!o.store) return fprintf(stderr, "recoupe %s: which archive? --store FILE\n", verb), free(o.inputs), EXIT_USAGE;
  rcp_status status = cli_start(&o, &engine, &error);
  if (!status) status = rcp_archive_open(engine, o.store, writes, &archive, &error);
  int exit_status = status ? cli_done(status, &error) : work(&o, engine, archive);
  if (fflush(stdout) || ferror(stdout)) fprintf(stderr, "recoupe: standard output: %s\n", strerror(errno)), exit_status = EXIT_FAILED;
  rcp_archive_close(archive);
  rcp_engine_free(engine);
  free(o.inputs);
  return exit_status;
}
