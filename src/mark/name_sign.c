/* SPDX-License-Identifier: Apache-2.0 */
#include "mark/name_sign.h"

#include "base/utf8.h"
#include "mark/kept.h"

static const rcpi_token *tok(const rcpi_signs *s, size_t i) { return &s->text->tokens[i]; }
static bool is_word(const rcpi_signs *s, size_t i) { return i < s->text->n_tokens && tok(s, i)->kind == RCPI_TOK_WORD; }

/* A folded word without the apostrophe of an elision, and without 's. */
static rcp_str bare(const rcpi_signs *s, size_t i) {
  rcp_str w = tok(s, i)->fold;
  if (w.n > 1 && w.p[w.n - 1] == '\'') w.n--;
  else if (w.n > 2 && w.p[w.n - 2] == '\'' && w.p[w.n - 1] == 's') w.n -= 2;
  return w;
}

static bool has_cell(const rcpi_table *t, rcp_str key, int column, const char *value) {
  for (size_t row = column < 0 ? t->n_rows : rcpi_table_find(t, key); row < t->n_rows && rcpi_eq(rcpi_cell(t, row, 0), key); row++)
    if (rcpi_is(rcpi_cell(t, row, (size_t)column), value)) return true;
  return false;
}

static bool has_row(const rcpi_table *t, rcp_str key) { return rcpi_table_find(t, key) != RCPI_NONE; }

bool rcpi_sign_together(const rcpi_signs *s, size_t i, size_t k) {
  return i < s->text->n_tokens && k < s->text->n_tokens && tok(s, i)->sentence == tok(s, k)->sentence;
}

bool rcpi_sign_particle(const rcpi_signs *s, size_t i, const char *kind) {
  return is_word(s, i) && has_cell(s->particles, bare(s, i), s->particle_kind, kind);
}

bool rcpi_sign_title(const rcpi_signs *s, size_t i, const char *kind) {
  return is_word(s, i) && has_cell(s->titles, bare(s, i), s->title_kind, kind);
}

bool rcpi_sign_head(const rcpi_signs *s, size_t i, const char *use) {
  return is_word(s, i) && has_cell(s->heads, bare(s, i), s->head_use, use);
}

bool rcpi_sign_calendar(const rcpi_signs *s, size_t i) {
  rcp_str w = tok(s, i)->fold;
  return has_cell(s->time_words, w, s->time_class, "DAY") || has_cell(s->time_words, w, s->time_class, "MONTH");
}

bool rcpi_sign_demonym(const rcpi_signs *s, size_t i) {
  return is_word(s, i) && has_cell(s->countries, bare(s, i), s->country_role, "demonym");
}

bool rcpi_sign_common(const rcpi_signs *s, size_t i) { return is_word(s, i) && has_row(s->common, bare(s, i)); }

bool rcpi_sign_given(const rcpi_signs *s, size_t i) {
  if (!is_word(s, i)) return false;
  rcp_str w = tok(s, i)->fold;
  size_t hyphen = rcpi_find_char(w, '-');
  return has_row(s->given, hyphen == RCPI_NONE ? w : rcpi_sub(w, 0, hyphen));
}

bool rcpi_sign_capital(const rcpi_signs *s, size_t i) {
  return is_word(s, i) && tok(s, i)->flags & RCPI_TOK_CAPITAL && !(tok(s, i)->flags & (RCPI_TOK_ENCLITIC | RCPI_TOK_ELIDED));
}

bool rcpi_sign_small(const rcpi_signs *s, size_t i) {
  return is_word(s, i) && !(tok(s, i)->flags & (RCPI_TOK_FUNCTION | RCPI_TOK_ENCLITIC | RCPI_TOK_CAPITAL | RCPI_TOK_ELIDED));
}

/* EUR 1000, 25 MW. */
static bool is_unit(const rcpi_signs *s, size_t i) {
  if (!has_row(s->units, tok(s, i)->fold)) return false;
  return (i && tok(s, i - 1)->kind == RCPI_TOK_NUMBER) || (rcpi_sign_together(s, i, i + 1) && tok(s, i + 1)->kind == RCPI_TOK_NUMBER);
}

/* Quatre, Forty-seven. */
static bool is_number(const rcpi_signs *s, size_t i) {
  for (size_t k = s->words->of_token[i]; k < s->words->of_token[i + 1]; k++)
    if (!has_row(s->numbers, s->words->w[k].fold)) return false;
  return true;
}

/* 11H00, 3D: the rest of a number. */
static bool is_behind_digits(const rcpi_signs *s, size_t i) {
  return i && tok(s, i)->flags & RCPI_TOK_GLUED && tok(s, i - 1)->kind == RCPI_TOK_NUMBER;
}

