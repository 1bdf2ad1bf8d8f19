/* SPDX-License-Identifier: Apache-2.0 */
#include "input/record.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "input/charset.h"
#include "input/jsonl.h"

static rcp_str stated(rcp_str s) {
  return s.n ? s : (rcp_str){NULL, 0};
}

/* Title, blank line, text, unless the text begins with its title already. */
void rcpi_record_join_title(rcp_article *article) {
  rcp_str title = article->title, text = article->text;
  if (!title.p || !text.p) return;
  article->has_record_title = true;
  if (rcpi_starts(text, title)) return;
  char *p = rcpi_array(&article->arena, char, title.n + text.n + 3);
  memcpy(p, title.p, title.n);
  memcpy(p + title.n, "\n\n", 2);
  memcpy(p + title.n + 2, text.p, text.n);
  article->text = (rcp_str){p, title.n + 2 + text.n};
}

/* The line in the article's own memory, with the room behind it that the scan asks for. */
static rcp_str keep(rcp_article *article, rcp_str line) {
  size_t n_bad = 0;
  if (!rcpi_utf8_valid(line)) {
    line = rcpi_utf8_repair(&article->arena, line, &n_bad);
    article->note = rcpi_bad_bytes_note(&article->arena, n_bad);
  }
  char *p = rcpi_array(&article->arena, char, line.n + RCPI_RECORD_PADDING);
  memcpy(p, line.p, line.n);
  return (rcp_str){p, line.n};
}

rcp_status rcpi_record_read(rcp_str line, rcp_article *article, rcp_error *error) {
  rcpi_record r;
  const char *message = "";
  size_t offset = 0;
  if (!rcpi_jsonl_read(&article->arena, keep(article, line), true, &r, &message, &offset))
    return rcpi_error(error, RCP_EINPUT, article->source, offset, "not JSON: %s", message);
  article->id = stated(r.id);
  article->url = stated(r.url);
  article->title = stated(r.title);
  article->html = stated(r.html);
  article->published = stated(r.published);
  article->publisher = stated(r.publisher);
  article->byline = stated(r.byline);
  article->language = stated(r.language);
  article->text = stated(r.text);
  if (!article->text.p && !article->html.p) article->text = article->title;   /* a headline is all that some feeds give */
  if (!article->text.p && !article->html.p)
    return rcpi_error(error, RCP_EINPUT, article->source, 0, "the record has no \"text\", no \"html\" and no \"title\", or they are empty");
  size_t most = rcpi_article_most(article->most);
  if (article->text.n > most || article->html.n > most) return rcpi_article_too_large(article->source, 0, article->most, error);
  rcpi_record_join_title(article);
  return RCP_OK;
}
