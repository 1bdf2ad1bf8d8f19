/*
 * Each page is a record (record.h) that is filled from the archive and then written as HTML by its template or as JSON; the
 * story and its articles are the library's own dossier.
 *
 * A dossier takes from milliseconds to seconds to make and is asked for by several pages (the story, its JSON, each of its
 * articles), so the last few are kept, each with a print of the articles that it was made of. It also takes about a megabyte an
 * article, so what is kept is bounded by articles, and one that is out of date goes first: an archive that grew under load had the server at
 * 870 MB after four minutes. The archive takes an article's claims out of a dossier that is kept here, so that there is never a second of
 * a story beside it: that had made the server 400 MB large for 250. Memory that is given back stays for the next dossier and goes to the system at rest (memory.h).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "desk.h"

#include <stdio.h>
#include <stdlib.h>

#include "pages.h"
#include "shelf.h"

enum { DOSSIERS = 6, MOST_ARTICLES = 150 };   /* of the dossiers that a desk keeps, and of all their stories */

typedef struct made { char story[1024]; uint64_t print, last; size_t n_articles; rcp_dossier *dossier; } made;

struct serve_desk {
  const rcp_engine *engine;
  serve_vault *vault;
  rcp_archive *archive;
  rcp_article *article;        /* that the answer at hand has opened */
  made dossiers[DOSSIERS];
  uint64_t clock;
};

rcp_status serve_desk_new(const rcp_engine *engine, const char *store, serve_vault *vault, serve_desk **out, rcp_error *error) {
  serve_desk *d = calloc(1, sizeof *d);
  if (!d) {
    if (error) *error = (rcp_error){.code = RCP_ENOMEM, .text = "out of memory"};
    return RCP_ENOMEM;
  }
  d->engine = engine;
  d->vault = vault;
  rcp_status status = rcp_archive_open(engine, store, vault != NULL, &d->archive, error);
  if (status) free(d), d = NULL;
  *out = d;
  return status;
}

void serve_desk_free(serve_desk *d) {
  if (!d) return;
  for (size_t i = 0; i < DOSSIERS; i++) rcp_dossier_free(d->dossiers[i].dossier);
  rcp_archive_close(d->archive);
  free(d);
}

void serve_desk_rest(serve_desk *d) {
  rcp_archive_rest(d->archive);
}

/* ----------------------------------------------------------------------------------------------------------- dossiers */

typedef struct print_of { uint64_t sum; size_t n; } print_of;

static void add_print(void *with, const rcp_archive_row *row) {
  print_of *p = with;
  uint64_t parts[] = {p->sum, serve_hash(row->id), serve_hash(row->story), row->version, row->number};
  if (!row->is_latest) return;
  p->sum = serve_hash((rcp_str){(const char *)parts, sizeof parts});
  p->n++;
}

/* Of the articles that a story has now, which *n (may be NULL) counts; 0: no such story. */
static uint64_t print_of_story(serve_desk *d, const char *story, size_t *n) {
  print_of p = {.sum = 1};
  if (rcp_archive_show(d->archive, story, add_print, &p, NULL) || !p.n) return 0;
  if (n) *n = p.n;
  return p.sum ? p.sum : 1;
}

static void take_story(void *with, const rcp_archive_row *row) {
  snprintf(with, 1024, "%.*s", (int)(row->story.n < 1023 ? row->story.n : 1023), row->story.p);
}

/* The story of an article; empty: no such article. */
static void story_of_article(serve_desk *d, const char *article, char story[1024]) {
  *story = 0;
  if (rcp_archive_article_row(d->archive, article, take_story, story, NULL)) *story = 0;
}

uint64_t serve_desk_print(serve_desk *d, const serve_request *r) {
  char story[1024];
  if (r->route == SERVE_STORY) return print_of_story(d, r->id, NULL);
  if (r->route != SERVE_ARTICLE) return 0;
  story_of_article(d, r->id, story);
  return *story ? print_of_story(d, story, NULL) : 0;
}

static void forget(made *m) {
  rcp_dossier_free(m->dossier);
  *m = (made){.dossier = NULL};
}

