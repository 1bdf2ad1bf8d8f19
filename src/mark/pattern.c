/*
 * A pattern is compiled to elements of word ids and class ids; a word of the text is mapped to its id by one look-up.
 * Matching tries an optional element both ways, as deep as the pattern is long. Patterns are chained by their first element, so that a word that begins none costs one look-up.
 *
 * A pattern whose first elements are optional is entered in the chains of each element that may come first.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mark/pattern.h"

/* Words are in a pool of ids, elements in a pool of elements: a language has hundreds of patterns. */
typedef struct element {
  uint16_t first, n_words;
  uint8_t class_id;              /* when n_words is 0 */
  bool is_optional;
} element;

struct rcpi_pattern { uint32_t first, n, row; };

struct rcpi_pattern_pool {
  RCPI_VEC(uint16_t) words;
  RCPI_VEC(element) elements;
};

struct rcpi_pattern_link { uint32_t pattern, first, next; };

static bool is_class_name(rcp_str s) {
  return s.n && s.p[0] >= 'A' && s.p[0] <= 'Z';
}

static element read_element(rcpi_arena *a, rcpi_patterns *p, rcp_str s) {
  element e = {.first = (uint16_t)p->pool->words.n};
  if (s.n > 1 && s.p[s.n - 1] == '?') {
    e.is_optional = true;
    s.n--;
  }
  if (is_class_name(s)) {
    for (size_t i = 0; i < p->n_classes; i++)
      if (rcpi_is(s, p->classes[i])) e.class_id = (uint8_t)i;
    return e;
  }
  rcp_str word, rest = s;
  while (rcpi_next_field(&rest, '|', &word)) {
    rcpi_push(a, &p->pool->words, (uint16_t)*rcpi_map_put(a, &p->ids, word, (uint32_t)p->ids.n + 1, NULL));
    e.n_words++;
  }
  return e;
}

static void read_pattern(rcpi_arena *a, rcpi_patterns *p, size_t row) {
  rcpi_pattern *q = &p->all[p->n++];
  rcp_str word, rest = rcpi_cell(p->table, row, 0);
  *q = (rcpi_pattern){(uint32_t)p->pool->elements.n, 0, (uint32_t)row};
  for (; rcpi_next_field(&rest, ' ', &word); q->n++) {
    element e = read_element(a, p, word);
    rcpi_push(a, &p->pool->elements, e);
  }
}

/* The chains are arrays of links that begin at by_word[id] and by_class[id]; link 0 ends a chain. */
static void chain(rcpi_arena *a, rcpi_patterns *p) {
  RCPI_VEC(rcpi_pattern_link) links = {0};
  rcpi_push(a, &links, (rcpi_pattern_link){0});
  p->n_words = p->ids.n + 1;
  p->by_word = rcpi_array(a, uint32_t, p->n_words);
  p->by_class = rcpi_array(a, uint32_t, p->n_classes);
  for (uint32_t i = (uint32_t)p->n; i-- > 0;) {
    const rcpi_pattern *q = &p->all[i];
    for (uint32_t first = 0; first < q->n; first++) {
      const element *e = &p->pool->elements.p[q->first + first];
      for (size_t k = 0; k < e->n_words; k++) {
        uint32_t *head = &p->by_word[p->pool->words.p[e->first + k]];
        rcpi_push(a, &links, (rcpi_pattern_link){i, first, *head});
        *head = (uint32_t)links.n - 1;
      }
      if (!e->n_words) {
        rcpi_push(a, &links, (rcpi_pattern_link){i, first, p->by_class[e->class_id]});
        p->by_class[e->class_id] = (uint32_t)links.n - 1;
      }
      if (!e->is_optional) break;
    }
  }
  p->links = links.p;
}

void rcpi_patterns_read(rcpi_arena *a, const rcpi_table *table, const char *const *classes, size_t n_classes, rcpi_patterns *out) {
  *out = (rcpi_patterns){.table = table, .classes = classes, .n_classes = n_classes};
  out->pool = rcpi_new(a, rcpi_pattern_pool);
  out->all = rcpi_array(a, rcpi_pattern, table->n_rows);
  for (size_t i = 0; i < table->n_rows; i++) read_pattern(a, out, i);
  chain(a, out);
}

