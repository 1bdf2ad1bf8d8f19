/*
 * What a reader goes by who gets a page as bare lines: sentences stand together, menus stand together; the article says what
 * its title says, again and again, and a teaser speaks of something else; a heading such as "Most read" changes what follows;
 * comments have names and days between them. Each of these is a number here.
 *
 * TOPIC is the share of a line's content words that the main stretch of prose says in other lines too. Which stretch that is:
 * prose lines count their words, others take something away, best sum.
 *
 * Cost: some passes over the lines, a few hundred bytes a line.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "clean/page_features.h"

#include "base/hash.h"

enum { MOST_WORDS = 60, SHORT_WORDS = 5, LONG_WORDS = 25, TITLE_WORDS = 48, MOST_DISTANCE = 99, MARKED_COST = 6, OTHER_COST = 4,
       HEAD_REACH = 24, LIKE_REACH = 4, TOPIC_WORD = 4 };

typedef struct seer {
  const rcpi_flat *f;
  rcpi_page_features *out;
  size_t n;
  uint32_t *room;              /* n + 1 numbers for a pass */
  size_t run_beg, run_end;
  uint32_t run_worth, prose_total;
} seer;

static uint8_t byte_of(uint32_t v) {
  return (uint8_t)(v > 255 ? 255 : v);
}

/* Sixteenths of the binary logarithm of v + 1. */
static uint32_t log_of(uint32_t v) {
  v++;
  unsigned top = 31 - (unsigned)__builtin_clz(v);
  return top * 16 + (top >= 4 ? v >> (top - 4) & 15 : v << (4 - top) & 15);
}

static uint8_t share_of(uint32_t part, uint32_t whole) {
  return whole ? byte_of((uint32_t)((uint64_t)part * 250 / whole)) : 0;
}

static uint8_t place_of(size_t at, size_t from) {
  uint32_t d = log_of((uint32_t)(at > from ? at - from : from - at)) / 2;
  return (uint8_t)(at >= from ? 128 + (d > 127 ? 127 : d) : 128 - (d > 127 ? 127 : d));
}

static uint8_t *row(const seer *s, size_t i) {
  return s->out->rows + i * RCPI_N_PAGE_ALL;
}

static const rcpi_line *line(const seer *s, size_t i) {
  return &s->f->lines.p[i];
}

static bool is_prose(const seer *s, size_t i) {
  return s->f->judged[i].verdict == RCPI_PROSE;
}

static bool is_marked(const seer *s, size_t i) {
  return s->f->judged[i].verdict == RCPI_JUNK;
}

static uint32_t counted_words(const seer *s, size_t i) {
  return line(s, i)->n_words < MOST_WORDS ? line(s, i)->n_words : MOST_WORDS;
}

/* --------------------------------------------------------------------------------------------------------- the line */

