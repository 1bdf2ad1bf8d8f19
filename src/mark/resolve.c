/* SPDX-License-Identifier: Apache-2.0 */
#include "mark/resolve.h"

#include "mark/gram.h"

/* What is known of a speaker's gender and number from the words that name him. */
typedef struct person { rcpi_tokens at; unsigned gender; bool is_plural, is_name; } person;

static person read_person(const rcpi_text *t, const rcpi_gram *g, rcpi_tokens at) {
  person p = {.at = at, .gender = RCPI_MALE | RCPI_FEMALE};
  for (uint32_t i = at.token; i < at.end_token; i++) {
    const rcpi_word *w = g[i].word;
    if (w->roles && w->gender != (RCPI_MALE | RCPI_FEMALE)) { p.gender = w->gender; break; }
  }
  const rcpi_gram *first = &g[at.token];
  p.is_plural = rcpi_gram_is(first, RCPI_G_PLURAL);
  if (p.gender == (RCPI_MALE | RCPI_FEMALE) && rcpi_gram_is(first, RCPI_G_FEMININE)) p.gender = RCPI_FEMALE;
  for (uint32_t i = at.token; i < at.end_token; i++) p.is_name |= (t->tokens[i].flags & RCPI_TOK_CAPITAL) != 0;
  return p;
}

static bool is_speaker(const rcpi_text *t, const rcpi_gram *g, rcpi_tokens at) {
  if (rcpi_gram_is(&g[at.token], RCPI_G_ONE | RCPI_G_SUBJ)) return false;
  bool found = false;
  for (uint32_t i = at.token; i < at.end_token; i++)
    found |= (g[i].word->roles & ~(unsigned)RCPI_ROLE_DOC) || (t->tokens[i].flags & RCPI_TOK_CAPITAL);
  return found;
}

static bool is_pronoun(const rcpi_gram *g, rcpi_tokens at) {
  return at.end_token == at.token + 1 && rcpi_gram_is(&g[at.token], RCPI_G_PRON | RCPI_G_ENCLITIC | RCPI_G_TONIC) &&
         !rcpi_gram_is(&g[at.token], RCPI_G_ONE);
}

void rcpi_attrib_resolve(rcpi_arena *a, const rcpi_text *text, rcpi_marks *marks) {
  const rcpi_gram *g = marks->gram;
  RCPI_VEC(person) seen = {0};
  for (size_t n = 0; n < marks->n_frames; n++) {
    rcpi_frame *x = &marks->frames[n];
    if (!rcpi_tokens_any(x->source)) continue;
    if (!is_pronoun(g, x->source)) {
      if (x->form != RCPI_FRAME_CARRIED && is_speaker(text, g, x->source)) rcpi_push(a, &seen, read_person(text, g, x->source));
      continue;
    }
    bool plural = rcpi_gram_is(&g[x->source.token], RCPI_G_PLURAL), female = rcpi_gram_is(&g[x->source.token], RCPI_G_FEMININE);
    for (size_t k = seen.n; k-- > 0 && k + 6 > seen.n;) {
      const person *p = &seen.p[k];
      if (p->at.token >= x->source.token || p->is_plural != plural || !(p->gender & (female ? RCPI_FEMALE : RCPI_MALE))) continue;
      x->resolved = p->at;
      break;
    }
  }
}
