/* recoupe reuse by its public functions, and the promises of reuse/corpus.h. SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "recoupe.h"
#include "reuse/corpus.h"

static rcp_engine *engine;
static rcp_reuse *reuse;
static rcp_error error;

static void begin(const rcp_reuse_options *options, unsigned threads) {
  rcp_options o;
  rcp_options_init(&o);
  o.threads = threads;
  assert_int_equal(rcp_engine_new(&o, &engine, &error), RCP_OK);
  assert_int_equal(rcp_reuse_new(engine, options, &reuse, &error), RCP_OK);
}

static int end(void **state) {
  (void)state;
  rcp_reuse_free(reuse);
  rcp_engine_free(engine);
  reuse = NULL;
  engine = NULL;
  return 0;
}

static void add(const char *id, const char *text) {
  assert_int_equal(rcp_reuse_add(reuse, (rcp_str){id, strlen(id)}, (rcp_str){text, strlen(text)}, (rcp_str){NULL, 0}, &error), RCP_OK);
}

static void add_on(const char *id, const char *text, const char *day) {
  assert_int_equal(rcp_reuse_add(reuse, (rcp_str){id, strlen(id)}, (rcp_str){text, strlen(text)}, (rcp_str){day, strlen(day)}, &error), RCP_OK);
}

static bool next(rcp_reuse_pair *p, const char *a, const char *b) {
  assert_true(rcp_reuse_next_pair(reuse, p));
  assert_int_equal(p->a.n, strlen(a));
  assert_memory_equal(p->a.p, a, p->a.n);
  assert_int_equal(p->b.n, strlen(b));
  assert_memory_equal(p->b.p, b, p->b.n);
  return true;
}

static void finish(void) {
  assert_int_equal(rcp_reuse_finish(reuse, &error), RCP_OK);
}

static void no_more(void) {
  rcp_reuse_pair p;
  assert_false(rcp_reuse_next_pair(reuse, &p));
}

/* ------------------------------------------------------------------------------------------------------------ texts */

static uint64_t random_state;

static uint32_t random_below(uint32_t n) {
  random_state = random_state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)((random_state >> 33) % n);
}

/* `n` made-up words, the same for the same seed; one in `one_in` another when it is not 0. */
static const char *words(uint64_t seed, unsigned n, unsigned one_in) {
  static char room[8][1 << 16];
  static int at;
  char *out = room[at = (at + 1) % 8];
  size_t len = 0;
  uint64_t text = seed * 0x9E3779B97F4A7C15u + 1;
  for (unsigned i = 0; i < n; i++) {
    text = text * 6364136223846793005u + 1442695040888963407u;
    unsigned w = (unsigned)(text >> 40) % 9000;
    if (one_in && random_below(one_in) == 0) w = 10000 + random_below(9000);
    len += (size_t)snprintf(out + len, sizeof room[0] - len, "%sm%u", i ? i % 12 ? " " : ".\n" : "", w);
  }
  return out;
}

static const char *joined(const char *x, const char *y) {
  static char room[4][1 << 17];
  static int at;
  char *out = room[at = (at + 1) % 4];
  snprintf(out, sizeof room[0], "%s\n\n%s", x, y);
  return out;
}

/* ---------------------------------------------------------------------------------------------------- what is found */

static void test_a_copy_with_changes_is_a_near_duplicate(void **state) {
  (void)state;
  random_state = 1;
  begin(NULL, 1);
  add("un", words(1, 300, 0));
  add("autre", words(2, 300, 0));
  add("copie", words(1, 300, 8));
  finish();
  rcp_reuse_pair p;
  next(&p, "un", "copie");
  assert_int_equal(p.kind, RCP_REUSE_NEAR_DUPLICATE);
  assert_true(p.resemblance > 0.5 && p.resemblance < 0.8);
  assert_true(p.containment > p.resemblance);
  assert_int_equal(p.n_passages, 1);
  assert_false(p.passages[0].is_verbatim);
  no_more();
}

