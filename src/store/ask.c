/*
 * Questions to the archive, none of which reads more than its answer: stories come by an index of when they last grew,
 * articles of a story and of a day by theirs, words by the search index, newest first. Texts lie in a table of their own and
 * are read only for the passage that a search shows.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/date.h"
#include "base/error.h"
#include "clean/clean.h"
#include "store/archive_int.h"

enum { PASSAGE = 220, DEFAULT_MOST = 1000000000 };

static int64_t most_of(unsigned most) {
  return most ? most : DEFAULT_MOST;
}

/* Days since 1970 of an ISO day; RCPI_NULL: it is none. */
static int64_t day_number(const char *iso) {
  rcpi_date d = rcpi_date_parse(rcpi_cstr(iso));
  return rcpi_date_is_day(d) ? rcpi_date_count(d) : RCPI_NULL;
}

static rcp_str iso_day(rcpi_arena *a, int64_t day) {
  return day == RCPI_NULL || day <= 0 ? (rcp_str){NULL, 0} : rcpi_date_iso(a, rcpi_date_from_count((int32_t)day));
}

static rcp_status no_such(rcpi_archive *s, const char *what, rcp_str name, rcp_error *error) {
  rcp_status status = rcpi_db_status(s->db, error);
  return status ? status : rcpi_error(error, RCP_EUSAGE, rcpi_cstr(s->path), 0, "no %s %.*s", what, RCPI_P(name));
}

/* ----------------------------------------------------------------------------------------------------------- stories */

/* A story is called as its first article is, in lists as in its dossier. */
#define FIRST_PUBLISHED "a.published IS NULL, a.published, a.id LIMIT 1"

#define STORY_COLUMNS \
  "s.id, s.name, (SELECT title FROM article a WHERE a.story=s.id AND a.replaced_by IS NULL AND a.title IS NOT NULL ORDER BY " FIRST_PUBLISHED ")," \
  " (SELECT language FROM article a WHERE a.story=s.id AND a.replaced_by IS NULL ORDER BY a.title IS NULL, " FIRST_PUBLISHED "), s.first_day, s.last_day, s.n_articles," \
  " (SELECT count(DISTINCT ifnull(publisher, place)) FROM (SELECT publisher, place FROM article a WHERE a.story=s.id AND a.replaced_by IS NULL LIMIT 500))," \
  " s.kept=s.revision, s.claims, s.conflicts, s.texts, s.channels"

static uint64_t positive(int64_t n) {
  return n > 0 ? (uint64_t)n : 0;
}

static void see_stories(rcpi_archive *s, rcpi_stmt *q, rcp_archive_see_story see, void *with) {
  rcpi_mark mark = rcpi_arena_mark(&s->scratch);
  while (rcpi_db_next(s->db, q)) {
    rcp_archive_story row = {.number = positive(rcpi_db_int(q, 0)), .id = rcpi_db_str(q, 1), .title = rcpi_db_str(q, 2), .language = rcpi_db_str(q, 3),
                             .first_day = iso_day(&s->scratch, rcpi_db_int(q, 4)), .last_day = iso_day(&s->scratch, rcpi_db_int(q, 5)),
                             .n_articles = positive(rcpi_db_int(q, 6)), .n_publishers = positive(rcpi_db_int(q, 7)),
                             .has_dossier = rcpi_db_int(q, 8) == 1, .n_claims = positive(rcpi_db_int(q, 9)),
                             .n_conflicts = positive(rcpi_db_int(q, 10)), .n_texts = positive(rcpi_db_int(q, 11)),
                             .n_channels = positive(rcpi_db_int(q, 12))};
    see(with, &row);
    rcpi_arena_rewind(&s->scratch, mark);
  }
}

rcp_status rcpi_archive_stories(rcpi_archive *s, const rcp_archive_query *query, rcp_archive_see_story see, void *with, rcp_error *error) {
  static const char all[] = "SELECT " STORY_COLUMNS " FROM story s WHERE s.n_articles>0 ORDER BY s.latest DESC LIMIT ?1 OFFSET ?2";
  static const char of_day[] = "SELECT " STORY_COLUMNS " FROM (SELECT story, count(*) AS n FROM article WHERE day=?3 AND replaced_by IS NULL"
                               " GROUP BY story ORDER BY n DESC, story DESC LIMIT ?1 OFFSET ?2) d JOIN story s ON s.id=d.story ORDER BY d.n DESC, s.id DESC";
  rcp_archive_query any = {.day = NULL};
  rcpi_archive_enter(s);
  if (!query) query = &any;
  int64_t day = query->day ? day_number(query->day) : 0;
  if (day == RCPI_NULL) return rcpi_error(error, RCP_EUSAGE, rcpi_cstr(s->path), 0, "%s is no day (YYYY-MM-DD)", query->day);
  rcpi_stmt *q = query->day ? rcpi_db_ask(s->db, of_day, "iii", most_of(query->most), (int64_t)query->skip, day)
                            : rcpi_db_ask(s->db, all, "ii", most_of(query->most), (int64_t)query->skip);
  see_stories(s, q, see, with);
  return rcpi_db_status(s->db, error);
}

