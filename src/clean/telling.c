/*
 * Two looks. The first judges each line by itself with a list of rules, strongest first: a line is prose, furniture of
 * some kind, or undecided (short lines, mostly). The second decides those by where they stand: above the title and below
 * the last prose a short line is the site's, between prose it is a subheading, under a heading such as "Most viewed" it
 * belongs to that list.
 *
 * Prose is kept unless something marks it: losing an own sentence costs a claim, keeping a teaser costs little. So
 * openers that may begin a sentence ("En ce moment", "Share") count only when the line is no sentence, or when a mark
 * parts them from what follows.
 *
 * Known weakness: a teaser in full sentences without an opener, and a standfirst of a few capitalised words.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "clean/flat.h"

#include "base/utf8.h"
#include "clean/when.h"

bool rcpi_is_prose(const rcpi_line *l) {
  unsigned share = rcpi_function_share(l);
  if (l->ends_sentence && l->n_words >= 6 && share >= 20 && l->n_separators <= 1) return true;
  if (l->ends_sentence && l->n_words >= 14 && l->n_capital * 2 < l->n_words) return true;
  return l->n_words >= 18 && share >= 25 && l->n_separators <= 1;
}

/* ------------------------------------------------------------------------------------------------- one line by itself */

/* "FRANCE-ACCIDENT-TRANSPORTS", "AMD/17/06": words of capitals or digits glued by - or /. */
static bool is_slug(const rcpi_flat *f, const rcpi_line *l) {
  size_t n_glued = 0;
  for (size_t i = l->word + 1; i < l->end_word; i++) {
    const rcpi_lword *a = &f->lines.words[i - 1], *b = &f->lines.words[i];
    bool are_codes = (a->flags & (RCPI_LW_CAPITALS | RCPI_LW_NUMBER)) && (b->flags & (RCPI_LW_CAPITALS | RCPI_LW_NUMBER));
    bool has_capitals = (a->flags | b->flags) & RCPI_LW_CAPITALS;
    n_glued += b->beg == a->end + 1 && strchr("-/", f->lines.text.p[a->end]) && are_codes && has_capitals;
  }
  return n_glued >= 2 && l->n_capitals * 2 >= l->n_words - l->n_numbers && !l->ends_sentence;
}

/* "mlo-gbr/pt/sd": the hands an agency's text went through. */
static bool is_signature(const rcpi_flat *f, const rcpi_line *l) {
  rcp_str s = rcpi_at(f->lines.text, l->at);
  size_t n_piece = 0, n_slashes = 0;
  if (s.n > 40) return false;
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if (c == '/') n_slashes++;
    if (c == '/' || c == '-') n_piece = 0;
    else if (!rcpi_is_alpha(c) || ++n_piece > 4) return false;
  }
  return n_slashes >= 1 && s.n >= 5;
}

bool rcpi_is_clock_word(rcp_str fold) {
  size_t h = rcpi_find_char(fold, 'h');
  if (h == RCPI_NONE || h == 0 || h > 2) return false;
  for (size_t i = 0; i < fold.n; i++) if (i != h && !rcpi_is_digit((unsigned char)fold.p[i])) return false;
  return true;
}

/* Words that a date line may hold beside its numbers: function words, months, clock times, zones, "min". */
static bool is_date_word(const rcpi_lword *w) {
  if (w->flags & (RCPI_LW_NUMBER | RCPI_LW_FUNCTION | RCPI_LW_MONTH)) return true;
  return rcpi_is_clock_word(w->fold) || (w->fold.n <= 4 && (w->flags & RCPI_LW_CAPITALS));
}

static bool is_date_line(const rcpi_flat *f, const rcpi_line *l) {
  size_t n_other = 0, n_month = 0, n_digits = 0;
  if (l->n_words > 16 || !l->n_numbers) return false;
  for (size_t i = l->word; i < l->end_word; i++) {
    const rcpi_lword *w = &f->lines.words[i];
    n_other += !is_date_word(w);
    n_month += (w->flags & RCPI_LW_MONTH) != 0;
    if (w->flags & RCPI_LW_NUMBER) n_digits += w->fold.n;
  }
  bool has_day = n_month > 0 ? n_digits >= 1 : n_digits >= 6;
  size_t allowed = l->start_kind == RCPI_FURN_DATE ? 4 : l->n_words >= 6 ? 2 : 1;
  if (!has_day) return l->start_kind == RCPI_FURN_DATE && n_digits && n_other <= 4;
  return n_other <= allowed && (n_month ? n_digits >= 4 || l->n_words <= 4 : true);
}

