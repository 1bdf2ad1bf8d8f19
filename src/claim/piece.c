/*
 * Pieces hold at least two items, or one that is a number with what it counts ("27 blessés").
 *
 * A clause is taken when the attribution rules do not flag it as a frame and it says something: a clause made of names,
 * titles and words of saying only ("selon la préfète de Haute-Serre") is left out even unflagged.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "claim/piece.h"

#include "base/limits.h"
#include "base/sort.h"
#include "mark/gram.h"

typedef struct cutter {
  rcpi_arena *a;
  const rcpi_telling *tellings;
  const rcpi_items *items;
  RCPI_VEC(rcpi_piece) pieces;
  RCPI_VEC(rcpi_piece_sentence) sentences;
  RCPI_VEC(struct rcpi_piece_clause) clauses;
  RCPI_VEC(uint32_t) found;            /* scratch */
} cutter;

/* Items of a range of tokens without doubles; a slot counts when its number stands in the range too. */
static uint32_t items_in(cutter *c, uint32_t telling, rcpi_tokens at, uint32_t **out, uint32_t *mass) {
  const rcpi_items *it = c->items;
  c->found.n = 0;
  for (uint32_t i = at.token; i < at.end_token; i++) {
    if (it->of_token[telling][i] != RCPI_NO_ITEM) rcpi_push(c->a, &c->found, it->of_token[telling][i]);
    if (it->slot_of[telling][i] != RCPI_NO_ITEM && it->number_at[telling][i] >= at.token) rcpi_push(c->a, &c->found, it->slot_of[telling][i]);
  }
  rcpi_sort_u32(c->found.p, c->found.n);
  uint32_t n = 0;
  *mass = 0;
  for (size_t i = 0; i < c->found.n; i++)
    if (i == 0 || c->found.p[i] != c->found.p[n - 1]) {
      c->found.p[n++] = c->found.p[i];
      *mass += it->items[c->found.p[i]].weight;
    }
  *out = rcpi_array(c->a, uint32_t, n);
  if (n) memcpy(*out, c->found.p, n * sizeof **out);
  return n;
}

static bool says_something(const cutter *c, const uint32_t *items, uint32_t n) {
  uint32_t n_told = 0;
  for (uint32_t i = 0; i < n; i++) n_told += c->items->items[items[i]].kind != RCPI_ITEM_SLOT;
  return n_told >= 2 || n > n_told;
}

static void add_piece(cutter *c, uint32_t telling, uint32_t clause, uint32_t n_clauses) {
  const struct rcpi_piece_clause *first = &c->clauses.p[clause], *last = first + n_clauses - 1;
  rcpi_piece p = {.telling = telling, .at = {first->at.token, last->at.end_token}, .sentence = (uint32_t)c->sentences.n,
                  .clause = clause, .n_clauses = n_clauses};
  if (p.at.end_token - p.at.token > RCPI_MAX_CLAIM_WORDS) return;
  p.n_items = items_in(c, telling, p.at, &p.items, &p.mass);
  if (!says_something(c, p.items, p.n_items)) return;
  uint64_t n = c->tellings[telling].text.n_tokens;
  p.position = (uint32_t)(500 * ((uint64_t)p.at.token + p.at.end_token) / (n ? n : 1));
  rcpi_push(c->a, &c->pieces, p);
}

/* Is something told there, or is it a circumstance: après cette saison? */
static bool tells(const cutter *c, uint32_t telling, rcpi_tokens at) {
  const rcpi_telling *t = &c->tellings[telling];
  for (uint32_t i = at.token; i < at.end_token; i++)
    if (t->marks.gram[i].tense || t->text.tokens[i].kind == RCPI_TOK_NUMBER) return true;
  return false;
}

/* With words that only say who speaks goes what he said, not a circumstance beside them. */
static bool may_pair(const cutter *c, uint32_t telling, const struct rcpi_piece_clause *x, const struct rcpi_piece_clause *y) {
  if (x->is_piece && y->is_piece) return true;
  if (!x->is_piece && !y->is_piece) return false;
  return tells(c, telling, x->is_piece ? x->at : y->at);
}

static void add_sentence(cutter *c, uint32_t telling, const rcpi_clause *clauses, size_t n) {
  uint32_t first = (uint32_t)c->clauses.n;
  rcpi_piece_sentence s = {.telling = telling, .first = (uint32_t)c->pieces.n, .clause = first, .n_clauses = (uint32_t)n};
  for (size_t i = 0; i < n; i++)
    rcpi_push(c->a, &c->clauses, (struct rcpi_piece_clause){telling, clauses[i].at, !clauses[i].is_frame_only});
  for (uint32_t i = first; i < first + n; i++) {
    if (c->clauses.p[i].is_piece) add_piece(c, telling, i, 1);
    if (i + 1 < first + n && may_pair(c, telling, &c->clauses.p[i], &c->clauses.p[i + 1])) add_piece(c, telling, i, 2);
  }
  s.n = (uint32_t)c->pieces.n - s.first;
  rcpi_tokens whole = {clauses[0].at.token, clauses[n - 1].at.end_token};
  s.n_items = items_in(c, telling, whole, &s.items, &s.mass);
  rcpi_push(c->a, &c->sentences, s);
}

void rcpi_pieces_read(rcpi_arena *a, const rcpi_telling *tellings, size_t n_tellings, const rcpi_items *items,
                      rcpi_pieces *out) {
  cutter c = {.a = a, .tellings = tellings, .items = items};
  for (uint32_t t = 0; t < n_tellings; t++) {
    const rcpi_text *text = &tellings[t].text;
    rcpi_clause *clauses;
    size_t n = rcpi_attrib_clauses(a, text, &tellings[t].marks, &clauses);
    for (size_t i = 0, end; i < n; i = end) {
      uint32_t sentence = text->tokens[clauses[i].at.token].sentence;
      for (end = i + 1; end < n && text->tokens[clauses[end].at.token].sentence == sentence;) end++;
      add_sentence(&c, t, clauses + i, end - i);
    }
  }
  *out = (rcpi_pieces){.pieces = c.pieces.p, .n_pieces = c.pieces.n, .sentences = c.sentences.p, .n_sentences = c.sentences.n,
                       .clauses = c.clauses.p, .n_clauses = c.clauses.n};
}

size_t rcpi_pieces_first(const rcpi_pieces *pieces, uint32_t telling) {
  size_t lo = 0, hi = pieces->n_pieces;
  while (lo < hi) {
    size_t mid = (lo + hi) / 2;
    if (pieces->pieces[mid].telling < telling) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}
