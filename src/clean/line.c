/*
 * One pass over the characters of a line makes its words and counts its marks; one pass over its words looks each up in
 * the lexicon and takes the longest phrase of each role that begins there.
 *
 * Counting instead of matching patterns: no line is looked at twice, whatever the tables hold, and the counts are what
 * both judges (rules for tellings, weights for whole pages) start from. About 15 ns a byte.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "clean/line.h"

#include "base/unicode.h"
#include "base/utf8.h"

typedef struct scanner {
  rcpi_arena *a;
  const rcpi_words *lexicon;
  rcp_str text;
  char *lower;                  /* the text with its ASCII letters in lower case */
  RCPI_VEC(rcpi_line) lines;
  RCPI_VEC(rcpi_lword) words;
  uint32_t n_function[8];
} scanner;

/* ------------------------------------------------------------------------------------------------------- characters */

/* One letter a kind for U+0000 to U+007F: a lower, A upper, 0 digit, s space, . an end of sentences, - anything else. */
static const char ascii[128 + 1] =
    "---------s---s------------------"
    "s.------------.-0000000000-----."
    "-AAAAAAAAAAAAAAAAAAAAAAAAAA-----"
    "-aaaaaaaaaaaaaaaaaaaaaaaaaa-----";

static bool is_word_cp(uint32_t cp) {
  if (cp < 0x80) return ascii[cp] == 'a' || ascii[cp] == 'A' || ascii[cp] == '0';
  if (cp >= 0xC0 && cp < 0x250) return cp != 0xD7 && cp != 0xF7;
  if (cp >= 0x2000 && cp < 0x2070) return false;   /* dashes, quotation marks, spaces */
  rcpi_char_class c = rcpi_char_class_of(cp);
  return c == RCPI_CHAR_LETTER || c == RCPI_CHAR_DIGIT || c == RCPI_CHAR_MARK;
}

/* Marks that stand between the entries of a menu, or lead one in; and pictures. */
static bool is_separator(uint32_t cp) {
  switch (cp) {
    case '|': case 0xB7: case 0x2022: case 0x203A: case 0x2039: case 0x25BE: case 0x25B8: case 0x25B6: case 0x25BA:
    case 0x2630: case 0x2261: case 0xA6: case 0x2502: case 0x25CF: case 0x25A0: case 0x25AA: case 0x2219: return true;
    default: return false;
  }
}

static bool is_picture(uint32_t cp) {
  return (cp >= 0x2190 && cp <= 0x21FF) || (cp >= 0x2300 && cp <= 0x23FF) || (cp >= 0x25A0 && cp <= 0x27BF) ||
         (cp >= 0x2900 && cp <= 0x297F) || (cp >= 0x2B00 && cp <= 0x2BFF) || (cp >= 0x1F000 && cp <= 0x1FAFF) ||
         cp == 0xA9 || cp == 0xAE || cp == 0x2630 || cp == 0x2261;
}

static bool is_dash(uint32_t cp) {
  return cp == '-' || cp == 0x2013 || cp == 0x2014 || cp == 0x2012 || cp == 0x2015;
}

static bool is_end(uint32_t cp) {
  return cp == '.' || cp == '!' || cp == '?' || cp == 0x2026;
}

static bool is_closing(uint32_t cp) {
  return cp == '"' || cp == 0xBB || cp == 0x201D || cp == 0x2019 || cp == '\'' || cp == ')' || cp == ']' || cp == 0x201C;
}

static bool is_space_cp(uint32_t cp) {
  return cp == ' ' || cp == '\t' || cp == '\r' || cp == 0xA0 || cp == 0x202F || cp == 0x2009 || cp == 0x2003 || cp == 0x2002 ||
         cp == 0x200B || cp == 0xFEFF;
}

/* ------------------------------------------------------------------------------------------------------------ words */

static void count(uint16_t *n) {
  if (*n < UINT16_MAX) ++*n;
}

