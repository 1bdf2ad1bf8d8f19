/* sha256.h - the door to nettle: SHA-256 of an input, named in a dossier's settings. SPDX-License-Identifier: Apache-2.0 */
#ifndef RCPI_BASE_SHA256_H
#define RCPI_BASE_SHA256_H

#include "base/str.h"

enum { RCPI_SHA256_HEX = 64 };

/* Lower-case hexadecimal, with a NUL. */
void rcpi_sha256_hex(rcp_str bytes, char out[RCPI_SHA256_HEX + 1]);

#endif
