/* SPDX-License-Identifier: Apache-2.0 */
#include "reuse/pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { AT_ONCE = 4 };          /* items a thread takes at a time */

struct rcpi_pool {
  pthread_mutex_t lock;
  pthread_cond_t work, done;
  unsigned n_threads, n_busy;
  uint64_t round;              /* of work; a thread sleeps until it changes */
  bool ends;
  atomic_size_t next;
  size_t n;
  void (*job)(void *, unsigned, size_t);
  void *context;
  struct worker { rcpi_pool *pool; unsigned number; pthread_t thread; } worker[];
};

static void take_items(rcpi_pool *p, unsigned worker) {
  for (size_t i; (i = atomic_fetch_add(&p->next, AT_ONCE)) < p->n;)
    for (size_t k = i; k < i + AT_ONCE && k < p->n; k++) p->job(p->context, worker, k);
}

static void *live(void *context) {
  struct worker *w = context;
  rcpi_pool *p = w->pool;
  uint64_t seen = 0;
  pthread_mutex_lock(&p->lock);
  for (;;) {
    while (p->round == seen && !p->ends) pthread_cond_wait(&p->work, &p->lock);
    if (p->ends) break;
    seen = p->round;
    pthread_mutex_unlock(&p->lock);
    take_items(p, w->number);
    pthread_mutex_lock(&p->lock);
    if (--p->n_busy == 0) pthread_cond_signal(&p->done);
  }
  pthread_mutex_unlock(&p->lock);
  return NULL;
}

rcpi_pool *rcpi_pool_new(unsigned n_threads) {
  if (n_threads == 0) n_threads = 1;
  rcpi_pool *p = calloc(1, sizeof *p + n_threads * sizeof *p->worker);
  if (!p) return NULL;
  pthread_mutex_init(&p->lock, NULL);
  pthread_cond_init(&p->work, NULL);
  pthread_cond_init(&p->done, NULL);
  atomic_init(&p->next, 0);
  for (p->n_threads = 1; p->n_threads < n_threads; p->n_threads++) {
    struct worker *w = &p->worker[p->n_threads];
    w->pool = p;
    w->number = p->n_threads;
    if (pthread_create(&w->thread, NULL, live, w)) return rcpi_pool_free(p), NULL;
  }
  return p;
}

void rcpi_pool_free(rcpi_pool *p) {
  if (!p) return;
  pthread_mutex_lock(&p->lock);
  p->ends = true;
  pthread_cond_broadcast(&p->work);
  pthread_mutex_unlock(&p->lock);
  for (unsigned i = 1; i < p->n_threads; i++) pthread_join(p->worker[i].thread, NULL);
  pthread_cond_destroy(&p->done);
  pthread_cond_destroy(&p->work);
  pthread_mutex_destroy(&p->lock);
  free(p);
}

unsigned rcpi_pool_threads(const rcpi_pool *p) {
  return p->n_threads;
}

void rcpi_pool_run(rcpi_pool *p, size_t n, void (*job)(void *, unsigned, size_t), void *context) {
  if (p->n_threads == 1 || n <= 1) {
    for (size_t i = 0; i < n; i++) job(context, 0, i);
    return;
  }
  pthread_mutex_lock(&p->lock);
  p->n = n;
  p->job = job;
  p->context = context;
  atomic_store(&p->next, 0);
  p->n_busy = p->n_threads - 1;
  p->round++;
  pthread_cond_broadcast(&p->work);
  pthread_mutex_unlock(&p->lock);
  take_items(p, 0);
  pthread_mutex_lock(&p->lock);
  while (p->n_busy) pthread_cond_wait(&p->done, &p->lock);
  pthread_mutex_unlock(&p->lock);
}
