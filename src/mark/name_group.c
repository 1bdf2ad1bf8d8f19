/*
 * Mentions become spellings (their folded words without titles and particles), spellings become groups by union-find, in
 * this order: one key in the table of known names (ONU, UN, Nations unies); an acronym and its words; the same words in
 * any order, each the same by its sound or but for a letter; a short form and the one long form that it fits.
 *
 * Words are alike by name_like.h; a letter's difference counts for long words only, and one-word names ask for more than
 * names of several words. Names in captions and credits are read too, after those of the texts: they stand at places of
 * their own, and what only they name is kept when two tellings or two spellings name it.
 *
 * What keeps names apart: two known keys, two numbers (G7, G20), words that differ (nord, sud), a second long form that
 * fits as well (two people of one name), a known place as the beginning of something else (Washington Post).
 *
 * Cost: linear in mentions. Spellings are compared only where they share a word or a similar one; similar words are found
 * by name_like.h's index, so no step looks at all pairs.
 *
 * Known weakness: "Paul Durand" and his brother "Jean Durand" are kept apart, but "Durand" then belongs to neither.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mark/name_group.h"

#include "mark/name.h"
#include "mark/name_spelling.h"

/* A telling's own words, or its captions and credits. */
typedef struct reading {
  const rcpi_text *text;
  const rcpi_marks *marks;
  uint32_t *spelling_of;       /* by name */
} reading;

typedef struct grouper {
  rcpi_arena *a;
  rcpi_spellings s;
  reading *own, *furniture;    /* by telling */
  size_t n_tellings;
} grouper;

/* ---------------------------------------------------------------------------------------------------------- unions */

static uint32_t root(grouper *g, uint32_t i) {
  while (g->s.all.p[i].parent != i) i = g->s.all.p[i].parent = g->s.all.p[g->s.all.p[i].parent].parent;
  return i;
}

/* Unless something keeps them apart. */
static void unite(grouper *g, uint32_t a, uint32_t b) {
  a = root(g, a);
  b = root(g, b);
  if (a == b) return;
  if (a > b) {
    uint32_t c = a;
    a = b;
    b = c;
  }
  rcpi_spelling *x = &g->s.all.p[a], *y = &g->s.all.p[b];
  if (x->known != RCPI_NO_KEY && y->known != RCPI_NO_KEY && x->known != y->known) return;
  if (x->number.n && y->number.n && !rcpi_eq(x->number, y->number)) return;
  y->parent = a;
  if (x->known == RCPI_NO_KEY) x->known = y->known;
  if (!x->number.n) x->number = y->number;
}

static void unite_known(grouper *g) {
  uint32_t *first = rcpi_array(g->a, uint32_t, g->s.known.n + 1);
  for (uint32_t i = 0; i < g->s.all.n; i++) {
    uint32_t key = g->s.all.p[i].known;
    if (key == RCPI_NO_KEY) continue;
    if (first[key]) unite(g, first[key] - 1, i);
    else first[key] = i + 1;
  }
}

static bool is_consonant(char c) { return c >= 'a' && c <= 'z' && !strchr("aeiouy", c); }

/*
 * Does the acronym spell the name: in order, every word's first letter? Unless `is_strict` what is left may begin a
 * syllable inside a word behind a head: ANP of "Agence Novapresse".
 */
static bool spells(const grouper *g, rcp_str acronym, const rcpi_spelling *s, bool is_strict) {
  size_t at = 0;
  if (!is_strict && !(s->n_words < acronym.n && g->s.words.all.p[s->words[0]].is_head)) return false;
  for (size_t i = 0; i < s->n_words; i++) {
    rcp_str w = s->letters[i];
    if (at == acronym.n || acronym.p[at] != w.p[0]) return false;
    at++;
    for (size_t k = 1; !is_strict && at < acronym.n && k + 2 < w.n; k++)
      if (w.p[k] == acronym.p[at] && is_consonant(w.p[k]) && (i + 1 == s->n_words || s->letters[i + 1].p[0] != acronym.p[at])) at++;
  }
  return at == acronym.n;
}

/* Do the letters stand in the name in this order, the first one first? Heads before it may be left out: groupe | Société X (SX). */
static bool has_letters(const grouper *g, rcp_str acronym, const rcpi_spelling *s) {
  size_t at = 0, first = 0;
  while (first + 2 < s->n_words && g->s.words.all.p[s->words[first]].is_head && s->letters[first].p[0] != acronym.p[0]) first++;
  for (size_t i = first; i < s->n_words; i++) {
    rcp_str w = s->letters[i];
    if (i == first && w.p[0] != acronym.p[0]) return false;
    for (size_t k = 0; k < w.n && at < acronym.n; k++) at += w.p[k] == acronym.p[at];
  }
  return at == acronym.n;
}

