/*
 * From tokens and marks to items, their weights and their likeness.
 *
 * Likeness is found through buckets (same stem, same concept, same first letters, same name group ...): only items that
 * share a bucket are compared, so the cost follows the vocabulary and not its square. The figures are those of the rules
 * that did best on annotated stories; docs/alignment.md says what each is worth.
 *
 * The weight of a word is three parts how rare it is in news at large (idf table) and one part how rare it is in this
 * story: a story that always says "temple" learns little from it.
 *
 * Known weakness: a stem is no lemma. "tenu" and "tenir" meet only when a concept brings them together.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "claim/item.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "mark/gram.h"
#include "text/stem.h"

const uint16_t rcpi_item_floor[RCPI_ITEM_N_KINDS] = {[RCPI_ITEM_NUMBER] = 51, [RCPI_ITEM_MINUTE] = 77, [RCPI_ITEM_DATE] = 51};

enum { NOT_LISTED = 92 };      /* idf of a stem that is too rare for the table */
enum { TRANSLATED = 218 };

typedef struct maker {
  rcpi_arena *a;
  const rcpi_telling *tellings;
  size_t n_tellings;
  const rcpi_name_groups *names;
  rcpi_items *out;
  rcpi_concepts concepts;
  const rcpi_lang *common;     /* the language of the story that words of the others are put into; NULL: none */
  rcpi_stemmer *common_stemmer;
  uint32_t nobody, saying;     /* concepts: words for people at large; words of saying */
  rcpi_map keys;
  RCPI_VEC(rcpi_item) items;
  RCPI_VEC(uint32_t) sentences_with;   /* of each item: in how many sentences it stands */
  RCPI_VEC(uint32_t) last_sentence;
  uint32_t sentence;           /* running number over the story */
} maker;

static size_t lang_index(maker *m, const rcpi_lang *lang) {
  size_t i = 0;
  while (i < m->out->n_langs && m->out->langs[i] != lang) i++;
  if (i == m->out->n_langs) m->out->langs[m->out->n_langs++] = lang;
  return i;
}

/* The item of a kind with a number and a form, made from `item` when it is new. */
static uint32_t put(maker *m, uint32_t number, rcp_str form, rcpi_item item) {
  enum { ROOM = 120 };
  char key[ROOM];
  uint32_t head = number << 3 | item.kind;
  size_t n = form.n < ROOM - sizeof head ? form.n : ROOM - sizeof head;
  memcpy(key, &head, sizeof head);
  if (n) memcpy(key + sizeof head, form.p, n);
  rcp_str view = {key, n + sizeof head};
  const uint32_t *known = rcpi_map_get(&m->keys, view);
  uint32_t id = known ? *known : (uint32_t)m->items.n;
  if (!known) {
    rcpi_map_put(m->a, &m->keys, rcpi_dup(view, m->a), id, NULL);
    rcpi_push(m->a, &m->items, item);
    rcpi_push(m->a, &m->sentences_with, 0);
    rcpi_push(m->a, &m->last_sentence, 0);
  }
  if (m->last_sentence.p[id] != m->sentence) m->sentences_with.p[id]++, m->last_sentence.p[id] = m->sentence;
  return id;
}

/* ------------------------------------------------------------------------------------------------------ one telling */

typedef struct reading {
  const rcpi_telling *t;
  size_t telling, lang;
  uint32_t *name_of, *time_of, *quantity_of;    /* 1 + index of the mark that covers a token; 0: none */
  const rcpi_table *country, *known;
} reading;

static uint32_t *cover(rcpi_arena *a, size_t n_tokens) {
  return rcpi_array(a, uint32_t, n_tokens + 1);
}

static void fill(uint32_t *of, rcpi_tokens at, size_t mark) {
  for (uint32_t i = at.token; i < at.end_token; i++)
    if (!of[i]) of[i] = (uint32_t)mark + 1;
}

