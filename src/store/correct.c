/*
 * What a person says of stories, which the program never undoes: it is kept as an event, and "not the same" as a pair of
 * stories that grouping may not merge. The last word counts: who merges two stories takes back what kept them apart.
 *
 * Forgetting deletes the rows of an article and what was made of it, makes the search index one piece and cuts the log,
 * so that no word waits for a later merge; what is deleted is overwritten (secure_delete, as everywhere in the archive). It
 * keeps only a hash, so that a feed which still names the article does not bring it back. Cost: the index is written once.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>

#include "base/error.h"
#include "base/sha256.h"
#include "store/archive_int.h"

typedef struct call { rcpi_archive *s; bool has_own; rcp_error *error; } call;

static rcp_status open_call(rcpi_archive *s, call *c, rcp_error *error) {
  *c = (call){s, !rcpi_db_in_transaction(s->db), error};
  if (c->has_own) return rcpi_archive_begin(s, error);
  rcpi_archive_enter(s);
  return RCP_OK;
}

static rcp_status close_call(call *c) {
  c->s->grouping = NULL;       /* it is read again with what changed */
  if (rcpi_db_failed(c->s->db)) return rcpi_archive_abandon(c->s, c->error);
  return c->has_own ? rcpi_archive_commit(c->s, c->error) : RCP_OK;
}

static rcp_status refuse(call *c, rcp_status why, const char *text, rcp_str name) {
  rcpi_error(c->error, why, rcpi_cstr(c->s->path), 0, text, RCPI_P(name));
  if (c->has_own) rcpi_archive_roll_back(c->s);
  return why;
}

static void tell_place(rcpi_archive *s, int64_t story, rcp_archive_line *out, const char *status) {
  static const char sql[] = "SELECT s.name, (SELECT key FROM article WHERE story=s.id AND replaced_by IS NULL ORDER BY id LIMIT 1)"
                            " FROM story s WHERE s.id=?1";
  *out = (rcp_archive_line){.status = status};
  rcpi_stmt *q = rcpi_db_ask(s->db, sql, "i", story);
  if (rcpi_db_next(s->db, q)) {
    out->story = rcpi_dup(rcpi_db_str(q, 0), &s->scratch);
    out->id = rcpi_dup(rcpi_db_str(q, 1), &s->scratch);
  }
  rcpi_db_end(q);
}

/* ------------------------------------------------------------------------------------------------------ merge, split */

rcp_status rcpi_archive_merge(rcpi_archive *s, rcp_str from, rcp_str into, rcp_str note, rcp_error *error) {
  call c;
  rcp_status status = open_call(s, &c, error);
  if (status) return status;
  int64_t a = rcpi_archive_story_of(s, from), b = rcpi_archive_story_of(s, into);
  if (!a || !b) return refuse(&c, RCP_EUSAGE, "no story %.*s", a ? into : from);
  if (a == b) return refuse(&c, RCP_EUSAGE, "%.*s is part of that story already", from);
  rcpi_db_do(s->db, "DELETE FROM apart WHERE a=?1 AND b=?2", "ii", a < b ? a : b, a < b ? b : a);
  rcpi_archive_unite(s, a, b, true, note);
  return close_call(&c);
}

/* An article with all its versions. */
static void move(rcpi_archive *s, int64_t article, int64_t story) {
  static const char sql[] = "WITH RECURSIVE chain(id) AS (VALUES(?1) UNION SELECT a.id FROM article a JOIN chain c ON a.replaced_by=c.id)"
                            " UPDATE article SET story=?2 WHERE id IN chain";
  rcpi_db_do(s->db, sql, "ii", article, story);
}

static void keep_apart(rcpi_archive *s, int64_t a, int64_t b) {
  rcpi_db_do(s->db, "INSERT OR IGNORE INTO apart VALUES(min(?1,?2), max(?1,?2))", "ii", a, b);
}

/* The latest version of an article; itself where a damaged file has a ring. */
static int64_t latest_of(rcpi_archive *s, int64_t article) {
  static const char sql[] = "WITH RECURSIVE way(id) AS (VALUES(?1) UNION SELECT a.replaced_by FROM article a JOIN way w ON a.id=w.id)"
                            " SELECT a.id FROM article a JOIN way w ON a.id=w.id WHERE a.replaced_by IS NULL";
  int64_t latest = rcpi_db_number(s->db, sql, "i", article);
  return latest == RCPI_NULL ? article : latest;
}

/* These articles leave `story` for a new one. */
static int64_t part(rcpi_archive *s, int64_t story, const int64_t *articles, size_t n, const char *kind, rcp_str note) {
  rcpi_stmt *q = rcpi_db_ask(s->db, "SELECT key FROM article WHERE id=?1", "i", articles[0]);
  rcp_str name = rcpi_db_next(s->db, q) ? rcpi_dup(rcpi_db_str(q, 0), &s->scratch) : RCPI_S("");
  rcpi_db_end(q);
  int64_t other = rcpi_archive_new_story(s, name);
  for (size_t i = 0; i < n; i++) move(s, articles[i], other);
  keep_apart(s, story, other);
  rcpi_keep_drop(s, story);
  rcpi_archive_recount(s, story);
  rcpi_archive_recount(s, other);
  rcpi_archive_event(s, kind, story, other, articles[0], true, note);
  return other;
}

