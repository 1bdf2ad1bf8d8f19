/*
 * A batch goes through four steps. Reading (words, sketch, runs, keys) is each article's own business, and so is deciding
 * its candidates: these two are shared out among threads. Between them articles join the segment and its tables in order,
 * and after them they join groups in order. So nothing depends on threads, and the ordered steps are the short ones.
 *
 * Groups: an article joins the group of the most alike near-duplicate whose leader it resembles too, else it leads one of its
 * own. A chain of look-alikes does not make a group (transitive closure of such pairs has put 51,160 unrelated books into one).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "reuse/corpus.h"

#include <stdlib.h>
#include <sys/mman.h>

#include "base/date.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "input/jsonl.h"
#include "reuse/corpus_int.h"

enum { BATCH = 32, PERIODS = 8 };

/* --------------------------------------------------------------------------------------------------------- reading */

static int32_t day_of(rcp_str published) {
  rcpi_date d = rcpi_date_parse(published);
  return rcpi_date_is_day(d) ? rcpi_date_count(d) : RCPI_NO_DAY;
}

/* Text with room behind it; a copy when it has to be repaired. */
static void set_text(rcpi_slot *s, rcp_str text) {
  size_t n_bad;
  rcp_str good = rcpi_utf8_repair(&s->arena, text, &n_bad);
  if (n_bad) {
    char *room = rcpi_alloc(&s->arena, good.n + RCPI_WORDS_PADDING, 1);
    memcpy(room, good.p, good.n);
    good.p = room;
  }
  s->text = good;
}

static bool refuse(rcpi_item *item, rcp_status status, const char *why, uint64_t offset) {
  item->status = status;
  item->message = why;
  item->offset = offset;
  return false;
}

static bool read_record(const rcpi_corpus *c, rcpi_slot *s, bool trusts_text, rcp_str *published) {
  rcpi_item *item = s->item;
  rcpi_record record;
  const char *why = "";
  size_t offset = 0;
  if (!rcpi_jsonl_read(&s->arena, item->line, trusts_text, &record, &why, &offset))
    return refuse(item, RCP_EINPUT, rcpi_printf(&s->arena, "not JSON: %s", why).p, offset);
  if (!record.text.p && !record.html.p)
    return refuse(item, RCP_EINPUT, "the record has neither \"text\" nor \"html\"", 0);
  s->text = record.text;
  s->reading.id = record.id;
  *published = record.published.n ? record.published : item->published;
  if (record.text.p) return true;
  rcp_status status = RCP_EINPUT;
  if (c->options.page_text) status = c->options.page_text(c->options.page_context, &s->arena, item->line, &s->text);
  return status ? refuse(item, status, "the page can't be made text", 0) : true;
}

/* Words outside what is left out. False where the text is not valid UTF-8. */
static bool read_words(rcpi_slot *s, rcpi_isa isa) {
  const rcpi_item *item = s->item;
  size_t at = 0;
  s->words.n = s->words.n_cp = s->words.n_alone = 0;
  for (size_t i = 0; i <= item->n_left_out; i++) {
    size_t end = i < item->n_left_out ? item->left_out[i].beg : s->text.n;
    if (!rcpi_words_read(&s->lists, isa, rcpi_sub(s->text, at, end), &s->words)) return false;
    if (i == item->n_left_out) break;
    s->words.n_cp += (uint32_t)rcpi_utf8_count(rcpi_sub(s->text, end, item->left_out[i].end));
    at = item->left_out[i].end;
  }
  return true;
}

static bool read_text(const rcpi_corpus *c, rcpi_slot *s, rcp_str *published) {
  rcpi_item *item = s->item;
  s->reading.id = item->id;
  *published = item->published;
  s->text = item->text;
  if (item->line.p && !read_record(c, s, true, published)) return false;
  if (s->text.n > (c->options.max_text ? c->options.max_text : RCPI_MAX_ARTICLE)) return refuse(item, RCP_ELIMIT, "the text is too long", 0);
  if (read_words(s, c->isa)) return true;
  /* not UTF-8: of a record, jansson says where; from elsewhere it is repaired */
  if (item->line.p && !read_record(c, s, false, published)) return false;
  set_text(s, s->text);
  return read_words(s, c->isa);
}

