/*
 * Pages say the same thing in up to six places, and each place lies in its own way: an og:title carries the site's name,
 * an h1 may be the site's logo, linked data may describe the site instead of the page, a meta author may be the
 * software. So each field is a cascade of places, ordered by how often a place is right when it speaks, and two places
 * that agree beat any single one: an h1 whose words occur in og:title or <title> is the title (right in 83 to 92 of a
 * hundred), which alone lifts titles from .6 (all extractors that were measured) to .8.
 *
 * Measured on the two sets of data/extraction; the table is in docs/decisions/html.md.
 * Known weakness: a page whose only h1 is a section ("News") and whose <title> holds that word too.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "clean/html_meta.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include "clean/html_page.h"

enum { LONGEST_TITLE = 400, LONGEST_NAME = 120, MOST_NAMES = 16, MOST_TRIES = 200 /* of one place for one field */, AFTER_TITLE = 6 };

typedef rcpi_html_page page;

rcp_str rcpi_html_squeeze(rcpi_arena *a, rcp_str s) {
  rcp_str f = rcpi_fold(a, s);
  char *out = rcpi_alloc(a, f.n + 1, 1);
  size_t n = 0;
  for (size_t i = 0, len; i < f.n; i += len) {
    uint32_t cp = rcpi_utf8_at(f, i, &len);
    rcpi_char_class c = cp < 0x80 ? RCPI_CHAR_OTHER : rcpi_char_class_of(cp);
    bool is_word = cp < 0x80 ? rcpi_is_alpha((unsigned char)cp) || rcpi_is_digit((unsigned char)cp)
                             : c == RCPI_CHAR_LETTER || c == RCPI_CHAR_DIGIT || c == RCPI_CHAR_MARK;
    if (is_word) memcpy(out + n, f.p + i, len), n += len;
    else if (n && out[n - 1] != ' ' && cp != '\'') out[n++] = ' ';
  }
  while (n && out[n - 1] == ' ') n--;
  return (rcp_str){out, n};
}

bool rcpi_html_has_words(rcp_str all, rcp_str part) {
  if (!part.n) return false;
  for (size_t i = 0; i + part.n <= all.n; i++) {
    if (i && all.p[i - 1] != ' ') continue;
    if (rcpi_starts(rcpi_sub(all, i, all.n), part) && (i + part.n == all.n || all.p[i + part.n] == ' ')) return true;
  }
  return false;
}

rcp_str rcpi_html_meta_of(const page *p, const char *name) {
  for (size_t i = 0; i < p->t->metas.n; i++) {
    const rcpi_html_meta *m = &p->t->metas.p[i];
    if (!m->content.n || !rcpi_eq_nocase(rcpi_trim(m->name), rcpi_cstr(name))) continue;
    rcp_str text = rcpi_html_text(p->a, m->content, true);
    if (text.n) return text;
  }
  return (rcp_str){NULL, 0};
}

static rcp_str first_meta(const page *p, const char *const *names, size_t n) {
  rcp_str s = {NULL, 0};
  for (size_t i = 0; i < n && !s.n; i++) s = rcpi_html_meta_of(p, names[i]);
  return s;
}
#define FIRST_META(p, ...) first_meta(p, (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* An element's text on one line. */
static rcp_str text_of(const page *p, const rcpi_element *e) {
  rcp_str s = rcpi_trim(rcpi_sub(p->t->text, e->text_beg, e->text_end > e->text_beg ? e->text_end : e->text_beg));
  if (rcpi_find_char(s, '\n') == RCPI_NONE) return s;
  s = rcpi_dup(s, p->a);
  char *q = (char *)(uintptr_t)s.p;
  for (size_t i = 0; i < s.n; i++)
    if (q[i] == '\n') q[i] = ' ';
  return s;
}

/* ------------------------------------------------------------------------------------------------------ linked data */

static bool type_is(const page *p, uint32_t object, const char *const *types, size_t n) {
  uint32_t type = rcpi_pjson_get(&p->json, object, "@type");
  for (uint32_t i = type; type && i < p->json.v.p[type].end; i++)
    for (size_t k = 0; k < n; k++)
      if (rcpi_ends(p->json.v.p[i].raw, rcpi_cstr(types[k]))) return true;
  return false;
}