static void add_to(uint16_t *n, size_t more) {
  *n = more > (size_t)(UINT16_MAX - *n) ? UINT16_MAX : (uint16_t)(*n + more);
}

static uint32_t hash_of(rcp_str fold) {
  uint32_t hash = RCPI_WORD_HASH;
  for (size_t i = 0; i < fold.n; i++) hash = rcpi_word_hash_step(hash, (unsigned char)fold.p[i]);
  return hash;
}

/* Moves `at` over the letters and digits of a word that holds others than ASCII; counts them. */
static size_t word_end(rcp_str text, size_t at, size_t end, size_t *n_letters, size_t *n_upper) {
  size_t len;
  for (; at < end; at += len) {
    uint32_t cp = (unsigned char)text.p[at];
    len = 1;
    if (cp >= 0x80) cp = rcpi_utf8_at(text, at, &len);
    if (!is_word_cp(cp)) break;
    if (cp < 0x80 && ascii[cp] == '0') continue;
    ++*n_letters;
    *n_upper += rcpi_is_upper(cp);
  }
  return at;
}

static size_t add_word(scanner *s, rcpi_line *line, size_t at, size_t end) {
  rcpi_lword w = {.beg = (uint32_t)at, .hash = RCPI_WORD_HASH};
  size_t n_letters = 0, n_upper = 0, len;
  for (; at < end; at++) {
    unsigned char c = (unsigned char)s->text.p[at];
    char kind = c < 0x80 ? ascii[c] : '-';
    if (kind != 'a' && kind != 'A' && kind != '0') break;
    n_letters += kind != '0';
    n_upper += kind == 'A';
    w.hash = rcpi_word_hash_step(w.hash, rcpi_lower(c));
  }
  bool is_ascii = at >= end || (unsigned char)s->text.p[at] < 0x80 || !is_word_cp(rcpi_utf8_at(s->text, at, &len));
  if (!is_ascii) at = word_end(s->text, at, end, &n_letters, &n_upper);
  w.end = (uint32_t)at;
  rcp_str raw = rcpi_sub(s->text, w.beg, w.end);
  w.fold = !is_ascii ? rcpi_fold(s->a, raw) : n_upper ? (rcp_str){s->lower + w.beg, raw.n} : raw;
  if (!is_ascii) w.hash = hash_of(w.fold);
  unsigned char first = (unsigned char)*raw.p;
  if (first < 0x80 ? ascii[first] == 'A' : rcpi_is_upper(rcpi_utf8_at(raw, 0, &len))) w.flags |= RCPI_LW_CAPITAL, count(&line->n_capital);
  if (n_upper > 1 && n_upper == n_letters) w.flags |= RCPI_LW_CAPITALS, count(&line->n_capitals);
  bool is_number = rcpi_is_digit(first) && n_letters <= 3;   /* 12, 1er, 19h15 */
  if (is_number) w.flags |= RCPI_LW_NUMBER, count(&line->n_numbers);
  add_to(&line->n_letters, n_letters);
  add_to(&line->n_upper, n_upper);
  count(&line->n_words);
  rcpi_push(s->a, &s->words, w);
  return at;
}

/* ------------------------------------------------------------------------------------------------------------ marks */

static bool is_space_at(const scanner *s, size_t at, size_t end) {
  size_t len;
  return at >= end || is_space_cp(rcpi_utf8_at(s->text, at, &len));
}

static bool is_space_before(const scanner *s, size_t at, size_t beg) {
  size_t len;
  return at <= beg || is_space_cp(rcpi_utf8_before(s->text, at, &len));
}

