/*
 * Mentions become spellings (their folded words without titles and particles), spellings become groups by union-find, in
 * this order: one key in the table of known names (ONU, UN, Nations unies); an acronym and its words; the same words in
 * any order, each the same by its sound or but for a letter; a short form and the one long form that it fits.
 *
 * Sound: a key without accents, silent letters and doubled ones, in which what transliterations disagree on is one
 * (w and v, ou and u, o and u, kh and k): Louhansk and Lougansk, Muhajir and Mohajer meet. A letter's difference counts
 * for long words only, and one-word names ask for more than names of several words.
 *
 * What keeps names apart: two known keys, two numbers (G7, G20), words that differ (nord, sud), a second long form that
 * fits as well (two people of one name), a known place as the beginning of something else (Washington Post).
 *
 * Cost: linear in mentions. Spellings are compared only where they share a word or a similar one; similar words are found
 * by their keys with one letter deleted (Garbe's symmetric delete, 2012), so no step looks at all pairs.
 *
 * Known weakness: "Paul Durand" and his brother "Jean Durand" are kept apart, but "Durand" then belongs to neither.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mark/name_group.h"

#include <stdlib.h>

#include "base/unicode.h"
#include "base/utf8.h"
#include "mark/plain.h"

enum { MAX_NAME_WORDS = 10, NO_KEY = UINT32_MAX };

typedef RCPI_VEC(uint32_t) ids;

typedef struct name_word {
  rcp_str fold, key;
  ids spellings;
  ids similar;                 /* words, itself first, once they are asked for */
  bool has_digit, is_head, is_read;
  bool is_noun;                /* of heads: not a part (nord, constitutionnelle) */
  bool is_common;              /* in the table of common words: it has no variants but its plural */
  uint32_t langs;              /* 1 << index of each language that it is written in */
} name_word;

typedef struct spelling {
  rcp_str shown;               /* as first written, title left out */
  uint32_t words[MAX_NAME_WORDS];
  rcp_str letters[MAX_NAME_WORDS];   /* the words as written: what an acronym is made of */
  uint32_t n_words;
  uint32_t parent;             /* of union-find */
  uint32_t known;              /* key of names_known, of the whole group at its root; NO_KEY */
  rcp_str number;              /* "6" of Mohajer-6, of the whole group at its root; "" */
  uint32_t n_mentions, n_of_type[RCPI_NAME_OTHER + 1];
  bool is_titled, is_acronym, is_shouted, is_hyphened;
  bool has_head;               /* one word of it is a head, and the rest alone is the same thing: viaduc de X */
  bool is_apart;               /* the rest alone is another thing: préfecture de X */
  rcpi_name_mention first;
} spelling;

typedef struct grouper {
  rcpi_arena *a;
  const rcpi_telling *tellings;
  size_t n_tellings;
  RCPI_VEC(name_word) words;
  rcpi_map word_ids, spelling_ids, known_ids, key_ids;
  RCPI_VEC(spelling) spellings;
  RCPI_VEC(ids) by_key;        /* words by key, and by key with a letter deleted */
  uint32_t **spelling_of;      /* [telling][name] */
} grouper;

/* ----------------------------------------------------------------------------------------------------------- sound */

typedef struct change { const char *from, *to; } change;

/* In this order: a later change sees what an earlier one made. */
static const change changes[] = {
    {"ou", "u"}, {"oo", "u"}, {"ee", "i"}, {"ph", "f"}, {"kh", "h"}, {"gh", "g"}, {"w", "v"}, {"y", "i"}, {"ck", "k"},
    {"qu", "k"}, {"tch", "s"}, {"sch", "s"}, {"sh", "s"}, {"ch", "s"}, {"c", "k"}, {"j", "g"}, {"z", "s"}, {"o", "u"}, {"e", "i"},
    {"th", "t"}, {"h", ""},
};

static size_t replace(char *s, size_t n, change c) {
  size_t from = strlen(c.from), to = strlen(c.to), out = 0;
  for (size_t i = 0; i < n;) {
    if (i + from <= n && memcmp(s + i, c.from, from) == 0) {
      memcpy(s + out, c.to, to);
      out += to;
      i += from;
    } else {
      s[out++] = s[i++];
    }
  }
  return out;
}

static rcp_str sound_key(rcpi_arena *a, rcp_str fold) {
  char *s = rcpi_dup(fold, a).p ? (char *)rcpi_array(a, char, fold.n + 1) : NULL;
  size_t n = fold.n, out = 0;
  memcpy(s, fold.p, n);
  for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) n = replace(s, n, changes[i]);
  for (size_t i = 0; i < n; i++)
    if (!out || s[out - 1] != s[i]) s[out++] = s[i];
  if (out > 2 && s[out - 1] == 'i') out--;
  return (rcp_str){s, out};
}