rcp_status rcpi_archive_story_get(rcpi_archive *s, rcp_str name, rcp_archive_see_story see, void *with, rcp_error *error) {
  rcpi_archive_enter(s);
  int64_t story = rcpi_archive_story_of(s, name);
  if (!story) return no_such(s, "story", name, error);
  see_stories(s, rcpi_db_ask(s->db, "SELECT " STORY_COLUMNS " FROM story s WHERE s.id=?1", "i", story), see, with);
  return rcpi_db_status(s->db, error);
}

/* From day to day by the index, counting each. */
rcp_status rcpi_archive_days(rcpi_archive *s, unsigned most, rcp_archive_see_day see, void *with, rcp_error *error) {
  static const char last[] = "SELECT max(day) FROM article WHERE replaced_by IS NULL AND day<?1";
  static const char sizes[] = "SELECT count(DISTINCT story), count(*) FROM article WHERE day=?1 AND replaced_by IS NULL";
  int64_t day = INT32_MAX;
  rcpi_archive_enter(s);
  for (unsigned n = 0; (!most || n < most) && (day = rcpi_db_number(s->db, last, "i", day)) != RCPI_NULL; n++) {
    rcpi_stmt *q = rcpi_db_ask(s->db, sizes, "i", day);
    if (rcpi_db_next(s->db, q)) see(with, iso_day(&s->scratch, day), positive(rcpi_db_int(q, 0)), positive(rcpi_db_int(q, 1)));
    rcpi_db_end(q);
  }
  return rcpi_db_status(s->db, error);
}

/* ---------------------------------------------------------------------------------------------------------- articles */

#define ARTICLE_COLUMNS \
  "a.id, a.key, s.name, a.title, a.publisher, a.published, a.url, a.byline, a.language, a.day, a.version, a.replaced_by IS NULL"

/* Where the own words of an article show what was asked. */
static void find_passage(rcpi_archive *s, rcp_str question, rcp_archive_row *row) {
  rcp_article *a;
  rcpi_span found;
  if (rcpi_archive_load(s, (int64_t)row->number, &a, NULL)) return;
  rcp_str own = rcpi_clean_own_text(&s->scratch, a);
  rcpi_span passage = rcpi_fold_passage(rcpi_archive_fold(s), &s->scratch, a->lang, own, question, PASSAGE, &found);
  row->passage = rcpi_at(own, passage);
  if (rcpi_within(found, passage)) row->found = rcpi_at(own, found);
  rcpi_article_drop(a);
}

/* `question`: NULL, or what was searched for. */
static void see_articles(rcpi_archive *s, rcpi_stmt *q, const rcp_str *question, rcp_archive_see see, void *with) {
  rcpi_mark mark = rcpi_arena_mark(&s->scratch);
  while (rcpi_db_next(s->db, q)) {
    rcp_archive_row row = {.number = positive(rcpi_db_int(q, 0)), .id = rcpi_db_str(q, 1), .story = rcpi_db_str(q, 2), .title = rcpi_db_str(q, 3),
                           .publisher = rcpi_db_str(q, 4), .published = rcpi_db_str(q, 5), .url = rcpi_db_str(q, 6), .byline = rcpi_db_str(q, 7),
                           .language = rcpi_db_str(q, 8), .day = iso_day(&s->scratch, rcpi_db_int(q, 9)), .n_articles = 1,
                           .version = (unsigned)rcpi_db_int(q, 10), .is_latest = rcpi_db_int(q, 11) == 1};
    if (question) find_passage(s, *question, &row);
    see(with, &row);
    rcpi_arena_rewind(&s->scratch, mark);
  }
}

rcp_status rcpi_archive_articles(rcpi_archive *s, rcp_str name, rcp_archive_see see, void *with, rcp_error *error) {
  static const char sql[] = "SELECT " ARTICLE_COLUMNS " FROM article a JOIN story s ON s.id=a.story WHERE a.story=?1 AND a.replaced_by IS NULL"
                            " ORDER BY a.id DESC";
  rcpi_archive_enter(s);
  int64_t story = rcpi_archive_story_of(s, name);
  if (!story) return no_such(s, "story", name, error);
  see_articles(s, rcpi_db_ask(s->db, sql, "i", story), NULL, see, with);
  return rcpi_db_status(s->db, error);
}

