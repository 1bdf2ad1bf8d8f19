/*
 * Elements and blocks stand in document order, so whatever is asked of a subtree is a difference of two running sums; a
 * line costs a walk up its ancestors and a handful of subtractions. Texts and looks that recur are counted in hash
 * tables; their order never shows.
 *
 * Prose is what the eye takes for it: a line of at least ten words that ends a sentence, or of twenty-five, with less
 * than a third of it in links.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "clean/html_features.h"

#include "base/hash.h"
#include "base/limits.h"

typedef struct sums { uint32_t bytes, links, prose; int64_t worth; } sums;   /* of all blocks before */

typedef struct look { uint32_t n, bytes, links, words, prose; } look;

typedef struct work {
  rcpi_arena *a;
  const rcpi_html_tree *t;
  rcpi_html_features *f;
  sums *sum;
  uint16_t *words;             /* by block */
  uint64_t *text_hash;
  look *looks;
  uint32_t *last_prose, *next_prose;  /* by block: the nearest line of prose before, after; UINT32_MAX: none */
  uint32_t best, own, main, article, n_articles;
  size_t title_block;          /* SIZE_MAX: none */
  rcpi_lines title;
} work;

static uint8_t percent(uint64_t part, uint64_t whole) {
  return whole ? (uint8_t)(part * 100 / whole > 100 ? 100 : part * 100 / whole) : 0;
}

/* Eight steps a doubling, interpolated: 0 for 0, 8 for 1, 53 for 100. */
static uint8_t log8(uint64_t n) {
  uint64_t m = n + 1;
  unsigned bit = 63u - (unsigned)__builtin_clzll(m);
  uint64_t part = bit >= 3 ? (m >> (bit - 3)) & 7 : (m << (3 - bit)) & 7;
  uint64_t v = bit * 8 + part;
  return (uint8_t)(v > 250 ? 250 : v);
}

static uint8_t capped(uint64_t n) {
  return (uint8_t)(n > 100 ? 100 : n);
}

static const rcpi_element *element(const work *w, uint32_t e) {
  return &w->t->elements.p[e];
}

static uint32_t end_of(const work *w, const rcpi_element *e) {
  return e->block_end < w->f->n ? e->block_end : (uint32_t)w->f->n;
}

static sums inside(const work *w, const rcpi_element *e) {
  const sums *x = &w->sum[e->block_beg], *y = &w->sum[e->block_beg < end_of(w, e) ? end_of(w, e) : e->block_beg];
  return (sums){y->bytes - x->bytes, y->links - x->links, y->prose - x->prose, y->worth - x->worth};
}

/* ------------------------------------------------------------------------------------------------------- whole page */

static size_t next_line_of(const work *w, size_t line, const rcpi_block *b) {
  while (line < w->f->lines->n && w->f->lines->p[line].at.beg < b->beg) line++;
  return line;
}

static bool looks_like_prose(const rcpi_html_tree *t, const rcpi_html_features *f, size_t i, uint32_t words) {
  const rcpi_block *b = &t->blocks.p[i];
  const rcpi_line *l = f->line[i];
  if (b->n_link * 3 > b->end - b->beg || !l) return false;
  if (words >= 25) return true;
  if (words < 10) return b->end - b->beg > 120 && words < 4; /* a language without spaces */
  return l->ends_sentence || l->n_ends;
}

static void measure(work *w) {
  size_t n = w->f->n, line = 0;
  for (size_t i = 0; i < n; i++) {
    const rcpi_block *b = &w->t->blocks.p[i];
    line = next_line_of(w, line, b);
    uint32_t words = 0;
    bool ends = false;
    w->f->line[i] = line < w->f->lines->n && w->f->lines->p[line].at.beg < b->end ? &w->f->lines->p[line] : NULL;
    for (size_t k = line; k < w->f->lines->n && w->f->lines->p[k].at.beg < b->end; k++) {
      words += w->f->lines->p[k].n_words;
      ends |= w->f->lines->p[k].ends_sentence;
    }
    w->words[i] = (uint16_t)(words > UINT16_MAX ? UINT16_MAX : words);
    bool is_prose = looks_like_prose(w->t, w->f, i, words) || (ends && words >= 10 && b->n_link * 3 <= b->end - b->beg);
    w->f->is_prose[i] = is_prose;
    uint32_t bytes = b->end - b->beg;
    int64_t worth = b->n_link * 2 > bytes ? -(int64_t)bytes : bytes < 60 ? 0 : (int64_t)bytes - 2 * (int64_t)b->n_link;
    w->sum[i + 1] = (sums){w->sum[i].bytes + bytes, w->sum[i].links + b->n_link, w->sum[i].prose + (is_prose ? bytes : 0),
                           w->sum[i].worth + worth};
  }
  w->f->page_prose = w->sum[n].prose;
}

