/*
 * score = .6 d + .2 g + .2 s - .15 p - .6 m, where
 *
 *   d  of the weight of both pieces' items, the share that is met in the other piece (each by its likeness): Dice
 *   g  cosine of letter 4-grams, weighed by rarity: what stems and tables miss
 *   s  d of the two whole sentences: clauses from sentences that tell the same are more likely the same
 *   p  how far apart the pieces stand, as shares of their articles: news is a pyramid, and copies keep their order
 *   m  mean of what either piece scores with all pieces of other articles: a story that always says "temple" asks more
 *
 * Sentences come first: each is compared with those it shares most weight with, through lists of the sentences that hold
 * an item; pieces are compared within pairs of such sentences only. All sums are integers.
 *
 * Cost: sentences x candidates x 25 piece pairs, some ten additions each.
 */
#include "claim/score.h"

#include <math.h>
#include <stdlib.h>

enum {
  CANDIDATES = 64,             /* most sentences that one is compared with, its own included */
  LONGEST_POSTING = 1500,      /* an item in more sentences proposes none */
  LEAST_PROPOSING = 100,       /* likeness that proposes */
  UNKNOWN_RAW = -30,           /* what a pair that was never scored counts for in a mean */
  GRAM = 4,
};

typedef struct scorer {
  rcpi_arena *a;
  const rcpi_telling *tellings;
  size_t n_tellings;
  const rcpi_items *items;
  const rcpi_pieces *pieces;
  /* sentences that hold an item */
  uint32_t *posting_at, *posting;
  /* candidates of a sentence, sorted, itself included; cov of the candidate's pieces (then sentence) in own pieces */
  struct { uint32_t *of; size_t n; uint32_t **cov; } *near;
  /* letter grams of a clause */
  struct { uint32_t *gram; uint16_t *weight; size_t n; } *grams;
  size_t n_grams;
  uint16_t *met;               /* scratch: of each item, how well the present piece meets it */
} scorer;

/* --------------------------------------------------------------------------------------------- candidate sentences */

static void make_postings(scorer *s) {
  const rcpi_pieces *p = s->pieces;
  uint32_t *at = s->posting_at = rcpi_array(s->a, uint32_t, s->items->n_items + 2);
  size_t total = 0;
  for (size_t i = 0; i < p->n_sentences; i++)
    for (uint32_t k = 0; k < p->sentences[i].n_items; k++) at[p->sentences[i].items[k] + 2]++, total++;
  for (size_t i = 2; i < s->items->n_items + 2; i++) at[i] += at[i - 1];
  s->posting = rcpi_array(s->a, uint32_t, total);
  for (uint32_t i = 0; i < p->n_sentences; i++)
    for (uint32_t k = 0; k < p->sentences[i].n_items; k++) s->posting[at[p->sentences[i].items[k] + 1]++] = i;
}

typedef struct proposal { uint32_t sentence; uint32_t shared; } proposal;

static int by_shared(const void *x, const void *y) {
  const proposal *a = x, *b = y;
  if (a->shared != b->shared) return a->shared > b->shared ? -1 : 1;
  return a->sentence < b->sentence ? -1 : a->sentence > b->sentence;
}

static int by_number(const void *x, const void *y) {
  uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
  return a < b ? -1 : a > b;
}

/* Sentences that share weight with sentence i, by `shared` (scratch, all 0 before and after). */
static size_t propose(const scorer *s, uint32_t i, uint32_t *shared, proposal *out) {
  const rcpi_piece_sentence *sent = &s->pieces->sentences[i];
  size_t n = 0;
  for (uint32_t k = 0; k < sent->n_items; k++) {
    uint32_t item = sent->items[k];
    for (uint32_t l = s->items->like_at[item]; l < s->items->like_at[item + 1]; l++) {
      rcpi_like like = s->items->likes[l];
      uint32_t beg = s->posting_at[like.item], end = s->posting_at[like.item + 1];
      if (like.sim < LEAST_PROPOSING || end - beg > LONGEST_POSTING) continue;
      uint32_t w = s->items->items[item].weight * like.sim / RCPI_SAME;
      for (uint32_t p = beg; p < end; p++) {
        if (!shared[s->posting[p]]) out[n++].sentence = s->posting[p];
        shared[s->posting[p]] += w + 1;
      }
    }
  }
  for (size_t k = 0; k < n; k++) {
    uint32_t t = out[k].sentence;
    out[k].shared = (uint32_t)((uint64_t)shared[t] * 1000 / (sent->mass + s->pieces->sentences[t].mass + 1));
    shared[t] = 0;
  }
  return n;
}

