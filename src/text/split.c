/*
 * From bytes to paragraphs, quotations, tokens and sentences, in one pass a paragraph.
 *
 * Quotation marks: « » and “ ” nest; a straight " toggles. One that is never closed runs to the end of its paragraph
 * when it stands at the start or after a colon, or is a «; else it is a stray mark and opens nothing. The next paragraph
 * that begins with « or » goes on with it (French typography repeats the mark).
 *
 * Sentence ends: . ! ? … with closing marks behind them, when white space and no lower-case letter follow, or a capital
 * without white space ("fin.Début", common in flattened pages) follows two lower-case letters; not after an
 * abbreviation of the language's abbrev table, a single capital, or between digits.
 *
 * Known weakness: "il habite rue St. Paul" is right only because St. is in the table; ' as a quotation mark is not seen.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "text/text.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include "text/stem.h"

typedef struct word_form { rcp_str lower, fold, stem; bool is_function; } word_form;

enum { BYTES_A_TOKEN = 6 };    /* about, or more */

typedef struct splitter {
  rcpi_arena *a;
  rcp_str s;
  const rcpi_lang *lang;
  const rcpi_table *abbrev, *elision, *enclitic, *stop;
  rcpi_stemmer *stemmer;
  rcpi_map forms;                     /* surface -> index in form */
  RCPI_VEC(word_form) form;
  RCPI_VEC(rcpi_token) tokens;
  RCPI_VEC(rcpi_sentence) sentences;
  RCPI_VEC(rcpi_paragraph) paragraphs;
  RCPI_VEC(rcpi_quotation) quotations;
} splitter;

static const word_form *form_of(splitter *w, rcp_str surface) {
  bool is_new;
  uint32_t *i = rcpi_map_put(w->a, &w->forms, surface, (uint32_t)w->form.n, &is_new);
  if (is_new) {
    word_form f;
    f.lower = rcpi_lower_str(w->a, surface);
    f.fold = rcpi_fold(w->a, f.lower);
    f.stem = rcpi_stem(w->a, w->stemmer, f.lower);
    rcp_str bare = f.lower.n > 1 && f.lower.p[f.lower.n - 1] == '\'' ? rcpi_sub(f.lower, 0, f.lower.n - 1) : f.lower;
    f.is_function = rcpi_table_find(w->stop, bare) != RCPI_NONE;
    rcpi_push(w->a, &w->form, f);
  }
  return &w->form.p[*i];
}

/* ---------------------------------------------------------------------------------------------------------- tokens */

static bool is_apostrophe(uint32_t cp) {
  return cp == '\'' || cp == 0x2019 || cp == 0x2BC;
}

static bool is_hyphen(uint32_t cp) {
  return cp == '-' || cp == 0x2010 || cp == 0x2011;
}

static bool is_word_char(uint32_t cp) {
  rcpi_char_class c = rcpi_char_class_of(cp);
  return c == RCPI_CHAR_LETTER || c == RCPI_CHAR_MARK || cp == 0xAD || cp == 0x200D;
}

static bool is_digit_at(rcp_str s, size_t at) {
  return at < s.n && rcpi_is_digit((unsigned char)s.p[at]);
}

/* End of a number that begins at `at`: digits, with one , or . between digits, and groups of three behind a thin space. */
static size_t number_end(rcp_str s, size_t at) {
  while (is_digit_at(s, at)) at++;
  for (;;) {
    size_t skip = 0, len;
    if (at + 1 < s.n && (s.p[at] == ',' || s.p[at] == '.') && is_digit_at(s, at + 1)) skip = 1;
    else if (at < s.n) {
      uint32_t cp = rcpi_utf8_at(s, at, &len);
      bool is_space = cp == ' ' || cp == 0xA0 || cp == 0x202F || cp == 0x2009;
      if (is_space && is_digit_at(s, at + len) && is_digit_at(s, at + len + 1) && is_digit_at(s, at + len + 2) &&
          !is_digit_at(s, at + len + 3)) {
        skip = len;
      }
    }
    if (!skip) return at;
    at += skip;
    while (is_digit_at(s, at)) at++;
  }
}