/* Edit distance (insert, delete, replace), or cap + 1 when it is more than cap. */
static size_t distance(rcp_str a, rcp_str b, size_t cap) {
  size_t row[64];
  if (a.n > 63 || b.n > 63) return cap + 1;
  if (a.n > b.n + cap || b.n > a.n + cap) return cap + 1;
  for (size_t k = 0; k <= b.n; k++) row[k] = k;
  for (size_t i = 1; i <= a.n; i++) {
    size_t diagonal = row[0], least = row[0] = i;
    for (size_t k = 1; k <= b.n; k++) {
      size_t above = row[k], best = diagonal + (a.p[i - 1] != b.p[k - 1]);
      if (above + 1 < best) best = above + 1;
      if (row[k - 1] + 1 < best) best = row[k - 1] + 1;
      diagonal = above;
      row[k] = best;
      if (best < least) least = best;
    }
    if (least > cap) return cap + 1;
  }
  return row[b.n];
}

typedef enum likeness { DIFFERENT, COGNATE, LETTER_OFF, SAME_SOUND, SAME_WORD } likeness;

/* Paul and Paule, Jean and Jeanne are two people. */
static bool is_feminine_pair(rcp_str a, rcp_str b) {
  if (a.n > b.n) return is_feminine_pair(b, a);
  return b.n > a.n && b.n <= a.n + 2 && rcpi_starts(b, a) && b.p[b.n - 1] == 'e';
}

static likeness compare(const name_word *a, const name_word *b) {
  if (rcpi_eq(a->fold, b->fold)) return SAME_WORD;
  if (a->has_digit || b->has_digit || a->is_head || b->is_head) return DIFFERENT;
  size_t n = a->fold.n < b->fold.n ? a->fold.n : b->fold.n;
  if ((a->is_common || b->is_common) && a->langs & b->langs) {
    bool is_plural = n + 1 == a->fold.n + b->fold.n - n && memcmp(a->fold.p, b->fold.p, n) == 0 && (a->fold.n > n ? a : b)->fold.p[n] == 's';
    return is_plural ? SAME_SOUND : DIFFERENT;
  }
  if (rcpi_eq(a->key, b->key)) return a->key.n >= 3 ? SAME_SOUND : DIFFERENT;
  bool same_start = a->fold.p[0] == b->fold.p[0] || a->key.p[0] == b->key.p[0];
  if (n < 5 || !same_start) return DIFFERENT;
  size_t shared = 0, longer = a->fold.n + b->fold.n - n;
  while (shared < n && a->fold.p[shared] == b->fold.p[shared]) shared++;
  bool is_cognate = shared >= 6 && shared * 3 >= longer * 2 && !(a->langs & b->langs);   /* hospital, hospitalière */
  size_t d = distance(a->fold, b->fold, 2), k = distance(a->key, b->key, 2);
  if (k < d) d = k;
  return d <= 1 || (n >= 8 && d <= 2) ? LETTER_OFF : is_cognate ? COGNATE : DIFFERENT;
}

/* ----------------------------------------------------------------------------------------------------------- words */

static ids *bucket(grouper *g, rcp_str key) {
  bool is_new;
  uint32_t i = *rcpi_map_put(g->a, &g->key_ids, key, (uint32_t)g->by_key.n, &is_new);
  if (is_new) rcpi_push(g->a, &g->by_key, (ids){0});
  return &g->by_key.p[i];
}

enum { STEM_LETTERS = 6 };

/* Words that begin alike, for cognates. */
static rcp_str stem_key(char out[STEM_LETTERS + 1], rcp_str fold) {
  out[0] = '^';
  memcpy(out + 1, fold.p, STEM_LETTERS);
  return (rcp_str){out, STEM_LETTERS + 1};
}

static uint32_t word_id(grouper *g, rcp_str fold) {
  bool is_new;
  uint32_t id = *rcpi_map_put(g->a, &g->word_ids, fold, (uint32_t)g->words.n, &is_new);
  if (!is_new) return id;
  name_word w = {.fold = fold, .key = sound_key(g->a, fold)};
  for (size_t i = 0; i < fold.n; i++) w.has_digit |= rcpi_is_digit((unsigned char)fold.p[i]);
  rcpi_push(g->a, &g->words, w);
  rcpi_push(g->a, bucket(g, w.key), id);
  if (fold.n > STEM_LETTERS) rcpi_push(g->a, bucket(g, stem_key(rcpi_array(g->a, char, STEM_LETTERS + 1), fold)), id);
  for (size_t i = 0; w.key.n >= 4 && w.key.n < 40 && i < w.key.n; i++) {
    char *s = rcpi_array(g->a, char, w.key.n);
    memcpy(s, w.key.p, i);
    memcpy(s + i, w.key.p + i + 1, w.key.n - i - 1);
    ids *b = bucket(g, (rcp_str){s, w.key.n - 1});
    if (!b->n || b->p[b->n - 1] != id) rcpi_push(g->a, b, id);
  }
  return id;
}

