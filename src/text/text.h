/*
 * text.h - an article's own words as paragraphs, sentences and tokens, each with its place.
 *
 * Paragraphs are lines; furniture is skipped (a line may be own words and furniture in turn). A sentence here is a unit
 * for rules of attribution: it ends at . ! ? ... only outside quotation marks, so that « Non. Jamais. », a-t-il dit is
 * one; where a sentence ends inside quotation marks the token carries RCPI_TOK_STOP. Tokens are words (elisions split
 * off: l' | homme; inversion too: a | -t-elle), numbers (7,5 and 10 000 are one, 7h42 is 7 | h | 42), and single marks.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_TEXT_TEXT_H
#define RCPI_TEXT_TEXT_H

#include "input/article.h"

typedef enum rcpi_token_kind { RCPI_TOK_WORD, RCPI_TOK_NUMBER, RCPI_TOK_MARK } rcpi_token_kind;

enum {
  RCPI_TOK_CAPITAL = 1,      /* begins with a capital */
  RCPI_TOK_CAPITALS = 2,     /* two letters or more, all capitals */
  RCPI_TOK_INITIAL = 4,      /* first word of a sentence or quotation, where a capital says nothing */
  RCPI_TOK_ELIDED = 8,       /* l', d', qu', jusqu' */
  RCPI_TOK_ENCLITIC = 16,    /* -t-il, -elle, -on after a verb */
  RCPI_TOK_STOP = 32,        /* a sentence ends with this token, inside quotation marks or not */
  RCPI_TOK_OPENS = 64,       /* an opening quotation mark */
  RCPI_TOK_CLOSES = 128,     /* a closing one */
  RCPI_TOK_FUNCTION = 256,   /* in the language's stop table */
  RCPI_TOK_GLUED = 512,      /* no space before it */
};

typedef struct rcpi_token {
  uint32_t beg, end;         /* bytes of article->text */
  uint32_t sentence;         /* index */
  uint32_t quotation;        /* 1 + index in quotations of the outermost one it stands in (its marks too); 0: none */
  uint16_t flags;
  uint8_t kind;
  rcp_str lower;             /* lower case, accents kept, plain apostrophe */
  rcp_str fold;              /* lower case without accents */
  rcp_str stem;              /* folded stem of a word; fold for all else */
} rcpi_token;

typedef struct rcpi_sentence { uint32_t beg, end, token, end_token, paragraph; } rcpi_sentence;

typedef enum rcpi_paragraph_kind {
  RCPI_PAR_TITLE, RCPI_PAR_HEADING, RCPI_PAR_BODY,   /* heading: a short line without an end mark below the title */
} rcpi_paragraph_kind;

typedef struct rcpi_paragraph { uint32_t beg, end, sentence, end_sentence; rcpi_paragraph_kind kind; } rcpi_paragraph;

/* From mark to mark: tokens [token, end_token) with the marks, when they are there. */
typedef struct rcpi_quotation {
  uint32_t token, end_token;
  bool is_opened, is_closed;   /* a quotation may run on from the paragraph before, or into the next */
} rcpi_quotation;

typedef struct rcpi_text {
  const rcp_article *article;
  const rcpi_lang *lang;       /* may be NULL */
  rcp_str s;                   /* article->text */
  rcpi_token *tokens;          size_t n_tokens;
  rcpi_sentence *sentences;    size_t n_sentences;
  rcpi_paragraph *paragraphs;  size_t n_paragraphs;
  rcpi_quotation *quotations;  size_t n_quotations;
} rcpi_text;

/* The article must be cleaned. All of *out lives in `a` and points into the article. */
void rcpi_text_split(rcpi_arena *a, const rcp_article *article, rcpi_text *out);

static inline rcp_str rcpi_token_str(const rcpi_text *t, size_t i) { return rcpi_sub(t->s, t->tokens[i].beg, t->tokens[i].end); }
/* First token that ends after byte `at`; n_tokens when there is none. */
size_t rcpi_token_at(const rcpi_text *t, uint32_t at);
/* The bytes from the first to before the last token; empty when there are none. */
rcpi_span rcpi_tokens_span(const rcpi_text *t, size_t token, size_t end_token);

#endif
