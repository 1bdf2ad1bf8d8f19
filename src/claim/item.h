/*
 * item.h - what the words of a story are worth when two places are compared.
 *
 * Every token that carries meaning is an item of the story's vocabulary: a word, a word of a name, a country (with its
 * capital, people and seat of government one item), a number, a clock time, a date. A number also gives a slot: what it
 * counts, so that "27 blessés" and "31 injured" meet though the numbers do not. Two items are alike from 0 to RCPI_SAME:
 * by stem, name group, concept, derivation, cognate, nearness of values. Likeness is kept sparse: a list for each item.
 *
 * A differing number is a little like any other: it lowers a score and never forbids.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RCPI_CLAIM_ITEM_H
#define RCPI_CLAIM_ITEM_H

#include "claim/concept.h"
#include "mark/mark.h"
#include "mark/name.h"

enum { RCPI_SAME = 256, RCPI_NO_ITEM = UINT32_MAX };

typedef enum rcpi_item_kind {
  RCPI_ITEM_WORD, RCPI_ITEM_NAME, RCPI_ITEM_COUNTRY, RCPI_ITEM_NUMBER, RCPI_ITEM_MINUTE, RCPI_ITEM_DATE, RCPI_ITEM_SLOT,
  RCPI_ITEM_N_KINDS,
} rcpi_item_kind;

typedef struct rcpi_item {
  rcpi_item_kind kind;
  uint8_t lang;                /* index in rcpi_items.langs */
  rcp_str form;                /* folded word or expression, country code, ISO date */
  rcp_str stem;
  double value;                /* number; minute of the day */
  rcp_str unit;
  uint32_t group;              /* of names; UINT32_MAX: none */
  uint32_t counted;            /* slot: the item that is counted */
  rcpi_concept_set concepts;
  rcp_str common;              /* its stem in the language that all in the story can be put into (table bridge); empty: none */
  uint32_t weight;             /* about 0 to 1300 */
} rcpi_item;

typedef struct rcpi_like { uint32_t item; uint16_t sim; } rcpi_like;

typedef struct rcpi_items {
  rcpi_item *items;            size_t n_items;
  uint32_t **of_token;         /* [telling][token]; RCPI_NO_ITEM: carries nothing */
  uint32_t **slot_of;          /* [telling][token]: at the counted word, its slot; RCPI_NO_ITEM: none */
  uint32_t **number_at;        /* [telling][token]: at the counted word, the token of its number */
  rcpi_like *likes;            /* of item i: [like_at[i], like_at[i + 1]), by item; itself included */
  uint32_t *like_at;
  const rcpi_lang **langs;     size_t n_langs;
} rcpi_items;

/* Likeness that any two items of one kind have, whatever their values. */
extern const uint16_t rcpi_item_floor[RCPI_ITEM_N_KINDS];

void rcpi_items_read(rcpi_arena *a, const rcpi_telling *tellings, size_t n_tellings, const rcpi_name_groups *names,
                     rcpi_items *out);

#endif
