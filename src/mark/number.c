/*
 * Numbers in words are sums of products: each word either adds to what stands before it (vingt + sept), multiplies it
 * (deux × cents) or closes a group (trois cents × mille). Whether a word may follow is told by the room that the sum so
 * far leaves: after vingt there is room for 1 to 9, after soixante and quatre-vingts for 10 to 19 too. So "deux trois"
 * are two numbers and "soixante et onze" is one, in any language that counts like this.
 *
 * Kinds in the table: digit (0 to 19), ten, score (vingt: multiplies a small number before it), hundred, scale, fuzzy
 * (centaine, dozen), join (et, and), article, open (des, quelques: an unknown number of the scale behind it), half, part
 * (tiers, third), point (virgule), of (de, of), over (un sur trois), stage (quart de finale is no fraction).
 *
 * Known weakness: "trois cents et deux cents" is read as 302.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mark/number.h"

#include <math.h>

rcpi_numbers rcpi_numbers_of(const rcpi_lang *lang) {
  const rcpi_table *t = rcpi_lang_table(lang, "numbers");
  rcp_str decimal = lang ? rcpi_lang_setting(lang, "decimal") : (rcp_str){"", 0};
  return (rcpi_numbers){t, rcpi_table_column(t, "kind"), rcpi_table_column(t, "value"), decimal.n ? decimal.p[0] : '.'};
}

/* Groups of three behind the first separator: "1.458.000", "10 000". */
static bool has_groups_of_three(rcp_str s, size_t first) {
  size_t run = 0;
  for (size_t i = first + 1; i <= s.n; i++) {
    if (i < s.n && rcpi_is_digit((unsigned char)s.p[i])) run++;
    else if (run != 3) return false;
    else run = 0;
  }
  return true;
}

bool rcpi_number_digits(const rcpi_numbers *numbers, rcp_str s, double *out) {
  char plain[40];
  size_t n = 0, commas = 0, points = 0, last = RCPI_NONE, first_mark = RCPI_NONE;
  for (size_t i = 0; i < s.n; i++) {
    commas += s.p[i] == ',';
    points += s.p[i] == '.';
    if (s.p[i] != ',' && s.p[i] != '.') continue;
    last = i;
    if (first_mark == RCPI_NONE) first_mark = i;
  }
  size_t decimal_at = RCPI_NONE;
  if (commas && points) decimal_at = last;
  else if (commas + points == 1 && !(s.p[last] != numbers->decimal && last <= 3 && has_groups_of_three(s, last))) decimal_at = last;
  else if (commas + points > 1 && !has_groups_of_three(s, first_mark)) return false;
  for (size_t i = 0; i < s.n && n + 2 < sizeof plain; i++) {
    if (rcpi_is_digit((unsigned char)s.p[i])) plain[n++] = s.p[i];
    else if (i == decimal_at) plain[n++] = '.';
  }
  return rcpi_parse_double((rcp_str){plain, n}, out);
}

typedef struct entry { char kind; double value; } entry;   /* kind: first letter; 'd'igit ... 0: no number word */

enum { DIGIT = 1, TEN, SCORE, HUNDRED, SCALE, FUZZY, JOIN, ARTICLE, OPEN, HALF, PART, POINT, OF, OVER, STAGE };

static const rcp_str kinds[] = {
    {"", 0}, {"digit", 5}, {"ten", 3}, {"score", 5}, {"hundred", 7}, {"scale", 5}, {"fuzzy", 5}, {"join", 4}, {"article", 7},
    {"open", 4}, {"half", 4}, {"part", 4}, {"point", 5}, {"of", 2}, {"over", 4}, {"stage", 5},
};

static entry look_up(const rcpi_numbers *numbers, const rcpi_plain *words, size_t i) {
  entry e = {0, 0};
  if (i >= words->n || words->w[i].kind != RCPI_TOK_WORD) return e;
  size_t row = rcpi_table_find(numbers->table, words->w[i].fold);
  if (row == RCPI_NONE) return e;
  rcp_str kind = rcpi_cell(numbers->table, row, (size_t)numbers->kind_column);
  for (char k = DIGIT; k <= STAGE; k++)
    if (rcpi_eq(kind, kinds[(size_t)k])) e.kind = k;
  rcpi_parse_double(rcpi_cell(numbers->table, row, (size_t)numbers->value_column), &e.value);
  return e;
}

