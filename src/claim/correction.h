/*
 * correction.h - what a person says of a story, kept apart from the input and stronger than the program's own finding.
 *
 * One JSON object a line (docs/formats.md):
 *     {"same": [PLACE, PLACE]}          these two places carry one claim
 *     {"different": [PLACE, PLACE]}     they do not
 *     {"name": ["6 Muhajir", "Mohajer-6"]}                 these spellings are one name
 *     {"from": {"source": "b.txt", "of": "a.txt"}}         b's text comes from a's
 *     {"not_from": {"source": "b.txt", "of": "a.txt"}}     it does not
 * PLACE is {"source": "a.txt", "exact": "the words"}: the first place in that article where the words stand, or the one
 * at "start" (code points) when that is given. A source may be named by its path or its last part.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_CORRECTION_H
#define RCPI_CLAIM_CORRECTION_H

#include "claim/claim.h"

typedef enum rcpi_correction_kind { RCPI_SAME, RCPI_DIFFERENT, RCPI_NAME, RCPI_FROM, RCPI_NOT_FROM } rcpi_correction_kind;

typedef struct rcpi_correction {
  rcpi_correction_kind kind;
  rcp_str source[2];           /* of the places, or child and parent */
  rcp_str words[2];            /* exact words, or spellings */
  int64_t start[2];            /* code points, -1: the first place */
} rcpi_correction;

typedef struct rcpi_corrections {
  rcpi_correction *all;
  size_t n;
} rcpi_corrections;

/* Reads the lines of a file; RCP_EUSAGE with the line that makes no sense. Strings live in `a`. */
rcp_status rcpi_corrections_parse(rcpi_arena *a, rcp_str file, rcp_str source, rcpi_corrections *out, rcp_error *error);

/* Each changes what was found before it; a correction whose place is not in the story is left out and counted. */
size_t rcpi_correct_names(rcpi_arena *a, const rcpi_corrections *c, rcpi_story *story);
size_t rcpi_correct_claims(rcpi_arena *a, const rcpi_corrections *c, rcpi_story *story);
size_t rcpi_correct_derivations(rcpi_arena *a, const rcpi_corrections *c, bool in_french, rcpi_story *story);

#endif
