/* recoupe: the command. One file a verb. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "cli.h"

static const struct { const char *name; int (*run)(int, char **); const char *does; } verbs[] = {
    {"compare", cmd_compare, "one story's tellings into one dossier"},
    {"extract", cmd_extract, "pages into clean articles"},
    {"reuse", cmd_reuse, "near-duplicates and copied passages"},
    {"stories", cmd_stories, "articles into stories, in the order read"},
    {"add", cmd_add, "articles into an archive (--store FILE)"},
    {"watch", cmd_watch, "feeds into an archive, for as long as it runs"},
    {"list", cmd_list, "the stories of an archive"},
    {"show", cmd_show, "the dossier of a story in an archive"},
    {"search", cmd_search, "articles of an archive that hold all words"},
    {"versions", cmd_versions, "what an outlet changed in an article"},
    {"export", cmd_export, "an archive or a story for other programs"},
    {"merge", cmd_merge, "two stories of an archive are one"},
    {"split", cmd_split, "articles leave their story for a new one"},
    {"apart", cmd_apart, "two articles are not of one story"},
    {"history", cmd_history, "what happened to the stories of an archive"},
    {"forget", cmd_forget, "delete an article from an archive"},
    {"check", cmd_check, "is an archive whole?"},
    {"serve", cmd_serve, "the archive as web pages on 127.0.0.1"},
};

static void usage(FILE *out) {
  fputs("usage: recoupe VERB [OPTION...] FILE...\n\n", out);
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) fprintf(out, "  %-9s %s\n", verbs[i].name, verbs[i].does);
  fputs("\nrecoupe VERB --help says more; recoupe --version --settings what results depend on.\n", out);
}

/* --version --settings: what results depend on, so that a bug or a paper can name it. */
static int settings(void) {
  rcp_engine *engine = NULL;
  rcp_buffer out = {0};
  rcp_error error = {.code = RCP_OK};
  rcp_status status = rcp_engine_new(NULL, &engine, &error);
  if (!status) status = rcp_settings(engine, &out, &error);
  if (status) cli_error(&error);
  else fwrite(out.p, 1, out.n, stdout);
  rcp_buffer_release(&out);
  rcp_engine_free(engine);
  return status ? EXIT_FAILED : EXIT_FINE;
}

int main(int argc, char **argv) {
  if (argc < 2) return usage(stderr), EXIT_USAGE;
  if (!strcmp(argv[1], "--version") && argc > 2 && !strcmp(argv[2], "--settings")) return settings();
  if (!strcmp(argv[1], "--version")) return printf("recoupe %s\n", rcp_version()), EXIT_FINE;
  if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) return usage(stdout), EXIT_FINE;
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
    if (!strcmp(argv[1], verbs[i].name))
      return cli_help(argv[1], argc - 2, argv + 2) ? EXIT_FINE : verbs[i].run(argc - 2, argv + 2);
  fprintf(stderr, "recoupe: no verb %s (try recoupe --help)\n", argv[1]);
  return EXIT_USAGE;
}
