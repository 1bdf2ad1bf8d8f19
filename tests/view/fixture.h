/*
 * fixture.h - a dossier out of its JSON (dossier.schema.json), so that what is written out can be tried on dossiers that
 * no analysis made: annotated by hand, or of a size that nobody would write.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_TEST_FIXTURE_H
#define RCPI_TEST_FIXTURE_H

#include "dossier/dossier.h"

/* Lives until rcp_dossier_free; NULL with a message on standard error. The engine must outlive it. */
rcp_dossier *fixture_dossier(const rcp_engine *engine, rcp_str json);

#endif
