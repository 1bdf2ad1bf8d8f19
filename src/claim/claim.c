/* SPDX-License-Identifier: Apache-2.0 */
#include "claim/claim.h"

#include "claim/align.h"
#include "claim/correction.h"
#include "claim/derive.h"
#include "claim/difference.h"
#include "claim/nested.h"
#include "claim/origin.h"
#include "claim/support.h"

void rcpi_story_read(rcpi_arena *a, const rcpi_claim_options *options, rcpi_story *story) {
  rcpi_names_group(a, story->tellings, story->n_tellings, &story->names);
  story->n_corrections_lost = rcpi_correct_names(a, options->corrections, story);
  rcpi_claims_align(a, options->score_weights, story);
  rcpi_claims_drop_nested(a, story);
  story->n_corrections_lost += rcpi_correct_claims(a, options->corrections, story);
  rcpi_story_judge(a, options, story);
}

void rcpi_story_judge(rcpi_arena *a, const rcpi_claim_options *options, rcpi_story *story) {
  rcpi_origins_find(a, story);
  rcpi_derivations_find(a, options, story);
  story->n_corrections_lost += rcpi_correct_derivations(a, options->corrections, options->in_french, story);
  rcpi_differences_find(a, options, story);
  rcpi_support_count(a, options, story);
}
