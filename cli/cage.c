/*
 * Every verb begins here: the engine, then the cage (rcp_cage_enter): from then on the command opens what its options
 * and arguments name, and nothing else. --no-cage leaves it out, and so does a preloaded library. A kernel without it is no reason to refuse work.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli.h"

enum { MAX_WRITES = 16 };

typedef struct places { const char **reads; size_t n_reads; char *writes[MAX_WRITES]; size_t n_writes; bool has_links; } places;

/* A device is written as it is; a file is made anew beside itself, so its folder it is (a link's target's). */
static void add_written(places *p, const char *path) {
  struct stat st;
  if (!path || !strcmp(path, "-") || p->n_writes == MAX_WRITES) return;
  bool exists = stat(path, &st) == 0, is_itself = exists && (S_ISDIR(st.st_mode) || !S_ISREG(st.st_mode));
  char *name = exists ? realpath(path, NULL) : strdup(path);
  char *slash = name && !is_itself ? strrchr(name, '/') : NULL;
  if (slash) slash[slash == name] = 0;
  else if (name && !is_itself) free(name), name = strdup(".");
  if (name) p->writes[p->n_writes++] = name;
}

static void add_read(places *p, const char *path) {
  if (!path || !strcmp(path, "-")) return;
  if (strstr(path, "://")) p->has_links = true;
  else p->reads[p->n_reads++] = path;
}

/* SQLite sorts what is large in files of its own, in the first of these that there is. */
static void add_sorting(places *p) {
  add_written(p, getenv("SQLITE_TMPDIR"));
  add_written(p, getenv("TMPDIR"));
  add_written(p, "/var/tmp");
  add_written(p, "/tmp");
}

/* Valgrind, heap profilers and the like are preloaded and make calls of their own, which the cage would refuse. */
static bool is_watched(void) {
  const char *preload = getenv("LD_PRELOAD");
  return preload && *preload;
}

rcp_status cli_cage(const cli_options *o, bool serves, rcp_error *error) {
  places p = {.reads = NULL};
  if (o->no_cage || is_watched()) return RCP_OK;
  p.reads = calloc(o->n_inputs + 8, sizeof *p.reads);
  if (!p.reads) return error->code = RCP_ENOMEM, strcpy(error->text, "out of memory"), RCP_ENOMEM;
  const char *named[] = {o->engine.lang_dir, o->engine.meta, o->engine.corrections, o->index};
  for (size_t i = 0; i < sizeof named / sizeof *named; i++) add_read(&p, named[i]);
  for (size_t i = 0; i < o->n_inputs; i++) add_read(&p, o->inputs[i]);
  add_written(&p, o->output);
  add_written(&p, o->save);
  add_written(&p, o->engine.save);
  add_written(&p, o->engine.save);
  add_written(&p, o->store);
  if (o->store) add_sorting(&p);
  rcp_cage cage = {.reads = p.reads, .n_reads = p.n_reads, .writes = (const char *const *)p.writes, .n_writes = p.n_writes,
                   .serves = serves, .network = p.has_links};
  rcp_status status = rcp_cage_enter(&cage, NULL, error);
  for (size_t i = 0; i < p.n_writes; i++) free(p.writes[i]);
  free(p.reads);
  return status;
}

rcp_status cli_start(const cli_options *o, rcp_engine **engine, rcp_error *error) {
  rcp_status status = rcp_engine_new(&o->engine, engine, error);
  if (!status) status = cli_cage(o, false, error);
  if (status) rcp_engine_free(*engine), *engine = NULL;
  return status;
}
