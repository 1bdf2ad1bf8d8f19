/*
 * reuse_grow FILE.jsonl N - how the rate holds as a corpus grows to N articles.
 *
 * The texts of FILE come again and again, each time in a vocabulary of its own (every word gets letters of the round), so that
 * copies, edits and shared passages are those of FILE and rounds have nothing in common. Prints for each stretch of articles,
 * of rcp_reuse_add alone: articles a second of user time, of user and system time, by the clock (the last falls with what else the
 * machine does, the first does not), and bytes an article. SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "recoupe.h"

enum { MOST = 50000, FIRST = 20000, STEP = 200000, GROUP = 100 };   /* GROUP: articles between two looks at the clock */

typedef struct spent { double user, system, clock; } spent;

static double seconds(struct timeval t) {
  return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

static spent now(void) {
  struct rusage u;
  struct timespec t;
  getrusage(RUSAGE_SELF, &u);
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (spent){seconds(u.ru_utime), seconds(u.ru_stime), (double)t.tv_sec + (double)t.tv_nsec * 1e-9};
}

static void add_since(spent *sum, spent from) {
  spent t = now();
  sum->user += t.user - from.user, sum->system += t.system - from.system, sum->clock += t.clock - from.clock;
}

static void tell(const char *what, size_t at, size_t n, const spent *s, const rcp_reuse *reuse) {
  rcp_reuse_stats stats;
  rcp_reuse_stats_get(reuse, &stats);
  printf("%s\t%zu\t%.0f\t%.0f\t%.0f\t%.0f\t%.0f\n", what, at, (double)n / s->user, (double)n / (s->user + s->system), (double)n / s->clock,
         (double)stats.near_bytes / (double)at, (double)stats.passage_bytes / (double)at);
  fflush(stdout);
}

/*
 * Memory that the host of a virtual machine has already given it, as much as the run will need, given back a little ahead of
 * use. A page that the machine has never used, or has left free for two seconds, must be asked for again: .4 GB a second were
 * seen so, against 20 GB from memory just freed, which says nothing about this program.
 */
typedef struct spare {
  char *p;
  size_t n, given;
} spare;

enum { PER_ARTICLE = 6500, AHEAD = 20000, HUGE_PAGE = 1 << 21 };

static spare take(size_t n_articles) {
  size_t n = ((n_articles + AHEAD) * PER_ARTICLE / HUGE_PAGE + 1) * HUGE_PAGE;
  spare s = {mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), n, 0};
  if (s.p == MAP_FAILED) return (spare){NULL, 0, 0};
  madvise(s.p, n, MADV_HUGEPAGE);
  for (size_t i = 0; i < n; i += 4096) s.p[i] = 1;
  return s;
}

static void give_back(spare *s, size_t n_articles) {
  size_t n = (n_articles + AHEAD) * PER_ARTICLE / HUGE_PAGE * HUGE_PAGE;
  if (n > s->n) n = s->n;
  if (n <= s->given) return;
  munmap(s->p + s->given, n - s->given);
  s->given = n;
}

/* Two letters of the round before each word. */
static void disguise(rcp_str text, unsigned round, rcpi_buf *out) {
  rcpi_buf_clear(out);
  rcpi_buf_reserve(out, text.n * 3);
  bool was_word = false;
  for (size_t i = 0; i < text.n; i++) {
    unsigned char c = (unsigned char)text.p[i];
    bool is_word = rcpi_is_alpha(c) || rcpi_is_digit(c) || c >= 0x80;
    if (is_word && !was_word) out->p[out->len++] = (char)('a' + round % 26), out->p[out->len++] = (char)('a' + round / 26 % 26);
    out->p[out->len++] = (char)c;
    was_word = is_word;
  }
}

static size_t load(rcpi_arena *a, const char *path, rcp_str *texts) {
  rcp_str file, line;
  rcp_error error;
  size_t n = 0;
  if (rcpi_file_read(a, rcpi_cstr(path), (size_t)1 << 31, &file, &error)) fprintf(stderr, "%s: %s\n", path, error.text), exit(1);
  while (n < MOST && rcpi_next_line(&file, &line))
    texts[n++] = rcpi_json_text(rcpi_json_get(rcpi_json_parse(a, line, NULL, NULL), "text"));
  return n;
}

/* So many articles from the one numbered `at` on; the time that adding them took. */
static spent add(rcp_reuse *reuse, spare *memory, const rcp_str *texts, size_t n_texts, size_t at, size_t n) {
  static rcpi_buf text[GROUP];
  spent sum = {0, 0, 0};
  rcp_error error;
  for (size_t i = 0; i < n; i += GROUP) {
    size_t group = n - i < GROUP ? n - i : GROUP;
    for (size_t k = 0; k < group; k++) disguise(texts[(at + i + k) % n_texts], (unsigned)((at + i + k) / n_texts), &text[k]);
    give_back(memory, at + i + group);
    spent from = now();
    for (size_t k = 0; k < group; k++) {
      char id[24];
      snprintf(id, sizeof id, "%zu", at + i + k);
      if (rcp_reuse_add(reuse, rcpi_cstr(id), rcpi_buf_str(&text[k]), (rcp_str){NULL, 0}, &error)) fprintf(stderr, "%s\n", error.text), exit(3);
    }
    add_since(&sum, from);
  }
  return sum;
}

int main(int argc, char **argv) {
  static rcp_str texts[MOST];
  if (argc != 3) return fputs("usage: reuse_grow FILE.jsonl N\n", stderr), 2;
  rcpi_arena a;
  rcp_error error;
  rcp_options options;
  rcp_engine *engine;
  rcp_reuse *reuse;
  rcp_reuse_pair pair;
  size_t want = strtoul(argv[2], NULL, 10), step;
  spare memory = take(want);
  rcpi_arena_init(&a);
  rcp_options_init(&options);
  options.threads = 1;
  if (rcp_engine_new(&options, &engine, &error) || rcp_reuse_new(engine, NULL, &reuse, &error)) return 3;
  RCPI_GUARD(&a) {
    size_t n_texts = load(&a, argv[1], texts);
    spent all = {0, 0, 0};
    puts("what\tarticles\ta second of user time\twith system time\tby the clock\tnear-duplicate bytes each\tpassage bytes each");
    for (size_t at = 0; at < want; at += step) {
      step = at ? STEP - at % STEP : FIRST;
      if (step > want - at) step = want - at;
      spent s = add(reuse, &memory, texts, n_texts, at, step);
      all.user += s.user, all.system += s.system, all.clock += s.clock;
      tell("added", at + step, step, &s, reuse);
    }
    give_back(&memory, 2 * want);
    spent from = now();
    rcp_reuse_finish(reuse, &error);
    while (rcp_reuse_next_pair(reuse, &pair));
    spent last = {0, 0, 0};
    add_since(&last, from);
    all.user += last.user, all.system += last.system, all.clock += last.clock;
    tell("passages of all", want, want, &last, reuse);
    tell("all", want, want, &all, reuse);
  }
  rcp_reuse_free(reuse);
  rcp_engine_free(engine);
  rcpi_arena_release(&a);
  return 0;
}
