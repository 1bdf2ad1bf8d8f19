/*
 * Corrections, and the login before them.
 *
 * A form must bring the session's key (no other site can read it), or the request the token itself. Each correction is one
 * transaction of the archive; what it did is on the story's page and in its events, for ever.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>

#include "pages.h"

extern const rcp_str rcpi_asset_correct_html, rcpi_asset_login_html;

enum { MOST_PARTS = 200, MOST_OTHERS = 60, MOST_EVENTS = 50, ID_ROOM = 1024 };

static void send_to(serve_answer *out, const char *path, const char *id) {
  serve_text t = {.p = NULL};
  serve_adds(&t, path);
  serve_segment(&t, serve_str(id));
  bool fits = !t.failed && t.n < sizeof out->location;
  snprintf(out->location, sizeof out->location, "%s", fits ? t.p : "/");
  out->status = 303;
  serve_text_release(&t);
}

/* ------------------------------------------------------------------------------------------------------------- login */

static unsigned login_form(serve_page *p, const char *next, const char *wrong, unsigned status, serve_answer *out) {
  serve_page_begin(p, serve_page_words(p, "log_in"));
  serve_put(p->pool, p->record, "next", serve_str(next));
  serve_put(p->pool, p->record, "wrong", wrong ? serve_page_words(p, wrong) : (rcp_str){NULL, 0});
  serve_page_end(p, rcpi_asset_login_html, out);
  out->status = status;
  return 0;
}

unsigned serve_login_page(serve_page *p, serve_vault *vault, serve_answer *out) {
  char next[ID_ROOM], token[256];
  struct timespec now;
  if (!vault) return 404;
  if (!p->request->is_post) return login_form(p, "/", NULL, 200, out);
  if (!serve_field(p->visitor->body, "next", 0, next, sizeof next) || !serve_path_is_local(next)) strcpy(next, "/");
  if (!serve_field(p->visitor->body, "token", 0, token, sizeof token)) *token = 0;
  clock_gettime(CLOCK_MONOTONIC, &now);
  serve_verdict verdict = serve_vault_check(vault, serve_str(token), now.tv_sec);
  explicit_bzero(token, sizeof token);
  if (verdict == SERVE_TOO_MANY) return 429;
  if (verdict == SERVE_WRONG) return login_form(p, next, "token_wrong", 403, out);
  char session[SERVE_KEY + 1];
  if (!serve_vault_open(vault, now.tv_sec, session)) return 503;
  snprintf(out->cookie, sizeof out->cookie, "session=%s; Path=/; HttpOnly; SameSite=Strict", session);
  snprintf(out->location, sizeof out->location, "%s", next);
  out->status = 303;
  return 0;
}

static bool has_key(const serve_page *p) {
  char key[SERVE_KEY + 1];
  return p->visitor->is_bearer || (*p->visitor->key && serve_field(p->visitor->body, "key", 0, key, sizeof key) &&
                                   serve_same_secret(serve_str(key), serve_str(p->visitor->key)));
}

