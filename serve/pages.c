/* Stories by day, search, an article as data. SPDX-License-Identifier: Apache-2.0 */
#include "pages.h"

#include <stdio.h>

extern const rcp_str rcpi_asset_stories_html, rcpi_asset_search_html;

enum { DAYS_A_PAGE = 7, STORIES_A_DAY = 12, MOST_OF_A_DAY = 500, FOUND_A_PAGE = 20, TELLERS = 6, MOST_TOLD = 400 };

static void put_page_links(serve_page *p, bool has_more) {
  unsigned page = p->request->page;
  char number[16];
  serve_put_number(p->pool, p->record, "page", page);
  snprintf(number, sizeof number, "%u", page - 1);
  serve_put_private(p->pool, p->record, "newer", page ? serve_str(number) : (rcp_str){NULL, 0});
  snprintf(number, sizeof number, "%u", page + 1);
  serve_put_private(p->pool, p->record, "older", has_more ? serve_str(number) : (rcp_str){NULL, 0});
}

/* ----------------------------------------------------------------------------------------------------- stories by day */

typedef struct day { char date[16]; uint64_t n_stories, n_articles; } day;
typedef struct days { serve_page *page; unsigned skip, n; bool has_more; day all[DAYS_A_PAGE]; } days;

static void see_day(void *with, rcp_str date, uint64_t n_stories, uint64_t n_articles) {
  days *d = with;
  if (d->skip) {
    d->skip--;
  } else if (d->n == DAYS_A_PAGE) {
    d->has_more = true;
  } else {
    day *x = &d->all[d->n++];
    snprintf(x->date, sizeof x->date, "%.*s", (int)(date.n < 15 ? date.n : 15), date.p);
    x->n_stories = n_stories;
    x->n_articles = n_articles;
  }
}

typedef struct put_story { serve_record *record; rcp_str id; } put_story;
typedef struct stories { serve_page *page; serve_record *day; unsigned n, most, n_put; const char *date; put_story *put; } stories;

static void see_story(void *with, const rcp_archive_story *story) {
  stories *s = with;
  serve_pool *pool = s->page->pool;
  if (s->n++ == s->most) return;
  serve_record *r = serve_append(pool, s->day, "stories");
  serve_put(pool, r, "id", story->id);
  if (story->n_publishers && story->n_articles <= MOST_TOLD) s->put[s->n_put++] = (put_story){r, serve_dup(pool, story->id)};
  serve_put(pool, r, "title", story->title.n ? story->title : story->id);
  serve_put(pool, r, "language", story->language);
  serve_put_number(pool, r, "articles", story->n_articles);
  serve_put_number(pool, r, "publishers", story->n_publishers);
  serve_put(pool, r, "first", story->first_day);
  serve_put(pool, r, "last", story->last_day);
  serve_put_private(pool, r, "since", serve_eq(story->first_day, s->date) ? (rcp_str){NULL, 0} : story->first_day);
  if (!story->has_dossier) return;
  serve_put_number(pool, r, "texts", story->n_texts);
  serve_put_number(pool, r, "channels", story->n_channels);
  serve_put_number(pool, r, "claims", story->n_claims);
  if (story->n_conflicts) serve_put_number(pool, r, "conflicts", story->n_conflicts);
}

/* Who tells a story, the latest first, each once: what a desk asks before it opens one. */
typedef struct tellers { serve_pool *pool; rcp_str names[TELLERS]; size_t n; bool has_more; } tellers;

static void see_teller(void *with, const rcp_archive_row *row) {
  tellers *t = with;
  bool is_known = !row->publisher.n;
  for (size_t i = 0; i < t->n && !is_known; i++)
    is_known = t->names[i].n == row->publisher.n && !memcmp(t->names[i].p, row->publisher.p, row->publisher.n);
  if (is_known) return;
  if (t->n == TELLERS) t->has_more = true;
  else t->names[t->n++] = serve_dup(t->pool, row->publisher);
}

