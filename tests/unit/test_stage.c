/* The steps of reuse, moved about by hand, give what rcp_reuse gives. SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "recoupe.h"

enum { MOST = 400, FIRST = 1000, STEP = 7 };   /* articles have any ascending numbers */

static rcp_engine *engine;
static rcp_stage *stage;
static rcp_error error;

static int begin(void **state) {
  (void)state;
  assert_int_equal(rcp_engine_new(NULL, &engine, &error), RCP_OK);
  assert_int_equal(rcp_stage_new(engine, &stage, &error), RCP_OK);
  return 0;
}

static int end(void **state) {
  (void)state;
  rcp_stage_free(stage);
  rcp_engine_free(engine);
  return 0;
}

/* ------------------------------------------------------------------------------------------------------------ texts */

static uint64_t random_state;

static uint32_t random_below(uint32_t n) {
  random_state = random_state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)((random_state >> 33) % n);
}

static void write_words(char *to, uint64_t seed, unsigned n, unsigned one_in) {
  uint64_t kept = random_state;
  for (unsigned i = 0; i < n; i++) {
    random_state = seed * 1000003 + i;
    random_below(2);
    uint32_t word = random_below(30000);
    random_state = kept;
    if (one_in && random_below(one_in) == 0) word = random_below(30000);
    kept = random_state;
    to += sprintf(to, "%smot%u", i ? " " : "", word);
  }
}

static char texts[MOST][1 << 13], ids[MOST][16];
static size_t n_texts;

/* Originals, copies with changes, texts cut short, short ones, quotations, a footer in most, a story told a hundred times. */
static void invent(void) {
  char part[1 << 12];
  random_state = 20261121;
  for (n_texts = 0; n_texts < MOST; n_texts++) {
    size_t i = n_texts;
    char *text = texts[i];
    unsigned what = random_below(8), length = 60 + random_below(200);
    uint64_t seed = what < 4 || !i ? i : random_below((uint32_t)i);
    if (i % 4 == 1) seed = 5, length = 150, what = 4;
    if (what == 7) length = 8 + random_below(40);
    unsigned changes = i % 4 == 1 ? 300 : 12 + random_below(20);
    write_words(text, seed, length, what >= 4 && what != 6 ? changes : 0);
    if (what == 2 && i) {
      write_words(part, random_below((uint32_t)i), 40, 0);
      sprintf(text + strlen(text), ". %s", part);
    }
    if (i % 3) strcat(text, ". Tous droits réservés, reproduction interdite sans accord écrit de la rédaction du journal et de ses ayants droit.");
    sprintf(ids[i], "n%zu", i);
  }
}

static rcp_str str(const char *s) {
  return (rcp_str){s, strlen(s)};
}

/* ------------------------------------------------------------------------------------------------------- the corpus */

static void write_pair(rcpi_buf *out, rcp_str a, rcp_str b, unsigned kind, double resemblance, double containment) {
  rcpi_buf_printf(out, "%.*s %.*s %u %.6f %.6f", (int)a.n, a.p, (int)b.n, b.p, kind, resemblance, containment);
}

static void by_corpus(rcpi_buf *out) {
  rcp_reuse *reuse;
  rcp_reuse_pair p;
  assert_int_equal(rcp_reuse_new(engine, NULL, &reuse, &error), RCP_OK);
  for (size_t i = 0; i < n_texts; i++) assert_int_equal(rcp_reuse_add(reuse, str(ids[i]), str(texts[i]), (rcp_str){NULL, 0}, &error), RCP_OK);
  assert_int_equal(rcp_reuse_finish(reuse, &error), RCP_OK);
  while (rcp_reuse_next_pair(reuse, &p)) {
    write_pair(out, p.a, p.b, p.kind, p.resemblance, p.containment);
    for (size_t i = 0; i < p.n_passages; i++)
      rcpi_buf_printf(out, " %u-%u %u-%u %d", p.passages[i].a, p.passages[i].a_end, p.passages[i].b, p.passages[i].b_end, p.passages[i].is_verbatim);
    rcpi_buf_addc(out, '\n');
  }
  rcp_reuse_free(reuse);
}

/* ------------------------------------------------------------------------------------------------------- the stages */

static rcp_buffer readings[MOST];
static uint64_t leaders[MOST];

static uint64_t number(size_t i) { return FIRST + STEP * i; }
static size_t place(uint64_t doc) { return (size_t)(doc - FIRST) / STEP; }
static rcp_str reading(size_t i) { return (rcp_str){readings[i].p, readings[i].n}; }

