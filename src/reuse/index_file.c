/*
 * Arrays go to disk as they lie in memory; that is the whole idea, and why the byte order is checked. What is read is
 * believed only after a walk over every number that is used as a place, since a checksum keeps out accidents, not malice.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "reuse/index_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/hash.h"
#include "reuse/corpus_int.h"

enum { FORMAT = 1, ORDER = 0x01020304, ALIGN = 64, MAX_SEGMENTS = 4096 };

typedef rcpi_index_header header;
typedef rcpi_index_part part;
typedef rcpi_index_entry entry;

static const char magic[8] = "RCPREUSE";

/* ---------------------------------------------------------------------------------------------------------- writing */

static bool write_parts(FILE *f, const rcpi_segment *s, const entry *e) {
  static const char zero[ALIGN];
  for (int i = 0; i < RCPI_N_SECTIONS; i++) {
    long at = ftell(f);
    if (at < 0 || (uint64_t)at > e->parts[i].at) return false;
    if (fwrite(zero, 1, (size_t)(e->parts[i].at - (uint64_t)at), f) != e->parts[i].at - (uint64_t)at) return false;
    if (s->at[i].n && fwrite(s->at[i].p, 1, s->at[i].n, f) != s->at[i].n) return false;
  }
  return true;
}

static void describe(const rcpi_segment *s, uint64_t *at, entry *e) {
  *e = (entry){s->n_docs, s->first, s->day, s->last_day, s->n_slots, s->n_short_slots, {{0, 0, 0}}};
  for (int i = 0; i < RCPI_N_SECTIONS; i++) {
    *at = (*at + ALIGN - 1) & ~(uint64_t)(ALIGN - 1);
    e->parts[i] = (part){*at, s->at[i].n, rcpi_hash((rcp_str){s->at[i].n ? s->at[i].p : "", s->at[i].n}, 0)};
    *at += s->at[i].n;
  }
}

static bool write_all(rcpi_corpus *c, rcpi_arena *a, FILE *f) {
  size_t first = c->n_expired_kept, n = c->n_segments - first;
  if (n && !c->segments[c->n_segments - 1]->is_closed) n--;
  entry *entries = rcpi_array(a, entry, n);
  uint64_t at = sizeof(header) + n * sizeof *entries;
  for (size_t i = 0; i < n; i++) {
    const rcpi_segment *s = c->segments[first + i];
    for (uint32_t d = 0; d < s->n_docs; d++) rcpi_corpus_shingles(c, &c->workers[0], s->first + d);
    describe(s, &at, &entries[i]);
  }
  header h = {.format = FORMAT, .order = ORDER, .sketch = RCPI_SKETCH_VERSION, .n_segments = (uint32_t)n,
              .table_hash = rcpi_hash((rcp_str){(const char *)entries, n * sizeof *entries}, 0)};
  memcpy(h.magic, magic, sizeof magic);
  if (fwrite(&h, sizeof h, 1, f) != 1 || (n && fwrite(entries, sizeof *entries, n, f) != n)) return false;
  for (size_t i = 0; i < n; i++)
    if (!write_parts(f, c->segments[first + i], &entries[i])) return false;
  return true;
}

rcp_status rcpi_index_save(rcpi_corpus *c, const char *path, rcp_error *error) {
  rcpi_arena a;
  rcpi_corpus_drop_question(c);
  rcpi_arena_init(&a);
  volatile rcp_status status = RCP_ENOMEM;
  RCPI_GUARD(&a) {
    c->workers[0].arena.guard = a.guard;
    const char *beside = rcpi_printf(&a, "%s.new", path).p;
    FILE *f = fopen(beside, "wb");
    bool ok = f && write_all(c, &a, f);
    if (f && fclose(f)) ok = false;
    if (ok && rename(beside, path)) ok = false;
    status = ok ? RCP_OK : rcpi_error(error, RCP_EIO, rcpi_cstr(path), 0, "%s", strerror(errno));
    if (!ok && f) unlink(beside);
  }
  c->workers[0].arena.guard = NULL;
  rcpi_arena_release(&a);
  return status == RCP_ENOMEM ? rcpi_error(error, status, rcpi_cstr(path), 0, "out of memory") : status;
}

