/* SPDX-License-Identifier: Apache-2.0 */
#include "input/article.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/limits.h"

rcp_article *rcpi_article_alloc(void) {
  rcp_article *article = calloc(1, sizeof *article);
  if (article) rcpi_arena_init(&article->arena), article->arena.is_brief = true;
  return article;
}

size_t rcpi_article_most(size_t set) {
  return set ? set : RCPI_MAX_ARTICLE;
}

rcp_status rcpi_article_too_large(rcp_str source, uint64_t at, size_t set, rcp_error *error) {
  size_t most = rcpi_article_most(set);
  bool is_round = most % (1 << 20) == 0;
  return rcpi_error(error, RCP_ELIMIT, source, at, "larger than %zu %s (--max-article)", is_round ? most >> 20 : most, is_round ? "MiB" : "bytes");
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
