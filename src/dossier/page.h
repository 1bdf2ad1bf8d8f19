/*
 * page.h - lines for a terminal: wrapped by columns, styled when colour is wanted, plain otherwise.
 *
 * Text is gathered, then flushed as one paragraph with its indents. Styles stand in the gathered text as control bytes,
 * which foreign text can't hold: rcpi_page_text makes control characters visible and drops those that turn text around,
 * so that no article can move the cursor, colour a line or forge one. A no-break space never breaks.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_DOSSIER_PAGE_H
#define RCPI_DOSSIER_PAGE_H

#include "base/buf.h"

typedef enum rcpi_style { RCPI_PLAIN = 1, RCPI_STRONG, RCPI_DIM, RCPI_HEAD, RCPI_MARKED, RCPI_UNMARKED } rcpi_style;

typedef struct rcpi_page {
  rcpi_buf *out, line;
  unsigned width;
  bool has_color;
} rcpi_page;

void rcpi_page_init(rcpi_page *p, rcpi_buf *out, unsigned width, bool has_color);
void rcpi_page_release(rcpi_page *p);

/* The program's own words. */
void rcpi_page_adds(rcpi_page *p, const char *s);
void rcpi_page_add(rcpi_page *p, rcp_str s);
/* Words of others: white space made one space, nothing that a terminal obeys. */
void rcpi_page_text(rcpi_page *p, rcp_str s);
/* The same, cut with ... to `columns`. */
void rcpi_page_cut(rcpi_page *p, rcp_str s, unsigned columns);
/* RCPI_MARKED to RCPI_UNMARKED shows as *stars* where there is no colour. */
void rcpi_page_style(rcpi_page *p, rcpi_style style);
/* Spaces up to a column of the gathered line. */
void rcpi_page_tab(rcpi_page *p, unsigned column);

/* Writes what was gathered, its first line behind `first` spaces, the others behind `rest`. Nothing gathered: an empty line. */
void rcpi_page_flush(rcpi_page *p, unsigned first, unsigned rest);

/* Columns of s, styles not counted. */
unsigned rcpi_page_columns(rcp_str s);

#endif
