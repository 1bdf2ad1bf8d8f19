/*
 * corpus.h - reuse among any number of articles: near-duplicates, groups, copied passages, originality.
 *
 * Articles come in batches. Each is read into words and a sketch (words.h, sketch.h), joins the open segment (segment.h)
 * and is held against near-duplicates found so far (twin.h); the group of the first leader that it resembles is its own, or
 * it leads a new one. When the segment closes (at the end, when it is full, or when a new period of the window begins)
 * copied passages are found (passage.h), counted over the groups, and the results of the segment's articles are ready, in
 * the order the articles came.
 *
 * With a window of D days a segment covers about D/8 days and leaves when its last day lies more than D days back, so
 * memory is bounded by what is published in D + D/8 days. An article whose date lies before the open segment joins it all the
 * same; one without date too.
 *
 * Results do not depend on the number of threads, on how articles are cut into batches, or on the instruction set.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_REUSE_CORPUS_H
#define RCPI_REUSE_CORPUS_H

#include "reuse/segment.h"

typedef struct rcpi_corpus rcpi_corpus;

typedef struct rcpi_corpus_options {
  unsigned threads;            /* 0 or 1: one */
  unsigned window_days;        /* 0: all articles stay */
  rcpi_isa isa;                /* the most that may be used */
  bool wants_articles;         /* originality of each article */
  size_t max_text;             /* bytes of one text; 0: RCPI_MAX_ARTICLE */
  size_t keeps_texts;          /* bytes of texts that a segment keeps, its first, so that phrases can be shown in words; 0: none */
  /* The text of a record (a line of JSONL) that holds only a page, with RCPI_WORDS_PADDING bytes behind it; NULL: refused. */
  rcp_status (*page_text)(void *context, rcpi_arena *a, rcp_str line, rcp_str *text);
  void *page_context;
} rcpi_corpus_options;

/* An article to add: a record of JSONL, or its parts. All views must stay until rcpi_corpus_add returns. */
typedef struct rcpi_item {
  rcp_str line;                /* .p NULL: the parts below */
  rcp_str source;              /* what it is called when a record has no id: "path:" and number follow */
  uint64_t number;
  rcp_str id, text;            /* text has RCPI_WORDS_PADDING readable bytes behind it */
  rcp_str published;           /* also of a record that states none */
  const rcpi_span *left_out;   /* bytes of text that are not the article's own words, ascending, disjoint */
  size_t n_left_out;
  rcp_status status;           /* set by rcpi_corpus_add: RCP_OK, or why the record can't be used, in `message` */
  const char *message;         /* good until the next call */
  uint64_t offset;
} rcpi_item;

rcp_status rcpi_corpus_new(const rcpi_corpus_options *options, rcpi_corpus **out);
void rcpi_corpus_free(rcpi_corpus *c);

/* At most rcpi_corpus_batch items at a time. RCP_ENOMEM ends the corpus: it may only be freed. */
rcp_status rcpi_corpus_add(rcpi_corpus *c, rcpi_item *items, size_t n);
size_t rcpi_corpus_batch(const rcpi_corpus *c);
/* Reads an item as rcpi_corpus_add would, without adding it: *out is good until the next call, and when item->status is RCP_OK. */
rcp_status rcpi_corpus_read(rcpi_corpus *c, rcpi_item *item, const rcpi_reading **out);
/* Closes the open segment; articles may be added behind it. */
rcp_status rcpi_corpus_finish(rcpi_corpus *c);

/*
 * Holds one article against all at hand without adding it; closes the open segment first. Its answers come from the two
 * functions below until the next call of any other; not where item->status says that it can't be used.
 */
rcp_status rcpi_corpus_ask(rcpi_corpus *c, rcpi_item *item);
bool rcpi_corpus_next_answer(rcpi_corpus *c, rcp_reuse_pair *out);
bool rcpi_corpus_answer(const rcpi_corpus *c, rcp_reuse_article *out);

/* Results that are ready, each once; false when there is none for now. Views are good until the next call of any function. */
bool rcpi_corpus_next_pair(rcpi_corpus *c, rcp_reuse_pair *out);
bool rcpi_corpus_next_article(rcpi_corpus *c, rcp_reuse_article *out);
bool rcpi_corpus_next_phrase(rcpi_corpus *c, rcp_reuse_phrase *out);

void rcpi_corpus_stats_get(const rcpi_corpus *c, rcp_reuse_stats *out);

#endif