static rcp_status put_tellers(serve_page *p, serve_record *story, const char *id) {
  tellers t = {.pool = p->pool};
  rcp_status status = rcp_archive_show(p->archive, id, see_teller, &t, NULL);
  size_t room = 8, n = 0;
  for (size_t i = 0; i < t.n; i++) room += t.names[i].n + 2;
  char *who = serve_alloc(p->pool, room, 1);
  for (size_t i = 0; i < t.n; i++) {
    if (i) memcpy(who + n, ", ", 2), n += 2;
    memcpy(who + n, t.names[i].p, t.names[i].n);
    n += t.names[i].n;
  }
  if (t.has_more) memcpy(who + n, ", …", 5), n += 5;
  serve_put_private(p->pool, story, "who", (rcp_str){who, n});
  return status;
}

static rcp_status put_day(serve_page *p, const day *x, unsigned most) {
  serve_record *r = serve_append(p->pool, p->record, "days");
  serve_put(p->pool, r, "date", serve_str(x->date));
  serve_put_number(p->pool, r, "n_stories", x->n_stories);
  serve_put_number(p->pool, r, "n_articles", x->n_articles);
  serve_put_list(r, "stories");
  stories s = {.page = p, .day = r, .most = most, .date = x->date, .put = serve_alloc(p->pool, most, sizeof(put_story))};
  rcp_archive_query query = {.day = x->date, .most = most + 1};
  rcp_status status = rcp_archive_stories(p->archive, &query, see_story, &s, NULL);
  for (unsigned i = 0; i < s.n_put && !status; i++) status = put_tellers(p, s.put[i].record, s.put[i].id.p);
  serve_put_private(p->pool, r, "more", s.n > most ? SERVE_S("1") : SERVE_S(""));
  return status;
}

static void see_wanted_day(void *with, rcp_str date, uint64_t n_stories, uint64_t n_articles) {
  days *d = with;
  if (!serve_eq(date, d->page->request->day)) return;
  d->n = 0;
  see_day(d, date, n_stories, n_articles);
}

unsigned serve_stories_page(serve_page *p, serve_answer *out) {
  days d = {.page = p};
  const char *wanted = p->request->day;
  rcp_status status;
  if (*wanted) {
    status = rcp_archive_days(p->archive, 0, see_wanted_day, &d, NULL);
  } else {
    d.skip = p->request->page * DAYS_A_PAGE;
    status = rcp_archive_days(p->archive, d.skip + DAYS_A_PAGE + 1, see_day, &d, NULL);
  }
  serve_page_begin(p, serve_page_words(p, "page_stories"));
  serve_put_private(p->pool, p->record, "day", serve_str(wanted));
  put_page_links(p, d.has_more);
  serve_put_list(p->record, "days");
  for (unsigned i = 0; i < d.n && !status; i++) status = put_day(p, &d.all[i], *wanted ? MOST_OF_A_DAY : STORIES_A_DAY);
  if (status) return 500;
  serve_page_end(p, rcpi_asset_stories_html, out);
  out->is_kept = true;
  return 0;
}

/* ------------------------------------------------------------------------------------------------------------- search */

typedef struct found { serve_page *page; unsigned n; } found;

static void see_found(void *with, const rcp_archive_row *row) {
  found *f = with;
  serve_pool *pool = f->page->pool;
  if (f->n++ == FOUND_A_PAGE) return;
  serve_record *r = serve_append(pool, f->page->record, "articles");
  serve_put(pool, r, "id", row->id);
  serve_put(pool, r, "story", row->story);
  serve_put(pool, r, "title", row->title.n ? row->title : row->id);
  serve_put(pool, r, "publisher", row->publisher);
  serve_put(pool, r, "published", row->published);
  serve_put(pool, r, "url", row->url);
  serve_put(pool, r, "language", row->language);
  serve_put(pool, r, "passage", row->passage);
  size_t at = row->found.n ? (size_t)(row->found.p - row->passage.p) : 0;
  serve_put_private(pool, r, "before", (rcp_str){row->passage.p, at});
  serve_put_private(pool, r, "found", row->found);
  serve_put_private(pool, r, "after", (rcp_str){row->passage.p + at + row->found.n, row->passage.n - at - row->found.n});
}

/* Nothing but white space, marks and operators finds nothing, and is no mistake. */
static bool has_words(const char *s) {
  for (; *s; s++)
    if ((unsigned char)*s >= 0x80 || (*s >= '0' && *s <= '9') || ((*s | 32) >= 'a' && (*s | 32) <= 'z')) return true;
  return false;
}

