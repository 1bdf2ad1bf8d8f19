/*
 * Names without a model: capitals, and what stands around them (name_sign.h says what one token says).
 *
 * A name is a run of capitals with what may stand inside it: de, du, of between parts ("Corée du Nord", not "Vasseur de la
 * Cour"), von and bin, initials, and for a head of an organisation (table `name_heads`) the small words that complete it:
 * "Cour internationale de justice". A small head before a name joins it where the table says so: "viaduc de X",
 * "syndicat mixte des digues de l'Y". Titles (M., Mme) belong to the mention, roles (président, Interior Minister) do not;
 * both say that it is a person. The field of an office (l'Intérieur) is no name.
 *
 * Cost: a few look-ups a token. Known weakness: a common noun with an editor's capital ("la Place") is taken for a name,
 * and a person whose name is a common word is missed where it begins a sentence ("Marchand quitte la mairie").
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mark/name.h"

#include "base/utf8.h"
#include "mark/name_sign.h"

typedef struct finder {
  rcpi_arena *a;
  const rcpi_text *text;
  rcpi_signs s;
  rcpi_map numbered;           /* 40 Braises, where the text has 40braises too */
  RCPI_VEC(rcpi_name) out;
} finder;

static const rcpi_token *tok(const finder *f, size_t i) { return &f->text->tokens[i]; }
static bool together(const finder *f, size_t i, size_t k) { return rcpi_sign_together(&f->s, i, k); }
static bool particle(const finder *f, size_t i, const char *kind) { return rcpi_sign_particle(&f->s, i, kind); }
static bool head(const finder *f, size_t i, const char *use) { return rcpi_sign_head(&f->s, i, use); }

/* ------------------------------------------------------------------------------------------------------------ runs */

/* A point behind an initial: "J. R. Tolkien". */
static bool is_initial_point(const finder *f, size_t i) {
  if (!together(f, i, i + 1) || tok(f, i)->kind != RCPI_TOK_MARK || f->text->s.p[tok(f, i)->beg] != '.') return false;
  return tok(f, i)->flags & RCPI_TOK_GLUED && rcpi_utf8_count(rcpi_token_str(f->text, i - 1)) == 1;
}

/* Tokens that may stand between two parts of a name, from token i: de la, du, von, of the. Their number. */
static size_t inner_particles(const finder *f, size_t i, bool may_join) {
  size_t n = 0;
  while (n < 3 && together(f, i - 1, i + n) &&
         (particle(f, i + n, "noble") || (may_join && (particle(f, i + n, "inner") || (n && particle(f, i + n, "article")))))) n++;
  return n && together(f, i, i + n) && rcpi_sign_name_word(&f->s, i + n) ? n : 0;
}

/* Does a capital at token i go on with the run before it? An article does before a capital: Yann Le Querrec. */
static bool goes_on(const finder *f, size_t i) {
  const rcpi_token *t = tok(f, i);
  if (!rcpi_sign_capital(&f->s, i) || rcpi_sign_calendar(&f->s, i)) return false;
  if (particle(f, i, "article") || particle(f, i, "inner")) return !(t->flags & RCPI_TOK_INITIAL) && together(f, i, i + 1) && rcpi_sign_name_word(&f->s, i + 1);
  if (t->flags & RCPI_TOK_FUNCTION && !(t->flags & RCPI_TOK_CAPITALS)) return false;
  return !f->s.is_shouted[t->sentence] || rcpi_sign_is_sure(&f->s, i);
}

/* Kentucky's | Mitch X */
static bool is_possessive(const finder *f, size_t i) {
  rcp_str w = tok(f, i)->lower;
  return w.n > 2 && w.p[w.n - 1] == 's' && w.p[w.n - 2] == '\'';
}

static bool is_acronym(const finder *f, size_t i) {
  return tok(f, i)->flags & RCPI_TOK_CAPITALS && tok(f, i)->end - tok(f, i)->beg <= 6;
}

