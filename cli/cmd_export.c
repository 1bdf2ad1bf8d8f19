/*
 * recoupe export: an archive, or one story of it, for other programs. A file is written beside itself and renamed, so that
 * it is whole or not there.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive.h"

static int write_piece(void *with, rcp_str bytes) {
  return fwrite(bytes.p, 1, bytes.n, with) != bytes.n;
}

static bool format_of(const cli_options *o, rcp_export *out) {
  static const char *const names[] = {"jsonl", "csv", "jsonld", "graphml"};
  for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
    if (!strcmp(o->format ? o->format : "jsonl", names[i])) return *out = (rcp_export)i, true;
  return fprintf(stderr, "recoupe export: no format %s: jsonl, csv, jsonld or graphml\n", o->format), false;
}

static int failed(const char *path) {
  return fprintf(stderr, "recoupe: %s: %s\n", path, strerror(errno)), EXIT_FAILED;
}

static int export(const cli_options *o, const rcp_engine *engine, rcp_archive *archive) {
  rcp_error error = {.code = RCP_OK};
  rcp_export what;
  FILE *out = stdout;
  char *beside = NULL;
  (void)engine;
  if (!format_of(o, &what)) return EXIT_USAGE;
  bool is_file = o->output && strcmp(o->output, "-");
  if (is_file) {
    size_t n = strlen(o->output) + sizeof ".part";
    if (!(beside = malloc(n))) return fputs("recoupe: out of memory\n", stderr), EXIT_FAILED;
    snprintf(beside, n, "%s.part", o->output);
    if (!(out = fopen(beside, "wb"))) return free(beside), failed(o->output);
  }
  int exit_status = cli_done(rcp_archive_export(archive, what, o->n_inputs ? o->inputs[0] : NULL, write_piece, out, &error), &error);
  if (is_file) {
    bool is_whole = !fflush(out) && !fsync(fileno(out));
    is_whole = !fclose(out) && is_whole;
    if (!exit_status && (!is_whole || rename(beside, o->output))) exit_status = failed(o->output);
    if (exit_status) unlink(beside);
    free(beside);
  }
  return exit_status;
}

int cmd_export(int argc, char **argv) {
  return cli_with_archive("export", argc, argv, false, export);
}
