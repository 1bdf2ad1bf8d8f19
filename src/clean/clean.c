/* SPDX-License-Identifier: Apache-2.0 */
#include "clean/clean.h"

void rcpi_clean(const rcpi_langs *langs, rcp_article *article) {
  if (article->is_cleaned) return;
  article->is_cleaned = true;
  if (article->language.p) article->lang = rcpi_lang_by_tag(langs, article->language);
  else if ((article->lang = rcpi_lang_detect(langs, article->text))) article->language = article->lang->tag;
  rcpi_clean_flat(langs, article);
}
