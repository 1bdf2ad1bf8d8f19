/*
 * channel.h - agencies and media that texts credit: by a byline, a dateline or a credit line (for the whole text), or in
 * a sentence (for what it says).
 *
 * Known by the media table; by the publishers of the story's own articles; by a word before them (l'agence X, le
 * quotidien X); by capitals in a credit line or dateline. A short form in brackets after a name is that name.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_CHANNEL_H
#define RCPI_CLAIM_CHANNEL_H

#include "claim/claim.h"

typedef struct rcpi_channel { rcp_str name; rcpi_origin_kind kind; } rcpi_channel;

typedef struct rcpi_channel_mention {
  uint32_t telling, channel;
  rcpi_span at;
  bool is_for_all;             /* credits the whole text */
  bool is_dateline;            /* the name in brackets before a dispatch's dash */
  bool is_with;                /* "avec l'AFP": made with it, not by it */
} rcpi_channel_mention;

typedef struct rcpi_channels {
  rcpi_channel *all;           size_t n;
  rcpi_channel_mention *mentions;  size_t n_mentions;   /* by telling, then place */
  uint32_t *publisher;         /* [telling] -> its publisher's channel, or UINT32_MAX */
} rcpi_channels;

void rcpi_channels_find(rcpi_arena *a, const rcpi_story *story, rcpi_channels *out);

#endif
