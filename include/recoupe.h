/*
 * recoupe.h - read what several outlets published about one event; see what is said, by whom, how surely, where the
 * accounts differ, who copied whom, and how many independent origins stand behind each claim.
 *
 *     #include <recoupe.h>
 *     #include <stdio.h>
 *
 *     int main(int argc, char **argv) {
 *       rcp_error error;
 *       rcp_engine *engine;
 *       rcp_dossier *dossier;
 *       rcp_buffer out = {0};
 *       if (rcp_engine_new(NULL, &engine, &error)) return fprintf(stderr, "%s\n", error.text), 3;
 *       if (!rcp_compare_files(engine, (const char *const *)argv + 1, (size_t)argc - 1, &dossier, &error) &&
 *           !rcp_dossier_write(dossier, RCP_FORMAT_TEXT, NULL, &out, &error))
 *         fwrite(out.p, 1, out.n, stdout);
 *       else
 *         fprintf(stderr, "%s\n", error.text);
 *       rcp_buffer_release(&out);
 *       rcp_dossier_free(dossier);
 *       rcp_engine_free(engine);
 *     }
 *
 * Conventions. Text is UTF-8 as (pointer, length) and may hold NUL; a NULL pointer means "not stated", which is an
 * answer and no error. Offsets are bytes, half open, into an article's text; written JSON gives code points, as
 * dossier.schema.json says; times are UTC seconds or ISO 8601, sizes bytes, shares from 0 to 1. A function that can fail returns rcp_status (0 is success), fills *out only on success and
 * sets it to NULL on failure; the error, which may be NULL, then says what, where and in which input. Any such function
 * may return RCP_ENOMEM; others are named where they have a reason of their own. What a function gives is freed by its caller with the free,
 * release or close of its type, which take NULL; views (rcp_str in results) belong to what they are views of. What is handed in is lent
 * for the call unless its comment says longer. The library never prints, never exits, reads no environment variable and changes no locale.
 *
 * Threads. An engine does not change after it was made: any number of threads may use one. A reader, article,
 * dossier or job belongs to one thread at a time.
 *
 * The same input, options and version give the same bytes, on any number of threads.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RECOUPE_H
#define RECOUPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define RCP_API __attribute__((visibility("default")))
#else
#define RCP_API
#endif

/* ------------------------------------------------------------------------------------------------ values and errors */

/* A view into text owned by something else; `n` bytes. p == NULL: not stated. */
typedef struct rcp_str { const char *p; size_t n; } rcp_str;

/* Bytes owned by the caller: start from {0}, give back with rcp_buffer_release. Followed by a NUL that n omits. */
typedef struct rcp_buffer { char *p; size_t n; } rcp_buffer;
RCP_API void rcp_buffer_release(rcp_buffer *b);

/* Values are fixed for ever. */
typedef enum rcp_status {
  RCP_OK = 0,
  RCP_END = 1,        /* nothing more to read: no error */
  RCP_EUSAGE = 2,     /* the caller's mistake: an option or argument that makes no sense */
  RCP_EINPUT = 3,     /* this input can't be used; others can */
  RCP_ENOMEM = 4,
  RCP_ELIMIT = 5,     /* a limit stated in SECURITY.md was met */
  RCP_EIO = 6,        /* the system refused: file, disk, network */
  RCP_EDATA = 7,      /* a language table, index or archive is damaged or of another version */
} rcp_status;

/* Why a call failed; filled only then. Lives on the caller's stack: nothing in it is freed. */
typedef struct rcp_error {
  rcp_status code;
  uint64_t offset;      /* byte in the input, 0 when it has no place */
  char source[256];     /* file, URL or record, as given; cut when longer */
  char text[512];       /* one line that says what is wrong and what to do */
} rcp_error;

/* "0.1.0" */
RCP_API const char *rcp_version(void);

/* ----------------------------------------------------------------------------------------------------------- engine */

/* Language tables and options: made once (some milliseconds), then shared by all threads without a lock. */
typedef struct rcp_engine rcp_engine;

/* How inputs are read; RCP_INPUT_AUTO tells the kind from the content. */
typedef enum rcp_input {
  RCP_INPUT_AUTO, RCP_INPUT_TEXT, RCP_INPUT_HTML, RCP_INPUT_JSONL, RCP_INPUT_WARC, RCP_INPUT_FEED, RCP_INPUT_NINJS,
} rcp_input;

/* Fill with rcp_options_init, then change what you want. Strings are copied by rcp_engine_new. */
typedef struct rcp_options {
  const char *published;    /* ISO date of articles that state none; NULL: unknown */
  const char *story_date;   /* ISO date from which relative times are read, whatever the pages state; NULL: each page's own */
  const char *language;     /* BCP 47 tag of all inputs; NULL: told from the text */
  const char *lang_dir;     /* folder of language tables to use in place of the compiled ones; NULL: those */
  const char *meta;         /* JSONL file of url, publisher, published, title by source; NULL: none */
  const char *corrections;  /* JSONL file of a person's corrections to a story (docs/formats.md); NULL: none */
  const char *locale;       /* "fr" or "en": language of the few words that the program itself writes; NULL: "en" */
  rcp_input input;
  unsigned threads;         /* 0: one for each processor */
  const char *save;         /* WARC file that what servers answer is added to; NULL: none */
  bool allow_private;       /* URLs may lead to private addresses and to this machine */
  unsigned timeout;         /* seconds for one URL with its redirects; 0: 60 */
  size_t max_article;       /* bytes of one article, as found and as text: larger is RCP_ELIMIT; 0: 64 MiB; at most 1 GiB */
  size_t max_telling;       /* bytes of a text that compare reads, its beginning; 0: 256 KiB; at most 1 GiB */
} rcp_options;

