/*
 * What libmicrohttpd is asked to do: connections, limits, headers, and who does the work.
 *
 * The problem: a story's page may take seconds to make, and strangers may be slow, many or hostile; none of it may keep
 * others waiting.
 *
 * The idea: one thread runs all connections (epoll) and only ever hands out what lies ready on the shelf. Anything else is
 * put in a queue and its connection suspended; a few workers, each with an archive of its own, make answers, put them on the
 * shelf and wake the connections. So sixty-four visitors who ask for a new page cost one making of it.
 * A kept answer is good as long as the archive's files have the same times and sizes, which is looked at for each request;
 * then the worker asks what the page would be made of (its print) before it makes it again.
 *
 * Limits: connections, in all and of one address; bytes of headers and body; seconds until a request is whole, and until an
 * answer has left: a clock cuts what takes longer, however busy it looks (slow-loris, slow reading).
 * SPDX-License-Identifier: Apache-2.0
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "desk.h"
#include "gzip.h"
#include "memory.h"
#include "mhd.h"
#include "serve.h"
#include "shelf.h"

/* MOST_KEPT: one and a half of that, plain and zipped, is the quarter of a shelf that one answer may take. */
enum {
  MOST_CONNECTIONS = 512, MOST_OF_ONE_ADDRESS = 128, REQUEST_BYTES = 32 << 10, BODY_BYTES = 64 << 10, DISCARD_BYTES = 128 << 10,
  REQUEST_SECONDS = 10, ANSWER_SECONDS = 60, REST_SECONDS = 15, N_WORKERS = 2, SHELF_BYTES = 8 << 20, MOST_KEPT = SHELF_BYTES / 6 - 1024, MOST_LOCALES = 8, LEAST_GZIP = 1024,
};

static const char security[][2][96] = {
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
    {"Cache-Control", "private, no-cache"},
    {"Vary", "Accept, Accept-Encoding, Accept-Language, Cookie"},
};
static const char plain_policy[] =
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/* One connection, as the clock sees it. */
typedef struct line {
  struct line *next, *before;
  int fd;
  time_t since;                /* when it began to wait for a request, or to be answered */
  bool is_answering;
} line;

/* One request. */
typedef struct visit {
  struct visit *next;
  struct server *server;
  struct MHD_Connection *connection;
  line *line;
  serve_request request;
  serve_visitor visitor;
  serve_text body;
  serve_answer answer;
  char *key, *path;
  const char *method;
  unsigned refused;            /* a status; 0: not */
  bool has_query_lang, wants_gzip;
  bool was_worked_on, is_answered;   /* a worker has had it; and has left the answer here, not on the shelf */
  unsigned status;             /* for the log */
  size_t n_sent;
  struct timespec began;
} visit;

/* What the shelf keeps: one answer as responses. */
typedef struct kept { struct MHD_Response *plain, *zipped, *same; char tag[24], zipped_tag[24]; } kept;

typedef struct server {
  const serve_options *options;
  struct MHD_Daemon *daemon;
  serve_vault *vault;
  char locales_text[MOST_LOCALES][8];
  const char *locales[MOST_LOCALES + 1], *hosts[16];
  char address[64], wal[4096];
  int socket;
  uint16_t port;
  pthread_mutex_t lock;        /* of all below */
  pthread_cond_t has_work;
  visit *first, *last;         /* waiting to be answered */
  serve_shelf shelf;
  line *lines;
  bool is_stopping;
  pthread_t workers[N_WORKERS];
  serve_desk *desks[N_WORKERS];
} server;

/* ------------------------------------------------------------------------------------------------------------- clock */

static time_t now_seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec;
}

static void on_line(void *cls, struct MHD_Connection *connection, void **context, enum MHD_ConnectionNotificationCode what) {
  server *s = cls;
  pthread_mutex_lock(&s->lock);
  if (what == MHD_CONNECTION_NOTIFY_STARTED) {
    const union MHD_ConnectionInfo *info = serve_mhd()->get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    line *l = calloc(1, sizeof *l);
    if (l) {
      *l = (line){.next = s->lines, .fd = info ? info->connect_fd : -1, .since = now_seconds()};
      if (s->lines) s->lines->before = l;
      s->lines = l;
    }
    *context = l;
  } else if (*context) {
    line *l = *context;
    if (l->before) l->before->next = l->next;
    else s->lines = l->next;
    if (l->next) l->next->before = l->before;
    free(l);
    *context = NULL;
  }
  pthread_mutex_unlock(&s->lock);
}

