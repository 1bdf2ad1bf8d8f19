/*
 * resolve.h - who "elle", "ce dernier" or "M. Dupont" is: the fuller name earlier in the article; and which sources have no
 * name.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_MARK_RESOLVE_H
#define RCPI_MARK_RESOLVE_H

#include "mark/mark.h"

/* Fills resolved and is_anonymous of frames, which are in reading order; gram must be set. */
void rcpi_attrib_resolve(rcpi_arena *a, const rcpi_text *text, rcpi_marks *marks);

#endif
