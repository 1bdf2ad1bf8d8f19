/*
 * recoupe export: an archive, or one story of it, for other programs. A file is written beside itself and renamed, so that
 * it is whole or not there.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

static int write_all(const cli_options *o, rcp_archive *archive, rcp_export what, FILE *out) {
  rcp_error error = {.code = RCP_OK};
  return cli_done(rcp_archive_export(archive, what, o->n_inputs ? o->inputs[0] : NULL, write_piece, out, &error), &error);
}

/* Beside the file, then renamed over it; a link stays a link. */
static int export_whole(const cli_options *o, rcp_archive *archive, rcp_export what, bool exists) {
  char *path = exists ? realpath(o->output, NULL) : strdup(o->output), *beside = NULL;
  size_t n = path ? strlen(path) + sizeof ".part" : 0;
  if (!path || !(beside = malloc(n))) return free(path), fputs("recoupe: out of memory\n", stderr), EXIT_FAILED;
  snprintf(beside, n, "%s.part", path);
  FILE *out = fopen(beside, "wb");
  int exit_status = out ? write_all(o, archive, what, out) : cli_output_failed(o);
  if (out) {
    bool is_whole = !fflush(out) && !fsync(fileno(out));
    is_whole = !fclose(out) && is_whole;
    if (!exit_status && (!is_whole || rename(beside, path))) exit_status = cli_output_failed(o);
    if (exit_status) unlink(beside);
  }
  free(beside);
  free(path);
  return exit_status;
}

static int export(const cli_options *o, const rcp_engine *engine, rcp_archive *archive) {
  rcp_export what;
  struct stat st;
  (void)engine;
  if (!format_of(o, &what)) return EXIT_USAGE;
  bool is_standard = !o->output || !strcmp(o->output, "-"), exists = !is_standard && !stat(o->output, &st);
  if (!is_standard && (!exists || S_ISREG(st.st_mode))) return export_whole(o, archive, what, exists);
  FILE *out = cli_open(o);   /* a device or a pipe has no "whole or not at all" */
  return out ? cli_close(o, out, write_all(o, archive, what, out)) : EXIT_FAILED;
}

int cmd_export(int argc, char **argv) {
  return cli_with_archive("export", argc, argv, false, export);
}
