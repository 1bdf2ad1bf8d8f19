/*
 * The public functions on stages: each opens readings, guards memory and calls src/reuse/stage.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>

#include "api_reuse.h"
#include "base/error.h"
#include "reuse/stage.h"

struct rcp_stage {
  rcp_reuse *reader;           /* reads articles, and holds none */
  rcpi_buf reading;
  rcpi_stage_room room;
};

_Static_assert(RCP_STAGE_KEYS >= RCPI_SKETCH_BANDS + RCPI_TWIN_SHORT, "all keys have room");

static rcp_status no_memory(rcp_error *error) {
  return rcpi_error(error, RCP_ENOMEM, RCPI_S(""), 0, "out of memory");
}

static rcp_status no_reading(rcp_error *error) {
  return rcpi_error(error, RCP_EDATA, RCPI_S(""), 0, "these bytes are no reading of this version, or not at a multiple of 8");
}

rcp_status rcp_stage_new(const rcp_engine *engine, rcp_stage **out, rcp_error *error) {
  *out = NULL;
  rcp_stage *s = calloc(1, sizeof *s);
  if (!s) return no_memory(error);
  rcp_status status = rcp_reuse_new(engine, NULL, &s->reader, error);
  if (status) return free(s), status;
  rcpi_reuse_only_read(s->reader, &s->reading);
  *out = s;
  return RCP_OK;
}

void rcp_stage_free(rcp_stage *s) {
  if (!s) return;
  rcp_reuse_free(s->reader);
  rcpi_buf_release(&s->reading);
  rcpi_arena_release(&s->room.w.arena);
  rcpi_arena_release(&s->room.scratch);
  free(s);
}

/* What was added goes to the caller. */
static rcp_status give(rcpi_buf *b, rcp_buffer *out, rcp_error *error) {
  *out = (rcp_buffer){NULL, 0};
  if (b->failed) return rcpi_buf_release(b), no_memory(error);
  *out = (rcp_buffer){b->p, b->len};
  rcpi_buf_init(b);
  return RCP_OK;
}

/* --------------------------------------------------------------------------------------------------------- reading */

static rcp_status read(rcp_stage *s, rcp_status status, rcp_buffer *out, rcp_error *error) {
  *out = (rcp_buffer){NULL, 0};
  if (!status) return give(&s->reading, out, error);
  rcpi_buf_release(&s->reading);
  return status;
}

rcp_status rcp_stage_read(rcp_stage *s, rcp_str id, rcp_str text, rcp_buffer *reading, rcp_error *error) {
  return read(s, rcp_reuse_add(s->reader, id, text, (rcp_str){NULL, 0}, error), reading, error);
}

rcp_status rcp_stage_read_record(rcp_stage *s, rcp_str id, rcp_str line, rcp_buffer *reading, rcp_error *error) {
  return read(s, rcpi_reuse_add_record(s->reader, id, line, error), reading, error);
}

rcp_status rcp_stage_read_article(rcp_stage *s, const rcp_article *article, rcp_buffer *reading, rcp_error *error) {
  return read(s, rcp_reuse_add_article(s->reader, article, error), reading, error);
}

rcp_str rcp_stage_id(rcp_str reading) {
  rcpi_opened x;
  return rcpi_reading_open(reading, &x) ? x.id : (rcp_str){NULL, 0};
}

/* Keys of shingles come before those of bands, as a corpus looks them up; the lowest bit tells the two kinds apart. */
size_t rcp_stage_keys(rcp_str reading, uint64_t doc, rcp_stage_key *keys, rcp_stage_sketch *sketch) {
  rcpi_opened x;
  rcpi_twin_keys found;
  uint32_t n = 0;
  if (!rcpi_reading_open(reading, &x)) return 0;
  *sketch = (rcp_stage_sketch){.doc = doc, .n_words = x.n_words};
  memcpy(sketch->bins, x.sketch, sizeof sketch->bins);
  if (!keys) return 0;
  rcpi_twin_keys_make(x.words, x.n_words, x.n_alone != 0, x.sketch, &found);
  for (uint32_t i = 0; i < found.n_shingles; i++, n++) keys[n] = (rcp_stage_key){(uint64_t)found.shingle[i] << 1 | 1, doc, n, 0};
  for (uint32_t i = 0; i < found.n_bands; i++, n++) keys[n] = (rcp_stage_key){found.band[i] & ~(uint64_t)1, doc, n, 0};
  return n;
}

