/*
 * difference_int.h - what the finders of differences share. Used in difference*.c only.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_DIFFERENCE_INT_H
#define RCPI_CLAIM_DIFFERENCE_INT_H

#include "claim/difference.h"
#include "mark/name.h"
#include "mark/quantity.h"
#include "mark/time.h"
#include "text/phrase.h"

enum { RCPI_DIFF_LANGS = 16 };   /* and one for what is of no known language */

/* Tables of one language, compiled once a story. */
typedef struct rcpi_diff_words {
  const rcpi_table *contrast, *false_friend, *negation, *aspect, *toll, *share, *denial;
  rcpi_phrases *contrast_words, *wrong, *right, *negations, *aspects, *tolls, *shares, *denials;
} rcpi_diff_words;

/* A place that denies a claim which the text told before. */
typedef struct rcpi_denial { uint32_t claim, telling; rcpi_tokens at; } rcpi_denial;

typedef struct rcpi_diff_finder {
  rcpi_arena *a;
  const rcpi_claim_options *options;
  const rcpi_story *story;
  rcpi_diff_words *words;      /* by language index */
  bool *name_told;             /* by group: its spellings were told with another claim */
  uint32_t **claim_at;         /* [telling][token]: 1 + a claim of several tellings that stands there */
  RCPI_VEC(rcpi_denial) denials;
  RCPI_VEC(const rcpi_derivation *) directed;   /* derivations of which one telling is known to be the parent */
  const rcpi_claim *claim;
  int32_t *link;               /* [appearance][appearance]: score of alignment; NULL: no pair of the claim has one */
  RCPI_VEC(rcpi_difference) found;
} rcpi_diff_finder;

typedef struct rcpi_diff_values { RCPI_VEC(rcpi_value_at) v; } rcpi_diff_values;

static inline const rcpi_text *rcpi_diff_text(const rcpi_diff_finder *f, const rcpi_appearance *app) {
  return &f->story->tellings[app->telling].text;
}
static inline const rcpi_marks *rcpi_diff_marks(const rcpi_diff_finder *f, const rcpi_appearance *app) {
  return &f->story->tellings[app->telling].marks;
}

static inline const rcpi_diff_words *rcpi_diff_words_in(const rcpi_diff_finder *f, const rcpi_lang *lang) {
  return &f->words[lang && lang->index < RCPI_DIFF_LANGS ? lang->index : RCPI_DIFF_LANGS];
}
static inline const rcpi_diff_words *rcpi_diff_words_of(const rcpi_diff_finder *f, const rcpi_appearance *app) {
  return rcpi_diff_words_in(f, rcpi_diff_text(f, app)->lang);
}
static inline bool rcpi_diff_is_title(const rcpi_diff_finder *f, const rcpi_appearance *app) {
  const rcpi_text *t = rcpi_diff_text(f, app);
  return t->paragraphs[t->sentences[t->tokens[app->at.token].sentence].paragraph].kind != RCPI_PAR_BODY;
}

/* Adds a value; the same place twice is one. */
void rcpi_diff_value(rcpi_diff_finder *f, rcpi_diff_values *values, const rcpi_appearance *app, rcpi_tokens at, rcp_str norm);
/* The whole appearance, when it is short enough to be a value. */
void rcpi_diff_whole(rcpi_diff_finder *f, rcpi_diff_values *values, const rcpi_appearance *app, rcp_str norm);
/*
 * Records a difference if the values have at least two norms in at least two tellings. `why` is written as
 * "norm (article, article) / norm (article)".
 */
bool rcpi_diff_add(rcpi_diff_finder *f, rcpi_difference_kind kind, bool is_conflict, rcpi_diff_values *values);
/* The rows of `phrases` that stand in the appearance: calls are cheap, phrases are looked up by their first word. */
size_t rcpi_diff_rows(const rcpi_diff_finder *f, const rcpi_appearance *app, const rcpi_phrases *phrases, uint32_t *rows,
                      rcpi_tokens *at, size_t most);

/* How sure alignment is of a pair of appearances; `unknown` where it was not asked (a person put them together). */
int32_t rcpi_diff_link(const rcpi_diff_finder *f, size_t i, size_t k, int32_t unknown);

/* Can both be said of one thing? */
bool rcpi_diff_agree(const rcpi_quantity *x, const rcpi_quantity *y);
/* des dizaines; ages, sentences and terms of office. */
bool rcpi_diff_is_vague(const rcpi_quantity *q);
bool rcpi_diff_is_years(const rcpi_quantity *q);
/* Does the telling give the value anywhere? A small plain count proves nothing. */
bool rcpi_diff_knows(const rcpi_diff_finder *f, uint32_t telling, const rcpi_quantity *known);
/* The number with the thing counted, as far as the appearance holds them. */
rcpi_tokens rcpi_diff_counted(const rcpi_appearance *app, const rcpi_quantity *q);
/* Is it the number of each ("chaque pays"), or of all together? Both false: the words don't say. */
bool rcpi_diff_is_each(const rcpi_diff_finder *f, const rcpi_appearance *app, const rcpi_quantity *q);
bool rcpi_diff_is_all(const rcpi_diff_finder *f, const rcpi_appearance *app, const rcpi_quantity *q);
/* Of two resolved times: one ends before the other begins. */
bool rcpi_diff_dates_apart(rcp_str x, rcp_str y);
/* A day and a year tell of a moment and of a time of its own: "a proposé lundi" and "une baisse en 2025". */
bool rcpi_diff_dates_comparable(rcp_str x, rcp_str y);

/* Once a story, before the finders. */
void rcpi_diff_read_denials(rcpi_diff_finder *f);

void rcpi_diff_quantities(rcpi_diff_finder *f);
/* Once a story, behind the finders: adds to the claims in which rivals stand (difference_rival.c). */
void rcpi_diff_rivals(rcpi_diff_finder *f, rcpi_story *story);
void rcpi_diff_times(rcpi_diff_finder *f);
void rcpi_diff_names(rcpi_diff_finder *f);
void rcpi_diff_detached(rcpi_diff_finder *f);
void rcpi_diff_objects(rcpi_diff_finder *f);
void rcpi_diff_modality(rcpi_diff_finder *f);
void rcpi_diff_polarity(rcpi_diff_finder *f);
void rcpi_diff_denials(rcpi_diff_finder *f);
void rcpi_diff_aspect(rcpi_diff_finder *f);
void rcpi_diff_attribution(rcpi_diff_finder *f);

#endif
