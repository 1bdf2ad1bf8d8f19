/*
 * mkwords OUT.c - writes the table of what each code point is to the reader of words (src/reuse/words.h).
 *
 * Runs during the build, so that the command need not ask ICU a million times when it starts. Two stages: blocks of 128
 * code points, equal blocks stored once.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/unicode.h"
#include "base/utf8.h"
#include "reuse/script.h"
#include "reuse/words.h"

enum { BLOCK = 128, N_BLOCKS = 0x110000 / BLOCK };

/* Marks that sit on a letter of these scripts spell no other word: they are dropped, composed or not. In Indic scripts
 * marks are vowels, which matter. */
static bool is_dropped_mark(uint32_t cp) {
  return (cp >= 0x300 && cp < 0x370) || (cp >= 0x483 && cp < 0x488) || (cp >= 0x591 && cp < 0x5C8) ||
         (cp >= 0x610 && cp < 0x61B) || (cp >= 0x64B && cp < 0x660) || cp == 0x670 || (cp >= 0x6D6 && cp < 0x6EE) ||
         (cp >= 0x1AB0 && cp < 0x1B00) || (cp >= 0x1DC0 && cp < 0x1E00) || (cp >= 0x20D0 && cp < 0x2100) ||
         (cp >= 0xFE00 && cp < 0xFE30);
}

/* By way of upper case, which has one form where lower case may have two: σ and ς. */
static uint32_t lower(uint32_t cp) {
  return rcpi_lower_cp(rcpi_upper_cp(cp));
}

/* Lower case without accents, where that is one letter; where it is several (œ, ß), lower case. */
static uint32_t fold(rcpi_arena *a, uint32_t cp) {
  for (int i = 0; i < 4; i++) {
    char bytes[4];
    size_t len;
    rcp_str out = rcpi_fold(a, (rcp_str){bytes, rcpi_utf8_put(cp, bytes)});
    if (!out.n) return lower(cp);
    uint32_t to = rcpi_utf8_at(out, 0, &len);
    rcpi_char_class c = rcpi_char_class_of(to);
    if (len != out.n || (c != RCPI_CHAR_LETTER && c != RCPI_CHAR_DIGIT)) return lower(cp);
    if (to == cp) return lower(cp);
    cp = to;
  }
  return lower(cp);
}

static uint32_t entry(rcpi_arena *a, uint32_t cp) {
  if (cp >= 0xD800 && cp < 0xE000) return RCPI_WORDS_APART << RCPI_WORDS_SHIFT;
  bool joins = cp == 0xAD || cp == 0x200C || cp == 0x200D || cp == 0x2060 || is_dropped_mark(cp);
  if (joins) return RCPI_WORDS_DROPPED << RCPI_WORDS_SHIFT;
  rcpi_char_class c = rcpi_char_class_of(cp);
  bool is_letter = c == RCPI_CHAR_LETTER || c == RCPI_CHAR_MARK;
  if (is_letter && rcpi_is_unspaced(cp)) return RCPI_WORDS_ALONE << RCPI_WORDS_SHIFT | cp;
  if (is_letter || c == RCPI_CHAR_DIGIT) return RCPI_WORDS_INSIDE << RCPI_WORDS_SHIFT | fold(a, cp);
  return RCPI_WORDS_APART << RCPI_WORDS_SHIFT;
}

static void write_all(rcpi_arena *a, FILE *out) {
  uint32_t(*blocks)[BLOCK] = rcpi_alloc(a, N_BLOCKS, sizeof *blocks);
  uint32_t *of = rcpi_array(a, uint32_t, N_BLOCKS), n = 0;
  for (uint32_t b = 0; b < N_BLOCKS; b++) {
    uint32_t same = 0;
    for (uint32_t i = 0; i < BLOCK; i++) {
      rcpi_mark mark = rcpi_arena_mark(a);
      blocks[n][i] = entry(a, b * BLOCK + i);
      rcpi_arena_rewind(a, mark);
    }
    while (same < n && memcmp(blocks[same], blocks[n], sizeof *blocks) != 0) same++;
    of[b] = same;
    n += same == n;
  }
  fputs("/* written by tools/mkwords from ICU's properties: do not edit */\n#include \"reuse/words.h\"\n", out);
  fprintf(out, "const uint16_t rcpi_words_block[%d] = {", N_BLOCKS);
  for (uint32_t b = 0; b < N_BLOCKS; b++) fprintf(out, "%s%u,", b % 16 ? "" : "\n  ", of[b]);
  fprintf(out, "\n};\nconst uint32_t rcpi_words_char[%u][%d] = {\n", n, BLOCK);
  for (uint32_t b = 0; b < n; b++) {
    fputs("  {", out);
    for (uint32_t i = 0; i < BLOCK; i++) fprintf(out, "%s0x%x,", i % 12 ? "" : "\n    ", blocks[b][i]);
    fputs("\n  },\n", out);
  }
  fputs("};\n", out);
}

int main(int argc, char **argv) {
  if (argc != 2) return fputs("usage: mkwords OUT.c\n", stderr), 2;
  FILE *out = fopen(argv[1], "wb");
  if (!out) return perror(argv[1]), 1;
  rcpi_arena a;
  rcpi_arena_init(&a);
  volatile bool ok = false;
  RCPI_GUARD(&a) {
    write_all(&a, out);
    ok = true;
  }
  rcpi_arena_release(&a);
  if (fclose(out)) ok = false;
  return ok ? 0 : 1;
}