/* "Fédération du rail (FSR)" and "FSR (Fédération du rail)". */
static void unite_bracketed(grouper *g, const reading *r) {
  for (uint32_t i = 0; i + 1 < r->marks->n_names; i++) {
    const rcpi_name *x = &r->marks->names[i], *y = x + 1;
    if (y->at.token != x->at.end_token + 1 || r->text->s.p[r->text->tokens[x->at.end_token].beg] != '(') continue;
    uint32_t a = r->spelling_of[i], b = r->spelling_of[i + 1];
    const rcpi_spelling *p = &g->s.all.p[a], *q = &g->s.all.p[b];
    if (p->is_acronym == q->is_acronym) continue;
    const rcpi_spelling *acronym = p->is_acronym ? p : q, *full = p->is_acronym ? q : p;
    rcp_str letters = acronym->letters[0];
    bool is_person = rcpi_spelling_type(full) == RCPI_NAME_PERSON;   /* Patricia Barbizet (PPR) */
    if (full->n_words >= 2 && (is_person ? spells(g, letters, full, true) : has_letters(g, letters, full))) unite(g, a, b);
  }
}

/* An acronym and the one name it spells; words are looked up by their first letter. */
static void unite_acronyms(grouper *g) {
  rcpi_ids by_letter[256] = {{0}};
  for (uint32_t i = 0; i < g->s.all.n; i++) {
    const rcpi_spelling *s = &g->s.all.p[i];
    rcpi_name_type type = rcpi_spelling_type(s);
    if (s->n_words >= 2 && !s->is_titled && !s->is_acronym && type != RCPI_NAME_PERSON && type != RCPI_NAME_PLACE)
      rcpi_push(g->a, &by_letter[(unsigned char)s->letters[0].p[0]], i);
  }
  for (uint32_t i = 0; i < g->s.all.n; i++) {
    if (!g->s.all.p[i].is_acronym) continue;
    bool is_known = g->s.all.p[i].known != RCPI_NO_KEY;   /* then it is something else, but for an agency of its letters */
    rcp_str letters = g->s.all.p[i].letters[0];
    const rcpi_ids *c = &by_letter[(unsigned char)letters.p[0]];
    for (int strict = 1; strict >= 0; strict--) {
      uint32_t found = RCPI_NO_KEY;
      bool is_one = true;
      for (size_t k = 0; k < c->n; k++) {
        if (is_known && rcpi_spelling_type(&g->s.all.p[c->p[k]]) != RCPI_NAME_MEDIA) continue;
        if (!spells(g, letters, &g->s.all.p[c->p[k]], strict) || (!strict && letters.n < 3)) continue;
        if (found != RCPI_NO_KEY && root(g, found) != root(g, c->p[k])) is_one = false;
        found = c->p[k];
      }
      if (found == RCPI_NO_KEY) continue;
      if (is_one) unite(g, found, i);
      break;
    }
  }
}

/* The rcpi_likeness of word `w` to the most alike word of s that is not used yet; marks it used. */
static rcpi_likeness best_in(const grouper *g, uint32_t w, const rcpi_spelling *s, bool *used) {
  rcpi_likeness best = RCPI_DIFFERENT;
  size_t at = 0;
  for (size_t k = 0; k < s->n_words; k++) {
    if (used[k]) continue;
    rcpi_likeness l = rcpi_name_words_like(&g->s.words.all.p[w], &g->s.words.all.p[s->words[k]]);
    if (l > best) best = l, at = k;
  }
  if (best) used[at] = true;
  return best;
}

static uint32_t plain_words(const grouper *g, const rcpi_spelling *s) {
  uint32_t n = 0;
  for (size_t i = 0; i < s->n_words; i++) n += !g->s.words.all.p[s->words[i]].has_digit;
  return n;
}

