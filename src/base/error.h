/* error.h - filling the caller's rcp_error. SPDX-License-Identifier: Apache-2.0 */
#ifndef RCPI_BASE_ERROR_H
#define RCPI_BASE_ERROR_H

#include "base/str.h"

/* Fills *error (which may be NULL) and returns `code`, so that a caller can write: return rcpi_error(...); */
rcp_status rcpi_error(rcp_error *error, rcp_status code, rcp_str source, uint64_t offset, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

#endif