static void make_keys(rcpi_slot *s, rcpi_isa isa) {
  rcpi_reading *r = &s->reading;
  r->words = s->words.hash;
  r->beg = s->words.beg;
  r->end = s->words.end;
  r->n_words = (uint32_t)s->words.n;
  r->n_alone = s->words.n_alone;
  if (s->runs_cap < s->words.cap) {
    s->runs_cap = s->words.cap;
    s->runs = rcpi_array(&s->lists, rcpi_run, s->runs_cap);
    s->scratch = rcpi_array(&s->lists, uint32_t, 4 * (s->runs_cap + 16));
  }
  r->runs = s->runs;
  r->n_runs = rcpi_runs_by(isa, r->words, r->n_words, r->n_alone, s->scratch, s->runs);
  if (r->n_words) rcpi_sketch_make(r->words, r->n_words, r->n_alone, &r->sketch);
  else memset(&r->sketch, 0, sizeof r->sketch);
  rcpi_twin_keys_make(r->words, r->n_words, r->n_alone, &r->sketch, &s->keys);
}

static void read_item(rcpi_corpus *c, rcpi_slot *s) {
  rcp_str published;
  s->item->status = RCP_OK;
  if (!read_text(c, s, &published)) return;
  if (!s->reading.id.n)
    s->reading.id = s->item->number ? rcpi_printf(&s->arena, "%.*s:%llu", RCPI_P(s->item->source), (unsigned long long)s->item->number)
                                    : s->item->source;
  s->reading.day = day_of(published);
  make_keys(s, c->isa);
}

static void read_job(void *context, unsigned worker, size_t item) {
  rcpi_corpus *c = context;
  rcpi_slot *s = &c->slots[item];
  volatile bool ok = false;
  jmp_buf guard;
  s->arena.guard = s->lists.guard = &guard;
  if (setjmp(guard) == 0) {
    /* one chunk stays, so that most records ask malloc for nothing */
    if (s->empty.chunk) rcpi_arena_rewind(&s->arena, s->empty);
    else rcpi_alloc(&s->arena, 1, 1), s->empty = rcpi_arena_mark(&s->arena);
    read_item(c, s);
    ok = true;
  }
  s->arena.guard = s->lists.guard = NULL;
  if (!ok) c->workers[worker].failed = true;
}

rcp_status rcpi_corpus_read(rcpi_corpus *c, rcpi_item *item, const rcpi_reading **out) {
  rcpi_slot *s = &c->slots[0];
  s->item = item;
  read_job(c, 0, 0);
  *out = &s->reading;
  bool failed = c->workers[0].failed;
  c->workers[0].failed = false;
  return failed ? RCP_ENOMEM : RCP_OK;
}

/* -------------------------------------------------------------------------------------------------------- segments */

const rcpi_segment *rcpi_corpus_segment(const rcpi_corpus *c, uint32_t doc, uint32_t *place) {
  size_t i = c->n_segments - 1;
  while (i > 0 && c->segments[i]->first > doc) i--;
  *place = doc - c->segments[i]->first;
  return c->segments[i];
}

rcpi_side rcpi_corpus_side(const rcpi_corpus *c, uint32_t doc) {
  uint32_t place;
  const rcpi_segment *s = rcpi_corpus_segment(c, doc, &place);
  return rcpi_side_of(s, place);
}

static bool is_here(const rcpi_corpus *c, uint32_t doc) {
  return doc >= c->segments[c->n_expired_kept]->first;
}

rcpi_segment *rcpi_corpus_new_segment(rcpi_corpus *c, uint32_t first) {
  if (c->n_segments == c->segments_cap) {
    size_t cap = c->segments_cap ? 2 * c->segments_cap : 16;
    rcpi_segment **p = realloc(c->segments, cap * sizeof *p);
    if (!p) return NULL;
    c->segments = p;
    c->segments_cap = cap;
  }
  rcpi_segment *s = calloc(1, sizeof *s);
  if (!s) return NULL;
  rcpi_segment_init(s, first);
  return c->segments[c->n_segments++] = s;
}

static rcpi_segment *open_segment(rcpi_corpus *c) {
  rcpi_segment *last = c->n_segments ? c->segments[c->n_segments - 1] : NULL;
  if (last && !last->is_closed) return last;
  return rcpi_corpus_new_segment(c, last ? last->first + last->n_docs : 0);
}

static void drop_segment(rcpi_segment *s) {
  rcpi_segment_release(s);
  free(s);
}

void rcpi_corpus_drop_question(rcpi_corpus *c) {
  if (c->has_question) drop_segment(c->segments[--c->n_segments]);
  c->has_question = false;
}