/* J. R. Dumont: a letter, its point, a capital. */
static bool is_initial(const rcpi_signs *s, size_t i) {
  const rcpi_token *t = tok(s, i);
  bool is_letter = t->flags & RCPI_TOK_CAPITAL && t->end - t->beg <= 2 && rcpi_utf8_count(rcpi_token_str(s->text, i)) == 1;
  if (!is_letter || !rcpi_sign_together(s, i, i + 2)) return false;
  return t[1].flags & RCPI_TOK_GLUED && s->text->s.p[t[1].beg] == '.' && t[2].flags & RCPI_TOK_CAPITAL && t[2].kind == RCPI_TOK_WORD;
}

bool rcpi_sign_name_word(const rcpi_signs *s, size_t i) {
  if (is_word(s, i) && is_initial(s, i)) return true;
  return rcpi_sign_capital(s, i) && !is_behind_digits(s, i) && !rcpi_sign_particle(s, i, "not") && !(tok(s, i)->flags & RCPI_TOK_FUNCTION) && !is_number(s, i) &&
         !rcpi_sign_calendar(s, i) && !is_unit(s, i);
}

/* Could this word be a common one: a form of a verb, a noun for people, a word of the grammar? */
static bool may_be_common(const rcpi_signs *s, size_t i) {
  rcp_str w = bare(s, i);
  const rcpi_word *g = s->gram[i].word;
  return rcpi_map_get(&s->small, w) || has_row(s->common, w) || g->may || g->roles || g->is;
}

bool rcpi_sign_is_sure(const rcpi_signs *s, size_t i) {
  const rcpi_token *t = tok(s, i);
  bool is_shouted = s->is_shouted[t->sentence];
  if (is_initial(s, i) || (!is_shouted && !(t->flags & RCPI_TOK_INITIAL))) return true;
  if (rcpi_map_get(&s->inside, bare(s, i))) return true;
  bool has_next = rcpi_sign_together(s, i, i + 1) && rcpi_sign_name_word(s, i + 1);
  if (has_next && (rcpi_sign_given(s, i) || (!is_shouted && (rcpi_sign_head(s, i, "extends") || rcpi_sign_head(s, i, "joins"))))) return true;
  return !is_shouted && !may_be_common(s, i);
}

bool rcpi_sign_adjective(const rcpi_signs *s, size_t i) {
  rcp_str w = tok(s, i)->fold;
  char ending[8] = "-";
  for (size_t n = w.n < 6 ? w.n : 6; n >= 2; n--) {
    memcpy(ending + 1, w.p + w.n - n, n);
    if (w.n > n + 1 && has_cell(s->particles, (rcp_str){ending, n + 1}, s->particle_kind, "ending")) return true;
  }
  return false;
}

bool rcpi_sign_epithet(const rcpi_signs *s, size_t i) {
  if (!rcpi_sign_small(s, i) || rcpi_sign_calendar(s, i)) return false;
  const rcpi_gram *g = &s->gram[i];
  if (rcpi_sign_adjective(s, i)) return !rcpi_gram_is_finite(g);
  return !g->word->may && !g->word->roles && !g->word->is && !has_row(s->time_words, tok(s, i)->fold);
}