/* Does the name of a person begin at token k, inside a run that began at i with something else? "Medef | Laurence X" */
static bool starts_person(const finder *f, size_t i, size_t k) {
  bool has_surname = together(f, k, k + 1) && (rcpi_sign_name_word(&f->s, k + 1) || particle(f, k + 1, "noble") || particle(f, k + 1, "inner"));
  if (!has_surname || !rcpi_sign_given(&f->s, k) || (k == i + 1 && rcpi_sign_given(&f->s, i))) return false;
  rcpi_name_type type;
  bool is_place = tok(f, i)->flags & RCPI_TOK_CAPITALS && !(tok(f, k)->flags & RCPI_TOK_CAPITALS);   /* VERNELLE | Lise X */
  bool is_whole = rcpi_sign_known(&f->s, i, &type) == k || (k == i + 1 && (is_acronym(f, i) || is_place || rcpi_sign_demonym(&f->s, i)));
  bool is_second = k >= i + 2 && rcpi_sign_given(&f->s, i);                                  /* Bill Clinton | Laura Tyson */
  bool is_office = i && together(f, i - 1, i) && tok(f, i - 1)->flags & RCPI_TOK_FUNCTION;   /* du Trésor | Xavier X */
  bool is_head = k == i + 1 && rcpi_sign_head_type(&f->s, i, NULL) != RCPI_NAME_OTHER;              /* Fondation Nicolas X */
  bool has_complement = false;
  for (size_t j = i + 1; j < k; j++) has_complement |= particle(f, j, "inner");              /* Banque de France | Christian X */
  bool is_caption = k == i + 1 && tok(f, i)->flags & RCPI_TOK_INITIAL && rcpi_sign_common(&f->s, i) && !is_head;   /* Photo | Jean X */
  return is_whole || is_caption || is_second || has_complement || (is_office && !is_head);
}

/* The number of a product or mission, not one that counts what follows: Falcon 9, Apollo 11. */
static bool is_model_number(const finder *f, size_t i) {
  const rcpi_token *t = tok(f, i);
  if (t->kind != RCPI_TOK_NUMBER || t->end - t->beg > 3 || t->flags & RCPI_TOK_GLUED) return false;
  for (uint32_t k = t->beg; k < t->end; k++)
    if (!rcpi_is_digit((unsigned char)f->text->s.p[k])) return false;
  if (!together(f, i, i + 1)) return true;
  bool is_plain_end = t[1].kind == RCPI_TOK_MARK ? t[1].flags & RCPI_TOK_GLUED && strchr(".,;:!?)", f->text->s.p[t[1].beg]) : t[1].kind == RCPI_TOK_WORD;
  if (rcpi_sign_small(&f->s, i + 1)) return t[1].kind == RCPI_TOK_WORD && head(f, i + 1, "tail");   /* the Corvus 6 rocket */
  return is_plain_end && !(t[1].flags & RCPI_TOK_GLUED && t[1].kind == RCPI_TOK_WORD) && !rcpi_sign_calendar(&f->s, i + 1);
}

/* End of the run of capitals that begins at token i. `is_closed`: nothing with de or of behind it is part of it. */
static size_t run_end(const finder *f, size_t i, bool is_closed) {
  rcpi_name_type type;
  size_t end = i + 1, n_parts = 1, k = rcpi_sign_known(&f->s, i, &type);
  is_closed |= is_acronym(f, i) && !head(f, i, "extends");
  if (k > i) {
    if (type == RCPI_NAME_PLACE) is_closed = true;   /* la Russie de Poutine */
    end = k;
  }
  bool is_shouted = f->s.is_shouted[tok(f, i)->sentence], has_particle = false;
  while (together(f, i, end) && !is_possessive(f, end - 1)) {
    bool is_behind_head = end > i + 1 && head(f, end - 1, "extends");   /* Lisbon Institute | of Planetology */
    bool may_join = is_behind_head || (!is_closed && (n_parts == 1 || has_particle || head(f, i, "extends") || head(f, i, "tail")));
    if (starts_person(f, i, end)) break;
    if (is_initial_point(f, end) && rcpi_sign_capital(&f->s, end + 1)) end += 2;
    else if (goes_on(f, end)) end++, n_parts++;
    else if (!is_closed && is_model_number(f, end)) return end + 1;
    else if (!is_shouted && (k = inner_particles(f, end, may_join))) end += k + 1, n_parts++, has_particle = true;
    else break;
  }
  return end;
}

