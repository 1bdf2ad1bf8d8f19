/*
 * The collation table: claims by articles, as a textual critic lays witnesses side by side.
 *
 * Columns stand in families, so that three reprints of one dispatch are seen to be neighbours. A cell shows each mode
 * in which the article carries the claim and opens the passage. Rows come in blocks of tables, each laid out by the
 * browser only when it is near (content-visibility), and a run of empty cells is one cell when there are many columns:
 * 200 articles by 2,000 claims are 400,000 cells, of which a few thousand hold something. What one article alone tells
 * needs no columns and stands in a table of its own.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "dossier/html_int.h"

enum { ROWS_A_BLOCK = 40, MARKS_A_LARGE_BLOCK = 100, MANY_COLUMNS = 24, GIST_BYTES = 260 };

static void put_legend(rcpi_sheet *h) {
  rcpi_sheet_put(h, "<ul class=legend>");
  for (unsigned mode = 0; mode < 4; mode++) {
    static const char *const letters[] = {"A", "«", "R", "?"};
    static const char *const keys[] = {"legend_asserted", "legend_quoted", "legend_reported", "legend_conditional"};
    rcpi_sheet_putf(h, "<li><b class=%c aria-hidden=true>%s</b> ", rcpi_sheet_mode_class[mode], letters[mode]);
    rcpi_sheet_say(h, keys[mode]);
    rcpi_sheet_put(h, "</li>");
  }
  rcpi_sheet_put(h, "<li><b class=x aria-hidden=true>≠</b> ");
  rcpi_sheet_say(h, "legend_conflict");
  rcpi_sheet_put(h, "</li></ul>\n");
}

static void put_choice(rcpi_sheet *h, const char *id, const char *key, bool is_checked) {
  rcpi_sheet_putf(h, "<label><input type=radio name=show id=%s%s>", id, is_checked ? " checked" : "");
  rcpi_sheet_say(h, key);
  rcpi_sheet_put(h, "</label>");
}

static void put_filters(rcpi_sheet *h) {
  rcpi_sheet_put(h, "<div class=filters><fieldset><legend>");
  rcpi_sheet_say(h, "filter");
  rcpi_sheet_put(h, "</legend>");
  put_choice(h, "f-all", "filter_all", true);
  put_choice(h, "f-x", "filter_conflict", false);
  put_choice(h, "f-k", "filter_conditional", false);
  put_choice(h, "f-o", "filter_one_origin", false);
  rcpi_sheet_put(h, "</fieldset><label class=find hidden><span data-w=find>");
  rcpi_sheet_esc(h, rcpi_message(&h->view.words, "find"));
  rcpi_sheet_put(h, "</span> <input type=search id=find autocomplete=off></label><output id=found></output></div>\n");
}

/* Columns that each family has, so that a line can stand between families. */
static void put_columns(rcpi_sheet *h) {
  const rcpi_families *f = &h->families;
  rcpi_sheet_put(h, "<colgroup><col><col class=nu><col class=nu></colgroup>");
  for (size_t i = 0, n = 0; i < f->n_rows; i++) {
    n += f->rows[i].telling != RCPI_NO_ROW;
    if (i + 1 < f->n_rows && f->rows[i + 1].family == f->rows[i].family) continue;
    rcpi_sheet_putf(h, "<colgroup class=fam span=%zu></colgroup>", n);
    n = 0;
  }
}

/* Articles in family order. */
static void put_head(rcpi_sheet *h) {
  const rcpi_families *f = &h->families;
  bool has_names = h->d->story.n_tellings <= MANY_COLUMNS;
  rcpi_sheet_put(h, "<thead><tr><th scope=col class=cl>");
  rcpi_sheet_say(h, "claim");
  rcpi_sheet_put(h, "</th><th scope=col class=nu><span class=v>");
  rcpi_sheet_say(h, "origins_short");
  rcpi_sheet_put(h, "</span></th><th scope=col class=nu><span class=v>");
  rcpi_sheet_say(h, "articles_short");
  rcpi_sheet_put(h, "</span></th>");
  for (size_t i = 0; i < f->n_rows; i++) {
    uint32_t telling = f->rows[i].telling;
    if (telling == RCPI_NO_ROW) continue;
    rcpi_sheet_put(h, "<th scope=col>");
    if (has_names) {
      rcpi_sheet_put(h, "<bdi class=v>");
      rcpi_sheet_esc_cut(h, rcpi_view_label(&h->view, telling), 40);
      rcpi_sheet_put(h, "</bdi>");
    }
    rcpi_sheet_chip(h, telling);
    rcpi_sheet_put(h, "</th>");
  }
  rcpi_sheet_put(h, "</tr></thead>\n");
}

