/* SPDX-License-Identifier: Apache-2.0 */
#include "mark/name_spelling.h"

#include "mark/plain.h"

struct rcpi_name_tables {
  const rcpi_table *known, *media, *heads, *titles, *particles, *common, *given, *countries;
  int key, title_kind, particle_kind, head_same, head_key, head_use, medium_name, country, country_role;
  bool puts_head_first;        /* viaduc de X, not X viaduct */
  rcpi_map media_names;        /* folded name -> row */
  const rcpi_lang *lang;
};

static void read_tables(rcpi_arena *a, const rcpi_lang *lang, rcpi_name_tables *t) {
  *t = (rcpi_name_tables){.known = rcpi_lang_table(lang, "names_known"), .media = rcpi_lang_table(lang, "media"),
                     .heads = rcpi_lang_table(lang, "name_heads"), .titles = rcpi_lang_table(lang, "name_titles"),
                     .particles = rcpi_lang_table(lang, "name_particles"),
                     .common = rcpi_lang_table(lang, "common_words"),
                     .given = rcpi_lang_table(lang, "given_names"), .countries = rcpi_lang_table(lang, "countries"),
                     .lang = lang};
  t->country = rcpi_table_column(t->countries, "country");
  t->country_role = rcpi_table_column(t->countries, "role");
  t->puts_head_first = !lang || !rcpi_is(rcpi_lang_setting(lang, "noun"), "last");
  t->key = rcpi_table_column(t->known, "key");
  t->medium_name = rcpi_table_column(t->media, "canonical");
  t->title_kind = rcpi_table_column(t->titles, "kind");
  t->particle_kind = rcpi_table_column(t->particles, "kind");
  t->head_same = rcpi_table_column(t->heads, "same");
  t->head_key = rcpi_table_column(t->heads, "key");
  t->head_use = rcpi_table_column(t->heads, "use");
  for (uint32_t i = 0; i < t->media->n_rows; i++) rcpi_map_put(a, &t->media_names, rcpi_plain_fold(a, rcpi_cell(t->media, i, 0)), i, NULL);
}

