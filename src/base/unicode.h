/*
 * unicode.h - the door to ICU: character properties, folding, normal form, charsets.
 *
 * Folding makes spellings comparable: lower case, no accents, ligatures opened (œ -> oe), typographic apostrophes and
 * hyphens made plain. ASCII and Latin take a table; the rest goes through ICU.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_BASE_UNICODE_H
#define RCPI_BASE_UNICODE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

typedef enum rcpi_char_class {
  RCPI_CHAR_OTHER, RCPI_CHAR_SPACE, RCPI_CHAR_LETTER, RCPI_CHAR_DIGIT, RCPI_CHAR_MARK, RCPI_CHAR_PUNCT, RCPI_CHAR_SYMBOL,
} rcpi_char_class;

rcpi_char_class rcpi_char_class_of(uint32_t cp);
bool rcpi_is_upper(uint32_t cp);
bool rcpi_is_lower_cp(uint32_t cp);
uint32_t rcpi_lower_cp(uint32_t cp);
uint32_t rcpi_upper_cp(uint32_t cp);
/* Columns that a terminal gives it: 0 for what combines or does not show, 2 for wide ones, else 1. */
unsigned rcpi_columns_cp(uint32_t cp);
/* Turns text around, or hides in it: what a hostile text may use to look like another. */
bool rcpi_is_bidi_control(uint32_t cp);

/* Lower case without accents; in the arena, or s itself when it is folded already. */
rcp_str rcpi_fold(rcpi_arena *a, rcp_str s);
/* Lower case, accents kept, U+2019 made '; in the arena or s itself. */
rcp_str rcpi_lower_str(rcpi_arena *a, rcp_str s);
/* Normal form C; in the arena or s itself. */
rcp_str rcpi_nfc(rcpi_arena *a, rcp_str s);
bool rcpi_is_nfc(rcp_str s);

/*
 * Bytes in `charset` (any name that ICU knows) as UTF-8 in the arena. false when the charset is unknown.
 * *n_bad counts what could not be decoded and became U+FFFD.
 */
bool rcpi_to_utf8(rcpi_arena *a, rcp_str bytes, const char *charset, rcp_str *out, size_t *n_bad);
/* ICU's best guess, "windows-1252" when it has none; static storage of ICU or a literal. */
const char *rcpi_detect_charset(rcp_str bytes);
/* ICU's version, for a dossier's settings. */
const char *rcpi_icu_version(void);

#endif
