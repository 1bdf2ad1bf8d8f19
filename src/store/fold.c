/*
 * Words come again and again, so each spelling is folded and stemmed once a language and remembered; when the memory is
 * full it is forgotten whole. Cost: 20 to 40 MB of text a second.
 *
 * Known weakness: a stem is no lemma: "yeux" does not find "œil"; and a question for "été" finds "est allé" nowhere, but
 * both seasons and participles.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "store/fold.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "reuse/script.h"
#include "text/stem.h"

enum { LONGEST = 64, KEPT = 1 << 16, MOST_WORDS = 64 };

typedef struct spelling { uint64_t key; rcp_str word; } spelling;   /* key 0: free */

struct rcpi_folder {
  rcpi_arena *arena;
  const rcpi_langs *langs;
  rcpi_stemmer **stemmers;     /* by lang->index */
  rcpi_arena words;            /* of the spellings */
  spelling *spellings;
  size_t n;
};

static void drop(void *p) {
  rcpi_arena_release(&((rcpi_folder *)p)->words);
}

rcpi_folder *rcpi_fold_new(rcpi_arena *a, const rcpi_langs *langs) {
  rcpi_folder *f = rcpi_new(a, rcpi_folder);
  *f = (rcpi_folder){.arena = a, .langs = langs};
  f->spellings = rcpi_array(a, spelling, KEPT * 2);
  f->stemmers = rcpi_array(a, rcpi_stemmer *, langs->n);
  for (size_t i = 0; i < langs->n; i++) f->stemmers[i] = rcpi_stemmer_new(a, langs->all[i].stemmer);
  rcpi_arena_init(&f->words);
  rcpi_defer(a, drop, f);
  return f;
}

/* ------------------------------------------------------------------------------------------------------------- words */

static bool is_in_word(uint32_t cp) {
  rcpi_char_class c = rcpi_char_class_of(cp);
  return c == RCPI_CHAR_LETTER || c == RCPI_CHAR_DIGIT || c == RCPI_CHAR_MARK;
}

/* Without the soft hyphens and joiners that a page may put inside words. */
static bool is_dropped(uint32_t cp) {
  return cp == 0xAD || (cp >= 0x200B && cp <= 0x200D) || cp == 0x2060;
}

static bool is_apostrophe(uint32_t cp) {
  return cp == '\'' || cp == 0x2019;
}

/* The next word from *at on; false at the end. *elides: an apostrophe and more of the word stand behind it. */
static bool next_word(rcp_str s, size_t *at, rcpi_span *word, bool *elides) {
  size_t len, i = *at;
  for (; i < s.n && !is_in_word(rcpi_utf8_at(s, i, &len)); i += len) {}
  word->beg = (uint32_t)i;
  for (size_t begin = i; i < s.n; i += len) {
    unsigned char c = (unsigned char)s.p[i];
    if (c < 0x80) {
      len = 1;
      if (!rcpi_is_alpha(c) && !rcpi_is_digit(c)) break;
      continue;
    }
    uint32_t cp = rcpi_utf8_at(s, i, &len);
    if (!is_in_word(cp) && !is_dropped(cp)) break;
    if (rcpi_is_unspaced(cp)) {            /* a word by itself */
      if (i == begin) i += len;
      break;
    }
  }
  word->end = (uint32_t)i;
  *at = i;
  *elides = i < s.n && is_apostrophe(rcpi_utf8_at(s, i, &len)) && i + len < s.n && is_in_word(rcpi_utf8_at(s, i + len, &len));
  return word->end > word->beg;
}

static rcp_str without_dropped(rcpi_arena *a, rcp_str word) {
  char *out = rcpi_array(a, char, word.n + 1);
  size_t n = 0, len;
  for (size_t i = 0; i < word.n; i += len)
    if (!is_dropped(rcpi_utf8_at(word, i, &len))) memcpy(out + n, word.p + i, len), n += len;
  return (rcp_str){out, n};
}

static rcp_str make(rcpi_folder *f, rcpi_arena *a, const rcpi_lang *lang, rcp_str word) {
  word = rcpi_lower_str(a, rcpi_nfc(a, without_dropped(a, word)));
  return lang ? rcpi_stem(a, f->stemmers[lang->index], word) : rcpi_fold(a, word);
}

