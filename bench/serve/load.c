/*
 * load.c - asks a server for one page again and again over so many lines at once, and says how long each answer took.
 *
 * usage: load PORT PATH REQUESTS LINES [HEADER...]
 *
 * One thread, epoll, lines kept open. An answer is good when its status is 200 and as many bytes came as its Content-Length
 * says. Times are from the first byte sent to the last received, so a line that waits its turn in this program counts too.
 * Prints a tab-separated line: requests, errors, seconds, bytes, p50, p90, p99, longest (milliseconds).
 * SPDX-License-Identifier: Apache-2.0
 */
#include <arpa/inet.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST_LINES = 1024, HEAD = 4096 };

typedef struct line {
  int fd;
  double began;
  char head[HEAD + 1];
  size_t n_head, n_body, wanted;
  bool has_head, is_bad;
} line;

typedef struct load {
  struct sockaddr_in to;
  int epoll;
  char request[2048];
  size_t n_request, started, done, errors, bytes, total;
  double *times;
  line lines[MOST_LINES];
} load;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static bool dial(load *l, line *x) {
  struct epoll_event e = {.events = EPOLLIN, .data.ptr = x};
  x->fd = socket(AF_INET, SOCK_STREAM, 0);
  return x->fd >= 0 && !connect(x->fd, (struct sockaddr *)&l->to, sizeof l->to) && !epoll_ctl(l->epoll, EPOLL_CTL_ADD, x->fd, &e);
}

static bool ask(load *l, line *x) {
  if (l->started == l->total) return false;
  l->started++;
  x->n_head = x->n_body = x->wanted = 0;
  x->has_head = x->is_bad = false;
  x->began = now();
  return send(x->fd, l->request, l->n_request, MSG_NOSIGNAL) == (ssize_t)l->n_request;
}

/* Takes what came; true when the answer is whole. */
static bool take(line *x, const char *p, size_t n) {
  while (n && !x->has_head) {
    if (x->n_head == HEAD) return x->is_bad = true;
    x->head[x->n_head++] = *p++, n--;
    if (x->n_head < 4 || memcmp(x->head + x->n_head - 4, "\r\n\r\n", 4)) continue;
    x->head[x->n_head] = 0;
    x->has_head = true;
    const char *length = strcasestr(x->head, "\nContent-Length:");
    x->is_bad = strncmp(x->head, "HTTP/1.1 200 ", 13) || !length;
    x->wanted = length ? strtoul(length + 16, NULL, 10) : 0;
  }
  x->n_body += n;
  return x->has_head && x->n_body >= x->wanted;
}

static void finish(load *l, line *x) {
  l->times[l->done++] = now() - x->began;
  l->bytes += x->n_head + x->n_body;
  l->errors += x->is_bad || x->n_body != x->wanted;
}

static int by_time(const void *x, const void *y) {
  double a = *(const double *)x, b = *(const double *)y;
  return (a > b) - (a < b);
}

static bool run(load *l, size_t n_lines) {
  static char room[1 << 18];
  struct epoll_event ready[64];
  for (size_t i = 0; i < n_lines && i < l->total; i++)
    if (!dial(l, &l->lines[i]) || !ask(l, &l->lines[i])) return false;
  while (l->done < l->total) {
    int n = epoll_wait(l->epoll, ready, 64, 30000);
    if (n <= 0) return false;
    for (int i = 0; i < n; i++) {
      line *x = ready[i].data.ptr;
      ssize_t got = recv(x->fd, room, sizeof room, MSG_DONTWAIT);
      bool is_whole = got > 0 && take(x, room, (size_t)got);
      if (got > 0 && !is_whole) continue;
      if (got <= 0) x->is_bad = true;
      finish(l, x);
      if (got <= 0 || x->is_bad) {
        close(x->fd);
        if (l->started < l->total && !dial(l, x)) return false;
      }
      if (l->started < l->total && !ask(l, x)) return false;
    }
  }
  return true;
}

int main(int argc, char **argv) {
  static load l;
  if (argc < 5) return fputs("usage: load PORT PATH REQUESTS LINES [HEADER...]\n", stderr), 2;
  size_t n_lines = strtoul(argv[4], NULL, 10);
  l.total = strtoul(argv[3], NULL, 10);
  l.to = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  l.epoll = epoll_create1(0);
  l.times = calloc(l.total, sizeof *l.times);
  if (!n_lines || n_lines > MOST_LINES || !l.total || !l.times || l.epoll < 0) return fputs("load: 1 to 1024 lines, 1 request or more\n", stderr), 2;
  int n = snprintf(l.request, sizeof l.request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n", argv[2]);
  for (int i = 5; i < argc && n < (int)sizeof l.request - 4; i++) n += snprintf(l.request + n, sizeof l.request - (size_t)n, "%s\r\n", argv[i]);
  n += snprintf(l.request + n, sizeof l.request - (size_t)n, "\r\n");
  if (n >= (int)sizeof l.request) return fputs("load: the path is too long\n", stderr), 2;
  l.n_request = (size_t)n;
  double began = now();
  bool ok = run(&l, n_lines);
  double seconds = (now() - began) / 1e3;
  if (!ok) return fprintf(stderr, "load: the server is gone after %zu answers\n", l.done), 3;
  qsort(l.times, l.total, sizeof *l.times, by_time);
  printf("%zu\t%zu\t%.2f\t%zu\t%.1f\t%.1f\t%.1f\t%.1f\n", l.total, l.errors, seconds, l.bytes, l.times[l.total / 2], l.times[l.total * 9 / 10],
         l.times[l.total * 99 / 100], l.times[l.total - 1]);
  return l.errors ? 3 : 0;
}
