/* SPDX-License-Identifier: Apache-2.0 */
#include "clean/flat.h"

/* As rcpi_lang_detect, but the function words of a text are counted already. */
static const rcpi_lang *language(const rcpi_langs *langs, const rcpi_lines *l) {
  size_t best = 0, second = 0, n = langs->n < 8 ? langs->n : 8;
  for (size_t i = 1; i < n; i++) if (l->n_function[i] > l->n_function[best]) best = i;
  for (size_t i = 0; i < n; i++) if (i != best && l->n_function[i] > second) second = l->n_function[i];
  bool is_clear = n && l->n_words >= 3 && l->n_function[best] * 12ull >= l->n_words && l->n_function[best] * 3ull > second * 4;
  return is_clear ? &langs->all[best] : NULL;
}

void rcpi_clean_flat(const rcpi_cleaner *cleaner, rcp_article *article) {
  rcpi_arena *a = &article->arena;
  rcpi_flat f = {.a = a, .lexicon = cleaner->words};
  rcpi_lines_of(a, cleaner->words, article->text, &f.lines);
  if (article->language.p) article->lang = rcpi_lang_by_tag(cleaner->langs, article->language);
  else if ((article->lang = language(cleaner->langs, &f.lines))) article->language = article->lang->tag;
  f.lang = article->lang;
  f.judged = rcpi_array(a, rcpi_judged, f.lines.n + 1);
  rcpi_telling_lines(&f);
  rcpi_title_find(&f, article);
  if (rcpi_page_is_whole(&f)) {
    rcpi_title_of_page(&f, article);
    rcpi_page_lines(&f, article);
  } else {
    rcpi_telling_places(&f);
  }
  rcpi_inline_cut(&f, article);
  rcpi_fields_read(&f, article);
}
