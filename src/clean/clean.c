/* SPDX-License-Identifier: Apache-2.0 */
#include "clean/clean.h"

#include "clean/html.h"

const rcpi_cleaner *rcpi_cleaner_new(rcpi_arena *a, const rcpi_langs *langs) {
  rcpi_cleaner *c = rcpi_new(a, rcpi_cleaner);
  *c = (rcpi_cleaner){langs, rcpi_words_new(a, langs), rcpi_markup_words_new(a)};
  return c;
}

bool rcpi_clean(const rcpi_cleaner *cleaner, rcp_article *article, const char **why) {
  if (article->is_cleaned) return true;
  article->is_cleaned = true;
  if (article->html.p && !article->text.p) return rcpi_clean_html(cleaner, article, why);
  rcpi_clean_flat(cleaner, article);
  return true;
}

/* The first span that ends behind `at` and is no own text: furniture or title; at the end of the text an empty one. */
static rcpi_span next_cut(const rcp_article *article, uint32_t at, size_t *f) {
  rcpi_span cut = {(uint32_t)article->text.n, (uint32_t)article->text.n};
  while (*f < article->n_furniture && article->furniture[*f].at.end <= at) ++*f;
  if (*f < article->n_furniture) cut = article->furniture[*f].at;
  if (article->title_at.end > at && article->title_at.beg < cut.beg) cut = article->title_at;
  return cut;
}

rcp_str rcpi_clean_own_text(rcpi_arena *a, const rcp_article *article) {
  /* Never longer than the text: pieces of a line are joined by a space that took the place of furniture. */
  char *out = rcpi_array(a, char, article->text.n + 1);
  size_t n = 0, f = 0;
  rcp_str rest = article->text, line;
  while (rcpi_next_line(&rest, &line)) {
    uint32_t at = (uint32_t)(line.p - article->text.p), end = at + (uint32_t)line.n;
    bool is_fresh = true;
    while (at < end) {
      rcpi_span cut = next_cut(article, at, &f);
      rcp_str piece = rcpi_trim(rcpi_sub(article->text, at, cut.beg < at ? at : cut.beg < end ? cut.beg : end));
      if (piece.n) {
        if (n) out[n++] = is_fresh ? '\n' : ' ';
        memcpy(out + n, piece.p, piece.n);
        n += piece.n;
        is_fresh = false;
      }
      at = cut.beg < end ? cut.end : end;
    }
  }
  return (rcp_str){out, n};
}
