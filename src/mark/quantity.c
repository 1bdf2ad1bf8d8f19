/*
 * A quantity is built outwards from its number: rounding words before and behind it (table `rounding`), a second number
 * when it is a range, its unit (table `units`: what follows it, or a currency mark before it), else the noun that it
 * counts. Values are in base units, so that miles meet kilometres and months meet years; the norm is what people write.
 *
 * A number that stands in a time, in a name (Mohajer-6), behind "article" or "n°", before "e" or "th", in a list of
 * digits (a telephone number), or as "un" that counts nothing but one thing is no quantity.
 *
 * What is counted is told without a tagger: behind the number, over adjectives that may stand there (`counted`), the
 * first noun-like word; where the language puts adjectives before nouns, the last plural of the run.
 *
 * A score (3-1) is a quantity of unit "score" with both numbers as lo and hi, whatever their order.
 *
 * Known weakness: "deux" before a verb ("deux ont été tués") counts nothing; "quatre grands chantiers navals" is right
 * only because grands is in the table.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mark/quantity.h"

#include <math.h>
#include <stdio.h>

#include "mark/number.h"

typedef struct reader {
  rcpi_arena *a;
  const rcpi_plain *words;
  rcpi_numbers numbers;
  const rcpi_table *rounding, *joints, *units, *counted;
  int relation_column, joint_column, unit_column, factor_column, offset_column, shown_column, place_column, counted_column;
  bool *is_taken;              /* words of times and names */
  bool noun_is_last;           /* adjectives before the noun, as in English */
  RCPI_VEC(rcpi_quantity) out;
} reader;

typedef struct unit {
  rcp_str name, shown;
  double factor, offset;
  bool counts_one;             /* un an, une tonne are quantities; un point, un pied seldom */
} unit;

/* What is read so far; word ranges. */
typedef struct draft {
  size_t beg, number, end_number, end;
  rcpi_number lo, hi;
  bool is_range, is_score;
  rcpi_quantity_relation relation;
  char sign[4];                /* of the norm: ~ > >= < <= */
  unit u;
  rcpi_tokens counted;
} draft;

static const rcpi_token *token_of(const reader *r, size_t word) {
  return &r->words->text->tokens[r->words->w[word].token];
}

static bool is_here(const reader *r, size_t i, size_t k) {
  return i < r->words->n && rcpi_plain_same_sentence(r->words, i, k);
}

/* --------------------------------------------------------------------------------------------------------- numbers */

/* Does one of the rows of this phrase have the role? */
static bool has_role(const reader *r, size_t row, const char *role) {
  if (row == RCPI_NONE) return false;
  rcp_str phrase = rcpi_cell(r->joints, row, 0);
  for (; row < r->joints->n_rows && rcpi_eq(rcpi_cell(r->joints, row, 0), phrase); row++)
    if (rcpi_is(rcpi_cell(r->joints, row, (size_t)r->joint_column), role)) return true;
  return false;
}

/* The joint at word `at` (`behind` is the word before it, of the same sentence), or RCPI_NONE. */
static size_t joint_at(const reader *r, size_t at, size_t behind) {
  size_t k;
  return is_here(r, at, behind) ? rcpi_plain_find(r->words, r->joints, at, 1, &k) : RCPI_NONE;
}

/* Is the word behind the number the rest of an ordinal: 3e, 21st? */
static bool is_ordinal(const reader *r, size_t end) {
  return has_role(r, joint_at(r, end, end - 1), "ordinal") && r->words->w[end].is_glued;
}

static bool is_label(const reader *r, size_t beg) {
  size_t k;
  return has_role(r, rcpi_plain_find_before(r->words, r->joints, 0, beg, 2, &k), "label");
}

/* Pieces of a telephone number, an address, a version: digits next to digits. */
static bool is_digit_run(const reader *r, size_t beg, size_t end) {
  const rcpi_plain *w = r->words;
  bool before = beg && is_here(r, beg - 1, beg) && w->w[beg - 1].kind == RCPI_TOK_NUMBER;
  bool after = is_here(r, end, beg) && w->w[end].kind == RCPI_TOK_NUMBER;
  return before || after;
}

