/*
 * From articles to a dossier: order, ids, stages.
 *
 * Ids are hashes of what they name: an article's of its source and bytes, a claim's of its first appearance's place, an
 * origin's of its name; so they do not change with the order of arguments, and most survive when an article is added.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "claim/correction.h"
#include "dossier/dossier.h"
#include "dossier/view.h"
#include "mark/kept.h"

enum { MAX_CORRECTIONS = 16 << 20 }; /* bytes of the file */

static int by_source(const void *x, const void *y) {
  const rcp_article *a = *(rcp_article *const *)x, *b = *(rcp_article *const *)y;
  int c = rcpi_cmp(a->source, b->source);
  char sum_a[RCPI_SHA256_HEX + 1], sum_b[RCPI_SHA256_HEX + 1];
  return c ? c : strcmp(rcpi_article_sha256(a, sum_a), rcpi_article_sha256(b, sum_b));
}

/* "a" and eight hexadecimal digits; a later equal one gets more letters, in order. */
static rcp_str make_id(rcpi_arena *a, rcpi_map *seen, char letter, uint64_t hash) {
  bool is_new;
  for (unsigned k = 0;; k++) {
    rcp_str id = rcpi_printf(a, "%c%08x%.*s", letter, (unsigned)(hash & 0xFFFFFFFF), (int)(k ? 1 + (k >= 27) : 0),
                             (char[]){(char)('a' + (k - 1) % 26), 'x', 0});
    rcpi_map_put(a, seen, id, 0, &is_new);
    if (is_new) return id;
  }
}

static void make_ids(rcp_dossier *d) {
  rcpi_arena *a = &d->arena;
  rcpi_story *s = &d->story;
  rcpi_map seen = {.n = 0};
  d->article_ids = rcpi_array(a, rcp_str, s->n_tellings);
  d->claim_ids = rcpi_array(a, rcp_str, s->n_claims);
  d->origin_ids = rcpi_array(a, rcp_str, s->n_origins);
  for (size_t i = 0; i < s->n_tellings; i++) {
    const rcp_article *article = s->tellings[i].article;
    char sum[RCPI_SHA256_HEX + 1];
    d->article_ids[i] = make_id(a, &seen, 'a', rcpi_hash(article->source, rcpi_hash(rcpi_cstr(rcpi_article_sha256(article, sum)), 0)));
  }
  for (size_t i = 0; i < s->n_claims; i++) {
    const rcpi_appearance *first = &s->claims[i].appearances[0];
    rcpi_span at = rcpi_tokens_span(&s->tellings[first->telling].text, first->at.token, first->at.end_token);
    uint64_t hash = rcpi_hash((rcp_str){(const char *)&at, sizeof at}, 0);
    d->claim_ids[i] = make_id(a, &seen, 'c', rcpi_hash(d->article_ids[first->telling], hash));
  }
  for (size_t i = 0; i < s->n_origins; i++) d->origin_ids[i] = make_id(a, &seen, 'o', rcpi_hash(s->origins[i].name, 0));
}

/* The claim that most articles carry; the first in reading order among equals. */
static uint32_t lead_of(const rcpi_story *s) {
  uint32_t lead = UINT32_MAX;
  for (uint32_t i = 0; i < s->n_claims; i++)
    if (lead == UINT32_MAX || s->claims[i].support.articles > s->claims[lead].support.articles) lead = i;
  return lead;
}

/* The file of corrections that the engine names; no file, no corrections. */
static rcp_status read_corrections(rcp_dossier *d, rcpi_corrections *out, rcp_error *error) {
  const char *path = d->engine->options.corrections;
  rcp_str bytes;
  *out = (rcpi_corrections){NULL, 0};
  if (!path) return RCP_OK;
  rcp_status status = rcpi_file_read(&d->arena, rcpi_cstr(path), MAX_CORRECTIONS, &bytes, error);
  if (status) return status == RCP_EINPUT ? rcpi_error(error, RCP_EUSAGE, rcpi_cstr(path), 0, "no such file of corrections") : status;
  rcpi_sha256_hex(bytes, d->corrections_sha256);
  return rcpi_corrections_parse(&d->arena, bytes, rcpi_cstr(path), out, error);
}

