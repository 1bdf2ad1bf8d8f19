/* Any bytes as a language table. SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "fuzz.h"
#include "lang/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  rcpi_arena a;
  rcpi_table t;
  size_t line;
  const char *why;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    if (rcpi_table_parse(&a, "xx", "t", (rcp_str){(const char *)data, size}, &t, &line, &why))
      for (size_t i = 0; i < t.n_rows; i++)
        if (rcpi_table_find(&t, rcpi_cell(&t, i, 0)) == RCPI_NONE) abort();
  }
  rcpi_arena_release(&a);
  return 0;
}
