/*
 * corpus_int.h - what the files corpus*.c share.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_REUSE_CORPUS_INT_H
#define RCPI_REUSE_CORPUS_INT_H

#include "reuse/corpus.h"
#include "reuse/twin.h"
#include "reuse/passage.h"
#include "reuse/pool.h"

/* A link as it is kept until it is asked for: articles by number, passages by words. */
typedef struct rcpi_found {
  uint32_t a, b;
  uint32_t kind;
  uint32_t both, n_a, n_b;     /* distinct shingles */
  uint64_t first;              /* of its passages in the corpus' matches */
  uint32_t n_passages;
} rcpi_found;

typedef struct rcpi_originality { uint32_t doc; uint32_t n_found, n_words; } rcpi_originality;   /* words found earlier */
typedef struct rcpi_phrase { uint64_t text; uint32_t n, groups, docs; } rcpi_phrase;

/* What one thread needs for itself. */
typedef struct rcpi_worker {
  rcpi_arena arena;
  rcpi_shingle_set own, other;
  rcpi_run_table runs;
  rcpi_matches matches;
  bool failed;                 /* out of memory */
} rcpi_worker;

/* An article of the batch at hand. */
typedef struct rcpi_slot {
  rcpi_arena arena;            /* for the record; emptied each time */
  rcpi_mark empty;
  rcpi_arena lists;            /* for what is used again */
  rcpi_item *item;
  rcpi_reading reading;
  rcpi_word_list words;
  rcpi_run *runs;
  uint32_t *scratch;
  size_t runs_cap;
  rcpi_twin_keys keys;
  rcp_str text;
  uint32_t doc;                /* its number, once it has one */
  RCPI_VEC(uint32_t) candidates;
  RCPI_VEC(rcpi_found) links;  /* `first` counts in matches below */
  RCPI_VEC(rcpi_match) matches;
} rcpi_slot;

/* What waits to be given out. */
typedef struct rcpi_results {
  rcpi_bulk links;             /* rcpi_found */
  rcpi_bulk matches;
  rcpi_bulk articles;          /* rcpi_originality */
  rcpi_bulk phrases;           /* rcpi_phrase */
  rcpi_bulk phrase_texts;
  size_t next_link, next_article, next_phrase;
} rcpi_results;

struct rcpi_corpus {
  rcpi_corpus_options options;
  rcpi_isa isa;
  rcpi_pool *pool;
  rcpi_arena arena;
  rcpi_worker *workers;
  rcpi_slot *slots;
  size_t n_slots;
  rcpi_candidates candidates;
  rcpi_segment **segments;     /* oldest first; the last may be open */
  size_t n_segments, segments_cap;
  size_t n_expired_kept;       /* of them at the head: gone, but results point into them */
  bool is_dead;
  char *map;                   /* an index file, or NULL */
  size_t map_size;

  /* of the open segment */
  rcpi_bulk links;              /* rcpi_found */
  rcpi_bulk matches;            /* rcpi_match: passages of links */

  rcpi_results ready, answers; /* of articles added; of the question asked last */
  bool has_question;           /* the last segment holds nothing but it */
  rcpi_bulk passages;           /* rcp_reuse_passage: of the link given out last */
  rcp_reuse_stats stats;
};

/* The segment of an article; its place there. */
const rcpi_segment *rcpi_corpus_segment(const rcpi_corpus *c, uint32_t doc, uint32_t *place);
static inline const rcpi_doc *rcpi_corpus_doc(const rcpi_corpus *c, uint32_t doc) {
  uint32_t place;
  const rcpi_segment *s = rcpi_corpus_segment(c, doc, &place);
  return &rcpi_docs(s)[place];
}
rcpi_side rcpi_corpus_side(const rcpi_corpus *c, uint32_t doc);
/* Distinct shingles of an article, counted when first asked for. */
uint32_t rcpi_corpus_shingles(const rcpi_corpus *c, rcpi_worker *w, uint32_t doc);
/* An open segment behind the others; NULL without memory. */
rcpi_segment *rcpi_corpus_new_segment(rcpi_corpus *c, uint32_t first);
/* The question asked last is over: its answers point nowhere. */
void rcpi_corpus_drop_question(rcpi_corpus *c);
void rcpi_results_clear(rcpi_results *r);
/* corpus_close.c: passages, and everything into results. */
rcp_status rcpi_corpus_close(rcpi_corpus *c);

#endif