/* A whole date, with what else such lines hold ("– Par Lise Morand, Radio Val"), and no sentence. */
static bool has_stamp(const rcpi_flat *f, const rcpi_line *l) {
  rcpi_when when;
  if (l->n_words > 20 || !l->n_numbers || l->ends_sentence || rcpi_function_share(l) > 35) return false;
  if (!rcpi_when_find(&f->lines, f->lang, l->word, l->end_word, &when) || !when.date.day) return false;
  bool is_first = when.word - l->word <= 2;
  return (is_first && when.minute >= 0) || l->n_words - (when.end_word - when.word) <= (is_first ? 6 : 4);
}

static bool is_byline(const rcpi_flat *f, const rcpi_line *l) {
  if (!l->has_byline || l->n_words > 24) return false;
  const rcpi_lword *next = rcpi_line_word(f, l, l->byline_words);
  if (!next) return l->n_words >= 2;
  if (!(next->flags & RCPI_LW_CAPITAL)) return (l->byline_words >= 2 || (l->n_words <= 10 && l->n_capital > 1)) && !rcpi_is_prose(l) && !l->ends_sentence;
  return !l->ends_sentence;
}

/* An opener counts when it is long, or marked off, or the line is no sentence. */
static bool is_opened(const rcpi_line *l) {
  if (l->start_kind < 0 || l->n_words > 80) return false;
  if (l->start_is_marked) return true;
  if (!l->start_is_weak) return l->n_words < 60;
  return (!rcpi_is_prose(l) && l->n_words <= 12) || (!l->ends_sentence && l->n_words <= 30);
}

static bool holds_furniture_words(const rcpi_line *l) {
  if (!l->n_inside || l->n_words > 70) return false;
  if (rcpi_is_prose(l) && l->n_words > 25) return l->n_inside + l->n_hints / 2 >= 2;
  if (rcpi_is_prose(l)) return l->n_inside + l->n_hints >= 2;
  return true;
}

static bool is_menu(const rcpi_line *l) {
  if (l->n_item_words == l->n_words) return l->n_words > 0;
  if (l->ends_sentence) return false;
  if (l->n_item_words && l->n_item_words * 5u >= (l->n_words - l->n_numbers) * 3u) return true;
  if (l->n_separators >= 2 && l->longest_segment <= 7) return true;
  if (l->n_separators >= 1 && l->n_item_words && l->longest_segment <= 6) return true;
  return l->n_separators == 1 && l->longest_segment <= 4 && rcpi_function_share(l) < 40;
}

/* Where the credit of a caption may begin: behind the last stop, bracket, bar or ©, initials skipped ("J.-M. Tison"). */
static size_t credit_start(rcp_str s, uint32_t *mark) {
  bool is_bracketed = s.p[s.n - 1] == ')';
  size_t len;
  for (size_t at = s.n - 1; at > 0; at -= len) {
    uint32_t cp = rcpi_utf8_before(s, at, &len);
    *mark = cp;
    if (is_bracketed ? cp == '(' : cp == '|' || cp == 0xA9 || cp == '(' || cp == 0x2022 || cp == 0x2013 || cp == 0x2014) return at;
    bool is_initial = at >= 2 && rcpi_is_alpha((unsigned char)s.p[at - 2]) && (at < 3 || !rcpi_is_alpha((unsigned char)s.p[at - 3]));
    if (!is_bracketed && cp == '.' && !is_initial) return at;
  }
  return s.n;
}