/* The defaults. Later versions may have more options: call this, whatever you set. */
RCP_API void rcp_options_init(rcp_options *options);
/*
 * `options` may be NULL: defaults. RCP_EUSAGE: an option makes no sense; RCP_EDATA: a language table is damaged, error->source names it. The
 * engine must outlive all that is made with it.
 */
RCP_API rcp_status rcp_engine_new(const rcp_options *options, rcp_engine **out, rcp_error *error);
RCP_API void rcp_engine_free(rcp_engine *engine);
/*
 * What results depend on, a line each, "name value": version, tables' hash, languages, libraries, limits, what the cage would hold.
 * For people, and for `recoupe --version --settings`; lines may be added. Release *out.
 */
RCP_API rcp_status rcp_settings(const rcp_engine *engine, rcp_buffer *out, rcp_error *error);

/* --------------------------------------------------------------------------------------------------------- articles */

/* What results are written as; which of them a function knows is said there. */
typedef enum rcp_format { RCP_FORMAT_TEXT, RCP_FORMAT_JSON, RCP_FORMAT_HTML, RCP_FORMAT_JSONLD } rcp_format;

/* One publication, with all text that it holds; owns its memory. */
typedef struct rcp_article rcp_article;

/* What is known of an article: as it was found, or as cleaning made it out. PUBLISHED is ISO 8601, LANGUAGE BCP 47. */
typedef enum rcp_field {
  RCP_FIELD_ID, RCP_FIELD_SOURCE, RCP_FIELD_URL, RCP_FIELD_TITLE, RCP_FIELD_BYLINE, RCP_FIELD_PUBLISHER,
  RCP_FIELD_PUBLISHED, RCP_FIELD_LANGUAGE,
  RCP_FIELD_TEXT,       /* as the dossier shows it: furniture included */
  RCP_FIELD_NOTE,       /* what a person should know of how it was read: a guessed charset, bytes lost, a record cut short; .p NULL: nothing */
} rcp_field;

/* A view that lives as long as the article. */
RCP_API rcp_str rcp_article_get(const rcp_article *article, rcp_field field);
RCP_API void rcp_article_free(rcp_article *article);

/* How sure the choice of the article's own words is (0 to 1), and which step of cleaning made it: a static word. */
RCP_API double rcp_article_confidence(const rcp_article *article);
RCP_API const char *rcp_article_step(const rcp_article *article);

/* What `recoupe extract` writes of an article, its own words only: RCP_FORMAT_TEXT, or RCP_FORMAT_JSON for one line. */
RCP_API rcp_status rcp_article_write(const rcp_article *article, rcp_format format, rcp_buffer *out, rcp_error *error);

/* Reads articles one by one out of files, folders, URLs or "-" (standard input), in the order given, folders by name. */
typedef struct rcp_reader rcp_reader;
RCP_API rcp_status rcp_reader_new(const rcp_engine *engine, const char *const *inputs, size_t n_inputs,
                                  rcp_reader **out, rcp_error *error);
/*
 * The next article, which the caller frees. RCP_END at the end. RCP_EINPUT, RCP_ELIMIT or RCP_EIO: this input or record
 * can't be used, *error says why, and the next call goes on behind it.
 */
RCP_API rcp_status rcp_reader_next(rcp_reader *reader, rcp_article **out, rcp_error *error);
/*
 * How far a reader is: bytes of files that were taken, packed as they are, and of all files known so far (folders count once they
 * are opened). *total is 0 where that is unknown: standard input, URLs.
 */
RCP_API void rcp_reader_progress(const rcp_reader *reader, uint64_t *done, uint64_t *total);
RCP_API void rcp_reader_free(rcp_reader *reader);

/* An article from memory: bytes of any kind that a file may hold. `source` names it in results. */
RCP_API rcp_status rcp_article_new(const rcp_engine *engine, rcp_str source, rcp_str bytes, rcp_article **out,
                                   rcp_error *error);

/* ---------------------------------------------------------------------------------------------------------- compare */

/* What comparing gave: claims with their places, differences, derivations, support. Immutable. */
typedef struct rcp_dossier rcp_dossier;

/*
 * One story's tellings into a dossier. The articles are lent: they must outlive the dossier. Their order does not matter.
 */
RCP_API rcp_status rcp_compare(const rcp_engine *engine, rcp_article *const *articles, size_t n_articles,
                               rcp_dossier **out, rcp_error *error);
/* The same from files; what can't be read is named in the dossier's diagnostics, and may leave it without an article. */
RCP_API rcp_status rcp_compare_files(const rcp_engine *engine, const char *const *inputs, size_t n_inputs,
                                     rcp_dossier **out, rcp_error *error);
RCP_API void rcp_dossier_free(rcp_dossier *dossier);

/* An input that could not be used, or that was used with a doubt (a guessed charset). Views live as long as the dossier. */
typedef struct rcp_diagnostic { rcp_str source, message; bool is_used; } rcp_diagnostic;
/* The i-th, unusable inputs first, both in order; false past the end. */
RCP_API bool rcp_dossier_diagnostic(const rcp_dossier *dossier, size_t i, rcp_diagnostic *out);