/* "ville. Il" and "fin." end sentences; "7.5", "M. Paul" with its one letter and "www.a.fr" do not. */
static bool ends_here(const scanner *s, const rcpi_line *line, size_t after, size_t end) {
  size_t len;
  while (after < end) {
    uint32_t cp = rcpi_utf8_at(s->text, after, &len);
    if (!is_closing(cp) && !is_end(cp)) break;
    after += len;
  }
  if (!is_space_at(s, after, end)) return false;
  if (s->words.n == line->word) return true;
  const rcpi_lword *last = &s->words.p[s->words.n - 1];
  return last->end - last->beg > 1 || !(last->flags & RCPI_LW_CAPITAL);
}

static void end_segment(scanner *s, rcpi_line *line, size_t *first) {
  size_t n = s->words.n - *first;
  if (n > line->longest_segment) line->longest_segment = n > UINT16_MAX ? UINT16_MAX : (uint16_t)n;
  *first = s->words.n;
}

static void add_mark(scanner *s, rcpi_line *line, uint32_t cp, size_t at, size_t len, size_t *segment) {
  size_t end = line->at.end;
  bool is_spaced = is_space_before(s, at, line->at.beg) && is_space_at(s, at + len, end);
  bool is_bullet = at == line->at.beg;
  if (cp == ',') count(&line->n_commas);
  if (cp == 0xA9) line->has_copyright = true;
  if (cp == '@') line->has_at_sign = true;
  if (cp == '"' || cp == 0xAB || cp == 0xBB || cp == 0x201C || cp == 0x201D || cp == 0x201E) line->has_quote = true;
  if (is_end(cp) && ends_here(s, line, at + len, end)) count(&line->n_ends), end_segment(s, line, segment);
  if (is_picture(cp)) {
    count(&line->n_symbols);
    if (is_bullet) line->starts_symbol = true;
  }
  if (is_separator(cp) || ((cp == '>' || cp == '/' || cp == '<') && is_spaced && !is_bullet)) {
    if (!is_bullet) count(&line->n_separators);
    end_segment(s, line, segment);
  }
  if (is_dash(cp) && is_spaced && !is_bullet && at + len < end) count(&line->n_dashes), end_segment(s, line, segment);
}

/* Two spaces or a tab inside a line: what stood apart on the page. */
static size_t skip_spaces(scanner *s, rcpi_line *line, size_t at, size_t *segment) {
  size_t n = 0, len, end = line->at.end;
  bool has_tab = false;
  while (at < end) {
    uint32_t cp = rcpi_utf8_at(s->text, at, &len);
    if (!is_space_cp(cp)) break;
    has_tab |= cp == '\t';
    n += cp != 0x200B && cp != 0xFEFF;
    at += len;
  }
  if (at < end && (n > 1 || has_tab)) {
    /* "Le chien  a mordu": after a stop two spaces are an old typist's habit */
    uint32_t next = rcpi_utf8_at(s->text, at, &len);
    if (!is_closing(next) && next != ':' && next != ';' && next != '!' && next != '?') {
      count(&line->n_separators);
      end_segment(s, line, segment);
    }
  }
  return at;
}

static bool ends_with_stop(rcp_str s) {
  size_t len;
  for (size_t at = s.n; at > 0; at -= len) {
    uint32_t cp = rcpi_utf8_before(s, at, &len);
    if (is_end(cp)) return true;
    if (!is_closing(cp) && !is_space_cp(cp)) return false;
  }
  return false;
}

enum { LONGEST_URL_LINE = 30 };

