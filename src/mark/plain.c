/* SPDX-License-Identifier: Apache-2.0 */
#include "mark/plain.h"

#include "base/unicode.h"

typedef RCPI_VEC(rcpi_plain_word) word_vec;

static void add(rcpi_arena *a, word_vec *v, rcp_str fold, uint32_t token, bool is_number, bool is_glued) {
  if (!fold.n) return;
  rcpi_push(a, v, (rcpi_plain_word){fold, token, is_number ? RCPI_TOK_NUMBER : RCPI_TOK_WORD, false, false, is_glued});
}

/* Cuts at hyphens and apostrophes; between letters and digits too where `cuts_digits`. */
static void add_pieces(rcpi_arena *a, word_vec *v, rcp_str fold, uint32_t token, bool is_glued, bool cuts_digits) {
  size_t beg = 0;
  if (fold.n > 2 && fold.p[fold.n - 2] == '\'' && fold.p[fold.n - 1] == 's') fold.n -= 2;   /* last year's */
  for (size_t i = 0; i < fold.n; i++) {
    bool is_cut = fold.p[i] == '-' || fold.p[i] == '\'';
    bool is_turn = cuts_digits && i > beg && rcpi_is_digit((unsigned char)fold.p[i]) != rcpi_is_digit((unsigned char)fold.p[i - 1]);
    if (!is_cut && !is_turn) continue;
    add(a, v, rcpi_sub(fold, beg, i), token, cuts_digits && rcpi_is_digit((unsigned char)fold.p[beg]), is_glued);
    is_glued = is_turn && !is_cut;
    beg = is_cut ? i + 1 : i;
  }
  if (beg < fold.n)
    add(a, v, rcpi_sub(fold, beg, fold.n), token, cuts_digits && rcpi_is_digit((unsigned char)fold.p[beg]), is_glued);
}

const rcpi_plain *rcpi_plain_of(rcpi_arena *a, const rcpi_text *text, rcpi_marks *marks) {
  if (marks->plain) return marks->plain;
  word_vec v = {0};
  rcpi_reserve(a, &v, text->n_tokens + text->n_tokens / 8 + 8);
  uint32_t *of_token = rcpi_array(a, uint32_t, text->n_tokens + 1);
  for (size_t i = 0; i < text->n_tokens; i++) {
    const rcpi_token *t = &text->tokens[i];
    bool is_glued = t->flags & RCPI_TOK_GLUED;
    bool after_number = is_glued && i && t[-1].kind == RCPI_TOK_NUMBER;
    size_t first = v.n;
    of_token[i] = (uint32_t)first;
    if (t->kind == RCPI_TOK_WORD) add_pieces(a, &v, t->fold, (uint32_t)i, is_glued && !(i && t[-1].flags & RCPI_TOK_ELIDED), after_number);
    if (v.n == first) rcpi_push(a, &v, (rcpi_plain_word){t->fold, (uint32_t)i, t->kind, false, false, is_glued});
    v.p[first].is_first = v.p[v.n - 1].is_last = true;
  }
  of_token[text->n_tokens] = (uint32_t)v.n;
  marks->plain = rcpi_new(a, rcpi_plain);
  *marks->plain = (rcpi_plain){text, v.p, v.n, of_token};
  return marks->plain;
}

bool rcpi_plain_same_sentence(const rcpi_plain *words, size_t i, size_t k) {
  const rcpi_token *tokens = words->text->tokens;
  return i < words->n && k < words->n && tokens[words->w[i].token].sentence == tokens[words->w[k].token].sentence;
}

rcp_str rcpi_plain_phrase(const rcpi_plain *words, size_t beg, size_t end, char out[RCPI_PHRASE_BYTES]) {
  size_t n = 0;
  for (size_t i = beg; i < end; i++) {
    rcp_str w = words->w[i].fold;
    bool has_space = i > beg && !words->w[i].is_glued;
    if (n + w.n + has_space > RCPI_PHRASE_BYTES) return (rcp_str){NULL, 0};
    if (has_space) out[n++] = ' ';
    memcpy(out + n, w.p, w.n);
    n += w.n;
  }
  return (rcp_str){out, n};
}

rcp_str rcpi_plain_fold(rcpi_arena *a, rcp_str s) {
  rcp_str fold = rcpi_fold(a, s);
  char *p = rcpi_array(a, char, fold.n + 1);
  size_t n = 0;
  for (size_t i = 0; i < fold.n; i++) {
    char c = fold.p[i];
    bool is_gap = c == '-' || c == '\'' || c == ' ';
    if (is_gap && (!n || p[n - 1] == ' ')) continue;
    p[n++] = is_gap ? ' ' : c;
  }
  return (rcp_str){p, n};
}

size_t rcpi_plain_find(const rcpi_plain *words, const rcpi_table *t, size_t at, size_t most, size_t *n_words) {
  char buf[RCPI_PHRASE_BYTES];
  for (size_t k = most; k; k--) {
    if (at + k > words->n || !rcpi_plain_same_sentence(words, at, at + k - 1)) continue;
    rcp_str phrase = rcpi_plain_phrase(words, at, at + k, buf);
    size_t row = phrase.p ? rcpi_table_find(t, phrase) : RCPI_NONE;
    if (row != RCPI_NONE) return *n_words = k, row;
  }
  return RCPI_NONE;
}

size_t rcpi_plain_find_before(const rcpi_plain *words, const rcpi_table *t, size_t first, size_t at, size_t most, size_t *n_words) {
  char buf[RCPI_PHRASE_BYTES];
  for (size_t k = most; k; k--) {
    if (at < first + k || !rcpi_plain_same_sentence(words, at - k, at - 1)) continue;
    rcp_str phrase = rcpi_plain_phrase(words, at - k, at, buf);
    size_t row = phrase.p ? rcpi_table_find(t, phrase) : RCPI_NONE;
    if (row != RCPI_NONE) return *n_words = k, row;
  }
  return RCPI_NONE;
}