static void find_objects(page *p) {
  static const char *const articles[] = {"Article", "BlogPosting", "Report", "LiveBlogPosting", "SocialMediaPosting", "Recipe", "Review", "HowTo"};
  static const char *const pages[] = {"WebPage", "ItemPage", "VideoObject", "Product", "Event", "CreativeWork", "QAPage"};
  bool has_headline = false;
  for (uint32_t i = 1; i < p->json.v.n; i++) {
    if (p->json.v.p[i].kind != RCPI_P_OBJECT) continue;
    bool has = rcpi_pjson_get(&p->json, i, "headline") || rcpi_pjson_get(&p->json, i, "datePublished");
    if (type_is(p, i, articles, sizeof articles / sizeof *articles)) {
      if (!p->article || (has && !has_headline)) p->article = i, has_headline = has;
    } else if (!p->site_page && has && type_is(p, i, pages, sizeof pages / sizeof *pages)) p->site_page = i;
  }
}

static rcp_str from_json(const page *p, const char *key) {
  rcp_str s = rcpi_pjson_text(p->a, &p->json, rcpi_pjson_get(&p->json, p->article, key));
  if (!s.n) s = rcpi_pjson_text(p->a, &p->json, rcpi_pjson_get(&p->json, p->site_page, key));
  return s;
}

/* The name of an object, which may only refer to the one that has it. */
static rcp_str name_of(const page *p, uint32_t object) {
  if (!object) return (rcp_str){NULL, 0};
  if (p->json.v.p[object].kind == RCPI_P_STRING) return rcpi_pjson_text(p->a, &p->json, object);
  uint32_t name = rcpi_pjson_get(&p->json, object, "name");
  if (name && p->json.v.p[name].kind == RCPI_P_ARRAY && p->json.v.p[name].end > name + 1) name++;
  rcp_str s = rcpi_pjson_text(p->a, &p->json, name), id = rcpi_pjson_text(p->a, &p->json, rcpi_pjson_get(&p->json, object, "@id"));
  for (uint32_t i = 1; !s.n && id.n && i < p->json.v.n; i++) {
    uint32_t other = i != object && p->json.v.p[i].kind == RCPI_P_OBJECT ? rcpi_pjson_get(&p->json, i, "@id") : 0;
    if (other && rcpi_eq(rcpi_pjson_text(p->a, &p->json, other), id))
      s = rcpi_pjson_text(p->a, &p->json, rcpi_pjson_get(&p->json, i, "name"));
  }
  return s;
}

/* ------------------------------------------------------------------------------------------------------------ title */

static bool is_site(const page *p, rcp_str part) {
  rcp_str s = rcpi_html_squeeze(p->a, part);
  if (!s.n) return true;
  if (p->site.n && (rcpi_html_has_words(p->site, s) || rcpi_html_has_words(s, p->site))) return true;
  char tight[64];
  size_t n = 0;
  for (size_t i = 0; i < s.n && n < sizeof tight; i++)
    if (s.p[i] != ' ') tight[n++] = s.p[i];
  return n >= 3 && n < sizeof tight && rcpi_find(p->host, (rcp_str){tight, n}) != RCPI_NONE;
}

size_t rcpi_html_n_words(rcp_str s) {
  size_t n = s.n > 0;
  for (size_t i = 0; i < s.n; i++) n += s.p[i] == ' ';
  return n;
}

typedef struct cut { size_t at, n; bool is_bar; } cut;

/* Where " | " or " - " and the like stand: the first or the last. */
static bool find_cut(rcp_str s, bool last, cut *out) {
  static const struct { const char *mark; bool is_bar; } marks[] = {
      {" | ", true}, {" - ", false}, {" \xE2\x80\x93 ", false}, {" \xE2\x80\x94 ", false}, {" \xC2\xB7 ", true}, {" \xC2\xBB ", true},
      {" \xC2\xAB ", true}, {" :: ", true}, {" \xE2\x80\xA2 ", true}, {" // ", true}, {" / ", false}, {" \xE2\x80\xBA ", true}, {"| ", true},
      {" -- ", false}};
  bool found = false;
  for (size_t i = 0; i < s.n; i++)
    for (size_t k = 0; (s.p[i] == ' ' || s.p[i] == '|') && k < sizeof marks / sizeof *marks; k++) {
      rcp_str mark = rcpi_cstr(marks[k].mark);
      if (!rcpi_starts(rcpi_sub(s, i, s.n), mark)) continue;
      *out = (cut){i, mark.n, marks[k].is_bar};
      found = true;
      if (!last) return true;
      break;
    }
  return found;
}

