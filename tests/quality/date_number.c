/*
 * date_number CASES.jsonl LEFT_OUT.tsv [--verbose] - how many of the French dates, numbers, units and ages of the
 * Recognizers-Text cases (MIT; not in this repository) are found with the right words, and with the right value.
 *
 * Only cases that their authors call supported are read, less those that LEFT_OUT names by line, with the reason. Prints
 * name<TAB>value lines; --verbose prints what fails on standard error.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/file.h"
#include "base/json.h"
#include "base/unicode.h"
#include "mark/name.h"
#include "mark/number.h"
#include "mark/quantity.h"
#include "mark/time.h"

typedef struct tally { rcp_str name; unsigned n, spans, values; } tally;

typedef struct driver {
  rcpi_arena *a;
  rcpi_langs langs;
  rcpi_map left_out, classes;
  RCPI_VEC(tally) tallies;
  bool is_verbose;
} driver;

/* What one recognizer read: words and, as far as there is one, a number. */
typedef struct finding { rcp_str words; double value; rcp_str iso; int minute; } finding;
typedef struct findings { RCPI_VEC(finding) v; } findings;

static rcp_str same_case(rcpi_arena *a, rcp_str s) {
  rcp_str folded = rcpi_fold(a, s), trimmed = rcpi_trim(folded);
  char *p = rcpi_array(a, char, trimmed.n + 1);
  size_t n = 0;
  for (size_t i = 0; i < trimmed.n; i++) {
    bool is_space = rcpi_is_space((unsigned char)trimmed.p[i]);
    if (is_space && n && p[n - 1] == ' ') continue;
    p[n++] = is_space ? ' ' : trimmed.p[i];
  }
  return (rcp_str){p, n};
}

static bool in_one_another(rcp_str a, rcp_str b) {
  return rcpi_find(a, b) != RCPI_NONE || rcpi_find(b, a) != RCPI_NONE;
}

static void read_text(driver *d, rcp_str input, rcpi_text *text) {
  rcp_article *article = rcpi_new(d->a, rcp_article);
  *article = (rcp_article){.text = input, .lang = rcpi_lang_by_tag(&d->langs, RCPI_S("fr"))};
  rcpi_text_split(d->a, article, text);
}

static void add(driver *d, findings *f, const rcpi_text *text, rcpi_tokens at, double value, rcp_str iso, int minute) {
  rcp_str words = rcpi_at(text->s, rcpi_tokens_span(text, at.token, at.end_token));
  rcpi_push(d->a, &f->v, (finding){same_case(d->a, words), value, iso, minute});
}

static void find_numbers(driver *d, const rcpi_text *text, findings *out) {
  rcpi_marks marks = {.plain = NULL};
  const rcpi_plain *words = rcpi_plain_of(d->a, text, &marks);
  rcpi_numbers numbers = rcpi_numbers_of(text->lang);
  rcpi_number n;
  for (size_t i = 0, k; i < words->n; i += k ? k : 1) {
    k = rcpi_number_at(&numbers, words, i, &n);
    bool is_negative = i && rcpi_plain_is(words, i - 1, "-");
    rcpi_tokens at = {words->w[i].token - is_negative, k ? words->w[i + k - 1].token + 1 : 0};
    if (k) add(d, out, text, at, is_negative ? -n.value : n.value, (rcp_str){NULL, 0}, -1);
  }
}

/* The number as written: quantities hold base units. */
static double number_of(driver *d, const rcpi_text *text, const rcpi_quantity *q) {
  rcpi_marks marks = {.plain = NULL};
  const rcpi_plain *words = rcpi_plain_of(d->a, text, &marks);
  rcpi_number n;
  rcpi_numbers numbers = rcpi_numbers_of(text->lang);
  if (!rcpi_number_at(&numbers, words, words->of_token[q->number.token], &n)) return NAN;
  return rcpi_starts(q->norm, RCPI_S("-")) ? -n.value : n.value;
}

static void find_quantities(driver *d, const rcpi_text *text, bool in_base_unit, findings *out) {
  rcpi_marks marks = {.frames = NULL};
  rcpi_mark_options options = {.published = {NULL, 0}};
  rcpi_names_find(d->a, text, &marks);
  rcpi_times_find(d->a, text, &options, &marks);
  rcpi_quantities_find(d->a, text, &marks);
  for (size_t i = 0; i < marks.n_quantities; i++) {
    const rcpi_quantity *q = &marks.quantities[i];
    add(d, out, text, q->at, in_base_unit ? q->lo : number_of(d, text, q), (rcp_str){NULL, 0}, -1);
  }
}

