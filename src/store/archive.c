/*
 * The problem: an archive grows for years, is read while it is written, and may be cut off at any instruction. What was
 * reported as added must be there afterwards, once.
 *
 * The idea: SQLite with a write-ahead log and synchronous=FULL, so that a commit is on the disk before it returns; a
 * unique key over place and words, so that the same article is never there twice; one transaction for a handful of
 * articles, reported after its commit. Grouping keeps only the last articles in memory: their term lists lie in
 * the file, and a writer takes in what others added since it last looked before it adds anything itself.
 *
 * Versions: what stands at a URL that is known already is its next version, in the story of the one before when it is
 * still about the same. A record's id or a file's name is a weaker key, used again for other things; there only what is
 * alike is a version.
 *
 * Cost: a commit is one flush of the log; reading the window takes some 10 microseconds an article, once at begin.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <time.h>

#include "base/date.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/sha256.h"
#include "clean/clean.h"
#include "input/fetch.h"
#include "store/archive_int.h"

static const double SAME_SUBJECT = .2, SAME_ARTICLE = .4;   /* likeness of a version to the one before it */
enum { SECONDS_A_DAY = 86400, WORDS_HEX = 32 };

int64_t rcpi_now(void) {
  return (int64_t)time(NULL);
}

static void release(void *p) {
  rcpi_archive *s = p;
  rcpi_fetcher_free(s->fetcher);
  rcpi_arena_release(&s->memory);
  rcpi_arena_release(&s->scratch);
  rcpi_chunks_release(&s->pool);
}

rcp_status rcpi_archive_open(rcpi_arena *a, const rcp_engine *engine, const char *path, bool writes, rcpi_archive **out,
                             rcp_error *error) {
  rcpi_archive *s = rcpi_new(a, rcpi_archive);
  *s = (rcpi_archive){.arena = a, .engine = engine, .writes = writes, .window = RCPI_STORY_WINDOW, .path = rcpi_dup(rcpi_cstr(path), a).p};
  s->scratch.pool = &s->pool;
  rcpi_defer(a, release, s);
  rcpi_archive_enter(s);
  rcp_status status = rcpi_db_open(a, path, writes ? RCPI_DB_WRITES : RCPI_DB_READS, &s->db, error);
  if (!status) status = rcpi_schema_ready(s, writes, error);
  if (!status) *out = s;
  return status;
}

void rcpi_archive_enter(rcpi_archive *s) {
  rcpi_arena_release(&s->scratch);
  s->memory.guard = s->scratch.guard = s->arena->guard;
}

void rcpi_archive_rest(rcpi_archive *s) {
  rcpi_arena_release(&s->scratch);
  rcpi_chunks_release(&s->pool);
}

rcpi_folder *rcpi_archive_fold(rcpi_archive *s) {
  if (!s->fold) s->fold = rcpi_fold_new(s->arena, &s->engine->langs);
  return s->fold;
}

/* ---------------------------------------------------------------------------------------------------------- grouping */

/* Story numbers in memory are the archive's. */
static void take_in(rcpi_archive *s) {
  static const char after[] = "SELECT a.id, a.key, a.language, o.day, o.terms, a.story FROM outline o JOIN article a ON a.id=o.article"
                              " WHERE o.article>?1 ORDER BY o.article";
  rcpi_stmt *q = rcpi_db_ask(s->db, after, "i", s->last);
  rcpi_mark mark = rcpi_arena_mark(&s->scratch);
  while (rcpi_db_next(s->db, q)) {
    rcp_str terms = rcpi_db_bytes(q, 4);
    rcpi_outline o = {.lang = rcpi_lang_by_tag(&s->engine->langs, rcpi_db_str(q, 2)), .n_terms = (uint32_t)(terms.n / sizeof(rcpi_term)),
                      .day = rcpi_db_int(q, 3) == RCPI_NULL ? RCPI_NO_DAY : (int32_t)rcpi_db_int(q, 3)};
    o.terms = rcpi_array(&s->scratch, rcpi_term, o.n_terms);
    if (o.n_terms) memcpy(o.terms, terms.p, o.n_terms * sizeof *o.terms);
    rcpi_grouping_restore(s->grouping, &s->scratch, rcpi_db_str(q, 1), &o, (uint32_t)rcpi_db_int(q, 5));
    s->last = rcpi_db_int(q, 0);
    rcpi_arena_rewind(&s->scratch, mark);
  }
}

