/* SPDX-License-Identifier: Apache-2.0 */
#include "input/batch.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "input/charset.h"
#include "input/ninjs.h"
#include "input/page.h"

struct rcpi_batch {
  rcpi_arena arena;
  rcp_str path;
  rcpi_feed feed;
  rcpi_ninjs ninjs;
  bool is_feed, is_trouble_told;
  size_t next;
};

static rcp_status read_feed(rcpi_batch *b, rcp_str bytes, const char *charset, rcp_str base, rcp_error *error) {
  rcpi_arena *a = &b->arena;
  rcp_str note;
  if (!charset) charset = rcpi_page_charset(a, bytes);
  if (rcpi_feed_read(a, rcpi_decode(a, bytes, charset, &note), base, &b->feed)) return RCP_OK;
  return rcpi_error(error, RCP_EINPUT, b->path, b->feed.trouble_at, "not a feed: %.*s", RCPI_P(b->feed.trouble));
}

static rcp_status read_ninjs(rcpi_batch *b, rcp_str bytes, rcp_error *error) {
  const char *message = "";
  size_t offset = 0, n_bad;
  if (rcpi_starts(bytes, RCPI_S("\xEF\xBB\xBF"))) bytes = rcpi_sub(bytes, 3, bytes.n);
  if (!rcpi_utf8_valid(bytes)) bytes = rcpi_utf8_repair(&b->arena, bytes, &n_bad);
  if (rcpi_ninjs_read(&b->arena, bytes, &b->ninjs, &message, &offset)) return RCP_OK;
  return rcpi_error(error, RCP_EINPUT, b->path, offset, "not JSON: %s", message);
}

rcp_status rcpi_batch_new(rcp_input kind, rcp_str bytes, const char *charset, rcp_str path, rcp_str base, rcpi_batch **out, rcp_error *error) {
  rcpi_batch *b = calloc(1, sizeof *b);
  volatile rcp_status status = RCP_ENOMEM;
  *out = NULL;
  if (!b) return rcpi_error(error, RCP_ENOMEM, path, 0, "out of memory");
  rcpi_arena_init(&b->arena);
  if (bytes.n > RCPI_MAX_ARTICLE) status = rcpi_error(error, RCP_ELIMIT, path, 0, "larger than %d MiB", RCPI_MAX_ARTICLE >> 20);
  else {
    RCPI_GUARD(&b->arena) {
      b->is_feed = kind == RCP_INPUT_FEED;
      b->path = rcpi_dup(path, &b->arena);
      status = b->is_feed ? read_feed(b, bytes, charset, base, error) : read_ninjs(b, bytes, error);
    } else rcpi_error(error, RCP_ENOMEM, path, 0, "out of memory");
    b->arena.guard = NULL;
  }
  if (status) rcpi_batch_free(b);
  else *out = b;
  return status;
}

/* What was wrong, once; then the end. */
static rcp_status tell_trouble(rcpi_batch *b, rcp_error *error) {
  size_t n = b->is_feed ? b->feed.entries.n : b->ninjs.items.n;
  if (b->is_trouble_told) return RCP_END;
  b->is_trouble_told = true;
  if (b->feed.trouble.p)
    return rcpi_error(error, RCP_EINPUT, b->path, b->feed.trouble_at, "not quite XML, %.*s; %zu items were read", RCPI_P(b->feed.trouble), n);
  return n ? RCP_END : rcpi_error(error, RCP_EINPUT, b->path, 0, b->is_feed ? "a feed without items" : "no news item with text in it");
}

rcp_status rcpi_batch_next(rcpi_batch *b, rcp_article *article, rcp_error *error) {
  size_t n = b->is_feed ? b->feed.entries.n : b->ninjs.items.n;
  while (b->next < n) {
    size_t i = b->next++;
    article->source = rcpi_printf(&article->arena, "%.*s:%zu", RCPI_P(b->path), i + 1);
    if (b->is_feed ? rcpi_feed_article(&b->feed, &b->feed.entries.p[i], article) : rcpi_ninjs_article(b->ninjs.items.p[i], article)) return RCP_OK;
  }
  return tell_trouble(b, error);
}

const rcpi_feed *rcpi_batch_feed(const rcpi_batch *b) {
  return b->is_feed ? &b->feed : NULL;
}

void rcpi_batch_free(rcpi_batch *b) {
  if (!b) return;
  rcpi_arena_release(&b->arena);
  free(b);
}

rcp_status rcpi_batch_line(rcp_str line, rcp_article *article, rcp_error *error) {
  rcpi_arena *a = &article->arena;
  rcpi_ninjs items;
  const char *message = "";
  size_t offset = 0, n_bad;
  if (!rcpi_utf8_valid(line)) line = rcpi_utf8_repair(a, line, &n_bad);
  if (!rcpi_ninjs_read(a, line, &items, &message, &offset)) return rcpi_error(error, RCP_EINPUT, article->source, offset, "not JSON: %s", message);
  return items.items.n && rcpi_ninjs_article(items.items.p[0], article) ? RCP_OK : RCP_END;
}

bool rcpi_batch_is_lines(rcp_str head) {
  rcp_str line;
  if (!rcpi_next_line(&head, &line)) return false;
  line = rcpi_trim(line);
  return line.n && *line.p == '{' && line.p[line.n - 1] == '}' && rcpi_trim(head).n;
}