/* ---------------------------------------------------------------------------------------------- small words around */

/* Over de, du, de la, "et des" from token k: where the word behind them stands; k without them. */
static size_t over_particles(const finder *f, size_t k) {
  size_t i = k;
  if (k && together(f, k - 1, k) && tok(f, k)->flags & RCPI_TOK_FUNCTION && particle(f, k, "and") && together(f, k, k + 1) && particle(f, k + 1, "inner")) i++;
  size_t first = i;
  while (i < first + 3 && together(f, k - 1, i) && (particle(f, i, "inner") || (i > first && particle(f, i, "article")))) i++;
  return i > first && together(f, k - 1, i) ? i : k;
}

/* "Cour | internationale de justice": adjectives, then complements with de, two at most; behind a name no small word. */
static size_t completed(const finder *f, size_t end) {
  for (int n = 0; n < 2 && together(f, end - 1, end) && rcpi_sign_epithet(&f->s, end); n++) end++;
  for (int n = 0; n < 2; n++) {
    size_t k = over_particles(f, end);
    bool is_name = rcpi_sign_name_word(&f->s, k), is_small = rcpi_sign_small(&f->s, k) && !rcpi_sign_calendar(&f->s, k);
    if (k == end || !(is_name || (is_small && !rcpi_sign_capital(&f->s, end - 1)) || (is_small && n == 0))) break;
    end = k + 1;
    while (is_name && together(f, end - 1, end) && rcpi_sign_name_word(&f->s, end) && !rcpi_sign_given(&f->s, end)) end++;
    if (together(f, end - 1, end) && rcpi_sign_small(&f->s, end) && rcpi_sign_adjective(&f->s, end)) end++;
  }
  return end;
}

/* Where de, du, de la before token k begin; k without them. */
static size_t before_particles(const finder *f, size_t k) {
  size_t i = k;
  while (i && k - i < 2 && together(f, i - 1, k) && (particle(f, i - 1, "inner") || particle(f, i - 1, "article"))) i--;
  return i < k && particle(f, i, "inner") ? i : k;
}

/* The small head, with one word behind it that should be an adjective, that ends before token k; or RCPI_NONE. */
static size_t head_ending(const finder *f, size_t k, const char *use) {
  if (!k || !together(f, k - 1, k) || !rcpi_sign_small(&f->s, k - 1)) return RCPI_NONE;
  if (head(f, k - 1, use)) return k - 1;
  if (k < 2 || !together(f, k - 2, k) || !rcpi_sign_small(&f->s, k - 2) || !head(f, k - 2, use)) return RCPI_NONE;
  return rcpi_sign_adjective(&f->s, k - 1) || head(f, k - 2, "chain") ? k - 2 : RCPI_NONE;
}

/* Where a name that begins at token i begins with its small head: "viaduc de", "ministère russe de la"; i without one. */
static size_t head_before(const finder *f, size_t i) {
  size_t k = before_particles(f, i), at = head_ending(f, k, "joins");
  if (at == RCPI_NONE && k == i) at = head_ending(f, k, "direct");
  for (int n = 0; at == RCPI_NONE && n < 2 && k && k < i && together(f, k - 1, i) && rcpi_sign_small(&f->s, k - 1); n++) {
    size_t noun = k - 1;   /* syndicat mixte des | digues | de l'Orvance */
    k = before_particles(f, noun);
    if (k == noun) break;
    at = head_ending(f, k, "chain");
  }
  bool is_free = at != RCPI_NONE && (!f->out.n || f->out.p[f->out.n - 1].at.end_token <= at);
  return is_free ? at : i;
}

/* A role right before token i, over adjectives: le président russe, commandant. */
static bool role_before(const finder *f, size_t i) {
  for (size_t n = 1; n <= 3 && i >= n && together(f, i - n, i); n++) {
    if (rcpi_sign_title(&f->s, i - n, "role") || rcpi_sign_title(&f->s, i - n, "title")) return true;
    if (!rcpi_sign_small(&f->s, i - n) || !rcpi_sign_adjective(&f->s, i - n)) return false;
  }
  return false;
}