static void find_times(driver *d, const rcpi_text *text, rcp_str day, findings *out) {
  rcpi_marks marks = {.frames = NULL};
  rcpi_mark_options options = {.story_date = day};
  rcpi_times_find(d->a, text, &options, &marks);
  for (size_t i = 0; i < marks.n_times; i++)
    add(d, out, text, marks.times[i].at, NAN, marks.times[i].resolved, marks.times[i].minute);
  find_quantities(d, text, true, out);
}

/* "0,5", "20%", "1E-12": the value expected. */
static double expected_number(rcp_str s) {
  char plain[64];
  size_t n = 0;
  for (size_t i = 0; i < s.n && n + 1 < sizeof plain; i++)
    if (s.p[i] != '%') plain[n++] = s.p[i] == ',' ? '.' : s.p[i];
  plain[n] = 0;
  return n ? strtod(plain, NULL) : NAN;   /* the test runs in the C locale */
}

static bool is_near(double a, double b, double tolerance) {
  return fabs(a - b) <= tolerance * fmax(1, fabs(b));
}

/* Does an ISO date or interval say what one of the expected resolutions says? */
static bool time_agrees(const finding *f, const rcpi_value *resolution) {
  const rcpi_value *values = rcpi_json_get(resolution, "values");
  for (size_t i = 0; i < rcpi_json_size(values); i++) {
    const rcpi_value *v = rcpi_json_at(values, i);
    rcp_str value = rcpi_json_text(rcpi_json_get(v, "value")), start = rcpi_json_text(rcpi_json_get(v, "start"));
    rcp_str type = rcpi_json_text(rcpi_json_get(v, "type"));
    if (rcpi_is(type, "duration") && value.p && is_near(f->value, expected_number(value), .015)) return true;
    if (rcpi_is(type, "time") && f->minute >= 0 && value.n >= 5) {
      int minute = (value.p[0] - '0') * 600 + (value.p[1] - '0') * 60 + (value.p[3] - '0') * 10 + value.p[4] - '0';
      if (minute == f->minute) return true;
    }
    size_t slash = f->iso.p ? rcpi_find_char(f->iso, '/') : RCPI_NONE;
    rcp_str first = slash == RCPI_NONE ? f->iso : rcpi_sub(f->iso, 0, slash);
    if (!first.n) {
      if (value.p && rcpi_is(value, "not resolved") && f->minute < 0 && isnan(f->value)) return true;
      continue;
    }
    if ((value.p && rcpi_starts(value, first)) || (start.p && rcpi_starts(start, first))) return true;
  }
  return false;
}

static tally *tally_of(driver *d, rcp_str name) {
  bool is_new;
  uint32_t i = *rcpi_map_put(d->a, &d->classes, name, (uint32_t)d->tallies.n, &is_new);
  if (is_new) rcpi_push(d->a, &d->tallies, (tally){.name = name});
  return &d->tallies.p[i];
}

static void judge(driver *d, rcp_str class_name, rcp_str input, const findings *f, const rcpi_value *result, size_t line) {
  rcp_str words = same_case(d->a, rcpi_json_text(rcpi_json_get(result, "Text")));
  const rcpi_value *resolution = rcpi_json_get(result, "Resolution");
  bool is_time = rcpi_json_get(resolution, "values") != NULL, has_span = false, has_value = false;
  rcp_str want = rcpi_json_text(rcpi_json_get(resolution, "value"));
  if (!is_time && !want.p) return;
  for (size_t i = 0; i < f->v.n; i++) {
    const finding *x = &f->v.p[i];
    has_span |= is_time ? in_one_another(x->words, words) : rcpi_eq(x->words, words);
    if (!in_one_another(x->words, words)) continue;
    has_value |= is_time ? time_agrees(x, resolution) : is_near(x->value, expected_number(want), 1e-6);
  }
  tally *t = tally_of(d, class_name);
  t->n++;
  t->spans += has_span;
  t->values += has_value;
  if (!d->is_verbose || has_value) return;
  fprintf(stderr, "%zu %.*s: [%.*s] in: %.*s\n", line, RCPI_P(class_name), RCPI_P(words), RCPI_P(input));
  for (size_t i = 0; i < f->v.n; i++)
    fprintf(stderr, "    read [%.*s] %g %.*s %d\n", RCPI_P(f->v.p[i].words), f->v.p[i].value, RCPI_P(f->v.p[i].iso), f->v.p[i].minute);
}

