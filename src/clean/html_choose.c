/*
 * The problem: where on a page is the article? Every extractor we know first picks a container by its markup and then
 * prunes it by lists of class names; each list has its page where the article sits in the "sidebar" and the teasers in
 * the "content". No single signal is right on more than three pages of four (notes in docs/decisions/html.md).
 *
 * The idea: ask every line. A line is described by some two hundred small numbers (html_features.c): what it looks like,
 * how much of the page's text and prose each element around it holds, what their classes say, where the nearest prose is,
 * which other lines look the same. A sum of small trees turns them into odds. A class called sidebar then counts for much
 * when it holds a twentieth of the text, and for nothing when it holds most of it: the "undo" rules of other extractors
 * are in the weights.
 *
 * From odds to a choice: the set of lines whose expected F1 is best. On a plain page that is the lines with odds above
 * one half; where all lines are doubtful it is more of them, so that a strange page gives its text and not nothing.
 * After that a few rules that no weight can know: a line that was said already is not said again, the title is no own
 * line, headings and openers at the end lead nowhere. Nets: when next to nothing was chosen, the lines of prose in the
 * element where prose outweighs links, and then all of them. `step` tells which of these it was, `confidence` what the
 * odds make of the choice.
 *
 * The kind of furniture is told from the line's own words first, then from the nearest class that names one.
 *
 * Cost: trees times lines, a fifth of a millisecond for an ordinary page.
 * Known weakness: a page of short stories (a live blog, an index with standfirsts) is an article to it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "clean/html_choose.h"

#include "base/hash.h"
#include "clean/html_model.h"

enum {
  LEAST_CUT = 250, MOST_CUT = 600, CUT_MARGIN = 30,   /* of the line between own and not; 793 + 990 pages, 2026-11 */
  LINE_BYTES = 6,               /* that a line weighs besides its own */
  FEW_BYTES = 250,              /* less own text than this is next to nothing */
  REPEAT_WORDS = 6,             /* a line of so many words is said once */
  MOST_OPENED = 30,             /* words of a line that its opener can make furniture */
};

/* -------------------------------------------------------------------------------------------------------------- rules */

typedef struct choice {
  rcpi_arena *a;
  const rcpi_html_tree *t;
  const rcpi_html_features *f;
  rcpi_html_choice *out;
} choice;

static const uint8_t *row(const choice *c, size_t i) {
  return c->f->rows + i * RCPI_N_FEATURES;
}

static size_t own_bytes(const choice *c) {
  size_t n = 0;
  for (size_t i = 0; i < c->f->n; i++)
    if (c->out->is_own[i]) n += c->t->blocks.p[i].end - c->t->blocks.p[i].beg;
  return n;
}

static unsigned words_of(const choice *c, size_t i) {
  unsigned n = 0;
  const rcpi_line *past = c->f->lines->p + c->f->lines->n;
  for (const rcpi_line *l = c->f->line[i]; l && l < past && l->at.beg < c->t->blocks.p[i].end; l++) n += l->n_words;
  return n;
}

/* Copies of a page for phones and desks stand in it one after the other. */
static void drop_repeats(const choice *c) {
  rcpi_map seen = {0};
  for (size_t i = 0; i < c->f->n; i++) {
    bool is_new = true;
    if (!c->out->is_own[i] || words_of(c, i) < REPEAT_WORDS) continue;
    rcpi_map_put(c->a, &seen, rcpi_block_text(c->t, i), (uint32_t)i, &is_new);
    if (!is_new) c->out->is_own[i] = false;
  }
}

static bool is_heading(const choice *c, size_t i) {
  const uint8_t *x = row(c, i);
  return x[RCPI_F_IS_H1] || x[RCPI_F_IS_H2] || x[RCPI_F_IS_H3] || x[RCPI_F_IS_H4];
}

static void drop_last_headings(const choice *c) {
  for (size_t i = c->f->n; i-- > 0;) {
    if (!c->out->is_own[i]) continue;
    if (!is_heading(c, i)) return;
    c->out->is_own[i] = false;
  }
}

/* The title's block, or SIZE_MAX. */
static size_t title_block(const choice *c) {
  for (size_t i = 0; i < c->f->n; i++)
    if (row(c, i)[RCPI_F_IS_TITLE]) return i;
  return SIZE_MAX;
}