static void see_line(const seer *s, size_t i) {
  const rcpi_line *l = line(s, i);
  const rcpi_flat *f = s->f;
  uint8_t *x = row(s, i);
  rcp_str text = rcpi_line_str(&f->lines, i);
  const rcpi_lword *first = rcpi_line_word(f, l, 0);
  uint32_t months = 0;
  for (uint32_t w = l->word; w < l->end_word; w++) months += (f->lines.words[w].flags & RCPI_LW_MONTH) != 0;
  char last = text.n ? text.p[text.n - 1] : 0;
  const struct { int feature; uint32_t value; } seen[] = {
      {RCPI_PF_WORDS, log_of(l->n_words)}, {RCPI_PF_BYTES, log_of((uint32_t)text.n)}, {RCPI_PF_FUNCTION, share_of(l->n_function, l->n_words)},
      {RCPI_PF_ENDS_SENTENCE, l->ends_sentence}, {RCPI_PF_ENDS, l->n_ends}, {RCPI_PF_COMMAS, share_of(l->n_commas, l->n_words)},
      {RCPI_PF_CAPITAL, share_of(l->n_capital, l->n_words)}, {RCPI_PF_CAPITALS, share_of(l->n_capitals, l->n_words)},
      {RCPI_PF_NUMBERS, share_of(l->n_numbers, l->n_words)}, {RCPI_PF_ITEMS, share_of(l->n_item_words, l->n_words)},
      {RCPI_PF_HINTS, l->n_hints}, {RCPI_PF_INSIDE, l->n_inside}, {RCPI_PF_CAPTIONS, l->n_caption}, {RCPI_PF_SYMBOLS, l->n_symbols},
      {RCPI_PF_SEPARATORS, l->n_separators}, {RCPI_PF_DASHES, l->n_dashes}, {RCPI_PF_SEGMENT, log_of(l->longest_segment)},
      {RCPI_PF_UPPER, share_of(l->n_upper, l->n_letters)}, {RCPI_PF_WORD_BYTES, l->n_words ? (uint32_t)(text.n * 8 / l->n_words) : 255},
      {RCPI_PF_STARTS_LOWER, l->starts_lower}, {RCPI_PF_STARTS_SYMBOL, l->starts_symbol}, {RCPI_PF_STARTS_NUMBER, text.n && rcpi_is_digit((unsigned char)*text.p)},
      {RCPI_PF_STARTS_FUNCTION, first && first->flags & RCPI_LW_FUNCTION}, {RCPI_PF_ENDS_COLON, l->ends_colon}, {RCPI_PF_ENDS_QUESTION, last == '?'},
      {RCPI_PF_ENDS_EXCLAMATION, last == '!'}, {RCPI_PF_QUOTE, l->has_quote}, {RCPI_PF_COPYRIGHT, l->has_copyright}, {RCPI_PF_AT_SIGN, l->has_at_sign},
      {RCPI_PF_URL, l->has_url}, {RCPI_PF_MONTHS, months}, {RCPI_PF_BYLINE, l->has_byline && l->n_words <= 16}, {RCPI_PF_SECTION, l->is_section ? (uint32_t)(l->section_kind + 2) : 0},
      {RCPI_PF_OPENER, l->start_words}, {RCPI_PF_OPENER_MARKED, l->start_is_marked}, {RCPI_PF_OPENER_WEAK, l->start_is_weak},
      {RCPI_PF_START_KIND, (uint32_t)(l->start_kind + 1)}, {RCPI_PF_INSIDE_KIND, (uint32_t)(l->inside_kind + 1)},
      {RCPI_PF_ITEM_KIND, (uint32_t)(l->item_kind + 1)}, {RCPI_PF_HINT_KIND, (uint32_t)(l->hint_kind + 1)}, {RCPI_PF_VERDICT, (uint32_t)f->judged[i].verdict},
      {RCPI_PF_KIND, is_marked(s, i) ? (uint32_t)f->judged[i].kind + 1 : 0}};
  for (size_t k = 0; k < sizeof seen / sizeof *seen; k++) x[seen[k].feature] = byte_of(seen[k].value);
}

/* ------------------------------------------------------------------------------------------------------ the page */

static void see_repeats(const seer *s) {
  rcpi_map seen = {0};
  for (size_t i = 0; i < s->n; i++) {
    bool is_new;
    uint32_t *count = rcpi_map_put(s->f->a, &seen, rcpi_line_str(&s->f->lines, i), 0, &is_new);
    ++*count;
    row(s, i)[RCPI_PF_SAME_BEFORE] = !is_new;
  }
  for (size_t i = 0; i < s->n; i++) row(s, i)[RCPI_PF_SAME] = byte_of(log_of(*rcpi_map_get(&seen, rcpi_line_str(&s->f->lines, i))));
}

typedef struct word_list { uint32_t hash[TITLE_WORDS]; size_t n; } word_list;

static bool holds(const word_list *w, uint32_t hash) {
  for (size_t i = 0; i < w->n; i++)
    if (w->hash[i] == hash) return true;
  return false;
}

static void add_words(const rcpi_flat *f, uint32_t from, uint32_t end, word_list *out) {
  for (uint32_t i = from; i < end && out->n < TITLE_WORDS; i++)
    if (!holds(out, f->lines.words[i].hash)) out->hash[out->n++] = f->lines.words[i].hash;
}

