/*
 * Which articles tell one event, decided as each is read; a second look at the end says what changed.
 *
 *     cc stories.c $(pkg-config --cflags --libs recoupe) -o stories && ./stories articles.jsonl
 */
#include <recoupe.h>
#include <stdio.h>

static void put(rcp_story_line line) {
  printf("%.*s\t%.*s\t%s\n", (int)line.id.n, line.id.p, (int)line.story.n, line.story.p, line.why);
}

int main(int argc, char **argv) {
  rcp_error error;
  rcp_engine *engine = NULL;
  rcp_reader *reader = NULL;
  rcp_stories *stories = NULL;
  rcp_article *article;
  rcp_story_line line;
  size_t at = 0;
  rcp_status status = rcp_engine_new(NULL, &engine, &error);
  if (!status) status = rcp_stories_new(engine, 0, &stories, &error);
  if (!status) status = rcp_reader_new(engine, (const char *const *)argv + 1, (size_t)argc - 1, &reader, &error);
  while (!status) {
    status = rcp_reader_next(reader, &article, &error);
    if (status == RCP_EINPUT) {
      fprintf(stderr, "%s: %s\n", error.source, error.text);
      status = RCP_OK;
    } else if (!status) {
      status = rcp_stories_add(stories, article, &line, &error);
      rcp_article_free(article); /* it is read: the group keeps what it needs */
      if (!status) put(line);
    }
  }
  if (status == RCP_END) status = rcp_stories_final(stories, &error);
  if (status) fprintf(stderr, "%s\n", error.text);
  while (!status && rcp_stories_changed(stories, &at, &line)) put(line);
  rcp_reader_free(reader);
  rcp_stories_free(stories);
  rcp_engine_free(engine);
  return status ? 3 : 0;
}