static void mark_line(server *s, line *l, bool is_answering) {
  if (!l) return;
  pthread_mutex_lock(&s->lock);
  l->since = now_seconds();
  l->is_answering = is_answering;
  pthread_mutex_unlock(&s->lock);
}

/* Cuts lines that take too long. The descriptor is open: it is closed only behind on_line, which waits for the lock. */
static void cut_slow_lines(server *s) {
  time_t now = now_seconds();
  pthread_mutex_lock(&s->lock);
  for (line *l = s->lines; l; l = l->next)
    if (l->fd >= 0 && now - l->since > (l->is_answering ? ANSWER_SECONDS : REQUEST_SECONDS)) shutdown(l->fd, SHUT_RDWR);
  pthread_mutex_unlock(&s->lock);
}

/* --------------------------------------------------------------------------------------------------------- responses */

/* A page of the library states its own policy at its head; the header says the same, and that nobody frames it. */
static void add_policy(struct MHD_Response *r, const serve_answer *a) {
  static const char mark[] = "http-equiv=Content-Security-Policy content=\"";
  char policy[1024];
  const char *beg = a->has_policy ? memmem(a->body.p, a->body.n < 4096 ? a->body.n : 4096, mark, sizeof mark - 1) : NULL;
  const char *end = beg ? strchr(beg + sizeof mark - 1, '"') : NULL;
  if (end && (size_t)(end - beg) < sizeof policy - 64)
    snprintf(policy, sizeof policy, "%.*s; frame-ancestors 'none'", (int)(end - beg - (long)(sizeof mark - 1)), beg + sizeof mark - 1);
  serve_mhd()->add_response_header(r, "Content-Security-Policy", end ? policy : plain_policy);
}

