/*
 * Articles in full: furniture greyed, each passage that carries a claim a link to it and a place that others link to.
 *
 * Spans overlap (a clause may carry two claims, a value lies in a clause, furniture in a line of own words) and elements
 * can't. So the text is cut at every beginning and end; for each piece the shortest appearance around it makes the link,
 * and what else begins there leaves an empty element with its id. A line is a paragraph; none is joined or dropped, so
 * that the page can be laid beside the source.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>

#include "dossier/html_int.h"

static const char *const furniture_keys[] = {"furn_navigation", "furn_site", "furn_date", "furn_related", "furn_caption",
                                             "furn_cookie", "furn_promotion", "furn_share", "furn_credit", "furn_other"};

typedef enum layer { APPEARANCE, FURNITURE, VALUE, CREDIT } layer;
typedef struct span { rcpi_span at; layer layer; uint32_t claim, k; } span;   /* k: appearance, kind of furniture, origin */
typedef struct spans { RCPI_VEC(span) v; } spans;

/* Earlier first, longer first among those that begin together. */
static int by_place(const void *x, const void *y) {
  const span *a = x, *b = y;
  if (a->at.beg != b->at.beg) return a->at.beg < b->at.beg ? -1 : 1;
  if (a->at.end != b->at.end) return a->at.end > b->at.end ? -1 : 1;
  if (a->layer != b->layer) return (int)a->layer - (int)b->layer;
  return a->claim != b->claim ? (a->claim < b->claim ? -1 : 1) : a->k < b->k ? -1 : a->k > b->k;
}

static void add(rcpi_sheet *h, spans *out, rcpi_span at, layer l, uint32_t claim, uint32_t k) {
  if (at.end > at.beg) rcpi_push(h->a, &out->v, (span){at, l, claim, k});
}

/* What stands in each telling, gathered in one walk over the story. */
static spans *gather(rcpi_sheet *h) {
  const rcpi_story *s = &h->d->story;
  spans *out = rcpi_array(h->a, spans, s->n_tellings);
  for (uint32_t i = 0; i < s->n_claims; i++) {
    const rcpi_claim *c = &s->claims[i];
    for (uint32_t k = 0; k < c->n_appearances; k++) {
      uint32_t telling = c->appearances[k].telling;
      rcpi_span at = rcpi_view_span(&h->view, &c->appearances[k]);
      rcp_str text = s->tellings[telling].article->text;
      while (at.end > at.beg && rcpi_is_space((unsigned char)text.p[at.end - 1])) at.end--;   /* its number stands at its last word */
      add(h, &out[telling], at, APPEARANCE, i, k);
    }
    for (size_t x = 0; x < c->n_differences; x++)
      for (size_t k = 0; c->differences[x].is_conflict && k < c->differences[x].n_values; k++)
        add(h, &out[c->differences[x].values[k].telling], c->differences[x].values[k].at, VALUE, i, 0);
  }
  for (size_t i = 0; i < s->n_credits; i++) add(h, &out[s->credits[i].telling], s->credits[i].at, CREDIT, 0, s->credits[i].origin);
  for (uint32_t t = 0; t < s->n_tellings; t++) {
    const rcp_article *article = s->tellings[t].article;
    for (size_t i = 0; i < article->n_furniture; i++) add(h, &out[t], article->furniture[i].at, FURNITURE, 0, article->furniture[i].kind);
    if (out[t].v.n) qsort(out[t].v.p, out[t].v.n, sizeof *out[t].v.p, by_place);
  }
  return out;
}

/* What is open at a piece: the shortest span of each layer. */
typedef struct state { const span *of[4]; } state;

typedef struct walker {
  rcpi_sheet *h;
  rcp_str text;
  const spans *all;
  RCPI_VEC(const span *) open;
  size_t next;                 /* in all: not yet begun */
  const span *link;            /* the appearance whose <a> is open */
} walker;

static uint32_t anchor_of(const walker *w, const span *s) {
  return w->h->anchor[s->claim] + s->k;
}

