/* SPDX-License-Identifier: Apache-2.0 */
#include "mark/mark.h"

#include "mark/attrib.h"
#include "mark/name.h"
#include "mark/quantity.h"
#include "mark/time.h"

void rcpi_telling_read(rcpi_arena *a, const rcp_article *article, const rcpi_mark_options *options, rcpi_telling *out) {
  *out = (rcpi_telling){.article = article, .marks = {.kept = options->kept}};
  rcpi_text_split(a, article, &out->text);
  rcpi_names_find(a, &out->text, &out->marks);
  rcpi_attrib_find(a, &out->text, &out->marks);
  rcpi_times_find(a, &out->text, options, &out->marks);
  rcpi_quantities_find(a, &out->text, &out->marks);
}