/* Frees expired segments once no result points into them. */
static void drop_expired(rcpi_corpus *c) {
  for (size_t i = 0; i < c->n_expired_kept; i++) drop_segment(c->segments[i]);
  c->n_segments -= c->n_expired_kept;
  memmove(c->segments, c->segments + c->n_expired_kept, c->n_segments * sizeof *c->segments);
  c->n_expired_kept = 0;
}

/* Segments whose last day lies more than the window before `day` are gone for all that comes. */
static void expire(rcpi_corpus *c, int32_t day) {
  while (c->n_expired_kept + 1 < c->n_segments) {
    const rcpi_segment *s = c->segments[c->n_expired_kept];
    if (s->last_day == RCPI_NO_DAY || s->last_day >= day - (int32_t)c->options.window_days) return;
    c->stats.left += s->n_docs;
    c->n_expired_kept++;
  }
}

static rcp_status join_segment(rcpi_corpus *c, rcpi_slot *s) {
  rcpi_segment *segment = open_segment(c);
  uint32_t place;
  if (!segment) return RCP_ENOMEM;
  const rcpi_reading *r = &s->reading;
  if (r->day != RCPI_NO_DAY) {
    if (segment->day == RCPI_NO_DAY) segment->day = r->day;
    if (segment->last_day == RCPI_NO_DAY || r->day > segment->last_day) segment->last_day = r->day;
  }
  rcp_status status = rcpi_segment_add(segment, r, &place);
  if (status) return status;
  s->doc = segment->first + place;
  if (c->options.keeps_texts) {
    uint64_t at = segment->texts.len;
    rcpi_bulk_add(&segment->text_at, &at, sizeof at);
    if (s->text.n <= c->options.keeps_texts - segment->texts.len) rcpi_bulk_add(&segment->texts, s->text.p, s->text.n);
    if (segment->text_at.failed || segment->texts.failed) return RCP_ENOMEM;
  }
  rcpi_candidates_clear(&c->candidates);
  for (size_t i = c->n_expired_kept; i < c->n_segments; i++) rcpi_twin_find(c->segments[i], &s->keys, &c->candidates);
  rcpi_reserve(&c->arena, &s->candidates, c->candidates.n);
  s->candidates.n = c->candidates.n;
  if (c->candidates.n) memcpy(s->candidates.p, c->candidates.doc, c->candidates.n * sizeof *s->candidates.p);
  c->stats.articles++;
  return rcpi_twin_insert(segment, &s->keys, place);
}

/* -------------------------------------------------------------------------------------------------------- deciding */

static size_t choose(const rcpi_corpus *c, const rcpi_slot *s, rcpi_likely *best) {
  size_t n = 0;
  for (size_t i = 0; i < s->candidates.n; i++) {
    uint32_t place, doc = s->candidates.p[i];
    const rcpi_segment *segment = rcpi_corpus_segment(c, doc, &place);
    unsigned same = rcpi_sketch_same(&rcpi_sketches(segment)[place], &s->reading.sketch);
    if (rcpi_twin_is_likely(same, s->reading.n_words)) n = rcpi_twin_keep_best(best, n, (rcpi_likely){doc, same});
  }
  return n;
}

uint32_t rcpi_corpus_shingles(const rcpi_corpus *c, rcpi_worker *w, uint32_t doc) {
  uint32_t place;
  const rcpi_segment *s = rcpi_corpus_segment(c, doc, &place);
  const rcpi_doc *d = &rcpi_docs(s)[place];
  uint32_t n = __atomic_load_n(&d->n_shingles, __ATOMIC_RELAXED);
  if (n || !d->n_words) return n;
  n = rcpi_shingle_count(&w->arena, &w->other, rcpi_seg_words(s) + d->word, d->n_words, d->flags & RCPI_DOC_HAS_ALONE);
  /* in a file they are counted; several threads may write the same number here */
  __atomic_store_n(&((rcpi_doc *)(void *)s->own[RCPI_SEC_DOCS].p)[place].n_shingles, n, __ATOMIC_RELAXED);
  return n;
}

/* Shingles of `doc` in the worker's set. */
static uint32_t count_both(const rcpi_corpus *c, rcpi_worker *w, uint32_t doc) {
  rcpi_side x = rcpi_corpus_side(c, doc);
  return rcpi_shingle_set_count(&w->arena, &w->own, x.words, x.n, x.has_alone);
}