/* Begins and ends spans at `at`; tells where the next change is. */
static uint32_t advance(walker *w, uint32_t at) {
  size_t kept = 0;
  uint32_t next = UINT32_MAX;
  while (w->next < w->all->v.n && w->all->v.p[w->next].at.beg <= at) rcpi_push(w->h->a, &w->open, &w->all->v.p[w->next++]);
  for (size_t i = 0; i < w->open.n; i++) {
    if (w->open.p[i]->at.end <= at) continue;
    if (w->open.p[i]->at.end < next) next = w->open.p[i]->at.end;
    w->open.p[kept++] = w->open.p[i];
  }
  w->open.n = kept;
  if (w->next < w->all->v.n && w->all->v.p[w->next].at.beg < next) next = w->all->v.p[w->next].at.beg;
  return next;
}

static state shortest(const walker *w) {
  state s = {{0}};
  for (size_t i = 0; i < w->open.n; i++) {
    const span *x = w->open.p[i], **best = &s.of[x->layer];
    if (!*best || x->at.end - x->at.beg < (*best)->at.end - (*best)->at.beg) *best = x;
  }
  return s;
}

static void close_link(walker *w) {
  if (w->link) rcpi_sheet_put(w->h, "</a>");
  w->link = NULL;
}

/* Places that begin here and are not the link itself. */
static void put_anchors(walker *w, uint32_t at, const span *link) {
  for (size_t i = 0; i < w->open.n; i++) {
    const span *x = w->open.p[i];
    if (x->layer == APPEARANCE && x->at.beg == at && x != link) rcpi_sheet_putf(w->h, "<span id=p%u></span>", anchor_of(w, x));
  }
}

static void open_link(walker *w, const span *s, bool is_start) {
  const rcpi_appearance *app = &w->h->d->story.claims[s->claim].appearances[s->k];
  uint32_t rank = w->h->view.rank[s->claim] + 1;
  rcpi_sheet_putf(w->h, "<a class=\"m m%c\" href=#d%u data-r=%u", rcpi_sheet_mode_class[app->said.mode], rank, rank);
  if (is_start) rcpi_sheet_putf(w->h, " id=p%u", anchor_of(w, s));
  rcpi_sheet_put(w->h, ">");
  w->link = s;
}

static void put_piece(walker *w, uint32_t beg, uint32_t end) {
  state s = shortest(w);
  const span *link = s.of[APPEARANCE];
  if (link != w->link && !rcpi_trim(rcpi_sub(w->text, beg, end)).n) link = NULL;   /* a link of white space says nothing */
  if (w->link != link) {
    close_link(w);
    put_anchors(w, beg, link);
    if (link) open_link(w, link, link->at.beg == beg);
  } else {
    put_anchors(w, beg, link);
  }
  if (s.of[FURNITURE]) rcpi_sheet_put(w->h, "<span class=f>");
  if (s.of[CREDIT]) rcpi_sheet_put(w->h, "<span class=cr>");
  if (s.of[VALUE]) rcpi_sheet_put(w->h, "<mark>");
  rcpi_sheet_esc(w->h, rcpi_sub(w->text, beg, end));
  if (s.of[VALUE]) rcpi_sheet_put(w->h, "</mark>");
  if (s.of[CREDIT]) rcpi_sheet_put(w->h, "</span>");
  if (s.of[FURNITURE]) rcpi_sheet_put(w->h, "</span>");
}

/* The furniture that a whole line is, or NULL. */
static const rcpi_furniture *furniture_of(const rcp_article *article, rcpi_span line) {
  for (size_t i = 0; i < article->n_furniture; i++)
    if (rcpi_within(line, article->furniture[i].at)) return &article->furniture[i];
  return NULL;
}

/* UTF-16 units of s: what a script counts in. */
static size_t units(rcp_str s) {
  size_t n = 0;
  for (size_t i = 0; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xC0) != 0x80 ? 1 + ((unsigned char)s.p[i] >= 0xF0) : 0;
  return n;
}

