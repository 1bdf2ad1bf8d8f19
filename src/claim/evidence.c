/*
 * Evidence is what tables and places can tell: which kinds of item are met, whether either piece has a better partner in
 * the other's article, what both share with everything.
 *
 * Known weakness: what no table relates is never met ("la masse d'acier" for the gantry, "il était 7h45").
 */
#include "claim/evidence.h"

#include <stdlib.h>

#include "mark/gram.h"

const char *const rcpi_evidence_names[RCPI_E_N] = {
  [RCPI_E_ONE] = "one", [RCPI_E_DICE] = "dice", [RCPI_E_DICE2] = "dice2", [RCPI_E_MOST] = "most", [RCPI_E_LEAST] = "least",
  [RCPI_E_LETTERS] = "letters", [RCPI_E_LETTERS2] = "letters2", [RCPI_E_SENTENCE] = "sentence", [RCPI_E_APART] = "apart",
  [RCPI_E_WORDS] = "words", [RCPI_E_NAMES] = "names", [RCPI_E_COUNTRIES] = "countries", [RCPI_E_NUMBERS] = "numbers",
  [RCPI_E_TIMES] = "times", [RCPI_E_SLOTS] = "slots", [RCPI_E_N_MET] = "n_met", [RCPI_E_TOP] = "top",
  [RCPI_E_UNMET] = "unmet", [RCPI_E_MASS_MET] = "mass_met", [RCPI_E_TITLE] = "title", [RCPI_E_QUOTED] = "quoted",
  [RCPI_E_TONGUES] = "tongues", [RCPI_E_NO_VERB] = "no_verb", [RCPI_E_RANK] = "rank", [RCPI_E_RANK_BEST] = "rank_best",
  [RCPI_E_COMMON] = "common", [RCPI_E_DERIVED] = "derived", [RCPI_E_SPEAKER] = "speaker", [RCPI_E_ORDER] = "order",
  [RCPI_E_ORDER_OFF] = "order_off", [RCPI_E_PATH] = "path", [RCPI_E_SPLIT] = "split", [RCPI_E_RIVAL] = "rival",
  [RCPI_E_RIVAL2] = "rival2", [RCPI_E_EXTENT] = "extent",
};

/* ----------------------------------------------------------------------------------------------------- what is known */

typedef struct rcpi_piece_facts facts;

static facts facts_of(const rcpi_telling *t, const rcpi_piece *p) {
  rcpi_attribution said = rcpi_attrib_of(&t->text, &t->marks, p->at);
  facts f = {.said = said};
  const rcpi_sentence *s = &t->text.sentences[t->text.tokens[p->at.token].sentence];
  f.is_title = t->text.paragraphs[s->paragraph].kind == RCPI_PAR_TITLE;
  for (uint32_t i = p->at.token; t->marks.gram && i < p->at.end_token; i++) f.has_verb |= t->marks.gram[i].tense != RCPI_TENSE_NONE;
  return f;
}

static void know_pieces(rcpi_arena *a, rcpi_evidence *s) {
  s->facts = rcpi_array(a, facts, s->pieces->n_pieces);
  for (size_t i = 0; i < s->pieces->n_pieces; i++) {
    const rcpi_piece *p = &s->pieces->pieces[i];
    s->facts[i] = facts_of(&s->tellings[p->telling], p);
  }
  for (size_t t = 0, i = 0; t < s->n_tellings; t++)
    for (; i < s->pieces->n_pieces && s->pieces->pieces[i].telling == t; i++)
      while (s->items->langs[s->facts[i].lang] != s->tellings[t].text.lang) s->facts[i].lang++;
}

static void raise_best(struct rcpi_piece_in *in, int16_t first, int64_t *sum) {
  if (in->best >= first) return;
  *sum += first - in->best;
  in->best = first;
}

