/*
 * The problem: two articles on one happening share names, numbers and the words of their subject, and every two articles
 * share the words of their language. What counts must be found at thousands of articles a second.
 *
 * The idea: words are cut by reuse/words.h; each spelling met is looked up once (stem, rarity) and remembered, so that the
 * second time costs one hash. The weight of a term is (1 + ln of its count) times how far its frequency lies below that
 * of a common word, on a scale that ends at LOW: rarer words are no better known, and misspellings would win. A
 * count in the title or the first LEAD words is worth two. Names get no weight of their own: they are rare words already,
 * and more made stories on one person run together (docs/stories.md).
 *
 * TOP, LOW: one setting for three sets, 2026-11 (docs/stories.md).
 *
 * Known weakness: "Mohajer-6" is two terms; a word that is rare in the language but common in the news ("porte-parole")
 * counts too much.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "story/terms.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/hash.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "reuse/words.h"
#include "text/stem.h"

enum {
  TOP = 570,                   /* hundredths of the Zipf scale: a word as common as this weighs nothing */
  LOW = 360,                   /* rarer words weigh no more */
  LEAD = 60,                   /* words */
  LONGEST = 64,                /* bytes of a word that is looked at */
  SPELLINGS = 1 << 19,         /* slots for spellings met; when half are taken all are forgotten */
};

typedef struct spelling { uint64_t key; uint32_t term; uint16_t rarity; } spelling;   /* key 0: free */

/* Stem -> Zipf value of one language, and the term that stands for it in all. */
typedef struct rarity_slot { uint32_t term, common; uint16_t zipf; } rarity_slot;   /* zipf 0: free */

typedef struct tongue {
  rcpi_stemmer *stemmer;
  rcpi_stemmer *common;        /* of the language that bridge.tsv leads to; NULL: there is none */
  rarity_slot *slots;          /* NULL: tables not read yet */
  size_t cap;
} tongue;

struct rcpi_terms {
  rcpi_arena *arena;
  const rcpi_langs *langs;
  tongue *tongues;             /* by lang->index; the last is for articles of no known language */
  spelling *spellings;
  size_t n_spellings;
  rcpi_isa isa;
};

/* ---------------------------------------------------------------------------------------------------------- tables */

static uint32_t term_of(rcp_str stem) {
  return (uint32_t)rcpi_hash(stem, 0x5707135);
}

static rarity_slot *rarity_at(const tongue *t, uint32_t term) {
  size_t i = term & (t->cap - 1);
  while (t->slots[i].zipf && t->slots[i].term != term) i = (i + 1) & (t->cap - 1);
  return &t->slots[i];
}

static void read_frequencies(rcpi_terms *terms, tongue *t, const rcpi_table *freq) {
  rcpi_mark mark = rcpi_arena_mark(terms->arena);
  for (size_t i = 0; i < freq->n_rows; i++) {
    uint32_t zipf = 0;
    uint32_t term = term_of(rcpi_stem(terms->arena, t->stemmer, rcpi_cell(freq, i, 0)));
    if (!rcpi_parse_u32(rcpi_cell(freq, i, 1), &zipf) || !zipf || zipf > 999) continue;
    rarity_slot *slot = rarity_at(t, term);
    if (zipf > slot->zipf) *slot = (rarity_slot){term, term, (uint16_t)zipf};
    rcpi_arena_rewind(terms->arena, mark);
  }
}

/* The name of the second column is the tag of the language that its words are of. */
static void read_bridge(rcpi_terms *terms, tongue *t, const rcpi_lang *lang, const rcpi_table *bridge) {
  const rcpi_lang *to = rcpi_lang_by_tag(terms->langs, rcpi_lang_bridge_tag(lang));
  if (!to) return;
  t->common = rcpi_stemmer_new(terms->arena, to->stemmer);
  rcpi_mark mark = rcpi_arena_mark(terms->arena);
  for (size_t i = 0; i < bridge->n_rows; i++) {
    uint32_t term = term_of(rcpi_stem(terms->arena, t->stemmer, rcpi_cell(bridge, i, 0)));
    rarity_slot *slot = rarity_at(t, term);
    *slot = (rarity_slot){term, term_of(rcpi_stem(terms->arena, t->common, rcpi_cell(bridge, i, 1))), slot->zipf ? slot->zipf : LOW};
    rcpi_arena_rewind(terms->arena, mark);
  }
}