static void read_marks(maker *m, reading *r) {
  const rcpi_marks *k = &r->t->marks;
  size_t n = r->t->text.n_tokens;
  r->name_of = cover(m->a, n), r->time_of = cover(m->a, n), r->quantity_of = cover(m->a, n);
  for (size_t i = 0; i < k->n_names; i++) fill(r->name_of, k->names[i].at, i);
  for (size_t i = 0; i < k->n_times; i++)
    if (k->times[i].resolved.n || k->times[i].minute >= 0) fill(r->time_of, k->times[i].at, i);
  for (size_t i = 0; i < k->n_quantities; i++) fill(r->quantity_of, k->quantities[i].number, i);
}

static bool has_concept(const rcpi_item *item, uint32_t concept) {
  for (size_t i = 0; i < item->concepts.n; i++)
    if (item->concepts.ids[i] == concept) return true;
  return false;
}

static rcp_str joined(rcpi_arena *a, rcp_str head, rcp_str word) {
  return rcpi_printf(a, "%.*s%s%.*s", RCPI_P(head), head.n && head.p[head.n - 1] == '\'' ? "" : " ", RCPI_P(word));
}

/* The code of a country, people, seat of power or known body: the longest row of either table that the tokens spell. */
static size_t country_at(const reading *r, rcpi_arena *a, size_t token, size_t end, rcp_str *code) {
  rcp_str key = r->t->text.tokens[token].fold;
  size_t found = 0;
  rcpi_mark before = rcpi_arena_mark(a);
  for (size_t n = 1; n <= 5; n++) {
    size_t row = rcpi_table_find(r->country, key);
    if (row != RCPI_NONE) *code = rcpi_cell(r->country, row, 1), found = n;
    else if ((r->t->text.tokens[token].flags & RCPI_TOK_CAPITAL) && (row = rcpi_table_find(r->known, key)) != RCPI_NONE)
      *code = rcpi_cell_named(r->known, row, "key"), found = n;
    if (!(r->t->text.tokens[token].flags & RCPI_TOK_CAPITAL)) break;
    if (token + n >= end || r->t->text.tokens[token + n].kind != RCPI_TOK_WORD) break;
    key = joined(a, key, r->t->text.tokens[token + n].fold);
  }
  rcpi_arena_rewind(a, before);
  return found;
}

/* The likeliest translation of a word, as its own form, its singular (setting `plural`: the endings) or its lemma is listed. */
static rcp_str translation(const rcpi_lang *lang, rcp_str lower, rcp_str lemma) {
  const rcpi_table *bridge = rcpi_lang_table(lang, "bridge");
  size_t row = rcpi_table_find(bridge, lower);
  rcp_str ending, endings = rcpi_lang_setting(lang, "plural");
  while (row == RCPI_NONE && rcpi_next_field(&endings, ' ', &ending))
    if (lower.n > 2 + ending.n && rcpi_ends(lower, ending)) row = rcpi_table_find(bridge, rcpi_sub(lower, 0, lower.n - ending.n));
  if (row == RCPI_NONE && lemma.n) row = rcpi_table_find(bridge, lemma);
  return row == RCPI_NONE ? RCPI_S("") : rcpi_cell(bridge, row, 1);
}

static rcp_str common_stem(maker *m, const rcpi_text *t, const rcpi_token *word, rcp_str lemma) {
  if (t->lang == m->common) return word->stem;
  rcp_str there = translation(t->lang, word->lower, lemma);
  return there.n ? rcpi_stem(m->a, m->common_stemmer, there) : there;
}