static struct MHD_Response *respond(serve_text *body, const serve_answer *a, const char *tag, bool is_zipped) {
  struct MHD_Response *r = serve_mhd()->create_response_from_buffer(body->n, body->p ? body->p : (char *)(uintptr_t)"",
                                                           body->p ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
  if (!r) return serve_text_release(body), NULL;
  for (size_t i = 0; i < sizeof security / sizeof *security; i++) serve_mhd()->add_response_header(r, security[i][0], security[i][1]);
  if (a->type) serve_mhd()->add_response_header(r, "Content-Type", a->type);
  if (tag) serve_mhd()->add_response_header(r, "ETag", tag);
  if (is_zipped) serve_mhd()->add_response_header(r, "Content-Encoding", "gzip");
  return r;
}

static void release_kept(void *handle) {
  kept *k = handle;
  if (k->plain) serve_mhd()->destroy_response(k->plain);
  if (k->zipped) serve_mhd()->destroy_response(k->zipped);
  if (k->same) serve_mhd()->destroy_response(k->same);
  free(k);
}

/* What is kept is weighed by its bytes, so it shall hold no more than these. */
static void fit(serve_text *t) {
  char *p = t->n ? realloc(t->p, t->n) : NULL;
  if (p) t->p = p, t->cap = t->n;
}

/* NULL without memory; the answer's body is gone either way. */
static kept *make_kept(serve_answer *a, size_t *weight) {
  kept *k = calloc(1, sizeof *k);
  serve_text zipped = {.p = NULL}, nothing = {.p = NULL};
  uint64_t hash = serve_hash((rcp_str){a->body.p, a->body.n});
  if (!k) return serve_text_release(&a->body), NULL;
  snprintf(k->tag, sizeof k->tag, "\"%016llx\"", (unsigned long long)hash);
  snprintf(k->zipped_tag, sizeof k->zipped_tag, "\"%016llx-g\"", (unsigned long long)hash);
  *weight = a->body.n + 512;
  fit(&a->body);
  bool is_zipped = a->body.n >= LEAST_GZIP && serve_gzip((rcp_str){a->body.p, a->body.n}, &zipped);
  if (is_zipped && zipped.n > a->body.n / 2) {
    serve_text_release(&zipped);   /* not worth its room */
  } else if (is_zipped) {
    fit(&zipped);
    *weight += zipped.n;
    k->zipped = respond(&zipped, a, k->zipped_tag, true);
    if (k->zipped) add_policy(k->zipped, a);
  }
  k->same = respond(&nothing, &(serve_answer){.type = NULL}, NULL, false);
  serve_text body = a->body;
  k->plain = respond(&body, a, k->tag, false);
  if (k->plain) add_policy(k->plain, a);
  a->body = (serve_text){.p = NULL};
  if (k->plain && k->same) return k;
  release_kept(k);
  return NULL;
}

static enum MHD_Result send_kept(visit *v, const kept *k) {
  bool is_zipped = v->wants_gzip && k->zipped;
  const char *none = serve_mhd()->lookup_connection_value(v->connection, MHD_HEADER_KIND, "If-None-Match");
  const char *tag = is_zipped ? k->zipped_tag : k->tag;
  bool is_same = none && serve_tag_matches(serve_str(none), tag);
  v->status = is_same ? 304 : 200;
  return serve_mhd()->queue_response(v->connection, v->status, is_same ? k->same : is_zipped ? k->zipped : k->plain);
}

static enum MHD_Result send_answer(visit *v) {
  serve_answer *a = &v->answer;
  v->n_sent = a->body.n;
  struct MHD_Response *r = respond(&a->body, a, NULL, false);
  if (!r) return MHD_NO;
  serve_mhd()->add_response_header(r, "Content-Security-Policy", plain_policy);
  if (*a->location) serve_mhd()->add_response_header(r, "Location", a->location);
  if (*a->cookie) serve_mhd()->add_response_header(r, "Set-Cookie", a->cookie);
  if (a->status == 405) serve_mhd()->add_response_header(r, "Allow", v->request.route >= SERVE_CORRECT && v->request.route <= SERVE_LOGOUT ? "GET, HEAD, POST" : "GET, HEAD");
  if (a->status == 401) serve_mhd()->add_response_header(r, "WWW-Authenticate", "Bearer");
  if (a->status == 429) serve_mhd()->add_response_header(r, "Retry-After", "60");
  a->body = (serve_text){.p = NULL};
  v->status = a->status;
  enum MHD_Result result = serve_mhd()->queue_response(v->connection, a->status, r);
  serve_mhd()->destroy_response(r);
  return result;
}

/* ----------------------------------------------------------------------------------------------------------- workers */

/* What tells whether the archive has changed: times and sizes of its file and of its log. */
static uint64_t stamp_of(const server *s) {
  const char *paths[] = {s->options->store, s->wal};
  struct { int64_t seconds, nanoseconds, size; uint64_t inode; } seen[2];
  memset(seen, 0, sizeof seen);
  for (size_t i = 0; i < 2; i++) {
    struct stat st;
    if (stat(paths[i], &st)) continue;
    seen[i].seconds = st.st_mtim.tv_sec;
    seen[i].nanoseconds = st.st_mtim.tv_nsec;
    seen[i].size = st.st_size;
    seen[i].inode = st.st_ino;
  }
  return serve_hash((rcp_str){(const char *)seen, sizeof seen});
}

/* Is an answer to this on the shelf, and of now, or of a moment ago when it was just made? Under the lock. */
static kept *on_shelf(server *s, const visit *v, uint64_t stamp) {
  serve_kept *found = v->key ? serve_shelf_find(&s->shelf, v->key) : NULL;
  return found && (found->stamp == stamp || v->was_worked_on) ? found->handle : NULL;
}

static void work_on(server *s, serve_desk *desk, visit *v) {
  uint64_t stamp = stamp_of(s);
  if (v->key) {
    pthread_mutex_lock(&s->lock);
    serve_kept *old = serve_shelf_find(&s->shelf, v->key);
    uint64_t print = old ? old->print : 0;
    bool is_there = old && old->stamp == stamp;
    pthread_mutex_unlock(&s->lock);
    if (is_there) return;
    if (print && serve_desk_print(desk, &v->request) == print) {
      pthread_mutex_lock(&s->lock);
      old = serve_shelf_find(&s->shelf, v->key);
      if (old && old->print == print) old->stamp = stamp, is_there = true;
      pthread_mutex_unlock(&s->lock);
      if (is_there) return;
    }
  }
  serve_desk_answer(desk, &v->request, &v->visitor, &v->answer);
  v->is_answered = true;
  if (!v->key || !v->answer.is_kept || v->answer.body.failed || v->answer.body.n > MOST_KEPT) return;
  size_t weight;
  uint64_t print = v->answer.print;
  kept *k = make_kept(&v->answer, &weight);
  pthread_mutex_lock(&s->lock);
  if (k) serve_shelf_put(&s->shelf, v->key, stamp, print, weight, k);
  v->is_answered = !k;
  pthread_mutex_unlock(&s->lock);
}

typedef struct worker { server *server; size_t i; } worker;

/* The next visit to work on; NULL when the server ends. A desk that has worked and then had nothing to do gives memory back. Under the lock. */
static visit *next_visit(server *s, serve_desk *desk, bool has_worked) {
  struct timespec until;
  clock_gettime(CLOCK_MONOTONIC, &until);
  until.tv_sec += REST_SECONDS;
  while (!s->first && !s->is_stopping) {
    if (!has_worked) {
      pthread_cond_wait(&s->has_work, &s->lock);
    } else if (pthread_cond_timedwait(&s->has_work, &s->lock, &until)) {
      has_worked = false;
      pthread_mutex_unlock(&s->lock);
      serve_desk_rest(desk);
      serve_memory_rest();
      pthread_mutex_lock(&s->lock);
    }
  }
  visit *v = s->first;
  if (v && !(s->first = v->next)) s->last = NULL;
  return v;
}

static void *work(void *p) {
  worker w = *(worker *)p;
  server *s = w.server;
  free(p);
  for (bool has_worked = false;; has_worked = true) {
    pthread_mutex_lock(&s->lock);
    visit *v = next_visit(s, s->desks[w.i], has_worked);
    bool is_stopping = s->is_stopping;
    pthread_mutex_unlock(&s->lock);
    if (!v) return NULL;
    if (!is_stopping) work_on(s, s->desks[w.i], v);
    v->was_worked_on = true;
    serve_mhd()->resume_connection(v->connection);
  }
}

/* False when the server ends: then there are no workers left to wake the connection. */
static bool hand_over(server *s, visit *v) {
  pthread_mutex_lock(&s->lock);
  if (s->is_stopping) return pthread_mutex_unlock(&s->lock), false;
  serve_mhd()->suspend_connection(v->connection);
  v->next = NULL;
  if (s->last) s->last->next = v;
  else s->first = v;
  s->last = v;
  pthread_cond_signal(&s->has_work);
  pthread_mutex_unlock(&s->lock);
  return true;
}

/* ---------------------------------------------------------------------------------------------------------- requests */

static rcp_str header(struct MHD_Connection *c, const char *name) {
  return serve_str(serve_mhd()->lookup_connection_value(c, MHD_HEADER_KIND, name));
}

/* The path as it was sent: the decoding is ours, since %2F and / are not the same. */
static size_t leave_escapes(void *cls, struct MHD_Connection *c, char *s) {
  (void)cls;
  (void)c;
  return strlen(s);
}

/* Before the request is parsed: the target, query and all, becomes the visit. */
static void *on_target(void *cls, const char *target, struct MHD_Connection *c) {
  visit *v = calloc(1, sizeof *v);
  if (!v) return NULL;
  v->server = cls;
  v->connection = c;
  v->path = strdup(target);
  clock_gettime(CLOCK_MONOTONIC, &v->began);
  const union MHD_ConnectionInfo *info = serve_mhd()->get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  v->line = info ? info->socket_context : NULL;
  if (!v->path) return free(v), NULL;
  return v;
}

static bool knows(const server *s, const char *lang) {
  for (size_t i = 0; s->locales[i]; i++)
    if (!strcmp(lang, s->locales[i])) return true;
  return false;
}

static void choose_language(visit *v) {
  server *s = v->server;
  char lang[8];
  const char *wanted = serve_language(header(v->connection, "Accept-Language"), s->locales);
  if (serve_cookie(header(v->connection, "Cookie"), "lang", lang, sizeof lang) && knows(s, lang)) wanted = lang;
  v->has_query_lang = *v->request.lang && knows(s, v->request.lang);
  if (v->has_query_lang) wanted = v->request.lang;
  for (size_t i = 0; s->locales[i]; i++)
    if (!strcmp(wanted, s->locales[i])) v->visitor.locale = s->locales[i];
}

static unsigned identify(visit *v) {
  server *s = v->server;
  rcp_str bearer = header(v->connection, "Authorization");
  static const char scheme[] = "Bearer ";
  if (!s->vault) return 0;
  if (bearer.n > sizeof scheme - 1 && !memcmp(bearer.p, scheme, sizeof scheme - 1)) {
    bearer = (rcp_str){bearer.p + sizeof scheme - 1, bearer.n - (sizeof scheme - 1)};
    serve_verdict verdict = serve_vault_check(s->vault, bearer, now_seconds());
    v->visitor.may_write = v->visitor.is_bearer = verdict == SERVE_RIGHT;
    return verdict == SERVE_RIGHT ? 0 : verdict == SERVE_WRONG ? 401 : 429;
  }
  if (serve_cookie(header(v->connection, "Cookie"), "session", v->visitor.session, sizeof v->visitor.session) &&
      serve_vault_session(s->vault, v->visitor.session, now_seconds(), v->visitor.key))
    v->visitor.may_write = true;
  return 0;
}

/* A form that another site sends is refused before anything is looked at. */
static bool is_from_here(const visit *v) {
  rcp_str origin = header(v->connection, "Origin"), site = header(v->connection, "Sec-Fetch-Site");
  if (site.n && !serve_eq(site, "same-origin") && !serve_eq(site, "none")) return false;
  if (!origin.n) return true;
  const char *host = memmem(origin.p, origin.n, "://", 3);
  return host && serve_host_is_ours((rcp_str){host + 3, origin.n - (size_t)(host + 3 - origin.p)}, v->server->hosts);
}

/* Answers differ by what is in the key, and by nothing else. */
static char *key_of(const visit *v) {
  const serve_request *r = &v->request;
  serve_text t = {.p = NULL};
  serve_addf(&t, "%d %d %s %s %u ", (int)r->route, (int)r->form, v->visitor.locale, r->day, r->page);
  serve_segment(&t, serve_str(r->id));
  serve_adds(&t, " ");
  serve_segment(&t, serve_str(r->words));
  if (t.failed) return serve_text_release(&t), NULL;
  return t.p;
}

static void begin(visit *v, const char *method, struct MHD_Connection *c) {
  server *s = v->server;
  const char *query = strchr(v->path, '?');
  rcp_str path = {v->path, query ? (size_t)(query - v->path) : strlen(v->path)};
  v->visitor.locale = s->locales[0];
  v->refused = serve_request_parse(method, path, serve_str(query ? query + 1 : NULL), header(c, "Accept"), &v->request);
  choose_language(v);
  v->wants_gzip = serve_takes_gzip(header(c, "Accept-Encoding"));
  if (!serve_host_is_ours(header(c, "Host"), s->hosts)) v->refused = 421;
  if (!v->refused) v->refused = identify(v);
  if (!v->refused && v->request.is_post && !v->visitor.is_bearer && !is_from_here(v)) v->refused = 403;
  bool is_everybodys = v->request.route != SERVE_CORRECT && v->request.route != SERVE_LOGIN && v->request.route != SERVE_LOGOUT;
  if (!v->refused && is_everybodys) v->key = key_of(v);
}

/* ?lang= of a page: remembered in a cookie, and the page asked for again without it. */
static enum MHD_Result send_language(visit *v) {
  serve_text to = {.p = NULL};
  const serve_request *r = &v->request;
  const char *query = strchr(v->path, '?'), *mark = "?";
  serve_add(&to, (rcp_str){v->path, query ? (size_t)(query - v->path) : strlen(v->path)});
  const struct { const char *name, *value; } fields[] = {{"q", r->words}, {"day", r->day}};
  for (size_t i = 0; i < 2; i++)
    if (*fields[i].value) serve_adds(&to, mark), serve_adds(&to, fields[i].name), serve_adds(&to, "="), serve_segment(&to, serve_str(fields[i].value)), mark = "&";
  if (r->page) serve_addf(&to, "%spage=%u", mark, r->page);
  v->answer = (serve_answer){.status = 303};
  bool fits = !to.failed && serve_path_is_local(to.p) && to.n < sizeof v->answer.location;
  snprintf(v->answer.location, sizeof v->answer.location, "%s", fits ? to.p : "/");
  snprintf(v->answer.cookie, sizeof v->answer.cookie, "lang=%s; Path=/; Max-Age=31536000; SameSite=Lax", v->visitor.locale);
  serve_text_release(&to);
  return send_answer(v);
}

static enum MHD_Result answer(visit *v) {
  server *s = v->server;
  mark_line(s, v->line, true);
  if (v->refused) {
    serve_desk_refuse(s->options->engine, v->refused, &v->request, &v->visitor, &v->answer);
    return send_answer(v);
  }
  if (v->is_answered) {
    if (v->answer.body.failed) serve_text_release(&v->answer.body), v->answer.status = 503;
    return send_answer(v);
  }
  if (v->has_query_lang && !v->request.is_post && v->request.form == SERVE_HTML && v->request.route <= SERVE_LOGIN) return send_language(v);
  if (v->key) {
    uint64_t stamp = stamp_of(s);
    pthread_mutex_lock(&s->lock);
    const kept *k = on_shelf(s, v, stamp);
    enum MHD_Result result = k ? send_kept(v, k) : MHD_NO;
    pthread_mutex_unlock(&s->lock);
    if (k) return result;
  }
  if (hand_over(s, v)) return MHD_YES;
  v->answer.status = 503;
  return send_answer(v);
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *c, const char *url, const char *method, const char *version,
                                  const char *data, size_t *n_data, void **context) {
  visit *v = *context;
  (void)cls;
  (void)url;
  (void)version;
  if (!v) return MHD_NO;
  if (!v->method) {            /* the headers are there */
    rcp_str length = header(c, "Content-Length");
    v->method = method;
    begin(v, method, c);
    if (length.n && (length.n > 9 || strtoul(length.p, NULL, 10) > BODY_BYTES)) return v->refused = 413, answer(v);
    return MHD_YES;
  }
  if (*n_data) {
    if (v->body.n + *n_data > DISCARD_BYTES) return MHD_NO;
    serve_add(&v->body, (rcp_str){data, *n_data});
    if (v->body.n > BODY_BYTES) v->refused = 413;
    *n_data = 0;
    return MHD_YES;
  }
  v->visitor.body = (rcp_str){v->body.p, v->body.n};
  return answer(v);
}

/* One line a request, with nothing in it that a terminal obeys or that ends the line. */
static void log_visit(const visit *v) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  double ms = (double)(t.tv_sec - v->began.tv_sec) * 1e3 + (double)(t.tv_nsec - v->began.tv_nsec) / 1e6;
  char path[128];
  size_t n = 0;
  for (const char *p = v->path; *p && n < sizeof path - 1; p++) path[n++] = (unsigned char)*p <= 0x20 || (unsigned char)*p >= 0x7F ? '?' : *p;
  path[n] = 0;
  fprintf(stderr, "%s %s %u %.1f ms\n", v->request.is_post ? "POST" : "GET", path, v->status, ms);
}

