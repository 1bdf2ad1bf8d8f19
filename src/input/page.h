/* page.h - is this text an HTML page, and which charset does its head name? SPDX-License-Identifier: Apache-2.0 */
#ifndef RCPI_INPUT_PAGE_H
#define RCPI_INPUT_PAGE_H

#include "base/arena.h"
#include "base/str.h"

/* By its first kilobytes: a doctype, an html element, or several tags that only pages have. XML feeds are none. */
bool rcpi_page_is_html(rcp_str text);

/*
 * The charset that a meta tag or XML declaration within the first 4 kB names, as WHATWG Encoding reads the label
 * (iso-8859-1 is windows-1252); NULL when none does. In the arena.
 */
const char *rcpi_page_charset(rcpi_arena *a, rcp_str bytes);

#endif
