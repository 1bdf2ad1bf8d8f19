/*
 * Articles kept for years in one file: added in one transaction, found again by words.
 *
 *     cc archive.c $(pkg-config --cflags --libs recoupe) -o archive && ./archive press.db digue page1.html page2.html
 */
#include <recoupe.h>
#include <stdio.h>

static void put(void *with, const rcp_archive_row *row) {
  (void)with;
  printf("%.*s\tstory %.*s\t%.*s\n", (int)row->id.n, row->id.p, (int)row->story.n, row->story.p, row->title.p ? (int)row->title.n : 1,
         row->title.p ? row->title.p : "-");
}

static rcp_status add_all(rcp_archive *archive, rcp_reader *reader, rcp_error *error) {
  rcp_article *article;
  rcp_archive_line line;
  rcp_status status = rcp_archive_begin(archive, error);
  while (!status) {
    status = rcp_reader_next(reader, &article, error);
    if (status == RCP_EINPUT) {
      fprintf(stderr, "%s: %s\n", error->source, error->text);
      status = RCP_OK;
    } else if (!status) {
      status = rcp_archive_add(archive, article, &line, error);
      rcp_article_free(article);
    }
  }
  return status == RCP_END ? rcp_archive_commit(archive, error) : status; /* on the disk when this says RCP_OK */
}

int main(int argc, char **argv) {
  rcp_error error;
  rcp_engine *engine = NULL;
  rcp_archive *archive = NULL;
  rcp_reader *reader = NULL;
  if (argc < 4) return fputs("usage: archive DB WORDS FILE...\n", stderr), 2;
  rcp_status status = rcp_engine_new(NULL, &engine, &error);
  if (!status) status = rcp_archive_open(engine, argv[1], true, &archive, &error);
  if (!status) status = rcp_reader_new(engine, (const char *const *)argv + 3, (size_t)argc - 3, &reader, &error);
  if (!status) status = add_all(archive, reader, &error);
  if (!status) status = rcp_archive_search(archive, argv[2], 20, put, NULL, &error);
  if (status) fprintf(stderr, "%s: %s\n", error.source, error.text);
  rcp_reader_free(reader);
  rcp_archive_close(archive);
  rcp_engine_free(engine);
  return status ? 3 : 0;
}