/* Is there room for `v` of this kind behind the sum `cur` of the group? */
static bool has_room(double cur, char kind, double v) {
  int rest = (int)fmod(cur, 100);
  if (kind == HUNDRED) return cur < 100;
  if (kind == TEN) return rest == 0;
  if (kind == SCORE) return rest == 0 || (rest >= 2 && rest <= 9);
  if (v == 0) return cur == 0;
  if (v >= 10) return rest == 0 || rest == 60 || rest == 80;
  return rest == 0 || (rest % 10 == 0 && (rest != 10 || v >= 7)) || ((rest == 70 || rest == 90) && v >= 7);
}

/* May a number word follow "et" or "and" behind the sum `cur`? `v` 1: only one and eleven, and only behind tens. */
static bool may_join(double cur, double total, double rule, entry next) {
  int rest = (int)fmod(cur, 100);
  if (next.kind == HALF) return false;
  if (rule == 1) return rest >= 20 && rest % 10 == 0 && (next.value == 1 || next.value == 11) && (next.kind == DIGIT || next.kind == ARTICLE);
  return rest == 0 && (cur > 0 || total > 0) && (next.kind == DIGIT || next.kind == TEN || next.kind == SCORE);
}

/* A cardinal in words from word `at`; how many words. */
static size_t words_number(const rcpi_numbers *numbers, const rcpi_plain *words, size_t at, double *value) {
  double total = 0, cur = 0, scale = INFINITY;
  bool has_cur = false;
  size_t i = at, end = at;
  for (;; i++) {
    entry e = look_up(numbers, words, i);
    if (i > at && !rcpi_plain_same_sentence(words, at, i)) break;
    if (e.kind == JOIN) {
      entry next = look_up(numbers, words, i + 1);
      if (i == at || !may_join(cur, total, e.value, next)) break;
      continue;
    }
    if (e.kind == ARTICLE) {
      bool is_one = i > at && has_room(cur, DIGIT, e.value) && cur >= 20 && look_up(numbers, words, i - 1).kind != DIGIT;
      if (i > at && !is_one) break;
      if (i == at) {
        entry next = look_up(numbers, words, i + 1);
        if (next.kind != HUNDRED && next.kind != SCALE) break;
      }
      e.kind = DIGIT;
    }
    if (e.kind == DIGIT || e.kind == TEN || e.kind == SCORE || e.kind == HUNDRED) {
      if (has_cur && !has_room(cur, e.kind, e.value)) break;
      if (e.kind == HUNDRED) cur = (cur > 0 ? cur : 1) * e.value;
      else if (e.kind == SCORE && fmod(cur, 100) >= 2) cur += fmod(cur, 100) * (e.value - 1);
      else cur += e.value;
      has_cur = true;
    } else if (e.kind == SCALE && e.value < scale && (has_cur || i == at || total == 0)) {
      total += (has_cur ? cur : 1) * e.value;
      scale = e.value;
      cur = 0;
      has_cur = false;
    } else {
      break;
    }
    end = i + 1;
  }
  *value = total + cur;
  return end - at;
}

/* "virgule cinq", "virgule zéro cinq": digits behind the point, one by one or as one number. */
static size_t decimals(const rcpi_numbers *numbers, const rcpi_plain *words, size_t at, double *value) {
  if (look_up(numbers, words, at).kind != POINT) return 0;
  double unit = 0.1, sum = 0, v;
  size_t n = 1, k;
  while (look_up(numbers, words, at + n).kind == DIGIT && (v = look_up(numbers, words, at + n).value) < 10) {
    sum += v * unit;
    unit /= 10;
    n++;
  }
  if (n == 1 && (k = words_number(numbers, words, at + 1, &v))) {
    sum = v < 100 ? v / 100 : v / 1000;
    n += k;
  }
  if (n == 1) return 0;
  *value += sum;
  return n;
}

