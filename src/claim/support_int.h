/*
 * support_int.h - what the three files of support share. Used in support*.c only.
 *
 * support.c counts texts and channels, support_who.c speakers and independent origins, support_why.c says why.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_SUPPORT_INT_H
#define RCPI_CLAIM_SUPPORT_INT_H

#include "base/sets.h"
#include "claim/support.h"

typedef struct rcpi_support_counter {
  rcpi_arena *a;
  const rcpi_claim_options *options;
  rcpi_story *story;
  bool *is_link;               /* [telling] made out of two families */
  uint32_t *agency;            /* [telling] -> the origin that the whole text is credited to, or UINT32_MAX */
  bool *is_agency_text;        /* the text is an agency's own, copied or translated */
  rcpi_sets plain;             /* tellings joined by what holds for any claim, then origins alone */
  RCPI_VEC(const rcpi_derivation *) slight;   /* those that hold for some claims only */
  struct { uint32_t a, b; } *ends;   /* of each derivation */
  uint32_t *with_at, *with;    /* derivations of telling i: with[with_at[i]] to with[with_at[i + 1]] */
  uint32_t *credit_at;         /* credits of telling i: credit_at[i] to credit_at[i + 1] */
  bool *is_published;          /* [origin] one of the tellings is its own */
  uint32_t *place;             /* scratch: [telling] -> 1 + its place in the tally; 0: not there */
} rcpi_support_counter;

enum { RCPI_SUPPORT_SPEAKERS = 16 };   /* of one telling for one claim; one more is kept when there are more */

typedef struct rcpi_support_tally {
  rcpi_sets nodes;             /* tellings, then origins (as channels) */
  rcpi_sets sure;              /* the same without what only doubt has joined */
  RCPI_VEC(uint32_t) tellings;
  struct rcpi_support_tie { double sure; uint32_t nearest; } *tie;   /* of each of the tellings: how surely its text carries the claim, and the telling that it is tied to best */
  uint32_t *speaker;           /* of each appearance, or UINT32_MAX */
  struct rcpi_support_spoken { uint32_t who[RCPI_SUPPORT_SPEAKERS + 1], n; } *spoken;   /* of each of the tellings: distinct, in order */
  RCPI_VEC(uint32_t) speakers; /* distinct, in order of appearance */
  bool *is_vague;              /* of each of the speakers: he may be any other of the claim */
} rcpi_support_tally;

static inline bool rcpi_support_holds(const uint32_t *p, size_t n, uint32_t x) {
  for (size_t i = 0; i < n; i++)
    if (p[i] == x) return true;
  return false;
}

/* The sets that the tellings are in now. */
static inline const uint32_t *rcpi_support_roots(const rcpi_support_counter *c, rcpi_support_tally *t) {
  uint32_t *root = rcpi_array(c->a, uint32_t, t->tellings.n);
  for (size_t i = 0; i < t->tellings.n; i++) root[i] = rcpi_sets_root(&t->nodes, t->tellings.p[i]);
  return root;
}

/* Who is said to say the claim, in each telling; the tellings are listed. */
void rcpi_support_take_speakers(const rcpi_support_counter *c, const rcpi_claim *claim, rcpi_support_tally *t);
/* Independent origins; `texts`: the tellings joined to texts, before channels joined them. Fills t->speakers and is_vague. */
uint32_t rcpi_support_independent(const rcpi_support_counter *c, const rcpi_claim *claim, rcpi_support_tally *t, const rcpi_sets *texts);
/* The line that says which tellings count together and who speaks. */
rcp_str rcpi_support_explain(const rcpi_support_counter *c, rcpi_support_tally *t, const rcpi_support *support, bool fr);

#endif