static int by_number(const void *x, const void *y) {
  int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
  return (a > b) - (a < b);
}

rcp_status rcpi_archive_split(rcpi_archive *s, const char *const *names, size_t n, rcp_str note, rcp_archive_line *out, rcp_error *error) {
  call c;
  rcp_status status = open_call(s, &c, error);
  if (status) return status;
  int64_t *articles = rcpi_array(&s->scratch, int64_t, n), story = RCPI_NULL;
  for (size_t i = 0; i < n; i++) {
    int64_t id = rcpi_archive_article_of(s, rcpi_cstr(names[i]));
    if (!id) return refuse(&c, RCP_EUSAGE, "no article %.*s", rcpi_cstr(names[i]));
    articles[i] = latest_of(s, id);
    int64_t its = rcpi_db_number(s->db, "SELECT story FROM article WHERE id=?1", "i", articles[i]);
    if (i && its != story) return refuse(&c, RCP_EUSAGE, "%.*s is of another story than the first", rcpi_cstr(names[i]));
    story = its;
  }
  size_t kept = 0;
  if (n) qsort(articles, n, sizeof *articles, by_number);
  for (size_t i = 0; i < n; i++)
    if (!i || articles[i] != articles[i - 1]) articles[kept++] = articles[i];
  int64_t all = rcpi_db_number(s->db, "SELECT n_articles FROM story WHERE id=?1", "i", story);
  if (!kept || (int64_t)kept >= all) return refuse(&c, RCP_EUSAGE, "nothing would be left of the story%.*s", (rcp_str){NULL, 0});
  tell_place(s, part(s, story, articles, kept, "split", note), out, "split");
  return close_call(&c);
}

/* -------------------------------------------------------------------------------------------------------- not the same */

static rcpi_outline outline_of(rcpi_archive *s, int64_t article) {
  rcpi_outline o = {.n_terms = 0};
  rcpi_stmt *q = rcpi_db_ask(s->db, "SELECT terms FROM outline WHERE article=?1", "i", article);
  if (rcpi_db_next(s->db, q)) {
    rcp_str bytes = rcpi_db_bytes(q, 0);
    o.n_terms = (uint32_t)(bytes.n / sizeof *o.terms);
    o.terms = rcpi_array(&s->scratch, rcpi_term, o.n_terms);
    if (o.n_terms) memcpy(o.terms, bytes.p, o.n_terms * sizeof *o.terms);
  }
  rcpi_db_end(q);
  return o;
}

static uint64_t product(const rcpi_outline *a, const rcpi_outline *b) {
  return rcpi_terms_product(a->terms, a->n_terms, b->terms, b->n_terms);
}

/* b and the articles of its story that are more like b than like a. */
static int64_t *side_of(rcpi_archive *s, int64_t story, int64_t a, int64_t b, size_t *n) {
  rcpi_outline oa = outline_of(s, a), ob = outline_of(s, b);
  RCPI_VEC(int64_t) ids = {0}, side = {0};
  rcpi_stmt *q = rcpi_db_ask(s->db, "SELECT id FROM article WHERE story=?1 AND replaced_by IS NULL ORDER BY id", "i", story);
  while (rcpi_db_next(s->db, q)) rcpi_push(&s->scratch, &ids, rcpi_db_int(q, 0));
  for (size_t i = 0; i < ids.n; i++) {
    if (ids.p[i] == a) continue;
    rcpi_outline o = outline_of(s, ids.p[i]);
    if (ids.p[i] == b || product(&o, &ob) > product(&o, &oa)) rcpi_push(&s->scratch, &side, ids.p[i]);
  }
  if (!side.n) rcpi_push(&s->scratch, &side, b);   /* a damaged file: b is no latest version */
  *n = side.n;
  return side.p;
}

rcp_status rcpi_archive_not_same(rcpi_archive *s, rcp_str a, rcp_str b, rcp_str note, rcp_archive_line *out, rcp_error *error) {
  call c;
  rcp_status status = open_call(s, &c, error);
  if (status) return status;
  int64_t x = rcpi_archive_article_of(s, a), y = rcpi_archive_article_of(s, b);
  if (!x || !y) return refuse(&c, RCP_EUSAGE, "no article %.*s", x ? b : a);
  x = latest_of(s, x);
  y = latest_of(s, y);
  if (x == y) return refuse(&c, RCP_EUSAGE, "%.*s is the same article", b);
  static const char of[] = "SELECT story FROM article WHERE id=?1";
  int64_t story = rcpi_db_number(s->db, of, "i", x), other = rcpi_db_number(s->db, of, "i", y);
  if (story == other) {
    size_t n;
    int64_t *side = side_of(s, story, x, y, &n);
    other = part(s, story, side, n, "apart", note);
  } else {
    keep_apart(s, story, other);
    rcpi_archive_event(s, "apart", story, other, y, true, note);
  }
  tell_place(s, other, out, "apart");
  return close_call(&c);
}