/* The first word behind the last separator of the first line: there the site's name begins. end_word when there is none. */
static uint32_t site_name_word(const rcpi_flat *f) {
  const rcpi_line *l = &f->lines.p[0];
  for (uint32_t i = l->end_word; i-- > l->word + 1;) {
    rcp_str between = rcpi_sub(f->lines.text, f->lines.words[i - 1].end, f->lines.words[i].beg);
    bool has_mark = rcpi_find_char(between, '|') != RCPI_NONE || rcpi_find_char(between, '-') != RCPI_NONE || rcpi_find(between, RCPI_S("\xE2\x80")) != RCPI_NONE ||
                    rcpi_find(between, RCPI_S("\xC2\xB7")) != RCPI_NONE || rcpi_find_char(between, ':') != RCPI_NONE;
    if (has_mark && between.n > 1) return i;
  }
  return l->end_word;
}

static void see_title(const seer *s) {
  const rcpi_flat *f = s->f;
  word_list title = {.n = 0}, site = {.n = 0};
  const rcpi_line *first = line(s, 0);
  add_words(f, first->word, first->end_word, &title);
  add_words(f, site_name_word(f), first->end_word, &site);
  for (size_t i = 0; i < s->n; i++) {
    const rcpi_line *l = line(s, i);
    word_list met = {.n = 0};
    uint32_t n_title = 0, n_site = 0;
    for (uint32_t w = l->word; w < l->end_word; w++) {
      uint32_t hash = f->lines.words[w].hash;
      if (holds(&title, hash)) {
        n_title++;
        if (met.n < TITLE_WORDS && !holds(&met, hash)) met.hash[met.n++] = hash;
      }
      n_site += holds(&site, hash);
    }
    row(s, i)[RCPI_PF_TITLE_SHARE] = share_of(n_title, l->n_words < 3 ? 3 : l->n_words);
    row(s, i)[RCPI_PF_TITLE_COVER] = share_of((uint32_t)met.n, (uint32_t)title.n);
    row(s, i)[RCPI_PF_SITE_NAME] = byte_of(n_site);
  }
}

/* The line that says the title again, above most prose. RCPI_NONE: none does. */
static size_t head_line(const seer *s) {
  size_t best = RCPI_NONE;
  uint32_t most = 0;
  for (size_t i = 1; i < s->n; i++) {
    const uint8_t *x = row(s, i);
    if (x[RCPI_PF_TITLE_SHARE] < 200 || x[RCPI_PF_TITLE_COVER] < 125) continue;
    uint32_t prose = 1;
    for (size_t k = i + 1; k < s->n && k <= i + HEAD_REACH; k++) prose += is_prose(s, k) ? counted_words(s, k) : 0;
    if (prose > most) most = prose, best = i;
  }
  return best;
}

static void find_run(seer *s) {
  int64_t best = 0, sum = 0;
  size_t start = 0;
  for (size_t i = 0; i < s->n; i++) {
    if (sum <= 0) sum = 0, start = i;
    sum += is_prose(s, i) ? (int64_t)counted_words(s, i) : is_marked(s, i) ? -MARKED_COST : -OTHER_COST;
    if (sum > best) best = sum, s->run_beg = start, s->run_end = i + 1;
    s->prose_total += is_prose(s, i) ? counted_words(s, i) : 0;
  }
  s->run_worth = (uint32_t)best;
}

static bool is_content(const rcpi_lword *w) {
  return !(w->flags & (RCPI_LW_FUNCTION | RCPI_LW_NUMBER)) && w->fold.n >= TOPIC_WORD;
}

/* How often the run's prose says a word. */
static void see_topic(const seer *s) {
  const rcpi_flat *f = s->f;
  rcpi_map said = {0};
  for (size_t i = s->run_beg; i < s->run_end; i++)
    for (uint32_t w = line(s, i)->word; is_prose(s, i) && w < line(s, i)->end_word; w++)
      if (is_content(&f->lines.words[w])) ++*rcpi_map_put(f->a, &said, f->lines.words[w].fold, 0, NULL);
  for (size_t i = 0; i < s->n; i++) {
    const rcpi_line *l = line(s, i);
    uint32_t n = 0, n_said = 0, most = 0;
    bool is_inside = is_prose(s, i) && i >= s->run_beg && i < s->run_end;
    for (uint32_t w = l->word; w < l->end_word; w++) {
      if (!is_content(&f->lines.words[w])) continue;
      const uint32_t *times = rcpi_map_get(&said, f->lines.words[w].fold);
      uint32_t others = times ? *times - (is_inside && *times ? 1 : 0) : 0;
      n++;
      n_said += others > 0;
      if (others > most) most = others;
    }
    row(s, i)[RCPI_PF_TOPIC] = n ? share_of(n_said, n) : 255;
    row(s, i)[RCPI_PF_TOPIC_MOST] = byte_of(log_of(most));
  }
}

