/*
 * One list of inputs, folders opened as they are met (by name, depth first, hidden files left out), one stream open at a
 * time. What a stream holds is told from its first bytes; a container (JSONL, WARC, feed, ninjs) gives an article a
 * record, anything else is one article.
 *
 * A URL is fetched whole and then read as a file of that content is; what its server says of charset and of where it was found
 * goes with it.
 *
 * Input that breaks off gives what was whole before the error is told: first the articles, then the place.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "input/reader.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/limits.h"
#include "input/batch.h"
#include "input/content.h"
#include "input/jsonl.h"
#include "input/kind.h"
#include "input/record.h"
#include "input/stream.h"
#include "input/url.h"
#include "input/warc.h"

typedef struct path_list { RCPI_VEC(rcp_str) v; } path_list;

struct rcpi_reader {
  rcpi_arena arena;            /* paths and options */
  rcpi_reader_options options;
  path_list paths;             /* still to read, last first */
  rcp_str path;                /* of the open stream */
  rcpi_stream *stream;         /* NULL: none is open */
  rcp_input kind;              /* of the open stream */
  bool is_lines;               /* its records are lines */
  rcpi_fetcher *fetcher;       /* NULL: no URL was met so far */
  rcpi_arena page_arena;       /* of what was fetched */
  rcpi_fetched page;           /* the open stream's; .url.p NULL: it is a file */
  rcpi_batch *batch;           /* of a document that is read as a whole */
  size_t n_records;            /* read from it: lines, for JSONL */
  rcpi_buf tail;               /* the last lines at hand, with room behind them */
  uint64_t done, total;        /* bytes of the files closed so far, and of all that are known */
  bool is_endless;             /* there are inputs of unknown size */
};

/* ---------------------------------------------------------------------------------------------------------- folders */

static int by_bytes(const struct dirent **x, const struct dirent **y) {
  return strcmp((*x)->d_name, (*y)->d_name);
}

static int is_visible(const struct dirent *d) {
  return d->d_name[0] != '.';
}

static void add_path(rcpi_reader *r, rcp_str path) {
  struct stat st;
  rcpi_push(&r->arena, &r->paths.v, path);
  if (rcpi_is(path, "-") || rcpi_url_is(path)) r->is_endless = true;
  else if (stat(path.p, &st) == 0 && S_ISREG(st.st_mode)) r->total += (uint64_t)st.st_size;
}

static rcp_status open_folder(rcpi_reader *r, rcp_str path, rcp_error *error) {
  struct dirent **entries = NULL;
  int n = scandir(path.p, &entries, is_visible, by_bytes);
  if (n < 0) return rcpi_error(error, RCP_EIO, path, 0, "%s", strerror(errno));
  for (int i = n; i-- > 0;) {
    const char *slash = path.n && path.p[path.n - 1] == '/' ? "" : "/";
    add_path(r, rcpi_printf(&r->arena, "%s%s%s", path.p, slash, entries[i]->d_name));
    free(entries[i]);
  }
  free(entries);
  return n ? RCP_OK : rcpi_error(error, RCP_EINPUT, path, 0, "the folder holds no file");
}

/* --------------------------------------------------------------------------------------------------------- articles */

/* All bytes of the input as one page or text. */
static rcp_status read_whole(rcpi_reader *r, rcp_article *article, rcp_error *error) {
  rcp_input kind = r->options.kind == RCP_INPUT_AUTO ? RCP_INPUT_AUTO : r->kind;
  rcp_status status = rcpi_content_read(rcpi_stream_peek(r->stream, rcpi_article_most(r->options.most) + 1), kind, r->page.charset, article, error);
  if (status || !r->page.url.p) return status;
  article->url = rcpi_dup(r->page.url, &article->arena);
  if (r->page.why) article->note = rcpi_cstr(r->page.why);
  return RCP_OK;
}

static rcp_status read_line(rcpi_reader *r, rcp_article *article, rcp_error *error) {
  rcpi_stream *s = r->stream;
  rcp_str line;
  rcp_status status;
  do {
    status = rcpi_stream_line(s, 2 * rcpi_article_most(r->options.most), &line);
    r->n_records++;
  } while (!status && !rcpi_trim(line).n);
  if (status == RCP_END) return status;
  article->source = rcpi_printf(&article->arena, "%.*s:%zu", RCPI_P(r->path), r->n_records);
  if (status == RCP_ELIMIT) return rcpi_article_too_large(article->source, 0, r->options.most, error);
  if (status) return status;
  if (r->n_records == 1 && rcpi_starts(line, RCPI_S("\xEF\xBB\xBF"))) line = rcpi_sub(line, 3, line.n);
  rcpi_sha256_hex(line, article->sha256);
  if (r->kind == RCP_INPUT_NINJS) return rcpi_batch_line(line, article, error);
  status = rcpi_record_read(line, article, error);
  /* half a record before the break: the break is what is told */
  const char *what;
  uint64_t at;
  return status && rcpi_stream_trouble(s, &what, &at) ? RCP_END : status;
}