uint32_t rcpi_pattern_word(rcpi_arena *a, rcpi_patterns *p, rcp_str fold) {
  return *rcpi_map_put(a, &p->ids, fold, (uint32_t)p->ids.n + 1, NULL);
}

uint32_t *rcpi_pattern_ids(rcpi_arena *a, const rcpi_patterns *p, const rcpi_plain *words) {
  uint32_t *ids = rcpi_array(a, uint32_t, words->n + 1);
  for (size_t i = 0; i < words->n; i++) {
    const uint32_t *id = rcpi_map_get(&p->ids, words->w[i].fold);
    ids[i] = id ? *id : 0;
  }
  return ids;
}

typedef struct matcher {
  const rcpi_patterns *p;
  const rcpi_pattern_text *t;
  size_t at;
  rcpi_pattern_hit best, now;
  uint32_t best_elements;
} matcher;

/* How many words element `e` takes at word `at`. */
static size_t take(matcher *m, const element *e, size_t at, double *value) {
  if (at >= m->t->words->n || !rcpi_plain_same_sentence(m->t->words, m->at, at)) return 0;
  if (!e->n_words) return m->t->fn(m->t->context, e->class_id, at, value);
  uint32_t id = m->t->ids[at];
  for (size_t k = 0; id && k < e->n_words; k++)
    if (m->p->pool->words.p[e->first + k] == id) return 1;
  return 0;
}

static void keep(matcher *m, const rcpi_pattern *q, size_t at) {
  bool is_literal = m->now.n_slots < m->best.n_slots || (m->now.n_slots == m->best.n_slots && q->n > m->best_elements);
  bool is_better = at > m->best.end || (at == m->best.end && is_literal);
  if (at == m->at || !is_better || !m->t->words->w[at - 1].is_last) return;
  m->now.row = q->row;
  m->now.end = at;
  m->best = m->now;
  m->best_elements = q->n;
}

static void match(matcher *m, const rcpi_pattern *q, uint32_t i, size_t at) {
  if (i == q->n) {
    keep(m, q, at);
    return;
  }
  const element *e = &m->p->pool->elements.p[q->first + i];
  double value = 0;
  size_t n = take(m, e, at, &value);
  if (n) {
    unsigned n_slots = m->now.n_slots;
    if (!e->n_words && n_slots < RCPI_PATTERN_SLOTS) {
      m->now.slot[n_slots].class_id = e->class_id;
      m->now.slot[n_slots].at = at;
      m->now.slot[n_slots].value = value;
      m->now.n_slots++;
    }
    match(m, q, i + 1, at + n);
    m->now.n_slots = n_slots;
  }
  if (e->is_optional) match(m, q, i + 1, at);
}

static void match_chain(matcher *m, uint32_t link) {
  for (; link; link = m->p->links[link].next) {
    m->now.n_slots = 0;
    match(m, &m->p->all[m->p->links[link].pattern], m->p->links[link].first, m->at);
  }
}

bool rcpi_pattern_at(const rcpi_patterns *p, const rcpi_pattern_text *text, size_t at, rcpi_pattern_hit *out) {
  if (!text->words->w[at].is_first) return false;
  matcher m = {.p = p, .t = text, .at = at};
  uint32_t id = text->ids[at];
  if (id && id < p->n_words) match_chain(&m, p->by_word[id]);
  double value;
  for (unsigned c = 0; text->has_class[at] && c < p->n_classes; c++)
    if (p->by_class[c] && text->fn(text->context, c, at, &value)) match_chain(&m, p->by_class[c]);
  *out = m.best;
  return m.best.end > at;
}

const double *rcpi_slot_value(const rcpi_pattern_hit *m, unsigned class_id) {
  for (unsigned i = 0; i < m->n_slots; i++)
    if (m->slot[i].class_id == class_id) return &m->slot[i].value;
  return NULL;
}