static void see_places(const seer *s) {
  size_t head = head_line(s);
  uint32_t n_prose = 0, words = 0, before = 0;
  for (size_t i = 0; i < s->n; i++) n_prose += is_prose(s, i), words += line(s, i)->n_words;
  for (size_t i = 0; i < s->n; i++) {
    uint8_t *x = row(s, i);
    uint32_t own = is_prose(s, i) ? counted_words(s, i) : 0;
    x[RCPI_PF_LINES] = byte_of(log_of((uint32_t)s->n));
    x[RCPI_PF_PROSE_LINES] = share_of(n_prose, (uint32_t)s->n);
    x[RCPI_PF_PROSE_SHARE] = share_of(s->prose_total, words);
    x[RCPI_PF_PROSE] = byte_of(log_of(s->prose_total));
    x[RCPI_PF_PLACE] = share_of((uint32_t)i, (uint32_t)s->n);
    x[RCPI_PF_BEFORE] = byte_of(log_of((uint32_t)i));
    x[RCPI_PF_AFTER] = byte_of(log_of((uint32_t)(s->n - 1 - i)));
    x[RCPI_PF_PROSE_PLACE] = share_of(before + own / 2, s->prose_total);
    x[RCPI_PF_HAS_HEAD] = head != RCPI_NONE;
    x[RCPI_PF_FROM_HEAD] = head == RCPI_NONE ? 0 : place_of(i, head);
    x[RCPI_PF_IS_HEAD] = i == head;
    x[RCPI_PF_IN_RUN] = i >= s->run_beg && i < s->run_end;
    x[RCPI_PF_FROM_RUN] = place_of(i, s->run_beg);
    x[RCPI_PF_FROM_RUN_END] = place_of(i, s->run_end);
    x[RCPI_PF_RUN_SHARE] = share_of(s->run_worth, s->prose_total);
    before += own;
  }
}

/* ------------------------------------------------------------------------------------------------------ around */

/* What lies on either side, worth less with every line (`keep` of 256 of it stay); both sides, and the lesser of them. */
static void see_around(const seer *s, const uint32_t *worth, unsigned keep, int left, int right, int both) {
  uint32_t sum = 0;
  for (size_t i = 0; i < s->n; i++) {
    row(s, i)[left] = byte_of(log_of(sum / 4));
    sum = (uint32_t)((uint64_t)sum * keep / 256) + worth[i];
  }
  sum = 0;
  for (size_t i = s->n; i-- > 0;) {
    uint8_t *x = row(s, i);
    x[right] = byte_of(log_of(sum / 4));
    if (both >= 0) x[both] = x[left] < x[right] ? x[left] : x[right];
    sum = (uint32_t)((uint64_t)sum * keep / 256) + worth[i];
  }
}

static bool is_talk(const seer *s, size_t i) {
  const rcpi_line *l = line(s, i);
  bool is_date = is_marked(s, i) && s->f->judged[i].kind == RCPI_FURN_DATE;
  return (l->start_kind == RCPI_FURN_SHARE && l->n_words <= 6) || is_date || (l->has_byline && l->n_words <= 12);
}

static void see_distances(const seer *s, bool (*is_it)(const seer *, size_t), int left, int right) {
  uint32_t d = MOST_DISTANCE;
  for (size_t i = 0; i < s->n; i++) {
    row(s, i)[left] = byte_of(log_of(d));
    d = is_it(s, i) ? 1 : d < MOST_DISTANCE ? d + 1 : d;
  }
  d = MOST_DISTANCE;
  for (size_t i = s->n; i-- > 0;) {
    row(s, i)[right] = byte_of(log_of(d));
    d = is_it(s, i) ? 1 : d < MOST_DISTANCE ? d + 1 : d;
  }
}

static bool is_long(const seer *s, size_t i) {
  return is_prose(s, i) && line(s, i)->n_words >= LONG_WORDS;
}