/* An item of a feed or of ninjs. What does not begin with one is nothing that goes on. */
static rcp_status read_batched(rcpi_reader *r, rcp_article *article, rcp_error *error) {
  while (r->is_lines) {
    rcp_str nothing = rcpi_stream_peek(r->stream, 1);
    rcp_status status = nothing.n ? read_line(r, article, error) : RCP_END;
    if (status != RCP_END || !rcpi_stream_peek(r->stream, 1).n) return status;
  }
  if (!r->batch) {
    if (r->n_records++) return RCP_END;
    rcp_str bytes = rcpi_stream_peek(r->stream, rcpi_article_most(r->options.most) + 1);
    if (bytes.n > rcpi_article_most(r->options.most)) return rcpi_article_too_large(r->path, 0, r->options.most, error);
    rcp_status status = rcpi_batch_new(r->kind, bytes, r->page.charset, r->path, r->page.url, &r->batch, error);
    if (status) return status;
    rcpi_stream_skip(r->stream, bytes.n);
  }
  return rcpi_batch_next(r->batch, article, error);
}

/* The next record of the open stream; RCP_END behind the last. */
static rcp_status read_record(rcpi_reader *r, rcp_article *article, rcp_error *error) {
  article->source = rcpi_dup(r->path, &article->arena);
  switch (r->kind) {
    case RCP_INPUT_JSONL: return read_line(r, article, error);
    case RCP_INPUT_FEED: case RCP_INPUT_NINJS: return read_batched(r, article, error);
    case RCP_INPUT_WARC: return rcpi_warc_next(r->stream, r->path, &r->n_records, article, error);
    default: return r->n_records++ ? RCP_END : read_whole(r, article, error);
  }
}

static void complete(const rcpi_reader_options *options, rcp_article *article) {
  if (!article->published.p) article->published = rcpi_dup(options->published, &article->arena);
  if (options->language.p) article->language = rcpi_dup(options->language, &article->arena);
}

static rcp_status make_article(rcpi_reader *r, rcp_article **out, rcp_error *error) {
  rcp_article *article = rcpi_article_alloc();
  volatile rcp_status status = RCP_ENOMEM;
  if (article) {
    article->most = r->options.most;
    RCPI_GUARD(&article->arena) {
      status = read_record(r, article, error);
      if (!status) complete(&r->options, article);
    }
    article->arena.guard = NULL;
  }
  if (status == RCP_ENOMEM) rcpi_error(error, status, r->path, 0, "out of memory");
  if (status) rcpi_article_drop(article), article = NULL;
  *out = article;
  return status;
}

/* ---------------------------------------------------------------------------------------------------------- streams */

static void tell_kind(rcpi_reader *r) {
  rcp_str head = rcpi_stream_peek(r->stream, RCPI_KIND_HEAD);
  r->n_records = 0;
  r->kind = r->options.kind;
  if (r->kind == RCP_INPUT_AUTO) r->kind = rcpi_kind_of(rcpi_sub(head, 0, head.n < RCPI_KIND_HEAD ? head.n : RCPI_KIND_HEAD), head.n < RCPI_KIND_HEAD);
  r->is_lines = r->kind == RCP_INPUT_JSONL || (r->kind == RCP_INPUT_NINJS && rcpi_batch_is_lines(head));
}

/* Media that hold no text are named for what they are. */
static bool is_readable(rcp_str type) {
  static const char *const no_text[] = {"image/", "audio/", "video/", "font/", "application/pdf", "application/zip", "application/vnd.", "application/msword"};
  for (size_t i = 0; i < sizeof no_text / sizeof *no_text; i++)
    if (rcpi_starts(type, rcpi_cstr(no_text[i]))) return false;
  return true;
}

static rcp_status open_url(rcpi_reader *r, rcp_error *error) {
  rcp_status status = r->fetcher ? RCP_OK : rcpi_fetcher_new(&r->options.fetch, &r->fetcher, error);
  if (status) return status;
  r->page_arena.guard = r->arena.guard;
  status = rcpi_fetch(r->fetcher, &r->page_arena, r->path, NULL, &r->page, error);
  r->page_arena.guard = NULL;
  if (status) return status;
  if (!is_readable(r->page.media_type)) return rcpi_error(error, RCP_EINPUT, r->path, 0, "the server sends %.*s: no page and no text", RCPI_P(r->page.media_type));
  return rcpi_stream_of(r->path, r->page.body, &r->stream, error);
}