/* Best partners, and how much two articles tell the same all in all. */
static void rank_pieces(rcpi_arena *a, rcpi_evidence *s) {
  size_t n = s->pieces->n_pieces, t = s->n_tellings;
  s->in = rcpi_alloc(a, n * t, sizeof *s->in);
  s->derived = rcpi_array(a, int16_t, t * t);
  int64_t *sum = rcpi_array(a, int64_t, t * t);
  uint32_t *count = rcpi_array(a, uint32_t, t);
  for (size_t i = 0; i < s->measures.n_pairs; i++) {
    const rcpi_measure *m = &s->measures.pairs[i];
    uint32_t ta = s->pieces->pieces[m->a].telling, tb = s->pieces->pieces[m->b].telling;
    raise_best(&s->in[m->a * t + tb], m->first, &sum[ta * t + tb]);
    raise_best(&s->in[m->b * t + ta], m->first, &sum[tb * t + ta]);
  }
  for (size_t i = 0; i < n; i++) count[s->pieces->pieces[i].telling]++;
  for (size_t x = 0; x < t; x++)
    for (size_t y = 0; y < t; y++)
      if (count[x] && count[y]) s->derived[x * t + y] = (int16_t)((sum[x * t + y] / count[x] + sum[y * t + x] / count[y]) / 2);
}

static void know_speakers(rcpi_arena *a, rcpi_evidence *s) {
  s->speaker = rcpi_alloc(a, s->pieces->n_pieces, sizeof *s->speaker);
  for (size_t i = 0; i < s->pieces->n_pieces; i++) {
    const rcpi_piece *p = &s->pieces->pieces[i];
    const rcpi_telling *t = &s->tellings[p->telling];
    struct rcpi_piece_speaker *by = &s->speaker[i];
    by->n = 0;
    for (uint32_t f = 0; f < s->facts[i].said.n_frames; f++) {
      const rcpi_frame *frame = &t->marks.frames[s->facts[i].said.frames[f]];
      const rcpi_tokens words[] = {frame->source, frame->resolved};
      for (int w = 0; w < 2; w++)
        for (uint32_t k = words[w].token; k < words[w].end_token && by->n < RCPI_SPEAKER_ITEMS; k++)
          if (s->items->of_token[p->telling][k] != RCPI_NO_ITEM) by->items[by->n++] = s->items->of_token[p->telling][k];
    }
  }
}

typedef struct guess { int64_t sum; int32_t weight; } guess;

typedef struct guesses {
  guess *of;                   /* of each piece */
  RCPI_VEC(uint32_t) made;     /* pieces that have one */
} guesses;

/* A pair that is the best of both in the other's article, seen from a or from b. */
typedef struct tie { uint32_t pair : 31, is_of_b : 1; } tie;

/* The pieces within three sentences of x stand as far from y as from x. */
static void guess_places(rcpi_arena *a, const rcpi_evidence *s, guesses *g, tie with) {
  enum { NEAR = 3 };
  const rcpi_measure *m = &s->measures.pairs[with.pair];
  uint32_t x = with.is_of_b ? m->b : m->a;
  const rcpi_piece *all = s->pieces->pieces, *p = &all[x], *y = &all[with.is_of_b ? m->a : m->b];
  uint32_t beg = x, end = x + 1;
  while (beg && all[beg - 1].telling == p->telling && all[beg - 1].sentence + NEAR >= p->sentence) beg--;
  while (end < s->pieces->n_pieces && all[end].telling == p->telling && all[end].sentence <= p->sentence + NEAR) end++;
  for (uint32_t k = beg; k < end; k++) {
    if (all[k].at.token < p->at.end_token && p->at.token < all[k].at.end_token) continue;
    int32_t w = m->first / (1 + abs((int32_t)p->sentence - (int32_t)all[k].sentence));
    if (!g->of[k].weight) rcpi_push(a, &g->made, k);
    g->of[k].weight += w;
    g->of[k].sum += (int64_t)w * ((int32_t)y->position + (int32_t)all[k].position - (int32_t)p->position);
  }
}

static bool are_tied(const rcpi_evidence *s, const rcpi_measure *m) {
  enum { LEAST_FIRST = 300 };
  uint32_t ta = s->pieces->pieces[m->a].telling, tb = s->pieces->pieces[m->b].telling;
  return ta != tb && m->first >= LEAST_FIRST && s->in[m->a * s->n_tellings + tb].best == m->first && s->in[m->b * s->n_tellings + ta].best == m->first;
}

