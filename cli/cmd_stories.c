/*
 * recoupe stories: articles into stories, one by one, in the order read. As text they are told at the end, story by story;
 * --explain tells of two articles instead.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "archive.h"
#include "progress.h"

/* What is told of an article at the end. */
typedef struct entry { char *id, *story, *title; } entry;

typedef struct work {
  const cli_options *o;
  FILE *out;
  rcp_stories *stories;
  cli_progress progress;
  bool wants_lines, wants_list, has_no_memory;
  entry *entries;              /* in the order read */
  size_t n, cap;
  rcp_article *asked[2];       /* of --explain */
} work;

static char *copy(rcp_str s) {
  char *out = malloc(s.n + 1);
  if (!out) return NULL;
  if (s.n) memcpy(out, s.p, s.n);
  out[s.n] = 0;
  return out;
}

static bool is_named(rcp_str s, const char *name) {
  return s.n == strlen(name) && !memcmp(s.p, name, s.n);
}

/* ------------------------------------------------------------------------------------------------------------- lines */

static void put_line(FILE *out, rcp_story_line line) {
  putc('{', out);
  cli_put_member(out, true, "id", line.id);
  cli_put_member(out, false, "story", line.story);
  fprintf(out, ",\"why\":\"%s\"}\n", line.why);
}

static bool keep(work *w, const rcp_article *article, rcp_story_line line) {
  if (w->n == w->cap) {
    size_t cap = w->cap ? w->cap * 2 : 256;
    entry *grown = realloc(w->entries, cap * sizeof *grown);
    if (!grown) return false;
    w->entries = grown;
    w->cap = cap;
  }
  entry *e = &w->entries[w->n];
  *e = (entry){copy(line.id), copy(line.story), copy(rcp_article_get(article, RCP_FIELD_TITLE))};
  w->n++;
  return e->id && e->story && e->title;
}

static void move(work *w, rcp_story_line line) {
  for (size_t i = w->n; i-- > 0;)
    if (is_named(line.id, w->entries[i].id)) {
      char *story = copy(line.story);
      if (!story) {
        w->has_no_memory = true;
        return;
      }
      free(w->entries[i].story);
      w->entries[i].story = story;
      return;
    }
}

/* ------------------------------------------------------------------------------------------------------ story by story */

typedef struct place { const char *story; size_t first, i; } place;

static int by_story(const void *x, const void *y) {
  const place *a = x, *b = y;
  int c = strcmp(a->story, b->story);
  return c ? c : (a->i > b->i) - (a->i < b->i);
}

static int by_first(const void *x, const void *y) {
  const place *a = x, *b = y;
  if (a->first != b->first) return a->first < b->first ? -1 : 1;
  return (a->i > b->i) - (a->i < b->i);
}

static void put_entry(const work *w, const entry *e) {
  fputs("  ", w->out);
  cli_put_plain_to(w->out, (rcp_str){e->id, strlen(e->id)});
  if (*e->title) fputs("  ", w->out), cli_put_plain_to(w->out, (rcp_str){e->title, strlen(e->title)});
  putc('\n', w->out);
}

/* Stories in the order of their first articles; those that stand alone behind them. */
static bool put_list(const work *w) {
  place *places = calloc(w->n + 1, sizeof *places);
  size_t n_stories = 0, n_alone = 0;
  if (!places) return false;
  for (size_t i = 0; i < w->n; i++) places[i] = (place){w->entries[i].story, 0, i};
  qsort(places, w->n, sizeof *places, by_story);
  for (size_t i = 0; i < w->n; i++)
    places[i].first = i && !strcmp(places[i].story, places[i - 1].story) ? places[i - 1].first : places[i].i;
  qsort(places, w->n, sizeof *places, by_first);
  for (size_t i = 0, end; i < w->n; i = end) {
    for (end = i + 1; end < w->n && places[end].first == places[i].first; end++) {}
    if (end - i == 1) {
      n_alone++;
      continue;
    }
    fprintf(w->out, "%sStory ", n_stories++ ? "\n" : "");
    cli_put_plain_to(w->out, (rcp_str){places[i].story, strlen(places[i].story)});
    fprintf(w->out, ", %zu articles\n", end - i);
    for (size_t k = i; k < end; k++) put_entry(w, &w->entries[places[k].i]);
  }
  if (n_alone) fprintf(w->out, "%s%zu %s alone\n", n_stories ? "\n" : "", n_alone, n_alone == 1 ? "article stands" : "articles stand");
  for (size_t i = 0; i < w->n; i++) {
    bool has_mate = (i && places[i].first == places[i - 1].first) || (i + 1 < w->n && places[i].first == places[i + 1].first);
    if (!has_mate) put_entry(w, &w->entries[places[i].i]);
  }
  free(places);
  return true;
}

/* ----------------------------------------------------------------------------------------------------------- explain */

static void put_str(const work *w, rcp_str s) {
  cli_put_plain_to(w->out, s);
}

