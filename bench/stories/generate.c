/*
 * Generated press: any number of articles about invented happenings, the same for the same number, as JSON lines.
 *
 * usage: generate FREQ.tsv N [SEED]      FREQ: a language's table of words and how common they are
 *
 * Words come as often as the table says; a happening has names, places, figures and a few words of its own, some articles
 * (one, mostly), outlets and two days. Some articles are copies with a word changed here and there. 1.5 kB each, some
 * 100,000 a second.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_WORDS = 60000, LIVE = 600, NAMES = 5, OWN = 14, OUTLETS = 300, LENGTH = 220, TABLE = 1 << 20 };

typedef struct happening { char names[NAMES][16]; uint32_t own[OWN], figures[3]; int left, number; char last[8000]; } happening;

static uint64_t state;
static char words[MOST_WORDS][24];
static size_t n_words;
static uint32_t table[TABLE];

static uint32_t next(uint32_t below) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (uint32_t)((state >> 11) % below);
}

static int read_words(const char *path) {
  char line[256];
  double sum = 0, weight[MOST_WORDS];
  FILE *f = fopen(path, "r");
  if (!f) return 0;
  while (n_words < MOST_WORDS && fgets(line, sizeof line, f)) {
    char *tab = strchr(line, '\t');
    if (line[0] == '#' || !tab || tab - line > 23 || atoi(tab + 1) <= 0) continue;
    memcpy(words[n_words], line, (size_t)(tab - line));
    sum += weight[n_words] = pow(10, atoi(tab + 1) / 100.0);
    n_words++;
  }
  fclose(f);
  size_t at = 0;
  double so_far = 0;
  for (size_t i = 0; i < n_words; i++)
    for (so_far += weight[i]; at < TABLE && at < so_far / sum * TABLE; at++) table[at] = (uint32_t)i;
  while (at < TABLE) table[at++] = (uint32_t)n_words - 1;
  return n_words > 100;
}

static void make_name(char *out) {
  static const char *const heads[] = {"Bra", "Ver", "Tol", "Mar", "Sky", "Hal", "Orn", "Quer", "Lys", "Dan", "Fre", "Gus", "Ib", "Jor", "Kel", "Nor"};
  static const char *const middles[] = {"va", "ri", "no", "ta", "le", "mi", "su", "do", "ka", "pe", "lo", "ne"};
  static const char *const ends[] = {"ck", "nd", "rt", "sen", "ville", "ton", "mas", "rin", "lo", "vik", "stad", "burg"};
  snprintf(out, 16, "%s%s%s%s", heads[next(16)], middles[next(12)], middles[next(12)], ends[next(12)]);
}

static void begin(happening *h, int number) {
  for (int i = 0; i < NAMES; i++) make_name(h->names[i]);
  for (int i = 0; i < OWN; i++) h->own[i] = next((uint32_t)n_words);
  for (int i = 0; i < 3; i++) h->figures[i] = 3 + next(900);
  uint32_t r = next(100);
  h->left = r < 55 ? 1 : r < 85 ? 2 + (int)next(6) : 8 + (int)next(30);
  h->number = number;
  h->last[0] = 0;
}

static void put_word(char *out, size_t *n, const happening *h, int is_first) {
  uint32_t r = next(100);
  const char *w = r < 78 ? words[table[next(TABLE)]] : r < 88 ? h->names[next(NAMES)] : words[h->own[next(OWN)]];
  size_t len = strlen(w);
  if (*n) out[(*n)++] = ' ';
  memcpy(out + *n, w, len);
  if (is_first && out[*n] >= 'a' && out[*n] <= 'z') out[*n] -= 32;
  *n += len;
}

/* Sentences of some fifteen words, a paragraph after four of them. */
static void write_text(char *out, const happening *h) {
  size_t n = 0;
  int in_sentence = 0, sentences = 0;
  for (int i = 0; i < LENGTH; i++) {
    put_word(out, &n, h, in_sentence == 0);
    if (next(60) == 0) n += (size_t)sprintf(out + n, " %u", h->figures[next(3)]);
    if (++in_sentence < 9 + (int)next(12)) continue;
    out[n++] = '.';
    in_sentence = 0;
    if (++sentences % 4 == 0) memcpy(out + n, "\\n", 2), n += 2;
  }
  memcpy(out + n, ".", 2);
}

/* A dispatch that another outlet prints: a word taken out here and there. */
static void copy_text(char *out, const char *from) {
  size_t n = 0;
  for (size_t i = 0; from[i]; i++) {
    if (from[i] == ' ' && next(60) == 0 && from[i + 1] >= 'a' && from[i + 1] <= 'z')
      while (from[i + 1] >= 'a' && from[i + 1] <= 'z') i++;
    out[n++] = from[i];
  }
  out[n] = 0;
}

int main(int argc, char **argv) {
  static happening live[LIVE];
  static char text[8000];
  if (argc < 3 || !read_words(argv[1])) return fprintf(stderr, "usage: generate FREQ.tsv N [SEED]\n"), 2;
  long n = atol(argv[2]);
  state = 0x9E3779B97F4A7C15u ^ (argc > 3 ? strtoull(argv[3], NULL, 10) * 0xD1B54A32D192ED03u : 0);
  int number = 0;
  for (int i = 0; i < LIVE; i++) begin(&live[i], number++);
  for (long i = 0; i < n; i++) {
    happening *h = &live[next(LIVE)];
    if (h->left-- <= 0) begin(h, number++), h->left--;
    if (h->last[0] && next(4) == 0) copy_text(text, h->last);
    else write_text(text, h);
    memcpy(h->last, text, strlen(text) + 1);
    int day = (int)(i / 4000), outlet = (int)next(OUTLETS);
    printf("{\"id\":\"n%ld\",\"url\":\"https://outlet%d.example/%d/%ld\",\"title\":\"%s %s %s in %s\",\"published\":\"%04d-%02d-%02d\",\"publisher\":\"Outlet %d\","
           "\"language\":\"en\",\"cluster\":\"h%d\",\"text\":\"%s\"}\n",
           i, outlet, day, i, h->names[0], words[h->own[0]], words[h->own[1]], h->names[1], 2020 + day / 336, 1 + day / 28 % 12, 1 + day % 28, outlet, h->number, text);
  }
  return 0;
}
