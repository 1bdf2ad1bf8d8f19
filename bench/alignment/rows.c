/*
 * What alignment sees in a story, as lines for bench/alignment/fit.py.
 *
 * usage: alignment_rows [--story-date DATE] [--first FILE] [--weights FILE] ARTICLE...
 *
 *   N name ...                     the kinds of evidence, in order
 *   T number source                an article
 *   S number article begin end     a piece, in bytes of the article's text
 *   P a b evidence ...             a measured pair of pieces of two articles
 *   Q a b evidence ...             and of one article
 *
 * With --first the company of a pair (claim/company.h) goes by first scores of these weights. With --weights it writes the
 * dossier (JSON) that these weights lead to instead; FILE holds a weight a line, in the order of N, for both looks. SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "claim/company.h"
#include "claim/score.h"
#include "dossier/dossier.h"

static void print_pieces(const rcpi_story *story, const rcpi_pieces *pieces) {
  for (size_t i = 0; i < story->n_tellings; i++) printf("T %zu %.*s\n", i, RCPI_P(story->tellings[i].article->source));
  for (size_t i = 0; i < pieces->n_pieces; i++) {
    const rcpi_piece *p = &pieces->pieces[i];
    rcpi_span at = rcpi_tokens_span(&story->tellings[p->telling].text, p->at.token, p->at.end_token);
    printf("S %zu %u %zu %zu\n", i, p->telling, (size_t)at.beg, (size_t)at.end);
  }
}

static void print_evidence(rcpi_arena *a, const int32_t *first, rcpi_evidence *v) {
  int16_t *sure = rcpi_array(a, int16_t, v->measures.n_pairs);
  rcpi_company company;
  for (size_t i = 0; i < v->measures.n_pairs; i++) {
    int32_t row[RCPI_E_N];
    rcpi_evidence_of(v, &v->measures.pairs[i], row);
    sure[i] = (int16_t)rcpi_score_of(first, row);
  }
  rcpi_company_read(a, v->pieces, v->n_tellings, &v->measures, sure, &company);
  for (size_t i = 0; i < v->measures.n_pairs; i++) {
    const rcpi_measure *m = &v->measures.pairs[i];
    int32_t row[RCPI_E_N];
    bool is_cross = v->pieces->pieces[m->a].telling != v->pieces->pieces[m->b].telling;
    rcpi_evidence_of(v, m, row);
    if (is_cross) rcpi_company_of(&company, m->a, m->b, sure[i], row);
    printf("%c %u %u", is_cross ? 'P' : 'Q', m->a, m->b);
    for (int k = 0; k < RCPI_E_N; k++) printf(" %d", row[k]);
    printf("\n");
  }
}

static void print_rows(rcpi_arena *a, const int32_t *first, const rcpi_story *story) {
  rcpi_items items;
  rcpi_pieces pieces;
  rcpi_evidence evidence;
  rcpi_items_read(a, story->tellings, story->n_tellings, &story->names, &items);
  rcpi_pieces_read(a, story->tellings, story->n_tellings, &items, &pieces);
  rcpi_evidence_read(a, story->tellings, story->n_tellings, &items, &pieces, &evidence);
  printf("N");
  for (int k = 0; k < RCPI_E_N; k++) printf(" %s", rcpi_evidence_names[k]);
  printf("\n");
  print_pieces(story, &pieces);
  print_evidence(a, first, &evidence);
}

static rcp_status print_dossier(const rcp_dossier *d, rcp_error *error) {
  rcp_buffer out = {0};
  rcp_status status = rcp_dossier_write(d, RCP_FORMAT_JSON, NULL, &out, error);
  if (status) return status;
  fwrite(out.p, 1, out.n, stdout);
  rcp_buffer_release(&out);
  return RCP_OK;
}

static bool read_weights(const char *path, int n, int32_t *weights) {
  FILE *f = fopen(path, "r");
  bool is_whole = f;
  for (int i = 0; is_whole && i < n; i++) is_whole = fscanf(f, "%d", &weights[i]) == 1;
  if (f) fclose(f);
  return is_whole;
}

static rcp_status run(rcp_engine *engine, const int32_t *first, char **articles, size_t n, rcp_error *error) {
  rcp_dossier *dossier = NULL;
  rcp_status status = rcp_compare_files(engine, (const char *const *)articles, n, &dossier, error);
  if (!status && engine->score_weights) {
    status = print_dossier(dossier, error);
  } else if (!status) {
    rcpi_arena a;
    rcpi_arena_init(&a);
    RCPI_GUARD(&a) print_rows(&a, first, &dossier->story);
    else status = rcpi_error(error, RCP_ENOMEM, RCPI_S(""), 0, "out of memory");
    rcpi_arena_release(&a);
  }
  rcp_dossier_free(dossier);
  return status;
}

int main(int argc, char **argv) {
  int32_t weights[RCPI_SCORE_WEIGHTS], first_look[RCPI_E_N];
  bool has_weights = false;
  rcp_options options;
  rcp_options_init(&options);
  const int32_t *look = rcpi_score_weights;
  int first = 1;
  for (; first + 1 < argc && argv[first][0] == '-'; first += 2) {
    if (!strcmp(argv[first], "--story-date")) options.story_date = argv[first + 1];
    else if (!strcmp(argv[first], "--first") && read_weights(argv[first + 1], RCPI_E_N, first_look)) look = first_look;
    else if (!strcmp(argv[first], "--weights") && read_weights(argv[first + 1], RCPI_SCORE_WEIGHTS, weights)) has_weights = true;
    else return fprintf(stderr, "alignment_rows: %s?\n", argv[first]), 2;
  }
  rcp_engine *engine = NULL;
  rcp_error error;
  rcp_status status = rcp_engine_new(&options, &engine, &error);
  if (!status && has_weights) engine->score_weights = weights;
  if (!status) status = run(engine, look, argv + first, (size_t)(argc - first), &error);
  if (status) fprintf(stderr, "alignment_rows: %s\n", error.text);
  rcp_engine_free(engine);
  return status ? 3 : 0;
}
