/*
 * A gram is four bytes of folded text, letters and digits with one space between words, taken as a number. A clause's
 * vector has 16 log(clauses / clauses that hold the gram) for each time the gram stands in it; a piece's is the sum of its
 * clauses', so dot products are made once for each pair of clauses.
 */
#include "claim/letters.h"

#include <math.h>

#include "base/sort.h"

enum { GRAM = 4 };

/* A gram and its clause as one number, which sorts by the gram. */
static uint32_t gram_of(uint64_t at) { return (uint32_t)(at >> 32); }
static uint32_t clause_of(uint64_t at) { return (uint32_t)at; }

static size_t most_bytes(const rcpi_text *t, rcpi_tokens at) {
  size_t n = 2;
  for (uint32_t i = at.token; i < at.end_token; i++) n += t->tokens[i].fold.n + 1;
  return n;
}

static rcp_str plain(rcpi_arena *a, const rcpi_text *t, rcpi_tokens at) {
  char *out = rcpi_alloc(a, most_bytes(t, at), 1);
  size_t n = 0;
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

static void weigh(rcpi_letters *l, const uint64_t *at, size_t n, size_t n_clauses) {
  uint32_t n_with = 0;
  for (size_t k = 0; k < n; k++) n_with += k == 0 || at[k] != at[k - 1];
  unsigned idf = (unsigned)(16 * log((double)(n_clauses + 1) / n_with) + 0.5);
  for (size_t k = 0; k < n; k++) {
    struct rcpi_clause_letters *c = &l->of[clause_of(at[k])];
    if (k == 0 || at[k - 1] != at[k]) {
      c->gram[c->n] = (uint32_t)l->n_grams;
      c->weight[c->n++] = (uint16_t)idf;
    } else if (c->weight[c->n - 1] < 8 * idf) {
      c->weight[c->n - 1] = (uint16_t)(c->weight[c->n - 1] + idf);
    }
  }
  l->n_grams++;
}

void rcpi_letters_spread(rcpi_letters *l, uint32_t clause, bool is_on) {
  const struct rcpi_clause_letters *c = &l->of[clause];
  for (size_t i = 0; i < c->n; i++) l->spread[c->gram[i]] = is_on ? c->weight[i] : 0;
}

uint64_t rcpi_letters_dot(const rcpi_letters *l, uint32_t clause) {
  const struct rcpi_clause_letters *c = &l->of[clause];
  uint64_t sum = 0;
  for (size_t i = 0; i < c->n; i++) sum += (uint64_t)l->spread[c->gram[i]] * c->weight[i];
  return sum;
}

static double length_of(rcpi_letters *l, const rcpi_piece *p) {
  uint64_t sum = 0;
  for (uint32_t k = 0; k < p->n_clauses; k++) {
    rcpi_letters_spread(l, p->clause + k, true);
    sum += rcpi_letters_dot(l, p->clause + k);
    for (uint32_t m = k + 1; m < p->n_clauses; m++) sum += 2 * rcpi_letters_dot(l, p->clause + m);
    rcpi_letters_spread(l, p->clause + k, false);
  }
  return sqrt((double)sum);
}

void rcpi_letters_read(rcpi_arena *a, const rcpi_telling *tellings, const rcpi_pieces *pieces, rcpi_letters *out) {
  RCPI_VEC(uint64_t) all = {0};
  *out = (rcpi_letters){.of = rcpi_alloc(a, pieces->n_clauses, sizeof *out->of)};
  size_t most = 0;
  for (uint32_t c = 0; c < pieces->n_clauses; c++) most += most_bytes(&tellings[pieces->clauses[c].telling].text, pieces->clauses[c].at);
  rcpi_reserve(a, &all, most);
  for (uint32_t c = 0; c < pieces->n_clauses; c++) {
    rcp_str text = plain(a, &tellings[pieces->clauses[c].telling].text, pieces->clauses[c].at);
    for (size_t i = 0; i + GRAM <= text.n; i++) {
      uint32_t gram;
      memcpy(&gram, text.p + i, GRAM);
      all.p[all.n++] = (uint64_t)gram << 32 | c;
    }
    out->of[c].gram = rcpi_array(a, uint32_t, text.n);
    out->of[c].weight = rcpi_array(a, uint16_t, text.n);
  }
  rcpi_sort_u64(a, all.p, all.n, 32);   /* clauses came in order */
  for (size_t i = 0, end; i < all.n; i = end) {
    for (end = i + 1; end < all.n && gram_of(all.p[end]) == gram_of(all.p[i]);) end++;
    weigh(out, all.p + i, end - i, pieces->n_clauses);
  }
  out->spread = rcpi_array(a, uint16_t, out->n_grams);
  out->norm = rcpi_array(a, double, pieces->n_pieces);
  for (size_t i = 0; i < pieces->n_pieces; i++) out->norm[i] = length_of(out, &pieces->pieces[i]);
}