unsigned serve_logout(serve_page *p, serve_vault *vault, serve_answer *out) {
  if (!vault) return 404;
  if (!has_key(p)) return 403;
  serve_vault_close(vault, p->visitor->session);
  snprintf(out->cookie, sizeof out->cookie, "session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
  send_to(out, "/", "");
  return 0;
}

/* --------------------------------------------------------------------------------------------------------- the form */

static void see_article(void *with, const rcp_archive_row *row) {
  serve_page *p = with;
  if (!row->is_latest) return;
  serve_record *r = serve_append(p->pool, p->record, "articles");
  serve_put(p->pool, r, "id", row->id);
  serve_put(p->pool, r, "title", row->title.n ? row->title : row->id);
  serve_put(p->pool, r, "publisher", row->publisher);
  serve_put(p->pool, r, "published", row->published);
  serve_put(p->pool, r, "language", row->language);
}

static void see_other(void *with, const rcp_archive_story *story) {
  serve_page *p = with;
  if (serve_eq(story->id, p->request->id)) return;
  serve_record *r = serve_append(p->pool, p->record, "others");
  serve_put(p->pool, r, "id", story->id);
  serve_put(p->pool, r, "title", story->title.n ? story->title : story->id);
  serve_put_number(p->pool, r, "articles", story->n_articles);
}

static void see_title(void *with, const rcp_archive_story *story) {
  serve_page *p = with;
  serve_put(p->pool, p->record, "story_title", story->title.n ? story->title : story->id);
}

static void see_event(void *with, const rcp_archive_event *event) {
  serve_page *p = with;
  serve_record *r = serve_append(p->pool, p->record, "events");
  char at[32] = "";
  time_t seconds = (time_t)event->at;
  struct tm t;
  if (event->at > 0 && gmtime_r(&seconds, &t)) strftime(at, sizeof at, "%Y-%m-%dT%H:%MZ", &t);
  serve_put(p->pool, r, "at", *at ? serve_str(at) : (rcp_str){NULL, 0});
  if (p->request->form == SERVE_HTML) {
    char key[32];
    snprintf(key, sizeof key, "event_%s", event->kind);
    serve_put(p->pool, r, "kind", serve_page_words(p, key));
  } else {
    serve_put(p->pool, r, "kind", serve_str(event->kind));
  }
  serve_put(p->pool, r, "story", event->story);
  serve_put(p->pool, r, "other", event->other);
  serve_put(p->pool, r, "by_person", event->by_person ? SERVE_S("1") : (rcp_str){NULL, 0});
  serve_put(p->pool, r, "note", event->note);
}

static unsigned correct_form(serve_page *p, const char *wrong, unsigned status, serve_answer *out) {
  const char *id = p->request->id;
  rcp_archive_query recent = {.most = MOST_OTHERS};
  serve_page_begin(p, serve_page_words(p, "page_correct"));
  serve_put(p->pool, p->record, "id", serve_str(id));
  serve_put(p->pool, p->record, "wrong", wrong ? serve_str(wrong) : (rcp_str){NULL, 0});
  if (rcp_archive_story_get(p->archive, id, see_title, p, NULL)) return 404;
  serve_put_list(p->record, "articles");
  serve_put_list(p->record, "events");
  rcp_status failed = rcp_archive_show(p->archive, id, see_article, p, NULL);
  if (!failed) failed = rcp_archive_events(p->archive, id, MOST_EVENTS, see_event, p, NULL);
  if (!failed && p->request->form == SERVE_HTML) failed = rcp_archive_stories(p->archive, &recent, see_other, p, NULL);
  if (failed) return 500;
  serve_page_end(p, rcpi_asset_correct_html, out);
  out->status = status;
  return 0;
}

/* ----------------------------------------------------------------------------------------------------------- the deed */

/* The ids under `name` in the form, copied. */
static size_t ids_of(serve_page *p, const char *name, const char **out) {
  char id[ID_ROOM];
  size_t n = 0;
  while (n < MOST_PARTS && serve_field(p->visitor->body, name, n, id, sizeof id)) out[n++] = serve_dup(p->pool, serve_str(id)).p;
  return n;
}

static rcp_status correct(serve_page *p, const char *what, const char *note, char to[ID_ROOM], rcp_error *error) {
  const char **articles = serve_alloc(p->pool, MOST_PARTS, sizeof *articles);
  size_t n = ids_of(p, "article", articles);
  char into[ID_ROOM];
  rcp_archive_line line;
  snprintf(to, ID_ROOM, "%s", p->request->id);
  if (!strcmp(what, "split") && n) return rcp_archive_split(p->archive, articles, n, note, &line, error);
  if (!strcmp(what, "apart") && n == 2) return rcp_archive_not_same(p->archive, articles[0], articles[1], note, &line, error);
  bool has_into = (serve_field(p->visitor->body, "into_id", 0, into, sizeof into) && *into) ||
                  (serve_field(p->visitor->body, "into", 0, into, sizeof into) && *into);
  if (!strcmp(what, "merge") && has_into) {
    rcp_status status = rcp_archive_merge(p->archive, p->request->id, into, note, error);
    if (!status) snprintf(to, ID_ROOM, "%s", into);
    return status;
  }
  snprintf(error->text, sizeof error->text, "%.*s", (int)serve_page_words(p, "correct_what").n, serve_page_words(p, "correct_what").p);
  return RCP_EUSAGE;
}

unsigned serve_correct_page(serve_page *p, serve_vault *vault, serve_answer *out) {
  char what[16] = "", note[512] = "", to[ID_ROOM];
  rcp_error error = {.code = RCP_OK};
  if (!vault) return serve_error_page(p, 403, "correct_off", out), 0;
  if (!p->visitor->may_write) {
    if (p->request->form != SERVE_HTML || p->request->is_post) return 401;
    serve_text next = {.p = NULL};
    serve_adds(&next, "/story/");
    serve_segment(&next, serve_str(p->request->id));
    serve_adds(&next, "/correct");
    rcp_str path = next.failed ? SERVE_S("/") : serve_dup(p->pool, (rcp_str){next.p, next.n});
    serve_text_release(&next);
    return login_form(p, path.p, NULL, 200, out);
  }
  if (!p->request->is_post) return correct_form(p, NULL, 200, out);
  if (!has_key(p)) return 403;
  serve_field(p->visitor->body, "do", 0, what, sizeof what);
  if (!serve_field(p->visitor->body, "note", 0, note, sizeof note)) *note = 0;
  rcp_status status = correct(p, what, *note ? note : NULL, to, &error);
  if (!status) return send_to(out, "/story/", to), 0;
  return status == RCP_EUSAGE ? correct_form(p, error.text, 400, out) : 500;
}