/* Steps 1 to 3: pairs to be decided. Stretches of `wide` articles join their own keys; 0: all keys are joined. */
static rcp_buffer choose(size_t wide) {
  static rcp_stage_key keys[MOST * RCP_STAGE_KEYS], thin[MOST * RCP_STAGE_KEYS], all[MOST * RCP_STAGE_KEYS];
  static rcp_stage_sketch sketches[MOST];
  static rcp_stage_candidate others[1 << 20], mine[1 << 20];
  size_t n = 0, first[MOST + 1], n_all = 0, n_others = 0;
  bool is_thinner = false;
  for (size_t i = 0; i < n_texts; i++) {
    first[i] = n;
    n += rcp_stage_keys(reading(i), number(i), keys + n, &sketches[i]);
  }
  first[n_texts] = n;
  for (size_t i = 0, end; i < n_texts; i = end) {
    end = wide && i + wide < n_texts ? i + wide : n_texts;
    size_t some = first[end] - first[i];
    memcpy(thin, keys + first[i], some * sizeof *keys);
    size_t n_thin = wide ? rcp_stage_thin_keys(thin, some) : some;
    is_thinner |= n_thin < some;
    memcpy(all + n_all, thin, n_thin * sizeof *keys);
    n_all += n_thin;
  }
  assert_int_equal(is_thinner, wide > 300);   /* one story is there more than 64 times */
  rcp_buffer candidates, pairs;
  rcpi_buf whole;
  rcpi_buf_init(&whole);
  assert_int_equal(rcp_stage_join_keys(all, n_all, &candidates, &error), RCP_OK);
  const rcp_stage_candidate *c = (const rcp_stage_candidate *)(const void *)candidates.p;
  for (size_t i = 0; i < candidates.n / sizeof *c; i++)
    if (!wide || place(c[i].a) / wide != place(c[i].b) / wide) others[n_others++] = c[i];
  rcp_buffer_release(&candidates);
  for (size_t i = 0, end; i < n_texts; i = end) {
    end = wide && i + wide < n_texts ? i + wide : n_texts;
    size_t n_mine = 0, some = first[end] - first[i];
    for (size_t k = 0; k < n_others; k++)
      if (place(others[k].b) >= i && place(others[k].b) < end) mine[n_mine++] = others[k];
    memcpy(thin, keys + first[i], some * sizeof *keys);
    assert_int_equal(rcp_stage_choose(thin, wide ? some : 0, mine, n_mine, sketches, n_texts, &pairs, &error), RCP_OK);
    rcpi_buf_add(&whole, (rcp_str){pairs.p ? pairs.p : "", pairs.n});
    rcp_buffer_release(&pairs);
  }
  return (rcp_buffer){whole.p, whole.len};
}

static rcp_buffer choose_both_ways(void) {
  for (size_t i = n_texts; i-- > 0;) {
    assert_int_equal(rcp_stage_read(stage, str(ids[i]), str(texts[i]), &readings[i], &error), RCP_OK);
    assert_int_equal(rcp_stage_id(reading(i)).n, strlen(ids[i]));
  }
  rcp_buffer at_once = choose(0);
  for (size_t wide = 50; wide < MOST; wide += 300) {
    rcp_buffer by_stretches = choose(wide);
    assert_int_equal(by_stretches.n, at_once.n);
    assert_memory_equal(by_stretches.p, at_once.p, at_once.n);
    rcp_buffer_release(&by_stretches);
  }
  return at_once;
}

typedef struct found { uint64_t a, b; unsigned kind, step; const rcp_stage_link *link; } found;
static found links[MOST * 64];
static size_t n_links;
static rcp_buffer kept[MOST * 64];
static size_t n_kept;

static void keep(rcp_buffer out, unsigned step, uint64_t b, const rcp_stage_pair *pairs, uint64_t a) {
  for (size_t at = 0; at < out.n;) {
    const rcp_stage_link *link = (const rcp_stage_link *)(const void *)(out.p + at);
    links[n_links++] = (found){pairs ? pairs[link->which].a : a, b, link->kind, step, link};
    at += link->size;
  }
  kept[n_kept++] = out;
}

/* Step 4. */
static void decide(rcp_buffer chosen) {
  const rcp_stage_pair *pairs = (const rcp_stage_pair *)(const void *)chosen.p;
  for (size_t i = 0, last, n = chosen.n / sizeof *pairs; i < n; i = last) {
    rcp_str candidates[8];
    rcp_buffer out;
    for (last = i; last < n && pairs[last].b == pairs[i].b; last++) candidates[last - i] = reading(place(pairs[last].a));
    assert_int_equal(rcp_stage_decide(stage, reading(place(pairs[i].b)), candidates, last - i, &out, &error), RCP_OK);
    keep(out, 4, pairs[i].b, pairs + i, 0);
  }
}

