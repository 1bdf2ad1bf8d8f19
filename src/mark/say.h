/*
 * say.h - the verbs of saying of one sentence: their words, tense, negation, and a subject that follows with a hyphen.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_MARK_SAY_H
#define RCPI_MARK_SAY_H

#include "mark/phrase.h"

typedef enum rcpi_takes { RCPI_TAKES_THAT, RCPI_TAKES_OBJECT, RCPI_TAKES_QUOTE } rcpi_takes;

typedef enum rcpi_say_form {
  RCPI_SAY_FINITE,       /* dit, a dit, disait */
  RCPI_SAY_PARTICIPLE,   /* disant */
  RCPI_SAY_INFINITIVE,   /* dire */
  RCPI_SAY_AGENT,        /* démenti par */
} rcpi_say_form;

typedef struct rcpi_say {
  uint32_t beg, end;           /* auxiliary, clitics and adverbs between included; behind the enclitic */
  uint32_t verb;               /* the token that carries the lemma */
  uint32_t enclitic;           /* a-t-il; 0: none */
  uint32_t agent;              /* par, of a participle: démenti par */
  rcp_str lemma;
  rcpi_takes takes;
  rcpi_stance stance;
  rcpi_say_form form;
  bool also_object;            /* its object may be what is said, whatever else it takes */
  bool also_count;             /* its object is what is said when a number stands in it: revendique 5 000 marcheurs */
  bool also_quoted;            /* ... when a quotation stands in it: propose « un pôle public » */
  bool has_addressee;          /* its object may be who is told: informe la presse que */
  bool is_relay;               /* cité par: who passes it on */
  bool is_strict;              /* where that may be left out it needs it here: found that */
  bool wants_from;             /* the source is who it was learnt from */
  bool is_only;                /* ne reconnaît que: no negation */
  bool is_past, is_negated, is_reflexive, is_gerund, is_third, is_open;   /* is_open: no verb of saying by the table */
} rcpi_say;

/* Verbs of saying in order, in `a`. */
size_t rcpi_say_find(rcpi_arena *a, const rcpi_unit *u, const rcpi_table *report_verbs, rcpi_say **out);

#endif
