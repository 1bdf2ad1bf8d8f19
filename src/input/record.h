/* record.h - an article from one JSON object of our own form. SPDX-License-Identifier: Apache-2.0 */
#ifndef RCPI_INPUT_RECORD_H
#define RCPI_INPUT_RECORD_H

#include "input/article.h"

/*
 * Fills the article, whose `source` names the record in messages. `line` is not kept. A title that the text does not begin
 * with goes before it, with a blank line (contract/cli.md).
 */
rcp_status rcpi_record_read(rcp_str line, rcp_article *article, rcp_error *error);
/* The same for what other containers state: the title goes before a text that does not begin with it. */
void rcpi_record_join_title(rcp_article *article);

#endif
