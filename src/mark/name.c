/*
 * Names without a model: capitals, and what stands around them.
 *
 * A capital says something only where a small letter could stand. So a text is read twice: first which words it writes
 * with a capital inside a sentence, and which with a small letter; then, at the start of a sentence and in lines set in
 * capitals or in Title Case, only what is known (table `names_known`), was seen inside a sentence, or stands before a
 * verb is taken.
 *
 * A name is a run of capitals with what may stand inside it: de, du, of between parts ("Corée du Nord", not "Vasseur de la
 * Cour"), von and bin, initials, and for a head of an organisation (table `name_heads`) the small words that complete it:
 * "Cour internationale de justice". A small head before a name joins it where the table says so: "viaduc de Malcombe".
 * Titles (M., Mme) belong to the mention, roles (président) do not; both say that it is a person.
 *
 * Cost: a few look-ups a token. Known weakness: a single unknown name that only ever begins sentences before a noun
 * ("Sogévia, exploitant de la ligne") is missed, and a common noun with an editor's capital ("la Justice") is taken.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mark/name.h"

#include "base/utf8.h"
#include "mark/plain.h"

typedef struct finder {
  rcpi_arena *a;
  const rcpi_text *text;
  rcpi_plain words;
  const rcpi_table *known, *heads, *titles, *particles, *time_words, *numbers, *units, *verbs;
  int known_type, head_type, head_use, title_kind, particle_kind, time_class;
  rcpi_map inside, small;        /* folded words seen with a capital inside a sentence, and with a small letter */
  bool *is_shouted;              /* by sentence: its capitals say nothing */
  RCPI_VEC(rcpi_name) out;
} finder;

static const rcpi_token *tok(const finder *f, size_t i) { return &f->text->tokens[i]; }

static bool has_cell(const rcpi_table *t, rcp_str key, int column, const char *value) {
  if (column < 0) return false;
  for (size_t row = rcpi_table_find(t, key); row < t->n_rows && rcpi_eq(rcpi_cell(t, row, 0), key); row++)
    if (rcpi_is(rcpi_cell(t, row, (size_t)column), value)) return true;
  return false;
}

static bool same_sentence(const finder *f, size_t i, size_t k) {
  return i < f->text->n_tokens && k < f->text->n_tokens && tok(f, i)->sentence == tok(f, k)->sentence;
}

static rcp_str bare(rcp_str fold) {   /* without the apostrophe of an elision, and without 's */
  if (fold.n > 1 && fold.p[fold.n - 1] == '\'') fold.n--;
  else if (fold.n > 2 && fold.p[fold.n - 2] == '\'' && fold.p[fold.n - 1] == 's') fold.n -= 2;
  return fold;
}

static bool is_particle(const finder *f, size_t i, const char *kind) {
  return i < f->text->n_tokens && tok(f, i)->kind == RCPI_TOK_WORD && has_cell(f->particles, bare(tok(f, i)->fold), f->particle_kind, kind);
}

static bool is_title(const finder *f, size_t i, const char *kind) {
  return i < f->text->n_tokens && tok(f, i)->kind == RCPI_TOK_WORD && has_cell(f->titles, bare(tok(f, i)->fold), f->title_kind, kind);
}

static bool is_calendar_word(const finder *f, size_t i) {
  rcp_str w = tok(f, i)->fold;
  return has_cell(f->time_words, w, f->time_class, "DAY") || has_cell(f->time_words, w, f->time_class, "MONTH");
}

static bool is_small_word(const finder *f, size_t i) {
  return tok(f, i)->flags & RCPI_TOK_FUNCTION || rcpi_table_find(f->numbers, tok(f, i)->fold) != RCPI_NONE || is_calendar_word(f, i);
}

static bool is_capital(const finder *f, size_t i) {
  return i < f->text->n_tokens && tok(f, i)->kind == RCPI_TOK_WORD && tok(f, i)->flags & RCPI_TOK_CAPITAL && !(tok(f, i)->flags & RCPI_TOK_ENCLITIC);
}