static void add_similar(grouper *g, name_word *w, uint32_t self, rcp_str key) {
  const uint32_t *i = rcpi_map_get(&g->key_ids, key);
  for (size_t k = 0; i && k < g->by_key.p[*i].n; k++) {
    uint32_t other = g->by_key.p[*i].p[k];
    bool is_there = other == self;
    for (size_t m = 0; m < w->similar.n; m++) is_there |= w->similar.p[m] == other;
    if (!is_there && compare(w, &g->words.p[other]) != DIFFERENT) rcpi_push(g->a, &w->similar, other);
  }
}

static const ids *similar_to(grouper *g, uint32_t word) {
  name_word *w = &g->words.p[word];
  if (w->is_read) return &w->similar;
  w->is_read = true;
  rcpi_push(g->a, &w->similar, word);
  char stem[STEM_LETTERS + 1];
  add_similar(g, w, word, w->key);
  if (w->fold.n > STEM_LETTERS) add_similar(g, w, word, stem_key(stem, w->fold));
  char s[40];
  for (size_t i = 0; w->key.n >= 4 && w->key.n < sizeof s && i < w->key.n; i++) {
    memcpy(s, w->key.p, i);
    memcpy(s + i, w->key.p + i + 1, w->key.n - i - 1);
    add_similar(g, w, word, (rcp_str){s, w->key.n - 1});
  }
  return &w->similar;
}

/* ------------------------------------------------------------------------------------------------------- spellings */

typedef struct lang_tables {
  const rcpi_table *known, *media, *heads, *titles, *particles, *common;
  int key, title_kind, particle_kind, head_same, head_key, head_use, medium_name;
  rcpi_map media_names;        /* folded name -> row */
  const rcpi_lang *lang;
} lang_tables;

static void read_tables(rcpi_arena *a, const rcpi_lang *lang, lang_tables *t) {
  *t = (lang_tables){.known = rcpi_lang_table(lang, "names_known"), .media = rcpi_lang_table(lang, "media"),
                     .heads = rcpi_lang_table(lang, "name_heads"), .titles = rcpi_lang_table(lang, "name_titles"),
                     .particles = rcpi_lang_table(lang, "name_particles"),
                     .common = rcpi_lang_table(lang, "common_words"), .lang = lang};
  t->key = rcpi_table_column(t->known, "key");
  t->medium_name = rcpi_table_column(t->media, "canonical");
  t->title_kind = rcpi_table_column(t->titles, "kind");
  t->particle_kind = rcpi_table_column(t->particles, "kind");
  t->head_same = rcpi_table_column(t->heads, "same");
  t->head_key = rcpi_table_column(t->heads, "key");
  t->head_use = rcpi_table_column(t->heads, "use");
  for (uint32_t i = 0; i < t->media->n_rows; i++) rcpi_map_put(a, &t->media_names, rcpi_plain_fold(a, rcpi_cell(t->media, i, 0)), i, NULL);
}

static bool is_small(const lang_tables *t, rcp_str w) {
  size_t row = rcpi_table_find(t->particles, w);
  if (row == RCPI_NONE) return false;
  rcp_str kind = rcpi_cell(t->particles, row, (size_t)t->particle_kind);
  return rcpi_is(kind, "inner") || rcpi_is(kind, "article");
}

typedef struct pieces { rcp_str w[24]; size_t n; } pieces;

/* The folded words of a mention, cut at hyphens and apostrophes, 's left out. */
static void cut(rcp_str fold, pieces *out) {
  size_t beg = 0;
  for (size_t i = 0; i <= fold.n; i++) {
    if (i < fold.n && fold.p[i] != '-' && fold.p[i] != '\'') continue;
    bool is_possessive = i == fold.n && i == beg + 1 && beg && fold.p[beg - 1] == '\'' && fold.p[beg] == 's';
    if (i > beg && out->n < 24 && !is_possessive) out->w[out->n++] = rcpi_sub(fold, beg, i);
    beg = i + 1;
  }
}

