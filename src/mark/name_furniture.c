/*
 * A photograph's credit, a byline, an agency in brackets before the text: they name who took part in a telling, in
 * spans that are not the article's own words. They are read as a text of their own: an article with the same bytes all of
 * which but those spans is furniture.
 *
 * Not read: menus, links to other articles, cookies, sharing, promotion; what they name is of no telling.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mark/name.h"

static bool is_read(rcpi_furniture_kind kind) {
  return kind == RCPI_FURN_CAPTION || kind == RCPI_FURN_CREDIT || kind == RCPI_FURN_SITE || kind == RCPI_FURN_DATE;
}

void rcpi_names_in_furniture(rcpi_arena *a, const rcp_article *article, rcpi_text *text, rcpi_marks *marks) {
  rcp_article *credits = rcpi_new(a, rcp_article);
  rcpi_furniture *rest = rcpi_array(a, rcpi_furniture, article->n_furniture + 1);
  uint32_t at = 0;
  *text = (rcpi_text){.article = article, .lang = article->lang, .s = article->text};
  *marks = (rcpi_marks){.names = NULL};
  *credits = (rcp_article){.text = article->text, .lang = article->lang, .furniture = rest, .is_cleaned = true};
  for (size_t i = 0; i < article->n_furniture; i++) {
    const rcpi_furniture *f = &article->furniture[i];
    if (!is_read(f->kind)) continue;
    if (f->at.beg > at) rest[credits->n_furniture++] = (rcpi_furniture){{at, f->at.beg}, RCPI_FURN_OTHER};
    at = f->at.end;
  }
  if (!at) return;
  if (at < article->text.n) rest[credits->n_furniture++] = (rcpi_furniture){{at, (uint32_t)article->text.n}, RCPI_FURN_OTHER};
  rcpi_text_split(a, credits, text);
  rcpi_names_find(a, text, marks);
}
