/*
 * Who copied whom: families of texts as a drawn tree, one row an article, time beside it.
 *
 * Rows are HTML (they wrap nothing, are cut with dots, and can be read aloud); the lines are one SVG beside them whose
 * unit is the height of a row, so that both grow with the reader's letters. A node is a disc; a text that is not here is
 * a dashed ring; a line is as thick as the share of text that went along it, dashed where words were changed
 * (translation, rewriting), without an arrow where the direction is unknown. Second parents are arcs on the left side.
 * Nothing depends on measuring: the same story is always the same drawing.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "dossier/html_int.h"

enum { ROW = 52, INDENT = 22, LEFT = 18, ARC_ROOM = 26, DEEPEST = 8, MOST_ARCS = 60, MOST_STEMS = 6 };

static const char *const kind_keys[] = {"kind_copy", "kind_rewrite", "kind_translation", "kind_partial"};
static const char *const kind_class[] = {"ky", "kr", "kt", "kp"};

typedef struct drawing { rcpi_sheet *h; const rcpi_families *f; unsigned left, width; } drawing;

static unsigned x_of(const drawing *g, size_t row) {
  uint32_t depth = g->f->rows[row].depth;
  return g->left + (depth < DEEPEST ? depth : DEEPEST) * INDENT;
}

static unsigned y_of(size_t row) {
  return (unsigned)row * ROW + ROW / 2;
}

/* 15 to 60 tenths of a unit: the share of text. Integers, because a host's locale may print 1,5. */
static unsigned thickness(double shared) {
  return 15 + (unsigned)(45 * (shared > 1 ? 1 : shared < 0 ? 0 : shared));
}

/* Each of a few children has a stem of its own, the nearest the rightmost, so that none crosses or hides another. */
static unsigned stem_of(const drawing *g, size_t i) {
  const rcpi_family_row *rows = g->f->rows;
  unsigned before = 0, n = 0;
  for (size_t r = rows[i].parent + 1; r < g->f->n_rows && rows[r].depth > rows[rows[i].parent].depth; r++)
    if (rows[r].parent == rows[i].parent) before += r < i, n++;
  unsigned middle = x_of(g, rows[i].parent);
  return n < 2 || n > MOST_STEMS ? middle : middle + 7 - 14 * before / (n - 1);
}

static void put_edge(const drawing *g, size_t i) {
  const rcpi_family_row *row = &g->f->rows[i];
  unsigned x0 = stem_of(g, i), y0 = y_of(row->parent), x1 = x_of(g, i), y1 = y_of(i);
  const rcpi_derivation *x = row->link == RCPI_NO_ROW ? NULL : &g->h->d->story.derivations[row->link];
  unsigned width = thickness(x ? x->shared : 0);
  bool has_arrow = !x || x->direction != RCPI_UNKNOWN;
  rcpi_sheet_putf(g->h, "<path class=\"e %s\" stroke-width=%u.%u d=\"M%u %uV%uQ%u %u %u %uH%u\"/>", x ? kind_class[x->kind] : "ka",
                 width / 10, width % 10, x0, y0 + 4, y1 - 12, x0, y1, x0 + 10, y1, x1 - (has_arrow ? 15 : 9));
  if (has_arrow) rcpi_sheet_putf(g->h, "<path class=\"h %s\" d=\"M%u %ul-8 -5v10z\"/>", x ? kind_class[x->kind] : "ka", x1 - 9, y1);
}

static void put_node(const drawing *g, size_t i) {
  const rcpi_family_row *row = &g->f->rows[i];
  if (row->telling == RCPI_NO_ROW) {
    rcpi_sheet_putf(g->h, "<circle class=absent cx=%u cy=%u r=8 />", x_of(g, i), y_of(i));
    return;
  }
  rcpi_sheet_putf(g->h, "<circle class=node cx=%u cy=%u r=9 />", x_of(g, i), y_of(i));
}

static void put_arc(const drawing *g, const rcpi_derivation *x) {
  bool a_from_b = x->direction == RCPI_A_FROM_B, has_direction = a_from_b || x->direction == RCPI_B_FROM_A;
  uint32_t from = g->f->row_of[a_from_b ? x->b : x->a], to = g->f->row_of[a_from_b ? x->a : x->b];
  unsigned width = thickness(x->shared), x0 = x_of(g, from) - 9, x1 = x_of(g, to) - 9, y0 = y_of(from), y1 = y_of(to);
  rcpi_sheet_putf(g->h, "<path class=\"e also %s\" stroke-width=%u.%u d=\"M%u %uC4 %u 4 %u %u %u\"/>", kind_class[x->kind],
                 width / 10, width % 10, x0, y0, y0, y1, x1 - (has_direction ? 6 : 0), y1);
  if (has_direction) rcpi_sheet_putf(g->h, "<path class=\"h %s\" d=\"M%u %ul-8 -5v10z\"/>", kind_class[x->kind], x1, y1);
}