/* Words in any order, each the same but for its spelling; numbers are left to unite(). */
static bool are_variants(const grouper *g, const rcpi_spelling *a, const rcpi_spelling *b) {
  uint32_t n = plain_words(g, a);
  if (!n || n != plain_words(g, b)) return false;
  bool used[RCPI_NAME_WORDS] = {false}, any_same = false;
  rcpi_likeness worst = RCPI_SAME_WORD;
  size_t longest = 0;
  for (size_t i = 0; i < a->n_words; i++) {
    const rcpi_name_word *w = &g->s.words.all.p[a->words[i]];
    if (w->has_digit) continue;
    rcpi_likeness l = best_in(g, a->words[i], b, used);
    if (l == RCPI_DIFFERENT) return false;
    if (l < worst) worst = l;
    any_same |= l >= RCPI_SAME_SOUND;
    if (w->fold.n > longest) longest = w->fold.n;
    if (i == 0 && n > 1 && l != RCPI_SAME_WORD && b->n_words && rcpi_is_feminine_pair(w->fold, g->s.words.all.p[b->words[0]].fold)) return false;
  }
  if (n > 1) return worst > RCPI_LETTER_OFF || any_same || (worst >= RCPI_LETTERS_OFF && longest >= 8);
  return worst == RCPI_SAME_WORD || (worst == RCPI_SAME_SOUND && longest >= 5) || (worst == RCPI_LETTER_OFF && longest >= 7);
}

/* Calls fn for every spelling that holds a word like word `w`. */
typedef void visit_fn(grouper *g, uint32_t self, uint32_t other, void *context);
static void visit_like(grouper *g, uint32_t self, uint32_t w, visit_fn *fn, void *context) {
  rcpi_ids similar = *rcpi_name_words_similar(&g->s.words, w);
  for (size_t i = 0; i < similar.n; i++) {
    const rcpi_ids *in = &g->s.words.all.p[similar.p[i]].spellings;
    for (size_t k = 0; k < in->n; k++)
      if (in->p[k] != self) fn(g, self, in->p[k], context);
  }
}

/* The word of a spelling that fewest spellings hold: the cheapest way to its relatives. */
static uint32_t rarest_word(const grouper *g, const rcpi_spelling *s) {
  uint32_t best = s->words[0];
  for (size_t i = 0; i < s->n_words; i++) {
    const rcpi_name_word *w = &g->s.words.all.p[s->words[i]];
    if (!w->has_digit && (g->s.words.all.p[best].has_digit || w->spellings.n < g->s.words.all.p[best].spellings.n)) best = s->words[i];
  }
  return best;
}

static void unite_variant(grouper *g, uint32_t self, uint32_t other, void *context) {
  (void)context;
  const rcpi_spelling *a = &g->s.all.p[self], *b = &g->s.all.p[other];
  if (a->is_acronym && b->is_acronym) return;
  if (a->is_titled == b->is_titled && are_variants(g, a, b)) unite(g, self, other);
}

typedef struct fit { uint32_t found; int rank; bool is_one; } fit;

/* How well short form `a` fits long form `b`: 0 not, then by last word, by first word, as the name behind a head. */
static int fit_of(const grouper *g, const rcpi_spelling *a, const rcpi_spelling *b) {
  if (b->n_words <= a->n_words || b->is_titled || b->is_acronym) return 0;
  bool used[RCPI_NAME_WORDS] = {false};
  for (size_t i = 0; i < a->n_words; i++) {
    rcpi_likeness l = best_in(g, a->words[i], b, used);
    if (a->is_acronym && l != RCPI_SAME_WORD) return 0;   /* CHU, CHU de X */
    if (l < RCPI_LETTER_OFF || (l == RCPI_LETTER_OFF && g->s.words.all.p[a->words[i]].fold.n < 7)) return 0;
  }
  rcpi_name_type ta = rcpi_spelling_type(a), tb = rcpi_spelling_type(b);
  bool leaves_head = false;
  for (size_t i = 0; i < b->n_words; i++) {
    const rcpi_name_word *w = &g->s.words.all.p[b->words[i]];
    leaves_head |= !used[i] && w->is_head && (w->is_noun || a->n_words == 1);
  }
  if (a->is_titled) return (tb == RCPI_NAME_PERSON || tb == RCPI_NAME_OTHER) && !leaves_head ? 2 : 0;
  if (a->known != RCPI_NO_KEY && b->number.n && !a->number.n) return 0;   /* Europe, radio Europe 1 */
  if (leaves_head && b->has_head && !b->is_apart && plain_words(g, b) == plain_words(g, a) + 1) return a->is_human ? 0 : 3;
  bool is_all_heads = true;
  for (size_t i = 0; i < a->n_words; i++) is_all_heads &= g->s.words.all.p[a->words[i]].is_noun;
  if (a->is_acronym && used[0]) return 2;
  if (leaves_head || (!a->is_acronym && (is_all_heads || a->known != RCPI_NO_KEY))) return 0;
  for (size_t i = 0; a->n_words == 1 && !a->is_acronym && tb != RCPI_NAME_PERSON && i < b->n_words; i++)
    if (!used[i] && g->s.words.all.p[b->words[i]].is_common && !b->is_hyphened) return 0;   /* Vernoise, Vernoise Matin */
  bool is_place_of = ta == RCPI_NAME_PLACE && tb != RCPI_NAME_PLACE && !b->is_hyphened;   /* Vernoise, Vernoise Info */
  if (used[0] && !is_place_of) return 2;
  return used[b->n_words - 1] && tb == RCPI_NAME_PERSON && ta != RCPI_NAME_PLACE && b->n_words <= 4 ? 1 : 0;
}

