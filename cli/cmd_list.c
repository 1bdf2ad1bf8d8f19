/* recoupe list: the stories of an archive, latest first. SPDX-License-Identifier: Apache-2.0 */
#include "archive.h"

static int list(const cli_options *o, const rcp_engine *engine, rcp_archive *archive) {
  rcp_error error = {.code = RCP_OK};
  (void)engine;
  return cli_done(rcp_archive_list(archive, o->limit ? o->limit : 100, cli_put_row, (void *)(uintptr_t)o, &error), &error);
}

int cmd_list(int argc, char **argv) {
  return cli_with_archive("list", argc, argv, false, list);
}
