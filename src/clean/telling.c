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
#include "clean/telling.h"

#include "base/unicode.h"
#include "base/utf8.h"

typedef enum verdict { UNDECIDED, PROSE, FURNITURE } verdict;
typedef struct judged { verdict verdict; rcpi_furniture_kind kind; } judged;

typedef struct judge {
  const rcpi_lines *l;
  judged *lines;
  size_t first_prose, last_prose;   /* n_lines when there is none */
  size_t title;                     /* RCPI_NONE */
  const rcpi_words *lexicon;
  size_t n_clocks;                  /* lines that begin with a time */
} judge;

static unsigned function_share(const rcpi_line *l) {
  return l->n_words ? l->n_function * 100u / l->n_words : 0;
}

static bool is_prose(const rcpi_line *l) {
  unsigned share = function_share(l);
  if (l->ends_sentence && l->n_words >= 6 && share >= 20 && l->n_separators <= 1) return true;
  if (l->ends_sentence && l->n_words >= 14 && l->n_capital * 2 < l->n_words) return true;
  return l->n_words >= 18 && share >= 25 && l->n_separators <= 1;
}

/* ------------------------------------------------------------------------------------------------- one line by itself */

static const rcpi_lword *word_at(const judge *j, const rcpi_line *l, size_t i) {
  return l->word + i < l->end_word ? &j->l->words[l->word + i] : NULL;
}

/* "FRANCE-ACCIDENT-TRANSPORTS", "AMD/17/06": words of capitals or digits glued by - or /. */
static bool is_slug(const judge *j, const rcpi_line *l) {
  size_t n_glued = 0;
  for (size_t i = l->word + 1; i < l->end_word; i++) {
    const rcpi_lword *a = &j->l->words[i - 1], *b = &j->l->words[i];
    bool are_codes = (a->flags & (RCPI_LW_CAPITALS | RCPI_LW_NUMBER)) && (b->flags & (RCPI_LW_CAPITALS | RCPI_LW_NUMBER));
    bool has_capitals = (a->flags | b->flags) & RCPI_LW_CAPITALS;
    n_glued += b->beg == a->end + 1 && strchr("-/", j->l->text.p[a->end]) && are_codes && has_capitals;
  }
  return n_glued >= 2 && l->n_capitals * 2 >= l->n_words - l->n_numbers && !l->ends_sentence;
}