/* Of a word that begins with a number, the rest: trois-tonnes, three-storey. */
static bool is_unit_piece(const reader *r, size_t at) {
  size_t k;
  return r->noun_is_last ? !has_role(r, joint_at(r, at, at - 1), "ordinal") : rcpi_plain_find(r->words, r->units, at, 1, &k) != RCPI_NONE;
}

/* The number at word `at`, when it may be a quantity. */
static size_t plain_number(const reader *r, size_t at, rcpi_number *out) {
  const rcpi_plain *w = r->words;
  if (at >= w->n || r->is_taken[at]) return 0;
  const rcpi_plain_word *first = &w->w[at];
  if (!first->is_first && first->kind != RCPI_TOK_NUMBER && !(at && w->w[at - 1].token == first->token)) return 0;
  size_t n = rcpi_number_at(&r->numbers, w, at, out);
  if (!n) return 0;
  for (size_t i = at; i < at + n; i++)
    if (r->is_taken[i]) return 0;
  bool is_cut = !w->w[at + n - 1].is_last && !is_unit_piece(r, at + n);   /* vingt-cinquième */
  bool is_inside_word = is_cut || !first->is_first || (out->is_digits && at && first->is_glued && w->w[at - 1].kind == RCPI_TOK_WORD);
  if (is_inside_word || is_ordinal(r, at + n) || is_label(r, at)) return 0;
  if (out->is_digits && !out->is_scaled && is_digit_run(r, at, at + n)) return 0;
  return n;
}

/* ----------------------------------------------------------------------------------------------------------- units */

static unit read_unit(const reader *r, size_t row) {
  unit u = {rcpi_cell(r->units, row, (size_t)r->unit_column), rcpi_cell(r->units, row, (size_t)r->shown_column), 1, 0, false};
  u.counts_one = rcpi_is(rcpi_cell(r->units, row, (size_t)r->place_column), "one");
  rcpi_parse_double(rcpi_cell(r->units, row, (size_t)r->factor_column), &u.factor);
  rcpi_parse_double(rcpi_cell(r->units, row, (size_t)r->offset_column), &u.offset);
  return u;
}

/* "d'", "de", "of" and a hyphen may stand between a number and its unit. */
static size_t skip_of(const reader *r, size_t at) {
  return has_role(r, joint_at(r, at, at - 1), "of");
}

/* The unit behind the number; how many words it takes. `needs_of`: as in "une trentaine de mètres". */
static size_t unit_behind(const reader *r, size_t at, unit *u) {
  size_t skip = at < r->words->n ? skip_of(r, at) : 0, k;
  for (size_t s = skip;; s = 0) {
    size_t row = is_here(r, at + s, at - 1) ? rcpi_plain_find(r->words, r->units, at + s, 5, &k) : RCPI_NONE;
    if (row != RCPI_NONE && !rcpi_is(rcpi_cell(r->units, row, (size_t)r->place_column), "before")) {
      const rcpi_token *t = token_of(r, at + s);
      bool needs_case = rcpi_is(rcpi_cell(r->units, row, (size_t)r->place_column), "glued");
      if (needs_case && t->flags & RCPI_TOK_CAPITAL && r->words->w[at + s].fold.n == 1 && !r->words->w[at + s].is_glued) return 0;
      *u = read_unit(r, row);
      return s + k;
    }
    if (!s) return 0;
  }
}

/* A currency before the number ("$", "US$", "€"); how many words. */
static size_t unit_before(const reader *r, size_t at, unit *u) {
  size_t k, row = rcpi_plain_find_before(r->words, r->units, 0, at, 2, &k);
  if (row == RCPI_NONE) return 0;
  rcp_str phrase = rcpi_cell(r->units, row, 0);
  for (; row < r->units->n_rows && rcpi_eq(rcpi_cell(r->units, row, 0), phrase); row++) {
    if (!rcpi_is(rcpi_cell(r->units, row, (size_t)r->place_column), "before")) continue;
    *u = read_unit(r, row);
    return k;
  }
  return 0;
}

