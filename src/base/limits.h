/*
 * limits.h - every cap of the library in one place, so that each can be stated in SECURITY.md. Two may be set (rcp_options): the first
 * two are what they are when nobody does.
 *
 * A limit that is met ends the record that met it with a plain message; it never ends the run.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_BASE_LIMITS_H
#define RCPI_BASE_LIMITS_H

enum {
  RCPI_MAX_ARTICLE = 64 << 20,     /* bytes of one article, as found and as text */
  RCPI_MAX_TELLING = 256 << 10,    /* bytes of a text that compare reads: comparing claims is quadratic, articles are short */
  RCPI_MAX_SET = 1 << 30,          /* what either may be set to: offsets are uint32_t, and a line of JSON may take twice its text */
  RCPI_MAX_KEPT_TEXTS = 256 << 20, /* bytes of texts that a segment of reuse keeps, to show in words what is common */
  RCPI_MAX_DEPTH = 512,            /* nesting that a parser follows; deeper markup is flattened */
  RCPI_MAX_CLAIM_WORDS = 60,       /* an appearance longer than this is cut */
  RCPI_ARENA_CHUNK = 64 << 10,     /* bytes of an arena's first chunk */
};

#endif
