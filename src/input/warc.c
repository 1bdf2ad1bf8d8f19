/*
 * A record is header lines, a blank line, Content-Length bytes, two line ends. Only the block of a record that will be
 * used is looked at as a whole, and none larger than an article may be; everything else is skipped over, so memory does
 * not grow with the file. Packed files need no care here: members follow one another in the stream.
 *
 * Known weakness: a record whose Content-Length lies is found out only by what stands where the next should begin.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "input/warc.h"

#include "base/error.h"
#include "base/limits.h"
#include "input/content.h"
#include "input/http.h"

enum { MAX_HEADER_LINE = 64 << 10, MAX_HEADER = 256 << 10, HEAD_ROOM = 1 << 20 };

typedef struct header {
  rcp_str type, id, uri, digest, content_type;
  uint64_t length;
  bool has_length;
} header;

static bool is_version(rcp_str line) {
  return rcpi_starts(line, RCPI_S("WARC/"));
}

/* Past what stands between records to the next version line. *is_lost: there was more than blank lines. */
static rcp_status find_record(rcpi_stream *s, bool *is_lost) {
  rcp_str line;
  rcp_status status;
  *is_lost = false;
  while ((status = rcpi_stream_line(s, MAX_HEADER_LINE, &line)) == RCP_OK || status == RCP_ELIMIT) {
    if (!status && is_version(line)) return RCP_OK;
    if (status || rcpi_trim(line).n) *is_lost = true;
  }
  return status;
}

static bool parse_length(rcp_str s, uint64_t *out) {
  *out = 0;
  for (size_t i = 0; i < s.n; i++) {
    if (!rcpi_is_digit((unsigned char)s.p[i]) || *out > UINT64_MAX / 10 - 10) return false;
    *out = *out * 10 + (uint64_t)(s.p[i] - '0');
  }
  return s.n > 0;
}

static void keep(rcpi_arena *a, rcp_str line, header *h) {
  static const struct { const char *name; size_t at; } names[] = {
      {"warc-type", offsetof(header, type)}, {"warc-record-id", offsetof(header, id)},
      {"warc-target-uri", offsetof(header, uri)}, {"warc-payload-digest", offsetof(header, digest)},
      {"content-type", offsetof(header, content_type)}};
  size_t colon = rcpi_find_char(line, ':');
  if (colon == RCPI_NONE) return;
  rcp_str name = rcpi_trim(rcpi_sub(line, 0, colon)), value = rcpi_trim(rcpi_sub(line, colon + 1, line.n));
  if (rcpi_eq_nocase(name, RCPI_S("content-length"))) h->has_length = parse_length(value, &h->length);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (rcpi_eq_nocase(name, rcpi_cstr(names[i].name))) *(rcp_str *)((char *)h + names[i].at) = rcpi_dup(value, a);
}

/* The header lines to the blank line. RCP_END: the file ends inside them. */
static rcp_status read_header(rcpi_arena *a, rcpi_stream *s, header *h) {
  rcp_str line;
  rcp_status status;
  uint64_t from = rcpi_stream_at(s);
  while ((status = rcpi_stream_line(s, MAX_HEADER_LINE, &line)) == RCP_OK) {
    if (!line.n) return RCP_OK;
    if (rcpi_stream_at(s) - from > MAX_HEADER) return RCP_ELIMIT;
    keep(a, line, h);
  }
  return status;
}

/* <urn:uuid:…> and <http://…>, as WARC 1.0 writes them, without the brackets. */
static rcp_str unbracketed(rcp_str s) {
  return s.n > 1 && *s.p == '<' && s.p[s.n - 1] == '>' ? rcpi_sub(s, 1, s.n - 1) : s;
}

static bool may_hold_page(const header *h) {
  return rcpi_eq_nocase(h->type, RCPI_S("response")) || rcpi_eq_nocase(h->type, RCPI_S("resource")) ||
         rcpi_eq_nocase(h->type, RCPI_S("conversion"));
}

