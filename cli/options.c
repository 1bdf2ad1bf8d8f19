/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

typedef enum kind { STRING, PAIR, FLAG, NUMBER, COUNT, SIZE, INPUT_KIND, COLOR } kind;
typedef struct option { const char *name; kind kind; void *target; } option;

static bool set_input(rcp_input *out, const char *value) {
  static const struct { const char *name; rcp_input kind; } kinds[] = {
      {"auto", RCP_INPUT_AUTO}, {"text", RCP_INPUT_TEXT}, {"html", RCP_INPUT_HTML}, {"jsonl", RCP_INPUT_JSONL},
      {"warc", RCP_INPUT_WARC}, {"feed", RCP_INPUT_FEED}, {"ninjs", RCP_INPUT_NINJS}};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (!strcmp(value, kinds[i].name)) return *out = kinds[i].kind, true;
  return false;
}

/* Bytes, or as many K, M or G; 0 is none. */
static bool set_size(size_t *out, const char *value) {
  static const char units[] = "KMG";
  char *end;
  errno = 0;
  unsigned long long n = strtoull(value, &end, 10);
  const char *unit = *end ? strchr(units, *end) : NULL;
  unsigned shift = unit ? 10 * (unsigned)(unit - units + 1) : 0;
  *out = (size_t)(n << shift);
  return !errno && *value >= '0' && *value <= '9' && n && n <= SIZE_MAX >> shift && !(unit ? end[1] : *end);
}

static bool set(const option *o, const char *value) {
  char *end;
  unsigned long n;
  switch (o->kind) {
    case STRING:
    case PAIR: *(const char **)o->target = value; return true;
    case FLAG: *(bool *)o->target = true; return true;
    case SIZE: return set_size(o->target, value);
    case INPUT_KIND: return set_input(o->target, value);
    case COLOR:
      *(int *)o->target = !strcmp(value, "always") ? 1 : !strcmp(value, "never") ? 0 : -1;
      return *(int *)o->target >= 0 || !strcmp(value, "auto");
    case NUMBER:
    case COUNT:
      errno = 0;
      n = strtoul(value, &end, 10);
      *(unsigned *)o->target = (unsigned)n;
      return !errno && *value && !*end && n <= (o->kind == COUNT ? 100000000 : 1024);
  }
  return false;
}

static const option *find(const option *options, size_t n, const char *name, size_t len) {
  for (size_t i = 0; i < n; i++)
    if (strlen(options[i].name) == len && !memcmp(options[i].name, name, len)) return &options[i];
  return NULL;
}

static bool parse(const char *verb, int argc, char **argv, cli_options *out) {
  memset(out, 0, sizeof *out);
  rcp_options_init(&out->engine);
  out->color = -1;
  bool is_pair = !strcmp(verb, "stories");   /* two articles, not one claim */
  bool is_reuse = !strcmp(verb, "reuse");    /* saves its index */
  option options[] = {
      {"--published", STRING, &out->engine.published}, {"--story-date", STRING, &out->engine.story_date},
      {"--language", STRING, &out->engine.language},   {"--lang-dir", STRING, &out->engine.lang_dir},
      {"--meta", STRING, &out->engine.meta},           {"--locale", STRING, &out->engine.locale},
      {"--input", INPUT_KIND, &out->engine.input},     {"--threads", NUMBER, &out->engine.threads},
      {"--format", STRING, &out->format},              {"-o", STRING, &out->output},
      {"--output", STRING, &out->output},              {"--explain", is_pair ? PAIR : STRING, &out->explain},
      {"--corrections", STRING, &out->engine.corrections},
      {"--quiet", FLAG, &out->quiet},                  {"--progress", FLAG, &out->wants_progress},
      {"--color", COLOR, &out->color},                 {"--help", FLAG, &out->wants_help},
      {"-h", FLAG, &out->wants_help},                  {"--all", FLAG, &out->wants_all},
      {"--articles", FLAG, &out->reuse.articles},      {"--window", NUMBER, &out->reuse.window_days},
      {"--boilerplate", STRING, &out->boilerplate},    {"--index", STRING, &out->index},
      {"--save", STRING, is_reuse ? &out->save : &out->engine.save},
      {"--save-warc", STRING, &out->engine.save},      {"--allow-private", FLAG, &out->engine.allow_private},
      {"--timeout", NUMBER, &out->engine.timeout},     {"--query", FLAG, &out->wants_query},
      {"--max-article", SIZE, &out->engine.max_article}, {"--max-telling", SIZE, &out->engine.max_telling},
      {"--final", FLAG, &out->wants_final},            {"--recent", COUNT, &out->recent},
      {"--listen", STRING, &out->listen},              {"--token-file", STRING, &out->token_file},
      {"--host", STRING, &out->host},
      {"--no-cage", FLAG, &out->no_cage},
      {"--store", STRING, &out->store},                {"--limit", COUNT, &out->limit},
      {"--skip", COUNT, &out->skip},                   {"--note", STRING, &out->note},
      {"--day", STRING, &out->day},                    {"--once", FLAG, &out->is_once},
      {"--interval", COUNT, &out->interval},           {"--pause", COUNT, &out->pause},
      {"--no-pages", FLAG, &out->no_pages}};
  out->inputs = calloc((size_t)argc + 1, sizeof *out->inputs);
  if (!out->inputs) return false;
  bool only_inputs = false;
  for (int i = 0; i < argc; i++) {
    const char *arg = argv[i];
    if (only_inputs || arg[0] != '-' || !arg[1]) {
      out->inputs[out->n_inputs++] = arg;
      continue;
    }
    if (!strcmp(arg, "--")) {
      only_inputs = true;
      continue;
    }
    const char *eq = strchr(arg, '=');
    const option *o = find(options, sizeof options / sizeof *options, arg, eq ? (size_t)(eq - arg) : strlen(arg));
    if (!o) return fprintf(stderr, "recoupe %s: no option %s (try recoupe %s --help)\n", verb, arg, verb), false;
    const char *value = o->kind == FLAG ? "" : eq ? eq + 1 : i + 1 < argc ? argv[++i] : NULL;
    if (!value) return fprintf(stderr, "recoupe %s: %s wants a value\n", verb, arg), false;
    if (o->kind == PAIR && !(out->explain_with = i + 1 < argc ? argv[++i] : NULL))
      return fprintf(stderr, "recoupe %s: %s wants two values\n", verb, o->name), false;
    if (!set(o, value)) return fprintf(stderr, "recoupe %s: %s can't be %s\n", verb, o->name, value), false;
  }
  return true;
}

bool cli_parse(const char *verb, int argc, char **argv, cli_options *out) {
  if (parse(verb, argc, argv, out)) return true;
  free(out->inputs);
  out->inputs = NULL;
  return false;
}