static bool is_section(const seer *s, size_t i) {
  return line(s, i)->is_section;
}

static bool is_not_short(const seer *s, size_t i) {
  return line(s, i)->n_words > SHORT_WORDS;
}

/* Lines of about the same length that end alike, near by: a list of something. */
static void see_likeness(const seer *s) {
  for (size_t i = 0; i < s->n; i++) {
    const rcpi_line *l = line(s, i);
    uint32_t n = 0;
    for (size_t k = i > LIKE_REACH ? i - LIKE_REACH : 0; k < s->n && k <= i + LIKE_REACH; k++) {
      const rcpi_line *m = line(s, k);
      uint32_t a = l->n_words, b = m->n_words;
      n += k != i && a * 3 <= b * 4 + 3 && b * 3 <= a * 4 + 3 && l->ends_sentence == m->ends_sentence;
    }
    row(s, i)[RCPI_PF_LIKE_AROUND] = (uint8_t)n;
  }
}

/* Headings of furniture change what stands below, until prose wears them off. */
static void see_sections(const seer *s) {
  uint32_t last = 0, since = MOST_DISTANCE;
  bool is_related = false, is_comments = false;
  for (size_t i = 0; i < s->n; i++) {
    const rcpi_line *l = line(s, i);
    uint8_t *x = row(s, i);
    if (i < s->run_beg) is_related = is_comments = false;
    if (l->is_section && i > s->run_beg) {
      is_related = is_related || l->section_kind == RCPI_FURN_RELATED;
      is_comments = is_comments || l->section_kind == RCPI_FURN_SHARE;
    }
    if (l->is_section) last = (uint32_t)(l->section_kind + 1), since = 0;
    else since += counted_words(s, i);
    x[RCPI_PF_RELATED_SINCE] = is_related;
    x[RCPI_PF_TALK_SINCE] = is_comments;
    x[RCPI_PF_LAST_SECTION] = (uint8_t)last;
    x[RCPI_PF_SINCE_SECTION] = byte_of(log_of(since));
  }
}

static void see_surroundings(const seer *s) {
  uint32_t *worth = s->room;
  for (size_t i = 0; i < s->n; i++) worth[i] = is_prose(s, i) ? counted_words(s, i) * 16 : 0;
  see_around(s, worth, 128, RCPI_PF_NEAR_L, RCPI_PF_NEAR_R, RCPI_PF_NEAR_BOTH);
  see_around(s, worth, 205, RCPI_PF_AROUND_L, RCPI_PF_AROUND_R, RCPI_PF_AROUND_BOTH);
  see_around(s, worth, 238, RCPI_PF_FAR_L, RCPI_PF_FAR_R, RCPI_PF_FAR_BOTH);
  for (size_t i = 0; i < s->n; i++) worth[i] = is_marked(s, i) ? 256 : 0;
  see_around(s, worth, 180, RCPI_PF_MARKED_L, RCPI_PF_MARKED_R, -1);
  see_around(s, worth, 230, RCPI_PF_MARKED_FAR_L, RCPI_PF_MARKED_FAR_R, -1);
  for (size_t i = 0; i < s->n; i++) worth[i] = is_talk(s, i) ? 256 : 0;
  see_around(s, worth, 230, RCPI_PF_TALK_L, RCPI_PF_TALK_R, -1);
  see_around(s, worth, 248, RCPI_PF_TALK_FAR_L, RCPI_PF_TALK_FAR_R, -1);
  see_distances(s, is_prose, RCPI_PF_TO_PROSE_L, RCPI_PF_TO_PROSE_R);
  see_distances(s, is_long, RCPI_PF_TO_LONG_L, RCPI_PF_TO_LONG_R);
  see_distances(s, is_section, RCPI_PF_TO_SECTION_L, RCPI_PF_TO_SECTION_R);
  see_distances(s, is_not_short, RCPI_PF_SHORT_RUN_L, RCPI_PF_SHORT_RUN_R);
  see_likeness(s);
  see_sections(s);
}