static void on_done(void *cls, struct MHD_Connection *c, void **context, enum MHD_RequestTerminationCode why) {
  server *s = cls;
  visit *v = *context;
  (void)c;
  (void)why;
  if (!v) return;
  mark_line(s, v->line, false);
  if (!s->options->is_quiet) log_visit(v);
  serve_text_release(&v->body);
  serve_text_release(&v->answer.body);
  free(v->key);
  free(v->path);
  free(v);
  *context = NULL;
}

/* ------------------------------------------------------------------------------------------------------------ running */

static rcp_status fail(rcp_error *error, rcp_status status, const char *source, const char *text) {
  if (!error) return status;
  *error = (rcp_error){.code = status};
  snprintf(error->source, sizeof error->source, "%s", source);
  snprintf(error->text, sizeof error->text, "%s", text);
  return status;
}

/* "8080", "127.0.0.1:8080", "[::1]:8080" */
static bool parse_address(const char *text, struct sockaddr_storage *out, char host[64]) {
  const char *colon = strrchr(text, ':');
  const char *port = colon ? colon + 1 : text;
  size_t n = colon ? (size_t)(colon - text) : 0;
  char *end;
  unsigned long number = strtoul(port, &end, 10);
  if (!*port || *end || number > 65535 || n >= 60) return false;
  snprintf(host, 64, "%.*s", (int)n, text);
  if (!n) strcpy(host, "127.0.0.1");
  memset(out, 0, sizeof *out);
  if (host[0] == '[' && n > 2 && host[n - 1] == ']') {
    char bare[64];
    struct sockaddr_in6 *a = (struct sockaddr_in6 *)out;
    snprintf(bare, sizeof bare, "%.*s", (int)n - 2, host + 1);
    *a = (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)number)};
    return inet_pton(AF_INET6, bare, &a->sin6_addr) == 1;
  }
  struct sockaddr_in *a = (struct sockaddr_in *)out;
  *a = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)number)};
  return inet_pton(AF_INET, host, &a->sin_addr) == 1;
}