/* A determiner with a capital inside a sentence begins a name: Le Monde, L'Écho. */
static bool is_capital_article(const finder *f, size_t i) {
  const rcpi_token *t = tok(f, i);
  return t->flags & RCPI_TOK_CAPITAL && !(t->flags & RCPI_TOK_INITIAL) && !f->s.is_shouted[t->sentence] && particle(f, i, "article") &&
         together(f, i, i + 1) && rcpi_sign_name_word(&f->s, i + 1);
}

/* The field of an office, "l'Intérieur", "les Affaires étrangères": its end, or i. */
static size_t office_field(const finder *f, size_t i) {
  if (!i || !together(f, i - 1, i) || !rcpi_sign_capital(&f->s, i) || !particle(f, i, "field")) return i;
  if (!(tok(f, i - 1)->flags & RCPI_TOK_FUNCTION)) return i;
  size_t end = i + 1;
  while (end < i + 3 && together(f, i, end) && rcpi_sign_small(&f->s, end) && rcpi_sign_adjective(&f->s, end)) end++;
  return end;
}

/* ----------------------------------------------------------------------------------------------------------- types */

static bool has_digit(const finder *f, size_t beg, size_t end) {
  rcp_str s = rcpi_at(f->text->s, rcpi_tokens_span(f->text, beg, end));
  for (size_t i = 0; i < s.n; i++)
    if (rcpi_is_digit((unsigned char)s.p[i])) return true;
  return false;
}

static rcpi_name_type type_of(const finder *f, size_t beg, size_t end) {
  size_t n_parts = 0, n_words = 0;
  rcpi_name_type type;
  if (rcpi_sign_known(&f->s, beg, &type) == end) return type;
  if (end - beg > 1 && (type = rcpi_sign_head_type(&f->s, beg, "extends")) != RCPI_NAME_OTHER) return type;
  if (end - beg > 1 && (type = rcpi_sign_head_type(&f->s, end - 1, "tail")) != RCPI_NAME_OTHER) return type;
  for (size_t i = beg + 1; i + 1 < end; i++)
    if (particle(f, i + 1, "inner") && (type = rcpi_sign_head_type(&f->s, i, "extends")) != RCPI_NAME_OTHER) return type;
  if (beg && together(f, beg - 1, beg) && (type = rcpi_sign_head_type(&f->s, beg - 1, "label")) != RCPI_NAME_OTHER) return type;
  if (has_digit(f, beg, end)) return RCPI_NAME_PRODUCT;
  for (size_t i = beg; i < end; i++) {
    n_parts += rcpi_sign_capital(&f->s, i);
    n_words += tok(f, i)->kind == RCPI_TOK_WORD;
  }
  if (n_parts >= 2 && rcpi_sign_given(&f->s, beg)) return RCPI_NAME_PERSON;
  if (end == beg + 1 && is_acronym(f, beg)) return RCPI_NAME_ORG;
  if (n_parts == 1 && beg && together(f, beg - 1, beg) && particle(f, beg - 1, "place")) return RCPI_NAME_PLACE;
  for (size_t i = beg; i < end && n_parts >= 2; i++)
    if (rcpi_sign_capital(&f->s, i) && rcpi_sign_common(&f->s, i)) return RCPI_NAME_ORG;   /* Nouveau Centre, Crédit X */
  return n_parts >= 2 && n_parts <= 3 && n_parts == n_words ? RCPI_NAME_PERSON : RCPI_NAME_OTHER;
}

/* ----------------------------------------------------------------------------------------------------------- names */

static void add(finder *f, size_t beg, size_t end, rcpi_name_type type, bool has_title) {
  rcpi_push(f->a, &f->out, (rcpi_name){{(uint32_t)beg, (uint32_t)end}, type, has_title});
}

/* "M." or "Mme" at token i: where the name behind it begins; i when there is none. */
static size_t behind_title(const finder *f, size_t i) {
  if (!rcpi_sign_title(&f->s, i, "title")) return i;
  size_t k = i + 1;
  if (together(f, i, k) && tok(f, k)->kind == RCPI_TOK_MARK && f->text->s.p[tok(f, k)->beg] == '.') k++;
  return together(f, i, k) && rcpi_sign_capital(&f->s, k) ? k : i;
}