/* Both ways: when i is near t, t is near i. */
static void make_candidates(scorer *s) {
  size_t n = s->pieces->n_sentences;
  uint32_t *shared = rcpi_array(s->a, uint32_t, n);
  proposal *found = rcpi_array(s->a, proposal, n);
  RCPI_VEC(uint64_t) links = {0};
  for (uint32_t i = 0; i < n; i++) {
    size_t k = propose(s, i, shared, found);
    if (k > CANDIDATES) qsort(found, k, sizeof *found, by_shared), k = CANDIDATES;
    rcpi_push(s->a, &links, (uint64_t)i << 32 | i);
    for (size_t j = 0; j < k; j++) {
      rcpi_push(s->a, &links, (uint64_t)i << 32 | found[j].sentence);
      rcpi_push(s->a, &links, (uint64_t)found[j].sentence << 32 | i);
    }
  }
  size_t *count = rcpi_array(s->a, size_t, n);
  for (size_t i = 0; i < links.n; i++) count[links.p[i] >> 32]++;
  for (size_t i = 0; i < n; i++) s->near[i].of = rcpi_array(s->a, uint32_t, count[i]);
  for (size_t i = 0; i < links.n; i++) {
    size_t from = links.p[i] >> 32;
    s->near[from].of[s->near[from].n++] = (uint32_t)links.p[i];
  }
  for (size_t i = 0; i < n; i++) {
    uint32_t *of = s->near[i].of;
    size_t k = 0;
    qsort(of, s->near[i].n, sizeof *of, by_number);
    for (size_t j = 0; j < s->near[i].n; j++)
      if (j == 0 || of[j] != of[k - 1]) of[k++] = of[j];
    s->near[i].n = k;
  }
}

static size_t index_of(const scorer *s, uint32_t sentence, uint32_t near) {
  const uint32_t *p = bsearch(&near, s->near[sentence].of, s->near[sentence].n, sizeof *p, by_number);
  return (size_t)(p - s->near[sentence].of);
}

/* --------------------------------------------------------------------------------------------------------- coverage */

typedef struct range { const uint32_t *items; uint32_t n; } range;

static void meet(scorer *s, range r, uint16_t floor[RCPI_ITEM_N_KINDS], bool is_on) {
  if (is_on) memset(floor, 0, RCPI_ITEM_N_KINDS * sizeof *floor);
  for (uint32_t k = 0; k < r.n; k++) {
    rcpi_item_kind kind = s->items->items[r.items[k]].kind;
    floor[kind] = rcpi_item_floor[kind];
    for (uint32_t l = s->items->like_at[r.items[k]]; l < s->items->like_at[r.items[k] + 1]; l++) {
      rcpi_like like = s->items->likes[l];
      if (!is_on) s->met[like.item] = 0;
      else if (s->met[like.item] < like.sim) s->met[like.item] = like.sim;
    }
  }
}

/* Weight of r's items that the present piece meets. */
static uint32_t covered(const scorer *s, range r, const uint16_t floor[RCPI_ITEM_N_KINDS]) {
  uint32_t sum = 0;
  for (uint32_t k = 0; k < r.n; k++) {
    const rcpi_item *item = &s->items->items[r.items[k]];
    uint32_t sim = s->met[r.items[k]];
    if (sim < floor[item->kind]) sim = floor[item->kind];
    sum += item->weight * sim;
  }
  return sum / RCPI_SAME;
}

static range of_piece(const rcpi_piece *p) { return (range){p->items, p->n_items}; }
static range of_sentence(const rcpi_piece_sentence *p) { return (range){p->items, p->n_items}; }

