/*
 * json.h - writing JSON as a stream, and the door to jansson for reading it.
 *
 * The writer puts commas and escapes; nesting is the caller's, checked by assert. Output is compact or indented, always
 * valid UTF-8, and sticky like the buffer below it.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_BASE_JSON_H
#define RCPI_BASE_JSON_H

#include "base/arena.h"
#include "base/buf.h"

typedef struct rcpi_json {
  rcpi_buf *out;
  unsigned depth;
  bool is_indented, needs_comma, after_key;
} rcpi_json;

void rcpi_json_init(rcpi_json *j, rcpi_buf *out, bool is_indented);
void rcpi_json_open(rcpi_json *j, char bracket);    /* '{' or '[' */
void rcpi_json_close(rcpi_json *j, char bracket);   /* '}' or ']' */
void rcpi_json_key(rcpi_json *j, const char *key);
void rcpi_json_str(rcpi_json *j, rcp_str s);        /* null when s.p is NULL */
void rcpi_json_uint(rcpi_json *j, uint64_t v);
void rcpi_json_int(rcpi_json *j, int64_t v);
void rcpi_json_num(rcpi_json *j, double v, int decimals);
void rcpi_json_bool(rcpi_json *j, bool v);
void rcpi_json_null(rcpi_json *j);
/* A quoted, escaped string into any buffer. */
void rcpi_json_quote(rcpi_buf *out, rcp_str s);

/* A parsed value; views live as long as the arena. */
typedef struct rcpi_value rcpi_value;
/* NULL on malformed input, with a message and its byte in *offset; both may be NULL. */
const rcpi_value *rcpi_json_parse(rcpi_arena *a, rcp_str text, const char **message, size_t *offset);
const rcpi_value *rcpi_json_get(const rcpi_value *object, const char *key);   /* NULL when absent or no object */
const rcpi_value *rcpi_json_at(const rcpi_value *array, size_t i);
size_t rcpi_json_size(const rcpi_value *array_or_object);                     /* 0 for anything else */
rcp_str rcpi_json_text(const rcpi_value *v);                                  /* .p NULL when no string */
bool rcpi_json_is_array(const rcpi_value *v);
bool rcpi_json_is_object(const rcpi_value *v);
bool rcpi_json_is_true(const rcpi_value *v);                                 /* the literal true */
bool rcpi_json_number(const rcpi_value *v, double *out);
/* The i-th member of an object in the order written; false past the end. */
bool rcpi_json_member(const rcpi_value *object, size_t i, rcp_str *key, const rcpi_value **value);

#endif
