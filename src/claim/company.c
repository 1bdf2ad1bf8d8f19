/*
 * "Le bilan s'alourdit à trois morts" and "at least three people died" share little; both are surely the same as "trois
 * morts" in a third article, and that says more than their own words. Clusters by average link use such paths only after
 * they have begun to form, when it is often too late.
 *
 * The sums over other articles are divided by how many these are, SIX at most: in a story of hundreds of articles, two
 * that agree with six others agree.
 *
 * Cost: for a pair the partners of one; those of the other are laid out once for all its pairs. Known weakness: a mistake of the first scores that several articles
 * share (one look-alike in three copies) is made surer.
 */
#include "claim/company.h"

enum { SIX = 6, LEAST_SURE = 100 };

typedef struct rcpi_partner partner;

static bool is_partner(const rcpi_piece *p, const rcpi_measure *m, int32_t sure) {
  return sure >= LEAST_SURE && p[m->a].telling != p[m->b].telling;
}

/* Pairs come by sentence of a, then of b: so the partners of a piece are met in the order of their sentences, and dealt out by telling. */
void rcpi_company_read(rcpi_arena *a, const rcpi_pieces *pieces, size_t n_tellings, const rcpi_measures *measures,
                       const int16_t *sure, rcpi_company *out) {
  const rcpi_piece *p = pieces->pieces;
  size_t n = pieces->n_pieces;
  uint32_t *at = rcpi_array(a, uint32_t, n + 2);
  for (size_t i = 0; i < measures->n_pairs; i++)
    if (is_partner(p, &measures->pairs[i], sure[i])) at[measures->pairs[i].a + 2]++, at[measures->pairs[i].b + 2]++;
  for (size_t i = 2; i < n + 2; i++) at[i] += at[i - 1];
  partner *dealt = rcpi_array(a, partner, at[n + 1]);
  for (size_t i = 0; i < measures->n_pairs; i++) {
    const rcpi_measure *m = &measures->pairs[i];
    if (!is_partner(p, m, sure[i])) continue;
    dealt[at[m->a + 1]++] = (partner){m->b, p[m->b].telling, (uint16_t)sure[i], 0};
    dealt[at[m->b + 1]++] = (partner){m->a, p[m->a].telling, (uint16_t)sure[i], 0};
  }
  for (size_t i = 0; i < n; i++) {
    uint16_t best = 0;
    for (uint32_t k = at[i]; k < at[i + 1]; k++) {
      if (best < dealt[k].sure) best = dealt[k].sure;
      if (k + 1 == at[i + 1] || dealt[k + 1].telling != dealt[k].telling) dealt[k].best = best, best = 0;
    }
  }
  *out = (rcpi_company){.pieces = p, .n_tellings = n_tellings, .at = at, .partners = dealt, .laid_out = UINT32_MAX};
  out->sure = rcpi_array(a, uint16_t, n);
  out->best = rcpi_array(a, uint16_t, n_tellings);
  out->first = rcpi_array(a, uint32_t, n_tellings);
  memset(out->first, 0xFF, n_tellings * sizeof *out->first);
}

static int32_t larger(int32_t x, int32_t y) { return x > y ? x : y; }
static int32_t smaller(int32_t x, int32_t y) { return x < y ? x : y; }

static bool overlap(const rcpi_piece *x, const rcpi_piece *y) {
  return x->at.token < y->at.end_token && y->at.token < x->at.end_token;
}

/* A partner of one piece in the other's article: a rival of the other, or another extent of it. */
static inline void at_home(const rcpi_company *c, const partner *p, const rcpi_piece *other, int32_t *rival, int32_t *extent) {
  int32_t *best = overlap(&c->pieces[p->piece], other) ? extent : rival;
  *best = larger(*best, p->sure);
}

/* Takes off what is laid out, and lays out the partners of a piece. */
static void lay_out(rcpi_company *c, uint32_t piece) {
  if (c->laid_out == piece) return;
  for (uint32_t k = c->laid_out == UINT32_MAX ? 0 : c->at[c->laid_out], end = c->laid_out == UINT32_MAX ? 0 : c->at[c->laid_out + 1]; k < end; k++) {
    const partner *p = &c->partners[k];
    c->sure[p->piece] = c->best[p->telling] = 0;
    c->first[p->telling] = UINT32_MAX;
  }
  for (uint32_t k = c->at[piece]; k < c->at[piece + 1]; k++) {
    const partner *p = &c->partners[k];
    c->sure[p->piece] = p->sure;
    if (p->best) c->best[p->telling] = p->best;
    if (c->first[p->telling] == UINT32_MAX) c->first[p->telling] = k;
  }
  c->laid_out = piece;
}

void rcpi_company_of(rcpi_company *c, uint32_t a, uint32_t b, int32_t sure, int32_t row[RCPI_E_N]) {
  const rcpi_piece *pa = &c->pieces[a], *pb = &c->pieces[b];
  int32_t rival_a = 0, rival_b = 0, extent = sure, path = 0, known = 0;
  lay_out(c, a);
  for (uint32_t k = c->first[pb->telling]; k < c->at[a + 1] && c->partners[k].telling == pb->telling; k++) at_home(c, &c->partners[k], pb, &rival_b, &extent);
  int32_t met = 0;   /* in a's own article a has no partners: what is there adds nothing to path and known */
  for (const partner *y = c->partners + c->at[b], *end = c->partners + c->at[b + 1]; y < end; y++) {
    int32_t is_last = -(y->best != 0);
    met = larger(met, smaller(y->sure, c->sure[y->piece]));
    path += met & is_last;
    met &= ~is_last;
    known += smaller(y->best, c->best[y->telling]);
    if (y->telling == pa->telling) at_home(c, y, pa, &rival_a, &extent);
  }
  int32_t others = c->n_tellings <= 3 ? 1 : (int32_t)(c->n_tellings - 2 < SIX ? c->n_tellings - 2 : SIX);
  row[RCPI_E_PATH] = smaller(path / others, 1000);
  row[RCPI_E_SPLIT] = smaller((known - path) / others, 1000);
  row[RCPI_E_RIVAL] = larger(rival_a, rival_b);
  row[RCPI_E_RIVAL2] = smaller(rival_a, rival_b);
  row[RCPI_E_EXTENT] = extent;
}
