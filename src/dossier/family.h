/*
 * family.h - derivations as families of texts: each article below the one that it comes from.
 *
 * A row is an article or a text that is not here (its children are siblings: both come from something that nobody gave
 * us). Rows of a family follow one another, a parent before its children, children by publication; families by their
 * first publication. Where an article draws on several, the strongest link makes its place and the others are `also`.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_DOSSIER_FAMILY_H
#define RCPI_DOSSIER_FAMILY_H

#include "dossier/view.h"

#define RCPI_NO_ROW UINT32_MAX

typedef struct rcpi_family_row {
  uint32_t telling;            /* RCPI_NO_ROW: a text that is not here */
  uint32_t parent;             /* row; RCPI_NO_ROW: none */
  uint32_t link;               /* derivation to the parent; RCPI_NO_ROW: none, or the parent is not here */
  uint32_t depth, family;
} rcpi_family_row;

typedef struct rcpi_families {
  rcpi_family_row *rows;       size_t n_rows;
  uint32_t *row_of;            /* [telling] -> row */
  uint32_t *also;              size_t n_also;        /* derivations that the tree does not show */
  uint32_t n_families;
} rcpi_families;

void rcpi_families_init(rcpi_arena *a, const rcpi_view *v, rcpi_families *out);

#endif
