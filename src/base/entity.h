/*
 * entity.h - character references (&eacute; &#233; &#xE9; &amp) to UTF-8.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_BASE_ENTITY_H
#define RCPI_BASE_ENTITY_H

#include "base/str.h"

enum { RCPI_ENTITY_MOST = 8 };   /* bytes that one reference can become */

/*
 * s begins with '&'. Writes what it stands for into out and its length into *n_out; gives the bytes of s it took. Where
 * no reference begins here, that is the '&' itself and 1. In an attribute, HTML leaves "&copy=1" and "&notit" alone.
 */
size_t rcpi_entity_read(rcp_str s, bool in_attribute, char out[RCPI_ENTITY_MOST], size_t *n_out);

/* The generated list (entities.c). */
extern const char rcpi_entity_blob[];
extern const uint16_t rcpi_entity_at[];
extern const size_t rcpi_n_entities;

#endif