/* --------------------------------------------------------------------------------------------------------- arrays */

rcp_status rcp_stage_join_keys(rcp_stage_key *keys, size_t n, rcp_buffer *candidates, rcp_error *error) {
  rcpi_buf b;
  rcpi_buf_init(&b);
  if (!rcpi_stage_candidates(keys, n, &b)) b.failed = true;
  return give(&b, candidates, error);
}

size_t rcp_stage_thin_keys(rcp_stage_key *keys, size_t n) {
  size_t kept = rcpi_stage_thin_keys(keys, n);
  return kept == SIZE_MAX ? n : kept;   /* thinning saves work and changes nothing */
}

rcp_status rcp_stage_choose(rcp_stage_key *keys, size_t n_keys, rcp_stage_candidate *candidates, size_t n, rcp_stage_sketch *sketches,
                            size_t n_sketches, rcp_buffer *pairs, rcp_error *error) {
  rcpi_buf b;
  rcpi_arena a;
  rcpi_buf_init(&b);
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    if (!rcpi_stage_choose(&a, keys, n_keys, candidates, n, sketches, n_sketches, &b)) b.failed = true;
  }
  else b.failed = true;
  rcpi_arena_release(&a);
  return give(&b, pairs, error);
}

size_t rcp_stage_thin_runs(rcp_stage_run *runs, size_t n) {
  size_t kept = rcpi_stage_thin(runs, n);
  return kept == SIZE_MAX ? n : kept;   /* thinning saves work and changes nothing */
}

rcp_status rcp_stage_join_runs(rcp_stage_run *runs, size_t n, rcp_buffer *anchors, rcp_error *error) {
  rcpi_buf b;
  rcpi_arena a;
  volatile rcp_status status = RCP_ENOMEM;
  rcpi_buf_init(&b);
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) status = rcpi_stage_anchors(&a, runs, n, &b);
  rcpi_arena_release(&a);
  if (!status) return give(&b, anchors, error);
  rcpi_buf_release(&b);
  *anchors = (rcp_buffer){NULL, 0};
  return status == RCP_ENOMEM ? no_memory(error) : rcpi_error(error, status, RCPI_S(""), 0, "more than 2 G words in one join of runs");
}

rcp_status rcp_stage_components(const rcp_stage_pair *pairs, size_t n, rcp_buffer *roots, rcp_error *error) {
  rcpi_buf b;
  rcpi_arena a;
  rcpi_buf_init(&b);
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) rcpi_stage_components(&a, pairs, n, &b);
  else b.failed = true;
  rcpi_arena_release(&a);
  return give(&b, roots, error);
}

/* -------------------------------------------------------------------------------------------------------- readings */

rcp_status rcp_stage_decide(rcp_stage *s, rcp_str b, const rcp_str *candidates, size_t n, rcp_buffer *links, rcp_error *error) {
  rcpi_buf out;
  rcpi_opened x;
  *links = (rcp_buffer){NULL, 0};
  if (!rcpi_reading_open(b, &x)) return no_reading(error);
  rcpi_buf_init(&out);
  RCPI_GUARD(&s->room.w.arena) rcpi_stage_decide(&s->room, &x, candidates, n, &out);
  else out.failed = true;
  s->room.w.arena.guard = NULL;
  return give(&out, links, error);
}