static void put_empty(rcpi_sheet *h, size_t n, bool is_sparse) {
  if (is_sparse && n > 1) rcpi_sheet_putf(h, "<td colspan=%zu>", n);
  else for (size_t i = 0; i < n; i++) rcpi_sheet_put(h, "<td>");
}

/* Cells of one claim: its appearances by column, each mode once. */
static void put_cells(rcpi_sheet *h, uint32_t claim) {
  const rcpi_claim *c = &h->d->story.claims[claim];
  size_t n = h->d->story.n_tellings, done = 0;
  bool is_sparse = n > MANY_COLUMNS;
  rcpi_mark here = rcpi_arena_mark(h->a);
  uint32_t *by_column = rcpi_array(h->a, uint32_t, n * 4);   /* 1 + appearance, by column and mode */
  uint8_t *has = rcpi_array(h->a, uint8_t, n);
  for (size_t i = c->n_appearances; i-- > 0;) {
    uint32_t column = h->column[c->appearances[i].telling];
    by_column[column * 4 + c->appearances[i].said.mode] = (uint32_t)i + 1;
    has[column] = 1;
  }
  for (size_t i = 0; i < n; i++) {
    if (!has[i]) continue;
    put_empty(h, i - done, is_sparse);
    rcpi_sheet_putf(h, "<td data-n=%u>", h->view.number[h->telling[i]]);
    for (unsigned mode = 0; mode < 4; mode++)
      if (by_column[i * 4 + mode]) rcpi_sheet_mark(h, mode, h->anchor[claim] + by_column[i * 4 + mode] - 1);
    done = i + 1;
  }
  put_empty(h, n - done, is_sparse);
  rcpi_arena_rewind(h->a, here);
}

/* The one article, and its modes: a claim that stands alone has no use for a column for each article. */
static void put_single_cells(rcpi_sheet *h, uint32_t claim) {
  const rcpi_claim *c = &h->d->story.claims[claim];
  unsigned done = 0;
  rcpi_sheet_put(h, "<td>");
  rcpi_sheet_chip(h, c->appearances[0].telling);
  rcpi_sheet_put(h, "<td>");
  for (size_t i = 0; i < c->n_appearances; i++) {
    if (done >> c->appearances[i].said.mode & 1) continue;
    rcpi_sheet_mark(h, c->appearances[i].said.mode, h->anchor[claim] + (uint32_t)i);
    done |= 1u << c->appearances[i].said.mode;
  }
}

static void put_row(rcpi_sheet *h, uint32_t claim) {
  const rcpi_claim *c = &h->d->story.claims[claim];
  const rcpi_appearance *gist = rcpi_view_gist(&h->view, claim);
  bool has_conflict = false, has_conditional = false;
  for (size_t i = 0; i < c->n_differences; i++) has_conflict |= c->differences[i].is_conflict;
  for (size_t i = 0; i < c->n_appearances; i++) has_conditional |= c->appearances[i].said.mode == RCPI_MODE_CONDITIONAL;
  bool is_shared = c->support.articles > 1, has_one_origin = is_shared && c->support.independent == 1;
  uint32_t rank = h->view.rank[claim] + 1;
  rcpi_sheet_put(h, "<tr");
  if (has_conflict || has_conditional || has_one_origin)
    rcpi_sheet_putf(h, " class=\"%s%s%s\"", has_conflict ? "hx" : "", has_conditional ? " hk" : "", has_one_origin ? " ho" : "");
  if (!is_shared) rcpi_sheet_putf(h, " id=d%u", rank);
  rcpi_sheet_put(h, "><th scope=row");
  rcpi_sheet_lang(h, gist->telling);
  rcpi_sheet_putf(h, "><a href=#%c%u><span class=rk>%u</span> ", is_shared ? 'd' : 'p', is_shared ? rank : h->anchor[claim] + h->view.gist[claim], rank);
  rcpi_sheet_esc_cut(h, rcpi_view_words(&h->view, gist->telling, rcpi_view_span(&h->view, gist)), GIST_BYTES);
  rcpi_sheet_put(h, has_conflict ? "</a> <b class=x>≠</b>" : "</a>");
  if (!is_shared) rcpi_sheet_attribution(h, gist);
  rcpi_sheet_put(h, "</th>");
  if (is_shared) {
    rcpi_sheet_putf(h, "<td class=no>%u<td class=na>%u", c->support.independent, c->support.articles);
    put_cells(h, claim);
  } else {
    put_single_cells(h, claim);
  }
  rcpi_sheet_put(h, "</tr>\n");
}