static void decide(const rcpi_corpus *c, rcpi_worker *w, rcpi_slot *s) {
  rcpi_likely best[RCPI_TWIN_KEPT];
  size_t n = choose(c, s, best);
  s->links.n = s->matches.n = 0;
  if (!n) return;
  const rcpi_reading *r = &s->reading;
  rcpi_side b = rcpi_corpus_side(c, s->doc);
  rcpi_shingle_set_fill(&w->arena, &w->own, r->words, r->n_words, r->n_alone);
  uint32_t n_b = w->own.n;
  bool has_runs = false;
  for (size_t i = 0; i < n; i++) {
    uint32_t both = count_both(c, w, best[i].doc), n_a = rcpi_corpus_shingles(c, w, best[i].doc);
    if (!rcpi_is_twin(both, n_a, n_b)) continue;
    if (!has_runs) rcpi_run_table_fill(&w->arena, &w->runs, (rcpi_run_list){r->runs, r->n_runs, 0});
    has_runs = true;
    uint32_t place;
    const rcpi_segment *segment = rcpi_corpus_segment(c, best[i].doc, &place);
    rcpi_run_list a_runs = rcpi_runs_of(&w->arena, &w->runs, segment, place);
    rcpi_passages_with(&w->arena, &w->runs, rcpi_side_of(segment, place), a_runs, b, &w->matches);
    rcpi_found link = {.a = best[i].doc, .b = s->doc, .kind = RCP_REUSE_NEAR_DUPLICATE, .both = both, .n_a = n_a, .n_b = n_b,
                       .first = s->matches.n, .n_passages = (uint32_t)w->matches.n};
    rcpi_push(&s->lists, &s->links, link);
    for (size_t k = 0; k < w->matches.n; k++) rcpi_push(&s->lists, &s->matches, w->matches.p[k]);
  }
}

static void decide_job(void *context, unsigned worker, size_t item) {
  rcpi_corpus *c = context;
  rcpi_slot *s = &c->slots[item];
  rcpi_worker *w = &c->workers[worker];
  if (s->item->status) return;
  volatile bool ok = false;
  jmp_buf guard;
  w->arena.guard = s->lists.guard = &guard;
  if (setjmp(guard) == 0) {
    decide(c, w, s);
    ok = true;
  }
  w->arena.guard = s->lists.guard = NULL;
  if (!ok) w->failed = true;
}

/* --------------------------------------------------------------------------------------------------------- groups */

static bool resembles(rcpi_corpus *c, const rcpi_slot *s, uint32_t doc, uint32_t n_b) {
  rcpi_worker *w = &c->workers[0];
  const rcpi_reading *r = &s->reading;
  rcpi_shingle_set_fill(&w->arena, &w->own, r->words, r->n_words, r->n_alone);
  return rcpi_is_twin(count_both(c, w, doc), rcpi_corpus_shingles(c, w, doc), n_b);
}

static bool is_linked(const rcpi_slot *s, uint32_t doc) {
  for (size_t i = 0; i < s->links.n; i++)
    if (s->links.p[i].a == doc) return true;
  return false;
}

/* Links come most alike first. A leader that has left the window is followed by the member that is still here. */
static uint32_t find_leader(rcpi_corpus *c, const rcpi_slot *s) {
  uint32_t refused = UINT32_MAX;
  for (size_t i = 0; i < s->links.n; i++) {
    const rcpi_found *link = &s->links.p[i];
    uint32_t leader = rcpi_corpus_doc(c, link->a)->leader;
    if (!is_here(c, leader)) leader = link->a;
    if (leader == refused) continue;
    if (is_linked(s, leader) || resembles(c, s, leader, link->n_b)) return leader;
    refused = leader;
  }
  return s->doc;
}

static rcp_status join_group(rcpi_corpus *c, rcpi_slot *s) {
  if (!s->links.n) return RCP_OK;
  rcpi_segment *segment = c->segments[c->n_segments - 1];
  uint32_t leader = find_leader(c, s);
  rcpi_doc_edit(segment, s->doc - segment->first)->leader = leader;
  if (leader != s->doc && leader >= segment->first) rcpi_doc_edit(segment, leader - segment->first)->n_followers++;
  uint64_t first = c->matches.len / sizeof(rcpi_match);
  for (size_t i = 0; i < s->links.n; i++) s->links.p[i].first += first;
  rcpi_bulk_add(&c->links, s->links.p, s->links.n * sizeof *s->links.p);
  rcpi_bulk_add(&c->matches, s->matches.p, s->matches.n * sizeof *s->matches.p);
  return c->links.failed || c->matches.failed ? RCP_ENOMEM : RCP_OK;
}

/* ---------------------------------------------------------------------------------------------------------- batches */

