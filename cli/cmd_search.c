/* recoupe search: articles of an archive that hold all words, latest first. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "archive.h"

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
  return cli_done(rcp_archive_find(archive, words, &query, cli_put_row, (void *)(uintptr_t)o, &error), &error);
}

int cmd_search(int argc, char **argv) {
  return cli_with_archive("search", argc, argv, false, search);
}