/* Step 5, all articles together: links of step 4 are by b and then best first. */
static void group(void) {
  for (size_t i = 0; i < n_texts; i++) leaders[i] = number(i);
  for (size_t i = 0, last; i < n_links; i = last) {
    for (last = i; last < n_links && links[last].b == links[i].b; last++);
    for (size_t k = i; k < last; k++) {
      uint64_t leader = leaders[place(links[k].a)];
      bool does = false;
      for (size_t m = i; m < last; m++) does |= links[m].a == leader;
      if (!does) assert_int_equal(rcp_stage_resembles(stage, reading(place(leader)), reading(place(links[i].b)), &does, &error), RCP_OK);
      if (!does) continue;
      leaders[place(links[i].b)] = leader;
      break;
    }
  }
}

static int by_pair(const void *x, const void *y) {
  const rcp_stage_anchor *a = x, *b = y;
  if (a->a != b->a) return a->a < b->a ? -1 : 1;
  return (a->b > b->b) - (a->b < b->b);
}

/* Step 7 for all anchors at once. */
static void settle(rcp_stage_anchor *anchors, size_t n) {
  static uint64_t docs[MOST];
  static rcp_str views[MOST];
  rcp_buffer out;
  for (size_t i = 0; i < n_texts; i++) docs[i] = number(i), views[i] = reading(i);
  assert_int_equal(rcp_stage_settle(stage, docs, views, 1, anchors, n, &out, &error), RCP_EDATA);   /* all but the first are missing */
  assert_int_equal(rcp_stage_settle(stage, docs, views, n_texts, anchors, n, &out, &error), RCP_OK);
  for (size_t at = 0; at < out.n;) {
    const rcp_stage_pair *pair = (const rcp_stage_pair *)(const void *)(out.p + at);
    const rcp_stage_link *link = (const rcp_stage_link *)(const void *)(pair + 1);
    links[n_links++] = (found){pair->a, pair->b, link->kind, 7, link};
    at += sizeof *pair + link->size;
  }
  kept[n_kept++] = out;
}

static bool settled_has(rcp_stage_pair pair, rcp_buffer link) {
  for (size_t i = 0; i < n_links; i++)
    if (links[i].step == 7 && links[i].a == pair.a && links[i].b == pair.b) return !memcmp(links[i].link, link.p, link.n);
  return false;
}

/* Steps 6 and 7; runs of every hundred articles are thinned apart, as on machines apart. */
static void tie(void) {
  rcpi_buf all;
  rcp_buffer anchors;
  size_t n_alone = 0, before = n_links;
  rcpi_buf_init(&all);
  for (size_t part = 0; part < n_texts; part += 100) {
    rcpi_buf some;
    rcpi_buf_init(&some);
    for (size_t i = part; i < part + 100 && i < n_texts; i++) {
      rcp_buffer runs;
      assert_int_equal(rcp_stage_runs(stage, reading(i), number(i), leaders[i], &runs, &error), RCP_OK);
      rcpi_buf_add(&some, (rcp_str){runs.p ? runs.p : "", runs.n});
      rcp_buffer_release(&runs);
    }
    size_t n = rcp_stage_thin_runs((rcp_stage_run *)(void *)some.p, some.len / sizeof(rcp_stage_run));
    assert_true(n < some.len / sizeof(rcp_stage_run));
    rcpi_buf_add(&all, (rcp_str){some.p, n * sizeof(rcp_stage_run)});
    rcpi_buf_release(&some);
  }
  assert_int_equal(rcp_stage_join_runs((rcp_stage_run *)(void *)all.p, all.len / sizeof(rcp_stage_run), &anchors, &error), RCP_OK);
  rcp_stage_anchor *at = (rcp_stage_anchor *)(void *)anchors.p;
  size_t n = anchors.n / sizeof *at;
  settle(at, n);
  qsort(at, n, sizeof *at, by_pair);
  for (size_t i = 0, last; i < n; i = last) {
    rcp_buffer out;
    for (last = i; last < n && !by_pair(&at[last], &at[i]); last++);
    assert_int_equal(rcp_stage_passages(stage, reading(place(at[i].a)), reading(place(at[i].b)), at + i, last - i, &out, &error), RCP_OK);
    if (out.n) assert_true(settled_has((rcp_stage_pair){at[i].a, at[i].b}, out));
    n_alone += out.n != 0;
    rcp_buffer_release(&out);
  }
  assert_int_equal(n_alone, n_links - before);
  rcp_buffer_release(&anchors);
  rcpi_buf_release(&all);
}