static uint32_t known_key(grouper *g, const lang_tables *t, const pieces *p, size_t first) {
  char phrase[RCPI_PHRASE_BYTES];
  size_t n = 0;
  for (size_t i = first; i < p->n; i++) {
    if (n + p->w[i].n + 1 > sizeof phrase) return NO_KEY;
    if (n) phrase[n++] = ' ';
    memcpy(phrase + n, p->w[i].p, p->w[i].n);
    n += p->w[i].n;
  }
  size_t row = rcpi_table_find(t->known, (rcp_str){phrase, n});
  const uint32_t *medium = rcpi_map_get(&t->media_names, (rcp_str){phrase, n});
  if (row == RCPI_NONE && !medium) return NO_KEY;
  rcp_str key = row != RCPI_NONE ? rcpi_cell(t->known, row, (size_t)t->key)
                                 : rcpi_printf(g->a, "media:%.*s", RCPI_P(rcpi_cell(t->media, *medium, (size_t)t->medium_name)));
  return *rcpi_map_put(g->a, &g->known_ids, key, (uint32_t)g->known_ids.n, NULL);
}

static void add_word(grouper *g, const lang_tables *t, spelling *s, uint32_t id, rcp_str written) {
  if (s->n_words == MAX_NAME_WORDS) return;
  g->words.p[id].langs |= t->lang ? (uint32_t)1 << (t->lang->index & 31) : 0;
  s->letters[s->n_words] = written;
  s->words[s->n_words++] = id;
}

/* A head is one word in all languages, "=viaduct", or several (CHU: university+hospital), and has no variants. */
static void add_head(grouper *g, const lang_tables *t, spelling *s, size_t row, rcp_str written) {
  bool is_noun = !rcpi_is(rcpi_cell(t->heads, row, (size_t)t->head_use), "part");
  if (is_noun) {
    if (rcpi_is(rcpi_cell(t->heads, row, (size_t)t->head_same), "yes")) s->has_head = true;
    else s->is_apart = true;
  }
  rcp_str key, rest = rcpi_cell(t->heads, row, (size_t)t->head_key);
  while (rcpi_next_field(&rest, '+', &key)) {
    uint32_t id = word_id(g, rcpi_printf(g->a, "=%.*s", RCPI_P(key)));
    g->words.p[id].is_head = true;
    g->words.p[id].is_noun |= is_noun;
    add_word(g, t, s, id, written);
  }
}

/* Reads mention `name` into a spelling: its words, what is known of it. */
static spelling read_spelling(grouper *g, const rcpi_telling *telling, const rcpi_name *name, const lang_tables *t) {
  const rcpi_text *text = &telling->text;
  spelling s = {.known = NO_KEY, .number = {"", 0}};
  pieces p = {.n = 0};
  uint32_t beg = name->at.token;
  bool all_capitals = true;
  if (name->at.end_token > beg + 1) {
    size_t row = rcpi_table_find(t->titles, text->tokens[beg].fold);
    if (row != RCPI_NONE && rcpi_is(rcpi_cell(t->titles, row, (size_t)t->title_kind), "title")) s.is_titled = true, beg++;
    if (s.is_titled && text->tokens[beg].kind == RCPI_TOK_MARK && beg + 1 < name->at.end_token) beg++;
  }
  for (uint32_t i = beg; i < name->at.end_token; i++) {
    if (text->tokens[i].kind == RCPI_TOK_MARK) continue;
    cut(text->tokens[i].fold, &p);
    s.is_hyphened |= rcpi_find_char(text->tokens[i].fold, '-') != RCPI_NONE;
    all_capitals &= (text->tokens[i].flags & (RCPI_TOK_CAPITALS | RCPI_TOK_FUNCTION)) != 0;
  }
  size_t first = 0;
  while (first + 1 < p.n && is_small(t, p.w[first])) first++;
  s.shown = rcpi_at(text->s, rcpi_tokens_span(text, beg, name->at.end_token));
  s.known = known_key(g, t, &p, first);
  s.is_shouted = all_capitals;
  for (size_t i = first; i < p.n && s.n_words < MAX_NAME_WORDS; i++) {
    if (is_small(t, p.w[i])) continue;
    bool may_be_head = p.n > first + 1 || all_capitals;   /* CHU alone too */
    size_t row = may_be_head ? rcpi_table_find(t->heads, p.w[i]) : RCPI_NONE;
    if (row != RCPI_NONE) {
      add_head(g, t, &s, row, p.w[i]);
      continue;
    }
    uint32_t id = word_id(g, p.w[i]);
    g->words.p[id].is_common |= rcpi_table_find(t->common, p.w[i]) != RCPI_NONE;
    if (g->words.p[id].has_digit) s.number = g->words.p[id].fold;
    add_word(g, t, &s, id, p.w[i]);
  }
  s.is_titled &= s.n_words == 1;
  rcp_str one = p.n == 1 ? p.w[0] : (rcp_str){"", 0};
  s.is_acronym = all_capitals && one.n >= 2 && one.n <= 6 && !s.number.n;
  return s;
}

