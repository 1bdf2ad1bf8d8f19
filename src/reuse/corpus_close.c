/*
 * A segment closes: passages between articles of different groups, what that says about groups, and the results in order.
 *
 * A pair of articles with passages that is near enough to be a near-duplicate becomes one, so that the two ways of
 * finding them, by sketch and by passage, end in one rule. Links are put in the order in which their later article came.
 *
 * Originality: words of an article that lie in no passage shared with an earlier one (by date where both state theirs, else
 * by order) and in no phrase that was cut as boilerplate, unless it is the first to have it. Passages within a group are those of
 * the links that were kept, eight an article, which leaves little out.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "reuse/corpus_int.h"

enum { CHUNK = 64 };           /* pairs that a thread takes at a time */

/* --------------------------------------------------------------------------------------------------- pairs of anchors */

/* Pairs [beg, end) of anchors' pairs, and what came of them. */
typedef struct chunk { size_t beg, end; RCPI_VEC(rcpi_found) links; RCPI_VEC(rcpi_match) matches; rcpi_arena arena; } chunk;

typedef struct evaluation {
  rcpi_corpus *c;
  const rcpi_anchor *anchors;
  const size_t *pair;          /* where each pair's anchors begin; one more at the end */
  chunk *chunks;
} evaluation;

static void evaluate_pair(const evaluation *e, rcpi_worker *w, chunk *k, size_t p, uint32_t *filled) {
  const rcpi_anchor *at = &e->anchors[e->pair[p]];
  rcpi_side a = rcpi_corpus_side(e->c, at->a), b = rcpi_corpus_side(e->c, at->b);
  if (!rcpi_passages_at(&w->arena, a, b, at, e->pair[p + 1] - e->pair[p], &w->matches)) return;
  if (*filled != at->a) rcpi_shingle_set_fill(&w->arena, &w->own, a.words, a.n, a.has_alone);
  *filled = at->a;
  uint32_t both = rcpi_shingle_set_count(&w->arena, &w->own, b.words, b.n, b.has_alone), n_a = w->own.n;
  uint32_t n_b = rcpi_corpus_shingles(e->c, w, at->b);
  rcpi_found link = {.a = at->a, .b = at->b, .kind = rcpi_is_twin(both, n_a, n_b) ? RCP_REUSE_NEAR_DUPLICATE : RCP_REUSE_PASSAGE,
                     .both = both, .n_a = n_a, .n_b = n_b, .first = k->matches.n, .n_passages = (uint32_t)w->matches.n};
  rcpi_push(&k->arena, &k->links, link);
  for (size_t i = 0; i < w->matches.n; i++) rcpi_push(&k->arena, &k->matches, w->matches.p[i]);
}

/* A pair that comes soon: the records of its articles, and then their words, are anywhere in memory. */
static void ask_for_records(const evaluation *e, size_t p) {
  uint32_t place;
  const rcpi_segment *s = rcpi_corpus_segment(e->c, e->anchors[e->pair[p]].b, &place);
  __builtin_prefetch(&rcpi_docs(s)[place]);
}

static void ask_for_words(const evaluation *e, size_t p) {
  const rcpi_anchor *at = &e->anchors[e->pair[p]];
  rcpi_side a = rcpi_corpus_side(e->c, at->a), b = rcpi_corpus_side(e->c, at->b);
  __builtin_prefetch(a.words + at->word_a);
  for (uint32_t i = 0; i < b.n && i < 16 * 48; i += 16) __builtin_prefetch(b.words + i);
}

static void evaluate_job(void *context, unsigned worker, size_t item) {
  const evaluation *e = context;
  rcpi_worker *w = &e->c->workers[worker];
  chunk *k = &e->chunks[item];
  volatile bool ok = false;
  jmp_buf guard;
  w->arena.guard = k->arena.guard = &guard;
  if (setjmp(guard) == 0) {
    uint32_t filled = UINT32_MAX;
    for (size_t p = k->beg; p < k->end; p++) {
      ask_for_records(e, p + 10 < k->end ? p + 10 : k->end - 1);
      ask_for_words(e, p + 4 < k->end ? p + 4 : k->end - 1);
      evaluate_pair(e, w, k, p, &filled);
    }
    ok = true;
  }
  w->arena.guard = k->arena.guard = NULL;
  if (!ok) w->failed = true;
}

