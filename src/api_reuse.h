/* api_reuse.h - what api_stage.c needs of api_reuse.c: reading an article without adding it. SPDX-License-Identifier: Apache-2.0 */
#ifndef RCPI_API_REUSE_H
#define RCPI_API_REUSE_H

#include "base/buf.h"

/* From now on an article that is added is written to `reading` (reuse/stage.h), and not kept. */
void rcpi_reuse_only_read(rcp_reuse *reuse, rcpi_buf *reading);
/* Adds a record of JSONL, which goes by `id` when it has none. */
rcp_status rcpi_reuse_add_record(rcp_reuse *reuse, rcp_str id, rcp_str line, rcp_error *error);

#endif
