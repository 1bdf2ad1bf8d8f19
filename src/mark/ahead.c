/* SPDX-License-Identifier: Apache-2.0 */
#include "mark/ahead.h"

enum { REACH = 14, REACH_OBJECT = 6 };

static bool is_full_infinitive(const rcpi_unit *u, size_t i) {
  return u->g[i].tense == RCPI_TENSE_INF && u->g[i].word->n_readings && u->g[i].word->reading[0].is_aux;
}

bool rcpi_ahead_quotes(const rcpi_unit *u, size_t beg, size_t end) {
  for (size_t i = beg; i < end && i < u->end; i++)
    if (u->g[i].mark == '<') return true;
  return false;
}

/* a rappelé les faits avant d' | ajouter que */
static bool says_again(const rcpi_unit *u, size_t i) {
  if (u->g[i].tense != RCPI_TENSE_INF || i + 1 >= u->end) return false;
  const rcpi_reading *r = rcpi_gram_reading(&u->g[i], RCPI_TENSE_INF);
  return r && r->say != RCPI_NO_ROW && rcpi_unit_is(u, i + 1, RCPI_G_THAT);
}

/* Over words that are no boundary, up to `most`. */
static size_t plain_words(const rcpi_unit *u, size_t k, size_t most) {
  while (k < u->end && k < most && (!u->g[k].mark || u->g[k].mark == '~') && !rcpi_unit_is(u, k, RCPI_G_THAT | RCPI_G_AND | RCPI_G_BUT) &&
         !rcpi_unit_finite(u, k) && !is_full_infinitive(u, k) && !says_again(u, k))
    k++;
  return k;
}

/* From the verb to the token that may decide; over asides too: a déclaré, lundi soir, devant la presse, que. */
static size_t walk(const rcpi_unit *u, const rcpi_say *s) {
  size_t first = plain_words(u, s->end, s->end + (s->takes == RCPI_TAKES_OBJECT ? REACH_OBJECT : REACH)), k = first;
  if (rcpi_unit_mark(u, k) == ',' && rcpi_unit_is(u, k + 1, RCPI_G_THAT)) return k < s->end + 4u ? k + 1 : k;
  for (int asides = 0; asides < 3 && k < u->end && u->g[k].mark == ','; asides++) {
    if (rcpi_unit_mark(u, k + 1) == '<' && !rcpi_ahead_quotes(u, u->beg, s->beg)) return k + 1;
    size_t m = plain_words(u, k + 1, k + REACH);
    if (rcpi_unit_mark(u, m) == ':' && rcpi_unit_mark(u, m + 1) == '<') return m;
    if (rcpi_unit_mark(u, m) == ',' && rcpi_unit_is(u, m + 1, RCPI_G_THAT)) return m + 1;
    if (rcpi_unit_mark(u, m) == ',' && rcpi_unit_mark(u, m + 1) == '<') return m + 1;
    k = m;
  }
  return first;
}

/* A determiner right behind the verb is an object, and no que belongs to the verb, but for addressees and dates. */
static bool has_object(const rcpi_unit *u, const rcpi_say *s, size_t k) {
  if (k <= s->end || !rcpi_unit_is(u, s->end, RCPI_G_DET)) return false;
  char m = rcpi_unit_mark(u, k);
  if ((m == '<' || m == ':') && k <= s->end + 4u) return false;
  if (s->has_addressee && rcpi_unit_is(u, k, RCPI_G_THAT)) return false;
  if (rcpi_unit_is(u, s->end, RCPI_G_PREP) && s->takes == RCPI_TAKES_THAT) return false;   /* a raconté aux enquêteurs avoir vu */
  for (size_t i = s->end; i < k; i++)
    if (rcpi_unit_is(u, i, RCPI_G_TIME)) return false;
  return true;
}

rcpi_ahead rcpi_ahead_of(const rcpi_unit *u, const rcpi_say *s) {
  size_t k = walk(u, s);
  char m = k < u->end ? u->g[k].mark : 0;
  bool decides = k < u->end && (rcpi_unit_is(u, k, RCPI_G_THAT) || m == ':' || is_full_infinitive(u, k) || (m == '<' && k < s->end + 8));
  if (!decides || has_object(u, s, k)) k = s->end;
  rcpi_ahead x = {.at = k};
  if (k >= u->end) return x;
  m = u->g[k].mark;
  x.that = rcpi_unit_is(u, k, RCPI_G_THAT) && !s->is_only && !(k > s->end && rcpi_unit_is(u, k - 1, RCPI_G_NOTTHAT));
  x.colon = m == ':';
  x.quote = m == '<';
  size_t i = s->end;
  for (size_t n = i; n < u->end && n < s->end + 10u && (!u->g[n].mark || u->g[n].mark == '<'); n++)
    x.quotes |= u->g[n].mark == '<', x.number |= u->k[n].kind == RCPI_TOK_NUMBER || (rcpi_unit_is(u, n, RCPI_G_NUMBER) && !rcpi_unit_is(u, n, RCPI_G_NOUN));
  while (i < u->end && rcpi_unit_is(u, i, RCPI_G_ADV | RCPI_G_ADVERB_FORM | RCPI_G_CLITIC | RCPI_G_NOT)) i++;
  i += rcpi_unit_is(u, i, RCPI_G_PREP) && rcpi_unit_is(u, i + 2, RCPI_G_RATHER) ? 3 : 0;
  if (k > s->end && is_full_infinitive(u, k)) i = k;
  x.infinitive = i < u->end && u->g[i].tense == RCPI_TENSE_INF;
  if (x.infinitive) x.at = i;
  return x;
}
