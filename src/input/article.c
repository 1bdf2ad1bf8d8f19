/* SPDX-License-Identifier: Apache-2.0 */
#include "input/article.h"

#include <stdlib.h>
#include <string.h>

rcp_article *rcpi_article_alloc(void) {
  rcp_article *article = calloc(1, sizeof *article);
  if (article) rcpi_arena_init(&article->arena);
  return article;
}

const char *rcpi_article_sha256(const rcp_article *article, char hex[RCPI_SHA256_HEX + 1]) {
  if (article->hashed.p) rcpi_sha256_hex(article->hashed, hex);
  else memcpy(hex, article->sha256, sizeof article->sha256);
  return hex;
}

void rcpi_article_drop(rcp_article *article) {
  if (!article) return;
  rcpi_arena_release(&article->arena);
  free(article);
}
