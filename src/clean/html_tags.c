/*
 * Names are looked up by first letter, then by length and bytes: a dozen comparisons at worst, mostly of lengths, which
 * is less than computing a hash. Traits follow the HTML standard, section 13.1 and 13.2.6, as far as text needs them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "clean/html_tags.h"

enum {
  INLINE = RCPI_TRAIT_INLINE, BLOCK = RCPI_TRAIT_BLOCK, VOID = RCPI_TRAIT_VOID, RAW = RCPI_TRAIT_RAW, MUTE = RCPI_TRAIT_MUTE,
  FORMAT = RCPI_TRAIT_FORMAT, BOLD = RCPI_TRAIT_BOLD, SCOPE = RCPI_TRAIT_SCOPE, HEADING = RCPI_TRAIT_HEADING, HEAD = RCPI_TRAIT_HEAD,
};

#define ENTRY(id, name, traits) {#name, sizeof #name - 1, (traits)},
static const struct { char name[12]; uint8_t n; uint16_t traits; } known[] = {
    {"", 0, INLINE}, {"", 0, INLINE}, RCPI_TAGS(ENTRY)};
#undef ENTRY

/* The first tag of each letter, a to x, and past the last. */
static const uint8_t first[] = {
    RCPI_TAG_A, RCPI_TAG_B, RCPI_TAG_CANVAS, RCPI_TAG_DATALIST, RCPI_TAG_EM, RCPI_TAG_FIELDSET, RCPI_TAG_H1, RCPI_TAG_H1,
    RCPI_TAG_I, RCPI_TAG_LABEL, RCPI_TAG_LABEL, RCPI_TAG_LABEL, RCPI_TAG_MAIN, RCPI_TAG_NAV, RCPI_TAG_OBJECT, RCPI_TAG_P,
    RCPI_TAG_Q, RCPI_TAG_RP, RCPI_TAG_S, RCPI_TAG_TABLE, RCPI_TAG_U, RCPI_TAG_VAR, RCPI_TAG_WBR, RCPI_TAG_XMP, RCPI_N_TAGS};

rcpi_tag rcpi_tag_of(rcp_str name) {
  char low[sizeof known->name] = {0};
  if (name.n && name.n < sizeof low) {
    for (size_t i = 0; i < name.n; i++) low[i] = (char)rcpi_lower((unsigned char)name.p[i]);
    unsigned letter = (unsigned)(low[0] - 'a');
    if (letter < sizeof first - 1)
      for (unsigned i = first[letter]; i < first[letter + 1]; i++)
        if (known[i].n == name.n && !memcmp(known[i].name, low, sizeof low)) return (rcpi_tag)i;   /* a fixed length: no call */
  }
  return name.n && memchr(name.p, '-', name.n) ? RCPI_TAG_CUSTOM : RCPI_TAG_OTHER;
}

unsigned rcpi_tag_traits(rcpi_tag tag) {
  return known[tag].traits;
}

const char *rcpi_tag_name(rcpi_tag tag) {
  return known[tag].name;
}
