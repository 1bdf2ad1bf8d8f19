/*
 * Every call of malloc fails once, in this library or in one that it uses: the run gives the right answer or an error, never
 * another answer; it gives back all that it took; and the next run is as if nothing had been. After Lua's memory tests.
 *
 * malloc and its like are this program's own here, which the linker gives to the shared libraries too (ICU, jansson, SQLite,
 * libxml2). A library may keep what it made at its first use, so each scenario runs whole before anything fails.
 *
 *     every SCENARIO        TAP
 *
 * Not under the sanitizers, which bring a malloc of their own: tests/fault/compare.c covers the arenas there.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <errno.h>
#include <recoupe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);
void *__libc_memalign(size_t alignment, size_t n);
void __libc_free(void *p);

/* Counted in this thread only: the scenarios run on one. */
static _Thread_local bool is_counted;
static _Thread_local size_t countdown;   /* the allocation that will fail; 0: none */
static _Thread_local long n_live;        /* allocated and not given back */
static _Thread_local size_t n_asked;

static bool must_fail(void) {
  if (!is_counted) return false;
  n_asked++;
  return countdown && --countdown == 0;
}

void *malloc(size_t n) {
  if (must_fail()) return errno = ENOMEM, NULL;
  void *p = __libc_malloc(n);
  if (is_counted && p) n_live++;
  return p;
}

void *calloc(size_t n, size_t size) {
  if (must_fail()) return errno = ENOMEM, NULL;
  void *p = __libc_calloc(n, size);
  if (is_counted && p) n_live++;
  return p;
}

void *realloc(void *old, size_t n) {
  if (must_fail()) return errno = ENOMEM, NULL;
  void *p = __libc_realloc(old, n);
  if (is_counted && p && !old) n_live++;
  return p;
}

void *aligned_alloc(size_t alignment, size_t n) {
  if (must_fail()) return errno = ENOMEM, NULL;
  void *p = __libc_memalign(alignment, n);
  if (is_counted && p) n_live++;
  return p;
}

void free(void *p) {
  if (is_counted && p) n_live--;
  __libc_free(p);
}

/* ------------------------------------------------------------------------------------------------------- scenarios */

static const char first[] =
    "Le bac de Sourdeval est arrêté\n\nLe bac qui relie Sourdeval à l'île a été arrêté mardi, a annoncé la mairie. Selon la maire, "
    "Lise Tarnac, 120 habitants sont sans liaison. « Nous n'avons rien vu venir », a-t-elle dit.";
static const char second[] =
    "Sourdeval sans bac\n\nLe bac de Sourdeval aurait été arrêté mardi. Près de 130 habitants sont privés de liaison, selon une source "
    "proche du dossier. Le bac doit reprendre vendredi.";
static const char page[] =
    "<!doctype html><html lang=fr><head><title>Sourdeval sans bac</title><meta property=og:site_name content='Le Phare'>"
    "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Sourdeval sans bac\",\"datePublished\":\"2025-03-04\"}</script></head>"
    "<body><nav><a href=/>Accueil</a></nav><article><h1>Sourdeval sans bac</h1><p>Le bac qui relie Sourdeval à l'île a été arrêté mardi "
    "matin, a annoncé la mairie, et ne reprendra pas avant vendredi.</p><p>Près de 130 habitants de l'île sont privés de liaison.</p></article></body></html>";
static const char line[] = "{\"id\":\"x\",\"title\":\"Sourdeval sans bac\",\"text\":\"Le bac a été arrêté mardi. 130 habitants sont sans liaison.\"}";
static const char feed[] =
    "<?xml version='1.0'?><rss version='2.0'><channel><title>Le Phare</title><item><title>Sourdeval sans bac</title>"
    "<link>https://phare.example/bac</link><description>Le bac a été arrêté mardi, a annoncé la mairie de Sourdeval.</description></item></channel></rss>";

static rcp_str view(const char *s) {
  return (rcp_str){s, strlen(s)};
}

typedef rcp_status scenario(const rcp_engine *engine, rcp_buffer *out);