/* "10 000" is one number, "le 12 300 personnes" is not: a group needs one to three digits before it. */
static size_t number_token(rcp_str s, size_t at) {
  size_t first = at;
  while (is_digit_at(s, first)) first++;
  size_t end = number_end(s, at);
  bool has_space = end > first && !(s.p[first] == ',' || s.p[first] == '.');
  return has_space && first - at > 3 ? first : end;
}

/* End of a word: letters, digits inside it, and ' or - between letters ("aujourd'hui", "porte-parole", "Mohajer-6"). */
static size_t word_end(rcp_str s, size_t at, size_t end) {
  size_t len;
  while (at < end) {
    uint32_t cp = rcpi_utf8_at(s, at, &len);
    if (is_word_char(cp) || rcpi_is_digit((unsigned char)s.p[at])) {
      at += len;
      continue;
    }
    if (!is_hyphen(cp) && !is_apostrophe(cp)) break;
    size_t next = at + len;
    if (next >= end) break;
    uint32_t after = rcpi_utf8_at(s, next, &len);
    if (!is_word_char(after) && !(is_hyphen(cp) && rcpi_is_digit((unsigned char)s.p[next]))) break;
    at = next;
  }
  return at;
}

static bool in_table(const rcpi_table *t, rcp_str key) {
  return t->n_rows && rcpi_table_find(t, key) != RCPI_NONE;
}

/* Bytes of an elided word with its apostrophe at the head of a word, or 0. */
static size_t elided_prefix(splitter *w, rcp_str word) {
  size_t len;
  for (size_t i = 0; i < word.n && i < 10; i += len) {
    uint32_t cp = rcpi_utf8_at(word, i, &len);
    if (!is_apostrophe(cp)) continue;
    rcp_str head = rcpi_lower_str(w->a, rcpi_sub(word, 0, i));
    return in_table(w->elision, head) ? i + len : 0;
  }
  return 0;
}

/* Where "-t-il" begins in "a-t-il", or word.n. */
static size_t enclitic_start(splitter *w, rcp_str word) {
  for (size_t i = 1; i + 1 < word.n; i++)
    if (word.p[i] == '-' && in_table(w->enclitic, rcpi_lower_str(w->a, rcpi_sub(word, i + 1, word.n)))) return i;
  return word.n;
}

static void add_token(splitter *w, size_t beg, size_t end, rcpi_token_kind kind, unsigned flags) {
  rcp_str surface = rcpi_sub(w->s, beg, end);
  const word_form *f = form_of(w, surface);
  rcpi_token t = {.beg = (uint32_t)beg, .end = (uint32_t)end, .kind = (uint8_t)kind, .lower = f->lower, .fold = f->fold,
                  .stem = kind == RCPI_TOK_WORD ? f->stem : f->fold};
  if (kind == RCPI_TOK_WORD) {
    size_t len, n_letters = 0, n_upper = 0;
    for (size_t i = 0; i < surface.n; i += len) {
      uint32_t cp = rcpi_utf8_at(surface, i, &len);
      if (!is_word_char(cp)) continue;
      if (n_letters++ == 0 && rcpi_is_upper(cp)) flags |= RCPI_TOK_CAPITAL;
      n_upper += rcpi_is_upper(cp);
    }
    if (n_letters >= 2 && n_upper == n_letters) flags |= RCPI_TOK_CAPITALS;
    if (f->is_function) flags |= RCPI_TOK_FUNCTION;
  }
  size_t n = w->tokens.n;
  if (n && w->tokens.p[n - 1].end == beg) flags |= RCPI_TOK_GLUED;
  t.flags = (uint16_t)flags;
  rcpi_push(w->a, &w->tokens, t);
}

static void add_word(splitter *w, size_t beg, size_t end) {
  for (size_t n; (n = elided_prefix(w, rcpi_sub(w->s, beg, end))) && beg + n < end; beg += n)
    add_token(w, beg, beg + n, RCPI_TOK_WORD, RCPI_TOK_ELIDED);
  size_t cut = beg + enclitic_start(w, rcpi_sub(w->s, beg, end));
  add_token(w, beg, cut, RCPI_TOK_WORD, 0);
  if (cut < end) add_token(w, cut, end, RCPI_TOK_WORD, RCPI_TOK_ENCLITIC);
}