static void test_a_copied_paragraph_is_a_passage_with_its_place(void **state) {
  (void)state;
  begin(NULL, 1);
  const char *copied = words(9, 40, 0);
  const char *first = joined(words(1, 300, 0), copied), *second = joined(copied, words(2, 500, 0));
  add("un", first);
  add("deux", second);
  finish();
  rcp_reuse_pair p;
  next(&p, "un", "deux");
  assert_int_equal(p.kind, RCP_REUSE_PASSAGE);
  assert_true(p.resemblance < 0.1);
  assert_int_equal(p.n_passages, 1);
  assert_true(p.passages[0].is_verbatim);
  assert_int_equal(p.passages[0].a, strlen(first) - strlen(copied));
  assert_int_equal(p.passages[0].a_end, strlen(first));
  assert_int_equal(p.passages[0].b, 0);
  assert_int_equal(p.passages[0].b_end, strlen(copied));
  no_more();
}

static void test_places_are_code_points(void **state) {
  (void)state;
  begin(NULL, 1);
  const char *copied = "l’été où la rivière déborda, chaque maison du village perdit sa cave, son grenier, et même la clef du jardin";
  char first[2000], second[2000];
  snprintf(first, sizeof first, "« Prélude » : 😀😀 … — %s !", copied);
  snprintf(second, sizeof second, "%600s%s.", "", copied);
  add("un", first);
  add("deux", second);
  finish();
  rcp_reuse_pair p;
  next(&p, "un", "deux");
  const rcp_reuse_passage *at = &p.passages[0];
  assert_int_equal(at->a, rcpi_utf8_count(RCPI_S("« Prélude » : 😀😀 … — ")));
  assert_int_equal(at->a_end - at->a, rcpi_utf8_count(rcpi_cstr(copied)));
  assert_int_equal(at->b, 600);
  assert_int_equal(at->b_end, 600 + at->a_end - at->a);
}

static void test_short_texts_are_compared_exactly(void **state) {
  (void)state;
  begin(NULL, 1);
  add("a", "Le pont de Sarnoy est fermé pour trois mois");
  add("b", "La mairie de Corvenne vend ses vieux bancs");
  add("c", "Sarnoy : le pont de Sarnoy est fermé pour six mois");
  add("d", "");
  add("e", "Pont");
  add("f", "pont !");
  finish();
  rcp_reuse_pair p;
  next(&p, "a", "c");
  assert_int_equal(p.kind, RCP_REUSE_NEAR_DUPLICATE);
  next(&p, "e", "f");
  assert_true(p.resemblance == 1);
  no_more();
}

static void test_a_first_article_of_few_words_or_none(void **state) {
  (void)state;
  const char *texts[] = {"", "Un texte.", "Un texte."};
  begin(NULL, 1);
  for (size_t i = 0; i < 3; i++) add(texts[i][0] ? i == 1 ? "b" : "c" : "a", texts[i]);
  finish();
  rcp_reuse_pair p;
  next(&p, "b", "c");
  no_more();
}

static void test_unspaced_scripts_go_by_characters(void **state) {
  (void)state;
  begin(NULL, 1);
  const char *copied = "市政府星期二宣布，横跨河流的旧铁桥将于六月起关闭三个月，以便更换锈蚀的横梁并重新铺设路面。";
  add("a", "本报讯：昨日天气晴朗，公园里游人如织，孩子们在草地上放风筝，老人们在树下下棋聊天喝茶。");
  add("b", joined("编者按：交通部门提醒市民提前安排出行路线，尽量避开高峰时段。", copied));
  add("c", joined(copied, "另据消息人士透露，明年还将修建一座人行天桥。"));
  finish();
  rcp_reuse_pair p;
  next(&p, "b", "c");
  assert_int_equal(p.n_passages, 1);
  assert_true(p.passages[0].is_verbatim);
  assert_int_equal(p.passages[0].b, 0);
  no_more();
}

static void test_furniture_counts_for_nothing(void **state) {
  (void)state;
  begin(NULL, 1);
  rcpi_span left_out = {0, 0};
  const char *notice = words(50, 60, 0), *text = joined(notice, words(1, 200, 0));
  left_out.end = (uint32_t)strlen(notice);
  static char padded[1 << 16];
  snprintf(padded, sizeof padded, "%s", text);
  rcpi_corpus *corpus;
  rcpi_corpus_options options = {.threads = 1};
  assert_int_equal(rcpi_corpus_new(&options, &corpus), RCP_OK);
  for (int i = 0; i < 2; i++) {
    const char *other = joined(notice, words(2 + (uint64_t)i, 200, 0));
    static char room[1 << 16];
    snprintf(room, sizeof room, "%s", other);
    rcpi_item item = {.id = RCPI_S("x"), .text = {room, strlen(room)}, .left_out = &left_out, .n_left_out = 1};
    assert_int_equal(rcpi_corpus_add(corpus, &item, 1), RCP_OK);
  }
  rcp_reuse_pair p;
  assert_int_equal(rcpi_corpus_finish(corpus), RCP_OK);
  assert_false(rcpi_corpus_next_pair(corpus, &p));
  rcpi_corpus_free(corpus);
}

