/* recoupe search: articles of an archive that hold all words, latest first. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "archive.h"

typedef struct work { const cli_options *o; size_t n; } work;

static void put(void *with, const rcp_archive_row *row) {
  work *w = with;
  w->n++;
  cli_put_row((void *)(uintptr_t)w->o, row);
}

static int search(const cli_options *o, const rcp_engine *engine, rcp_archive *archive) {
  rcp_error error = {.code = RCP_OK};
  char words[4096] = "";
  (void)engine;
  for (size_t i = 0; i < o->n_inputs; i++) {
    if (strlen(words) + strlen(o->inputs[i]) + 2 > sizeof words) return fputs("recoupe search: too many words\n", stderr), EXIT_USAGE;
    strcat(strcat(words, " "), o->inputs[i]);
  }
  if (!words[0]) return fputs("recoupe search: which words?\n", stderr), EXIT_USAGE;
  rcp_archive_query query = {.day = o->day, .most = o->limit ? o->limit : 100, .skip = o->skip};
  work w = {o, 0};
  int exit_status = cli_done(rcp_archive_find(archive, words, &query, put, &w, &error), &error);
  if (!exit_status && !w.n && cli_wants_text(o)) fprintf(stderr, "recoupe search: no article%s holds all of that\n", o->skip ? " further back" : "");
  return exit_status;
}

int cmd_search(int argc, char **argv) {
  return cli_with_archive("search", argc, argv, false, search);
}
