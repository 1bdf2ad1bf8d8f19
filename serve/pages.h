/*
 * pages.h - the archive's own pages. Each function fills *out and returns 0, or returns the HTTP status to refuse with.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RECOUPE_SERVE_PAGES_H
#define RECOUPE_SERVE_PAGES_H

#include "answer.h"
#include "record.h"

typedef struct serve_page {
  const rcp_engine *engine;
  rcp_archive *archive;
  serve_pool *pool;
  const serve_request *request;
  const serve_visitor *visitor;
  bool takes_corrections;      /* the server has a token */
  serve_record *record;
  rcp_article **article;       /* what a page opens; the desk frees it, whatever happens */
} serve_page;

unsigned serve_stories_page(serve_page *p, serve_answer *out);
unsigned serve_search_page(serve_page *p, serve_answer *out);
/* An article as data; its page is the library's. */
unsigned serve_article_json(serve_page *p, const char *story, serve_answer *out);
unsigned serve_correct_page(serve_page *p, serve_vault *vault, serve_answer *out);
unsigned serve_login_page(serve_page *p, serve_vault *vault, serve_answer *out);
unsigned serve_logout(serve_page *p, serve_vault *vault, serve_answer *out);
/* `what`: key of the words that say what is wrong; NULL: those of the status. */
void serve_error_page(serve_page *p, unsigned status, const char *what, serve_answer *out);

/* page.c: the record with what every page shows; then out of it the page, or the JSON where that was asked for. */
void serve_page_begin(serve_page *p, rcp_str title);
void serve_page_end(serve_page *p, rcp_str template, serve_answer *out);
/* The program's own words, in the page's language; good as long as the pool. */
rcp_str serve_page_words(serve_page *p, const char *key);

#endif