static void close_url(rcpi_reader *r) {
  rcpi_arena_release(&r->page_arena);
  rcpi_arena_init(&r->page_arena);
  r->page = (rcpi_fetched){0};
}

static rcp_status open_path(rcpi_reader *r, rcp_error *error) {
  struct stat st;
  close_url(r);
  if (rcpi_url_is(r->path)) {
    rcp_status fetched = open_url(r, error);
    if (!fetched) tell_kind(r);
    return fetched;
  }
  if (!rcpi_is(r->path, "-") && stat(r->path.p, &st) == 0 && S_ISDIR(st.st_mode)) return open_folder(r, r->path, error);
  rcp_status status = rcpi_stream_open(r->path, &r->stream, error);
  if (!status) tell_kind(r);
  return status;
}

/* The end of a stream: RCP_OK when it was a good one. */
static rcp_status close_stream(rcpi_reader *r, rcp_error *error) {
  const char *what = "";
  uint64_t at = 0;
  rcp_status status = rcpi_stream_trouble(r->stream, &what, &at);
  if (status) rcpi_error(error, status, r->path, at, "%s (after %llu unpacked bytes); what came before was read", what, (unsigned long long)at);
  uint64_t size;
  r->done += rcpi_stream_taken(r->stream, &size);
  rcpi_stream_close(r->stream);
  rcpi_batch_free(r->batch);
  r->stream = NULL;
  r->batch = NULL;
  return status;
}

static rcp_status next(rcpi_reader *r, rcp_article **out, rcp_error *error) {
  for (;;) {
    if (r->stream) {
      rcp_status status = make_article(r, out, error);
      if (status != RCP_END) return status;
      status = close_stream(r, error);
      if (status) return status;
    }
    if (!r->paths.v.n) return RCP_END;
    r->path = r->paths.v.p[--r->paths.v.n];
    rcp_status status = open_path(r, error);
    if (status) return status;
  }
}

rcp_status rcpi_reader_next(rcpi_reader *r, rcp_article **out, rcp_error *error) {
  volatile rcp_status status = RCP_ENOMEM;
  *out = NULL;
  RCPI_GUARD(&r->arena) status = next(r, out, error);
  else rcpi_error(error, RCP_ENOMEM, r->path, 0, "out of memory");
  r->arena.guard = NULL;
  return status;
}

/* ------------------------------------------------------------------------------------------------------------ lines */

static rcp_str without_mark(rcp_str line, size_t number) {
  if (number == 1 && rcpi_starts(line, RCPI_S("\xEF\xBB\xBF"))) line = rcpi_sub(line, 3, line.n);
  if (line.n && line.p[line.n - 1] == '\r') line.n--;
  return line;
}

/* Lines whose padding would lie behind what is at hand move to where there is some. */
static rcp_status pad_lines(rcpi_reader *r, rcp_str at_hand, rcpi_read_line *lines, size_t n) {
  const char *safe = at_hand.p + at_hand.n - (at_hand.n < RCPI_RECORD_PADDING ? at_hand.n : RCPI_RECORD_PADDING);
  size_t first = n;
  while (first && lines[first - 1].text.p + lines[first - 1].text.n > safe) first--;
  if (first == n) return RCP_OK;
  const char *from = lines[first].text.p;
  size_t len = (size_t)(at_hand.p + at_hand.n - from);
  rcpi_buf_clear(&r->tail);
  if (!rcpi_buf_reserve(&r->tail, len + RCPI_RECORD_PADDING)) return RCP_ENOMEM;
  memcpy(r->tail.p, from, len);
  memset(r->tail.p + len, 0, RCPI_RECORD_PADDING);
  for (size_t i = first; i < n; i++) lines[i].text.p = r->tail.p + (lines[i].text.p - from);
  return RCP_OK;
}

/* Cuts what is at hand into lines; *used is where the last ends. The end of the input ends a line too. */
static size_t cut_lines(rcpi_reader *r, rcp_str at_hand, bool is_end, rcpi_read_line *lines, size_t most, size_t *used) {
  size_t n = 0;
  *used = 0;
  while (n < most && *used < at_hand.n) {
    const char *p = at_hand.p + *used, *nl = memchr(p, '\n', at_hand.n - *used);
    if (!nl && !is_end) break;
    size_t len = nl ? (size_t)(nl - p) : at_hand.n - *used;
    *used += len + (nl != NULL);
    lines[n] = (rcpi_read_line){without_mark((rcp_str){p, len}, ++r->n_records), r->n_records};
    n += rcpi_trim(lines[n].text).n > 0;
  }
  return n;
}