/* ------------------------------------------------------------------------------------------------- first reading */

/* Set in capitals, or in a heading most words of which have one. */
static bool shouts(const finder *f, const rcpi_sentence *s) {
  size_t n = 0, capital = 0, capitals = 0;
  for (size_t i = s->token; i < s->end_token; i++) {
    const rcpi_token *t = tok(f, i);
    if (t->kind != RCPI_TOK_WORD || t->end - t->beg < 3) continue;
    bool is_function = t->flags & RCPI_TOK_FUNCTION;
    capitals += (t->flags & RCPI_TOK_CAPITALS) != 0;
    if (is_function && !(t->flags & RCPI_TOK_CAPITALS)) continue;
    n++;
    capital += (t->flags & RCPI_TOK_CAPITAL) != 0;
  }
  bool is_heading = f->text->paragraphs[s->paragraph].kind != RCPI_PAR_BODY;
  return (n >= 3 && capitals * 5 >= n * 3) || (is_heading && n >= 4 && capital * 5 >= n * 4);
}

static void read_capitals(finder *f) {
  const rcpi_text *t = f->text;
  f->is_shouted = rcpi_array(f->a, bool, t->n_sentences + 1);
  for (size_t i = 0; i < t->n_sentences; i++) f->is_shouted[i] = shouts(f, &t->sentences[i]);
  for (size_t i = 0; i < t->n_tokens; i++) {
    const rcpi_token *k = tok(f, i);
    if (k->kind != RCPI_TOK_WORD || f->is_shouted[k->sentence]) continue;
    if (!(k->flags & RCPI_TOK_CAPITAL)) rcpi_map_put(f->a, &f->small, bare(k->fold), 1, NULL);
    else if (!(k->flags & RCPI_TOK_INITIAL)) rcpi_map_put(f->a, &f->inside, bare(k->fold), 1, NULL);
  }
}

/* --------------------------------------------------------------------------------------------------------- runs */

/* The end of the known name that begins at token i, and its row; i when there is none. */
static size_t known_at(const finder *f, size_t i, size_t *row) {
  size_t k, word = f->words.of_token[i];
  if (!is_capital(f, i)) return i;
  *row = rcpi_plain_find(&f->words, f->known, word, 7, &k);
  if (*row == RCPI_NONE || !f->words.w[word + k - 1].is_last) return i;
  return f->words.w[word + k - 1].token + 1;
}

static bool is_verb_like(const finder *f, size_t i) {
  return i < f->text->n_tokens && rcpi_table_find(f->verbs, tok(f, i)->lower) != RCPI_NONE;
}

/* May token i begin a name, or stand in one where capitals say nothing? */
static bool is_sure(const finder *f, size_t i) {
  const rcpi_token *t = tok(f, i);
  bool is_doubtful = t->flags & RCPI_TOK_INITIAL || f->is_shouted[t->sentence];
  if (!is_doubtful) return true;
  rcp_str w = bare(t->fold);
  if (rcpi_map_get(&f->inside, w)) return true;
  if (f->is_shouted[t->sentence] || rcpi_map_get(&f->small, w)) return false;
  if (same_sentence(f, i, i + 1) && is_capital(f, i + 1) && !is_small_word(f, i + 1)) return true;
  return same_sentence(f, i, i + 1) && is_verb_like(f, i + 1);
}

/* A unit beside its number: EUR 1000, 25 MW. */
static bool is_unit(const finder *f, size_t i) {
  if (rcpi_table_find(f->units, tok(f, i)->fold) == RCPI_NONE) return false;
  return (i && tok(f, i - 1)->kind == RCPI_TOK_NUMBER) || (same_sentence(f, i, i + 1) && tok(f, i + 1)->kind == RCPI_TOK_NUMBER);
}

static bool is_name_word(const finder *f, size_t i) {
  return is_capital(f, i) && !is_unit(f, i) && !(tok(f, i)->flags & RCPI_TOK_ELIDED) && !is_small_word(f, i);
}

