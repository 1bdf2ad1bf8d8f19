/*
 * An index file of `recoupe reuse` that lies: a good one with bytes changed and its checksums made right again, so that what is
 * behind them is met. Input: five bytes a change: where (little-endian), and what its byte is xored with. An input that begins with
 * "RCPR" is the file itself.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/hash.h"
#include "fuzz.h"
#include "reuse/index_file.h"

enum { MOST = 1 << 20 };

static const char copied[] = "le barrage de Sarnoy a cédé dans la nuit de mardi à mercredi et l'eau a couvert la place du marché, selon la mairie "
    "qui a fait ouvrir la salle des fêtes pour y loger les habitants des rues basses";
static const char partly[] = "les pompiers sont restés sur place jusqu'au matin tandis que l'eau a couvert la place du marché, selon la mairie qui a fait ouvrir la "
    "salle des fêtes et demandé au département deux barques de plus pour joindre les fermes isolées dont on était sans nouvelles depuis la veille au soir";
static const char other[] = "桥梁管理局星期三宣布将于春季关闭该桥三个月以便更换支座并加固桥墩";
static const char brief[] = "Le pont de Sarnoy est fermé";

static rcp_str str(const char *s) {
  return (rcp_str){s, strlen(s)};
}

static void add(rcp_reuse *r, const char *id, const char *text) {
  if (rcp_reuse_add(r, str(id), str(text), str("2024-05-01"), NULL)) abort();
}

static size_t write_good(const char *path, unsigned char *out) {
  rcp_reuse *r;
  if (rcp_reuse_new(fuzz_engine(RCP_INPUT_AUTO), NULL, &r, NULL)) abort();
  add(r, "a", copied);
  add(r, "b", other);
  add(r, "c", brief);
  rcp_reuse_finish(r, NULL);
  add(r, "d", copied);
  rcp_reuse_finish(r, NULL);
  if (rcp_reuse_save(r, path, NULL)) abort();
  rcp_reuse_free(r);
  FILE *f = fopen(path, "rb");
  if (!f) abort();
  size_t n = fread(out, 1, MOST, f);
  fclose(f);
  unlink(path);
  return n;
}

/* Right checksums, where the places in the file can be read at all. */
static void seal(unsigned char *file, size_t n) {
  rcpi_index_header h;
  memcpy(&h, file, sizeof h);
  if (h.n_segments > (n - sizeof h) / sizeof(rcpi_index_entry)) return;
  for (uint32_t i = 0; i < h.n_segments; i++) {
    rcpi_index_entry e;
    unsigned char *at = file + sizeof h + i * sizeof e;
    memcpy(&e, at, sizeof e);
    for (int k = 0; k < RCPI_N_SECTIONS; k++)
      if (e.parts[k].at <= n && e.parts[k].n <= n - e.parts[k].at)
        e.parts[k].hash = rcpi_hash((rcp_str){(const char *)file + e.parts[k].at, e.parts[k].n}, 0);
    memcpy(at, &e, sizeof e);
  }
  h.table_hash = rcpi_hash((rcp_str){(const char *)file + sizeof h, h.n_segments * sizeof(rcpi_index_entry)}, 0);
  memcpy(file, &h, sizeof h);
}

static void use(const char *path) {
  rcp_reuse *r;
  rcp_reuse_article about;
  rcp_reuse_pair pair;
  rcp_reuse_options options = {.window_days = 30, .articles = true};
  if (rcp_reuse_new(fuzz_engine(RCP_INPUT_AUTO), &options, &r, NULL)) abort();
  if (!rcp_reuse_load(r, path, NULL)) {
    rcp_reuse_query(r, str("q"), str(copied), str("2024-05-02"), &about, NULL);
    while (rcp_reuse_next_answer(r, &pair));
    add(r, "x", other);
    add(r, "y", brief);
    add(r, "z", partly);
    rcp_reuse_finish(r, NULL);
    while (rcp_reuse_next_pair(r, &pair));
    while (rcp_reuse_next_article(r, &about));
  }
  rcp_reuse_free(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static unsigned char good[MOST], bytes[MOST];
  static size_t n_good;
  static char path[64], place[64];
  static int fd = -1;
  if (fd < 0) {
    fd = memfd_create("index", 0);
    if (fd < 0) abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    snprintf(place, sizeof place, "fuzz-index-%ld", (long)getpid());
    n_good = write_good(place, good);
  }
  size_t n = n_good;
  if (size >= 4 && !memcmp(data, "RCPR", 4)) {
    memcpy(bytes, data, n = size < MOST ? size : MOST);
  } else {
    memcpy(bytes, good, n);
    for (size_t i = 0; i + 5 <= size; i += 5) {
      uint32_t at = (uint32_t)data[i] | (uint32_t)data[i + 1] << 8 | (uint32_t)data[i + 2] << 16 | (uint32_t)data[i + 3] << 24;
      bytes[at % n] ^= data[i + 4];
    }
  }
  if (n >= sizeof(rcpi_index_header)) seal(bytes, n);
  if (ftruncate(fd, 0) || pwrite(fd, bytes, n, 0) != (ssize_t)n) abort();
  use(path);
  return 0;
}