/* Behind the last role in a run: Interior Minister | Armand X. */
static size_t behind_roles(const finder *f, size_t beg, size_t end) {
  size_t core = beg;
  for (size_t i = beg; i + 1 < end; i++)
    if (rcpi_sign_title(&f->s, i, "role") && rcpi_sign_name_word(&f->s, i + 1)) core = i + 1;
  return core;
}

/* Le Monde, Le Réveil vernoisien: an article, a run, an adjective. */
static size_t article_name(finder *f, size_t i) {
  size_t end = run_end(f, i + 1, false);
  if (together(f, i, end) && rcpi_sign_small(&f->s, end) && rcpi_sign_adjective(&f->s, end)) end++;
  add(f, i, end, type_of(f, i, end), false);
  return end;
}

/* Of a small head that joins its name. */
static rcpi_name_type head_type(const finder *f, size_t i) {
  rcpi_name_type type = rcpi_sign_head_type(&f->s, i, "joins");
  return type != RCPI_NAME_OTHER ? type : rcpi_sign_head_type(&f->s, i, NULL);
}

/* With its small head before it and small words behind it. */
static size_t plain_name(finder *f, size_t core, bool is_known) {
  size_t end = run_end(f, core, false), at;
  if (head(f, core, "extends")) {
    bool is_alone = end == core + 1;
    end = completed(f, end);
    if (is_alone && end == core + 1 && !is_known) return end;   /* "le Parti", "la Cour": a common noun with a capital */
  }
  if (!is_known && end == core + 1 && rcpi_sign_demonym(&f->s, core)) return end;
  bool is_titlelike = !is_known && end == core + 1 && rcpi_sign_common(&f->s, core) && !(tok(f, core)->flags & RCPI_TOK_INITIAL);
  if (is_titlelike && together(f, core, end) && rcpi_sign_small(&f->s, end) && rcpi_sign_adjective(&f->s, end)) end++;   /* le Réveil vernoisien */
  size_t beg = behind_roles(f, core, end), n_roles = 0;
  for (size_t i = core; i < end; i++) n_roles += rcpi_sign_title(&f->s, i, "role");
  if (n_roles == end - core) return end;   /* Premier Ministre */
  bool has_role = beg > core || role_before(f, beg);
  rcpi_name_type type = has_role ? RCPI_NAME_PERSON : type_of(f, beg, end);
  if (beg == core && (at = head_before(f, core)) < core) {
    beg = at;
    type = head_type(f, at);
  }
  while (together(f, core, end) && rcpi_sign_small(&f->s, end) && head(f, end, "tail")) type = rcpi_sign_head_type(&f->s, end++, "tail");
  add(f, beg, end, type, has_role);
  return end;
}

/* A known name in small letters: l'agence régionale de santé. Where to go on; i when there is none. */
static size_t institution(finder *f, size_t i) {
  rcpi_name_type type;
  size_t end = rcpi_sign_known_small(&f->s, i, &type);
  if (end > i + 1) add(f, i, end, type, false);
  return end;
}

/*
 * The small words before an acronym in brackets that its letters begin, one each: agence spatiale nordique (ASN). Where
 * they begin, or i, the bracket (Schwartz and Hearst's idea, 2003).
 */
static size_t spelled_out(const finder *f, size_t i, rcp_str letters) {
  size_t at = letters.n;
  uint32_t taken = f->out.n ? f->out.p[f->out.n - 1].at.end_token : 0;
  for (size_t k = i; k-- > taken && i - k <= 12 && together(f, k, i);) {
    const rcpi_token *t = tok(f, k);
    if (t->kind == RCPI_TOK_MARK) break;
    if (t->flags & RCPI_TOK_FUNCTION) continue;
    if (!at || t->fold.p[0] != letters.p[at - 1]) break;
    if (--at == 0) return k;
  }
  return i;
}

static void add_spelled_out(finder *f, size_t i) {
  bool is_bracketed = i && together(f, i - 1, i) && f->text->s.p[tok(f, i - 1)->beg] == '(' && is_acronym(f, i) && tok(f, i)->fold.n >= 3;
  size_t beg = is_bracketed ? spelled_out(f, i - 1, tok(f, i)->fold) : i;
  if (beg < i - is_bracketed) add(f, beg, i - 1, RCPI_NAME_ORG, false);
}