/* A point behind an initial: "J. R. Tolkien". */
static bool is_initial_point(const finder *f, size_t i) {
  if (!same_sentence(f, i, i + 1) || tok(f, i)->kind != RCPI_TOK_MARK || f->text->s.p[tok(f, i)->beg] != '.') return false;
  rcp_str before = rcpi_token_str(f->text, i - 1);
  return tok(f, i)->flags & RCPI_TOK_GLUED && rcpi_utf8_count(before) == 1;
}

/* Tokens that may stand between two parts of a name, from token i: de la, du, von, of the. Their number. */
static size_t inner_particles(const finder *f, size_t i, bool may_join) {
  size_t n = 0;
  while (n < 3 && same_sentence(f, i - 1, i + n) && (is_particle(f, i + n, "noble") || (may_join && (is_particle(f, i + n, "inner") || (n && is_particle(f, i + n, "article")))))) n++;
  return n && same_sentence(f, i, i + n) && is_capital(f, i + n) ? n : 0;
}

static bool is_head(const finder *f, size_t i, const char *use) {
  return has_cell(f->heads, bare(tok(f, i)->fold), f->head_use, use) || has_cell(f->heads, bare(tok(f, i)->fold), f->head_use, "both");
}

/* End of the run of capitals that begins at token i. */
static size_t run_end(const finder *f, size_t i, bool is_titled) {
  size_t end = i + 1, n_parts = 1, row, k;
  if ((k = known_at(f, i, &row)) > i) {
    if (rcpi_is(rcpi_cell(f->known, row, (size_t)f->known_type), "place")) is_titled = true;   /* la Russie de Poutine */
    end = k;
  }
  for (;;) {
    if (!same_sentence(f, i, end)) break;
    if (is_initial_point(f, end) && is_capital(f, end + 1)) {
      end += 2;
      continue;
    }
    if (is_capital(f, end) && !(tok(f, end)->flags & RCPI_TOK_ELIDED) && !is_calendar_word(f, end) &&
        !(tok(f, end)->flags & RCPI_TOK_FUNCTION && !(tok(f, end)->flags & RCPI_TOK_CAPITALS))) {
      if (f->is_shouted[tok(f, i)->sentence] && !is_sure(f, end)) break;
      end++;
      n_parts++;
      continue;
    }
    bool may_join = !is_titled && (n_parts == 1 || is_head(f, i, "extends") || is_head(f, i, "tail"));
    if ((k = inner_particles(f, end, may_join)) && is_name_word(f, end + k) && !f->is_shouted[tok(f, i)->sentence]) {
      end += k + 1;
      n_parts++;
      continue;
    }
    break;
  }
  return end;
}

/* --------------------------------------------------------------------------------------------- small words around */

static bool has_adjective_ending(const finder *f, size_t i) {
  rcp_str w = tok(f, i)->fold;
  for (size_t n = w.n < 6 ? w.n : 6; n >= 2; n--) {
    char ending[8] = "-";
    memcpy(ending + 1, w.p + w.n - n, n);
    if (w.n > n + 1 && has_cell(f->particles, (rcp_str){ending, n + 1}, f->particle_kind, "ending")) return true;
  }
  return false;
}

static bool is_plain_word(const finder *f, size_t i) {
  return i < f->text->n_tokens && tok(f, i)->kind == RCPI_TOK_WORD && !(tok(f, i)->flags & (RCPI_TOK_FUNCTION | RCPI_TOK_ENCLITIC));
}

/* "Cour | internationale de justice": adjectives, then complements with de, two at most. */
static size_t completed(const finder *f, size_t end) {
  for (int n = 0; n < 2 && same_sentence(f, end - 1, end) && is_plain_word(f, end) && has_adjective_ending(f, end); n++) end++;
  for (int n = 0; n < 2; n++) {
    size_t k = end;
    while (k < end + 3 && same_sentence(f, end - 1, k) && (is_particle(f, k, "inner") || (k > end && is_particle(f, k, "article")))) k++;
    if (k == end || !same_sentence(f, end - 1, k) || !is_plain_word(f, k) || is_small_word(f, k)) break;
    end = k + 1;
    while (same_sentence(f, end - 1, end) && is_capital(f, k) && is_name_word(f, end)) end++;
    if (same_sentence(f, end - 1, end) && is_plain_word(f, end) && !is_capital(f, end) && has_adjective_ending(f, end)) end++;
  }
  return end;
}

