/*
 * One request at a time over one handle, which keeps connections open between pages of a host. Redirects are followed here and
 * not by libcurl: each is a URL of its own, for robots.txt, for what is kept, and for the count. HTTP/1.1 is spoken and chunks
 * are left in, so that the response is kept as it came; http.c takes the wrappings off.
 *
 * A robots.txt that answers 400 to 499 forbids nothing (RFC 9309, 2.3.1.3); one that can't be had, or answers 500 or "too many
 * requests", forbids all.
 *
 * Known weakness: pages that scripts fill, and walls that want a cookie set by a script, give what the server sends, no more.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "input/fetch.h"

#ifdef RCPI_HAVE_CURL

#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/limits.h"
#include "input/address.h"
#include "input/curl.h"
#include "input/http.h"
#include "input/robots.h"
#include "input/url.h"
#include "input/warc_out.h"

enum { MOST_REDIRECTS = 10, MOST_HEAD = 256 << 10, MOST_ROBOTS = 512 << 10, SECONDS = 60, CONNECT_SECONDS = 15, LONGEST_DELAY = 10,
       LONGEST_URL = 8192 };

#define NAME "recoupe"
#define USER_AGENT NAME "/" RCPI_VERSION " (compares news reports; obeys robots.txt as \"" NAME "\")"

/* What is known of a host: its rules, and when it was last asked for a page. */
typedef struct site { rcpi_robots robots; enum { ALLOWED, FORBIDDEN, UNKNOWN } without_rules; unsigned status; int64_t asked; } site;

struct rcpi_fetcher {
  rcpi_fetch_options options;
  rcpi_arena arena;              /* of sites */
  rcpi_map by_origin;
  RCPI_VEC(site *) sites;
  rcpi_curl lib;
  CURL *curl;
  rcpi_warc_out *save;
  rcpi_buf head, body;           /* of the last response, as sent */
  size_t most;                   /* bytes of the body that are taken now */
  bool is_too_large, is_private, has_no_memory;
  int64_t deadline;
  char message[CURL_ERROR_SIZE];
};

static int64_t now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* -------------------------------------------------------------------------------------------------------- callbacks */

