/* recoupe show: the articles of stories. SPDX-License-Identifier: Apache-2.0 */
#include "archive.h"

static int show(const cli_options *o, const rcp_engine *engine, rcp_archive *archive) {
  rcp_error error = {.code = RCP_OK};
  int exit_status = EXIT_FINE;
  (void)engine;
  for (size_t i = 0; i < o->n_inputs && !exit_status; i++)
    exit_status = cli_done(rcp_archive_show(archive, o->inputs[i], cli_put_row, (void *)(uintptr_t)o, &error), &error);
  return exit_status;
}

int cmd_show(int argc, char **argv) {
  return cli_with_archive("show", argc, argv, false, show);
}
