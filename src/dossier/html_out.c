/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stdio.h>

#include "dossier/html_int.h"

const char *const rcpi_sheet_mode_keys[] = {"mode_asserted", "mode_quoted", "mode_reported", "mode_conditional"};
const char rcpi_sheet_mode_class[] = "aqrk";

void rcpi_sheet_put(rcpi_sheet *h, const char *markup) {
  rcpi_buf_adds(h->out, markup);
}

void rcpi_sheet_putf(rcpi_sheet *h, const char *format, ...) {
  char line[256];
  va_list args;
  va_start(args, format);
  vsnprintf(line, sizeof line, format, args);   /* numbers and names of ours only: all short */
  va_end(args);
  rcpi_buf_adds(h->out, line);
}

/* Escapes markup; control characters, which HTML does not allow, show as U+FFFD. */
static void escape(rcpi_buf *out, rcp_str s) {
  size_t from = 0;
  for (size_t i = 0; i < s.n; i++) {
    const char *as = NULL;
    unsigned char c = (unsigned char)s.p[i];
    size_t len = 1;
    switch (c) {
      case '&': as = "&amp;"; break;
      case '<': as = "&lt;"; break;
      case '>': as = "&gt;"; break;
      case '"': as = "&quot;"; break;
      case '\'': as = "&#39;"; break;
      case '\t': case '\n': break;
      case 0xC2: if (i + 1 < s.n && (unsigned char)s.p[i + 1] < 0xA0) as = "\xEF\xBF\xBD", len = 2; break;
      default: if (c < 0x20 || c == 0x7F) as = "\xEF\xBF\xBD";
    }
    if (!as) continue;
    rcpi_buf_add(out, rcpi_sub(s, from, i));
    rcpi_buf_adds(out, as);
    i += len - 1;
    from = i + 1;
  }
  rcpi_buf_add(out, rcpi_sub(s, from, s.n));
}

void rcpi_sheet_esc(rcpi_sheet *h, rcp_str s) {
  if (s.n) escape(h->out, s);
}

void rcpi_sheet_esc_cut(rcpi_sheet *h, rcp_str s, size_t most) {
  size_t end = s.n;
  if (s.n > most) {
    end = most;
    while (end && s.p[end] != ' ') end--;
    for (end = end ? end : most; end && ((unsigned char)s.p[end] & 0xC0) == 0x80;) end--;
  }
  rcpi_sheet_esc(h, rcpi_sub(s, 0, end));
  if (end < s.n) rcpi_sheet_put(h, "…");
}

rcp_str rcpi_sheet_key(const rcpi_sheet *h, uint32_t telling) {
  const rcp_article *article = h->d->story.tellings[telling].article;
  return article->id.p ? article->id : article->url.p ? article->url : article->source;
}

void rcpi_sheet_segment(rcpi_sheet *h, rcp_str s) {
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if (rcpi_is_alpha(c) || rcpi_is_digit(c) || c == '-' || c == '_' || c == '~') rcpi_buf_addc(h->out, (char)c);
    else rcpi_buf_printf(h->out, "%%%02X", c);
  }
}

/* A message's words, escaped. */
static void put_words(rcpi_sheet *h, const char *key, const rcp_str *args, size_t n_args) {
  rcpi_buf words;
  rcpi_buf_init(&words);
  rcpi_message_put(&h->view.words, &words, key, args, n_args);
  rcpi_sheet_esc(h, rcpi_buf_str(&words));
  rcpi_buf_end(&words, h->out);
}

void rcpi_sheet_say_with(rcpi_sheet *h, const char *key, const rcp_str *args, size_t n_args) {
  rcpi_sheet_putf(h, "<span data-w=%s", key);
  for (size_t i = 0; i < n_args; i++) {
    uint32_t number;
    bool is_number = rcpi_parse_u32(args[i], &number);
    rcpi_sheet_putf(h, is_number ? " data-%u=" : " data-%u=\"", (unsigned)i + 1);
    rcpi_sheet_esc(h, args[i]);
    if (!is_number) rcpi_sheet_put(h, "\"");
  }
  rcpi_sheet_put(h, ">");
  put_words(h, key, args, n_args);
  rcpi_sheet_put(h, "</span>");
}