/* A block's first rows: what the table is, its columns, its head; of a large story only the first block has a head. */
static void put_block_head(rcpi_sheet *h, bool is_shared, bool is_first) {
  static const char *const heads[] = {"claim", "article", "told_how"};
  rcpi_sheet_put(h, is_first ? "" : "</tbody></table></div>\n");
  rcpi_sheet_put(h, is_shared ? "<div class=block><table class=\"co wide" : "<div class=block><table class=\"co solo");
  rcpi_sheet_put(h, is_first ? "\"><caption class=vh>" : " cont\"><caption class=vh>");
  rcpi_sheet_say(h, is_shared ? "table_caption" : "table_caption_single");
  rcpi_sheet_put(h, "</caption>");
  if (is_shared) {
    put_columns(h);
    if (is_first || !h->is_large) put_head(h);
  } else {
    rcpi_sheet_put(h, "<thead><tr>");
    for (size_t i = 0; i < 3; i++) {
      rcpi_sheet_put(h, "<th scope=col>");
      rcpi_sheet_say(h, heads[i]);
      rcpi_sheet_put(h, "</th>");
    }
    rcpi_sheet_put(h, "</tr></thead>\n");
  }
  rcpi_sheet_put(h, "<tbody>\n");
}

/* Claims of one kind (several articles, or one) in blocks. */
static void put_blocks(rcpi_sheet *h, bool is_shared) {
  size_t n = 0, n_rows = 0, n_marks = 0, n_claims = h->d->story.n_claims;   /* n_rows, n_marks: of the open block */
  for (size_t i = 0; i < n_claims; i++) {
    uint32_t claim = h->view.claims[i];
    if ((h->d->story.claims[claim].support.articles > 1) != is_shared) continue;
    if (n == 0 || n_rows == ROWS_A_BLOCK || (h->is_large && n_marks > MARKS_A_LARGE_BLOCK)) {
      put_block_head(h, is_shared, n == 0);
      n_rows = n_marks = 0;
    }
    put_row(h, claim);
    n++;
    n_rows++;
    n_marks += h->d->story.claims[claim].n_appearances;
  }
  if (n) rcpi_sheet_put(h, "</tbody></table></div>\n");
}

void rcpi_sheet_table(rcpi_sheet *h) {
  const rcpi_story *s = &h->d->story;
  rcpi_sheet_open_section(h, "claims", "title_claims");
  if (!s->n_claims) {
    rcpi_sheet_put(h, "<p class=none>");
    rcpi_sheet_say(h, "no_claim");
    rcpi_sheet_put(h, "</p>");
    rcpi_sheet_close_section(h);
    return;
  }
  put_legend(h);
  put_filters(h);
  if (h->view.n_shared) {
    rcpi_sheet_put(h, "<div class=scroll tabindex=0 role=region aria-labelledby=h-claims>");
    put_blocks(h, true);
    rcpi_sheet_put(h, "</div>\n");
  } else {
    rcpi_sheet_put(h, "<p class=none>");
    rcpi_sheet_say(h, s->n_tellings > 1 ? "no_common_claim" : "one_article");
    rcpi_sheet_put(h, "</p>");
  }
  size_t n_single = s->n_claims - h->view.n_shared;
  if (n_single) {
    rcpi_sheet_put(h, h->view.n_shared ? "<details class=single><summary>" : "<details class=single open><summary>");
    rcpi_sheet_say_count(h, "single_claims", n_single);
    rcpi_sheet_put(h, "</summary><div class=scroll tabindex=0 role=region");
    rcpi_sheet_label(h, "table_caption_single");
    rcpi_sheet_put(h, ">");
    put_blocks(h, false);
    rcpi_sheet_put(h, "</div></details>\n");
  }
  rcpi_sheet_close_section(h);
}
