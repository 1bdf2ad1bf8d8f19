/*
 * html_scan.h - a page as a row of tags and texts.
 *
 * The scanner looks at each byte about once, allocates nothing and keeps no stack: it can't fail and can't be made to
 * run long. What it gives are views into the page: text is not decoded yet (rcpi_html_text does that).
 *
 *     rcpi_html_scan scan = {.page = page};
 *     rcpi_html_token t;
 *     while (rcpi_html_next(&scan, &t)) ...
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLEAN_HTML_SCAN_H
#define RCPI_CLEAN_HTML_SCAN_H

#include "base/arena.h"
#include "clean/html_tags.h"

typedef enum rcpi_html_kind {
  RCPI_HTML_TEXT,    /* body: text with references in it */
  RCPI_HTML_OPEN,    /* body: the attributes */
  RCPI_HTML_CLOSE,
  RCPI_HTML_RAW,     /* body: what script, style, textarea, title or iframe holds; comes right after its OPEN */
} rcpi_html_kind;

typedef struct rcpi_html_token {
  rcpi_html_kind kind;
  rcpi_tag tag;
  bool is_empty;     /* <name/> */
  rcp_str name;      /* of a tag */
  rcp_str body;
} rcpi_html_token;

typedef struct rcpi_html_scan {
  rcp_str page;
  size_t at;
  rcpi_tag raw;      /* the element whose raw content comes next; 0: none */
  bool comments_stay_open, raw_stays_open;   /* no end was found: the next ones are not searched for theirs */
} rcpi_html_scan;

bool rcpi_html_next(rcpi_html_scan *scan, rcpi_html_token *out);

/* Takes the next attribute off `rest`; value.p is NULL when it has none. Values are not decoded. */
bool rcpi_html_attribute(rcp_str *rest, rcp_str *name, rcp_str *value);

/* References read, white space made single spaces, none at the ends; in `a` or s itself. */
rcp_str rcpi_html_text(rcpi_arena *a, rcp_str s, bool is_attribute);

#endif
