/*
 * Date, author and publisher out of what was judged furniture near the title: the same lines that are no own words say
 * when, by whom and where the text came out.
 *
 * published: a date behind a word of publishing, else the date of a date line, else one of a dateline or an agency's
 * header line; never a date behind a word of updating. Time of day from any of them that names the same day.
 * publisher: a name that stands in two places of the furniture (masthead, copyright, footer), or once behind ©, or alone
 * on the first line. Unknown stays unknown: one mention in a menu may be a rubric.
 *
 * Known weakness: "Par Le Monde avec AFP" names a medium as author.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/unicode.h"
#include "base/utf8.h"
#include "clean/flat.h"
#include "clean/when.h"

enum { HEAD_LINES = 12 };

/* First word that does not begin before byte `at`. */
static uint32_t word_from(const rcpi_lines *l, uint32_t at) {
  size_t lo = 0, hi = l->n_words;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (l->words[mid].beg < at) lo = mid + 1;
    else hi = mid;
  }
  return (uint32_t)lo;
}

/* Bytes in which an article states its own date and author: some lines above the title to the first prose line. */
static rcpi_span head_of(const rcpi_flat *f) {
  size_t n = f->lines.n, anchor = f->title != RCPI_NONE ? f->title : f->first;
  if (!n) return (rcpi_span){0, 0};
  size_t beg = anchor > HEAD_LINES ? anchor - HEAD_LINES : 0, end = f->first < n ? f->first : n - 1;
  if (f->title != RCPI_NONE && f->first <= f->title && f->title + 4 < n) end = f->title + 4;
  if (beg > end) beg = 0;
  return (rcpi_span){f->lines.p[beg].at.beg, f->lines.p[end].at.end};
}

/* --------------------------------------------------------------------------------------------------------- published */

enum { RANK_NONE, RANK_TAIL, RANK_OTHER, RANK_DATE_LINE, RANK_STATED };

/* What the words right before a date say of it. */
static uint8_t sense_before(const rcpi_flat *f, uint32_t from, uint32_t word) {
  for (uint32_t i = word; i-- > from;) {
    uint8_t sense = (uint8_t)(f->lines.words[i].flags & (RCPI_LW_PUBLISHED | RCPI_LW_UPDATED));
    if (sense) return sense;
  }
  return 0;
}

static int rank_of(const rcpi_furniture *at, bool is_head, uint8_t sense) {
  if (sense & RCPI_LW_UPDATED) return RANK_NONE;
  if (at->kind == RCPI_FURN_RELATED || at->kind == RCPI_FURN_PROMOTION || at->kind == RCPI_FURN_COOKIE || at->kind == RCPI_FURN_CAPTION)
    return RANK_NONE;
  if (!is_head) return sense ? RANK_TAIL : RANK_NONE;
  return sense ? RANK_STATED : at->kind == RCPI_FURN_DATE ? RANK_DATE_LINE : RANK_OTHER;
}

static bool same_day(const rcpi_when *a, const rcpi_when *b) {
  return a->date.year == b->date.year && a->date.month == b->date.month && a->date.day == b->date.day;
}

static void read_published(const rcpi_flat *f, rcp_article *article) {
  rcpi_span head = head_of(f);
  rcpi_when best = {0}, when;
  int best_rank = RANK_NONE;
  for (size_t k = 0; k < article->n_furniture; k++) {
    const rcpi_furniture *at = &article->furniture[k];
    uint32_t from = word_from(&f->lines, at->at.beg), end = word_from(&f->lines, at->at.end);
    for (uint32_t i = from; rcpi_when_find(&f->lines, f->lang, i, end, &when); i = when.end_word) {
      int rank = rank_of(at, rcpi_within(at->at, head), sense_before(f, i, when.word));
      if (rank > best_rank) {
        if (best_rank && same_day(&best, &when) && when.minute < 0) when.minute = best.minute, when.zone = best.zone;
        best = when, best_rank = rank;
      } else if (rank && same_day(&best, &when) && best.minute < 0) {
        best.minute = when.minute, best.zone = when.zone;
      }
    }
  }
  if (best_rank) article->published = rcpi_when_iso(f->a, &best);
}

/* ------------------------------------------------------------------------------------------------------------ byline */

static bool is_one_of(rcp_str s, const char *words) {
  rcp_str word, rest = rcpi_cstr(words);
  while (rcpi_next_field(&rest, ' ', &word))
    if (rcpi_eq(word, s)) return true;
  return false;
}

