/*
 * dossier.h - the result of `compare`, and how it is written out.
 *
 * build.c runs the stages; json.c, jsonld.c, text.c and html.c write. Ids are made here, from sources and places, so
 * that they do not depend on the order of arguments.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_DOSSIER_DOSSIER_H
#define RCPI_DOSSIER_DOSSIER_H

#include "base/buf.h"
#include "base/utf8.h"
#include "claim/claim.h"
#include "engine.h"

/* An input that could not be used, or one that was used with a doubt. */
typedef struct rcpi_diagnostic { rcp_str source, message; } rcpi_diagnostic;

struct rcp_dossier {
  rcpi_arena arena;
  const rcp_engine *engine;
  rcpi_story story;
  rcp_article **owned;         size_t n_owned;       /* articles that the dossier read itself and frees */
  rcpi_diagnostic *diagnostics;  size_t n_diagnostics;
  rcp_str *article_ids, *claim_ids, *origin_ids;
  rcpi_cp_map *cp;             /* of each article's text */
  char corrections_sha256[RCPI_SHA256_HEX + 1];   /* of the file of corrections; empty: none */
  uint32_t lead;               /* claim that most articles carry; UINT32_MAX: none */
  rcp_dossier **lent;          /* where the archive that made it points to it, NULL from its end on; or NULL */
};

/* Articles are sorted by source here; `articles` is not changed. */
rcp_status rcpi_dossier_build(rcp_dossier *d, rcp_article *const *articles, size_t n_articles, rcp_error *error);
/* What rcp_dossier_diagnostic gives: inputs that were left out first, then what was noted of those that were read. */
bool rcpi_dossier_diagnostic(const rcp_dossier *d, size_t i, rcp_diagnostic *out);

void rcpi_dossier_json(const rcp_dossier *d, rcpi_buf *out);
void rcpi_dossier_jsonld(const rcp_dossier *d, rcpi_buf *out);
/* RCP_EUSAGE when options->explain names no claim. */
rcp_status rcpi_dossier_text(const rcp_dossier *d, const rcp_write_options *options, rcpi_buf *out, rcp_error *error);
/* RCP_EUSAGE when options->article names none of its articles. */
rcp_status rcpi_dossier_html(const rcp_dossier *d, const rcp_write_options *options, rcpi_buf *out, rcp_error *error);

#endif
