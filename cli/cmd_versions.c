/* recoupe versions: what stood at the place of an article, and what changed. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "archive.h"

typedef struct work { const cli_options *o; rcp_archive *archive; bool is_first; } work;

/* The rows of the versions, kept: asking for changes meanwhile would end the question for versions. */
typedef struct version { char name[32]; } version;
typedef struct versions { version all[1000]; size_t n; } versions;

static void take(void *with, const rcp_archive_row *row) {
  versions *v = with;
  if (v->n < sizeof v->all / sizeof *v->all) snprintf(v->all[v->n++].name, sizeof v->all->name, "#%llu", (unsigned long long)row->number);
}

static void put_words(const char *field, char sign, rcp_str words) {
  if (!words.n) return;
  printf("    %-5s %c ", field, sign);
  cli_put_plain(words);
  putchar('\n');
}

static void put_change(void *with, const rcp_archive_change *c) {
  work *w = with;
  if (cli_wants_text(w->o)) {
    put_words(c->field, '-', c->before);
    put_words(c->before.n ? "" : c->field, '+', c->after);
    return;
  }
  printf("%s{\"field\":\"%s\"", w->is_first ? "" : ",", c->field);
  cli_put_member(stdout, false, "before", c->before);
  cli_put_member(stdout, false, "after", c->after);
  putchar('}');
  w->is_first = false;
}

static void put_version(void *with, const rcp_archive_row *row) {
  work *w = with;
  if (cli_wants_text(w->o)) {
    printf("version %u  %.*s  ", row->version, (int)row->day.n, row->day.p ? row->day.p : "");
    cli_put_plain(row->title.p ? row->title : row->id);
    putchar('\n');
    return;
  }
  putchar('{');
  cli_put_member(stdout, true, "id", row->id);
  cli_put_member(stdout, false, "story", row->story);
  cli_put_member(stdout, false, "title", row->title);
  cli_put_member(stdout, false, "published", row->published);
  printf(",\"number\":%llu,\"version\":%u,\"latest\":%s,\"changes\":[", (unsigned long long)row->number, row->version, row->is_latest ? "true" : "false");
}

static int show(const cli_options *o, const rcp_engine *engine, rcp_archive *archive) {
  rcp_error error = {.code = RCP_OK};
  versions all = {.n = 0};
  (void)engine;
  if (o->n_inputs != 1) return fputs("recoupe versions: of which article?\n", stderr), EXIT_USAGE;
  rcp_status status = rcp_archive_versions(archive, o->inputs[0], take, &all, &error);
  for (size_t i = 0; i < all.n && !status; i++) {
    work w = {o, archive, true};
    status = rcp_archive_article_row(archive, all.all[i].name, put_version, &w, &error);
    if (!status) status = rcp_archive_changes(archive, all.all[i].name, put_change, &w, &error);
    if (!status && !cli_wants_text(o)) puts("]}");
  }
  return cli_done(status, &error);
}

int cmd_versions(int argc, char **argv) {
  return cli_with_archive("versions", argc, argv, false, show);
}
