/*
 * segment.h - a batch of articles as arrays: what an index file holds, in memory as on disk.
 *
 * An article is its id, its words (hashes, and the distance of each from the one before, in code points), a sketch, and
 * places in two indexes: twin.h's tables, which find near-duplicates, and the runs, which find copied passages. A segment
 * is open while articles are added; closing it sorts the runs. Then it is read only, and may be written to a file, or be
 * one that was mapped from it. Articles leave with the segment they came in: a window of thirty days is a queue of them.
 *
 * An article's number counts over all segments of a corpus: segment->first + its place in the segment.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_REUSE_SEGMENT_H
#define RCPI_REUSE_SEGMENT_H

#include "base/bulk.h"
#include "reuse/sketch.h"
#include "reuse/words.h"

enum {
  RCPI_NO_DAY = INT32_MIN,
  RCPI_SEG_BLOCK = 256,        /* words */
  RCPI_DOC_HAS_ALONE = 1,      /* words that are characters of an unspaced script */
  RCPI_DOC_HAS_WIDE = 2,       /* gaps or words of 255 code points or more */
};

typedef struct rcpi_doc {
  uint64_t id;                 /* offset in the ids */
  uint32_t id_len;
  uint32_t word, n_words;      /* its words in the segment's */
  uint32_t n_shingles;         /* distinct; 0: not counted yet */
  uint32_t leader;             /* number of the article that leads its group */
  int32_t day;                 /* days since 1970-01-01, or RCPI_NO_DAY */
  uint32_t flags;
  uint32_t n_followers;        /* of a leader: articles that joined it */
  uint32_t run, n_runs;        /* its runs, while the segment is open */
} rcpi_doc;

/* The arrays of a segment, in the order they have in a file. */
typedef enum rcpi_section {
  RCPI_SEC_DOCS,               /* rcpi_doc */
  RCPI_SEC_IDS,                /* char */
  RCPI_SEC_WORDS,              /* uint32_t: hash of each word */
  RCPI_SEC_GAPS,               /* uint8_t: code points between a word and the one before; 255: see WIDE */
  RCPI_SEC_LENS,               /* uint8_t: code points of a word; 255: see WIDE */
  RCPI_SEC_WIDE,               /* uint64_t: (word * 2 + is_len) << 32 | value, ascending */
  RCPI_SEC_SKETCHES,           /* rcpi_sketch */
  RCPI_SEC_SLOTS,              /* uint64_t [band][slot], twin.h */
  RCPI_SEC_NEXT,               /* uint32_t [article][band], twin.h */
  RCPI_SEC_SHORT_SLOTS,        /* uint32_t, twin.h */
  RCPI_SEC_SHORTS,             /* rcpi_short, twin.h */
  RCPI_SEC_RUNS,               /* rcpi_run, words counted in the segment; sorted once closed */
  RCPI_N_SECTIONS,
} rcpi_section;

typedef struct rcpi_segment {
  struct { const char *p; size_t n; } at[RCPI_N_SECTIONS];   /* bytes */
  rcpi_bulk own[RCPI_N_SECTIONS];   /* empty where mapped from a file */
  rcpi_bulk of_block;          /* of a closed segment, not in the file: uint32_t: the article that holds word 256 i, */
  rcpi_bulk starts, leaders;   /* each article's first word (and the end of all) and leader: what passages ask for at random, close together */
  rcpi_bulk texts, text_at;     /* where asked for: texts end to end, and uint64_t where each begins; not in the file */
  uint32_t n_docs, first;
  int32_t day, last_day;       /* the days it covers; RCPI_NO_DAY: any */
  uint32_t n_slots;            /* of each band, a power of two */
  uint32_t n_short_slots;
  bool is_closed;
} rcpi_segment;

/* An article read, before it joins a segment. */
typedef struct rcpi_reading {
  rcp_str id;
  int32_t day;
  uint32_t n_words, n_alone;
  const uint32_t *words;
  const uint32_t *beg, *end;   /* code points */
  const rcpi_run *runs;
  size_t n_runs;
  rcpi_sketch sketch;
} rcpi_reading;

static inline const rcpi_doc *rcpi_docs(const rcpi_segment *s) { return (const rcpi_doc *)(const void *)s->at[RCPI_SEC_DOCS].p; }
static inline const uint32_t *rcpi_seg_words(const rcpi_segment *s) { return (const uint32_t *)(const void *)s->at[RCPI_SEC_WORDS].p; }
static inline const rcpi_sketch *rcpi_sketches(const rcpi_segment *s) { return (const rcpi_sketch *)(const void *)s->at[RCPI_SEC_SKETCHES].p; }
static inline const rcpi_run *rcpi_seg_runs(const rcpi_segment *s) { return (const rcpi_run *)(const void *)s->at[RCPI_SEC_RUNS].p; }
static inline size_t rcpi_n_runs(const rcpi_segment *s) { return s->at[RCPI_SEC_RUNS].n / sizeof(rcpi_run); }
static inline rcp_str rcpi_doc_id(const rcpi_segment *s, const rcpi_doc *d) { return (rcp_str){s->at[RCPI_SEC_IDS].p + d->id, d->id_len}; }

void rcpi_segment_init(rcpi_segment *s, uint32_t first);
void rcpi_segment_release(rcpi_segment *s);
/* Is there room for `n_words` more words of one article? A segment holds 2 G words. */
bool rcpi_segment_has_room(const rcpi_segment *s, size_t n_words);
/* Adds an article with its runs, not yet to twin.h's tables; its place in the segment. RCP_ENOMEM ends the segment's use. */
rcp_status rcpi_segment_add(rcpi_segment *s, const rcpi_reading *r, uint32_t *place);
/* Sorts the runs. */
rcp_status rcpi_segment_close(rcpi_segment *s);
/* To change a section of an open segment: its own bytes, grown to n. NULL without memory. */
void *rcpi_segment_grow(rcpi_segment *s, rcpi_section which, size_t n);
/* For what is settled later: the article's own record in an open segment. */
static inline rcpi_doc *rcpi_doc_edit(rcpi_segment *s, uint32_t place) { return (rcpi_doc *)(void *)s->own[RCPI_SEC_DOCS].p + place; }

static inline const uint32_t *rcpi_seg_starts(const rcpi_segment *s) { return (const uint32_t *)(const void *)s->starts.p; }
static inline const uint32_t *rcpi_seg_leaders(const rcpi_segment *s) { return (const uint32_t *)(const void *)s->leaders.p; }
/* Of an article of a closed segment that is not mapped from a file. */
void rcpi_segment_lead(rcpi_segment *s, uint32_t place, uint32_t leader);
/* The article that holds a word of a closed segment; its place. */
uint32_t rcpi_segment_doc_of(const rcpi_segment *s, uint32_t word);
/* What of a closed segment is not in a file: call it behind mapping one. */
rcp_status rcpi_segment_index_words(rcpi_segment *s);
/* Where words [beg, end) of an article stand in its text, in code points. */
void rcpi_segment_place(const rcpi_segment *s, const rcpi_doc *d, uint32_t beg, uint32_t end, uint32_t *from, uint32_t *to);
/* Bytes of twin.h's tables and sketches; of the words and runs that passages need. */
size_t rcpi_segment_near_bytes(const rcpi_segment *s);
size_t rcpi_segment_passage_bytes(const rcpi_segment *s);

#endif
