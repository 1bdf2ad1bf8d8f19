/*
 * One engine, many threads: an engine does not change once it is made, so each thread may clean pages with it. Each article
 * belongs to the thread that made it.
 *
 *     cc -pthread threads.c $(pkg-config --cflags --libs recoupe) -o threads && ./threads *.html
 */
#include <pthread.h>
#include <recoupe.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct job { const rcp_engine *engine; const char *input; rcp_buffer line; rcp_error error; rcp_status status; } job;

/* The first article of one input, as a line of JSON. */
static void *work(void *with) {
  job *j = with;
  rcp_reader *reader;
  rcp_article *article;
  j->status = rcp_reader_new(j->engine, &j->input, 1, &reader, &j->error);
  if (j->status) return NULL;
  j->status = rcp_reader_next(reader, &article, &j->error);
  if (!j->status) {
    j->status = rcp_article_write(article, RCP_FORMAT_JSON, &j->line, &j->error);
    rcp_article_free(article);
  }
  rcp_reader_free(reader);
  return NULL;
}

int main(int argc, char **argv) {
  rcp_error error;
  rcp_engine *engine;
  size_t n = (size_t)argc - 1;
  int exit_status = 0;
  job *jobs = calloc(n + 1, sizeof *jobs);
  pthread_t *threads = calloc(n + 1, sizeof *threads);
  if (!jobs || !threads) return 3;
  if (rcp_engine_new(NULL, &engine, &error)) return fprintf(stderr, "%s\n", error.text), 3;
  for (size_t i = 0; i < n; i++) {
    jobs[i] = (job){.engine = engine, .input = argv[i + 1]};
    if (pthread_create(&threads[i], NULL, work, &jobs[i])) return 3;
  }
  for (size_t i = 0; i < n; i++) { /* in the order asked, whoever was first */
    pthread_join(threads[i], NULL);
    if (jobs[i].status) fprintf(stderr, "%s: %s\n", jobs[i].error.source, jobs[i].error.text), exit_status = 1;
    else fwrite(jobs[i].line.p, 1, jobs[i].line.n, stdout);
    rcp_buffer_release(&jobs[i].line);
  }
  rcp_engine_free(engine);
  free(threads);
  free(jobs);
  return exit_status;
}