static void read_tables(rcpi_terms *terms, tongue *t, const rcpi_lang *lang) {
  const rcpi_table *freq = rcpi_lang_table(lang, "freq"), *bridge = rcpi_lang_table(lang, "bridge");
  t->stemmer = rcpi_stemmer_new(terms->arena, lang ? lang->stemmer : RCPI_S(""));
  t->cap = 16;
  while (t->cap < ((size_t)freq->n_rows + bridge->n_rows) * 2) t->cap *= 2;
  t->slots = rcpi_array(terms->arena, rarity_slot, t->cap);
  read_frequencies(terms, t, freq);
  if (bridge->n_rows) read_bridge(terms, t, lang, bridge);
}

rcpi_terms *rcpi_terms_new(rcpi_arena *a, const rcpi_langs *langs) {
  rcpi_terms *t = rcpi_new(a, rcpi_terms);
  *t = (rcpi_terms){.arena = a, .langs = langs, .isa = rcpi_words_best(RCPI_ISA_AVX512)};
  t->tongues = rcpi_array(a, tongue, langs->n + 1);
  t->spellings = rcpi_array(a, spelling, SPELLINGS);
  return t;
}

static tongue *tongue_of(rcpi_terms *t, const rcpi_lang *lang) {
  tongue *g = &t->tongues[lang ? lang->index : t->langs->n];
  if (!g->slots) read_tables(t, g, lang);
  return g;
}

/* ------------------------------------------------------------------------------------------------------- spellings */

static spelling *spelling_at(const rcpi_terms *t, uint64_t key) {
  size_t i = key & (SPELLINGS - 1);
  while (t->spellings[i].key && t->spellings[i].key != key) i = (i + 1) & (SPELLINGS - 1);
  return &t->spellings[i];
}

/* A number by how many digits it has: years are common, and so are small counts. */
static uint16_t number_zipf(rcp_str digits) {
  static const uint16_t by_length[] = {600, 600, 515, 410, LOW};
  bool is_year = digits.n == 4 && (rcpi_starts(digits, RCPI_S("19")) || rcpi_starts(digits, RCPI_S("20")));
  return is_year ? 460 : by_length[digits.n < 4 ? digits.n : 4];
}

static bool is_number(rcp_str s) {
  for (size_t i = 0; i < s.n; i++)
    if (!rcpi_is_digit((unsigned char)s.p[i])) return false;
  return true;
}

/* The term of a word that is no number. A capital on what no table knows is taken for a name: those are alike in all languages. */
static uint32_t term_of_word(rcpi_arena *scratch, const tongue *g, rcp_str word, uint16_t *zipf) {
  rcpi_mark mark = rcpi_arena_mark(scratch);
  rcp_str lower = rcpi_lower_str(scratch, rcpi_nfc(scratch, word));
  uint32_t term = term_of(rcpi_stem(scratch, g->stemmer, lower));
  const rarity_slot *slot = rarity_at(g, term);
  *zipf = slot->zipf > LOW ? slot->zipf : LOW;
  if (slot->zipf && slot->common != term) term = slot->common;
  else if (g->common && !rcpi_eq(lower, word)) term = term_of(rcpi_stem(scratch, g->common, lower));
  rcpi_arena_rewind(scratch, mark);
  return term;
}