static rcp_str spelling_name(grouper *g, const spelling *s) {
  size_t n = 0;
  for (size_t i = 0; i < s->n_words; i++) n += g->words.p[s->words[i]].fold.n + 1;
  char *p = rcpi_array(g->a, char, n + 3);
  n = 0;
  for (size_t i = 0; i < s->n_words; i++) {
    rcp_str w = g->words.p[s->words[i]].fold;
    memcpy(p + n, w.p, w.n);
    n += w.n;
    p[n++] = ' ';
  }
  if (s->is_titled) p[n++] = '*';   /* "M. Kim" is not "Kim" until something says so; "M. Jo Kim" is "Jo Kim" */
  return (rcp_str){p, n};
}

static void add_mention(grouper *g, uint32_t telling, uint32_t name, const lang_tables *t) {
  const rcpi_name *m = &g->tellings[telling].marks.names[name];
  spelling s = read_spelling(g, &g->tellings[telling], m, t);
  bool is_new;
  uint32_t id = *rcpi_map_put(g->a, &g->spelling_ids, spelling_name(g, &s), (uint32_t)g->spellings.n, &is_new);
  if (is_new) {
    s.parent = id;
    s.first = (rcpi_name_mention){telling, name};
    rcpi_push(g->a, &g->spellings, s);
    for (size_t i = 0; i < s.n_words; i++) {
      ids *in = &g->words.p[s.words[i]].spellings;
      if (!in->n || in->p[in->n - 1] != id) rcpi_push(g->a, in, id);
    }
  }
  spelling *kept = &g->spellings.p[id];
  if (kept->is_shouted && !s.is_shouted) kept->shown = s.shown, kept->is_shouted = false;
  kept->is_acronym &= s.is_acronym;
  kept->n_mentions++;
  kept->n_of_type[m->type]++;
  g->spelling_of[telling][name] = id;
}

/* ---------------------------------------------------------------------------------------------------------- unions */

static uint32_t root(grouper *g, uint32_t i) {
  while (g->spellings.p[i].parent != i) i = g->spellings.p[i].parent = g->spellings.p[g->spellings.p[i].parent].parent;
  return i;
}

/* Unless something keeps them apart. */
static void unite(grouper *g, uint32_t a, uint32_t b) {
  a = root(g, a);
  b = root(g, b);
  if (a == b) return;
  if (a > b) {
    uint32_t c = a;
    a = b;
    b = c;
  }
  spelling *x = &g->spellings.p[a], *y = &g->spellings.p[b];
  if (x->known != NO_KEY && y->known != NO_KEY && x->known != y->known) return;
  if (x->number.n && y->number.n && !rcpi_eq(x->number, y->number)) return;
  y->parent = a;
  if (x->known == NO_KEY) x->known = y->known;
  if (!x->number.n) x->number = y->number;
}

static void unite_known(grouper *g) {
  uint32_t *first = rcpi_array(g->a, uint32_t, g->known_ids.n + 1);
  for (uint32_t i = 0; i < g->spellings.n; i++) {
    uint32_t key = g->spellings.p[i].known;
    if (key == NO_KEY) continue;
    if (first[key]) unite(g, first[key] - 1, i);
    else first[key] = i + 1;
  }
}

static rcpi_name_type type_of(const spelling *s) {
  static const uint8_t weight[RCPI_NAME_OTHER + 1] = {8, 8, 8, 8, 8, 8, 1};
  size_t best = RCPI_NAME_OTHER, most = 0;
  for (size_t i = 0; i <= RCPI_NAME_OTHER; i++)
    if ((size_t)s->n_of_type[i] * weight[i] > most) most = (size_t)s->n_of_type[i] * weight[i], best = i;
  return (rcpi_name_type)best;
}


static bool is_consonant(char c) { return c >= 'a' && c <= 'z' && !strchr("aeiouy", c); }

/*
 * Does the acronym spell the name: in order, every word's first letter? Unless `is_strict` what is left may begin a
 * syllable inside a word behind a head: ANP of "Agence Novapresse".
 */
static bool spells(const grouper *g, rcp_str acronym, const spelling *s, bool is_strict) {
  size_t at = 0;
  if (!is_strict && !(s->n_words < acronym.n && g->words.p[s->words[0]].is_head)) return false;
  for (size_t i = 0; i < s->n_words; i++) {
    rcp_str w = s->letters[i];
    if (at == acronym.n || acronym.p[at] != w.p[0]) return false;
    at++;
    for (size_t k = 1; !is_strict && at < acronym.n && k + 2 < w.n; k++)
      if (w.p[k] == acronym.p[at] && is_consonant(w.p[k]) && (i + 1 == s->n_words || s->letters[i + 1].p[0] != acronym.p[at])) at++;
  }
  return at == acronym.n;
}

