/*
 * lang.h - the languages at hand and their tables.
 *
 * A language is a folder of tables (data/lang/<tag>/); lang.tsv in it names it. Code asks for a table or a flag, never
 * for a language by name. Modules build what they need from tables once, when the engine is made.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_LANG_LANG_H
#define RCPI_LANG_LANG_H

#include "lang/table.h"

typedef struct rcpi_lang {
  rcp_str tag;                 /* "fr" */
  rcp_str stemmer;             /* snowball's name, "" without one */
  const rcpi_table *tables;
  size_t n_tables;
  size_t index;                /* in rcpi_langs.all, for arrays by language */
} rcpi_lang;

typedef struct rcpi_langs {
  rcpi_lang *all;
  size_t n;
  char hash[17];               /* of every table, for a dossier's settings */
} rcpi_langs;

/* The compiled tables, or those of `dir` (<dir>/<tag>/<name>.tsv). */
rcp_status rcpi_langs_load(rcpi_arena *a, const char *dir, rcpi_langs *out, rcp_error *error);
/* By tag or alias, region ignored ("fr-CA"); NULL when there is none. */
const rcpi_lang *rcpi_lang_by_tag(const rcpi_langs *langs, rcp_str tag);
/* By function words; NULL when the text is too short or of no language at hand. */
const rcpi_lang *rcpi_lang_detect(const rcpi_langs *langs, rcp_str text);
/* Never NULL: a table that a language lacks is empty. */
const rcpi_table *rcpi_lang_table(const rcpi_lang *lang, const char *name);
/* The tag of the language into which the language's `bridge` table leads, "" without one: its second column's name. */
rcp_str rcpi_lang_bridge_tag(const rcpi_lang *lang);
/* Value of a key in lang.tsv, "" without one. */
rcp_str rcpi_lang_setting(const rcpi_lang *lang, const char *key);

#endif
