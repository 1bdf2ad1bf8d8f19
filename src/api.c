/*
 * The public functions: each checks its arguments, guards memory, and calls one module.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>

#include "base/cage.h"
#include "base/error.h"
#include "base/json.h"
#include "clean/clean.h"
#include "dossier/dossier.h"
#include "engine.h"
#include "input/reader.h"

#ifndef RCPI_VERSION
#error "the build defines RCPI_VERSION"
#endif

const char *rcp_version(void) {
  return RCPI_VERSION;
}

void rcp_buffer_release(rcp_buffer *b) {
  free(b->p);
  *b = (rcp_buffer){NULL, 0};
}

/* -------------------------------------------------------------------------------------------------------- articles */

struct rcp_reader { const rcp_engine *engine; rcpi_reader *reader; };

static rcpi_reader_options reader_options(const rcp_engine *e) {
  return (rcpi_reader_options){.kind = e->options.input, .published = rcpi_cstr(e->options.published),
                               .language = rcpi_cstr(e->options.language),
                               .most = e->options.max_article, .fetch = rcpi_engine_fetch(e)};
}

static rcp_status clean(const rcp_engine *engine, rcp_article **article, rcp_error *error) {
  volatile rcp_status status = RCP_OK;
  rcpi_arena *a = &(*article)->arena;
  const char *why = "";
  RCPI_GUARD(a) {
    rcpi_meta_apply(&engine->meta, *article);
    if (!rcpi_clean(engine->cleaner, *article, &why)) status = rcpi_error(error, RCP_ELIMIT, (*article)->source, 0, "%s", why);
  } else status = rcpi_error(error, RCP_ENOMEM, (*article)->source, 0, "out of memory");
  a->guard = NULL;
  if (status) rcpi_article_drop(*article), *article = NULL;
  return status;
}

rcp_status rcp_reader_new(const rcp_engine *engine, const char *const *inputs, size_t n_inputs, rcp_reader **out,
                          rcp_error *error) {
  *out = NULL;
  rcp_reader *r = calloc(1, sizeof *r);
  if (!r) return rcpi_error(error, RCP_ENOMEM, RCPI_S(""), 0, "out of memory");
  rcpi_reader_options options = reader_options(engine);
  r->engine = engine;
  rcp_status status = rcpi_reader_new(inputs, n_inputs, &options, &r->reader, error);
  if (status) free(r);
  else *out = r;
  return status;
}

rcp_status rcp_reader_next(rcp_reader *r, rcp_article **out, rcp_error *error) {
  rcp_status status = rcpi_reader_next(r->reader, out, error);
  return status ? status : clean(r->engine, out, error);
}

void rcp_reader_progress(const rcp_reader *r, uint64_t *done, uint64_t *total) {
  rcpi_reader_progress(r->reader, done, total);
}

void rcp_reader_free(rcp_reader *r) {
  if (!r) return;
  rcpi_reader_free(r->reader);
  free(r);
}

rcp_status rcp_article_new(const rcp_engine *engine, rcp_str source, rcp_str bytes, rcp_article **out, rcp_error *error) {
  rcpi_reader_options options = reader_options(engine);
  rcp_status status = rcpi_read_bytes(source, bytes, &options, out, error);
  return status ? status : clean(engine, out, error);
}

rcp_str rcp_article_get(const rcp_article *article, rcp_field field) {
  switch (field) {
    case RCP_FIELD_ID: return article->id;
    case RCP_FIELD_SOURCE: return article->source;
    case RCP_FIELD_URL: return article->url;
    case RCP_FIELD_TITLE: return article->title;
    case RCP_FIELD_BYLINE: return article->byline;
    case RCP_FIELD_PUBLISHER: return article->publisher;
    case RCP_FIELD_PUBLISHED: return article->published;
    case RCP_FIELD_LANGUAGE: return article->language;
    case RCP_FIELD_TEXT: return article->text;
    case RCP_FIELD_NOTE: return article->note;
  }
  return (rcp_str){NULL, 0};
}

double rcp_article_confidence(const rcp_article *article) {
  return article->confidence;
}

const char *rcp_article_step(const rcp_article *article) {
  return article->step ? article->step : "";
}