/* Lower-case parts of names, and the words that join two names, of the languages whose tables are here. */
static const char particles[] = "de du des la le van von der den da di del dos el al bin ben ibn zu ter ten";
static const char joiners[] = "et and und y e";

static bool has_mark_between(const rcpi_flat *f, uint32_t i, uint32_t k, const char *marks) {
  for (uint32_t at = f->lines.words[i].end; at < f->lines.words[k].beg; at++)
    if (strchr(marks, f->lines.text.p[at])) return true;
  return false;
}

/* Names from word `i` on, joined by ", ": capitalised words, until something else comes. */
static rcp_str names_from(const rcpi_flat *f, uint32_t i, uint32_t end) {
  rcp_str out = {NULL, 0};
  uint32_t beg = i, n = 0;
  for (;; i++) {
    const rcpi_lword *w = i < end ? &f->lines.words[i] : NULL;
    bool is_name = w && (w->flags & RCPI_LW_CAPITAL) && !(w->flags & (RCPI_LW_NUMBER | RCPI_LW_PUBLISHED | RCPI_LW_UPDATED));
    bool is_particle = w && n && is_one_of(w->fold, particles) && i + 1 < end && (f->lines.words[i + 1].flags & RCPI_LW_CAPITAL);
    bool is_joiner = w && n && is_one_of(w->fold, joiners);
    bool is_new = w && n && has_mark_between(f, i - 1, i, ",;&/");
    bool is_stop = w && n && has_mark_between(f, i - 1, i, "|(\n") ;
    if ((is_name || is_particle) && !is_new && !is_stop) {
      if (!n) beg = i;
      n++;
      continue;
    }
    if (n) {
      rcp_str name = rcpi_sub(f->lines.text, f->lines.words[beg].beg, f->lines.words[i - 1].end);
      out = out.p ? rcpi_printf(f->a, "%.*s, %.*s", RCPI_P(out), RCPI_P(name)) : rcpi_dup(name, f->a);
    }
    n = 0;
    if (is_stop || !(is_joiner || (is_new && is_name))) return out;
    if (!is_joiner) i--;
  }
}

static void read_byline(const rcpi_flat *f, rcp_article *article) {
  rcpi_span head = head_of(f);
  for (size_t i = 0; i < f->lines.n; i++) {
    const rcpi_line *l = &f->lines.p[i];
    if (!rcpi_within(l->at, head) || f->judged[i].verdict != RCPI_JUNK || !l->has_byline) continue;
    rcp_str names = names_from(f, l->word + l->byline_words, l->end_word);
    if (!names.p && f->judged[i].kind == RCPI_FURN_CREDIT && l->n_words <= 12) names = rcpi_line_str(&f->lines, i);
    if (!names.p) continue;
    article->byline = names;
    return;
  }
}

/* --------------------------------------------------------------------------------------------------------- publisher */

typedef struct name { uint32_t word, end_word; unsigned score; } name;

static bool same_words(const rcpi_flat *f, uint32_t a, uint32_t b, uint32_t n) {
  for (uint32_t i = 0; i < n; i++)
    if (f->lines.words[a + i].hash != f->lines.words[b + i].hash) return false;
  return true;
}

static bool holds(const rcpi_flat *f, const rcpi_line *l, const name *n) {
  uint32_t len = n->end_word - n->word;
  for (uint32_t k = l->word; k + len <= l->end_word; k++)
    if (same_words(f, n->word, k, len)) return true;
  return false;
}

/* Furniture lines that hold the name, and own lines that do: a medium's name is in the first, a place's in the second. */
static void mentions(const rcpi_flat *f, const name *n, unsigned *junk, unsigned *own) {
  *junk = *own = 0;
  for (size_t i = 0; i < f->lines.n; i++) {
    const rcpi_line *l = &f->lines.p[i];
    if ((n->word >= l->word && n->word < l->end_word) || !holds(f, l, n)) continue;
    if (f->judged[i].verdict == RCPI_JUNK) ++*junk;
    else ++*own;
  }
}

/* A name that a medium may have: few words, a capital first, not all of them entries of a menu. */
static bool may_be_publisher(const rcpi_flat *f, uint32_t from, uint32_t end) {
  if (end <= from || end - from > 6) return false;
  size_t n_items = 0, n_months = 0;
  for (uint32_t i = from; i < end; i++) {
    const rcpi_lword *w = &f->lines.words[i];
    n_items += (w->flags & (RCPI_LW_ITEM | RCPI_LW_FUNCTION)) != 0;
    n_months += (w->flags & RCPI_LW_MONTH) && end - from <= 3;
  }
  const rcpi_lword *w = &f->lines.words[from];
  bool is_named = (w->flags & RCPI_LW_CAPITAL) || (end - from == 1 && (w->flags & RCPI_LW_NUMBER) && w->fold.n > 4);
  return is_named && n_items < end - from && !n_months && !((w->flags & RCPI_LW_NUMBER) && w->fold.n <= 4 && end - from == 1);
}

