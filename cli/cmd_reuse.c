/* recoupe reuse: near-duplicates and copied passages among any number of articles. SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

/* -------------------------------------------------------------------------------------------------------- writing */

/* A hundred thousand lines a second are written here, so numbers go without printf. */
typedef struct writer { FILE *out; bool is_jsonl, failed; size_t n; char room[1 << 16]; } writer;

static void flush(writer *w) {
  if (fwrite(w->room, 1, w->n, w->out) != w->n) w->failed = true;
  w->n = 0;
}

static void put(writer *w, const char *p, size_t n) {
  while (n) {
    if (w->n == sizeof w->room) flush(w);
    size_t step = n < sizeof w->room - w->n ? n : sizeof w->room - w->n;
    memcpy(w->room + w->n, p, step);
    w->n += step, p += step, n -= step;
  }
}

static void puts_to(writer *w, const char *s) {
  put(w, s, strlen(s));
}

static void put_number(writer *w, uint64_t v) {
  char digits[20];
  size_t n = sizeof digits;
  do digits[--n] = (char)('0' + v % 10);
  while (v /= 10);
  put(w, digits + n, sizeof digits - n);
}

/* 0 to 1 with four decimals. */
static void put_share(writer *w, double share) {
  uint64_t v = (uint64_t)(share * 10000 + 0.5);
  char text[6] = {(char)('0' + v / 10000 % 10), '.', (char)('0' + v / 1000 % 10), (char)('0' + v / 100 % 10),
                  (char)('0' + v / 10 % 10), (char)('0' + v % 10)};
  put(w, text, sizeof text);
}