static void see_neighbours(const seer *s) {
#define COPIED(name) RCPI_PF_##name,
  static const uint8_t copied[RCPI_N_PAGE_COPIED] = {RCPI_PAGE_COPIED(COPIED)};
#undef COPIED
  for (size_t i = 0; i < s->n; i++) {
    uint8_t *to = row(s, i) + RCPI_N_PAGE_OWN;
    for (int d = -RCPI_PAGE_REACH; d <= RCPI_PAGE_REACH; d++) {
      if (!d) continue;
      bool is_there = d < 0 ? i >= (size_t)-d : i + (size_t)d < s->n;
      const uint8_t *from = is_there ? row(s, i + (size_t)d) : NULL;
      for (size_t k = 0; k < RCPI_N_PAGE_COPIED; k++) *to++ = from ? from[copied[k]] : 255;
    }
  }
}

static seer seer_of(const rcpi_flat *f, rcpi_page_features *out) {
  return (seer){.f = f, .out = out, .n = f->lines.n, .room = rcpi_array(f->a, uint32_t, f->lines.n + 1)};
}

void rcpi_page_features_of(const rcpi_flat *f, rcpi_page_features *out) {
  *out = (rcpi_page_features){f->lines.n, rcpi_alloc(f->a, f->lines.n + 1, RCPI_N_PAGE_ALL)};
  if (!f->lines.n) return;
  seer s = seer_of(f, out);
  for (size_t i = 0; i < s.n; i++) see_line(&s, i);
  find_run(&s);
  see_repeats(&s);
  see_title(&s);
  see_topic(&s);
  see_places(&s);
  see_surroundings(&s);
  see_neighbours(&s);
}

/* --------------------------------------------------------------------------------------------------- the second look */

/* The stretch with most own text expected: lines count as far as their odds are above one half, or against. */
static void see_expected_run(const seer *s, const uint16_t *odds, int at) {
  int64_t best = 0, sum = 0, all = 0, before = 0;
  size_t start = 0, beg = 0, end = 0;
  for (size_t i = 0; i < s->n; i++) {
    int64_t lean = ((int64_t)odds[i] - 500) * 2, words = counted_words(s, i);
    if (sum <= 0) sum = 0, start = i;
    sum += lean > 0 ? lean * words : lean * (words + 3 < 12 ? words + 3 : 12);
    if (sum > best) best = sum, beg = start, end = i + 1;
    all += odds[i] * words;
  }
  for (size_t i = 0; i < s->n; i++) {
    uint8_t *x = row(s, i) + at;
    before += odds[i] * (int64_t)counted_words(s, i);
    x[0] = i >= beg && i < end;
    x[1] = place_of(i, beg);
    x[2] = place_of(i, end);
    x[3] = all ? byte_of((uint32_t)(before * 250 / all)) : 0;
    x[4] = byte_of(log_of((uint32_t)(all / 1000)));
    x[5] = all ? byte_of((uint32_t)(best * 250 / (all + 1))) : 0;
    x[6] = share_of((uint32_t)(end - beg), (uint32_t)s->n);
  }
}

void rcpi_page_look_again(const rcpi_flat *f, const uint16_t *odds, rcpi_page_features *features) {
  static const unsigned keep[] = {154, 218, 243};
  seer s = seer_of(f, features);
  int at = RCPI_PAGE_EXPECTED;
  for (size_t i = 0; i < s.n; i++)
    for (int d = -RCPI_PAGE_ODDS_REACH; d <= RCPI_PAGE_ODDS_REACH; d++) {
      bool is_there = d < 0 ? i >= (size_t)-d : i + (size_t)d < s.n;
      row(&s, i)[RCPI_PAGE_ODDS + d + RCPI_PAGE_ODDS_REACH] = is_there ? (uint8_t)(odds[i + (size_t)d] / 4) : 255;
    }
  for (size_t k = 0; k < 3; k++, at += 3) {
    for (size_t i = 0; i < s.n; i++) s.room[i] = odds[i] * counted_words(&s, i) * 16 / 1000;
    see_around(&s, s.room, keep[k], at, at + 1, at + 2);
  }
  for (size_t i = 0; i < s.n; i++) s.room[i] = (1000u - odds[i]) * counted_words(&s, i) * 16 / 1000;
  see_around(&s, s.room, keep[1], at, at + 1, -1);
  see_expected_run(&s, odds, at + 2);
}
