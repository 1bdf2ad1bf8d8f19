/*
 * limits.h - every cap of the library in one place, so that each can be stated in SECURITY.md and lowered in tests.
 *
 * A limit that is met ends the record that met it with a plain message; it never ends the run.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_BASE_LIMITS_H
#define RCPI_BASE_LIMITS_H

enum {
  RCPI_MAX_ARTICLE = 64 << 20,     /* bytes of one article's text; offsets are uint32_t */
  RCPI_MAX_TELLING = 256 << 10,    /* bytes of a text that compare reads: comparing claims is quadratic, articles are short */
  RCPI_MAX_KEPT_TEXTS = 256 << 20, /* bytes of texts that a segment of reuse keeps, to show in words what is common */
  RCPI_MAX_DEPTH = 512,            /* nesting that a parser follows; deeper markup is flattened */
  RCPI_MAX_CLAIM_WORDS = 60,       /* an appearance longer than this is cut */
  RCPI_ARENA_CHUNK = 64 << 10,     /* bytes of an arena's first chunk */
};

#endif
