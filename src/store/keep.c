/*
 * The problem: a dossier costs from a tenth of a second to many, and each article that joins a story changes it; most stories
 * of an archive are never looked at.
 *
 * The idea: a story has a revision that moves whenever its articles change. A dossier is made when somebody asks, and kept
 * with the revision it was made of, written out and as rows that can be asked and exported; one of an older revision, other
 * tables or another program is made anew. So adding costs nothing, and what is shown is always of now.
 *
 * Who only reads keeps it too when nobody writes at that moment, and else does without: keeping is no duty.
 * Settings that are not the archive's (a person's corrections, the day of relative times) are never kept.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>

#include "base/error.h"
#include "dossier/names.h"
#include "dossier/view.h"
#include "store/archive_int.h"

enum { MOST_TOLD = 150 };      /* articles of one dossier, the latest: comparing is quadratic */

typedef rcpi_made made;

void rcpi_keep_drop(rcpi_archive *s, int64_t story) {
  rcpi_db_do(s->db, "DELETE FROM dossier WHERE story=?1", "i", story);
  rcpi_db_do(s->db, "DELETE FROM claim WHERE story=?1", "i", story);
  rcpi_db_do(s->db, "DELETE FROM appearance WHERE story=?1", "i", story);
  rcpi_db_do(s->db, "DELETE FROM difference WHERE story=?1", "i", story);
  rcpi_db_do(s->db, "DELETE FROM derivation WHERE story=?1", "i", story);
  rcpi_db_do(s->db, "UPDATE story SET kept=NULL, claims=NULL, conflicts=NULL, texts=NULL, channels=NULL WHERE id=?1", "i", story);
}

/* What besides the articles a dossier depends on. */
static rcp_str settings_of(rcpi_archive *s) {
  const rcp_options *o = &s->engine->options;
  rcp_str settings = rcpi_printf(&s->scratch, "%s %s %s %s", rcp_version(), s->engine->langs.hash, o->locale ? o->locale : "en", o->published ? o->published : "-");
  return o->max_telling ? rcpi_printf(&s->scratch, "%.*s %zu", RCPI_P(settings), o->max_telling) : settings;
}

static bool may_be_kept(const rcpi_archive *s) {
  return !s->engine->options.corrections && !s->engine->options.story_date;
}

/* -------------------------------------------------------------------------------------------------------------- make */

/* The story's articles into d->owned, their numbers beside them; under the guard of the call. */
static rcp_status read_articles(rcpi_archive *s, made *m, int64_t **numbers, rcp_error *error) {
  static const char sql[] = "SELECT id FROM article WHERE story=?1 AND replaced_by IS NULL ORDER BY id DESC LIMIT ?2";
  RCPI_VEC(int64_t) ids = {0};
  rcpi_stmt *q = rcpi_db_ask(s->db, sql, "ii", m->story, (int64_t)MOST_TOLD);
  while (rcpi_db_next(s->db, q)) rcpi_push(&s->scratch, &ids, rcpi_db_int(q, 0));
  rcp_status status = rcpi_db_status(s->db, error);
  m->d->owned = calloc(ids.n + 1, sizeof *m->d->owned);
  if (!m->d->owned) return rcpi_error(error, RCP_ENOMEM, rcpi_cstr(s->path), 0, "out of memory");
  for (size_t i = 0; i < ids.n && !status; i++) {
    status = rcpi_archive_load(s, ids.p[i], &m->d->owned[m->d->n_owned], error);
    m->d->n_owned += !status;
  }
  *numbers = ids.p;
  return status;
}

/* Tellings are in an order of their own. */
static void number_tellings(made *m, const int64_t *numbers) {
  const rcp_dossier *d = m->d;
  m->numbers = rcpi_array(&m->d->arena, int64_t, d->story.n_tellings);
  for (size_t i = 0; i < d->story.n_tellings; i++)
    for (size_t k = 0; k < d->n_owned; k++)
      if (d->story.tellings[i].article == d->owned[k]) m->numbers[i] = numbers[k];
}