/* How a dossier is written: {0} is the usual way. Strings are lent for the call. */
typedef struct rcp_write_options {
  unsigned width;         /* columns of the text format; 0: 100 */
  bool color;             /* ANSI colours in the text format */
  const char *explain;    /* text format: only this claim (its id or number), and why; NULL: the whole dossier */
  bool all;               /* text format: nothing is cut short */
  const char *locale;     /* text and html: language of the program's own words; NULL: the engine's */
  const char *served;     /* html: the path at which a server shows the page, with links to its other pages; NULL: a file */
  const char *article;    /* html, served: only this article (id, else URL, else source), its claims and its sources */
} rcp_write_options;

/* Writes in any format; `options` may be NULL. Release *out. RCP_EUSAGE: no such locale, claim or article. */
RCP_API rcp_status rcp_dossier_write(const rcp_dossier *dossier, rcp_format format, const rcp_write_options *options,
                                     rcp_buffer *out, rcp_error *error);

/* ------------------------------------------------------------------------------------------------------------ words */

/* The i-th language in which the engine has the program's own words, "fr"; .p NULL past the last. */
RCP_API rcp_str rcp_locale(const rcp_engine *engine, size_t i);
/*
 * The program's words under a key of data/lang/<tag>/message.tsv in a language, with {1} to {9} filled; the first argument, a
 * number, chooses between one and many and is grouped. Writes at most `room` bytes, a NUL among them, and cuts at a character.
 * Returns the bytes written without the NUL. rcp_date_text writes an ISO 8601 date or interval for people.
 */
RCP_API size_t rcp_message(const rcp_engine *engine, const char *locale, const char *key, const rcp_str *args, size_t n_args,
                           char *out, size_t room);
RCP_API size_t rcp_date_text(const rcp_engine *engine, const char *locale, rcp_str iso, char *out, size_t room);

/* ------------------------------------------------------------------------------------------------------------ reuse */

/*
 * Near-duplicates and copied passages among any number of articles: docs/reuse.md says what is meant by each.
 *
 *     rcp_reuse_new(engine, NULL, &reuse, &error);
 *     rcp_reuse_open(reuse, inputs, n_inputs, &error);
 *     while ((status = rcp_reuse_read(reuse, &error)) != RCP_END)
 *       if (status) complain(&error);                        // RCP_ENOMEM ends it; anything else concerns one record
 *     rcp_reuse_finish(reuse, &error);
 *     while (rcp_reuse_next_pair(reuse, &pair)) use(&pair);
 *
 * Results come in the order in which the later article of each pair was added. With a window, articles leave after that
 * many days and results are ready while articles still come: ask for them between calls of rcp_reuse_read.
 */
typedef struct rcp_reuse rcp_reuse;

/* What a job does beside pairs: {0} is the least. */
typedef struct rcp_reuse_options {
  unsigned window_days;   /* 0: every article is held against all before it; else only against those of so many days */
  bool articles;          /* rcp_reuse_next_article gives the originality of each */
  bool phrases;           /* rcp_reuse_next_phrase gives what was too common to count; keeps the first 256 MB of texts in memory */
} rcp_reuse_options;

/* `options` may be NULL: none of it. Threads are the engine's; results do not depend on their number. */
RCP_API rcp_status rcp_reuse_new(const rcp_engine *engine, const rcp_reuse_options *options, rcp_reuse **out, rcp_error *error);
RCP_API void rcp_reuse_free(rcp_reuse *reuse);

/*
 * A corpus in a file: load it into a new rcp_reuse to hold articles against those of earlier runs, which then count as having
 * come first; save it behind rcp_reuse_finish. The file is mapped and checked; it must not change while it is used.
 */
RCP_API rcp_status rcp_reuse_load(rcp_reuse *reuse, const char *path, rcp_error *error);
RCP_API rcp_status rcp_reuse_save(rcp_reuse *reuse, const char *path, rcp_error *error);

/* What rcp_reuse_read reads: as rcp_reader_new; the strings must outlive the reading. Of a record only `text` counts, not its title. */
RCP_API rcp_status rcp_reuse_open(rcp_reuse *reuse, const char *const *inputs, size_t n_inputs, rcp_error *error);
/*
 * Adds the next articles, some at a time. RCP_END behind the last. RCP_EINPUT, RCP_ELIMIT or RCP_EIO: this input or record
 * can't be used, *error says why, and the next call goes on behind it.
 */
RCP_API rcp_status rcp_reuse_read(rcp_reuse *reuse, rcp_error *error);
/* Adds one article from memory. `published` (ISO date) may be {NULL, 0}. */
RCP_API rcp_status rcp_reuse_add(rcp_reuse *reuse, rcp_str id, rcp_str text, rcp_str published, rcp_error *error);
/* Adds an article that was read and cleaned: its own words only, without furniture. */
RCP_API rcp_status rcp_reuse_add_article(rcp_reuse *reuse, const rcp_article *article, rcp_error *error);
/* No more articles for now: the results of all are ready. */
RCP_API rcp_status rcp_reuse_finish(rcp_reuse *reuse, rcp_error *error);

/* Near-duplicates are alike as wholes; else passages are all that two articles share. */
typedef enum rcp_reuse_kind { RCP_REUSE_NEAR_DUPLICATE, RCP_REUSE_PASSAGE } rcp_reuse_kind;

/* The same words in two articles; code points of their texts, half open. Not verbatim: a word was changed, put in or left out. */
typedef struct rcp_reuse_passage { uint32_t a, a_end, b, b_end; bool is_verbatim; } rcp_reuse_passage;

/* Two articles that share words, and where. The views are good until the next call on the job. */
typedef struct rcp_reuse_pair {
  rcp_str a, b;                         /* ids; a was added before b */
  rcp_reuse_kind kind;
  double resemblance, containment;      /* of two-word shingles: shared among all, shared among those of the smaller text */
  const rcp_reuse_passage *passages;    /* by place in a */
  size_t n_passages;
} rcp_reuse_pair;

