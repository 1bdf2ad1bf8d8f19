/*
 * One list of inputs, folders opened as they are met (by name, depth first, hidden files left out), one file open at a
 * time. Plain text is one article a file; JSONL one a line.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "input/reader.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "input/charset.h"
#include "input/page.h"

typedef struct path_list { RCPI_VEC(rcp_str) v; } path_list;

struct rcpi_reader {
  rcpi_arena arena;            /* paths and options */
  rcpi_arena file;             /* the open file */
  rcpi_reader_options options;
  path_list paths;             /* still to read, last first */
  rcp_str path;                /* of the open file */
  rcp_str lines;               /* JSONL not yet read */
  size_t line;
};

static int by_bytes(const struct dirent **x, const struct dirent **y) {
  return strcmp((*x)->d_name, (*y)->d_name);
}

static int is_visible(const struct dirent *d) {
  return d->d_name[0] != '.';
}

static rcp_status open_folder(rcpi_reader *r, rcp_str path, rcp_error *error) {
  struct dirent **entries = NULL;
  int n = scandir(path.p, &entries, is_visible, by_bytes);
  if (n < 0) return rcpi_error(error, RCP_EIO, path, 0, "the folder can't be read");
  for (int i = n; i-- > 0;) {
    const char *slash = path.n && path.p[path.n - 1] == '/' ? "" : "/";
    rcpi_push(&r->arena, &r->paths.v, rcpi_printf(&r->arena, "%s%s%s", path.p, slash, entries[i]->d_name));
    free(entries[i]);
  }
  free(entries);
  return n ? RCP_OK : rcpi_error(error, RCP_EINPUT, path, 0, "the folder holds no file");
}

static void set_field(rcp_article *article, rcp_str *field, const rcpi_value *record, const char *key) {
  rcp_str s = rcpi_json_text(rcpi_json_get(record, key));
  if (s.p && s.n) *field = rcpi_dup(s, &article->arena);
}

/* Title, blank line, text, unless the text begins with its title already (contract/cli.md). */
static void join_title(rcp_article *article) {
  if (!article->title.p) return;
  article->has_record_title = true;
  if (rcpi_starts(article->text, article->title)) return;
  article->text = rcpi_printf(&article->arena, "%.*s\n\n%.*s", RCPI_P(article->title), RCPI_P(article->text));
}

static rcp_status read_record(rcp_article *article, rcp_str line, rcp_error *error) {
  const char *message = "";
  size_t offset = 0;
  const rcpi_value *record = rcpi_json_parse(&article->arena, line, &message, &offset);
  if (!record) return rcpi_error(error, RCP_EINPUT, article->source, offset, "not JSON: %s", message);
  static const struct { const char *key; size_t at; } fields[] = {
      {"id", offsetof(rcp_article, id)}, {"url", offsetof(rcp_article, url)}, {"title", offsetof(rcp_article, title)},
      {"html", offsetof(rcp_article, html)}, {"published", offsetof(rcp_article, published)},
      {"publisher", offsetof(rcp_article, publisher)}, {"byline", offsetof(rcp_article, byline)},
      {"language", offsetof(rcp_article, language)}, {"text", offsetof(rcp_article, text)}};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
    set_field(article, (rcp_str *)((char *)article + fields[i].at), record, fields[i].key);
  if (!article->text.p && !article->html.p)
    return rcpi_error(error, RCP_EINPUT, article->source, 0, "the record has neither \"text\" nor \"html\"");
  if (article->text.p) join_title(article);
  return RCP_OK;
}

static bool looks_binary(rcp_str bytes) {
  size_t n = bytes.n < 4096 ? bytes.n : 4096, n_bad = 0;
  for (size_t i = 0; i < n; i++) {
    unsigned char c = (unsigned char)bytes.p[i];
    n_bad += c < 9 || (c > 13 && c < 32 && c != 27) || c == 127;
  }
  bool wide = n >= 2 && ((unsigned char)bytes.p[0] >= 0xFE || rcpi_starts(bytes, (rcp_str){"\0\0\xFE\xFF", 4}));
  return !wide && n_bad * 20 > n;
}

static rcp_status read_text(rcp_article *article, rcp_str bytes, rcp_input kind, rcp_error *error) {
  if (bytes.n > RCPI_MAX_ARTICLE) return rcpi_error(error, RCP_ELIMIT, article->source, 0, "larger than %d MiB", RCPI_MAX_ARTICLE >> 20);
  if (rcpi_trim(bytes).n == 0) return rcpi_error(error, RCP_EINPUT, article->source, 0, "empty: no text to compare");
  if (looks_binary(bytes)) return rcpi_error(error, RCP_EINPUT, article->source, 0, "binary data, not text");
  rcp_str text = rcpi_decode(&article->arena, bytes, rcpi_page_charset(&article->arena, bytes), &article->note);
  text = rcpi_dup(text, &article->arena);
  if (kind == RCP_INPUT_HTML || (kind == RCP_INPUT_AUTO && rcpi_page_is_html(text))) article->html = text;
  else article->text = text;
  return RCP_OK;
}