/* The dossier's own part; what it leaves out is named. */
static rcp_status build(rcpi_archive *s, made *m, int64_t n_articles, const int64_t *numbers, rcp_error *error) {
  volatile rcp_status status = RCP_ENOMEM;
  rcp_dossier *d = m->d;
  RCPI_GUARD(&d->arena) {
    if (n_articles > (int64_t)d->n_owned) {
      d->diagnostics = rcpi_new(&d->arena, rcpi_diagnostic);
      d->diagnostics[d->n_diagnostics++] = (rcpi_diagnostic){
          rcpi_dup(m->name, &d->arena),
          rcpi_printf(&d->arena, "the story has %lld articles: this is of the latest %zu", (long long)n_articles, d->n_owned)};
    }
    status = rcpi_dossier_build(d, d->owned, d->n_owned, error);
    if (!status) number_tellings(m, numbers);
  } else rcpi_error(error, RCP_ENOMEM, rcpi_cstr(s->path), 0, "out of memory");
  d->arena.guard = NULL;
  return status;
}

/* What the dossier of a story of now would be; how many articles it has. */
static int64_t look_up(rcpi_archive *s, int64_t story, made *m) {
  rcpi_stmt *q = rcpi_db_ask(s->db, "SELECT revision, n_articles, name FROM story WHERE id=?1", "i", story);
  int64_t n_articles = 0;
  *m = (made){.story = story};
  if (rcpi_db_next(s->db, q)) m->revision = rcpi_db_int(q, 0), n_articles = rcpi_db_int(q, 1), m->name = rcpi_dup(rcpi_db_str(q, 2), &s->scratch);
  rcpi_db_end(q);
  return n_articles;
}

static rcp_status make(rcpi_archive *s, int64_t story, made *m, rcp_error *error) {
  int64_t n_articles = look_up(s, story, m), *numbers = NULL;
  if (!n_articles) return rcpi_error(error, RCP_EUSAGE, rcpi_cstr(s->path), 0, "story %.*s holds no article any more", RCPI_P(m->name));
  m->d = calloc(1, sizeof *m->d);
  if (!m->d) return rcpi_error(error, RCP_ENOMEM, rcpi_cstr(s->path), 0, "out of memory");
  rcpi_arena_init(&m->d->arena);
  m->d->arena.pool = &s->pool;
  m->d->engine = s->engine;
  rcp_status status = read_articles(s, m, &numbers, error);
  if (!status) status = build(s, m, n_articles, numbers, error);
  if (status) return rcp_dossier_free(m->d), m->d = NULL, status;
  return RCP_OK;
}

/* The caller has it from now on; until he frees it, what is asked of the same story need not be made again. */
static void lend(rcpi_archive *s, const made *m) {
  made *place = &s->lent[s->next_lent++ % RCPI_LENT];
  for (size_t i = 0; i < RCPI_LENT && place->d; i++) place = s->lent[i].d ? place : &s->lent[i];
  if (place->d) place->d->lent = NULL;
  *place = *m;
  place->name = (rcp_str){NULL, 0};
  m->d->lent = &place->d;
}

/* One that a caller has, of now. */
static bool find_lent(rcpi_archive *s, int64_t story, made *m) {
  look_up(s, story, m);
  for (size_t i = 0; i < RCPI_LENT; i++) {
    const made *x = &s->lent[i];
    if (x->d && x->story == story && x->revision == m->revision) return m->d = x->d, m->numbers = x->numbers, true;
  }
  return false;
}

/* Done with a dossier, which may be a caller's. */
static void leave(made *m) {
  if (m->d && !m->d->lent) rcp_dossier_free(m->d);
  m->d = NULL;
}

/* -------------------------------------------------------------------------------------------------------------- rows */

static unsigned conflicts_of(const rcpi_claim *c) {
  unsigned n = 0;
  for (size_t i = 0; i < c->n_differences; i++) n += c->differences[i].is_conflict;
  return n;
}

/* The frame that names who says it, outermost first; the words of its cue. */
static rcp_str cue_of(const made *m, const rcpi_view *v, const rcpi_appearance *app) {
  for (uint32_t k = 0; k < app->said.n_frames; k++) {
    const rcpi_frame *f = &m->d->story.tellings[app->telling].marks.frames[app->said.frames[k]];
    if (rcpi_tokens_any(f->source) && rcpi_tokens_any(f->cue)) return rcpi_view_words(v, app->telling, rcpi_view_tokens(v, app->telling, f->cue));
  }
  return (rcp_str){NULL, 0};
}