/* What happened to stories since: mergers are taken in, anything else asks for the window to be read again. */
static void take_in_events(rcpi_archive *s) {
  rcpi_stmt *q = rcpi_db_ask(s->db, "SELECT id, kind, story, other FROM event WHERE id>?1 ORDER BY id", "i", s->last_event);
  while (rcpi_db_next(s->db, q)) {
    s->last_event = rcpi_db_int(q, 0);
    if (!s->grouping) continue;
    if (rcpi_is(rcpi_db_str(q, 1), "merged")) rcpi_grouping_unite(s->grouping, (uint32_t)rcpi_db_int(q, 2), (uint32_t)rcpi_db_int(q, 3));
    else s->grouping = NULL;
  }
}

static void read_window(rcpi_archive *s) {
  take_in_events(s);
  if (s->grouping) return take_in(s);
  rcpi_arena_release(&s->memory);
  s->memory.guard = s->arena->guard;
  rcpi_grouping *g = rcpi_grouping_new(&s->memory, &s->engine->langs, s->window);
  s->last = rcpi_db_number(s->db, "SELECT max(ifnull((SELECT max(id) FROM article), 0)-?1, 0)", "i", (int64_t)s->window);
  s->grouping = g;
  take_in(s);
  rcpi_stmt *q = rcpi_db_ask(s->db, "SELECT a, b FROM apart", "");
  while (rcpi_db_next(s->db, q)) rcpi_grouping_keep_apart(g, (uint32_t)rcpi_db_int(q, 0), (uint32_t)rcpi_db_int(q, 1));
  int64_t highest = rcpi_db_number(s->db, "SELECT value FROM setting WHERE name='highest'", "");
  if (highest > s->last) s->last = highest;      /* a number that was forgotten is not given again */
}

rcp_status rcpi_archive_begin(rcpi_archive *s, rcp_error *error) {
  rcpi_archive_enter(s);
  rcpi_db_run(s->db, "BEGIN IMMEDIATE");
  read_window(s);
  return rcpi_db_failed(s->db) ? rcpi_archive_abandon(s, error) : RCP_OK;
}

void rcpi_archive_roll_back(rcpi_archive *s) {
  if (!rcpi_db_in_transaction(s->db)) return;
  rcpi_db_run(s->db, "ROLLBACK");
  s->grouping = NULL;          /* it knows articles that never came to be */
}

rcp_status rcpi_archive_abandon(rcpi_archive *s, rcp_error *error) {
  rcp_status status = rcpi_db_status(s->db, error);
  s->grouping = NULL;
  rcpi_archive_roll_back(s);
  rcpi_db_status(s->db, NULL);
  return status;
}

rcp_status rcpi_archive_commit(rcpi_archive *s, rcp_error *error) {
  rcpi_db_run(s->db, "COMMIT");
  return rcpi_db_failed(s->db) ? rcpi_archive_abandon(s, error) : RCP_OK;
}

/* ----------------------------------------------------------------------------------------------------------- stories */

void rcpi_archive_event(rcpi_archive *s, const char *kind, int64_t story, int64_t other, int64_t article, bool by_person, rcp_str note) {
  rcpi_db_do(s->db, "INSERT INTO event(at, kind, story, other, article, by_person, note) VALUES(?1,?2,?3,?4,?5,?6,?7)", "itnnnit",
             rcpi_now(), rcpi_cstr(kind), story, other, article, (int64_t)by_person, note);
}

int64_t rcpi_archive_new_story(rcpi_archive *s, rcp_str name) {
  int64_t id = rcpi_db_number(s->db, "SELECT ifnull(max(id), 0)+1 FROM story", "");
  rcpi_db_do(s->db, "INSERT INTO story(id, name) VALUES(?1, CASE WHEN EXISTS(SELECT 1 FROM story WHERE name=?2) THEN ?2||'#'||?1 ELSE ?2 END)",
             "it", id, name);
  return id;
}

void rcpi_archive_recount(rcpi_archive *s, int64_t story) {
  static const char sql[] = "UPDATE story SET revision=revision+1, (n_articles, first_day, last_day, latest)="
                            "(SELECT count(*), min(day), max(day), ifnull(max(id), 0) FROM article WHERE story=?1 AND replaced_by IS NULL) WHERE id=?1";
  rcpi_db_do(s->db, sql, "i", story);
}