static void try_fit(grouper *g, uint32_t self, uint32_t other, void *context) {
  fit *f = context;
  int rank = fit_of(g, &g->s.all.p[self], &g->s.all.p[other]);
  if (rank == 3 && g->s.all.p[self].is_acronym) unite(g, other, self);   /* syndicat SLM, union SLM: whatever it is called */
  if (!rank || rank < f->rank) return;
  if (rank > f->rank) *f = (fit){other, rank, true};
  else if (root(g, f->found) != root(g, other)) f->is_one = false;
}

/* Longer short forms first, so that "Maurin" finds "Hélène Maurin" already with "Hélène Maurin-Duval". */
static void unite_short(grouper *g) {
  for (uint32_t n = RCPI_NAME_WORDS; n > 0; n--)
    for (uint32_t i = 0; i < g->s.all.n; i++) {
      const rcpi_spelling *s = &g->s.all.p[i];
      if (s->n_words != n) continue;
      fit f = {RCPI_NO_KEY, 0, true};
      visit_like(g, i, rarest_word(g, s), try_fit, &f);
      if (f.rank && f.is_one) unite(g, f.found, i);
      else if (!f.rank && s->is_titled) visit_like(g, i, rarest_word(g, s), unite_variant, NULL);
    }
}

/* ---------------------------------------------------------------------------------------------------------- result */

/* Is spelling a better to call a group by than b? */
static bool is_fuller(const rcpi_spelling *a, const rcpi_spelling *b) {
  if (a->is_titled != b->is_titled) return !a->is_titled;
  if (a->is_acronym != b->is_acronym) return !a->is_acronym;
  if (a->is_shouted != b->is_shouted) return !a->is_shouted;
  if (a->n_words != b->n_words) return a->n_words > b->n_words;
  return a->n_mentions > b->n_mentions;
}

/* A group has own mentions, or it is named in the furniture of two tellings or by two spellings. */
typedef struct tally { uint32_t n_spellings, n_tellings, last_telling, best; } tally;

static tally *count(grouper *g) {
  tally *t = rcpi_array(g->a, tally, g->s.all.n + 1);
  for (uint32_t i = 0; i < g->s.all.n; i++) {
    uint32_t r = root(g, i);
    rcpi_spelling *s = &g->s.all.p[i], *sum = &g->s.all.p[r];
    if (!t[r].n_spellings++ || is_fuller(s, &g->s.all.p[t[r].best])) t[r].best = i;
    t[r].n_spellings += s->is_written_twice;
    for (size_t k = 0; r != i && k <= RCPI_NAME_OTHER; k++) sum->n_of_type[k] += s->n_of_type[k];
  }
  for (uint32_t k = 0; k < g->n_tellings; k++)
    for (size_t i = 0; i < g->furniture[k].marks->n_names; i++) {
      tally *x = &t[root(g, g->furniture[k].spelling_of[i])];
      if (x->last_telling != k + 1) x->n_tellings++, x->last_telling = k + 1;
    }
  return t;
}

/* Groups in order of their first own mention; behind them those that only furniture names. */
static uint32_t *number_groups(grouper *g, const tally *t, rcpi_name_groups *out) {
  uint32_t *group_of = rcpi_array(g->a, uint32_t, g->s.all.n + 1);
  for (size_t i = 0; i < g->s.all.n; i++) group_of[i] = RCPI_NO_KEY;
  out->groups = rcpi_array(g->a, rcpi_name_group, g->s.all.n + 1);
  for (int own = 1; own >= 0; own--)
    for (size_t k = 0; k < g->n_tellings; k++) {
      const reading *x = own ? &g->own[k] : &g->furniture[k];
      for (size_t i = 0; i < x->marks->n_names; i++) {
        uint32_t r = root(g, x->spelling_of[i]);
        if (group_of[r] != RCPI_NO_KEY || (!own && t[r].n_tellings < 2 && t[r].n_spellings < 2)) continue;
        rcpi_name_group *made = &out->groups[group_of[r] = (uint32_t)out->n_groups++];
        *made = (rcpi_name_group){.canonical = g->s.all.p[t[r].best].shown, .type = rcpi_spelling_type(&g->s.all.p[r])};
      }
    }
  for (uint32_t i = 0; i < g->s.all.n; i++) group_of[i] = group_of[root(g, i)];
  return group_of;
}

