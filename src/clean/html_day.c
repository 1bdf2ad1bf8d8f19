/*
 * When was this page published? A page says so in up to ten places, and each lies in its own way: article:published_time is
 * right in 91 to 96 of a hundred but is the day of import on some sites, a stamp in Greenwich's time is a day off, linked data
 * may be that of the site, a time element may be a teaser's, and the line below the title may show the day of today.
 *
 * So no place wins by its rank: every day that is named anywhere is a candidate, each place where it was seen is a mark for or
 * against it, and the best sum is taken. The weights are those of a logistic choice among a page's days, fitted on whole sites
 * (bench/extraction/fit_day.py): .88 of both sets are right on sites left out of the fit, where a cascade of places gave .87.
 *
 * A day that stands beside "updated" is no candidate, and dateModified is never read: the day of the last repair is not the
 * day of publication. Only where a page shows no other day at all, that of an update is given (last_resort).
 *
 * Cost: a tenth of a millisecond an ordinary page.
 * Known weakness: pages whose head has no day and whose text begins with somebody else's ("In May 2019 ...").
 * SPDX-License-Identifier: Apache-2.0
 */
#include "clean/html_day.h"

#include "base/unicode.h"
#include "clean/html_date.h"

typedef rcpi_html_page page;

enum { MOST_DAYS = 96, MOST_SHOWN = 192, MOST_TIMES = 60, LONG = 140, DATELINE = 48, MOST_OTHERS = 12, LIST = 3, NEAR_BELOW = 6, WIDE = 15, ABOVE = 3 };

#define WEIGHT(name, weight) weight,
static const int16_t weights[] = {RCPI_DAY_MARKS(WEIGHT)};
#undef WEIGHT

#define NAME(name, weight) #name,
static const char *const names[] = {RCPI_DAY_MARKS(NAME)};
#undef NAME

const char *rcpi_html_day_mark(size_t mark) {
  return mark < RCPI_N_DAY_MARKS ? names[mark] : NULL;
}

#define SEEN(name) (1u << RCPI_DAY_##name)

typedef struct days { rcpi_html_day *p; size_t n; } days;

static void add_day(days *all, rcpi_date date, uint32_t seen, rcp_str stamp) {
  if (!rcpi_date_is_day(date)) return;
  size_t i = 0;
  while (i < all->n && rcpi_date_count(all->p[i].date) != rcpi_date_count(date)) i++;
  if (i == MOST_DAYS) return;
  if (i == all->n) all->p[all->n++] = (rcpi_html_day){.date = date};
  all->p[i].seen |= seen;
  if (!all->p[i].stamp.n && stamp.n > 10) all->p[i].stamp = stamp;
}

/* "2024-05-03T10:00+02:00", or nothing but the day when it is written in another way; "T" may be a space. */
static rcp_str iso_stamp(const page *p, rcp_str s, rcpi_date day) {
  rcp_str iso = rcpi_date_iso(p->a, day), none = {NULL, 0};
  if (s.n <= 10 || s.n > 35 || !rcpi_starts(s, iso) || (s.p[10] != 'T' && s.p[10] != ' ')) return none;
  for (size_t i = 11; i < s.n; i++)
    if (!rcpi_is_digit((unsigned char)s.p[i]) && !strchr(":.+-Z", s.p[i])) return none;
  s = rcpi_dup(s, p->a);
  ((char *)(uintptr_t)s.p)[10] = 'T';
  return s;
}

static void add_stamp(const page *p, days *all, rcp_str s, uint32_t seen) {
  if (!s.n) return;
  rcpi_date day = rcpi_html_date(p->a, p->cleaner->words, s, p->month_first);
  if (rcpi_date_is_day(day)) add_day(all, day, seen, iso_stamp(p, s, day));
}

/* ---------------------------------------------------------------------------------------------------------- the head */

