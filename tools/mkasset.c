/*
 * mkasset OUT.c FILE... - embeds files as C: rcpi_asset_<name with _ for . and ->, of type rcp_str.
 *
 * Runs during the build, so that a page's style and script are edited as what they are.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

static void write_bytes(FILE *out, rcp_str s) {
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if (i % 100 == 0) fputs(i ? "\"\n  \"" : "  \"", out);
    if (c >= ' ' && c < 0x7F && c != '"' && c != '\\' && c != '?') fputc(c, out);
    else fprintf(out, "\\%03o", c);
  }
  fputs(s.n ? "\"" : "  \"\"", out);
}

/* "report.css" of a path, letters and digits kept, the rest made _. */
static void write_name(FILE *out, const char *path) {
  const char *name = strrchr(path, '/');
  for (const char *p = name ? name + 1 : path; *p; p++)
    fputc(rcpi_is_alpha((unsigned char)*p) || rcpi_is_digit((unsigned char)*p) ? *p : '_', out);
}

static bool embed(rcpi_arena *a, FILE *out, const char *path) {
  rcp_error error;
  rcp_str bytes;
  if (rcpi_file_read(a, rcpi_cstr(path), 16 << 20, &bytes, &error)) return fprintf(stderr, "%s: %s\n", path, error.text), false;
  fputs("extern const rcp_str rcpi_asset_", out);
  write_name(out, path);
  fputs(";\nconst rcp_str rcpi_asset_", out);
  write_name(out, path);
  fputs(" = {\n", out);
  write_bytes(out, bytes);
  fprintf(out, ", %zu};\n", bytes.n);
  return true;
}

int main(int argc, char **argv) {
  if (argc < 3) return fputs("usage: mkasset OUT.c FILE...\n", stderr), 2;
  FILE *out = fopen(argv[1], "w");
  if (!out) return perror(argv[1]), 3;
  rcpi_arena a;
  volatile bool ok = true;
  rcpi_arena_init(&a);
  fputs("/* written by tools/mkasset: do not edit */\n#include \"recoupe.h\"\n", out);
  RCPI_GUARD(&a) for (int i = 2; i < argc; i++) ok = ok && embed(&a, out, argv[i]);
  else ok = false;
  rcpi_arena_release(&a);
  return fclose(out) == 0 && ok ? 0 : 3;
}
