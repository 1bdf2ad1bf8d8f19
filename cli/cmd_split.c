/* recoupe split: articles leave their story for a new one, says a person. SPDX-License-Identifier: Apache-2.0 */
#include "archive.h"

static int split(const cli_options *o, const rcp_engine *engine, rcp_archive *archive) {
  rcp_error error = {.code = RCP_OK};
  rcp_archive_line line;
  (void)engine;
  if (!o->n_inputs) return fputs("recoupe split: which articles?\n", stderr), EXIT_USAGE;
  rcp_status status = rcp_archive_split(archive, o->inputs, o->n_inputs, o->note, &line, &error);
  if (!status) cli_put_place(o, &line);
  return cli_done(status, &error);
}

int cmd_split(int argc, char **argv) {
  return cli_with_archive("split", argc, argv, true, split);
}