static bool has_any(rcp_str s, const char *const *parts, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (rcpi_find(s, rcpi_cstr(parts[i])) != RCPI_NONE) return true;
  return false;
}

/* The first meta element whose name speaks of publishing or of a date, but not of a change or an end. */
static void day_of_metas(const page *p, days *all) {
  static const char *const good[] = {"date", "publish", "created", "issued", "posted"};
  static const char *const bad[] = {"modif", "updat", "expir", "valid", "end", "birth", "crawl", "revis", "review", "timezone", "upload"};
  for (size_t i = 0; i < p->t->metas.n; i++) {
    rcp_str name = rcpi_fold(p->a, p->t->metas.p[i].name);
    if (!has_any(name, good, sizeof good / sizeof *good) || has_any(name, bad, sizeof bad / sizeof *bad)) continue;
    rcp_str s = rcpi_html_text(p->a, p->t->metas.p[i].content, true);
    rcpi_date day = rcpi_html_date(p->a, p->cleaner->words, s, p->month_first);
    if (!rcpi_date_is_day(day)) continue;
    add_stamp(p, all, s, SEEN(META_ANY));
    return;
  }
}

/* The keys that can only mean publication, the likest first, and where in each "ubl" or "stD" stands. */
static const struct { const char *key; uint8_t n, mark; } script_keys[] = {
    {"datePublished", 13, 5}, {"publishedAt", 11, 1}, {"published_at", 12, 1}, {"publishDate", 11, 1}, {"publish_date", 12, 1},
    {"publicationDate", 15, 1}, {"publishedDate", 13, 1}, {"first-publication", 17, 7}, {"firstPublished", 14, 6},
    {"datePublication", 15, 5}, {"postDate", 8, 2}, {"published_time", 14, 1}};
enum { N_SCRIPT_KEYS = sizeof script_keys / sizeof *script_keys, STRIDE = 128 };

/* Is there a "ubl" or "stD" in these bytes? Without a branch, so that it runs over vectors of them. */
static bool may_hold_key(const char *p) {
  unsigned char any = 0;
  for (size_t i = 0; i < STRIDE; i++)
    any |= (unsigned char)(((p[i] == 'u') & (p[i + 1] == 'b') & (p[i + 2] == 'l')) | ((p[i] == 's') & (p[i + 1] == 't') & (p[i + 2] == 'D')));
  return any;
}

/* Where each key is first found, RCPI_NONE where it isn't: in one pass, as a page is a thousand times longer than what they share. */
static void find_script_keys(rcp_str all, size_t *first) {
  for (size_t k = 0; k < N_SCRIPT_KEYS; k++) first[k] = RCPI_NONE;
  for (size_t from = 0; from < all.n; from += STRIDE) {
    size_t end = from + STRIDE < all.n ? from + STRIDE : all.n;
    if (from + STRIDE + 2 <= all.n && !may_hold_key(all.p + from)) continue;
    for (size_t i = from; i + 3 <= all.n && i < end; i++) {
      const char *p = all.p + i;
      if (memcmp(p, "ubl", 3) && memcmp(p, "stD", 3)) continue;
      for (size_t k = 0; k < N_SCRIPT_KEYS; k++) {
        size_t mark = script_keys[k].mark, n = script_keys[k].n;
        bool fits = first[k] == RCPI_NONE && mark <= i && i - mark + n <= all.n;
        if (fits && !memcmp(p - mark, script_keys[k].key, n)) first[k] = i - mark;
      }
    }
  }
}

/* Pages that scripts fill carry their article as data. */
static void day_of_scripts(const page *p, days *all) {
  size_t first[N_SCRIPT_KEYS];
  find_script_keys(p->t->page, first);
  for (size_t k = 0; k < N_SCRIPT_KEYS; k++) {
    if (first[k] == RCPI_NONE) continue;
    size_t from = first[k] + script_keys[k].n, end = from + 40 < p->t->page.n ? from + 40 : p->t->page.n;
    rcpi_date day = rcpi_html_date(p->a, p->cleaner->words, rcpi_sub(p->t->page, from, end), p->month_first);
    if (!rcpi_date_is_day(day)) continue;
    add_day(all, day, SEEN(SCRIPT), (rcp_str){NULL, 0});
    return;
  }
}

