/*
 * A page to read and pass on, its few own words in French: one self-contained HTML file.
 *
 *     cc report.c $(pkg-config --cflags --libs recoupe) -o report && ./report report.html story/
 */
#include <recoupe.h>
#include <stdio.h>

static int save(const char *path, const rcp_buffer *bytes) {
  FILE *f = fopen(path, "wb");
  if (!f) return perror(path), 3;
  size_t n = fwrite(bytes->p, 1, bytes->n, f);
  if (fclose(f) || n != bytes->n) return perror(path), 3;
  return 0;
}

int main(int argc, char **argv) {
  rcp_error error;
  rcp_options options;
  rcp_engine *engine = NULL;
  rcp_dossier *dossier = NULL;
  rcp_buffer out = {0};
  if (argc < 3) return fputs("usage: report OUT.html FILE...\n", stderr), 2;
  rcp_options_init(&options);
  options.locale = "fr"; /* of the program's words; the articles keep theirs */
  rcp_status status = rcp_engine_new(&options, &engine, &error);
  if (!status) status = rcp_compare_files(engine, (const char *const *)argv + 2, (size_t)argc - 2, &dossier, &error);
  if (!status) status = rcp_dossier_write(dossier, RCP_FORMAT_HTML, NULL, &out, &error);
  int exit_status = status ? 3 : save(argv[1], &out);
  if (status) fprintf(stderr, "%s\n", error.text);
  rcp_buffer_release(&out);
  rcp_dossier_free(dossier);
  rcp_engine_free(engine);
  return exit_status;
}