static bool collect(rcpi_corpus *c, const chunk *k) {
  uint64_t first = c->matches.len / sizeof(rcpi_match);
  for (size_t i = 0; i < k->links.n; i++) k->links.p[i].first += first;
  rcpi_bulk_add(&c->links, k->links.p, k->links.n * sizeof *k->links.p);
  rcpi_bulk_add(&c->matches, k->matches.p, k->matches.n * sizeof *k->matches.p);
  return !c->links.failed && !c->matches.failed;
}

static rcp_status evaluate(rcpi_corpus *c, const rcpi_anchor *anchors, size_t n) {
  rcpi_arena a;
  rcpi_arena_init(&a);
  volatile rcp_status status = RCP_ENOMEM;
  RCPI_GUARD(&a) {
    size_t n_pairs = 0, *pair = rcpi_array(&a, size_t, n + 1);
    for (size_t i = 0; i < n; i++)
      if (!i || anchors[i].a != anchors[i - 1].a || anchors[i].b != anchors[i - 1].b) pair[n_pairs++] = i;
    pair[n_pairs] = n;
    size_t n_chunks = (n_pairs + CHUNK - 1) / CHUNK;
    evaluation e = {c, anchors, pair, rcpi_array(&a, chunk, n_chunks)};
    for (size_t i = 0; i < n_chunks; i++) {
      e.chunks[i].beg = i * CHUNK;
      e.chunks[i].end = i + 1 < n_chunks ? (i + 1) * CHUNK : n_pairs;
    }
    rcpi_pool_run(c->pool, n_chunks, evaluate_job, &e);
    bool ok = true;
    for (unsigned i = 0; i < rcpi_pool_threads(c->pool); i++) ok &= !c->workers[i].failed;
    for (size_t i = 0; i < n_chunks; i++) {
      ok = ok && collect(c, &e.chunks[i]);
      rcpi_arena_release(&e.chunks[i].arena);
    }
    status = ok ? RCP_OK : RCP_ENOMEM;
  }
  rcpi_arena_release(&a);
  return status;
}

/* ----------------------------------------------------------------------------------------------------------- order */

static int by_a_and_kind(const void *x, const void *y) {
  const rcpi_found *a = x, *b = y;
  if (a->a != b->a) return a->a < b->a ? -1 : 1;
  return (a->kind > b->kind) - (a->kind < b->kind);
}

/* By b, which counting does, then a and kind; a link found both ways once. */
static rcp_status sort_links(rcpi_corpus *c, const rcpi_segment *s) {
  size_t n = c->links.len / sizeof(rcpi_found), at = 0, kept = 0;
  const rcpi_found *from = (const rcpi_found *)(const void *)c->links.p;
  rcpi_bulk sorted, starts;
  rcpi_bulk_init(&sorted);
  rcpi_bulk_init(&starts);
  size_t n_starts = (size_t)s->n_docs + 1;
  if (!rcpi_bulk_reserve(&sorted, c->links.len) || !rcpi_bulk_reserve(&starts, n_starts * sizeof at)) {
    rcpi_bulk_release(&sorted);
    rcpi_bulk_release(&starts);
    return RCP_ENOMEM;
  }
  rcpi_found *to = (rcpi_found *)(void *)sorted.p;
  size_t *start = (size_t *)(void *)starts.p;
  memset(start, 0, n_starts * sizeof *start);
  for (size_t i = 0; i < n; i++) start[from[i].b - s->first + 1]++;
  for (size_t i = 1; i < n_starts; i++) start[i] += start[i - 1];
  for (size_t i = 0; i < n; i++) to[start[from[i].b - s->first]++] = from[i];
  for (size_t end; at < n; at = end) {
    for (end = at + 1; end < n && to[end].b == to[at].b; end++);
    if (end - at > 1) qsort(&to[at], end - at, sizeof *to, by_a_and_kind);
    for (size_t i = at; i < end; i++)
      if (i == at || to[i].a != to[i - 1].a || to[i].kind != to[i - 1].kind) to[kept++] = to[i];
  }
  sorted.len = kept * sizeof *to;
  rcpi_bulk_release(&c->links);
  rcpi_bulk_release(&starts);
  c->links = sorted;
  return RCP_OK;
}

