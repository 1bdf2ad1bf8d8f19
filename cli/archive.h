/* archive.h - what the verbs on an archive share. SPDX-License-Identifier: Apache-2.0 */
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
/* RCP_OK to EXIT_FINE; anything else is said and EXIT_FAILED. */
int cli_done(rcp_status status, const rcp_error *error);

#endif
