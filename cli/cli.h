/*
 * cli.h - what the verbs share: options, exit status, writing out.
 *
 * The command uses recoupe.h and nothing else of the library: it is the first proof that the public API suffices.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RECOUPE_CLI_H
#define RECOUPE_CLI_H

#include <recoupe.h>
#include <stdio.h>

enum { EXIT_FINE = 0, EXIT_SOME_UNUSABLE = 1, EXIT_USAGE = 2, EXIT_FAILED = 3 };

/* The common options of contract/cli.md, taken off the argument list by cli_parse. */
typedef struct cli_options {
  rcp_options engine;
  const char *format;        /* NULL: by where the output goes */
  const char *output;        /* -o; NULL: standard output */
  const char *explain, *explain_with;
  bool quiet, wants_progress, wants_help, wants_all, wants_final, no_cage;
  const char *store;         /* --store; NULL: none */
  const char *note, *day;    /* kept with a correction; list, search: one day */
  const char *listen, *token_file, *host;   /* serve */
  unsigned interval, pause;  /* watch: seconds; 0: the library's own */
  bool is_once, no_pages;    /* watch */
  unsigned limit;            /* --limit; 0: the verb's own */
  unsigned skip;             /* --skip: rows left out before the first */
  unsigned recent;           /* stories: articles that a new one is compared with; 0: the default */
  char locale[4];            /* the environment's language, where cli_set_locale puts it */
  rcp_reuse_options reuse;
  const char *boilerplate;   /* reuse: file for phrases that were cut */
  const char *index, *save;  /* reuse: index files to hold articles against, and to write */
  bool wants_query;          /* reuse: articles are held against the index, and not added */
  int color;                 /* -1 auto, 0 never, 1 always */
  const char **inputs;       /* what is no option, in order */
  size_t n_inputs;
} cli_options;

/* False after a message on standard error. `verb` is for messages. */
bool cli_parse(const char *verb, int argc, char **argv, cli_options *out);
/* The engine; then, without --no-cage, the cage: only what the options name can be opened from here on. */
rcp_status cli_start(const cli_options *options, rcp_engine **engine, rcp_error *error);
/* The cage alone; `serves`: with a socket that listens already. */
rcp_status cli_cage(const cli_options *options, bool serves, rcp_error *error);
/* Writes to -o or standard output; an exit status. A file is written whole or not at all. */
int cli_write(const cli_options *options, const rcp_buffer *bytes);
/* -o or standard output, to write piece after piece; NULL after a message. */
FILE *cli_open(const cli_options *options);
/* Ends what cli_open began: `exit_status`, or that of a failure, of which it tells unless something failed before. */
int cli_close(const cli_options *options, FILE *out, int exit_status);
/* Tells that the output could not be written, and why (errno). */
int cli_output_failed(const cli_options *options);
/* "recoupe: SOURCE: TEXT" on standard error, without what a terminal would obey. */
void cli_message(const char *source, size_t n_source, const char *text, size_t n_text);
void cli_error(const rcp_error *error);
bool cli_is_terminal(const cli_options *options);
/* Columns of the terminal, else $COLUMNS; 0: unknown. */
unsigned cli_width(void);
/* --color, else: a terminal that is not dumb, unless $NO_COLOR is set. */
bool cli_has_color(const cli_options *options);
/* Without --locale: the language of $LC_ALL, $LC_MESSAGES or $LANG, the first that is set. */
void cli_set_locale(cli_options *options);

/* Prints a verb's page when --help is among its arguments; compare prints its own. */
bool cli_help(const char *verb, int argc, char **argv);

int cmd_compare(int argc, char **argv);
int cmd_extract(int argc, char **argv);
int cmd_reuse(int argc, char **argv);
int cmd_stories(int argc, char **argv);
int cmd_add(int argc, char **argv);
int cmd_list(int argc, char **argv);
int cmd_show(int argc, char **argv);
int cmd_search(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_watch(int argc, char **argv);
int cmd_versions(int argc, char **argv);
int cmd_history(int argc, char **argv);
int cmd_export(int argc, char **argv);
int cmd_merge(int argc, char **argv);
int cmd_split(int argc, char **argv);
int cmd_apart(int argc, char **argv);
int cmd_forget(int argc, char **argv);
int cmd_serve(int argc, char **argv);

#endif
