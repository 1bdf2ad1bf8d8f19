/*
 * batch.h - several articles out of one document that can only be read as a whole: a feed, ninjs items.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_INPUT_BATCH_H
#define RCPI_INPUT_BATCH_H

#include "input/article.h"
#include "input/feed.h"

typedef struct rcpi_batch rcpi_batch;

/* `path` names the document in messages, `base` (may be .p NULL) is its URL, `charset` what a header declares or NULL. */
rcp_status rcpi_batch_new(rcp_input kind, rcp_str bytes, const char *charset, rcp_str path, rcp_str base, rcpi_batch **out, rcp_error *error);
/* The next article; RCP_END behind the last. What was wrong with the document is told once, behind what could be read of it. */
rcp_status rcpi_batch_next(rcpi_batch *b, rcp_article *article, rcp_error *error);
/* The feed, as it is read; NULL for ninjs. */
const rcpi_feed *rcpi_batch_feed(const rcpi_batch *b);
void rcpi_batch_free(rcpi_batch *b);

/* One ninjs item on a line of its own; RCP_END: no text, which is nothing to complain of. */
rcp_status rcpi_batch_line(rcp_str line, rcp_article *article, rcp_error *error);
/* Does this ninjs document begin with an item on a line of its own? */
bool rcpi_batch_is_lines(rcp_str head);

#endif