rcp_status rcp_stage_resembles(rcp_stage *s, rcp_str a, rcp_str b, bool *out, rcp_error *error) {
  rcpi_opened x, y;
  volatile rcp_status status = RCP_OK;
  if (!rcpi_reading_open(a, &x) || !rcpi_reading_open(b, &y)) return no_reading(error);
  RCPI_GUARD(&s->room.w.arena) *out = rcpi_stage_resembles(&s->room, &x, &y);
  else status = no_memory(error);
  s->room.w.arena.guard = NULL;
  return status;
}

rcp_status rcp_stage_runs(rcp_stage *s, rcp_str reading, uint64_t doc, uint64_t leader, rcp_buffer *runs, rcp_error *error) {
  rcpi_buf out;
  rcpi_opened x;
  *runs = (rcp_buffer){NULL, 0};
  if (!rcpi_reading_open(reading, &x)) return no_reading(error);
  rcpi_buf_init(&out);
  RCPI_GUARD(&s->room.w.arena) rcpi_stage_runs(&s->room, &x, doc, leader, &out);
  else out.failed = true;
  s->room.w.arena.guard = NULL;
  return give(&out, runs, error);
}

rcp_status rcp_stage_passages(rcp_stage *s, rcp_str a, rcp_str b, rcp_stage_anchor *anchors, size_t n, rcp_buffer *links, rcp_error *error) {
  rcpi_buf out;
  rcpi_opened x, y;
  *links = (rcp_buffer){NULL, 0};
  if (!rcpi_reading_open(a, &x) || !rcpi_reading_open(b, &y)) return no_reading(error);
  rcpi_buf_init(&out);
  RCPI_GUARD(&s->room.w.arena) {
    s->room.scratch.guard = s->room.w.arena.guard;
    if (rcpi_stage_sort_anchors(anchors, n)) rcpi_stage_passages(&s->room, &x, &y, anchors, n, &out);
    else out.failed = true;
  } else out.failed = true;
  s->room.w.arena.guard = s->room.scratch.guard = NULL;
  return give(&out, links, error);
}

/* Links of the anchors [0, n) of one pair, behind the pair; nothing when there is none. */
static void settle_pair(rcpi_stage_room *room, const rcpi_opened *a, const rcpi_opened *b, const rcp_stage_anchor *anchors, size_t n, rcpi_buf *out) {
  rcp_stage_pair pair = {anchors->a, anchors->b};
  size_t before = out->len;
  rcpi_buf_add(out, (rcp_str){(const char *)&pair, sizeof pair});
  size_t head = out->len;
  rcpi_stage_passages(room, a, b, anchors, n, out);
  if (out->len == head) out->len = before;
}

rcp_status rcp_stage_settle(rcp_stage *s, const uint64_t *docs, const rcp_str *readings, size_t n_readings, rcp_stage_anchor *anchors, size_t n,
                            rcp_buffer *links, rcp_error *error) {
  rcpi_buf out;
  volatile bool are_there = true;
  *links = (rcp_buffer){NULL, 0};
  rcpi_buf_init(&out);
  RCPI_GUARD(&s->room.w.arena) {
    s->room.scratch.guard = s->room.w.arena.guard;
    out.failed = !rcpi_stage_sort_anchors(anchors, n);
    for (size_t i = 0, end; i < n && !out.failed && are_there; i = end) {
      for (end = i + 1; end < n && anchors[end].a == anchors[i].a && anchors[end].b == anchors[i].b; end++);
      size_t at_a = rcpi_stage_place(docs, n_readings, anchors[i].a), at_b = rcpi_stage_place(docs, n_readings, anchors[i].b);
      rcpi_opened a, b;
      are_there = at_a < n_readings && at_b < n_readings && rcpi_reading_open(readings[at_a], &a) && rcpi_reading_open(readings[at_b], &b);
      if (are_there) settle_pair(&s->room, &a, &b, anchors + i, end - i, &out);
    }
  } else out.failed = true;
  s->room.w.arena.guard = s->room.scratch.guard = NULL;
  if (are_there) return give(&out, links, error);
  rcpi_buf_release(&out);
  return no_reading(error);
}