static rcp_status open_socket(server *s, rcp_error *error) {
  struct sockaddr_storage address;
  const char *where = s->options->listen ? s->options->listen : "127.0.0.1:8080";
  s->socket = -1;
  if (!parse_address(where, &address, s->address)) return fail(error, RCP_EUSAGE, where, "no address: PORT, ADDRESS:PORT or [ADDRESS]:PORT");
  s->hosts[0] = s->address;
  socklen_t size = address.ss_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
  s->socket = socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (s->socket < 0) return fail(error, RCP_EIO, where, strerror(errno));
  setsockopt(s->socket, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
  if (bind(s->socket, (struct sockaddr *)&address, size) || listen(s->socket, MOST_CONNECTIONS)) return fail(error, RCP_EIO, where, strerror(errno));
  if (getsockname(s->socket, (struct sockaddr *)&address, &size)) return fail(error, RCP_EIO, where, strerror(errno));
  s->port = ntohs(address.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&address)->sin6_port : ((struct sockaddr_in *)&address)->sin_port);
  return RCP_OK;
}

static rcp_status start(server *s, rcp_error *error) {
  unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
  errno = 0;
  s->daemon = serve_mhd()->start_daemon(
      flags, s->port, NULL, NULL, on_request, s, MHD_OPTION_LISTEN_SOCKET, s->socket, MHD_OPTION_CONNECTION_LIMIT,
      (unsigned)MOST_CONNECTIONS, MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)MOST_OF_ONE_ADDRESS, MHD_OPTION_CONNECTION_TIMEOUT,
      (unsigned)ANSWER_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)REQUEST_BYTES, MHD_OPTION_STRICT_FOR_CLIENT, 1,
      MHD_OPTION_URI_LOG_CALLBACK, on_target, s, MHD_OPTION_UNESCAPE_CALLBACK, leave_escapes, NULL, MHD_OPTION_NOTIFY_COMPLETED, on_done,
      s, MHD_OPTION_NOTIFY_CONNECTION, on_line, s, MHD_OPTION_END);
  return s->daemon ? RCP_OK : fail(error, RCP_EIO, s->address, errno ? strerror(errno) : "the server does not start");
}

