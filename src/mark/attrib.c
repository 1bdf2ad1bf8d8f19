/* SPDX-License-Identifier: Apache-2.0 */
#include "mark/attrib.h"

void rcpi_attrib_find(rcpi_arena *a, const rcpi_text *text, rcpi_marks *out) {
  (void)a, (void)text, (void)out;
}

rcpi_attribution rcpi_attrib_of(const rcpi_text *text, const rcpi_marks *marks, rcpi_tokens piece) {
  (void)text, (void)marks, (void)piece;
  return (rcpi_attribution){.mode = RCPI_MODE_ASSERTED};
}

size_t rcpi_attrib_clauses(rcpi_arena *a, const rcpi_text *text, const rcpi_marks *marks, rcpi_clause **out) {
  (void)marks;
  rcpi_clause *c = rcpi_array(a, rcpi_clause, text->n_sentences);
  for (size_t i = 0; i < text->n_sentences; i++)
    c[i] = (rcpi_clause){{text->sentences[i].token, text->sentences[i].end_token}, false};
  *out = c;
  return text->n_sentences;
}