/* Where every connection is made, whatever name or redirect led to it. */
static curl_socket_t open_socket(void *with, curlsocktype purpose, struct curl_sockaddr *to) {
  rcpi_fetcher *f = with;
  (void)purpose;
  if (!f->options.allows_private && rcpi_address_is_private(&to->addr)) {
    f->is_private = true;
    return CURL_SOCKET_BAD;
  }
  return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

/* A line of the head; a new status line (after "100 Continue") begins anew. */
static size_t take_head(char *p, size_t size, size_t n, void *with) {
  rcpi_fetcher *f = with;
  rcp_str line = {p, size * n};
  if (rcpi_starts(line, RCPI_S("HTTP/"))) rcpi_buf_clear(&f->head);
  if (f->head.len + line.n > MOST_HEAD) return f->is_too_large = true, 0;
  rcpi_buf_add(&f->head, line);
  return f->head.failed ? f->has_no_memory = true, 0 : line.n;
}

static size_t take_body(char *p, size_t size, size_t n, void *with) {
  rcpi_fetcher *f = with;
  rcp_str piece = {p, size * n};
  if (f->body.len + piece.n > f->most) return f->is_too_large = true, 0;
  rcpi_buf_add(&f->body, piece);
  return f->body.failed ? f->has_no_memory = true, 0 : piece.n;
}

/* ---------------------------------------------------------------------------------------------------------- request */

typedef struct response { long status; rcp_str head, body, address; const char *next; } response;

static void set_up(rcpi_fetcher *f) {
  CURL *c = f->curl;
  f->lib.easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
  f->lib.easy_setopt(c, CURLOPT_PROXY, "");
  f->lib.easy_setopt(c, CURLOPT_USERAGENT, USER_AGENT);
  f->lib.easy_setopt(c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  f->lib.easy_setopt(c, CURLOPT_HTTP_TRANSFER_DECODING, 0L);
  f->lib.easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
  f->lib.easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
  f->lib.easy_setopt(c, CURLOPT_COOKIEFILE, "");
  f->lib.easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  f->lib.easy_setopt(c, CURLOPT_OPENSOCKETDATA, f);
  f->lib.easy_setopt(c, CURLOPT_HEADERFUNCTION, take_head);
  f->lib.easy_setopt(c, CURLOPT_HEADERDATA, f);
  f->lib.easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
  f->lib.easy_setopt(c, CURLOPT_WRITEDATA, f);
  f->lib.easy_setopt(c, CURLOPT_ERRORBUFFER, f->message);
}

static rcp_status failed(const rcpi_fetcher *f, CURLcode code, rcp_str url, rcp_error *error) {
  if (f->has_no_memory || code == CURLE_OUT_OF_MEMORY) return rcpi_error(error, RCP_ENOMEM, url, 0, "out of memory");
  if (f->is_private) return rcpi_error(error, RCP_EINPUT, url, 0, "its address is private or of this machine; --allow-private lets it be read");
  if (f->is_too_large || code == CURLE_FILESIZE_EXCEEDED) return rcpi_error(error, RCP_ELIMIT, url, 0, "the answer is larger than %zu KiB", f->most >> 10);
  if (code == CURLE_OPERATION_TIMEDOUT)
    return rcpi_error(error, RCP_ELIMIT, url, 0, "no whole answer within %u seconds", f->options.seconds);
  return rcpi_error(error, RCP_EIO, url, 0, "%s", *f->message ? f->message : f->lib.easy_strerror(code));
}

static struct curl_slist *add_field(const rcpi_fetcher *f, struct curl_slist *list, rcpi_arena *a, const char *name, rcp_str value) {
  for (size_t i = 0; i < value.n; i++)
    if ((unsigned char)value.p[i] < 0x20) return list;
  return value.n ? f->lib.slist_append(list, rcpi_printf(a, "%s: %.*s", name, RCPI_P(value)).p) : list;
}

#ifdef RCPI_HAVE_BROTLI
#define PACKINGS "gzip, br"
#else
#define PACKINGS "gzip"
#endif

/* One request and its response, whatever its status; views are good until the next. */
static rcp_status ask(rcpi_fetcher *f, rcpi_arena *a, rcp_str url, const rcpi_fetch_since *since, size_t most, response *out, rcp_error *error) {
  int64_t left = f->deadline - now_ms();
  char *address = NULL;
  rcpi_buf_clear(&f->head);
  rcpi_buf_clear(&f->body);
  f->is_too_large = f->is_private = f->has_no_memory = false;
  f->most = most;
  *f->message = 0;
  if (left <= 0) return failed(f, CURLE_OPERATION_TIMEDOUT, url, error);
  struct curl_slist *fields = f->lib.slist_append(NULL, "Accept: text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, text/plain;q=0.9, */*;q=0.5");
  fields = add_field(f, fields, a, "Accept-Encoding", RCPI_S(PACKINGS));
  if (since) fields = add_field(f, add_field(f, fields, a, "If-None-Match", since->etag), a, "If-Modified-Since", since->last_modified);
  f->lib.easy_setopt(f->curl, CURLOPT_URL, rcpi_dup(url, a).p);
  f->lib.easy_setopt(f->curl, CURLOPT_HTTPHEADER, fields);
  f->lib.easy_setopt(f->curl, CURLOPT_TIMEOUT_MS, (long)left);
  f->lib.easy_setopt(f->curl, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)most);
  CURLcode code = f->lib.easy_perform(f->curl);
  f->lib.slist_free_all(fields);
  f->lib.easy_setopt(f->curl, CURLOPT_HTTPHEADER, NULL);
  /* a server that closes too early sent what it sent; http.c says how it breaks off */
  bool is_cut = (code == CURLE_PARTIAL_FILE || code == CURLE_RECV_ERROR) && f->body.len;
  if (code && !is_cut) return failed(f, code, url, error);
  f->lib.easy_getinfo(f->curl, CURLINFO_RESPONSE_CODE, &out->status);
  f->lib.easy_getinfo(f->curl, CURLINFO_PRIMARY_IP, &address);
  f->lib.easy_getinfo(f->curl, CURLINFO_REDIRECT_URL, &out->next);
  out->head = rcpi_buf_str(&f->head);
  out->body = rcpi_buf_str(&f->body);
  out->address = rcpi_cstr(address);
  return RCP_OK;
}

static bool is_redirect(const response *r) {
  return r->next && (r->status == 301 || r->status == 302 || r->status == 303 || r->status == 307 || r->status == 308);
}

/* ----------------------------------------------------------------------------------------------------------- robots */

static bool get_body(rcpi_arena *a, const response *r, size_t most, rcpi_http *http, rcp_str *body, const char **why) {
  if (!rcpi_http_parse(r->head, http)) return *why = "no HTTP", false;
  http->body = r->body;
  return rcpi_http_body(a, http, most, body, why);
}

static void read_robots(rcpi_fetcher *f, rcpi_arena *a, site *s, rcp_str origin) {
  rcp_str url = rcpi_printf(a, "%.*s/robots.txt", RCPI_P(origin)), body;
  rcpi_http http;
  rcp_error ignored;
  const char *why;
  response r = {0};
  s->without_rules = UNKNOWN;
  for (int i = 0; i <= 5; i++) {
    if (ask(f, a, url, NULL, MOST_ROBOTS, &r, &ignored)) return;
    s->status = (unsigned)r.status;
    if (!is_redirect(&r)) break;
    url = rcpi_dup(rcpi_cstr(r.next), a);
  }
  bool is_there = r.status >= 200 && r.status < 300, is_missing = r.status >= 300 && r.status < 500 && r.status != 429;
  s->without_rules = is_there || is_missing ? ALLOWED : FORBIDDEN;
  if (is_there && get_body(a, &r, MOST_ROBOTS, &http, &body, &why)) rcpi_robots_read(&f->arena, body, NAME, &s->robots);
}

static site *site_of(rcpi_fetcher *f, rcpi_arena *a, const rcpi_url *u) {
  bool is_new;
  rcp_str origin = rcpi_url_origin(&f->arena, u);
  uint32_t *at = rcpi_map_put(&f->arena, &f->by_origin, origin, (uint32_t)f->sites.n, &is_new);
  if (!is_new) return f->sites.p[*at];
  site *s = rcpi_new(&f->arena, site);
  rcpi_push(&f->arena, &f->sites, s);
  read_robots(f, a, s, origin);
  return s;
}

static void wait_until(int64_t when) {
  int64_t left = when - now_ms();
  struct timespec t = {left / 1000, left % 1000 * 1000000};
  if (left > 0) nanosleep(&t, NULL);
}

/* May this be read, and is it time? A host whose robots.txt could not be had says why itself, when it is asked for the page. */
static rcp_status check_robots(rcpi_fetcher *f, rcpi_arena *a, rcp_str url, const rcpi_url *u, rcp_error *error) {
  site *s = site_of(f, a, u);
  if (s->without_rules == UNKNOWN && f->is_private) return failed(f, CURLE_COULDNT_CONNECT, url, error);
  if (s->without_rules == UNKNOWN)
    return rcpi_error(error, RCP_EIO, url, 0, "its host can't be asked for robots.txt: %s", *f->message ? f->message : "no answer");
  if (s->without_rules == FORBIDDEN)
    return rcpi_error(error, RCP_EINPUT, url, 0, "its host's robots.txt answers %u, which forbids reading for now", s->status);
  if (!rcpi_robots_allow(&s->robots, u->path)) return rcpi_error(error, RCP_EINPUT, url, 0, "its host's robots.txt does not let " NAME " read it");
  int64_t delay = (int64_t)(s->robots.delay < LONGEST_DELAY ? s->robots.delay : LONGEST_DELAY) * 1000;
  if (s->asked && delay) {
    int64_t from = now_ms();
    wait_until(s->asked + delay);
    f->deadline += now_ms() - from;
  }
  s->asked = now_ms();
  return RCP_OK;
}

/* ------------------------------------------------------------------------------------------------------------- page */

static rcp_str kept(rcpi_arena *a, rcp_str s) {
  return s.n ? rcpi_dup(s, a) : (rcp_str){NULL, 0};
}

static rcp_status save(rcpi_fetcher *f, rcpi_arena *a, rcp_str url, const response *r, rcp_error *error) {
  rcpi_mark mark = rcpi_arena_mark(a);
  rcpi_warc_response kept_response = {url, r->address, r->head, r->body, time(NULL)};
  rcp_status status = f->save ? rcpi_warc_out_add(f->save, a, &kept_response, error) : RCP_OK;
  rcpi_arena_rewind(a, mark);
  return status;
}

static rcp_status use(rcpi_fetcher *f, rcpi_arena *a, rcp_str url, const response *r, rcpi_fetched *out, rcp_error *error) {
  rcpi_http http;
  rcp_str line = r->head, first;
  const char *why = NULL;
  *out = (rcpi_fetched){.status = (unsigned)r->status, .url = rcpi_dup(url, a), .body = {"", 0}};
  if (!rcpi_http_parse(r->head, &http)) return rcpi_error(error, RCP_EINPUT, url, 0, "the server's answer is no HTTP");
  uint32_t wait;
  if (rcpi_parse_u32(rcpi_http_field(http.fields, "retry-after"), &wait)) out->wait = wait;
  out->etag = kept(a, rcpi_http_field(http.fields, "etag"));
  out->last_modified = kept(a, rcpi_http_field(http.fields, "last-modified"));
  if (r->status == 304) return RCP_OK;
  rcpi_next_line(&line, &first);
  size_t space = rcpi_find_char(first, ' ');
  if (r->status < 200 || r->status > 299) return rcpi_error(error, RCP_EINPUT, url, 0, "the server answers %.*s", RCPI_P(space == RCPI_NONE ? first : rcpi_sub(first, space + 1, first.n)));
  out->media_type = rcpi_http_media_type(a, kept(a, rcpi_http_field(http.fields, "content-type")), &out->charset);
  if (!get_body(a, r, f->options.most, &http, &out->body, &why)) return rcpi_error(error, RCP_ELIMIT, url, 0, "%s", why);
  out->body = rcpi_dup(out->body, a);
  out->why = why;
  return RCP_OK;
}

static rcp_status follow(rcpi_fetcher *f, rcpi_arena *a, rcp_str url, const rcpi_fetch_since *since, rcpi_fetched *out, rcp_error *error) {
  for (int i = 0; i <= MOST_REDIRECTS; i++) {
    rcpi_url u;
    response r = {0};
    if (!rcpi_url_split(url, &u)) return rcpi_error(error, RCP_EINPUT, url, 0, "no http or https URL");
    if (u.has_user) return rcpi_error(error, RCP_EINPUT, url, 0, "a URL with a user name in it is not asked for");
    if (url.n > LONGEST_URL) return rcpi_error(error, RCP_EINPUT, rcpi_sub(url, 0, 200), 0, "a URL of more than %d bytes", LONGEST_URL);
    rcp_status status = check_robots(f, a, url, &u, error);
    if (!status) status = ask(f, a, url, since, f->options.most, &r, error);
    if (!status) status = save(f, a, url, &r, error);
    if (status) return status;
    if (!is_redirect(&r)) return use(f, a, url, &r, out, error);
    url = rcpi_dup(rcpi_cstr(r.next), a);
  }
  return rcpi_error(error, RCP_ELIMIT, url, 0, "more than %d redirects", MOST_REDIRECTS);
}

rcp_status rcpi_fetch(rcpi_fetcher *f, rcpi_arena *a, rcp_str url, const rcpi_fetch_since *since, rcpi_fetched *out, rcp_error *error) {
  *out = (rcpi_fetched){0};
  f->arena.guard = a->guard;
  f->deadline = now_ms() + (int64_t)f->options.seconds * 1000;
  f->lib.easy_setopt(f->curl, CURLOPT_COOKIELIST, "ALL");   /* forgotten: only a page's own redirects see its cookies */
  size_t hash = rcpi_find_char(url, '#');
  rcp_status status = follow(f, a, hash == RCPI_NONE ? url : rcpi_sub(url, 0, hash), since, out, error);
  f->arena.guard = NULL;
  return status;
}

/* ----------------------------------------------------------------------------------------------------------- making */

rcp_status rcpi_fetcher_new(const rcpi_fetch_options *options, rcpi_fetcher **out, rcp_error *error) {
  rcpi_fetcher *f = calloc(1, sizeof *f);
  *out = NULL;
  if (f && !rcpi_curl_load(&f->lib)) {
    free(f);
    return rcpi_error(error, RCP_EINPUT, RCPI_S(""), 0, "URLs can't be read: libcurl (libcurl.so.4) is not installed");
  }
  if (!f || f->lib.global_init(CURL_GLOBAL_DEFAULT) || !(f->curl = f->lib.easy_init())) {
    free(f);
    return rcpi_error(error, RCP_ENOMEM, RCPI_S(""), 0, "out of memory");
  }
  f->options = *options;
  if (!f->options.seconds) f->options.seconds = SECONDS;
  if (!f->options.most) f->options.most = RCPI_MAX_ARTICLE;
  rcpi_arena_init(&f->arena);
  set_up(f);
  rcp_status status = options->save.n ? rcpi_warc_out_open(options->save, &f->save, error) : RCP_OK;
  if (status) rcpi_fetcher_free(f);
  else *out = f;
  return status;
}

void rcpi_fetcher_free(rcpi_fetcher *f) {
  if (!f) return;
  f->lib.easy_cleanup(f->curl);
  rcpi_warc_out_close(f->save);
  rcpi_buf_release(&f->head);
  rcpi_buf_release(&f->body);
  rcpi_arena_release(&f->arena);
  free(f);
}

#else

#include "base/error.h"

rcp_status rcpi_fetcher_new(const rcpi_fetch_options *options, rcpi_fetcher **out, rcp_error *error) {
  (void)options;
  *out = NULL;
  return rcpi_error(error, RCP_EINPUT, RCPI_S(""), 0, "this build reads no URLs: fetch the page first, then give the file");
}

rcp_status rcpi_fetch(rcpi_fetcher *f, rcpi_arena *a, rcp_str url, const rcpi_fetch_since *since, rcpi_fetched *out, rcp_error *error) {
  (void)f, (void)a, (void)since, (void)out;
  return rcpi_error(error, RCP_EINPUT, url, 0, "this build reads no URLs");
}

void rcpi_fetcher_free(rcpi_fetcher *f) {
  (void)f;
}

#endif
