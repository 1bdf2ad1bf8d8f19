/* SPDX-License-Identifier: Apache-2.0 */
#include "claim/claim.h"

#include "claim/derive.h"
#include "claim/difference.h"
#include "claim/origin.h"
#include "claim/support.h"

void rcpi_story_read(rcpi_arena *a, const rcpi_claim_options *options, rcpi_story *story) {
  rcpi_names_group(a, story->tellings, story->n_tellings, &story->names);
  size_t n_claims = 0;
  RCPI_VEC(rcpi_claim) claims = {0};
  for (uint32_t t = 0; t < story->n_tellings; t++) {
    rcpi_clause *clauses;
    n_claims = rcpi_attrib_clauses(a, &story->tellings[t].text, &story->tellings[t].marks, &clauses);
    for (size_t i = 0; i < n_claims; i++) {
      rcpi_appearance *app = rcpi_new(a, rcpi_appearance);
      *app = (rcpi_appearance){t, clauses[i].at, rcpi_attrib_of(&story->tellings[t].text, &story->tellings[t].marks, clauses[i].at)};
      rcpi_push(a, &claims, (rcpi_claim){.appearances = app, .n_appearances = 1, .support = {.articles = 1, .texts = 1, .channels = 1, .independent = 1}});
    }
  }
  story->claims = claims.p;
  story->n_claims = claims.n;
  rcpi_story_judge(a, options, story);
}

void rcpi_story_judge(rcpi_arena *a, const rcpi_claim_options *options, rcpi_story *story) {
  rcpi_origins_find(a, story);
  rcpi_derivations_find(a, options, story);
  rcpi_differences_find(a, options, story);
  rcpi_support_count(a, options, story);
}