/* Letters of scale behind a number that a currency precedes: $41.5m, £2bn. */
static size_t short_scale(const reader *r, size_t at, double *factor) {
  size_t row = joint_at(r, at, at - 1);
  if (row == RCPI_NONE || !r->words->w[at].is_glued) return 0;
  rcp_str x = rcpi_cell(r->joints, row, (size_t)r->joint_column);
  return x.p[0] == 'x' && rcpi_parse_double(rcpi_sub(x, 1, x.n), factor);
}

/* --------------------------------------------------------------------------------------------------------- counted */

static bool is_noun_like(const reader *r, size_t i) {
  const rcpi_plain_word *w = &r->words->w[i];
  const rcpi_token *t = token_of(r, i);
  return w->kind == RCPI_TOK_WORD && w->is_first && !(t->flags & RCPI_TOK_FUNCTION) && w->fold.n >= 2 && !r->is_taken[i];
}

static rcp_str counted_kind(const reader *r, size_t i) {
  size_t row = rcpi_table_find(r->counted, token_of(r, i)->fold);
  return row == RCPI_NONE ? (rcp_str){"", 0} : rcpi_cell(r->counted, row, (size_t)r->counted_column);
}

enum { MOST_ADJECTIVES = 3 };

/* The noun that the number before word `at` counts. */
static rcpi_tokens counted_noun(const reader *r, size_t at) {
  size_t i = at + (at < r->words->n ? skip_of(r, at) : 0), best = RCPI_NONE;
  for (size_t k = 0; k <= MOST_ADJECTIVES && is_here(r, i, at - 1); k++) {
    rcp_str kind = r->words->w[i].kind == RCPI_TOK_WORD ? counted_kind(r, i) : (rcp_str){"", 0};
    bool is_adjective = rcpi_is(kind, "adjective"), is_noun = rcpi_is(kind, "noun") || rcpi_is(kind, "toll");
    bool is_name = r->noun_is_last && r->is_taken[i] && r->words->w[i].kind == RCPI_TOK_WORD;   /* four Norvian soldiers */
    if (!is_adjective && !is_name && (!is_noun_like(r, i) || rcpi_is(kind, "none"))) break;
    if (!is_adjective && !r->noun_is_last) {
      best = i;
      break;
    }
    rcp_str w = r->words->w[i].fold;
    if (is_noun || (!is_adjective && !is_name && w.p[w.n - 1] == 's')) best = i;
    if (is_noun) break;
    uint32_t token = r->words->w[i].token;
    while (i < r->words->n && r->words->w[i].token == token) i++;
  }
  if (best == RCPI_NONE) return (rcpi_tokens){0, 0};
  uint32_t token = r->words->w[best].token;
  return (rcpi_tokens){token, token + 1};
}

/* Of these one is a count: un mort, one missing. */
static bool is_toll(const reader *r, rcpi_tokens counted) {
  return rcpi_tokens_any(counted) && rcpi_is(counted_kind(r, r->words->of_token[counted.token]), "toll");
}

/* ---------------------------------------------------------------------------------------------------------- ranges */

/* "30 à 40 millions": the scale is that of both. */
static double shared_scale(const reader *r, const draft *d, const rcpi_number *hi, size_t at) {
  double bare;
  bool is_short = hi->is_scaled && !d->lo.is_scaled && hi->is_digits && rcpi_number_digits(&r->numbers, r->words->w[at].fold, &bare);
  return is_short && bare > 0 && d->lo.value < bare ? hi->value / bare : 1;
}