static void put_svg(const drawing *g) {
  const rcpi_families *f = g->f;
  rcpi_sheet_putf(g->h, "<svg class=lines aria-hidden=true viewBox=\"0 0 %u %zu\" height=%zu.%02zurem>", g->width, f->n_rows * ROW,
                 f->n_rows * ROW / 16, f->n_rows * ROW % 16 * 100 / 16);
  for (size_t i = 0; i < f->n_also && i < MOST_ARCS; i++) put_arc(g, &g->h->d->story.derivations[f->also[i]]);
  for (size_t i = f->n_rows; i-- > 0;)
    if (f->rows[i].parent != RCPI_NO_ROW) put_edge(g, i);
  for (size_t i = 0; i < f->n_rows; i++) put_node(g, i);
  rcpi_sheet_put(g->h, "</svg>\n");
}

static void put_kind(rcpi_sheet *h, const rcpi_derivation *x) {
  rcpi_sheet_putf(h, "<span class=\"link %s\">", kind_class[x->kind]);
  rcpi_sheet_say(h, kind_keys[x->kind]);
  if (x->shared > 0) rcpi_sheet_put(h, " "), rcpi_sheet_percent(h, x->shared);
  if (x->direction == RCPI_UNKNOWN) rcpi_sheet_put(h, ", "), rcpi_sheet_say(h, "direction_unknown");
  rcpi_sheet_put(h, "</span>");
}

/* "translation 40 % of 5": what a drawn line says, in words, for each row. */
static void put_row(rcpi_sheet *h, const rcpi_families *f, size_t i) {
  const rcpi_family_row *row = &f->rows[i];
  bool is_root = row->parent == RCPI_NO_ROW;
  rcpi_sheet_putf(h, "<li class=\"%s i%u\">", is_root ? "root" : "", row->depth < DEEPEST ? row->depth : DEEPEST);
  if (row->telling == RCPI_NO_ROW) {
    rcpi_sheet_put(h, "<span class=who>");
    rcpi_sheet_say(h, "absent_text");
    rcpi_sheet_put(h, "</span></li>\n");
    return;
  }
  const rcp_article *article = h->d->story.tellings[row->telling].article;
  rcpi_sheet_put(h, "<span class=who>");
  rcpi_sheet_article_name(h, row->telling);
  rcpi_sheet_put(h, "</span><span class=what>");
  if (row->link != RCPI_NO_ROW) {
    put_kind(h, &h->d->story.derivations[row->link]);
    rcpi_sheet_putf(h, "<span class=vh> ← %u</span> ", h->view.number[f->rows[row->parent].telling]);
  }
  rcpi_sheet_date(h, article->published);
  rcpi_sheet_put(h, " · <span");
  rcpi_sheet_lang(h, row->telling);
  rcpi_sheet_put(h, ">");
  rcpi_sheet_esc(h, article->title.p ? article->title : article->source);
  rcpi_sheet_put(h, "</span></span></li>\n");
}

static void put_key(rcpi_sheet *h) {
  rcpi_sheet_put(h, "<ul class=\"legend lines-key\">");
  for (unsigned i = 0; i < 4; i++) {
    rcpi_sheet_putf(h, "<li><svg width=34 height=10 aria-hidden=true><path class=\"e %s\" stroke-width=3 d=\"M0 5h34\"/></svg> ", kind_class[i]);
    rcpi_sheet_say(h, kind_keys[i]);
    rcpi_sheet_put(h, "</li>");
  }
  rcpi_sheet_put(h, "<li><svg width=20 height=18 aria-hidden=true><circle class=absent cx=10 cy=9 r=7 /></svg> ");
  rcpi_sheet_say(h, "key_absent");
  rcpi_sheet_put(h, "</li><li>");
  rcpi_sheet_say(h, "key_thickness");
  rcpi_sheet_put(h, "</li></ul>\n");
}

void rcpi_sheet_graph(rcpi_sheet *h) {
  const rcpi_families *f = &h->families;
  uint32_t deepest = 0;
  rcpi_sheet_open_section(h, "copies", "title_copies");
  if (!h->d->story.n_derivations) {
    rcpi_sheet_put(h, "<p class=none>");
    rcpi_sheet_say(h, "no_copy");
    rcpi_sheet_put(h, "</p>");
  }
  for (size_t i = 0; i < f->n_rows; i++)
    if (f->rows[i].depth > deepest) deepest = f->rows[i].depth;
  if (deepest > DEEPEST) deepest = DEEPEST;
  drawing g = {h, f, f->n_also ? LEFT + ARC_ROOM : LEFT, 0};
  g.width = g.left + deepest * INDENT + LEFT;
  if (h->d->story.n_derivations) put_key(h);
  rcpi_sheet_put(h, f->n_also ? "<div class=\"tree arcs block\">" : "<div class=\"tree block\">");
  put_svg(&g);
  rcpi_sheet_put(h, "<ol>\n");
  for (size_t i = 0; i < f->n_rows; i++) put_row(h, f, i);
  rcpi_sheet_put(h, "</ol></div>\n");
  rcpi_sheet_pairs(h);
  rcpi_sheet_close_section(h);
}