/* The word as it is indexed; good until the next call but one million. */
static rcp_str word_of(rcpi_folder *f, rcpi_arena *scratch, const rcpi_lang *lang, rcp_str word) {
  if (word.n > LONGEST) {
    size_t n = LONGEST;
    while (((unsigned char)word.p[n] & 0xC0) == 0x80) n--;
    word.n = n;
  }
  uint64_t key = rcpi_hash(word, lang ? lang->index + 1 : 0) | 1;
  size_t i = key & (KEPT * 2 - 1);
  while (f->spellings[i].key && f->spellings[i].key != key) i = (i + 1) & (KEPT * 2 - 1);
  if (f->spellings[i].key) return f->spellings[i].word;
  rcpi_mark mark = rcpi_arena_mark(scratch);
  rcp_str made = make(f, scratch, lang, word);
  if (++f->n == KEPT) {
    memset(f->spellings, 0, KEPT * 2 * sizeof *f->spellings);
    jmp_buf *guard = f->words.guard;
    rcpi_arena_release(&f->words);
    f->words.guard = guard;
    f->n = 1;
    i = key & (KEPT * 2 - 1);
  }
  f->words.guard = scratch->guard;
  rcp_str kept = rcpi_dup(made, &f->words);
  f->spellings[i] = (spelling){key, kept};
  rcpi_arena_rewind(scratch, mark);
  return kept;
}

/* l', d', qu' before a word; the s of 's behind one. */
static bool is_particle(rcp_str word, bool elides, bool was_elided) {
  return (elides && (word.n == 1 || (word.n == 2 && rcpi_eq_nocase(word, RCPI_S("qu"))))) || (was_elided && word.n == 1);
}

rcp_str rcpi_fold_text(rcpi_folder *f, rcpi_arena *a, const rcpi_lang *lang, rcp_str text) {
  RCPI_VEC(char) out = {0};
  size_t at = 0;
  rcpi_span w;
  bool elides = false, was_elided = false;
  rcpi_arena scratch = {.guard = a->guard};
  rcpi_reserve(a, &out, text.n + text.n / 4 + 16);
  for (; next_word(text, &at, &w, &elides); was_elided = elides) {
    rcp_str word = rcpi_at(text, w);
    if (is_particle(word, elides, was_elided)) continue;
    word = word_of(f, &scratch, lang, word);
    rcpi_reserve(a, &out, out.n + word.n + 1);
    if (out.n) out.p[out.n++] = ' ';
    memcpy(out.p + out.n, word.p, word.n);
    out.n += word.n;
  }
  rcpi_arena_release(&scratch);
  return (rcp_str){out.p, out.n};
}

/* --------------------------------------------------------------------------------------------------------- questions */

typedef struct part { rcp_str words; bool is_negated, is_row, is_beginning; } part;

/* Takes the next word or row of words off a question. */
static bool next_part(rcp_str *rest, part *out) {
  size_t i = 0;
  *out = (part){.is_negated = false};
  while (i < rest->n && (rcpi_is_space((unsigned char)rest->p[i]) || rest->p[i] == '-')) {
    out->is_negated = rest->p[i] == '-' && i + 1 < rest->n && !rcpi_is_space((unsigned char)rest->p[i + 1]);
    i++;
  }
  if (i == rest->n) return false;
  size_t beg = i;
  if (rest->p[i] == '"') {
    for (beg = ++i; i < rest->n && rest->p[i] != '"';) i++;
    out->is_row = true;
  } else {
    while (i < rest->n && !rcpi_is_space((unsigned char)rest->p[i]) && rest->p[i] != '"') i++;
  }
  out->words = rcpi_sub(*rest, beg, i);
  if (!out->is_row && out->words.n > 1 && out->words.p[out->words.n - 1] == '*') out->is_beginning = true;
  if (out->is_row && i < rest->n) i++;
  *rest = rcpi_sub(*rest, i, rest->n);
  return true;
}