static bool is_called(const rcpi_element *el, const char *const *names, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (rcpi_find(el->class_attr, rcpi_cstr(names[i])) != RCPI_NONE || rcpi_find(el->id_attr, rcpi_cstr(names[i])) != RCPI_NONE) return true;
  return false;
}

/*
 * A consent dialog, and a comment section behind the article, can be longer than what they come with: their names are
 * believed when the title is elsewhere and enough own text is left without them.
 */
static void drop_named(const choice *c) {
  static const char *const consent[] = {"cookie", "Cookie", "consent", "onetrust", "didomi", "gdpr", "usercentrics"};
  static const char *const comments[] = {"comments", "commentlist", "comment-list", "disqus", "respond", "kommentare"};
  size_t title = title_block(c), n = c->f->n;
  if (title == SIZE_MAX) return;
  size_t *sum = rcpi_array(c->a, size_t, n + 1), dropped = 0; /* own bytes of all blocks before; what was dropped since */
  for (size_t i = 0; i < n; i++) sum[i + 1] = sum[i] + (c->out->is_own[i] ? c->t->blocks.p[i].end - c->t->blocks.p[i].beg : 0);
  for (uint32_t e = 1; e < c->t->elements.n; e++) {
    const rcpi_element *el = &c->t->elements.p[e];
    size_t end = el->block_end < n ? el->block_end : n;
    bool may_be = (el->words & (RCPI_MARKUP_BIT(COOKIE) | RCPI_MARKUP_BIT(COMMENT))) != 0;
    if (!may_be || !el->is_block || (title >= el->block_beg && title < end)) continue;
    bool is_consent = is_called(el, consent, sizeof consent / sizeof *consent);
    if (!is_consent && !is_called(el, comments, sizeof comments / sizeof *comments)) continue;
    size_t inside = end > el->block_beg ? sum[end] - sum[el->block_beg] : 0;
    size_t left = sum[el->block_beg] - dropped + (is_consent ? sum[n] - sum[end] : 0);
    if (!inside || left < FEW_BYTES || left * 4 < inside) continue;
    dropped += inside;
    for (size_t i = el->block_beg; i < end; i++) c->out->is_own[i] = false;
    e = el->end - 1;
  }
}

/* "Read also: ..." in the middle of an article, as text or as a link: the opener gives it away. */
static void drop_openers(const choice *c) {
  for (size_t i = 0; i < c->f->n; i++) {
    const rcpi_line *l = c->f->line[i];
    if (!c->out->is_own[i] || !l || words_of(c, i) > MOST_OPENED) continue;
    const rcpi_block *b = &c->t->blocks.p[i];
    bool is_linked = b->n_link * 2 > b->end - b->beg && words_of(c, i) > l->start_words + 2u;
    if (l->start_kind == RCPI_FURN_RELATED && !l->start_is_weak && (l->start_is_marked || is_linked)) c->out->is_own[i] = false;
  }
}

static void take_prose(const choice *c, const rcpi_element *within) {
  size_t end = within->block_end < c->f->n ? within->block_end : c->f->n;
  for (size_t i = within->block_beg; i < end; i++)
    if (c->f->is_prose[i]) c->out->is_own[i] = true;
}

/* Of `furniture.tsv`'s kinds, what the line's own words say; -1: nothing. */
static int kind_by_words(const rcpi_line *l) {
  if (!l) return -1;
  if (l->start_kind >= 0 && (!l->start_is_weak || l->start_is_marked)) return l->start_kind;
  if (l->section_kind >= 0) return l->section_kind;
  if (l->inside_kind >= 0 && l->n_words < 60) return l->inside_kind;
  return -1;
}

static int kind_by_class(const choice *c, size_t i) {
  static const struct { uint64_t words; rcpi_furniture_kind kind; } kinds[] = {
      {RCPI_MARKUP_BIT(COOKIE), RCPI_FURN_COOKIE}, {RCPI_MARKUP_BIT(SHARE), RCPI_FURN_SHARE},
      {RCPI_MARKUP_BIT(CAPTION), RCPI_FURN_CAPTION}, {RCPI_MARKUP_BIT(RELATED) | RCPI_MARKUP_BIT(TEASER), RCPI_FURN_RELATED},
      {RCPI_MARKUP_BIT(SUBSCRIBE) | RCPI_MARKUP_BIT(AD) | RCPI_MARKUP_BIT(SHOP), RCPI_FURN_PROMOTION},
      {RCPI_MARKUP_BIT(DATE), RCPI_FURN_DATE}, {RCPI_MARKUP_BIT(AUTHOR), RCPI_FURN_CREDIT},
      {RCPI_MARKUP_BIT(NAV), RCPI_FURN_NAVIGATION}, {RCPI_MARKUP_BIT(FOOTER) | RCPI_MARKUP_BIT(HEADER), RCPI_FURN_SITE}};
  for (uint32_t e = c->t->blocks.p[i].element; e; e = c->t->elements.p[e].parent) {
    const rcpi_element *el = &c->t->elements.p[e];
    if (el->tag == RCPI_TAG_NAV) return RCPI_FURN_NAVIGATION;
    if (el->tag == RCPI_TAG_FIGCAPTION) return RCPI_FURN_CAPTION;
    if (el->tag == RCPI_TAG_FOOTER) return RCPI_FURN_SITE;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
      if (el->words & kinds[k].words) return (int)kinds[k].kind;
  }
  return -1;
}

