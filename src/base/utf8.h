/*
 * utf8.h - reading and writing UTF-8 one code point at a time (Unicode 15, table 3-7: no surrogates, no overlong forms).
 *
 * Text inside the library is valid UTF-8: input/ repairs what is not (rcpi_utf8_repair). The reader is still safe on
 * anything: an ill-formed byte is one U+FFFD and one byte long.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_BASE_UTF8_H
#define RCPI_BASE_UTF8_H

#include "base/arena.h"
#include "base/str.h"

enum { RCPI_REPLACEMENT = 0xFFFD };

/* The code point at s.p[at]; *len gets its bytes (1 to 4). at < s.n. */
uint32_t rcpi_utf8_at(rcp_str s, size_t at, size_t *len);
/* The code point that ends just before `at` (at > 0); *len gets its bytes. */
uint32_t rcpi_utf8_before(rcp_str s, size_t at, size_t *len);
/* Writes a code point, gives its bytes. */
size_t rcpi_utf8_put(uint32_t code_point, char out[4]);
bool rcpi_utf8_valid(rcp_str s);
/* Code points in s. */
size_t rcpi_utf8_count(rcp_str s);
/* s, or where it is ill-formed a copy with U+FFFD for each bad byte; *n_bad counts them. */
rcp_str rcpi_utf8_repair(rcpi_arena *a, rcp_str s, size_t *n_bad);

/*
 * Byte offsets to code-point offsets of one text, for writing out: a table of every 64th byte, so that a text of n
 * bytes costs n/16 bytes and a look-up at most 64 steps.
 */
typedef struct rcpi_cp_map { rcp_str text; uint32_t *at; } rcpi_cp_map;
void rcpi_cp_map_init(rcpi_arena *a, rcp_str text, rcpi_cp_map *out);
uint32_t rcpi_cp_of(const rcpi_cp_map *map, uint32_t byte);

#endif