static bool any_failed(const rcpi_corpus *c) {
  for (unsigned i = 0; i < rcpi_pool_threads(c->pool); i++)
    if (c->workers[i].failed) return true;
  return false;
}

/* Slots [beg, end) belong to one segment: joins them to it, decides, groups. */
typedef struct stretch { rcpi_corpus *c; size_t beg; } stretch;

static void stretch_job(void *context, unsigned worker, size_t item) {
  const stretch *t = context;
  decide_job(t->c, worker, t->beg + item);
}

static rcp_status take_stretch(rcpi_corpus *c, size_t beg, size_t end) {
  rcp_status status = RCP_OK;
  if (beg < end && c->n_segments) rcpi_twin_prefetch(c->segments[c->n_segments - 1], &c->slots[beg].keys);
  for (size_t i = beg; i < end && !status; i++) {
    if (i + 1 < end && c->n_segments) rcpi_twin_prefetch(c->segments[c->n_segments - 1], &c->slots[i + 1].keys);
    if (!c->slots[i].item->status) status = join_segment(c, &c->slots[i]);
  }
  if (status) return status;
  rcpi_pool_run(c->pool, end - beg, stretch_job, &(stretch){c, beg});
  if (any_failed(c)) return RCP_ENOMEM;
  for (size_t i = beg; i < end && !status; i++)
    if (!c->slots[i].item->status) status = join_group(c, &c->slots[i]);
  return status;
}

/* What the open segment will hold once the articles before the one at hand have joined it. */
typedef struct outlook { int32_t day; size_t n_words; } outlook;

static bool is_next_period(const rcpi_corpus *c, const rcpi_segment *s, const outlook *o, const rcpi_reading *r) {
  if (!rcpi_segment_has_room(s, o->n_words + r->n_words)) return true;
  if (!c->options.window_days || r->day == RCPI_NO_DAY || o->day == RCPI_NO_DAY) return false;
  return r->day >= o->day + (int32_t)(c->options.window_days + PERIODS - 1) / PERIODS;
}

static rcp_status take_batch(rcpi_corpus *c, size_t n) {
  size_t beg = 0;
  const rcpi_segment *open = open_segment(c);
  if (!open) return RCP_ENOMEM;
  outlook o = {open->day, 0};
  for (size_t i = 0; i < n; i++) {
    const rcpi_slot *s = &c->slots[i];
    if (s->item->status) continue;
    if (is_next_period(c, open, &o, &s->reading)) {
      rcp_status status = take_stretch(c, beg, i);
      if (!status) status = rcpi_corpus_close(c);
      if (status) return status;
      open = open_segment(c);
      if (!open) return RCP_ENOMEM;
      if (c->options.window_days && s->reading.day != RCPI_NO_DAY) expire(c, s->reading.day);
      o = (outlook){RCPI_NO_DAY, 0};
      beg = i;
    }
    if (o.day == RCPI_NO_DAY) o.day = s->reading.day;
    o.n_words += s->reading.n_words;
  }
  return take_stretch(c, beg, n);
}

rcp_status rcpi_corpus_add(rcpi_corpus *c, rcpi_item *items, size_t n) {
  if (c->is_dead) return RCP_ENOMEM;
  rcpi_corpus_drop_question(c);
  const rcpi_results *r = &c->ready;
  bool are_given = r->next_link == r->links.len / sizeof(rcpi_found) && r->next_article == r->articles.len / sizeof(rcpi_originality);
  if (are_given && c->n_expired_kept) drop_expired(c);
  for (size_t i = 0; i < n; i++) c->slots[i].item = &items[i];
  rcpi_pool_run(c->pool, n, read_job, c);
  volatile rcp_status status = RCP_ENOMEM;
  RCPI_GUARD(&c->arena) {
    if (!any_failed(c)) status = take_batch(c, n);
  }
  c->arena.guard = NULL;
  c->is_dead = status != RCP_OK;
  return status;
}

size_t rcpi_corpus_batch(const rcpi_corpus *c) {
  return c->n_slots;
}

rcp_status rcpi_corpus_finish(rcpi_corpus *c) {
  if (c->is_dead) return RCP_ENOMEM;
  rcpi_corpus_drop_question(c);
  if (!c->n_segments || c->segments[c->n_segments - 1]->is_closed) return RCP_OK;
  rcp_status status = rcpi_corpus_close(c);
  c->is_dead = status != RCP_OK;
  return status;
}

/* ------------------------------------------------------------------------------------------------------- questions */

