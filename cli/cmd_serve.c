/* recoupe serve: an archive as web pages. The pages themselves are serve/. SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "serve/serve.h"

enum { MOST_HOSTS = 12, TOKEN_ROOM = 256, LEAST_TOKEN = 16 };

static const char help[] =
    "usage: recoupe serve --store DB [OPTION...]\n"
    "\n"
    "The archive as web pages for a browser on this machine: stories by day, search, each story's dossier, each article with its\n"
    "claims and sources. JSON of every page at the same URL; /openapi.json describes it. Ctrl-C ends it.\n"
    "\n"
    "  --store DB           the archive; others may add to it meanwhile\n"
    "  --listen WHERE       PORT, ADDRESS:PORT or [ADDRESS]:PORT; default: 127.0.0.1:8080; port 0: any that is free\n"
    "  --token-file FILE    its first line, 16 letters or more, lets who knows it merge and split stories; default: $RECOUPE_TOKEN;\n"
    "                       without either nobody can change anything\n"
    "  --host NAMES         names by which it may be asked besides its address and localhost, with commas between them\n"
    "  --locale TAG         language for who asks for neither French nor English\n"
    "  --lang-dir DIR       language tables to use in place of the compiled ones\n"
    "  --no-cage            keep all rights (SECURITY.md says what is given up)\n"
    "  --quiet              no line a request on standard error\n"
    "\n"
    "It speaks plain HTTP: for other machines put a proxy with TLS before it, and name it with --host. docs/serve.md says more.\n"
    "\n"
    "  recoupe serve --store press.db\n"
    "  recoupe serve --store press.db --listen 8081 --token-file ~/.recoupe-token\n";

/* The first line of the file, or the environment's; *out stays empty when there is neither. */
static int read_token(const cli_options *o, char out[TOKEN_ROOM]) {
  const char *known = getenv("RECOUPE_TOKEN");
  *out = 0;
  if (o->token_file) {
    FILE *f = fopen(o->token_file, "r");
    if (!f || !fgets(out, TOKEN_ROOM, f)) {
      fprintf(stderr, "recoupe serve: %s: %s\n", o->token_file, f ? "empty" : strerror(errno));
      if (f) fclose(f);
      return EXIT_USAGE;
    }
    fclose(f);
    out[strcspn(out, "\r\n")] = 0;
  } else if (known) {
    if (strlen(known) >= TOKEN_ROOM) return fprintf(stderr, "recoupe serve: the token is too long\n"), EXIT_USAGE;
    strcpy(out, known);
  } else {
    return EXIT_FINE;
  }
  if (strlen(out) < LEAST_TOKEN)
    return fprintf(stderr, "recoupe serve: a token of %d letters or more is wanted (head -c 24 /dev/urandom | base64)\n", LEAST_TOKEN), EXIT_USAGE;
  return EXIT_FINE;
}

#ifdef RCPI_HAVE_MICROHTTPD
static rcp_status give_up(const void *with, rcp_error *error) {
  return cli_cage(with, true, error);
}

static int serve(cli_options *o, const char *token) {
  const char *hosts[MOST_HOSTS + 1] = {NULL};
  char *names = o->host ? strdup(o->host) : NULL, *rest = names;
  for (size_t n = 0; rest && n < MOST_HOSTS; n++) hosts[n] = strsep(&rest, ",");
  rcp_engine *engine = NULL;
  rcp_error error = {.code = RCP_OK};
  int exit_status = EXIT_FINE;
  rcp_status status = rcp_engine_new(&o->engine, &engine, &error);
  serve_options how = {.engine = engine, .store = o->store, .listen = o->listen, .token = *token ? token : NULL, .locale = o->engine.locale, .hosts = hosts, .is_quiet = o->quiet,
                       .give_up = give_up, .with = o};
  if (!status) status = serve_run(&how, &error);
  if (status) {
    cli_error(&error);
    exit_status = status == RCP_EUSAGE ? EXIT_USAGE : EXIT_FAILED;
  }
  rcp_engine_free(engine);
  free(names);
  return exit_status;
}
#else
static int serve(cli_options *o, const char *token) {
  (void)o, (void)token;
  return fputs("recoupe serve: this build has no server (libmicrohttpd was not there)\n", stderr), EXIT_FAILED;
}
#endif

int cmd_serve(int argc, char **argv) {
  cli_options o;
  char token[TOKEN_ROOM];
  int exit_status = cli_parse("serve", argc, argv, &o) ? EXIT_FINE : EXIT_USAGE;
  if (!exit_status && o.wants_help) {
    exit_status = fputs(help, stdout) < 0 ? EXIT_FAILED : EXIT_FINE;
  } else if (!exit_status && !o.store) {
    fputs("recoupe serve: which archive? --store FILE\n", stderr);
    exit_status = EXIT_USAGE;
  } else if (!exit_status) {
    exit_status = read_token(&o, token);
    cli_set_locale(&o);
    if (!exit_status) exit_status = serve(&o, token);
    explicit_bzero(token, sizeof token);
  }
  free(o.inputs);
  return exit_status;
}