/* ---------------------------------------------------------------------------------------------------------- reading */

static bool is_power_or_zero(uint32_t n) {
  return (n & (n - 1)) == 0;
}

/* Do the sizes of the arrays agree? */
static bool sizes_agree(const rcpi_segment *s) {
  size_t n = s->n_docs, words = s->at[RCPI_SEC_WORDS].n / sizeof(uint32_t);
  return s->n_docs <= INT32_MAX && words <= INT32_MAX && s->at[RCPI_SEC_DOCS].n == n * sizeof(rcpi_doc) &&
         s->at[RCPI_SEC_GAPS].n == words && s->at[RCPI_SEC_LENS].n == words && s->at[RCPI_SEC_WORDS].n % sizeof(uint32_t) == 0 &&
         s->at[RCPI_SEC_WIDE].n % sizeof(uint64_t) == 0 && s->at[RCPI_SEC_SKETCHES].n == n * sizeof(rcpi_sketch) &&
         is_power_or_zero(s->n_slots) && is_power_or_zero(s->n_short_slots) &&
         s->at[RCPI_SEC_SLOTS].n == (size_t)s->n_slots * RCPI_SKETCH_BANDS * sizeof(uint64_t) &&
         (!s->n_slots || s->at[RCPI_SEC_NEXT].n == n * RCPI_SKETCH_BANDS * sizeof(uint32_t)) &&
         s->at[RCPI_SEC_SHORT_SLOTS].n == s->n_short_slots * sizeof(uint32_t) &&
         s->at[RCPI_SEC_SHORTS].n % sizeof(rcpi_short) == 0 && s->at[RCPI_SEC_RUNS].n % sizeof(rcpi_run) == 0;
}

static bool docs_agree(const rcpi_segment *s) {
  uint64_t words = s->at[RCPI_SEC_WORDS].n / sizeof(uint32_t), at = 0;
  for (uint32_t i = 0; i < s->n_docs; i++) {
    const rcpi_doc *d = &rcpi_docs(s)[i];
    if (d->word != at || d->n_words > words - at || (d->n_words && !d->n_shingles)) return false;
    if (d->id > s->at[RCPI_SEC_IDS].n || d->id_len > s->at[RCPI_SEC_IDS].n - d->id || d->leader > s->first + i) return false;
    at += d->n_words;
  }
  return at == words;
}

/* A table without a free slot would be searched for ever. */
static bool tables_agree(const rcpi_segment *s) {
  const uint64_t *slots = (const uint64_t *)(const void *)s->at[RCPI_SEC_SLOTS].p;
  const uint32_t *next = (const uint32_t *)(const void *)s->at[RCPI_SEC_NEXT].p;
  const uint32_t *heads = (const uint32_t *)(const void *)s->at[RCPI_SEC_SHORT_SLOTS].p;
  const rcpi_short *shorts = (const rcpi_short *)(const void *)s->at[RCPI_SEC_SHORTS].p;
  size_t n_next = s->at[RCPI_SEC_NEXT].n / sizeof *next, n_shorts = s->at[RCPI_SEC_SHORTS].n / sizeof *shorts, n_free = 0;
  for (size_t b = 0; b < RCPI_SKETCH_BANDS && s->n_slots; b++, n_free = 0) {
    for (size_t i = b * s->n_slots; i < (b + 1) * s->n_slots; i++) {
      if ((uint32_t)slots[i] > s->n_docs || (slots[i] && !(uint32_t)slots[i])) return false;
      n_free += !slots[i];
    }
    if (!n_free) return false;
  }
  for (size_t i = 0; i < n_next; i++)
    if (next[i] > i / RCPI_SKETCH_BANDS) return false;
  for (size_t i = 0; i < n_shorts; i++)
    if (shorts[i].doc >= s->n_docs || shorts[i].next > i) return false;
  for (size_t i = 0; i < s->n_short_slots; i++) {
    if (heads[i] > n_shorts) return false;
    n_free += !heads[i];
  }
  return !s->n_short_slots || n_free;
}

