/*
 * claim.h - one story: claims with all their appearances, differences between them, derivations, origins, support.
 *
 * The order of work: derive (who copied whom, verbatim) -> pieces -> align -> derive again (translations and rewrites,
 * by the order of aligned claims) -> differences -> origins -> support. Each step has a file pair in this folder.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_CLAIM_H
#define RCPI_CLAIM_CLAIM_H

#include "mark/attrib.h"
#include "mark/mark.h"
#include "mark/name_group.h"
#include "reuse/reuse.h"

/* A place that carries a claim. */
typedef struct rcpi_appearance {
  uint32_t telling;
  rcpi_tokens at;              /* tokens of that telling's text */
  rcpi_attribution said;
} rcpi_appearance;

/* The schema's kinds of difference, in its order. */
typedef enum rcpi_difference_kind {
  RCPI_DIFF_QUANTITY, RCPI_DIFF_DATE, RCPI_DIFF_NAME, RCPI_DIFF_OBJECT, RCPI_DIFF_MODALITY, RCPI_DIFF_ATTRIBUTION,
  RCPI_DIFF_POLARITY, RCPI_DIFF_ASPECT, RCPI_DIFF_SCOPE, RCPI_DIFF_PLACE, RCPI_DIFF_OTHER,
} rcpi_difference_kind;

/* A value of a difference: the words and their normal form. */
typedef struct rcpi_value_at { uint32_t telling; rcpi_span at; rcp_str norm; } rcpi_value_at;

typedef struct rcpi_difference {
  rcpi_difference_kind kind;
  bool is_conflict;
  rcpi_value_at *values;       size_t n_values;      /* by telling, then place */
  rcp_str why;                 /* one line made of the parts found, in the engine's locale */
} rcpi_difference;

typedef struct rcpi_support {
  uint32_t articles, texts, channels, independent;
  uint32_t doubtful;           /* texts that may tell another claim, and are counted with another only for that */
  uint32_t *origins;           size_t n_origins;     /* the named ones, indices in rcpi_story.origins */
  rcp_str why, why_other;      /* why_other: the same line in the other of English and French */
} rcpi_support;

/* How sure alignment is, in thousandths, that two appearances of a claim (indices) say the same. */
typedef struct rcpi_link { uint32_t a, b; int32_t score; } rcpi_link;

typedef struct rcpi_claim {
  rcpi_appearance *appearances;  size_t n_appearances; /* by telling, then place */
  rcpi_link *links;            size_t n_links;       /* pairs of different tellings that alignment scored */
  uint32_t gist;               /* the appearance whose words say it most clearly */
  rcpi_difference *differences;  size_t n_differences;
  rcpi_support support;
  bool is_corrected;           /* a person put these appearances together, or took one away */
} rcpi_claim;

typedef enum rcpi_derivation_kind { RCPI_COPY, RCPI_REWRITE, RCPI_TRANSLATION, RCPI_PARTIAL } rcpi_derivation_kind;
typedef enum rcpi_direction { RCPI_A_FROM_B, RCPI_B_FROM_A, RCPI_SIBLINGS, RCPI_UNKNOWN } rcpi_direction;

typedef struct rcpi_derivation {
  uint32_t a, b;               /* tellings, a < b */
  rcpi_derivation_kind kind;
  rcpi_direction direction;
  double shared;               /* share of the shorter text's own words lying in shared passages */
  rcp_str evidence, evidence_other;  /* one line for people; the same in the other of English and French */
  rcpi_passage *passages;      size_t n_passages;
  bool is_corrected;           /* a person's word */
} rcpi_derivation;

typedef enum rcpi_origin_kind {
  RCPI_ORIGIN_AGENCY, RCPI_ORIGIN_MEDIUM, RCPI_ORIGIN_OFFICIAL, RCPI_ORIGIN_ORGANISATION, RCPI_ORIGIN_PERSON,
  RCPI_ORIGIN_ANONYMOUS, RCPI_ORIGIN_OTHER,
} rcpi_origin_kind;

/* The agency, medium, official or document that texts name for what they say. */
typedef struct rcpi_origin {
  rcp_str name;
  rcpi_origin_kind kind;
  uint32_t channel;            /* UINT32_MAX: a speaker; else this is an agency or medium */
  bool is_vague;               /* les autorités, il: nobody in particular */
  bool is_named;               /* a person or body by name */
  rcp_str body;                /* key of the country or unnamed body that it is (Bangkok, un syndicat); empty: none */
  rcp_str *voices;             size_t n_voices;      /* keys of those for which it speaks: le ministre thaïlandais, du syndicat X */
} rcpi_origin;

/* A place where an article names an origin, for itself (byline, credit) or for what it reports (selon l'AFP). */
typedef struct rcpi_credit { uint32_t telling; rcpi_span at; uint32_t origin; bool is_for_all; } rcpi_credit;

/*
 * Two quantities, or two dates, that may stand for one: telling and index in its marks (rival.h). is_answer: in one text, and the second
 * is told with nothing but who says it.
 */
typedef struct rcpi_rival { uint32_t a, in_a, b, in_b; bool is_date, is_answer; } rcpi_rival;

typedef struct rcpi_story {
  rcpi_telling *tellings;      size_t n_tellings;    /* by article source */
  rcpi_name_groups names;
  rcpi_claim *claims;          size_t n_claims;      /* in reading order of their first appearance */
  rcpi_rival *rivals;          size_t n_rivals;
  rcpi_derivation *derivations;  size_t n_derivations;  /* by (a, b) */
  rcpi_origin *origins;        size_t n_origins;
  rcpi_credit *credits;        size_t n_credits;     /* by telling, then place */
  uint32_t **frame_origin;     /* [telling][frame] -> origin index or UINT32_MAX */
  uint32_t *publisher_origin;  /* [telling] -> its publisher as an origin, or UINT32_MAX */
  uint32_t texts, channels;    /* of the whole story */
  size_t n_corrections_lost;   /* corrections whose place is not in the story */
} rcpi_story;

typedef struct rcpi_claim_options {
  bool in_french;              /* language of `why` and `evidence` */
  const struct rcpi_corrections *corrections;   /* NULL: none */
  const int32_t *score_weights;                 /* score.h; NULL: the program's own */
} rcpi_claim_options;

/* `tellings` and n_tellings are set; fills the rest, all in `a`. */
void rcpi_story_read(rcpi_arena *a, const rcpi_claim_options *options, rcpi_story *story);

/* The second half of it: names and claims with their appearances are there; origins, derivations, differences, support. */
void rcpi_story_judge(rcpi_arena *a, const rcpi_claim_options *options, rcpi_story *story);

#endif