/* ---------------------------------------------------------------------------------------------- groups and phrases */

static void test_a_chain_of_look_alikes_is_no_group(void **state) {
  (void)state;
  rcp_reuse_options options = {.articles = true};
  begin(&options, 1);
  /* each is half of its neighbours, the ends have nothing in common */
  const char *part[6];
  static char halves[6][8000];
  for (int i = 0; i < 6; i++) snprintf(halves[i], sizeof halves[i], "%s", words(100 + (uint64_t)i, 150, 0)), part[i] = halves[i];
  char id[4];
  for (int i = 0; i < 5; i++) snprintf(id, sizeof id, "%d", i), add(id, joined(part[i], part[i + 1]));
  finish();
  rcp_reuse_pair p;
  for (int i = 0; i < 4; i++) assert_true(rcp_reuse_next_pair(reuse, &p));
  no_more();
  static const char groups[] = {'0', '0', '2', '2', '4'};
  rcp_reuse_article a;
  for (int i = 0; i < 5; i++) {
    assert_true(rcp_reuse_next_article(reuse, &a));
    assert_int_equal(a.group.p[0], groups[i]);
  }
  assert_false(rcp_reuse_next_article(reuse, &a));
}

static void test_originality_is_what_nobody_wrote_before(void **state) {
  (void)state;
  rcp_reuse_options options = {.articles = true};
  begin(&options, 1);
  const char *copied = words(9, 100, 0);
  add("un", joined(words(1, 300, 0), copied));
  add("deux", joined(copied, words(2, 300, 0)));
  add("trois", words(2, 300, 0));
  finish();
  rcp_reuse_article a;
  static const double want[] = {1, .75, 0};
  for (int i = 0; i < 3; i++) {
    assert_true(rcp_reuse_next_article(reuse, &a));
    assert_true(fabs(a.originality - want[i]) < .01);
  }
}

static void test_dates_say_who_was_first(void **state) {
  (void)state;
  rcp_reuse_options options = {.articles = true};
  begin(&options, 1);
  add_on("copie", words(1, 300, 0), "2024-03-14");
  add_on("original", words(1, 300, 0), "2024-03-12T18:00:00Z");
  finish();
  rcp_reuse_article a;
  assert_true(rcp_reuse_next_article(reuse, &a));
  assert_true(a.originality == 0);
  assert_true(rcp_reuse_next_article(reuse, &a));
  assert_true(a.originality == 1);
}

/* A footer of forty articles is cut, and can be read; a dispatch of as many reprints is one group, and is found in a fourth. */
static void test_common_phrases_are_counted_over_groups(void **state) {
  (void)state;
  rcp_reuse_options options = {.phrases = true};
  begin(&options, 1);
  random_state = 4;
  const char *footer = "Abonnez-vous pour lire la suite de cet article et recevoir chaque matin notre lettre, sans engagement, pendant trois mois.";
  static char dispatch[1 << 14], quoted[1 << 14];
  snprintf(dispatch, sizeof dispatch, "%s", words(77, 300, 0));
  snprintf(quoted, sizeof quoted, "%s", words(77, 60, 0));
  char id[16];
  for (int i = 0; i < 40; i++) snprintf(id, sizeof id, "f%d", i), add(id, joined(words(200 + (uint64_t)i, 120, 0), footer));
  for (int i = 0; i < 40; i++) snprintf(id, sizeof id, "d%d", i), add(id, words(77, 300, 30));
  add("cite", joined(words(500, 200, 0), quoted));
  finish();
  rcp_reuse_pair p;
  size_t n_footer = 0, n_quoted = 0;
  while (rcp_reuse_next_pair(reuse, &p)) {
    n_footer += p.a.p[0] == 'f' || p.b.p[0] == 'f';
    n_quoted += p.b.p[0] == 'c' && p.a.p[0] == 'd';
  }
  assert_int_equal(n_footer, 0);
  assert_true(n_quoted > 0);
  rcp_reuse_phrase phrase;
  assert_true(rcp_reuse_next_phrase(reuse, &phrase));
  assert_true(phrase.groups > 32);
  assert_int_equal(phrase.articles, 40);
  assert_true(rcpi_starts(phrase.text, RCPI_S("Abonnez-vous pour lire la suite")) || rcpi_find(rcpi_cstr(footer), phrase.text) < 30);
  assert_true(phrase.text.n > 60);
  assert_false(rcp_reuse_next_phrase(reuse, &phrase));
}