static void find_neighbours(work *w) {
  uint32_t last = UINT32_MAX;
  for (size_t i = 0; i < w->f->n; i++) {
    w->last_prose[i] = last;
    if (w->f->is_prose[i]) last = (uint32_t)i;
  }
  last = UINT32_MAX;
  for (size_t i = w->f->n; i-- > 0;) {
    w->next_prose[i] = last;
    if (w->f->is_prose[i]) last = (uint32_t)i;
  }
}

/* The nearest block element: a line in a link in a paragraph is the paragraph's. */
static uint32_t block_element(const work *w, uint32_t e) {
  while (e && !element(w, e)->is_block) e = element(w, e)->parent;
  return e;
}

static uint32_t up(const work *w, uint32_t e) {
  return block_element(w, element(w, e)->parent);
}

static void find_containers(work *w) {
  int64_t most = INT64_MIN;
  uint32_t *own = rcpi_array(w->a, uint32_t, w->t->elements.n), most_main = 0, most_article = 0;
  for (size_t i = 0; i < w->f->n; i++) {
    uint32_t parent = up(w, block_element(w, w->t->blocks.p[i].element));
    if (w->f->is_prose[i]) own[parent] += w->t->blocks.p[i].end - w->t->blocks.p[i].beg;
  }
  for (uint32_t e = 0; e < w->t->elements.n; e++) {
    const rcpi_element *el = element(w, e);
    if (el->block_end <= el->block_beg || !el->is_block) continue;
    sums s = inside(w, el);
    if (s.worth >= most) most = s.worth, w->best = e;
    if (own[e] > own[w->own]) w->own = e;
    if (el->tag == RCPI_TAG_MAIN && s.prose >= most_main) most_main = s.prose, w->main = e;
    if (el->tag == RCPI_TAG_ARTICLE) {
      w->n_articles++;
      if (s.prose >= most_article) most_article = s.prose, w->article = e;
    }
  }
  w->f->best = w->best;
}

static uint32_t look_of(work *w, rcpi_map *map, uint64_t key, size_t *n_looks) {
  uint64_t *kept = rcpi_new(w->a, uint64_t);
  *kept = key;
  bool is_new;
  uint32_t *v = rcpi_map_put(w->a, map, (rcp_str){(const char *)kept, sizeof *kept}, (uint32_t)*n_looks, &is_new);
  *n_looks += is_new;
  return *v;
}

static void find_looks(work *w) {
  rcpi_map map = {0};
  size_t n_looks = 0;
  w->looks = rcpi_array(w->a, look, 2 * w->f->n + 1);
  for (size_t i = 0; i < w->f->n; i++) {
    const rcpi_block *b = &w->t->blocks.p[i];
    uint32_t e = b->element, p = element(w, e)->parent, pp = element(w, p)->parent;
    uint64_t near = (uint64_t)element(w, e)->look << 32 | element(w, p)->look;
    uint64_t deep = (near * 31 + element(w, pp)->look) * 31 + element(w, element(w, pp)->parent)->look;
    uint32_t ids[2] = {look_of(w, &map, near * 2 + 1, &n_looks), look_of(w, &map, (deep ^ 0x9E3779B97F4A7C15u) * 2, &n_looks)};
    w->f->group[RCPI_GROUP_LOOK][i] = ids[0];
    w->f->group[RCPI_GROUP_DEEP][i] = ids[1];
    w->f->group[RCPI_GROUP_PARENT][i] = up(w, block_element(w, e));
    w->f->group[RCPI_GROUP_GRAND][i] = up(w, w->f->group[RCPI_GROUP_PARENT][i]);
    for (int k = 0; k < 2; k++) {
      look *l = &w->looks[ids[k]];
      l->n++;
      l->bytes += b->end - b->beg;
      l->links += b->n_link;
      l->words += w->words[i];
      l->prose += w->f->is_prose[i];
    }
  }
}

