/* recoupe merge: two stories of an archive are one, says a person. SPDX-License-Identifier: Apache-2.0 */
#include "archive.h"

static int merge(const cli_options *o, const rcp_engine *engine, rcp_archive *archive) {
  rcp_error error = {.code = RCP_OK};
  (void)engine;
  if (o->n_inputs != 2) return fputs("recoupe merge: which story into which?\n", stderr), EXIT_USAGE;
  rcp_status status = rcp_archive_merge(archive, o->inputs[0], o->inputs[1], o->note, &error);
  return cli_done(status, &error);
}

int cmd_merge(int argc, char **argv) {
  return cli_with_archive("merge", argc, argv, true, merge);
}
