/*
 * mark.h - what the words of an article carry: who says what and how surely, quantities, times, names.
 *
 * Every mark is a place in rcpi_text: half-open token ranges [token, end_token). Each kind has a file pair of its own;
 * rcpi_marks_find runs them in order. Marks of one telling only: names and quantities of several are brought together
 * by name.h's grouping and by claim/.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_MARK_MARK_H
#define RCPI_MARK_MARK_H

#include "text/text.h"

typedef struct rcpi_tokens { uint32_t token, end_token; } rcpi_tokens;   /* empty: token == end_token */
static inline bool rcpi_tokens_any(rcpi_tokens t) { return t.end_token > t.token; }

typedef enum rcpi_mode { RCPI_MODE_ASSERTED, RCPI_MODE_QUOTED, RCPI_MODE_REPORTED, RCPI_MODE_CONDITIONAL } rcpi_mode;

/* What kind of place attributes a content to a source (design.md, "Attribution"). */
typedef enum rcpi_frame_form {
  RCPI_FRAME_ACCORDING, RCPI_FRAME_THAT, RCPI_FRAME_INCISE, RCPI_FRAME_QUOTE, RCPI_FRAME_PARTICIPLE, RCPI_FRAME_INFINITIVE,
  RCPI_FRAME_OBJECT, RCPI_FRAME_NOUN, RCPI_FRAME_TITLE, RCPI_FRAME_CARRIED, RCPI_FRAME_CITED,
} rcpi_frame_form;

typedef enum rcpi_stance { RCPI_STANCE_NEUTRAL, RCPI_STANCE_DOUBT, RCPI_STANCE_DENY, RCPI_STANCE_AFFIRM } rcpi_stance;

/* Source, cue, content: the PARC scheme. */
typedef struct rcpi_frame {
  rcpi_tokens source;          /* as written; empty: nobody is named */
  rcpi_tokens resolved;        /* the fuller name elsewhere in the article when source is a pronoun or short form; or empty */
  rcpi_tokens cue;             /* the words that attribute */
  rcpi_tokens content;
  rcpi_frame_form form;
  rcpi_stance stance;
  int outer;                   /* index of the frame that this one's source is cited through, or -1 */
  bool is_past;                /* a past cue: a conditional below it may be a future in the past */
  bool is_anonymous;           /* une source proche du dossier, sous couvert d'anonymat */
} rcpi_frame;

typedef enum rcpi_quantity_relation { RCPI_EXACT, RCPI_ABOUT, RCPI_AT_LEAST, RCPI_AT_MOST, RCPI_RANGE } rcpi_quantity_relation;

typedef struct rcpi_quantity {
  rcpi_tokens at;              /* number with its modifier and unit: "près de 30 mètres" */
  rcpi_tokens number;          /* the number alone */
  rcpi_tokens counted;         /* what is counted or measured: "blessés"; may be empty */
  double lo, hi;               /* equal unless a range; in the base unit (m, t->kg, EUR ...) */
  rcpi_quantity_relation relation;
  rcp_str unit;                /* normal form: "m", "kg", "EUR", "%", "point", "" for a plain count */
  rcp_str norm;                /* for people: "~30 m", ">200 t", "27" */
} rcpi_quantity;

typedef struct rcpi_time {
  rcpi_tokens at;
  rcp_str resolved;            /* ISO 8601 date, month, year or start/end; .p NULL: the text does not settle it */
  int minute;                  /* of the day, for a clock time; -1: none */
} rcpi_time;

/* The schema's types. */
typedef enum rcpi_name_type {
  RCPI_NAME_PERSON, RCPI_NAME_ORG, RCPI_NAME_PLACE, RCPI_NAME_PRODUCT, RCPI_NAME_MEDIA, RCPI_NAME_EVENT, RCPI_NAME_OTHER,
} rcpi_name_type;

typedef struct rcpi_name {
  rcpi_tokens at;
  rcpi_name_type type;
  bool has_title;              /* M., Mme, le président ... stands before it */
} rcpi_name;

typedef struct rcpi_marks {
  struct rcpi_kept *kept;                             /* kept.h; NULL: this text is read alone */
  struct rcpi_gram *gram;                             /* one a token: gram.h */
  struct rcpi_plain *plain;                           /* the same text as plain words: plain.h */
  rcpi_frame *frames;          size_t n_frames;       /* by content, then by place of the cue */
  rcpi_quantity *quantities;   size_t n_quantities;
  rcpi_time *times;            size_t n_times;
  rcpi_name *names;            size_t n_names;
} rcpi_marks;

/* One telling: the unit that claim/ works on. */
typedef struct rcpi_telling {
  const rcp_article *article;
  rcpi_text text;
  rcpi_marks marks;
} rcpi_telling;

/* What marks are read with; dates are ISO, .p NULL when unknown. */
typedef struct rcpi_mark_options {
  rcp_str published;           /* for an article that states no date */
  rcp_str story_date;          /* wins over what the article states */
  rcp_str near;                /* a day that another article of the story states: gives a date line its year */
  struct rcpi_kept *kept;      /* kept.h, shared by the texts of a story; NULL: none */
} rcpi_mark_options;

/* Fills text and marks of a cleaned article; all in `a`. */
void rcpi_telling_read(rcpi_arena *a, const rcp_article *article, const rcpi_mark_options *options, rcpi_telling *out);

#endif
