/*
 * recoupe watch: asks feeds again and again, politely, and adds what is new. It ends behind the article at hand when it is
 * asked to (SIGINT, SIGTERM).
 * SPDX-License-Identifier: Apache-2.0
 */
#include <signal.h>
#include <string.h>
#include <time.h>

#include "archive.h"

static volatile sig_atomic_t is_over;

static void end(int signal_number) {
  (void)signal_number;
  is_over = 1;
}

typedef struct work { const cli_options *o; bool has_failed; } work;

static void put(void *with, const rcp_watch_line *line) {
  work *w = with;
  if (line->note.p) {
    rcp_str about = line->url.p ? line->url : line->feed;
    if (!strcmp(line->status, "failed")) w->has_failed = true;
    cli_message(about.p, about.n, line->note.p, line->note.n);
  }
  if (strcmp(line->status, "article") || !strcmp(line->added.status, "known")) return;
  if (cli_wants_text(w->o)) {
    printf("%-9s  ", line->added.status);
    cli_put_plain(line->added.id);
    fputs("  in story ", stdout);
    cli_put_plain(line->added.story);
    putchar('\n');
    fflush(stdout);
    return;
  }
  putchar('{');
  cli_put_member(stdout, true, "id", line->added.id);
  cli_put_member(stdout, false, "story", line->added.story);
  cli_put_member(stdout, false, "feed", line->feed);
  printf(",\"status\":\"%s\"}\n", line->added.status);
  fflush(stdout);
}

static void sleep_until(int64_t due) {
  while (!is_over && (int64_t)time(NULL) < due) {
    struct timespec t = {.tv_sec = due - (int64_t)time(NULL) > 60 ? 60 : 1};
    nanosleep(&t, NULL);
  }
}

static int watch(const cli_options *o, const rcp_engine *engine, rcp_archive *archive) {
  rcp_error error = {.code = RCP_OK};
  rcp_watch_options how = {.interval = o->interval, .pause = o->pause, .no_pages = o->no_pages};
  struct sigaction on_end = {.sa_handler = end};
  rcp_status status = RCP_OK;
  work w = {o, false};
  (void)engine;
  if (!o->n_inputs) return fputs("recoupe watch: which feeds?\n", stderr), EXIT_USAGE;
  sigaction(SIGINT, &on_end, NULL);
  sigaction(SIGTERM, &on_end, NULL);
  for (;;) {
    int64_t due = 0;
    for (size_t i = 0; i < o->n_inputs && !status && !is_over; i++) {
      int64_t at = 0;
      status = rcp_archive_watch(archive, &o->inputs[i], 1, &how, put, &w, &at, &error);
      if (!i || at < due) due = at;
    }
    if (status) return cli_done(status, &error);
    if (o->is_once || is_over) return w.has_failed ? EXIT_SOME_UNUSABLE : EXIT_FINE;
    sleep_until(due);
  }
}

int cmd_watch(int argc, char **argv) {
  return cli_with_archive("watch", argc, argv, true, watch);
}
