/*
 * The problem: feeds are asked for months by a program that nobody watches. They move, break, lie about dates, never end,
 * name pages that are gone, and their servers ask to be left alone.
 *
 * The idea: a table of feeds says when each was asked, what its server called that state (ETag, Last-Modified), and when it
 * is due again; failures double the wait. One round asks those that are due. All of the network is fetch.c's business:
 * robots.txt, addresses, redirects, caps. An article is added in a transaction of its own, so that a round that is cut off
 * has kept what it said it has; a page is not asked for twice.
 *
 * Known weakness: a correction that a feed does not tell by a later date is not seen.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <time.h>

#include "base/error.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "clean/clean.h"
#include "input/content.h"
#include "input/feed.h"
#include "input/fetch.h"
#include "input/url.h"
#include "store/archive_int.h"

enum {
  INTERVAL = 900, PAUSE = 1, MOST = 200, LONGEST_WAIT = 86400, MOST_FAILURES = 16,
  MOST_BYTES = 16 << 20,       /* of a feed or page */
  SECONDS_A_DAY = 86400,
  SUMMARY = 1200,              /* bytes of own words: an item with fewer may be a summary */
};

typedef struct round {
  rcpi_archive *s;
  rcpi_fetcher *fetcher;
  rcp_watch_options o;
  rcp_archive_see_watch see;
  void *with;
  rcp_str feed;
  rcpi_arena memory;           /* of one feed */
} round;

static void tell(round *r, const char *status, rcp_str url, rcp_str note) {
  rcp_watch_line line = {.feed = r->feed, .url = url, .status = status, .note = note};
  r->see(r->with, &line);
}

static const rcp_str nothing = {NULL, 0};

/* ---------------------------------------------------------------------------------------------------------- articles */

/* The language tables and furniture of an article as found; false, and said, when it can't be used. */
static bool clean(round *r, rcp_article *a, rcp_str url) {
  const char *why = "";
  volatile bool ok = false;
  RCPI_GUARD(&a->arena) ok = rcpi_clean(r->s->engine->cleaner, a, &why);
  else why = "out of memory";
  a->arena.guard = NULL;
  if (!ok) tell(r, "failed", url, rcpi_cstr(why));
  return ok;
}

static rcp_article *from_item(round *r, const rcpi_feed *feed, const rcpi_entry *entry) {
  rcp_article *volatile a = rcpi_article_alloc();
  volatile bool ok = false;
  if (!a) return NULL;
  RCPI_GUARD(&a->arena) {
    ok = rcpi_feed_article(feed, entry, a);
    a->source = rcpi_dup(entry->url.p ? entry->url : r->feed, &a->arena);
  }
  a->arena.guard = NULL;
  if (ok && clean(r, a, entry->url)) return a;
  rcpi_article_drop(a);
  return NULL;
}

static void fill_page(rcp_article *a, const rcpi_fetched *page, const rcpi_entry *entry) {
  a->url = rcpi_dup(page->url, &a->arena);
  a->source = a->id = rcpi_dup(entry->url, &a->arena);   /* by which it is known, wherever it led */
  if (entry->source.p) a->origin = rcpi_dup(entry->source, &a->arena);
}

static rcp_article *from_page(round *r, const rcpi_entry *entry) {
  rcpi_fetched page;
  rcp_error error = {.code = RCP_OK};
  struct timespec pause = {.tv_sec = r->o.pause};
  nanosleep(&pause, NULL);
  if (rcpi_fetch(r->fetcher, &r->memory, entry->url, NULL, &page, &error)) return tell(r, "failed", entry->url, rcpi_cstr(error.text)), NULL;
  rcp_article *volatile a = rcpi_article_alloc();
  volatile bool ok = false;
  if (!a) return NULL;
  RCPI_GUARD(&a->arena) {
    fill_page(a, &page, entry);
    a->most = r->s->engine->options.max_article;
    ok = rcpi_content_read(page.body, RCP_INPUT_AUTO, page.charset, a, &error) == RCP_OK;
    if (ok && !a->published.p && entry->published.p) a->published = rcpi_dup(entry->published, &a->arena);
  }
  a->arena.guard = NULL;
  if (!ok) tell(r, "failed", entry->url, rcpi_cstr(error.text));
  else if (clean(r, a, entry->url)) return a;
  rcpi_article_drop(a);
  return NULL;
}

/* When what stands under this URL was added, seconds since 1970; RCPI_NULL: it is not there. */
static int64_t added_at(round *r, rcp_str url) {
  static const char sql[] = "SELECT max(at) FROM (SELECT max(added) AS at FROM article WHERE place=?1 UNION ALL SELECT max(added)"
                            " FROM article WHERE key=?1 AND key<>place)";
  return url.p ? rcpi_db_number(r->s->db, sql, "t", url) : RCPI_NULL;
}