/* The end of the piece that begins at word `i`: up to a bar, dash, bracket, colon, stop or two spaces. */
static uint32_t piece_end(const rcpi_flat *f, uint32_t i, uint32_t end) {
  for (uint32_t k = i + 1; k < end; k++) {
    size_t n_spaces = 0, len;
    for (uint32_t at = f->lines.words[k - 1].end; at < f->lines.words[k].beg; at += (uint32_t)len) {
      uint32_t cp = rcpi_utf8_at(f->lines.text, at, &len);
      n_spaces += cp == ' ' || cp == 0xA0 || cp == '\t';
      bool is_glue = cp == '\'' || cp == 0x2019 || cp == '&' || cp == ' ' || cp == 0xA0 || (cp == '-' && f->lines.words[k].beg == at + 1 && f->lines.words[k - 1].end == at);
      bool is_domain = cp == '.' && f->lines.words[k].beg == at + 1;
      if (!is_glue && !is_domain) return k;
    }
    if (n_spaces > 1) return k;
    if (f->lines.words[k].flags & RCPI_LW_NUMBER) return k;
  }
  return end;
}

static void rate_line(const rcpi_flat *f, size_t i, name *best) {
  const rcpi_line *l = &f->lines.p[i];
  rcpi_furniture_kind kind = f->judged[i].kind;
  bool may_name = kind == RCPI_FURN_SITE || kind == RCPI_FURN_NAVIGATION || (i == 0 && kind == RCPI_FURN_PROMOTION);
  if (f->judged[i].verdict != RCPI_JUNK || !may_name || l->n_words > 40) return;
  for (uint32_t k = l->word, end; k < l->end_word; k = end) {
    end = piece_end(f, k, l->end_word);
    uint32_t beg = k;
    while (beg < end && (f->lines.words[beg].flags & RCPI_LW_NUMBER) && f->lines.words[beg].fold.n == 4) beg++;
    if (!may_be_publisher(f, beg, end)) continue;
    name n = {beg, end, 0};
    unsigned junk, own;
    mentions(f, &n, &junk, &own);
    bool is_masthead = i == 0 && k == l->word;
    bool is_alone = end == l->end_word && beg == l->word && i <= 3 && l->n_words <= 5;
    int score = (junk > 2 ? 2 : (int)junk) + (is_masthead ? 2 : 0) + (l->has_copyright ? 3 : 0) + (is_alone ? 2 : 0) - (own > 2 ? 2 : (int)own);
    n.score = score > 0 ? (unsigned)score : 0;
    if (n.score > best->score) *best = n;
  }
}

/* Another spelling of a name in capitals, when the text has one. */
static name spelled(const rcpi_flat *f, name n) {
  uint32_t len = n.end_word - n.word;
  for (uint32_t i = n.word; i < n.end_word; i++)
    if (!(f->lines.words[i].flags & RCPI_LW_CAPITALS) && f->lines.words[i].fold.n > 1) return n;
  for (uint32_t k = 0; k + len <= f->lines.n_words; k++) {
    bool is_shouted = (f->lines.words[k].flags & RCPI_LW_CAPITALS) || (f->lines.words[k + len - 1].flags & RCPI_LW_CAPITALS);
    if (!is_shouted && (f->lines.words[k].flags & RCPI_LW_CAPITAL) && same_words(f, n.word, k, len)) return (name){k, k + len, n.score};
  }
  return n;
}

static void read_publisher(const rcpi_flat *f, rcp_article *article) {
  name best = {0};
  for (size_t i = 0; i < f->lines.n; i++) rate_line(f, i, &best);
  if (best.score < 2) return;
  best = spelled(f, best);
  article->publisher = rcpi_sub(f->lines.text, f->lines.words[best.word].beg, f->lines.words[best.end_word - 1].end);
}

void rcpi_fields_read(const rcpi_flat *f, rcp_article *article) {
  if (!article->published.p) read_published(f, article);
  if (!article->byline.p) read_byline(f, article);
  if (!article->publisher.p) read_publisher(f, article);
}