static void swap_results(rcpi_corpus *c) {
  rcpi_results swap = c->ready;
  c->ready = c->answers;
  c->answers = swap;
}

/* The article joins a segment of its own, which is closed like any other and goes with the next call. */
static rcp_status answer(rcpi_corpus *c) {
  if (!rcpi_corpus_new_segment(c, c->n_segments ? c->segments[c->n_segments - 1]->first + c->segments[c->n_segments - 1]->n_docs : 0))
    return RCP_ENOMEM;
  c->has_question = true;
  volatile rcp_status status = RCP_ENOMEM;
  RCPI_GUARD(&c->arena) {
    status = take_stretch(c, 0, 1);
    if (!status) status = rcpi_corpus_close(c);
  }
  c->arena.guard = NULL;
  return status;
}

rcp_status rcpi_corpus_ask(rcpi_corpus *c, rcpi_item *item) {
  rcp_status status = rcpi_corpus_finish(c);
  if (status) return status;
  c->slots[0].item = item;
  read_job(c, 0, 0);
  rcpi_results_clear(&c->answers);
  if (any_failed(c)) status = RCP_ENOMEM;
  if (!status && !item->status) {
    rcp_reuse_stats stats = c->stats;
    rcpi_corpus_options options = c->options;
    c->options.wants_articles = true;
    c->options.keeps_texts = 0;
    swap_results(c);
    status = answer(c);
    swap_results(c);
    c->options = options;
    c->stats = stats;
  }
  c->is_dead = status != RCP_OK;
  return status;
}

/* --------------------------------------------------------------------------------------------------------- life */

rcp_status rcpi_corpus_new(const rcpi_corpus_options *options, rcpi_corpus **out) {
  *out = NULL;
  rcpi_corpus *c = calloc(1, sizeof *c);
  if (!c) return RCP_ENOMEM;
  c->options = *options;
  c->isa = rcpi_words_best(options->isa);
  c->pool = rcpi_pool_new(options->threads);
  unsigned n = c->pool ? rcpi_pool_threads(c->pool) : 1;
  c->n_slots = BATCH * (size_t)n;
  c->workers = calloc(n, sizeof *c->workers);
  c->slots = calloc(c->n_slots, sizeof *c->slots);
  if (!c->pool || !c->workers || !c->slots) return rcpi_corpus_free(c), RCP_ENOMEM;
  *out = c;
  return RCP_OK;
}

static void release_results(rcpi_results *r) {
  rcpi_bulk *all[] = {&r->links, &r->matches, &r->articles, &r->phrases, &r->phrase_texts};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) rcpi_bulk_release(all[i]);
}

void rcpi_corpus_free(rcpi_corpus *c) {
  if (!c) return;
  for (size_t i = 0; i < c->n_segments; i++) drop_segment(c->segments[i]);
  for (size_t i = 0; c->slots && i < c->n_slots; i++) {
    rcpi_arena_release(&c->slots[i].arena);
    rcpi_arena_release(&c->slots[i].lists);
  }
  for (unsigned i = 0; c->workers && c->pool && i < rcpi_pool_threads(c->pool); i++) rcpi_arena_release(&c->workers[i].arena);
  rcpi_pool_free(c->pool);
  release_results(&c->ready);
  release_results(&c->answers);
  rcpi_bulk *all[] = {&c->links, &c->matches, &c->passages};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) rcpi_bulk_release(all[i]);
  rcpi_arena_release(&c->arena);
  if (c->map) munmap(c->map, c->map_size);
  free(c->segments);
  free(c->slots);
  free(c->workers);
  free(c);
}

static void count_days(const rcpi_segment *s, rcp_reuse_stats *out) {
  for (uint32_t i = 0; i < s->n_docs; i++) {
    int32_t day = rcpi_docs(s)[i].day;
    if (day == RCPI_NO_DAY) continue;
    if (out->first_day == RCPI_NO_DAY || day < out->first_day) out->first_day = day;
    if (day > out->last_day) out->last_day = day;
  }
}

void rcpi_corpus_stats_get(const rcpi_corpus *c, rcp_reuse_stats *out) {
  *out = c->stats;
  out->first_day = out->last_day = RCPI_NO_DAY;
  for (size_t i = 0; i < c->n_segments - c->has_question; i++) {
    out->near_bytes += rcpi_segment_near_bytes(c->segments[i]);
    out->passage_bytes += rcpi_segment_passage_bytes(c->segments[i]);
    if (i >= c->n_expired_kept) count_days(c->segments[i], out);
  }
}
