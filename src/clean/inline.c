/*
 * Furniture inside own lines: an agency's dateline, a label in capitals, the times of a live page, a credit in brackets
 * behind the last stop. What is left of the line is own text.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "clean/flat.h"

#include "base/unicode.h"
#include "base/utf8.h"

uint32_t rcpi_inline_dateline(const rcpi_flat *f, const rcpi_line *l) {
  const rcpi_lword *first = rcpi_line_word(f, l, 0);
  if (!first || !(first->flags & RCPI_LW_CAPITAL)) return 0;
  size_t n_words = 0, n_caps = 0, n_plain = 0, len;
  bool has_bracket = false;
  for (uint32_t at = l->at.beg; at < l->at.end && n_words <= 18; at += (uint32_t)len) {
    uint32_t cp = rcpi_utf8_at(f->lines.text, at, &len);
    const rcpi_lword *w = rcpi_line_word(f, l, n_words);
    if (w && w->beg == at) {
      n_words++;
      n_caps += (w->flags & RCPI_LW_CAPITALS) != 0;
      n_plain += !(w->flags & (RCPI_LW_CAPITAL | RCPI_LW_NUMBER | RCPI_LW_FUNCTION | RCPI_LW_MONTH));
    }
    if (cp == '(') has_bracket = true;
    if (cp == '.' && has_bracket) return 0;
    bool is_dash = cp == '-' || cp == 0x2013 || cp == 0x2014;
    char before = at > l->at.beg ? f->lines.text.p[at - 1] : 'a';
    if (!is_dash || !(before == ' ' || before == ')' || before == '-' || (unsigned char)before == 0xA0)) continue;
    if (at + len < l->at.end && f->lines.text.p[at + len] == '-') continue;
    return n_plain <= (has_bracket && n_caps ? 3 : 1) && n_words && (has_bracket || n_caps == n_words) ? at + (uint32_t)len : 0;
  }
  return 0;
}

/* "VALLÉE DE L'AULNE. Le train": a label in capitals before a stop; not "EN DIRECT.", which says what the text is. */
static uint32_t label_end(const rcpi_flat *f, const rcpi_line *l) {
  size_t i = l->word;
  while (i < l->end_word && (f->lines.words[i].flags & RCPI_LW_CAPITALS || (i > l->word && f->lines.words[i].fold.n == 1)))
    if (f->lines.text.p[f->lines.words[i++].end] == '.') break;
  if (i == l->word || i >= l->end_word || i - l->word > 6) return 0;
  uint32_t end = f->lines.words[i - 1].end;
  bool is_item = f->lines.words[i - 1].flags & RCPI_LW_ITEM;
  return f->lines.text.p[end] == '.' && end - l->at.beg > 3 && !is_item ? end + 1 : 0;
}

/* "17:35 – ", "9h00 " at the head of a line: the times of a live page. */
static uint32_t clock_end(const rcpi_flat *f, const rcpi_line *l) {
  const rcpi_lword *h = rcpi_line_word(f, l, 0), *m = rcpi_line_word(f, l, 1);
  if (!h || !(h->flags & RCPI_LW_NUMBER) || h->fold.n > 5) return 0;
  uint32_t end = 0;
  if (rcpi_is_clock_word(h->fold)) end = h->end;
  else if (m && h->fold.n <= 2 && m->fold.n == 2 && (m->flags & RCPI_LW_NUMBER) && m->beg == h->end + 1 && f->lines.text.p[h->end] == ':') end = m->end;
  size_t len;
  for (uint32_t at = end; end && at < l->at.end; at += (uint32_t)len) {
    uint32_t cp = rcpi_utf8_at(f->lines.text, at, &len);
    if (cp == ' ' || cp == 0xA0) continue;
    bool is_mark = cp == '-' || cp == 0x2013 || cp == 0x2014 || cp == ':' || cp == '|';
    return is_mark ? at + (uint32_t)len : rcpi_is_upper(cp) || cp == 0xAB || cp == '"' ? end : 0;
  }
  return end;
}

/* How many lines begin with a time: one may be a sentence, several are a live page. */
static size_t count_clocks(const rcpi_flat *f) {
  size_t n = 0;
  for (size_t i = 0; i < f->lines.n; i++) n += clock_end(f, &f->lines.p[i]) != 0;
  return n;
}

/* End of the furniture at the head of an own line, with its kind; 0: none. */
static uint32_t head_end(const rcpi_flat *f, size_t i, bool is_live, rcpi_furniture_kind *kind) {
  const rcpi_line *l = &f->lines.p[i];
  uint32_t end;
  if (is_live && (end = clock_end(f, l))) return *kind = RCPI_FURN_DATE, end;
  if (i <= f->first && (end = label_end(f, l))) return *kind = RCPI_FURN_OTHER, end;
  if (i != f->title && (end = rcpi_inline_dateline(f, l))) return *kind = RCPI_FURN_CREDIT, end;
  return 0;
}

void rcpi_inline_cut(rcpi_flat *f, rcp_article *article) {
  RCPI_VEC(rcpi_furniture) out = {0};
  bool is_live = count_clocks(f) > 1;
  for (size_t i = 0; i < f->lines.n; i++) {
    const rcpi_line *l = &f->lines.p[i];
    rcpi_furniture_kind kind = f->judged[i].kind;
    if (f->judged[i].verdict == RCPI_JUNK) {
      rcpi_push(f->a, &out, (rcpi_furniture){l->at, kind});
      continue;
    }
    uint32_t end = head_end(f, i, is_live, &kind);
    if (end) rcpi_push(f->a, &out, (rcpi_furniture){{l->at.beg, end}, kind});
    if (i != f->title) continue;
    rcp_str title = rcpi_trim(rcpi_sub(f->lines.text, end ? end : l->at.beg, l->at.end));
    uint32_t beg = (uint32_t)(title.p - f->lines.text.p);
    article->title_at = (rcpi_span){beg, beg + (uint32_t)title.n};
    if (!article->title.p) article->title = title;
  }
  article->furniture = out.p;
  article->n_furniture = out.n;
}