/* Drops what is out of date of this story, then what was least lately asked for until `n` more articles have room. A free place. */
static made *make_room(serve_desk *d, const char *story, size_t n) {
  size_t kept = 0;
  for (size_t i = 0; i < DOSSIERS; i++) {
    if (d->dossiers[i].dossier && !strcmp(d->dossiers[i].story, story)) forget(&d->dossiers[i]);
    kept += d->dossiers[i].n_articles;
  }
  for (;;) {
    made *oldest = NULL, *empty = NULL;
    for (size_t i = 0; i < DOSSIERS; i++) {
      made *m = &d->dossiers[i];
      if (!m->dossier) empty = m;
      else if (!oldest || m->last < oldest->last) oldest = m;
    }
    if (empty && (!oldest || kept + n <= MOST_ARTICLES)) return empty;
    kept -= oldest->n_articles;
    forget(oldest);
  }
}

/* As the articles stand, `n` of them, of which the latest are in it; stays the desk's. */
static rcp_status dossier_of(serve_desk *d, const char *story, uint64_t print, size_t n, const rcp_dossier **out, rcp_error *error) {
  for (size_t i = 0; i < DOSSIERS; i++) {
    made *m = &d->dossiers[i];
    if (m->dossier && m->print == print && !strcmp(m->story, story)) {
      m->last = ++d->clock;
      return *out = m->dossier, RCP_OK;
    }
  }
  n = n < MOST_ARTICLES ? n : MOST_ARTICLES;
  made *place = make_room(d, story, n);
  rcp_dossier *fresh;
  rcp_status status = rcp_archive_dossier(d->archive, story, &fresh, error);
  if (status) return status;
  *place = (made){.print = print, .last = ++d->clock, .n_articles = n, .dossier = fresh};
  snprintf(place->story, sizeof place->story, "%s", story);
  return *out = fresh, RCP_OK;
}

/* ------------------------------------------------------------------------------------------------------------- pages */

static unsigned status_of(rcp_status status) {
  return status == RCP_EUSAGE ? 404 : status == RCP_ENOMEM || status == RCP_ELIMIT ? 503 : 500;
}

static const char *name_of(serve_text *name, const rcp_article *article) {
  static const rcp_field fields[] = {RCP_FIELD_ID, RCP_FIELD_URL, RCP_FIELD_SOURCE};
  rcp_str s = {NULL, 0};
  for (size_t i = 0; i < 3 && !s.p; i++) s = rcp_article_get(article, fields[i]);
  serve_add(name, s);
  return name->failed ? NULL : name->p;
}

/* The dossier of a large story holds its latest articles only: the page of an earlier one is made of that alone. */
static rcp_status write_alone(serve_desk *d, const char *id, rcp_write_options how, rcp_buffer *bytes) {
  rcp_article *article;
  rcp_dossier *dossier;
  serve_text name = {.p = NULL};
  rcp_status status = rcp_archive_article(d->archive, id, &article, NULL);
  if (status) return status;
  status = rcp_compare(d->engine, &article, 1, &dossier, NULL);
  if (!status) {
    how.article = name_of(&name, article);
    status = how.article ? rcp_dossier_write(dossier, RCP_FORMAT_HTML, &how, bytes, NULL) : RCP_ENOMEM;
    rcp_dossier_free(dossier);
  }
  serve_text_release(&name);
  rcp_article_free(article);
  return status;
}

/* The library's page of a story or of one article of it. */
static unsigned story_page(serve_desk *d, const serve_request *r, const serve_visitor *visitor, const char *story, serve_answer *out) {
  static const struct { rcp_format format; const char *type; } forms[] = {
      [SERVE_HTML] = {RCP_FORMAT_HTML, "text/html; charset=utf-8"},
      [SERVE_JSON] = {RCP_FORMAT_JSON, "application/json"},
      [SERVE_JSONLD] = {RCP_FORMAT_JSONLD, "application/ld+json"}};
  const rcp_dossier *dossier;
  rcp_buffer bytes = {NULL, 0};
  serve_text path = {.p = NULL};
  size_t n = 0;
  out->print = print_of_story(d, story, &n);
  rcp_status status = out->print ? dossier_of(d, story, out->print, n, &dossier, NULL) : RCP_EUSAGE;
  if (status) return status_of(status);
  serve_adds(&path, "/story/");
  serve_segment(&path, serve_str(story));
  if (path.failed) return serve_text_release(&path), 503;
  rcp_write_options how = {.locale = visitor->locale, .served = path.p, .article = r->route == SERVE_ARTICLE ? r->id : NULL};
  status = rcp_dossier_write(dossier, forms[r->form].format, &how, &bytes, NULL);
  if (status == RCP_EUSAGE && how.article) status = write_alone(d, r->id, how, &bytes);
  serve_text_release(&path);
  if (status) return status_of(status);
  out->body = (serve_text){bytes.p, bytes.n, bytes.n, false};
  out->type = forms[r->form].type;
  out->has_policy = r->form == SERVE_HTML;
  out->is_kept = true;
  return out->status = 200, 0;
}

