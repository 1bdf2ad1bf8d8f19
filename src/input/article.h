/*
 * article.h - one publication as it was found, and what cleaning learns about it.
 *
 * input/ fills the first part; clean/ the second. All strings and arrays live in the article's own arena, and all places
 * are bytes of `text`, which for plain text is the decoded input verbatim.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_INPUT_ARTICLE_H
#define RCPI_INPUT_ARTICLE_H

#include "base/arena.h"
#include "base/sha256.h"
#include "base/str.h"
#include "lang/lang.h"

/* The schema's kinds of furniture, in its order. */
typedef enum rcpi_furniture_kind {
  RCPI_FURN_NAVIGATION, RCPI_FURN_SITE, RCPI_FURN_DATE, RCPI_FURN_RELATED, RCPI_FURN_CAPTION, RCPI_FURN_COOKIE,
  RCPI_FURN_PROMOTION, RCPI_FURN_SHARE, RCPI_FURN_CREDIT, RCPI_FURN_OTHER,
} rcpi_furniture_kind;

/* A span of text that is not the article's own words. */
typedef struct rcpi_furniture { rcpi_span at; rcpi_furniture_kind kind; } rcpi_furniture;

struct rcp_article {
  rcpi_arena arena;
  /* as found; .p == NULL: not stated */
  rcp_str id;                    /* the record's own id */
  rcp_str source;                /* path, URL or record, as given */
  rcp_str url, title, byline, publisher;
  rcp_str published;             /* ISO 8601 date or date-time */
  rcp_str language;              /* BCP 47, stated or told from the text */
  rcp_str origin;                /* RSS <source>, ninjs infosources: who this text is from, stated by the container */
  rcp_str html;                  /* the page, when it is one: then cleaning makes `text` */
  rcp_str text;                  /* UTF-8 */
  bool has_record_title;         /* title is a field of the record, and text begins with it */
  rcp_str note;                  /* a diagnostic for people: wrong charset, cut record; NULL: none */
  rcp_str digest;                /* of the record, as its WARC states it: "sha1:…" */
  size_t most;                   /* bytes that it may have; 0: RCPI_MAX_ARTICLE */
  char sha256[RCPI_SHA256_HEX + 1];   /* of the bytes read; empty: of `hashed` */
  rcp_str hashed;                /* html or text as they were read */

  /* what cleaning adds */
  const rcpi_lang *lang;         /* tables of `language`; NULL: none at hand */
  rcpi_furniture *furniture;     /* by place, disjoint */
  size_t n_furniture;
  rcpi_span title_at;            /* where `text` carries the title; empty when it does not */
  double confidence;             /* 0 to 1: how sure the choice of own words is */
  const char *step;              /* which step of cleaning won: a word for people */
  bool is_cleaned;
};

/* A limit as it was set, or else as usual; and what is said of an input that meets it: RCP_ELIMIT. */
size_t rcpi_article_most(size_t set);
rcp_status rcpi_article_too_large(rcp_str source, uint64_t at, size_t set, rcp_error *error);

/* An empty article; NULL without memory. rcp_article_free (api.c) ends it. */
rcp_article *rcpi_article_alloc(void);
void rcpi_article_drop(rcp_article *article);

/* SHA-256 of the bytes read, in `hex`. Made when somebody asks: it takes a tenth of the time in which a page is cleaned. */
const char *rcpi_article_sha256(const rcp_article *article, char hex[RCPI_SHA256_HEX + 1]);

#endif
