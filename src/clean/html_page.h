/*
 * html_page.h - what the readers of a page's head share: html_meta.c (title, names) and html_day.c (the day).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLEAN_HTML_PAGE_H
#define RCPI_CLEAN_HTML_PAGE_H

#include "clean/html_json.h"
#include "clean/html_meta.h"

typedef struct rcpi_html_page {
  rcpi_arena *a;
  const rcpi_cleaner *cleaner;
  const rcpi_html_tree *t;
  const rcpi_lines *lines;
  rcp_str url;
  rcpi_pjson json;
  uint32_t article, site_page;    /* values of json: the article, the page; 0: none */
  rcp_str site, host;             /* squeezed */
  bool month_first;
  bool is_lax;                    /* second try: only comments are left out */
  uint32_t title_block;           /* where the title stands; 0: nowhere, or first of all; known once days are looked for */
} rcpi_html_page;

/* Letters and digits in lower case without accents, one space where anything else stood: two spellings of one title. */
rcp_str rcpi_html_squeeze(rcpi_arena *a, rcp_str s);
/* Do whole words of `all` spell `part`? How many words are there? Of squeezed strings. */
bool rcpi_html_has_words(rcp_str all, rcp_str part);
size_t rcpi_html_n_words(rcp_str s);
/* The content of the first meta element of that name that has one. */
rcp_str rcpi_html_meta_of(const rcpi_html_page *p, const char *name);
/* Does it stand among comments, teasers or in a side column? An ancestor that holds much of the page is none of these. */
bool rcpi_html_is_aside(const rcpi_html_page *p, const rcpi_element *e);

/* html_day.c: when the page was published, as its head or its text says; `days` of the head are filled too. */
rcp_str rcpi_html_published(rcpi_html_page *p, rcp_str title, rcpi_html_head *head);

#endif