static void tokenise(splitter *w, size_t beg, size_t end) {
  rcp_str s = {w->s.p, end};
  size_t len;
  for (size_t i = beg; i < end;) {
    uint32_t cp = rcpi_utf8_at(s, i, &len);
    if (rcpi_char_class_of(cp) == RCPI_CHAR_SPACE) i += len;
    else if (rcpi_is_digit((unsigned char)s.p[i])) {
      size_t stop = number_token(s, i);
      add_token(w, i, stop, RCPI_TOK_NUMBER, 0);
      i = stop;
    } else if (is_word_char(cp)) {
      size_t stop = word_end(s, i, end), k;
      /* an elision before a quotation mark or a digit keeps its apostrophe: qu'« aucune », l'1 */
      uint32_t after = stop < end ? rcpi_utf8_at(s, stop, &k) : 0;
      if (is_apostrophe(after) && in_table(w->elision, rcpi_lower_str(w->a, rcpi_sub(s, i, stop)))) {
        add_token(w, i, stop + k, RCPI_TOK_WORD, RCPI_TOK_ELIDED);
        stop += k;
      } else {
        add_word(w, i, stop);
      }
      i = stop;
    } else {
      add_token(w, i, i + len, RCPI_TOK_MARK, 0);
      i += len;
    }
  }
}

/* ------------------------------------------------------------------------------------------------------ quotations */

enum { OPENS = 1, CLOSES, TOGGLES };

static int quote_role(rcp_str t) {
  if (rcpi_is(t, "«") || rcpi_is(t, "“") || rcpi_is(t, "„")) return OPENS;
  if (rcpi_is(t, "»") || rcpi_is(t, "”")) return CLOSES;
  return rcpi_is(t, "\"") || rcpi_is(t, "‟") ? TOGGLES : 0;
}

static void set_quotation(splitter *w, size_t beg, size_t end, bool is_opened, bool is_closed) {
  rcpi_push(w->a, &w->quotations, (rcpi_quotation){(uint32_t)beg, (uint32_t)end, is_opened, is_closed});
  for (size_t i = beg; i < end; i++) w->tokens.p[i].quotation = (uint32_t)w->quotations.n;
  if (is_opened) w->tokens.p[beg].flags |= RCPI_TOK_OPENS;
  if (is_closed) w->tokens.p[end - 1].flags |= RCPI_TOK_CLOSES;
}

static bool may_stay_open(const splitter *w, size_t first, size_t at) {
  rcp_str mark = rcpi_sub(w->s, w->tokens.p[at].beg, w->tokens.p[at].end);
  bool after_colon = at > first && w->s.p[w->tokens.p[at - 1].beg] == ':';
  return at == first || after_colon || rcpi_is(mark, "«");
}

/* Pairs the marks of tokens [first, n). `is_inside`: a quotation of the paragraph before was not closed. */
static bool pair_quotes(splitter *w, size_t first, bool is_inside) {
  size_t n = w->tokens.n, open = RCPI_NONE, depth = 0;
  for (size_t i = first; i < n; i++) {
    int role = quote_role(rcpi_sub(w->s, w->tokens.p[i].beg, w->tokens.p[i].end));
    if (!role) continue;
    if (i == first && is_inside && role == CLOSES) role = OPENS; /* » at the start of a paragraph goes on */
    bool opens = role == OPENS || (role == TOGGLES && open == RCPI_NONE);
    if (opens && depth++ == 0) open = i;
    else if (!opens && open == RCPI_NONE && is_inside && !w->quotations.p[w->quotations.n - 1].is_closed) {
      set_quotation(w, first, i + 1, false, true);
      is_inside = false;
    } else if (!opens && open != RCPI_NONE && --depth == 0) {
      set_quotation(w, open, i + 1, true, true);
      open = RCPI_NONE;
    }
  }
  if (open != RCPI_NONE && may_stay_open(w, first, open)) {
    set_quotation(w, open, n, true, false);
    return true;
  }
  return false;
}

