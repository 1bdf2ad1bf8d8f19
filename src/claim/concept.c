/*
 * Keys are "<language letter>=<form>" for a form as written in the table, "<language letter>~<stems>" for its stems joined
 * by spaces. A form that is in the table is never looked up by its stem, so that "actions" (shares) can be kept from
 * "action". Reading a table stems each of its words once: some milliseconds for ten thousand rows.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "claim/concept.h"

#include "base/unicode.h"
#include "text/stem.h"

enum { MOST_KEY = 200 };

typedef struct node { uint16_t concept; uint32_t next; } node;

typedef struct builder {
  rcpi_arena *a;
  rcpi_concepts *out;
  RCPI_VEC(uint32_t) head;     /* of each key */
  RCPI_VEC(node) nodes;        /* 0: none */
  rcpi_stemmer *stemmer;
  char lang;
} builder;

/* `key` may lie in scratch. */
static void add(builder *b, rcp_str key, uint16_t concept) {
  const uint32_t *i = rcpi_map_get(&b->out->keys, key);
  if (!i) {
    i = rcpi_map_put(b->a, &b->out->keys, rcpi_dup(key, b->a), (uint32_t)b->head.n, NULL);
    rcpi_push(b->a, &b->head, 0);
  }
  for (uint32_t k = b->head.p[*i]; k; k = b->nodes.p[k].next)
    if (b->nodes.p[k].concept == concept) return;
  rcpi_push(b->a, &b->nodes, (node){concept, b->head.p[*i]});
  b->head.p[*i] = (uint32_t)b->nodes.n - 1;
}

/* "<lang><kind>" and room for more behind it. */
static size_t begin_key(char *key, char lang, char kind) {
  key[0] = lang;
  key[1] = kind;
  return 2;
}

static size_t extend_key(char *key, size_t n, rcp_str word) {
  if (n + word.n > MOST_KEY) return MOST_KEY + 1;
  if (word.n) memcpy(key + n, word.p, word.n);
  return n + word.n;
}

/* The stems of a row's word, as the build left them or computed now. */
static rcp_str stems_of(builder *b, const rcpi_table *t, size_t row) {
  size_t n;
  if (t->stem_at) return (rcp_str){t->stem_blob + t->stem_at[row], t->stem_at[row + 1] - t->stem_at[row]};
  return rcpi_stem_phrase(b->a, b->stemmer, rcpi_cell(t, row, 0), &n);
}

static void add_row(builder *b, rcp_str word, rcp_str concept, rcp_str stems) {
  char key[MOST_KEY];
  size_t len = begin_key(key, b->lang, '~'), n = stems.n > 0, space = rcpi_find_char(stems, ' ');
  uint16_t id = (uint16_t)*rcpi_map_put(b->a, &b->out->names, concept, (uint32_t)b->out->names.n, NULL);
  for (size_t i = 0; i < stems.n; i++) n += stems.p[i] == ' ';
  len = extend_key(key, len, stems);
  size_t first = space == RCPI_NONE ? len : 2 + space;
  if (n == 0 || len > MOST_KEY) return;
  add(b, (rcp_str){key, len}, id);
  if (n > 1) {
    rcp_str head = rcpi_dup((rcp_str){key, first}, b->a);
    uint32_t *longest = rcpi_map_put(b->a, &b->out->firsts, head, 0, NULL);
    if (*longest < n) *longest = (uint32_t)n;
    return;
  }
  len = extend_key(key, begin_key(key, b->lang, '='), word);
  if (len <= MOST_KEY) add(b, (rcp_str){key, len}, id);
}

void rcpi_concepts_read(rcpi_arena *a, const rcpi_lang *const *langs, size_t n_langs, rcpi_concepts *out) {
  *out = (rcpi_concepts){.sets = NULL};
  builder b = {.a = a, .out = out};
  rcpi_push(a, &b.nodes, (node){0, 0});
  for (size_t i = 0; i < n_langs; i++) {
    if (!langs[i]) continue;
    const rcpi_table *t = rcpi_lang_table(langs[i], "concept");
    b.lang = (char)('a' + i);
    b.stemmer = rcpi_stemmer_new(a, langs[i]->stemmer);
    for (size_t row = 0; row < t->n_rows; row++) add_row(&b, rcpi_cell(t, row, 0), rcpi_cell(t, row, 1), stems_of(&b, t, row));
  }
  out->sets = rcpi_array(a, rcpi_concept_set, b.head.n);
  for (size_t i = 0; i < b.head.n; i++) {
    size_t n = 0;
    for (uint32_t k = b.head.p[i]; k; k = b.nodes.p[k].next) n++;
    uint16_t *ids = rcpi_array(a, uint16_t, n);
    out->sets[i] = (rcpi_concept_set){ids, n};
    for (uint32_t k = b.head.p[i]; k; k = b.nodes.p[k].next) ids[--n] = b.nodes.p[k].concept;
  }
}

uint32_t rcpi_concept_named(const rcpi_concepts *c, const char *name) {
  const uint32_t *id = rcpi_map_get(&c->names, rcpi_cstr(name));
  return id ? *id : UINT32_MAX;
}

/* "<lang><kind>" and a word into a key on the caller's stack; empty when too long. */
static rcp_str key_of(char key[MOST_KEY], size_t lang, char kind, rcp_str word) {
  if (word.n + 2 > MOST_KEY) return (rcp_str){key, 0};
  key[0] = (char)('a' + lang);
  key[1] = kind;
  if (word.n) memcpy(key + 2, word.p, word.n);
  return (rcp_str){key, word.n + 2};
}

static rcpi_concept_set look_up(const rcpi_concepts *c, rcp_str key) {
  const uint32_t *i = key.n ? rcpi_map_get(&c->keys, key) : NULL;
  return i ? c->sets[*i] : (rcpi_concept_set){NULL, 0};
}

rcpi_concept_set rcpi_concepts_of_form(const rcpi_concepts *c, size_t lang, rcp_str form) {
  char key[MOST_KEY];
  return look_up(c, key_of(key, lang, '=', form));
}

rcpi_concept_set rcpi_concepts_of(const rcpi_concepts *c, size_t lang, const rcpi_token *word) {
  char key[MOST_KEY];
  rcpi_concept_set set = look_up(c, key_of(key, lang, '=', word->lower));
  return set.n ? set : look_up(c, key_of(key, lang, '~', word->stem));
}

size_t rcpi_concepts_phrase(const rcpi_concepts *c, size_t lang, const rcpi_text *text, size_t token, size_t end_token,
                            rcpi_concept_set *out) {
  char key[MOST_KEY];
  rcp_str s = key_of(key, lang, '~', text->tokens[token].stem);
  const uint32_t *longest = s.n ? rcpi_map_get(&c->firsts, s) : NULL;
  size_t found = 0;
  for (size_t n = 1; longest && n < *longest && token + n < end_token; n++) {
    const rcpi_token *t = &text->tokens[token + n];
    if (t->kind == RCPI_TOK_MARK || s.n + 1 + t->stem.n > MOST_KEY) break;
    key[s.n] = ' ';
    memcpy(key + s.n + 1, t->stem.p, t->stem.n);
    s.n += 1 + t->stem.n;
    rcpi_concept_set set = look_up(c, s);
    if (set.n) *out = set, found = n + 1;
  }
  return found;
}
