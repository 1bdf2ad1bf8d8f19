/*
 * Sentence by sentence: verbs of saying, then each family of frames (frame.h), then what only the whole text tells: who a
 * pronoun is (resolve.h), which frame lies within another.
 *
 * Rules of form over tables, no parser and no tagger: on held-out stories the cutting of clauses (clause.h) is worth more
 * than any rule of attribution, and what is lost is quotations without a cue and background inside a reported sentence.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mark/attrib.h"

#include <stdlib.h>

#include "mark/frame.h"
#include "mark/resolve.h"

static int by_content(const void *x, const void *y) {
  const rcpi_frame *a = x, *b = y;
  if (a->content.token != b->content.token) return a->content.token < b->content.token ? -1 : 1;
  if (a->content.end_token != b->content.end_token) return a->content.end_token > b->content.end_token ? -1 : 1;
  if (a->cue.token != b->cue.token) return a->cue.token < b->cue.token ? -1 : 1;
  return (int)a->form - (int)b->form;
}

/* Frames are sorted: an outer one that holds another's words and cue stands before it. */
static void nest(rcpi_frame *frames, size_t n) {
  for (size_t i = 0; i < n; i++) {
    for (size_t k = i; k-- > 0 && frames[i].outer < 0;) {
      if (frames[i].content.token >= frames[k].content.end_token) {
        if (frames[i].content.token > frames[k].content.end_token + 200) break;
        continue;
      }
      bool holds = frames[k].content.end_token >= frames[i].content.end_token && frames[k].cue.token != frames[i].cue.token;
      bool holds_cue = frames[i].cue.token >= frames[k].content.token && frames[i].cue.end_token <= frames[k].content.end_token;
      if (holds && holds_cue) frames[i].outer = (int)k;
    }
  }
}

void rcpi_attrib_find(rcpi_arena *a, const rcpi_text *text, rcpi_marks *out) {
  rcpi_framing f = {.a = a};
  if (!out->gram) out->gram = rcpi_gram_read(a, text);
  f.report_verbs = rcpi_lang_table(text->lang, "report_verbs");
  f.report_nouns = rcpi_lang_table(text->lang, "report_nouns");
  f.phrases = rcpi_lang_table(text->lang, "cue_phrases");
  f.not_sources = rcpi_lang_table(text->lang, "not_sources");
  f.wording = rcpi_lang_table(text->lang, "wording");
  for (size_t at = 0; at < text->n_tokens; at = f.u.end) {
    f.u = rcpi_unit_at(text, out->gram, at);
    f.first = f.frames.n;
    f.n_says = rcpi_say_find(a, &f.u, f.report_verbs, &f.says);
    rcpi_frames_according(&f);
    rcpi_frames_say(&f);
    rcpi_frames_noun(&f);
    rcpi_frames_carry(&f);
  }
  out->frames = f.frames.p;
  out->n_frames = f.frames.n;
  rcpi_attrib_resolve(a, text, out);
  if (out->n_frames) qsort(out->frames, out->n_frames, sizeof *out->frames, by_content);
  nest(out->frames, out->n_frames);
}
