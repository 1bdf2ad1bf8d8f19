/*
 * slip.h - may two spellings of a name be one name with a slip? Osgood, Osgard; Vasseur, Vassor.
 *
 * Letters are compared without case and accents. Asked only of what already speaks of one thing (a claim, a source of
 * one claim): anywhere else two people may have names as near as these.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_SLIP_H
#define RCPI_CLAIM_SLIP_H

#include "base/arena.h"
#include "base/str.h"

/* The letters of a word, folded, at most 48; digits and marks left out. */
rcp_str rcpi_slip_letters(rcpi_arena *a, rcp_str word);
/* The same but for a letter, or for two in words of seven letters and more (`is_likely`: of six). Not equal. */
bool rcpi_slip_near(rcp_str x, rcp_str y, bool is_likely);
/* Two ways to write one foreign name: Namong, Namhong; Amornvivat, Amornviwat; doubled letters. */
bool rcpi_slip_sounds_alike(rcpi_arena *a, rcp_str x, rcp_str y);
/* Names as they are written: the same first word, and last words that are equal or near. */
bool rcpi_slip_same_person(rcpi_arena *a, rcp_str x, rcp_str y);

#endif
