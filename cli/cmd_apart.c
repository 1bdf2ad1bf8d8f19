/* recoupe apart: two articles are not of one story, says a person. SPDX-License-Identifier: Apache-2.0 */
#include "archive.h"

static int apart(const cli_options *o, const rcp_engine *engine, rcp_archive *archive) {
  rcp_error error = {.code = RCP_OK};
  (void)engine;
  if (o->n_inputs != 2) return fputs("recoupe apart: which two articles?\n", stderr), EXIT_USAGE;
  rcp_archive_line line;
  rcp_status status = rcp_archive_not_same(archive, o->inputs[0], o->inputs[1], o->note, &line, &error);
  if (!status) cli_put_place(o, &line);
  return cli_done(status, &error);
}

int cmd_apart(int argc, char **argv) {
  return cli_with_archive("apart", argc, argv, true, apart);
}
