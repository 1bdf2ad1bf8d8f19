/*
 * ahead.h - what stands behind a verb of saying, over days, addressees and places: a déclaré lundi, devant la presse, que.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_MARK_AHEAD_H
#define RCPI_MARK_AHEAD_H

#include "mark/say.h"

typedef struct rcpi_ahead {
  size_t at;                   /* the token that decides */
  bool that, colon, quote, infinitive;
  bool number, quotes;         /* a number, a quotation soon: what its object may hold */
} rcpi_ahead;

rcpi_ahead rcpi_ahead_of(const rcpi_unit *u, const rcpi_say *s);
/* Does a quotation open in [beg, end)? */
bool rcpi_ahead_quotes(const rcpi_unit *u, size_t beg, size_t end);

#endif