static rcp_archive_claim row_of(const made *m, const rcpi_view *v, uint32_t claim, uint32_t place) {
  const rcpi_claim *c = &m->d->story.claims[claim];
  const rcpi_appearance *app = &c->appearances[place], *gist = &c->appearances[c->gist];
  rcpi_span at = rcpi_view_span(v, app);
  rcp_str speaker = rcpi_view_speaker(v, app);
  return (rcp_archive_claim){
      .story = m->name, .claim = m->d->claim_ids[claim], .gist = rcpi_view_words(v, gist->telling, rcpi_view_span(v, gist)),
      .why = c->support.why, .articles = c->support.articles, .texts = c->support.texts, .channels = c->support.channels,
      .independent = c->support.independent, .conflicts = conflicts_of(c), .article = m->d->story.tellings[app->telling].article->id,
      .number = (uint64_t)m->numbers[app->telling], .beg = at.beg, .end = at.end, .beg_cp = rcpi_cp_of(&m->d->cp[app->telling], at.beg),
      .end_cp = rcpi_cp_of(&m->d->cp[app->telling], at.end), .exact = rcpi_view_words(v, app->telling, at),
      .mode = rcpi_cstr(rcpi_mode_names[app->said.mode]), .source = speaker.n ? speaker : (rcp_str){NULL, 0}, .cue = cue_of(m, v, app)};
}

static rcp_archive_derivation derivation_of(const made *m, const rcpi_derivation *x) {
  const rcpi_story *t = &m->d->story;
  return (rcp_archive_derivation){
      .story = m->name, .a = t->tellings[x->a].article->id, .b = t->tellings[x->b].article->id, .number_a = (uint64_t)m->numbers[x->a],
      .number_b = (uint64_t)m->numbers[x->b], .kind = rcpi_cstr(rcpi_derivation_names[x->kind]),
      .direction = rcpi_cstr(rcpi_direction_names[x->direction]), .shared = x->shared, .evidence = x->evidence};
}

/* "14 (a.txt); 16 (b.txt)": what each article says. */
static rcp_str readings_of(rcpi_archive *s, const made *m, const rcpi_difference *x) {
  rcp_str out = RCPI_S("");
  for (size_t i = 0; i < x->n_values; i++)
    out = rcpi_printf(&s->scratch, "%.*s%s%.*s (%.*s)", RCPI_P(out), i ? "; " : "", RCPI_P(x->values[i].norm),
                      RCPI_P(m->d->story.tellings[x->values[i].telling].article->id));
  return out;
}

/* -------------------------------------------------------------------------------------------------------------- keep */

static void keep_claim(rcpi_archive *s, const made *m, const rcpi_view *v, uint32_t rank) {
  const rcpi_claim *c = &m->d->story.claims[v->claims[rank]];
  for (uint32_t i = 0; i < c->n_appearances; i++) {
    rcp_archive_claim row = row_of(m, v, v->claims[rank], i);
    if (!i) rcpi_db_do(s->db, "INSERT INTO claim VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)", "iittiiiiit", m->story, (int64_t)rank, row.claim, row.gist,
                       (int64_t)row.articles, (int64_t)row.texts, (int64_t)row.channels, (int64_t)row.independent, (int64_t)row.conflicts, row.why);
    rcpi_db_do(s->db, "INSERT INTO appearance VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)", "iiiiiiiitttt", m->story, (int64_t)rank, (int64_t)i,
               (int64_t)row.number, (int64_t)row.beg, (int64_t)row.end, (int64_t)row.beg_cp, (int64_t)row.end_cp, row.exact, row.mode, row.source, row.cue);
  }
  for (size_t i = 0; i < c->n_differences; i++) {
    const rcpi_difference *x = &c->differences[i];
    rcpi_db_do(s->db, "INSERT INTO difference VALUES(?1,?2,?3,?4,?5,?6,?7)", "iiititt", m->story, (int64_t)rank, (int64_t)i,
               rcpi_cstr(rcpi_difference_names[x->kind]), (int64_t)x->is_conflict, readings_of(s, m, x), x->why);
  }
}

static void keep_rows(rcpi_archive *s, const made *m) {
  const rcpi_story *t = &m->d->story;
  rcpi_view v;
  rcpi_view_init(&s->scratch, m->d, &v);
  for (uint32_t i = 0; i < t->n_claims; i++) keep_claim(s, m, &v, i);
  for (size_t i = 0; i < t->n_derivations; i++) {
    rcp_archive_derivation x = derivation_of(m, &t->derivations[i]);
    rcpi_db_do(s->db, "INSERT OR REPLACE INTO derivation VALUES(?1,?2,?3,?4,?5,?6,?7)", "iiittdt", m->story, (int64_t)x.number_a, (int64_t)x.number_b,
               x.kind, x.direction, x.shared, x.evidence);
  }
  rcpi_db_do(s->db, "UPDATE story SET kept=?2, claims=?3, conflicts=?4, texts=?5, channels=?6 WHERE id=?1", "iiiiii", m->story, m->revision,
             (int64_t)t->n_claims, (int64_t)v.n_conflicts, (int64_t)t->texts, (int64_t)t->channels);
}