static rcp_str json_text(const page *p, uint32_t object, const char *key) {
  return rcpi_pjson_text(p->a, &p->json, rcpi_pjson_get(&p->json, object, key));
}

/* Written out in words it comes from a template that fills in the day of the last change: no mark, but a candidate. */
static void day_of_json(const page *p, days *all, uint32_t object, uint32_t seen) {
  rcp_str s = json_text(p, object, "datePublished");
  add_stamp(p, all, s, s.n && rcpi_is_digit((unsigned char)*s.p) ? seen : 0);
}

static void days_of_head(const page *p, days *all, rcp_str title) {
  static const char *const metas[] = {
      "article:published_time", "og:article:published_time", "article:published", "og:published_time", "citation_publication_date",
      "parsely-pub-date", "sailthru.date", "pubdate", "publish-date", "publishdate", "publication_date", "published_at", "published-date",
      "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "date.created", "originalpublicationdate",
      "date", "dc.date", "dcterms.date", "article.published", "article:post_date", "displaydate", "datepublished"};
  for (size_t i = 0; i < sizeof metas / sizeof *metas; i++) add_stamp(p, all, rcpi_html_meta_of(p, metas[i]), i < 2 ? SEEN(META_FIRST) : SEEN(META_NAMED));
  day_of_metas(p, all);
  day_of_json(p, all, p->article, SEEN(JSON_ARTICLE));
  day_of_json(p, all, p->site_page, SEEN(JSON_PAGE));
  rcp_str created = json_text(p, p->article, "dateCreated");
  add_stamp(p, all, created.n ? created : json_text(p, p->site_page, "dateCreated"), 0);
  add_day(all, rcpi_html_url_date(p->url), SEEN(URL), (rcp_str){NULL, 0});
  add_day(all, rcpi_html_date(p->a, p->cleaner->words, title, p->month_first), 0, (rcp_str){NULL, 0});
  day_of_scripts(p, all);
}

/* ---------------------------------------------------------------------------------------------------------- the text */

/* The first line that begins at or behind byte `at`. */
static const rcpi_line *line_at(const page *p, uint32_t at) {
  size_t lo = 0, hi = p->lines->n;
  while (lo < hi) {
    size_t mid = (lo + hi) / 2;
    if (p->lines->p[mid].at.beg < at) lo = mid + 1;
    else hi = mid;
  }
  return lo < p->lines->n ? &p->lines->p[lo] : NULL;
}

/* What the words of a block say of its day: published, updated, and how many say anything else. */
typedef struct wording { bool is_published, is_update; unsigned others; } wording;

static wording wording_of(const page *p, const rcpi_block *b) {
  enum { DATING = RCPI_LW_NUMBER | RCPI_LW_MONTH | RCPI_LW_PUBLISHED | RCPI_LW_UPDATED | RCPI_LW_FUNCTION };
  wording w = {0};
  bool is_first = false, updated = false;
  for (const rcpi_line *l = line_at(p, b->beg), *past = p->lines->p + p->lines->n; l && l < past && l->at.beg < b->end; l++)
    for (uint32_t i = l->word; i < l->end_word; i++) {
      unsigned flags = p->lines->words[i].flags;
      w.is_published |= (flags & RCPI_LW_PUBLISHED) != 0;
      if ((flags & RCPI_LW_PUBLISHED) && !updated) is_first = true;
      updated |= (flags & RCPI_LW_UPDATED) != 0;
      w.others += !(flags & DATING);
    }
  w.is_update = updated && !is_first;   /* "Published 1 May, updated 3 May" does state publication */
  return w;
}

