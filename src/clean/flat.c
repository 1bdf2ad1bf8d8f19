/* SPDX-License-Identifier: Apache-2.0 */
#include "clean/clean.h"

void rcpi_clean_flat(const rcpi_langs *langs, rcp_article *article) {
  (void)langs;
  rcp_str line, rest = article->text;
  while (rcpi_next_line(&rest, &line)) {
    rcp_str trimmed = rcpi_trim(line);
    if (!trimmed.n) continue;
    if (!article->title.p) article->title = trimmed;
    uint32_t beg = (uint32_t)(trimmed.p - article->text.p);
    if (rcpi_eq(trimmed, article->title)) article->title_at = (rcpi_span){beg, beg + (uint32_t)trimmed.n};
    break;
  }
}