/* The name at token i: where to go on; i when there is none. */
static size_t name_at(finder *f, size_t i) {
  size_t core = behind_title(f, i), end, at;
  rcpi_name_type type;
  if (core > i) {
    end = run_end(f, core, true);
    add(f, i, end, RCPI_NAME_PERSON, true);
    return end;
  }
  if ((end = office_field(f, i)) > i) {   /* "ministère de l'Intérieur" is a name, its field alone is none */
    if ((at = head_before(f, i)) < i) add(f, at, end, head_type(f, at), false);
    return end;
  }
  if (rcpi_sign_small(&f->s, i) && rcpi_sign_head_type(&f->s, i, NULL) != RCPI_NAME_OTHER) return institution(f, i);
  bool is_known = rcpi_sign_known(&f->s, i, &type) > i;
  if (!is_known && is_capital_article(f, i)) return article_name(f, i);
  if (!is_known && (!rcpi_sign_name_word(&f->s, i) || !rcpi_sign_is_sure(&f->s, i) || rcpi_sign_title(&f->s, i, "role"))) return i;
  add_spelled_out(f, i);
  return plain_name(f, i, is_known);
}

/* ------------------------------------------------------------------------------------------------- digits before letters */

enum { LEAST_BEHIND_DIGITS = 4, MOST_DIGITS = 4 };

/* A number of few digits and a word behind it: glued (40braises, no unit), or apart and with a capital (40 Braises). */
static bool is_numbered(const finder *f, size_t i, bool is_glued) {
  if (!together(f, i, i + 1) || tok(f, i)->kind != RCPI_TOK_NUMBER || tok(f, i)->end - tok(f, i)->beg > MOST_DIGITS) return false;
  const rcpi_token *word = tok(f, i + 1);
  bool is_word = word->kind == RCPI_TOK_WORD && word->fold.n >= LEAST_BEHIND_DIGITS && is_glued == (bool)(word->flags & RCPI_TOK_GLUED);
  return is_word && (is_glued ? rcpi_table_find(f->s.units, word->fold) == RCPI_NONE : rcpi_sign_capital(&f->s, i + 1));
}

/* "40 braises" of both spellings. */
static rcp_str joined(const finder *f, size_t i) {
  return rcpi_printf(f->a, "%.*s %.*s", RCPI_P(tok(f, i)->fold), RCPI_P(tok(f, i + 1)->fold));
}

/* Numbered names: those that the text writes in one word and in two. */
static void read_numbered(finder *f) {
  rcpi_map glued = {0};
  for (size_t i = 0; i + 1 < f->text->n_tokens; i++)
    if (is_numbered(f, i, true)) rcpi_map_put(f->a, &glued, joined(f, i), 0, NULL);
  for (size_t i = 0; glued.n && i + 1 < f->text->n_tokens; i++)
    if (is_numbered(f, i, false) && rcpi_map_get(&glued, joined(f, i))) rcpi_map_put(f->a, &f->numbered, joined(f, i), 0, NULL);
}

static bool is_numbered_name(const finder *f, size_t i) {
  return f->numbered.n && (is_numbered(f, i, true) || is_numbered(f, i, false)) && rcpi_map_get(&f->numbered, joined(f, i));
}

void rcpi_names_find(rcpi_arena *a, const rcpi_text *text, rcpi_marks *marks) {
  finder f = {.a = a, .text = text};
  rcpi_signs_read(a, text, marks, &f.s);
  read_numbered(&f);
  for (size_t i = 0; i < text->n_tokens;) {
    size_t next = name_at(&f, i);
    if (next == i && is_numbered_name(&f, i)) add(&f, i, next = i + 2, RCPI_NAME_OTHER, false);
    i = next > i ? next : i + 1;
  }
  marks->names = f.out.p;
  marks->n_names = f.out.n;
}

size_t rcpi_names_behind(const rcpi_marks *m, uint32_t token) {
  size_t lo = 0, hi = m->n_names;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (m->names[mid].at.end_token <= token) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}