static spelling look_up(rcpi_arena *scratch, const tongue *g, rcp_str word, uint64_t key) {
  size_t first;
  uint16_t zipf = 0;
  uint32_t term = 0;
  if (is_number(word)) term = term_of(word), zipf = number_zipf(word);
  else if (rcpi_utf8_at(word, 0, &first), first == word.n) return (spelling){key, 0, 0};
  else term = term_of_word(scratch, g, word, &zipf);
  return (spelling){key, term, (uint16_t)(TOP > zipf ? TOP - zipf : 0)};
}

static spelling spelling_of(rcpi_terms *t, rcpi_arena *scratch, const tongue *g, rcp_str word) {
  uint64_t key = rcpi_hash(word, (uint64_t)(g - t->tongues)) | 1;
  spelling *s = spelling_at(t, key);
  if (s->key) return *s;
  if (t->n_spellings++ == SPELLINGS / 2) {
    memset(t->spellings, 0, SPELLINGS * sizeof *t->spellings);
    t->n_spellings = 1;
    s = spelling_at(t, key);
  }
  return *s = look_up(scratch, g, word, key);
}

/* ---------------------------------------------------------------------------------------------------------- counts */

/* What is known of a term in one article. */
typedef struct tally {
  uint32_t term, count;        /* count: a word of the body 1, of title and lead 2 */
  uint16_t rarity;
  bool is_taken;
} tally;

typedef struct tallies { tally *slots; size_t cap, n; } tallies;

static tally *tally_at(tallies *all, uint32_t term) {
  size_t i = term & (all->cap - 1);
  while (all->slots[i].is_taken && all->slots[i].term != term) i = (i + 1) & (all->cap - 1);
  return &all->slots[i];
}

static void count(tallies *all, spelling s, unsigned weight) {
  tally *t = tally_at(all, s.term);
  if (!t->is_taken) {
    *t = (tally){.term = s.term, .rarity = s.rarity, .is_taken = true};
    all->n++;
  }
  if (t->count < 4096) t->count += weight;
}

/* A text in memory of its own, with room behind it that rcpi_words_read may look at. */
static rcp_str pad(rcpi_arena *a, rcp_str s) {
  char *p = rcpi_alloc(a, s.n + RCPI_WORDS_PADDING, 1);
  if (s.n) memcpy(p, s.p, s.n);
  return (rcp_str){p, s.n};
}

/* Digits that go on behind a thousands mark: "10 000", "10,000", "10.000" -> "10000" in out. Words taken beyond the first. */
static size_t join_thousands(const rcpi_word_list *w, size_t i, rcp_str s, char out[16], size_t *n) {
  size_t taken = 0;
  *n = w->stop[i] - w->at[i];
  if (*n > 3) return 0;
  memcpy(out, s.p + w->at[i], *n);
  for (size_t k = i + 1; k < w->n && *n + 3 <= 15; k++, taken++) {
    rcp_str gap = rcpi_sub(s, w->stop[k - 1], w->at[k]), group = rcpi_sub(s, w->at[k], w->stop[k]);
    bool is_mark = rcpi_is(gap, " ") || rcpi_is(gap, ",") || rcpi_is(gap, ".") || rcpi_is(gap, "\xC2\xA0") || rcpi_is(gap, "\xE2\x80\xAF");
    if (!is_mark || group.n != 3 || !is_number(group)) break;
    memcpy(out + *n, group.p, 3);
    *n += 3;
  }
  return taken;
}

typedef enum text_part { PART_TITLE, PART_BODY } text_part;

/* Places of one text that are not to be counted. */
typedef struct skips { const rcp_article *article; size_t i; rcpi_span title; } skips;

static uint32_t skip_to(skips *k, uint32_t at) {
  if (!k) return at;
  const rcp_article *a = k->article;
  if (at >= k->title.beg && at < k->title.end) return k->title.end;
  while (k->i < a->n_furniture && a->furniture[k->i].at.end <= at) k->i++;
  return k->i < a->n_furniture && a->furniture[k->i].at.beg <= at ? a->furniture[k->i].at.end : at;
}