/* True when the rows of this dossier are in the file now. */
static bool keep(rcpi_archive *s, const made *m, rcp_str settings, rcp_str form, rcp_str bytes) {
  bool has_own = !rcpi_db_in_transaction(s->db);
  if (!may_be_kept(s)) return false;
  if (has_own) {
    rcpi_db_wait(s->db, 0);
    rcpi_db_run(s->db, "BEGIN IMMEDIATE");
    rcpi_db_wait(s->db, RCPI_DB_WAIT);
  }
  bool is_of_now = rcpi_db_number(s->db, "SELECT revision FROM story WHERE id=?1", "i", m->story) == m->revision;
  bool has_rows = is_of_now && rcpi_db_number(s->db, "SELECT 1 FROM dossier WHERE story=?1 AND revision=?2 AND settings=?3", "iit", m->story,
                                              m->revision, settings) == 1;
  if (is_of_now && !has_rows) {
    rcpi_keep_drop(s, m->story);
    keep_rows(s, m);
  }
  if (is_of_now) rcpi_db_do(s->db, "INSERT OR REPLACE INTO dossier VALUES(?1,?2,?3,?4,?5)", "ititb", m->story, form, m->revision, settings, bytes);
  bool failed = rcpi_db_failed(s->db);
  rcpi_db_status(s->db, NULL);
  if (has_own && rcpi_db_in_transaction(s->db)) rcpi_db_run(s->db, failed ? "ROLLBACK" : "COMMIT");
  return rcpi_db_status(s->db, NULL) == RCP_OK && !failed && is_of_now;
}

/* ------------------------------------------------------------------------------------------------------------ asking */

static rcp_status find(rcpi_archive *s, rcp_str name, int64_t *story, rcp_error *error) {
  rcpi_archive_enter(s);
  *story = rcpi_archive_story_of(s, name);
  rcp_status status = rcpi_db_status(s->db, error);
  if (status || *story) return status;
  return rcpi_error(error, RCP_EUSAGE, rcpi_cstr(s->path), 0, "no story %.*s", RCPI_P(name));
}

rcp_status rcpi_archive_dossier(rcpi_archive *s, rcp_str name, rcp_dossier **out, rcp_error *error) {
  int64_t story;
  made m;
  *out = NULL;
  rcp_status status = find(s, name, &story, error);
  if (!status) status = make(s, story, &m, error);
  if (status) return status;
  lend(s, &m);
  *out = m.d;
  return RCP_OK;
}

static bool is_plain(rcp_format format, const rcp_write_options *o) {
  if (o && (o->locale || o->served || o->article)) return format == RCP_FORMAT_JSON || format == RCP_FORMAT_JSONLD;
  return format != RCP_FORMAT_TEXT || !o || (!o->width && !o->color && !o->explain && !o->all);
}

/* What a dossier written in this way is kept under; .p NULL: in no way that is kept. */
static rcp_str form_of(rcpi_archive *s, rcp_format format, const rcp_write_options *o) {
  static const char *const forms[] = {"text", "json", "html", "jsonld"};
  if ((unsigned)format >= sizeof forms / sizeof *forms || !is_plain(format, o) || !may_be_kept(s)) return (rcp_str){NULL, 0};
  if (!o || format == RCP_FORMAT_JSON || format == RCP_FORMAT_JSONLD) return rcpi_cstr(forms[format]);
  if (!o->locale && !o->served && !o->article) return rcpi_cstr(forms[format]);
  return rcpi_printf(&s->scratch, "%s %s %s %s", forms[format], o->locale ? o->locale : "", o->served ? o->served : "", o->article ? o->article : "");
}