/* "mlo-gbr/pt/sd": the hands an agency's text went through. */
static bool is_signature(const judge *j, const rcpi_line *l) {
  rcp_str s = rcpi_at(j->l->text, l->at);
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

static bool is_clock(rcp_str fold) {
  size_t h = rcpi_find_char(fold, 'h');
  if (h == RCPI_NONE || h == 0 || h > 2) return false;
  for (size_t i = 0; i < fold.n; i++) if (i != h && !rcpi_is_digit((unsigned char)fold.p[i])) return false;
  return true;
}

/* Words that a date line may hold beside its numbers: function words, months, clock times, zones, "min". */
static bool is_date_word(const rcpi_lword *w) {
  if (w->flags & (RCPI_LW_NUMBER | RCPI_LW_FUNCTION | RCPI_LW_MONTH)) return true;
  return is_clock(w->fold) || (w->fold.n <= 4 && (w->flags & RCPI_LW_CAPITALS));
}

static bool is_date_line(const judge *j, const rcpi_line *l) {
  size_t n_other = 0, n_month = 0, n_digits = 0;
  if (l->n_words > 16 || !l->n_numbers) return false;
  for (size_t i = l->word; i < l->end_word; i++) {
    const rcpi_lword *w = &j->l->words[i];
    n_other += !is_date_word(w);
    n_month += (w->flags & RCPI_LW_MONTH) != 0;
    if (w->flags & RCPI_LW_NUMBER) n_digits += w->fold.n;
  }
  bool has_day = n_month > 0 ? n_digits >= 1 : n_digits >= 6;
  size_t allowed = l->start_kind == RCPI_FURN_DATE ? 4 : l->n_words >= 6 ? 2 : 1;
  if (!has_day) return l->start_kind == RCPI_FURN_DATE && n_digits && n_other <= 4;
  return n_other <= allowed && (n_month ? n_digits >= 4 || l->n_words <= 4 : true);
}

static bool is_byline(const judge *j, const rcpi_line *l) {
  if (!l->has_byline || l->n_words > 24) return false;
  const rcpi_lword *next = word_at(j, l, l->byline_words);
  if (!next) return l->n_words >= 2;
  if (!(next->flags & RCPI_LW_CAPITAL)) return l->byline_words >= 2 && !is_prose(l);
  return !is_prose(l);
}

/* An opener counts when it is long, or marked off, or the line is no sentence. */
static bool is_opened(const rcpi_line *l) {
  if (l->start_kind < 0 || l->n_words > 80) return false;
  if (l->start_is_marked) return true;
  if (!l->start_is_weak) return l->n_words < 60;
  return !is_prose(l) && (l->n_words <= 12 || !l->ends_sentence);
}

static bool holds_furniture_words(const rcpi_line *l) {
  if (!l->n_inside || l->n_words > 70) return false;
  if (is_prose(l) && l->n_words > 25) return l->n_inside + l->n_hints / 2 >= 2;
  if (is_prose(l)) return l->n_inside + l->n_hints >= 2;
  return true;
}

static bool is_menu(const rcpi_line *l) {
  if (l->n_item_words == l->n_words) return l->n_words > 0;
  if (l->ends_sentence) return false;
  if (l->n_item_words * 5u >= l->n_words * 3u && l->n_words) return true;
  if (l->n_separators >= 2 && l->longest_segment <= 7) return true;
  if (l->n_separators >= 1 && l->n_item_words && l->longest_segment <= 6) return true;
  return l->n_separators == 1 && l->longest_segment <= 4 && function_share(l) < 40;
}

/* Where the credit of a caption may begin: behind the last stop, bracket, bar or ©, initials skipped ("J.-M. Tison"). */
static size_t credit_start(rcp_str s, uint32_t *mark) {
  bool is_bracketed = s.p[s.n - 1] == ')';
  size_t len;
  for (size_t at = s.n - 1; at > 0; at -= len) {
    uint32_t cp = rcpi_utf8_before(s, at, &len);
    *mark = cp;
    if (is_bracketed ? cp == '(' : cp == '|' || cp == 0xA9 || cp == '(' || cp == 0x2022) return at;
    bool is_initial = at >= 2 && rcpi_is_alpha((unsigned char)s.p[at - 2]) && (at < 3 || !rcpi_is_alpha((unsigned char)s.p[at - 3]));
    if (!is_bracketed && cp == '.' && !is_initial) return at;
  }
  return s.n;
}

/* "… du viaduc. Photo Gazette / J.-M. Tison", "(Kostiantyn Liberov/AP)", "| L'ÉCHO / LOÏC BRÉMOND", "sur l'Aulne. MERIDIAN" */
static bool is_caption(const judge *j, const rcpi_line *l) {
  rcp_str s = rcpi_at(j->l->text, l->at);
  uint32_t mark = 0;
  if (l->n_words > 60 || l->n_words < 3) return false;
  size_t cut = credit_start(s, &mark), n = 0, n_function = 0, n_name = 0, n_caps = 0, n_caption = 0;
  bool has_slash = cut < s.n && memchr(s.p + cut, '/', s.n - cut);
  for (size_t i = l->word; i < l->end_word; i++) {
    const rcpi_lword *w = &j->l->words[i];
    if (w->beg < l->at.beg + cut) continue;
    n++;
    n_function += (w->flags & RCPI_LW_FUNCTION) && !(w->flags & RCPI_LW_CAPITAL);
    n_name += (w->flags & RCPI_LW_CAPITAL) != 0;
    n_caps += (w->flags & RCPI_LW_CAPITALS) != 0;
    n_caption += (w->flags & (RCPI_LW_CAPTION | RCPI_LW_CAPITAL)) == RCPI_LW_CAPTION;
  }
  if (!n || n > 10 || n == l->n_words || n_function > 2) return false;
  bool is_name = n_name + n_caption + n_function >= n && n_name;
  bool has_caption_word = n_caption || (j->l->words[l->end_word - n].flags & RCPI_LW_CAPTION);
  if (has_caption_word && is_name) return true;
  if (mark == '.') return n_caps == n && n <= 4;
  return has_slash && is_name;
}

static bool is_shouted(const rcpi_line *l) {
  return l->n_letters >= 4 && l->n_upper * 10u >= l->n_letters * 8u;
}

/* The rules, strongest first. False: undecided or prose. */
static bool is_marked_furniture(const judge *j, const rcpi_line *l, rcpi_furniture_kind *kind) {
  if (l->has_copyright) return *kind = l->n_ends >= 1 && l->n_words > 6 ? RCPI_FURN_CAPTION : RCPI_FURN_SITE, l->n_words < 60;
  if (is_slug(j, l)) return *kind = RCPI_FURN_SITE, true;
  if (is_signature(j, l)) return *kind = RCPI_FURN_CREDIT, true;
  if (is_date_line(j, l)) return *kind = RCPI_FURN_DATE, true;
  if (is_byline(j, l)) return *kind = RCPI_FURN_CREDIT, true;
  if (l->is_section) return *kind = (rcpi_furniture_kind)l->section_kind, true;
  if (is_opened(l)) return *kind = (rcpi_furniture_kind)(l->n_inside && l->start_kind != RCPI_FURN_RELATED ? l->inside_kind : l->start_kind), true;
  if (holds_furniture_words(l)) return *kind = (rcpi_furniture_kind)l->inside_kind, true;
  if (is_menu(l)) return *kind = l->item_kind >= 0 ? (rcpi_furniture_kind)l->item_kind : RCPI_FURN_NAVIGATION, true;
  if (is_caption(j, l)) return *kind = RCPI_FURN_CAPTION, true;
  if (l->n_symbols && !is_prose(l)) return *kind = RCPI_FURN_PROMOTION, true;
  if (l->has_url && l->n_words <= 12) return *kind = RCPI_FURN_SITE, true;
  if (is_shouted(l) && l->n_words > 7 && !l->ends_sentence) return *kind = RCPI_FURN_RELATED, true;
  if (l->n_hints >= 2 && !is_prose(l) && l->n_words <= 40) return *kind = RCPI_FURN_PROMOTION, true;
  return false;
}

static void judge_lines(judge *j) {
  j->first_prose = j->last_prose = j->l->n;
  for (size_t i = 0; i < j->l->n; i++) {
    const rcpi_line *l = &j->l->p[i];
    rcpi_furniture_kind kind;
    if (is_marked_furniture(j, l, &kind)) j->lines[i] = (judged){FURNITURE, kind};
    else if (is_prose(l)) j->lines[i].verdict = PROSE;
  }
}

/* ------------------------------------------------------------------------------------------------------------- title */

/* Content words of the line that recur in prose below: a headline says what the text says, a slogan does not. */
static unsigned shared_words(const judge *j, const rcpi_line *l, const rcpi_map *body) {
  unsigned n = 0;
  for (size_t i = l->word; i < l->end_word; i++) {
    const rcpi_lword *w = &j->l->words[i];
    n += !(w->flags & RCPI_LW_FUNCTION) && w->fold.n > 2 && rcpi_map_get(body, w->fold);
  }
  return n;
}

static void find_body(judge *j) {
  for (size_t i = 0; i < j->l->n; i++) {
    if (j->lines[i].verdict != PROSE) continue;
    if (j->first_prose == j->l->n) j->first_prose = i;
    j->last_prose = i;
  }
}

static bool may_be_title(const judge *j, size_t i) {
  const rcpi_line *l = &j->l->p[i];
  if (j->lines[i].verdict == FURNITURE || l->n_words < 3 || l->n_words > 40) return false;
  rcp_str s = rcpi_line_str(j->l, i);
  return j->lines[i].verdict == UNDECIDED || s.p[s.n - 1] != '.';
}

static void find_title(rcpi_arena *a, judge *j, const rcp_article *article) {
  j->title = RCPI_NONE;
  if (article->title.p) {
    for (size_t i = 0; i < j->l->n && i <= j->first_prose && j->title == RCPI_NONE; i++)
      if (rcpi_eq(rcpi_line_str(j->l, i), article->title)) j->title = i;
    if (j->title != RCPI_NONE || article->has_record_title) return;
  }
  rcpi_map body = {0};
  for (size_t i = j->first_prose; i < j->l->n; i++) {
    if (j->lines[i].verdict != PROSE) continue;
    for (size_t k = j->l->p[i].word; k < j->l->p[i].end_word; k++) rcpi_map_put(a, &body, j->l->words[k].fold, 0, NULL);
  }
  unsigned best = 0;
  for (size_t i = 0; i < j->l->n && i <= j->first_prose; i++) {
    if (!may_be_title(j, i) || (i == j->first_prose && i > 0 && j->title != RCPI_NONE)) continue;
    if (i == j->first_prose && j->l->p[i].n_words > 25) continue;
    unsigned score = shared_words(j, &j->l->p[i], &body) + (j->l->p[i].n_words >= 5);
    if (score > best) best = score, j->title = i;
  }
}

/* ----------------------------------------------------------------------------------------------------------- context */

/* Below a heading over links: entries until the next sentence of prose. */
static void judge_sections(judge *j) {
  for (size_t i = 0; i < j->l->n; i++) {
    if (j->lines[i].verdict != FURNITURE || !j->l->p[i].is_section) continue;
    rcpi_furniture_kind kind = j->lines[i].kind;
    size_t most = kind == RCPI_FURN_PROMOTION ? 1 : 12;
    for (size_t k = i + 1; k < j->l->n && k <= i + most && k != j->title && j->lines[k].verdict == UNDECIDED; k++)
      j->lines[k] = (judged){FURNITURE, kind};
  }
}

static bool looks_like_names(const rcpi_line *l) {
  return l->n_words <= 12 && (l->n_capital + l->n_function) * 10u >= l->n_words * 8u && l->n_capital >= 1 && function_share(l) <= 40;
}

/* Undecided lines above the body: below the title a line of names is a credit, a longer one a standfirst. */
static void judge_head(judge *j) {
  for (size_t i = 0; i < j->first_prose && i < j->l->n; i++) {
    const rcpi_line *l = &j->l->p[i];
    if (j->lines[i].verdict != UNDECIDED || i == j->title) continue;
    bool is_above = j->title != RCPI_NONE && i < j->title;
    if (is_above && l->n_words <= 14) j->lines[i] = (judged){FURNITURE, RCPI_FURN_SITE};
    else if (!is_above && (l->n_words <= 2 || looks_like_names(l))) j->lines[i] = (judged){FURNITURE, RCPI_FURN_CREDIT};
  }
}

static void judge_tail(judge *j) {
  for (size_t i = j->last_prose + 1; i < j->l->n; i++)
    if (j->lines[i].verdict == UNDECIDED && j->l->p[i].n_words <= 14 && i != j->title && !j->l->p[i].ends_sentence)
      j->lines[i] = (judged){FURNITURE, RCPI_FURN_SITE};
}

/* -------------------------------------------------------------------------------------------------- inside of a line */

/*
 * The end of a dateline at the head of prose: "VERNOISE, 12 mars 2024 (ANP) -", "PARIS (AFP) –", "LONDON - ".
 * Places and dates, an agency in brackets, a dash; 0 when there is none.
 */
static uint32_t dateline_end(const judge *j, const rcpi_line *l) {
  const rcpi_lword *first = word_at(j, l, 0);
  if (!first || !(first->flags & RCPI_LW_CAPITAL)) return 0;
  size_t n_words = 0, n_caps = 0, n_plain = 0, len;
  bool has_bracket = false;
  for (uint32_t at = l->at.beg; at < l->at.end && n_words <= 14; at += (uint32_t)len) {
    uint32_t cp = rcpi_utf8_at(j->l->text, at, &len);
    const rcpi_lword *w = word_at(j, l, n_words);
    if (w && w->beg == at) {
      n_words++;
      n_caps += (w->flags & RCPI_LW_CAPITALS) != 0;
      n_plain += !(w->flags & (RCPI_LW_CAPITAL | RCPI_LW_NUMBER | RCPI_LW_FUNCTION | RCPI_LW_MONTH));
    }
    if (cp == '(') has_bracket = true;
    if (cp == '.' && has_bracket) return 0;
    bool is_dash = cp == '-' || cp == 0x2013 || cp == 0x2014;
    char before = at > l->at.beg ? j->l->text.p[at - 1] : 'a';
    if (!is_dash || !(before == ' ' || before == ')' || before == '-' || (unsigned char)before == 0xA0)) continue;
    if (at + len < l->at.end && j->l->text.p[at + len] == '-') continue;
    return n_plain <= 1 && n_words && (has_bracket || n_caps == n_words) ? at + (uint32_t)len : 0;
  }
  return 0;
}

/* "VALLÉE DE L'AULNE. Le train": a label in capitals before a stop; not "EN DIRECT.", which says what the text is. */
static uint32_t label_end(const judge *j, const rcpi_line *l) {
  size_t i = l->word, n_items = 0;
  while (i < l->end_word && (j->l->words[i].flags & RCPI_LW_CAPITALS || (i > l->word && j->l->words[i].fold.n == 1)))
    if (j->l->text.p[j->l->words[i++].end] == '.') break;
  if (i == l->word || i >= l->end_word || i - l->word > 6) return 0;
  uint32_t end = j->l->words[i - 1].end;
  const rcpi_word_class *c = rcpi_word_class_of(j->lexicon, j->l->words[i - 1].fold);
  for (uint32_t k = 0; c && k < c->n_phrases; k++) n_items += rcpi_phrase_at(j->lexicon, c->phrase + k)->role == RCPI_PHRASE_ITEM;
  return j->l->text.p[end] == '.' && end - l->at.beg > 3 && !n_items ? end + 1 : 0;
}

/* "17:35 – ", "9h00 " at the head of a line: the times of a live page. */
static uint32_t clock_end(const judge *j, const rcpi_line *l) {
  const rcpi_lword *h = word_at(j, l, 0), *m = word_at(j, l, 1);
  if (!h || !(h->flags & RCPI_LW_NUMBER) || h->fold.n > 5) return 0;
  uint32_t end = 0;
  if (is_clock(h->fold)) end = h->end;
  else if (m && h->fold.n <= 2 && m->fold.n == 2 && (m->flags & RCPI_LW_NUMBER) && m->beg == h->end + 1 && j->l->text.p[h->end] == ':') end = m->end;
  size_t len;
  for (uint32_t at = end; end && at < l->at.end; at += (uint32_t)len) {
    uint32_t cp = rcpi_utf8_at(j->l->text, at, &len);
    if (cp == ' ' || cp == 0xA0) continue;
    bool is_mark = cp == '-' || cp == 0x2013 || cp == 0x2014 || cp == ':' || cp == '|';
    return is_mark ? at + (uint32_t)len : rcpi_is_upper(cp) || cp == 0xAB || cp == '"' ? end : 0;
  }
  return end;
}

static void add(rcpi_arena *a, rcp_article *article, size_t *cap, uint32_t beg, uint32_t end, rcpi_furniture_kind kind) {
  if (article->n_furniture == *cap) {
    *cap = *cap ? *cap * 2 : 16;
    article->furniture = rcpi_regrow(a, article->furniture, article->n_furniture, *cap, sizeof *article->furniture);
  }
  article->furniture[article->n_furniture++] = (rcpi_furniture){{beg, end}, kind};
}

static void write_out(judge *j, rcp_article *article) {
  size_t cap = 0;
  rcpi_arena *a = &article->arena;
  for (size_t i = 0; i < j->l->n; i++) {
    const rcpi_line *l = &j->l->p[i];
    if (j->lines[i].verdict == FURNITURE) {
      add(a, article, &cap, l->at.beg, l->at.end, j->lines[i].kind);
      continue;
    }
    uint32_t end = j->n_clocks > 1 ? clock_end(j, l) : 0;
    if (end) add(a, article, &cap, l->at.beg, end, RCPI_FURN_DATE);
    else if ((end = label_end(j, l)) && i <= j->first_prose) add(a, article, &cap, l->at.beg, end, RCPI_FURN_OTHER);
    else if (i != j->title && (end = dateline_end(j, l))) add(a, article, &cap, l->at.beg, end, RCPI_FURN_CREDIT);
    if (i == j->title) article->title_at = (rcpi_span){end ? end : l->at.beg, l->at.end};
  }
  if (j->title == RCPI_NONE) return;
  rcp_str title = rcpi_trim(rcpi_at(article->text, article->title_at));
  article->title_at.beg = (uint32_t)(title.p - article->text.p);
  if (!article->title.p) article->title = title;
}

void rcpi_telling_judge(const rcpi_words *lexicon, const rcpi_lines *lines, rcp_article *article) {
  rcpi_arena *a = &article->arena;
  judge j = {.l = lines, .lines = rcpi_array(a, judged, lines->n + 1), .lexicon = lexicon};
  for (size_t i = 0; i < lines->n; i++) j.n_clocks += clock_end(&j, &lines->p[i]) != 0;
  judge_lines(&j);
  find_body(&j);
  find_title(a, &j, article);
  judge_sections(&j);
  judge_head(&j);
  if (j.last_prose < lines->n) judge_tail(&j);
  write_out(&j, article);
}
