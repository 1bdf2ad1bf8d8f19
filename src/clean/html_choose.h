/*
 * html_choose.h - which lines of a page are the article's own words, and what the others are.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLEAN_HTML_CHOOSE_H
#define RCPI_CLEAN_HTML_CHOOSE_H

#include "clean/clean.h"
#include "clean/html_features.h"

typedef struct rcpi_html_choice {
  bool *is_own;                   /* by block; the title may be among them */
  rcpi_furniture_kind *kind;      /* by block, of what is not own */
  double confidence;
  const char *step;
} rcpi_html_choice;

void rcpi_html_choose(rcpi_arena *a, const rcpi_html_tree *tree, const rcpi_html_features *features, rcpi_html_choice *out);

#endif
