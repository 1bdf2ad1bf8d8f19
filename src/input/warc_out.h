/* warc_out.h - what a server sent, kept as WARC 1.1 records (ISO 28500). SPDX-License-Identifier: Apache-2.0 */
#ifndef RCPI_INPUT_WARC_OUT_H
#define RCPI_INPUT_WARC_OUT_H

#include <time.h>

#include "base/arena.h"
#include "base/str.h"

typedef struct rcpi_warc_out rcpi_warc_out;

/* Goes on behind what the file holds; a name that ends in .gz gets packed records. A new file begins with a warcinfo record. */
rcp_status rcpi_warc_out_open(rcp_str path, rcpi_warc_out **out, rcp_error *error);
typedef struct rcpi_warc_response { rcp_str url, address, head, body; time_t at; } rcpi_warc_response;
/* One response as it went over the wire: head with its blank line, body as sent. It is in the file when this returns. */
rcp_status rcpi_warc_out_add(rcpi_warc_out *w, rcpi_arena *scratch, const rcpi_warc_response *response, rcp_error *error);
void rcpi_warc_out_close(rcpi_warc_out *w);

#endif