/* The words of a block: *end is past the last. */
static const rcpi_lword *words_in(const work *w, size_t i, const rcpi_lword **end) {
  const rcpi_lword *all = w->f->lines->words;
  const rcpi_line *l = w->f->line[i];
  *end = l ? all + l->word + w->words[i] : all;
  return l ? all + l->word : all;
}

static bool spells_title(const work *w, size_t i) {
  const rcpi_lword *end, *p = words_in(w, i, &end);
  if (!w->title.n_words || (size_t)(end - p) != w->title.n_words) return false;
  for (size_t k = 0; p < end; p++, k++)
    if (p->hash != w->title.words[k].hash) return false;
  return true;
}

static void find_title(work *w) {
  w->title_block = SIZE_MAX;
  bool by_text = false;
  for (size_t i = 0; i < w->f->n; i++) {
    bool is_h1 = element(w, block_element(w, w->t->blocks.p[i].element))->tag == RCPI_TAG_H1;
    if (spells_title(w, i) && (is_h1 || !by_text)) {
      w->title_block = i;
      by_text = true;
      if (is_h1) return;
    } else if (is_h1 && !by_text && w->title_block == SIZE_MAX) w->title_block = i;
  }
}

/* ---------------------------------------------------------------------------------------------------------- a line */

static void of_line(const work *w, size_t i, uint8_t *x) {
  const rcpi_block *b = &w->t->blocks.p[i];
  uint32_t bytes = b->end - b->beg, e = block_element(w, b->element);
  rcpi_tag tag = (rcpi_tag)element(w, e)->tag;
  x[RCPI_F_IS_P] = tag == RCPI_TAG_P;
  x[RCPI_F_IS_H1] = tag == RCPI_TAG_H1;
  x[RCPI_F_IS_H2] = tag == RCPI_TAG_H2;
  x[RCPI_F_IS_H3] = tag == RCPI_TAG_H3;
  x[RCPI_F_IS_H4] = tag >= RCPI_TAG_H4 && tag <= RCPI_TAG_H6;
  x[RCPI_F_IS_LI] = tag == RCPI_TAG_LI;
  x[RCPI_F_IS_CELL] = tag == RCPI_TAG_TD || tag == RCPI_TAG_TH;
  x[RCPI_F_IS_TERM] = tag == RCPI_TAG_DT || tag == RCPI_TAG_DD;
  x[RCPI_F_IS_QUOTE] = tag == RCPI_TAG_BLOCKQUOTE;
  x[RCPI_F_IS_CAPTION] = tag == RCPI_TAG_FIGCAPTION || tag == RCPI_TAG_CAPTION;
  x[RCPI_F_IS_DIV] = tag == RCPI_TAG_DIV;
  x[RCPI_F_IS_INLINE] = b->element != e;
  x[RCPI_F_BYTES] = log8(bytes);
  x[RCPI_F_WORDS] = log8(w->words[i]);
  x[RCPI_F_LINK_SHARE] = percent(b->n_link, bytes);
  x[RCPI_F_LINKS] = capped(b->n_links);
  x[RCPI_F_BOLD_SHARE] = percent(b->n_bold, bytes);
  x[RCPI_F_IMAGES] = capped(b->n_images);
  x[RCPI_F_DEPTH] = capped(element(w, e)->depth);
  x[RCPI_F_WORD_BYTES] = capped(w->words[i] ? bytes * 4 / w->words[i] : 100);
  const rcpi_line *l = w->f->line[i];
  if (!l) return;
  uint32_t words = 0, commas = 0, ends = 0, capital = 0, letters = 0, upper = 0, function = 0, numbers = 0, items = 0, hints = 0;
  uint32_t separators = 0, dashes = 0, symbols = 0, within = 0, captions = 0, n_lines = 0, months = 0;
  const rcpi_line *last = l, *past = w->f->lines->p + w->f->lines->n;
  for (const rcpi_line *k = l; k < past && k->at.beg < b->end; last = k++) {
    words += k->n_words, commas += k->n_commas, ends += k->n_ends, capital += k->n_capital, letters += k->n_letters;
    upper += k->n_upper, function += k->n_function, numbers += k->n_numbers, items += k->n_item_words, hints += k->n_hints;
    separators += k->n_separators, dashes += k->n_dashes, symbols += k->n_symbols, within += k->n_inside;
    captions += k->n_caption, n_lines++;
    for (uint32_t v = k->word; v < k->end_word && v < k->word + 40; v++) months += (w->f->lines->words[v].flags & RCPI_LW_MONTH) != 0;
    x[RCPI_F_COPYRIGHT] |= k->has_copyright;
    x[RCPI_F_HAS_URL] |= k->has_url;
    x[RCPI_F_HAS_AT] |= k->has_at_sign;
  }
  x[RCPI_F_COMMAS] = capped(commas);
  x[RCPI_F_ENDS] = capped(ends);
  x[RCPI_F_ENDS_SENTENCE] = last->ends_sentence;
  x[RCPI_F_ENDS_COLON] = last->ends_colon;
  x[RCPI_F_STARTS_LOWER] = l->starts_lower;
  x[RCPI_F_STARTS_SYMBOL] = l->starts_symbol;
  x[RCPI_F_CAPITAL_SHARE] = percent(capital, words);
  x[RCPI_F_UPPER_SHARE] = percent(upper, letters);
  x[RCPI_F_FUNCTION_SHARE] = percent(function, words);
  x[RCPI_F_NUMBERS] = capped(numbers);
  x[RCPI_F_SEPARATORS] = capped(separators);
  x[RCPI_F_DASHES] = capped(dashes);
  x[RCPI_F_SYMBOLS] = capped(symbols);
  x[RCPI_F_ITEM_SHARE] = percent(items, words);
  x[RCPI_F_HINTS] = capped(hints);
  x[RCPI_F_INSIDE] = capped(within);
  x[RCPI_F_CAPTIONS] = capped(captions);
  x[RCPI_F_START_KIND] = (uint8_t)(l->start_kind + 1);
  x[RCPI_F_INSIDE_KIND] = (uint8_t)(l->inside_kind + 1);
  x[RCPI_F_ITEM_KIND] = (uint8_t)(l->item_kind + 1);
  x[RCPI_F_SECTION_KIND] = (uint8_t)(l->section_kind + 1);
  x[RCPI_F_IS_SECTION] = l->is_section;
  x[RCPI_F_HAS_BYLINE] = l->has_byline;
  x[RCPI_F_START_MARKED] = l->start_is_marked;
  x[RCPI_F_START_WEAK] = l->start_is_weak;
  x[RCPI_F_MONTHS] = capped(months);
  x[RCPI_F_LINES] = capped(n_lines);
}