static uint32_t put_word(maker *m, const reading *r, size_t i, bool is_name, uint32_t group) {
  const rcpi_token *tok = &r->t->text.tokens[i];
  const rcpi_gram *gram = r->t->marks.gram ? &r->t->marks.gram[i] : NULL;
  const rcpi_reading *lemma = gram && gram->tense != RCPI_TENSE_NONE ? rcpi_gram_reading(gram, gram->tense) : NULL;
  rcpi_item item = {.kind = is_name ? RCPI_ITEM_NAME : RCPI_ITEM_WORD, .lang = (uint8_t)r->lang, .form = tok->fold,
                    .stem = tok->stem, .group = group};
  if (!is_name) item.concepts = rcpi_concepts_of(&m->concepts, r->lang, tok);
  if (!is_name && !item.concepts.n && lemma) item.concepts = rcpi_concepts_of_form(&m->concepts, r->lang, lemma->lemma);
  bool is_content = !is_name && !(tok->flags & RCPI_TOK_FUNCTION);
  if (m->common && is_content) item.common = common_stem(m, &r->t->text, tok, lemma ? lemma->lemma : RCPI_S(""));
  return put(m, is_name ? group + 1 : (uint32_t)r->lang, is_name ? tok->fold : tok->lower, item);
}

static rcp_str spelled(rcpi_arena *a, const rcpi_text *t, size_t token, size_t n) {
  rcp_str s = t->tokens[token].fold;
  for (size_t i = 1; i < n; i++) s = rcpi_printf(a, "%.*s %.*s", RCPI_P(s), RCPI_P(t->tokens[token + i].fold));
  return s;
}

static uint32_t put_phrase(maker *m, const reading *r, size_t token, size_t n, rcpi_concept_set concepts) {
  rcp_str form = spelled(m->a, &r->t->text, token, n);
  return put(m, (uint32_t)r->lang, form, (rcpi_item){.kind = RCPI_ITEM_WORD, .lang = (uint8_t)r->lang, .form = form, .stem = form,
                                 .group = UINT32_MAX, .concepts = concepts});
}

static uint32_t put_number(maker *m, double value, rcp_str unit) {
  rcp_str key = {(const char *)&value, sizeof value};
  return put(m, 0, key, (rcpi_item){.kind = RCPI_ITEM_NUMBER, .form = RCPI_S(""), .value = value, .unit = unit,
                                 .group = UINT32_MAX});
}

static uint32_t put_time(maker *m, const rcpi_time *time) {
  if (time->minute >= 0) {
    return put(m, (uint32_t)time->minute, RCPI_S(""), (rcpi_item){.kind = RCPI_ITEM_MINUTE, .form = RCPI_S(""), .value = time->minute, .group = UINT32_MAX});
  }
  return put(m, 0, time->resolved, (rcpi_item){.kind = RCPI_ITEM_DATE, .form = time->resolved, .group = UINT32_MAX});
}

/* "1 234,5" as a number, for a number that no quantity claims. */
static double number_of(rcp_str s) {
  double v = 0, scale = 0;
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if (rcpi_is_digit(c)) v = v * 10 + (c - '0'), scale *= 10;
    else if (c == ',' || c == '.') scale = 1;
  }
  return scale > 1 ? v / scale : v;
}

static bool is_name_word(const rcpi_token *t) {
  return (t->flags & RCPI_TOK_CAPITAL) && !(t->flags & (RCPI_TOK_INITIAL | RCPI_TOK_FUNCTION));
}

