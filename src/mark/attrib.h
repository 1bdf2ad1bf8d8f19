/*
 * attrib.h - attribution: who says it (source), by which words (cue), and what is said (content); and the mode of any
 * stretch of text: asserted, quoted, reported or conditional.
 *
 * Forms and their traps: docs/attribution.md. Verbs, hedges and patterns are tables (report_verbs, hedge, attrib ...).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_MARK_ATTRIB_H
#define RCPI_MARK_ATTRIB_H

#include "mark/mark.h"

/* All frames of a text, in `a`; fills frames and n_frames. */
void rcpi_attrib_find(rcpi_arena *a, const rcpi_text *text, rcpi_marks *out);

/* What can be said of a stretch: its mode, and the frames that cover it, outermost first (indices into marks->frames). */
typedef struct rcpi_attribution {
  rcpi_mode mode;
  uint32_t frames[3];
  uint32_t n_frames;
  rcpi_tokens hedge;           /* the words that make it conditional, or empty */
} rcpi_attribution;
rcpi_attribution rcpi_attrib_of(const rcpi_text *text, const rcpi_marks *marks, rcpi_tokens piece);

/* Does a finite verb stand in it? "About 15 million people" says less than "16 million people are in such plans". */
bool rcpi_attrib_has_verb(const rcpi_text *text, const rcpi_marks *marks, rcpi_tokens piece);

/*
 * Clauses: stretches of one sentence (title included) that carry one fact each, in order, disjoint. The words that only
 * say who speaks are a clause of their own, flagged.
 */
typedef struct rcpi_clause { rcpi_tokens at; bool is_frame_only; } rcpi_clause;
size_t rcpi_attrib_clauses(rcpi_arena *a, const rcpi_text *text, const rcpi_marks *marks, rcpi_clause **out);

#endif
