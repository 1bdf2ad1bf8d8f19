/* recoupe list: the stories of an archive, those that grew last first. SPDX-License-Identifier: Apache-2.0 */
#include "archive.h"

static void put_figures(const rcp_archive_story *s) {
  printf("%llu %s", (unsigned long long)s->n_articles, s->n_articles == 1 ? "article" : "articles");
  if (s->has_dossier)
    printf(", %llu texts, %llu channels, %llu conflicts", (unsigned long long)s->n_texts, (unsigned long long)s->n_channels,
           (unsigned long long)s->n_conflicts);
}

static void put_story(void *with, const rcp_archive_story *s) {
  const cli_options *o = with;
  if (cli_wants_text(o)) {
    printf("%.*s  ", s->last_day.p ? (int)s->last_day.n : 10, s->last_day.p ? s->last_day.p : "    -     ");
    cli_put_plain(s->title.p ? s->title : s->id);
    fputs("\n            ", stdout);
    put_figures(s);
    fputs("  ", stdout);
    cli_put_plain(s->id);
    putchar('\n');
    return;
  }
  putchar('{');
  cli_put_member(stdout, true, "story", s->id);
  cli_put_member(stdout, false, "title", s->title);
  cli_put_member(stdout, false, "language", s->language);
  cli_put_member(stdout, false, "first_day", s->first_day);
  cli_put_member(stdout, false, "last_day", s->last_day);
  printf(",\"number\":%llu,\"articles\":%llu,\"publishers\":%llu", (unsigned long long)s->number, (unsigned long long)s->n_articles,
         (unsigned long long)s->n_publishers);
  if (s->has_dossier)
    printf(",\"claims\":%llu,\"conflicts\":%llu,\"texts\":%llu,\"channels\":%llu", (unsigned long long)s->n_claims,
           (unsigned long long)s->n_conflicts, (unsigned long long)s->n_texts, (unsigned long long)s->n_channels);
  puts("}");
}

static int list(const cli_options *o, const rcp_engine *engine, rcp_archive *archive) {
  rcp_error error = {.code = RCP_OK};
  rcp_archive_query query = {.day = o->day, .most = o->limit ? o->limit : 100, .skip = o->skip};
  (void)engine;
  return cli_done(rcp_archive_stories(archive, &query, put_story, (void *)(uintptr_t)o, &error), &error);
}

int cmd_list(int argc, char **argv) {
  return cli_with_archive("list", argc, argv, false, list);
}