static void scan(scanner *s, rcpi_line *line) {
  size_t at = line->at.beg, end = line->at.end, len, segment = s->words.n;
  line->word = (uint32_t)s->words.n;
  while (at < end) {
    uint32_t cp = (unsigned char)s->text.p[at];
    len = 1;
    if (cp >= 0x80) cp = rcpi_utf8_at(s->text, at, &len);
    if (cp == ' ' && at + 1 < end && ascii[s->text.p[at + 1] & 0x7F] != 's' && (unsigned char)s->text.p[at + 1] < 0x80) at++;
    else if (is_space_cp(cp)) at = skip_spaces(s, line, at, &segment);
    else if (is_word_cp(cp)) at = add_word(s, line, at, end);
    else add_mark(s, line, cp, at, len, &segment), at += len;
  }
  end_segment(s, line, &segment);
  line->end_word = (uint32_t)s->words.n;
  rcp_str whole = rcpi_at(s->text, line->at);
  line->ends_sentence = ends_with_stop(whole);
  line->ends_colon = rcpi_ends(whole, RCPI_S(":"));
  line->starts_lower = whole.n && rcpi_is_lower_cp(rcpi_utf8_at(whole, 0, &len));
  line->has_url = line->n_words <= LONGEST_URL_LINE && (rcpi_find(whole, RCPI_S("://")) != RCPI_NONE || rcpi_find(whole, RCPI_S("www.")) != RCPI_NONE);
}

/* ---------------------------------------------------------------------------------------------------------- phrases */

/* Does the phrase stand at word i of the line? */
static bool stands_at(const scanner *s, const rcpi_line *line, size_t i, const rcpi_phrase *p) {
  if (i + p->n_words > line->end_word) return false;
  for (size_t k = 1; k < p->n_words; k++)
    if (p->hash[k] != s->words.p[i + k].hash) return false;
  return true;
}

/* A colon, bar, dash, two spaces, the line's end or the end of capitals right after the word before `i`. */
static bool is_marked_off(const scanner *s, const rcpi_line *line, size_t i) {
  size_t at = s->words.p[i - 1].end, len, n_spaces = 0;
  if (i >= line->end_word) return true;
  if ((s->words.p[i - 1].flags & RCPI_LW_CAPITALS) && !(s->words.p[i].flags & RCPI_LW_CAPITALS)) return true;
  for (; at < s->words.p[i].beg; at += len) {
    uint32_t cp = rcpi_utf8_at(s->text, at, &len);
    if (cp == ':' || is_separator(cp) || is_dash(cp) || cp == '.' || cp == 0xBB || cp == '>' || is_picture(cp)) return true;
    if (is_space_cp(cp) && ++n_spaces > 1) return true;
  }
  return false;
}

static void flag_words(const scanner *s, const rcpi_phrase *p, size_t i, uint16_t flag) {
  for (size_t k = i; k < i + p->n_words; k++) s->words.p[k].flags |= flag;
}

/* Do only numbers follow? "Comments (23)" */
static bool only_numbers_follow(const scanner *s, const rcpi_line *line, size_t i) {
  while (i < line->end_word && (s->words.p[i].flags & RCPI_LW_NUMBER)) i++;
  return i == line->end_word;
}

/* The first word that is no number: "6 Comments" begins with its second. */
static size_t head_of(const scanner *s, const rcpi_line *line) {
  size_t i = line->word;
  while (i + 1 < line->end_word && (s->words.p[i].flags & RCPI_LW_NUMBER)) i++;
  return i;
}

