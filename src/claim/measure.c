/*
 * first = .5 dice + .1 most + .2 letters + .2 sentence - .15 apart - .6 common, where `common` is the mean of what either
 * piece scores with all pieces of other articles: a story that always says "temple" asks more of a pair.
 *
 * Place counts because news is a pyramid and copies keep their order; softly, because follow-ups break it.
 *
 * Cost: pairs of near sentences x 25 pairs of pieces, some ten additions each. All sums are integers.
 */
#include "claim/measure.h"

#include <stdlib.h>

#include "claim/letters.h"
#include "claim/near.h"

enum {
  FEWEST = 40,                 /* pieces of an article, where a mean over them is taken */
  UNKNOWN = -30,               /* what a pair that was never compared counts for in a mean */
  LEAST_RAW = 25, LEAST_FIRST = 50,   /* below: no promise */
};

typedef struct meter {
  rcpi_arena *a;
  const rcpi_items *items;
  const rcpi_pieces *pieces;
  rcpi_near near;
  uint32_t *cover, *cover_at;  /* by place in near.of, where it begins: weight of its pieces (then of the sentence) met in own ones */
  rcpi_letters letters;
  struct { RCPI_VEC(uint32_t) v; } of_kind[RCPI_ITEM_N_KINDS];   /* items of the kinds that have a floor */
  uint32_t *gain;              /* scratch: of each item, its weight times how well the present piece meets it */
  int64_t *sum;                /* of each piece: its scores with pieces of other articles */
  uint32_t *n_known;
  RCPI_VEC(rcpi_measure) out;
} meter;

/* --------------------------------------------------------------------------------------------------------- coverage */

typedef struct range { const uint32_t *items; uint32_t n; } range;

static void raise_gain(meter *m, uint32_t item, uint32_t sim) {
  uint32_t gain = m->items->items[item].weight * sim;
  if (m->gain[item] < gain) m->gain[item] = gain;
}

/* Any item of a kind has something in common with a piece that holds one of the kind. */
static void meet(meter *m, range r) {
  bool has_kind[RCPI_ITEM_N_KINDS] = {false};
  for (uint32_t k = 0; k < r.n; k++) {
    has_kind[m->items->items[r.items[k]].kind] = true;
    for (uint32_t l = m->items->like_at[r.items[k]]; l < m->items->like_at[r.items[k] + 1]; l++)
      raise_gain(m, m->items->likes[l].item, m->items->likes[l].sim);
  }
  for (int kind = 0; kind < RCPI_ITEM_N_KINDS; kind++)
    for (size_t i = 0; has_kind[kind] && i < m->of_kind[kind].v.n; i++) raise_gain(m, m->of_kind[kind].v.p[i], rcpi_item_floor[kind]);
}

static void forget(meter *m, range r) {
  bool has_kind[RCPI_ITEM_N_KINDS] = {false};
  for (uint32_t k = 0; k < r.n; k++) {
    has_kind[m->items->items[r.items[k]].kind] = true;
    for (uint32_t l = m->items->like_at[r.items[k]]; l < m->items->like_at[r.items[k] + 1]; l++) m->gain[m->items->likes[l].item] = 0;
  }
  for (int kind = 0; kind < RCPI_ITEM_N_KINDS; kind++)
    for (size_t i = 0; has_kind[kind] && i < m->of_kind[kind].v.n; i++) m->gain[m->of_kind[kind].v.p[i]] = 0;
}

/* Weight of r's items that the present piece meets. */
static uint32_t covered(const meter *m, range r) {
  uint32_t sum = 0;
  for (uint32_t k = 0; k < r.n; k++) sum += m->gain[r.items[k]];
  return sum / RCPI_SAME;
}

static range of_piece(const rcpi_piece *p) { return (range){p->items, p->n_items}; }
static range of_sentence(const rcpi_piece_sentence *p) { return (range){p->items, p->n_items}; }

/* Both arrays at once, so that neither grows: every pair of pieces of near sentences is covered twice and measured at most once. */
static void make_room(meter *m) {
  const rcpi_pieces *p = m->pieces;
  size_t n = 0, n_pairs = 0;
  m->cover_at = rcpi_array(m->a, uint32_t, m->near.at[p->n_sentences]);
  for (uint32_t i = 0; i < p->n_sentences; i++)
    for (uint32_t c = m->near.at[i]; c < m->near.at[i + 1]; c++) {
      size_t n_both = (size_t)p->sentences[i].n * p->sentences[m->near.of[c]].n;
      m->cover_at[c] = (uint32_t)n;
      n += n_both + 1;
      if (m->near.of[c] >= i) n_pairs += n_both;
    }
  m->cover = rcpi_array(m->a, uint32_t, n);
  rcpi_reserve(m->a, &m->out, n_pairs);
}