static rcpi_furniture_kind kind_of(const choice *c, size_t i) {
  int kind = kind_by_words(c->f->line[i]);
  if (kind < 0) kind = kind_by_class(c, i);
  const rcpi_block *b = &c->t->blocks.p[i];
  if (kind < 0 && b->n_link * 2 > b->end - b->beg) kind = RCPI_FURN_NAVIGATION;
  return kind < 0 ? RCPI_FURN_OTHER : (rcpi_furniture_kind)kind;
}

/* A word for people: which markup holds most of the chosen text. */
static const char *step_of(const choice *c) {
  size_t body = 0, article = 0, words = 0, main = 0, all = 0;
  for (size_t i = 0; i < c->f->n; i++) {
    if (!c->out->is_own[i]) continue;
    const uint8_t *x = row(c, i);
    size_t n = c->t->blocks.p[i].end - c->t->blocks.p[i].beg;
    all += n;
    if (x[RCPI_F_BODY_PROP] != RCPI_FAR) body += n;
    if (x[RCPI_F_AROUND + RCPI_AROUND_ARTICLE] != RCPI_FAR) article += n;
    if (x[RCPI_F_AROUND + RCPI_AROUND_MAIN] != RCPI_FAR) main += n;
    if (x[RCPI_F_KIND_SHARE + RCPI_MARKUP_BODY] != RCPI_FAR || x[RCPI_F_KIND_SHARE + RCPI_MARKUP_CONTENT] != RCPI_FAR) words += n;
  }
  if (body * 2 > all) return "article body";
  if (article * 2 > all) return "article element";
  if (words * 2 > all) return "content class";
  return main * 2 > all ? "main element" : "prose";
}

void rcpi_html_choose(rcpi_arena *a, const rcpi_html_tree *t, const rcpi_html_features *f, rcpi_html_choice *out) {
  size_t n = f->n;
  *out = (rcpi_html_choice){.is_own = rcpi_array(a, bool, n), .kind = rcpi_array(a, rcpi_furniture_kind, n), .step = "no text"};
  if (!n) return;
  choice c = {a, t, f, out};
  uint16_t *odds = rcpi_array(a, uint16_t, n);
  uint32_t *bytes = rcpi_array(a, uint32_t, n);
  rcpi_trees_odds(a, &rcpi_html_model, f->rows, RCPI_N_FEATURES, n, odds);
  for (size_t i = 0; i < n; i++) bytes[i] = t->blocks.p[i].end - t->blocks.p[i].beg + LINE_BYTES;
  uint16_t cut = rcpi_trees_cut(a, odds, bytes, n, &out->confidence) + CUT_MARGIN;
  cut = cut < LEAST_CUT ? LEAST_CUT : cut > MOST_CUT ? MOST_CUT : cut;
  for (size_t i = 0; i < n; i++) out->is_own[i] = odds[i] >= cut;
  drop_named(&c);
  drop_openers(&c);
  drop_repeats(&c);
  drop_last_headings(&c);
  size_t chosen = own_bytes(&c);
  out->step = step_of(&c);
  if (chosen < FEW_BYTES && chosen * 4 < f->page_prose) {
    take_prose(&c, &t->elements.p[f->best]);
    out->step = "prose by density";
    if (own_bytes(&c) < FEW_BYTES) take_prose(&c, &t->elements.p[0]), out->step = "all prose";
    if (out->confidence > 0.3) out->confidence = 0.3;
  }
  for (size_t i = 0; i < n; i++)
    if (!out->is_own[i]) out->kind[i] = kind_of(&c, i);
}
