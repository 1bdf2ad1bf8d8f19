/*
 * html_tags.h - the elements of HTML that reading a page must tell apart, and how each behaves.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLEAN_HTML_TAGS_H
#define RCPI_CLEAN_HTML_TAGS_H

#include "base/str.h"

/* name, and what it does: see rcpi_trait. Sorted by name; OTHER and CUSTOM stand for names that are not here. */
#define RCPI_TAGS(T) \
  T(A, a, INLINE) T(ADDRESS, address, BLOCK) T(ARTICLE, article, BLOCK) T(ASIDE, aside, BLOCK) \
  T(AUDIO, audio, MUTE) T(B, b, FORMAT | BOLD) T(BASE, base, VOID | HEAD) T(BLOCKQUOTE, blockquote, BLOCK) T(BODY, body, BLOCK) \
  T(BR, br, VOID) T(BUTTON, button, BLOCK | SCOPE) T(CANVAS, canvas, MUTE) T(CAPTION, caption, BLOCK | SCOPE) \
  T(CENTER, center, BLOCK) T(CITE, cite, INLINE) T(CODE, code, FORMAT) T(COL, col, VOID) T(DATALIST, datalist, BLOCK | MUTE) \
  T(DD, dd, BLOCK) T(DEL, del, FORMAT) T(DETAILS, details, BLOCK) T(DIALOG, dialog, BLOCK) T(DIV, div, BLOCK) \
  T(DL, dl, BLOCK) T(DT, dt, BLOCK) T(EM, em, FORMAT) T(EMBED, embed, VOID) T(FIELDSET, fieldset, BLOCK) \
  T(FIGCAPTION, figcaption, BLOCK) T(FIGURE, figure, BLOCK) T(FONT, font, FORMAT) T(FOOTER, footer, BLOCK) T(FORM, form, BLOCK) \
  T(FRAME, frame, VOID) T(FRAMESET, frameset, BLOCK) T(H1, h1, BLOCK | HEADING) T(H2, h2, BLOCK | HEADING) \
  T(H3, h3, BLOCK | HEADING) T(H4, h4, BLOCK | HEADING) T(H5, h5, BLOCK | HEADING) T(H6, h6, BLOCK | HEADING) \
  T(HEAD, head, BLOCK | HEAD) T(HEADER, header, BLOCK) T(HGROUP, hgroup, BLOCK) T(HR, hr, VOID | BLOCK) T(HTML, html, BLOCK | SCOPE) \
  T(I, i, FORMAT) T(IFRAME, iframe, RAW) T(IMG, img, VOID) T(INPUT, input, VOID) T(INS, ins, FORMAT) T(LABEL, label, INLINE) \
  T(LEGEND, legend, BLOCK) T(LI, li, BLOCK) T(LINK, link, VOID | HEAD) T(MAIN, main, BLOCK) T(MARK, mark, FORMAT) \
  T(MARQUEE, marquee, BLOCK | SCOPE) T(MATH, math, MUTE) T(MENU, menu, BLOCK) T(META, meta, VOID | HEAD) T(NAV, nav, BLOCK) \
  T(NOEMBED, noembed, RAW) T(NOFRAMES, noframes, RAW) T(NOSCRIPT, noscript, BLOCK) T(OBJECT, object, BLOCK | SCOPE) T(OL, ol, BLOCK) \
  T(OPTGROUP, optgroup, BLOCK | MUTE) T(OPTION, option, BLOCK | MUTE) T(P, p, BLOCK) T(PARAM, param, VOID) \
  T(PICTURE, picture, INLINE) T(PLAINTEXT, plaintext, BLOCK) T(PRE, pre, BLOCK) T(Q, q, FORMAT) T(RP, rp, INLINE | MUTE) \
  T(RT, rt, INLINE | MUTE) T(RUBY, ruby, INLINE) T(S, s, FORMAT) T(SCRIPT, script, RAW) T(SEARCH, search, BLOCK) \
  T(SECTION, section, BLOCK) T(SELECT, select, BLOCK | MUTE) T(SMALL, small, FORMAT) T(SOURCE, source, VOID) T(SPAN, span, INLINE) \
  T(STRIKE, strike, FORMAT) T(STRONG, strong, FORMAT | BOLD) T(STYLE, style, RAW) T(SUB, sub, FORMAT) T(SUMMARY, summary, BLOCK) \
  T(SUP, sup, FORMAT) T(SVG, svg, MUTE) T(TABLE, table, BLOCK | SCOPE) T(TBODY, tbody, BLOCK) T(TD, td, BLOCK | SCOPE) \
  T(TEMPLATE, template, BLOCK | SCOPE | MUTE) T(TEXTAREA, textarea, RAW) T(TFOOT, tfoot, BLOCK) T(TH, th, BLOCK | SCOPE) \
  T(THEAD, thead, BLOCK) T(TIME, time, INLINE) T(TITLE, title, RAW | HEAD) T(TR, tr, BLOCK) T(TRACK, track, VOID) T(TT, tt, FORMAT) \
  T(U, u, FORMAT) T(UL, ul, BLOCK) T(VAR, var, FORMAT) T(VIDEO, video, MUTE) T(WBR, wbr, VOID) T(XMP, xmp, RAW)

#define RCPI_TAG_NAME(id, name, traits) RCPI_TAG_##id,
typedef enum rcpi_tag { RCPI_TAG_OTHER, RCPI_TAG_CUSTOM, RCPI_TAGS(RCPI_TAG_NAME) RCPI_N_TAGS } rcpi_tag;
#undef RCPI_TAG_NAME

typedef enum rcpi_trait {
  RCPI_TRAIT_INLINE = 1,     /* an element of its own inside a line */
  RCPI_TRAIT_BLOCK = 2,      /* its edges end a line of text, and its start ends an open p */
  RCPI_TRAIT_VOID = 4,       /* never has content */
  RCPI_TRAIT_RAW = 8,        /* its content is no markup: up to its own end tag */
  RCPI_TRAIT_MUTE = 16,      /* its text is not for readers */
  RCPI_TRAIT_FORMAT = 32,    /* changes the look of words only: no element is made */
  RCPI_TRAIT_BOLD = 64,
  RCPI_TRAIT_SCOPE = 128,    /* an end tag inside it can't close what is outside */
  RCPI_TRAIT_HEADING = 256,
  RCPI_TRAIT_HEAD = 512,     /* belongs to the head wherever it stands */
} rcpi_trait;

/* Case does not matter. A name with a hyphen that is not HTML's is CUSTOM. */
rcpi_tag rcpi_tag_of(rcp_str name);
unsigned rcpi_tag_traits(rcpi_tag tag);
const char *rcpi_tag_name(rcpi_tag tag);

static inline bool rcpi_tag_is(rcpi_tag tag, unsigned traits) { return (rcpi_tag_traits(tag) & traits) != 0; }

#endif