static rcp_status prepare(server *s, rcp_error *error) {
  rcp_str locale;
  size_t n = 0;
  for (size_t i = 0; n < MOST_LOCALES && (locale = rcp_locale(s->options->engine, i)).p; i++) {
    if (locale.n >= sizeof s->locales_text[0]) continue;
    snprintf(s->locales_text[n], sizeof s->locales_text[n], "%.*s", (int)locale.n, locale.p);
    s->locales[n] = s->locales_text[n];
    n++;
  }
  const char *first = s->options->locale && knows(s, s->options->locale) ? s->options->locale : "en";
  for (size_t i = 1; i < n; i++)   /* the first is for who asks for none that is there */
    if (!strcmp(s->locales[i], first)) s->locales[i] = s->locales[0], s->locales[0] = first;
  for (size_t i = 0; s->options->hosts && s->options->hosts[i] && i < 14; i++) s->hosts[i + 1] = s->options->hosts[i];
  if (snprintf(s->wal, sizeof s->wal, "%s-wal", s->options->store) >= (int)sizeof s->wal) return fail(error, RCP_EUSAGE, "", "the path is too long");
  if (s->options->token && !(s->vault = serve_vault_new(s->options->token))) return fail(error, RCP_ENOMEM, "", "out of memory");
  s->shelf.most = SHELF_BYTES;
  s->shelf.release = release_kept;
  rcp_status status = RCP_OK;
  for (size_t i = 0; i < N_WORKERS && !status; i++) status = serve_desk_new(s->options->engine, s->options->store, s->vault, &s->desks[i], error);
  return status;
}