static bool is_page_type(rcp_str type) {
  return rcpi_is(type, "text/html") || rcpi_is(type, "application/xhtml+xml") || rcpi_is(type, "text/plain");
}

/* The block of a record; RCP_END: it holds no page, which is nothing to complain of. */
static rcp_status read_block(const header *h, rcp_str block, rcp_article *article, rcp_error *error) {
  rcpi_arena *a = &article->arena;
  rcpi_http http = {.status = 200, .body = block};
  rcp_str content_type = h->content_type, body;
  const char *why, *charset;
  if (rcpi_http_parse(block, &http)) content_type = rcpi_http_field(http.fields, "content-type");
  else if (rcpi_eq_nocase(h->type, RCPI_S("response"))) return RCP_END;   /* DNS, FTP */
  if (http.status != 200) return RCP_END;
  rcp_str type = rcpi_http_media_type(a, content_type, &charset);
  if (type.n && !is_page_type(type)) return RCP_END;
  if (!rcpi_http_body(a, &http, rcpi_article_most(article->most), &body, &why)) return rcpi_error(error, RCP_ELIMIT, article->source, 0, "%s", why);
  if (!type.n && rcpi_trim(body).n && *rcpi_trim(body).p != '<') return RCP_END;
  rcp_input kind = rcpi_is(type, "text/plain") ? RCP_INPUT_TEXT : type.n ? RCP_INPUT_HTML : RCP_INPUT_AUTO;
  rcp_status status = rcpi_content_read(body, kind, charset, article, error);
  if (!status && why) article->note = rcpi_cstr(why);
  return status;
}

static rcp_status read_page(rcpi_stream *s, header *h, rcp_article *article, rcp_error *error) {
  uint64_t at = rcpi_stream_at(s);
  if (h->length > rcpi_article_most(article->most) + (uint64_t)HEAD_ROOM) {
    rcpi_stream_skip(s, h->length);
    return rcpi_article_too_large(article->source, at, article->most, error);
  }
  rcp_str block = rcpi_stream_peek(s, (size_t)h->length);
  if (block.n < h->length) {
    size_t have = block.n;
    rcpi_stream_skip(s, have);
    return rcpi_error(error, RCP_EINPUT, article->source, at, "the record breaks off: %zu of its %llu bytes are there", have, (unsigned long long)h->length);
  }
  article->url = h->uri.n ? unbracketed(h->uri) : (rcp_str){NULL, 0};
  article->id = h->id.n ? unbracketed(h->id) : (rcp_str){NULL, 0};
  article->digest = h->digest;
  rcp_status status = read_block(h, rcpi_sub(block, 0, (size_t)h->length), article, error);
  rcpi_stream_skip(s, h->length);
  return status;
}

rcp_status rcpi_warc_next(rcpi_stream *s, rcp_str path, size_t *n_records, rcp_article *article, rcp_error *error) {
  rcpi_mark mark = rcpi_arena_mark(&article->arena);
  for (;;) {
    header h = {.has_length = false};
    bool is_lost;
    rcp_status status = find_record(s, &is_lost);
    if (status) return status;
    ++*n_records;
    rcpi_arena_rewind(&article->arena, mark);
    article->source = rcpi_printf(&article->arena, "%.*s:%zu", RCPI_P(path), *n_records);
    status = read_header(&article->arena, s, &h);
    if (status == RCP_END) return rcpi_error(error, RCP_EINPUT, article->source, rcpi_stream_at(s), "the file ends inside the record's header");
    if (status) return rcpi_error(error, status, article->source, rcpi_stream_at(s), "the record's header is larger than %d KiB", MAX_HEADER >> 10);
    if (!h.has_length) return rcpi_error(error, RCP_EINPUT, article->source, rcpi_stream_at(s), "the record does not say its Content-Length");
    if (!may_hold_page(&h)) {
      rcpi_stream_skip(s, h.length);
      continue;
    }
    status = read_page(s, &h, article, error);
    if (status != RCP_END) return status;
  }
}