static void put_words(const work *w, const char *label, const rcp_story_word *words, size_t n, double whole) {
  fprintf(w->out, "%-20s", label);
  for (size_t i = 0; i < n; i++) {
    rcp_str a = words[i].a.n ? words[i].a : words[i].b, b = words[i].b;
    bool is_other = words[i].a.n && b.n && (a.n != b.n || memcmp(a.p, b.p, a.n));
    fputs(i ? ", " : "", w->out);
    put_str(w, a);
    if (is_other) putc('/', w->out), put_str(w, b);
    if (whole > 0) fprintf(w->out, " %.0f%%", 100 * words[i].share / whole);
  }
  fputs(n ? "\n" : "none\n", w->out);
}

static void put_side(const work *w, const rcp_story_side *s) {
  put_str(w, s->line.id);
  if (s->n_articles < 2) {
    fputs(" stands alone: nothing that was read is like it enough\n", w->out);
    return;
  }
  fprintf(w->out, " and the %u other%s of its story: likeness %.3f; %.3f is asked. Most like it: ", s->n_articles - 1, s->n_articles == 2 ? "" : "s",
          s->likeness, s->needed);
  put_str(w, s->nearest);
  fprintf(w->out, ", %.3f\n", s->nearest_likeness);
}

static void put_reason(const work *w, const rcp_story_reason *r) {
  double sum = r->time > 0 ? r->likeness / r->time : 0;
  put_str(w, r->side_a.line.id);
  fputs(" and ", w->out);
  put_str(w, r->side_b.line.id);
  fputs(r->is_one ? " are in one story, " : " are in two stories, ", w->out);
  put_str(w, r->side_a.line.story);
  if (!r->is_one) fputs(" and ", w->out), put_str(w, r->side_b.line.story);
  fprintf(w->out, "\n\n%-20s%.3f (0: nothing in common, 1: the same words)\n%-20s", "likeness", r->likeness, "days between");
  if (r->days < 0) fputs("not known: one states no day, and nothing is taken off\n", w->out);
  else if (r->time < 1) fprintf(w->out, "%d: they take %.0f%% off\n", r->days, 100 * (1 - r->time));
  else fprintf(w->out, "%d: they take nothing off\n", r->days);
  if (!r->is_one) fprintf(w->out, "%-20s%.3f on average; %.3f would make them one\n", "between the stories", r->between, r->needed);
  putc('\n', w->out);
  put_words(w, "words in both", r->shared, r->n_shared, sum);
  put_words(w, "in the first only", r->only_a, r->n_only_a, 0);
  put_words(w, "in the second only", r->only_b, r->n_only_b, 0);
  putc('\n', w->out);
  put_side(w, &r->side_a);
  put_side(w, &r->side_b);
}

static void put_json_words(FILE *out, const char *key, const rcp_story_word *words, size_t n, bool is_pair) {
  fprintf(out, ",\"%s\":[", key);
  for (size_t i = 0; i < n; i++) {
    if (i) putc(',', out);
    if (!is_pair) {
      cli_put_json(out, words[i].a.n ? words[i].a : words[i].b);
      continue;
    }
    putc('{', out);
    cli_put_member(out, true, "a", words[i].a);
    cli_put_member(out, false, "b", words[i].b);
    fprintf(out, ",\"share\":%.4f}", words[i].share);
  }
  putc(']', out);
}

static void put_json_side(FILE *out, const char *key, const rcp_story_side *s) {
  fprintf(out, ",\"%s\":{", key);
  cli_put_member(out, true, "id", s->line.id);
  cli_put_member(out, false, "story", s->line.story);
  cli_put_member(out, false, "nearest", s->nearest);
  fprintf(out, ",\"why\":\"%s\",\"articles\":%u,\"likeness\":%.4f,\"needed\":%.4f,\"nearest_likeness\":%.4f}", s->line.why, s->n_articles, s->likeness,
          s->needed, s->nearest_likeness);
}

static void put_json_reason(FILE *out, const rcp_story_reason *r) {
  fprintf(out, "{\"one_story\":%s,\"likeness\":%.4f,\"time\":%.4f,\"days\":", r->is_one ? "true" : "false", r->likeness, r->time);
  if (r->days < 0) fputs("null", out);
  else fprintf(out, "%d", r->days);
  if (!r->is_one) fprintf(out, ",\"between\":%.4f,\"needed\":%.4f", r->between, r->needed);
  put_json_side(out, "a", &r->side_a);
  put_json_side(out, "b", &r->side_b);
  put_json_words(out, "shared", r->shared, r->n_shared, true);
  put_json_words(out, "only_a", r->only_a, r->n_only_a, false);
  put_json_words(out, "only_b", r->only_b, r->n_only_b, false);
  fputs("}\n", out);
}

