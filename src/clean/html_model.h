/* html_model.h - weights of html_features.h's rows, written by bench/extraction/fit.py. SPDX-License-Identifier: Apache-2.0 */
#ifndef RCPI_CLEAN_HTML_MODEL_H
#define RCPI_CLEAN_HTML_MODEL_H

#include "clean/trees.h"

extern const rcpi_trees rcpi_html_model;

#endif