/* Do the letters stand in the name in this order, the first one first? */
static bool has_letters(rcp_str acronym, const spelling *s) {
  size_t at = 0;
  for (size_t i = 0; i < s->n_words; i++) {
    rcp_str w = s->letters[i];
    if (i == 0 && w.p[0] != acronym.p[0]) return false;
    for (size_t k = 0; k < w.n && at < acronym.n; k++) at += w.p[k] == acronym.p[at];
  }
  return at == acronym.n;
}

/* "Fédération du rail (FSR)" and "FSR (Fédération du rail)". */
static void unite_bracketed(grouper *g, uint32_t telling) {
  const rcpi_telling *t = &g->tellings[telling];
  for (uint32_t i = 0; i + 1 < t->marks.n_names; i++) {
    const rcpi_name *x = &t->marks.names[i], *y = x + 1;
    if (y->at.token != x->at.end_token + 1 || t->text.s.p[t->text.tokens[x->at.end_token].beg] != '(') continue;
    uint32_t a = g->spelling_of[telling][i], b = g->spelling_of[telling][i + 1];
    const spelling *p = &g->spellings.p[a], *q = &g->spellings.p[b];
    if (p->is_acronym == q->is_acronym) continue;
    const spelling *acronym = p->is_acronym ? p : q, *full = p->is_acronym ? q : p;
    rcp_str letters = acronym->letters[0];
    bool is_person = type_of(full) == RCPI_NAME_PERSON;   /* Patricia Barbizet (PPR) */
    if (full->n_words >= 2 && (is_person ? spells(g, letters, full, true) : has_letters(letters, full))) unite(g, a, b);
  }
}

/* An acronym and the one name it spells; words are looked up by their first letter. */
static void unite_acronyms(grouper *g) {
  ids by_letter[256] = {{0}};
  for (uint32_t i = 0; i < g->spellings.n; i++) {
    const spelling *s = &g->spellings.p[i];
    rcpi_name_type type = type_of(s);
    if (s->n_words >= 2 && !s->is_titled && !s->is_acronym && type != RCPI_NAME_PERSON && type != RCPI_NAME_PLACE)
      rcpi_push(g->a, &by_letter[(unsigned char)s->letters[0].p[0]], i);
  }
  for (uint32_t i = 0; i < g->spellings.n; i++) {
    if (!g->spellings.p[i].is_acronym || g->spellings.p[i].known != NO_KEY) continue;
    rcp_str letters = g->spellings.p[i].letters[0];
    const ids *c = &by_letter[(unsigned char)letters.p[0]];
    for (int strict = 1; strict >= 0; strict--) {
      uint32_t found = NO_KEY;
      bool is_one = true;
      for (size_t k = 0; k < c->n; k++) {
        if (!spells(g, letters, &g->spellings.p[c->p[k]], strict) || (!strict && letters.n < 3)) continue;
        if (found != NO_KEY && root(g, found) != root(g, c->p[k])) is_one = false;
        found = c->p[k];
      }
      if (found == NO_KEY) continue;
      if (is_one) unite(g, found, i);
      break;
    }
  }
}

/* The likeness of word `w` to the most alike word of s that is not used yet; marks it used. */
static likeness best_in(const grouper *g, uint32_t w, const spelling *s, bool *used) {
  likeness best = DIFFERENT;
  size_t at = 0;
  for (size_t k = 0; k < s->n_words; k++) {
    if (used[k]) continue;
    likeness l = compare(&g->words.p[w], &g->words.p[s->words[k]]);
    if (l > best) best = l, at = k;
  }
  if (best) used[at] = true;
  return best;
}

static uint32_t plain_words(const grouper *g, const spelling *s) {
  uint32_t n = 0;
  for (size_t i = 0; i < s->n_words; i++) n += !g->words.p[s->words[i]].has_digit;
  return n;
}

/* Words in any order, each the same but for its spelling; numbers are left to unite(). */
static bool are_variants(const grouper *g, const spelling *a, const spelling *b) {
  uint32_t n = plain_words(g, a);
  if (!n || n != plain_words(g, b)) return false;
  bool used[MAX_NAME_WORDS] = {false}, any_same = false;
  likeness worst = SAME_WORD;
  size_t longest = 0;
  for (size_t i = 0; i < a->n_words; i++) {
    const name_word *w = &g->words.p[a->words[i]];
    if (w->has_digit) continue;
    likeness l = best_in(g, a->words[i], b, used);
    if (l == DIFFERENT) return false;
    if (l < worst) worst = l;
    any_same |= l >= SAME_SOUND;
    if (w->fold.n > longest) longest = w->fold.n;
    if (i == 0 && n > 1 && l != SAME_WORD && b->n_words && is_feminine_pair(w->fold, g->words.p[b->words[0]].fold)) return false;
  }
  if (n > 1) return worst > LETTER_OFF || any_same || (worst == LETTER_OFF && longest >= 8);
  return worst == SAME_WORD || (worst == SAME_SOUND && longest >= 5) || (worst == LETTER_OFF && longest >= 7);
}

