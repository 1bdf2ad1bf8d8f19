/* recoupe show: the dossiers of stories, or their articles. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "archive.h"

static bool format_of(const cli_options *o, rcp_format *out) {
  static const struct { const char *name; rcp_format format; } formats[] = {
      {"text", RCP_FORMAT_TEXT}, {"json", RCP_FORMAT_JSON}, {"html", RCP_FORMAT_HTML}, {"jsonld", RCP_FORMAT_JSONLD}};
  const char *name = o->format ? o->format : cli_is_terminal(o) || o->explain ? "text" : "json";
  for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
    if (!strcmp(name, formats[i].name)) return *out = formats[i].format, true;
  return fprintf(stderr, "recoupe show: no format %s: text, json, html, jsonld or jsonl\n", name), false;
}

/* A name that is an article's, not a story's. */
static void hint(void *with, const rcp_archive_row *row) {
  (void)with;
  cli_message(row->id.p, row->id.n, "is an article; its story is:", 28);
  cli_message("", 0, row->story.p, row->story.n);
}

static int show_one(const cli_options *o, rcp_archive *archive, rcp_format format, const char *story) {
  rcp_error error = {.code = RCP_OK};
  rcp_buffer out = {0};
  rcp_write_options how = {.width = cli_width(), .color = cli_has_color(o), .explain = o->explain, .all = o->wants_all};
  rcp_status status = rcp_archive_dossier_write(archive, story, format, &how, &out, &error);
  int exit_status = cli_done(status, &error);
  if (status == RCP_EUSAGE) rcp_archive_article_row(archive, story, hint, NULL, NULL);
  if (!status) exit_status = cli_write(o, &out);
  rcp_buffer_release(&out);
  return exit_status;
}

static int show(const cli_options *o, const rcp_engine *engine, rcp_archive *archive) {
  rcp_error error = {.code = RCP_OK};
  rcp_format format = RCP_FORMAT_TEXT;
  bool is_rows = o->format && !strcmp(o->format, "jsonl");
  int exit_status = EXIT_FINE;
  (void)engine;
  if (!o->n_inputs) return fputs("recoupe show: which story? (recoupe list --store DB names them)\n", stderr), EXIT_USAGE;
  if (!is_rows && !format_of(o, &format)) return EXIT_USAGE;
  for (size_t i = 0; i < o->n_inputs && !exit_status; i++)
    exit_status = is_rows ? cli_done(rcp_archive_show(archive, o->inputs[i], cli_put_row, (void *)(uintptr_t)o, &error), &error)
                          : show_one(o, archive, format, o->inputs[i]);
  return exit_status;
}

int cmd_show(int argc, char **argv) {
  return cli_with_archive("show", argc, argv, false, show);
}
