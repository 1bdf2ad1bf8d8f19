/*
 * html_int.h - what the files of the page share: escaping, the program's own words in all languages, links to places.
 *
 * Whatever comes from an article goes through rcpi_sheet_esc; nothing else writes foreign bytes. Every word of the
 * program carries its message key (data-w) and arguments (data-1 ...), so that the page's script can put it into another
 * language; without script the page stays in the language it was written in. There are no inline styles or handlers:
 * the page forbids them (Content-Security-Policy by hash).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_DOSSIER_HTML_INT_H
#define RCPI_DOSSIER_HTML_INT_H

#include "dossier/family.h"
#include "dossier/view.h"

typedef struct rcpi_sheet {
  rcpi_buf *out;
  rcpi_arena *a;
  const rcp_dossier *d;
  const rcp_write_options *options;
  uint32_t single;             /* the telling that the page is about; UINT32_MAX: the whole story */
  rcpi_view view;
  rcpi_families families;
  rcpi_reliance *reliances;
  uint32_t *column;            /* [telling] -> place in family order: columns of the table */
  uint32_t *telling;           /* [column] -> telling */
  bool is_large;               /* so much that a browser should lay out only what is near (content-visibility) */
  uint32_t *anchor;            /* [claim] -> number of its first appearance; place ids are p<number> */
  size_t passage_room;         /* bytes of shared passages that may still be written out */
} rcpi_sheet;

extern const char *const rcpi_sheet_mode_keys[];
extern const char rcpi_sheet_mode_class[];        /* a q r k, by mode */

void rcpi_sheet_put(rcpi_sheet *h, const char *markup);
void rcpi_sheet_putf(rcpi_sheet *h, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Text or attribute value of others. */
void rcpi_sheet_esc(rcpi_sheet *h, rcp_str s);
/* The same, cut with ... at a word when longer than `most` bytes. */
void rcpi_sheet_esc_cut(rcpi_sheet *h, rcp_str s, size_t most);

/* <span data-w=key>words</span> */
void rcpi_sheet_say(rcpi_sheet *h, const char *key);
void rcpi_sheet_say_with(rcpi_sheet *h, const char *key, const rcp_str *args, size_t n_args);
void rcpi_sheet_say_count(rcpi_sheet *h, const char *key, uint64_t n);
/* The words alone, for an attribute; the script finds the key in data-wl. */
void rcpi_sheet_label(rcpi_sheet *h, const char *key);
/* A line of the analysis, in the reader's language; the other one waits in data-other for the page's script. */
void rcpi_sheet_reason(rcpi_sheet *h, rcp_str own, rcp_str other);
void rcpi_sheet_date(rcpi_sheet *h, rcp_str iso);
/* A place in UTF-16 units: what a script counts in. */
uint32_t rcpi_sheet_unit(rcp_str text, uint32_t byte);
/* A quantity's normal form, in the reader's numbers and words. */
void rcpi_sheet_amount(rcpi_sheet *h, rcp_str norm);
void rcpi_sheet_percent(rcpi_sheet *h, double share);

/* <a class=n href=#a3 title=publisher>3</a> */
void rcpi_sheet_chip(rcpi_sheet *h, uint32_t telling);
/* Number, publisher. */
void rcpi_sheet_article_name(rcpi_sheet *h, uint32_t telling);
/* Chips, each once, in the order given. */
void rcpi_sheet_chips(rcpi_sheet *h, const uint32_t *tellings, size_t n);
/* The mark of a mode, linked to a place (0: to none). Its word is in the style, see put_style_words. */
void rcpi_sheet_mark(rcpi_sheet *h, rcpi_mode mode, uint32_t anchor);
/* lang=.. when the article's language is not the page's. */
void rcpi_sheet_lang(rcpi_sheet *h, uint32_t telling);
/* " lang=.." and quotation marks of the page's language around words of an article; value marked when not empty. */
void rcpi_sheet_quote(rcpi_sheet *h, uint32_t telling, rcpi_span around, rcpi_span value);
/* <section id=.. aria-labelledby=..><h2>title</h2> ... </section> */
void rcpi_sheet_open_section(rcpi_sheet *h, const char *id, const char *title_key);
void rcpi_sheet_close_section(rcpi_sheet *h);

/* Who says it, by which words; nothing when nobody is named. */
void rcpi_sheet_attribution(rcpi_sheet *h, const rcpi_appearance *app);

/* A claim has the id d<rank>: its card when several articles carry it, its row in the table when one does. */
void rcpi_sheet_table(rcpi_sheet *h);
void rcpi_sheet_claims(rcpi_sheet *h);
void rcpi_sheet_conflicts(rcpi_sheet *h);
/* The readings of one difference, side by side; for the script, links that lay two of their articles beside each other there. */
void rcpi_sheet_readings(rcpi_sheet *h, uint32_t claim, const rcpi_difference *x);
void rcpi_sheet_graph(rcpi_sheet *h);
void rcpi_sheet_pairs(rcpi_sheet *h);
void rcpi_sheet_timeline(rcpi_sheet *h);
void rcpi_sheet_origins(rcpi_sheet *h);
void rcpi_sheet_names(rcpi_sheet *h);
void rcpi_sheet_articles(rcpi_sheet *h);
/* Served pages: one article, what it tells and on whose word (html_single.c). */
void rcpi_sheet_single(rcpi_sheet *h);
/* Its text, each passage that carries a claim a link. */
void rcpi_sheet_single_text(rcpi_sheet *h);
/* By what a server calls an article: its id, else its URL, else its source. */
rcp_str rcpi_sheet_key(const rcpi_sheet *h, uint32_t telling);
/* One segment of a path: nothing in it is a separator, a suffix or a step up. */
void rcpi_sheet_segment(rcpi_sheet *h, rcp_str s);

#endif