/* The block that an element stands in, or the one before when it stands alone: "Last updated:" may be another element. */
static bool is_update(const page *p, uint32_t block) {
  if (block >= p->t->blocks.n) return false;
  if (wording_of(p, &p->t->blocks.p[block]).is_update) return true;
  if (!block) return false;
  const rcpi_block *b = &p->t->blocks.p[block - 1];
  return b->end - b->beg < 30 && wording_of(p, b).is_update;
}

static bool is_in_heading(const page *p, const rcpi_block *b, rcpi_tag least, rcpi_tag most) {
  const rcpi_element *e = &p->t->elements.p[b->element];
  for (int up = 0; up < 3; up++, e = &p->t->elements.p[e->parent])
    if (e->tag >= least && e->tag <= most) return true;
  return false;
}

/*
 * The block that says the title, 0 when none does: menus and "you are here" say it too, so that a heading goes before a line, and
 * the whole title before the half of it that stands where a subtitle follows.
 */
static uint32_t title_block(const page *p, rcp_str title) {
  rcp_str words = rcpi_html_squeeze(p->a, title);
  uint32_t best = 0;
  int most = 0;
  for (size_t i = 0; words.n && i < p->t->blocks.n; i++) {
    const rcpi_block *b = &p->t->blocks.p[i];
    rcp_str text = rcpi_block_text(p->t, i);
    if (text.n * 2 + 12 < title.n || text.n > title.n * 2 + 12) continue;
    int heading = is_in_heading(p, b, RCPI_TAG_H1, RCPI_TAG_H1) ? 4 : is_in_heading(p, b, RCPI_TAG_H2, RCPI_TAG_H3) ? 1 : 0;
    if (heading + 2 <= most) continue;
    rcp_str said = rcpi_html_squeeze(p->a, text);
    bool are_long = rcpi_html_n_words(said) > 2 && rcpi_html_n_words(words) > 2, is_same = rcpi_eq(said, words);
    bool is_part = is_same || (are_long && (rcpi_html_has_words(said, words) || rcpi_html_has_words(words, said)));
    int worth = is_part ? (is_same ? 2 : 1) + heading : 0;
    if (worth > most) most = worth, best = (uint32_t)i;
  }
  return best;
}

/* A line with a day in it. */
typedef struct shown {
  rcpi_date day;
  uint32_t block, look, seen;
  uint8_t others;
  bool is_candidate, is_update, is_aside;
  size_t cost;              /* how little it looks like the article's own date line */
} shown;

static uint32_t place_of(const page *p, uint32_t i) {
  if (!p->title_block) return SEEN(NO_TITLE);
  uint32_t t = p->title_block;
  if (i > t) return i - t <= 2 ? SEEN(RIGHT_BELOW) : i - t <= NEAR_BELOW ? SEEN(BELOW) : i - t <= WIDE ? SEEN(FAR_BELOW) : SEEN(DOWN);
  return i == t ? 0 : t - i <= ABOVE ? SEEN(RIGHT_ABOVE) : SEEN(UP);
}

