/* SPDX-License-Identifier: Apache-2.0 */
#ifdef RCPI_HAVE_CURL

#include "input/curl.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

/* A pointer to a function out of dlsym's pointer to data, as POSIX says it can be had. */
static bool find(void *library, const char *name, void *to) {
  void *at = dlsym(library, name);
  memcpy(to, &at, sizeof at);
  return at != NULL;
}

bool rcpi_curl_load(rcpi_curl *curl) {
  void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  return library && find(library, "curl_global_init", &curl->global_init) && find(library, "curl_easy_init", &curl->easy_init) &&
         find(library, "curl_easy_setopt", &curl->easy_setopt) && find(library, "curl_easy_perform", &curl->easy_perform) &&
         find(library, "curl_easy_getinfo", &curl->easy_getinfo) && find(library, "curl_easy_strerror", &curl->easy_strerror) &&
         find(library, "curl_easy_cleanup", &curl->easy_cleanup) && find(library, "curl_slist_append", &curl->slist_append) &&
         find(library, "curl_slist_free_all", &curl->slist_free_all);
}

#else
typedef int rcpi_no_curl;   /* a file of C holds something */
#endif
