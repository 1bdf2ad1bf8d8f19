/* quantity.h - numbers with what they measure or count: digits and words, ranges, rounding, units, currencies. SPDX-License-Identifier: Apache-2.0 */
#ifndef RCPI_MARK_QUANTITY_H
#define RCPI_MARK_QUANTITY_H

#include "mark/mark.h"

/* After times and names: a number inside a date, a clock time or a name (Mohajer-6) is no quantity. */
void rcpi_quantities_find(rcpi_arena *a, const rcpi_text *text, rcpi_marks *marks);
/* The first quantity at or behind a token; n_quantities when there is none. */
size_t rcpi_first_quantity(const rcpi_marks *marks, uint32_t token);

#endif
