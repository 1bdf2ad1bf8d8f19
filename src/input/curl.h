/*
 * curl.h - libcurl, loaded when the first URL is read.
 *
 * It brings thirty libraries along, and to load and bind them took 5 of the 60 ms of a comparison that reads files only
 * (LD_DEBUG=statistics: 13,500 symbols looked up; 2,700 without it). So the command is not linked with it: where it is not
 * installed, URLs are refused with a plain message and all else works. The calls are those that fetch.c makes.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_INPUT_CURL_H
#define RCPI_INPUT_CURL_H

#include <curl/curl.h>
#include <stdbool.h>

typedef struct rcpi_curl {
  CURLcode (*global_init)(long flags);
  CURL *(*easy_init)(void);
  CURLcode (*easy_setopt)(CURL *curl, CURLoption option, ...);
  CURLcode (*easy_perform)(CURL *curl);
  CURLcode (*easy_getinfo)(CURL *curl, CURLINFO info, ...);
  const char *(*easy_strerror)(CURLcode code);
  void (*easy_cleanup)(CURL *curl);
  struct curl_slist *(*slist_append)(struct curl_slist *list, const char *text);
  void (*slist_free_all)(struct curl_slist *list);
} rcpi_curl;

/* False: it is not installed. Stays loaded until the process ends. Any thread, any number of times. */
bool rcpi_curl_load(rcpi_curl *curl);

#endif