/* `group`: id of the article that leads its group of near-duplicates. originality: share of its words found nowhere earlier. */
typedef struct rcp_reuse_article { rcp_str id, group; double originality; } rcp_reuse_article;

/* A phrase found in too many groups to tell anything: how many at least, in how many articles. */
typedef struct rcp_reuse_phrase { rcp_str text; uint32_t groups, articles; } rcp_reuse_phrase;

/* Each result once; false when none is ready. Views are good until the next call of any function on `reuse`. */
RCP_API bool rcp_reuse_next_pair(rcp_reuse *reuse, rcp_reuse_pair *out);
RCP_API bool rcp_reuse_next_article(rcp_reuse *reuse, rcp_reuse_article *out);
RCP_API bool rcp_reuse_next_phrase(rcp_reuse *reuse, rcp_reuse_phrase *out);

/*
 * Holds an article against all at hand without adding it. Its pairs come from rcp_reuse_next_answer, where it is b; *about (which
 * may be NULL) gets its originality and the group that it would join. It leaves no trace. Articles added before are
 * finished first, as by rcp_reuse_finish: add many, then ask many.
 */
RCP_API rcp_status rcp_reuse_query(rcp_reuse *reuse, rcp_str id, rcp_str text, rcp_str published, rcp_reuse_article *about, rcp_error *error);
/* The same with the next article of what rcp_reuse_open was given; status as rcp_reuse_read. */
RCP_API rcp_status rcp_reuse_query_next(rcp_reuse *reuse, rcp_reuse_article *about, rcp_error *error);
/* The next pair of the article asked about last, in the order in which the others were added; false when there is none. */
RCP_API bool rcp_reuse_next_answer(rcp_reuse *reuse, rcp_reuse_pair *out);

/* Counts so far. */
typedef struct rcp_reuse_stats {
  uint64_t articles, left;              /* added; gone from the window since (of those loaded too) */
  uint64_t near_duplicates, passages;   /* pairs of either kind */
  uint64_t phrases;                     /* runs of words cut as too common */
  uint64_t near_bytes, passage_bytes;   /* memory that near-duplicates and that passages need for the articles at hand */
  uint64_t loaded;                      /* articles of the index file, whose memory is the file's */
  int32_t first_day, last_day;          /* dates of the articles at hand, days since 1970-01-01; INT32_MIN: none has one */
} rcp_reuse_stats;
/* At any time between two calls. */
RCP_API void rcp_reuse_stats_get(const rcp_reuse *reuse, rcp_reuse_stats *out);
/* One line that says what was measured and how: version, shingles, thresholds. Static. */
RCP_API const char *rcp_reuse_settings(void);

/* ----------------------------------------------------------------------------------------------------------- stages */

/*
 * The steps of rcp_reuse taken apart, for corpora that one machine does not hold: each takes arrays and gives arrays, and
 * an engine for such work (docs/scale.md shows Spark) moves them about. The pairs are those of rcp_reuse without a window. This
 * part may change with any version; what one version writes is for the same version to read, on machines of one byte order.
 *
 * Articles go by numbers that their user gives: any, but ascending in the order of input. A *reading* is an article as bytes (words,
 * places, sketch), about six bytes a word; it must lie at a multiple of 8. Arrays come out in buffers that the caller releases.
 *
 *     1  read each article; rcp_stage_keys
 *     2  rcp_stage_join_keys on all keys of equal `key`: candidates
 *     3  rcp_stage_choose on all candidates of equal `b`: pairs, best first
 *     4  rcp_stage_decide on all pairs of equal `b`: links
 *     5  groups: in the order of input an article joins the leader of the first of its links whose leader it is linked to or
 *        resembles, else it leads itself; rcp_stage_components says which articles must be looked at together
 *     6  rcp_stage_runs of each article; rcp_stage_join_runs on all runs of equal `hash`: anchors
 *     7  rcp_stage_passages on all anchors of equal (a, b): links; one that step 4 has found goes before the same found here
 *
 * A stage belongs to one thread at a time. RCP_ENOMEM ends it: it may only be freed.
 */
typedef struct rcp_stage rcp_stage;
RCP_API rcp_status rcp_stage_new(const rcp_engine *engine, rcp_stage **out, rcp_error *error);
RCP_API void rcp_stage_free(rcp_stage *stage);

/* A text; a record of JSONL, which goes by `id` when it has none; an article: as rcp_reuse_add, _read and _add_article read them. */
RCP_API rcp_status rcp_stage_read(rcp_stage *stage, rcp_str id, rcp_str text, rcp_buffer *reading, rcp_error *error);
RCP_API rcp_status rcp_stage_read_record(rcp_stage *stage, rcp_str id, rcp_str line, rcp_buffer *reading, rcp_error *error);
RCP_API rcp_status rcp_stage_read_article(rcp_stage *stage, const rcp_article *article, rcp_buffer *reading, rcp_error *error);
/* A view into the reading; {NULL, 0} for what is none. */
RCP_API rcp_str rcp_stage_id(rcp_str reading);

/* An article has at most so many keys. */
enum { RCP_STAGE_KEYS = 96 };
/* What articles that may be alike have in common, and the sketch by which they are judged: 128 bins (optimal densification, docs/reuse.md). */
typedef struct rcp_stage_key { uint64_t key, doc; uint32_t order, unused; } rcp_stage_key;
typedef struct rcp_stage_sketch { uint64_t doc; uint32_t n_words, unused; uint16_t bins[128]; } rcp_stage_sketch;
/* Fills both for an article; the number of keys. `keys` may be NULL. */
RCP_API size_t rcp_stage_keys(rcp_str reading, uint64_t doc, rcp_stage_key *keys, rcp_stage_sketch *sketch);

