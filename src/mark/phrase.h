/*
 * phrase.h - one sentence with its grammar, and the noun phrases in it: who stands left or right of a verb.
 *
 * No parser: a subject is what lies between the last boundary and the verb, less what may stand before a subject (days,
 * places, contacted by telephone); a phrase to the right ends at a mark, a preposition that opens no name, or a verb.
 * Too long is harmless, as the words of the name are among them; cutting the name is not.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_MARK_PHRASE_H
#define RCPI_MARK_PHRASE_H

#include "mark/gram.h"
#include "mark/mark.h"

typedef struct rcpi_unit {
  const rcpi_text *text;
  const rcpi_token *k;         /* tokens of the text */
  const rcpi_gram *g;          /* and their grammar, by the same index */
  uint32_t beg, end;           /* tokens of the sentence, or of its window (gram.h) */
  bool is_title;
} rcpi_unit;

/* The unit that token i lies in; `gram` is that of the text. */
rcpi_unit rcpi_unit_at(const rcpi_text *text, const rcpi_gram *gram, size_t i);

static inline bool rcpi_unit_is(const rcpi_unit *u, size_t i, uint64_t classes) {
  return i >= u->beg && i < u->end && rcpi_gram_is(&u->g[i], classes);
}
static inline char rcpi_unit_mark(const rcpi_unit *u, size_t i) { return i >= u->beg && i < u->end ? u->g[i].mark : '.'; }
/* A word or number; the stop of an abbreviation is none. */
static inline bool rcpi_unit_word(const rcpi_unit *u, size_t i) { return i >= u->beg && i < u->end && !u->g[i].mark; }
static inline bool rcpi_unit_capital(const rcpi_unit *u, size_t i) {
  return i >= u->beg && i < u->end && (u->k[i].flags & RCPI_TOK_CAPITAL) != 0;
}
/* Between quotation marks, not one itself. */
static inline bool rcpi_unit_quoted(const rcpi_unit *u, size_t i) {
  return i >= u->beg && i < u->end && u->k[i].quotation && u->g[i].mark != '<' && u->g[i].mark != '>';
}
static inline bool rcpi_unit_finite(const rcpi_unit *u, size_t i) {
  return i >= u->beg && i < u->end && rcpi_gram_is_finite(&u->g[i]);
}
bool rcpi_unit_has_verb(const rcpi_unit *u, size_t beg, size_t end);
/* A finite verb that belongs to no relative clause of the range. */
bool rcpi_unit_has_main_verb(const rcpi_unit *u, rcpi_tokens at);
size_t rcpi_unit_words(const rcpi_unit *u, size_t beg, size_t end);
/* A determiner, a capital or a title: what a noun phrase may begin with. */
bool rcpi_unit_opens_np(const rcpi_unit *u, size_t i);

/* The longest row of a table (head, rest, ...) whose words begin at token i: its end, its row in *row; 0 for none. */
size_t rcpi_unit_phrase(const rcpi_unit *u, const rcpi_table *t, size_t i, size_t *row);

typedef enum rcpi_np_kind {
  RCPI_NP_NONE,
  RCPI_NP_FULL,
  RCPI_NP_PRONOUN,
  RCPI_NP_SHARED,      /* the verb is coordinated: its subject is that of the verb before */
} rcpi_np_kind;
typedef struct rcpi_np { rcpi_tokens at; rcpi_np_kind kind; } rcpi_np;

/* The subject that ends right before token i. */
rcpi_np rcpi_np_left(const rcpi_unit *u, size_t i);
/* The phrase that begins at i; with `may_skip`, behind days, addressees and places: a dit mardi à l'AFP le maire. */
rcpi_np rcpi_np_right(const rcpi_unit *u, size_t i, bool may_skip);
/* The subject of the sentence's first verb before `upto`. */
rcpi_np rcpi_np_main(const rcpi_unit *u, size_t upto);

#endif
