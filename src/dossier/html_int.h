/*
 * html_int.h - what the files of the page share: escaping, the program's own words in all languages, links to places.
 *
 * Whatever comes from an article goes through rcpi_html_esc; nothing else writes foreign bytes. Every word of the
 * program carries its message key (data-w) and arguments (data-1 ...), so that the page's script can put it into another
 * language; without script the page stays in the language it was written in. There are no inline styles or handlers:
 * the page forbids them (Content-Security-Policy by hash).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_DOSSIER_HTML_INT_H
#define RCPI_DOSSIER_HTML_INT_H

#include "dossier/family.h"
#include "dossier/view.h"

typedef struct rcpi_html {
  rcpi_buf *out;
  rcpi_arena *a;
  const rcp_dossier *d;
  rcpi_view view;
  rcpi_families families;
  rcpi_reliance *reliances;
  uint32_t *column;            /* [telling] -> place in family order: columns of the table */
  uint32_t *anchor;            /* [claim] -> number of its first appearance; place ids are p<number> */
  size_t passage_room;         /* bytes of shared passages that may still be written out */
} rcpi_html;

extern const char *const rcpi_html_mode_keys[];
extern const char rcpi_html_mode_class[];        /* a q r k, by mode */

void rcpi_html_put(rcpi_html *h, const char *markup);
void rcpi_html_putf(rcpi_html *h, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Text or attribute value of others. */
void rcpi_html_esc(rcpi_html *h, rcp_str s);
/* The same, cut with ... at a word when longer than `most` bytes. */
void rcpi_html_esc_cut(rcpi_html *h, rcp_str s, size_t most);

/* <span data-w=key>words</span> */
void rcpi_html_say(rcpi_html *h, const char *key);
void rcpi_html_say_with(rcpi_html *h, const char *key, const rcp_str *args, size_t n_args);
void rcpi_html_say_count(rcpi_html *h, const char *key, uint64_t n);
/* The words alone, for an attribute; the script finds the key in data-wl. */
void rcpi_html_label(rcpi_html *h, const char *key);
void rcpi_html_date(rcpi_html *h, rcp_str iso);
void rcpi_html_percent(rcpi_html *h, double share);

/* <a class=n href=#a3 title=publisher>3</a> */
void rcpi_html_chip(rcpi_html *h, uint32_t telling);
/* Number, publisher. */
void rcpi_html_article_name(rcpi_html *h, uint32_t telling);
/* Chips, each once, in the order given. */
void rcpi_html_chips(rcpi_html *h, const uint32_t *tellings, size_t n);
/* The mark of a mode, linked to a place. */
void rcpi_html_mark(rcpi_html *h, rcpi_mode mode, uint32_t anchor);
/* lang=.. when the article's language is not the page's. */
void rcpi_html_lang(rcpi_html *h, uint32_t telling);
/* " lang=.." and quotation marks of the page's language around words of an article; value marked when not empty. */
void rcpi_html_quote(rcpi_html *h, uint32_t telling, rcpi_span around, rcpi_span value);
/* <section id=.. aria-labelledby=..><h2>title</h2> ... </section> */
void rcpi_html_open_section(rcpi_html *h, const char *id, const char *title_key);
void rcpi_html_close_section(rcpi_html *h);

void rcpi_html_table(rcpi_html *h);
void rcpi_html_claims(rcpi_html *h);
void rcpi_html_conflicts(rcpi_html *h);
/* The readings of one difference, side by side. */
void rcpi_html_readings(rcpi_html *h, uint32_t claim, const rcpi_difference *x);
void rcpi_html_graph(rcpi_html *h);
void rcpi_html_pairs(rcpi_html *h);
void rcpi_html_timeline(rcpi_html *h);
void rcpi_html_origins(rcpi_html *h);
void rcpi_html_names(rcpi_html *h);
void rcpi_html_articles(rcpi_html *h);

#endif