static bool shown_at(const page *p, uint32_t i, shown *out) {
  const rcpi_block *b = &p->t->blocks.p[i];
  const rcpi_element *e = &p->t->elements.p[b->element], *up = &p->t->elements.p[e->parent];
  bool is_long = b->end - b->beg > LONG, has_digit = false;
  rcp_str text = rcpi_block_text(p->t, i);
  if (text.n < 6) return false;
  if (is_long) text = rcpi_sub(text, 0, DATELINE);   /* "29.11.2022 – Der Verband ..." */
  for (size_t k = 0; k < text.n && !has_digit; k++) has_digit = rcpi_is_digit((unsigned char)text.p[k]);
  if (!has_digit) return false;
  rcpi_date day = rcpi_html_date(p->a, p->cleaner->words, text, p->month_first);
  if (!rcpi_date_is_day(day)) return false;
  wording words = wording_of(p, b);
  unsigned others = words.others < MOST_OTHERS ? words.others : MOST_OTHERS, t = p->title_block;
  bool is_marked = ((e->words | up->words) & RCPI_MARKUP_BIT(DATE)) != 0;
  uint32_t seen = place_of(p, i) | (is_marked ? SEEN(MARKED) : 0) | (words.is_published ? SEEN(SAYS_PUBLISHED) : 0) | (is_long ? SEEN(PARAGRAPH) : 0);
  size_t away = !t ? i : i >= t ? (i - t) * 2 : (t - i) * 6;
  size_t cost = away + (is_marked ? 0 : 15) + (is_long ? MOST_OTHERS : others) * 3 + (words.is_published ? 0 : 10);
  *out = (shown){day, i, e->look ^ up->look * 31, seen, (uint8_t)others, false, is_update(p, i), rcpi_html_is_aside(p, e), cost};
  out->is_candidate = !out->is_update && !out->is_aside;
  return true;
}

/* Lines of one look that show three days and more are a list of teasers. */
static void mark_lists(shown *all, size_t n) {
  for (size_t i = 0; i < n; i++) {
    rcpi_date met[LIST];
    size_t n_met = 0;
    for (size_t k = 0; k < n && n_met < LIST; k++) {
      bool is_new = all[k].look == all[i].look;
      for (size_t m = 0; m < n_met && is_new; m++) is_new = rcpi_date_count(met[m]) != rcpi_date_count(all[k].day);
      if (is_new) met[n_met++] = all[k].day;
    }
    if (n_met == LIST) all[i].seen |= SEEN(LISTED), all[i].cost += 30;
  }
}

/* Each day has the marks of the line that shows it best. */
static void add_shown(days *all, const shown *s, size_t n) {
  size_t likest = RCPI_NONE;
  for (size_t i = 0; i < n; i++)
    if (s[i].is_candidate && (likest == RCPI_NONE || s[i].cost < s[likest].cost)) likest = i;
  for (size_t i = 0; i < n; i++) {
    bool is_best = s[i].is_candidate, is_again = false;
    for (size_t k = 0; k < n && is_best; k++) {
      if (k == i || !s[k].is_candidate || rcpi_date_count(s[k].day) != rcpi_date_count(s[i].day)) continue;
      is_again = true;
      is_best = s[i].cost < s[k].cost || (s[i].cost == s[k].cost && i < k);
    }
    if (!is_best) continue;
    add_day(all, s[i].day, s[i].seen | (is_again ? SEEN(TWICE) : 0) | (i == likest ? SEEN(LIKEST) : 0), (rcp_str){NULL, 0});
    for (size_t k = 0; k < all->n; k++)
      if (rcpi_date_count(all->p[k].date) == rcpi_date_count(s[i].day)) all->p[k].others = s[i].others;
  }
}

static void days_of_times(const page *p, days *all) {
  uint32_t first = SEEN(FIRST_TIME);
  for (size_t i = 0; i < p->t->times.n && i < MOST_TIMES; i++) {
    const rcpi_element *e = &p->t->elements.p[p->t->times.p[i].element];
    if (rcpi_html_is_aside(p, e) || is_update(p, e->block_beg)) continue;
    rcp_str s = rcpi_html_text(p->a, p->t->times.p[i].value, true);
    rcpi_date day = rcpi_html_date(p->a, p->cleaner->words, s, p->month_first);
    if (!rcpi_date_is_day(day)) continue;
    add_stamp(p, all, s, first);
    first = 0;
  }
}

/* ------------------------------------------------------------------------------------------------------- the choice */

static bool is_swap(rcpi_date a, rcpi_date b) {
  return a.year == b.year && a.month == b.day && a.day == b.month && a.day != a.month;
}