/* The item of the token at i and how many tokens it takes; RCPI_NO_ITEM for words that carry nothing. */
static uint32_t item_at(maker *m, const reading *r, size_t i, size_t end, size_t *n_tokens) {
  const rcpi_text *text = &r->t->text;
  const rcpi_marks *marks = &r->t->marks;
  const rcpi_token *tok = &text->tokens[i];
  *n_tokens = 1;
  if (tok->kind == RCPI_TOK_MARK) return RCPI_NO_ITEM;
  if (r->time_of[i]) {
    const rcpi_time *time = &marks->times[r->time_of[i] - 1];
    *n_tokens = time->at.end_token - i;
    return put_time(m, time);
  }
  if (r->quantity_of[i]) {
    const rcpi_quantity *q = &marks->quantities[r->quantity_of[i] - 1];
    *n_tokens = q->number.end_token - i;
    return put_number(m, q->lo / 2 + q->hi / 2, q->unit);
  }
  rcp_str code;
  size_t n = country_at(r, m->a, i, end, &code);
  if (n) {
    *n_tokens = n;
    return put(m, 0, code, (rcpi_item){.kind = RCPI_ITEM_COUNTRY, .form = code, .group = UINT32_MAX});
  }
  if (tok->kind == RCPI_TOK_NUMBER) return put_number(m, number_of(tok->fold), RCPI_S(""));
  if (r->name_of[i] && !(tok->flags & RCPI_TOK_FUNCTION)) {
    uint32_t mark = r->name_of[i] - 1;
    uint32_t group = m->names->group_of ? m->names->group_of[r->telling][mark] : UINT32_MAX;
    return put_word(m, r, i, true, group);
  }
  rcpi_concept_set concepts;
  n = rcpi_concepts_phrase(&m->concepts, r->lang, text, i, end, &concepts);
  if (n) {
    *n_tokens = n;
    return put_phrase(m, r, i, n, concepts);
  }
  if ((tok->flags & (RCPI_TOK_FUNCTION | RCPI_TOK_ELIDED | RCPI_TOK_ENCLITIC)) || tok->fold.n < 2) return RCPI_NO_ITEM;
  return put_word(m, r, i, is_name_word(tok) && !marks->n_names, UINT32_MAX);
}

/* What a number counts: the words that its quantity names, else the next word of meaning close behind. */
static size_t counted_at(const maker *m, const reading *r, const uint32_t *of_token, size_t number, size_t end) {
  const rcpi_text *text = &r->t->text;
  const rcpi_quantity *q = r->quantity_of[number] ? &r->t->marks.quantities[r->quantity_of[number] - 1] : NULL;
  for (size_t i = q ? q->counted.token : 0; q && i < q->counted.end_token && i < end; i++)
    if (of_token[i] != RCPI_NO_ITEM && m->items.p[of_token[i]].kind == RCPI_ITEM_WORD && !has_concept(&m->items.p[of_token[i]], m->nobody)) return i;
  size_t last = number + 6 < end ? number + 6 : end;
  for (size_t i = number + 1; i < last; i++) {
    const rcpi_token *t = &text->tokens[i];
    if (t->kind == RCPI_TOK_NUMBER || (t->kind == RCPI_TOK_MARK && text->s.p[t->beg] == '.')) break;
    if (of_token[i] == RCPI_NO_ITEM || of_token[i] == of_token[number]) continue;
    const rcpi_item *item = &m->items.p[of_token[i]];
    if (item->kind != RCPI_ITEM_WORD) break;
    if (!has_concept(item, m->nobody)) return i;
  }
  return RCPI_NONE;
}

static void read_slots(maker *m, const reading *r, size_t beg, size_t end) {
  uint32_t *of_token = m->out->of_token[r->telling];
  for (size_t i = beg; i < end; i++) {
    if (of_token[i] == RCPI_NO_ITEM || m->items.p[of_token[i]].kind != RCPI_ITEM_NUMBER) continue;
    size_t k = counted_at(m, r, of_token, i, end);
    if (k == RCPI_NONE) continue;
    m->out->slot_of[r->telling][k] =
        put(m, of_token[k], RCPI_S(""), (rcpi_item){.kind = RCPI_ITEM_SLOT, .form = RCPI_S(""), .counted = of_token[k], .group = UINT32_MAX});
    m->out->number_at[r->telling][k] = (uint32_t)i;
  }
}

static void read_telling(maker *m, size_t telling) {
  reading r = {.t = &m->tellings[telling], .telling = telling};
  const rcpi_text *text = &r.t->text;
  r.lang = lang_index(m, text->lang);
  r.country = rcpi_lang_table(text->lang, "country");
  r.known = rcpi_lang_table(text->lang, "names_known");
  read_marks(m, &r);
  uint32_t *of_token = m->out->of_token[telling] = rcpi_array(m->a, uint32_t, text->n_tokens);
  m->out->slot_of[telling] = rcpi_array(m->a, uint32_t, text->n_tokens);
  m->out->number_at[telling] = rcpi_array(m->a, uint32_t, text->n_tokens);
  for (size_t i = 0; i < text->n_tokens; i++) of_token[i] = m->out->slot_of[telling][i] = RCPI_NO_ITEM;
  for (size_t s = 0; s < text->n_sentences; s++) {
    m->sentence++;
    size_t n;
    for (size_t i = text->sentences[s].token; i < text->sentences[s].end_token; i += n)
      of_token[i] = item_at(m, &r, i, text->sentences[s].end_token, &n);
    read_slots(m, &r, text->sentences[s].token, text->sentences[s].end_token);
  }
}