/* For each candidate of sentence i a block: [own piece][its piece], and last the sentences. */
static void cover_sentence(scorer *s, uint32_t i) {
  const rcpi_pieces *p = s->pieces;
  const rcpi_piece_sentence *own = &p->sentences[i];
  uint16_t floor[RCPI_ITEM_N_KINDS];
  s->near[i].cov = rcpi_array(s->a, uint32_t *, s->near[i].n);
  for (size_t c = 0; c < s->near[i].n; c++)
    s->near[i].cov[c] = rcpi_array(s->a, uint32_t, (size_t)own->n * p->sentences[s->near[i].of[c]].n + 1);
  for (uint32_t x = 0; x <= own->n; x++) {
    range r = x < own->n ? of_piece(&p->pieces[own->first + x]) : of_sentence(own);
    meet(s, r, floor, true);
    for (size_t c = 0; c < s->near[i].n; c++) {
      const rcpi_piece_sentence *t = &p->sentences[s->near[i].of[c]];
      uint32_t *block = s->near[i].cov[c];
      if (x == own->n) block[(size_t)own->n * t->n] = covered(s, of_sentence(t), floor);
      else
        for (uint32_t y = 0; y < t->n; y++) block[(size_t)x * t->n + y] = covered(s, of_piece(&p->pieces[t->first + y]), floor);
    }
    meet(s, r, floor, false);
  }
}

/* ------------------------------------------------------------------------------------------------------ letter grams */

/* Letters and digits of a clause, everything else one space. */
static rcp_str plain(rcpi_arena *a, const rcpi_text *t, rcpi_tokens at) {
  size_t n = 1;
  for (uint32_t i = at.token; i < at.end_token; i++) n += t->tokens[i].fold.n + 1;
  char *out = rcpi_alloc(a, n + 1, 1);
  n = 0;
  out[n++] = ' ';
  for (uint32_t i = at.token; i < at.end_token; i++) {
    if (t->tokens[i].kind == RCPI_TOK_MARK) continue;
    for (size_t k = 0; k < t->tokens[i].fold.n; k++) {
      unsigned char c = (unsigned char)t->tokens[i].fold.p[k];
      bool is_kept = rcpi_is_alpha(c) || rcpi_is_digit(c) || c >= 0x80;
      if (is_kept || out[n - 1] != ' ') out[n++] = is_kept ? (char)c : ' ';
    }
    if (out[n - 1] != ' ') out[n++] = ' ';
  }
  return (rcp_str){out, n};
}

typedef struct gram_at { uint32_t gram, clause; } gram_at;

static int by_gram(const void *x, const void *y) {
  const gram_at *a = x, *b = y;
  if (a->gram != b->gram) return a->gram < b->gram ? -1 : 1;
  return a->clause < b->clause ? -1 : a->clause > b->clause;
}

/* Grams get numbers in order of their bytes, and 16 log(clauses / clauses that hold it) for each time in a clause. */
static void make_grams(scorer *s) {
  const rcpi_pieces *p = s->pieces;
  RCPI_VEC(gram_at) all = {0};
  s->grams = rcpi_alloc(s->a, p->n_clauses, sizeof *s->grams);
  for (uint32_t c = 0; c < p->n_clauses; c++) {
    rcp_str text = plain(s->a, &s->tellings[p->clauses[c].telling].text, p->clauses[c].at);
    for (size_t i = 0; i + GRAM <= text.n; i++) {
      gram_at g = {0, c};
      memcpy(&g.gram, text.p + i, GRAM);
      rcpi_push(s->a, &all, g);
    }
    s->grams[c].gram = rcpi_array(s->a, uint32_t, text.n);
    s->grams[c].weight = rcpi_array(s->a, uint16_t, text.n);
  }
  if (all.n) qsort(all.p, all.n, sizeof *all.p, by_gram);
  for (size_t i = 0, end; i < all.n; i = end, s->n_grams++) {
    uint32_t n_with = 0;
    for (end = i; end < all.n && all.p[end].gram == all.p[i].gram; end++) n_with += end == i || all.p[end].clause != all.p[end - 1].clause;
    unsigned idf = (unsigned)(16 * log((double)(p->n_clauses + 1) / n_with) + 0.5);
    for (size_t k = i; k < end; k++) {
      uint32_t c = all.p[k].clause;
      size_t n = s->grams[c].n;
      if (k == i || all.p[k - 1].clause != c) s->grams[c].gram[n] = (uint32_t)s->n_grams, s->grams[c].weight[n] = (uint16_t)idf, s->grams[c].n++;
      else if (s->grams[c].weight[n - 1] < 8 * idf) s->grams[c].weight[n - 1] = (uint16_t)(s->grams[c].weight[n - 1] + idf);
    }
  }
}

