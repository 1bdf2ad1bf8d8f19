/* SPDX-License-Identifier: Apache-2.0 */
#include "mark/name.h"

void rcpi_names_find(rcpi_arena *a, const rcpi_text *text, rcpi_marks *marks) {
  (void)a, (void)text, (void)marks;
}

void rcpi_names_group(rcpi_arena *a, const rcpi_telling *tellings, size_t n_tellings, rcpi_name_groups *out) {
  (void)a, (void)tellings, (void)n_tellings;
  *out = (rcpi_name_groups){.n_groups = 0};
}
