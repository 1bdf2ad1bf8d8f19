/*
 * One article of a served story: its text with what is not its own greyed, what it tells and how many tell it too, on whose
 * word, and which texts it shares words with.
 *
 * The claims are the story's: their counts and ranks are those of the story's page, which each line leads to.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "dossier/html_int.h"

/* The story's page, at a place of it. */
static void put_story_link(rcpi_sheet *h, char letter, uint32_t number) {
  rcpi_sheet_put(h, "<a href=\"");
  rcpi_sheet_esc(h, rcpi_cstr(h->options->served));
  rcpi_sheet_putf(h, "#%c%u\">", letter, number);
}

static void put_title(rcpi_sheet *h) {
  const rcp_article *article = h->d->story.tellings[h->single].article;
  rcpi_sheet_put(h, "<main class=single-page><section class=hero aria-labelledby=h-top><p class=meta><b><bdi>");
  rcpi_sheet_esc(h, rcpi_view_label(&h->view, h->single));
  rcpi_sheet_put(h, "</bdi></b> · ");
  rcpi_sheet_date(h, article->published);
  if (article->byline.n) {
    rcpi_sheet_put(h, " · <bdi>");
    rcpi_sheet_esc(h, article->byline);
    rcpi_sheet_put(h, "</bdi>");
  }
  rcpi_sheet_put(h, "</p>\n<h1 id=h-top class=headline dir=auto");
  rcpi_sheet_lang(h, h->single);
  rcpi_sheet_put(h, ">");
  rcpi_sheet_esc(h, article->title.p ? article->title : article->source);
  rcpi_sheet_put(h, "</h1><p class=source><bdi>");
  rcpi_sheet_esc(h, article->url.p ? article->url : article->source);
  rcpi_sheet_put(h, "</bdi></p>\n<p class=facts>");
  put_story_link(h, 'a', h->view.number[h->single]);
  rcpi_sheet_say_count(h, "article_of_story", h->d->story.n_tellings);
  rcpi_sheet_put(h, "</a></p></section>\n");
}

static bool carries(const rcpi_claim *c, uint32_t telling) {
  return rcpi_view_modes(c, telling) != 0;
}

/* The first place of a claim in this article. */
static uint32_t place_of(const rcpi_sheet *h, uint32_t claim) {
  const rcpi_claim *c = &h->d->story.claims[claim];
  uint32_t k = 0;
  while (c->appearances[k].telling != h->single) k++;
  return k;
}

static void put_claim(rcpi_sheet *h, uint32_t claim) {
  const rcpi_claim *c = &h->d->story.claims[claim];
  uint32_t k = place_of(h, claim), rank = h->view.rank[claim] + 1;
  bool is_shared = c->support.articles > 1, has_conflict = false;
  for (size_t i = 0; i < c->n_differences; i++) has_conflict = has_conflict || c->differences[i].is_conflict;
  rcpi_sheet_putf(h, "<tr id=d%u><th scope=row", rank);
  rcpi_sheet_lang(h, h->single);
  rcpi_sheet_putf(h, "><a href=#p%u><span class=rk>%u</span> ", h->anchor[claim] + k, rank);
  rcpi_sheet_esc_cut(h, rcpi_view_words(&h->view, h->single, rcpi_view_span(&h->view, &c->appearances[k])), 200);
  rcpi_sheet_put(h, has_conflict ? "</a> <b class=x>≠</b>" : "</a>");
  rcpi_sheet_attribution(h, &c->appearances[k]);
  rcpi_sheet_put(h, "</th><td>");
  unsigned modes = rcpi_view_modes(c, h->single);
  for (unsigned mode = 0; mode < 4; mode++)
    if (modes >> mode & 1) rcpi_sheet_mark(h, mode, 0);
  rcpi_sheet_putf(h, "</td><td class=no>%u</td><td class=by-n>", c->support.independent);
  if (is_shared) put_story_link(h, 'd', rank);
  rcpi_sheet_say_count(h, "n_articles", c->support.articles);
  rcpi_sheet_put(h, is_shared ? "</a></td></tr>\n" : "</td></tr>\n");
}

static void put_claims(rcpi_sheet *h) {
  static const char *const heads[] = {"claim", "told_how", "origins_short", "told_by"};
  rcpi_sheet_open_section(h, "told", "title_told");
  rcpi_sheet_put(h, "<div class=scroll tabindex=0 role=region aria-labelledby=h-told><table class=\"co solo\"><thead><tr>");
  for (size_t i = 0; i < 4; i++) rcpi_sheet_put(h, "<th scope=col>"), rcpi_sheet_say(h, heads[i]), rcpi_sheet_put(h, "</th>");
  rcpi_sheet_put(h, "</tr></thead><tbody>\n");
  for (size_t i = 0; i < h->d->story.n_claims; i++)
    if (carries(&h->d->story.claims[h->view.claims[i]], h->single)) put_claim(h, h->view.claims[i]);
  rcpi_sheet_put(h, "</tbody></table></div>\n");
  rcpi_sheet_close_section(h);
}