/* Share of the title's words that the line has, for lines about as long. */
static uint8_t title_words(const work *w, size_t i) {
  const rcpi_lword *end, *begin = words_in(w, i, &end);
  unsigned n = 0, hits = 0;
  if ((size_t)(end - begin) > 3 * w->title.n_words + 4) return 0;
  for (size_t k = 0; k < w->title.n_words; k++) {
    if (w->title.words[k].end - w->title.words[k].beg < 3) continue;
    bool has = false;
    for (const rcpi_lword *p = begin; p < end && !has; p++) has = p->hash == w->title.words[k].hash;
    n++;
    hits += has;
  }
  return percent(hits, n);
}

static void of_page(const work *w, size_t i, uint8_t *x) {
  const sums *all = &w->sum[w->f->n];
  x[RCPI_F_PAGE_BLOCKS] = log8(w->f->n);
  x[RCPI_F_PAGE_PROSE] = log8(all->prose);
  x[RCPI_F_PAGE_LINKS] = percent(all->links, all->bytes);
  x[RCPI_F_PAGE_ARTICLES] = capped(w->n_articles);
  x[RCPI_F_PLACE] = percent(w->sum[i].bytes, all->bytes);
  x[RCPI_F_PROSE_BEFORE] = percent(w->sum[i].prose, all->prose);
  x[RCPI_F_PROSE_AFTER] = percent(all->prose - w->sum[i + 1].prose, all->prose);
  x[RCPI_F_AFTER_TITLE] = w->title_block == SIZE_MAX ? RCPI_FAR
                          : i < w->title_block       ? (uint8_t)(100 - log8(w->title_block - i))
                                                     : (uint8_t)(100 + log8(i - w->title_block));
  x[RCPI_F_IS_TITLE] = i == w->title_block;
  x[RCPI_F_TITLE_WORDS] = title_words(w, i);
}