/* What is kept of now in that form; false when there is none. */
static bool read_kept(rcpi_archive *s, int64_t story, rcp_str form, rcp_str settings, rcpi_buf *out) {
  static const char sql[] = "SELECT d.bytes FROM dossier d JOIN story s ON s.id=d.story WHERE d.story=?1 AND d.form=?2 AND d.settings=?3"
                            " AND d.revision=s.revision";
  rcpi_stmt *q = rcpi_db_ask(s->db, sql, "itt", story, form, settings);
  bool found = rcpi_db_next(s->db, q);
  if (found) rcpi_buf_add(out, rcpi_db_bytes(q, 0));
  rcpi_db_end(q);
  return found;
}

static rcp_status write_form(const rcp_dossier *d, rcp_format format, const rcp_write_options *options, rcpi_buf *out, rcp_error *error) {
  static const rcp_write_options plain = {.width = 0};
  switch (format) {
    case RCP_FORMAT_TEXT: return rcpi_dossier_text(d, options ? options : &plain, out, error);
    case RCP_FORMAT_JSON: return rcpi_dossier_json(d, out), RCP_OK;
    case RCP_FORMAT_HTML: return rcpi_dossier_html(d, options ? options : &plain, out, error);
    case RCP_FORMAT_JSONLD: return rcpi_dossier_jsonld(d, out), RCP_OK;
  }
  return rcpi_error(error, RCP_EUSAGE, RCPI_S(""), 0, "no such format");
}

rcp_status rcpi_archive_dossier_write(rcpi_archive *s, rcp_str name, rcp_format format, const rcp_write_options *options, rcpi_buf *out,
                                      rcp_error *error) {
  int64_t story;
  made m;
  rcp_status status = find(s, name, &story, error);
  if (status) return status;
  rcp_str settings = settings_of(s), form = form_of(s, format, options);
  if (form.p && read_kept(s, story, form, settings, out)) return rcpi_db_status(s->db, error);
  status = rcpi_db_status(s->db, error);
  if (!status) status = make(s, story, &m, error);
  if (status) return status;
  size_t before = out->len;
  status = write_form(m.d, format, options, out, error);
  if (!status && form.p && !out->failed) keep(s, &m, settings, form, (rcp_str){out->p + before, out->len - before});
  rcp_dossier_free(m.d);
  return status;
}

/* ----------------------------------------------------------------------------------------------- claims, derivations */

static bool has_rows(rcpi_archive *s, int64_t story) {
  static const char sql[] = "SELECT 1 FROM dossier d JOIN story s ON s.id=d.story WHERE d.story=?1 AND d.settings=?2 AND d.revision=s.revision";
  return may_be_kept(s) && rcpi_db_number(s->db, sql, "it", story, settings_of(s)) == 1;
}

bool rcpi_archive_has_claims(rcpi_archive *s, rcp_str name) {
  int64_t story;
  made m;
  bool has = !find(s, name, &story, NULL) && (has_rows(s, story) || find_lent(s, story, &m));
  return !rcpi_db_status(s->db, NULL) && has;
}

/* Makes sure that the rows of a story are of now. When they can't be kept, *m has the dossier, to be left. */
static rcp_status have_rows(rcpi_archive *s, int64_t story, made *m, rcp_error *error) {
  *m = (made){.d = NULL};
  if (has_rows(s, story)) return rcpi_db_status(s->db, error);
  rcp_status status = rcpi_db_status(s->db, error);
  if (!status && !find_lent(s, story, m)) status = make(s, story, m, error);
  if (status) return status;
  rcpi_buf json;
  rcpi_buf_init(&json);
  rcpi_dossier_json(m->d, &json);
  if (!json.failed && keep(s, m, settings_of(s), RCPI_S("json"), rcpi_buf_str(&json))) leave(m);
  rcpi_buf_release(&json);
  return RCP_OK;
}

