/*
 * reading.h - an article as bytes, to be sent elsewhere: head, sketch, words, places, id.
 *
 * The same on every machine of one byte order; of the version of sketch.h only.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_REUSE_READING_H
#define RCPI_REUSE_READING_H

#include "base/buf.h"
#include "reuse/segment.h"

/* Where the parts of a reading lie: views into its bytes. */
typedef struct rcpi_opened {
  rcp_str id;
  uint32_t n_words, n_alone;
  const rcpi_sketch *sketch;
  const uint32_t *words;
  rcpi_segment places;         /* a segment of this article alone, for rcpi_segment_place */
  rcpi_doc doc;
} rcpi_opened;

/* Its size is a multiple of 8. */
void rcpi_reading_pack(rcpi_buf *out, const rcpi_reading *r);
/* Zeros up to a multiple of 8. */
void rcpi_reading_pad(rcpi_buf *b);
/* False on bytes that are no reading of this version, or that do not begin at a multiple of 8. */
bool rcpi_reading_open(rcp_str bytes, rcpi_opened *out);

#endif
