/*
 * frame.h - the finders of attribution frames, each for one family of forms; attrib.c runs them sentence by sentence.
 *
 * A finder adds frames to rcpi_framing. A content is one range; the cue and the source that lie in it are no part of what
 * is said (attrib.h), except for verbs whose object is what is said, whose content begins with the cue. What is said in
 * two stretches gives two frames with the same cue and source.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_MARK_FRAME_H
#define RCPI_MARK_FRAME_H

#include "mark/ahead.h"

typedef struct rcpi_framing {
  rcpi_arena *a;
  rcpi_unit u;                 /* the sentence at hand */
  rcpi_say *says;              size_t n_says;
  RCPI_VEC(rcpi_frame) frames; /* of the whole text so far */
  size_t first;                /* the sentence's first frame */
  const rcpi_table *report_verbs, *report_nouns, *phrases, *not_sources, *wording;
} rcpi_framing;

/* Adds a frame unless its content is empty; gives it, or NULL. */
rcpi_frame *rcpi_frame_add(rcpi_framing *f, rcpi_frame_form form, rcpi_tokens cue, rcpi_tokens source, rcpi_tokens content);
/* The same for a verb of saying: its cue runs to cue_end, its stance and tense go along. */
rcpi_frame *rcpi_frame_say(rcpi_framing *f, const rcpi_say *s, rcpi_frame_form form, size_t cue_end, rcpi_tokens source,
                           rcpi_tokens content);
/* The sentence's last frame with a source whose cue begins before token i; NULL without one. */
const rcpi_frame *rcpi_frame_before(const rcpi_framing *f, size_t i);
/* The last frame of the sentences before, two back at most: who spoke; NULL without one. */
const rcpi_frame *rcpi_frame_speaker(const rcpi_framing *f);
/* Where what is said from token i on stops. */
size_t rcpi_frame_scope(const rcpi_framing *f, size_t i);
/* Where the object of a verb of saying that begins at i stops: earlier, at a comma with a clause or relative. */
size_t rcpi_frame_object_scope(const rcpi_framing *f, size_t i);
/* The quotation that holds token i, within the sentence; empty without one. Its marks are in it. */
rcpi_tokens rcpi_frame_quotation(const rcpi_framing *f, size_t i);

/* Inversions and asides: « C », dit X · C, a-t-il dit · comme l'a dit X, C · C, X said. False when it is none. */
bool rcpi_frame_incise(rcpi_framing *f, const rcpi_say *s, const rcpi_ahead *x);
bool rcpi_frame_as(rcpi_framing *f, const rcpi_say *s);
bool rcpi_frame_trailing(rcpi_framing *f, const rcpi_say *s);

void rcpi_frames_according(rcpi_framing *f);   /* selon X, d'après X, pour X */
void rcpi_frames_say(rcpi_framing *f);         /* X dit que, « C », dit X, X disant, X exige C */
void rcpi_frames_noun(rcpi_framing *f);        /* l'annonce par X, les accusations de X */
void rcpi_frames_carry(rcpi_framing *f);       /* quotations without a cue of their own */

#endif
