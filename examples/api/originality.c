/*
 * How much of each text is new: the share of its words found in nothing that came before. Texts go in one by one, from memory.
 *
 *     cc originality.c $(pkg-config --cflags --libs recoupe) -o originality && ./originality < texts, one a line
 */
#include <recoupe.h>
#include <stdio.h>
#include <string.h>

int main(void) {
  static char line[1 << 16], id[32];
  rcp_error error;
  rcp_engine *engine = NULL;
  rcp_reuse *reuse = NULL;
  rcp_reuse_options options = {.articles = true};
  rcp_reuse_article article;
  unsigned n = 0;
  rcp_status status = rcp_engine_new(NULL, &engine, &error);
  if (!status) status = rcp_reuse_new(engine, &options, &reuse, &error);
  while (!status && fgets(line, sizeof line, stdin)) {
    snprintf(id, sizeof id, "line-%u", ++n);
    status = rcp_reuse_add(reuse, (rcp_str){id, strlen(id)}, (rcp_str){line, strlen(line)}, (rcp_str){NULL, 0}, &error);
  }
  if (!status) status = rcp_reuse_finish(reuse, &error);
  while (!status && rcp_reuse_next_article(reuse, &article))
    printf("%.*s\t%.2f\tgroup %.*s\n", (int)article.id.n, article.id.p, article.originality, (int)article.group.n, article.group.p);
  if (status) fprintf(stderr, "%s\n", error.text);
  rcp_reuse_free(reuse);
  rcp_engine_free(engine);
  return status ? 3 : 0;
}