static bool relies(const rcpi_sheet *h, uint32_t origin) {
  const rcpi_reliance *r = &h->reliances[origin];
  for (size_t k = 0; k < r->n_tellings; k++)
    if (r->tellings[k] == h->single) return true;
  return false;
}

/* Who is relied on here; the ids are those that attributions lead to. */
static void put_sources(rcpi_sheet *h) {
  static const char *const kinds[] = {"origin_agency", "origin_medium", "origin_official", "origin_organisation", "origin_person",
                                      "origin_anonymous", "origin_other"};
  uint32_t *order = rcpi_view_origin_order(h->a, &h->view, h->reliances);
  size_t n = 0;
  rcpi_sheet_open_section(h, "sources", "title_sources");
  for (size_t i = 0; i < h->d->story.n_origins; i++) {
    const rcpi_reliance *r = &h->reliances[order[i]];
    if (!relies(h, order[i])) continue;
    rcpi_sheet_putf(h, "%s<li id=o%u><b><bdi>", n++ ? "" : "<ul class=sources>", order[i] + 1);
    rcpi_sheet_esc(h, h->d->story.origins[order[i]].name);
    rcpi_sheet_put(h, "</bdi></b> <small>");
    rcpi_sheet_say(h, kinds[h->d->story.origins[order[i]].kind]);
    rcpi_sheet_put(h, "</small>");
    for (size_t k = 0; k < r->n_claims; k++)
      if (carries(&h->d->story.claims[r->claims[k]], h->single))
        rcpi_sheet_putf(h, " <a class=rk href=#d%u>%u</a>", h->view.rank[r->claims[k]] + 1, h->view.rank[r->claims[k]] + 1);
    rcpi_sheet_put(h, "</li>\n");
  }
  rcpi_sheet_put(h, n ? "</ul>" : "<p class=none>");
  if (!n) rcpi_sheet_say(h, "no_source"), rcpi_sheet_put(h, "</p>");
  rcpi_sheet_close_section(h);
}

static void put_relative(rcpi_sheet *h, const rcpi_derivation *x) {
  static const char *const kinds[] = {"kind_copy", "kind_rewrite", "kind_translation", "kind_partial"};
  uint32_t other = x->a == h->single ? x->b : x->a;
  bool is_child = (x->direction == RCPI_A_FROM_B && x->a == h->single) || (x->direction == RCPI_B_FROM_A && x->b == h->single);
  const char *arrow = x->direction == RCPI_SIBLINGS ? "∥" : x->direction == RCPI_UNKNOWN ? "↔" : is_child ? "←" : "→";
  rcpi_sheet_putf(h, "<li>%s <a href=\"/article/", arrow);
  rcpi_sheet_segment(h, rcpi_sheet_key(h, other));
  rcpi_sheet_put(h, "\"><bdi>");
  rcpi_sheet_esc(h, rcpi_view_label(&h->view, other));
  rcpi_sheet_put(h, "</bdi></a> <span class=link>");
  rcpi_sheet_say(h, kinds[x->kind]);
  if (x->shared > 0) rcpi_sheet_put(h, " "), rcpi_sheet_percent(h, x->shared);
  if (x->direction >= RCPI_SIBLINGS) {
    rcpi_sheet_put(h, ", ");
    rcpi_sheet_say(h, x->direction == RCPI_SIBLINGS ? "siblings" : "direction_unknown");
  }
  rcpi_sheet_put(h, "</span></li>\n");
}

static void put_relatives(rcpi_sheet *h) {
  size_t n = 0;
  rcpi_sheet_open_section(h, "relatives", "title_copies");
  for (size_t i = 0; i < h->d->story.n_derivations; i++) {
    const rcpi_derivation *x = &h->d->story.derivations[i];
    if (x->a != h->single && x->b != h->single) continue;
    if (n++ == 0) rcpi_sheet_put(h, "<ul class=sources>");
    put_relative(h, x);
  }
  rcpi_sheet_put(h, n ? "</ul>" : "<p class=none>");
  if (!n) rcpi_sheet_say(h, "no_copy"), rcpi_sheet_put(h, "</p>");
  rcpi_sheet_close_section(h);
}

void rcpi_sheet_single(rcpi_sheet *h) {
  put_title(h);
  rcpi_sheet_put(h, "<div class=two><section id=text class=\"full filters-room\" aria-labelledby=h-text><h2 id=h-text>");
  rcpi_sheet_say(h, "title_text");
  rcpi_sheet_put(h, "</h2><div class=filters><label><input type=checkbox id=f-own>");
  rcpi_sheet_say(h, "hide_furniture");
  rcpi_sheet_put(h, "</label></div>\n");
  rcpi_sheet_single_text(h);
  rcpi_sheet_put(h, "</section><div class=beside>\n");
  put_claims(h);
  put_sources(h);
  put_relatives(h);
  rcpi_sheet_put(h, "</div></div></main>\n");
}