static unsigned article_page(serve_desk *d, serve_pool *pool, const serve_request *r, const serve_visitor *visitor, serve_answer *out) {
  char story[1024];
  story_of_article(d, r->id, story);
  if (!*story) return 404;
  if (r->form == SERVE_HTML) return story_page(d, r, visitor, story, out);
  serve_page page = {d->engine, d->archive, pool, r, visitor, d->vault != NULL, NULL, &d->article};
  const rcp_dossier *dossier;
  size_t n = 0;
  out->print = print_of_story(d, story, &n);
  for (unsigned i = 0; i < 2 && out->print && !rcp_archive_has_claims(d->archive, story); i++) {   /* the story may change while one is made */
    rcp_status status = dossier_of(d, story, out->print, n, &dossier, NULL);
    if (status) return status_of(status);
    out->print = print_of_story(d, story, &n);
  }
  return out->print ? serve_article_json(&page, story, out) : 404;
}

extern const rcp_str rcpi_asset_archive_css, rcpi_asset_openapi_json, rcpi_asset_report_css;

static void put_asset(const rcp_str *parts, size_t n, const char *type, serve_answer *out) {
  for (size_t i = 0; i < n; i++) serve_add(&out->body, parts[i]);
  out->type = type;
  out->is_kept = true;
  out->status = 200;
}

static unsigned answer(serve_desk *d, serve_pool *pool, const serve_request *r, const serve_visitor *visitor, serve_answer *out) {
  serve_page page = {d->engine, d->archive, pool, r, visitor, d->vault != NULL, NULL, &d->article};
  switch (r->route) {
    case SERVE_STORIES: return serve_stories_page(&page, out);
    case SERVE_SEARCH: return serve_search_page(&page, out);
    case SERVE_STORY: return story_page(d, r, visitor, r->id, out);
    case SERVE_ARTICLE: return article_page(d, pool, r, visitor, out);
    case SERVE_CORRECT: return serve_correct_page(&page, d->vault, out);
    case SERVE_LOGIN: return serve_login_page(&page, d->vault, out);
    case SERVE_LOGOUT: return serve_logout(&page, d->vault, out);
    case SERVE_STYLE: return put_asset((rcp_str[]){rcpi_asset_report_css, rcpi_asset_archive_css}, 2, "text/css; charset=utf-8", out), 0;
    case SERVE_OPENAPI: return put_asset(&rcpi_asset_openapi_json, 1, "application/json", out), 0;
    case SERVE_ICON: return out->status = 204, 0;
  }
  return 404;
}

void serve_desk_answer(serve_desk *d, const serve_request *r, const serve_visitor *visitor, serve_answer *out) {
  serve_pool pool = {.chunk = NULL};
  volatile unsigned refused = 503;
  *out = (serve_answer){.status = 200};
  if (setjmp(pool.guard) == 0) refused = answer(d, &pool, r, visitor, out);
  serve_pool_release(&pool);
  rcp_article_free(d->article);
  d->article = NULL;
  if (out->body.failed) refused = 503;
  if (refused) serve_desk_refuse(d->engine, refused, r, visitor, out);
}

void serve_desk_refuse(const rcp_engine *engine, unsigned status, const serve_request *r, const serve_visitor *visitor, serve_answer *out) {
  serve_pool pool = {.chunk = NULL};
  serve_text_release(&out->body);
  *out = (serve_answer){.status = status};
  serve_page page = {engine, NULL, &pool, r, visitor, false, NULL, NULL};
  if (setjmp(pool.guard) == 0) serve_error_page(&page, status, NULL, out);
  serve_pool_release(&pool);
  if (out->body.failed) serve_text_release(&out->body);
}
