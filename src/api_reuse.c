/*
 * The public functions on reuse: inputs into batches, results out.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>

#include "api_reuse.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/limits.h"
#include "clean/clean.h"
#include "engine.h"
#include "input/reader.h"
#include "reuse/corpus.h"
#include "reuse/index_file.h"
#include "reuse/passage.h"
#include "reuse/reading.h"

struct rcp_reuse {
  const rcp_engine *engine;
  rcpi_corpus *corpus;
  rcpi_reader *reader;         /* NULL: nothing is open */
  rcpi_read_line *lines;
  rcpi_item *items;            /* of the batch added last */
  size_t n_items, next_item;   /* those before next_item have been reported */
  bool asks;                   /* articles are asked about, one at a time, and not added */
  rcpi_buf text;               /* the text of an article added alone, with room behind it */
  rcpi_buf *reading;           /* where articles are written to in place of being added; NULL: they are added */
};

static rcp_status no_memory(rcp_error *error) {
  return rcpi_error(error, RCP_ENOMEM, RCPI_S(""), 0, "out of memory");
}

/* What `extract` would give of a record that holds a page. */
static rcp_status page_text(void *context, rcpi_arena *a, rcp_str line, rcp_str *text) {
  const rcp_reuse *r = context;
  rcpi_reader_options options = {.kind = RCP_INPUT_JSONL};
  rcp_article *article;
  const char *why;
  rcp_status status = rcpi_read_bytes(RCPI_S(""), line, &options, &article, NULL);
  if (status) return status;
  volatile rcp_status done = RCP_ENOMEM;
  RCPI_GUARD(&article->arena) {
    done = rcpi_clean(r->engine->cleaner, article, &why) ? RCP_OK : RCP_ELIMIT;
    if (!done) *text = rcpi_clean_own_text(&article->arena, article);
  }
  article->arena.guard = NULL;
  if (!done) {
    char *room = rcpi_alloc(a, text->n + RCPI_WORDS_PADDING, 1);
    if (text->n) memcpy(room, text->p, text->n);
    text->p = room;
  }
  rcpi_article_drop(article);
  return done;
}

rcp_status rcp_reuse_new(const rcp_engine *engine, const rcp_reuse_options *options, rcp_reuse **out, rcp_error *error) {
  rcp_reuse_options plain = {.window_days = 0};
  if (!options) options = &plain;
  *out = NULL;
  rcp_reuse *r = calloc(1, sizeof *r);
  if (!r) return no_memory(error);
  r->engine = engine;
  rcpi_corpus_options how = {.threads = engine->options.threads, .window_days = options->window_days, .isa = RCPI_ISA_AVX512,
                             .wants_articles = options->articles, .keeps_texts = options->phrases ? RCPI_MAX_KEPT_TEXTS : 0, .max_text = r->engine->options.max_article, .page_text = page_text,
                             .page_context = r};
  rcp_status status = rcpi_corpus_new(&how, &r->corpus);
  size_t n = status ? 0 : rcpi_corpus_batch(r->corpus);
  r->lines = calloc(n + 1, sizeof *r->lines);
  r->items = calloc(n + 1, sizeof *r->items);
  if (status || !r->lines || !r->items) return rcp_reuse_free(r), no_memory(error);
  *out = r;
  return RCP_OK;
}

void rcp_reuse_free(rcp_reuse *r) {
  if (!r) return;
  rcpi_reader_free(r->reader);
  rcpi_corpus_free(r->corpus);
  rcpi_buf_release(&r->text);
  free(r->lines);
  free(r->items);
  free(r);
}

rcp_status rcp_reuse_load(rcp_reuse *r, const char *path, rcp_error *error) {
  return rcpi_index_load(r->corpus, path, error);
}

rcp_status rcp_reuse_save(rcp_reuse *r, const char *path, rcp_error *error) {
  return rcpi_index_save(r->corpus, path, error);
}

/* ---------------------------------------------------------------------------------------------------------- adding */

