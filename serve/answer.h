/*
 * answer.h - what goes back to a visitor, before HTTP; and the bodies that are kept for the next one.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RECOUPE_SERVE_ANSWER_H
#define RECOUPE_SERVE_ANSWER_H

#include "request.h"
#include "vault.h"

/* Who asks, as far as the answer may differ by it. */
typedef struct serve_visitor {
  const char *locale;          /* one of the server's */
  bool may_write;              /* a session or a bearer's token */
  bool is_bearer;
  char session[SERVE_KEY + 1], key[SERVE_KEY + 1];   /* of a browser that is logged in */
  rcp_str body;                /* of a POST */
} serve_visitor;

typedef struct serve_answer {
  unsigned status;
  const char *type;            /* static */
  serve_text body;
  char location[2048];         /* of a redirection */
  char cookie[160];
  bool is_kept;                /* the same for everybody as long as the archive stays as it is */
  bool has_policy;             /* body begins with a page that states its own Content-Security-Policy */
  uint64_t print;              /* of what a kept body was made of; 0: nothing but the archive's own state tells */
} serve_answer;

#endif