void rcpi_archive_unite(rcpi_archive *s, int64_t from, int64_t into, bool by_person, rcp_str note) {
  rcpi_db_do(s->db, "UPDATE article SET story=?2 WHERE story=?1", "ii", from, into);
  rcpi_db_do(s->db, "UPDATE story SET merged_into=?2 WHERE id=?1", "ii", from, into);
  rcpi_db_do(s->db, "INSERT OR IGNORE INTO apart SELECT min(?2,b), max(?2,b) FROM apart WHERE a=?1 AND b<>?2", "ii", from, into);
  rcpi_db_do(s->db, "INSERT OR IGNORE INTO apart SELECT min(?2,a), max(?2,a) FROM apart WHERE b=?1 AND a<>?2", "ii", from, into);
  rcpi_db_do(s->db, "DELETE FROM apart WHERE a=?1 OR b=?1", "i", from);
  rcpi_keep_drop(s, from);
  rcpi_archive_recount(s, from);
  rcpi_archive_recount(s, into);
  rcpi_archive_event(s, "merged", from, into, RCPI_NULL, by_person, note);
}

/* -------------------------------------------------------------------------------------------------------------- add */

/* An article on its way into the file. */
typedef struct newcomer {
  const rcp_article *article;
  rcp_str key, place;
  char words[RCPI_SHA256_HEX + 1];   /* of title and own words */
  char sum[RCPI_SHA256_HEX + 1];     /* of the bytes read */
  int64_t day, now;
  bool is_dated;                     /* to the day, and not in days to come */
  rcpi_outline outline;
  int64_t before;                    /* the version that it replaces; RCPI_NULL: none */
  int64_t before_story;
} newcomer;

static void hash_words(rcpi_archive *s, newcomer *n) {
  rcp_str own = rcpi_clean_own_text(&s->scratch, n->article);
  rcpi_sha256_hex(rcpi_printf(&s->scratch, "%.*s\n%.*s", RCPI_P(n->article->title), RCPI_P(own)), n->words);
  n->words[WORDS_HEX] = 0;
  rcpi_article_sha256(n->article, n->sum);
}

void rcpi_archive_index(rcpi_archive *s, int64_t number, const rcp_article *a, bool is_taken_out) {
  rcpi_mark mark = rcpi_arena_mark(&s->scratch);
  rcpi_folder *f = rcpi_archive_fold(s);
  rcp_str words = rcpi_fold_text(f, &s->scratch, a->lang, rcpi_clean_own_text(&s->scratch, a)), heading = rcpi_fold_text(f, &s->scratch, a->lang, a->title);
  if (is_taken_out) rcpi_db_do(s->db, "INSERT INTO search(search, rowid, title, text) VALUES('delete', ?1, ?2, ?3)", "itt", number, heading, words);
  else rcpi_db_do(s->db, "INSERT INTO search(rowid, title, text) VALUES(?1, ?2, ?3)", "itt", number, heading, words);
  rcpi_arena_rewind(&s->scratch, mark);
}

void rcpi_archive_unindex(rcpi_archive *s, int64_t number) {
  rcp_article *a;
  if (rcpi_archive_load(s, number, &a, NULL)) return;
  rcpi_archive_index(s, number, a, true);
  rcpi_article_drop(a);
}

/* Is it there? Then *out says where; else n->before is the version that it may replace. */
static bool is_known(rcpi_archive *s, newcomer *n, rcp_archive_line *out) {
  static const char sql[] = "SELECT a.id, a.words=?2 OR a.sha256=?3, a.replaced_by, a.key, a.story, s.name FROM article a"
                            " JOIN story s ON s.id=a.story WHERE a.place=?1 ORDER BY a.id";
  rcpi_stmt *q = rcpi_db_ask(s->db, sql, "ttt", n->place, rcpi_cstr(n->words), rcpi_cstr(n->sum));
  bool found = false;
  n->before = n->before_story = RCPI_NULL;
  while (!found && rcpi_db_next(s->db, q)) {
    found = rcpi_db_int(q, 1) == 1;
    if (found) out->id = rcpi_dup(rcpi_db_str(q, 3), &s->scratch), out->story = rcpi_dup(rcpi_db_str(q, 5), &s->scratch);
    else if (rcpi_db_int(q, 2) == RCPI_NULL) n->before = rcpi_db_int(q, 0), n->before_story = rcpi_db_int(q, 4);
  }
  rcpi_db_end(q);
  return found;
}