rcp_status rcp_reuse_open(rcp_reuse *r, const char *const *inputs, size_t n_inputs, rcp_error *error) {
  rcpi_reader_options options = {.kind = r->engine->options.input, .published = rcpi_cstr(r->engine->options.published),
                                 .language = rcpi_cstr(r->engine->options.language),
                                 .most = r->engine->options.max_article, .fetch = rcpi_engine_fetch(r->engine)};
  rcpi_reader_free(r->reader);
  r->reader = NULL;
  return rcpi_reader_new(inputs, n_inputs, &options, &r->reader, error);
}

void rcpi_reuse_only_read(rcp_reuse *r, rcpi_buf *reading) {
  r->reading = reading;
}

static rcp_status read_item(rcp_reuse *r, rcp_error *error) {
  const rcpi_reading *found;
  if (rcpi_corpus_read(r->corpus, r->items, &found)) return no_memory(error);
  if (!r->items[0].status) rcpi_reading_pack(r->reading, found);
  return r->reading->failed ? no_memory(error) : RCP_OK;
}

static rcp_status add_items(rcp_reuse *r, size_t n, rcp_error *error) {
  r->n_items = n;
  r->next_item = 0;
  if (r->reading) return read_item(r, error);
  rcp_status status = r->asks ? rcpi_corpus_ask(r->corpus, r->items) : rcpi_corpus_add(r->corpus, r->items, n);
  return status ? no_memory(error) : RCP_OK;
}

/* The next record of the last batch that could not be used. */
static rcp_status report(rcp_reuse *r, rcp_error *error) {
  while (r->next_item < r->n_items) {
    const rcpi_item *item = &r->items[r->next_item++];
    if (!item->status) continue;
    char name[256] = "";
    size_t n = item->source.n < 200 ? item->source.n : 200;
    if (item->source.p) snprintf(name, sizeof name, item->number ? "%.*s:%llu" : "%.*s", (int)n, item->source.p, (unsigned long long)item->number);
    return rcpi_error(error, item->status, rcpi_cstr(name), item->offset, "%s", item->message);
  }
  return RCP_OK;
}

/* The item's line or its text is copied to where there is room behind it. */
static rcp_status add_one(rcp_reuse *r, rcpi_item item, rcp_error *error) {
  rcp_str *what = item.line.p ? &item.line : &item.text;
  if (what->n > UINT32_MAX / 2) return rcpi_error(error, RCP_ELIMIT, item.source, 0, "the text is too long");
  rcpi_buf_clear(&r->text);
  if (what->n) rcpi_buf_add(&r->text, *what);
  if (!rcpi_buf_reserve(&r->text, RCPI_WORDS_PADDING)) return no_memory(error);
  what->p = r->text.p;
  r->items[0] = item;
  rcp_status status = add_items(r, 1, error);
  return status ? status : report(r, error);
}

rcp_status rcp_reuse_add(rcp_reuse *r, rcp_str id, rcp_str text, rcp_str published, rcp_error *error) {
  return add_one(r, (rcpi_item){.source = id, .id = id, .text = text, .published = published}, error);
}

rcp_status rcpi_reuse_add_record(rcp_reuse *r, rcp_str id, rcp_str line, rcp_error *error) {
  if (!line.p) line = RCPI_S("");
  return add_one(r, (rcpi_item){.line = line, .source = id, .published = rcpi_cstr(r->engine->options.published)}, error);
}

rcp_status rcp_reuse_add_article(rcp_reuse *r, const rcp_article *article, rcp_error *error) {
  volatile rcp_status status = RCP_ENOMEM;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    rcpi_item item = {.source = article->source, .id = article->id.n ? article->id : article->source, .published = article->published};
    if (article->html.p) {
      item.text = rcpi_clean_own_text(&a, article);
    } else {
      rcpi_span *spans = rcpi_array(&a, rcpi_span, article->n_furniture);
      for (size_t i = 0; i < article->n_furniture; i++) spans[i] = article->furniture[i].at;
      item.text = article->text;
      item.left_out = spans;
      item.n_left_out = article->n_furniture;
    }
    status = add_one(r, item, error);
  }
  rcpi_arena_release(&a);
  return status;
}

