/* kind.h - what the first bytes of an input say that it is. SPDX-License-Identifier: Apache-2.0 */
#ifndef RCPI_INPUT_KIND_H
#define RCPI_INPUT_KIND_H

#include "base/str.h"

enum { RCPI_KIND_HEAD = 16 << 10 };   /* bytes that are looked at */

/* Never RCP_INPUT_AUTO: what is nothing else is text. `is_whole`: `head` is all there is. */
rcp_input rcpi_kind_of(rcp_str head, bool is_whole);
/* A byte in twenty is no character of any text. */
bool rcpi_kind_is_binary(rcp_str head);
/* Is this JSON object a news item as IPTC ninjs has it, and no record of ours? */
bool rcpi_kind_is_ninjs(rcp_str object);

#endif
