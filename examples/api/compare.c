/*
 * One story's tellings into a report on the terminal: the shortest whole program.
 *
 *     cc compare.c $(pkg-config --cflags --libs recoupe) -o compare && ./compare a.txt b.html c.jsonl
 */
#include <recoupe.h>
#include <stdio.h>

int main(int argc, char **argv) {
  rcp_error error;
  rcp_engine *engine;
  rcp_dossier *dossier;
  rcp_buffer out = {0};
  int status = 0;
  if (rcp_engine_new(NULL, &engine, &error)) return fprintf(stderr, "%s\n", error.text), 3;
  if (!rcp_compare_files(engine, (const char *const *)argv + 1, (size_t)argc - 1, &dossier, &error) &&
      !rcp_dossier_write(dossier, RCP_FORMAT_TEXT, NULL, &out, &error))
    fwrite(out.p, 1, out.n, stdout);
  else
    status = 3, fprintf(stderr, "%s\n", error.text);
  rcp_buffer_release(&out);
  rcp_dossier_free(dossier);
  rcp_engine_free(engine);
  return status;
}
