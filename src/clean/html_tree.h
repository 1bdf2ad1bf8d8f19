/*
 * html_tree.h - a page as elements in document order and the lines of text in them.
 *
 * There are no child pointers: elements stand in the order of their start tags, so that the subtree of element i is the
 * run i .. end, its text one stretch of `text`, and its lines one run of `blocks`. Every question about a subtree ("how
 * much of the page's prose is in here") is then a subtraction, and dropping it costs nothing.
 *
 * A block is a line as a reader sees it: text between two edges of block elements or two line breaks. Its element is the
 * innermost that holds all of it: for <li><a>News</a></li> the a.
 *
 * All of it lives in the arena; attributes are views into the page.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLEAN_HTML_TREE_H
#define RCPI_CLEAN_HTML_TREE_H

#include "base/arena.h"
#include "clean/html_scan.h"
#include "clean/html_words.h"

typedef struct rcpi_element {
  uint32_t parent;            /* 0 for element 0, the page itself */
  uint32_t end;               /* one past its last descendant */
  uint32_t text_beg, text_end;
  uint32_t block_beg, block_end;
  uint16_t tag, depth;
  uint32_t look;              /* hash of tag and class: elements made by one template share it */
  uint64_t words;             /* rcpi_markup_word bits of class, id, role, itemprop */
  rcp_str class_attr, id_attr;
  bool is_block;              /* its edges end a line */
  bool is_hidden;             /* by attribute or style; not: by a class */
  bool is_article_body;       /* itemprop=articleBody */
  bool is_author;             /* rel=author, itemprop=author */
} rcpi_element;

typedef struct rcpi_block {
  uint32_t beg, end;          /* in text */
  uint32_t element;
  uint32_t n_link, n_bold;    /* bytes inside links, bold */
  uint16_t n_links;
  uint16_t n_images;          /* between the block before and this one, or in it */
} rcpi_block;

/* What the head and the attributes say: for metadata. Values are not decoded. */
typedef struct rcpi_html_meta { rcp_str name, content; } rcpi_html_meta;
typedef struct rcpi_html_time { uint32_t element; rcp_str value; } rcpi_html_time;

typedef struct rcpi_html_tree {
  rcp_str page;
  rcp_str text;
  RCPI_VEC(rcpi_element) elements;
  RCPI_VEC(rcpi_block) blocks;
  RCPI_VEC(rcpi_html_meta) metas;
  RCPI_VEC(rcpi_html_time) times;      /* datetime attributes, in order */
  RCPI_VEC(rcp_str) linked_data;       /* contents of application/ld+json */
  rcp_str title;                       /* of the first title element */
  rcp_str canonical, language;         /* link rel=canonical, html lang */
  const char *refusal;                 /* why the page can't be read; NULL: it was */
} rcpi_html_tree;

void rcpi_html_tree_read(rcpi_arena *a, const rcpi_markup_words *words, rcp_str page, rcpi_html_tree *out);

static inline rcp_str rcpi_block_text(const rcpi_html_tree *t, size_t i) {
  return rcpi_sub(t->text, t->blocks.p[i].beg, t->blocks.p[i].end);
}

#endif