/* b came after a; `order` says where a came up among what b was held against. */
typedef struct rcp_stage_candidate { uint64_t a, b; uint32_t order, unused; } rcp_stage_candidate;
/* The 32 articles before each, for each key. `keys` is sorted in place. */
RCP_API rcp_status rcp_stage_join_keys(rcp_stage_key *keys, size_t n, rcp_buffer *candidates, rcp_error *error);

/*
 * Where articles that follow each other lie together, most of step 2 needs no moving: of the keys of such a stretch this leaves the first and
 * the last 32 of each `key`, which are all that articles of other stretches can be candidates with. It sorts them; how many stay.
 */
RCP_API size_t rcp_stage_thin_keys(rcp_stage_key *keys, size_t n);

/* Two articles by their numbers; b came after a. */
typedef struct rcp_stage_pair { uint64_t a, b; } rcp_stage_pair;
/*
 * The eight most alike of each b, by b and then best first. `keys` of a stretch stand for the candidates among its own articles, or there
 * are none; `candidates` are the others. All are sorted in place; `sketches` holds that of each article.
 */
RCP_API rcp_status rcp_stage_choose(rcp_stage_key *keys, size_t n_keys, rcp_stage_candidate *candidates, size_t n, rcp_stage_sketch *sketches,
                                    size_t n_sketches, rcp_buffer *pairs, rcp_error *error);

/*
 * Links lie end to end: this head; n_passages of five uint32_t (a, a_end, b, b_end in code points, is_verbatim); the ids of a and b;
 * zeros up to a multiple of 8. `which` is the place of a in the array that was given.
 */
typedef struct rcp_stage_link {
  uint32_t size, which, kind, n_passages;
  uint32_t both, n_a, n_b;      /* distinct shingles */
  uint32_t n_id_a, n_id_b, unused;
  double resemblance, containment;
} rcp_stage_link;
/* Near-duplicates among a reading and those it was chosen to be held against, best first. */
RCP_API rcp_status rcp_stage_decide(rcp_stage *stage, rcp_str b, const rcp_str *candidates, size_t n, rcp_buffer *links, rcp_error *error);
/* Would these be near-duplicates? */
RCP_API rcp_status rcp_stage_resembles(rcp_stage *stage, rcp_str a, rcp_str b, bool *out, rcp_error *error);
/* Each article of the pairs once, as b, with the first article of all that pairs tie to it, as a. */
RCP_API rcp_status rcp_stage_components(const rcp_stage_pair *pairs, size_t n, rcp_buffer *roots, rcp_error *error);

/* Runs of words at which two articles may share a passage; `leader` leads the article's group of near-duplicates. */
typedef struct rcp_stage_run { uint64_t doc, leader; uint32_t hash, word; } rcp_stage_run;
RCP_API rcp_status rcp_stage_runs(rcp_stage *stage, rcp_str reading, uint64_t doc, uint64_t leader, rcp_buffer *runs, rcp_error *error);
/* Drops of the runs of some articles those that change nothing when they are joined with the runs of others; how many stay, by doc and word. */
RCP_API size_t rcp_stage_thin_runs(rcp_stage_run *runs, size_t n);
typedef struct rcp_stage_anchor { uint64_t a, b; uint32_t word_a, word_b; } rcp_stage_anchor;
/* `runs` is sorted in place, by doc and word: at no cost when they come so. */
RCP_API rcp_status rcp_stage_join_runs(rcp_stage_run *runs, size_t n, rcp_buffer *anchors, rcp_error *error);
/* No link, or one. `anchors` is sorted in place. */
RCP_API rcp_status rcp_stage_passages(rcp_stage *stage, rcp_str a, rcp_str b, rcp_stage_anchor *anchors, size_t n, rcp_buffer *links,
                                      rcp_error *error);
/*
 * The same for all anchors at once, whatever their order (they are sorted in place). `docs` are the numbers of the readings, ascending.
 * Each link has its rcp_stage_pair before it; they come by b, then a.
 */
RCP_API rcp_status rcp_stage_settle(rcp_stage *stage, const uint64_t *docs, const rcp_str *readings, size_t n_readings,
                                    rcp_stage_anchor *anchors, size_t n, rcp_buffer *links, rcp_error *error);

/* ---------------------------------------------------------------------------------------------------------- stories */

/* Groups articles into stories as they come; see docs/stories.md for how. */
typedef struct rcp_stories rcp_stories;

/* Where an article is: `story` is the id of the story's first article. An article without an id goes by its URL or source. */
typedef struct rcp_story_line {
  rcp_str id, story;
  const char *why;        /* a static word: "began", "joined", "merged", "regrouped" */
} rcp_story_line;

/* `window`: how many of the last articles a new one is compared with; 0: 50,000. */
RCP_API rcp_status rcp_stories_new(const rcp_engine *engine, uint32_t window, rcp_stories **out, rcp_error *error);
/* The article is read and may be freed. Views in *out are good until the next call. */
RCP_API rcp_status rcp_stories_add(rcp_stories *stories, const rcp_article *article, rcp_story_line *out, rcp_error *error);
/* Groups all articles of the window anew, in the light of those that came later. */
RCP_API rcp_status rcp_stories_final(rcp_stories *stories, rcp_error *error);