static rcp_status add_next_article(rcp_reuse *r, rcp_error *error) {
  rcp_article *article;
  rcp_status status = rcpi_reader_next(r->reader, &article, error);
  if (status) return status;
  const char *why = "";
  volatile rcp_status cleaned = RCP_ENOMEM;
  RCPI_GUARD(&article->arena) cleaned = rcpi_clean(r->engine->cleaner, article, &why) ? RCP_OK : RCP_ELIMIT;
  article->arena.guard = NULL;
  status = cleaned == RCP_OK      ? rcp_reuse_add_article(r, article, error)
           : cleaned == RCP_ELIMIT ? rcpi_error(error, RCP_ELIMIT, article->source, 0, "%s", why)
                                   : no_memory(error);
  rcpi_article_drop(article);
  return status;
}

rcp_status rcp_reuse_read(rcp_reuse *r, rcp_error *error) {
  if (!r->reader) return RCP_END;
  rcp_status status = report(r, error);
  if (status) return status;
  size_t n;
  rcp_str path;
  status = rcpi_reader_lines(r->reader, r->lines, r->asks ? 1 : rcpi_corpus_batch(r->corpus), &n, &path, error);
  if (status) return status;
  if (!n) return add_next_article(r, error);
  rcp_str published = rcpi_cstr(r->engine->options.published);
  for (size_t i = 0; i < n; i++)
    r->items[i] = (rcpi_item){.line = r->lines[i].text, .source = path, .number = r->lines[i].number, .published = published};
  return add_items(r, n, error);
}

rcp_status rcp_reuse_finish(rcp_reuse *r, rcp_error *error) {
  return rcpi_corpus_finish(r->corpus) ? no_memory(error) : RCP_OK;
}

/* ------------------------------------------------------------------------------------------------------- questions */

static rcp_status asked(rcp_reuse *r, rcp_status status, rcp_reuse_article *about, rcp_error *error) {
  r->asks = false;
  if (!status) status = report(r, error);
  if (!status && about && !rcpi_corpus_answer(r->corpus, about)) *about = (rcp_reuse_article){.originality = 1};
  return status;
}

rcp_status rcp_reuse_query(rcp_reuse *r, rcp_str id, rcp_str text, rcp_str published, rcp_reuse_article *about, rcp_error *error) {
  r->asks = true;
  return asked(r, rcp_reuse_add(r, id, text, published, error), about, error);
}

rcp_status rcp_reuse_query_next(rcp_reuse *r, rcp_reuse_article *about, rcp_error *error) {
  r->asks = true;
  return asked(r, rcp_reuse_read(r, error), about, error);
}

bool rcp_reuse_next_answer(rcp_reuse *r, rcp_reuse_pair *out) {
  return rcpi_corpus_next_answer(r->corpus, out);
}

/* --------------------------------------------------------------------------------------------------------- results */

bool rcp_reuse_next_pair(rcp_reuse *r, rcp_reuse_pair *out) {
  return rcpi_corpus_next_pair(r->corpus, out);
}

bool rcp_reuse_next_article(rcp_reuse *r, rcp_reuse_article *out) {
  return rcpi_corpus_next_article(r->corpus, out);
}

bool rcp_reuse_next_phrase(rcp_reuse *r, rcp_reuse_phrase *out) {
  return rcpi_corpus_next_phrase(r->corpus, out);
}

void rcp_reuse_stats_get(const rcp_reuse *r, rcp_reuse_stats *out) {
  rcpi_corpus_stats_get(r->corpus, out);
}

_Static_assert(RCPI_PASSAGE_WEIGHT == 32 && RCPI_RUN_GROUPS == 32 && RCPI_RUN_WORDS == 5 && RCPI_SKETCH_BINS == 128 &&
               RCPI_SKETCH_BANDS == 32, "rcp_reuse_settings must say what is done");

const char *rcp_reuse_settings(void) {
  return "recoupe " RCPI_VERSION " reuse: shingles of 2 words (4 characters of unspaced scripts); near-duplicate at resemblance "
         ".30, or containment .70 with resemblance .15; candidates by one-permutation sketches of 128 bins in 32 bands of 4; "
         "passages of 16 equal words (32 characters) by runs of 5 words, 1 in 4 by winnowing; runs in over 32 groups are cut";
}