static bool runs_agree(const rcpi_segment *s) {
  size_t words = s->at[RCPI_SEC_WORDS].n / sizeof(uint32_t);
  const rcpi_run *runs = rcpi_seg_runs(s);
  for (size_t i = 0; i < rcpi_n_runs(s); i++)
    if (rcpi_run_word(runs[i]) >= words || (i && rcpi_run_hash(runs[i]) < rcpi_run_hash(runs[i - 1]))) return false;
  return true;
}

static const char *take_segment(rcpi_corpus *c, rcp_str file, const entry *e) {
  rcpi_segment *last = c->n_segments ? c->segments[c->n_segments - 1] : NULL;
  uint64_t first = last ? (uint64_t)last->first + last->n_docs : e->first;
  if (e->first != first || (uint64_t)e->first + e->n_docs > INT32_MAX) return "articles are numbered out of order";
  rcpi_segment *s = rcpi_corpus_new_segment(c, e->first);
  if (!s) return "out of memory";
  s->n_docs = e->n_docs;
  s->day = e->day;
  s->last_day = e->last_day;
  s->n_slots = e->n_slots;
  s->n_short_slots = e->n_short_slots;
  s->is_closed = true;
  for (int i = 0; i < RCPI_N_SECTIONS; i++) {
    const part *p = &e->parts[i];
    if (p->at % ALIGN || p->at > file.n || p->n > file.n - p->at) return "a part lies outside the file: it is cut";
    s->at[i].p = file.p + p->at;
    s->at[i].n = p->n;
    if (rcpi_hash((rcp_str){s->at[i].p, p->n}, 0) != p->hash) return "a checksum is wrong: the file is damaged";
  }
  if (!sizes_agree(s) || !docs_agree(s) || !tables_agree(s) || !runs_agree(s)) return "its parts do not agree";
  c->stats.loaded += s->n_docs;
  return rcpi_segment_index_words(s) ? "out of memory" : NULL;
}

static const char *take_file(rcpi_corpus *c, rcp_str file) {
  header h;
  if (file.n < sizeof h) return "not an index of recoupe reuse";
  memcpy(&h, file.p, sizeof h);
  if (memcmp(h.magic, magic, sizeof magic) != 0) return "not an index of recoupe reuse";
  if (h.order != ORDER) return "made on a machine of another byte order";
  if (h.format != FORMAT || h.sketch != RCPI_SKETCH_VERSION) return "made by another version: make it again";
  if (h.n_segments > MAX_SEGMENTS || file.n - sizeof h < h.n_segments * sizeof(entry)) return "it is cut";
  const entry *entries = (const entry *)(const void *)(file.p + sizeof h);
  if (rcpi_hash((rcp_str){(const char *)entries, h.n_segments * sizeof *entries}, 0) != h.table_hash) return "a checksum is wrong: the file is damaged";
  for (uint32_t i = 0; i < h.n_segments; i++) {
    const char *why = take_segment(c, file, &entries[i]);
    if (why) return why;
  }
  return NULL;
}

rcp_status rcpi_index_load(rcpi_corpus *c, const char *path, rcp_error *error) {
  rcp_str name = rcpi_cstr(path);
  if (c->n_segments) return rcpi_error(error, RCP_EUSAGE, name, 0, "an index must be loaded before articles are added");
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  struct stat st;
  if (fd < 0 || fstat(fd, &st)) {
    int why = errno;
    if (fd >= 0) close(fd);
    return rcpi_error(error, RCP_EIO, name, 0, "%s", strerror(why));
  }
  c->map_size = (size_t)st.st_size;
  c->map = c->map_size ? mmap(NULL, c->map_size, PROT_READ, MAP_PRIVATE, fd, 0) : NULL;
  close(fd);
  if (c->map == MAP_FAILED) return c->map = NULL, rcpi_error(error, RCP_EIO, name, 0, "%s", strerror(errno));
  const char *why = take_file(c, (rcp_str){c->map ? c->map : "", c->map_size});
  if (!why) return RCP_OK;
  c->is_dead = true;
  return rcpi_error(error, RCP_EDATA, name, 0, "%s", why);
}
