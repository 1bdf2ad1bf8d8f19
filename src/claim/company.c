/*
 * "Le bilan s'alourdit à trois morts" and "at least three people died" share little; both are surely the same as "trois
 * morts" in a third article, and that says more than their own words. Clusters by average link use such paths only after
 * they have begun to form, when it is often too late.
 *
 * The sums over other articles are divided by how many these are, SIX at most: in a story of hundreds of articles, two
 * that agree with six others agree.
 *
 * Cost: for a pair the partners of both, in one walk. Known weakness: a mistake of the first scores that several articles
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
  *out = (rcpi_company){.pieces = p, .n_tellings = n_tellings, .at = at + 1, .partners = sorted};
}

static int32_t larger(int32_t x, int32_t y) { return x > y ? x : y; }
static int32_t smaller(int32_t x, int32_t y) { return x < y ? x : y; }

static bool overlap(const rcpi_piece *x, const rcpi_piece *y) {
  return x->at.token < y->at.end_token && y->at.token < x->at.end_token;
}

/* Partners of one piece in the other's article: rivals of the other, or other extents of it. */
static const partner *at_home(const rcpi_company *c, const partner *p, const partner *end, uint32_t other, int32_t *rival, int32_t *extent) {
  const rcpi_piece *o = &c->pieces[other];
  for (; p < end && p->telling == o->telling; p++) {
    int32_t *best = overlap(&c->pieces[p->piece], o) ? extent : rival;
    *best = larger(*best, p->sure);
  }
  return p;
}

void rcpi_company_of(const rcpi_company *c, uint32_t a, uint32_t b, int32_t sure, int32_t row[RCPI_E_N]) {
  const partner *x = c->partners + c->at[a], *x_end = c->partners + c->at[a + 1];
  const partner *y = c->partners + c->at[b], *y_end = c->partners + c->at[b + 1];
  int32_t rival_a = 0, rival_b = 0, extent = sure, path = 0, known = 0;
  while (x < x_end && y < y_end) {
    uint32_t t = x->telling < y->telling ? x->telling : y->telling;
    if (x->telling == c->pieces[b].telling) { x = at_home(c, x, x_end, b, &rival_b, &extent); continue; }
    if (y->telling == c->pieces[a].telling) { y = at_home(c, y, y_end, a, &rival_a, &extent); continue; }
    int32_t met = 0, best_x = 0, best_y = 0;
    while ((x < x_end && x->telling == t) || (y < y_end && y->telling == t)) {
      bool has_x = x < x_end && x->telling == t, has_y = y < y_end && y->telling == t;
      if (has_x && has_y && x->piece == y->piece) met = larger(met, smaller(x->sure, y->sure));
      bool takes_x = has_x && (!has_y || x->piece <= y->piece), takes_y = has_y && (!has_x || y->piece <= x->piece);
      if (takes_x) best_x = larger(best_x, (x++)->sure);
      if (takes_y) best_y = larger(best_y, (y++)->sure);
    }
    path += met;
    known += smaller(best_x, best_y);
  }
  while (x < x_end) x = x->telling == c->pieces[b].telling ? at_home(c, x, x_end, b, &rival_b, &extent) : x + 1;
  while (y < y_end) y = y->telling == c->pieces[a].telling ? at_home(c, y, y_end, a, &rival_a, &extent) : y + 1;
  int32_t others = c->n_tellings <= 3 ? 1 : (int32_t)(c->n_tellings - 2 < SIX ? c->n_tellings - 2 : SIX);
  row[RCPI_E_PATH] = smaller(path / others, 1000);
  row[RCPI_E_SPLIT] = smaller((known - path) / others, 1000);
  row[RCPI_E_RIVAL] = larger(rival_a, rival_b);
  row[RCPI_E_RIVAL2] = smaller(rival_a, rival_b);
  row[RCPI_E_EXTENT] = extent;
}