static rcp_status make_engine(const rcp_engine *engine, rcp_buffer *out) {
  rcp_engine *other;
  (void)engine;
  rcp_status status = rcp_engine_new(NULL, &other, NULL);
  if (!status) status = rcp_settings(other, out, NULL), rcp_engine_free(other);
  return status;
}

static rcp_status compare_as(const rcp_engine *engine, rcp_format format, rcp_buffer *out) {
  const char *const texts[] = {first, second};
  rcp_article *articles[2] = {NULL, NULL};
  rcp_dossier *dossier = NULL;
  rcp_status status = RCP_OK;
  for (size_t i = 0; !status && i < 2; i++) status = rcp_article_new(engine, view(i ? "b" : "a"), view(texts[i]), &articles[i], NULL);
  if (!status) status = rcp_compare(engine, articles, 2, &dossier, NULL);
  if (!status) status = rcp_dossier_write(dossier, format, NULL, out, NULL);
  rcp_dossier_free(dossier);
  for (size_t i = 0; i < 2; i++) rcp_article_free(articles[i]);
  return status;
}

static rcp_status as_json(const rcp_engine *engine, rcp_buffer *out) { return compare_as(engine, RCP_FORMAT_JSON, out); }
static rcp_status as_text(const rcp_engine *engine, rcp_buffer *out) { return compare_as(engine, RCP_FORMAT_TEXT, out); }
static rcp_status as_html(const rcp_engine *engine, rcp_buffer *out) { return compare_as(engine, RCP_FORMAT_HTML, out); }
static rcp_status as_jsonld(const rcp_engine *engine, rcp_buffer *out) { return compare_as(engine, RCP_FORMAT_JSONLD, out); }

static rcp_status extract(const rcp_engine *engine, const char *bytes, rcp_buffer *out) {
  rcp_article *article;
  rcp_status status = rcp_article_new(engine, view("x"), view(bytes), &article, NULL);
  if (!status) status = rcp_article_write(article, RCP_FORMAT_JSON, out, NULL), rcp_article_free(article);
  return status;
}

static rcp_status from_page(const rcp_engine *engine, rcp_buffer *out) { return extract(engine, page, out); }
static rcp_status from_line(const rcp_engine *engine, rcp_buffer *out) { return extract(engine, line, out); }
static rcp_status from_feed(const rcp_engine *engine, rcp_buffer *out) { return extract(engine, feed, out); }

static rcp_status reuse(const rcp_engine *engine, rcp_buffer *out) {
  rcp_reuse *r;
  rcp_reuse_pair pair;
  rcp_reuse_options options = {.articles = true};
  rcp_status status = rcp_reuse_new(engine, &options, &r, NULL);
  if (status) return status;
  if (!status) status = rcp_reuse_add(r, view("a"), view(first), (rcp_str){NULL, 0}, NULL);
  if (!status) status = rcp_reuse_add(r, view("b"), view(first), (rcp_str){NULL, 0}, NULL);
  if (!status) status = rcp_reuse_finish(r, NULL);
  if (!status) {
    bool has = rcp_reuse_next_pair(r, &pair);
    *out = (rcp_buffer){strdup(has ? "pair" : "none"), 4};
    if (!out->p) out->n = 0, status = RCP_ENOMEM;
  }
  rcp_reuse_free(r);
  return status;
}

static rcp_status stories(const rcp_engine *engine, rcp_buffer *out) {
  const char *const texts[] = {first, second};
  rcp_stories *s;
  rcp_story_line l;
  char said[3] = "--";
  rcp_status status = rcp_stories_new(engine, 0, &s, NULL);
  if (status) return status;
  for (size_t i = 0; !status && i < 2; i++) {
    rcp_article *article;
    status = rcp_article_new(engine, view(i ? "b" : "a"), view(texts[i]), &article, NULL);
    if (status) break;
    status = rcp_stories_add(s, article, &l, NULL);
    if (!status) said[i] = l.why[0];
    rcp_article_free(article);
  }
  if (!status) status = rcp_stories_final(s, NULL);
  rcp_stories_free(s);
  if (status) return status;
  *out = (rcp_buffer){strdup(said), 2};
  return out->p ? RCP_OK : (out->n = 0, RCP_ENOMEM);
}

static void see(void *with, const rcp_archive_row *row) {
  size_t *n = with;
  n[0] += row->id.n;
}