static uint64_t dot(const scorer *s, const uint16_t *spread, uint32_t clause) {
  uint64_t sum = 0;
  for (size_t i = 0; i < s->grams[clause].n; i++) sum += (uint64_t)spread[s->grams[clause].gram[i]] * s->grams[clause].weight[i];
  return sum;
}

static void spread_grams(const scorer *s, uint32_t clause, uint16_t *spread, bool is_on) {
  for (size_t i = 0; i < s->grams[clause].n; i++) spread[s->grams[clause].gram[i]] = is_on ? s->grams[clause].weight[i] : 0;
}

/* Length of a piece's gram vector. */
static double *make_norms(scorer *s, uint16_t *spread) {
  const rcpi_pieces *p = s->pieces;
  double *norm = rcpi_array(s->a, double, p->n_pieces);
  for (size_t i = 0; i < p->n_pieces; i++) {
    uint32_t c = p->pieces[i].clause;
    spread_grams(s, c, spread, true);
    uint64_t sum = dot(s, spread, c);
    if (p->pieces[i].n_clauses > 1) sum += 2 * dot(s, spread, c + 1);
    spread_grams(s, c, spread, false);
    if (p->pieces[i].n_clauses > 1) {
      spread_grams(s, c + 1, spread, true);
      sum += dot(s, spread, c + 1);
      spread_grams(s, c + 1, spread, false);
    }
    norm[i] = sqrt((double)sum);
  }
  return norm;
}

/* ----------------------------------------------------------------------------------------------------------- scores */

typedef struct raw_pairs { RCPI_VEC(rcpi_pair) v; } raw_pairs;

static int32_t share(uint64_t part, uint64_t whole) {
  return whole ? (int32_t)(part * 1000 / whole) : 0;
}

/* Raw scores of all pairs of pieces of sentences i <= t; `grams` are dots of their clauses, t's the faster index. */
static void score_sentences(scorer *s, uint32_t i, size_t near, const uint64_t *grams, const double *norm, raw_pairs *out) {
  const rcpi_pieces *p = s->pieces;
  uint32_t t = s->near[i].of[near];
  const rcpi_piece_sentence *a = &p->sentences[i], *b = &p->sentences[t];
  const uint32_t *ab = s->near[i].cov[near], *ba = s->near[t].cov[index_of(s, t, i)];
  size_t last = (size_t)a->n * b->n;
  int32_t sentence = share((uint64_t)ab[last] + ba[last], (uint64_t)a->mass + b->mass);
  for (uint32_t x = 0; x < a->n; x++)
    for (uint32_t y = i == t ? x + 1 : 0; y < b->n; y++) {
      const rcpi_piece *u = &p->pieces[a->first + x], *v = &p->pieces[b->first + y];
      int32_t dice = share((uint64_t)ab[(size_t)x * b->n + y] + ba[(size_t)y * a->n + x], (uint64_t)u->mass + v->mass);
      uint64_t sum = 0;
      for (uint32_t k = 0; k < u->n_clauses; k++)
        for (uint32_t l = 0; l < v->n_clauses; l++)
          sum += grams[(size_t)(u->clause - a->clause + k) * b->n_clauses + (v->clause - b->clause + l)];
      double length = norm[a->first + x] * norm[b->first + y];
      int32_t letters = length > 0 ? (int32_t)(1000.0 * (double)sum / length) : 0;
      int32_t apart = (int32_t)u->position - (int32_t)v->position;
      int32_t score = (60 * dice + 20 * letters + 20 * sentence - 15 * (apart < 0 ? -apart : apart)) / 100;
      rcpi_push(s->a, &out->v, (rcpi_pair){a->first + x, b->first + y, score});
    }
}

