/*
 * Two articles: the passages that they share, side by side, with the words that differ marked.
 *
 * Differing words are those outside a longest common subsequence of the two passages' words; the table for it is
 * quadratic, so passages beyond MOST_WORDS words are shown unmarked, and so are those with little in common (a
 * translation), where marking everything would say nothing.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "dossier/html_int.h"

enum { MOST_WORDS = 400, PASSAGE_BYTES = 900 };

static const char *const kind_keys[] = {"kind_copy", "kind_rewrite", "kind_translation", "kind_partial"};

typedef struct words { const rcpi_text *text; uint32_t beg, n; bool *is_common; } words;

static words words_of(rcpi_sheet *h, uint32_t telling, rcpi_span at) {
  const rcpi_text *t = &h->d->story.tellings[telling].text;
  uint32_t beg = (uint32_t)rcpi_token_at(t, at.beg), end = beg;
  while (end < t->n_tokens && t->tokens[end].beg < at.end) end++;
  return (words){t, beg, end - beg, rcpi_array(h->a, bool, end - beg + 1)};
}

static bool is_same(const words *a, uint32_t i, const words *b, uint32_t k) {
  return rcpi_eq(a->text->tokens[a->beg + i].fold, b->text->tokens[b->beg + k].fold);
}

/* Flags what both have; false when that is less than a third of the longer. */
static bool find_common(rcpi_sheet *h, words *a, words *b) {
  uint32_t n = a->n, m = b->n, n_common = 0;
  if (!n || !m || n > MOST_WORDS || m > MOST_WORDS) return false;
  uint16_t *best = rcpi_array(h->a, uint16_t, (size_t)(n + 1) * (m + 1));   /* longest from (i, k) on */
  for (uint32_t i = n; i-- > 0;)
    for (uint32_t k = m; k-- > 0;) {
      uint16_t down = best[(size_t)(i + 1) * (m + 1) + k], right = best[(size_t)i * (m + 1) + k + 1];
      best[(size_t)i * (m + 1) + k] =
          is_same(a, i, b, k) ? (uint16_t)(best[(size_t)(i + 1) * (m + 1) + k + 1] + 1) : down > right ? down : right;
    }
  for (uint32_t i = 0, k = 0; i < n && k < m;) {
    if (is_same(a, i, b, k)) a->is_common[i++] = b->is_common[k++] = true, n_common++;
    else if (best[(size_t)(i + 1) * (m + 1) + k] >= best[(size_t)i * (m + 1) + k + 1]) i++;
    else k++;
  }
  return n_common * 3 >= (n > m ? n : m);
}

static void put_side(rcpi_sheet *h, uint32_t telling, rcpi_span at, const words *w, bool is_marked) {
  rcp_str text = h->d->story.tellings[telling].article->text;
  uint32_t from = at.beg;
  rcpi_sheet_put(h, "<td");
  rcpi_sheet_lang(h, telling);
  rcpi_sheet_put(h, ">");
  if (!is_marked) {
    rcpi_sheet_esc_cut(h, rcpi_at(text, at), PASSAGE_BYTES);
    return;
  }
  for (uint32_t i = 0; i < w->n; i++) {
    uint32_t end = i;
    while (end < w->n && !w->is_common[end]) end++;
    if (end == i) continue;
    rcpi_span marked = {w->text->tokens[w->beg + i].beg, w->text->tokens[w->beg + end - 1].end};
    rcpi_sheet_esc(h, rcpi_sub(text, from, marked.beg));
    rcpi_sheet_put(h, "<mark>");
    rcpi_sheet_esc(h, rcpi_at(text, marked));
    rcpi_sheet_put(h, "</mark>");
    from = marked.end;
    i = end;
  }
  if (from < at.end) rcpi_sheet_esc(h, rcpi_sub(text, from, at.end));
}

static void put_passage(rcpi_sheet *h, const rcpi_derivation *x, const rcpi_passage *p) {
  rcpi_mark here = rcpi_arena_mark(h->a);
  words a = words_of(h, x->a, p->a), b = words_of(h, x->b, p->b);
  bool is_marked = find_common(h, &a, &b);
  rcpi_sheet_put(h, "<tr>");
  put_side(h, x->a, p->a, &a, is_marked);
  put_side(h, x->b, p->b, &b, is_marked);
  rcpi_sheet_put(h, "</tr>\n");
  rcpi_arena_rewind(h->a, here);
}

/* Number and publisher without their link: a summary is a control itself. */
static void put_name(rcpi_sheet *h, uint32_t telling) {
  rcpi_sheet_putf(h, "<span class=n>%u</span> <bdi>", h->view.number[telling]);
  rcpi_sheet_esc(h, rcpi_view_label(&h->view, telling));
  rcpi_sheet_put(h, "</bdi>");
}

