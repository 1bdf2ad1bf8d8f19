/* file.h - reading a whole file, with interrupted and short reads gone on with. SPDX-License-Identifier: Apache-2.0 */
#ifndef RCPI_BASE_FILE_H
#define RCPI_BASE_FILE_H

#include "base/arena.h"
#include "base/str.h"

/* All bytes of a file, or of standard input for "-", into the arena; RCP_ELIMIT past `most`. A NUL follows. */
rcp_status rcpi_file_read(rcpi_arena *a, rcp_str path, size_t most, rcp_str *out, rcp_error *error);

#endif
