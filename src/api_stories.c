/*
 * The public functions on stories: each guards memory and calls src/story.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>

#include "base/buf.h"
#include "base/error.h"
#include "engine.h"
#include "story/explain.h"
#include "story/story.h"

struct rcp_stories {
  rcpi_arena arena, scratch;
  rcpi_grouping *grouping;
};

static const char *const change_names[] = {"joined", "began", "merged", "regrouped"};

static rcp_status no_memory(rcp_error *error) {
  return rcpi_error(error, RCP_ENOMEM, RCPI_S(""), 0, "out of memory");
}

rcp_status rcp_stories_new(const rcp_engine *engine, uint32_t window, rcp_stories **out, rcp_error *error) {
  *out = NULL;
  rcp_stories *s = calloc(1, sizeof *s);
  if (!s) return no_memory(error);
  rcpi_arena_init(&s->arena);
  rcpi_arena_init(&s->scratch);
  RCPI_GUARD(&s->arena) {
    s->grouping = rcpi_grouping_new(&s->arena, &engine->langs, window);
    *out = s;
  }
  s->arena.guard = NULL;
  if (*out) return RCP_OK;
  rcp_stories_free(s);
  return no_memory(error);
}

static rcp_story_line line_of(const rcp_stories *s, uint32_t number) {
  const rcpi_member *m = rcpi_grouping_member(s->grouping, number);
  return (rcp_story_line){m->id, rcpi_grouping_story(s->grouping, number)->name, change_names[m->change]};
}

rcp_status rcp_stories_add(rcp_stories *s, const rcp_article *article, rcp_story_line *out, rcp_error *error) {
  volatile rcp_status status = RCP_OK;
  rcpi_mark mark = rcpi_arena_mark(&s->scratch);
  RCPI_GUARD(&s->arena) {
    s->scratch.guard = s->arena.guard;
    *out = line_of(s, rcpi_grouping_add(s->grouping, &s->scratch, article));
  } else status = no_memory(error);
  s->arena.guard = s->scratch.guard = NULL;
  rcpi_arena_rewind(&s->scratch, mark);
  return status;
}

/* An outline as bytes: this, its terms, the id. Little-endian, as all that goes between machines. */
typedef struct outline_head { uint32_t magic; int32_t day; uint32_t n_terms, n_id; } outline_head;
enum { OUTLINE = 0x31534352 };   /* "RCS1" */

static void pack_outline(rcpi_buf *out, const rcpi_outline *o, rcp_str id) {
  outline_head h = {OUTLINE, o->day, o->n_terms, (uint32_t)id.n};
  rcpi_buf_add(out, (rcp_str){(const char *)&h, sizeof h});
  rcpi_buf_add(out, (rcp_str){(const char *)o->terms, o->n_terms * sizeof *o->terms});
  rcpi_buf_add(out, id);
}

rcp_status rcp_stories_outline(rcp_stories *s, const rcp_article *article, rcp_buffer *outline, rcp_error *error) {
  rcpi_buf out;
  rcpi_outline o;
  rcpi_mark mark = rcpi_arena_mark(&s->scratch);
  rcpi_buf_init(&out);
  RCPI_GUARD(&s->arena) {
    s->scratch.guard = s->arena.guard;
    rcpi_terms_read(s->grouping->terms, &s->scratch, article, &o);
    pack_outline(&out, &o, rcpi_grouping_id(article));
  } else out.failed = true;
  s->arena.guard = s->scratch.guard = NULL;
  rcpi_arena_rewind(&s->scratch, mark);
  *outline = (rcp_buffer){out.p, out.len};
  if (!out.failed) return RCP_OK;
  rcpi_buf_release(&out);
  *outline = (rcp_buffer){NULL, 0};
  return no_memory(error);
}