/* ---------------------------------------------------------------------------------------------------------- weights */

static unsigned idf_of(const rcpi_table *idf, rcp_str stem) {
  uint32_t v;
  size_t row = rcpi_table_find(idf, stem);
  return row != RCPI_NONE && rcpi_parse_u32(rcpi_cell(idf, row, 1), &v) ? v : NOT_LISTED;
}

static uint32_t weight_of(const maker *m, const rcpi_item *item, uint32_t n_with) {
  double n = m->sentence + 1.0, here = log((n) / (n_with + 0.5)) / log(n);
  if (here < 0 || n < 3) here = 0;
  double w = 0;
  switch (item->kind) {
    case RCPI_ITEM_WORD:
    case RCPI_ITEM_NAME: {
      const rcpi_table *idf = rcpi_lang_table(m->out->langs[item->lang], "idf");
      w = 0.0075 * idf_of(idf, item->stem) + 0.25 * here;
      if (item->kind == RCPI_ITEM_NAME) w *= 1.3;
      if (has_concept(item, m->saying)) w *= 0.6;
      break;
    }
    case RCPI_ITEM_COUNTRY: w = (0.45 + 0.25 * here) * 0.8; break;
    case RCPI_ITEM_NUMBER: w = 0.6 + 0.25 * here; break;
    case RCPI_ITEM_MINUTE: w = 0.6 + 0.25 * here; break;
    case RCPI_ITEM_DATE: w = (0.375 + 0.25 * here) * 0.7; break;
    case RCPI_ITEM_SLOT: w = 0.5; break;
    case RCPI_ITEM_N_KINDS: break;
  }
  return w < 0.02 ? 20 : (uint32_t)(1000 * w + 0.5);
}

/* --------------------------------------------------------------------------------------------------------- likeness */

/* Two items and how alike they are, as one number that sorts by both items, the most alike first. */
enum { ITEM_BITS = 27, SIM_BITS = 9 };

typedef struct links { RCPI_VEC(uint64_t) v; } links;

static uint64_t link_of(uint32_t a, uint32_t b, uint16_t sim) { return ((uint64_t)a << ITEM_BITS | b) << SIM_BITS | (uint64_t)(RCPI_SAME - sim); }
static uint32_t first_of(uint64_t link) { return (uint32_t)(link >> (ITEM_BITS + SIM_BITS)); }
static uint32_t second_of(uint64_t link) { return (uint32_t)(link >> SIM_BITS) & ((1u << ITEM_BITS) - 1); }
static uint16_t sim_of(uint64_t link) { return (uint16_t)(RCPI_SAME - (link & ((1u << SIM_BITS) - 1))); }

typedef struct in_bucket { uint64_t bucket; uint32_t item; } in_bucket;
typedef struct buckets { RCPI_VEC(in_bucket) v; } buckets;

static size_t common_prefix(rcp_str a, rcp_str b) {
  size_t n = a.n < b.n ? a.n : b.n, i = 0;
  while (i < n && a.p[i] == b.p[i]) i++;
  return i;
}

static size_t at_most(size_t a, size_t b) { return a < b ? a : b; }
static size_t at_least(size_t a, size_t b) { return a > b ? a : b; }