/* An article that stood alone joins the group of a near-duplicate that its passages have shown. */
static void join_late(rcpi_corpus *c, rcpi_segment *s) {
  const rcpi_found *links = (const rcpi_found *)(const void *)c->links.p;
  size_t n = c->links.len / sizeof *links;
  for (size_t i = 0; i < n; i++) {
    const rcpi_doc *b = &rcpi_docs(s)[links[i].b - s->first];
    if (links[i].kind != RCP_REUSE_NEAR_DUPLICATE || b->leader != links[i].b || b->n_followers) continue;
    if (rcpi_corpus_doc(c, links[i].a)->leader == links[i].a) rcpi_segment_lead(s, links[i].b - s->first, links[i].a);
  }
}

/* ------------------------------------------------------------------------------------------------------ originality */

/* Words of one article that were found earlier, as ones. */
typedef struct covering { uint8_t *of; const rcpi_segment *s; } covering;

static bool is_earlier(const rcpi_doc *x, const rcpi_doc *y, bool came_first) {
  if (x->day == RCPI_NO_DAY || y->day == RCPI_NO_DAY || x->day == y->day) return came_first;
  return x->day < y->day;
}

static void cover(const covering *v, uint32_t doc, uint32_t beg, uint32_t end) {
  if (doc < v->s->first) return;
  memset(v->of + rcpi_docs(v->s)[doc - v->s->first].word + beg, 1, end - beg);
}

static void cover_links(const rcpi_corpus *c, const covering *v) {
  const rcpi_found *links = (const rcpi_found *)(const void *)c->links.p;
  const rcpi_match *matches = (const rcpi_match *)(const void *)c->matches.p;
  for (size_t i = 0; i < c->links.len / sizeof *links; i++) {
    const rcpi_found *l = &links[i];
    bool a_first = is_earlier(rcpi_corpus_doc(c, l->a), rcpi_corpus_doc(c, l->b), true);
    for (size_t k = 0; k < l->n_passages; k++) {
      const rcpi_match *m = &matches[l->first + k];
      if (a_first) cover(v, l->b, m->b, m->b_end);
      else cover(v, l->a, m->a, m->a_end);
    }
  }
}

static rcp_status measure(rcpi_corpus *c, const rcpi_segment *s, const rcpi_bulk *common) {
  size_t n_words = s->at[RCPI_SEC_WORDS].n / sizeof(uint32_t);
  rcpi_bulk room;
  rcpi_bulk_init(&room);
  if (!rcpi_bulk_reserve(&room, n_words + 1)) return RCP_ENOMEM;
  covering v = {(uint8_t *)room.p, s};
  memset(v.of, 0, n_words);
  cover_links(c, &v);
  const rcpi_common *at = (const rcpi_common *)(const void *)common->p;
  for (size_t i = 0; i < common->len / sizeof *at; i++) memset(v.of + at[i].word, 1, at[i].n);
  for (uint32_t d = 0; d < s->n_docs; d++) {
    const rcpi_doc *doc = &rcpi_docs(s)[d];
    rcpi_originality o = {s->first + d, 0, doc->n_words};
    for (uint32_t i = 0; i < doc->n_words; i++) o.n_found += v.of[doc->word + i];
    rcpi_bulk_add(&c->ready.articles, &o, sizeof o);
  }
  rcpi_bulk_release(&room);
  return c->ready.articles.failed ? RCP_ENOMEM : RCP_OK;
}

/* ------------------------------------------------------------------------------------------------------ boilerplate */

/* The bytes of code points [from, to) of a text. */
static rcp_str code_points(rcp_str text, uint32_t from, uint32_t to) {
  size_t beg = 0, end, cp = 0;
  for (; beg < text.n && cp < from; beg++) cp += beg + 1 >= text.n || (text.p[beg + 1] & 0xC0) != 0x80;
  for (end = beg; end < text.n && cp < to; end++) cp += end + 1 >= text.n || (text.p[end + 1] & 0xC0) != 0x80;
  return rcpi_sub(text, beg, end);
}

