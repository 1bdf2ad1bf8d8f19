/*
 * Is a number that of each, or of all together? "Chaque pays a déployé un millier de soldats" and "un millier de soldats cambodgiens et
 * thaïlandais" give one number for two things, the one twice the other.
 *
 * Words of table `share` say so, within a few words of the number; and what is counted may belong to two that "et" joins. SPDX-License-Identifier: Apache-2.0
 */
#include "claim/difference_int.h"
#include "mark/gram.h"

enum { MAX_SHARES = 16, BEFORE = 8, BEHIND = 4, JOINED = 4 };

static bool is_near(rcpi_tokens word, const rcpi_quantity *q) {
  uint32_t end = rcpi_tokens_any(q->counted) && q->counted.end_token > q->at.end_token ? q->counted.end_token : q->at.end_token;
  if (word.token < q->at.token) return word.end_token + BEFORE >= q->at.token;
  return word.token >= end && word.token <= end + BEHIND;
}

static bool has_share(const rcpi_diff_finder *f, const rcpi_appearance *app, const rcpi_quantity *q, const char *kind) {
  const rcpi_diff_words *w = rcpi_diff_words_of(f, app);
  uint32_t rows[MAX_SHARES];
  rcpi_tokens at[MAX_SHARES];
  size_t n = rcpi_diff_rows(f, app, w->shares, rows, at, MAX_SHARES);
  for (size_t i = 0; i < n; i++)
    if (rcpi_is(rcpi_cell(w->share, rows[i], 1), kind) && is_near(at[i], q)) return true;
  return false;
}

bool rcpi_diff_is_each(const rcpi_diff_finder *f, const rcpi_appearance *app, const rcpi_quantity *q) {
  return has_share(f, app, q, "each");
}

bool rcpi_diff_is_all(const rcpi_diff_finder *f, const rcpi_appearance *app, const rcpi_quantity *q) {
  if (has_share(f, app, q, "all")) return true;
  if (!rcpi_tokens_any(q->counted) || q->counted.token < q->number.end_token) return false;
  const rcpi_text *t = rcpi_diff_text(f, app);
  const rcpi_gram *g = rcpi_diff_marks(f, app)->gram;
  for (uint32_t i = q->counted.end_token; i + 1 < app->at.end_token && i < q->counted.end_token + JOINED; i++) {
    if (t->tokens[i].kind == RCPI_TOK_MARK || g[i].tense) return false;
    if (i > q->counted.end_token && g[i].word->is & RCPI_G_AND) return !g[i + 1].tense && t->tokens[i + 1].kind == RCPI_TOK_WORD;
  }
  return false;
}