/* Corrections that fit no place are named, not dropped in silence. */
static void note_lost(rcp_dossier *d) {
  if (!d->story.n_corrections_lost) return;
  rcpi_diagnostic *all = rcpi_regrow(&d->arena, d->diagnostics, d->n_diagnostics, d->n_diagnostics + 1, sizeof *all);
  rcp_str message = rcpi_printf(&d->arena, "%zu corrections fit no place of these articles and were left out", d->story.n_corrections_lost);
  all[d->n_diagnostics++] = (rcpi_diagnostic){rcpi_cstr(d->engine->options.corrections), message};
  d->diagnostics = all;
}

/* Cuts a text that no article is as long as behind its last whole line within the limit, and says so. */
static void keep_beginning(rcp_article *article, size_t most, jmp_buf *guard) {
  rcp_str text = article->text;
  if (text.n <= most) return;
  uint32_t end = (uint32_t)most, line = end;
  while (line && text.p[line] != '\n') line--;
  if (line > end / 2) end = line;
  while (((unsigned char)text.p[end] & 0xC0) == 0x80) end--;
  article->text.n = end;
  while (article->n_furniture && article->furniture[article->n_furniture - 1].at.beg >= end) article->n_furniture--;
  if (article->n_furniture && article->furniture[article->n_furniture - 1].at.end > end)
    article->furniture[article->n_furniture - 1].at.end = end;
  if (article->title_at.end > end) article->title_at = (rcpi_span){0, 0};
  article->arena.guard = guard;
  article->note = rcpi_printf(&article->arena, "%zu bytes long: only the first %u were compared", text.n, end);
  article->arena.guard = NULL;
}

/* The first day that an article of the story states. */
static rcp_str first_day(rcp_article *const *articles, size_t n) {
  rcp_str first = {NULL, 0};
  for (size_t i = 0; i < n; i++) {
    rcp_str day = articles[i]->published;
    if (day.n >= 10 && (!first.p || memcmp(day.p, first.p, 10) < 0)) first = day;
  }
  return first;
}

rcp_status rcpi_dossier_build(rcp_dossier *d, rcp_article *const *articles, size_t n, rcp_error *error) {
  rcpi_arena *a = &d->arena;
  const rcp_options *o = &d->engine->options;
  if (n == 0 && !d->n_diagnostics) return rcpi_error(error, RCP_EUSAGE, RCPI_S(""), 0, "no article to compare");
  rcp_article **sorted = rcpi_array(a, rcp_article *, n);
  for (size_t i = 0; i < n; i++) sorted[i] = articles[i];
  qsort(sorted, n, sizeof *sorted, by_source);
  rcpi_corrections corrections;
  rcpi_view view;
  rcp_status status = read_corrections(d, &corrections, error);
  if (status) return status;
  rcpi_mark_options marks = {rcpi_cstr(o->published), rcpi_cstr(o->story_date), first_day(sorted, n)};
  rcpi_claim_options claims = {.in_french = o->locale && o->locale[0] == 'f' && o->locale[1] == 'r', .corrections = &corrections,
                               .score_weights = d->engine->score_weights};
  rcpi_kept kept = {.a = a};
  marks.kept = &kept;
  d->story.tellings = rcpi_array(a, rcpi_telling, n);
  d->story.n_tellings = n;
  d->cp = rcpi_array(a, rcpi_cp_map, n);
  for (size_t i = 0; i < n; i++) {
    keep_beginning(sorted[i], rcpi_engine_telling(d->engine), a->guard);
    rcpi_telling_read(a, sorted[i], &marks, &d->story.tellings[i]);
    d->story.tellings[i].marks.kept = NULL;   /* it goes with this function */
    rcpi_cp_map_init(a, sorted[i]->text, &d->cp[i]);
  }
  rcpi_story_read(a, &claims, &d->story);
  note_lost(d);
  make_ids(d);
  d->lead = lead_of(&d->story);
  rcpi_view_init(a, d, &view);
  for (size_t i = 0; i < d->story.n_claims; i++) d->story.claims[i].gist = view.gist[i];
  return RCP_OK;
}

bool rcpi_dossier_diagnostic(const rcp_dossier *d, size_t i, rcp_diagnostic *out) {
  if (i < d->n_diagnostics) return *out = (rcp_diagnostic){d->diagnostics[i].source, d->diagnostics[i].message, false}, true;
  i -= d->n_diagnostics;
  for (size_t k = 0; k < d->story.n_tellings; k++) {
    const rcp_article *article = d->story.tellings[k].article;
    if (article->note.p && i-- == 0) return *out = (rcp_diagnostic){article->source, article->note, true}, true;
  }
  return false;
}
