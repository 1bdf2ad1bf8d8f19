/* SPDX-License-Identifier: Apache-2.0 */
#include "mhd.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>

/* Written once, before anybody reads them. */
static serve_mhd_calls calls;
static bool is_there;

/* A pointer to a function out of dlsym's pointer to data, as POSIX says it can be had. */
static bool find(void *library, const char *name, void *to) {
  void *at = dlsym(library, name);
  memcpy(to, &at, sizeof at);
  return at != NULL;
}

static void load(void) {
  void *l = dlopen("libmicrohttpd.so.12", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  is_there = l && find(l, "MHD_start_daemon", &calls.start_daemon) && find(l, "MHD_stop_daemon", &calls.stop_daemon) &&
             find(l, "MHD_create_response_from_buffer", &calls.create_response_from_buffer) &&
             find(l, "MHD_add_response_header", &calls.add_response_header) && find(l, "MHD_queue_response", &calls.queue_response) &&
             find(l, "MHD_destroy_response", &calls.destroy_response) && find(l, "MHD_get_connection_info", &calls.get_connection_info) &&
             find(l, "MHD_lookup_connection_value", &calls.lookup_connection_value) &&
             find(l, "MHD_suspend_connection", &calls.suspend_connection) && find(l, "MHD_resume_connection", &calls.resume_connection);
}

const serve_mhd_calls *serve_mhd(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return is_there ? &calls : NULL;
}