/* "construire", "construction": words of one language that share their beginning. */
static uint16_t derived(const rcpi_item *a, const rcpi_item *b) {
  size_t p = common_prefix(a->form, b->form), stem_a = a->stem.n, stem_b = b->stem.n;
  if (p >= 5 && p * 10 >= 6 * at_least(at_least(stem_a, stem_b), 5)) return 161;
  if (p >= 4 && p >= at_most(stem_a, stem_b) && p * 100 >= 55 * at_least(a->form.n, b->form.n)) return 115;
  return 0;
}

/* "catastrophe", "accident": words of two languages that are written nearly alike. */
static uint16_t cognate(const rcpi_item *a, const rcpi_item *b) {
  if (rcpi_eq(a->form, b->form)) return a->form.n >= 4 ? 230 : 0;
  if (at_most(a->form.n, b->form.n) < 5) return 0;
  size_t p = common_prefix(a->form, b->form), most = at_least(a->form.n, b->form.n);
  if (p >= 5 && p * 100 >= 55 * most) return 161;
  return p >= 4 && p * 10 >= 7 * most ? 138 : 0;
}

static bool within_edits(rcp_str a, rcp_str b, size_t most) {
  enum { LONGEST = 32 };
  if (a.n > LONGEST || b.n > LONGEST || a.n > b.n + most || b.n > a.n + most) return false;
  size_t row[LONGEST + 1];
  for (size_t j = 0; j <= b.n; j++) row[j] = j;
  for (size_t i = 1; i <= a.n; i++) {
    size_t corner = row[0], best = i;
    row[0] = i;
    for (size_t j = 1; j <= b.n; j++) {
      size_t v = at_most(at_most(row[j], row[j - 1]) + 1, corner + (a.p[i - 1] != b.p[j - 1]));
      corner = row[j];
      row[j] = v;
      best = at_most(best, v);
    }
    if (best > most) return false;
  }
  return row[b.n] <= most;
}

static uint16_t names_alike(const rcpi_item *a, const rcpi_item *b) {
  if (rcpi_eq(a->form, b->form)) return RCPI_SAME;
  if (a->group != UINT32_MAX && a->group == b->group) return 230;
  size_t shorter = at_most(a->form.n, b->form.n);
  if (shorter < 4) return 0;
  return within_edits(a->form, b->form, shorter >= 7 ? 2 : 1) ? 230 : 0;
}

static bool share_concept(const rcpi_item *a, const rcpi_item *b) {
  for (size_t i = 0; i < a->concepts.n; i++)
    for (size_t k = 0; k < b->concepts.n; k++)
      if (a->concepts.ids[i] == b->concepts.ids[k]) return true;
  return false;
}

static uint16_t words_alike(const rcpi_item *a, const rcpi_item *b) {
  if (a->lang == b->lang && rcpi_eq(a->stem, b->stem)) return RCPI_SAME;
  uint16_t sim = a->lang == b->lang ? derived(a, b) : cognate(a, b);
  if (a->lang != b->lang && sim < TRANSLATED && a->common.n && rcpi_eq(a->common, b->common)) sim = TRANSLATED;
  return sim < 218 && share_concept(a, b) ? 218 : sim;
}

/* A word of a name against a common word: the same spelling ("le Parlement", "Parlement européen"). */
static uint16_t mixed_alike(const rcpi_item *a, const rcpi_item *b) {
  return rcpi_eq(a->form, b->form) || (a->lang == b->lang && rcpi_eq(a->stem, b->stem)) ? RCPI_SAME : 0;
}

static uint16_t numbers_alike(const rcpi_item *a, const rcpi_item *b) {
  double lo = a->value < b->value ? a->value : b->value, hi = a->value < b->value ? b->value : a->value;
  if (hi == lo) return RCPI_SAME;
  return lo > 0 && hi > 5 && lo >= 0.85 * hi ? 179 : 0;
}

static uint16_t dates_alike(const rcpi_item *a, const rcpi_item *b) {
  size_t p = common_prefix(a->form, b->form);
  if (a->form.n == b->form.n && p == a->form.n) return RCPI_SAME;
  return p >= at_most(a->form.n, b->form.n) ? 154 : 0;   /* a day and its month, a month and its year */
}

