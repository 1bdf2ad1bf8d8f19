/*
 * html_words.h - what the words in class, id, role and itemprop say about an element.
 *
 * A value is cut at anything but letters and digits and where a capital follows a small letter (mainContent), and words
 * are looked up whole; a longer one by a known beginning or end (newsletterbox, pagenav). So "l-sidebar__content" is a
 * layout word, a sidebar and a content, and what it is has to be judged by what the element holds.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLEAN_HTML_WORDS_H
#define RCPI_CLEAN_HTML_WORDS_H

#include "base/arena.h"
#include "base/str.h"

/* The kinds; each is a bit. New ones go to the end: the model (html_model.c) knows them by number. */
#define RCPI_MARKUP_KINDS(K) \
  K(ARTICLE) K(BODY) K(CONTENT) K(TEXT) K(MAIN) K(LEAD) K(TITLE) K(NAV) K(SIDEBAR) K(RELATED) K(TEASER) K(SHARE) \
  K(COMMENT) K(AD) K(SUBSCRIBE) K(COOKIE) K(POPUP) K(CAPTION) K(AUTHOR) K(DATE) K(INFO) K(TAGS) K(HEADER) K(FOOTER) \
  K(BOX) K(HIDDEN) K(FORM) K(SHOP) K(QUOTE) K(IMAGE) K(LAYOUT) K(CONTENTS) K(NOTE) K(TOOLS) K(LIST) K(SCREENREADER)

#define RCPI_MARKUP_ID(name) RCPI_MARKUP_##name,
typedef enum rcpi_markup_kind { RCPI_MARKUP_KINDS(RCPI_MARKUP_ID) RCPI_N_MARKUP } rcpi_markup_kind;
#undef RCPI_MARKUP_ID

#define RCPI_MARKUP_BIT(name) ((uint64_t)1 << RCPI_MARKUP_##name)

typedef struct rcpi_markup_words rcpi_markup_words;

/* The table for look-ups: made once, never changed. */
const rcpi_markup_words *rcpi_markup_words_new(rcpi_arena *a);
/* The kinds that a value names, as bits. */
uint64_t rcpi_markup_words_of(const rcpi_markup_words *words, rcp_str value);

#endif