static size_t phrases_when_keeping(size_t bytes) {
  static char texts[60][1 << 12];
  rcpi_corpus_options options = {.threads = 1, .keeps_texts = bytes};
  rcpi_corpus *c;
  rcp_reuse_phrase phrase;
  size_t n = 0;
  assert_int_equal(rcpi_corpus_new(&options, &c), RCP_OK);
  for (uint64_t i = 0; i < 60; i++) {
    rcpi_item item = {.id = RCPI_S("x"), .text = {texts[i], 0}};
    snprintf(texts[i], sizeof texts[i] - RCPI_WORDS_PADDING, "%s %s", words(300 + i, 60, 0), words(i < 20 ? 600 + i : 9, 30, 0));
    item.text.n = strlen(texts[i]);
    assert_int_equal(rcpi_corpus_add(c, &item, 1), RCP_OK);
  }
  assert_int_equal(rcpi_corpus_finish(c), RCP_OK);
  while (rcpi_corpus_next_phrase(c, &phrase)) n++;
  rcpi_corpus_free(c);
  return n;
}

/* What is kept to show phrases is bounded: those whose first text came too late are not shown. */
static void test_texts_kept_for_phrases_are_bounded(void **state) {
  (void)state;
  assert_int_equal(phrases_when_keeping(1 << 20), 1);
  assert_int_equal(phrases_when_keeping(2000), 0);
}

/* ------------------------------------------------------------------------------------------------------ the stream */

static void test_articles_leave_the_window(void **state) {
  (void)state;
  rcp_reuse_options options = {.window_days = 8};
  begin(&options, 1);
  add_on("a", words(1, 200, 0), "2024-03-01");
  add_on("b", words(1, 200, 0), "2024-03-05");
  add_on("c", words(1, 200, 0), "2024-03-12");
  add_on("d", words(1, 200, 0), "2024-04-30");
  finish();
  rcp_reuse_pair p;
  next(&p, "a", "b");
  next(&p, "b", "c");
  no_more();
  rcp_reuse_stats s;
  rcp_reuse_stats_get(reuse, &s);
  assert_int_equal(s.articles, 4);
  assert_int_equal(s.left, 3);
}

static void test_memory_is_bounded_by_the_window(void **state) {
  (void)state;
  rcp_reuse_options options = {.window_days = 7};
  begin(&options, 1);
  uint64_t most = 0;
  for (unsigned day = 0; day < 200; day++) {
    char date[16], id[16];
    snprintf(date, sizeof date, "2024-%02u-%02u", 1 + day / 28 % 12, 1 + day % 28);
    for (unsigned i = 0; i < 20; i++) snprintf(id, sizeof id, "%u-%u", day, i), add_on(id, words(day * 100 + i, 100, 0), date);
    rcp_reuse_pair p;
    while (rcp_reuse_next_pair(reuse, &p));
    rcp_reuse_stats s;
    rcp_reuse_stats_get(reuse, &s);
    if (s.near_bytes + s.passage_bytes > most) most = s.near_bytes + s.passage_bytes;
    assert_true(s.articles - s.left <= 20 * 12);
  }
  assert_true(most < 2000000);
}

static char path[64];

static void write_file(const char *bytes, size_t n) {
  strcpy(path, "/tmp/recoupe-reuse-XXXXXX");
  int fd = mkstemp(path);
  assert_true(fd >= 0);
  assert_int_equal(write(fd, bytes, n), n);
  close(fd);
}

