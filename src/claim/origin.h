/*
 * origin.h - who stands behind what is said: the speakers, documents, agencies and media that texts name.
 *
 * Two kinds are kept apart. A speaker (person, office, organisation, anonymous source, document) is an ultimate origin:
 * it counts once wherever it is quoted. A channel (agency, medium) is a way by which a text got what it says.
 *
 * Speakers are one when their names are one (mark/name.h), when one source phrase joins them ("Yvan Roux, secrétaire
 * du syndicat X" joins the man and the union), or when both are the same office ("la préfecture", "la préfète").
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_ORIGIN_H
#define RCPI_CLAIM_ORIGIN_H

#include "claim/claim.h"

/* Fills origins, credits and frame_origin of a story whose tellings are read and whose names are grouped. */
void rcpi_origins_find(rcpi_arena *a, rcpi_story *story);

#endif
