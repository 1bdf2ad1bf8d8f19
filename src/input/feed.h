/*
 * feed.h - the items of an RSS (0.9x, 1.0, 2.0) or Atom feed, as publishers write them: the door to libxml2.
 *
 * An item gives what it states: title, link, id, author, date, text or HTML, and its <source>: the channel or site that it
 * was taken from, which is provenance and is kept. Feeds are often not quite XML (an entity of HTML, a stray byte, cut in
 * the middle): what can be read is given, and `trouble` says what was wrong.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_INPUT_FEED_H
#define RCPI_INPUT_FEED_H

#include "input/article.h"

typedef struct rcpi_entry {
  rcp_str id;                    /* guid, atom:id or rdf:about */
  rcp_str url;                   /* of the article, in full */
  rcp_str title, byline, language;   /* text without tags */
  rcp_str published, updated;    /* ISO 8601; .p NULL: not stated, or not to be read */
  rcp_str source, source_url;    /* <source>: whose item this is */
  rcp_str text, html;            /* the longest that the item holds, as one of the two; .p NULL both: a title only */
} rcpi_entry;

typedef struct rcpi_feed {
  rcp_str title, url, language;  /* of the channel; url is the site's */
  RCPI_VEC(rcpi_entry) entries;  /* in the order written */
  rcp_str trouble;               /* .p NULL: none */
  size_t trouble_at;             /* byte of the text */
} rcpi_feed;

/*
 * `text` is UTF-8, whatever its XML declaration says; `base` is where it was found, for links that are not in full. All that
 * is given lives in `a`. False: no feed could be made out; `trouble` says why.
 */
bool rcpi_feed_read(rcpi_arena *a, rcp_str text, rcp_str base, rcpi_feed *out);

/* An item as an article as found; `article->source` is the caller's. False: it has neither text nor title. */
bool rcpi_feed_article(const rcpi_feed *feed, const rcpi_entry *entry, rcp_article *article);

/* "Tue, 12 Mar 2024 19:15:00 +0100" (RFC 822, as loosely as feeds write it) or ISO 8601, in ISO 8601; .p NULL: neither. */
rcp_str rcpi_feed_date(rcpi_arena *a, rcp_str s);

#endif