static rcp_status take_lines(rcpi_reader *r, rcpi_read_line *lines, size_t most, size_t *n, rcp_error *error) {
  size_t longest = 2 * rcpi_article_most(r->options.most), want = 1, used;
  for (;;) {
    rcp_str at_hand = rcpi_stream_peek(r->stream, want);
    bool is_end = at_hand.n < want;
    *n = cut_lines(r, at_hand, is_end, lines, most, &used);
    if (!*n && !used && !is_end) {
      if (at_hand.n > longest) {
        rcp_str line;
        rcpi_stream_line(r->stream, longest, &line);
        r->n_records++;
        return rcpi_article_too_large(rcpi_printf(&r->arena, "%.*s:%zu", RCPI_P(r->path), r->n_records), 0, r->options.most, error);
      }
      want = at_hand.n + (1 << 20);
      continue;
    }
    const char *what;
    uint64_t at;
    rcpi_stream_skip(r->stream, used);
    /* half a record before the break: the break is what is told */
    if (*n && is_end && at_hand.p[at_hand.n - 1] != '\n' && rcpi_stream_trouble(r->stream, &what, &at)) --*n;
    if (*n || is_end) return pad_lines(r, at_hand, lines, *n);
    want = 1;
  }
}

static rcp_status next_lines(rcpi_reader *r, rcpi_read_line *lines, size_t most, size_t *n, rcp_error *error) {
  for (;;) {
    if (r->stream && r->kind != RCP_INPUT_JSONL) return RCP_OK;
    if (r->stream) {
      rcp_status status = take_lines(r, lines, most, n, error);
      if (!status && !*n) status = close_stream(r, error);
      if (status || *n) return status;
    }
    if (!r->paths.v.n) return RCP_OK;
    r->path = r->paths.v.p[--r->paths.v.n];
    rcp_status status = open_path(r, error);
    if (status) return status;
  }
}

rcp_status rcpi_reader_lines(rcpi_reader *r, rcpi_read_line *lines, size_t most, size_t *n, rcp_str *path, rcp_error *error) {
  volatile rcp_status status = RCP_ENOMEM;
  *n = 0;
  RCPI_GUARD(&r->arena) status = next_lines(r, lines, most, n, error);
  r->arena.guard = NULL;
  *path = r->path;
  if (status == RCP_ENOMEM) rcpi_error(error, status, r->path, 0, "out of memory");
  return status;
}

/* ----------------------------------------------------------------------------------------------------------- making */

static rcp_status make_reader(const rcpi_reader_options *options, rcpi_reader **out, rcp_error *error) {
  rcpi_reader *r = calloc(1, sizeof *r);
  *out = r;
  if (!r) return rcpi_error(error, RCP_ENOMEM, RCPI_S(""), 0, "out of memory");
  rcpi_arena_init(&r->arena);
  rcpi_arena_init(&r->page_arena);
  r->options = *options;
  return RCP_OK;
}

rcp_status rcpi_reader_new(const char *const *inputs, size_t n_inputs, const rcpi_reader_options *options,
                           rcpi_reader **out, rcp_error *error) {
  rcpi_reader *r;
  *out = NULL;
  if (make_reader(options, &r, error)) return RCP_ENOMEM;
  RCPI_GUARD(&r->arena) {
    for (size_t i = n_inputs; i-- > 0;) add_path(r, rcpi_dup(rcpi_cstr(inputs[i]), &r->arena));
    *out = r;
  }
  r->arena.guard = NULL;
  if (*out) return RCP_OK;
  rcpi_reader_free(r);
  return rcpi_error(error, RCP_ENOMEM, RCPI_S(""), 0, "out of memory");
}

void rcpi_reader_progress(const rcpi_reader *r, uint64_t *done, uint64_t *total) {
  uint64_t size;
  *done = r->done + (r->stream ? rcpi_stream_taken(r->stream, &size) : 0);
  *total = r->is_endless ? 0 : r->total;
}

void rcpi_reader_free(rcpi_reader *r) {
  if (!r) return;
  rcpi_stream_close(r->stream);
  rcpi_batch_free(r->batch);
  rcpi_fetcher_free(r->fetcher);
  rcpi_arena_release(&r->page_arena);
  rcpi_buf_release(&r->tail);
  rcpi_arena_release(&r->arena);
  free(r);
}

rcp_status rcpi_read_bytes(rcp_str source, rcp_str bytes, const rcpi_reader_options *options, rcp_article **out,
                           rcp_error *error) {
  rcpi_reader *r;
  *out = NULL;
  if (make_reader(options, &r, error)) return RCP_ENOMEM;
  r->path = source;
  rcp_status status = rcpi_stream_of(source, bytes, &r->stream, error);
  if (!status) {
    tell_kind(r);
    status = make_article(r, out, error);
  }
  if (status == RCP_END) status = rcpi_error(error, RCP_EINPUT, source, 0, "no article in it");
  rcpi_reader_free(r);
  return status;
}