/* Without the site's name in front or behind. */
static rcp_str without_site(const page *p, rcp_str s) {
  cut c;
  for (int i = 0; i < 3 && find_cut(s, true, &c); i++) {
    rcp_str head = rcpi_trim(rcpi_sub(s, 0, c.at)), tail = rcpi_trim(rcpi_sub(s, c.at + c.n, s.n));
    bool cuts = is_site(p, tail) || (c.is_bar && rcpi_html_n_words(head) >= 2) || (rcpi_html_n_words(tail) <= 3 && rcpi_html_n_words(head) >= 4);
    if (!head.n || !cuts) break;
    s = head;
  }
  if (find_cut(s, false, &c)) {
    rcp_str head = rcpi_trim(rcpi_sub(s, 0, c.at)), tail = rcpi_trim(rcpi_sub(s, c.at + c.n, s.n));
    if (tail.n && is_site(p, head)) s = tail;
  }
  return s;
}

/* The longest h1 whose words stand in one of the two (the site's name may be another); *n_h1 and *last tell of all. */
static rcp_str confirmed_h1(const page *p, rcp_str og, rcp_str tab, bool may_be_site, size_t *n_h1, rcp_str *last) {
  rcp_str og_words = rcpi_html_squeeze(p->a, og), tab_words = rcpi_html_squeeze(p->a, tab);
  rcp_str best = {NULL, 0};
  size_t most = 0;
  *n_h1 = 0;
  for (size_t i = 0; i < p->t->elements.n; i++) {
    const rcpi_element *e = &p->t->elements.p[i];
    if (e->tag != RCPI_TAG_H1 || *n_h1 > MOST_TRIES) continue;
    rcp_str text = text_of(p, e), words;
    if (!text.n || text.n > LONGEST_TITLE) continue;
    words = rcpi_html_squeeze(p->a, text);
    ++*n_h1;
    *last = text;
    if ((rcpi_html_has_words(og_words, words) || rcpi_html_has_words(tab_words, words)) && (may_be_site || !is_site(p, text)) && words.n > most)
      best = text, most = words.n;
  }
  return best;
}

static rcp_str find_title(const page *p) {
  rcp_str og = FIRST_META(p, "og:title", "twitter:title"), tab = rcpi_html_text(p->a, p->t->title, false), only = {NULL, 0};
  rcp_str og_title = og.n ? without_site(p, og) : og, tab_title = without_site(p, tab);
  size_t n_h1;
  rcp_str h1 = confirmed_h1(p, og_title, tab_title, true, &n_h1, &only);
  if (!h1.n) h1 = confirmed_h1(p, og, tab, false, &n_h1, &only);
  if (h1.n) return h1;
  rcp_str headline = from_json(p, "headline");
  if (headline.n) return headline;
  if (og_title.n) return og_title;
  if (n_h1 == 1 && rcpi_html_n_words(only) > 1) return only;
  return tab_title.n ? tab_title : only;
}

/* ------------------------------------------------------------------------------------------------------------ names */

typedef struct names { rcp_str p[MOST_NAMES]; size_t n; } names;

/* Words of the byline phrase ("written by") that begins at word k, 0 when none does. */
static unsigned byline_at(const page *p, const rcpi_lines *l, uint32_t k, uint32_t end) {
  const rcpi_word_class *c = rcpi_word_class_hashed(p->cleaner->words, l->words[k].fold, l->words[k].hash);
  unsigned longest = 0;
  for (uint32_t i = 0; c && i < c->n_phrases; i++) {
    const rcpi_phrase *f = rcpi_phrase_at(p->cleaner->words, c->phrase + i);
    if (f->role != RCPI_PHRASE_BYLINE || k + f->n_words > end || f->n_words <= longest) continue;
    uint32_t n = 0;
    while (n < f->n_words && f->hash[n] == l->words[k + n].hash) n++;
    if (n == f->n_words) longest = n;
  }
  return longest;
}

/* What stands between a name and what follows it. */
static bool parts(rcp_str gap) {
  static const char *const marks[] = {"|", "\xE2\x80\xA2", "\xC2\xB7", " - ", "  ", "\xC2\xA0\xC2\xA0", "/", " \xE2\x80\x93 ", " \xE2\x80\x94 ", "\xE2\x86\x92"};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (rcpi_find(gap, rcpi_cstr(marks[i])) != RCPI_NONE) return true;
  return false;
}