/* Is this date of a feed after that moment? */
static bool is_later(rcp_str iso, int64_t seconds) {
  time_t when = (time_t)seconds;
  struct tm parts;
  char text[32] = "";
  if (gmtime_r(&when, &parts)) strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
  return iso.n >= 10 && rcpi_cmp(iso.n > 19 ? rcpi_sub(iso, 0, 19) : iso, rcpi_cstr(text)) > 0;
}

/* Does the feed tell of a change since? RSS knows one date only, which is moved on; a date in days to come tells nothing. */
static bool has_changed(const rcpi_entry *entry, int64_t since) {
  rcp_str date = entry->updated.p ? entry->updated : entry->published;
  return is_later(date, since) && !is_later(date, rcpi_now() + SECONDS_A_DAY);
}

/* The article behind an item: what the item holds, or its page when that is more and may be had. */
static rcp_article *article_of(round *r, const rcpi_feed *feed, const rcpi_entry *entry) {
  rcp_article *item = entry->text.p || entry->html.p || entry->title.p ? from_item(r, feed, entry) : NULL;
  bool is_whole = item && rcpi_clean_own_text(&r->memory, item).n >= SUMMARY;
  if (is_whole || r->o.no_pages || !rcpi_url_is(entry->url)) return item;
  rcp_article *page = from_page(r, entry);
  bool is_more = page && (!item || rcpi_clean_own_text(&r->memory, page).n > rcpi_clean_own_text(&r->memory, item).n);
  rcpi_article_drop(is_more ? item : page);
  return is_more ? page : item;
}

static rcp_status add_one(round *r, const rcp_article *a, rcp_str url, rcp_error *error) {
  rcpi_archive *s = r->s;
  rcp_archive_line line;
  rcp_status status = rcpi_archive_begin(s, error);
  if (!status) status = rcpi_archive_add(s, a, &line, error);
  if (status) return status;
  bool is_doubted = rcpi_db_number(s->db, "SELECT 1 FROM article WHERE id=?1 AND doubt IS NOT NULL", "i", s->last) == 1 && strcmp(line.status, "known");
  status = rcpi_archive_commit(s, error);
  if (status) return status;
  rcp_watch_line told = {.feed = r->feed, .url = url, .added = line, .status = "article"};
  r->see(r->with, &told);
  if (is_doubted) tell(r, "doubt", url, RCPI_S("its date lies in days to come and was not believed"));
  return RCP_OK;
}

/* RCP_OK unless the archive itself fails. */
static rcp_status read_entry(round *r, const rcpi_feed *feed, const rcpi_entry *entry, rcp_error *error) {
  int64_t had = added_at(r, entry->url);
  if (had != RCPI_NULL && !has_changed(entry, had)) return RCP_OK;
  rcp_article *a = article_of(r, feed, entry);
  if (!a) return RCP_OK;
  rcp_status status = add_one(r, a, entry->url, error);
  rcpi_article_drop(a);
  return status;
}

/* ------------------------------------------------------------------------------------------------------------- feeds */

static void put_off(round *r, unsigned failures, unsigned wait, rcp_str note) {
  int64_t seconds = r->o.interval;
  for (unsigned i = 0; i < failures && seconds < LONGEST_WAIT; i++) seconds *= 2;
  if (seconds > LONGEST_WAIT) seconds = LONGEST_WAIT;
  if (wait > seconds) seconds = wait < LONGEST_WAIT ? wait : LONGEST_WAIT;
  rcpi_db_do(r->s->db, "INSERT INTO feed(url, asked, due, failures, note) VALUES(?1,?2,?3,?4,?5) ON CONFLICT(url) DO UPDATE SET asked=?2, due=?3,"
             " failures=?4, note=?5", "tiiit", r->feed, rcpi_now(), rcpi_now() + seconds, (int64_t)failures, note);
}

static void keep_state(round *r, const rcpi_fetched *page) {
  rcpi_db_do(r->s->db, "UPDATE feed SET etag=?2, modified=?3 WHERE url=?1", "ttt", r->feed, page->etag, page->last_modified);
}

static rcp_status read_feed(round *r, const rcpi_fetched *page, rcp_error *error) {
  rcpi_feed feed;
  size_t n_bad;
  rcp_str text = page->body;
  if (page->charset && !rcpi_utf8_valid(text) && !rcpi_to_utf8(&r->memory, page->body, page->charset, &text, &n_bad)) text = page->body;
  text = rcpi_utf8_repair(&r->memory, text, &n_bad);
  bool is_feed = rcpi_feed_read(&r->memory, text, page->url, &feed);
  put_off(r, is_feed ? 0 : 1, page->wait, feed.trouble);
  if (!is_feed) return tell(r, "failed", nothing, feed.trouble.p ? feed.trouble : RCPI_S("no feed")), rcpi_db_status(r->s->db, error);
  if (feed.trouble.p) tell(r, "doubt", nothing, feed.trouble);
  if (page->why) tell(r, "doubt", nothing, rcpi_cstr(page->why));
  size_t n = feed.entries.n < r->o.most ? feed.entries.n : r->o.most;
  if (n < feed.entries.n) tell(r, "doubt", nothing, rcpi_printf(&r->memory, "%zu items: only the first %zu are looked at", feed.entries.n, n));
  rcp_status status = rcpi_db_status(r->s->db, error);
  for (size_t i = 0; i < n && !status; i++) status = read_entry(r, &feed, &feed.entries.p[i], error);
  if (status) return status;
  keep_state(r, page);         /* not before: what was cut off is asked for again, whole */
  tell(r, "read", nothing, nothing);
  return rcpi_db_status(r->s->db, error);
}