static rcp_status start_workers(server *s, size_t *n, rcp_error *error) {
  for (*n = 0; *n < N_WORKERS; ++*n) {
    worker *w = malloc(sizeof *w);
    if (w) *w = (worker){s, *n};
    if (!w || pthread_create(&s->workers[*n], NULL, work, w)) return free(w), fail(error, RCP_ENOMEM, "", "no thread to be had");
  }
  return RCP_OK;
}

/* Until a signal; meanwhile the clock of slow lines. */
static void wait_for_end(server *s, const sigset_t *signals) {
  const struct timespec second = {.tv_sec = 1};
  while (sigtimedwait(signals, NULL, &second) < 0) cut_slow_lines(s);
}

static void stop(server *s, size_t n_workers) {
  pthread_mutex_lock(&s->lock);
  s->is_stopping = true;
  pthread_cond_broadcast(&s->has_work);
  pthread_mutex_unlock(&s->lock);
  for (size_t i = 0; i < n_workers; i++) pthread_join(s->workers[i], NULL);
  if (s->daemon) serve_mhd()->stop_daemon(s->daemon);   /* closes the socket */
  else if (s->socket >= 0) close(s->socket);
  serve_shelf_clear(&s->shelf);
  for (size_t i = 0; i < N_WORKERS; i++) serve_desk_free(s->desks[i]);
  serve_vault_free(s->vault);
}