static void test_records_that_cannot_be_used_are_named(void **state) {
  (void)state;
  begin(NULL, 1);
  rcpi_buf b;
  rcpi_buf_init(&b);
  rcpi_buf_printf(&b, "{\"id\":\"a\",\"text\":\"%s\"}\n{\"id\":\"b\"}\nrubbish\n{\"text\":\"caf\xE9\"}\n{\"text\":\"%s\"}\n",
                  words(1, 11, 0), words(1, 11, 0));
  write_file(b.p, b.len);
  rcpi_buf_release(&b);
  const char *inputs[] = {path};
  assert_int_equal(rcp_reuse_open(reuse, inputs, 1, &error), RCP_OK);
  assert_int_equal(rcp_reuse_read(reuse, &error), RCP_OK);
  for (int line = 2; line <= 4; line++) {
    char name[80];
    snprintf(name, sizeof name, "%s:%d", path, line);
    assert_int_equal(rcp_reuse_read(reuse, &error), RCP_EINPUT);
    assert_string_equal(error.source, name);
  }
  assert_int_equal(rcp_reuse_read(reuse, &error), RCP_END);
  finish();
  char name[80];
  snprintf(name, sizeof name, "%s:5", path);
  rcp_reuse_pair p;
  next(&p, "a", name);
  unlink(path);
}

static void test_pages_in_records_are_read_as_pages(void **state) {
  (void)state;
  begin(NULL, 2);
  rcpi_buf b;
  rcpi_buf_init(&b);
  const char *text = "Le vieux moulin de Sarnoy tourne de nouveau depuis dimanche, après onze ans de travaux menés par une poignée de voisins.";
  rcpi_buf_printf(&b, "{\"id\":\"a\",\"text\":\"%s\"}\n{\"id\":\"b\",\"html\":\"<html><body><article><h1>Le moulin</h1><p>%s</p></article></body></html>\"}\n", text, text);
  write_file(b.p, b.len);
  rcpi_buf_release(&b);
  const char *inputs[] = {path};
  assert_int_equal(rcp_reuse_open(reuse, inputs, 1, &error), RCP_OK);
  assert_int_equal(rcp_reuse_read(reuse, &error), RCP_OK);
  assert_int_equal(rcp_reuse_read(reuse, &error), RCP_END);
  finish();
  rcp_reuse_pair p;
  next(&p, "a", "b");
  assert_true(p.containment > 0.9);
  unlink(path);
}

/* What an index gives back is what one run would have found; a damaged one is refused, never believed. */
static void test_an_index_stands_for_the_articles_it_holds(void **state) {
  (void)state;
  begin(NULL, 1);
  add("un", joined(words(1, 300, 0), words(9, 40, 0)));
  add("bref", "Le pont de Sarnoy est fermé pour trois mois");
  finish();
  write_file("", 0);
  assert_int_equal(rcp_reuse_save(reuse, path, &error), RCP_OK);
  end(NULL);
  begin(NULL, 1);
  assert_int_equal(rcp_reuse_load(reuse, path, &error), RCP_OK);
  add("copie", words(1, 300, 9));
  add("cite", joined(words(2, 200, 0), words(9, 40, 0)));
  add("titre", "Le pont de Sarnoy est fermé");
  finish();
  rcp_reuse_pair p;
  next(&p, "un", "copie");
  assert_int_equal(p.kind, RCP_REUSE_NEAR_DUPLICATE);
  next(&p, "un", "cite");
  assert_int_equal(p.kind, RCP_REUSE_PASSAGE);
  next(&p, "bref", "titre");
  no_more();
  end(NULL);
  FILE *f = fopen(path, "rb");
  static unsigned char bytes[1 << 20];
  size_t n = fread(bytes, 1, sizeof bytes, f);
  fclose(f);
  assert_in_range(n, 1000, sizeof bytes - 1);
  for (size_t at = 0; at < n; at += at < 344 ? 1 : 997) {
    f = fopen(path, "wb");
    bytes[at] ^= 0x21;
    fwrite(bytes, 1, at % 3 ? n : at, f);
    bytes[at] ^= 0x21;
    fclose(f);
    begin(NULL, 1);
    rcp_status status = rcp_reuse_load(reuse, path, &error);
    assert_true(status == RCP_EDATA || at >= 344);   /* between arrays there is padding, which nobody reads */
    end(NULL);
  }
  unlink(path);
}