/* A word that two articles share, as each has it (a language apart, it may be), and the part of their likeness that it makes up. */
typedef struct rcp_story_word { rcp_str a, b; double share; } rcp_story_word;

/* One of two articles beside the others of its story; what it is alone in has 0 for likeness and NULL for nearest. */
typedef struct rcp_story_side {
  rcp_story_line line;
  unsigned n_articles;      /* of its story, itself among them, as far as they are in the window */
  double likeness, needed;  /* mean likeness to the others; what is asked of it */
  rcp_str nearest;          /* id of the one it is most like */
  double nearest_likeness;
} rcp_story_side;

/* Why two articles are or are not of one story. Likenesses go from 0 to 1, days between taken off. */
typedef struct rcp_story_reason {
  bool is_one;
  double likeness;          /* of the two articles */
  int days;                 /* between them; -1: one states no day */
  double time;              /* the part of likeness that the days leave */
  double between, needed;   /* two stories: mean likeness between them; what would make them one */
  rcp_story_side side_a, side_b;
  const rcp_story_word *shared, *only_a, *only_b;   /* weightiest first; share in only_*: of the article itself */
  size_t n_shared, n_only_a, n_only_b;
} rcp_story_reason;

/* Both must have been added, and be in the window still; else RCP_EUSAGE. *out is good until the next call, and as long as both articles. */
RCP_API rcp_status rcp_stories_explain(rcp_stories *stories, const rcp_article *a, const rcp_article *b, rcp_story_reason *out, rcp_error *error);

/* Articles of the window whose story is another than rcp_stories_add said, in the order read. Start with *at = 0; false at the end. */
RCP_API bool rcp_stories_changed(const rcp_stories *stories, size_t *at, rcp_story_line *out);
RCP_API void rcp_stories_free(rcp_stories *stories);

/*
 * rcp_stories_add in two: what an article is about as bytes (some 2 kB), and its place among those before it. Outlines may be made anywhere
 * and in any order; they are placed in the order of input. May change with any version, as stages.
 */
RCP_API rcp_status rcp_stories_outline(rcp_stories *stories, const rcp_article *article, rcp_buffer *outline, rcp_error *error);
RCP_API rcp_status rcp_stories_place(rcp_stories *stories, rcp_str outline, rcp_story_line *out, rcp_error *error);

/* ---------------------------------------------------------------------------------------------------------- archive */

/*
 * One file that keeps articles and their stories for years; others may read it while it is written. An archive belongs to
 * one thread at a time; threads open it each for themselves.
 *
 * Stories go by their names: the id of the first article, which stays when stories are merged (the old name then leads to
 * the new story). Articles go by their ids or URLs. Both also go by "#" and the number that rows give.
 * Views in rows are good during the call of see().
 */
typedef struct rcp_archive rcp_archive;

/* What became of an article or a correction. */
typedef struct rcp_archive_line {
  rcp_str id, story;
  const char *status;     /* a static word: "added"; "changed": a new version of what is there; "known": the same words from the
                             same place are there; "forgotten": it was forgotten and stays so; "split", "apart": of corrections */
} rcp_archive_line;

/* An article, or with rcp_archive_list a story by its first article. */
typedef struct rcp_archive_row {
  rcp_str id, story, title, publisher, published;
  uint64_t n_articles;
  uint64_t number;
  rcp_str url, byline, language;
  rcp_str day;            /* ISO: of publication where that is stated and past, else of arrival */
  rcp_str passage;        /* search: the stretch of its text that holds the first word found */
  unsigned version;       /* 1 for the first at its place */
  bool is_latest;
  rcp_str found;          /* search: that word, a part of passage; .n = 0 when it is not in the article's own words */
} rcp_archive_row;

/* A story as lists show it; days are ISO dates. */
typedef struct rcp_archive_story {
  rcp_str id, title, language, first_day, last_day;
  uint64_t number, n_articles, n_publishers;
  bool has_dossier;       /* the figures below are of now; else they are not made yet */
  uint64_t n_claims, n_conflicts, n_texts, n_channels;
} rcp_archive_story;

/* Makes the file when it is not there and `writes`; brings an older one up to date when it `writes`. */
RCP_API rcp_status rcp_archive_open(const rcp_engine *engine, const char *path, bool writes, rcp_archive **out, rcp_error *error);
/* Writing: begin waits for another writer; what was added is there, whatever happens, once commit has returned RCP_OK. */
RCP_API rcp_status rcp_archive_begin(rcp_archive *archive, rcp_error *error);
/* Views in *out are good until the next call. After a failure nothing since rcp_archive_begin is there. */
RCP_API rcp_status rcp_archive_add(rcp_archive *archive, const rcp_article *article, rcp_archive_line *out, rcp_error *error);
RCP_API rcp_status rcp_archive_commit(rcp_archive *archive, rcp_error *error);

/* Rows, latest first, at most `most` (0: all): one a story; the articles of one story; the articles that hold all words. */
typedef void (*rcp_archive_see)(void *with, const rcp_archive_row *row);
RCP_API rcp_status rcp_archive_list(rcp_archive *archive, unsigned most, rcp_archive_see see, void *with, rcp_error *error);
RCP_API rcp_status rcp_archive_show(rcp_archive *archive, const char *story, rcp_archive_see see, void *with, rcp_error *error);
/* Words without regard to case, accents and endings; "words in a row", -not, begin*. Of each place the latest version. */
RCP_API rcp_status rcp_archive_search(rcp_archive *archive, const char *words, unsigned most, rcp_archive_see see, void *with, rcp_error *error);