static void announce(const server *s) {
  fprintf(stderr, "recoupe serve: http://%s:%u/ (Ctrl-C ends it)\n", s->address, s->port);
}

rcp_status serve_run(const serve_options *options, rcp_error *error) {
  if (!serve_mhd()) return fail(error, RCP_EIO, "", "the server needs libmicrohttpd, which is not installed");
  server *s = calloc(1, sizeof *s);
  if (!s) return fail(error, RCP_ENOMEM, "", "out of memory");
  sigset_t signals, before;
  size_t n_workers = 0;
  serve_memory_keep();
  s->options = options;
  pthread_mutex_init(&s->lock, NULL);
  pthread_condattr_t by_clock;
  pthread_condattr_init(&by_clock);
  pthread_condattr_setclock(&by_clock, CLOCK_MONOTONIC);
  pthread_cond_init(&s->has_work, &by_clock);
  pthread_condattr_destroy(&by_clock);
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, &before);
  void (*on_pipe)(int) = signal(SIGPIPE, SIG_IGN);
  rcp_status status = open_socket(s, error);
  if (!status && options->give_up) status = options->give_up(options->with, error);
  if (!status) status = prepare(s, error);
  if (!status) status = start_workers(s, &n_workers, error);
  if (!status) status = start(s, error);
  if (!status) {
    announce(s);
    wait_for_end(s, &signals);
  }
  stop(s, n_workers);
  signal(SIGPIPE, on_pipe);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_cond_destroy(&s->has_work);
  pthread_mutex_destroy(&s->lock);
  free(s);
  return status;
}