/* "DateTime/French/DateTimeModel.json" and a result's subtype: "date_range", "number_decimal", "currency". */
static rcp_str class_of(driver *d, rcp_str spec, const rcpi_value *result) {
  rcp_str type = rcpi_json_text(rcpi_json_get(result, "TypeName"));
  rcp_str subtype = rcpi_json_text(rcpi_json_get(rcpi_json_get(result, "Resolution"), "subtype"));
  size_t dot = rcpi_find_char(type, '.');
  if (dot != RCPI_NONE) return rcpi_printf(d->a, "time_%.*s", RCPI_P(rcpi_sub(type, dot + 1, type.n)));
  if (rcpi_starts(spec, RCPI_S("Number/")) && rcpi_is(type, "number")) return rcpi_printf(d->a, "number_%.*s", RCPI_P(subtype));
  return type;
}

static void run_case(driver *d, const rcpi_value *c, size_t line) {
  rcp_str spec = rcpi_json_text(rcpi_json_get(c, "spec")), input = rcpi_json_text(rcpi_json_get(c, "input"));
  rcp_str day = rcpi_json_text(rcpi_json_get(c, "ref"));
  const rcpi_value *results = rcpi_json_get(c, "results");
  rcpi_text text;
  findings f = {.v = {0}};
  read_text(d, input, &text);
  if (rcpi_starts(spec, RCPI_S("DateTime/"))) find_times(d, &text, day, &f);
  else if (rcpi_starts(spec, RCPI_S("Number/")) && rcpi_find(spec, RCPI_S("Percent")) == RCPI_NONE) find_numbers(d, &text, &f);
  else find_quantities(d, &text, false, &f);
  for (size_t i = 0; i < rcpi_json_size(results); i++)
    judge(d, class_of(d, spec, rcpi_json_at(results, i)), input, &f, rcpi_json_at(results, i), line);
}

static void read_left_out(driver *d, rcp_str file) {
  rcp_str line, rest = file;
  while (rcpi_next_line(&rest, &line)) {
    rcp_str number, tail = line;
    if (line.n && line.p[0] != '#' && rcpi_next_field(&tail, '\t', &number)) rcpi_map_put(d->a, &d->left_out, number, 1, NULL);
  }
}

static int by_name(const void *x, const void *y) {
  return rcpi_cmp(((const tally *)x)->name, ((const tally *)y)->name);
}

static void print(driver *d) {
  unsigned n = 0, spans = 0, values = 0;
  qsort(d->tallies.p, d->tallies.n, sizeof *d->tallies.p, by_name);
  for (size_t i = 0; i < d->tallies.n; i++) {
    const tally *t = &d->tallies.p[i];
    printf("date_number_fr.%.*s.cases\t%u\n", RCPI_P(t->name), t->n);
    printf("date_number_fr.%.*s.span\t%.3f\ndate_number_fr.%.*s.value\t%.3f\n", RCPI_P(t->name), (double)t->spans / t->n,
           RCPI_P(t->name), (double)t->values / t->n);
    n += t->n;
    spans += t->spans;
    values += t->values;
  }
  if (n) printf("date_number_fr.cases\t%u\ndate_number_fr.span\t%.3f\ndate_number_fr.value\t%.3f\n", n, (double)spans / n, (double)values / n);
}

static int run(driver *d, const char *cases, const char *left_out) {
  rcp_error error;
  rcp_str file, line, rest;
  if (rcpi_langs_load(d->a, NULL, &d->langs, &error) || rcpi_file_read(d->a, rcpi_cstr(left_out), 1 << 20, &file, &error))
    return fprintf(stderr, "%s\n", error.text), 3;
  read_left_out(d, file);
  if (rcpi_file_read(d->a, rcpi_cstr(cases), 64 << 20, &file, &error)) {
    fprintf(stderr, "skipped: %s: %s\n", cases, error.text);
    return 0;
  }
  rest = file;
  for (size_t i = 1; rcpi_next_line(&rest, &line); i++) {
    const rcpi_value *c = rcpi_json_parse(d->a, line, NULL, NULL);
    rcp_str unsupported = rcpi_json_text(rcpi_json_get(c, "not_supported"));
    if (!c || unsupported.n || rcpi_json_size(rcpi_json_get(c, "not_supported"))) continue;
    if (!rcpi_map_get(&d->left_out, rcpi_printf(d->a, "%zu", i))) run_case(d, c, i);
  }
  print(d);
  return 0;
}

int main(int argc, char **argv) {
  if (argc < 3) return fputs("usage: date_number CASES.jsonl LEFT_OUT.tsv [--verbose]\n", stderr), 2;
  rcpi_arena a;
  driver d = {.a = &a, .is_verbose = argc > 3};
  volatile int status = 3;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) status = run(&d, argv[1], argv[2]);
  rcpi_arena_release(&a);
  return status;
}