static uint16_t alike(const rcpi_item *a, const rcpi_item *b) {
  if (a->kind != b->kind) {
    bool is_mixed = (a->kind == RCPI_ITEM_WORD && b->kind == RCPI_ITEM_NAME) || (a->kind == RCPI_ITEM_NAME && b->kind == RCPI_ITEM_WORD);
    return is_mixed ? mixed_alike(a, b) : 0;
  }
  switch (a->kind) {
    case RCPI_ITEM_WORD: return words_alike(a, b);
    case RCPI_ITEM_NAME: return names_alike(a, b);
    case RCPI_ITEM_NUMBER: return numbers_alike(a, b);
    case RCPI_ITEM_MINUTE: return fabs(a->value - b->value) <= 10 ? 230 : 0;
    case RCPI_ITEM_DATE: return dates_alike(a, b);
    default: return 0;
  }
}

enum { BY_STEM = 1, BY_FORM, BY_CONCEPT, BY_BEGINNING, BY_GROUP, BY_KIND, BY_INITIAL, BY_COMMON };

static void into(rcpi_arena *a, buckets *out, unsigned by, rcp_str key, uint64_t number, size_t item) {
  rcpi_push(a, &out->v, (in_bucket){rcpi_hash(key, number * 16 + by), (uint32_t)item});
}

static void into_buckets(rcpi_arena *a, const rcpi_item *it, size_t i, buckets *out) {
  bool is_word = it->kind == RCPI_ITEM_WORD || it->kind == RCPI_ITEM_NAME;
  rcp_str none = RCPI_S("");
  if (is_word) {
    into(a, out, BY_STEM, it->stem, it->lang, i);
    into(a, out, BY_FORM, it->form, 0, i);
  }
  if (it->common.n) into(a, out, BY_COMMON, it->common, 0, i);
  if (it->kind == RCPI_ITEM_WORD && it->form.n >= 4) into(a, out, BY_BEGINNING, rcpi_sub(it->form, 0, 4), 0, i);
  if (it->kind == RCPI_ITEM_NAME && it->form.n >= 4) into(a, out, BY_INITIAL, rcpi_sub(it->form, 0, 1), 0, i);
  if (it->kind == RCPI_ITEM_NAME && it->group != UINT32_MAX) into(a, out, BY_GROUP, none, it->group, i);
  for (size_t k = 0; k < it->concepts.n; k++) into(a, out, BY_CONCEPT, none, it->concepts.ids[k], i);
  if (it->kind == RCPI_ITEM_NUMBER || it->kind == RCPI_ITEM_MINUTE || it->kind == RCPI_ITEM_DATE)
    into(a, out, BY_KIND, none, it->kind, i);
}

static int by_bucket(const void *x, const void *y) {
  const in_bucket *a = x, *b = y;
  if (a->bucket != b->bucket) return a->bucket < b->bucket ? -1 : 1;
  return a->item < b->item ? -1 : a->item > b->item;
}

static void link_bucket(maker *m, const in_bucket *p, size_t n, links *out) {
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < i; k++) {
      uint16_t sim = alike(&m->items.p[p[i].item], &m->items.p[p[k].item]);
      if (!sim) continue;
      rcpi_push(m->a, &out->v, link_of(p[i].item, p[k].item, sim));
      rcpi_push(m->a, &out->v, link_of(p[k].item, p[i].item, sim));
    }
}

/* Lists from links: sorted, the best of doubles kept. */
static void make_lists(maker *m, links *l) {
  rcpi_sort_u64(m->a, l->v.p, l->v.n, 0);
  size_t n = 0;
  for (size_t i = 0; i < l->v.n; i++)
    if (i == 0 || l->v.p[i] >> SIM_BITS != l->v.p[n - 1] >> SIM_BITS) l->v.p[n++] = l->v.p[i];
  m->out->likes = rcpi_array(m->a, rcpi_like, n);
  m->out->like_at = rcpi_array(m->a, uint32_t, m->items.n + 1);
  for (size_t i = 0; i < n; i++) m->out->likes[i] = (rcpi_like){second_of(l->v.p[i]), sim_of(l->v.p[i])};
  for (size_t i = 0, k = 0; i <= m->items.n; i++) {
    while (k < n && first_of(l->v.p[k]) < i) k++;
    m->out->like_at[i] = (uint32_t)k;
  }
}