static void see_kept_claims(rcpi_archive *s, int64_t story, int64_t article, rcp_archive_see_claim see, void *with) {
  static const char sql[] = "SELECT s.name, c.id, c.gist, c.why, c.articles, c.texts, c.channels, c.independent, c.conflicts, a.key, p.article,"
                            " p.beg, p.end, p.start_cp, p.end_cp, p.exact, p.mode, p.source, p.cue FROM appearance p"
                            " JOIN claim c ON c.story=p.story AND c.n=p.claim JOIN article a ON a.id=p.article JOIN story s ON s.id=p.story"
                            " WHERE p.story=?1 AND (?2=0 OR p.article=?2) ORDER BY p.claim, p.n";
  rcpi_stmt *q = rcpi_db_ask(s->db, sql, "ii", story, article);
  while (rcpi_db_next(s->db, q)) {
    rcp_archive_claim row = {
        .story = rcpi_db_str(q, 0), .claim = rcpi_db_str(q, 1), .gist = rcpi_db_str(q, 2), .why = rcpi_db_str(q, 3),
        .articles = (unsigned)rcpi_db_int(q, 4), .texts = (unsigned)rcpi_db_int(q, 5), .channels = (unsigned)rcpi_db_int(q, 6),
        .independent = (unsigned)rcpi_db_int(q, 7), .conflicts = (unsigned)rcpi_db_int(q, 8), .article = rcpi_db_str(q, 9),
        .number = (uint64_t)rcpi_db_int(q, 10), .beg = (uint32_t)rcpi_db_int(q, 11), .end = (uint32_t)rcpi_db_int(q, 12),
        .beg_cp = (uint32_t)rcpi_db_int(q, 13), .end_cp = (uint32_t)rcpi_db_int(q, 14), .exact = rcpi_db_str(q, 15),
        .mode = rcpi_db_str(q, 16), .source = rcpi_db_str(q, 17), .cue = rcpi_db_str(q, 18)};
    see(with, &row);
  }
}

static void see_made_claims(rcpi_archive *s, const made *m, int64_t article, rcp_archive_see_claim see, void *with) {
  rcpi_view v;
  rcpi_view_init(&s->scratch, m->d, &v);
  for (uint32_t i = 0; i < m->d->story.n_claims; i++)
    for (uint32_t k = 0; k < m->d->story.claims[v.claims[i]].n_appearances; k++) {
      rcp_archive_claim row = row_of(m, &v, v.claims[i], k);
      if (!article || row.number == (uint64_t)article) see(with, &row);
    }
}

rcp_status rcpi_archive_claims(rcpi_archive *s, rcp_str name, rcp_str article_name, rcp_archive_see_claim see, void *with, rcp_error *error) {
  int64_t story = 0, article = 0;
  made m;
  rcp_status status = RCP_OK;
  rcpi_archive_enter(s);
  if (article_name.p && !(article = rcpi_archive_article_of(s, article_name)))
    return rcpi_error(error, RCP_EUSAGE, rcpi_cstr(s->path), 0, "no article %.*s", RCPI_P(article_name));
  if (name.p) status = find(s, name, &story, error);
  else story = rcpi_db_number(s->db, "SELECT story FROM article WHERE id=?1", "i", article);
  if (!status) status = have_rows(s, story, &m, error);
  if (status) return status;
  if (m.d) see_made_claims(s, &m, article, see, with);
  else see_kept_claims(s, story, article, see, with);
  leave(&m);
  return rcpi_db_status(s->db, error);
}

rcp_status rcpi_archive_derivations(rcpi_archive *s, rcp_str name, rcp_archive_see_derivation see, void *with, rcp_error *error) {
  static const char sql[] = "SELECT s.name, a.key, b.key, d.a, d.b, d.kind, d.direction, d.shared, d.evidence FROM derivation d"
                            " JOIN article a ON a.id=d.a JOIN article b ON b.id=d.b JOIN story s ON s.id=d.story WHERE d.story=?1 ORDER BY d.a, d.b";
  int64_t story;
  made m = {.d = NULL};
  rcp_status status = find(s, name, &story, error);
  if (!status) status = have_rows(s, story, &m, error);
  if (status) return status;
  for (size_t i = 0; m.d && i < m.d->story.n_derivations; i++) {
    rcp_archive_derivation row = derivation_of(&m, &m.d->story.derivations[i]);
    see(with, &row);
  }
  rcpi_stmt *q = m.d ? NULL : rcpi_db_ask(s->db, sql, "i", story);
  while (rcpi_db_next(s->db, q)) {
    rcp_archive_derivation row = {.story = rcpi_db_str(q, 0), .a = rcpi_db_str(q, 1), .b = rcpi_db_str(q, 2), .number_a = (uint64_t)rcpi_db_int(q, 3),
                                  .number_b = (uint64_t)rcpi_db_int(q, 4), .kind = rcpi_db_str(q, 5), .direction = rcpi_db_str(q, 6),
                                  .shared = rcpi_db_double(q, 7), .evidence = rcpi_db_str(q, 8)};
    see(with, &row);
  }
  leave(&m);
  return rcpi_db_status(s->db, error);
}