/* "entre 30 et 40", "de 3 à 5", "30 à 40", "30-40", "deux ou trois": the second number. */
static void read_range(const reader *r, draft *d) {
  size_t join = d->end_number, k;
  unit u;
  size_t n_unit = has_role(r, joint_at(r, join, d->number), "join") ? 0 : unit_behind(r, join, &u);   /* de 2 km à 3 km */
  join += n_unit;
  bool is_open = d->number && has_role(r, rcpi_plain_find_before(r->words, r->joints, 0, d->number, 1, &k), "open");
  size_t row = joint_at(r, join, d->number);
  if (!has_role(r, row, "join") && !(is_open && has_role(r, row, "join-open"))) return;
  rcpi_number hi;
  size_t n = is_here(r, join + 1, join) ? plain_number(r, join + 1, &hi) : 0;
  if (!n || hi.is_open || hi.is_article) return;
  unit v;
  if (n_unit && (!unit_behind(r, join + 1 + n, &v) || !rcpi_eq(u.name, v.name))) return;   /* de 15 % à 400 millions */
  bool is_mark = r->words->w[join].kind == RCPI_TOK_MARK;
  d->is_score = is_mark && !n_unit && d->lo.is_digits && hi.is_digits && r->words->w[join].is_glued && hi.value <= 200;
  double lo = d->lo.value * shared_scale(r, d, &hi, join + 1);
  if (hi.value <= lo && !d->is_score) return;
  d->is_range = true;
  d->hi = hi;
  d->lo.value = lo;
  d->end_number = join + 1 + n;
  if (is_open && !is_mark) d->beg = d->number - 1;
}

/* --------------------------------------------------------------------------------------------------------- rounding */

static void set_relation(draft *d, rcp_str role) {
  static const struct { const char *role; rcpi_quantity_relation relation; const char *sign; } known[] = {
      {"about", RCPI_ABOUT, "~"}, {"at-least", RCPI_AT_LEAST, ">="}, {"more", RCPI_AT_LEAST, ">"},
      {"at-most", RCPI_AT_MOST, "<="}, {"less", RCPI_AT_MOST, "<"}, {"nearly", RCPI_ABOUT, "~"},
  };
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (rcpi_is(role, known[i].role)) {
      d->relation = known[i].relation;
      snprintf(d->sign, sizeof d->sign, "%s", known[i].sign);
    }
}

/* The rounding of this phrase, for its place before or behind the number; "" when it has none there. */
static rcp_str rounding_of(const reader *r, size_t row, bool is_behind) {
  rcp_str phrase = row == RCPI_NONE ? (rcp_str){NULL, 0} : rcpi_cell(r->rounding, row, 0);
  for (; row < r->rounding->n_rows && rcpi_eq(rcpi_cell(r->rounding, row, 0), phrase); row++) {
    rcp_str role = rcpi_cell(r->rounding, row, (size_t)r->relation_column);
    bool says_after = rcpi_starts(role, RCPI_S("after-"));
    if (says_after == is_behind) return says_after ? rcpi_sub(role, 6, role.n) : role;
  }
  return (rcp_str){"", 0};
}

static void read_rounding(const reader *r, draft *d) {
  size_t k, at = d->beg;
  rcp_str role = rounding_of(r, rcpi_plain_find_before(r->words, r->rounding, 0, at, 5, &k), false);
  if (!role.n && at && has_role(r, rcpi_plain_find_before(r->words, r->joints, 0, at, 1, &k), "article")) {   /* près des 30 */
    at--;
    role = rounding_of(r, rcpi_plain_find_before(r->words, r->rounding, 0, at, 5, &k), false);
  }
  if (role.n) {
    set_relation(d, role);
    d->beg = at - k;
    return;
  }
  if (!is_here(r, d->end, d->number)) return;
  role = rounding_of(r, rcpi_plain_find(r->words, r->rounding, d->end, 3, &k), true);
  if (!role.n) return;
  set_relation(d, role);
  d->end += k;
}

/* ------------------------------------------------------------------------------------------------------------- norm */

