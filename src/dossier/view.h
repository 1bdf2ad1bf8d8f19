/*
 * view.h - a dossier as a reader meets it: in which order, under which numbers, what belongs side by side.
 *
 * Articles are numbered by publication (undated ones last, then by source), claims ranked best supported first:
 * independent origins, channels, texts, articles, place. The terminal text, the page and the server show the same view.
 * All of it lives in the arena given to rcpi_view_init and points into the dossier.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_DOSSIER_VIEW_H
#define RCPI_DOSSIER_VIEW_H

#include "dossier/dossier.h"
#include "dossier/message.h"

typedef struct rcpi_conflict { uint32_t claim, difference; } rcpi_conflict;

typedef struct rcpi_view {
  const rcp_dossier *d;
  rcpi_messages words;
  uint32_t *order;             /* [place] -> telling */
  uint32_t *number;            /* [telling] -> place + 1: how readers call it */
  uint32_t *claims;            /* [rank] -> claim */
  uint32_t *rank;              /* [claim] -> rank */
  rcpi_conflict *conflicts;    size_t n_conflicts;   /* the lead's first, then by articles, rank of claim, place */
  uint32_t *gist;              /* [claim] -> the appearance whose words stand for it, in the reader's language if it can be */
  uint32_t n_shared;           /* claims that two articles or more carry: the first ones in rank need not be these */
} rcpi_view;

void rcpi_view_init(rcpi_arena *a, const rcp_dossier *d, rcpi_view *out);
/* The same view for a reader of `locale`: its words and gists. NULL: the engine's, as rcpi_view_init sets it. */
void rcpi_view_speak(rcpi_arena *a, rcpi_view *v, const char *locale);

/* The place whose words stand for a claim. */
const rcpi_appearance *rcpi_view_gist(const rcpi_view *v, uint32_t claim);

/* Of a line that the analysis wrote in both languages (support.why, evidence): the reader's; *other gets the other. */
rcp_str rcpi_view_reason(const rcpi_view *v, rcp_str own, rcp_str *other);
/*
 * A normal form for people: those that the program itself gives ("not negated") in the reader's language, with the
 * message's key in `key`; any other as it is, and an empty key.
 */
rcp_str rcpi_view_norm(const rcpi_view *v, rcp_str norm, char key[48]);

/* Whether a difference's normal forms are quantities. */
bool rcpi_view_is_amount(const rcpi_difference *x);
/* A normal form of this difference for people: date, quantity, the program's own words, else as it is. */
rcp_str rcpi_view_value(rcpi_arena *a, const rcpi_view *v, const rcpi_difference *x, rcp_str norm);

/* Who published it: publisher, else the URL's host, else the name of the file. Never empty. */
rcp_str rcpi_view_label(const rcpi_view *v, uint32_t telling);
rcp_str rcpi_view_words(const rcpi_view *v, uint32_t telling, rcpi_span at);
rcpi_span rcpi_view_tokens(const rcpi_view *v, uint32_t telling, rcpi_tokens at);
rcpi_span rcpi_view_span(const rcpi_view *v, const rcpi_appearance *app);

/* Modes in which a telling carries a claim, as bits (1 << rcpi_mode). */
unsigned rcpi_view_modes(const rcpi_claim *c, uint32_t telling);

/* One reading of a difference: a value and those who give it, first published first. */
typedef struct rcpi_reading { rcp_str norm; uint32_t *values; size_t n_values; } rcpi_reading;
size_t rcpi_view_readings(rcpi_arena *a, const rcpi_view *v, const rcpi_difference *x, rcpi_reading **out);

/* The stretch that shows a value in its words: the claim's appearance around it when that says more, else its sentence. */
rcpi_span rcpi_view_context(const rcpi_view *v, const rcpi_claim *c, const rcpi_value_at *value);

/* Who relies on an origin: tellings (by number) that credit it or attribute a claim to it, and claims resting on it. */
typedef struct rcpi_reliance {
  uint32_t *tellings;          size_t n_tellings;
  uint32_t *claims;            size_t n_claims;      /* by rank */
  uint32_t *credits;           size_t n_credits;     /* indices in rcpi_story.credits */
} rcpi_reliance;
/* One for each origin of the story. */
rcpi_reliance *rcpi_view_reliances(rcpi_arena *a, const rcpi_view *v);
/* Origins, those that most claims rest on first. */
uint32_t *rcpi_view_origin_order(rcpi_arena *a, const rcpi_view *v, const rcpi_reliance *reliances);

/* The origin of an appearance's k-th frame; UINT32_MAX: none. */
uint32_t rcpi_view_origin(const rcpi_view *v, const rcpi_appearance *app, uint32_t k);
/* Who says it in that frame, as written; the fuller name in *resolved when the article has one. .n = 0: nobody. */
rcp_str rcpi_view_source(const rcpi_view *v, const rcpi_appearance *app, uint32_t k, rcp_str *resolved);

/*
 * One wording of a claim and the appearances that have it to the letter (case, accents and punctuation apart), by mode,
 * speaker and number of the article. Wordings come in the order of their first article.
 */
typedef struct rcpi_wording { uint32_t *appearances; size_t n; } rcpi_wording;
/* Who says it, by the outermost frame that names somebody, as written; .n = 0: nobody. */
rcp_str rcpi_view_speaker(const rcpi_view *v, const rcpi_appearance *app);
size_t rcpi_view_wordings(rcpi_arena *a, const rcpi_view *v, const rcpi_claim *c, rcpi_wording **out);

#endif
