/*
 * mhd.h - the door to libmicrohttpd, loaded when a server starts.
 *
 * It brings gnutls and eight more libraries along, and to load and bind them took 3 of the 60 ms of a comparison, which
 * serves nothing. So the command is not linked with it: where it is not installed, `recoupe serve` says so and all else
 * works. The calls are those that http.c makes.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SERVE_MHD_H
#define SERVE_MHD_H

#include <microhttpd.h>

typedef struct serve_mhd_calls {
  struct MHD_Daemon *(*start_daemon)(unsigned flags, uint16_t port, MHD_AcceptPolicyCallback may_come, void *with_come,
                                     MHD_AccessHandlerCallback answer, void *with_answer, ...);
  void (*stop_daemon)(struct MHD_Daemon *daemon);
  struct MHD_Response *(*create_response_from_buffer)(size_t n, void *bytes, enum MHD_ResponseMemoryMode mode);
  enum MHD_Result (*add_response_header)(struct MHD_Response *response, const char *name, const char *value);
  enum MHD_Result (*queue_response)(struct MHD_Connection *connection, unsigned status, struct MHD_Response *response);
  void (*destroy_response)(struct MHD_Response *response);
  const union MHD_ConnectionInfo *(*get_connection_info)(struct MHD_Connection *connection, enum MHD_ConnectionInfoType what, ...);
  const char *(*lookup_connection_value)(struct MHD_Connection *connection, enum MHD_ValueKind kind, const char *name);
  void (*suspend_connection)(struct MHD_Connection *connection);
  void (*resume_connection)(struct MHD_Connection *connection);
} serve_mhd_calls;

/* Loaded by the first call and there until the process ends; NULL: not installed. Any thread. */
const serve_mhd_calls *serve_mhd(void);

#endif