static bool is_small(const rcpi_name_tables *t, rcp_str w) {
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

static uint32_t known_key(rcpi_spellings *all, const rcpi_name_tables *t, const pieces *p, size_t first) {
  char phrase[RCPI_PHRASE_BYTES];
  size_t n = 0;
  for (size_t i = first; i < p->n; i++) {
    if (n + p->w[i].n + 1 > sizeof phrase) return RCPI_NO_KEY;
    if (n) phrase[n++] = ' ';
    memcpy(phrase + n, p->w[i].p, p->w[i].n);
    n += p->w[i].n;
  }
  size_t row = rcpi_table_find(t->known, (rcp_str){phrase, n});
  const uint32_t *medium = rcpi_map_get(&t->media_names, (rcp_str){phrase, n});
  if (row == RCPI_NONE && !medium) return RCPI_NO_KEY;
  rcp_str key = row != RCPI_NONE ? rcpi_cell(t->known, row, (size_t)t->key)
                                 : rcpi_printf(all->a, "media:%.*s", RCPI_P(rcpi_cell(t->media, *medium, (size_t)t->medium_name)));
  return *rcpi_map_put(all->a, &all->known, key, (uint32_t)all->known.n, NULL);
}

static void add_word(rcpi_spellings *all, const rcpi_name_tables *t, rcpi_spelling *s, uint32_t id, rcp_str written) {
  if (s->n_words == RCPI_NAME_WORDS) return;
  all->words.all.p[id].langs |= t->lang ? (uint32_t)1 << (t->lang->index & 31) : 0;
  s->letters[s->n_words] = written;
  s->words[s->n_words++] = id;
}

static void add_part(rcpi_spellings *all, const rcpi_name_tables *t, rcpi_spelling *s, rcp_str key, bool is_noun, rcp_str written) {
  uint32_t id = rcpi_name_word_id(&all->words, rcpi_printf(all->a, "=%.*s", RCPI_P(key)));
  all->words.all.p[id].is_head = true;
  all->words.all.p[id].is_noun |= is_noun;
  add_word(all, t, s, id, written);
}

/*
 * A head is one word in all languages, "=viaduct", or several (CHU: university+hospital), and has no variants. `has_de`: a
 * particle follows it; without one the head stands beside its name, and the name alone is the same thing (laboratoire X).
 */
static void add_head(rcpi_spellings *all, const rcpi_name_tables *t, rcpi_spelling *s, size_t row, rcp_str written, bool has_de) {
  rcp_str use = rcpi_cell(t->heads, row, (size_t)t->head_use);
  bool is_noun = !rcpi_is(use, "part"), is_same = rcpi_is(rcpi_cell(t->heads, row, (size_t)t->head_same), "yes");
  is_same |= s->n_words == 0 && !has_de && t->puts_head_first && !rcpi_is(use, "direct");
  if (is_noun && is_same) s->has_head = true;
  else if (is_noun) s->is_apart = true;
  rcp_str key, rest = rcpi_cell(t->heads, row, (size_t)t->head_key);
  while (rcpi_next_field(&rest, '+', &key)) add_part(all, t, s, key, is_noun, written);
}

/* russe, Russian: of one country. */
static size_t country_row(const rcpi_name_tables *t, rcp_str w) {
  size_t row = rcpi_table_find(t->countries, w);
  for (; row < t->countries->n_rows && rcpi_eq(rcpi_cell(t->countries, row, 0), w); row++) {
    rcp_str role = rcpi_cell(t->countries, row, (size_t)t->country_role);
    bool is_people = rcpi_is(role, "demonym") || rcpi_is(role, "name");
    if (is_people && !rcpi_is(rcpi_cell(t->countries, row, (size_t)t->country), "*")) return row;
  }
  return RCPI_NONE;
}

/* "ii" and "xvi" of a name; 0 for what is none. */
static uint32_t roman_number(rcp_str s) {
  static const char letters[] = "ivx";
  static const uint32_t values[] = {1, 5, 10};
  uint32_t sum = 0, last = 0;
  for (size_t i = s.n; i-- > 0;) {
    const char *p = memchr(letters, s.p[i], 3);
    if (!p) return 0;
    uint32_t v = values[p - letters];
    sum = v < last ? sum - v : sum + v;
    last = v;
  }
  return s.n <= 5 && sum > 1 ? sum : 0;
}

/* Denmark's: Denmark */
static rcp_str without_possessive(rcp_str s) {
  static const rcp_str ends[] = {{"'s", 2}, {"’s", 4}};
  for (size_t i = 0; i < 2; i++)
    if (s.n > ends[i].n && rcpi_ends(s, ends[i])) s.n -= ends[i].n;
  return s;
}

/* Reads mention `name` into a spelling: its words, what is known of it. */
static rcpi_spelling read_spelling(rcpi_spellings *all, const rcpi_text *text, const rcpi_name *name, const rcpi_name_tables *t) {
  rcpi_spelling s = {.known = RCPI_NO_KEY, .number = {"", 0}};
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
  s.shown = without_possessive(rcpi_at(text->s, rcpi_tokens_span(text, beg, name->at.end_token)));
  s.known = known_key(all, t, &p, first);
  s.is_shouted = all_capitals;
  for (size_t i = first; i < p.n && s.n_words < RCPI_NAME_WORDS; i++) {
    if (is_small(t, p.w[i])) continue;
    bool may_be_head = p.n > first + 1 || all_capitals;   /* CHU alone too */
    size_t row = may_be_head ? rcpi_table_find(t->heads, p.w[i]) : RCPI_NONE;
    if (row != RCPI_NONE) {
      add_head(all, t, &s, row, p.w[i], i + 1 < p.n && is_small(t, p.w[i + 1]));
      continue;
    }
    row = p.n > first + 1 ? country_row(t, p.w[i]) : RCPI_NONE;
    if (row != RCPI_NONE) {
      add_part(all, t, &s, rcpi_cell(t->countries, row, (size_t)t->country), false, p.w[i]);
      continue;
    }
    uint32_t roman = i > first ? roman_number(p.w[i]) : 0;
    uint32_t id = rcpi_name_word_id(&all->words, roman ? rcpi_printf(all->a, "%u", roman) : p.w[i]);
    all->words.all.p[id].is_common |= rcpi_table_find(t->common, p.w[i]) != RCPI_NONE;
    if (all->words.all.p[id].has_digit) s.number = all->words.all.p[id].fold;
    add_word(all, t, &s, id, p.w[i]);
  }
  s.is_human = name->has_title || (s.n_words > 1 && rcpi_table_find(t->given, p.w[first]) != RCPI_NONE);
  s.is_titled &= s.n_words == 1;
  rcp_str one = p.n == 1 ? p.w[0] : (rcp_str){"", 0};
  s.is_acronym = s.n_words && all_capitals && one.n >= 2 && one.n <= 6 && !s.number.n;
  return s;
}

static rcp_str spelling_name(rcpi_spellings *all, const rcpi_spelling *s) {
  size_t n = 0;
  for (size_t i = 0; i < s->n_words; i++) n += all->words.all.p[s->words[i]].fold.n + 1;
  char *p = rcpi_array(all->a, char, n + 3);
  n = 0;
  for (size_t i = 0; i < s->n_words; i++) {
    rcp_str w = all->words.all.p[s->words[i]].fold;
    memcpy(p + n, w.p, w.n);
    n += w.n;
    p[n++] = ' ';
  }
  if (s->is_titled) p[n++] = '*';   /* "M. Kim" is not "Kim" until something says so; "M. Jo Kim" is "Jo Kim" */
  return (rcp_str){p, n};
}

uint32_t rcpi_spelling_add(rcpi_spellings *all, const rcpi_text *text, const rcpi_name *name) {
  if (!all->tables || all->tables->lang != text->lang) {
    all->tables = rcpi_new(all->a, rcpi_name_tables);
    read_tables(all->a, text->lang, all->tables);
  }
  all->words.a = all->a;
  rcpi_spelling s = read_spelling(all, text, name, all->tables);
  bool is_new;
  uint32_t id = *rcpi_map_put(all->a, &all->ids, spelling_name(all, &s), (uint32_t)all->all.n, &is_new);
  if (is_new) {
    s.parent = id;
    rcpi_push(all->a, &all->all, s);
    for (size_t i = 0; i < s.n_words; i++) {
      rcpi_ids *in = &all->words.all.p[s.words[i]].spellings;
      if (!in->n || in->p[in->n - 1] != id) rcpi_push(all->a, in, id);
    }
  }
  rcpi_spelling *kept = &all->all.p[id];
  if (kept->is_shouted && !s.is_shouted) kept->shown = s.shown, kept->is_shouted = false;
  kept->is_written_twice |= kept->shown.n != s.shown.n;
  kept->is_acronym &= s.is_acronym;
  kept->is_human |= s.is_human;
  kept->n_mentions++;
  kept->n_of_type[name->type]++;
  return id;
}

rcpi_name_type rcpi_spelling_type(const rcpi_spelling *s) {
  static const uint8_t weight[RCPI_NAME_OTHER + 1] = {8, 8, 8, 8, 8, 8, 1};
  size_t best = RCPI_NAME_OTHER, most = 0;
  for (size_t i = 0; i <= RCPI_NAME_OTHER; i++)
    if ((size_t)s->n_of_type[i] * weight[i] > most) most = (size_t)s->n_of_type[i] * weight[i], best = i;
  return (rcpi_name_type)best;
}
