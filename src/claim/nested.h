/* nested.h - one claim for what alignment found twice at the same places. SPDX-License-Identifier: Apache-2.0 */
#ifndef RCPI_CLAIM_NESTED_H
#define RCPI_CLAIM_NESTED_H

#include "claim/claim.h"

/* Drops claims all of whose places lie in another claim's places. Claims keep their order. */
void rcpi_claims_drop_nested(rcpi_arena *a, rcpi_story *story);

#endif