/* For each sentence near i a block: [own piece][its piece], and last the sentences. */
static void cover_sentence(meter *m, uint32_t i) {
  const rcpi_pieces *p = m->pieces;
  const rcpi_piece_sentence *own = &p->sentences[i];
  for (uint32_t x = 0; x <= own->n; x++) {
    range r = x < own->n ? of_piece(&p->pieces[own->first + x]) : of_sentence(own);
    meet(m, r);
    for (uint32_t c = m->near.at[i]; c < m->near.at[i + 1]; c++) {
      const rcpi_piece_sentence *t = &p->sentences[m->near.of[c]];
      if (x == own->n) m->cover[m->cover_at[c] + own->n * t->n] = covered(m, of_sentence(t));
      else
        for (uint32_t y = 0; y < t->n; y++) m->cover[m->cover_at[c] + x * t->n + y] = covered(m, of_piece(&p->pieces[t->first + y]));
    }
    forget(m, r);
  }
}

static int by_number(const void *x, const void *y) {
  uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
  return a < b ? -1 : a > b;
}

/* The block that sentence t keeps for sentence i. */
static const uint32_t *cover_from(const meter *m, uint32_t t, uint32_t i) {
  const uint32_t *first = m->near.of + m->near.at[t];
  const uint32_t *p = bsearch(&i, first, m->near.at[t + 1] - m->near.at[t], sizeof *p, by_number);
  return m->cover + m->cover_at[p - m->near.of];
}

/* ------------------------------------------------------------------------------------------------------------ pairs */

static int16_t share(uint32_t part, uint32_t whole) {
  uint32_t v = !whole ? 0 : part < UINT32_MAX / 1000 ? part * 1000 / whole : (uint32_t)((uint64_t)part * 1000 / whole);
  return (int16_t)(v > 1000 ? 1000 : v);
}

static void add(meter *m, rcpi_measure r, bool is_cross) {
  int32_t raw = (50 * r.dice + 10 * r.most + 20 * r.letters + 20 * r.sentence - 15 * r.apart) / 100;
  if (is_cross) {
    m->sum[r.a] += raw, m->sum[r.b] += raw;
    m->n_known[r.a]++, m->n_known[r.b]++;
  }
  r.first = (int16_t)raw;
  if (raw >= LEAST_RAW) rcpi_push(m->a, &m->out, r);
}

/* Pairs of pieces of sentences i and t; `dots` are letter products of their clauses, t's the faster index. */
static void measure_pieces(meter *m, uint32_t i, uint32_t t, const uint32_t *ab, const uint64_t *dots) {
  const rcpi_pieces *p = m->pieces;
  const rcpi_piece_sentence *a = &p->sentences[i], *b = &p->sentences[t];
  const uint32_t *ba = cover_from(m, t, i);
  size_t last = (size_t)a->n * b->n;
  int16_t sentence = share(ab[last] + ba[last], a->mass + b->mass);
  for (uint32_t x = 0; x < a->n; x++)
    for (uint32_t y = i == t ? x + 1 : 0; y < b->n; y++) {
      const rcpi_piece *u = &p->pieces[a->first + x], *v = &p->pieces[b->first + y];
      uint32_t in_u = ab[(size_t)x * b->n + y], in_v = ba[(size_t)y * a->n + x];
      int16_t of_v = share(in_u, v->mass), of_u = share(in_v, u->mass);
      rcpi_measure r = {.a = a->first + x, .b = b->first + y, .sentence = sentence};
      r.dice = share(in_u + in_v, u->mass + v->mass);
      r.most = of_u > of_v ? of_u : of_v;
      r.least = of_u > of_v ? of_v : of_u;
      uint64_t sum = 0;
      for (uint32_t k = 0; k < u->n_clauses; k++)
        for (uint32_t l = 0; l < v->n_clauses; l++)
          sum += dots[(size_t)(u->clause - a->clause + k) * b->n_clauses + (v->clause - b->clause + l)];
      double length = m->letters.norm[r.a] * m->letters.norm[r.b];
      r.letters = length > 0 ? (int16_t)(1000.0 * (double)sum / length + 0.5) : 0;
      r.apart = (int16_t)abs((int)u->position - (int)v->position);
      add(m, r, u->telling != v->telling);
    }
}