void rcpi_sheet_say(rcpi_sheet *h, const char *key) {
  rcpi_sheet_say_with(h, key, NULL, 0);
}

void rcpi_sheet_say_count(rcpi_sheet *h, const char *key, uint64_t n) {
  rcpi_buf words;
  rcpi_buf_init(&words);
  rcpi_sheet_putf(h, "<span data-w=%s data-1=%llu>", key, (unsigned long long)n);
  rcpi_message_count(&h->view.words, &words, key, n);
  rcpi_sheet_esc(h, rcpi_buf_str(&words));
  rcpi_sheet_put(h, "</span>");
  rcpi_buf_end(&words, h->out);
}

void rcpi_sheet_label(rcpi_sheet *h, const char *key) {
  rcpi_sheet_putf(h, " data-wl=%s aria-label=\"", key);
  put_words(h, key, NULL, 0);
  rcpi_sheet_put(h, "\"");
}

void rcpi_sheet_reason(rcpi_sheet *h, rcp_str own, rcp_str other) {
  rcp_str words = rcpi_view_reason(&h->view, own, &other);
  rcpi_sheet_put(h, "<span class=reason data-other=\"");
  rcpi_sheet_esc(h, other);
  rcpi_sheet_put(h, "\">");
  rcpi_sheet_esc(h, words);
  rcpi_sheet_put(h, "</span>");
}

void rcpi_sheet_date(rcpi_sheet *h, rcp_str iso) {
  if (!iso.n) {
    rcpi_sheet_say(h, "undated");
    return;
  }
  rcpi_buf date;
  rcpi_buf_init(&date);
  rcpi_message_date(&h->view.words, &date, iso);
  rcpi_sheet_put(h, "<time data-d=\"");
  rcpi_sheet_esc(h, iso);
  rcpi_sheet_put(h, "\">");
  rcpi_sheet_esc(h, rcpi_buf_str(&date));
  rcpi_sheet_put(h, "</time>");
  rcpi_buf_end(&date, h->out);
}

uint32_t rcpi_sheet_unit(rcp_str text, uint32_t byte) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < byte; i++) n += ((unsigned char)text.p[i] & 0xC0) != 0x80 ? 1 + ((unsigned char)text.p[i] >= 0xF0) : 0;
  return n;
}

void rcpi_sheet_amount(rcpi_sheet *h, rcp_str norm) {
  rcpi_buf words;
  rcpi_buf_init(&words);
  rcpi_message_amount(&h->view.words, &words, norm);
  rcpi_sheet_put(h, "<span data-v=\"");
  rcpi_sheet_esc(h, norm);
  rcpi_sheet_put(h, "\">");
  rcpi_sheet_esc(h, rcpi_buf_str(&words));
  rcpi_sheet_put(h, "</span>");
  rcpi_buf_end(&words, h->out);
}

void rcpi_sheet_percent(rcpi_sheet *h, double share) {
  char digits[8];
  snprintf(digits, sizeof digits, "%d", (int)(share * 100 + 0.5));
  rcp_str arg = rcpi_cstr(digits);
  rcpi_sheet_say_with(h, "percent", &arg, 1);
}

void rcpi_sheet_chip(rcpi_sheet *h, uint32_t telling) {
  uint32_t n = h->view.number[telling];
  rcpi_sheet_putf(h, "<a class=n href=#a%u", n);
  if (!h->is_large) {   /* thousands of chips: their titles alone would be a tenth of the page */
    rcpi_sheet_put(h, " title=\"");
    rcpi_sheet_esc(h, rcpi_view_label(&h->view, telling));
    rcpi_sheet_put(h, "\"");
  }
  rcpi_sheet_putf(h, ">%u</a>", n);
}