/* Steps from element e up to the nearest ancestor that holds `other` too. */
static unsigned steps_to(const work *w, uint32_t e, uint32_t other) {
  unsigned n = 0;
  while (e && !(other >= e && other < element(w, e)->end)) e = up(w, e), n++;
  return n;
}

static void of_containers(const work *w, size_t i, uint8_t *x) {
  uint32_t e = block_element(w, w->t->blocks.p[i].element);
  const rcpi_element *best = element(w, w->best), *own = element(w, w->own);
  const sums *all = &w->sum[w->f->n];
  x[RCPI_F_BEST_UP] = capped(steps_to(w, e, w->best));
  if (e >= w->best && e < best->end) x[RCPI_F_BEST_UP] = 0;
  x[RCPI_F_BEST_SIDE] = i < best->block_beg ? 0 : i < end_of(w, best) ? 1 : 2;
  x[RCPI_F_BEST_PLACE] = i < best->block_beg        ? (uint8_t)(100 - log8(best->block_beg - i))
                         : i >= end_of(w, best)     ? (uint8_t)(102 + log8(i - end_of(w, best)))
                                                    : 101;
  x[RCPI_F_BEST_SHARE] = percent(inside(w, best).prose, all->prose);
  x[RCPI_F_OWN_UP] = capped(steps_to(w, e, w->own));
  if (e >= w->own && e < own->end) x[RCPI_F_OWN_UP] = 0;
  x[RCPI_F_OWN_SIDE] = i < own->block_beg ? 0 : i < end_of(w, own) ? 1 : 2;
  x[RCPI_F_OWN_SHARE] = percent(inside(w, own).prose, all->prose);
  x[RCPI_F_ARTICLE_PROSE] = x[RCPI_F_MAIN_PROSE] = RCPI_FAR;
  if (w->article) x[RCPI_F_ARTICLE_PROSE] = e >= w->article && e < element(w, w->article)->end
                                              ? percent(inside(w, element(w, w->article)).prose, all->prose) : 101;
  if (w->main) x[RCPI_F_MAIN_PROSE] = e >= w->main && e < element(w, w->main)->end
                                        ? percent(inside(w, element(w, w->main)).prose, all->prose) : 101;
}

static void of_look(const look *l, const sums *all, uint8_t *x) {
  x[0] = log8(l->n);
  x[1] = percent(l->bytes, all->bytes);
  x[2] = percent(l->links, l->bytes);
  x[3] = log8(l->words / l->n);
  x[4] = percent(l->prose, l->n);
}

static int around_of(rcpi_tag tag) {
  switch (tag) {
#define AROUND_CASE(name) case RCPI_TAG_##name: return RCPI_AROUND_##name;
    RCPI_AROUND(AROUND_CASE)
#undef AROUND_CASE
    default: return -1;
  }
}

/* What an element's descendants have of it and of what is above it. */
typedef struct above {
  uint32_t element;
  uint8_t hidden, body_prop;
  uint8_t level[RCPI_LEVELS + 1][4];   /* prose, dense, links, blocks: of the nearest block element, itself or above, and on */
  uint8_t shares[RCPI_N_AROUND + RCPI_N_MARKUP], kinds_up[RCPI_N_MARKUP];
} above;

