/*
 * Pages, crawls or feeds into clean articles: title, publisher, date, the first line of the article's own words, and how sure.
 *
 *     cc extract.c $(pkg-config --cflags --libs recoupe) -o extract && ./extract page.html crawl.warc.gz
 */
#include <recoupe.h>
#include <stdio.h>

static void put(const char *label, rcp_str s) {
  printf("%-10s %.*s\n", label, s.p ? (int)s.n : 1, s.p ? s.p : "-"); /* p == NULL: the page does not state it */
}

int main(int argc, char **argv) {
  rcp_error error;
  rcp_engine *engine;
  rcp_reader *reader;
  rcp_article *article;
  int exit_status = 0;
  if (rcp_engine_new(NULL, &engine, &error)) return fprintf(stderr, "%s\n", error.text), 3;
  if (rcp_reader_new(engine, (const char *const *)argv + 1, (size_t)argc - 1, &reader, &error))
    return fprintf(stderr, "%s\n", error.text), rcp_engine_free(engine), 3;
  for (rcp_status status; (status = rcp_reader_next(reader, &article, &error)) != RCP_END;) {
    if (status == RCP_ENOMEM) break;
    if (status) { /* this record can't be used; the next call goes on behind it */
      fprintf(stderr, "%s: %s\n", error.source, error.text);
      exit_status = 1;
      continue;
    }
    rcp_buffer text = {0};
    put("title", rcp_article_get(article, RCP_FIELD_TITLE));
    put("publisher", rcp_article_get(article, RCP_FIELD_PUBLISHER));
    put("published", rcp_article_get(article, RCP_FIELD_PUBLISHED));
    if (!rcp_article_write(article, RCP_FORMAT_TEXT, &text, &error)) printf("bytes      %zu\n", text.n);
    printf("sure       %.2f (%s)\n\n", rcp_article_confidence(article), rcp_article_step(article));
    rcp_buffer_release(&text);
    rcp_article_free(article);
  }
  rcp_reader_free(reader);
  rcp_engine_free(engine);
  return exit_status;
}
