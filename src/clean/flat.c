/* SPDX-License-Identifier: Apache-2.0 */
#include "clean/flat.h"

void rcpi_clean_flat(const rcpi_cleaner *cleaner, rcp_article *article) {
  rcpi_arena *a = &article->arena;
  rcpi_flat f = {.a = a, .lexicon = cleaner->words, .lang = article->lang};
  rcpi_lines_of(a, cleaner->words, article->text, &f.lines);
  f.judged = rcpi_array(a, rcpi_judged, f.lines.n + 1);
  rcpi_telling_lines(&f);
  rcpi_title_find(&f, article);
  rcpi_telling_places(&f);
  rcpi_inline_cut(&f, article);
  rcpi_fields_read(&f, article);
}