/* Elements from the page down to where a line stands; the lines come in order, so that each element is looked at once. */
typedef struct path { above *p; size_t n, cap; } path;

static void measure_level(const work *w, sums s, uint32_t blocks, uint8_t *out) {
  out[0] = percent(s.prose, w->sum[w->f->n].prose);
  out[1] = percent(s.prose, s.bytes);
  out[2] = percent(s.links, s.bytes);
  out[3] = log8(blocks);
}

static void begin_path(const work *w, path *way) {
  *way = (path){.p = NULL};
  rcpi_reserve(w->a, way, 64);
  above *top = &way->p[way->n++];
  memset(top, RCPI_FAR, sizeof *top);
  top->element = 0;
  for (size_t k = 0; k <= RCPI_LEVELS; k++) measure_level(w, w->sum[w->f->n], (uint32_t)w->f->n, top->level[k]);
}

/* Element `e`, whose parent is the last of the path. */
static void go_down(const work *w, path *way, uint32_t e) {
  rcpi_reserve(w->a, way, way->n + 1);
  const rcpi_element *el = element(w, e);
  above *x = &way->p[way->n];
  *x = way->p[way->n - 1];
  way->n++;
  x->element = e;
  sums s = inside(w, el);
  uint8_t share = percent(s.bytes, w->sum[w->f->n].bytes);
  int around = around_of((rcpi_tag)el->tag);
  if (around >= 0) x->shares[around] = share;
  if (el->is_hidden) x->hidden = share;
  if (el->is_article_body) x->body_prop = percent(s.prose, w->sum[w->f->n].prose);
  for (size_t k = 0; k < RCPI_N_MARKUP; k++) x->kinds_up[k] = (uint8_t)(x->kinds_up[k] + (x->kinds_up[k] < 100));
  for (uint64_t bits = el->words; bits; bits &= bits - 1) {
    unsigned kind = (unsigned)__builtin_ctzll(bits);
    x->shares[RCPI_N_AROUND + kind] = share;
    x->kinds_up[kind] = 0;
  }
  if (!el->is_block) return;
  memmove(x->level[1], x->level[0], sizeof x->level - sizeof *x->level);
  measure_level(w, s, end_of(w, el) - el->block_beg, x->level[0]);
}

static const above *go_to(const work *w, path *way, uint32_t e) {
  for (uint32_t last; (last = way->p[way->n - 1].element) && (e < last || e >= element(w, last)->end);) way->n--;
  uint32_t below = way->p[way->n - 1].element, steps[RCPI_MAX_DEPTH];
  size_t n = 0;
  for (; e > below && n < RCPI_MAX_DEPTH; e = element(w, e)->parent) steps[n++] = e;
  while (n) go_down(w, way, steps[--n]);
  return &way->p[way->n - 1];
}

/* The line's own element is no level: it says nothing that the line does not. */
static void of_ancestors(const work *w, size_t i, path *way, uint8_t *x) {
  const above *a = go_to(w, way, w->t->blocks.p[i].element);
  x[RCPI_F_HIDDEN] = a->hidden;
  x[RCPI_F_BODY_PROP] = a->body_prop;
  memcpy(x + RCPI_F_AROUND, a->shares, sizeof a->shares);
  memcpy(x + RCPI_F_KIND_UP, a->kinds_up, sizeof a->kinds_up);
  for (size_t k = 0; k < RCPI_LEVELS; k++) {
    x[RCPI_F_LEVEL_PROSE + k] = a->level[k + 1][0];
    x[RCPI_F_LEVEL_DENSE + k] = a->level[k + 1][1];
    x[RCPI_F_LEVEL_LINKS + k] = a->level[k + 1][2];
    x[RCPI_F_LEVEL_BLOCKS + k] = a->level[k + 1][3];
  }
}

static bool is_heading(const work *w, size_t i) {
  return rcpi_tag_is((rcpi_tag)element(w, block_element(w, w->t->blocks.p[i].element))->tag, RCPI_TRAIT_HEADING);
}

