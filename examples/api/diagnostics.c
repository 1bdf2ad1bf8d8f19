/*
 * What could not be used, and what was used with a doubt: one bad file costs nothing of the others.
 *
 *     cc diagnostics.c $(pkg-config --cflags --libs recoupe) -o diagnostics && ./diagnostics a.txt missing.txt
 */
#include <recoupe.h>
#include <stdio.h>

int main(int argc, char **argv) {
  rcp_error error;
  rcp_engine *engine;
  rcp_dossier *dossier;
  rcp_diagnostic note;
  size_t n_unusable = 0;
  if (rcp_engine_new(NULL, &engine, &error)) return fprintf(stderr, "%s\n", error.text), 3;
  if (rcp_compare_files(engine, (const char *const *)argv + 1, (size_t)argc - 1, &dossier, &error)) {
    fprintf(stderr, "status %d at byte %llu of %s: %s\n", (int)error.code, (unsigned long long)error.offset, error.source, error.text);
    return rcp_engine_free(engine), 3;
  }
  for (size_t i = 0; rcp_dossier_diagnostic(dossier, i, &note); i++) {
    printf("%s %.*s: %.*s\n", note.is_used ? "doubt  " : "unused ", (int)note.source.n, note.source.p, (int)note.message.n, note.message.p);
    n_unusable += !note.is_used;
  }
  printf("%zu of %d inputs could not be used\n", n_unusable, argc - 1);
  rcp_dossier_free(dossier);
  rcp_engine_free(engine);
  return n_unusable ? 1 : 0;
}
