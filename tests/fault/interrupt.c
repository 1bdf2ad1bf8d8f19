/*
 * Input that comes in pieces of a few bytes while a timer interrupts every system call: the same article as from memory.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <recoupe.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static const char text[] =
    "Le bac de Sourdeval est arrêté\n\nLe bac qui relie Sourdeval à l'île a été arrêté mardi, a annoncé la mairie. Selon la maire, "
    "Lise Tarnac, 120 habitants sont sans liaison. « Nous n'avons rien vu venir », a-t-elle dit.\n";

static volatile sig_atomic_t n_signals;

static void count(int signal) {
  (void)signal;
  n_signals++;
}

/* In a process of its own: one to seven bytes at a time, with pauses. */
static void trickle(int to) {
  for (size_t at = 0, n = 1; at < sizeof text - 1; at += n, n = n % 7 + 1) {
    if (n > sizeof text - 1 - at) n = sizeof text - 1 - at;
    if (write(to, text + at, n) != (ssize_t)n) _exit(1);
    usleep(1500);
  }
  _exit(0);
}

static rcp_status read_stdin(const rcp_engine *engine, rcp_buffer *out) {
  const char *inputs[] = {"-"};
  rcp_reader *reader;
  rcp_article *article;
  rcp_status status = rcp_reader_new(engine, inputs, 1, &reader, NULL);
  if (status) return status;
  status = rcp_reader_next(reader, &article, NULL);
  if (!status) status = rcp_article_write(article, RCP_FORMAT_TEXT, out, NULL), rcp_article_free(article);
  rcp_reader_free(reader);
  return status;
}

int main(void) {
  rcp_engine *engine;
  rcp_article *article;
  rcp_buffer want = {0}, got = {0};
  int ends[2], child_status = 0;
  if (rcp_engine_new(NULL, &engine, NULL) || pipe(ends)) return 1;
  if (rcp_article_new(engine, (rcp_str){"-", 1}, (rcp_str){text, sizeof text - 1}, &article, NULL)) return 1;
  rcp_article_write(article, RCP_FORMAT_TEXT, &want, NULL);
  rcp_article_free(article);
  pid_t child = fork();
  if (child == 0) close(ends[0]), trickle(ends[1]);
  close(ends[1]);
  dup2(ends[0], STDIN_FILENO);
  struct sigaction action = {.sa_handler = count};   /* without SA_RESTART: calls fail with EINTR */
  struct itimerval every = {{0, 700}, {0, 700}}, never = {{0, 0}, {0, 0}};
  sigaction(SIGALRM, &action, NULL);
  setitimer(ITIMER_REAL, &every, NULL);
  rcp_status status = read_stdin(engine, &got);
  setitimer(ITIMER_REAL, &never, NULL);
  waitpid(child, &child_status, 0);
  bool same = !status && !child_status && want.n == got.n && !memcmp(want.p, got.p, want.n);
  printf("%s 1 - %zu bytes in pieces, interrupted %d times: the same article\n1..1\n", same && n_signals > 10 ? "ok" : "not ok", sizeof text - 1,
         (int)n_signals);
  rcp_buffer_release(&want);
  rcp_buffer_release(&got);
  rcp_engine_free(engine);
  return !(same && n_signals > 10);
}