static void of_neighbours(const work *w, size_t i, uint8_t *x) {
  size_t n = w->f->n;
  const rcpi_block *b = w->t->blocks.p;
  uint32_t e = block_element(w, b[i].element);
#define LINKS(k) percent(b[k].n_link, b[k].end - b[k].beg)
  x[RCPI_F_PREV_UP] = x[RCPI_F_NEXT_UP] = x[RCPI_F_PREV_PROSE_UP] = x[RCPI_F_NEXT_PROSE_UP] = RCPI_FAR;
  if (i > 0) {
    x[RCPI_F_PREV_WORDS] = log8(w->words[i - 1]);
    x[RCPI_F_PREV_LINKS] = LINKS(i - 1);
    x[RCPI_F_PREV_HEADING] = is_heading(w, i - 1);
    x[RCPI_F_PREV_LOOK] = w->f->group[RCPI_GROUP_LOOK][i] == w->f->group[RCPI_GROUP_LOOK][i - 1];
    x[RCPI_F_PREV_ENDS] = w->f->line[i - 1] && w->f->line[i - 1]->ends_sentence;
    x[RCPI_F_PREV_UP] = capped(steps_to(w, e, b[i - 1].element));
  }
  if (i > 1) x[RCPI_F_PREV2_WORDS] = log8(w->words[i - 2]), x[RCPI_F_PREV2_LINKS] = LINKS(i - 2);
  if (i + 1 < n) {
    x[RCPI_F_NEXT_WORDS] = log8(w->words[i + 1]);
    x[RCPI_F_NEXT_LINKS] = LINKS(i + 1);
    x[RCPI_F_NEXT_HEADING] = is_heading(w, i + 1);
    x[RCPI_F_NEXT_LOOK] = w->f->group[RCPI_GROUP_LOOK][i] == w->f->group[RCPI_GROUP_LOOK][i + 1];
    x[RCPI_F_NEXT_ENDS] = w->f->line[i + 1] && w->f->line[i + 1]->ends_sentence;
    x[RCPI_F_NEXT_UP] = capped(steps_to(w, e, b[i + 1].element));
  }
  if (i + 2 < n) x[RCPI_F_NEXT2_WORDS] = log8(w->words[i + 2]), x[RCPI_F_NEXT2_LINKS] = LINKS(i + 2);
#undef LINKS
  x[RCPI_F_PREV_PROSE] = w->last_prose[i] == UINT32_MAX ? RCPI_FAR : log8(i - w->last_prose[i]);
  x[RCPI_F_NEXT_PROSE] = w->next_prose[i] == UINT32_MAX ? RCPI_FAR : log8(w->next_prose[i] - i);
  if (w->last_prose[i] != UINT32_MAX) x[RCPI_F_PREV_PROSE_UP] = capped(steps_to(w, e, b[w->last_prose[i]].element));
  if (w->next_prose[i] != UINT32_MAX) x[RCPI_F_NEXT_PROSE_UP] = capped(steps_to(w, e, b[w->next_prose[i]].element));
}

static void of_repeats(work *w, uint8_t *rows) {
  rcpi_map map = {0};
  uint32_t *count = rcpi_array(w->a, uint32_t, w->f->n + 1), *slot = rcpi_array(w->a, uint32_t, w->f->n + 1);
  for (size_t i = 0; i < w->f->n; i++) {
    slot[i] = *rcpi_map_put(w->a, &map, rcpi_block_text(w->t, i), (uint32_t)i, NULL);
    rows[i * RCPI_N_FEATURES + RCPI_F_SAME_TEXT_BEFORE] = capped(count[slot[i]]++);
  }
  for (size_t i = 0; i < w->f->n; i++) rows[i * RCPI_N_FEATURES + RCPI_F_SAME_TEXT] = capped(count[slot[i]] - 1);
}