/* Slots are as alike as what they count, when that is much. */
static void link_slots(maker *m, links *l) {
  uint32_t *slot = rcpi_array(m->a, uint32_t, m->items.n);
  for (size_t i = 0; i < m->items.n; i++) slot[i] = RCPI_NO_ITEM;
  for (size_t i = 0; i < m->items.n; i++)
    if (m->items.p[i].kind == RCPI_ITEM_SLOT) slot[m->items.p[i].counted] = (uint32_t)i;
  for (size_t i = 0, n = l->v.n; i < n; i++) {
    uint32_t x = first_of(l->v.p[i]), y = second_of(l->v.p[i]);
    uint16_t sim = sim_of(l->v.p[i]);
    if (sim >= 141 && x != y && slot[x] != RCPI_NO_ITEM && slot[y] != RCPI_NO_ITEM) rcpi_push(m->a, &l->v, link_of(slot[x], slot[y], sim));
  }
}

static void make_likeness(maker *m) {
  buckets b = {.v = {0}};
  links l = {.v = {0}};
  for (size_t i = 0; i < m->items.n; i++) {
    into_buckets(m->a, &m->items.p[i], i, &b);
    rcpi_push(m->a, &l.v, link_of((uint32_t)i, (uint32_t)i, RCPI_SAME));
  }
  if (b.v.n) qsort(b.v.p, b.v.n, sizeof *b.v.p, by_bucket);
  for (size_t i = 0, end; i < b.v.n; i = end) {
    for (end = i + 1; end < b.v.n && b.v.p[end].bucket == b.v.p[i].bucket;) end++;
    link_bucket(m, b.v.p + i, end - i, &l);
  }
  link_slots(m, &l);
  make_lists(m, &l);
}

static void find_common(maker *m) {
  for (size_t i = 0; i < m->out->n_langs && !m->common; i++) {
    rcp_str tag = rcpi_lang_bridge_tag(m->out->langs[i]);
    for (size_t k = 0; tag.n && k < m->out->n_langs; k++)
      if (m->out->langs[k] && rcpi_eq(tag, m->out->langs[k]->tag)) m->common = m->out->langs[k];
  }
  if (m->common) m->common_stemmer = rcpi_stemmer_new(m->a, m->common->stemmer);
}

void rcpi_items_read(rcpi_arena *a, const rcpi_telling *tellings, size_t n_tellings, const rcpi_name_groups *names,
                     rcpi_items *out) {
  maker m = {.a = a, .tellings = tellings, .n_tellings = n_tellings, .names = names, .out = out};
  *out = (rcpi_items){.of_token = rcpi_array(a, uint32_t *, n_tellings), .slot_of = rcpi_array(a, uint32_t *, n_tellings),
                      .number_at = rcpi_array(a, uint32_t *, n_tellings), .langs = rcpi_array(a, const rcpi_lang *, n_tellings + 1)};
  for (size_t i = 0; i < n_tellings; i++) lang_index(&m, tellings[i].text.lang);
  rcpi_concepts_read(a, out->langs, out->n_langs, &m.concepts);
  find_common(&m);
  m.nobody = rcpi_concept_named(&m.concepts, "people");
  m.saying = rcpi_concept_named(&m.concepts, "say");
  for (size_t i = 0; i < n_tellings; i++) read_telling(&m, i);
  for (size_t i = 0; i < m.items.n; i++) m.items.p[i].weight = weight_of(&m, &m.items.p[i], m.sentences_with.p[i]);
  make_likeness(&m);
  out->items = m.items.p;
  out->n_items = m.items.n;
}