/* Where the name begins: behind the last "by" of the first words, if one is there. */
static uint32_t name_start(const page *p, const rcpi_lines *l, uint32_t from, uint32_t end) {
  uint32_t start = from;
  for (uint32_t k = from; k < end && k < from + 8; k++) {
    unsigned n = byline_at(p, l, k, end);
    bool is_first = k == from || (k < start + 1 && k > from), has_colon = n && l->words[k + n - 1].end < l->text.n && l->text.p[l->words[k + n - 1].end] == ':';
    bool is_joint = n && (l->words[k + n - 1].flags & RCPI_LW_FUNCTION) && !(l->words[k].flags & RCPI_LW_CAPITAL);
    if (n && k + n < end && (is_first || has_colon || is_joint)) start = k + n, k = start - 1;
    if (!n && k + 1 < end && l->words[k].end < l->text.n && l->text.p[l->words[k].end] == ':') start = k + 1;
  }
  return start;
}

/* A name without "By" in front of it and a date or a bar behind it; empty when it is none. */
static rcp_str clean_name(const page *p, rcp_str s) {
  rcp_str none = {NULL, 0};
  s = rcpi_trim(s);
  if (!s.n || s.n > 300 || rcpi_find(s, RCPI_S("://")) != RCPI_NONE || rcpi_starts(s, RCPI_S("www.")) || rcpi_find_char(s, '%') != RCPI_NONE) return none;
  rcpi_lines lines;
  rcpi_lines_of(p->a, p->cleaner->words, s, &lines);
  if (!lines.n) return none;
  const rcpi_line *l = &lines.p[0];
  uint32_t w = name_start(p, &lines, l->word, l->end_word), end = w;
  while (end < l->end_word && !(lines.words[end].flags & RCPI_LW_NUMBER) && (end == w || !(lines.words[end].flags & (RCPI_LW_PUBLISHED | RCPI_LW_UPDATED))) &&
         !((lines.words[end].flags & RCPI_LW_MONTH) && end + 1 < l->end_word && (lines.words[end + 1].flags & RCPI_LW_NUMBER))) {
    end++;
    if (end < l->end_word && parts(rcpi_sub(s, lines.words[end - 1].end, lines.words[end].beg))) break;
  }
  while (end > w + 1 && (lines.words[end - 1].flags & RCPI_LW_FUNCTION) && !(lines.words[end - 1].flags & RCPI_LW_CAPITAL)) end--;
  if (end == w) return none;
  uint32_t stop = end == l->end_word ? l->at.end : lines.words[end - 1].end;
  s = rcpi_trim(rcpi_sub(s, lines.words[w].beg, stop));
  while (s.n && strchr(",:;-|", s.p[s.n - 1])) s = rcpi_trim(rcpi_sub(s, 0, s.n - 1));
  return s.n <= LONGEST_NAME ? s : none;
}

static bool is_nobody(const page *p, rcp_str name) {
  static const char *const nobody[] = {"admin", "administrator", "author", "autor", "redaktion", "editor", "staff", "webmaster",
                                       "root", "user", "unknown", "anonymous", "null", "undefined", "none", "redacao", "system",
                                       "wordpressadmin", "no author", "the author", "role", "name", "subscribe", "default", "webteam"};
  rcp_str s = rcpi_html_squeeze(p->a, name);
  for (size_t i = 0; i < sizeof nobody / sizeof *nobody; i++)
    if (rcpi_is(s, nobody[i])) return true;
  return s.n < 2;
}

static void add_name(const page *p, names *out, rcp_str raw) {
  rcp_str name = clean_name(p, raw);
  if (!name.n || out->n == MOST_NAMES || is_nobody(p, name)) return;
  rcp_str words = rcpi_html_squeeze(p->a, name);
  for (size_t i = 0; i < out->n; i++)
    if (rcpi_html_has_words(rcpi_html_squeeze(p->a, out->p[i]), words) || rcpi_html_has_words(words, rcpi_html_squeeze(p->a, out->p[i]))) return;
  out->p[out->n++] = name;
}

static rcp_str join(const page *p, const names *n) {
  rcp_str s = n->p[0];
  for (size_t i = 1; i < n->n; i++) s = rcpi_printf(p->a, "%.*s; %.*s", RCPI_P(s), RCPI_P(n->p[i]));
  return s;
}