/* dizaines, centaines de milliers, dozens, hundreds of thousands: the words and their product. */
static size_t fuzzy_words(const rcpi_numbers *numbers, const rcpi_plain *words, size_t at, double *product) {
  entry e = look_up(numbers, words, at);
  if (e.kind != FUZZY) return 0;
  size_t n = 1;
  *product = e.value;
  for (entry of; (of = look_up(numbers, words, at + n)).kind == OF; n += 2) {
    entry next = look_up(numbers, words, at + n + 1);
    if (next.kind != FUZZY && next.kind != SCALE) break;
    *product *= next.value;
  }
  return n;
}

static bool ends_plural(rcp_str w) {
  return w.n > 2 && w.p[w.n - 1] == 's';
}

static bool is_free(const rcpi_plain *words, size_t at, size_t i) {   /* no word that could be its noun */
  if (!rcpi_plain_same_sentence(words, at, i)) return true;
  return words->w[i].kind != RCPI_TOK_WORD || words->text->tokens[words->w[i].token].flags & RCPI_TOK_FUNCTION;
}

/* Behind a whole number: tiers, quarts, fifths; not "un cinquième but", nor "un quart de finale". */
static size_t part_words(const rcpi_numbers *numbers, const rcpi_plain *words, size_t at, rcpi_number *out) {
  entry e = look_up(numbers, words, at), next = look_up(numbers, words, at + 1);
  if (e.kind != PART || out->value < 1 || out->value >= e.value || out->value != floor(out->value)) return 0;
  if (next.kind == OF && look_up(numbers, words, at + 2).kind == STAGE) return 0;
  bool is_named = e.value <= 4;
  if (out->value == 1 && !is_named && next.kind != OF && !is_free(words, at, at + 1)) return 0;
  if (out->value > 1 && !ends_plural(words->w[at].fold)) return 0;
  out->value /= e.value;
  out->is_fraction = true;
  return 1;
}

/* Behind a whole number: sur trois, in five, out of ten. */
static size_t over_words(const rcpi_numbers *numbers, const rcpi_plain *words, size_t at, rcpi_number *out) {
  size_t n = 0;
  if (look_up(numbers, words, at).kind == OVER) n = 1 + (look_up(numbers, words, at + 1).kind == OF);
  rcpi_number whole;
  size_t k = n ? rcpi_number_at(numbers, words, at + n, &whole) : 0;
  if (!k || whole.is_fuzzy || whole.is_open || whole.is_article || whole.is_scaled || whole.is_fraction) return 0;
  bool is_share = out->value >= 1 && out->value < whole.value && whole.value <= 1000 && whole.value == floor(whole.value);
  if (!is_share || out->value != floor(out->value) || !is_free(words, at, at + n + k)) return 0;
  out->value /= whole.value;
  out->is_fraction = true;
  out->is_article = false;
  return n + k;
}

/* "et demi", "and a half" behind a number or unit. */
size_t rcpi_number_and_half(const rcpi_numbers *numbers, const rcpi_plain *words, size_t at) {
  if (look_up(numbers, words, at).kind != JOIN) return 0;
  size_t n = 1 + (look_up(numbers, words, at + 1).kind == ARTICLE);
  return look_up(numbers, words, at + n).kind == HALF ? n + 1 : 0;
}

/* Words of scale behind digits: 38 millions, 1,5 milliard; and "et demi" behind them. */
static size_t scale_words(const rcpi_numbers *numbers, const rcpi_plain *words, size_t at, rcpi_number *out) {
  size_t n = 0;
  for (entry e; (e = look_up(numbers, words, at + n)).kind == SCALE && (n == 0 || e.value > 1000); n++) {
    out->value *= e.value;
    out->is_scaled = true;
  }
  size_t half = n ? rcpi_number_and_half(numbers, words, at + n) : 0;
  if (half) out->value += look_up(numbers, words, at + n - 1).value / 2;
  return n + half;
}

