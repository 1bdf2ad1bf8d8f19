/* SPDX-License-Identifier: Apache-2.0 */
#include "text/stem.h"

#include <libstemmer.h>

#include "base/unicode.h"

struct rcpi_stemmer { struct sb_stemmer *snowball; };

static void drop(void *p) {
  sb_stemmer_delete(p);
}

/* The library answers NULL to a name that it does not know and to a lack of memory; only the first is an answer. */
static bool is_known(rcp_str algorithm) {
  for (const char **name = sb_stemmer_list(); *name; name++)
    if (rcpi_is(algorithm, *name)) return true;
  return false;
}

rcpi_stemmer *rcpi_stemmer_new(rcpi_arena *a, rcp_str algorithm) {
  if (!algorithm.n) return NULL;
  rcpi_stemmer *s = rcpi_new(a, rcpi_stemmer);
  s->snowball = sb_stemmer_new(rcpi_dup(algorithm, a).p, "UTF_8");
  if (!s->snowball) {
    if (is_known(algorithm)) rcpi_out_of_memory(a);
    return NULL;
  }
  rcpi_defer(a, drop, s->snowball);
  return s;
}

rcp_str rcpi_stem(rcpi_arena *a, rcpi_stemmer *s, rcp_str lower) {
  if (!s || lower.n > 64) return rcpi_fold(a, lower);
  const sb_symbol *p = sb_stemmer_stem(s->snowball, (const sb_symbol *)lower.p, (int)lower.n);
  if (!p) rcpi_out_of_memory(a);
  return rcpi_fold(a, rcpi_dup((rcp_str){(const char *)p, (size_t)sb_stemmer_length(s->snowball)}, a));
}

/* Stems are not longer than what they are stems of, folded: at most six bytes for one. */
rcp_str rcpi_stem_phrase(rcpi_arena *a, rcpi_stemmer *stemmer, rcp_str words, size_t *n) {
  char *out = rcpi_alloc(a, words.n * 6 + RCPI_STEM_WORDS * 16, 1);
  size_t len = 0, beg = 0;
  *n = 0;
  for (size_t i = 0; i <= words.n; i++) {
    bool is_space = i == words.n || words.p[i] == ' ', is_elision = !is_space && words.p[i] == '\'';
    if (!is_space && !is_elision) continue;
    size_t end = i + is_elision;
    if (end > beg && *n < RCPI_STEM_WORDS) {
      rcp_str stem = rcpi_stem(a, stemmer, rcpi_sub(words, beg, end));
      if ((*n)++) out[len++] = ' ';
      memcpy(out + len, stem.p, stem.n);
      len += stem.n;
    }
    beg = i + 1;
  }
  return (rcp_str){out, len};
}