/* Calls fn for every spelling that holds a word like word `w`. */
typedef void visit_fn(grouper *g, uint32_t self, uint32_t other, void *context);
static void visit_like(grouper *g, uint32_t self, uint32_t w, visit_fn *fn, void *context) {
  ids similar = *similar_to(g, w);
  for (size_t i = 0; i < similar.n; i++) {
    const ids *in = &g->words.p[similar.p[i]].spellings;
    for (size_t k = 0; k < in->n; k++)
      if (in->p[k] != self) fn(g, self, in->p[k], context);
  }
}

/* The word of a spelling that fewest spellings hold: the cheapest way to its relatives. */
static uint32_t rarest_word(const grouper *g, const spelling *s) {
  uint32_t best = s->words[0];
  for (size_t i = 0; i < s->n_words; i++) {
    const name_word *w = &g->words.p[s->words[i]];
    if (!w->has_digit && (g->words.p[best].has_digit || w->spellings.n < g->words.p[best].spellings.n)) best = s->words[i];
  }
  return best;
}

static void unite_variant(grouper *g, uint32_t self, uint32_t other, void *context) {
  (void)context;
  const spelling *a = &g->spellings.p[self], *b = &g->spellings.p[other];
  if (a->is_acronym && b->is_acronym) return;
  if (a->is_titled == b->is_titled && are_variants(g, a, b)) unite(g, self, other);
}

typedef struct fit { uint32_t found; int rank; bool is_one; } fit;

/* How well short form `a` fits long form `b`: 0 not, then by last word, by first word, as the name behind a head. */
static int fit_of(const grouper *g, const spelling *a, const spelling *b) {
  if (b->n_words <= a->n_words || b->is_titled || b->is_acronym) return 0;
  if (a->is_acronym && a->words[0] != b->words[0]) return 0;   /* CHU, CHU de X */
  bool used[MAX_NAME_WORDS] = {false};
  for (size_t i = 0; i < a->n_words; i++) {
    likeness l = best_in(g, a->words[i], b, used);
    if (l == DIFFERENT || (l == LETTER_OFF && g->words.p[a->words[i]].fold.n < 7)) return 0;
  }
  rcpi_name_type ta = type_of(a), tb = type_of(b);
  bool leaves_head = false;
  for (size_t i = 0; i < b->n_words; i++) {
    const name_word *w = &g->words.p[b->words[i]];
    leaves_head |= !used[i] && !a->is_acronym && w->is_head && (w->is_noun || a->n_words == 1);
  }
  if (a->is_titled) return (tb == RCPI_NAME_PERSON || tb == RCPI_NAME_OTHER) && !leaves_head ? 2 : 0;
  if (leaves_head && b->has_head && !b->is_apart && b->n_words == a->n_words + 1) return 3;
  bool is_all_heads = true;
  for (size_t i = 0; i < a->n_words; i++) is_all_heads &= g->words.p[a->words[i]].is_noun;
  if (leaves_head || (!a->is_acronym && (is_all_heads || a->known != NO_KEY))) return 0;
  for (size_t i = 0; a->n_words == 1 && !a->is_acronym && tb != RCPI_NAME_PERSON && i < b->n_words; i++)
    if (!used[i] && g->words.p[b->words[i]].is_common && !b->is_hyphened) return 0;   /* Vernoise, Vernoise Matin */
  if (used[0] && (tb != RCPI_NAME_PERSON || ta != RCPI_NAME_PLACE)) return 2;
  return used[b->n_words - 1] && tb == RCPI_NAME_PERSON && ta != RCPI_NAME_PLACE && b->n_words <= 4 ? 1 : 0;
}

static void try_fit(grouper *g, uint32_t self, uint32_t other, void *context) {
  fit *f = context;
  int rank = fit_of(g, &g->spellings.p[self], &g->spellings.p[other]);
  if (!rank || rank < f->rank) return;
  if (rank > f->rank) *f = (fit){other, rank, true};
  else if (root(g, f->found) != root(g, other)) f->is_one = false;
}