/* Shortest of 12 digits; a point whatever the locale is not at stake: digits only are printed here. */
static rcp_str show_number(rcpi_arena *a, double v) {
  double whole = floor(fabs(v));
  const char *sign = v < 0 ? "-" : "";
  if (whole >= 1e15) return rcpi_printf(a, "%s%.0f", sign, whole);
  long long thousandths = (long long)(fabs(v) * 1000 + 0.5);
  long long n = thousandths / 1000;
  int rest = (int)(thousandths % 1000);
  if (!rest) return rcpi_printf(a, "%s%lld", sign, n);
  if (rest % 100 == 0) return rcpi_printf(a, "%s%lld.%d", sign, n, rest / 100);
  if (rest % 10 == 0) return rcpi_printf(a, "%s%lld.%02d", sign, n, rest / 10);
  return rcpi_printf(a, "%s%lld.%03d", sign, n, rest);
}

static rcp_str show_scaled(rcpi_arena *a, double v) {
  static const struct { double least; const char *name; } scales[] = {{1e12, "T"}, {1e9, "G"}, {1e6, "M"}};
  for (size_t i = 0; i < 3; i++)
    if (fabs(v) >= scales[i].least) return rcpi_printf(a, "%.*s %s", RCPI_P(show_number(a, v / scales[i].least)), scales[i].name);
  return show_number(a, v);
}

static rcp_str norm_of(rcpi_arena *a, const draft *d) {
  rcp_str shown = d->u.shown;
  rcp_str lo = show_scaled(a, d->lo.value), hi = show_scaled(a, d->hi.value);
  const char *gap = shown.n && !rcpi_is(shown, "%") ? " " : "";
  if (d->is_score) return rcpi_printf(a, "%.*s-%.*s", RCPI_P(lo), RCPI_P(hi));
  if (d->lo.is_open) return rcpi_printf(a, "n x %.*s%s%.*s", RCPI_P(lo), gap, RCPI_P(shown));
  if (d->is_range) return rcpi_printf(a, "%.*s..%.*s%s%.*s", RCPI_P(lo), RCPI_P(hi), gap, RCPI_P(shown));
  return rcpi_printf(a, "%s%.*s%s%.*s", d->sign, RCPI_P(lo), gap, RCPI_P(shown));
}

/* -------------------------------------------------------------------------------------------------------- quantity */

/* Something open, "des millions", is at least twice and less than ten times its scale. */
static void set_bounds(const draft *d, rcpi_quantity *q) {
  double f = d->u.factor;
  q->lo = d->lo.value * f + d->u.offset;
  q->hi = (d->is_range ? d->hi.value : d->lo.value) * f + d->u.offset;
  if (d->lo.is_open) {
    q->lo = 2 * d->lo.value * f;
    q->hi = 10 * d->lo.value * f;
  }
  q->relation = d->is_range && !d->is_score ? RCPI_RANGE : d->relation;
}

static rcpi_tokens tokens_of(const reader *r, size_t beg, size_t end) {
  return (rcpi_tokens){r->words->w[beg].token, r->words->w[end - 1].token + 1};
}

