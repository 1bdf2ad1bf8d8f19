/* SPDX-License-Identifier: Apache-2.0 */
#include "input/content.h"

#include "base/error.h"
#include "base/limits.h"
#include "input/charset.h"
#include "input/kind.h"
#include "input/page.h"

rcp_status rcpi_content_read(rcp_str bytes, rcp_input kind, const char *charset, rcp_article *article, rcp_error *error) {
  rcpi_arena *a = &article->arena;
  if (bytes.n > rcpi_article_most(article->most)) return rcpi_article_too_large(article->source, 0, article->most, error);
  if (rcpi_trim(bytes).n == 0) return rcpi_error(error, RCP_EINPUT, article->source, 0, "empty: no text to compare");
  if (rcpi_kind_is_binary(bytes)) return rcpi_error(error, RCP_EINPUT, article->source, 0, "binary data, not text");
  if (!charset) charset = rcpi_page_charset(a, bytes);
  rcp_str decoded = rcpi_decode(a, bytes, charset, &article->note), text = rcpi_dup(decoded, a);
  if (decoded.p == bytes.p && decoded.n == bytes.n) article->hashed = text;
  else rcpi_sha256_hex(bytes, article->sha256);
  /* told here and not from the bytes: a page in UTF-16 shows only once it is decoded */
  bool is_page = kind == RCP_INPUT_HTML || (kind == RCP_INPUT_AUTO && rcpi_page_is_html(text));
  *(is_page ? &article->html : &article->text) = text;
  return RCP_OK;
}
