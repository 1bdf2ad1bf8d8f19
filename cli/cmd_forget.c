/* recoupe forget: articles are deleted and stay so. SPDX-License-Identifier: Apache-2.0 */
#include "archive.h"

static int forget(const cli_options *o, const rcp_engine *engine, rcp_archive *archive) {
  rcp_error error = {.code = RCP_OK};
  rcp_status status = RCP_OK;
  (void)engine;
  if (!o->n_inputs) return fputs("recoupe forget: which article?\n", stderr), EXIT_USAGE;
  for (size_t i = 0; i < o->n_inputs && !status; i++) status = rcp_archive_forget(archive, o->inputs[i], &error);
  return cli_done(status, &error);
}

int cmd_forget(int argc, char **argv) {
  return cli_with_archive("forget", argc, argv, true, forget);
}
