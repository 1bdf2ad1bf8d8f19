/*
 * render FORMAT WIDTH LOCALE < dossier.json: a dossier that no analysis made, written out. For trying the story view on
 * annotated or very large stories.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "fixture.h"

int main(int argc, char **argv) {
  if (argc < 4) return fputs("usage: render text|json|html|jsonld WIDTH LOCALE < dossier.json\n", stderr), 2;
  rcp_options options;
  rcp_engine *engine;
  rcp_error error = {.code = RCP_OK};
  rcp_buffer out = {0};
  rcp_str json;
  rcpi_arena a;
  static const char *const names[] = {"text", "json", "html", "jsonld"};
  rcp_options_init(&options);
  options.locale = argv[3];
  if (rcp_engine_new(&options, &engine, &error)) return fprintf(stderr, "%s\n", error.text), 3;
  rcpi_arena_init(&a);
  if (rcpi_file_read(&a, RCPI_S("-"), (size_t)1 << 30, &json, &error)) return fprintf(stderr, "%s\n", error.text), 3;
  rcp_dossier *d = fixture_dossier(engine, json);
  rcp_write_options how = {.width = (unsigned)atoi(argv[2]), .color = getenv("COLOR") != NULL};
  rcp_status status = RCP_EUSAGE;
  for (unsigned i = 0; d && i < 4; i++)
    if (!strcmp(argv[1], names[i])) status = rcp_dossier_write(d, i, &how, &out, &error);
  fwrite(out.p ? out.p : "", 1, out.n, stdout);
  rcp_buffer_release(&out);
  rcp_dossier_free(d);
  rcpi_arena_release(&a);
  rcp_engine_free(engine);
  return status ? 3 : 0;
}
