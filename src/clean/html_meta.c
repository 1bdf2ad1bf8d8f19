/* SPDX-License-Identifier: Apache-2.0 */
#include "clean/html_meta.h"

void rcpi_html_head_read(rcpi_arena *a, const rcpi_cleaner *cleaner, const rcpi_html_tree *tree, rcp_str url, rcpi_html_head *out) {
  (void)cleaner;
  *out = (rcpi_html_head){.url = url};
  if (tree->title.p) out->title = rcpi_html_text(a, tree->title, false);
  if (tree->language.n) out->language = tree->language;
}