rcp_status rcpi_archive_row(rcpi_archive *s, rcp_str name, rcp_archive_see see, void *with, rcp_error *error) {
  static const char sql[] = "SELECT " ARTICLE_COLUMNS " FROM article a JOIN story s ON s.id=a.story WHERE a.id=?1";
  rcpi_archive_enter(s);
  int64_t article = rcpi_archive_article_of(s, name);
  if (!article) return no_such(s, "article", name, error);
  see_articles(s, rcpi_db_ask(s->db, sql, "i", article), NULL, see, with);
  return rcpi_db_status(s->db, error);
}

rcp_status rcpi_archive_versions(rcpi_archive *s, rcp_str name, rcp_archive_see see, void *with, rcp_error *error) {
  static const char sql[] = "WITH RECURSIVE back(id) AS (VALUES(?1) UNION SELECT a.id FROM article a JOIN back c ON a.replaced_by=c.id),"
                            " ahead(id) AS (VALUES(?1) UNION SELECT a.replaced_by FROM article a JOIN ahead c ON a.id=c.id WHERE a.replaced_by IS NOT NULL)"
                            " SELECT " ARTICLE_COLUMNS " FROM article a JOIN story s ON s.id=a.story"
                            " WHERE a.id IN (SELECT id FROM back UNION SELECT id FROM ahead) ORDER BY a.version";
  rcpi_archive_enter(s);
  int64_t article = rcpi_archive_article_of(s, name);
  if (!article) return no_such(s, "article", name, error);
  see_articles(s, rcpi_db_ask(s->db, sql, "i", article), NULL, see, with);
  return rcpi_db_status(s->db, error);
}

rcp_status rcpi_archive_article(rcpi_archive *s, rcp_str name, rcp_article **out, rcp_error *error) {
  rcpi_archive_enter(s);
  *out = NULL;
  int64_t article = rcpi_archive_article_of(s, name);
  return article ? rcpi_archive_load(s, article, out, error) : no_such(s, "article", name, error);
}

rcp_status rcpi_archive_search(rcpi_archive *s, rcp_str words, const rcp_archive_query *query, rcp_archive_see see, void *with, rcp_error *error) {
  static const char sql[] = "SELECT " ARTICLE_COLUMNS " FROM search f JOIN article a ON a.id=f.rowid"
                            " JOIN story s ON s.id=a.story WHERE search MATCH ?1 AND (?4 IS NULL OR a.day=?4) ORDER BY f.rowid DESC LIMIT ?2 OFFSET ?3";
  rcp_archive_query any = {.day = NULL};
  rcpi_archive_enter(s);
  if (!query) query = &any;
  int64_t day = query->day ? day_number(query->day) : RCPI_NULL;
  if (query->day && day == RCPI_NULL) return rcpi_error(error, RCP_EUSAGE, rcpi_cstr(s->path), 0, "%s is no day (YYYY-MM-DD)", query->day);
  rcp_str question = rcpi_fold_question(rcpi_archive_fold(s), &s->scratch, words);
  if (!question.n) return RCP_OK;
  see_articles(s, rcpi_db_ask(s->db, sql, "tiin", question, most_of(query->most), (int64_t)query->skip, day), &words, see, with);
  return rcpi_db_status(s->db, error);
}

/* ------------------------------------------------------------------------------------------------------------ events */

static const char *kind_word(rcp_str kind) {
  static const char *const words[] = {"merged", "split", "apart", "forgot"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (rcpi_is(kind, words[i])) return words[i];
  return "other";
}

rcp_status rcpi_archive_events(rcpi_archive *s, rcp_str name, unsigned most, rcp_archive_see_event see, void *with, rcp_error *error) {
  static const char sql[] = "SELECT ifnull(e.at, 0), e.kind, s.name, o.name, e.by_person, e.note FROM event e LEFT JOIN story s ON s.id=e.story"
                            " LEFT JOIN story o ON o.id=e.other WHERE ?1=0 OR e.story=?1 OR e.other=?1 ORDER BY e.id DESC LIMIT ?2";
  rcpi_archive_enter(s);
  int64_t story = name.p ? rcpi_archive_story_of(s, name) : 0;
  if (name.p && !story) return no_such(s, "story", name, error);
  rcpi_stmt *q = rcpi_db_ask(s->db, sql, "ii", story, most_of(most));
  while (rcpi_db_next(s->db, q)) {
    rcp_archive_event e = {.at = rcpi_db_int(q, 0), .kind = kind_word(rcpi_db_str(q, 1)), .story = rcpi_db_str(q, 2), .other = rcpi_db_str(q, 3),
                           .by_person = rcpi_db_int(q, 4) == 1, .note = rcpi_db_str(q, 5)};
    see(with, &e);
  }
  return rcpi_db_status(s->db, error);
}