/* In memory: what a full disk does is the command's test (tests/fault/disk.py). */
static rcp_status archive(const rcp_engine *engine, rcp_buffer *out) {
  rcp_archive *a;
  rcp_archive_line l;
  rcp_article *article;
  size_t n[1] = {0};
  rcp_status status = rcp_archive_open(engine, ":memory:", true, &a, NULL);
  if (status) return status;
  status = rcp_archive_begin(a, NULL);
  if (!status) status = rcp_article_new(engine, view("a"), view(first), &article, NULL);
  if (!status) status = rcp_archive_add(a, article, &l, NULL), rcp_article_free(article);
  if (!status) status = rcp_archive_commit(a, NULL);
  if (!status) status = rcp_archive_search(a, "bac", 10, see, n, NULL);
  rcp_archive_close(a);
  if (status) return status;
  *out = (rcp_buffer){strdup(n[0] ? "found" : "none"), n[0] ? 5 : 4};
  return out->p ? RCP_OK : (out->n = 0, RCP_ENOMEM);
}

static const struct { const char *name; scenario *run; } scenarios[] = {
    {"engine", make_engine}, {"json", as_json}, {"text", as_text}, {"html", as_html}, {"jsonld", as_jsonld}, {"page", from_page},
    {"line", from_line}, {"feed", from_feed}, {"reuse", reuse}, {"stories", stories}, {"archive", archive},
};

/* ---------------------------------------------------------------------------------------------------------- the test */

static rcp_status once(scenario *run, const rcp_engine *engine, size_t fail_at, rcp_buffer *out, long *left, size_t *asked) {
  *out = (rcp_buffer){NULL, 0};
  n_live = 0, n_asked = 0, countdown = fail_at, is_counted = true;
  rcp_status status = run(engine, out);
  is_counted = false;
  *left = n_live - (out->p ? 1 : 0);
  *asked = n_asked;
  countdown = 0;
  return status;
}

static int check(const char *name, scenario *run) {
  rcp_options options;
  rcp_engine *engine;
  rcp_buffer want, got;
  long left;
  size_t asked, most, n_errors = 0, n_same = 0, step;
  const char *fault = NULL;
  rcp_options_init(&options);
  options.threads = 1;
  if (rcp_engine_new(&options, &engine, NULL)) return 1;
  once(run, engine, 0, &want, &left, &asked);
  rcp_buffer_release(&want);
  rcp_status status = once(run, engine, 0, &want, &left, &most);
  if (status || left) fault = status ? "the scenario itself fails" : "the scenario itself leaks";
  size_t n = 1;
  for (; !fault && n <= most; n += step) {
    status = once(run, engine, n, &got, &left, &asked);
    step = 1 + n / 400;   /* thousands of them are the same call again */
    bool same = !status && got.n == want.n && !memcmp(got.p, want.p, want.n);
    if (left > 0) fault = "something was not given back";
    else if (!status && !same) fault = "another answer, and no error";
    else if (status && got.p) fault = "an error, and an answer";
    n_errors += status != RCP_OK, n_same += same;
    rcp_buffer_release(&got);
    if (fault) break;
  }
  if (!fault) {
    status = once(run, engine, 0, &got, &left, &asked);
    if (status || got.n != want.n || memcmp(got.p, want.p, want.n)) fault = "afterwards it is not as before";
    rcp_buffer_release(&got);
  }
  printf("%s 1 - %s: of %zu allocations %zu failed, one a run: %zu errors, %zu times the answer all the same\n", fault ? "not ok" : "ok", name,
         most, n_errors + n_same, n_errors, n_same);
  if (fault) printf("# allocation %zu: %s (status %d, %ld left)\n", n, fault, (int)status, left);
  printf("1..1\n");
  rcp_buffer_release(&want);
  rcp_engine_free(engine);
  return fault != NULL;
}

int main(int argc, char **argv) {
  for (size_t i = 0; argc == 2 && i < sizeof scenarios / sizeof *scenarios; i++)
    if (!strcmp(argv[1], scenarios[i].name)) return check(argv[1], scenarios[i].run);
  for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++) printf("%s\n", scenarios[i].name);
  return 2;
}
