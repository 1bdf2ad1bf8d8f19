/*
 * vault.h - who may correct: the token, sessions that were opened with it, and what their forms must bring back.
 *
 * A browser logs in once with the token and gets a cookie (HttpOnly, SameSite=Strict); each of its forms carries the
 * session's form key, which no other site can read. A script sends the token itself: "Authorization: Bearer TOKEN", and needs
 * neither. Tokens are compared in constant time; after ten wrong ones in a minute all are refused for the rest of it.
 * Safe to call from several threads.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RECOUPE_SERVE_VAULT_H
#define RECOUPE_SERVE_VAULT_H

#include <time.h>

#include "text.h"

enum { SERVE_KEY = 32, SERVE_LEAST_TOKEN = 16 };   /* hexadecimal digits of a key; letters of a token */

typedef struct serve_vault serve_vault;
typedef enum serve_verdict { SERVE_RIGHT, SERVE_WRONG, SERVE_TOO_MANY } serve_verdict;

/* NULL without memory or random bytes. */
serve_vault *serve_vault_new(const char *token);
void serve_vault_free(serve_vault *v);

serve_verdict serve_vault_check(serve_vault *v, rcp_str token, time_t now);
/* A session for who brought the right token. */
bool serve_vault_open(serve_vault *v, time_t now, char session[SERVE_KEY + 1]);
/* Is the session open? Its form key in `key`. */
bool serve_vault_session(serve_vault *v, const char *session, time_t now, char key[SERVE_KEY + 1]);
void serve_vault_close(serve_vault *v, const char *session);
bool serve_same_secret(rcp_str a, rcp_str b);

#endif
