/*
 * request.h - what a visitor asks for: bytes of a request into a route, and nothing else.
 *
 * Every byte here is a stranger's. The functions touch no file, no archive and no heap; they fill fixed rooms and refuse
 * what does not fit, what is not UTF-8, and control characters, so that nothing behind them meets any. tests/fuzz runs them.
 *
 *     /                           stories by day        ?day= ?page=
 *     /search                     articles that hold words        ?q= ?page=
 *     /story/ID                   one story; /story/ID/correct a person's corrections of it
 *     /article/ID                 one article
 *     /login /logout /style.css /openapi.json /favicon.ico
 *
 * A page's other forms are at its path with .json or .jsonld behind it, or are asked for by Accept. ID is one segment,
 * percent-encoded: a slash or a dot in it is %2F, %2E.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RECOUPE_SERVE_REQUEST_H
#define RECOUPE_SERVE_REQUEST_H

#include "text.h"

typedef enum serve_route {
  SERVE_STORIES, SERVE_SEARCH, SERVE_STORY, SERVE_ARTICLE, SERVE_CORRECT, SERVE_LOGIN, SERVE_LOGOUT, SERVE_STYLE, SERVE_OPENAPI,
  SERVE_ICON,
} serve_route;

typedef enum serve_form { SERVE_HTML, SERVE_JSON, SERVE_JSONLD } serve_form;

typedef struct serve_request {
  serve_route route;
  serve_form form;
  bool is_post;
  char id[1024];               /* of the story or article */
  char words[512];             /* ?q= */
  char day[11];                /* ?day=, YYYY-MM-DD; empty: none */
  char lang[8];                /* ?lang=; empty: none */
  unsigned page;               /* ?page=, from 0 */
} serve_request;

/* 0, or the HTTP status to refuse with: 400, 404, 405, 414. `accept` may be {NULL, 0}. */
unsigned serve_request_parse(const char *method, rcp_str path, rcp_str query, rcp_str accept, serve_request *out);

/* %XX decoded, and + as a space where `in_form`. False: broken escapes, control characters, no UTF-8, or no room. */
bool serve_decode(rcp_str s, bool in_form, char *out, size_t room);
/* The nth value of a name in a=b&c=d; false when it is not there or can't be decoded. */
bool serve_field(rcp_str form, const char *name, size_t nth, char *out, size_t room);
/* A cookie's value, as it stands. */
bool serve_cookie(rcp_str header, const char *name, char *out, size_t room);
bool serve_takes_gzip(rcp_str accept_encoding);
/* The language of `known` (NULL at the end) that Accept-Language wants most; known[0] when it wants none. */
const char *serve_language(rcp_str accept_language, const char *const *known);
/* Is the entity tag, quotes included, one of an If-None-Match header? Weak ones are compared weakly. */
bool serve_tag_matches(rcp_str if_none_match, const char *tag);
/*
 * Is a Host header one of ours? Else a page elsewhere could point its own name at this machine and read the archive with the
 * visitor's browser (DNS rebinding). Ours: 127.0.0.1, localhost, [::1], and `names` (NULL at the end), any port.
 */
bool serve_host_is_ours(rcp_str host, const char *const *names);
/* A path of this server to go on to after a login: "/..." and not "//...". */
bool serve_path_is_local(const char *path);

#endif