static void put_text(rcpi_sheet *h, uint32_t telling, const spans *all) {
  const rcp_article *article = h->d->story.tellings[telling].article;
  walker w = {.h = h, .text = article->text, .all = all};
  rcp_str line, rest = article->text;
  size_t offset = 0, counted = 0;
  while (rcpi_next_line(&rest, &line)) {
    rcp_str trimmed = rcpi_trim(line);
    if (!trimmed.n) continue;
    rcpi_span at = {(uint32_t)(line.p - article->text.p), (uint32_t)(line.p - article->text.p + line.n)};
    rcpi_span inner = {(uint32_t)(trimmed.p - article->text.p), (uint32_t)(trimmed.p - article->text.p + trimmed.n)};
    const rcpi_furniture *whole = furniture_of(article, inner);
    offset += units(rcpi_sub(article->text, counted, at.beg));
    counted = at.beg;
    rcpi_sheet_putf(h, "<p data-o=%zu", offset);
    if (whole) rcpi_sheet_putf(h, " class=f data-f=%s", furniture_keys[whole->kind]);
    else if (rcpi_overlaps(inner, article->title_at)) rcpi_sheet_put(h, " class=ti");
    rcpi_sheet_put(h, ">");
    for (uint32_t beg = at.beg; beg < at.end;) {
      uint32_t next = advance(&w, beg), end = next < at.end ? next : at.end;
      put_piece(&w, beg, end);
      beg = end;
    }
    close_link(&w);
    rcpi_sheet_put(h, "</p>\n");
  }
}

void rcpi_sheet_single_text(rcpi_sheet *h) {
  rcpi_sheet_put(h, "<div class=text dir=auto");
  rcpi_sheet_lang(h, h->single);
  rcpi_sheet_put(h, ">\n");
  put_text(h, h->single, &gather(h)[h->single]);
  rcpi_sheet_put(h, "</div>\n");
}

static void put_article(rcpi_sheet *h, uint32_t telling, const spans *all) {
  const rcp_article *article = h->d->story.tellings[telling].article;
  uint32_t n = h->view.number[telling];
  rcpi_sheet_putf(h, "<article class=full id=a%u aria-labelledby=t%u><header><p class=meta><span class=n>%u</span> <b><bdi>", n, n, n);
  rcpi_sheet_esc(h, rcpi_view_label(&h->view, telling));
  rcpi_sheet_put(h, "</bdi></b> · ");
  rcpi_sheet_date(h, article->published);
  if (article->byline.n) {
    rcpi_sheet_put(h, " · <bdi>");
    rcpi_sheet_esc(h, article->byline);
    rcpi_sheet_put(h, "</bdi>");
  }
  rcpi_sheet_putf(h, "</p><h3 id=t%u", n);
  rcpi_sheet_lang(h, telling);
  rcpi_sheet_put(h, ">");
  rcpi_sheet_esc(h, article->title.p ? article->title : article->source);
  rcpi_sheet_put(h, "</h3><p class=source><bdi>");
  rcpi_sheet_esc(h, article->url.p ? article->url : article->source);
  rcpi_sheet_put(h, "</bdi>");
  if (h->options->served) {
    rcpi_sheet_put(h, " · <a href=\"/article/");
    rcpi_sheet_segment(h, rcpi_sheet_key(h, telling));
    rcpi_sheet_put(h, "\">");
    rcpi_sheet_say(h, "page_article");
    rcpi_sheet_put(h, "</a>");
  }
  rcpi_sheet_put(h, "</p></header>\n<div class=text dir=auto");
  rcpi_sheet_lang(h, telling);
  rcpi_sheet_put(h, ">\n");
  put_text(h, telling, all);
  rcpi_sheet_put(h, "</div></article>\n");
}

void rcpi_sheet_articles(rcpi_sheet *h) {
  const rcpi_story *s = &h->d->story;
  if (!s->n_tellings) return;
  spans *all = gather(h);
  rcpi_sheet_open_section(h, "articles", "title_articles");
  rcpi_sheet_put(h, "<div class=filters><label><input type=checkbox id=f-own>");
  rcpi_sheet_say(h, "hide_furniture");
  rcpi_sheet_put(h, "</label></div>\n");
  for (size_t i = 0; i < s->n_tellings; i++) put_article(h, h->view.order[i], &all[h->view.order[i]]);
  rcpi_sheet_close_section(h);
}