/* What the heading above says: how far it is, whether it is one over links or comments, and what stands below it. */
static void of_headings(const work *w, uint8_t *rows) {
  size_t heading = SIZE_MAX;
  for (size_t i = 0; i < w->f->n; i++) {
    uint8_t *x = rows + i * RCPI_N_FEATURES;
    bool is_label = w->f->line[i] && w->f->line[i]->is_section && w->words[i] < 10;
    if (is_heading(w, i) || is_label) heading = i;
    x[RCPI_F_HEADING_BLOCKS] = heading == SIZE_MAX ? RCPI_FAR : log8(i - heading);
    x[RCPI_F_SECTION_ABOVE] = heading == SIZE_MAX ? RCPI_FAR
                              : w->f->line[heading] && w->f->line[heading]->is_section
                                  ? (uint8_t)(w->f->line[heading]->section_kind + 2) : 0;
    x[RCPI_F_HEADING_LINKS] = heading == SIZE_MAX ? 0
                              : percent(w->sum[i + 1].links - w->sum[heading].links, w->sum[i + 1].bytes - w->sum[heading].bytes);
  }
}

void rcpi_html_features_of(rcpi_arena *a, const rcpi_cleaner *cleaner, const rcpi_html_tree *t, const rcpi_lines *lines,
                           rcp_str title, rcpi_html_features *out) {
  size_t n = t->blocks.n;
  *out = (rcpi_html_features){.n = n, .rows = rcpi_alloc(a, n, RCPI_N_FEATURES), .is_prose = rcpi_array(a, bool, n),
                              .line = rcpi_array(a, const rcpi_line *, n), .lines = lines, .a = a};
  if (!n) return;
  work *w = rcpi_new(a, work);
  *w = (work){.a = a, .t = t, .f = out, .sum = rcpi_array(a, sums, n + 1), .words = rcpi_array(a, uint16_t, n),
              .last_prose = rcpi_array(a, uint32_t, n), .next_prose = rcpi_array(a, uint32_t, n)};
  for (size_t k = 0; k < RCPI_GROUPS; k++) out->group[k] = rcpi_array(a, uint32_t, n);
  out->n_groups = t->elements.n > 2 * n ? t->elements.n : 2 * n;
  if (title.n) rcpi_lines_of(a, cleaner->words, title, &w->title);
  measure(w);
  find_neighbours(w);
  find_containers(w);
  find_looks(w);
  find_title(w);
  path way;
  begin_path(w, &way);
  for (size_t i = 0; i < n; i++) {
    uint8_t *x = out->rows + i * RCPI_N_FEATURES;
    of_line(w, i, x);
    of_page(w, i, x);
    of_containers(w, i, x);
    of_look(&w->looks[w->f->group[RCPI_GROUP_LOOK][i]], &w->sum[n], x + RCPI_F_LOOK_COUNT);
    of_look(&w->looks[w->f->group[RCPI_GROUP_DEEP][i]], &w->sum[n], x + RCPI_F_DEEP_COUNT);
    of_ancestors(w, i, &way, x);
    of_neighbours(w, i, x);
  }
  of_repeats(w, out->rows);
  of_headings(w, out->rows);
}

const char *rcpi_html_feature_name(rcpi_arena *a, size_t feature) {
#define NAME(name) #name,
  static const char *const names[] = {RCPI_FEATURES(NAME)};
  static const char *const around[] = {RCPI_AROUND(NAME)};
  static const char *const kinds[] = {RCPI_MARKUP_KINDS(NAME)};
#undef NAME
  if (feature < RCPI_F_LEVEL_PROSE) return names[feature];
  if (feature < RCPI_F_AROUND)
    return rcpi_printf(a, "LEVEL_%zu_%zu", (feature - RCPI_F_LEVEL_PROSE) / RCPI_LEVELS, (feature - RCPI_F_LEVEL_PROSE) % RCPI_LEVELS).p;
  if (feature < RCPI_F_KIND_SHARE) return rcpi_printf(a, "AROUND_%s", around[feature - RCPI_F_AROUND]).p;
  if (feature < RCPI_F_KIND_UP) return rcpi_printf(a, "SHARE_%s", kinds[feature - RCPI_F_KIND_SHARE]).p;
  return rcpi_printf(a, "UP_%s", kinds[feature - RCPI_F_KIND_UP]).p;
}