static rcp_status make_article(rcp_str source, rcp_str bytes, bool is_record, const rcpi_reader_options *options,
                               rcp_article **out, rcp_error *error) {
  rcp_article *article = rcpi_article_alloc();
  volatile rcp_status status = RCP_ENOMEM;
  if (article) {
    RCPI_GUARD(&article->arena) {
      article->source = rcpi_dup(source, &article->arena);
      rcpi_sha256_hex(bytes, article->sha256);
      status = is_record ? read_record(article, bytes, error) : read_text(article, bytes, options->kind, error);
      if (!status && !article->published.p) article->published = rcpi_dup(options->published, &article->arena);
      if (!status && options->language.p) article->language = rcpi_dup(options->language, &article->arena);
    }
    article->arena.guard = NULL;
  }
  if (status == RCP_ENOMEM) rcpi_error(error, status, source, 0, "out of memory");
  if (status) rcpi_article_drop(article), article = NULL;
  *out = article;
  return status;
}

static bool is_jsonl(rcp_str bytes) {
  rcp_str s = rcpi_trim(bytes), line;
  return s.n && s.p[0] == '{' && rcpi_next_line(&s, &line) && rcpi_trim(line).p[rcpi_trim(line).n - 1] == '}';
}

rcp_status rcpi_read_bytes(rcp_str source, rcp_str bytes, const rcpi_reader_options *options, rcp_article **out,
                           rcp_error *error) {
  bool is_record = options->kind == RCP_INPUT_JSONL || (options->kind == RCP_INPUT_AUTO && is_jsonl(bytes));
  return make_article(source, bytes, is_record, options, out, error);
}

static rcp_status next_line(rcpi_reader *r, rcp_article **out, rcp_error *error) {
  rcp_str line;
  while (rcpi_next_line(&r->lines, &line)) {
    r->line++;
    if (!rcpi_trim(line).n) continue;
    char name[512];
    snprintf(name, sizeof name, "%.*s:%zu", RCPI_P(r->path), r->line);
    return make_article(rcpi_cstr(name), line, true, &r->options, out, error);
  }
  return RCP_END;
}

static rcp_status open_path(rcpi_reader *r, rcp_article **out, rcp_error *error) {
  struct stat st;
  rcp_str bytes;
  if (!rcpi_is(r->path, "-") && stat(r->path.p, &st) == 0 && S_ISDIR(st.st_mode)) return open_folder(r, r->path, error);
  rcpi_arena_release(&r->file);
  r->file.guard = r->arena.guard;
  rcp_status status = rcpi_file_read(&r->file, r->path, (size_t)2 << 30, &bytes, error);
  if (status) return status;
  if (r->options.kind == RCP_INPUT_JSONL || (r->options.kind == RCP_INPUT_AUTO && is_jsonl(bytes))) {
    r->lines = bytes;
    r->line = 0;
    return RCP_OK;
  }
  return make_article(r->path, bytes, false, &r->options, out, error);
}

static rcp_status next(rcpi_reader *r, rcp_article **out, rcp_error *error) {
  for (;;) {
    rcp_status status = next_line(r, out, error);
    if (status != RCP_END) return status;
    if (!r->paths.v.n) return RCP_END;
    r->path = r->paths.v.p[--r->paths.v.n];
    status = open_path(r, out, error);
    if (status || *out) return status;
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

rcp_status rcpi_reader_new(const char *const *inputs, size_t n_inputs, const rcpi_reader_options *options,
                           rcpi_reader **out, rcp_error *error) {
  rcpi_reader *r = calloc(1, sizeof *r);
  *out = NULL;
  if (!r) return rcpi_error(error, RCP_ENOMEM, RCPI_S(""), 0, "out of memory");
  rcpi_arena_init(&r->arena);
  rcpi_arena_init(&r->file);
  RCPI_GUARD(&r->arena) {
    r->options = *options;
    for (size_t i = n_inputs; i-- > 0;) rcpi_push(&r->arena, &r->paths.v, rcpi_dup(rcpi_cstr(inputs[i]), &r->arena));
    *out = r;
  }
  r->arena.guard = NULL;
  if (*out) return RCP_OK;
  rcpi_reader_free(r);
  return rcpi_error(error, RCP_ENOMEM, RCPI_S(""), 0, "out of memory");
}

void rcpi_reader_free(rcpi_reader *r) {
  if (!r) return;
  rcpi_arena_release(&r->file);
  rcpi_arena_release(&r->arena);
  free(r);
}