void rcpi_sheet_article_name(rcpi_sheet *h, uint32_t telling) {
  rcpi_sheet_chip(h, telling);
  rcpi_sheet_put(h, " <bdi>");
  rcpi_sheet_esc(h, rcpi_view_label(&h->view, telling));
  rcpi_sheet_put(h, "</bdi>");
}

void rcpi_sheet_chips(rcpi_sheet *h, const uint32_t *tellings, size_t n) {
  enum { MOST_SHOWN = 14, FIRST_SHOWN = 10 };
  size_t n_own = 0, n_done = 0;
  for (size_t i = 0; i < n; i++) n_own += !i || tellings[i] != tellings[i - 1];
  rcpi_sheet_put(h, "<div class=chips>");
  for (size_t i = 0; i < n; i++) {
    if (i && tellings[i] == tellings[i - 1]) continue;
    if (n_own > MOST_SHOWN && n_done++ == FIRST_SHOWN)
      rcpi_sheet_putf(h, "<details><summary class=n>+%zu</summary>", n_own - FIRST_SHOWN);
    rcpi_sheet_chip(h, tellings[i]);
  }
  rcpi_sheet_put(h, n_own > MOST_SHOWN ? "</details></div>" : "</div>");
}

void rcpi_sheet_mark(rcpi_sheet *h, rcpi_mode mode, uint32_t anchor) {
  static const char *const letters[] = {"A", "«", "R", "?"};
  if (anchor) rcpi_sheet_putf(h, "<a class=%c href=#p%u>%s</a>", rcpi_sheet_mode_class[mode], anchor, letters[mode]);
  else rcpi_sheet_putf(h, "<b class=%c>%s</b>", rcpi_sheet_mode_class[mode], letters[mode]);
}

void rcpi_sheet_lang(rcpi_sheet *h, uint32_t telling) {
  rcp_str tag = h->d->story.tellings[telling].article->language;
  if (!tag.n || rcpi_eq(tag, h->view.words.tag)) return;
  rcpi_sheet_put(h, " lang=\"");
  rcpi_sheet_esc(h, tag);
  rcpi_sheet_put(h, "\"");
}

/* Words that bring their own quotation marks get no others. */
static bool is_quoted(rcp_str s) {
  static const char *const marks[] = {"«", "“", "„", "\"", "‘"};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (rcpi_starts(s, rcpi_cstr(marks[i]))) return true;
  return false;
}

void rcpi_sheet_quote(rcpi_sheet *h, uint32_t telling, rcpi_span around, rcpi_span value) {
  rcp_str text = h->d->story.tellings[telling].article->text;
  rcpi_sheet_put(h, is_quoted(rcpi_at(text, around)) ? "<q class=own" : "<q");
  rcpi_sheet_lang(h, telling);
  rcpi_sheet_put(h, ">");
  if (value.end > value.beg && rcpi_within(value, around)) {
    rcpi_sheet_esc(h, rcpi_sub(text, around.beg, value.beg));
    rcpi_sheet_put(h, "<mark>");
    rcpi_sheet_esc(h, rcpi_at(text, value));
    rcpi_sheet_put(h, "</mark>");
    rcpi_sheet_esc(h, rcpi_sub(text, value.end, around.end));
  } else {
    rcpi_sheet_esc(h, rcpi_at(text, around));
  }
  rcpi_sheet_put(h, "</q>");
}

void rcpi_sheet_open_section(rcpi_sheet *h, const char *id, const char *title_key) {
  rcpi_sheet_putf(h, "\n<section id=%s aria-labelledby=h-%s><h2 id=h-%s>", id, id, id);
  rcpi_sheet_say(h, title_key);
  rcpi_sheet_put(h, "</h2>\n");
}

void rcpi_sheet_close_section(rcpi_sheet *h) {
  rcpi_sheet_put(h, "</section>\n");
}