/* As JSON; in the text format without what a terminal would obey. */
static void put_string(writer *w, rcp_str s) {
  if (w->is_jsonl) put(w, "\"", 1);
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if (c >= 0x20 && c != 0x7F && !(w->is_jsonl && (c == '"' || c == '\\'))) {
      put(w, s.p + i, 1);
    } else if (!w->is_jsonl) {
      put(w, "?", 1);
    } else if (c == '"' || c == '\\') {
      put(w, (char[2]){'\\', (char)c}, 2);
    } else {
      static const char hex[] = "0123456789abcdef";
      put(w, (char[6]){'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]}, 6);
    }
  }
  if (w->is_jsonl) put(w, "\"", 1);
}

static void put_place(writer *w, uint32_t beg, uint32_t end) {
  puts_to(w, "{\"start\":"), put_number(w, beg);
  puts_to(w, ",\"end\":"), put_number(w, end), puts_to(w, "}");
}

static void pair_jsonl(writer *w, const rcp_reuse_pair *p) {
  puts_to(w, "{\"a\":"), put_string(w, p->a);
  puts_to(w, ",\"b\":"), put_string(w, p->b);
  puts_to(w, p->kind == RCP_REUSE_PASSAGE ? ",\"kind\":\"passage\"" : ",\"kind\":\"near-duplicate\"");
  puts_to(w, ",\"resemblance\":"), put_share(w, p->resemblance);
  puts_to(w, ",\"containment\":"), put_share(w, p->containment);
  puts_to(w, ",\"passages\":[");
  for (size_t i = 0; i < p->n_passages; i++) {
    const rcp_reuse_passage *at = &p->passages[i];
    puts_to(w, i ? ",{\"a\":" : "{\"a\":"), put_place(w, at->a, at->a_end);
    puts_to(w, ",\"b\":"), put_place(w, at->b, at->b_end);
    puts_to(w, at->is_verbatim ? ",\"verbatim\":true}" : ",\"verbatim\":false}");
  }
  puts_to(w, "]}\n");
}

static void pair_text(writer *w, const rcp_reuse_pair *p) {
  puts_to(w, p->kind == RCP_REUSE_PASSAGE ? "passage         " : "near-duplicate  ");
  put_share(w, p->resemblance), puts_to(w, "  "), put_share(w, p->containment), puts_to(w, "  ");
  put_string(w, p->a), puts_to(w, "  "), put_string(w, p->b);
  for (size_t i = 0; i < p->n_passages; i++) {
    const rcp_reuse_passage *at = &p->passages[i];
    puts_to(w, i ? ", " : "  ");
    put_number(w, at->a), puts_to(w, "-"), put_number(w, at->a_end);
    puts_to(w, at->is_verbatim ? " = " : " ~ ");
    put_number(w, at->b), puts_to(w, "-"), put_number(w, at->b_end);
  }
  puts_to(w, "\n");
}

static void put_pair(writer *w, const rcp_reuse_pair *p) {
  if (w->is_jsonl) pair_jsonl(w, p);
  else pair_text(w, p);
}

static void put_article(writer *w, const rcp_reuse_article *a) {
  if (w->is_jsonl) {
    puts_to(w, "{\"id\":"), put_string(w, a->id);
    puts_to(w, ",\"group\":"), put_string(w, a->group);
    puts_to(w, ",\"originality\":"), put_share(w, a->originality), puts_to(w, "}\n");
  } else {
    puts_to(w, "article         "), put_share(w, a->originality), puts_to(w, "  ");
    put_string(w, a->id), puts_to(w, "  of  "), put_string(w, a->group), puts_to(w, "\n");
  }
}

static void put_phrase(FILE *f, const rcp_reuse_phrase *p) {
  fprintf(f, "%" PRIu32 "\t%" PRIu32 "\t", p->groups, p->articles);
  for (size_t i = 0; i < p->text.n; i++) {
    unsigned char c = (unsigned char)p->text.p[i];
    putc(c < 0x20 || c == 0x7F ? ' ' : c, f);
  }
  putc('\n', f);
}

/* -------------------------------------------------------------------------------------------------------- the verb */

static void give_results(rcp_reuse *reuse, writer *w, FILE *phrases) {
  rcp_reuse_pair pair;
  rcp_reuse_article article;
  rcp_reuse_phrase phrase;
  while (rcp_reuse_next_pair(reuse, &pair)) put_pair(w, &pair);
  while (rcp_reuse_next_article(reuse, &article)) put_article(w, &article);
  while (phrases && rcp_reuse_next_phrase(reuse, &phrase)) put_phrase(phrases, &phrase);
}

/* What a failed call does to the exit status; false where it ends the run. */
static bool goes_on(rcp_status status, const rcp_error *error, int *exit_status) {
  if (!status) return true;
  cli_error(error);
  *exit_status = status == RCP_ENOMEM ? EXIT_FAILED : EXIT_SOME_UNUSABLE;
  return status != RCP_ENOMEM;
}

static int read_all(rcp_reuse *reuse, writer *w, FILE *phrases) {
  int exit_status = EXIT_FINE;
  rcp_error error = {.code = RCP_OK};
  for (rcp_status status; (status = rcp_reuse_read(reuse, &error)) != RCP_END;) {
    if (!goes_on(status, &error, &exit_status)) return exit_status;
    if (!status) give_results(reuse, w, phrases);
  }
  if (!goes_on(rcp_reuse_finish(reuse, &error), &error, &exit_status)) return exit_status;
  give_results(reuse, w, phrases);
  return exit_status;
}

/* Lines of one article are out before the next is read. */
static int ask_all(rcp_reuse *reuse, writer *w, bool wants_articles) {
  int exit_status = EXIT_FINE;
  rcp_error error = {.code = RCP_OK};
  rcp_reuse_article about;
  rcp_reuse_pair pair;
  for (rcp_status status; (status = rcp_reuse_query_next(reuse, &about, &error)) != RCP_END;) {
    if (!goes_on(status, &error, &exit_status)) return exit_status;
    if (status) continue;
    if (wants_articles) put_article(w, &about);
    while (rcp_reuse_next_answer(reuse, &pair)) put_pair(w, &pair);
    flush(w);
    fflush(w->out);
  }
  return exit_status;
}

static void tell_memory(const rcp_reuse_stats *s, uint64_t here) {
  uint64_t n = here ? here : 1;
  fprintf(stderr, "memory: near-duplicates %" PRIu64 " bytes an article, passages %" PRIu64 "; together %.1f MB%s\n", s->near_bytes / n,
          s->passage_bytes / n, (double)(s->near_bytes + s->passage_bytes) / 1e6, s->loaded ? ", those of the index in its file" : "");
}

static void tell(const rcp_reuse *reuse) {
  rcp_reuse_stats s;
  rcp_reuse_stats_get(reuse, &s);
  uint64_t here = s.loaded + s.articles - s.left;
  fprintf(stderr, "%s\n", rcp_reuse_settings());
  fprintf(stderr, "%" PRIu64 " articles (%" PRIu64 " at hand), %" PRIu64 " near-duplicate pairs, %" PRIu64
                  " passage pairs, %" PRIu64 " common runs cut\n", s.articles, here, s.near_duplicates, s.passages, s.phrases);
  tell_memory(&s, here);
}

/* 12 -> "1970-01-13", by the rule of the Gregorian calendar (Howard Hinnant's days_to_civil). */
static void put_day(writer *w, int32_t day) {
  int64_t z = (int64_t)day + 719468, era = (z >= 0 ? z : z - 146096) / 146097, of_era = z - era * 146097;
  int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365, of_year = of_era - (365 * year + year / 4 - year / 100);
  int64_t m = (5 * of_year + 2) / 153, d = of_year - (153 * m + 2) / 5 + 1;
  char text[40];
  snprintf(text, sizeof text, "%04" PRId64 "-%02" PRId64 "-%02" PRId64, year + era * 400 + (m >= 10), m < 10 ? m + 3 : m - 9, d);
  puts_to(w, text);
}

/* What an index holds. */
static void put_counts(const rcp_reuse *reuse, writer *w) {
  rcp_reuse_stats s;
  rcp_reuse_stats_get(reuse, &s);
  uint64_t n = s.loaded ? s.loaded : 1;
  bool has_days = s.first_day != INT32_MIN;
  puts_to(w, w->is_jsonl ? "{\"articles\":" : "articles  "), put_number(w, s.loaded);
  if (has_days) {
    puts_to(w, w->is_jsonl ? ",\"first_day\":\"" : "\nfrom      "), put_day(w, s.first_day);
    puts_to(w, w->is_jsonl ? "\",\"last_day\":\"" : "\nto        "), put_day(w, s.last_day);
    if (w->is_jsonl) puts_to(w, "\"");
  }
  puts_to(w, w->is_jsonl ? ",\"near_bytes\":" : "\nbytes     "), put_number(w, s.near_bytes);
  puts_to(w, w->is_jsonl ? ",\"passage_bytes\":" : " for near-duplicates, "), put_number(w, s.passage_bytes);
  if (w->is_jsonl) return puts_to(w, "}\n");
  puts_to(w, " for passages (an article: "), put_number(w, s.near_bytes / n);
  puts_to(w, " and "), put_number(w, s.passage_bytes / n), puts_to(w, ")\n");
}

static int work(const cli_options *o, rcp_reuse *reuse, writer *w, FILE *phrases) {
  if (!o->n_inputs) return put_counts(reuse, w), EXIT_FINE;
  return o->wants_query ? ask_all(reuse, w, o->reuse.articles) : read_all(reuse, w, phrases);
}

static int run(const cli_options *o, writer *w, FILE *phrases) {
  rcp_engine *engine = NULL;
  rcp_reuse *reuse = NULL;
  rcp_error error = {.code = RCP_OK};
  rcp_status status = cli_start(o, &engine, &error);
  if (!status) status = rcp_reuse_new(engine, &o->reuse, &reuse, &error);
  if (!status && o->index) status = rcp_reuse_load(reuse, o->index, &error);
  if (!status && o->n_inputs) status = rcp_reuse_open(reuse, o->inputs, o->n_inputs, &error);
  int exit_status = status == RCP_EUSAGE ? EXIT_USAGE : EXIT_FAILED;
  if (status) cli_error(&error);
  else exit_status = work(o, reuse, w, phrases);
  if (!status && o->save && exit_status != EXIT_FAILED && rcp_reuse_save(reuse, o->save, &error)) cli_error(&error), exit_status = EXIT_FAILED;
  if (!status && !o->quiet && o->n_inputs && !o->wants_query) tell(reuse);
  rcp_reuse_free(reuse);
  rcp_engine_free(engine);
  return exit_status;
}

static int failed(const char *name) {
  fprintf(stderr, "recoupe: %s: %s\n", name, strerror(errno));
  return EXIT_FAILED;
}

static int open_and_run(cli_options *o, writer *w) {
  FILE *phrases = o->boilerplate ? fopen(o->boilerplate, "wb") : NULL;
  if (o->boilerplate && !phrases) return failed(o->boilerplate);
  o->reuse.phrases = phrases;
  w->out = cli_open(o);
  int exit_status = w->out ? run(o, w, phrases) : EXIT_FAILED;
  if (w->out) {
    flush(w);
    if (w->failed) exit_status = cli_output_failed(o);
    exit_status = cli_close(o, w->out, exit_status);
  }
  if (phrases && fclose(phrases)) exit_status = failed(o->boilerplate);
  return exit_status;
}

static bool format_of(const cli_options *o, writer *w) {
  const char *name = o->format ? o->format : cli_is_terminal(o) ? "text" : "jsonl";
  w->is_jsonl = !strcmp(name, "jsonl");
  if (w->is_jsonl || !strcmp(name, "text")) return true;
  return fprintf(stderr, "recoupe reuse: no format %s: text or jsonl\n", name), false;
}

int cmd_reuse(int argc, char **argv) {
  static writer w;
  cli_options o;
  if (!cli_parse("reuse", argc, argv, &o)) return EXIT_USAGE;
  int exit_status = EXIT_USAGE;
  if (!o.n_inputs && (!o.index || o.wants_query)) fputs("recoupe reuse: no input (try recoupe reuse --help)\n", stderr);
  else if (o.wants_query && !o.index) fputs("recoupe reuse: --query wants --index FILE\n", stderr);
  else if (o.wants_query && (o.save || o.boilerplate)) fputs("recoupe reuse: --query adds nothing: neither --save nor --boilerplate\n", stderr);
  else if (format_of(&o, &w)) exit_status = open_and_run(&o, &w);
  free(o.inputs);
  return exit_status;
}
