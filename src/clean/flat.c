/* SPDX-License-Identifier: Apache-2.0 */
#include "clean/clean.h"
#include "clean/line.h"
#include "clean/telling.h"

void rcpi_clean_flat(const rcpi_cleaner *cleaner, rcp_article *article) {
  rcpi_lines lines;
  rcpi_lines_of(&article->arena, cleaner->words, article->text, &lines);
  rcpi_telling_judge(cleaner->words, &lines, article);
}