/* The quantity whose number is at word `at`: where to go on; `at` when there is none. */
static size_t quantity_at(reader *r, size_t at) {
  draft d = {.beg = at, .number = at, .u = {.name = {"", 0}, .shown = {"", 0}, .factor = 1}};
  size_t n = plain_number(r, at, &d.lo), k;
  if (!n) return at;
  bool is_negative = at && has_role(r, joint_at(r, at - 1, at), "minus") && r->words->w[at - 1].is_first && !r->words->w[at - 1].is_glued;
  d.end_number = at + n;
  if (!d.lo.is_open && !d.lo.is_article) read_range(r, &d);
  d.end = d.end_number;
  if ((k = unit_before(r, at, &d.u))) {
    double factor = 1;
    d.beg = at - k;
    d.end += short_scale(r, d.end, &factor);
    d.lo.value *= factor;
    d.hi.value *= factor;
  } else if ((k = unit_behind(r, d.end, &d.u))) {
    d.end += k;
    if ((k = rcpi_number_and_half(&r->numbers, r->words, d.end)) && is_here(r, d.end + k - 1, at)) {   /* deux ans et demi */
      d.end += k;
      d.lo.value += 0.5;
      d.hi.value += 0.5;
    }
  } else {
    d.counted = counted_noun(r, d.end);
  }
  bool has_unit = d.u.name.n != 0;
  if (has_unit || rcpi_tokens_any(d.counted)) {
    if (d.is_score && d.hi.value <= d.lo.value) return at;   /* 3-1 km is nothing */
    d.is_score = false;
  }
  if (d.lo.is_article && !has_unit && !rcpi_tokens_any(d.counted)) return at;
  if (is_negative && has_unit && d.beg == at) {
    d.beg = at - 1;
    d.lo.value = -d.lo.value;
  }
  if (d.lo.is_fuzzy) {
    d.relation = RCPI_ABOUT;
    snprintf(d.sign, sizeof d.sign, "~");
  }
  if (d.lo.is_open) d.relation = RCPI_ABOUT;
  if (d.is_score) d.u = (unit){RCPI_S("score"), {"", 0}, 1, 0, false};
  else read_rounding(r, &d);
  if (d.lo.is_article && d.relation == RCPI_EXACT && !d.u.counts_one && !is_toll(r, d.counted)) return at;
  rcpi_quantity q = {.at = tokens_of(r, d.beg, d.end), .number = tokens_of(r, d.number, d.end_number), .counted = d.counted, .unit = d.u.name};
  set_bounds(&d, &q);
  q.norm = norm_of(r->a, &d);
  rcpi_push(r->a, &r->out, q);
  return d.end;
}

static void take(reader *r, rcpi_tokens t) {
  for (size_t i = r->words->of_token[t.token]; i < r->words->of_token[t.end_token]; i++) r->is_taken[i] = true;
}

static void read_tables(const rcpi_text *text, reader *r) {
  r->numbers = rcpi_numbers_of(text->lang);
  r->rounding = rcpi_lang_table(text->lang, "rounding");
  r->joints = rcpi_lang_table(text->lang, "number_joints");
  r->units = rcpi_lang_table(text->lang, "units");
  r->counted = rcpi_lang_table(text->lang, "counted");
  r->relation_column = rcpi_table_column(r->rounding, "role");
  r->joint_column = rcpi_table_column(r->joints, "role");
  r->unit_column = rcpi_table_column(r->units, "unit");
  r->factor_column = rcpi_table_column(r->units, "factor");
  r->offset_column = rcpi_table_column(r->units, "offset");
  r->shown_column = rcpi_table_column(r->units, "shown");
  r->place_column = rcpi_table_column(r->units, "place");
  r->counted_column = rcpi_table_column(r->counted, "kind");
  r->noun_is_last = text->lang && rcpi_is(rcpi_lang_setting(text->lang, "noun"), "last");
}

void rcpi_quantities_find(rcpi_arena *a, const rcpi_text *text, rcpi_marks *marks) {
  reader r = {.a = a};
  r.words = rcpi_plain_of(a, text, marks);
  read_tables(text, &r);
  if (!r.units->n_rows) return;
  r.is_taken = rcpi_array(a, bool, r.words->n + 1);
  for (size_t i = 0; i < marks->n_times; i++) take(&r, marks->times[i].at);
  for (size_t i = 0; i < marks->n_names; i++) take(&r, marks->names[i].at);
  for (size_t i = 0; i < r.words->n;) {
    size_t next = quantity_at(&r, i);
    i = next > i ? next : i + 1;
  }
  marks->quantities = r.out.p;
  marks->n_quantities = r.out.n;
}

size_t rcpi_first_quantity(const rcpi_marks *m, uint32_t token) {
  size_t lo = 0, hi = m->n_quantities;
  while (lo < hi) {
    size_t mid = (lo + hi) / 2;
    if (m->quantities[mid].at.token < token) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}