static void count_text(rcpi_terms *t, rcpi_arena *scratch, const tongue *g, rcp_str s, const rcpi_word_list *w, text_part part,
                       skips *skip, tallies *all) {
  size_t n_seen = 0;
  for (size_t i = 0; i < w->n; i++) {
    size_t at = w->at[i];
    if (skip_to(skip, (uint32_t)at) != at) continue;
    n_seen++;
    char digits[16];
    rcp_str word = rcpi_sub(s, at, w->stop[i] - at > LONGEST ? at + LONGEST : w->stop[i]);
    bool starts_number = rcpi_is_digit((unsigned char)word.p[0]);
    if (starts_number && is_number(word)) {
      size_t n, taken = join_thousands(w, i, s, digits, &n);
      if (taken) word = (rcp_str){digits, n}, i += taken;
    }
    spelling found = spelling_of(t, scratch, g, word);
    if (!found.rarity) continue;
    count(all, found, part == PART_TITLE || n_seen <= LEAD ? 2 : 1);
  }
}

/* --------------------------------------------------------------------------------------------------------- weights */

/* 1000 (1 + ln n), by integers: log2 to eleven bits, times ln 2. */
static uint32_t grown(uint32_t n) {
  uint32_t whole = 31 - (uint32_t)__builtin_clz(n), bits = 0;
  uint64_t x = ((uint64_t)n << 32) >> whole;               /* 1 <= x < 2, as 32.32 */
  for (unsigned i = 0; i < 11; i++) {
    x = (x >> 2) * (x >> 2) >> 28;
    bits = bits << 1 | (x >> 33 & 1);
    if (x >> 33) x >>= 1;
  }
  return 1000 + (uint32_t)((((uint64_t)whole << 11 | bits) * 693147) >> 11) / 1000;
}

static uint32_t root(uint64_t x) {
  uint64_t r = 0;
  for (uint64_t bit = (uint64_t)1 << 31; bit; bit >>= 1)
    if ((r | bit) * (r | bit) <= x) r |= bit;
  return (uint32_t)r;
}

static int by_term(const void *x, const void *y) {
  uint32_t a = ((const rcpi_term *)x)->term, b = ((const rcpi_term *)y)->term;
  return (a > b) - (a < b);
}

static void weigh(rcpi_arena *a, const tallies *all, rcpi_outline *out) {
  uint64_t squares = 0;
  out->terms = rcpi_array(a, rcpi_term, all->n);
  for (size_t i = 0; i < all->cap; i++) {
    const tally *t = &all->slots[i];
    if (!t->is_taken) continue;
    uint64_t w = (uint64_t)grown(t->count) * t->rarity / 32;
    squares += w * w;
    out->terms[out->n_terms++] = (rcpi_term){t->term, (uint32_t)w};
  }
  uint64_t length = root(squares);
  for (size_t i = 0; i < out->n_terms; i++)
    out->terms[i].weight = (uint32_t)(((uint64_t)out->terms[i].weight * RCPI_TERM_ONE + length / 2) / length);
  qsort(out->terms, out->n_terms, sizeof *out->terms, by_term);
}

static int32_t day_of(rcp_str published) {
  rcpi_date d = rcpi_date_parse(published);
  return rcpi_date_is_day(d) ? rcpi_date_count(d) : RCPI_NO_DAY;
}

void rcpi_terms_read(rcpi_terms *t, rcpi_arena *a, const rcp_article *article, rcpi_outline *out) {
  const tongue *g = tongue_of(t, article->lang);
  rcpi_word_list title = {.n = 0}, body = {.n = 0};
  bool has_title_in_text = article->title_at.end > article->title_at.beg;
  rcp_str heading = has_title_in_text ? rcpi_at(article->text, article->title_at) : article->title;
  *out = (rcpi_outline){.lang = article->lang, .day = day_of(article->published)};
  rcp_str text = pad(a, article->text);
  heading = pad(a, heading);
  rcpi_words_read(a, t->isa, heading, &title);
  rcpi_words_read(a, t->isa, text, &body);
  tallies all = {.cap = 64};
  while (all.cap < (title.n + body.n) * 2) all.cap *= 2;
  all.slots = rcpi_array(a, tally, all.cap);
  skips skip = {article, 0, article->title_at};
  count_text(t, a, g, heading, &title, body.n > title.n ? PART_TITLE : PART_BODY, NULL, &all);
  count_text(t, a, g, text, &body, PART_BODY, &skip, &all);
  weigh(a, &all, out);
}