static rcpi_name_type type_named(rcp_str s) {
  static const char *const names[] = {"person", "org", "place", "product", "media", "event"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (rcpi_is(s, names[i])) return (rcpi_name_type)i;
  return RCPI_NAME_OTHER;
}

rcpi_name_type rcpi_sign_head_type(const rcpi_signs *s, size_t i, const char *use) {
  size_t row = is_word(s, i) ? rcpi_table_find(s->heads, bare(s, i)) : RCPI_NONE;
  rcp_str word = row == RCPI_NONE ? (rcp_str){NULL, 0} : rcpi_cell(s->heads, row, 0);
  for (; row < s->heads->n_rows && rcpi_eq(rcpi_cell(s->heads, row, 0), word); row++)
    if (!use || rcpi_is(rcpi_cell(s->heads, row, (size_t)s->head_use), use)) return type_named(rcpi_cell(s->heads, row, (size_t)s->head_type));
  return RCPI_NAME_OTHER;
}

enum { MOST_KNOWN_WORDS = 8 };

static size_t medium_at(const rcpi_signs *s, size_t i) {
  char buf[RCPI_PHRASE_BYTES];
  for (size_t n = MOST_KNOWN_WORDS, word = s->words->of_token[i]; n; n--) {
    if (word + n > s->words->n || !s->words->w[word + n - 1].is_last || !rcpi_plain_same_sentence(s->words, word, word + n - 1)) continue;
    rcp_str phrase = rcpi_plain_phrase(s->words, word, word + n, buf);
    if (phrase.p && rcpi_map_get(s->media, phrase)) return s->words->w[word + n - 1].token + 1;
  }
  return i;
}

size_t rcpi_sign_known_small(const rcpi_signs *s, size_t i, rcpi_name_type *type) {
  size_t k, word = s->words->of_token[i], row = rcpi_plain_find(s->words, s->known, word, MOST_KNOWN_WORDS, &k);
  if (row == RCPI_NONE || !s->words->w[word + k - 1].is_last) return i;
  *type = type_named(rcpi_cell(s->known, row, (size_t)s->known_type));
  return s->words->w[word + k - 1].token + 1;
}

size_t rcpi_sign_known(const rcpi_signs *s, size_t i, rcpi_name_type *type) {
  if (!is_word(s, i) || !(tok(s, i)->flags & RCPI_TOK_CAPITAL)) return i;
  size_t end = rcpi_sign_known_small(s, i, type), medium_end = medium_at(s, i);
  if (medium_end > end) end = medium_end, *type = RCPI_NAME_MEDIA;
  if (end != i + 1) return end;
  /* one word: a common one at the start of a sentence, or a short one in small letters, says nothing */
  rcp_str w = bare(s, i);
  bool is_doubtful = tok(s, i)->flags & RCPI_TOK_INITIAL && !rcpi_map_get(&s->inside, w) && (has_row(s->common, w) || rcpi_map_get(&s->small, w));
  return is_doubtful || (w.n <= 2 && !(tok(s, i)->flags & RCPI_TOK_CAPITALS)) ? i : end;
}

/* --------------------------------------------------------------------------------------------------------- reading */

/* Set in capitals, or a heading most words of which have one. */
static bool shouts(const rcpi_signs *s, const rcpi_sentence *x) {
  size_t n = 0, capital = 0, capitals = 0;
  for (size_t i = x->token; i < x->end_token; i++) {
    const rcpi_token *t = tok(s, i);
    if (t->kind != RCPI_TOK_WORD || t->end - t->beg < 3) continue;
    if (t->flags & RCPI_TOK_FUNCTION && !(t->flags & RCPI_TOK_CAPITALS)) continue;
    n++;
    capitals += (t->flags & RCPI_TOK_CAPITALS) != 0;
    capital += (t->flags & RCPI_TOK_CAPITAL) != 0;
  }
  bool is_heading = s->text->paragraphs[x->paragraph].kind != RCPI_PAR_BODY;
  return (n >= 3 && capitals * 5 >= n * 3) || (is_heading && n >= 4 && capital * 5 >= n * 4);
}

static void read_capitals(rcpi_arena *a, rcpi_signs *s) {
  const rcpi_text *t = s->text;
  s->is_shouted = rcpi_array(a, bool, t->n_sentences + 1);
  for (size_t i = 0; i < t->n_sentences; i++) s->is_shouted[i] = shouts(s, &t->sentences[i]);
  for (size_t i = 0; i < t->n_tokens; i++) {
    const rcpi_token *k = tok(s, i);
    if (k->kind != RCPI_TOK_WORD || s->is_shouted[k->sentence]) continue;
    if (!(k->flags & RCPI_TOK_CAPITAL)) rcpi_map_put(a, &s->small, bare(s, i), 1, NULL);
    else if (!(k->flags & RCPI_TOK_INITIAL)) rcpi_map_put(a, &s->inside, bare(s, i), 1, NULL);
  }
}

static const rcpi_map *read_media(rcpi_arena *a, rcpi_kept *kept, const rcpi_lang *lang) {
  rcpi_kept_lang *k = rcpi_kept_of(a, kept, lang);
  if (k->media) return k->media;
  const rcpi_table *t = rcpi_lang_table(lang, "media");
  rcpi_arena *home = kept ? kept->a : a;
  rcpi_map *media = rcpi_new(home, rcpi_map);
  for (size_t i = 0; i < t->n_rows; i++) rcpi_map_put(home, media, rcpi_plain_fold(home, rcpi_cell(t, i, 0)), 1, NULL);
  return k->media = media;
}

void rcpi_signs_read(rcpi_arena *a, const rcpi_text *text, rcpi_marks *marks, rcpi_signs *out) {
  const rcpi_lang *lang = text->lang;
  if (!marks->gram) marks->gram = rcpi_gram_read(a, text);
  *out = (rcpi_signs){.text = text, .gram = marks->gram, .words = rcpi_plain_of(a, text, marks)};
  out->known = rcpi_lang_table(lang, "names_known");
  out->heads = rcpi_lang_table(lang, "name_heads");
  out->titles = rcpi_lang_table(lang, "name_titles");
  out->particles = rcpi_lang_table(lang, "name_particles");
  out->time_words = rcpi_lang_table(lang, "time_words");
  out->numbers = rcpi_lang_table(lang, "numbers");
  out->units = rcpi_lang_table(lang, "units");
  out->common = rcpi_lang_table(lang, "common_words");
  out->given = rcpi_lang_table(lang, "given_names");
  out->countries = rcpi_lang_table(lang, "countries");
  out->known_type = rcpi_table_column(out->known, "type");
  out->head_type = rcpi_table_column(out->heads, "type");
  out->head_use = rcpi_table_column(out->heads, "use");
  out->title_kind = rcpi_table_column(out->titles, "kind");
  out->particle_kind = rcpi_table_column(out->particles, "kind");
  out->time_class = rcpi_table_column(out->time_words, "class");
  out->country_role = rcpi_table_column(out->countries, "role");
  out->media = read_media(a, marks->kept, lang);
  read_capitals(a, out);
}