static int by_found(const void *x, const void *y) {
  const found *a = x, *b = y;
  if (a->b != b->b) return a->b < b->b ? -1 : 1;
  if (a->a != b->a) return a->a < b->a ? -1 : 1;
  if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
  return (a->step > b->step) - (a->step < b->step);
}

static void by_stages(rcpi_buf *out) {
  rcp_buffer chosen = choose_both_ways();
  decide(chosen);
  group();
  tie();
  qsort(links, n_links, sizeof *links, by_found);
  for (size_t i = 0; i < n_links; i++) {
    const rcp_stage_link *l = links[i].link;
    if (i && links[i].a == links[i - 1].a && links[i].b == links[i - 1].b && links[i].kind == links[i - 1].kind) continue;
    const uint32_t *p = (const uint32_t *)(const void *)(l + 1);
    const char *names = (const char *)(p + 5 * l->n_passages);
    write_pair(out, (rcp_str){names, l->n_id_a}, (rcp_str){names + l->n_id_a, l->n_id_b}, l->kind, l->resemblance, l->containment);
    for (size_t k = 0; k < l->n_passages; k++, p += 5) rcpi_buf_printf(out, " %u-%u %u-%u %u", p[0], p[1], p[2], p[3], p[4]);
    rcpi_buf_addc(out, '\n');
  }
  for (size_t i = 0; i < n_kept; i++) rcp_buffer_release(&kept[i]);
  for (size_t i = 0; i < n_texts; i++) rcp_buffer_release(&readings[i]);
  rcp_buffer_release(&chosen);
}

static void test_stages_give_what_a_corpus_gives(void **state) {
  rcpi_buf corpus, stages;
  (void)state;
  rcpi_buf_init(&corpus);
  rcpi_buf_init(&stages);
  invent();
  by_corpus(&corpus);
  by_stages(&stages);
  assert_string_equal(stages.p, corpus.p);
  size_t n_pairs = 0, n_passages = 0;
  for (const char *at = corpus.p; (at = strchr(at, '\n')); at++) n_pairs++;
  for (const char *at = corpus.p; (at = strstr(at, " 1 0.")); at++) n_passages++;
  print_message("%zu pairs, about %zu of them of passages\n", n_pairs, n_passages);
  assert_true(n_pairs > 300 && n_passages > 10);
  rcpi_buf_release(&corpus);
  rcpi_buf_release(&stages);
}

static void test_components_are_named_by_their_first_article(void **state) {
  (void)state;
  const rcp_stage_pair pairs[] = {{5, 9}, {7, 8}, {9, 12}, {2, 12}};
  rcp_buffer out;
  assert_int_equal(rcp_stage_components(pairs, 4, &out, &error), RCP_OK);
  const rcp_stage_pair expected[] = {{2, 2}, {2, 5}, {7, 7}, {7, 8}, {2, 9}, {2, 12}};
  assert_int_equal(out.n, sizeof expected);
  assert_memory_equal(out.p, expected, sizeof expected);
  rcp_buffer_release(&out);
}

static void test_what_is_no_reading_is_refused(void **state) {
  _Alignas(8) char bytes[512] = "RCR1";
  rcp_buffer out, good;
  bool does;
  (void)state;
  assert_int_equal(rcp_stage_read(stage, str("a"), str("un deux trois"), &good, &error), RCP_OK);
  rcp_str whole = {good.p, good.n};
  const rcp_str bad[] = {{bytes, sizeof bytes}, {bytes, 0}, {good.p, good.n - 8}, {NULL, 0}};
  for (size_t i = 0; i < 4; i++) {
    assert_null(rcp_stage_id(bad[i]).p);
    assert_int_equal(rcp_stage_resembles(stage, whole, bad[i], &does, &error), RCP_EDATA);
    assert_int_equal(rcp_stage_runs(stage, bad[i], 1, 1, &out, &error), RCP_EDATA);
  }
  assert_int_equal(rcp_stage_read_record(stage, str("file:3"), str("{\"id\": broken"), &out, &error), RCP_EINPUT);
  assert_string_equal(error.source, "file:3");
  assert_int_equal(rcp_stage_read_record(stage, str("file:3"), str("{\"text\": \"un deux\"}"), &out, &error), RCP_OK);
  assert_memory_equal(rcp_stage_id((rcp_str){out.p, out.n}).p, "file:3", 6);
  rcp_buffer_release(&out);
  rcp_buffer_release(&good);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_stages_give_what_a_corpus_gives, begin, end),
      cmocka_unit_test_setup_teardown(test_components_are_named_by_their_first_article, begin, end),
      cmocka_unit_test_setup_teardown(test_what_is_no_reading_is_refused, begin, end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
