/* SPDX-License-Identifier: Apache-2.0 */
#include "input/article.h"

#include <stdlib.h>

rcp_article *rcpi_article_alloc(void) {
  rcp_article *article = calloc(1, sizeof *article);
  if (article) rcpi_arena_init(&article->arena);
  return article;
}

void rcpi_article_drop(rcp_article *article) {
  if (!article) return;
  rcpi_arena_release(&article->arena);
  free(article);
}
