/*
 * probe - rcpi_fetch for tests/fetch/check.py: asks for a URL, then again with what the first answer said of itself.
 *
 * usage: probe URL [SECONDS [BYTES]]; a line an answer: "STATUS BODY-LENGTH WAIT" or "ERROR CODE TEXT".
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>

#include "input/fetch.h"

static void ask(rcpi_fetcher *f, rcpi_arena *a, const char *url, const rcpi_fetch_since *since, rcpi_fetched *out) {
  rcp_error error = {.code = RCP_OK};
  rcp_status status = rcpi_fetch(f, a, rcpi_cstr(url), since, out, &error);
  if (status) printf("ERROR %d %s\n", status, error.text);
  else printf("%u %zu %u\n", out->status, out->body.n, out->wait);
}

int main(int argc, char **argv) {
  rcpi_fetch_options options = {.allows_private = true};
  rcpi_fetcher *f;
  rcpi_arena a;
  rcpi_fetched first, second;
  if (argc < 2) return 2;
  if (argc > 2) options.seconds = (unsigned)atoi(argv[2]);
  if (argc > 3) options.most = (size_t)atoi(argv[3]);
  if (rcpi_fetcher_new(&options, &f, NULL)) return 3;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    ask(f, &a, argv[1], NULL, &first);
    rcpi_fetch_since since = {first.etag, first.last_modified};
    ask(f, &a, argv[1], &since, &second);
  }
  rcpi_fetcher_free(f);
  rcpi_arena_release(&a);
}