static void score_all(scorer *s, raw_pairs *out) {
  const rcpi_pieces *p = s->pieces;
  uint16_t *spread = rcpi_array(s->a, uint16_t, s->n_grams);
  double *norm = make_norms(s, spread);
  RCPI_VEC(uint64_t) grams = {0};
  for (uint32_t i = 0; i < p->n_sentences; i++) {
    const rcpi_piece_sentence *a = &p->sentences[i];
    for (size_t near = 0; near < s->near[i].n; near++) {
      uint32_t t = s->near[i].of[near];
      if (t < i) continue;
      const rcpi_piece_sentence *b = &p->sentences[t];
      rcpi_reserve(s->a, &grams, (size_t)a->n_clauses * b->n_clauses);
      for (uint32_t x = 0; x < a->n_clauses; x++) {
        spread_grams(s, a->clause + x, spread, true);
        for (uint32_t y = 0; y < b->n_clauses; y++) grams.p[(size_t)x * b->n_clauses + y] = dot(s, spread, b->clause + y);
        spread_grams(s, a->clause + x, spread, false);
      }
      score_sentences(s, i, near, grams.p, norm, out);
    }
  }
}

/* Takes off what either piece shares with everything. */
static void take_off_means(scorer *s, raw_pairs *raw) {
  const rcpi_pieces *p = s->pieces;
  int64_t *sum = rcpi_array(s->a, int64_t, p->n_pieces);
  uint32_t *known = rcpi_array(s->a, uint32_t, p->n_pieces), *of_telling = rcpi_array(s->a, uint32_t, s->n_tellings);
  for (size_t i = 0; i < p->n_pieces; i++) of_telling[p->pieces[i].telling]++;
  for (size_t i = 0; i < raw->v.n; i++) {
    rcpi_pair r = raw->v.p[i];
    if (p->pieces[r.a].telling == p->pieces[r.b].telling) continue;
    sum[r.a] += r.score, sum[r.b] += r.score;
    known[r.a]++, known[r.b]++;
  }
  for (size_t i = 0; i < p->n_pieces; i++) {
    int64_t others = (int64_t)p->n_pieces - of_telling[p->pieces[i].telling];
    sum[i] = others ? (sum[i] + (others - known[i]) * UNKNOWN_RAW) / others : 0;
  }
  for (size_t i = 0; i < raw->v.n; i++) {
    rcpi_pair *r = &raw->v.p[i];
    r->score -= (int32_t)(30 * (sum[r->a] + sum[r->b]) / 100);
  }
}

void rcpi_scores_read(rcpi_arena *a, const rcpi_telling *tellings, size_t n_tellings, const rcpi_items *items,
                      const rcpi_pieces *pieces, rcpi_scores *out) {
  scorer s = {.a = a, .tellings = tellings, .n_tellings = n_tellings, .items = items, .pieces = pieces};
  raw_pairs raw = {.v = {0}};
  s.near = rcpi_alloc(a, pieces->n_sentences, sizeof *s.near);
  s.met = rcpi_array(a, uint16_t, items->n_items);
  make_postings(&s);
  make_candidates(&s);
  for (uint32_t i = 0; i < pieces->n_sentences; i++) cover_sentence(&s, i);
  make_grams(&s);
  score_all(&s, &raw);
  take_off_means(&s, &raw);
  size_t n = 0;
  for (size_t i = 0; i < raw.v.n; i++)
    if (raw.v.p[i].score >= 0 || pieces->pieces[raw.v.p[i].a].sentence == pieces->pieces[raw.v.p[i].b].sentence) raw.v.p[n++] = raw.v.p[i];
  *out = (rcpi_scores){raw.v.p, n};
}