static void write_line(const rcp_article *article, rcp_str own_text, rcpi_buf *b) {
  rcpi_json j;
  rcpi_json_init(&j, b, false);
  rcpi_json_open(&j, '{');
  const struct { const char *key; rcp_str value; } fields[] = {
      {"id", article->id}, {"source", article->source}, {"url", article->url}, {"title", article->title},
      {"byline", article->byline}, {"published", article->published}, {"publisher", article->publisher},
      {"language", article->language}, {"text", own_text}};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    rcpi_json_key(&j, fields[i].key);
    rcpi_json_str(&j, fields[i].value);
  }
  rcpi_json_key(&j, "confidence");
  rcpi_json_num(&j, article->confidence, 2);
  rcpi_json_key(&j, "step");
  rcpi_json_str(&j, rcpi_cstr(rcp_article_step(article)));
  rcpi_json_close(&j, '}');
  rcpi_buf_addc(b, '\n');
}

static void write_text(const rcp_article *article, rcp_str own_text, rcpi_buf *b) {
  const rcp_str heading[] = {article->byline, article->publisher, article->published, article->url};
  if (article->title.p) rcpi_buf_printf(b, "%.*s\n", RCPI_P(article->title));
  bool any = false;
  for (size_t i = 0; i < sizeof heading / sizeof *heading; i++)
    if (heading[i].p) rcpi_buf_printf(b, "%s%.*s", any ? " · " : "", RCPI_P(heading[i])), any = true;
  rcpi_buf_adds(b, any ? "\n\n" : "\n");
  rcp_str line;
  while (rcpi_next_line(&own_text, &line)) rcpi_buf_printf(b, "%.*s\n\n", RCPI_P(line));
}

rcp_status rcp_article_write(const rcp_article *article, rcp_format format, rcp_buffer *out, rcp_error *error) {
  if (format != RCP_FORMAT_TEXT && format != RCP_FORMAT_JSON)
    return rcpi_error(error, RCP_EUSAGE, RCPI_S(""), 0, "an article is written as text or JSON");
  rcpi_arena scratch;
  rcpi_buf b;
  rcpi_arena_init(&scratch);
  rcpi_buf_init(&b);
  RCPI_GUARD(&scratch) (format == RCP_FORMAT_TEXT ? write_text : write_line)(article, rcpi_clean_own_text(&scratch, article), &b);
  else b.failed = true;
  rcpi_arena_release(&scratch);
  if (!b.failed) return *out = (rcp_buffer){b.p, b.len}, RCP_OK;
  rcpi_buf_release(&b);
  return rcpi_error(error, RCP_ENOMEM, article->source, 0, "out of memory");
}

void rcp_article_free(rcp_article *article) {
  rcpi_article_drop(article);
}

/* --------------------------------------------------------------------------------------------------------- compare */

static rcp_status new_dossier(const rcp_engine *engine, rcp_dossier **out, rcp_error *error) {
  *out = calloc(1, sizeof **out);
  if (!*out) return rcpi_error(error, RCP_ENOMEM, RCPI_S(""), 0, "out of memory");
  rcpi_arena_init(&(*out)->arena);
  (*out)->engine = engine;
  return RCP_OK;
}

/* Runs `build` under the dossier's guard; on failure frees it. */
static rcp_status finish(rcp_dossier **d, rcp_article *const *articles, size_t n, rcp_error *error) {
  volatile rcp_status status = RCP_ENOMEM;
  RCPI_GUARD(&(*d)->arena) status = rcpi_dossier_build(*d, articles, n, error);
  else rcpi_error(error, RCP_ENOMEM, RCPI_S(""), 0, "out of memory");
  (*d)->arena.guard = NULL;
  if (status) rcp_dossier_free(*d), *d = NULL;
  return status;
}

rcp_status rcp_compare(const rcp_engine *engine, rcp_article *const *articles, size_t n_articles, rcp_dossier **out,
                       rcp_error *error) {
  rcp_status status = new_dossier(engine, out, error);
  return status ? status : finish(out, articles, n_articles, error);
}