/* "… du viaduc. Photo Gazette / J.-M. Tison", "(Kostiantyn Liberov/AP)", "| L'ÉCHO / LOÏC BRÉMOND", "sur l'Aulne. MERIDIAN" */
static bool is_caption(const rcpi_flat *f, const rcpi_line *l) {
  rcp_str s = rcpi_at(f->lines.text, l->at);
  uint32_t mark = 0;
  if (l->n_words > 60 || l->n_words < 3) return false;
  size_t cut = credit_start(s, &mark), n = 0, n_function = 0, n_name = 0, n_caps = 0, n_caption = 0;
  bool has_slash = cut < s.n && memchr(s.p + cut, '/', s.n - cut);
  for (size_t i = l->word; i < l->end_word; i++) {
    const rcpi_lword *w = &f->lines.words[i];
    if (w->beg < l->at.beg + cut) continue;
    n++;
    n_function += (w->flags & RCPI_LW_FUNCTION) && !(w->flags & RCPI_LW_CAPITAL);
    n_name += (w->flags & RCPI_LW_CAPITAL) != 0;
    n_caps += (w->flags & RCPI_LW_CAPITALS) != 0;
    n_caption += (w->flags & (RCPI_LW_CAPTION | RCPI_LW_CAPITAL)) == RCPI_LW_CAPTION;
  }
  if (!n || n > 10 || n == l->n_words || n_function > 2) return false;
  bool has_other = n_name + n_caption + n_function < n, is_name = !has_other && n_name;
  bool has_caption_word = n_caption || (f->lines.words[l->end_word - n].flags & RCPI_LW_CAPTION);
  if (has_caption_word && (is_name || (n_name >= 2 && n <= 8 && n_name + n_caption + n_function + 1 >= n))) return true;
  if (mark == 0x2013 || mark == 0x2014) return false;
  if (mark == '.') return (n_caps == n && n <= 4) || (has_slash && is_name && n <= 5 && !l->ends_sentence);
  return has_slash && is_name;
}

static bool is_shouted(const rcpi_line *l) {
  return l->n_letters >= 4 && l->n_upper * 10u >= l->n_letters * 8u;
}

/* The rules, strongest first. False: undecided or prose. */
static bool is_marked_furniture(const rcpi_flat *f, const rcpi_line *l, rcpi_furniture_kind *kind) {
  if (l->has_copyright) return *kind = l->n_ends >= 1 && l->n_words > 6 ? RCPI_FURN_CAPTION : RCPI_FURN_SITE, l->n_words < 60;
  if (rcpi_inline_dateline(f, l) == l->at.end) return *kind = RCPI_FURN_CREDIT, true;   /* PARIS (AFP) - on a line of its own */
  if (is_slug(f, l)) return *kind = RCPI_FURN_SITE, true;
  if (is_signature(f, l)) return *kind = RCPI_FURN_CREDIT, true;
  if (is_date_line(f, l) || has_stamp(f, l)) return *kind = RCPI_FURN_DATE, true;
  if (is_byline(f, l)) return *kind = RCPI_FURN_CREDIT, true;
  if (l->is_section) return *kind = (rcpi_furniture_kind)l->section_kind, true;
  if (is_opened(l)) return *kind = (rcpi_furniture_kind)(l->n_inside && l->start_kind != RCPI_FURN_RELATED ? l->inside_kind : l->start_kind), true;
  if (holds_furniture_words(l)) return *kind = (rcpi_furniture_kind)l->inside_kind, true;
  if (is_menu(l)) return *kind = l->item_kind >= 0 ? (rcpi_furniture_kind)l->item_kind : RCPI_FURN_NAVIGATION, true;
  if (is_caption(f, l)) return *kind = RCPI_FURN_CAPTION, true;
  if (l->n_symbols && !rcpi_is_prose(l)) return *kind = RCPI_FURN_PROMOTION, true;
  if (l->has_url && l->n_words <= 12) return *kind = RCPI_FURN_SITE, true;
  if (is_shouted(l) && l->n_words > 7 && !l->ends_sentence) return *kind = RCPI_FURN_RELATED, true;
  /* "Une information à nous transmettre ? Écrivez à notre adresse." */
  if (l->n_hints >= 3 && l->n_words <= 25 && !l->has_quote && l->n_hints * 4 >= l->n_words) return *kind = (rcpi_furniture_kind)l->hint_kind, true;
  if (l->n_hints >= 2 && !rcpi_is_prose(l) && l->n_words <= 40) return *kind = (rcpi_furniture_kind)l->hint_kind, true;
  return false;
}

