/*
 * name.h - names of people, places, organisations, products, media in one telling. name_group.h brings several together.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_MARK_NAME_H
#define RCPI_MARK_NAME_H

#include "mark/mark.h"
#include "mark/name_group.h"

/* In order of place, disjoint. A mention holds its title ("M. Kim") and the head that joins it ("viaduc de Malcombe"). */
void rcpi_names_find(rcpi_arena *a, const rcpi_text *text, rcpi_marks *marks);
/* The first name that ends behind a token; n_names when none does. */
size_t rcpi_names_behind(const rcpi_marks *marks, uint32_t token);
/* As rcpi_names_find for captions, credits and what the site says of itself: a text and marks of their own. */
void rcpi_names_in_furniture(rcpi_arena *a, const rcp_article *article, rcpi_text *text, rcpi_marks *marks);

#endif
