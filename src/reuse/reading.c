/*
 * The parts of a segment that concern one article, end to end: what a corpus keeps of it, so that it can be taken up
 * where it lies, without a copy. Words first, since those must be at a multiple of four.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "reuse/reading.h"

enum { MAGIC = 0x31524352, ALIGN = 8 };   /* "RCR1" */

typedef struct head {
  uint32_t magic, version, n_words, n_alone, n_wide, n_id;
  uint64_t unused;
  rcpi_sketch sketch;
} head;

_Static_assert(sizeof(head) % ALIGN == 0, "readings are read as they lie");

static void add(rcpi_buf *b, const void *p, size_t n) {
  rcpi_buf_add(b, (rcp_str){p, n});
}

void rcpi_reading_pad(rcpi_buf *b) {
  while (b->len % ALIGN && !b->failed) rcpi_buf_addc(b, 0);
}

/* A segment of one article keeps its places as the corpus would. */
void rcpi_reading_pack(rcpi_buf *out, const rcpi_reading *r) {
  rcpi_segment s;
  uint32_t place;
  rcpi_segment_init(&s, 0);
  if (rcpi_segment_add(&s, r, &place)) out->failed = true;
  head h = {.magic = MAGIC, .version = RCPI_SKETCH_VERSION, .n_words = r->n_words, .n_alone = r->n_alone,
            .n_wide = (uint32_t)(s.at[RCPI_SEC_WIDE].n / sizeof(uint64_t)), .n_id = (uint32_t)r->id.n, .sketch = r->sketch};
  add(out, &h, sizeof h);
  const rcpi_section parts[] = {RCPI_SEC_WIDE, RCPI_SEC_WORDS, RCPI_SEC_GAPS, RCPI_SEC_LENS};
  for (size_t i = 0; i < sizeof parts / sizeof *parts && !out->failed; i++)
    if (s.at[parts[i]].n) add(out, s.at[parts[i]].p, s.at[parts[i]].n);
  if (r->id.n) rcpi_buf_add(out, r->id);
  rcpi_reading_pad(out);
  rcpi_segment_release(&s);
}

bool rcpi_reading_open(rcp_str bytes, rcpi_opened *out) {
  const head *h = (const head *)(const void *)bytes.p;
  memset(out, 0, sizeof *out);
  if (bytes.n < sizeof *h || (uintptr_t)bytes.p % ALIGN || h->magic != MAGIC || h->version != RCPI_SKETCH_VERSION) return false;
  uint64_t need = sizeof *h + (uint64_t)h->n_wide * 8 + (uint64_t)h->n_words * 6 + h->n_id;
  if (need > bytes.n) return false;
  const char *at = bytes.p + sizeof *h;
  const struct { rcpi_section section; size_t n; } parts[] = {{RCPI_SEC_WIDE, (size_t)h->n_wide * 8}, {RCPI_SEC_WORDS, (size_t)h->n_words * 4},
                                                              {RCPI_SEC_GAPS, h->n_words}, {RCPI_SEC_LENS, h->n_words}};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    out->places.at[parts[i].section].p = at;
    out->places.at[parts[i].section].n = parts[i].n;
    at += parts[i].n;
  }
  out->id = (rcp_str){at, h->n_id};
  out->n_words = h->n_words;
  out->n_alone = h->n_alone;
  out->sketch = &h->sketch;
  out->words = rcpi_seg_words(&out->places);
  out->doc = (rcpi_doc){.n_words = h->n_words, .flags = (h->n_alone ? RCPI_DOC_HAS_ALONE : 0) | (h->n_wide ? RCPI_DOC_HAS_WIDE : 0)};
  return true;
}
