/*
 * desk.h - answers requests out of an archive. One desk belongs to one thread; each opens the archive for itself.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RECOUPE_SERVE_DESK_H
#define RECOUPE_SERVE_DESK_H

#include "answer.h"

typedef struct serve_desk serve_desk;

/* `vault` NULL: nobody may write. Both must outlive the desk. */
rcp_status serve_desk_new(const rcp_engine *engine, const char *store, serve_vault *vault, serve_desk **out, rcp_error *error);
void serve_desk_free(serve_desk *desk);
/* Gives back the memory that making dossiers took; those at hand are kept. */
void serve_desk_rest(serve_desk *desk);

void serve_desk_answer(serve_desk *desk, const serve_request *request, const serve_visitor *visitor, serve_answer *out);
/* What a kept answer would be made of now, without making it; 0: not known. Equal prints, equal bodies. */
uint64_t serve_desk_print(serve_desk *desk, const serve_request *request);
/* A page that says what is wrong, in the visitor's language. */
void serve_desk_refuse(const rcp_engine *engine, unsigned status, const serve_request *request, const serve_visitor *visitor, serve_answer *out);

#endif
