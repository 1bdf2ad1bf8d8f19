/*
 * reuse_kernels FILE.jsonl - text to words, to sketch, to runs: texts a second and MB a second on one thread, by each instruction set.
 * Tab-separated lines. SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "input/jsonl.h"
#include "reuse/sketch.h"
#include "reuse/words.h"

enum { MOST = 20000, WAYS = 3 };

typedef struct texts { rcp_str p[MOST]; size_t n, bytes; } texts;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void load(rcpi_arena *a, const char *path, texts *out) {
  rcp_str file, line;
  rcp_error error;
  const char *message;
  size_t offset;
  if (rcpi_file_read(a, rcpi_cstr(path), (size_t)1 << 31, &file, &error)) fprintf(stderr, "%s: %s\n", path, error.text), exit(1);
  char *room = rcpi_alloc(a, file.n + RCPI_RECORD_PADDING, 1);
  memcpy(room, file.p, file.n);
  file.p = room;
  while (out->n < MOST && rcpi_next_line(&file, &line)) {
    rcpi_record r;
    if (!rcpi_jsonl_read(a, line, false, &r, &message, &offset) || !r.text.p) continue;
    out->p[out->n++] = r.text;
    out->bytes += r.text.n;
  }
}

/* 0: words; 1: and sketch; 2: and runs. Seconds of the best of three. */
static double run(rcpi_arena *a, const texts *t, rcpi_isa isa, int what, uint32_t *sum) {
  static rcpi_word_list w;
  static uint32_t *scratch;
  static rcpi_run *runs;
  static size_t room;
  double best = 1e9;
  for (int round = 0; round < 3; round++) {
    double from = now();
    for (size_t i = 0; i < t->n; i++) {
      rcpi_sketch sketch = {{0}};
      w.n = w.n_cp = w.n_alone = 0;
      rcpi_words_read(a, isa, t->p[i], &w);
      if (w.cap > room) {
        room = w.cap;
        scratch = rcpi_array(a, uint32_t, 4 * (room + 16));
        runs = rcpi_array(a, rcpi_run, room);
      }
      if (what >= 1 && w.n) rcpi_sketch_make(w.hash, w.n, w.n_alone, &sketch);
      if (what >= 2) *sum += (uint32_t)rcpi_runs_by(isa, w.hash, w.n, w.n_alone, scratch, runs);
      *sum += sketch.bin[0] + (uint32_t)w.n;
    }
    double s = now() - from;
    if (s < best) best = s;
  }
  return best;
}

/* Hashes of words to sketch, each text so many times in a row; seconds for all, once. */
static double sketches(rcpi_arena *a, const texts *t, uint32_t *sum) {
  static rcpi_word_list w;
  enum { TIMES = 20 };
  double spent = 0;
  for (size_t i = 0; i < t->n; i++) {
    w.n = w.n_cp = w.n_alone = 0;
    rcpi_words_read(a, RCPI_ISA_AVX512, t->p[i], &w);
    double from = now();
    for (int k = 0; k < TIMES && w.n; k++) {
      rcpi_sketch sketch;
      w.hash[0] += 1;
      rcpi_sketch_make(w.hash, w.n, w.n_alone, &sketch);
      *sum += sketch.bin[0];
    }
    spent += now() - from;
  }
  return spent / TIMES;
}

int main(int argc, char **argv) {
  static texts t;
  static const char *const isas[] = {"plain", "avx2", "avx512"}, *const names[] = {"words", "words and sketch", "words, sketch and runs"};
  if (argc != 2) return fputs("usage: reuse_kernels FILE.jsonl\n", stderr), 2;
  rcpi_arena a;
  uint32_t sum = 0;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    load(&a, argv[1], &t);
    puts("instructions\twhat\ttexts a second\tMB a second");
    for (int isa = 0; isa < WAYS; isa++) {
      if ((int)rcpi_words_best((rcpi_isa)isa) != isa) continue;
      for (int what = 0; what < 3; what++) {
        double s = run(&a, &t, (rcpi_isa)isa, what, &sum);
        printf("%s\t%s\t%.0f\t%.0f\n", isas[isa], names[what], (double)t.n / s, (double)t.bytes / s / 1e6);
      }
    }
    double s = sketches(&a, &t, &sum);
    printf("-\thashes to sketch\t%.0f\t%.0f\n", (double)t.n / s, (double)t.bytes / s / 1e6);
  }
  rcpi_arena_release(&a);
  return sum == 1;   /* so that the work is not left out */
}