static bool answer(rcp_reuse_pair *p, const char *a, const char *b) {
  assert_true(rcp_reuse_next_answer(reuse, p));
  assert_int_equal(p->a.n, strlen(a));
  assert_memory_equal(p->a.p, a, p->a.n);
  assert_memory_equal(p->b.p, b, p->b.n);
  return true;
}

static void ask(const char *id, const char *text, rcp_reuse_article *about) {
  assert_int_equal(rcp_reuse_query(reuse, (rcp_str){id, strlen(id)}, (rcp_str){text, strlen(text)}, (rcp_str){NULL, 0}, about, &error), RCP_OK);
}

/* The pairs of a question are those that adding its article would give, and it leaves no trace. */
static void test_a_question_is_answered_and_forgotten(void **state) {
  (void)state;
  rcp_reuse_pair p;
  rcp_reuse_article about;
  rcp_reuse_stats before, after;
  begin(NULL, 1);
  ask("avant", words(1, 100, 0), &about);   /* nothing is there */
  assert_false(rcp_reuse_next_answer(reuse, &p));
  assert_true(about.originality == 1);
  add("un", joined(words(1, 300, 0), words(9, 40, 0)));
  add("deux", words(2, 300, 0));
  ask("q", words(1, 290, 11), &about);
  assert_int_equal(about.group.n, 2);
  assert_memory_equal(about.group.p, "un", 2);
  assert_true(about.originality < 0.3);
  answer(&p, "un", "q");
  assert_int_equal(p.kind, RCP_REUSE_NEAR_DUPLICATE);
  assert_false(rcp_reuse_next_answer(reuse, &p));
  rcp_reuse_stats_get(reuse, &before);
  for (int i = 0; i < 3; i++) {
    ask("cite", joined(words(9, 40, 0), words(5, 40, 0)), &about);
    answer(&p, "un", "cite");
    assert_int_equal(p.kind, RCP_REUSE_PASSAGE);
    assert_true(fabs(about.originality - 0.5) < 0.01);
    assert_false(rcp_reuse_next_answer(reuse, &p));
  }
  rcp_reuse_stats_get(reuse, &after);
  assert_memory_equal(&before, &after, sizeof before);
  no_more();
  add("copie", words(1, 290, 11));
  assert_false(rcp_reuse_next_answer(reuse, &p));
  finish();
  next(&p, "un", "copie");
  no_more();
}

/* What articles before it, added or loaded, say of a question does not depend on how they came. */
static void test_questions_to_an_index(void **state) {
  (void)state;
  rcp_reuse_pair p;
  rcp_reuse_article about;
  rcp_reuse_stats stats;
  begin(NULL, 1);
  add_on("un", joined(words(1, 300, 0), words(9, 40, 0)), "2024-05-03");
  add_on("deux", words(2, 300, 0), "2024-05-01");
  finish();
  write_file("", 0);
  assert_int_equal(rcp_reuse_save(reuse, path, &error), RCP_OK);
  end(NULL);
  begin(NULL, 2);
  assert_int_equal(rcp_reuse_load(reuse, path, &error), RCP_OK);
  rcp_reuse_stats_get(reuse, &stats);
  assert_int_equal(stats.loaded, 2);
  assert_int_equal(stats.articles, 0);
  assert_int_equal(stats.first_day, 19844);   /* 2024-05-01 */
  assert_int_equal(stats.last_day, 19846);
  add("trois", words(3, 300, 0));
  ask("q", joined(words(9, 40, 0), words(3, 280, 10)), &about);
  answer(&p, "un", "q");
  answer(&p, "trois", "q");
  assert_false(rcp_reuse_next_answer(reuse, &p));
  assert_int_equal(rcp_reuse_save(reuse, path, &error), RCP_OK);   /* without the question */
  end(NULL);
  begin(NULL, 1);
  assert_int_equal(rcp_reuse_load(reuse, path, &error), RCP_OK);
  rcp_reuse_stats_get(reuse, &stats);
  assert_int_equal(stats.loaded, 3);
  unlink(path);
}