static size_t digits_at(const rcpi_numbers *numbers, const rcpi_plain *words, size_t at, rcpi_number *out) {
  if (!rcpi_number_digits(numbers, words->w[at].fold, &out->value)) return 0;
  out->is_digits = true;
  size_t n = 1, k;
  double product;
  if ((k = fuzzy_words(numbers, words, at + 1, &product))) {
    out->value *= product;
    out->is_fuzzy = out->is_scaled = true;
    return n + k;
  }
  if ((k = scale_words(numbers, words, at + 1, out))) return n + k;
  /* 3/4 */
  double over;
  if (at + 2 < words->n && rcpi_plain_is(words, at + 1, "/") && words->w[at + 1].is_glued && words->w[at + 2].is_glued &&
      words->w[at + 2].kind == RCPI_TOK_NUMBER && rcpi_number_digits(numbers, words->w[at + 2].fold, &over) &&
      out->value > 0 && out->value < over && over <= 20) {
    out->value /= over;
    out->is_fraction = true;
    return 3;
  }
  if ((k = part_words(numbers, words, at + 1, out))) return n + k;
  return n + over_words(numbers, words, at + 1, out);
}

size_t rcpi_number_at(const rcpi_numbers *numbers, const rcpi_plain *words, size_t at, rcpi_number *out) {
  *out = (rcpi_number){0};
  if (at >= words->n) return 0;
  if (words->w[at].kind == RCPI_TOK_NUMBER) return digits_at(numbers, words, at, out);
  entry e = look_up(numbers, words, at);
  if (!e.kind || e.kind == JOIN || e.kind >= PART) return 0;
  size_t n, k;
  double product;
  if (e.kind == HALF) {
    entry next = look_up(numbers, words, at + 1);
    if (next.kind != SCALE) return 0;
    out->value = next.value / 2;
    out->is_scaled = true;
    return 2;
  }
  if (e.kind == OPEN || e.kind == FUZZY) {
    size_t skip = e.kind == OPEN;
    entry next = look_up(numbers, words, at + skip);
    k = fuzzy_words(numbers, words, at + skip, &product);
    if (!k && next.kind == SCALE && skip) k = 1, product = next.value;
    if (!k || (!skip && !ends_plural(words->w[at].fold))) return 0;
    out->value = product;
    out->is_open = out->is_scaled = true;
    return skip + k;
  }
  if (e.kind == ARTICLE) {
    out->value = e.value;
    if ((k = fuzzy_words(numbers, words, at + 1, &product))) {
      out->value = product;
      out->is_fuzzy = out->is_scaled = true;
      return 1 + k;
    }
    if (look_up(numbers, words, at + 1).kind == HALF && look_up(numbers, words, at + 2).kind == SCALE) {
      out->value = look_up(numbers, words, at + 2).value / 2;
      out->is_scaled = true;
      return 3;
    }
    if ((k = part_words(numbers, words, at + 1, out)) || (k = over_words(numbers, words, at + 1, out))) return 1 + k;
  }
  n = words_number(numbers, words, at, &out->value);
  if (!n) {
    out->value = e.value;
    out->is_article = e.kind == ARTICLE;
    if (!out->is_article) return 0;
    k = decimals(numbers, words, at + 1, &out->value);
    if (k) out->is_article = false;
    return 1 + k;
  }
  for (size_t i = at; i < at + n; i++) out->is_scaled |= look_up(numbers, words, i).kind == SCALE;
  if ((k = decimals(numbers, words, at + n, &out->value))) return n + k + scale_words(numbers, words, at + n + k, out);
  if ((k = fuzzy_words(numbers, words, at + n, &product))) {
    out->value *= product;
    out->is_fuzzy = out->is_scaled = true;
    return n + k;
  }
  if ((k = rcpi_number_and_half(numbers, words, at + n))) {
    out->value += out->is_scaled ? look_up(numbers, words, at + n - 1).value / 2 : 0.5;
    return n + k;
  }
  if ((k = part_words(numbers, words, at + n, out))) return n + k;
  return n + over_words(numbers, words, at + n, out);
}