/* -------------------------------------------------------------------------------------------------------------- forget */

rcp_str rcpi_forgotten_mark(rcpi_arena *a, rcp_str url, rcp_str place, rcp_str words) {
  char hex[RCPI_SHA256_HEX + 1];
  rcpi_sha256_hex(url.p ? url : rcpi_printf(a, "%.*s\n%.*s", RCPI_P(place), RCPI_P(words)), hex);
  return rcpi_dup(rcpi_cstr(hex), a);
}

typedef RCPI_VEC(int64_t) numbers;

/* The article and its earlier versions. */
static numbers chain_of(rcpi_archive *s, int64_t article) {
  static const char sql[] = "WITH RECURSIVE chain(id) AS (VALUES(?1) UNION SELECT a.id FROM article a JOIN chain c ON a.replaced_by=c.id)"
                            " SELECT id FROM chain";
  numbers all = {0};
  rcpi_stmt *q = rcpi_db_ask(s->db, sql, "i", article);
  while (rcpi_db_next(s->db, q)) rcpi_push(&s->scratch, &all, rcpi_db_int(q, 0));
  return all;
}

static void forget_one(rcpi_archive *s, int64_t article) {
  static const char sql[] = "SELECT url, place, words, replaced_by FROM article WHERE id=?1";
  bool is_latest = false;
  rcpi_stmt *q = rcpi_db_ask(s->db, sql, "i", article);
  if (rcpi_db_next(s->db, q)) {
    rcp_str mark = rcpi_forgotten_mark(&s->scratch, rcpi_db_str(q, 0), rcpi_db_str(q, 1), rcpi_db_str(q, 2));
    rcpi_db_do(s->db, "INSERT OR IGNORE INTO forgotten VALUES(?1, ?2)", "ti", mark, rcpi_now());
    is_latest = rcpi_db_int(q, 3) == RCPI_NULL;
  }
  rcpi_db_end(q);
  if (is_latest) rcpi_archive_unindex(s, article);
  rcpi_db_do(s->db, "DELETE FROM article WHERE id=?1", "i", article);
}

/* Stories that are named after what is forgotten get a name that says nothing. */
static void unname(rcpi_archive *s, rcp_str key) {
  rcpi_db_do(s->db, "UPDATE story SET name='story-'||id WHERE name=?1 OR name=?1||'#'||id", "t", key);
}

rcp_status rcpi_archive_forget(rcpi_archive *s, rcp_str name, rcp_error *error) {
  if (rcpi_db_in_transaction(s->db)) return rcpi_error(error, RCP_EUSAGE, rcpi_cstr(s->path), 0, "forget goes by itself, not inside a transaction");
  call c;
  rcp_status status = open_call(s, &c, error);
  if (status) return status;
  int64_t article = rcpi_archive_article_of(s, name);
  if (!article) return refuse(&c, RCP_EUSAGE, "no article %.*s", name);
  article = latest_of(s, article);
  int64_t story = rcpi_db_number(s->db, "SELECT story FROM article WHERE id=?1", "i", article);
  rcpi_stmt *q = rcpi_db_ask(s->db, "SELECT key FROM article WHERE id=?1", "i", article);
  rcp_str key = rcpi_db_next(s->db, q) ? rcpi_dup(rcpi_db_str(q, 0), &s->scratch) : name;
  rcpi_db_end(q);
  numbers all = chain_of(s, article);
  rcpi_db_do(s->db, "INSERT OR REPLACE INTO setting VALUES('highest', max(?1, ifnull((SELECT value FROM setting WHERE name='highest'), 0)))", "i", s->last);
  for (size_t i = all.n; i-- > 0;) forget_one(s, all.p[i]);
  unname(s, key);
  rcpi_keep_drop(s, story);
  rcpi_archive_recount(s, story);
  rcpi_archive_event(s, "forgot", story, RCPI_NULL, article, true, (rcp_str){NULL, 0});
  rcpi_db_run(s->db, "INSERT INTO search(search) VALUES('optimize')");   /* or its words would wait for the next merge */
  status = close_call(&c);
  if (status) return status;
  bool is_held = rcpi_db_number(s->db, "PRAGMA wal_checkpoint(TRUNCATE)", "") > 0;
  status = rcpi_db_status(s->db, error);
  if (status || !is_held) return status;
  return rcpi_error(error, RCP_EIO, rcpi_cstr(s->path), 0, "forgotten, but a reader keeps the old log in use: its words leave the disk when that ends and the archive is written again");
}
