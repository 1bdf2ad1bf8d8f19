/*
 * Quotations without a cue of their own.
 *
 * A sentence that is all quotation goes on with the speaker of the quotation before it, at most two sentences back, or,
 * when a quotation stayed open at the paragraph's end, with the speaker of that one. Within a sentence a quotation behind
 * a colon takes the cue before it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mark/frame.h"

enum { LONG = 4, FAR = 2 };

static bool is_covered(const rcpi_framing *f, rcpi_tokens q) {
  for (size_t n = f->first; n < f->frames.n; n++) {
    const rcpi_frame *x = &f->frames.p[n];
    if (x->content.token <= q.token + 1 && x->content.end_token + 1 >= q.end_token) return true;
  }
  return false;
}

/* Are all words of the sentence in quotation marks? */
static bool is_all_quoted(const rcpi_unit *u) {
  for (size_t i = u->beg; i < u->end; i++)
    if (rcpi_unit_word(u, i) && !u->k[i].quotation) return false;
  return true;
}

/* The last frame of the sentences before, whose content was quoted, at most FAR sentences back in the text. */
static const rcpi_frame *speaker_before(const rcpi_framing *f) {
  const rcpi_unit *u = &f->u;
  if (u->beg == 0 || !f->first) return NULL;
  uint32_t here = u->k[u->beg].sentence;
  for (size_t n = f->first; n-- > 0;) {
    const rcpi_frame *x = &f->frames.p[n];
    uint32_t there = u->k[x->cue.token].sentence, end = u->k[x->content.end_token - 1].sentence;
    uint32_t last = end > there ? end : there;
    if (here - last > FAR) return NULL;
    if (rcpi_tokens_any(x->source) && x->form != RCPI_FRAME_ACCORDING) return x;
  }
  return NULL;
}

void rcpi_frames_carry(rcpi_framing *f) {
  const rcpi_unit *u = &f->u;
  if (u->is_title) return;
  bool all = is_all_quoted(u);
  for (size_t i = u->beg; i < u->end;) {
    rcpi_tokens q = rcpi_frame_quotation(f, i);
    if (!rcpi_tokens_any(q)) { i++; continue; }
    i = q.end_token;
    if (rcpi_unit_words(u, q.token, q.end_token) < LONG || is_covered(f, q)) continue;
    const rcpi_frame *from = NULL;
    if (all) from = speaker_before(f);
    else if (q.token > u->beg && u->g[q.token - 1].mark == ':') from = rcpi_frame_before(f, q.token);
    if (!from) continue;
    rcpi_frame copy = *from;
    rcpi_frame *x = rcpi_frame_add(f, RCPI_FRAME_CARRIED, copy.cue, copy.source, q);
    if (x) x->is_past = copy.is_past;
  }
}