/* ------------------------------------------------------------------------------------------------------- sentences */

static bool is_end_mark(rcp_str t) {
  return rcpi_is(t, ".") || rcpi_is(t, "!") || rcpi_is(t, "?") || rcpi_is(t, "…");
}

static bool is_abbreviation(splitter *w, size_t stop) {
  const rcpi_token *dot = &w->tokens.p[stop], *word = dot - 1;
  if (!(dot->flags & RCPI_TOK_GLUED) || word->kind != RCPI_TOK_WORD || w->s.p[dot->beg] != '.') return false;
  if (rcpi_utf8_count(rcpi_sub(w->s, word->beg, word->end)) == 1 && (word->flags & RCPI_TOK_CAPITAL)) return true;
  return in_table(w->abbrev, word->lower);
}

/* Does a sentence end with token i of [first, end)? */
static bool ends_sentence(splitter *w, size_t i, size_t first, size_t end) {
  const rcpi_token *t = &w->tokens.p[i];
  if (t->kind != RCPI_TOK_MARK || !is_end_mark(rcpi_sub(w->s, t->beg, t->end))) return false;
  if (i + 1 == end) return true;
  const rcpi_token *next = t + 1;
  if (next->kind == RCPI_TOK_MARK && is_end_mark(rcpi_sub(w->s, next->beg, next->end))) return false; /* ... ?! */
  if (i > first && is_abbreviation(w, i)) return false;
  size_t k = i + 1;
  while (k < end && (w->tokens.p[k].flags & RCPI_TOK_CLOSES || strchr(")]", w->s.p[w->tokens.p[k].beg]))) k++;
  if (k == end) return true;
  next = &w->tokens.p[k];
  if (next->flags & RCPI_TOK_GLUED) {
    bool after_lower = i > first && t[-1].kind == RCPI_TOK_WORD && !(t[-1].flags & RCPI_TOK_CAPITAL) && t[-1].end - t[-1].beg > 1;
    return after_lower && (next->flags & RCPI_TOK_CAPITAL) && !(next->flags & RCPI_TOK_CAPITALS);
  }
  return next->kind != RCPI_TOK_WORD || (next->flags & RCPI_TOK_CAPITAL);
}

static void close_sentence(splitter *w, size_t beg, size_t end) {
  if (beg >= end) return;
  uint32_t id = (uint32_t)w->sentences.n;
  bool is_initial = true;
  for (size_t i = beg; i < end; i++) {
    rcpi_token *t = &w->tokens.p[i];
    t->sentence = id;
    if (t->kind != RCPI_TOK_MARK) {
      if (is_initial) t->flags |= RCPI_TOK_INITIAL;
      is_initial = false;
    }
    if (t->flags & (RCPI_TOK_OPENS | RCPI_TOK_STOP)) is_initial = true;
  }
  rcpi_push(w->a, &w->sentences, (rcpi_sentence){w->tokens.p[beg].beg, w->tokens.p[end - 1].end, (uint32_t)beg, (uint32_t)end,
                                                (uint32_t)w->paragraphs.n});
}

static void cut_sentences(splitter *w, size_t first, size_t end) {
  size_t beg = first;
  for (size_t i = first; i < end; i++) {
    if (!ends_sentence(w, i, first, end)) continue;
    w->tokens.p[i].flags |= RCPI_TOK_STOP;
    size_t last = i;
    while (last + 1 < end && (w->tokens.p[last + 1].flags & RCPI_TOK_CLOSES)) last++;
    uint32_t q = w->tokens.p[i].quotation;
    bool leaves = q == 0 || w->quotations.p[q - 1].end_token == last + 1;
    if (leaves && q && last + 1 < end) {
      /* « … ! » suivi d'une minuscule, d'une virgule ou d'un verbe: the sentence goes on */
      const rcpi_token *next = &w->tokens.p[last + 1];
      leaves = next->kind == RCPI_TOK_WORD ? (next->flags & RCPI_TOK_CAPITAL) != 0 : next->flags & RCPI_TOK_OPENS;
    }
    if (!leaves) continue;
    close_sentence(w, beg, last + 1);
    beg = i = last + 1;
    i--;
  }
  close_sentence(w, beg, end);
}