/* Which rows: {0} is all. */
typedef struct rcp_archive_query {
  const char *day;        /* ISO: stories with articles of that day, most first; search: articles of that day */
  unsigned most, skip;
} rcp_archive_query;
typedef void (*rcp_archive_see_story)(void *with, const rcp_archive_story *story);
/* Stories, those that grew last first. `query` may be NULL. */
RCP_API rcp_status rcp_archive_stories(rcp_archive *archive, const rcp_archive_query *query, rcp_archive_see_story see, void *with, rcp_error *error);
/* One story by its name. RCP_EUSAGE when there is none. */
RCP_API rcp_status rcp_archive_story_get(rcp_archive *archive, const char *story, rcp_archive_see_story see, void *with, rcp_error *error);
/* Days with articles, latest first. */
typedef void (*rcp_archive_see_day)(void *with, rcp_str day, uint64_t n_stories, uint64_t n_articles);
RCP_API rcp_status rcp_archive_days(rcp_archive *archive, unsigned most, rcp_archive_see_day see, void *with, rcp_error *error);
RCP_API rcp_status rcp_archive_find(rcp_archive *archive, const char *words, const rcp_archive_query *query, rcp_archive_see see, void *with, rcp_error *error);

/* An article as it was cleaned, which the caller frees. RCP_EUSAGE when there is none of that name. */
RCP_API rcp_status rcp_archive_article(rcp_archive *archive, const char *article, rcp_article **out, rcp_error *error);
/* The row of one article. */
RCP_API rcp_status rcp_archive_article_row(rcp_archive *archive, const char *article, rcp_archive_see see, void *with, rcp_error *error);
/* The i-th span of an article's text that is not its own words; bytes; `kind` is a static word. False past the end. */
RCP_API bool rcp_article_furniture(const rcp_article *article, size_t i, uint32_t *beg, uint32_t *end, const char **kind);

/* What stood at the place of an article, first version first. */
RCP_API rcp_status rcp_archive_versions(rcp_archive *archive, const char *article, rcp_archive_see see, void *with, rcp_error *error);
/* What a version changed in the one before it: words taken out and put in, either of which may be empty. */
typedef struct rcp_archive_change {
  const char *field;      /* a static word: "title" or "text" */
  rcp_str before, after;
  uint32_t before_beg, before_end, after_beg, after_end;   /* bytes of the field, half open */
} rcp_archive_change;
typedef void (*rcp_archive_see_change)(void *with, const rcp_archive_change *change);
RCP_API rcp_status rcp_archive_changes(rcp_archive *archive, const char *article, rcp_archive_see_change see, void *with, rcp_error *error);

/*
 * The dossier of a story as its articles stand now, latest versions only: made when first asked for, kept in the file, and
 * made anew when an article has joined or left. The engine and the archive must outlive it.
 */
RCP_API rcp_status rcp_archive_dossier(rcp_archive *archive, const char *story, rcp_dossier **out, rcp_error *error);
/* The same written out: of the file when it is kept there. */
RCP_API rcp_status rcp_archive_dossier_write(rcp_archive *archive, const char *story, rcp_format format, const rcp_write_options *options,
                                             rcp_buffer *out, rcp_error *error);

/* A place that carries a claim. Claims come best supported first, the places of each in reading order. */
typedef struct rcp_archive_claim {
  rcp_str story, claim;   /* ids; a claim's is that of the dossier */
  rcp_str gist, why;      /* words that say it best; how its support was counted */
  unsigned articles, texts, channels, independent, conflicts;
  rcp_str article;
  uint64_t number;        /* of the article */
  uint32_t beg, end;      /* bytes of its text */
  uint32_t beg_cp, end_cp;
  rcp_str exact;
  rcp_str mode;           /* asserted, quoted, reported, conditional */
  rcp_str source, cue;    /* who says it there, and the words that tell so */
} rcp_archive_claim;
typedef void (*rcp_archive_see_claim)(void *with, const rcp_archive_claim *claim);
/*
 * Claims of a story; with `article` only those that it carries. One of both may be NULL. They come out of the file, or out of a dossier
 * of the story that you have of rcp_archive_dossier; else, as for derivations, one is made and let go again.
 */
RCP_API rcp_status rcp_archive_claims(rcp_archive *archive, const char *story, const char *article, rcp_archive_see_claim see, void *with,
                                      rcp_error *error);
/* Do claims and derivations of a story lie ready, so that asking for them makes no dossier? False for what is no story. */
RCP_API bool rcp_archive_has_claims(rcp_archive *archive, const char *story);

/* Whose words are in whose article; `shared` is the share of the smaller text. */
typedef struct rcp_archive_derivation {
  rcp_str story, a, b;    /* ids of articles */
  uint64_t number_a, number_b;
  rcp_str kind;           /* copy, rewrite, translation, partial */
  rcp_str direction;      /* a-from-b, b-from-a, siblings, unknown */
  double shared;
  rcp_str evidence;
} rcp_archive_derivation;
/* Those of one story. RCP_EUSAGE when there is none of that name. */
typedef void (*rcp_archive_see_derivation)(void *with, const rcp_archive_derivation *derivation);
RCP_API rcp_status rcp_archive_derivations(rcp_archive *archive, const char *story, rcp_archive_see_derivation see, void *with, rcp_error *error);

/*
 * What a person says, for ever: the program never undoes it. Each is a transaction by itself, or part of the one that is
 * begun (forget is always by itself). `note` is kept beside it; NULL: none. RCP_EUSAGE when a name names nothing.
 */