static bool is_forgotten(rcpi_archive *s, const newcomer *n) {
  return rcpi_db_number(s->db, "SELECT count(*) FROM (SELECT 1 FROM forgotten LIMIT 1)", "") > 0 &&
         rcpi_db_number(s->db, "SELECT 1 FROM forgotten WHERE what=?1", "t", rcpi_forgotten_mark(&s->scratch, n->article->url, n->place, rcpi_cstr(n->words))) == 1;
}

/* How alike is it to the version before? That one stays alone when it was about something else. */
static void judge_version(rcpi_archive *s, newcomer *n) {
  if (n->before == RCPI_NULL) return;
  rcpi_stmt *q = rcpi_db_ask(s->db, "SELECT terms FROM outline WHERE article=?1", "i", n->before);
  double like = 0;
  if (rcpi_db_next(s->db, q)) {
    rcp_str blob = rcpi_db_bytes(q, 0);
    size_t count = blob.n / sizeof(rcpi_term);
    rcpi_term *terms = rcpi_array(&s->scratch, rcpi_term, count);
    if (count) memcpy(terms, blob.p, count * sizeof *terms);
    like = (double)rcpi_terms_product(terms, count, n->outline.terms, n->outline.n_terms) / RCPI_TERM_ONE / RCPI_TERM_ONE;
  }
  rcpi_db_end(q);
  if (like < SAME_SUBJECT) n->before_story = RCPI_NULL;
  if (!n->article->url.p && like < SAME_ARTICLE) n->before = n->before_story = RCPI_NULL;
}

/* The story that the newcomer joins, as the archive numbers them. */
static int64_t place(rcpi_archive *s, newcomer *n) {
  s->last++;
  if (n->before_story != RCPI_NULL) {
    rcpi_grouping_restore(s->grouping, &s->scratch, n->key, &n->outline, (uint32_t)n->before_story);
    return n->before_story;
  }
  rcpi_merges merges = {.arena = &s->scratch};
  int64_t next = rcpi_db_number(s->db, "SELECT ifnull(max(id), 0)+1 FROM story", "");
  uint32_t at = rcpi_grouping_place(s->grouping, &s->scratch, n->key, &n->outline, (uint32_t)next, &merges);
  int64_t story = rcpi_grouping_story(s->grouping, at)->first;
  if (story == next) rcpi_archive_new_story(s, n->key);
  for (size_t i = 0; i < merges.n; i++) rcpi_archive_unite(s, merges.p[i].from, merges.p[i].into, false, (rcp_str){NULL, 0});
  if (merges.n) s->last_event = rcpi_db_number(s->db, "SELECT max(id) FROM event", "");
  return story;
}

/* Title and furniture as bytes of the text: kind, begin, end, each four bytes. */
static rcp_str furniture_bytes(rcpi_arena *a, const rcp_article *article) {
  uint32_t *out = rcpi_array(a, uint32_t, article->n_furniture * 3);
  for (size_t i = 0; i < article->n_furniture; i++) {
    out[3 * i] = article->furniture[i].kind;
    out[3 * i + 1] = article->furniture[i].at.beg;
    out[3 * i + 2] = article->furniture[i].at.end;
  }
  return (rcp_str){(const char *)out, article->n_furniture * 3 * sizeof *out};
}

static void insert(rcpi_archive *s, const newcomer *n, int64_t story) {
  static const char article[] = "INSERT INTO article(id, key, place, words, sha256, source, url, title, publisher, byline, published,"
                                " language, origin, day, added, story, version, doubt) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,"
                                "?14,?15,?16,1+ifnull((SELECT version FROM article WHERE id=?17),0),?18)";
  static const char body[] = "INSERT INTO body(article, text, furniture, title_beg, title_end, has_record_title, confidence, step, note)"
                             " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9)";
  static const char count[] = "UPDATE story SET n_articles=n_articles+1, latest=?2, revision=revision+1,"
                              " first_day=min(ifnull(first_day, ?3), ?3), last_day=max(ifnull(last_day, ?3), ?3) WHERE id=?1";
  const rcp_article *a = n->article;
  bool has_day = n->outline.day != RCPI_NO_DAY;
  rcp_str doubt = has_day && !n->is_dated ? RCPI_S("its date lies in days to come") : (rcp_str){NULL, 0};
  rcp_str terms = {(const char *)n->outline.terms, n->outline.n_terms * sizeof *n->outline.terms};
  rcpi_db_do(s->db, article, "ittttttttttttiiint", s->last, n->key, n->place, rcpi_cstr(n->words), rcpi_cstr(n->sum), a->source, a->url, a->title,
             a->publisher, a->byline, a->published, a->language, a->origin, n->day, n->now, story, n->before, doubt);
  rcpi_db_do(s->db, body, "itbiiidtt", s->last, a->text, furniture_bytes(&s->scratch, a), (int64_t)a->title_at.beg, (int64_t)a->title_at.end,
             (int64_t)a->has_record_title, a->confidence, rcpi_cstr(a->step), a->note);
  rcpi_db_do(s->db, "INSERT INTO outline VALUES(?1,?2,?3)", "inb", s->last, n->is_dated ? (int64_t)n->outline.day : RCPI_NULL, terms);
  rcpi_archive_index(s, s->last, a, false);
  if (n->before == RCPI_NULL) rcpi_db_do(s->db, count, "iii", story, s->last, n->day);
}