/* ------------------------------------------------------------------------------------------------------ paragraphs */

static rcpi_paragraph_kind kind_of(const splitter *w, rcpi_span at, const rcp_article *article, size_t n_before) {
  if (article->title_at.end > article->title_at.beg && rcpi_overlaps(at, article->title_at)) return RCPI_PAR_TITLE;
  (void)n_before;
  const rcpi_token *last = &w->tokens.p[w->tokens.n - 1];
  size_t n_words = 0;
  for (size_t i = w->tokens.n; i-- > 0 && w->tokens.p[i].beg >= at.beg;) n_words += w->tokens.p[i].kind != RCPI_TOK_MARK;
  bool has_end = is_end_mark(rcpi_sub(w->s, last->beg, last->end)) || quote_role(rcpi_sub(w->s, last->beg, last->end));
  return !has_end && n_words <= 16 ? RCPI_PAR_HEADING : RCPI_PAR_BODY;
}

static bool add_paragraph(splitter *w, const rcp_article *article, rcpi_span at, bool is_inside) {
  size_t first = w->tokens.n, sentence = w->sentences.n;
  tokenise(w, at.beg, at.end);
  if (w->tokens.n == first) return is_inside;
  w->tokens.p[first].flags &= (uint16_t)~RCPI_TOK_GLUED;
  bool stays_open = pair_quotes(w, first, is_inside);
  cut_sentences(w, first, w->tokens.n);
  rcpi_paragraph p = {at.beg, at.end, (uint32_t)sentence, (uint32_t)w->sentences.n, RCPI_PAR_BODY};
  p.kind = kind_of(w, at, article, w->paragraphs.n);
  rcpi_push(w->a, &w->paragraphs, p);
  return stays_open;
}

void rcpi_text_split(rcpi_arena *a, const rcp_article *article, rcpi_text *out) {
  splitter w = {.a = a, .s = article->text, .lang = article->lang};
  w.abbrev = rcpi_lang_table(article->lang, "abbrev");
  w.elision = rcpi_lang_table(article->lang, "elision");
  w.enclitic = rcpi_lang_table(article->lang, "enclitic");
  w.stop = rcpi_lang_table(article->lang, "stop");
  w.stemmer = article->lang ? rcpi_stemmer_new(a, article->lang->stemmer) : NULL;
  rcpi_reserve(a, &w.tokens, w.s.n / BYTES_A_TOKEN + 16);   /* words lie between them: to grow is to copy, and leaves a hole */
  bool is_inside = false;
  size_t f = 0;
  for (uint32_t at = 0; at < w.s.n;) {
    size_t nl = rcpi_find_char(rcpi_sub(w.s, at, w.s.n), '\n');
    uint32_t line_end = nl == RCPI_NONE ? (uint32_t)w.s.n : at + (uint32_t)nl;
    for (uint32_t beg = at; beg < line_end;) {
      while (f < article->n_furniture && article->furniture[f].at.end <= beg) f++;
      uint32_t stop = f < article->n_furniture && article->furniture[f].at.beg < line_end ? article->furniture[f].at.beg : line_end;
      if (stop > beg) is_inside = add_paragraph(&w, article, (rcpi_span){beg, stop}, is_inside);
      beg = stop < line_end ? article->furniture[f].at.end : line_end;
    }
    at = line_end + 1;
  }
  *out = (rcpi_text){article, article->lang, article->text, w.tokens.p, w.tokens.n, w.sentences.p, w.sentences.n,
                     w.paragraphs.p, w.paragraphs.n, w.quotations.p, w.quotations.n};
}

size_t rcpi_token_at(const rcpi_text *t, uint32_t at) {
  size_t lo = 0, hi = t->n_tokens;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (t->tokens[mid].end <= at) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

rcpi_span rcpi_tokens_span(const rcpi_text *t, size_t token, size_t end_token) {
  if (token >= end_token) return (rcpi_span){0, 0};
  return (rcpi_span){t->tokens[token].beg, t->tokens[end_token - 1].end};
}