/* What the days of the head make of the others. */
static void compare_with_head(days *all) {
  enum { LINE = SEEN(RIGHT_BELOW) | SEEN(BELOW) | SEEN(FAR_BELOW) | SEEN(DOWN) | SEEN(RIGHT_ABOVE) | SEEN(UP) | SEEN(NO_TITLE) | SEEN(LIKEST),
         HEAD = SEEN(META_FIRST) | SEEN(META_NAMED) | SEEN(JSON_ARTICLE) | SEEN(JSON_PAGE) };
  for (size_t i = 0; i < all->n; i++) {
    rcpi_html_day *d = &all->p[i];
    if (d->seen & LINE && d->seen & HEAD) d->seen |= SEEN(BOTH);
    for (size_t k = 0; k < all->n; k++) {
      if (k == i || !(all->p[k].seen & HEAD)) continue;
      int32_t apart = rcpi_date_count(d->date) - rcpi_date_count(all->p[k].date);
      d->seen |= apart == 1 || apart == -1 ? SEEN(NEXT_TO_HEAD) : apart > 0 ? SEEN(LATER) : SEEN(EARLIER);
      if (!(d->seen & HEAD) && is_swap(d->date, all->p[k].date)) d->seen |= SEEN(SWAPPED);
    }
  }
}

static int worth_of(const rcpi_html_day *d) {
  int sum = d->others * RCPI_DAY_WORD;
  for (size_t i = 0; i < RCPI_N_DAY_MARKS; i++) sum += d->seen >> i & 1 ? weights[i] : 0;
  return sum;
}

/* No place names a day: the times and lines that stand aside, then the days of updates. */
static rcp_str last_resort(page *p, const shown *s, size_t n) {
  for (int pass = 0; pass < 2; pass++) {
    p->is_lax = true;
    for (size_t i = 0; i < p->t->times.n && i < MOST_TIMES; i++) {
      const rcpi_element *e = &p->t->elements.p[p->t->times.p[i].element];
      rcp_str text = rcpi_html_text(p->a, p->t->times.p[i].value, true);
      rcpi_date day = rcpi_html_date(p->a, p->cleaner->words, text, p->month_first);
      if (rcpi_date_is_day(day) && !rcpi_html_is_aside(p, e) && (pass || !is_update(p, e->block_beg))) return rcpi_date_iso(p->a, day);
    }
    size_t best = RCPI_NONE;
    for (size_t i = 0; i < n; i++) {
      if (rcpi_html_is_aside(p, &p->t->elements.p[p->t->blocks.p[s[i].block].element]) || (s[i].is_update && !pass)) continue;
      if (best == RCPI_NONE || s[i].cost < s[best].cost) best = i;
    }
    if (best != RCPI_NONE) return rcpi_date_iso(p->a, s[best].day);
  }
  return (rcp_str){NULL, 0};
}

rcp_str rcpi_html_published(page *p, rcp_str title, rcpi_html_head *head) {
  days all = {rcpi_array(p->a, rcpi_html_day, MOST_DAYS), 0};
  shown *lines = rcpi_array(p->a, shown, MOST_SHOWN);
  size_t n = 0, best = 0;
  p->is_lax = false;
  p->title_block = title_block(p, title);
  days_of_head(p, &all, title);
  days_of_times(p, &all);
  for (size_t i = 0; i < p->t->blocks.n && n < MOST_SHOWN; i++) n += shown_at(p, (uint32_t)i, &lines[n]);
  mark_lists(lines, n);
  add_shown(&all, lines, n);
  compare_with_head(&all);
  head->days = all.p;
  head->n_days = all.n;
  if (!all.n) return last_resort(p, lines, n);
  for (size_t i = 1; i < all.n; i++)
    if (worth_of(&all.p[i]) > worth_of(&all.p[best])) best = i;
  return all.p[best].stamp.n ? all.p[best].stamp : rcpi_date_iso(p->a, all.p[best].date);
}