static rcp_status ask(round *r, rcp_error *error) {
  rcpi_fetch_since since = {nothing, nothing};
  rcpi_fetched page = {.status = 0};
  rcp_error found = {.code = RCP_OK};
  unsigned failures = 0;
  rcpi_stmt *q = rcpi_db_ask(r->s->db, "SELECT etag, modified, failures, due FROM feed WHERE url=?1", "t", r->feed);
  bool is_due = true;
  if (rcpi_db_next(r->s->db, q)) {
    since = (rcpi_fetch_since){rcpi_dup(rcpi_db_str(q, 0), &r->memory), rcpi_dup(rcpi_db_str(q, 1), &r->memory)};
    failures = rcpi_db_int(q, 2) < MOST_FAILURES ? (unsigned)rcpi_db_int(q, 2) : MOST_FAILURES;
    is_due = rcpi_db_int(q, 3) <= rcpi_now();
  }
  rcpi_db_end(q);
  if (!is_due) return rcpi_db_status(r->s->db, error);
  rcp_status status = rcpi_fetch(r->fetcher, &r->memory, r->feed, &since, &page, &found);
  if (status == RCP_ENOMEM) return rcpi_error(error, status, r->feed, 0, "out of memory");
  if (status) {
    put_off(r, failures + 1, page.wait, rcpi_cstr(found.text));
    tell(r, "failed", nothing, rcpi_cstr(found.text));
    return rcpi_db_status(r->s->db, error);
  }
  if (page.status != 304) return read_feed(r, &page, error);
  put_off(r, 0, page.wait, nothing);
  tell(r, "unchanged", nothing, nothing);
  return rcpi_db_status(r->s->db, error);
}

static rcp_status all_feeds(round *r, const char *const *feeds, size_t n, rcp_error *error) {
  rcp_status status = RCP_OK;
  jmp_buf *outer = r->s->arena->guard;
  for (size_t i = 0; i < n && !status; i++) {
    r->feed = rcpi_cstr(feeds[i]);
    if (!rcpi_url_is(r->feed)) return rcpi_error(error, RCP_EUSAGE, r->feed, 0, "a feed is an http(s) URL");
    rcpi_arena_init(&r->memory);
    r->memory.guard = outer;
    rcpi_archive_enter(r->s);
    status = ask(r, error);
    rcpi_arena_release(&r->memory);
  }
  return status;
}

/* The fetcher remembers what robots.txt said; after a day it is asked again. */
static rcp_status have_fetcher(rcpi_archive *s, rcp_error *error) {
  const rcp_options *o = &s->engine->options;
  rcpi_fetch_options how = {.allows_private = o->allow_private, .save = rcpi_cstr(o->save), .seconds = o->timeout, .most = MOST_BYTES};
  if (s->fetcher && rcpi_now() - s->fetcher_made < LONGEST_WAIT) return RCP_OK;
  rcpi_fetcher_free(s->fetcher);
  s->fetcher = NULL;
  s->fetcher_made = rcpi_now();
  return rcpi_fetcher_new(&how, &s->fetcher, error);
}

rcp_status rcpi_archive_watch(rcpi_archive *s, const char *const *feeds, size_t n, const rcp_watch_options *options, rcp_archive_see_watch see,
                              void *with, int64_t *due, rcp_error *error) {
  round r = {.s = s, .see = see, .with = with};
  if (options) r.o = *options;
  if (!r.o.interval) r.o.interval = INTERVAL;
  if (!r.o.pause) r.o.pause = PAUSE;
  if (!r.o.most) r.o.most = MOST;
  rcp_status status = have_fetcher(s, error);
  if (status) return status;
  r.fetcher = s->fetcher;
  status = all_feeds(&r, feeds, n, error);
  if (!due) return status;
  *due = INT64_MAX;
  for (size_t i = 0; i < n; i++) {
    int64_t at = rcpi_db_number(s->db, "SELECT due FROM feed WHERE url=?1", "t", rcpi_cstr(feeds[i]));
    if (at != RCPI_NULL && at < *due) *due = at;
  }
  return status;
}