RCP_API rcp_status rcp_archive_merge(rcp_archive *archive, const char *story, const char *into, const char *note, rcp_error *error);
/* These articles of one story leave it; *out tells the new story. */
RCP_API rcp_status rcp_archive_split(rcp_archive *archive, const char *const *articles, size_t n_articles, const char *note, rcp_archive_line *out,
                                     rcp_error *error);
/* These two articles are not of one story: b leaves it when they are, with those more like it than a. */
RCP_API rcp_status rcp_archive_not_same(rcp_archive *archive, const char *a, const char *b, const char *note, rcp_archive_line *out, rcp_error *error);
/* Deletes an article, its versions and what was made of them; what stood there is overwritten. */
RCP_API rcp_status rcp_archive_forget(rcp_archive *archive, const char *article, rcp_error *error);

/* What happened to stories, latest first; `story` NULL: to all. */
typedef struct rcp_archive_event {
  int64_t at;             /* seconds since 1970; 0: not known */
  const char *kind;       /* a static word: merged, split, apart, forgot */
  rcp_str story, other;   /* names: merged into other; other was split off, or is not the same */
  bool by_person;
  rcp_str note;
} rcp_archive_event;
typedef void (*rcp_archive_see_event)(void *with, const rcp_archive_event *event);
RCP_API rcp_status rcp_archive_events(rcp_archive *archive, const char *story, unsigned most, rcp_archive_see_event see, void *with, rcp_error *error);

/*
 * The archive, or one story of it, as other programs read it: articles a line with their stories (which add reads again),
 * claims as CSV, dossiers as one JSON-LD array, derivations as GraphML. `write` gets pieces; not 0 ends it with RCP_EIO.
 */
typedef enum rcp_export { RCP_EXPORT_JSONL, RCP_EXPORT_CSV, RCP_EXPORT_JSONLD, RCP_EXPORT_GRAPHML } rcp_export;
typedef int (*rcp_archive_write)(void *with, rcp_str bytes);
RCP_API rcp_status rcp_archive_export(rcp_archive *archive, rcp_export what, const char *story, rcp_archive_write write, void *with, rcp_error *error);

/*
 * One round over feeds: those that are due are asked (as rcp_options says: robots.txt, private addresses, timeout), whether they changed
 * since the last round, and what is new in them is added, each article in a transaction of its own. When an item holds less
 * than an article, its page is fetched; a page that is there already only when the feed says that it was updated since.
 * A feed that fails is asked again later and later, at most after a day; what is wrong with a feed is told and harms no other.
 */
typedef struct rcp_watch_options {
  unsigned interval;      /* seconds between two questions to a feed; 0: 900 */
  unsigned pause;         /* seconds between two pages of one feed at least; 0: 1 */
  unsigned most;          /* items of a feed looked at in a round; 0: 200 */
  bool no_pages;          /* what feeds themselves hold, and no more */
} rcp_watch_options;

/* What a round has to tell, as it goes. */
typedef struct rcp_watch_line {
  rcp_str feed, url;      /* url .p NULL: it is about the feed */
  rcp_archive_line added; /* of an article; status NULL: it is about something else */
  const char *status;     /* a static word: "article", "unchanged", "failed", "doubt", "read" */
  rcp_str note;           /* what is wrong; .p NULL: nothing */
} rcp_watch_line;
/* Called in the thread of the round; views are good during the call. */
typedef void (*rcp_archive_see_watch)(void *with, const rcp_watch_line *line);
/* *due (may be NULL) gets the time, in seconds since 1970, at which the next feed is due. `options` may be NULL. */
RCP_API rcp_status rcp_archive_watch(rcp_archive *archive, const char *const *feeds, size_t n_feeds, const rcp_watch_options *options,
                                     rcp_archive_see_watch see, void *with, int64_t *due, rcp_error *error);

/* Names each fault; RCP_EDATA when there is one. */
RCP_API rcp_status rcp_archive_check(rcp_archive *archive, void (*see)(void *with, rcp_str fault), void *with, rcp_error *error);
/* Memory kept for the next dossier goes back to the system: for a program that waits. The archive stays open, its dossiers stay good. */
RCP_API void rcp_archive_rest(rcp_archive *archive);
RCP_API void rcp_archive_close(rcp_archive *archive);

/* ------------------------------------------------------------------------------------------------------------- cage */

/*
 * For programs that read hostile input: after rcp_cage_enter this process opens the files named here and no others, starts
 * no program, runs no code but its own and connects to nothing. For good: no call undoes it. It holds for the calling thread
 * and those it makes later, so call it once, early: behind rcp_engine_new (which reads language tables), before threads are made and
 * input is read. What was open before stays open. The library never calls it by itself.
 */
typedef struct rcp_cage {
  const char *const *reads;    /* files, and folders with all below, links in them followed; what is not there is left out */
  size_t n_reads;
  const char *const *writes;   /* files, or folders in which files may be made, changed and removed (an archive needs its folder) */
  size_t n_writes;
  bool serves;                 /* connections may be answered on a socket that listens already */
  bool network;                /* connections may be made, for inputs that are links */
} rcp_cage;

/* What of a cage holds. */
enum { RCP_CAGE_FILES = 1, RCP_CAGE_CALLS = 2 };

/*
 * *held (may be NULL) gets which of both hold: files (landlock, Linux 5.13), system calls (seccomp; x86-64 and arm64). An older kernel or
 * a container may have neither: RCP_OK and 0; decide whether that will do. RCP_EIO when the kernel refuses the first step.
 */
RCP_API rcp_status rcp_cage_enter(const rcp_cage *cage, unsigned *held, rcp_error *error);

#ifdef __cplusplus
}
#endif

#endif
