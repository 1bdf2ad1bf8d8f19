/*
 * Articles that are in memory already: a database, a queue, a form. No file is read or written.
 *
 *     cc memory.c $(pkg-config --cflags --libs recoupe) -o memory && ./memory
 */
#include <recoupe.h>
#include <stdio.h>
#include <string.h>

static const struct { const char *name, *text; } tellings[] = {
    {"courrier", "Le pont de Malvoisie est fermé\n\nLe pont de Malvoisie a été fermé lundi, a annoncé la mairie. "
                 "Selon le maire, 900 voitures y passaient chaque jour."},
    {"gazette", "Malvoisie sans pont\n\nLe pont de Malvoisie a été fermé lundi par arrêté. Plus de 1 200 voitures y passaient "
                "chaque jour, selon une association de riverains."},
};
enum { N = sizeof tellings / sizeof *tellings };

int main(void) {
  rcp_error error;
  rcp_options options;
  rcp_engine *engine = NULL;
  rcp_article *articles[N] = {NULL};
  rcp_dossier *dossier = NULL;
  rcp_buffer out = {0};
  rcp_options_init(&options);
  options.published = "2025-03-04"; /* the texts state no date: "lundi" is read from this one */
  rcp_status status = rcp_engine_new(&options, &engine, &error);
  for (size_t i = 0; i < N && !status; i++) {
    rcp_str source = {tellings[i].name, strlen(tellings[i].name)}, bytes = {tellings[i].text, strlen(tellings[i].text)};
    status = rcp_article_new(engine, source, bytes, &articles[i], &error);
  }
  if (!status) status = rcp_compare(engine, articles, N, &dossier, &error);
  if (!status) status = rcp_dossier_write(dossier, RCP_FORMAT_JSON, NULL, &out, &error);
  if (status) fprintf(stderr, "%s: %s\n", error.source, error.text);
  else fwrite(out.p, 1, out.n, stdout);
  rcp_buffer_release(&out);
  rcp_dossier_free(dossier); /* before the articles, which it only borrows */
  for (size_t i = 0; i < N; i++) rcp_article_free(articles[i]);
  rcp_engine_free(engine);
  return status ? 3 : 0;
}
