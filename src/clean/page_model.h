/* page_model.h - weights of page_features.h's rows, written by bench/extraction/fit_page.py. SPDX-License-Identifier: Apache-2.0 */
#ifndef RCPI_CLEAN_PAGE_MODEL_H
#define RCPI_CLEAN_PAGE_MODEL_H

#include "clean/trees.h"

extern const rcpi_trees rcpi_page_first_look, rcpi_page_second_look;

#endif
