/* archive.h - what the verbs on an archive share, and how they write JSON and words of others. SPDX-License-Identifier: Apache-2.0 */
#ifndef RECOUPE_CLI_ARCHIVE_H
#define RECOUPE_CLI_ARCHIVE_H

#include "cli.h"

/* A JSON string or null. */
void cli_put_json(FILE *out, rcp_str s);
/* Parses, opens --store and calls work; an exit status. */
int cli_with_archive(const char *verb, int argc, char **argv, bool writes,
                     int (*work)(const cli_options *o, const rcp_engine *engine, rcp_archive *archive));
/* An rcp_archive_see that writes a row as a line of JSON or of text; `with` is the cli_options. */
void cli_put_row(void *with, const rcp_archive_row *row);
/* A string as JSON after its key, with the comma before all but the first. */
void cli_put_member(FILE *out, bool is_first, const char *key, rcp_str value);
/* Is the output to be text? --format, else a terminal. */
bool cli_wants_text(const cli_options *options);
/* Text of others on a terminal: without what a terminal would obey. */
void cli_put_plain(rcp_str s);
void cli_put_plain_to(FILE *out, rcp_str s);
/* Where a correction put an article: a line of text or JSON. */
void cli_put_place(const cli_options *options, const rcp_archive_line *line);
/* RCP_OK to EXIT_FINE; anything else is said and EXIT_FAILED. */
int cli_done(rcp_status status, const rcp_error *error);

#endif