/* Longer short forms first, so that "Maurin" finds "Hélène Maurin" already with "Hélène Maurin-Duval". */
static void unite_short(grouper *g) {
  for (uint32_t n = MAX_NAME_WORDS; n > 0; n--)
    for (uint32_t i = 0; i < g->spellings.n; i++) {
      const spelling *s = &g->spellings.p[i];
      if (s->n_words != n) continue;
      fit f = {NO_KEY, 0, true};
      visit_like(g, i, rarest_word(g, s), try_fit, &f);
      if (f.rank && f.is_one) unite(g, f.found, i);
      else if (!f.rank && s->is_titled) visit_like(g, i, rarest_word(g, s), unite_variant, NULL);
    }
}

/* ---------------------------------------------------------------------------------------------------------- result */

/* Is spelling a better to call a group by than b? */
static bool is_fuller(const spelling *a, const spelling *b) {
  if (a->is_titled != b->is_titled) return !a->is_titled;
  if (a->is_acronym != b->is_acronym) return !a->is_acronym;
  if (a->is_shouted != b->is_shouted) return !a->is_shouted;
  if (a->n_words != b->n_words) return a->n_words > b->n_words;
  return a->n_mentions > b->n_mentions;
}

static void write_groups(grouper *g, rcpi_name_groups *out) {
  rcpi_arena *a = g->a;
  uint32_t *group_of = rcpi_array(a, uint32_t, g->spellings.n + 1), *best = rcpi_array(a, uint32_t, g->spellings.n + 1);
  size_t n_groups = 0, n_mentions = 0;
  for (uint32_t i = 0; i < g->spellings.n; i++) {
    uint32_t r = root(g, i);
    if (r == i) best[n_groups] = i, group_of[i] = (uint32_t)n_groups++;
    else group_of[i] = group_of[r];
    spelling *s = &g->spellings.p[i], *sum = &g->spellings.p[r];
    if (is_fuller(s, &g->spellings.p[best[group_of[i]]])) best[group_of[i]] = i;
    for (size_t k = 0; r != i && k <= RCPI_NAME_OTHER; k++) sum->n_of_type[k] += s->n_of_type[k];
    n_mentions += s->n_mentions;
  }
  *out = (rcpi_name_groups){.groups = rcpi_array(a, rcpi_name_group, n_groups), .n_groups = n_groups,
                            .mentions = rcpi_array(a, rcpi_name_mention, n_mentions), .n_mentions = n_mentions, .group_of = g->spelling_of};
  for (uint32_t i = 0; i < g->spellings.n; i++)
    if (root(g, i) == i) {
      out->groups[group_of[i]].type = type_of(&g->spellings.p[i]);
      out->groups[group_of[i]].canonical = g->spellings.p[best[group_of[i]]].shown;
    }
  for (size_t t = 0; t < g->n_tellings; t++)
    for (size_t k = 0; k < g->tellings[t].marks.n_names; k++) {
      g->spelling_of[t][k] = group_of[g->spelling_of[t][k]];
      out->groups[g->spelling_of[t][k]].n++;
    }
  for (size_t i = 1; i < n_groups; i++) out->groups[i].first = out->groups[i - 1].first + out->groups[i - 1].n;
  uint32_t *filled = rcpi_array(a, uint32_t, n_groups + 1);
  for (uint32_t t = 0; t < g->n_tellings; t++)
    for (uint32_t k = 0; k < g->tellings[t].marks.n_names; k++) {
      uint32_t group = g->spelling_of[t][k];
      out->mentions[out->groups[group].first + filled[group]++] = (rcpi_name_mention){t, k};
    }
}

void rcpi_names_group(rcpi_arena *a, const rcpi_telling *tellings, size_t n_tellings, rcpi_name_groups *out) {
  grouper g = {.a = a, .tellings = tellings, .n_tellings = n_tellings, .spelling_of = rcpi_array(a, uint32_t *, n_tellings)};
  lang_tables tables = {.lang = NULL};
  for (uint32_t t = 0; t < n_tellings; t++) {
    if (!tables.known || tables.lang != tellings[t].text.lang) read_tables(a, tellings[t].text.lang, &tables);
    g.spelling_of[t] = rcpi_array(a, uint32_t, tellings[t].marks.n_names + 1);
    for (uint32_t k = 0; k < tellings[t].marks.n_names; k++) add_mention(&g, t, k, &tables);
  }
  unite_known(&g);
  for (uint32_t t = 0; t < n_tellings; t++) unite_bracketed(&g, t);
  unite_acronyms(&g);
  for (uint32_t i = 0; i < g.spellings.n; i++)
    if (g.spellings.p[i].n_words) visit_like(&g, i, rarest_word(&g, &g.spellings.p[i]), unite_variant, NULL);
  unite_short(&g);
  write_groups(&g, out);
}
