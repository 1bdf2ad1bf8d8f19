/* text_int.h - what the files of the terminal text share. SPDX-License-Identifier: Apache-2.0 */
#ifndef RCPI_DOSSIER_TEXT_INT_H
#define RCPI_DOSSIER_TEXT_INT_H

#include "dossier/family.h"
#include "dossier/page.h"
#include "dossier/view.h"

typedef struct rcpi_texter {
  rcpi_page page;
  rcpi_view view;
  rcpi_arena *a;
  const rcp_write_options *options;
} rcpi_texter;

/* A message of the table into the gathered line. */
void rcpi_texter_say(rcpi_texter *t, const char *key, const rcp_str *args, size_t n_args);
void rcpi_texter_count(rcpi_texter *t, const char *key, uint64_t n);
void rcpi_texter_date(rcpi_texter *t, rcp_str iso);
/* A section's title on a line of its own. */
void rcpi_texter_title(rcpi_texter *t, const char *key);
/* Between the language's quotation marks. */
void rcpi_texter_quote(rcpi_texter *t, rcp_str words);
/* "8 articles, 3 texts, 3 channels, 2 independent origins" */
void rcpi_texter_support(rcpi_texter *t, uint32_t articles, uint32_t texts, uint32_t channels, uint32_t independent);
/* "1 2 5": numbers of tellings, in that order. */
void rcpi_texter_numbers(rcpi_texter *t, const uint32_t *tellings, size_t n);

void rcpi_text_claims(rcpi_texter *t);
void rcpi_text_conflicts(rcpi_texter *t);
/* One claim in full, with its places. */
void rcpi_text_explain(rcpi_texter *t, uint32_t claim);

#endif