/* All results as one text, by so many threads, so many articles at a time, with at most these instructions. */
static void run(unsigned threads, size_t at_once, rcpi_isa isa, unsigned window, rcpi_buf *out) {
  rcpi_corpus_options options = {.threads = threads, .isa = isa, .wants_articles = true, .keeps_texts = 1 << 20, .window_days = window};
  rcpi_corpus *c;
  static rcpi_item items[256];
  static char texts[256][1 << 15];
  rcp_reuse_pair p;
  rcp_reuse_article a;
  rcp_reuse_phrase f;
  random_state = 11;
  assert_int_equal(rcpi_corpus_new(&options, &c), RCP_OK);
  if (at_once > rcpi_corpus_batch(c)) at_once = rcpi_corpus_batch(c);
  size_t n = 0;
  for (unsigned i = 0; i < 400; i++) {
    uint64_t family = random_below(60);
    unsigned edit = random_below(4), len = 30 + (unsigned)family * 7;
    const char *text = edit == 0 ? joined(words(family, len, 5), words(900 + random_below(3), 30, 0))
                     : edit == 1 ? joined(words(2000 + i, 150, 0), words(family, 25, 0)) : words(family, edit == 2 ? len : len / 2, 12);
    snprintf(texts[n], sizeof texts[n], "%s", text);
    static char ids[256][16], days[256][16];
    snprintf(ids[n], sizeof ids[n], "%u", i);
    snprintf(days[n], sizeof days[n], "2024-%02u-%02u", 1 + i / 60, 1 + i / 3 % 20);
    items[n] = (rcpi_item){.id = rcpi_cstr(ids[n]), .text = rcpi_cstr(texts[n]), .published = rcpi_cstr(days[n])};
    if (++n == at_once) assert_int_equal(rcpi_corpus_add(c, items, n), RCP_OK), n = 0;
  }
  assert_int_equal(rcpi_corpus_add(c, items, n), RCP_OK);
  assert_int_equal(rcpi_corpus_finish(c), RCP_OK);
  while (rcpi_corpus_next_pair(c, &p)) {
    rcpi_buf_printf(out, "%.*s %.*s %d %.9f %.9f", RCPI_P(p.a), RCPI_P(p.b), p.kind, p.resemblance, p.containment);
    for (size_t i = 0; i < p.n_passages; i++)
      rcpi_buf_printf(out, " %u-%u/%u-%u%d", p.passages[i].a, p.passages[i].a_end, p.passages[i].b, p.passages[i].b_end, p.passages[i].is_verbatim);
    rcpi_buf_addc(out, '\n');
  }
  while (rcpi_corpus_next_article(c, &a)) rcpi_buf_printf(out, "%.*s %.*s %.9f\n", RCPI_P(a.id), RCPI_P(a.group), a.originality);
  while (rcpi_corpus_next_phrase(c, &f)) rcpi_buf_printf(out, "%u %u %.*s\n", f.groups, f.articles, RCPI_P(f.text));
  rcpi_corpus_free(c);
}

static void test_threads_batches_and_instructions_change_nothing(void **state) {
  (void)state;
  for (unsigned window = 0; window <= 30; window += 30) {
    rcpi_buf want, got;
    rcpi_buf_init(&want);
    run(1, 32, RCPI_ISA_PLAIN, window, &want);
    assert_true(want.len > 20000);
    static const struct { unsigned threads; size_t at_once; rcpi_isa isa; } ways[] = {
        {1, 1, RCPI_ISA_PLAIN}, {1, 7, RCPI_ISA_AVX512}, {2, 64, RCPI_ISA_AVX2}, {5, 160, RCPI_ISA_AVX512}, {3, 50, RCPI_ISA_PLAIN}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
      rcpi_buf_init(&got);
      run(ways[i].threads, ways[i].at_once, ways[i].isa, window, &got);
      assert_int_equal(got.len, want.len);
      assert_memory_equal(got.p, want.p, want.len);
      rcpi_buf_release(&got);
    }
    rcpi_buf_release(&want);
  }
}

/* ------------------------------------------------------------------------------------------------------- adversaries */

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

typedef struct cost { double seconds; uint64_t bytes, pairs; } cost;

