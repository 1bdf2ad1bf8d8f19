/*
 * record.h - what a page shows, as names and values; and the two things that are made of it: the page, by a template that
 * people can read, and the JSON at the same URL. Since both come of one record, they can't say different things.
 *
 * A template is HTML (the .html files of serve/assets) with
 *
 *     {{name}}              a value, escaped; nothing when it is not stated
 *     {{url name}}          the same as one segment of a path
 *     {{date name}}         an ISO date as people of the page's language write it
 *     {{t key}}             the program's own words (data/lang/<tag>/message.tsv)
 *     {{t key name}}        with the value as their argument: {{t n_articles articles}} is "3 articles"
 *     {{#name}}...{{/name}} once for each record of a list, or once for a value that is stated and not empty
 *     {{^name}}...{{/name}} when there is none
 *
 * A name is looked for in the record at hand, then outward. There is no way to write a value unescaped.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RECOUPE_SERVE_RECORD_H
#define RECOUPE_SERVE_RECORD_H

#include "pool.h"

enum { SERVE_MOST_FIELDS = 24 };

typedef struct serve_record serve_record;

/* A value, a number, or a list. */
typedef struct serve_entry {
  const char *name;
  rcp_str text;
  bool is_number, is_list, is_private;   /* private: for the page only, not for JSON */
  serve_record *first, *last;
} serve_entry;

struct serve_record {
  serve_entry entries[SERVE_MOST_FIELDS];
  size_t n;
  serve_record *next;
};

/* Texts are copied; names are not. */
void serve_put(serve_pool *pool, serve_record *r, const char *name, rcp_str text);
void serve_put_number(serve_pool *pool, serve_record *r, const char *name, uint64_t n);
/* For the page and not for the JSON. */
void serve_put_private(serve_pool *pool, serve_record *r, const char *name, rcp_str text);
/* A list of that name, made when it is not there; its entry stays good until another is put. */
void serve_put_list(serve_record *r, const char *name);
/* A new record at the end of a list that serve_put_list made. */
serve_record *serve_append(serve_pool *pool, serve_record *r, const char *name);

void serve_record_json(serve_text *out, const serve_record *r);

typedef struct serve_speech { const rcp_engine *engine; const char *locale; } serve_speech;
void serve_render(serve_text *out, rcp_str template, const serve_record *r, const serve_speech *speech);

#endif
