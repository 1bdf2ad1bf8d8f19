/*
 * html_json.h - the JSON that pages carry (schema.org linked data), read as people write it.
 *
 * What a strict reader refuses and pages hold: comments and CDATA marks around it, line ends and unescaped quotes in
 * strings, commas too many or too few, several values in a row, a cut end. All give what could be read.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLEAN_HTML_JSON_H
#define RCPI_CLEAN_HTML_JSON_H

#include "base/arena.h"
#include "base/str.h"

typedef enum rcpi_pkind { RCPI_P_OBJECT, RCPI_P_ARRAY, RCPI_P_STRING, RCPI_P_OTHER } rcpi_pkind;

/* In the order written: what is inside value i is i + 1 .. end. */
typedef struct rcpi_pvalue {
  rcpi_pkind kind;
  rcp_str key;         /* in an object; not unescaped */
  rcp_str raw;         /* of a string: between its quotes; of a number or word: itself */
  uint32_t end;
} rcpi_pvalue;

typedef struct rcpi_pjson { RCPI_VEC(rcpi_pvalue) v; } rcpi_pjson;

/* Adds the values of one text to those already there. */
void rcpi_pjson_read(rcpi_arena *a, rcp_str text, rcpi_pjson *out);
/* The member of an object, or 0 (which is no member of anything). */
uint32_t rcpi_pjson_get(const rcpi_pjson *j, uint32_t object, const char *key);
/* A string's text: escapes and character references read, white space single; .p NULL for other values. */
rcp_str rcpi_pjson_text(rcpi_arena *a, const rcpi_pjson *j, uint32_t value);

#endif