/* The version before leaves the lists and the search; its text stays. */
static void replace(rcpi_archive *s, const newcomer *n, int64_t story) {
  int64_t old_story = rcpi_db_number(s->db, "SELECT story FROM article WHERE id=?1", "i", n->before);
  rcpi_archive_unindex(s, n->before);
  rcpi_db_do(s->db, "UPDATE article SET replaced_by=?2 WHERE id=?1", "ii", n->before, s->last);
  rcpi_archive_recount(s, story);
  if (old_story != story) rcpi_archive_recount(s, old_story);
}

static void add_new(rcpi_archive *s, newcomer *n, rcp_archive_line *out) {
  rcpi_terms_read(s->grouping->terms, &s->scratch, n->article, &n->outline);
  n->now = rcpi_now();
  int64_t today = n->now / SECONDS_A_DAY;
  n->is_dated = n->outline.day != RCPI_NO_DAY && n->outline.day <= today + 1;
  n->day = n->is_dated ? n->outline.day : today;
  rcpi_outline for_grouping = n->outline;
  if (!n->is_dated) for_grouping.day = RCPI_NO_DAY;
  judge_version(s, n);
  newcomer placed = *n;
  placed.outline = for_grouping;
  int64_t story = place(s, &placed);
  insert(s, n, story);
  if (n->before != RCPI_NULL) replace(s, n, story);
  rcpi_stmt *q = rcpi_db_ask(s->db, "SELECT name FROM story WHERE id=?1", "i", story);
  if (rcpi_db_next(s->db, q)) out->story = rcpi_dup(rcpi_db_str(q, 0), &s->scratch);
  rcpi_db_end(q);
  out->id = n->key;
  out->status = n->before == RCPI_NULL ? "added" : "changed";
}

rcp_status rcpi_archive_add(rcpi_archive *s, const rcp_article *article, rcp_archive_line *out, rcp_error *error) {
  newcomer n = {.article = article};
  n.place = article->url.p ? article->url : article->id.p ? article->id : article->source;
  n.key = article->id.p ? article->id : n.place;
  rcpi_archive_enter(s);
  *out = (rcp_archive_line){.status = "known", .id = n.key};
  hash_words(s, &n);
  if (!is_known(s, &n, out)) {
    if (is_forgotten(s, &n)) out->status = "forgotten";
    else add_new(s, &n, out);
  }
  return rcpi_db_failed(s->db) ? rcpi_archive_abandon(s, error) : RCP_OK;
}

/* ------------------------------------------------------------------------------------------------------------- load */

