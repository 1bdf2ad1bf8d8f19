/* SPDX-License-Identifier: Apache-2.0 */
#include "engine.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "clean/clean.h"

void rcp_options_init(rcp_options *options) {
  *options = (rcp_options){.input = RCP_INPUT_AUTO};
}

static const char *keep(rcpi_arena *a, const char *s) {
  return s ? rcpi_dup(rcpi_cstr(s), a).p : NULL;
}

/* YYYY, YYYY-MM or YYYY-MM-DD with what may follow it (T12:00, a zone). */
static bool is_date(const char *s) {
  size_t n = strlen(s);
  for (size_t i = 0; i < n && i < 10; i++)
    if ((i == 4 || i == 7) ? s[i] != '-' : !rcpi_is_digit((unsigned char)s[i])) return false;
  return n == 4 || n == 7 || n == 10 || (n > 10 && (s[10] == 'T' || s[10] == ' '));
}

static rcp_status check(const rcp_options *o, rcp_error *error) {
  if (o->published && !is_date(o->published))
    return rcpi_error(error, RCP_EUSAGE, rcpi_cstr(o->published), 0, "not an ISO date: write 2024-03-12");
  if (o->story_date && !is_date(o->story_date))
    return rcpi_error(error, RCP_EUSAGE, rcpi_cstr(o->story_date), 0, "not an ISO date: write 2024-03-12");
  if (o->max_article > RCPI_MAX_SET || o->max_telling > RCPI_MAX_SET)
    return rcpi_error(error, RCP_EUSAGE, RCPI_S(""), 0, "a limit of more than %d MiB", RCPI_MAX_SET >> 20);
  return RCP_OK;
}

static rcp_status fill(rcp_engine *e, rcp_error *error) {
  rcp_options *o = &e->options;
  const char **strings[] = {&o->published, &o->story_date, &o->language, &o->lang_dir, &o->meta, &o->locale, &o->corrections, &o->save};
  for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) *strings[i] = keep(&e->arena, *strings[i]);
  long n = o->threads ? (long)o->threads : sysconf(_SC_NPROCESSORS_ONLN);
  o->threads = n > 0 && n < 1024 ? (unsigned)n : 1;
  rcp_status status = o->meta ? rcpi_meta_load(&e->arena, o->meta, &e->meta, error) : RCP_OK;
  if (!status) status = rcpi_langs_load(&e->arena, o->lang_dir, &e->langs, error);
  if (!status) e->cleaner = rcpi_cleaner_new(&e->arena, &e->langs);
  return status;
}

rcp_status rcp_engine_new(const rcp_options *options, rcp_engine **out, rcp_error *error) {
  *out = NULL;
  rcp_engine *e = calloc(1, sizeof *e);
  if (!e) return rcpi_error(error, RCP_ENOMEM, RCPI_S(""), 0, "out of memory");
  if (options) e->options = *options;
  else rcp_options_init(&e->options);
  rcpi_arena_init(&e->arena);
  volatile rcp_status status = check(&e->options, error);
  if (!status) {
    RCPI_GUARD(&e->arena) status = fill(e, error);
    else status = rcpi_error(error, RCP_ENOMEM, RCPI_S(""), 0, "out of memory");
    e->arena.guard = NULL;
  }
  if (status) {
    rcp_engine_free(e);
    return status;
  }
  *out = e;
  return RCP_OK;
}

void rcp_engine_free(rcp_engine *e) {
  if (!e) return;
  rcpi_arena_release(&e->arena);
  free(e);
}