/* Letter products of sentence i's clauses with those of the sentences near it that come behind: block by block. */
static void dot_clauses(meter *m, uint32_t i, uint64_t *dots) {
  const rcpi_pieces *p = m->pieces;
  const rcpi_piece_sentence *a = &p->sentences[i];
  for (uint32_t x = 0; x < a->n_clauses; x++) {
    uint64_t *block = dots;
    rcpi_letters_spread(&m->letters, a->clause + x, true);
    for (uint32_t c = m->near.at[i]; c < m->near.at[i + 1]; c++) {
      const rcpi_piece_sentence *b = &p->sentences[m->near.of[c]];
      if (m->near.of[c] < i) continue;
      for (uint32_t y = 0; y < b->n_clauses; y++) block[(size_t)x * b->n_clauses + y] = rcpi_letters_dot(&m->letters, b->clause + y);
      block += (size_t)a->n_clauses * b->n_clauses;
    }
    rcpi_letters_spread(&m->letters, a->clause + x, false);
  }
}

static void measure_all(meter *m) {
  const rcpi_pieces *p = m->pieces;
  RCPI_VEC(uint64_t) dots = {0};
  for (uint32_t i = 0; i < p->n_sentences; i++) {
    const rcpi_piece_sentence *a = &p->sentences[i];
    size_t n = 0;
    for (uint32_t c = m->near.at[i]; c < m->near.at[i + 1]; c++) n += (size_t)a->n_clauses * p->sentences[m->near.of[c]].n_clauses;
    rcpi_reserve(m->a, &dots, n);
    dot_clauses(m, i, dots.p);
    const uint64_t *block = dots.p;
    for (uint32_t c = m->near.at[i]; c < m->near.at[i + 1]; c++) {
      if (m->near.of[c] < i) continue;
      measure_pieces(m, i, m->near.of[c], m->cover + m->cover_at[c], block);
      block += (size_t)a->n_clauses * p->sentences[m->near.of[c]].n_clauses;
    }
  }
}

static void take_off_common(meter *m, size_t n_tellings, rcpi_measures *out) {
  const rcpi_pieces *p = m->pieces;
  uint32_t *of_telling = rcpi_array(m->a, uint32_t, n_tellings);
  const int64_t fewest = (int64_t)FEWEST * ((int64_t)n_tellings - 1);
  out->common = rcpi_array(m->a, int32_t, p->n_pieces);
  for (size_t i = 0; i < p->n_pieces; i++) of_telling[p->pieces[i].telling]++;
  for (size_t i = 0; i < p->n_pieces; i++) {
    int64_t others = (int64_t)p->n_pieces - of_telling[p->pieces[i].telling];
    if (others && others < fewest) others = fewest;   /* its own counterparts must not make a piece of a short story look common */
    out->common[i] = others ? (int32_t)((m->sum[i] + (others - m->n_known[i]) * UNKNOWN) / others) : 0;
  }
  for (size_t i = 0; i < m->out.n; i++) {
    rcpi_measure *r = &m->out.p[i];
    r->first = (int16_t)(r->first - 30 * (out->common[r->a] + out->common[r->b]) / 100);
    const rcpi_piece *a = &p->pieces[r->a], *b = &p->pieces[r->b];
    if (r->first >= LEAST_FIRST || a->sentence == b->sentence) out->pairs[out->n_pairs++] = *r;
  }
}

void rcpi_measures_read(rcpi_arena *a, const rcpi_telling *tellings, size_t n_tellings, const rcpi_items *items,
                        const rcpi_pieces *pieces, rcpi_measures *out) {
  meter m = {.a = a, .items = items, .pieces = pieces};
  m.gain = rcpi_array(a, uint32_t, items->n_items);
  m.sum = rcpi_array(a, int64_t, pieces->n_pieces);
  m.n_known = rcpi_array(a, uint32_t, pieces->n_pieces);
  for (uint32_t i = 0; i < items->n_items; i++)
    if (rcpi_item_floor[items->items[i].kind]) rcpi_push(a, &m.of_kind[items->items[i].kind].v, i);
  rcpi_near_find(a, items, pieces, &m.near);
  make_room(&m);
  for (uint32_t i = 0; i < pieces->n_sentences; i++) cover_sentence(&m, i);
  rcpi_letters_read(a, tellings, pieces, &m.letters);
  measure_all(&m);
  *out = (rcpi_measures){.pairs = m.out.p, .is_partial = m.near.is_partial};
  take_off_common(&m, n_tellings, out);
}