/* n articles made by `text`. */
static cost measure(size_t n, const char *(*text)(size_t)) {
  begin(NULL, 1);
  double from = now();
  char id[16];
  for (size_t i = 0; i < n; i++) snprintf(id, sizeof id, "%zu", i), add(id, text(i));
  finish();
  cost c = {.pairs = 0};
  rcp_reuse_pair p;
  while (rcp_reuse_next_pair(reuse, &p)) c.pairs++;
  c.seconds = now() - from;
  rcp_reuse_stats s;
  rcp_reuse_stats_get(reuse, &s);
  c.bytes = s.near_bytes + s.passage_bytes;
  end(NULL);
  return c;
}

static const char *one_text(size_t i) {
  (void)i;
  return words(1, 200, 0);
}

static const char *own_text_and_footer(size_t i) {
  return joined(words(i + 10, 150, 0), words(5, 50, 0));
}

static const char *own_text(size_t i) {
  return words(i + 10, 200, 0);
}

static void in_proportion(const char *name, const char *(*text)(size_t)) {
  cost few = measure(1000, text), many = measure(8000, text), plain = measure(8000, own_text);
  print_message("%s: 1,000 in %.0f ms, 8,000 in %.0f ms (%.0f ms of unlike texts), %llu pairs, %llu bytes each\n", name, few.seconds * 1e3,
                many.seconds * 1e3, plain.seconds * 1e3, (unsigned long long)many.pairs, (unsigned long long)many.bytes / 8000);
  assert_true(many.seconds < few.seconds * 16 + 0.2);
  assert_true(many.bytes < few.bytes * 9);
  assert_true(many.pairs <= 10 * 8000);
}

static void test_thousands_of_copies(void **state) {
  (void)state;
  in_proportion("one text", one_text);
}

static void test_one_footer_everywhere(void **state) {
  (void)state;
  in_proportion("one footer", own_text_and_footer);
}

static void test_one_word_a_million_times(void **state) {
  (void)state;
  size_t n = 1000000;
  char *text = malloc(4 * n + 1);
  assert_non_null(text);
  for (size_t i = 0; i < n; i++) memcpy(text + 4 * i, "mot ", 5);
  begin(NULL, 1);
  double from = now();
  add("a", text);
  add("b", text);
  add("c", words(1, 100, 0));
  finish();
  rcp_reuse_pair p;
  next(&p, "a", "b");
  assert_true(p.resemblance == 1);
  assert_true(p.passages[0].is_verbatim);
  no_more();
  print_message("one word a million times, twice: %.0f ms\n", (now() - from) * 1e3);
  assert_true(now() - from < 5);
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_teardown(test_a_copy_with_changes_is_a_near_duplicate, end),
      cmocka_unit_test_teardown(test_a_copied_paragraph_is_a_passage_with_its_place, end),
      cmocka_unit_test_teardown(test_places_are_code_points, end),
      cmocka_unit_test_teardown(test_short_texts_are_compared_exactly, end),
      cmocka_unit_test_teardown(test_a_first_article_of_few_words_or_none, end),
      cmocka_unit_test_teardown(test_unspaced_scripts_go_by_characters, end),
      cmocka_unit_test_teardown(test_furniture_counts_for_nothing, end),
      cmocka_unit_test_teardown(test_a_chain_of_look_alikes_is_no_group, end),
      cmocka_unit_test_teardown(test_originality_is_what_nobody_wrote_before, end),
      cmocka_unit_test_teardown(test_dates_say_who_was_first, end),
      cmocka_unit_test_teardown(test_common_phrases_are_counted_over_groups, end),
      cmocka_unit_test(test_texts_kept_for_phrases_are_bounded),
      cmocka_unit_test_teardown(test_articles_leave_the_window, end),
      cmocka_unit_test_teardown(test_memory_is_bounded_by_the_window, end),
      cmocka_unit_test_teardown(test_records_that_cannot_be_used_are_named, end),
      cmocka_unit_test_teardown(test_pages_in_records_are_read_as_pages, end),
      cmocka_unit_test_teardown(test_an_index_stands_for_the_articles_it_holds, end),
      cmocka_unit_test_teardown(test_a_question_is_answered_and_forgotten, end),
      cmocka_unit_test_teardown(test_questions_to_an_index, end),
      cmocka_unit_test_teardown(test_threads_batches_and_instructions_change_nothing, end),
      cmocka_unit_test_teardown(test_thousands_of_copies, end),
      cmocka_unit_test_teardown(test_one_footer_everywhere, end),
      cmocka_unit_test_teardown(test_one_word_a_million_times, end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