static void fill(rcpi_archive *s, rcpi_stmt *q, rcp_article *a) {
  rcp_str *fields[] = {&a->id, &a->source, &a->url, &a->title, &a->publisher, &a->byline, &a->published, &a->language, &a->origin, &a->note};
  for (int i = 0; i < 10; i++) {
    rcp_str v = rcpi_db_str(q, i);
    if (v.p) *fields[i] = rcpi_dup(v, &a->arena);
  }
  a->text = rcpi_dup(rcpi_db_str(q, 10), &a->arena);
  rcp_str sha = rcpi_db_str(q, 11), furniture = rcpi_db_bytes(q, 12);
  if (sha.n == RCPI_SHA256_HEX) memcpy(a->sha256, sha.p, sha.n);
  a->n_furniture = furniture.n / 12;
  a->furniture = rcpi_array(&a->arena, rcpi_furniture, a->n_furniture);
  for (size_t i = 0; i < a->n_furniture; i++) {
    uint32_t v[3];
    memcpy(v, furniture.p + i * 12, sizeof v);
    a->furniture[i] = (rcpi_furniture){{v[1], v[2]}, v[0] <= RCPI_FURN_OTHER ? (rcpi_furniture_kind)v[0] : RCPI_FURN_OTHER};
    if (v[2] > a->text.n || v[1] > v[2]) a->furniture[i].at = (rcpi_span){0, 0};
  }
  a->title_at = (rcpi_span){(uint32_t)rcpi_db_int(q, 13), (uint32_t)rcpi_db_int(q, 14)};
  if (a->title_at.end > a->text.n || a->title_at.beg > a->title_at.end) a->title_at = (rcpi_span){0, 0};
  a->has_record_title = rcpi_db_int(q, 15) == 1;
  a->confidence = rcpi_db_double(q, 16);
  a->step = rcpi_dup(rcpi_db_str(q, 17).p ? rcpi_db_str(q, 17) : RCPI_S(""), &a->arena).p;
  a->lang = rcpi_lang_by_tag(&s->engine->langs, a->language);
  a->is_cleaned = true;
}

rcp_status rcpi_archive_load(rcpi_archive *s, int64_t article, rcp_article **out, rcp_error *error) {
  static const char sql[] = "SELECT a.key, a.source, a.url, a.title, a.publisher, a.byline, a.published, a.language, a.origin, b.note, b.text,"
                            " a.sha256, b.furniture, b.title_beg, b.title_end, b.has_record_title, b.confidence, b.step"
                            " FROM article a JOIN body b ON b.article=a.id WHERE a.id=?1";
  rcpi_stmt *q = rcpi_db_ask(s->db, sql, "i", article);
  *out = NULL;
  if (!rcpi_db_next(s->db, q)) {
    rcp_status status = rcpi_db_status(s->db, error);
    return status ? status : rcpi_error(error, RCP_EDATA, rcpi_cstr(s->path), 0, "article #%lld is not there", (long long)article);
  }
  rcp_article *volatile a = rcpi_article_alloc();
  volatile bool is_whole = false;
  if (a) {
    RCPI_GUARD(&a->arena) {
      fill(s, q, a);
      is_whole = true;
    }
    a->arena.guard = NULL;
  }
  rcpi_db_end(q);
  if (is_whole) return *out = a, RCP_OK;
  rcpi_article_drop(a);
  return rcpi_error(error, RCP_ENOMEM, rcpi_cstr(s->path), 0, "out of memory");
}

/* A whole number behind "#"; 0: it is none. */
static int64_t number_of(rcp_str name) {
  uint32_t n;
  return name.n > 1 && name.p[0] == '#' && rcpi_parse_u32(rcpi_sub(name, 1, name.n), &n) ? n : 0;
}

int64_t rcpi_archive_story_of(rcpi_archive *s, rcp_str name) {
  /* each story once: a damaged file may hold a ring */
  static const char followed[] = "WITH RECURSIVE way(id) AS (VALUES(?1) UNION SELECT s.merged_into FROM story s JOIN way w ON s.id=w.id)"
                                 " SELECT s.id FROM story s JOIN way w ON s.id=w.id WHERE s.merged_into IS NULL";
  int64_t id = rcpi_db_number(s->db, "SELECT id FROM story WHERE name=?1", "t", name);
  if (id == RCPI_NULL) id = rcpi_db_number(s->db, "SELECT id FROM story WHERE id=?1", "i", number_of(name));
  if (id != RCPI_NULL) id = rcpi_db_number(s->db, followed, "i", id);
  return id == RCPI_NULL ? 0 : id;
}

int64_t rcpi_archive_article_of(rcpi_archive *s, rcp_str name) {
  static const char by_key[] = "SELECT id FROM article WHERE key=?1 AND key<>place ORDER BY replaced_by IS NOT NULL, id DESC LIMIT 1";
  static const char by_place[] = "SELECT id FROM article WHERE place=?1 ORDER BY replaced_by IS NOT NULL, id DESC LIMIT 1";
  int64_t id = rcpi_db_number(s->db, by_key, "t", name);
  if (id == RCPI_NULL) id = rcpi_db_number(s->db, by_place, "t", name);
  if (id == RCPI_NULL) id = rcpi_db_number(s->db, "SELECT id FROM article WHERE id=?1", "i", number_of(name));
  return id == RCPI_NULL ? 0 : id;
}
