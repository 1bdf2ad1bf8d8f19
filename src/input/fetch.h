/*
 * fetch.h - pages, feeds and files from http(s) URLs: the door to libcurl.
 *
 * A fetcher asks as a well-behaved stranger: it says its name, asks robots.txt of every host first (and waits as long as that
 * asks for), goes only to addresses of the public internet unless told otherwise, and takes no more than its caps allow.
 * Addresses are checked where a connection is made, so that a name that resolves to a private address, at once, later or
 * behind a redirect, is refused. It reads no environment, so no proxy is used, and sends no cookie of an earlier page.
 *
 *     rcpi_fetcher_new(&options, &fetcher, error);
 *     rcpi_fetch_since since = {.etag = kept_etag, .last_modified = kept_date};
 *     status = rcpi_fetch(fetcher, &arena, url, &since, &page, error);
 *     if (!status && page.status != 304) use(page.body), keep(page.etag, page.last_modified);
 *     rcpi_fetcher_free(fetcher);
 *
 * One thread at a time uses a fetcher. A build without libcurl has it too, and it then says so.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_INPUT_FETCH_H
#define RCPI_INPUT_FETCH_H

#include "base/arena.h"
#include "base/str.h"

typedef struct rcpi_fetch_options {
  bool allows_private;           /* loopback and private addresses too */
  rcp_str save;                  /* WARC file that responses are added to; .p NULL: none */
  unsigned seconds;              /* for one page with all its redirects; 0: 60 */
  size_t most;                   /* bytes of a body, as sent and unpacked; 0: RCPI_MAX_ARTICLE */
} rcpi_fetch_options;

typedef struct rcpi_fetcher rcpi_fetcher;
rcp_status rcpi_fetcher_new(const rcpi_fetch_options *options, rcpi_fetcher **out, rcp_error *error);
void rcpi_fetcher_free(rcpi_fetcher *f);

/* What an earlier response said of itself; .p NULL: nothing. The server may answer that nothing has changed since. */
typedef struct rcpi_fetch_since { rcp_str etag, last_modified; } rcpi_fetch_since;

typedef struct rcpi_fetched {
  unsigned status;               /* 200 to 299, or 304: not changed, and no body */
  rcp_str url;                   /* where the redirects ended */
  rcp_str body;                  /* chunks and packing taken off */
  rcp_str media_type;            /* "text/html", lower case; .p NULL: not stated */
  const char *charset;           /* as stated there; NULL: not */
  rcp_str etag, last_modified;   /* for the next time; .p NULL: not stated */
  const char *why;               /* static: how the body breaks off; NULL: it is whole */
  unsigned wait;                 /* seconds that the server asks to wait (Retry-After), with failures too; 0: not stated */
} rcpi_fetched;

/*
 * `since` may be NULL. RCP_EINPUT: the server refuses, robots.txt forbids, or it is no page; RCP_ELIMIT: a cap was met; RCP_EIO:
 * the network failed, or --save could not be written. All that is given lives in `a`, whose guard must be set.
 */
rcp_status rcpi_fetch(rcpi_fetcher *f, rcpi_arena *a, rcp_str url, const rcpi_fetch_since *since, rcpi_fetched *out, rcp_error *error);

#endif
