/* recoupe compare: one story's tellings into one dossier. SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static bool format_of(const cli_options *o, rcp_format *out) {
  static const struct { const char *name; rcp_format format; } formats[] = {
      {"text", RCP_FORMAT_TEXT}, {"json", RCP_FORMAT_JSON}, {"html", RCP_FORMAT_HTML}, {"jsonld", RCP_FORMAT_JSONLD}};
  const char *name = o->format ? o->format : cli_is_terminal(o) || o->explain ? "text" : "json";
  for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
    if (!strcmp(name, formats[i].name)) return *out = formats[i].format, true;
  return fprintf(stderr, "recoupe compare: no format %s: text, json, html or jsonld\n", name), false;
}

static int run(const cli_options *o, rcp_format format) {
  rcp_engine *engine = NULL;
  rcp_dossier *dossier = NULL;
  rcp_buffer out = {0};
  rcp_error error = {.code = RCP_OK};
  rcp_write_options how = {.explain = o->explain};
  int exit_status = EXIT_FINE;
  rcp_status status = rcp_engine_new(&o->engine, &engine, &error);
  if (!status) status = rcp_compare_files(engine, o->inputs, o->n_inputs, &dossier, &error);
  if (!status) status = rcp_dossier_write(dossier, format, &how, &out, &error);
  if (status) {
    cli_error(&error);
    exit_status = status == RCP_EUSAGE ? EXIT_USAGE : status == RCP_EINPUT ? EXIT_SOME_UNUSABLE : EXIT_FAILED;
  } else {
    exit_status = cli_write(o, &out);
  }
  rcp_buffer_release(&out);
  rcp_dossier_free(dossier);
  rcp_engine_free(engine);
  return exit_status;
}

int cmd_compare(int argc, char **argv) {
  cli_options o;
  rcp_format format;
  if (!cli_parse("compare", argc, argv, &o)) return EXIT_USAGE;
  if (!o.n_inputs) return fputs("recoupe compare: no input (try recoupe compare --help)\n", stderr), free(o.inputs), EXIT_USAGE;
  int exit_status = format_of(&o, &format) ? run(&o, format) : EXIT_USAGE;
  free(o.inputs);
  return exit_status;
}
