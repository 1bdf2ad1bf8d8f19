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

/* Lists of partners in the order of pairs, then turned over: list after list is dealt out, which leaves each sorted. */
void rcpi_company_read(rcpi_arena *a, const rcpi_pieces *pieces, size_t n_tellings, const rcpi_measures *measures,
                       const int16_t *sure, rcpi_company *out) {
  const rcpi_piece *p = pieces->pieces;
  size_t n = pieces->n_pieces;
  uint32_t *at = rcpi_array(a, uint32_t, n + 2);
  for (size_t i = 0; i < measures->n_pairs; i++)
    if (is_partner(p, &measures->pairs[i], sure[i])) at[measures->pairs[i].a + 2]++, at[measures->pairs[i].b + 2]++;
  for (size_t i = 2; i < n + 2; i++) at[i] += at[i - 1];
  uint32_t *end = rcpi_array(a, uint32_t, n + 1);
  partner *dealt = rcpi_array(a, partner, at[n + 1]), *sorted = rcpi_array(a, partner, at[n + 1]);
  memcpy(end, at + 1, (n + 1) * sizeof *end);
  for (size_t i = 0; i < measures->n_pairs; i++) {
    const rcpi_measure *m = &measures->pairs[i];
    if (!is_partner(p, m, sure[i])) continue;
    dealt[end[m->a]++] = (partner){m->b, p[m->b].telling, sure[i]};
    dealt[end[m->b]++] = (partner){m->a, p[m->a].telling, sure[i]};
  }
  memcpy(end, at + 1, (n + 1) * sizeof *end);
  for (uint32_t x = 0; x < n; x++)
    for (uint32_t k = at[x + 1]; k < at[x + 2]; k++) sorted[end[dealt[k].piece]++] = (partner){x, p[x].telling, dealt[k].sure};
  *out = (rcpi_company){.pieces = p, .n_tellings = n_tellings, .at = at + 1, .partners = sorted, .laid_out = UINT32_MAX};
  out->sure = rcpi_array(a, int32_t, n);
  out->best = rcpi_array(a, int32_t, n_tellings);
  out->first = rcpi_array(a, uint32_t, n_tellings);
  memset(out->first, 0xFF, n_tellings * sizeof *out->first);
}

static int32_t larger(int32_t x, int32_t y) { return x > y ? x : y; }
static int32_t smaller(int32_t x, int32_t y) { return x < y ? x : y; }

static bool overlap(const rcpi_piece *x, const rcpi_piece *y) {
  return x->at.token < y->at.end_token && y->at.token < x->at.end_token;
}

/* Partners of one piece in the other's article: rivals of the other, or other extents of it. */
static const partner *at_home(const rcpi_company *c, const partner *p, const partner *end, const rcpi_piece *other, int32_t *rival, int32_t *extent) {
  for (; p < end && p->telling == other->telling; p++) {
    int32_t *best = overlap(&c->pieces[p->piece], other) ? extent : rival;
    *best = larger(*best, p->sure);
  }
  return p;
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
    c->best[p->telling] = larger(c->best[p->telling], p->sure);
    if (c->first[p->telling] == UINT32_MAX) c->first[p->telling] = k;
  }
  c->laid_out = piece;
}

void rcpi_company_of(rcpi_company *c, uint32_t a, uint32_t b, int32_t sure, int32_t row[RCPI_E_N]) {
  const rcpi_piece *pa = &c->pieces[a], *pb = &c->pieces[b];
  int32_t rival_a = 0, rival_b = 0, extent = sure, path = 0, known = 0;
  lay_out(c, a);
  if (c->first[pb->telling] != UINT32_MAX)
    at_home(c, c->partners + c->first[pb->telling], c->partners + c->at[a + 1], pb, &rival_b, &extent);
  for (const partner *y = c->partners + c->at[b], *end = c->partners + c->at[b + 1]; y < end;) {
    uint32_t t = y->telling;
    if (t == pa->telling) {
      y = at_home(c, y, end, pa, &rival_a, &extent);
      continue;
    }
    int32_t met = 0, best = 0;
    for (; y < end && y->telling == t; y++) {
      met = larger(met, smaller(y->sure, c->sure[y->piece]));
      best = larger(best, y->sure);
    }
    path += met;
    known += smaller(best, c->best[t]);
  }
  int32_t others = c->n_tellings <= 3 ? 1 : (int32_t)(c->n_tellings - 2 < SIX ? c->n_tellings - 2 : SIX);
  row[RCPI_E_PATH] = smaller(path / others, 1000);
  row[RCPI_E_SPLIT] = smaller((known - path) / others, 1000);
  row[RCPI_E_RIVAL] = larger(rival_a, rival_b);
  row[RCPI_E_RIVAL2] = smaller(rival_a, rival_b);
  row[RCPI_E_EXTENT] = extent;
}
