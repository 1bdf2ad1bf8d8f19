/*
 * fuzz.h - what the targets share. Each target is a function over bytes; with clang it is a libFuzzer target (meson
 * option fuzz), else replay.c runs it over the files and folders named on its command line.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCP_FUZZ_H
#define RCP_FUZZ_H

#include <recoupe.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One engine for all runs of a process: making it anew would be most of the time. */
static inline const rcp_engine *fuzz_engine(rcp_input kind) {
  static rcp_engine *engine;
  if (!engine) {
    rcp_options options;
    rcp_options_init(&options);
    options.input = kind;
    options.threads = 1;
    if (rcp_engine_new(&options, &engine, NULL)) abort();
  }
  return engine;
}

static inline void fuzz_use(rcp_article *article) {
  rcp_buffer out = {0};
  rcp_article_write(article, RCP_FORMAT_JSON, &out, NULL);
  rcp_buffer_release(&out);
  rcp_article_free(article);
}

/* The bytes as a file of that kind: all its records, as `recoupe extract` reads them. */
static inline void fuzz_read(rcp_input kind, const uint8_t *data, size_t size) {
  static int fd = -1;
  static char path[32];
  const char *const inputs[] = {path};
  if (fd < 0) {
    fd = memfd_create("fuzz", 0);
    if (fd < 0) abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  }
  if (ftruncate(fd, 0) || pwrite(fd, data, size, 0) != (ssize_t)size) abort();
  rcp_reader *reader;
  if (rcp_reader_new(fuzz_engine(kind), inputs, 1, &reader, NULL)) abort();
  rcp_article *article;
  for (rcp_status status; (status = rcp_reader_next(reader, &article, NULL)) != RCP_END;) {
    if (!status) fuzz_use(article);
    if (status == RCP_ENOMEM) break;
  }
  rcp_reader_free(reader);
}

#endif
