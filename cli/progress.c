/*
 * Work that takes long says how far it is, on one line that rewrites itself: "12,300 records  1,040/s  3:20 left". Only on a
 * terminal (standard error), or with --progress; never with --quiet; not before a second has passed.
 *
 * The time left is that of the bytes left, at the pace of all bytes so far; where the size of the input is unknown (standard
 * input, URLs) the line does without it.
 *
 * Ctrl-C asks to stop: the record at hand is finished, what is done is written, and only then the process ends by the signal, so
 * that a shell sees what happened. A second Ctrl-C ends it at once. A process that waits for standard input gets its end
 * instead: the handler puts an empty file in its place.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "progress.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { WIDTH = 72, TENTHS_TO_FIRST = 10, TENTHS_BETWEEN = 2 };

static volatile sig_atomic_t stop_asked;
static int nothing = -1;      /* an open file without bytes; -1: standard input is not read */

static void ask_to_stop(int number) {
  int kept = errno;
  stop_asked = number;
  if (nothing >= 0) dup2(nothing, STDIN_FILENO);
  errno = kept;
}

static void take_signals(const cli_options *o) {
  struct sigaction on_stop = {.sa_handler = ask_to_stop, .sa_flags = (int)SA_RESETHAND};
  for (size_t i = 0; i < o->n_inputs; i++)
    if (!strcmp(o->inputs[i], "-") && nothing < 0) nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  sigemptyset(&on_stop.sa_mask);
  sigaction(SIGINT, &on_stop, NULL);
  sigaction(SIGTERM, &on_stop, NULL);
}

static uint64_t tenths(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 10 + (uint64_t)t.tv_nsec / 100000000;
}

void cli_progress_start(cli_progress *p, const cli_options *o) {
  *p = (cli_progress){.begun = tenths(), .is_shown = !o->quiet && (o->wants_progress || isatty(STDERR_FILENO))};
  take_signals(o);
}

/* 1234567 as 1,234,567 */
static const char *grouped(uint64_t n, char out[32]) {
  char digits[24];
  int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n), k = 0;
  for (int i = 0; i < len; i++) {
    if (i && (len - i) % 3 == 0) out[k++] = ',';
    out[k++] = digits[i];
  }
  out[k] = 0;
  return out;
}

static void show(cli_progress *p, uint64_t now, uint64_t done, uint64_t total) {
  char line[WIDTH * 2], count[32], rate[32];
  uint64_t spent = now - p->begun ? now - p->begun : 1;
  int n = snprintf(line, sizeof line, "%s records  %s/s", grouped(p->n, count), grouped(p->n * 10 / spent, rate));
  if (done && total > done) {
    uint64_t left = (uint64_t)((double)(total - done) / (double)done * (double)spent / 10);
    if (left < 3600) n += snprintf(line + n, sizeof line - (size_t)n, "  %llu:%02llu left", (unsigned long long)left / 60, (unsigned long long)left % 60);
    else n += snprintf(line + n, sizeof line - (size_t)n, "  %llu h %02llu left", (unsigned long long)left / 3600, (unsigned long long)left / 60 % 60);
  }
  fprintf(stderr, "\r%-*s", p->width > n ? p->width : n, line);
  fflush(stderr);
  p->width = n;
}

bool cli_progress_step(cli_progress *p, const rcp_reader *reader) {
  p->n++;
  if (stop_asked) return false;
  if (!p->is_shown) return true;
  uint64_t now = tenths(), done = 0, total = 0;
  if (now < p->next || now - p->begun < TENTHS_TO_FIRST) return true;
  if (reader) rcp_reader_progress(reader, &done, &total);
  show(p, now, done, total);
  p->next = now + TENTHS_BETWEEN;
  return true;
}

void cli_progress_pause(cli_progress *p) {
  if (p->width) fprintf(stderr, "\r%*s\r", p->width, "");
  p->width = 0;
}

bool cli_progress_end(cli_progress *p) {
  cli_progress_pause(p);
  if (stop_asked) {
    char count[32];
    fprintf(stderr, "recoupe: stopped after %s records; what is done is written\n", grouped(p->n, count));
  }
  return stop_asked != 0;
}

void cli_end_by_signal(void) {
  if (!stop_asked) return;
  signal(stop_asked, SIG_DFL);
  raise(stop_asked);
}
