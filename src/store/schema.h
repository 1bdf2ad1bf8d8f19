/*
 * schema.h - the archive's tables and how older files become files of this version.
 *
 * article    one text of one page: what was stated of it, its story, which version of its page it is
 * body       its text and which of it are its own words; apart, so that lists need not read texts
 * outline    what grouping needs of it (story/terms.h)
 * story      a group of articles; its name is for ever, also when it was merged into another
 * event      what happened to stories, and who did it: program or person; never deleted
 * apart      pairs of stories that a person said are not the same
 * dossier    what compare found of a story, as written out; remade when the story's revision has moved on
 * claim, appearance, difference, derivation      the same, to be asked and exported
 * search     the folded words of title and text (fold.h); holds no text
 * forgotten  what was deleted on demand and shall not come back: hashes only
 * feed       when which feed was asked, and what its server said
 *
 * The version is PRAGMA user_version; docs/archive.md has each column.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_STORE_SCHEMA_H
#define RCPI_STORE_SCHEMA_H

#include "store/db.h"

enum { RCPI_SCHEMA_VERSION = 2 };

typedef struct rcpi_archive rcpi_archive;

/* Makes the tables of an empty file, brings an older one up to date (both when it may be written), refuses any other. */
rcp_status rcpi_schema_ready(rcpi_archive *s, bool writes, rcp_error *error);

#endif
