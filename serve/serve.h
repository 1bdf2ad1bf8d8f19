/*
 * serve.h - an archive as web pages. It uses recoupe.h and nothing else of the library.
 *
 * http.c takes requests in (mhd.h is the door to libmicrohttpd), request.c tells what is asked for, desk.c answers out of the archive,
 * pages are templates (assets, record.h) or the library's own story view.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RECOUPE_SERVE_H
#define RECOUPE_SERVE_H

#include <recoupe.h>

typedef struct serve_options {
  const rcp_engine *engine;
  const char *store;           /* the archive */
  const char *listen;          /* "PORT", "ADDRESS:PORT", "[ADDRESS]:PORT"; NULL: 127.0.0.1:8080; port 0: any that is free */
  const char *token;           /* what one must know to correct; NULL: nobody may */
  const char *locale;          /* of who asks for no language that is there; NULL: English */
  const char *const *hosts;    /* names by which it may be asked besides its address and localhost; NULL at the end; or NULL */
  bool is_quiet;               /* no line a request on standard error */
  /* Called once it listens, before it has threads or has read anything: the place to give up rights. NULL: nothing to do. */
  rcp_status (*give_up)(const void *with, rcp_error *error);
  const void *with;
} serve_options;

/* Serves until SIGINT or SIGTERM. The signals are blocked meanwhile in all threads, and as before afterwards. */
rcp_status serve_run(const serve_options *options, rcp_error *error);

#endif