rcp_status rcp_stories_place(rcp_stories *s, rcp_str outline, rcp_story_line *out, rcp_error *error) {
  volatile rcp_status status = RCP_OK;
  outline_head h = {.magic = 0};
  if (outline.n >= sizeof h) memcpy(&h, outline.p, sizeof h);
  if (h.magic != OUTLINE || outline.n != sizeof h + (uint64_t)h.n_terms * sizeof(rcpi_term) + h.n_id)
    return rcpi_error(error, RCP_EDATA, RCPI_S(""), 0, "these bytes are no outline of this version");
  rcpi_mark mark = rcpi_arena_mark(&s->scratch);
  RCPI_GUARD(&s->arena) {
    s->scratch.guard = s->arena.guard;
    rcpi_outline o = {.day = h.day, .n_terms = h.n_terms, .terms = rcpi_array(&s->scratch, rcpi_term, h.n_terms)};
    memcpy(o.terms, outline.p + sizeof h, h.n_terms * sizeof *o.terms);
    rcp_str id = {outline.p + sizeof h + h.n_terms * sizeof *o.terms, h.n_id};
    *out = line_of(s, rcpi_grouping_place(s->grouping, &s->scratch, id, &o, s->grouping->n_read, NULL));
  } else status = no_memory(error);
  s->arena.guard = s->scratch.guard = NULL;
  rcpi_arena_rewind(&s->scratch, mark);
  return status;
}

rcp_status rcp_stories_final(rcp_stories *s, rcp_error *error) {
  volatile rcp_status status = RCP_OK;
  RCPI_GUARD(&s->arena) {
    s->scratch.guard = s->arena.guard;
    rcpi_grouping_final(s->grouping, &s->scratch);
  } else status = no_memory(error);
  s->arena.guard = s->scratch.guard = NULL;
  rcpi_arena_release(&s->scratch);
  return status;
}

/* Fills in all of *out; RCP_EUSAGE when one of the two is not there. */
static rcp_status explain(rcp_stories *s, const rcp_article *a, const rcp_article *b, rcp_story_reason *out, rcp_error *error) {
  rcp_str ids[2] = {rcpi_grouping_id(a), rcpi_grouping_id(b)};
  uint32_t numbers[2];
  for (int i = 0; i < 2; i++) {
    numbers[i] = rcpi_grouping_find(s->grouping, ids[i]);
    if (numbers[i] == RCPI_NO_ARTICLE) return rcpi_error(error, RCP_EUSAGE, ids[i], 0, "was not added, or too many articles ago");
  }
  *out = (rcp_story_reason){.days = -1, .side_a.line = line_of(s, numbers[0]), .side_b.line = line_of(s, numbers[1])};
  rcpi_grouping_explain(s->grouping, &s->scratch, a, numbers[0], b, numbers[1], out);
  return RCP_OK;
}

rcp_status rcp_stories_explain(rcp_stories *s, const rcp_article *a, const rcp_article *b, rcp_story_reason *out, rcp_error *error) {
  volatile rcp_status status = RCP_OK;
  rcpi_arena_release(&s->scratch);
  RCPI_GUARD(&s->arena) {
    s->scratch.guard = s->arena.guard;
    status = explain(s, a, b, out, error);
  } else status = no_memory(error);
  s->arena.guard = s->scratch.guard = NULL;
  return status;
}

bool rcp_stories_changed(const rcp_stories *s, size_t *at, rcp_story_line *out) {
  const rcpi_grouping *g = s->grouping;
  if (*at < rcpi_grouping_floor(g)) *at = rcpi_grouping_floor(g);
  for (; *at < g->n_read; ++*at) {
    uint32_t number = (uint32_t)*at;
    if (rcpi_grouping_story(g, number)->first == rcpi_grouping_member(g, number)->said) continue;
    *out = line_of(s, number);
    ++*at;
    return true;
  }
  return false;
}

void rcp_stories_free(rcp_stories *s) {
  if (!s) return;
  rcpi_arena_release(&s->scratch);
  rcpi_arena_release(&s->arena);
  free(s);
}