/* Ties by the telling that the partner is of: at[t] to at[t + 1]. */
static tie *sort_ties(rcpi_arena *a, const rcpi_evidence *s, uint32_t *at) {
  const rcpi_piece *p = s->pieces->pieces;
  const rcpi_measure *m = s->measures.pairs;
  bool *are = rcpi_array(a, bool, s->measures.n_pairs);
  for (size_t i = 0; i < s->measures.n_pairs; i++)
    if ((are[i] = are_tied(s, &m[i]))) at[p[m[i].a].telling + 2]++, at[p[m[i].b].telling + 2]++;
  for (size_t t = 2; t < s->n_tellings + 2; t++) at[t] += at[t - 1];
  tie *ties = rcpi_array(a, tie, at[s->n_tellings + 1]);
  for (uint32_t i = 0; i < s->measures.n_pairs; i++)
    if (are[i]) {
      ties[at[p[m[i].b].telling + 1]++] = (tie){i, false};
      ties[at[p[m[i].a].telling + 1]++] = (tie){i, true};
    }
  return ties;
}

/* Copies, translations and rewrites keep their order: what stands beside x is expected beside x's partner. */
static void expect_places(rcpi_arena *a, rcpi_evidence *s) {
  size_t t = s->n_tellings, n = s->pieces->n_pieces;
  rcpi_mark before = rcpi_arena_mark(a);
  uint32_t *at = rcpi_array(a, uint32_t, t + 2);
  tie *ties = sort_ties(a, s, at);
  guesses g = {.of = rcpi_array(a, guess, n)};
  for (size_t u = 0; u < t; u++) {
    for (uint32_t i = at[u]; i < at[u + 1]; i++) guess_places(a, s, &g, ties[i]);
    for (size_t i = 0; i < g.made.n; i++) {
      guess *x = &g.of[g.made.p[i]];
      int64_t place = x->sum / x->weight;
      s->in[g.made.p[i] * t + u].expected = (int16_t)(1 + (place < 0 ? 0 : place));
      *x = (guess){0, 0};
    }
    g.made.n = 0;
  }
  rcpi_arena_rewind(a, before);
}

/* ---------------------------------------------------------------------------------------------------------- evidence */

static int32_t at_most(int32_t v, int32_t most) { return v < most ? v : most; }

/* Marks the items of a piece with their places in it, and what is like them, unless it is the one that is marked. */
static void lay_out(rcpi_evidence *s, uint32_t piece) {
  const rcpi_piece *p = &s->pieces->pieces[piece];
  if (s->laid_out == piece) return;
  s->laid_out = piece;
  s->now++;
  for (uint32_t k = 0; k < p->n_items; k++) {
    s->stamp[p->items[k]] = s->now, s->place[p->items[k]] = k;
    for (uint32_t l = s->items->like_at[p->items[k]], end = s->items->like_at[p->items[k] + 1]; l < end; l++) {
      rcpi_like like = s->items->likes[l];
      struct rcpi_item_near *near = &s->nearest[like.item];
      if (near->stamp != s->now || near->sim < like.sim) *near = (struct rcpi_item_near){s->now, like.sim};
    }
  }
}

/* How well each item of a is met by b and each of b by a: likeness is the same both ways, so a's lists tell which of b's items matter. */
static void meet(rcpi_evidence *s, uint32_t a, uint32_t b) {
  const rcpi_piece *pa = &s->pieces->pieces[a], *pb = &s->pieces->pieces[b];
  lay_out(s, a);
  memset(s->met_a, 0, pa->n_items * sizeof *s->met_a);
  for (uint32_t k = 0; k < pb->n_items; k++) {
    const struct rcpi_item_near *near = &s->nearest[pb->items[k]];
    s->met_b[k] = near->stamp == s->now ? near->sim : 0;
    if (!s->met_b[k]) continue;
    for (uint32_t l = s->items->like_at[pb->items[k]], end = s->items->like_at[pb->items[k] + 1]; l < end; l++) {
      rcpi_like like = s->items->likes[l];
      if (s->stamp[like.item] != s->now) continue;
      uint16_t *other = &s->met_a[s->place[like.item]];
      if (*other < like.sim) *other = like.sim;
    }
  }
}