static void note_phrase(const scanner *s, rcpi_line *line, const rcpi_phrase *p, size_t i, size_t head, size_t *item_end) {
  bool is_first = i == head;
  switch ((rcpi_phrase_role)p->role) {
    case RCPI_PHRASE_HINT:
      if (line->n_hints < 255) line->n_hints++;
      if (line->hint_kind < 0) line->hint_kind = (int8_t)p->kind;
      break;
    case RCPI_PHRASE_CAPTION:
      if (line->n_caption < 255) line->n_caption++;
      flag_words(s, p, i, RCPI_LW_CAPTION);
      break;
    case RCPI_PHRASE_INSIDE:
      if (line->n_inside < 255) line->n_inside++;
      if (line->inside_kind < 0) line->inside_kind = (int8_t)p->kind;
      break;
    case RCPI_PHRASE_ITEM:
      if (i + p->n_words > *item_end) {
        size_t from = i > *item_end ? i : *item_end;
        for (size_t k = from; k < i + p->n_words; k++) count(&line->n_item_words);
        flag_words(s, p, i, RCPI_LW_ITEM);
        *item_end = i + p->n_words;
        if (line->item_kind < 0) line->item_kind = (int8_t)p->kind;
      }
      break;
    case RCPI_PHRASE_SECTION:
      if (is_first && only_numbers_follow(s, line, i + p->n_words)) line->is_section = true, line->section_kind = (int8_t)p->kind;
      break;
    case RCPI_PHRASE_BYLINE:
      if (is_first && p->n_words > line->byline_words) line->has_byline = true, line->byline_words = p->n_words;
      break;
    case RCPI_PHRASE_START: case RCPI_PHRASE_MAYBE:
      if (is_first && p->n_words >= line->start_words) {
        line->start_words = p->n_words;
        line->start_kind = (int8_t)p->kind;
        line->start_is_weak = p->role == RCPI_PHRASE_MAYBE;
        line->start_is_marked = is_marked_off(s, line, i + p->n_words);
      }
      break;
    case RCPI_PHRASE_PUBLISHED: flag_words(s, p, i, RCPI_LW_PUBLISHED); break;
    case RCPI_PHRASE_UPDATED: flag_words(s, p, i, RCPI_LW_UPDATED); break;
  }
}

/* A paragraph this long is no furniture, whatever it holds, but an opener may head it. */
enum { LONGEST_FURNITURE = 90 };

static void look_up(scanner *s, rcpi_line *line) {
  size_t item_end = line->word, head = head_of(s, line);
  bool is_long = line->n_words > LONGEST_FURNITURE;
  line->start_kind = line->inside_kind = line->item_kind = line->section_kind = line->hint_kind = -1;
  for (size_t i = line->word; i < line->end_word; i++) {
    rcpi_lword *w = &s->words.p[i];
    const rcpi_word_class *c = rcpi_word_class_hashed(s->lexicon, w->fold, w->hash);
    if (!c) continue;
    if (c->languages) w->flags |= RCPI_LW_FUNCTION, count(&line->n_function);
    for (unsigned bits = c->languages | c->detects; bits; bits &= bits - 1) s->n_function[__builtin_ctz(bits)]++;
    if (c->flags & RCPI_WORD_MONTH) w->flags |= RCPI_LW_MONTH, w->month = c->month;
    uint32_t k = i == head ? 0 : c->n_head, end = is_long ? c->n_head : c->n_phrases;
    for (; k < end; k++) {
      const rcpi_phrase *p = rcpi_phrase_at(s->lexicon, c->phrase + k);
      if (stands_at(s, line, i, p)) note_phrase(s, line, p, i, head, &item_end);
    }
  }
}

void rcpi_lines_of(rcpi_arena *a, const rcpi_words *lexicon, rcp_str text, rcpi_lines *out) {
  scanner s = {.a = a, .lexicon = lexicon, .text = text};
  s.lower = rcpi_array(a, char, text.n);
  for (size_t i = 0; i < text.n; i++) s.lower[i] = (char)rcpi_lower((unsigned char)text.p[i]);
  rcpi_reserve(a, &s.words, text.n / 6 + 16);
  rcp_str line, rest = text;
  while (rcpi_next_line(&rest, &line)) {
    rcp_str trimmed = rcpi_trim(line);
    if (!trimmed.n) continue;
    uint32_t beg = (uint32_t)(trimmed.p - text.p);
    rcpi_line l = {.at = {beg, beg + (uint32_t)trimmed.n}};
    scan(&s, &l);
    look_up(&s, &l);
    rcpi_push(a, &s.lines, l);
  }
  *out = (rcpi_lines){.text = text, .p = s.lines.p, .n = s.lines.n, .words = s.words.p, .n_words = s.words.n};
  memcpy(out->n_function, s.n_function, sizeof s.n_function);
}