/* ------------------------------------------------------------------------------------------------------------ words */

typedef struct seen { void (*see)(void *with, uint32_t term, rcp_str word); void *with; tallies met; } seen;

static void see_text(rcpi_terms *t, rcpi_arena *a, const tongue *g, rcp_str s, const rcpi_word_list *w, skips *skip, seen *to) {
  for (size_t i = 0; i < w->n; i++) {
    char digits[16];
    size_t n = 0, beg = w->at[i], taken;
    if (skip_to(skip, (uint32_t)beg) != beg) continue;
    rcp_str word = rcpi_sub(s, beg, w->stop[i] - beg > LONGEST ? beg + LONGEST : w->stop[i]), shown = word;
    if (is_number(word) && (taken = join_thousands(w, i, s, digits, &n)) > 0) {
      i += taken;
      word = (rcp_str){digits, n};
      shown = rcpi_sub(s, beg, w->stop[i]);
    }
    spelling found = spelling_of(t, a, g, word);
    tally *met = tally_at(&to->met, found.term);
    if (!found.rarity || met->is_taken) continue;
    *met = (tally){.term = found.term, .is_taken = true};
    to->see(to->with, found.term, shown);
  }
}

void rcpi_terms_words(rcpi_terms *t, rcpi_arena *a, const rcp_article *article,
                      void (*see)(void *with, uint32_t term, rcp_str word), void *with) {
  const tongue *g = tongue_of(t, article->lang);
  rcpi_word_list title = {.n = 0}, body = {.n = 0};
  skips skip = {article, 0, {0, 0}};
  seen to = {.see = see, .with = with, .met = {.cap = 64}};
  rcp_str heading = pad(a, article->title), text = pad(a, article->text);
  rcpi_words_read(a, t->isa, heading, &title);
  rcpi_words_read(a, t->isa, text, &body);
  while (to.met.cap < (title.n + body.n) * 2) to.met.cap *= 2;
  to.met.slots = rcpi_array(a, tally, to.met.cap);
  see_text(t, a, g, heading, &title, NULL, &to);
  see_text(t, a, g, text, &body, &skip, &to);
}

enum { STRIDE = 8 };

/* A short list against a long one: the long one is left in strides. */
static uint64_t product_with_long(const rcpi_term *a, size_t n_a, const rcpi_term *b, size_t n_b) {
  uint64_t sum = 0;
  for (size_t i = 0, j = 0; i < n_a; i++) {
    while (j + STRIDE < n_b && b[j + STRIDE].term <= a[i].term) j += STRIDE;
    while (j < n_b && b[j].term < a[i].term) j++;
    if (j == n_b) break;
    sum += b[j].term == a[i].term ? (uint64_t)a[i].weight * b[j].weight : 0;
  }
  return sum;
}

/* Both lists step by comparisons that are added, not branched on: which is ahead is as good as chance. */
uint64_t rcpi_terms_product(const rcpi_term *a, size_t n_a, const rcpi_term *b, size_t n_b) {
  uint64_t sum = 0;
  if (n_b > 4 * n_a) return product_with_long(a, n_a, b, n_b);
  if (n_a > 4 * n_b) return product_with_long(b, n_b, a, n_a);
  for (size_t i = 0, j = 0; i < n_a && j < n_b;) {
    uint32_t x = a[i].term, y = b[j].term;
    sum += x == y ? (uint64_t)a[i].weight * b[j].weight : 0;
    i += x <= y;
    j += y <= x;
  }
  return sum;
}