void rcpi_telling_lines(rcpi_flat *f) {
  f->first = f->last = f->lines.n;
  for (size_t i = 0; i < f->lines.n; i++) {
    rcpi_furniture_kind kind;
    if (is_marked_furniture(f, &f->lines.p[i], &kind)) rcpi_judge_as(f, i, kind);
    else if (rcpi_is_prose(&f->lines.p[i])) f->judged[i].verdict = RCPI_PROSE;
    if (f->judged[i].verdict != RCPI_PROSE) continue;
    if (f->first == f->lines.n) f->first = i;
    f->last = i;
  }
}

/* ----------------------------------------------------------------------------------------------------------- context */

/* Below a heading over links: entries until the next sentence of prose. */
static void judge_sections(rcpi_flat *f) {
  for (size_t i = 0; i < f->lines.n; i++) {
    if (f->judged[i].verdict != RCPI_JUNK || !f->lines.p[i].is_section) continue;
    rcpi_furniture_kind kind = f->judged[i].kind;
    size_t most = kind == RCPI_FURN_PROMOTION ? 1 : 12;
    for (size_t k = i + 1; k < f->lines.n && k <= i + most && k != f->title && f->judged[k].verdict == RCPI_UNDECIDED; k++)
      rcpi_judge_as(f, k, kind);
  }
}

static bool looks_like_names(const rcpi_line *l) {
  if (l->n_words <= 12 && l->n_capital >= 3 && l->n_capital * 4 >= l->n_words && !l->ends_sentence && rcpi_function_share(l) <= 40) return true;
  return l->n_words <= 12 && (l->n_capital + l->n_function) * 10u >= l->n_words * 8u && l->n_capital >= 1 && rcpi_function_share(l) <= 40;
}

/* Undecided lines above the body: below the title a line of names is a credit, a longer one a standfirst. */
static void judge_head(rcpi_flat *f) {
  /* a standfirst is prose already: author and date may stand below it */
  size_t n_prose = 0;
  for (size_t i = 0; i < f->lines.n && n_prose <= 1; i++) {
    const rcpi_line *l = &f->lines.p[i];
    n_prose += f->judged[i].verdict == RCPI_PROSE;
    if (f->judged[i].verdict != RCPI_UNDECIDED || i == f->title) continue;
    if (n_prose && l->n_words <= 2) continue;
    bool is_above = f->title != RCPI_NONE && i < f->title;
    if (is_above && l->n_words <= 14) rcpi_judge_as(f, i, RCPI_FURN_SITE);
    else if (!is_above && l->n_numbers && l->n_words <= (l->n_numbers > 1 ? 14 : 6) && !l->ends_sentence && rcpi_function_share(l) < 40) rcpi_judge_as(f, i, RCPI_FURN_DATE);
    else if (!is_above && (l->n_words <= 2 || looks_like_names(l))) rcpi_judge_as(f, i, RCPI_FURN_CREDIT);
  }
}

enum { LONG_PROSE = 20 };

/* Short sentences at the ends: above the title, or behind furniture that stands below the last long paragraph. */
static void judge_ends(rcpi_flat *f) {
  size_t last_long = f->lines.n, n_junk = 0;
  for (size_t i = 0; i < f->lines.n; i++)
    if (f->judged[i].verdict == RCPI_PROSE && f->lines.p[i].n_words >= LONG_PROSE) last_long = i;
  if (last_long == f->lines.n) return;
  for (size_t i = 0; f->title != RCPI_NONE && i < f->title; i++)
    if (f->judged[i].verdict == RCPI_PROSE && f->lines.p[i].n_words < LONG_PROSE * 2) rcpi_judge_as(f, i, RCPI_FURN_SITE);
  for (size_t i = last_long + 1; i < f->lines.n; i++) {
    if (f->judged[i].verdict == RCPI_JUNK) n_junk++;
    else if (n_junk && f->judged[i].verdict == RCPI_PROSE && !f->lines.p[i].has_quote && i != f->title) rcpi_judge_as(f, i, RCPI_FURN_PROMOTION);
  }
}

static void judge_tail(rcpi_flat *f) {
  for (size_t i = f->last + 1; i < f->lines.n; i++)
    if (f->judged[i].verdict == RCPI_UNDECIDED && f->lines.p[i].n_words <= 14 && i != f->title && !f->lines.p[i].ends_sentence)
      rcpi_judge_as(f, i, RCPI_FURN_SITE);
}

void rcpi_telling_places(rcpi_flat *f) {
  judge_sections(f);
  judge_ends(f);
  judge_head(f);
  judge_tail(f);
}