static rcpi_evidence_kind kind_of(rcpi_item_kind kind) {
  switch (kind) {
    case RCPI_ITEM_NAME: return RCPI_E_NAMES;
    case RCPI_ITEM_COUNTRY: return RCPI_E_COUNTRIES;
    case RCPI_ITEM_NUMBER: return RCPI_E_NUMBERS;
    case RCPI_ITEM_MINUTE:
    case RCPI_ITEM_DATE: return RCPI_E_TIMES;
    case RCPI_ITEM_SLOT: return RCPI_E_SLOTS;
    default: return RCPI_E_WORDS;
  }
}

/* What of a piece's items the other meets, each as well as `met_by` says: adds to `e`. */
static void add_met(const rcpi_evidence *s, const rcpi_piece *p, const uint16_t *met_by, int32_t e[RCPI_E_N]) {
  for (uint32_t k = 0; k < p->n_items; k++) {
    struct rcpi_item_worth item = s->worth[p->items[k]];
    uint32_t sim = met_by[k];
    if (sim < 100 && !item.is_slot && (int32_t)item.weight > e[RCPI_E_UNMET]) e[RCPI_E_UNMET] = (int32_t)item.weight;
    if (!sim) continue;
    int32_t met = (int32_t)(item.weight * sim / RCPI_SAME);
    e[item.kind] += met;
    if (met > e[RCPI_E_TOP]) e[RCPI_E_TOP] = met;
    if (sim >= 100) e[RCPI_E_N_MET] += 100;
  }
}

static bool are_alike(const rcpi_items *it, uint32_t x, uint32_t y) {
  enum { LEAST = 200 };
  for (uint32_t l = it->like_at[x]; l < it->like_at[x + 1]; l++)
    if (it->likes[l].item == y) return it->likes[l].sim >= LEAST;
  return false;
}

static bool is_one_speaker(const rcpi_evidence *s, uint32_t a, uint32_t b) {
  const struct rcpi_piece_speaker *x = &s->speaker[a], *y = &s->speaker[b];
  for (uint32_t i = 0; i < x->n; i++)
    for (uint32_t k = 0; k < y->n; k++)
      if (are_alike(s->items, x->items[i], y->items[k])) return true;
  return false;
}

/* How far from where the neighbours of each point the other stands. */
static void compare_places(const rcpi_evidence *s, const rcpi_measure *m, int32_t e[RCPI_E_N]) {
  const rcpi_piece *a = &s->pieces->pieces[m->a], *b = &s->pieces->pieces[m->b];
  int32_t in_b = s->in[m->a * s->n_tellings + b->telling].expected - 1, in_a = s->in[m->b * s->n_tellings + a->telling].expected - 1;
  e[RCPI_E_ORDER] = 500 * ((in_b >= 0) + (in_a >= 0));
  if (in_b >= 0) e[RCPI_E_ORDER_OFF] += abs(in_b - (int32_t)b->position);
  if (in_a >= 0) e[RCPI_E_ORDER_OFF] += abs(in_a - (int32_t)a->position);
}

static int32_t rank(const rcpi_evidence *s, uint32_t piece, uint32_t telling, int32_t first) {
  int32_t behind = (first - s->in[(size_t)piece * s->n_tellings + telling].best) * 5 / 2;
  return behind < -1000 ? -1000 : behind;
}

