/*
 * The timeline: when each account was published, and the days that the accounts tell of, in one order.
 *
 * A day told is a resolved time expression; what is told of it are the claims whose words hold the expression. Months
 * and years stand before their days, an interval at its beginning.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>

#include "dossier/html_int.h"

enum { MOST_CLAIMS = 5 };

/* One thing at one time: a claim told (claim < n_claims) or a publication (claim == UINT32_MAX). */
typedef struct event { rcp_str when; uint32_t claim, telling; } event;
typedef struct events { RCPI_VEC(event) v; } events;

static int by_time(const void *x, const void *y, void *view) {
  const event *a = x, *b = y;
  const rcpi_view *v = view;
  int c = rcpi_cmp(a->when, b->when);
  if (c) return c;
  uint32_t i = a->claim == UINT32_MAX ? 0 : v->rank[a->claim] + 1, k = b->claim == UINT32_MAX ? 0 : v->rank[b->claim] + 1;
  if (i != k) return i < k ? -1 : 1;
  i = v->number[a->telling], k = v->number[b->telling];
  return i < k ? -1 : i > k;
}

static rcp_str day_of(rcp_str iso) {
  return iso.n > 10 && (iso.p[10] == 'T' || iso.p[10] == ' ') ? rcpi_sub(iso, 0, 10) : iso;
}

/* Claims by telling, to find those around a time without looking at all of them. */
typedef struct place { rcpi_span at; uint32_t claim; } place;
typedef struct places { RCPI_VEC(place) v; } places;

static places *places_of(rcpi_sheet *h) {
  const rcpi_story *s = &h->d->story;
  places *out = rcpi_array(h->a, places, s->n_tellings);
  for (uint32_t i = 0; i < s->n_claims; i++)
    for (size_t k = 0; k < s->claims[i].n_appearances; k++) {
      const rcpi_appearance *app = &s->claims[i].appearances[k];
      rcpi_push(h->a, &out[app->telling].v, (place){rcpi_view_span(&h->view, app), i});
    }
  return out;
}

static void find_events(rcpi_sheet *h, events *out) {
  const rcpi_story *s = &h->d->story;
  places *near = places_of(h);
  for (uint32_t t = 0; t < s->n_tellings; t++) {
    const rcpi_marks *marks = &s->tellings[t].marks;
    rcp_str published = s->tellings[t].article->published;
    if (published.n) rcpi_push(h->a, &out->v, (event){day_of(published), UINT32_MAX, t});
    for (size_t i = 0; i < marks->n_times; i++) {
      rcpi_span at = rcpi_view_tokens(&h->view, t, marks->times[i].at);
      if (!marks->times[i].resolved.n) continue;
      for (size_t k = 0; k < near[t].v.n; k++)
        if (rcpi_within(at, near[t].v.p[k].at)) rcpi_push(h->a, &out->v, (event){day_of(marks->times[i].resolved), near[t].v.p[k].claim, t});
    }
  }
  if (out->v.n) qsort_r(out->v.p, out->v.n, sizeof *out->v.p, by_time, &h->view);
}

static void put_published(rcpi_sheet *h, const event *e, size_t n) {
  rcpi_sheet_put(h, "<div class=pub><span class=label>");
  rcpi_sheet_say(h, "published");
  rcpi_sheet_put(h, "</span><ul>");
  for (size_t i = 0; i < n; i++) {
    rcp_str published = h->d->story.tellings[e[i].telling].article->published;
    rcpi_sheet_put(h, "<li>");
    rcpi_sheet_article_name(h, e[i].telling);
    if (published.n > 15) {
      rcpi_sheet_put(h, " <span class=hour>");
      rcpi_sheet_date(h, rcpi_sub(published, 11, 16));
      rcpi_sheet_put(h, "</span>");
    }
    rcpi_sheet_put(h, "</li>");
  }
  rcpi_sheet_put(h, "</ul></div>");
}

static void put_claim(rcpi_sheet *h, const event *e, size_t n) {
  const rcpi_appearance *gist = rcpi_view_gist(&h->view, e->claim);
  uint32_t last = UINT32_MAX;
  rcpi_sheet_put(h, "<li><a");
  rcpi_sheet_lang(h, gist->telling);
  rcpi_sheet_putf(h, " href=#d%u><span class=rk>%u</span> ", h->view.rank[e->claim] + 1, h->view.rank[e->claim] + 1);
  rcpi_sheet_esc_cut(h, rcpi_view_words(&h->view, gist->telling, rcpi_view_span(&h->view, gist)), 150);
  rcpi_sheet_put(h, "</a> <span class=chips>");
  for (size_t i = 0; i < n; i++) {
    if (e[i].telling != last) rcpi_sheet_chip(h, e[i].telling);
    last = e[i].telling;
  }
  rcpi_sheet_put(h, "</span></li>");
}

static void put_told(rcpi_sheet *h, const event *e, size_t n) {
  size_t n_claims = 0;
  rcpi_sheet_put(h, "<div class=told><span class=label>");
  rcpi_sheet_say(h, "told");
  rcpi_sheet_put(h, "</span><ul>");
  for (size_t i = 0, end; i < n; i = end) {
    for (end = i; end < n && e[end].claim == e[i].claim;) end++;
    if (n_claims++ == MOST_CLAIMS) {
      rcpi_sheet_put(h, "</ul><details><summary>");
      rcpi_sheet_say(h, "more");
      rcpi_sheet_put(h, "</summary><ul>");
    }
    put_claim(h, e + i, end - i);
  }
  rcpi_sheet_put(h, n_claims > MOST_CLAIMS ? "</ul></details></div>" : "</ul></div>");
}

void rcpi_sheet_timeline(rcpi_sheet *h) {
  events all = {.v = {0}};
  if (!h->d->story.n_tellings) return;
  find_events(h, &all);
  rcpi_sheet_open_section(h, "time", "title_time");
  if (!all.v.n) {
    rcpi_sheet_put(h, "<p class=none>");
    rcpi_sheet_say(h, "no_time");
    rcpi_sheet_put(h, "</p>");
    rcpi_sheet_close_section(h);
    return;
  }
  rcpi_sheet_put(h, "<ol class=\"timeline block\">\n");
  for (size_t i = 0, end; i < all.v.n; i = end) {
    size_t n_published = 0;
    const event *e = &all.v.p[i];
    for (end = i; end < all.v.n && rcpi_eq(all.v.p[end].when, e->when); end++) n_published += all.v.p[end].claim == UINT32_MAX;
    rcpi_sheet_put(h, n_published ? "<li class=has-pub><h3>" : "<li><h3>");
    rcpi_sheet_date(h, e->when);
    rcpi_sheet_put(h, "</h3>");
    if (n_published) put_published(h, e, n_published);
    if (end - i > n_published) put_told(h, e + n_published, end - i - n_published);
    rcpi_sheet_put(h, "</li>\n");
  }
  rcpi_sheet_put(h, "</ol>");
  rcpi_sheet_close_section(h);
}