unsigned serve_search_page(serve_page *p, serve_answer *out) {
  const serve_request *r = p->request;
  found f = {.page = p};
  serve_page_begin(p, serve_page_words(p, "page_search"));
  serve_put(p->pool, p->record, "q", serve_str(r->words));
  serve_put(p->pool, p->record, "day", *r->day ? serve_str(r->day) : (rcp_str){NULL, 0});
  serve_put_list(p->record, "articles");
  rcp_archive_query query = {.day = *r->day ? r->day : NULL, .most = FOUND_A_PAGE + 1, .skip = r->page * FOUND_A_PAGE};
  rcp_status status = has_words(r->words) ? rcp_archive_find(p->archive, r->words, &query, see_found, &f, NULL) : RCP_OK;
  if (status) return status == RCP_EUSAGE || status == RCP_EINPUT ? 400 : 500;
  put_page_links(p, f.n > FOUND_A_PAGE);
  char shown[16];
  snprintf(shown, sizeof shown, "%u", f.n > FOUND_A_PAGE ? FOUND_A_PAGE : f.n);
  serve_put_private(p->pool, p->record, "n_shown", serve_str(shown));
  serve_page_end(p, rcpi_asset_search_html, out);
  out->is_kept = true;
  return 0;
}

/* ------------------------------------------------------------------------------------------------------------ article */

static void see_claim(void *with, const rcp_archive_claim *c) {
  serve_page *p = with;
  serve_record *r = serve_append(p->pool, p->record, "claims");
  serve_put(p->pool, r, "claim", c->claim);
  serve_put_number(p->pool, r, "start", c->beg_cp);
  serve_put_number(p->pool, r, "end", c->end_cp);
  serve_put(p->pool, r, "exact", c->exact);
  serve_put(p->pool, r, "mode", c->mode);
  serve_put(p->pool, r, "source", c->source);
  serve_put(p->pool, r, "cue", c->cue);
  const struct { const char *name; unsigned n; } counts[] = {
      {"articles", c->articles}, {"texts", c->texts}, {"channels", c->channels}, {"independent", c->independent}, {"conflicts", c->conflicts}};
  for (size_t i = 0; i < 5; i++) serve_put_number(p->pool, r, counts[i].name, counts[i].n);
}

static void put_furniture(serve_page *p, const rcp_article *article) {
  uint32_t beg, end;
  const char *kind;
  serve_put_list(p->record, "furniture");
  for (size_t i = 0; rcp_article_furniture(article, i, &beg, &end, &kind); i++) {
    serve_record *r = serve_append(p->pool, p->record, "furniture");
    serve_put_number(p->pool, r, "start", beg);
    serve_put_number(p->pool, r, "end", end);
    serve_put(p->pool, r, "kind", serve_str(kind));
  }
}

unsigned serve_article_json(serve_page *p, const char *story, serve_answer *out) {
  static const struct { const char *name; rcp_field field; } fields[] = {
      {"url", RCP_FIELD_URL}, {"title", RCP_FIELD_TITLE}, {"byline", RCP_FIELD_BYLINE}, {"publisher", RCP_FIELD_PUBLISHER},
      {"published", RCP_FIELD_PUBLISHED}, {"language", RCP_FIELD_LANGUAGE}, {"text", RCP_FIELD_TEXT}};
  rcp_status status = rcp_archive_article(p->archive, p->request->id, p->article, NULL);
  const rcp_article *article = *p->article;
  if (status) return status == RCP_EUSAGE ? 404 : 500;
  serve_page_begin(p, (rcp_str){NULL, 0});
  serve_put(p->pool, p->record, "id", serve_str(p->request->id));
  serve_put(p->pool, p->record, "story", serve_str(story));
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) serve_put(p->pool, p->record, fields[i].name, rcp_article_get(article, fields[i].field));
  put_furniture(p, article);
  serve_put_list(p->record, "claims");
  status = rcp_archive_claims(p->archive, story, p->request->id, see_claim, p, NULL);
  if (status) return 500;
  serve_page_end(p, (rcp_str){NULL, 0}, out);
  out->is_kept = true;
  return 0;
}
