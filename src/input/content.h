/* content.h - the bytes of one page or text into an article. SPDX-License-Identifier: Apache-2.0 */
#ifndef RCPI_INPUT_CONTENT_H
#define RCPI_INPUT_CONTENT_H

#include "input/article.h"

/*
 * Decodes `bytes`, which are not kept, and fills html or text, what sha256 is of, and, when something is to be said, note.
 * `kind` RCP_INPUT_AUTO: told from the content. `charset` is what a header declares; NULL: a meta tag is asked.
 */
rcp_status rcpi_content_read(rcp_str bytes, rcp_input kind, const char *charset, rcp_article *article, rcp_error *error);

#endif