static void names_from_json(const page *p, uint32_t object, names *out) {
  uint32_t author = rcpi_pjson_get(&p->json, object, "author");
  if (!author) author = rcpi_pjson_get(&p->json, object, "creator");
  if (!author) return;
  if (p->json.v.p[author].kind != RCPI_P_ARRAY) add_name(p, out, name_of(p, author));
  else
    for (uint32_t i = author + 1; i < p->json.v.p[author].end; i = p->json.v.p[i].end) add_name(p, out, name_of(p, i));
}

static void names_from_meta(const page *p, const char *key, names *out) {
  for (size_t i = 0; i < p->t->metas.n; i++)
    if (rcpi_eq_nocase(rcpi_trim(p->t->metas.p[i].name), rcpi_cstr(key))) add_name(p, out, rcpi_html_text(p->a, p->t->metas.p[i].content, true));
}

bool rcpi_html_is_aside(const page *p, const rcpi_element *e) {
  uint64_t others = RCPI_MARKUP_BIT(COMMENT);
  if (p->title_block && e->block_beg > p->title_block && e->block_beg < p->title_block + AFTER_TITLE) return false;
  if (!p->is_lax) others |= RCPI_MARKUP_BIT(RELATED) | RCPI_MARKUP_BIT(TEASER) | RCPI_MARKUP_BIT(SIDEBAR);
  for (; e->parent; e = &p->t->elements.p[e->parent]) {
    bool holds_title = p->title_block && p->title_block >= e->block_beg && p->title_block < e->block_end;
    bool is_named = (e->words & others) || e->tag == RCPI_TAG_NAV || e->tag == RCPI_TAG_FOOTER;
    if (is_named && !holds_title && (e->text_end - e->text_beg) * 3 < p->t->text.n) return true;
  }
  return false;
}

static void names_from_marks(const page *p, names *out) {
  uint32_t past = 0;
  for (uint32_t i = 0, tries = 0; i < p->t->elements.n && out->n < 4 && tries < MOST_TRIES; i++) {
    const rcpi_element *e = &p->t->elements.p[i];
    if (!e->is_author || i < past || rcpi_html_is_aside(p, e)) continue;
    past = e->end;
    tries++;
    if (e->text_end > e->text_beg && e->text_end - e->text_beg < 200) add_name(p, out, text_of(p, e));
  }
}

/* Two to four words that begin with capitals. */
static bool looks_like_name(const page *p, rcp_str s) {
  rcpi_lines l;
  rcpi_lines_of(p->a, p->cleaner->words, s, &l);
  return l.n == 1 && l.p[0].n_words >= 2 && l.p[0].n_words <= 4 && l.p[0].n_capital == l.p[0].n_words;
}

/* Short elements whose class names the author: the first that reads like a name, else the first that may be one. */
static void names_from_classes(const page *p, names *out) {
  rcp_str first = {NULL, 0};
  for (uint32_t i = 0, tries = 0; i < p->t->elements.n && tries < MOST_TRIES; i++) {
    const rcpi_element *e = &p->t->elements.p[i];
    if (!(e->words & RCPI_MARKUP_BIT(AUTHOR)) || e->text_end <= e->text_beg || e->text_end - e->text_beg > 160) continue;
    if (rcpi_html_is_aside(p, e)) continue;
    tries++;
    rcp_str s = clean_name(p, text_of(p, e));
    if (!s.n || rcpi_html_n_words(s) > 6 || is_nobody(p, s)) continue;
    if (looks_like_name(p, s)) {
      add_name(p, out, s);
      return;
    }
    bool starts_small = (unsigned char)(s.p[0] - 'a') < 26;
    if (!first.n && !(starts_small && rcpi_html_n_words(s) > 1)) first = s;
  }
  if (first.n) add_name(p, out, first);
}

/* The block that byte `at` of the text stands in. */
static uint32_t block_at(const page *p, uint32_t at) {
  size_t lo = 0, hi = p->t->blocks.n;
  while (lo < hi) {
    size_t mid = (lo + hi) / 2;
    if (p->t->blocks.p[mid].end <= at) lo = mid + 1;
    else hi = mid;
  }
  return (uint32_t)lo;
}

