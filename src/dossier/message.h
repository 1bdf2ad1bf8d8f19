/*
 * message.h - the few words that the program itself writes, in the reader's language.
 *
 * They are a table like all knowledge of a language: data/lang/<tag>/message.tsv, key and text. In a text, {1} to {9}
 * stand for arguments; "one|many" gives two forms, chosen by the first argument, which then is a number. A key that a
 * language lacks is looked for in English, and is its own text when that lacks it too: a hole shows, and breaks nothing.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_DOSSIER_MESSAGE_H
#define RCPI_DOSSIER_MESSAGE_H

#include "base/buf.h"
#include "lang/lang.h"

typedef struct rcpi_messages {
  rcp_str tag;                 /* "fr" */
  const rcpi_table *own, *spare;
} rcpi_messages;

/* The words of `locale` (NULL, or one without a message table: English). */
void rcpi_messages_init(rcpi_messages *w, const rcpi_langs *langs, const char *locale);

/* As the table has it, forms and places included. */
rcp_str rcpi_message(const rcpi_messages *w, const char *key);
/* With its places filled; `args` may hold fewer than nine. */
void rcpi_message_put(const rcpi_messages *w, rcpi_buf *out, const char *key, const rcp_str *args, size_t n_args);
/* With one number, grouped as the language does. */
void rcpi_message_count(const rcpi_messages *w, rcpi_buf *out, const char *key, uint64_t n);
/* 1 234 567: digits alone, grouped. */
void rcpi_message_number(const rcpi_messages *w, rcpi_buf *out, uint64_t n);
/* An ISO 8601 date, month, year, date-time or interval for people; what is none of these as it stands. */
void rcpi_message_date(const rcpi_messages *w, rcpi_buf *out, rcp_str iso);
/* "04:20": an hour of the day. */
void rcpi_message_clock(const rcpi_messages *w, rcpi_buf *out, rcp_str hour, rcp_str minute);
/*
 * A quantity's normal form (mark/quantity.c) for people: "~1400", "<=6.84 m", "12 M EUR", "30..40 km", "14.1%", "n x 1000".
 * What is none of these as it stands.
 */
void rcpi_message_amount(const rcpi_messages *w, rcpi_buf *out, rcp_str norm);

#endif
