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

static const char help[] =
    "usage: recoupe compare [OPTION...] FILE...\n"
    "\n"
    "Reads one story's tellings (files, folders, - ; text, HTML, JSONL, WARC, feeds; any charset) and says what is told, by whom,\n"
    "how surely, where the accounts differ, who copied whom, and how many independent origins stand behind each claim.\n"
    "\n"
    "Options\n"
    "  --format FORMAT      text (on a terminal), json (elsewhere), html (one self-contained page), jsonld\n"
    "  -o, --output FILE    write there, whole or not at all; default: standard output\n"
    "  --corrections FILE   what a person says of this story, stronger than what is found (docs/formats.md)\n"
    "  --explain CLAIM      only this claim (its number or id): every place that carries it, the words that tie\n"
    "                       it to another, and why a difference is a conflict\n"
    "  --all                text: nothing is cut short\n"
    "  --published DATE     ISO date of articles that state none\n"
    "  --story-date DATE    the day from which lundi, la veille, yesterday are read, whatever the pages state\n"
    "  --meta FILE.jsonl    url, publisher, published, title by source\n"
    "  --input KIND         auto, text, html, jsonl, warc, feed, ninjs\n"
    "  --language TAG       language of all inputs; default: told from each text\n"
    "  --lang-dir DIR       language tables to use in place of the compiled ones\n"
    "  --locale TAG         language of the report's own words: fr or en; default: the environment's\n"
    "  --color WHEN         auto, always, never\n"
    "  --threads N          0: one for each processor\n"
    "  --max-article SIZE   an article larger than this is named and left out: bytes, or with K, M, G; 64M when not said\n"
    "  --max-telling SIZE   of a longer text only the beginning is compared; 256K when not said\n"
    "  --no-cage            keep all rights while reading (SECURITY.md says what is given up)\n"
    "  --quiet              no notes on standard error\n"
    "\n"
    "Exit status: 0 all fine; 1 some inputs could not be used (each is named, the rest is done); 2 usage; 3 failed.\n"
    "\n"
    "Examples\n"
    "  recoupe compare story/                               the dossier on the terminal\n"
    "  recoupe compare --format html -o story.html story/   a page to read and pass on\n"
    "  recoupe compare --explain 3 story/                   every place that carries the third claim\n"
    "  recoupe compare story/*.txt | jq .summary            for scripts\n";

/* Names what could not be used, and what was used with a doubt. An exit status. */
static int report(const cli_options *o, const rcp_dossier *dossier) {
  int exit_status = EXIT_FINE;
  rcp_diagnostic x;
  for (size_t i = 0; rcp_dossier_diagnostic(dossier, i, &x); i++) {
    if (!x.is_used) exit_status = EXIT_SOME_UNUSABLE;
    if (!x.is_used || !o->quiet) cli_message(x.source.p, x.source.n, x.message.p, x.message.n);
  }
  return exit_status;
}

static int run(const cli_options *o, rcp_format format) {
  rcp_engine *engine = NULL;
  rcp_dossier *dossier = NULL;
  rcp_buffer out = {0};
  rcp_error error = {.code = RCP_OK};
  rcp_write_options how = {.width = cli_width(), .color = cli_has_color(o), .explain = o->explain, .all = o->wants_all};
  int exit_status = EXIT_FINE;
  rcp_status status = cli_start(o, &engine, &error);
  if (!status) status = rcp_compare_files(engine, o->inputs, o->n_inputs, &dossier, &error);
  if (!status) {
    exit_status = report(o, dossier);
    status = rcp_dossier_write(dossier, format, &how, &out, &error);
  }
  if (status) {
    cli_error(&error);
    exit_status = status == RCP_EUSAGE ? EXIT_USAGE : status == RCP_EINPUT ? EXIT_SOME_UNUSABLE : EXIT_FAILED;
  } else {
    int written = cli_write(o, &out);
    if (written) exit_status = written;
  }
  rcp_buffer_release(&out);
  rcp_dossier_free(dossier);
  rcp_engine_free(engine);
  return exit_status;
}

static int compare(cli_options *o) {
  rcp_format format;
  if (o->wants_help) return fputs(help, stdout) < 0 ? EXIT_FAILED : EXIT_FINE;
  if (!o->n_inputs) return fputs("recoupe compare: no input (try recoupe compare --help)\n", stderr), EXIT_USAGE;
  cli_set_locale(o);
  return format_of(o, &format) ? run(o, format) : EXIT_USAGE;
}

int cmd_compare(int argc, char **argv) {
  cli_options o;
  int exit_status = cli_parse("compare", argc, argv, &o) ? compare(&o) : EXIT_USAGE;
  free(o.inputs);
  return exit_status;
}