void rcpi_evidence_of(rcpi_evidence *s, const rcpi_measure *m, int32_t e[RCPI_E_N]) {
  const rcpi_piece *a = &s->pieces->pieces[m->a], *b = &s->pieces->pieces[m->b];
  const facts *fa = &s->facts[m->a], *fb = &s->facts[m->b];
  memset(e, 0, RCPI_E_N * sizeof *e);
  e[RCPI_E_ONE] = 1000;
  e[RCPI_E_DICE] = m->dice, e[RCPI_E_DICE2] = m->dice * m->dice / 1000;
  e[RCPI_E_MOST] = m->most, e[RCPI_E_LEAST] = m->least;
  e[RCPI_E_LETTERS] = m->letters, e[RCPI_E_LETTERS2] = m->letters * m->letters / 1000;
  e[RCPI_E_SENTENCE] = m->sentence;
  e[RCPI_E_APART] = m->apart;
  meet(s, m->a, m->b);
  add_met(s, a, s->met_a, e);
  add_met(s, b, s->met_b, e);
  e[RCPI_E_WORDS] = at_most(e[RCPI_E_WORDS], 4000);
  e[RCPI_E_NAMES] = at_most(e[RCPI_E_NAMES], 3000);
  e[RCPI_E_COUNTRIES] = at_most(e[RCPI_E_COUNTRIES], 2000);
  e[RCPI_E_NUMBERS] = at_most(e[RCPI_E_NUMBERS], 2000);
  e[RCPI_E_TIMES] = at_most(e[RCPI_E_TIMES], 2000);
  e[RCPI_E_SLOTS] = at_most(e[RCPI_E_SLOTS], 2000);
  e[RCPI_E_N_MET] = at_most(e[RCPI_E_N_MET], 1000);
  e[RCPI_E_MASS_MET] = at_most((int32_t)((int64_t)m->most * (a->mass < b->mass ? a->mass : b->mass) / 1000), 6000);
  e[RCPI_E_TITLE] = fa->is_title || fb->is_title ? 1000 : 0;
  e[RCPI_E_QUOTED] = (fa->said.mode == RCPI_MODE_QUOTED) != (fb->said.mode == RCPI_MODE_QUOTED) ? 1000 : 0;
  e[RCPI_E_TONGUES] = fa->lang != fb->lang ? 1000 : 0;
  e[RCPI_E_NO_VERB] = 500 * (!fa->has_verb + !fb->has_verb);
  int32_t ra = rank(s, m->a, b->telling, m->first), rb = rank(s, m->b, a->telling, m->first);
  e[RCPI_E_RANK] = ra < rb ? ra : rb;
  e[RCPI_E_RANK_BEST] = ra < rb ? rb : ra;
  e[RCPI_E_COMMON] = s->measures.common[m->a] + s->measures.common[m->b];
  e[RCPI_E_DERIVED] = s->derived[(size_t)a->telling * s->n_tellings + b->telling];
  e[RCPI_E_SPEAKER] = is_one_speaker(s, m->a, m->b) ? 1000 : 0;
  compare_places(s, m, e);
}

void rcpi_evidence_read(rcpi_arena *a, const rcpi_telling *tellings, size_t n_tellings, const rcpi_items *items,
                        const rcpi_pieces *pieces, rcpi_evidence *out) {
  *out = (rcpi_evidence){.tellings = tellings, .n_tellings = n_tellings, .items = items, .pieces = pieces};
  rcpi_measures_read(a, tellings, n_tellings, items, pieces, &out->measures);
  know_pieces(a, out);
  rank_pieces(a, out);
  know_speakers(a, out);
  expect_places(a, out);
  out->stamp = rcpi_array(a, uint32_t, items->n_items);
  out->place = rcpi_array(a, uint32_t, items->n_items);
  out->nearest = rcpi_alloc(a, items->n_items, sizeof *out->nearest);
  out->worth = rcpi_alloc(a, items->n_items, sizeof *out->worth);
  for (size_t i = 0; i < items->n_items; i++)
    out->worth[i] = (struct rcpi_item_worth){items->items[i].weight, (uint8_t)kind_of(items->items[i].kind), items->items[i].kind == RCPI_ITEM_SLOT};
  out->laid_out = UINT32_MAX;
  uint32_t most = 0;
  for (size_t i = 0; i < pieces->n_pieces; i++) most = pieces->pieces[i].n_items > most ? pieces->pieces[i].n_items : most;
  out->met_a = rcpi_array(a, uint16_t, most);
  out->met_b = rcpi_array(a, uint16_t, most);
}