static rcp_status read_all(rcp_dossier *d, rcp_reader *reader, rcp_error *error) {
  size_t cap = 0, cap_notes = 0;
  for (;;) {
    rcp_article *article;
    rcp_error found = {.code = RCP_OK};
    rcp_status status = rcp_reader_next(reader, &article, &found);
    if (status == RCP_END) return RCP_OK;
    if (status == RCP_ENOMEM) return rcpi_error(error, status, RCPI_S(""), 0, "out of memory");
    if (!status) {
      if (d->n_owned == cap) {
        cap = cap ? cap * 2 : 16;
        rcp_article **p = realloc(d->owned, cap * sizeof *p);
        if (!p) return rcp_article_free(article), rcpi_error(error, RCP_ENOMEM, RCPI_S(""), 0, "out of memory");
        d->owned = p;
      }
      d->owned[d->n_owned++] = article;
      continue;
    }
    if (d->n_diagnostics == cap_notes) {
      cap_notes = cap_notes ? cap_notes * 2 : 16;
      d->diagnostics = rcpi_regrow(&d->arena, d->diagnostics, d->n_diagnostics, cap_notes, sizeof *d->diagnostics);
    }
    d->diagnostics[d->n_diagnostics++] =
        (rcpi_diagnostic){rcpi_dup(rcpi_cstr(found.source), &d->arena), rcpi_dup(rcpi_cstr(found.text), &d->arena)};
  }
}

rcp_status rcp_compare_files(const rcp_engine *engine, const char *const *inputs, size_t n_inputs, rcp_dossier **out,
                             rcp_error *error) {
  rcp_reader *reader = NULL;
  rcp_status made = new_dossier(engine, out, error);
  if (made) return made;
  volatile rcp_status status = rcp_reader_new(engine, inputs, n_inputs, &reader, error);
  if (!status) {
    RCPI_GUARD(&(*out)->arena) status = read_all(*out, reader, error);
    else status = rcpi_error(error, RCP_ENOMEM, RCPI_S(""), 0, "out of memory");
    (*out)->arena.guard = NULL;
  }
  rcp_reader_free(reader);
  if (!status) return finish(out, (*out)->owned, (*out)->n_owned, error);
  rcp_dossier_free(*out);
  *out = NULL;
  return status;
}

void rcp_dossier_free(rcp_dossier *d) {
  if (!d) return;
  if (d->lent) *d->lent = NULL;
  for (size_t i = 0; i < d->n_owned; i++) rcpi_article_drop(d->owned[i]);
  free(d->owned);
  rcpi_arena_release(&d->arena);
  free(d);
}

bool rcp_dossier_diagnostic(const rcp_dossier *d, size_t i, rcp_diagnostic *out) {
  return rcpi_dossier_diagnostic(d, i, out);
}

rcp_status rcp_dossier_write(const rcp_dossier *d, rcp_format format, const rcp_write_options *options, rcp_buffer *out,
                             rcp_error *error) {
  rcp_write_options plain = {.width = 0};
  rcpi_buf b;
  rcp_status status = RCP_OK;
  rcpi_buf_init(&b);
  switch (format) {
    case RCP_FORMAT_TEXT: status = rcpi_dossier_text(d, options ? options : &plain, &b, error); break;
    case RCP_FORMAT_JSON: rcpi_dossier_json(d, &b); break;
    case RCP_FORMAT_HTML: status = rcpi_dossier_html(d, options ? options : &plain, &b, error); break;
    case RCP_FORMAT_JSONLD: rcpi_dossier_jsonld(d, &b); break;
    default: return rcpi_error(error, RCP_EUSAGE, RCPI_S(""), 0, "no such format");
  }
  if (b.failed) status = rcpi_error(error, RCP_ENOMEM, RCPI_S(""), 0, "out of memory");
  if (status) {
    rcpi_buf_release(&b);
    return status;
  }
  *out = (rcp_buffer){b.p, b.len};
  return RCP_OK;
}

/* ------------------------------------------------------------------------------------------------------------ cage */

rcp_status rcp_cage_enter(const rcp_cage *cage, unsigned *held, rcp_error *error) {
  volatile rcp_status status = RCP_ENOMEM;
  rcpi_arena scratch;
  rcpi_arena_init(&scratch);
  RCPI_GUARD(&scratch) status = rcpi_cage_enter(&scratch, cage, held, error);
  else rcpi_error(error, RCP_ENOMEM, RCPI_S(""), 0, "out of memory");
  rcpi_arena_release(&scratch);
  return status;
}