/* "3 <- 1  copy, 64 %": the later one first when the direction is known. */
static void put_summary(rcpi_sheet *h, const rcpi_derivation *x) {
  bool b_from_a = x->direction == RCPI_B_FROM_A;
  rcpi_sheet_put(h, "<summary>");
  put_name(h, b_from_a ? x->b : x->a);
  rcpi_sheet_put(h, x->direction == RCPI_A_FROM_B || b_from_a ? " ← " : x->direction == RCPI_SIBLINGS ? " ∥ " : " ↔ ");
  put_name(h, b_from_a ? x->a : x->b);
  rcpi_sheet_put(h, " <span class=link>");
  rcpi_sheet_say(h, kind_keys[x->kind]);
  if (x->shared > 0) rcpi_sheet_put(h, " "), rcpi_sheet_percent(h, x->shared);
  if (x->direction >= RCPI_SIBLINGS) {
    rcpi_sheet_put(h, ", ");
    rcpi_sheet_say(h, x->direction == RCPI_SIBLINGS ? "siblings" : "direction_unknown");
  }
  rcpi_sheet_put(h, "</span></summary>");
}

static void put_pair(rcpi_sheet *h, const rcpi_derivation *x) {
  rcpi_sheet_putf(h, "<details class=pair data-a=%u data-b=%u>", h->view.number[x->a], h->view.number[x->b]);
  put_summary(h, x);
  if (x->evidence.n) {
    rcpi_sheet_putf(h, "<p class=why>a = %u, b = %u: ", h->view.number[x->a], h->view.number[x->b]);
    rcpi_sheet_reason(h, x->evidence, x->evidence_other);
    rcpi_sheet_put(h, "</p>");
  }
  rcpi_sheet_putf(h, "<p class=js hidden><a class=button href=#pair data-a=%u data-b=%u>", h->view.number[x->a], h->view.number[x->b]);
  rcpi_sheet_say(h, "side_by_side");
  rcpi_sheet_put(h, "</a></p>");
  size_t left_out = 0;
  if (x->n_passages) {
    rcpi_sheet_put(h, "<div class=scroll tabindex=0 role=region");
    rcpi_sheet_label(h, "shared_passages");
    rcpi_sheet_put(h, "><table class=passages><thead><tr><th scope=col>");
    rcpi_sheet_article_name(h, x->a);
    rcpi_sheet_put(h, "</th><th scope=col>");
    rcpi_sheet_article_name(h, x->b);
    rcpi_sheet_put(h, "</th></tr></thead><tbody>");
    for (size_t i = 0; i < x->n_passages; i++) {
      const rcpi_passage *p = &x->passages[i];
      size_t cost = (p->a.end - p->a.beg) + (p->b.end - p->b.beg) + 40;
      if (cost > h->passage_room) {
        left_out++;
        continue;
      }
      h->passage_room -= cost;
      put_passage(h, x, p);
    }
    rcpi_sheet_put(h, "</tbody></table></div>");
  }
  if (left_out) {
    rcpi_sheet_put(h, "<p class=none>");
    rcpi_sheet_say_count(h, "passages_left_out", left_out);
    rcpi_sheet_put(h, "</p>");
  }
  rcpi_sheet_put(h, "</details>\n");
}

/* Links of the tree first, then the others that it does not show, then the rest (children of one parent). */
void rcpi_sheet_pairs(rcpi_sheet *h) {
  const rcpi_story *s = &h->d->story;
  const rcpi_families *f = &h->families;
  uint8_t *is_done = rcpi_array(h->a, uint8_t, s->n_derivations);
  if (!s->n_derivations) return;
  rcpi_sheet_put(h, "<h3>");
  rcpi_sheet_say(h, "title_pairs");
  rcpi_sheet_put(h, "</h3><div class=block>\n");
  for (size_t i = 0; i < f->n_rows; i++) {
    uint32_t link = f->rows[i].link;
    if (link == RCPI_NO_ROW) continue;
    put_pair(h, &s->derivations[link]);
    is_done[link] = 1;
  }
  for (size_t i = 0; i < f->n_also; i++) {
    put_pair(h, &s->derivations[f->also[i]]);
    is_done[f->also[i]] = 1;
  }
  size_t n_rest = 0;
  for (size_t i = 0; i < s->n_derivations && s->n_tellings <= 40; i++) {
    if (is_done[i]) continue;
    if (n_rest++ == 0) {
      rcpi_sheet_put(h, "<details class=more><summary>");
      rcpi_sheet_say(h, "pairs_more");
      rcpi_sheet_put(h, "</summary>");
    }
    put_pair(h, &s->derivations[i]);
  }
  rcpi_sheet_put(h, n_rest ? "</details></div>\n" : "</div>\n");
}
