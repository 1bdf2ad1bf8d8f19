/*
 * Who copied from whom among many articles: pairs with their shared passages, as they are found.
 *
 *     cc reuse.c $(pkg-config --cflags --libs recoupe) -o reuse && ./reuse articles.jsonl
 */
#include <recoupe.h>
#include <stdio.h>

static void give(rcp_reuse *reuse) {
  rcp_reuse_pair pair;
  while (rcp_reuse_next_pair(reuse, &pair)) {
    printf("%s %.*s %.*s: resemblance %.2f, containment %.2f\n", pair.kind == RCP_REUSE_PASSAGE ? "passage" : "copy", (int)pair.a.n,
           pair.a.p, (int)pair.b.n, pair.b.p, pair.resemblance, pair.containment);
    for (size_t i = 0; i < pair.n_passages; i++) /* code points of the two texts, half open */
      printf("    %u-%u = %u-%u\n", pair.passages[i].a, pair.passages[i].a_end, pair.passages[i].b, pair.passages[i].b_end);
  }
}

int main(int argc, char **argv) {
  rcp_error error;
  rcp_engine *engine = NULL;
  rcp_reuse *reuse = NULL;
  rcp_status status = rcp_engine_new(NULL, &engine, &error);
  if (!status) status = rcp_reuse_new(engine, NULL, &reuse, &error);
  if (!status) status = rcp_reuse_open(reuse, (const char *const *)argv + 1, (size_t)argc - 1, &error);
  while (!status || status == RCP_EINPUT) {
    status = rcp_reuse_read(reuse, &error);
    if (status == RCP_EINPUT) fprintf(stderr, "%s: %s\n", error.source, error.text);
  }
  if (status == RCP_END) status = rcp_reuse_finish(reuse, &error);
  if (status) fprintf(stderr, "%s: %s\n", error.source, error.text);
  else give(reuse);
  rcp_reuse_free(reuse);
  rcp_engine_free(engine);
  return status ? 3 : 0;
}
