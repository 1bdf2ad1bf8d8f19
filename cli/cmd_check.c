/* recoupe check: is an archive whole? SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "archive.h"

static void name_fault(void *with, rcp_str fault) {
  const cli_options *o = with;
  cli_message(o->store, strlen(o->store), fault.p, fault.n);
}

static int check(const cli_options *o, const rcp_engine *engine, rcp_archive *archive) {
  rcp_error error = {.code = RCP_OK};
  (void)engine;
  return cli_done(rcp_archive_check(archive, name_fault, (void *)(uintptr_t)o, &error), &error);
}

int cmd_check(int argc, char **argv) {
  return cli_with_archive("check", argc, argv, false, check);
}