/* Where a name that begins at token i begins with its small head: "viaduc de", "ministère russe de la"; i without one. */
static size_t head_before(const finder *f, size_t i) {
  size_t k = i, n = 0;
  while (k && n < 2 && same_sentence(f, k - 1, i) && (is_particle(f, k - 1, "inner") || is_particle(f, k - 1, "article"))) k--, n++;
  if (!k || !same_sentence(f, k - 1, i)) return i;
  if (is_plain_word(f, k - 1) && !is_capital(f, k - 1) && is_head(f, k - 1, "joins")) return k - 1;
  bool has_adjective = k >= 2 && same_sentence(f, k - 2, i) && is_plain_word(f, k - 1) && has_adjective_ending(f, k - 1);
  return has_adjective && is_plain_word(f, k - 2) && is_head(f, k - 2, "joins") ? k - 2 : i;
}

/* -------------------------------------------------------------------------------------------------------- kinds */

static rcpi_name_type type_named(rcp_str s) {
  static const char *const names[] = {"person", "org", "place", "product", "media", "event", "other"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (rcpi_is(s, names[i])) return (rcpi_name_type)i;
  return RCPI_NAME_OTHER;
}

/* A title or role right before token i, over "de la République"-like complements: le président russe, commandant. */
static bool role_before(const finder *f, size_t i) {
  for (size_t n = 1; n <= 3 && i >= n && same_sentence(f, i - n, i); n++) {
    if (tok(f, i - n)->kind != RCPI_TOK_WORD) return false;
    if (is_title(f, i - n, "role") || is_title(f, i - n, "title")) return true;
    if (!is_plain_word(f, i - n) || !has_adjective_ending(f, i - n)) return false;
  }
  return false;
}

static bool has_digit(rcp_str s) {
  for (size_t i = 0; i < s.n; i++)
    if (rcpi_is_digit((unsigned char)s.p[i])) return true;
  return false;
}

static rcpi_name_type type_of(const finder *f, size_t beg, size_t end, bool is_titled) {
  size_t row, n_parts = 0;
  if (is_titled) return RCPI_NAME_PERSON;
  if (known_at(f, beg, &row) == end) return type_named(rcpi_cell(f->known, row, (size_t)f->known_type));
  for (size_t side = 0; side < 2; side++) {
    row = rcpi_table_find(f->heads, bare(tok(f, side ? end - 1 : beg)->fold));
    if (row != RCPI_NONE && end - beg > 1) return type_named(rcpi_cell(f->heads, row, (size_t)f->head_type));
  }
  if (has_digit(rcpi_at(f->text->s, rcpi_tokens_span(f->text, beg, end)))) return RCPI_NAME_PRODUCT;
  if (end == beg + 1 && tok(f, beg)->flags & RCPI_TOK_CAPITALS && tok(f, beg)->end - tok(f, beg)->beg <= 6) return RCPI_NAME_ORG;
  if (beg && same_sentence(f, beg - 1, beg) && is_particle(f, beg - 1, "place")) return RCPI_NAME_PLACE;
  for (size_t i = beg; i < end; i++) n_parts += is_capital(f, i);
  return n_parts >= 2 && n_parts <= 4 ? RCPI_NAME_PERSON : RCPI_NAME_OTHER;
}

/* -------------------------------------------------------------------------------------------------------- names */

/* "M." or "Mme" at token i: where the name behind it begins; i when there is none. */
static size_t behind_title(const finder *f, size_t i) {
  if (!is_title(f, i, "title")) return i;
  size_t k = i + 1;
  if (same_sentence(f, i, k) && tok(f, k)->kind == RCPI_TOK_MARK && f->text->s.p[tok(f, k)->beg] == '.') k++;
  return same_sentence(f, i, k) && is_capital(f, k) && !(tok(f, k)->flags & RCPI_TOK_ELIDED) ? k : i;
}

/* A determiner with a capital inside a sentence begins a name: Le Monde, L'Écho. */
static bool is_capital_article(const finder *f, size_t i) {
  const rcpi_token *t = tok(f, i);
  return t->flags & RCPI_TOK_CAPITAL && !(t->flags & RCPI_TOK_INITIAL) && !f->is_shouted[t->sentence] && is_particle(f, i, "article") &&
         same_sentence(f, i, i + 1) && is_name_word(f, i + 1);
}

/* The name at token i: where to go on; i when there is none. */
static size_t name_at(finder *f, size_t i) {
  size_t row, beg = i, core = behind_title(f, i), end;
  bool is_titled = core > i;
  if (!is_titled && is_capital_article(f, i)) core = i + 1;
  if (!is_capital(f, core)) return i;
  bool is_known = known_at(f, core, &row) > core;
  if (!is_known && (!is_name_word(f, core) || (!is_titled && core == i && !is_sure(f, core)))) return i;
  bool is_role = is_title(f, core, "role");
  if (is_role && !is_known && same_sentence(f, core, core + 1) && is_name_word(f, core + 1)) return i;   /* Président X: the next token begins it */
  if (is_role && !is_known) return i;
  end = run_end(f, core, is_titled);
  if (!is_titled && !is_known && end == core + 1 && is_head(f, core, "extends")) {
    end = completed(f, end);
    if (end == core + 1) return i;   /* "le Parti", "la Cour": a common noun with a capital */
  } else if (!is_titled && is_head(f, core, "extends")) {
    end = completed(f, end);
  }
  if (!is_titled && core == i) {
    size_t head = head_before(f, i);
    if (head < i && (!f->out.n || f->out.p[f->out.n - 1].at.end_token <= head)) beg = head;
    if (same_sentence(f, core, end) && is_plain_word(f, end) && !is_capital(f, end) && is_head(f, end, "tail")) end++;
  }
  bool has_title = is_titled || role_before(f, i);
  rcpi_push(f->a, &f->out, (rcpi_name){{(uint32_t)beg, (uint32_t)end}, type_of(f, beg, end, has_title && beg == i), has_title});
  return end;
}

static void read_tables(finder *f) {
  const rcpi_lang *lang = f->text->lang;
  f->known = rcpi_lang_table(lang, "names_known");
  f->heads = rcpi_lang_table(lang, "name_heads");
  f->titles = rcpi_lang_table(lang, "name_titles");
  f->particles = rcpi_lang_table(lang, "name_particles");
  f->verbs = rcpi_lang_table(lang, "name_verbs");
  f->time_words = rcpi_lang_table(lang, "time_words");
  f->numbers = rcpi_lang_table(lang, "numbers");
  f->units = rcpi_lang_table(lang, "units");
  f->known_type = rcpi_table_column(f->known, "type");
  f->head_type = rcpi_table_column(f->heads, "type");
  f->head_use = rcpi_table_column(f->heads, "use");
  f->title_kind = rcpi_table_column(f->titles, "kind");
  f->particle_kind = rcpi_table_column(f->particles, "kind");
  f->time_class = rcpi_table_column(f->time_words, "class");
}

void rcpi_names_find(rcpi_arena *a, const rcpi_text *text, rcpi_marks *marks) {
  finder f = {.a = a, .text = text};
  rcpi_plain_read(a, text, &f.words);
  read_tables(&f);
  read_capitals(&f);
  for (size_t i = 0; i < text->n_tokens;) {
    size_t next = name_at(&f, i);
    i = next > i ? next : i + 1;
  }
  marks->names = f.out.p;
  marks->n_names = f.out.n;
}