/* Runs that were cut, those that touch put together, as their first article writes them. */
static rcp_status keep_phrases(rcpi_corpus *c, const rcpi_bulk *cuts) {
  const rcpi_cut *all = (const rcpi_cut *)(const void *)cuts->p;
  size_t n = cuts->len / sizeof *all;
  for (size_t i = 0, next; i < n; i = next) {
    rcpi_phrase phrase = {c->ready.phrase_texts.len, 0, all[i].groups, all[i].docs};
    uint32_t place, from, to, end = 0;
    const rcpi_segment *s = rcpi_corpus_segment(c, all[i].doc, &place);
    const rcpi_doc *doc = &rcpi_docs(s)[place];
    for (next = i; next < n && all[next].doc == all[i].doc; next++) {
      if (next > i && all[next].word > all[next - 1].word + RCPI_RUN_WINDOW) break;
      end = all[next].word + rcpi_run_words(rcpi_seg_words(s) + doc->word, doc->n_words, all[next].word);
      if (all[next].docs < phrase.docs) phrase.docs = all[next].docs;
    }
    const uint64_t *at = (const uint64_t *)(const void *)s->text_at.p;
    if (!s->text_at.len || end <= all[i].word) continue;
    uint64_t stop = place + 1 < s->n_docs ? at[place + 1] : s->texts.len;
    rcpi_segment_place(s, doc, all[i].word, end, &from, &to);
    rcp_str text = code_points(rcpi_sub((rcp_str){s->texts.p, s->texts.len}, at[place], stop), from, to);
    phrase.n = (uint32_t)text.n;
    if (!text.n) continue;   /* its text was not kept */
    rcpi_bulk_add(&c->ready.phrase_texts, text.p, text.n);
    rcpi_bulk_add(&c->ready.phrases, &phrase, sizeof phrase);
  }
  return c->ready.phrases.failed || c->ready.phrase_texts.failed ? RCP_ENOMEM : RCP_OK;
}

/* ----------------------------------------------------------------------------------------------------------- closing */

static rcp_status give_out(rcpi_corpus *c) {
  rcpi_found *links = (rcpi_found *)(void *)c->links.p;
  size_t n = c->links.len / sizeof *links;
  uint64_t first = c->ready.matches.len / sizeof(rcpi_match);
  size_t most = 0;
  for (size_t i = 0; i < n; i++) {
    links[i].first += first;
    if (links[i].n_passages > most) most = links[i].n_passages;
    if (links[i].kind == RCP_REUSE_NEAR_DUPLICATE) c->stats.near_duplicates++;
    else c->stats.passages++;
  }
  /* The room for a pair's passages: giving them out can't say that memory is out. */
  if (!rcpi_bulk_reserve(&c->passages, (most + 1) * sizeof(rcp_reuse_passage))) return RCP_ENOMEM;
  rcpi_bulk_add(&c->ready.links, c->links.p, c->links.len);
  rcpi_bulk_add(&c->ready.matches, c->matches.p, c->matches.len);
  rcpi_bulk_clear(&c->links);
  rcpi_bulk_clear(&c->matches);
  return c->ready.links.failed || c->ready.matches.failed ? RCP_ENOMEM : RCP_OK;
}

rcp_status rcpi_corpus_close(rcpi_corpus *c) {
  rcpi_segment *s = c->segments[c->n_segments - 1];
  rcpi_join join = {.wants_common = c->options.wants_articles, .wants_cuts = !c->has_question};
  rcp_status status = rcpi_segment_close(s);
  if (!status) status = rcpi_anchors_find((const rcpi_segment *const *)c->segments + c->n_expired_kept, c->n_segments - c->n_expired_kept, &join);
  if (!status) status = evaluate(c, (const rcpi_anchor *)(const void *)join.anchors.p, join.anchors.len / sizeof(rcpi_anchor));
  if (!status) status = sort_links(c, s);
  if (!status) join_late(c, s);
  if (!status && c->options.wants_articles) status = measure(c, s, &join.common);
  if (!status && c->options.keeps_texts) status = keep_phrases(c, &join.cuts);
  c->stats.phrases += join.cuts.len / sizeof(rcpi_cut);
  if (!status) status = give_out(c);
  rcpi_join_release(&join);
  return status;
}

/* ----------------------------------------------------------------------------------------------------------- results */

void rcpi_results_clear(rcpi_results *r) {
  rcpi_bulk *all[] = {&r->links, &r->matches, &r->articles, &r->phrases, &r->phrase_texts};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) rcpi_bulk_clear(all[i]);
  r->next_link = r->next_article = r->next_phrase = 0;
}

