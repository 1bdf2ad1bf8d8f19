/* recoupe history: what happened to stories, latest first. SPDX-License-Identifier: Apache-2.0 */
#include <time.h>

#include "archive.h"

static void put_event(void *with, const rcp_archive_event *e) {
  const cli_options *o = with;
  char at[32] = "";
  time_t when = (time_t)e->at;
  struct tm parts;
  if (e->at && gmtime_r(&when, &parts)) strftime(at, sizeof at, "%Y-%m-%dT%H:%M:%SZ", &parts);
  if (cli_wants_text(o)) {
    printf("%-20s  %-7s  %-6s  ", at, e->by_person ? "person" : "program", e->kind);
    cli_put_plain(e->story);
    if (e->other.p) fputs(" > ", stdout), cli_put_plain(e->other);
    if (e->note.p) fputs("  ", stdout), cli_put_plain(e->note);
    putchar('\n');
    return;
  }
  putchar('{');
  cli_put_member(stdout, true, "at", (rcp_str){at[0] ? at : NULL, at[0] ? 20 : 0});
  cli_put_member(stdout, false, "story", e->story);
  cli_put_member(stdout, false, "other", e->other);
  cli_put_member(stdout, false, "note", e->note);
  printf(",\"kind\":\"%s\",\"by\":\"%s\"}\n", e->kind, e->by_person ? "person" : "program");
}

static int history(const cli_options *o, const rcp_engine *engine, rcp_archive *archive) {
  rcp_error error = {.code = RCP_OK};
  (void)engine;
  return cli_done(rcp_archive_events(archive, o->n_inputs ? o->inputs[0] : NULL, o->limit ? o->limit : 100, put_event, (void *)(uintptr_t)o, &error), &error);
}

int cmd_history(int argc, char **argv) {
  return cli_with_archive("history", argc, argv, false, history);
}