/* A line that begins "By" and then nothing but a name. */
static void names_from_lines(const page *p, names *out) {
  for (size_t i = 0, tries = 0; i < p->lines->n && !out->n && tries < MOST_TRIES; i++) {
    const rcpi_line *l = &p->lines->p[i];
    if (!l->has_byline || l->at.end - l->at.beg > 90 || l->n_words > 9 || l->n_words <= l->byline_words) continue;
    uint32_t block = block_at(p, l->at.beg);
    if (block >= p->t->blocks.n || rcpi_html_is_aside(p, &p->t->elements.p[p->t->blocks.p[block].element])) continue;
    tries++;
    if (p->lines->words[l->word + l->byline_words].flags & RCPI_LW_CAPITAL) add_name(p, out, rcpi_line_str(p->lines, i));
  }
}

/* Linked data often names the house as author of all that it prints. */
static bool is_house(const page *p, const names *n) {
  for (size_t i = 0; i < n->n; i++)
    if (!is_site(p, n->p[i])) return false;
  return true;
}

static rcp_str find_byline(page *p) {
  static const char *const metas[] = {"author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "citation_author", "byl",
                                      "article:author", "article:author_name", "og:article:author", "cxenseparse:author"};
  names house = {.n = 0}, n = {.n = 0};
  p->is_lax = false;
  names_from_json(p, p->article, &n);
  if (n.n && is_house(p, &n)) house = n, n.n = 0;
  for (size_t i = 0; i < sizeof metas / sizeof *metas && !n.n; i++) {
    names_from_meta(p, metas[i], &n);
    if (n.n && is_house(p, &n)) house = n, n.n = 0;
  }
  if (!n.n) names_from_marks(p, &n);
  if (!n.n) names_from_classes(p, &n);
  if (!n.n) names_from_json(p, p->site_page, &n);
  if (!n.n) names_from_lines(p, &n);
  p->is_lax = true;
  if (!n.n) names_from_marks(p, &n);
  if (!n.n) names_from_classes(p, &n);
  if (!n.n) names_from_lines(p, &n);
  if (!n.n) n = house;
  return n.n ? join(p, &n) : (rcp_str){NULL, 0};
}

/* ------------------------------------------------------------------------------------------------------- all of them */

static rcp_str host_of(rcp_str url) {
  size_t at = rcpi_find(url, RCPI_S("://"));
  if (at == RCPI_NONE) return RCPI_S("");
  rcp_str rest = rcpi_sub(url, at + 3, url.n);
  size_t slash = rcpi_find_char(rest, '/');
  return rcpi_sub(rest, 0, slash == RCPI_NONE ? rest.n : slash);
}

static bool is_web(rcp_str url) {
  return rcpi_starts(url, RCPI_S("http://")) || rcpi_starts(url, RCPI_S("https://"));
}

void rcpi_html_head_read(rcpi_arena *a, const rcpi_cleaner *cleaner, const rcpi_html_tree *t, const rcpi_lines *lines, rcp_str url,
                         rcpi_html_head *out) {
  page *p = rcpi_new(a, page);
  *p = (page){.a = a, .cleaner = cleaner, .t = t, .lines = lines};
  *out = (rcpi_html_head){.url = url};
  for (size_t i = 0; i < t->linked_data.n; i++) rcpi_pjson_read(a, t->linked_data.p[i], &p->json);
  if (p->json.v.n) find_objects(p);
  rcp_str canonical = rcpi_html_text(a, t->canonical, true), og_url = rcpi_html_meta_of(p, "og:url");
  if (!out->url.n && is_web(canonical)) out->url = canonical;
  if (!out->url.n && is_web(og_url)) out->url = og_url;
  p->url = out->url;
  p->host = rcpi_fold(a, host_of(p->url));
  rcp_str language = rcpi_html_text(a, t->language, true);
  if (!language.n) language = FIRST_META(p, "content-language", "og:locale", "language", "dc.language");
  if (language.n >= 2 && language.n < 12 && rcpi_is_alpha((unsigned char)language.p[0])) out->language = language;
  p->month_first = rcpi_eq_nocase(language, RCPI_S("en-US")) || rcpi_eq_nocase(language, RCPI_S("en")) || rcpi_eq_nocase(language, RCPI_S("en_US"));
  out->publisher = FIRST_META(p, "og:site_name", "application-name");
  if (!out->publisher.n) out->publisher = name_of(p, rcpi_pjson_get(&p->json, p->article, "publisher"));
  p->site = rcpi_html_squeeze(a, out->publisher);
  out->title = find_title(p);
  out->byline = find_byline(p);
  out->published = rcpi_html_published(p, out->title, out);
}
