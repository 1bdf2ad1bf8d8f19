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
#include <stdlib.h>

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

#endif