static bool next_pair(rcpi_corpus *c, rcpi_results *r, rcp_reuse_pair *out) {
  const rcpi_found *links = (const rcpi_found *)(const void *)r->links.p;
  if (r->next_link == r->links.len / sizeof *links) {
    rcpi_bulk_clear(&r->links);
    rcpi_bulk_clear(&r->matches);
    r->next_link = 0;
    return false;
  }
  const rcpi_found *l = &links[r->next_link++];
  uint32_t place_a, place_b;
  const rcpi_segment *s = rcpi_corpus_segment(c, l->a, &place_a), *t = rcpi_corpus_segment(c, l->b, &place_b);
  const rcpi_doc *a = &rcpi_docs(s)[place_a], *b = &rcpi_docs(t)[place_b];
  rcpi_bulk_clear(&c->passages);
  if (!rcpi_bulk_reserve(&c->passages, (l->n_passages + 1) * sizeof(rcp_reuse_passage))) return false;
  rcp_reuse_passage *p = (rcp_reuse_passage *)(void *)c->passages.p;
  for (uint32_t i = 0; i < l->n_passages; i++) {
    const rcpi_match *m = (const rcpi_match *)(const void *)r->matches.p + l->first + i;
    p[i].is_verbatim = m->is_verbatim;
    rcpi_segment_place(s, a, m->a, m->a_end, &p[i].a, &p[i].a_end);
    rcpi_segment_place(t, b, m->b, m->b_end, &p[i].b, &p[i].b_end);
  }
  *out = (rcp_reuse_pair){rcpi_doc_id(s, a), rcpi_doc_id(t, b), (rcp_reuse_kind)l->kind, rcpi_resemblance(l->both, l->n_a, l->n_b),
                     rcpi_containment(l->both, l->n_a, l->n_b), p, l->n_passages};
  return true;
}

bool rcpi_corpus_next_pair(rcpi_corpus *c, rcp_reuse_pair *out) {
  return next_pair(c, &c->ready, out);
}

bool rcpi_corpus_next_answer(rcpi_corpus *c, rcp_reuse_pair *out) {
  return c->has_question && next_pair(c, &c->answers, out);
}

static void give_article(const rcpi_corpus *c, const rcpi_originality *o, rcp_reuse_article *out) {
  uint32_t place, leader_place;
  const rcpi_segment *s = rcpi_corpus_segment(c, o->doc, &place);
  uint32_t leader = rcpi_docs(s)[place].leader;
  const rcpi_segment *t = rcpi_corpus_segment(c, leader, &leader_place);
  *out = (rcp_reuse_article){rcpi_doc_id(s, &rcpi_docs(s)[place]), rcpi_doc_id(t, &rcpi_docs(t)[leader_place]),
                             o->n_words ? 1 - (double)o->n_found / o->n_words : 1};
}

bool rcpi_corpus_next_article(rcpi_corpus *c, rcp_reuse_article *out) {
  rcpi_results *r = &c->ready;
  const rcpi_originality *all = (const rcpi_originality *)(const void *)r->articles.p;
  if (r->next_article == r->articles.len / sizeof *all) {
    rcpi_bulk_clear(&r->articles);
    r->next_article = 0;
    return false;
  }
  give_article(c, &all[r->next_article++], out);
  return true;
}

bool rcpi_corpus_answer(const rcpi_corpus *c, rcp_reuse_article *out) {
  if (!c->has_question || !c->answers.articles.len) return false;
  give_article(c, (const rcpi_originality *)(const void *)c->answers.articles.p, out);
  return true;
}

bool rcpi_corpus_next_phrase(rcpi_corpus *c, rcp_reuse_phrase *out) {
  const rcpi_phrase *all = (const rcpi_phrase *)(const void *)c->ready.phrases.p;
  if (c->ready.next_phrase == c->ready.phrases.len / sizeof *all) {
    rcpi_bulk_clear(&c->ready.phrases);
    rcpi_bulk_clear(&c->ready.phrase_texts);
    c->ready.next_phrase = 0;
    return false;
  }
  const rcpi_phrase *p = &all[c->ready.next_phrase++];
  *out = (rcp_reuse_phrase){rcpi_sub((rcp_str){c->ready.phrase_texts.p, c->ready.phrase_texts.len}, p->text, p->text + p->n), p->groups, p->docs};
  return true;
}
