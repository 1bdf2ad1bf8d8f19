/*
 * A request to `serve`, before anything is looked up: target, headers and a form's body, a line each.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "serve/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static rcp_str take_line(rcp_str *rest) {
  const char *end = rest->n ? memchr(rest->p, '\n', rest->n) : NULL;
  rcp_str line = {rest->p, end ? (size_t)(end - rest->p) : rest->n};
  *rest = (rcp_str){line.p + line.n + (end != NULL), rest->n - line.n - (end != NULL)};
  return line;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const known[] = {"en", "fr", NULL};
  rcp_str rest = {(const char *)data, size};
  rcp_str path = take_line(&rest), query = take_line(&rest), accept = take_line(&rest), language = take_line(&rest), cookie = take_line(&rest);
  serve_request r;
  char out[64];
  if (!serve_request_parse("GET", path, query, accept, &r)) {
    assert(strlen(r.id) < sizeof r.id && strlen(r.words) < sizeof r.words);
    for (const char *p = r.id; *p; p++) assert((unsigned char)*p >= 0x20);
    /* what it decoded, encoded again, is the same thing */
    serve_text again = {.p = NULL};
    serve_adds(&again, "/story/");
    serve_segment(&again, serve_str(r.id));
    serve_request second;
    if (*r.id && !again.failed && again.n < 4096) {
      assert(!serve_request_parse("GET", (rcp_str){again.p, again.n}, SERVE_S(""), SERVE_S(""), &second));
      assert(!strcmp(second.id, r.id) && second.form == SERVE_HTML);
    }
    serve_text_release(&again);
  }
  assert(serve_language(language, known));
  serve_takes_gzip(accept);
  serve_tag_matches(accept, "\"0123456789abcdef\"");
  serve_host_is_ours(language, known);
  serve_cookie(cookie, "session", out, sizeof out);
  for (size_t i = 0; i < 4; i++)
    if (serve_field(rest, "article", i, out, sizeof out)) assert(strlen(out) < sizeof out);
  return 0;
}
