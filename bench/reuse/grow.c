/*
 * reuse_grow FILE.jsonl N - how the rate holds as a corpus grows to N articles.
 *
 * The texts of FILE come again and again, each time in a vocabulary of its own (every word gets letters of the round), so that
 * copies, edits and shared passages are those of FILE and rounds have nothing in common. Prints articles, articles a second
 * of processor time since the line before, bytes an article. SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "recoupe.h"

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* One letter of the round before each word. */
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

int main(int argc, char **argv) {
  if (argc != 3) return fputs("usage: reuse_grow FILE.jsonl N\n", stderr), 2;
  rcpi_arena a;
  rcp_str file, line;
  rcp_error error;
  rcp_options options;
  rcp_engine *engine;
  rcp_reuse *reuse;
  rcp_reuse_pair pair;
  rcp_reuse_stats s;
  size_t want = strtoul(argv[2], NULL, 10), n = 0, told = 0;
  rcpi_buf text;
  rcpi_arena_init(&a);
  rcpi_buf_init(&text);
  rcp_options_init(&options);
  options.threads = 1;
  if (rcp_engine_new(&options, &engine, &error) || rcp_reuse_new(engine, NULL, &reuse, &error)) return 3;
  RCPI_GUARD(&a) {
    if (rcpi_file_read(&a, rcpi_cstr(argv[1]), (size_t)1 << 31, &file, &error)) return fprintf(stderr, "%s\n", error.text), 3;
    puts("articles\tarticles a second\tnear-duplicate bytes each\tpassage bytes each");
    double spent = 0;
    for (unsigned round = 0; n < want; round++) {
      rcp_str rest = file;
      while (n < want && rcpi_next_line(&rest, &line)) {
        rcpi_mark mark = rcpi_arena_mark(&a);
        rcpi_arena one;
        rcpi_arena_init(&one);
        one.guard = a.guard;
        disguise(rcpi_json_text(rcpi_json_get(rcpi_json_parse(&one, line, NULL, NULL), "text")), round, &text);
        rcpi_arena_release(&one);
        rcpi_arena_rewind(&a, mark);
        char id[24];
        snprintf(id, sizeof id, "%zu", n++);
        double from = now();
        if (rcp_reuse_add(reuse, rcpi_cstr(id), rcpi_buf_str(&text), (rcp_str){NULL, 0}, &error)) return fprintf(stderr, "%s\n", error.text), 3;
        spent += now() - from;
        if (n % 20000 == 0 && (n == 20000 || n % 200000 == 0)) {
          rcp_reuse_stats_get(reuse, &s);
          printf("%zu\t%.0f (added)\t%.0f\t%.0f\n", n, (double)(n - told) / spent, (double)s.near_bytes / (double)n, (double)s.passage_bytes / (double)n);
          fflush(stdout);
          spent = 0, told = n;
        }
      }
    }
    double from = now();
    rcp_reuse_finish(reuse, &error);
    while (rcp_reuse_next_pair(reuse, &pair));
    printf("%zu\t%.0f (passages of all)\t\t\n", n, (double)n / (now() - from));
  }
  rcpi_buf_release(&text);
  rcp_reuse_free(reuse);
  rcp_engine_free(engine);
  rcpi_arena_release(&a);
  return 0;
}