static int explain(work *w) {
  const char *names[2] = {w->o->explain, w->o->explain_with};
  rcp_story_reason reason;
  rcp_error error = {.code = RCP_OK};
  for (int i = 0; i < 2; i++)
    if (!w->asked[i]) return fprintf(stderr, "recoupe stories: no article has the id %s (recoupe stories without --explain names them)\n", names[i]), EXIT_USAGE;
  if (rcp_stories_explain(w->stories, w->asked[0], w->asked[1], &reason, &error)) return cli_error(&error), EXIT_FAILED;
  if (w->wants_list) put_reason(w, &reason);
  else put_json_reason(w->out, &reason);
  return EXIT_FINE;
}

/* ------------------------------------------------------------------------------------------------------------ reading */

/* Keeps what --explain asks for; else the article is given back. */
static void let_go(work *w, rcp_article *article, rcp_str id) {
  const char *names[2] = {w->o->explain, w->o->explain_with};
  for (int i = 0; i < 2 && w->o->explain; i++)
    if (is_named(id, names[i])) {
      rcp_article_free(w->asked[i]);
      w->asked[i] = article;
      return;
    }
  rcp_article_free(article);
}

static int read_all(work *w, rcp_reader *reader) {
  int exit_status = EXIT_FINE;
  for (;;) {
    rcp_article *article;
    rcp_error error = {.code = RCP_OK};
    rcp_story_line line;
    rcp_status status = rcp_reader_next(reader, &article, &error);
    if (status == RCP_END) return exit_status;
    if (status == RCP_ENOMEM) return cli_error(&error), EXIT_FAILED;
    if (status) {
      cli_progress_pause(&w->progress);
      cli_error(&error);
      exit_status = EXIT_SOME_UNUSABLE;
      if (!cli_progress_step(&w->progress, reader)) return exit_status;
      continue;
    }
    status = rcp_stories_add(w->stories, article, &line, &error);
    if (status) return rcp_article_free(article), cli_error(&error), EXIT_FAILED;
    if (w->wants_lines) put_line(w->out, line);
    else if (w->wants_list && !w->o->explain && !keep(w, article, line)) w->has_no_memory = true;
    let_go(w, article, line.id);
    if (w->has_no_memory) return fputs("recoupe: out of memory\n", stderr), EXIT_FAILED;
    if (ferror(w->out)) return EXIT_FAILED;
    if (!cli_progress_step(&w->progress, reader)) return exit_status;
  }
}

static int read_and_tell(work *w, rcp_reader *reader) {
  rcp_error error = {.code = RCP_OK};
  int exit_status = read_all(w, reader);
  cli_progress_end(&w->progress);
  if (exit_status > EXIT_SOME_UNUSABLE) return exit_status;
  if (w->o->wants_final) {
    rcp_story_line line;
    size_t at = 0;
    if (rcp_stories_final(w->stories, &error)) return cli_error(&error), EXIT_FAILED;
    while (rcp_stories_changed(w->stories, &at, &line)) {
      if (w->wants_lines) put_line(w->out, line);
      else move(w, line);
    }
  }
  if (w->o->explain) {
    int explained = explain(w);
    return explained ? explained : exit_status;
  }
  if (w->has_no_memory || (w->wants_list && !put_list(w))) return fputs("recoupe: out of memory\n", stderr), EXIT_FAILED;
  return exit_status;
}

static int run(const cli_options *o, FILE *out) {
  rcp_engine *engine = NULL;
  rcp_reader *reader = NULL;
  bool is_text = cli_wants_text(o) || (o->explain && !o->format);
  work w = {.o = o, .out = out, .wants_lines = !is_text && !o->explain, .wants_list = is_text};
  rcp_error error = {.code = RCP_OK};
  cli_progress_start(&w.progress, o);
  rcp_status status = cli_start(o, &engine, &error);
  if (!status) status = rcp_stories_new(engine, o->recent, &w.stories, &error);
  if (!status) status = rcp_reader_new(engine, o->inputs, o->n_inputs, &reader, &error);
  int exit_status = status == RCP_EUSAGE ? EXIT_USAGE : EXIT_FAILED;
  if (status) cli_error(&error);
  else exit_status = read_and_tell(&w, reader);
  for (size_t i = 0; i < w.n; i++) free(w.entries[i].id), free(w.entries[i].story), free(w.entries[i].title);
  free(w.entries);
  for (int i = 0; i < 2; i++) rcp_article_free(w.asked[i]);
  rcp_reader_free(reader);
  rcp_stories_free(w.stories);
  rcp_engine_free(engine);
  return exit_status;
}

int cmd_stories(int argc, char **argv) {
  cli_options o;
  if (!cli_parse("stories", argc, argv, &o)) return EXIT_USAGE;
  int exit_status = EXIT_USAGE;
  if (!o.n_inputs) fputs("recoupe stories: no input (try recoupe stories --help)\n", stderr);
  else if (o.format && strcmp(o.format, "text") && strcmp(o.format, "jsonl")) fprintf(stderr, "recoupe stories: no format %s: text or jsonl\n", o.format);
  else {
    FILE *out = cli_open(&o);
    exit_status = out ? cli_close(&o, out, run(&o, out)) : EXIT_FAILED;
  }
  free(o.inputs);
  cli_end_by_signal();
  return exit_status;
}
