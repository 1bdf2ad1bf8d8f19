/* SPDX-License-Identifier: Apache-2.0 */
#include "dossier/dossier.h"

void rcpi_dossier_text(const rcp_dossier *d, const rcp_write_options *options, rcpi_buf *out) {
  (void)options;
  const rcpi_story *s = &d->story;
  rcpi_buf_printf(out, "%zu articles, %u texts, %u channels\n", s->n_tellings, s->texts, s->channels);
}