/* ("digu" OR "digues"): the row of words under the folding of every language, each once; "" when it holds no word. */
static rcp_str alternatives(rcpi_folder *f, rcpi_arena *a, const part *p) {
  rcp_str *rows = rcpi_array(a, rcp_str, f->langs->n + 1), out = RCPI_S("");
  size_t n = 0;
  for (size_t l = 0; l <= f->langs->n; l++) {
    rcp_str row = rcpi_fold_text(f, a, l ? &f->langs->all[l - 1] : NULL, p->words);
    size_t k = 0;
    while (k < n && !rcpi_eq(rows[k], row)) k++;
    if (k < n || !row.n) continue;
    rows[n++] = row;
    out = rcpi_printf(a, "%.*s%s\"%.*s\"%s", RCPI_P(out), out.n ? " OR " : "", RCPI_P(row), p->is_beginning ? "*" : "");
  }
  return n > 1 ? rcpi_printf(a, "(%.*s)", RCPI_P(out)) : out;
}

rcp_str rcpi_fold_question(rcpi_folder *f, rcpi_arena *a, rcp_str words) {
  rcp_str wanted = RCPI_S(""), unwanted = RCPI_S("");
  part p;
  for (size_t n = 0; n < MOST_WORDS && next_part(&words, &p); n++) {
    rcp_str any = alternatives(f, a, &p);
    if (!any.n) continue;
    rcp_str *to = p.is_negated ? &unwanted : &wanted;
    *to = rcpi_printf(a, "%.*s%s%.*s", RCPI_P(*to), !to->n ? "" : p.is_negated ? " OR " : " AND ", RCPI_P(any));
  }
  if (!wanted.n || !unwanted.n) return wanted;
  return rcpi_printf(a, "(%.*s) NOT (%.*s)", RCPI_P(wanted), RCPI_P(unwanted));
}

/* ----------------------------------------------------------------------------------------------------------- passage */

/* The words of a question that are wanted, folded for one language. */
static size_t wanted_words(rcpi_folder *f, rcpi_arena *a, const rcpi_lang *lang, rcp_str question, rcp_str out[MOST_WORDS]) {
  size_t n = 0;
  part p;
  while (next_part(&question, &p)) {
    rcp_str row = p.is_negated ? RCPI_S("") : rcpi_fold_text(f, a, lang, p.words), word;
    while (n < MOST_WORDS && rcpi_next_field(&row, ' ', &word))
      if (word.n) out[n++] = word;
  }
  return n;
}

/* Moves to the nearest space within a few bytes, so that no word is cut. */
static size_t at_space(rcp_str text, size_t at, int step) {
  for (int i = 0; i < 24 && at > 0 && at < text.n && !rcpi_is_space((unsigned char)text.p[at]); i++) at = (size_t)((ptrdiff_t)at + step);
  while (at > 0 && at < text.n && ((unsigned char)text.p[at] & 0xC0) == 0x80) at--;
  return at;
}

rcpi_span rcpi_fold_passage(rcpi_folder *f, rcpi_arena *a, const rcpi_lang *lang, rcp_str text, rcp_str question, size_t width, rcpi_span *found) {
  rcp_str words[MOST_WORDS];
  size_t n = wanted_words(f, a, lang, question, words), at = 0, first = 0;
  rcpi_span w;
  bool elides;
  rcpi_arena scratch = {.guard = a->guard};
  *found = (rcpi_span){0, 0};
  while (n && next_word(text, &at, &w, &elides)) {
    rcp_str word = word_of(f, &scratch, lang, rcpi_at(text, w));
    size_t k = 0;
    while (k < n && !rcpi_starts(word, words[k])) k++;
    if (k == n) continue;
    first = w.beg;
    *found = w;
    break;
  }
  rcpi_arena_release(&scratch);
  size_t beg = first > width / 3 ? at_space(text, first - width / 3, 1) : 0;
  size_t end = beg + width < text.n ? at_space(text, beg + width, -1) : text.n;
  if (end <= beg) end = text.n < beg + width ? text.n : beg + width;
  while (beg < end && rcpi_is_space((unsigned char)text.p[beg])) beg++;
  return (rcpi_span){(uint32_t)beg, (uint32_t)end};
}
