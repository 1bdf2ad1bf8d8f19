/* SPDX-License-Identifier: Apache-2.0 */
#include "dossier/dossier.h"

void rcpi_dossier_html(const rcp_dossier *d, rcpi_buf *out) {
  rcpi_dossier_json(d, out);
}