static void write_mentions(grouper *g, const uint32_t *group_of, rcpi_name_groups *out) {
  out->group_of = rcpi_array(g->a, uint32_t *, g->n_tellings);
  for (size_t t = 0; t < g->n_tellings; t++) {
    out->group_of[t] = g->own[t].spelling_of;
    for (size_t k = 0; k < g->own[t].marks->n_names; k++, out->n_mentions++)
      out->groups[out->group_of[t][k] = group_of[out->group_of[t][k]]].n++;
  }
  for (size_t i = 1; i < out->n_groups; i++) out->groups[i].first = out->groups[i - 1].first + out->groups[i - 1].n;
  out->mentions = rcpi_array(g->a, rcpi_name_mention, out->n_mentions);
  uint32_t *filled = rcpi_array(g->a, uint32_t, out->n_groups + 1);
  for (uint32_t t = 0; t < g->n_tellings; t++)
    for (uint32_t k = 0; k < g->own[t].marks->n_names; k++) {
      uint32_t group = out->group_of[t][k];
      out->mentions[out->groups[group].first + filled[group]++] = (rcpi_name_mention){t, k};
    }
}

static void write_places(grouper *g, const uint32_t *group_of, rcpi_name_groups *out) {
  RCPI_VEC(rcpi_name_place) places = {0};
  for (uint32_t t = 0; t < g->n_tellings; t++)
    for (size_t k = 0; k < g->furniture[t].marks->n_names; k++) {
      uint32_t group = group_of[g->furniture[t].spelling_of[k]];
      rcpi_tokens at = g->furniture[t].marks->names[k].at;
      if (group != RCPI_NO_KEY)
        rcpi_push(g->a, &places, (rcpi_name_place){t, rcpi_tokens_span(g->furniture[t].text, at.token, at.end_token), group});
    }
  out->places = places.p;
  out->n_places = places.n;
}

static void read_spellings(grouper *g, reading *r) {
  r->spelling_of = rcpi_array(g->a, uint32_t, r->marks->n_names + 1);
  for (uint32_t k = 0; k < r->marks->n_names; k++) r->spelling_of[k] = rcpi_spelling_add(&g->s, r->text, &r->marks->names[k]);
}

static void read_all(grouper *g, const rcpi_telling *tellings, size_t n) {
  g->n_tellings = n;
  g->own = rcpi_array(g->a, reading, n);
  g->furniture = rcpi_array(g->a, reading, n);
  for (size_t t = 0; t < n; t++) {
    g->own[t] = (reading){.text = &tellings[t].text, .marks = &tellings[t].marks};
    read_spellings(g, &g->own[t]);
  }
  for (size_t t = 0; t < n; t++) {
    rcpi_text *text = rcpi_new(g->a, rcpi_text);
    rcpi_marks *marks = rcpi_new(g->a, rcpi_marks);
    rcpi_names_in_furniture(g->a, tellings[t].article, text, marks);
    g->furniture[t] = (reading){.text = text, .marks = marks};
    read_spellings(g, &g->furniture[t]);
  }
}

void rcpi_names_group(rcpi_arena *a, const rcpi_telling *tellings, size_t n_tellings, rcpi_name_groups *out) {
  grouper g = {.a = a, .s = {.a = a}};
  read_all(&g, tellings, n_tellings);
  unite_known(&g);
  for (size_t t = 0; t < n_tellings; t++) unite_bracketed(&g, &g.own[t]);
  for (size_t t = 0; t < n_tellings; t++) unite_bracketed(&g, &g.furniture[t]);
  unite_acronyms(&g);
  for (uint32_t i = 0; i < g.s.all.n; i++)
    if (g.s.all.p[i].n_words) visit_like(&g, i, rarest_word(&g, &g.s.all.p[i]), unite_variant, NULL);
  unite_short(&g);
  *out = (rcpi_name_groups){.groups = NULL};
  const uint32_t *group_of = number_groups(&g, count(&g), out);
  write_mentions(&g, group_of, out);
  write_places(&g, group_of, out);
}
